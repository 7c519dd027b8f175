//! What people recorded, and how many hands' records become one.
//!
//! A [`Ledger`] is a set of immutable [`Event`]s. Uniting two ledgers is the
//! union of their sets, so it does not matter who sends what to whom, in which
//! order or how often. What the page shows is folded from the set alone; the
//! fold reads no clock. Nothing is edited or deleted: [`undo`](fn@undo) is a
//! new event.

pub(crate) mod canon;
mod cell;
mod event;
mod id;
mod undo;
mod value;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use cell::Cell;
pub use event::{Draft, Event, EventError, Reading};
pub use id::{EventId, EventIdError, Stamp};
pub use undo::{Undo, UndoError, undo};
pub use value::{
    Color, Evidence, Field, FieldValue, Observation, Rating, Review, Status, ValueError,
};
pub use write::{Entry, WriteError, Writer};

/// Field name → cell.
type Cells = BTreeMap<String, Cell>;

/// All events known here, and the cells they fold to.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    events: BTreeMap<EventId, Arc<Event>>,
    /// Subject → unit → field → cell. A subject's page asks for all of its
    /// units; a cell is reached without building a key.
    subjects: BTreeMap<String, BTreeMap<String, Cells>>,
    /// How many cells are in conflict. Kept current, because previews of many
    /// files ask for it again and again.
    conflicts: usize,
}

/// Two ledgers are equal when they hold the same events.
impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events
    }
}

/// Different events that carry one replica's running number: the replica's
/// storage was copied to another browser, and both went on writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork<'a> {
    /// The replica.
    pub replica: &'a str,
    /// The running number.
    pub seq: u64,
    /// The events that carry it, ascending; two or more.
    pub ids: Vec<EventId>,
}

impl Ledger {
    /// Adds an event; true when it is new. Touches one cell.
    pub fn insert(&mut self, event: impl Into<Arc<Event>>) -> bool {
        let event = event.into();
        if self.events.contains_key(&event.id()) {
            return false;
        }
        self.events.insert(event.id(), Arc::clone(&event));
        let cells = self
            .subjects
            .entry(event.subject().to_owned())
            .or_default()
            .entry(event.unit().to_owned())
            .or_default();
        match cells.get_mut(event.field()) {
            Some(cell) => {
                let before = cell.is_conflict();
                cell.insert(event);
                self.conflicts += usize::from(cell.is_conflict());
                self.conflicts -= usize::from(before);
            }
            // A single event is no conflict.
            None => {
                cells.insert(event.field().to_owned(), Cell::new(event));
            }
        }
        true
    }

    /// Adds events; the number of new ones.
    pub fn union<I>(&mut self, events: I) -> usize
    where
        I: IntoIterator,
        I::Item: Into<Arc<Event>>,
    {
        let mut new = 0;
        for event in events {
            new += usize::from(self.insert(event));
        }
        new
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Whether the event is known here.
    pub fn contains(&self, id: &EventId) -> bool {
        self.events.contains_key(id)
    }

    /// The event with this id.
    pub fn get(&self, id: &EventId) -> Option<&Arc<Event>> {
        self.events.get(id)
    }

    /// Every event, by id. Cloning one clones a pointer.
    pub fn events(&self) -> impl Iterator<Item = &Arc<Event>> {
        self.events.values()
    }

    /// The cell of unit × subject × field name, when anything was recorded.
    pub fn cell(&self, unit: &str, subject: &str, field: &str) -> Option<&Cell> {
        self.subjects.get(subject)?.get(unit)?.get(field)
    }

    /// The shown value of a scalar field; `None` when nothing was recorded, it
    /// was cleared, or this version cannot read it.
    pub fn value(&self, unit: &str, subject: &str, field: Field) -> Option<FieldValue> {
        self.cell(unit, subject, field.as_str())?.shown_value()
    }

    /// Every cell, by subject, unit and field.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.subjects
            .values()
            .flat_map(|units| units.values().flat_map(BTreeMap::values))
    }

    /// The cells of one subject, by unit and field.
    pub fn subject_cells(&self, subject: &str) -> impl Iterator<Item = &Cell> {
        self.subjects
            .get(subject)
            .into_iter()
            .flat_map(|units| units.values().flat_map(BTreeMap::values))
    }

    /// The cells of one subject that one unit wrote, by field name.
    pub fn unit_cells(&self, unit: &str, subject: &str) -> impl Iterator<Item = &Cell> {
        self.subjects
            .get(subject)
            .and_then(|units| units.get(unit))
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    /// The units that recorded anything for a subject, ascending.
    pub fn units_of(&self, subject: &str) -> impl Iterator<Item = &str> {
        self.subjects
            .get(subject)
            .into_iter()
            .flat_map(|units| units.keys().map(String::as_str))
    }

    /// What was recorded for a subject, by one unit or by all, newest first by
    /// (ms, c, replica, id).
    pub fn subject_history(&self, unit: Option<&str>, subject: &str) -> Vec<&Event> {
        let mut history: Vec<&Event> = self
            .subject_cells(subject)
            .filter(|cell| unit.is_none_or(|unit| cell.unit() == unit))
            .flat_map(Cell::events)
            .map(Arc::as_ref)
            .collect();
        history.sort_by(|a, b| b.order(a));
        history
    }

    /// The cells whose heads disagree, by subject, unit and field.
    pub fn conflicts(&self) -> impl Iterator<Item = &Cell> {
        self.cells().filter(|cell| cell.is_conflict())
    }

    /// How many cells there are whose heads disagree, without looking for them.
    pub fn conflict_count(&self) -> usize {
        self.conflicts
    }

    /// Running numbers that one replica gave to different events, by replica
    /// and number.
    pub fn forks(&self) -> Vec<Fork<'_>> {
        let mut numbers: BTreeMap<(&str, u64), Vec<EventId>> = BTreeMap::new();
        for event in self.events.values() {
            numbers
                .entry((event.replica(), event.seq()))
                .or_default()
                .push(event.id());
        }
        numbers
            .into_iter()
            .filter(|(_, ids)| ids.len() > 1)
            .map(|((replica, seq), ids)| Fork { replica, seq, ids })
            .collect()
    }

    /// The folded state as canonical JSON: for every cell its events, heads,
    /// elements, what is shown and whether that is a conflict. Two ledgers have
    /// the same bytes exactly when they hold the same events.
    pub fn fold_bytes(&self) -> Vec<u8> {
        let mut out = String::with_capacity(256 + self.events.len() * 200);
        out.push('[');
        for (index, cell) in self.cells().enumerate() {
            if index > 0 {
                out.push(',');
            }
            cell.write_fold(&mut out);
        }
        out.push(']');
        out.into_bytes()
    }
}

impl<E: Into<Arc<Event>>> FromIterator<E> for Ledger {
    fn from_iter<I: IntoIterator<Item = E>>(events: I) -> Self {
        let mut ledger = Ledger::default();
        ledger.union(events);
        ledger
    }
}

#[cfg(test)]
mod tests;
