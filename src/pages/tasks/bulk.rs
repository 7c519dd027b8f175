//! What is selected in the table, and recording it all at once.

use lean::prelude::*;
use tracker::record::{Draft, Edits, Input};

use super::edit::{StatusFields, faults};
use crate::components::field::{Field, Kind};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::record::{Bulk as Typed, Recording, sole_recorder};
use crate::state::{App, Command, Selection, Unit, use_app};

/// How many tasks are selected, and what can be done with them.
#[component]
pub fn Bulk() -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move || app.chosen().with(|c| c.len()));
    let open = RwSignal::new(false);
    let any = move || count.get() > 0;
    view! {
        <p class="picked" role="status">
            {move || if any() { app.tr().table_selected(count.get()) } else { String::new() }}
        </p>
        {when(any, move || view! {
            <button
                id="bulk-open"
                type="button"
                class="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=move |_| {
                    open.update(|o| *o = !*o);
                    if open.get_untracked() {
                        page::focus_soon("bulk-status");
                    }
                }
            >
                {app.says(Tr::table_record)}
            </button>
            <button
                type="button"
                class="link-button"
                on:click=move |_| {
                    app.dispatch(Command::Select(Selection::None));
                    page::focus_soon("page-title");
                }
            >
                {app.says(Tr::table_unselect)}
            </button>
        })}
        {when(move || any() && open.get(), move || view! { <Form open /> })}
    }
}

/// For whom something of each selected task may be recorded: the task and the unit.
fn recordable(app: App) -> Vec<(&'static str, String)> {
    let (unit, asof) = (app.unit().unwrap_or(Unit::Country), app.asof());
    app.chosen().with(|rows| {
        let of = |row: &std::sync::Arc<crate::state::rows::Row>| {
            let task = row.task(app.plan);
            sole_recorder(app.plan, task, unit, asof).map(|unit| (task.id.as_str(), unit))
        };
        rows.iter().filter_map(of).collect()
    })
}

/// The form: what is filled in is recorded for every selected task that it may be recorded for.
#[component]
fn Form(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let recordable = Memo::new(move || recordable(app));
    let edits = RwSignal::new(Edits::default());
    let assignee = RwSignal::new(String::new());
    let blocker = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let faults =
        Memo::new(move || faults(app, tried.get(), &edits.with(|e| e.over(&Draft::default()))));
    let leave = move || {
        open.set(false);
        page::focus_soon("bulk-open");
    };
    let save = move || {
        tried.set(true);
        let mut typed = Typed {
            edits: edits.get_untracked(),
            assignee: assignee.get_untracked(),
            blocker: blocker.get_untracked(),
        };
        typed.edits.set(Input::Note, note.get_untracked());
        if !typed.faults(app.today()).is_empty() {
            page::focus_soon("bulk-date");
            return;
        }
        let all = app.chosen().with_untracked(|c| c.len());
        let tasks = recordable.get_untracked();
        let left_out = all - tasks.len();
        let mut records: Vec<Recording> = Vec::new();
        app.ledger().with_untracked(|ledger| {
            for (task, unit) in tasks {
                let changes = typed.changes(ledger, &unit, task);
                if !changes.is_empty() {
                    records.push(Recording {
                        unit,
                        task: task.to_owned(),
                        changes,
                    });
                }
            }
        });
        app.dispatch(if records.is_empty() {
            Command::NothingNew
        } else {
            Command::RecordMany { records, left_out }
        });
        leave();
    };
    let for_whom = move || {
        let (tr, all) = (app.tr(), app.chosen().with(|c| c.len()));
        let count = recordable.with(Vec::len);
        if count == all {
            tr.table_for_all(count)
        } else {
            tr.table_for_some(tr.count(count), tr.count(all))
        }
    };
    view! {
        <form
            class="bulk"
            novalidate
            aria-label=app.says(Tr::table_record)
            on:submit=move |ev| {
                ev.prevent_default();
                save();
            }
            on:keydown=move |ev| {
                if ev.key() == "Escape" && !ev.is_composing() {
                    ev.prevent_default();
                    leave();
                }
            }
        >
            <p class="fact-note">{for_whom}</p>
            <div class="bulk-fields">
                <StatusFields ids=["bulk-status", "bulk-date"] edits faults now=None />
                {text("bulk-assignee", Tr::field_assignee, Kind::Person, assignee)}
                {text("bulk-blocker", Tr::field_blocker, Kind::Text, blocker)}
                {text("bulk-note", Tr::field_note, Kind::Text, note)}
            </div>
            <div class="form-end">
                <button
                    type="submit"
                    class="button is-primary"
                    prop:disabled=move || recordable.with(Vec::is_empty)
                >
                    {app.says(Tr::form_save)}
                </button>
                <button type="button" class="button is-quiet" on:click=move |_| leave()>{app.says(Tr::table_cancel)}</button>
            </div>
        </form>
    }
}

/// A field for a line of text.
fn text(
    id: &'static str,
    label: fn(Tr) -> &'static str,
    kind: Kind,
    value: RwSignal<String>,
) -> View {
    view! {
        <Field
            id
            label
            kind
            value=value.into()
            put=Callback::new(move |text| value.set(text))
            fault=None
            beside=View::Nothing
        />
    }
}
