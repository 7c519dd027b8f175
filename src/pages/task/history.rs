//! What was recorded of a task, as sentences, newest first; each can be taken back.

use lean::prelude::*;
use tracker::ledger::{Cell, Event, Field, FieldValue, Ledger, undo};
use tracker::plan::Task;

use super::lines::Lines;
use super::words::{Entry, entry, in_words};
use crate::i18n::Tr;
use crate::state::{App, use_app};

/// Every update of the task, by any unit.
#[component]
pub fn History(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move || {
        let cells = |ledger: &Ledger| ledger.subject_cells(&task.id).map(Cell::len).sum();
        app.ledger().with(cells)
    });
    let newest = Callback::new(move |count| entries(app, task, count));
    view! {
        <section class="panel-part" aria-labelledby="history-title">
            <h3 id="history-title" tabindex="-1">{app.says(Tr::history_title)}</h3>
            {when(move || count.get() == 0, move || view! { <p class="muted">{app.says(Tr::history_empty)}</p> })}
            <Lines count entries=newest verb=Tr::undo then="history-title" />
        </section>
    }
}

fn entries(app: App, task: &Task, count: usize) -> Vec<Entry> {
    app.ledger().with(|ledger| {
        let history = ledger.subject_history(None, &task.id).into_iter();
        let lines = history.take(count).map(|event| {
            let undoable = undo(ledger, &event.id()).is_ok();
            entry(app, event, sentence(app, ledger, event), undoable)
        });
        lines.collect()
    })
}

/// An update as a sentence: "Trạng thái: Chưa thực hiện → Đang thực hiện".
fn sentence(app: App, ledger: &Ledger, event: &Event) -> String {
    let tr = app.tr();
    let Some(field) = Field::parse(event.field()) else {
        return tr.history_unknown_field(tr.named(event.field()));
    };
    let name = tr.field(field);
    // What a retraction is of may be a retraction itself: then it brings back.
    let (mut value, mut retractions) = (event.value(), 0);
    while let Ok(FieldValue::Retract(target)) = FieldValue::read(field, value) {
        retractions += 1;
        let Some(target) = ledger.get(&target) else {
            break;
        };
        value = target.value();
    }
    let after = in_words(app, field, value);
    if retractions > 0 {
        return match retractions % 2 {
            1 => tr.history_retracted(name, after),
            _ => tr.history_restored(name, after),
        };
    }
    let before = event
        .parents()
        .iter()
        .filter_map(|id| ledger.get(id))
        .max_by(|a, b| a.order(b))
        .map(|e| in_words(app, field, e.value()));
    match before {
        Some(before) if before != after => tr.history_changed(name, before, after),
        _ => tr.history_set(name, after),
    }
}
