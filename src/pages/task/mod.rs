//! One task, beside the list: facts, the form that records progress, history.
//!
//! - [`facts`]: everything the plan says of the task;
//! - [`form`]: recording an update;
//! - [`history`]: what was recorded, and taking it back.

mod facts;
mod form;
mod history;

use lean::prelude::*;
use tracker::plan::Task;

use crate::components::icon::{Glyph, Icon, of_bucket};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{App, Command, use_app};
use facts::{Facts, Related};
use form::Form;
use history::History;

pub use history::visible;

/// The panel of the task with this id; says so when the plan has no such task.
#[component]
pub fn TaskPanel(
    /// The task's id.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let close = move || {
        app.dispatch(Command::Open(untrack(|| app.behind())));
        page::focus_soon("page-title");
    };
    page::focus_soon("task-title");
    let body = match app.plan.task(&id) {
        Some(task) => view! { <Known task /> }.into_view(),
        None => view! {
            <h2 id="task-title" tabindex="-1">{app.says(Tr::task_unknown_title)}</h2>
            <p>{move || app.tr().task_unknown_text(&id)}</p>
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
            <button type="button" class="panel-close icon-button" aria-label=app.says(Tr::task_close) on:click=move |_| close()>
                <Icon glyph=Glyph::Close />
            </button>
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
        <Facts task />
        <Form task />
        <History task />
        <Related task />
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
    app.ledger()
        .with(|ledger| app.plan.standing(ledger, task, unit.scope(), app.asof()))
}
