//! Settling a ledger back to what an earlier state of it showed, by new events.

use std::sync::Arc;

use super::Ledger;
use super::cell::Cell;
use super::event::{Event, Reading};
use super::id::EventId;
use super::undo::Undo;
use super::value::{FieldValue, retracted};

/// What to write so that `now`, which has all events of `then`, shows what `then` showed: of each
/// scalar field the value shown then, of each set the elements that stood then. In the order of the
/// cells. Values and fields that this version cannot read are left as they are, since it may not
/// write them.
pub fn settle_back(now: &Ledger, then: &Ledger) -> Vec<Undo> {
    let mut wanted = Vec::new();
    for cell in now.cells() {
        let Some(field) = cell.field() else {
            continue;
        };
        let before = then.cell(cell.unit(), cell.subject(), cell.field_name());
        let mut want = |value| {
            wanted.push(Undo {
                unit: cell.unit().to_owned(),
                subject: cell.subject().to_owned(),
                field,
                value,
            });
        };
        if field.is_set() {
            for id in of_set(cell, before) {
                want(FieldValue::Retract(id).to_json());
            }
            continue;
        }
        let value = match before.and_then(Cell::shown) {
            None => FieldValue::Cleared.to_json(),
            Some(event) => event.value().clone(),
        };
        let shown = cell.shown();
        if shown.is_some_and(|shown| *shown.value() != value)
            && shown.is_some_and(|shown| is_readable(shown))
            && FieldValue::read(field, &value).is_ok()
        {
            want(value);
        }
    }
    wanted
}

/// Which events of a set to retract: the elements that did not stand then, and the retractions
/// that did not.
fn of_set(now: &Cell, then: Option<&Cell>) -> Vec<EventId> {
    let stood = |event: &Arc<Event>| {
        then.is_some_and(|then| then.get(&event.id()).is_some() && then.stands(event.id()))
    };
    let mut ids = Vec::new();
    for element in now.elements() {
        if !stood(element) {
            ids.push(element.id());
        }
    }
    let elements = then.map(Cell::elements).unwrap_or_default();
    for gone in elements {
        if now.stands(gone.id()) {
            continue;
        }
        for event in now.events() {
            if retracted(event.value()) == Some(gone.id()) && now.stands(event.id()) {
                ids.push(event.id());
            }
        }
    }
    ids
}

fn is_readable(event: &Event) -> bool {
    matches!(event.reading(), Reading::Value(_))
}
