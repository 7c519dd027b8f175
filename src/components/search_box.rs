//! The search box, and under it a list of what could be typed next.
//!
//! The field is a search field and stays one: what is typed searches at once, and
//! nothing of the list is taken unless the arrow keys or the mouse went to it; otherwise Enter leads
//! to the first task that was found.
//! While an input method composes, keys belong to it and do nothing here.
//! What is suggested is [`tracker::filter::complete`]'s affair.

use lean::prelude::*;
use tracker::filter::complete::{Completion, Known, complete};
use tracker::record::assignees;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

use super::filter_words::{key_words, value_words};
use super::icon::{Glyph, Icon};
use super::shortcuts::act::enter_list;
use crate::i18n::Tr;
use crate::state::{App, Command, use_app};

/// The search box and its list.
#[derive(Clone, Copy)]
struct SearchField {
    app: App,
    input: Ref<HtmlInputElement>,
    list: Ref<HtmlElement>,
    found: RwSignal<Completion>,
    /// Which suggestion the arrow keys are on.
    active: RwSignal<Option<usize>>,
}

impl SearchField {
    fn is_open(self) -> bool {
        self.found.with(|f| !f.items.is_empty())
    }

    fn close(self) {
        if untrack(|| self.is_open()) {
            self.found.set(Completion::default());
        }
        self.active.set(None);
    }

    /// Looks what could be typed where the caret is. Keys alone are a long list, which only comes
    /// when it is `asked` for.
    fn look(self, asked: bool) {
        // What suggests is in the rest of the program.
        if self.app.is_whole_now() {
            self.suggest(asked);
        }
    }

    #[inline(never)]
    fn suggest(self, asked: bool) {
        let Some(input) = self.input.get_untracked() else {
            return;
        };
        let text = input.value();
        let caret = input.selection_start().ok().flatten();
        let caret = caret.map_or(text.len(), |units| byte_of(&text, units as usize));
        let (lang, asof) = untrack(|| (self.app.lang(), self.app.asof()));
        let known = Known {
            plan: self.app.plan,
            people: &|| self.app.ledger().with_untracked(assignees),
        };
        let mut found = complete(&text, caret, known, lang, asof);
        let unasked = !asked && found.span.is_empty();
        if unasked && found.items.iter().any(|item| item.value.is_none()) {
            found.items.clear();
        }
        self.active.set(None);
        self.found.set(found);
    }

    fn take(self, at: usize) {
        let Some(input) = self.input.get_untracked() else {
            return;
        };
        let taken = self.found.with_untracked(|found| {
            let item = found.items.get(at)?;
            Some(found.accept(&input.value(), item))
        });
        let Some((text, caret)) = taken else {
            return;
        };
        input.set_value(&text);
        let caret = text.get(..caret).map_or(0, |s| s.encode_utf16().count());
        let caret = u32::try_from(caret).unwrap_or(u32::MAX);
        // A browser that refuses leaves the caret at the end, where it mostly belongs.
        let _ = input.set_selection_range(caret, caret);
        self.app.dispatch(Command::Search(text));
        self.look(false);
    }

    fn go(self, step: isize) {
        let count = self.found.with_untracked(|f| f.items.len());
        let last = count.saturating_sub(1);
        let next = match self.active.get_untracked() {
            None if step > 0 => 0,
            Some(at) if step > 0 && at < last => at + 1,
            Some(at) if step < 0 && at > 0 => at - 1,
            None | Some(_) if step < 0 => last,
            _ => 0,
        };
        self.active.set(Some(next));
        // Scrolls the list, and nothing else, until the suggestion shows in it.
        if let Some(list) = self.list.get_untracked()
            && let Some(option) = list.children().item(u32::try_from(next).unwrap_or(0))
        {
            let (outer, inner) = (
                list.get_bounding_client_rect(),
                option.get_bounding_client_rect(),
            );
            let by =
                (inner.top() - outer.top()).min(0.0) + (inner.bottom() - outer.bottom()).max(0.0);
            list.set_scroll_top(list.scroll_top() + by as i32);
        }
    }

    #[inline(never)]
    fn on_keydown(self, event: &KeyboardEvent) {
        // 229 is what browsers report for a key that the input method took, even where they no
        // longer say that it composes.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
            return;
        }
        let open = untrack(|| self.is_open());
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => {
                if !open {
                    self.look(true);
                }
                if untrack(|| self.is_open()) {
                    self.go(1);
                }
            }
            "ArrowUp" if open => self.go(-1),
            "Escape" if open => {
                self.close();
                // A sheet or panel around the field stays open.
                event.stop_propagation();
            }
            "Enter" | "Tab" => match active {
                Some(at) if open => self.take(at),
                _ => {
                    self.close();
                    if event.key() == "Enter" {
                        enter_list(self.app);
                    }
                    return;
                }
            },
            // The caret goes elsewhere.
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => return self.close(),
            _ => return,
        }
        event.prevent_default();
    }
}

/// The byte of `text` that stands behind so many UTF-16 units.
fn byte_of(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += c.len_utf16();
    }
    text.len()
}

/// The search box. Typing changes the view at once; Escape closes the list, and again empties it.
#[component]
pub fn SearchBox() -> impl IntoView {
    let app = use_app();
    let q = Memo::new(move || app.view().q);
    let this = SearchField {
        app,
        input: Ref::new(),
        list: Ref::new(),
        found: RwSignal::new(Completion::default()),
        active: RwSignal::new(None),
    };
    // Position, name and spelling: with them a row changes, and only then.
    let items = move || -> Vec<(usize, String, String)> {
        let (tr, found) = (app.tr(), this.found.get());
        let items = found.items.into_iter().enumerate();
        items
            .map(|(at, item)| match item.value {
                None => (at, key_words(tr, item.key).to_owned(), item.insert),
                Some(value) => {
                    let words = value_words(app, item.key, &value);
                    (at, words.unwrap_or_else(|| value.clone()), value)
                }
            })
            .collect()
    };
    let row = move |(at, name, detail): (usize, String, String)| {
        let detail = (detail != name).then_some(detail);
        view! {
            <div
                id=format!("search-option-{at}")
                class="combobox-option"
                role="option"
                aria-selected=move || (this.active.get() == Some(at)).to_string()
                class:combobox-option-active=move || this.active.get() == Some(at)
                on:click=move |_| this.take(at)
            >
                <span class="combobox-name">{name}</span>
                // The space is for screen readers, which read both as one name.
                {detail.map(|detail| view! { " " <span class="combobox-detail">{detail}</span> })}
            </div>
        }
    };
    view! {
        <div class="search" on:focusout=move |_| this.close()>
            <Icon glyph=Glyph::Search />
            <input
                id="search"
                type="search"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-label=app.says(Tr::search_label)
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls="search-list"
                aria-activedescendant=move || this.active.get().map(|at| format!("search-option-{at}"))
                placeholder=app.says(Tr::search_placeholder)
                prop:value=move || q.get()
                node_ref=this.input
                on:input=move |ev| {
                    app.dispatch(Command::Search(event_target_value(&ev)));
                    this.look(false);
                }
                on:keydown=move |ev| if app.is_whole_now() { this.on_keydown(&ev) }
                on:click=move |_| this.look(false)
                on:focus=move |_| this.look(false)
            />
            <div
                class="combobox-popup search-popup"
                hidden=move || !this.is_open()
                // Keeps the focus in the field.
                on:mousedown=move |ev| ev.prevent_default()
            >
                <div
                    id="search-list"
                    class="combobox-list"
                    role="listbox"
                    tabindex="-1"
                    aria-label=app.says(Tr::complete_label)
                    node_ref=this.list
                >
                    {each(items, Clone::clone, row)}
                </div>
            </div>
            <div class="combobox-unseen" role="status" aria-live="polite">
                {move || match this.found.with(|f| f.items.len()) {
                    0 => String::new(),
                    n => app.tr().complete_found(n),
                }}
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::byte_of;

    #[test]
    fn carets_count_as_browsers_do() {
        // A letter of one unit and three bytes, and one of two units and four bytes.
        let text = "aị😀b";
        for (units, byte) in [(0, 0), (1, 1), (2, 4), (4, 8), (5, 9), (9, 9)] {
            assert_eq!(byte_of(text, units), byte);
        }
    }
}
