//! How far long work with files is, and giving it up: [`state::work`](crate::state::work).

use lean::prelude::*;

use crate::i18n::Tr;
use crate::platform::page;
use crate::state::work::{Doing, Work};
use crate::state::{App, Command, use_app};

/// The long work that goes on; nothing where none does.
#[component]
pub fn Working() -> impl IntoView {
    let app = use_app();
    let any = Memo::new(move || app.works().now().is_some());
    view! {
        {when(move || any.get(), move || view! { <Progress /> })}
        <p class="visually-hidden" role="status">{move || said(app)}</p>
    }
}

/// How far the work is, and a button to give it up where that can be.
#[component]
fn Progress() -> impl IntoView {
    let app = use_app();
    // The last of it is gone a little before what shows it.
    let work = Memo::new(move || {
        let none = Work {
            doing: Doing::Merging,
            done: 0,
            total: 0,
        };
        app.works().now().unwrap_or(none)
    });
    let counted = Memo::new(move || work.get().total > 0);
    let stops = Memo::new(move || work.get().doing.stops());
    let now = move |number: usize| counted.get().then(|| number.to_string());
    let percent = move || {
        let Work { done, total, .. } = work.get();
        (done * 100).checked_div(total).unwrap_or(100)
    };
    view! {
        <div class="working">
            <span class="working-name" aria-hidden="true">{move || name(app, work.get().doing)}</span>
            <div
                class="working-bar"
                class:is-uncounted=move || !counted.get()
                role="progressbar"
                aria-label=move || name(app, work.get().doing)
                aria-valuemin="0"
                aria-valuemax=move || now(work.get().total)
                aria-valuenow=move || now(work.get().done)
                aria-valuetext=move || count(app, work.get())
            >
                <div class="working-done" style:inline-size=move || percent().to_string() + "%"></div>
            </div>
            <span aria-hidden="true">{move || count(app, work.get())}</span>
            {when(move || stops.get(), move || view! {
                <button
                    type="button"
                    class="button is-small"
                    on:click=move |_| {
                        app.dispatch(Command::StopWork);
                        page::focus_soon("page-title");
                    }
                >
                    {app.says(Tr::work_stop)}
                </button>
            })}
        </div>
    }
}

fn name(app: App, doing: Doing) -> &'static str {
    let tr = app.tr();
    match doing {
        Doing::Reading => tr.work_reads(),
        Doing::Comparing => tr.work_compares(),
        Doing::Opening => tr.work_opens(),
        Doing::Guarding => tr.work_guards(),
        Doing::Merging => tr.work_merges(),
        Doing::Keeping => tr.work_keeps(),
    }
}

fn count(app: App, work: Work) -> String {
    let tr = app.tr();
    let done = tr.count(work.done);
    match work.doing {
        _ if work.total == 0 => tr.work_uncounted().to_owned(),
        Doing::Keeping => tr.work_updates(done, work.total),
        Doing::Opening => tr.work_percent(done),
        _ => tr.work_files(done, work.total),
    }
}

/// What is being done, in a sentence: only now and then another, since each is read out.
fn said(app: App) -> String {
    let tr = app.tr();
    let Some(work) = app.works().now() else {
        return String::new();
    };
    let quarter = (work.done * 4).checked_div(work.total).unwrap_or_default();
    let done = tr.count(work.total * quarter / 4);
    match work.doing {
        Doing::Reading => tr.work_reading(done, work.total),
        Doing::Comparing => tr.work_comparing().to_owned(),
        Doing::Opening => tr.work_opening(done),
        Doing::Guarding => tr.work_guarding().to_owned(),
        Doing::Merging => tr.work_merging().to_owned(),
        Doing::Keeping => tr.work_keeping(done, work.total),
    }
}
