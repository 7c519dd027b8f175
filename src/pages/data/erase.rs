//! Erasing what this browser has of the page: asked twice, with the file offered first.

use lean::prelude::*;

use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{App, Command, use_app};

/// How far somebody went.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Not,
    Once,
    Twice,
}

/// The section.
#[component]
pub fn Erase() -> impl IntoView {
    let app = use_app();
    let asked = RwSignal::new(Asked::Not);
    let ring_too = RwSignal::new(false);
    let count = move || app.ledger().with(|ledger| ledger.len());
    let back = move || {
        asked.set(Asked::Not);
        ring_too.set(false);
        page::focus_soon("erase-start");
    };
    view! {
        <section class="block" aria-labelledby="erase-title">
            <h2 id="erase-title">{app.says(Tr::erase_title)}</h2>
            <p>{move || app.tr().erase_text(count())}</p>
            {when(move || asked.get() == Asked::Not, move || view! {
                <button
                    id="erase-start"
                    type="button"
                    class="button is-danger"
                    on:click=move |_| {
                        asked.set(Asked::Once);
                        page::focus_soon("erase-export");
                    }
                >
                    {app.says(Tr::erase_start)}
                </button>
            })}
            {when(move || asked.get() == Asked::Once, move || once(app, asked, ring_too, Callback::new(move |()| back())))}
            {when(move || asked.get() == Asked::Twice, move || twice(app, ring_too, Callback::new(move |()| back())))}
        </section>
    }
}

/// The first question: the file, and whether the recovery copies go too.
fn once(app: App, asked: RwSignal<Asked>, ring_too: RwSignal<bool>, back: Callback<()>) -> View {
    view! {
        <div class="sure">
            <p>{app.says(Tr::erase_first)}</p>
            <button id="erase-export" type="button" class="button is-primary" on:click=move |_| app.dispatch(Command::Export)>
                <Icon glyph=Glyph::Download />
                {app.says(Tr::export_button)}
            </button>
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || ring_too.get()
                    on:change=move |_| ring_too.update(|too| *too = !*too)
                />
                {app.says(Tr::erase_ring_too)}
            </label>
            <div class="sure-end">
                <button
                    type="button"
                    class="button is-danger"
                    on:click=move |_| {
                        asked.set(Asked::Twice);
                        page::focus_soon("erase-no");
                    }
                >
                    {app.says(Tr::erase_next)}
                </button>
                <button type="button" class="button" on:click=move |_| back.run(())>
                    {app.says(Tr::erase_no)}
                </button>
            </div>
        </div>
    }
    .into_view()
}

/// The second question.
fn twice(app: App, ring_too: RwSignal<bool>, back: Callback<()>) -> View {
    let question = move || {
        let (tr, count) = (app.tr(), app.ledger().with(|ledger| ledger.len()));
        match ring_too.get() {
            true => tr.erase_sure_all(count),
            false => tr.erase_sure_kept(count),
        }
    };
    view! {
        <div class="sure" role="group" aria-labelledby="erase-question">
            <p id="erase-question">{question}</p>
            <div class="sure-end">
                <button
                    type="button"
                    class="button is-danger"
                    on:click=move |_| app.dispatch(Command::Erase { ring_too: ring_too.get_untracked() })
                >
                    {app.says(Tr::erase_yes)}
                </button>
                <button id="erase-no" type="button" class="button" on:click=move |_| back.run(())>
                    {app.says(Tr::erase_no)}
                </button>
            </div>
        </div>
    }
    .into_view()
}
