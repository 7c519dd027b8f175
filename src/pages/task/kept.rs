//! What stands of a task beside its form: notes and evidence, which add up and can each be
//! retracted, and what a reviewer said.

use lean::prelude::*;
use tracker::ledger::{Event, Evidence, Field, FieldValue, Ledger};
use tracker::plan::Task;
use tracker::sorting::positions;

use super::lines::Lines;
use super::words::{Entry, entry, in_words};
use crate::i18n::Tr;
use crate::state::{App, use_app};

/// The fields that are shown here, in this order.
const FIELDS: [Field; 4] = [
    Field::ReviewerRating,
    Field::Review,
    Field::Note,
    Field::Evidence,
];

/// Notes, evidence and remarks of all units; nothing where there are none.
#[component]
pub fn Kept(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move || app.ledger().with(|ledger| events(ledger, task).len()));
    let first = Callback::new(move |count| entries(app, task, count));
    // Stays when all is retracted, since the focus goes to its title then.
    let ever = move || {
        app.ledger().with(|ledger| {
            let mut cells = ledger.subject_cells(&task.id);
            cells.any(|cell| cell.field().is_some_and(|f| FIELDS.contains(&f)))
        })
    };
    when(ever, move || {
        view! {
            <section class="panel-part" aria-labelledby="kept-title">
                <h3 id="kept-title" tabindex="-1">{app.says(Tr::kept_title)}</h3>
                {when(move || count.get() == 0, move || view! { <p class="muted">{app.says(Tr::kept_none)}</p> })}
                <Lines count entries=first verb=Tr::kept_retract then="kept-title" />
            </section>
        }
    })
}

/// What stands, field by field, of each the newest first.
fn events<'a>(ledger: &'a Ledger, task: &Task) -> Vec<(Field, &'a Event)> {
    let mut all = Vec::new();
    for field in FIELDS {
        let mut events: Vec<&Event> = Vec::new();
        for cell in ledger.subject_cells(&task.id) {
            if cell.field() == Some(field) {
                events.extend(cell.elements().into_iter().map(AsRef::as_ref));
                if cell.shown_value().is_some() {
                    events.extend(cell.shown().map(AsRef::as_ref));
                }
            }
        }
        let newest = positions(events.len(), &mut |a, b| events[b].order(events[a]));
        all.extend(newest.into_iter().map(|at| (field, events[at])));
    }
    all
}

fn entries(app: App, task: &Task, count: usize) -> Vec<Entry> {
    let tr = app.tr();
    app.ledger().with(|ledger| {
        let events = events(ledger, task).into_iter().take(count);
        let entries = events.map(|(field, event)| {
            let what = in_words(app, field, event.value());
            let link = match FieldValue::read(field, event.value()) {
                Ok(FieldValue::Evidence(Evidence::Link(link))) => Some(link),
                _ => None,
            };
            Entry {
                label: tr.field(field),
                link,
                ..entry(app, event, what, field.is_set())
            }
        });
        entries.collect()
    })
}
