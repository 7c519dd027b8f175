//! Keyboard shortcuts: one table that the keys are looked up in and that the list shows.
//!
//! - here: the table, and the decision what a key does, which knows nothing of the browser;
//! - [`act`]: hearing keys and doing what they ask for;
//! - [`list`]: the dialog that lists the table.

pub mod act;
pub mod list;

use tracker::ledger::Way;

use crate::i18n::Tr;
use crate::platform::keyboard::Press;
use crate::route::Page;

/// What a shortcut does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Open the list of shortcuts.
    Help,
    /// Move the focus to the search box.
    Search,
    /// Take the last step back, or do it again.
    Walk(Way),
    /// Open a page: its place in [`PAGES`].
    Go(usize),
    /// Move the focus to the next task, or the one before.
    Step {
        /// To the next.
        forward: bool,
    },
    /// Take the task into the selection, or out of it, where there is one.
    Select,
    /// Move the focus to the form of the task.
    Edit,
    /// Close the open task.
    Close,
}

/// Where a shortcut stands in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Group {
    /// Works everywhere.
    Everywhere,
    /// Is about tasks.
    Tasks,
    /// Works on the board.
    Board,
    /// Works in the table.
    Table,
    /// Opens a page.
    Pages,
}

/// A line of the table.
pub struct Shortcut {
    /// Where it is listed.
    pub group: Group,
    /// The keys: steps apart by a space, alternatives by a bar.
    pub keys: &'static str,
    /// What it does, in words.
    pub words: fn(Tr) -> &'static str,
    /// What it does; nothing here for a key that what has the focus handles itself: a link, the
    /// board (`pages/board/mover.rs`), the table (`pages/tasks/grid.rs`).
    pub deed: Option<Deed>,
}

/// The pages that a shortcut opens.
pub const PAGES: [Page; 9] = [
    Page::Board,
    Page::Tasks,
    Page::Timeline,
    Page::Agencies,
    Page::Indicators,
    Page::Bottlenecks,
    Page::Data,
    Page::Overview,
    Page::Consolidate,
];

const fn line(
    group: Group,
    keys: &'static str,
    words: fn(Tr) -> &'static str,
    deed: Option<Deed>,
) -> Shortcut {
    Shortcut {
        group,
        keys,
        words,
        deed,
    }
}

/// Every shortcut there is. The letters of pages are from their Vietnamese
/// names (of "Chỉ tiêu" the vowel, since its first is in other names too), the
/// others those that such lists have elsewhere.
#[rustfmt::skip]
pub const TABLE: &[Shortcut] = &[
    line(Group::Everywhere, "?", Tr::keys_help, Some(Deed::Help)),
    line(Group::Everywhere, "Ctrl+K|/", Tr::keys_search, Some(Deed::Search)),
    line(Group::Everywhere, "Ctrl+Z", Tr::keys_undo, Some(Deed::Walk(Way::Back))),
    line(Group::Everywhere, "Ctrl+Shift+Z|Ctrl+Y", Tr::keys_redo, Some(Deed::Walk(Way::Forth))),
    line(Group::Tasks, "j", Tr::keys_next, Some(Deed::Step { forward: true })),
    line(Group::Tasks, "k", Tr::keys_previous, Some(Deed::Step { forward: false })),
    line(Group::Tasks, "Enter", Tr::keys_open, None),
    line(Group::Tasks, "x", Tr::keys_select, Some(Deed::Select)),
    line(Group::Tasks, "e", Tr::keys_edit, Some(Deed::Edit)),
    line(Group::Tasks, "Esc", Tr::keys_shut, Some(Deed::Close)),
    line(Group::Board, "Space", Tr::keys_lift, None),
    line(Group::Board, "←|→", Tr::keys_carry, None),
    line(Group::Board, "Esc", Tr::keys_put_back, None),
    line(Group::Board, "Shift+F10|Menu", Tr::keys_menu, None),
    line(Group::Table, "↑|↓", Tr::keys_row, None),
    line(Group::Table, "PageUp|PageDown", Tr::keys_rows, None),
    line(Group::Table, "Home|End", Tr::keys_ends, None),
    line(Group::Table, "Shift+↑|Shift+↓", Tr::keys_range, None),
    line(Group::Table, "Ctrl+A", Tr::keys_all, None),
    line(Group::Table, "Esc", Tr::keys_none, None),
    line(Group::Pages, "g o", Tr::nav_overview, Some(Deed::Go(7))),
    line(Group::Pages, "g b", Tr::nav_board, Some(Deed::Go(0))),
    line(Group::Pages, "g d", Tr::nav_tasks, Some(Deed::Go(1))),
    line(Group::Pages, "g t", Tr::nav_timeline, Some(Deed::Go(2))),
    line(Group::Pages, "g v", Tr::nav_agencies, Some(Deed::Go(3))),
    line(Group::Pages, "g i", Tr::nav_indicators, Some(Deed::Go(4))),
    line(Group::Pages, "g n", Tr::nav_bottlenecks, Some(Deed::Go(5))),
    line(Group::Pages, "g h", Tr::nav_consolidate, Some(Deed::Go(8))),
    line(Group::Pages, "g l", Tr::nav_data, Some(Deed::Go(6))),
];

/// How long the first key of two waits for the second, in milliseconds.
const PATIENCE_MS: f64 = 1500.0;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// Nothing of us.
    Nothing,
    /// To wait for the second key.
    More,
    /// To do something.
    Do(Deed),
}

/// A first key of two, and when it was pressed.
pub type Begun = Option<(char, f64)>;

/// What `press` asks for, after `begun`.
///
/// A single key is a shortcut only where it cannot be meant as text: in no field, with no other
/// key, in no dialog, and not while an input method composes (Telex makes words of single letters,
/// and reports them as keys all the same). In a text field Ctrl+Z is the field's own: what is taken
/// back there is typing.
pub fn asked(press: &Press, begun: Begun, single_keys: bool) -> Asked {
    let Press {
        key,
        control,
        shift,
        ..
    } = press;
    if press.composing || press.taken || press.in_dialog || press.alt {
        return Asked::Nothing;
    }
    if *control {
        let held = if *shift { "Ctrl+Shift+" } else { "Ctrl+" };
        let asked = look_up(&(held.to_owned() + &key.to_ascii_uppercase()));
        return match asked {
            Asked::Do(Deed::Walk(_)) if press.in_text => Asked::Nothing,
            // On a Mac this opens the browser's history.
            Asked::Do(Deed::Walk(Way::Forth)) if press.command && !*shift => Asked::Nothing,
            asked => asked,
        };
    }
    if press.in_field {
        return Asked::Nothing;
    }
    if key == "Escape" {
        return look_up("Esc");
    }
    let is_single = key.chars().nth(1).is_none();
    if !is_single || !single_keys {
        return Asked::Nothing;
    }
    // With Caps Lock on, a letter is still that letter; with Shift it is none of ours.
    let key = if *shift {
        key.clone()
    } else {
        key.to_ascii_lowercase()
    };
    match begun {
        Some((first, at)) if press.at - at < PATIENCE_MS => look_up(&format!("{first} {key}")),
        _ => look_up(&key),
    }
}

fn look_up(typed: &str) -> Asked {
    for shortcut in TABLE {
        let Some(deed) = shortcut.deed else {
            continue;
        };
        for keys in shortcut.keys.split('|') {
            if keys == typed {
                return Asked::Do(deed);
            }
            if keys
                .strip_prefix(typed)
                .is_some_and(|rest| rest.starts_with(' '))
            {
                return Asked::More;
            }
        }
    }
    Asked::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press {
        Press {
            key: key.to_owned(),
            at: 10_000.0,
            ..Press::default()
        }
    }

    #[track_caller]
    fn does(press: &Press, expected: Asked) {
        assert_eq!(asked(press, None, true), expected, "{press:?}");
    }

    #[test]
    fn every_line_of_the_table_is_reached_by_its_keys() {
        for shortcut in TABLE.iter().filter(|s| s.deed.is_some()) {
            for keys in shortcut.keys.split('|') {
                let mut begun = None;
                let mut last = Asked::Nothing;
                for step in keys.split(' ') {
                    let mut press = press(step.rsplit('+').next().unwrap_or(step));
                    press.control = step.starts_with("Ctrl+");
                    press.shift = step.contains("Shift+");
                    if press.key == "Esc" {
                        press.key = "Escape".to_owned();
                    }
                    last = asked(&press, begun, true);
                    begun = step.chars().next().map(|c| (c, 9_000.0));
                }
                assert_eq!(Some(last), shortcut.deed.map(Asked::Do), "{keys}");
            }
        }
    }

    #[test]
    fn no_two_lines_share_their_keys() {
        let ours = TABLE.iter().filter(|s| s.deed.is_some());
        let mut all: Vec<&str> = ours.flat_map(|s| s.keys.split('|')).collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(TABLE.iter().all(|s| match s.deed {
            Some(Deed::Go(page)) => page < PAGES.len(),
            _ => true,
        }));
    }

    #[test]
    fn keys_of_what_has_the_focus_are_left_to_it() {
        let select_all = Press {
            control: true,
            ..press("a")
        };
        does(&select_all, Asked::Nothing);
        for key in ["Enter", " ", "ArrowDown", "PageUp", "Home", "F10"] {
            does(&press(key), Asked::Nothing);
        }
        // Where it does nothing with Escape, the open task is closed.
        does(&press("Escape"), Asked::Do(Deed::Close));
    }

    #[test]
    fn steps_are_taken_back_everywhere_but_in_a_text() {
        let held = |key: &str, shift| Press {
            control: true,
            shift,
            ..press(key)
        };
        let back = Asked::Do(Deed::Walk(Way::Back));
        let forth = Asked::Do(Deed::Walk(Way::Forth));
        for (press, expected) in [
            (held("z", false), back),
            (held("Z", true), forth),
            (held("y", false), forth),
        ] {
            does(&press, expected);
            // A select, or a radio button.
            let chosen = Press {
                in_field: true,
                ..press.clone()
            };
            does(&chosen, expected);
            let typed = Press {
                in_field: true,
                in_text: true,
                ..press
            };
            does(&typed, Asked::Nothing);
        }
        let command = |press: Press| Press {
            command: true,
            ..press
        };
        does(&command(held("z", false)), back);
        does(&command(held("z", true)), forth);
        // The browser's history.
        does(&command(held("y", false)), Asked::Nothing);
        does(&held("y", true), Asked::Nothing);
    }

    #[test]
    fn a_key_that_may_be_text_is_left_alone() {
        for key in ["j", "/", "?", "g", "Escape"] {
            let plain = press(key);
            assert_ne!(asked(&plain, None, true), Asked::Nothing, "{key}");
            does(
                &Press {
                    in_field: true,
                    ..plain.clone()
                },
                Asked::Nothing,
            );
            does(
                &Press {
                    in_dialog: true,
                    ..plain.clone()
                },
                Asked::Nothing,
            );
            does(
                &Press {
                    composing: true,
                    ..plain.clone()
                },
                Asked::Nothing,
            );
            does(
                &Press {
                    taken: true,
                    ..plain.clone()
                },
                Asked::Nothing,
            );
            does(
                &Press {
                    alt: true,
                    ..plain.clone()
                },
                Asked::Nothing,
            );
            does(
                &Press {
                    control: true,
                    ..plain
                },
                Asked::Nothing,
            );
        }
        // A letter with Shift is another letter, and one with marks is none of ours.
        does(
            &Press {
                shift: true,
                ..press("J")
            },
            Asked::Nothing,
        );
        does(&press("đ"), Asked::Nothing);
        does(&press("Process"), Asked::Nothing);
        // Some keyboards need Shift for the question mark.
        does(
            &Press {
                shift: true,
                ..press("?")
            },
            Asked::Do(Deed::Help),
        );
        // Caps Lock.
        does(&press("J"), Asked::Do(Deed::Step { forward: true }));
    }

    #[test]
    fn the_search_is_reached_from_a_field_too_but_not_from_a_dialog() {
        let search = Press {
            control: true,
            in_field: true,
            ..press("k")
        };
        does(&search, Asked::Do(Deed::Search));
        does(
            &Press {
                in_dialog: true,
                ..search.clone()
            },
            Asked::Nothing,
        );
        does(
            &Press {
                composing: true,
                ..search.clone()
            },
            Asked::Nothing,
        );
        // With Shift it belongs to the browser.
        does(
            &Press {
                shift: true,
                ..search
            },
            Asked::Nothing,
        );
    }

    #[test]
    fn the_second_key_of_two_must_come_soon() {
        does(&press("g"), Asked::More);
        let soon = |key: &str, first| asked(&press(key), Some((first, 9_000.0)), true);
        assert_eq!(soon("b", 'g'), Asked::Do(Deed::Go(0)));
        assert_eq!(soon("B", 'g'), Asked::Do(Deed::Go(0)));
        assert_eq!(
            soon("j", 'g'),
            Asked::Nothing,
            "no page of that letter, and no step either"
        );
        let late = |key: &str| asked(&press(key), Some(('g', 10_000.0 - PATIENCE_MS)), true);
        assert_eq!(late("b"), Asked::Nothing);
        assert_eq!(late("j"), Asked::Do(Deed::Step { forward: true }));
    }

    #[test]
    fn who_turned_single_keys_off_keeps_the_others() {
        let off = |press: &Press| asked(press, None, false);
        for key in ["j", "?", "/", "g"] {
            assert_eq!(off(&press(key)), Asked::Nothing, "{key}");
        }
        assert_eq!(off(&press("Escape")), Asked::Do(Deed::Close));
        let search = Press {
            control: true,
            ..press("k")
        };
        assert_eq!(off(&search), Asked::Do(Deed::Search));
    }
}
