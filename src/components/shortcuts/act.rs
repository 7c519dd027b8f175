//! Hearing keys, and doing what they ask for.

use lean::prelude::*;

use super::list::open_list;
use super::{Asked, Begun, Deed, PAGES, asked};
use crate::platform::{keyboard, page};
use crate::route::{Address, Page};
use crate::state::{App, Command};

/// The links that are tasks, in whatever shape a page draws its list.
const TASKS: &str = "#main .workspace-main a[href^='#/task/']";

/// The first field of the open task's form; of a group of radio buttons the chosen one.
const FIRST_FIELD: &str =
    ".panel form :is(select, textarea, input:checked, input:not([type=radio])):enabled";

/// Listens for shortcuts as long as the page lives.
pub fn listen(app: App) {
    let begun: StoredValue<Begun> = StoredValue::new(None);
    // Where to go on from when the focus is not in the list.
    let last_open: StoredValue<Option<String>> = StoredValue::new(None);
    effect(move || {
        if let Some(id) = app.open_task() {
            last_open.set_value(Some(id));
        }
    });
    keyboard::on_key_down(move |press| {
        let single_keys = app.settings().with_untracked(|s| s.single_keys);
        let ask = asked(&press, begun.get_value(), single_keys);
        let first = press.key.chars().next().map(|c| c.to_ascii_lowercase());
        begun.set_value(match ask {
            Asked::More => first.map(|first| (first, press.at)),
            _ => None,
        });
        match ask {
            Asked::Do(deed) => untrack(|| act(app, deed, last_open)),
            _ => false,
        }
    })
    .forever();
}

/// Moves the focus to the first task of the list; where there is none it stays where it is, which
/// is before the list.
pub fn enter_list(app: App) {
    let first = app
        .listed()
        .with_untracked(|rows| rows.first().map(|row| row.position));
    // A list of which only a part is drawn draws this task, wherever it is scrolled.
    app.dispatch(Command::Activate(first));
    page::on_frame(|| keyboard::focus_neighbour(TASKS, true, ":focus"));
}

/// Does it; `false` where there is nothing to do, and the key is the browser's.
fn act(app: App, deed: Deed, last_open: StoredValue<Option<String>>) -> bool {
    match deed {
        Deed::Help => open_list(),
        Deed::Search => return !app.covered() && page::select("search"),
        Deed::Walk(way) => app.dispatch(Command::Step(way)),
        Deed::Go(at) => {
            let page = PAGES.get(at).cloned().unwrap_or_default();
            app.dispatch(Command::Open(page));
        }
        Deed::Step { forward } => {
            let last = last_open.with_value(|id| {
                // Only the beginning: what follows is the view. Ids hold no quotes.
                let id = id.as_deref().unwrap_or_default();
                format!("{TASKS}[href^='#/task/{id}?']")
            });
            keyboard::focus_neighbour(TASKS, forward, &last);
        }
        Deed::Select => return keyboard::tick_at_hand(),
        Deed::Edit => {
            let focused = keyboard::address_at_hand(TASKS).map(|href| Address::read(&href).page);
            match focused {
                Some(task @ Page::Task(_)) => app.dispatch(Command::Open(task)),
                _ if app.open_task().is_some() => {}
                _ => return false,
            }
            keyboard::focus_first_soon(FIRST_FIELD);
        }
        Deed::Close => {
            if app.open_task().is_none() {
                return false;
            }
            app.dispatch(Command::Open(app.behind()));
        }
    }
    true
}
