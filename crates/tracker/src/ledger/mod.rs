//! What people recorded, and how many hands' records become one.
//!
//! A [`Ledger`] is a set of immutable [`Event`]s. Uniting two ledgers is the
//! union of their sets, so it does not matter who sends what to whom, in which
//! order or how often. What the page shows is folded from the set alone; the
//! fold reads no clock. Nothing is edited or deleted: [`undo`](fn@undo) is a
//! new event.

mod back;
mod cell;
mod event;
mod forks;
mod id;
mod key;
mod name;
pub(crate) mod replay;
mod steps;
mod undo;
mod value;
mod write;

use std::collections::{BTreeMap, btree_map};

use std::sync::Arc;

pub use back::settle_back;
pub use cell::Cell;
pub use event::{Draft, Event, EventError, Reading};
pub use forks::ForkWatch;
pub use id::{EventId, EventIdError, Stamp};
pub use name::Names;
pub use steps::{Merging, Steps, Way};
pub use undo::{Undo, UndoError, undo};
pub use value::{
    Closing, Color, Evidence, Field, FieldValue, MAX_FIGURES, Observation, Rating, Review, Status,
    ValueError, is_period_key,
};
pub(crate) use write::FOLLOW_MS;
pub use write::{Entry, WriteError, Writer};

use crate::sorting::positions;
use key::Key;

/// Events by id. Every map of the domain but those of JSON has this type: each
/// further one would be loaded with the page as well.
pub(crate) type Events = BTreeMap<EventId, Arc<Event>>;

/// All events known here, and the cells they fold to.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    events: Events,
    /// The same in the order they came in, for whoever follows the ledger.
    arrivals: Vec<Arc<Event>>,
    /// Ascending, none without cells.
    subjects: Vec<Subject>,
    /// How many cells are in conflict. Kept current, because previews of many
    /// files ask for it again and again.
    conflicts: usize,
}

/// What was recorded about one task, indicator or period.
#[derive(Clone, Debug)]
struct Subject {
    /// The start of its name.
    key: Key,
    /// By unit and field.
    cells: Vec<Cell>,
}

impl Subject {
    fn name(&self) -> &str {
        self.cells.first().map_or("", Cell::subject)
    }
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
        match self.events.entry(event.id()) {
            btree_map::Entry::Occupied(_) => return false,
            btree_map::Entry::Vacant(place) => _ = place.insert(Arc::clone(&event)),
        }
        self.arrivals.push(Arc::clone(&event));
        let key = Key::of(event.subject());
        let at = match self.place(key, event.subject()) {
            Ok(at) => at,
            Err(at) => {
                let cells = Vec::new();
                self.subjects.insert(at, Subject { key, cells });
                at
            }
        };
        let cells = &mut self.subjects[at].cells;
        match place_in(cells, event.unit(), event.field()) {
            Ok(at) => {
                let cell = &mut cells[at];
                let before = cell.is_conflict();
                cell.insert(event);
                self.conflicts += usize::from(cell.is_conflict());
                self.conflicts -= usize::from(before);
            }
            // A single event is no conflict.
            Err(at) => cells.insert(at, Cell::new(event)),
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

    /// What came in after the first `known` events: whoever looked when the
    /// ledger was that long need look at no more.
    pub fn since(&self, known: usize) -> &[Arc<Event>] {
        self.arrivals.get(known..).unwrap_or_default()
    }

    /// The cell of unit × subject × field name, when anything was recorded.
    pub fn cell(&self, unit: &str, subject: &str, field: &str) -> Option<&Cell> {
        let cells = self.of(subject);
        let at = place_in(cells, unit, field).ok()?;
        cells.get(at)
    }

    /// The shown value of a scalar field; `None` when nothing was recorded, it
    /// was cleared, or this version cannot read it.
    pub fn value(&self, unit: &str, subject: &str, field: Field) -> Option<FieldValue> {
        self.cell(unit, subject, field.as_str())?.shown_value()
    }

    /// Every cell, by subject, unit and field.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.subjects.iter().flat_map(|subject| &subject.cells)
    }

    /// Everything that anything was recorded about, ascending.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.subjects.iter().map(Subject::name)
    }

    /// The cells of one subject, by unit and field.
    pub fn subject_cells(&self, subject: &str) -> impl Iterator<Item = &Cell> {
        self.of(subject).iter()
    }

    /// The cells of one subject that one unit wrote, by field name.
    pub fn unit_cells(&self, unit: &str, subject: &str) -> impl Iterator<Item = &Cell> {
        let cells = self.of(subject);
        let from = cells.partition_point(|cell| cell.unit() < unit);
        let to = cells.partition_point(|cell| cell.unit() <= unit);
        cells[from..to].iter()
    }

    /// The units that recorded anything for a subject, ascending.
    pub fn units_of(&self, subject: &str) -> impl Iterator<Item = &str> {
        let units = self.of(subject).chunk_by(|a, b| a.unit() == b.unit());
        units.filter_map(|cells| cells.first()).map(Cell::unit)
    }

    /// What was recorded for a subject, by one unit or by all, newest first by
    /// (ms, c, replica, id).
    pub fn subject_history(&self, unit: Option<&str>, subject: &str) -> Vec<&Event> {
        let mut events: Vec<&Event> = Vec::new();
        for cell in self.of(subject) {
            if unit.is_none_or(|unit| cell.unit() == unit) {
                events.extend(cell.events().map(Arc::as_ref));
            }
        }
        positions(events.len(), &mut |a, b| events[b].order(events[a]))
            .into_iter()
            .map(|at| events[at])
            .collect()
    }

    /// The cells of a subject, by unit and field.
    fn of(&self, subject: &str) -> &[Cell] {
        match self.place(Key::of(subject), subject) {
            Ok(at) => &self.subjects[at].cells,
            Err(_) => &[],
        }
    }

    /// Where the subject is, or belongs.
    #[inline(never)]
    fn place(&self, key: Key, name: &str) -> Result<usize, usize> {
        self.subjects
            .binary_search_by(|subject| subject.key.order(key, || subject.name().cmp(name)))
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
        let events: Vec<&Event> = self.events().map(Arc::as_ref).collect();
        let order = positions(events.len(), &mut |a, b| {
            let replicas = events[a].replica().cmp(events[b].replica());
            replicas.then(events[a].seq().cmp(&events[b].seq()))
        });
        let same = |a: &Event, b: &Event| (a.replica(), a.seq()) == (b.replica(), b.seq());
        let mut forks = Vec::new();
        for numbered in order.chunk_by(|&a, &b| same(events[a], events[b])) {
            if let [first, _, ..] = numbered {
                forks.push(Fork {
                    replica: events[*first].replica(),
                    seq: events[*first].seq(),
                    ids: numbered.iter().map(|&at| events[at].id()).collect(),
                });
            }
        }
        forks
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

/// Where a subject's cell of this unit and field is, or belongs.
#[inline(never)]
fn place_in(cells: &[Cell], unit: &str, field: &str) -> Result<usize, usize> {
    let (unit_key, field_key) = (Key::of(unit), Key::of(field));
    cells.binary_search_by(|cell| {
        let units = cell.unit_key.order(unit_key, || cell.unit().cmp(unit));
        let fields = || {
            let rest = || cell.field_name().cmp(field);
            cell.field_key.order(field_key, rest)
        };
        units.then_with(fields)
    })
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
