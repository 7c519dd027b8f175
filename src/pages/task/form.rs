//! Recording an update: status, completion date, progress, a note.
//!
//! What is typed is kept while the page is open, also when the panel is closed
//! unsaved; until somebody types, the form follows the ledger.

use lean::prelude::*;
use tracker::ledger::{Field, FieldValue};
use tracker::plan::Task;

use crate::components::agency::unit_name;
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::record::{Choice, Fault, leads, recorders, unsettled};
use crate::state::{App, Command, Draft, Edits, Unit, use_app};

/// The form, or why there is none.
#[component]
pub fn Form(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let recorders = Memo::new(move || {
        let unit = app.unit().unwrap_or(Unit::Country);
        recorders(app.plan, task, unit, app.asof())
    });
    move || {
        let recorders = recorders.get();
        if recorders.is_empty() {
            return view! {
                <section class="panel-part">
                    <h3>{app.tr().form_title()}</h3>
                    <p class="muted">{app.tr().form_not_bound()}</p>
                </section>
            }
            .into_view();
        }
        view! { <Fields task recorders /> }.into_view()
    }
}

#[component]
fn Fields(
    /// The task.
    task: &'static Task,
    /// Whom it may be recorded for; not empty.
    recorders: Vec<String>,
) -> impl IntoView {
    let app = use_app();
    let unit = RwSignal::new(recorders.first().cloned().unwrap_or_default());
    let shown = Memo::new(move || {
        app.ledger()
            .with(|l| unit.with(|u| Draft::of(l, u, &task.id)))
    });
    let edits = RwSignal::new(unit.with_untracked(|u| app.edits(u, &task.id)));
    let tried = RwSignal::new(false);
    let draft = Memo::new(move || edits.with(|e| shown.with(|s| e.over(s))));
    let faults = Memo::new(move || {
        if tried.get() {
            draft.with(|d| d.faults(app.today()))
        } else {
            Vec::new()
        }
    });
    let keep = move |next: Edits| {
        edits.set(next.clone());
        app.dispatch(Command::KeepEdits {
            unit: unit.get_untracked(),
            task: task.id.clone(),
            edits: next,
        });
    };
    let edit = move |change: &dyn Fn(&mut Edits)| {
        let mut next = edits.get_untracked();
        change(&mut next);
        keep(next);
    };
    let choose = move |choice: Choice| {
        let was_done = draft.with_untracked(|d| d.status == Choice::Done);
        edit(&|e| {
            e.status = Some(choice);
            // Completing implies all of it; it stays editable.
            if choice == Choice::Done && !was_done {
                e.progress = Some("100".to_owned());
            }
        });
    };
    let choose_unit = move |id: String| {
        unit.set(id);
        edits.set(unit.with_untracked(|u| app.edits(u, &task.id)));
        tried.set(false);
    };
    let save = move || {
        let found = draft.with_untracked(|d| d.faults(app.today()));
        if let Some(first) = found.first() {
            tried.set(true);
            page::focus_soon(if first.is_of_date() {
                "form-date"
            } else {
                "form-progress"
            });
            return;
        }
        let unit = unit.get_untracked();
        let unsettled = app
            .ledger()
            .with_untracked(|ledger| unsettled(ledger, &unit, &task.id));
        let changes = draft.with_untracked(|d| shown.with_untracked(|s| d.changes(s, &unsettled)));
        tried.set(false);
        keep(Edits::default());
        if changes.is_empty() {
            app.dispatch(Command::NothingNew);
        } else {
            app.dispatch(Command::Record {
                unit,
                task: task.id.clone(),
                changes,
            });
        }
    };
    let coordinates = move || {
        let unit = app.unit().unwrap_or(Unit::Country);
        (!leads(app.plan, task, unit, app.asof())).then(|| app.tr().form_coordinator())
    };
    view! {
        <section class="panel-part" aria-labelledby="form-title">
            <h3 id="form-title">{app.says(Tr::form_title)}</h3>
            <form
                class="record"
                novalidate
                on:submit=move |ev| {
                    ev.prevent_default();
                    save();
                }
            >
                <Recorder recorders unit choose=Callback::new(choose_unit) />
                {move || coordinates().map(|words| view! { <p class="fact-note">{words}</p> })}
                {move || unit.with(|u| differing(app, u, task))}
                <fieldset role="radiogroup" aria-labelledby="form-status">
                    <legend id="form-status">{app.says(Tr::field_status)}</legend>
                    <div class="segments">
                        <Segment choice=Choice::NotStarted draft choose=Callback::new(choose) />
                        <Segment choice=Choice::InProgress draft choose=Callback::new(choose) />
                        <Segment choice=Choice::Done draft choose=Callback::new(choose) />
                    </div>
                </fieldset>
                <div class="field-row">
                    <div class="field">
                        <label for="form-date">{app.says(Tr::form_date)}</label>
                        <div class="input-with-button">
                            <input
                                id="form-date"
                                type="text"
                                inputmode="numeric"
                                autocomplete="off"
                                placeholder=app.says(Tr::form_date_format)
                                prop:value=move || draft.with(|d| d.done_on.clone())
                                prop:disabled=move || draft.with(|d| d.status != Choice::Done)
                                aria-invalid=move || faults.with(|f| has(f, true)).then_some("true")
                                aria-describedby="form-date-fault"
                                on:input=move |ev| edit(&|e| e.done_on = Some(event_target_value(&ev)))
                            />
                            <button
                                type="button"
                                class="button is-quiet"
                                prop:disabled=move || draft.with(|d| d.status != Choice::Done)
                                on:click=move |_| edit(&|e| e.done_on = Some(tracker::date::format_date(untrack(|| app.today()))))
                            >
                                {app.says(Tr::today)}
                            </button>
                        </div>
                        <p id="form-date-fault" class="fault" role="alert">{move || faults.with(|f| fault(app, f, true))}</p>
                    </div>
                    <div class="field is-narrow">
                        <label for="form-progress">{app.says(Tr::form_progress)}</label>
                        <input
                            id="form-progress"
                            type="text"
                            inputmode="numeric"
                            autocomplete="off"
                            prop:value=move || draft.with(|d| d.progress.clone())
                            aria-invalid=move || faults.with(|f| has(f, false)).then_some("true")
                            aria-describedby="form-progress-fault"
                            on:input=move |ev| edit(&|e| e.progress = Some(event_target_value(&ev)))
                        />
                        <p id="form-progress-fault" class="fault" role="alert">{move || faults.with(|f| fault(app, f, false))}</p>
                    </div>
                </div>
                <div class="field">
                    <label for="form-note">{app.says(Tr::field_note)}</label>
                    <textarea
                        id="form-note"
                        rows="3"
                        prop:value=move || draft.with(|d| d.note.clone())
                        on:input=move |ev| edit(&|e| e.note = Some(event_target_value(&ev)))
                    ></textarea>
                </div>
                <div class="form-end">
                    <button type="submit" class="button is-primary">{app.says(Tr::form_save)}</button>
                    {when(move || edits.with(|e| !e.is_empty()), move || view! {
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| {
                                tried.set(false);
                                keep(Edits::default());
                            }
                        >
                            {app.says(Tr::form_reset)}
                        </button>
                    })}
                </div>
            </form>
        </section>
    }
}

fn has(faults: &[Fault], of_date: bool) -> bool {
    faults.iter().any(|f| f.is_of_date() == of_date)
}

fn fault(app: App, faults: &[Fault], of_date: bool) -> &'static str {
    let found = faults.iter().find(|f| f.is_of_date() == of_date);
    found.map_or("", |fault| fault.words(app.tr()))
}

/// For whom the update is recorded: a line, or a choice when there are several.
#[component]
fn Recorder(
    /// Whom it may be recorded for.
    recorders: Vec<String>,
    /// Whom it is recorded for.
    unit: RwSignal<String>,
    /// Called with the chosen one.
    choose: Callback<String>,
) -> impl IntoView {
    let app = use_app();
    if let [one] = recorders.as_slice() {
        let one = one.clone();
        return view! {
            <p class="fact-note">{move || app.tr().form_for(unit_name(app, &one, app.lang()))}</p>
        }
        .into_view();
    }
    view! {
        <div class="field">
            <label for="form-unit">{app.says(Tr::form_unit)}</label>
            <select id="form-unit" on:change=move |ev| choose.run(event_target_value(&ev))>
                {move || {
                    recorders
                        .iter()
                        .map(|id| {
                            let selected = unit.with(|u| u == id);
                            view! { <option value=id.clone() selected=selected>{unit_name(app, id, app.lang())}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </div>
    }
    .into_view()
}

/// Values of the status that differ, from hands that worked apart; saving settles them.
fn differing(app: App, unit: &str, task: &Task) -> Option<impl IntoView + use<>> {
    let tr = app.tr();
    let lines: Vec<String> = app.ledger().with(|ledger| {
        let cell = ledger
            .cell(unit, &task.id, Field::Status.as_str())
            .filter(|cell| cell.is_conflict());
        let heads = cell.into_iter().flat_map(|cell| cell.heads().rev());
        heads
            .map(|head| {
                let value = match FieldValue::read(Field::Status, head.value()) {
                    Ok(FieldValue::Status(status)) => tr.status(status),
                    _ => tr.history_nothing().to_owned(),
                };
                let ms = head.time().ms;
                let when = crate::i18n::moment(ms, app.offset_minutes(ms));
                let who = if head.author().is_empty() {
                    tr.history_unnamed()
                } else {
                    head.author()
                };
                tr.form_differs_line(value, who, when)
            })
            .collect()
    });
    (!lines.is_empty()).then(|| {
        view! {
            <div class="differs">
                <p>{tr.form_differs()}</p>
                <ul>{lines.into_iter().map(|l| view! { <li>{l}</li> }).collect_view()}</ul>
            </div>
        }
    })
}

/// One radio button of the status.
#[component]
fn Segment(
    /// What it stands for.
    choice: Choice,
    /// The form's content.
    draft: Memo<Draft>,
    /// Called with the choice.
    choose: Callback<Choice>,
) -> impl IntoView {
    let app = use_app();
    let word = move || match choice {
        Choice::NotStarted => app.tr().status_not_started(),
        Choice::InProgress => app.tr().status_in_progress(),
        Choice::Done => app.tr().status_done(),
    };
    view! {
        <label class="segment">
            <input
                type="radio"
                name="status"
                prop:checked=move || draft.with(|d| d.status == choice)
                on:change=move |_| choose.run(choice)
            />
            <span>{word}</span>
        </label>
    }
}
