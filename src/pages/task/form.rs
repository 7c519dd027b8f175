//! Recording an update: status, completion date, progress, a note, and further details on demand.
//!
//! What is typed is kept while the page is open, also when the panel is closed
//! unsaved; until somebody types, the form follows the ledger.

use lean::prelude::*;
use tracker::date::format_date;
use tracker::ledger::Cell;
use tracker::plan::Task;
use tracker::record::{Choice, DETAILS, Draft, Edits, Input, SCALARS, unsettled};

use super::fields::{Field, Kind, Segments, Sheet, Word, id};
use super::words::{in_words, who};
use crate::components::agency::unit_name;
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::record::{leads, recorders};
use crate::state::{App, Command, Unit, use_app};

const STATUSES: &[(&str, Word)] = &[
    (Choice::NotStarted.as_str(), Tr::status_not_started),
    (Choice::InProgress.as_str(), Tr::status_in_progress),
    (Choice::Done.as_str(), Tr::status_done),
];

const RATINGS: &[(&str, Word)] = &[
    ("", Tr::detail_rating_none),
    ("green", Tr::rating_green),
    ("amber", Tr::rating_amber),
    ("red", Tr::rating_red),
];

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
    // What others recorded stands in nobody's way: the extension is judged once it is touched.
    let due = move || {
        let touched = edits.with(|e| e.touched(Input::ExtendedTo));
        touched.then(|| task.deadline.due()).flatten()
    };
    let found = move || draft.with(|d| d.faults(app.today(), due()));
    let faults = Memo::new(move || if tried.get() { found() } else { Vec::new() });
    let sheet = Sheet {
        app,
        task,
        unit,
        edits,
        draft,
        faults,
    };
    // Opens itself where something stands; whoever closes it has it closed.
    let open = RwSignal::new(draft.with_untracked(Draft::has_details));
    let choose_unit = move |id: String| {
        unit.set(id);
        edits.set(unit.with_untracked(|u| app.edits(u, &task.id)));
        tried.set(false);
        open.set(draft.with_untracked(Draft::has_details));
    };
    let save = move || {
        let found = untrack(found);
        if let Some((first, _)) = found.first() {
            tried.set(true);
            if DETAILS.contains(first) {
                open.set(true);
            }
            page::focus_soon(id(*first));
            return;
        }
        let unit = unit.get_untracked();
        let unsettled = app
            .ledger()
            .with_untracked(|ledger| unsettled(ledger, &unit, &task.id, &SCALARS));
        let changes = draft.with_untracked(|d| shown.with_untracked(|s| d.changes(s, &unsettled)));
        tried.set(false);
        // What is refused stays in the form.
        if !untrack(|| app.is_read_only()) {
            sheet.keep(Edits::default());
        }
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
    let today = view! {
        <button
            type="button"
            class="button is-quiet"
            prop:disabled=move || !draft.with(Draft::is_done)
            on:click=move |_| sheet.put(Input::DoneOn, &format_date(untrack(|| app.today())))
        >
            {app.says(Tr::today)}
        </button>
    };
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        // They open above the button.
        if open.get_untracked() {
            page::focus_soon(id(Input::Forecast));
        }
    };
    view! {
        <section class="panel-part" aria-labelledby="form-title">
            <h3 id="form-title" tabindex="-1">{app.says(Tr::form_title)}</h3>
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
                <Segments sheet input=Input::Status label=Tr::field_status choices=STATUSES />
                <div class="field-row">
                    <Field sheet input=Input::DoneOn label=Tr::form_date kind=Kind::Date beside=today />
                    <Field sheet input=Input::Progress label=Tr::form_progress kind=Kind::Number beside=View::Nothing />
                </div>
                <Field sheet input=Input::Note label=Tr::field_note kind=Kind::Lines beside=View::Nothing />
                <div id="form-details" class="record" hidden=move || !open.get()>
                    {when(move || open.get(), move || view! { <Details sheet /> })}
                </div>
                <div class="form-end">
                    <button type="submit" class="button is-primary">{app.says(Tr::form_save)}</button>
                    {when(move || edits.with(|e| !e.is_empty()), move || view! {
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| {
                                tried.set(false);
                                sheet.keep(Edits::default());
                                // The button goes with the changes.
                                page::focus_soon("form-title");
                            }
                        >
                            {app.says(Tr::form_reset)}
                        </button>
                    })}
                    <button
                        type="button"
                        class="button is-quiet is-details"
                        aria-controls="form-details"
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        on:click=toggle
                    >
                        {move || if open.get() { app.tr().form_details_close() } else { app.tr().form_details() }}
                    </button>
                </div>
            </form>
        </section>
    }
}

/// What goes beyond status, progress and note.
#[component]
fn Details(
    /// The form.
    sheet: Sheet,
) -> impl IntoView {
    let Sheet { app, draft, .. } = sheet;
    let beside = || View::Nothing;
    // An extension moves a due date; a task without one has nothing to move.
    let extensible = move || {
        sheet.task.deadline.due().is_some()
            || draft
                .with(|d| !d.get(Input::ExtendedTo).is_empty() || !d.get(Input::Grant).is_empty())
    };
    let blocked = move || {
        draft.with(|d| !d.get(Input::Bottleneck).is_empty() || !d.get(Input::Obstacle).is_empty())
    };
    let bottleneck = move |text: String| sheet.put(Input::Bottleneck, &text);
    let options = app.plan.bottlenecks().iter().map(move |b| {
        view! { <option value=b.id.clone()>{move || b.title.get(app.lang())}</option> }
    });
    let over = move |_| {
        sheet.put(Input::Bottleneck, "");
        sheet.put(Input::Obstacle, "");
        // The button goes with the blocker.
        page::focus_soon(id(Input::Bottleneck));
    };
    view! {
        <div class="field-row">
            <Field sheet input=Input::Forecast label=Tr::field_forecast kind=Kind::Date beside=beside() />
            <Field sheet input=Input::Assignee label=Tr::field_assignee kind=Kind::Person beside=beside() />
        </div>
        {when(extensible, move || view! {
            <fieldset>
                <legend>{app.says(Tr::field_extension)}</legend>
                {sheet.task.deadline.due().map(|due| view! {
                    <p id="form-extended-to-hint" class="fact-note">{move || app.tr().detail_due(format_date(due))}</p>
                })}
                <div class="field-row is-inset">
                    <Field sheet input=Input::ExtendedTo label=Tr::detail_extended_to kind=Kind::Date beside=beside() />
                    <Field sheet input=Input::Grant label=Tr::detail_grant kind=Kind::Line beside=beside() />
                </div>
            </fieldset>
        })}
        <fieldset>
            <legend>{app.says(Tr::field_blocker)}</legend>
            <div class="record is-inset">
                <div class="field">
                    <label for=id(Input::Bottleneck)>{app.says(Tr::detail_bottleneck)}</label>
                    <select
                        id=id(Input::Bottleneck)
                        prop:value=move || sheet.text(Input::Bottleneck)
                        on:change=move |ev| bottleneck(event_target_value(&ev))
                    >
                        <option value="">{app.says(Tr::detail_bottleneck_none)}</option>
                        {options.collect_view()}
                    </select>
                </div>
                <Field sheet input=Input::Obstacle label=Tr::detail_obstacle kind=Kind::Lines beside=beside() />
                {when(blocked, move || view! {
                    <p>
                        <button type="button" class="link-button" on:click=over>{app.says(Tr::detail_blocker_over)}</button>
                    </p>
                })}
            </div>
        </fieldset>
        <Segments sheet input=Input::Rating label=Tr::field_self_rating choices=RATINGS />
        {when(move || draft.with(|d| !d.get(Input::Rating).is_empty()), move || view! {
            <Field sheet input=Input::Reason label=Tr::detail_reason kind=Kind::Lines beside=beside() />
        })}
        <div>
            <Field sheet input=Input::Evidence label=Tr::field_evidence kind=Kind::Lines beside=beside() />
            <p id="form-evidence-hint" class="fact-note">{app.says(Tr::detail_evidence_hint)}</p>
        </div>
    }
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

/// Values that differ, from hands that worked apart; saving settles them.
fn differing(app: App, unit: &str, task: &Task) -> Option<impl IntoView + use<>> {
    let tr = app.tr();
    let mut blocks = Vec::new();
    app.ledger().with(|ledger| {
        for field in SCALARS {
            let cell = ledger.cell(unit, &task.id, field.as_str());
            let Some(cell) = cell.filter(|cell| Cell::is_conflict(cell)) else {
                continue;
            };
            let lines = cell.heads().rev().map(|head| {
                let (author, when) = who(app, head);
                let value = in_words(app, field, head.value());
                view! { <li>{tr.form_differs_line(value, author, when)}</li> }
            });
            blocks.push(view! {
                <p>{tr.form_differs(tr.field(field))}</p>
                <ul>{lines.collect_view()}</ul>
            });
        }
    });
    (!blocks.is_empty()).then(|| view! { <div class="differs">{blocks}</div> })
}
