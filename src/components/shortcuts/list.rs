//! The dialog that lists the shortcuts, and turns those of a single key off.

use lean::prelude::*;

use super::{Group, Shortcut, TABLE};
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{App, Command, use_app};

/// The dialog's id.
const ID: &str = "shortcuts";

/// Opens the list.
pub fn open_list() {
    page::open_dialog(ID);
}

/// The list, closed until [`open_list`].
#[component]
pub fn Shortcuts() -> impl IntoView {
    let app = use_app();
    let groups = [
        (
            Group::Everywhere,
            Tr::keys_everywhere as fn(Tr) -> &'static str,
        ),
        (Group::Tasks, Tr::keys_tasks),
        (Group::Board, Tr::nav_board),
        (Group::Table, Tr::nav_tasks),
        (Group::Pages, Tr::keys_pages),
    ];
    let section = |(group, title)| {
        let lines = TABLE.iter().filter(|s| s.group == group);
        view! {
            <h3>{app.says(title)}</h3>
            <dl class="shortcuts">{lines.map(|s| line(app, s)).collect_view()}</dl>
        }
    };
    view! {
        <dialog id=ID class="dialog" aria-labelledby="shortcuts-title">
            <header class="dialog-head">
                <h2 id="shortcuts-title">{app.says(Tr::keys_title)}</h2>
                <button type="button" class="icon-button" aria-label=app.says(Tr::keys_close) on:click=move |_| page::close_dialog(ID)>
                    <Icon glyph=Glyph::Close />
                </button>
            </header>
            {groups.into_iter().map(section).collect_view()}
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || app.settings().with(|s| s.single_keys)
                    on:change=move |_| {
                        let on = app.settings().with_untracked(|s| s.single_keys);
                        app.dispatch(Command::UseSingleKeys(!on));
                    }
                />
                {app.says(Tr::keys_singles)}
            </label>
            <p class="muted">{app.says(Tr::keys_note)}</p>
        </dialog>
    }
}

/// One shortcut: its keys, then what it does.
fn line(app: App, shortcut: &'static Shortcut) -> View {
    let mut keys: Vec<View> = Vec::new();
    for (at, way) in shortcut.keys.split('|').enumerate() {
        if at > 0 {
            keys.push(view! { " " {app.says(Tr::keys_or)} " " }.into_view());
        }
        for (at, step) in way.split(' ').enumerate() {
            if at > 0 {
                keys.push(view! { " " {app.says(Tr::keys_then)} " " }.into_view());
            }
            keys.push(match step {
                // The names of these keys are words.
                "Space" => view! { <kbd>{app.says(Tr::keys_space)}</kbd> },
                "Menu" => view! { <kbd>{app.says(Tr::keys_menu_key)}</kbd> },
                step => view! { <kbd>{step}</kbd> },
            });
        }
    }
    view! {
        <div>
            <dt>{app.says(shortcut.words)}</dt>
            <dd>{keys}</dd>
        </div>
    }
    .into_view()
}
