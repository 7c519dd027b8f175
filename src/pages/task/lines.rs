//! A list of what was recorded: the newest of it, and all when somebody asks for it, since a task can
//! have been reported about for years by hundreds of agencies.

use lean::prelude::*;

use super::words::Entry;
use crate::components::icon::{Glyph, Icon};
use crate::components::said::{long, outward};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{Command, use_app};

/// How many are shown before anybody asks for all.
const NEWEST: usize = 30;
/// So few more are shown at once, rather than a button that takes as much room.
const FEW_MORE: usize = 5;

/// The list of `count` updates, of which `entries` makes the first so many.
#[component]
pub fn Lines(
    /// How many there are.
    count: Memo<usize>,
    /// Makes the first so many.
    entries: Callback<usize, Vec<Entry>>,
    /// What the button says that takes one back.
    verb: fn(Tr) -> &'static str,
    /// Where the focus goes when that button goes with what it took back.
    then: &'static str,
) -> impl IntoView {
    let app = use_app();
    let all = RwSignal::new(false);
    let many = Memo::new(move || count.get() > NEWEST + FEW_MORE);
    let shown = move || match many.get() && !all.get() && !app.printing() {
        true => NEWEST,
        false => usize::MAX,
    };
    view! {
        <ol class="history" hidden=move || count.get() == 0>
            {each(
                move || entries.run(shown()),
                Entry::clone,
                move |entry| view! { <Line entry verb then /> },
            )}
        </ol>
        {when(move || many.get(), move || view! {
            <button
                type="button"
                class="link-button history-more"
                aria-expanded=move || if all.get() { "true" } else { "false" }
                on:click=move |_| all.update(|all| *all = !*all)
            >
                {move || match all.get() {
                    true => app.tr().history_newest().to_owned(),
                    false => app.tr().history_all(app.tr().count(count.get())),
                }}
            </button>
        })}
    }
}

/// One update, and a button to take it back where that is possible.
#[component]
fn Line(
    /// The update.
    entry: Entry,
    /// What the button says.
    verb: fn(Tr) -> &'static str,
    /// Where the focus goes when the button goes with what it took back.
    then: &'static str,
) -> impl IntoView {
    let app = use_app();
    let Entry {
        id,
        label,
        what,
        link,
        who,
        undoable,
        ..
    } = entry;
    let words_id = format!("{then}-{id}");
    let button = undoable.then(|| {
        let take_back = move |_| {
            app.dispatch(Command::Undo(vec![id]));
            page::focus_soon(then);
        };
        view! {
            <button
                type="button"
                class="button is-quiet is-small"
                aria-describedby=words_id.clone()
                on:click=take_back
            >
                <Icon glyph=Glyph::Undo />
                {app.says(verb)}
            </button>
        }
    });
    let label = (!label.is_empty()).then(|| view! { <span class="tag">{label}</span>" " });
    let what = match link {
        Some(link) => outward(app, &link, what),
        None => long(app, what),
    };
    view! {
        <li>
            <p class="history-what" id=words_id>{label}{what}</p>
            <p class="history-who">{who}</p>
            {button}
        </li>
    }
}
