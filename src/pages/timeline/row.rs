//! One line of the timeline. A task's name and its bar both open it beside the list.

use std::sync::Arc;

use lean::prelude::*;
use tracker::timeline::{Bars, Span, bars, percent};

use super::SCALE;
use super::lines::words;
use crate::components::icon::{Glyph, Icon, of_bucket};
use crate::components::marked::Marked;
use crate::route::Page;
use crate::state::rows::Row;
use crate::state::{App, Command, use_app};

/// A heading with its counts.
#[component]
pub fn LaneName(
    /// What the tasks under it have in common.
    name: String,
    /// How many there are.
    count: usize,
    /// How many are overdue.
    overdue: usize,
) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="tl-label">
            <h2>{name}</h2>
            <p class="muted">{move || app.tr().timeline_count(count, overdue)}</p>
        </div>
    }
}

/// A task: its name, its time in words, its bars.
#[component]
pub fn TaskLine(
    /// The task and where it stands.
    row: Arc<Row>,
    /// Called when its link takes the focus.
    focused: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let task = row.task(app.plan);
    let title = Signal::derive(move || task.title.get(app.lang()).to_owned());
    let here = Signal::derive(move || app.page() == Page::Task(task.id.clone()));
    let bucket = row.standing.bucket;
    let drawn = row.clone();
    let time = Signal::derive(move || words(app, &row));
    view! {
        <div class=format!("tl-task is-{}", bucket.key()) class:is-current=move || here.get()>
            <a
                class="tl-label"
                href=move || app.href(Page::Task(task.id.clone()))
                aria-current=move || here.get().then_some("true")
                on:focus=move |_| focused.run(())
            >
                <span class="tl-title" title=move || title.get()>
                    <span class="card-id">{task.id.clone()}</span>
                    " "
                    <Marked text=title />
                </span>
                <span class="visually-hidden">", "</span>
                <span class="tl-words" title=move || time.get()>
                    <Icon glyph=of_bucket(bucket) />
                    <span>{move || time.get()}</span>
                </span>
            </a>
            <div class="tl-track" on:click=move |_| app.dispatch(Command::Open(Page::Task(task.id.clone())))>
                {move || marks(&placed(app, &drawn), of_bucket(bucket))}
            </div>
        </div>
    }
}

/// Where the task's bars are. Tracks the as-of day.
fn placed(app: App, row: &Row) -> Bars {
    let task = row.task(app.plan);
    let document = app.plan.document(&task.document);
    let issued = document.and_then(|d| d.date).map(|date| date.first_day());
    bars(SCALE, issued, task.deadline, &row.standing, app.asof())
}

/// The bars and marks. What they say stands in words beside them.
fn marks(bars: &Bars, glyph: Glyph) -> View {
    let open = if bars.open {
        "tl-bar is-open"
    } else {
        "tl-bar"
    };
    let due = if bars.outside {
        "tl-due is-outside"
    } else {
        "tl-due"
    };
    let stretch = |class: &'static str, span: Option<Span>| {
        span.map(|Span { from, to }| {
            view! { <i class=class style:inset-inline-start=percent(from) style:inline-size=percent(to - from)></i> }
        })
    };
    let mark = |class: &'static str, at: Option<u32>, glyph: Option<Glyph>| {
        at.map(|at| {
            view! { <i class=class style:inset-inline-start=percent(at)>{glyph.map(|glyph| view! { <Icon glyph /> })}</i> }
        })
    };
    view! {
        {stretch(open, bars.given)}
        {stretch("tl-late", bars.late)}
        {mark("tl-due is-first", bars.first_due, None)}
        {mark(due, bars.due, None)}
        {mark("tl-done", bars.done, Some(glyph))}
    }
}
