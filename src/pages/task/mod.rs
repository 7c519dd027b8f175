//! One task, beside the list: facts, the form that records progress, history.
//!
//! - [`facts`]: everything the plan says of the task;
//! - [`form`]: recording an update, and `fields`, what it is made of;
//! - [`kept`]: notes, evidence and remarks that stand;
//! - [`review`]: what a reviewer said, and reviewing the reports of others;
//! - [`history`]: what was recorded, and taking it back;
//! - [`lines`]: a list of what was recorded; [`words`]: recorded values as people read them.

mod facts;
mod fields;
mod form;
mod history;
mod kept;
mod lines;
pub mod review;
mod words;

use lean::prelude::*;
use tracker::plan::Task;

use crate::components::icon::{Glyph, Icon, of_bucket};
use crate::i18n::Tr;
use crate::platform::page;
use crate::route::Page;
use crate::state::{App, Command, use_app};
use facts::{Facts, Related};
use form::Form;
use history::History;
use kept::Kept;
use review::{Reviewed, Reviewing};

/// The ids of the buttons that lead to the tasks before and after.
const STEPS: [&str; 2] = ["task-previous", "task-next"];

pub use words::{in_words, rated, visible, who};

/// The panel of the task with this id; says so when the plan has no such task.
#[component]
pub fn TaskPanel(
    /// The task's id.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let close = move || app.dispatch(Command::Open(untrack(|| app.behind())));
    // One press after another goes through the list: the button that led here keeps the focus.
    // At the end of the list it takes none, and the title has it, as for everyone else.
    page::focus_soon("task-title");
    if let Some(button) = STEPS.into_iter().find(|id| page::is_focused(id)) {
        page::focus_soon(button);
    }
    let known = app.plan.task(&id);
    let bar = known.map(|task| view! { <Neighbours task /> <Parts /> });
    let body = match known {
        Some(task) => view! { <Known task /> }.into_view(),
        None => view! {
            <header class="panel-head">
                <h2 id="task-title" tabindex="-1">{app.says(Tr::facts_unknown_title)}</h2>
                <p>{move || app.tr().facts_unknown_text(app.tr().named(&id))}</p>
            </header>
        }
        .into_view(),
    };
    view! {
        <section
            class="panel"
            aria-labelledby="task-title"
            on:keydown=move |ev| {
                if ev.key() == "Escape" && !ev.is_composing() && !ev.default_prevented() {
                    ev.prevent_default();
                    close();
                }
            }
        >
            <div class="panel-bar">
                {bar}
                <button type="button" class="panel-close icon-button" aria-label=app.says(Tr::facts_close) on:click=move |_| close()>
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            {body}
        </section>
    }
}

#[component]
fn Known(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    view! {
        <header class="panel-head">
            <p class="panel-top">
                <span class="card-id">{task.id.clone()}</span>
                <Standing task />
            </p>
            <h2 id="task-title" tabindex="-1">{move || task.title.get(app.lang())}</h2>
        </header>
        <Reviewed task />
        <Facts task />
        <Form task />
        <Reviewing task />
        <Kept task />
        <History task />
        <Related task />
    }
}

/// The way to the tasks before and after this one in the list, and where it is among them.
#[component]
fn Neighbours(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let place = Memo::new(move || {
        let listed = app.listed();
        listed.with(|rows| {
            let at = rows
                .iter()
                .position(|row| row.task(app.plan).id == task.id)?;
            let neighbour = |at: usize| rows.get(at).map(|row| row.task(app.plan).id.as_str());
            Some((
                at + 1,
                rows.len(),
                [neighbour(at.wrapping_sub(1)), neighbour(at + 1)],
            ))
        })
    });
    let button = move |side: usize| {
        let (glyph, name): (_, fn(Tr) -> &'static str) = match side {
            0 => (Glyph::Previous, Tr::panel_previous),
            _ => (Glyph::Next, Tr::panel_next),
        };
        let there = move || place.get().and_then(|p| p.2[side]);
        let open = move |_| {
            if let Some(there) = untrack(there) {
                app.dispatch(Command::Open(Page::Task(there.to_owned())));
            }
        };
        view! {
            <button
                id=STEPS[side]
                type="button"
                class="icon-button"
                aria-label=app.says(name)
                prop:disabled=move || there().is_none()
                on:click=open
            >
                <Icon glyph />
            </button>
        }
    };
    when(
        move || place.with(Option::is_some),
        move || {
            let position = move || {
                let tr = app.tr();
                place
                    .get()
                    .map(|(at, of, _)| format!("{}/{}", tr.count(at), tr.count(of)))
            };
            view! {
                <div class="panel-steps">
                    {button(0)}
                    <span class="panel-place">{position}</span>
                    {button(1)}
                </div>
            }
        },
    )
}

/// The id of a heading and the name of its part.
type Part = (&'static str, fn(Tr) -> &'static str);

/// The ways down to the parts of a long panel.
#[component]
fn Parts() -> impl IntoView {
    let app = use_app();
    let parts: [Part; 3] = [
        ("task-title", Tr::panel_facts),
        ("form-title", Tr::panel_form),
        ("history-title", Tr::panel_history),
    ];
    let button = |(id, name): Part| {
        let go = move |_| {
            page::focus(id);
        };
        view! { <button type="button" class="button is-quiet is-small" on:click=go>{app.says(name)}</button> }
    };
    view! {
        <div class="panel-parts" role="group" aria-label=app.says(Tr::panel_parts)>
            {parts.into_iter().map(button).collect_view()}
        </div>
    }
}

/// Where the task stands for the view's unit, as icon and words.
#[component]
fn Standing(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    move || {
        let bucket = standing(app, task).bucket;
        view! {
            <span class=format!("badge is-{}", bucket.key())>
                <Icon glyph=of_bucket(bucket) />
                {app.tr().bucket(bucket)}
            </span>
        }
    }
}

/// Where `task` stands for the view's unit. Tracks ledger, unit and as-of day.
fn standing(app: App, task: &'static Task) -> tracker::status::Standing {
    let unit = app.unit().unwrap_or(crate::state::Unit::Country);
    app.seen()
        .with(|ledger| app.plan.standing(ledger, task, unit.scope(), app.asof()))
}
