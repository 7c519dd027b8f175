//! What an import would change, before it does.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::ExchangeFile;
use super::oddities::note;
use crate::ledger::{Cell, Event, Events, Field, Ledger};
use crate::sorting::positions;

/// One value that an import would change on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Id of the agency.
    pub unit: String,
    /// Id of the task or indicator.
    pub subject: String,
    /// Which field.
    pub field: Field,
    /// What is shown now; for a set, the element that goes. `None` when there
    /// is nothing.
    pub before: Option<Value>,
    /// What would be shown; for a set, the element that comes. `None` when
    /// there is nothing.
    pub after: Option<Value>,
}

/// What a file holds, seen from a ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// Events in the file; the sum of `new` and `already`.
    pub total: usize,
    /// Events the ledger does not have.
    pub new: usize,
    /// Events the ledger has, and repetitions within the file.
    pub already: usize,
    /// New figures of indicators; none that a retraction takes back again.
    pub new_figures: usize,
    /// The indicators they are of, ascending, also such as the plan does not have.
    pub figures_of: Vec<String>,
    /// Conflicts in the ledger now.
    pub conflicts_before: usize,
    /// Conflicts in the ledger after the import.
    pub conflicts_after: usize,
    /// Values that would change, by subject, unit and field. Fields that this
    /// version does not know are not shown and not listed.
    pub changes: Vec<Change>,
}

/// What importing `file` into `ledger` would do. Nothing is changed.
pub fn preview(file: &ExchangeFile, ledger: &Ledger) -> Preview {
    let mut seen: Events = BTreeMap::new();
    let mut new: Vec<&Arc<Event>> = Vec::new();
    let mut preview = Preview {
        total: file.events.len(),
        conflicts_before: ledger.conflict_count(),
        ..Preview::default()
    };
    for event in &file.events {
        let known = ledger.contains(&event.id());
        if known || seen.insert(event.id(), Arc::clone(event)).is_some() {
            preview.already += 1;
        } else {
            preview.new += 1;
            new.push(event);
        }
    }
    let by_cell: Vec<&Arc<Event>> = positions(new.len(), &mut |a, b| of(new[a]).cmp(&of(new[b])))
        .into_iter()
        .map(|at| new[at])
        .collect();
    preview.conflicts_after = preview.conflicts_before;
    for events in by_cell.chunk_by(|a, b| of(a) == of(b)) {
        let Some(first) = events.first() else {
            continue;
        };
        let (subject, unit, field) = of(first);
        let before = ledger.cell(unit, subject, field);
        let Some(after) = with(before, events) else {
            continue;
        };
        preview.conflicts_after += usize::from(after.is_conflict());
        preview.conflicts_after -= usize::from(before.is_some_and(Cell::is_conflict));
        if let Some(field) = after.field() {
            let change = |before: Option<Value>, after: Option<Value>| Change {
                unit: unit.to_owned(),
                subject: subject.to_owned(),
                field,
                before,
                after,
            };
            let from = preview.changes.len();
            add_changes(&mut preview.changes, before, Some(&after), change);
            if field == Field::Observation {
                let come = preview.changes.iter().skip(from);
                let come = come.filter(|change| change.after.is_some()).count();
                preview.new_figures += come;
                if come > 0 {
                    note(&mut preview.figures_of, subject);
                }
            }
        }
    }
    preview
}

/// Subject, unit and field of an event.
fn of(event: &Event) -> (&str, &str, &str) {
    (event.subject(), event.unit(), event.field())
}

/// The cell with more events; `None` only when there are none at all.
fn with(before: Option<&Cell>, events: &[&Arc<Event>]) -> Option<Cell> {
    let mut cell: Option<Cell> = None;
    // Made anew, for nothing else on the page copies a cell.
    let known = before.into_iter().flat_map(Cell::events);
    for event in known.chain(events.iter().copied()) {
        let event = Arc::clone(event);
        match &mut cell {
            Some(cell) => _ = cell.insert(event),
            None => cell = Some(Cell::new(event)),
        }
    }
    cell
}

/// Adds what is shown differently of a cell, once it is the one that comes after.
pub(crate) fn add_changes(
    changes: &mut Vec<Change>,
    before: Option<&Cell>,
    after: Option<&Cell>,
    change: impl Fn(Option<Value>, Option<Value>) -> Change,
) {
    let shown = |cell: &Cell| {
        let value = cell.shown().map(|event| event.value());
        value.filter(|value| !value.is_null()).cloned()
    };
    let old_value = before.and_then(shown);
    let new_value = after.and_then(shown);
    if old_value != new_value {
        changes.push(change(old_value, new_value));
    }
    let old: Vec<&Arc<Event>> = before.map(Cell::elements).unwrap_or_default();
    let new: Vec<&Arc<Event>> = after.map(Cell::elements).unwrap_or_default();
    for event in old.iter().filter(|event| !has(&new, event)) {
        changes.push(change(Some(event.value().clone()), None));
    }
    for event in new.iter().filter(|event| !has(&old, event)) {
        changes.push(change(None, Some(event.value().clone())));
    }
}

/// Whether an event is among events in the order of display.
fn has(events: &[&Arc<Event>], event: &Event) -> bool {
    let place = events.binary_search_by(|other| other.order(event));
    place.is_ok()
}
