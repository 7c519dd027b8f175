//! Status and progress of a task, edited in its row.

use lean::prelude::*;
use tracker::ledger;
use tracker::plan::Task;
use tracker::record::{Choice, Draft, Edits, Fault, Input, Quick};
use tracker::status::Standing;

use super::grid::{ACTIVE, Shared};
use crate::components::field::{Field, Kind};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::record::Recording;
use crate::state::{App, Command, use_app};

/// What is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The status, and the completion date.
    Status,
    /// Progress in percent.
    Progress,
}

/// A small form over the cell: Enter saves, Escape puts it away.
#[component]
pub fn Editor(
    /// What the parts of the table share.
    shared: Shared,
    /// The task.
    task: &'static Task,
    /// Whom it is recorded for.
    unit: String,
    /// What is edited.
    part: Part,
    /// How the task stands, where what is recorded from here counts for it.
    standing: Option<Standing>,
) -> impl IntoView {
    let app = use_app();
    let field = match part {
        Part::Status => ledger::Field::Status,
        Part::Progress => ledger::Field::Progress,
    };
    let quick = app
        .ledger()
        .with_untracked(|l| Quick::of(l, &unit, &task.id, field, standing.as_ref()));
    let shown = quick.shown().clone();
    let progress = shown.get(Input::Progress).to_owned();
    let status = shown.choice();
    let edits = RwSignal::new(Edits::default());
    let tried = RwSignal::new(false);
    let faults = Memo::new({
        let shown = shown.clone();
        move || faults(app, tried.get(), &edits.with(|e| e.over(&shown)))
    });
    let leave = move || {
        shared.editing.set(None);
        page::focus_soon(ACTIVE);
    };
    let save = move || {
        tried.set(true);
        let draft = edits.with_untracked(|e| e.over(&shown));
        if let Some((input, _)) = draft.faults(app.today(), None).first() {
            page::focus_soon(if *input == Input::DoneOn {
                "quick-date"
            } else {
                "quick-progress"
            });
            return;
        }
        let changes = edits.with_untracked(|e| quick.changes(e));
        app.dispatch(if changes.is_empty() {
            Command::NothingNew
        } else {
            let record = Recording {
                unit: unit.clone(),
                task: task.id.clone(),
                changes,
            };
            Command::RecordMany {
                records: vec![record],
                left_out: 0,
            }
        });
        leave();
    };
    page::focus_soon(match part {
        Part::Status => "quick-status",
        Part::Progress => "quick-progress",
    });
    let fields = match part {
        Part::Status => {
            view! { <StatusFields ids=["quick-status", "quick-date"] edits faults now=Some(status) /> }
        }
        Part::Progress => view! {
            <Field
                id="quick-progress"
                label=Tr::form_progress
                kind=Kind::Percent
                value=Signal::derive(move || progress.clone())
                put=Callback::new(move |text| edits.update(|e| e.set(Input::Progress, text)))
                fault=Some(Signal::derive(move || faults.with(|f| fault(app, f))))
                beside=View::Nothing
            />
        },
    };
    view! {
        <form
            class="cell-form"
            novalidate
            aria-label=move || {
                let tr = app.tr();
                let name = match part { Part::Status => tr.field_status(), Part::Progress => tr.field_progress() };
                format!("{}: {}", tr.table_edit(name), task.id)
            }
            on:submit=move |ev| {
                ev.prevent_default();
                save();
            }
            on:keydown=move |ev| {
                if ev.key() == "Escape" && !ev.is_composing() {
                    ev.prevent_default();
                    ev.stop_propagation();
                    leave();
                }
            }
        >
            {fields}
            <div class="form-end">
                <button type="submit" class="button is-primary is-small">{app.says(Tr::table_save)}</button>
                <button type="button" class="button is-small" on:click=move |_| leave()>{app.says(Tr::table_cancel)}</button>
            </div>
        </form>
    }
}

/// The faults of a form, once somebody tried to save it.
pub fn faults(app: App, tried: bool, draft: &Draft) -> Vec<(Input, Fault)> {
    if tried {
        draft.faults(app.today(), None)
    } else {
        Vec::new()
    }
}

fn fault(app: App, faults: &[(Input, Fault)]) -> &'static str {
    faults
        .first()
        .map_or("", |(_, fault)| app.tr().fault(*fault))
}

/// The status, and the completion date that "done" asks for.
#[component]
pub fn StatusFields(
    /// The ids of the two fields.
    ids: [&'static str; 2],
    /// What was touched.
    edits: RwSignal<Edits>,
    /// What cannot be saved as it stands.
    faults: Memo<Vec<(Input, Fault)>>,
    /// The status that is recorded; `None` where the form may leave it as it is.
    now: Option<Choice>,
) -> impl IntoView {
    let app = use_app();
    let choices = [Choice::NotStarted, Choice::InProgress, Choice::Done];
    let choose = move |number: String| {
        let choice = number
            .parse()
            .ok()
            .and_then(|n: usize| choices.get(n).copied());
        edits.update(|e| {
            e.unset(Input::Status);
            e.unset(Input::Progress);
            if let Some(choice) = choice {
                e.set(Input::Status, choice.as_str().to_owned());
            }
            // Completing implies all of it.
            if choice == Some(Choice::Done) {
                e.set(Input::Progress, "100".to_owned());
            }
        });
    };
    let chosen = Memo::new(move || {
        let touched = edits.with(|e| e.touched(Input::Status));
        let typed = || edits.with(|e| e.over(&Draft::default()).choice());
        touched.then(typed).or(now)
    });
    let done = move || chosen.get() == Some(Choice::Done);
    let options = move || {
        let tr = app.tr();
        let words = [
            tr.status_not_started(),
            tr.status_in_progress(),
            tr.status_done(),
        ];
        let keep = now
            .is_none()
            .then(|| view! { <option value="">{tr.table_keep()}</option> });
        let options = words.into_iter().enumerate().map(|(number, words)| {
            let selected = untrack(|| chosen.get()) == choices.get(number).copied();
            view! { <option value=number.to_string() selected=selected>{words}</option> }
        });
        view! { {keep} {options.collect_view()} }
    };
    let [status_id, date_id] = ids;
    let put = move |day: String| edits.update(|e| e.set(Input::DoneOn, day));
    view! {
        <div class="field">
            <label for=status_id>{app.says(Tr::field_status)}</label>
            <select id=status_id on:change=move |ev| choose(event_target_value(&ev))>{options}</select>
        </div>
        {when(done, move || view! {
            <Field
                id=date_id
                label=Tr::form_date
                kind=Kind::Date
                value=Signal::derive(move || edits.with(|e| e.get(Input::DoneOn).unwrap_or_default().to_owned()))
                put=Callback::new(put)
                fault=Some(Signal::derive(move || faults.with(|f| fault(app, f))))
                beside=view! {
                    <button
                        type="button"
                        class="button is-quiet"
                        on:click=move |_| put(tracker::date::format_date(untrack(|| app.today())))
                    >
                        {app.says(Tr::today)}
                    </button>
                }
            />
        })}
    }
}
