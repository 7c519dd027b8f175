//! One unit × subject × field: its events, its heads, what is shown.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::canon;
use super::event::{Event, Reading};
use super::id::EventId;
use super::value::{Field, FieldValue, retracted};

/// An event in the order of display.
#[derive(Clone, Debug)]
struct Ordered(Arc<Event>);

impl PartialEq for Ordered {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id()
    }
}

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.order(&other.0)
    }
}

/// All events of one unit × subject × field. Never empty.
///
/// Everything here depends on the set of events alone, not on the order they
/// came in: heads are kept current by remembering every id that was ever named
/// as a parent, even before the parent itself arrives.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Any event of the cell; carries its unit, subject and field.
    sample: Arc<Event>,
    field: Option<Field>,
    events: BTreeMap<EventId, Arc<Event>>,
    superseded: BTreeSet<EventId>,
    heads: BTreeSet<Ordered>,
    /// Retracted id → the retractions of it. Sets only.
    retractions: BTreeMap<EventId, Vec<EventId>>,
}

impl Cell {
    /// The cell of one event.
    pub(crate) fn new(event: Arc<Event>) -> Self {
        let mut cell = Cell {
            field: Field::parse(event.field()),
            sample: Arc::clone(&event),
            events: BTreeMap::new(),
            superseded: BTreeSet::new(),
            heads: BTreeSet::new(),
            retractions: BTreeMap::new(),
        };
        cell.insert(event);
        cell
    }

    /// Adds an event of this cell; false when it was there.
    pub(crate) fn insert(&mut self, event: Arc<Event>) -> bool {
        let id = event.id();
        if self.events.contains_key(&id) {
            return false;
        }
        for parent in event.parents() {
            if self.superseded.insert(*parent)
                && let Some(old) = self.events.get(parent)
            {
                self.heads.remove(&Ordered(Arc::clone(old)));
            }
        }
        if !self.superseded.contains(&id) {
            self.heads.insert(Ordered(Arc::clone(&event)));
        }
        if self.is_set()
            && let Some(target) = retracted(event.value())
        {
            self.retractions.entry(target).or_default().push(id);
        }
        self.events.insert(id, event);
        true
    }

    /// Id of the agency.
    pub fn unit(&self) -> &str {
        self.sample.unit()
    }

    /// Id of the task or indicator.
    pub fn subject(&self) -> &str {
        self.sample.subject()
    }

    /// The field's name as the events have it.
    pub fn field_name(&self) -> &str {
        self.sample.field()
    }

    /// The field; `None` when this version does not know it.
    pub fn field(&self) -> Option<Field> {
        self.field
    }

    fn is_set(&self) -> bool {
        self.field.is_some_and(Field::is_set)
    }

    /// Every event, by id.
    pub fn events(&self) -> impl Iterator<Item = &Arc<Event>> {
        self.events.values()
    }

    /// The event with this id.
    pub fn get(&self, id: &EventId) -> Option<&Arc<Event>> {
        self.events.get(id)
    }

    /// How many events the cell has; never zero.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// The events that no other event of the cell names as a parent, oldest
    /// first by (ms, c, replica, id). In a set every event is one.
    pub fn heads(&self) -> impl DoubleEndedIterator<Item = &Arc<Event>> {
        self.heads.iter().map(|head| &head.0)
    }

    /// The head that is shown: greatest by (ms, c, replica, id). `None` in a
    /// set. Its value may be one that this version cannot read.
    pub fn shown(&self) -> Option<&Arc<Event>> {
        if self.is_set() {
            return None;
        }
        self.heads.last().map(|head| &head.0)
    }

    /// The shown value as this version reads it. `None` in a set, when the
    /// value was cleared, and when it cannot be read: ask
    /// [`Event::reading`] of [`Cell::shown`] to tell these apart.
    pub fn shown_value(&self) -> Option<FieldValue> {
        match self.shown()?.reading() {
            Reading::Value(FieldValue::Cleared) => None,
            Reading::Value(value) => Some(value),
            Reading::Unreadable(_) | Reading::UnknownField => None,
        }
    }

    /// The distinct values of the heads, the shown one first. Numbers have one
    /// form each in an event, so equal values are equal as canonical JSON.
    pub fn head_values(&self) -> Vec<&Value> {
        let mut values: Vec<&Value> = Vec::new();
        for head in self.heads().rev() {
            if !values.contains(&head.value()) {
                values.push(head.value());
            }
        }
        values
    }

    /// Whether the heads disagree, which a person has to settle. Sets add up
    /// and never conflict; an unknown field may be a set for the version that
    /// wrote it, so it is not called a conflict either.
    pub fn is_conflict(&self) -> bool {
        if self.field.is_none_or(Field::is_set) {
            return false;
        }
        let mut heads = self.heads();
        match heads.next() {
            None => false,
            Some(first) => heads.any(|head| head.value() != first.value()),
        }
    }

    /// The elements of a set, oldest first by (ms, c, replica, id): events that
    /// this version can read and that no standing retraction names. Empty for
    /// other fields.
    pub fn elements(&self) -> Vec<&Arc<Event>> {
        if !self.is_set() {
            return Vec::new();
        }
        let mut known = BTreeMap::new();
        let mut elements: Vec<&Arc<Event>> = self
            .events
            .values()
            .filter(|event| match event.reading() {
                Reading::Value(FieldValue::Retract(_)) => false,
                Reading::Value(_) => self.stands_with(event.id(), &mut known),
                Reading::Unreadable(_) | Reading::UnknownField => false,
            })
            .collect();
        elements.sort_by(|a, b| a.order(b));
        elements
    }

    /// The elements of a set with their values as read, in the same order.
    pub fn element_values(&self) -> Vec<(&Arc<Event>, FieldValue)> {
        self.elements()
            .into_iter()
            .filter_map(|event| match event.reading() {
                Reading::Value(value) => Some((event, value)),
                Reading::Unreadable(_) | Reading::UnknownField => None,
            })
            .collect()
    }

    /// Events whose value this version cannot read, by id. They are kept and
    /// exported like all others.
    pub fn unreadable(&self) -> impl Iterator<Item = &Arc<Event>> {
        self.events
            .values()
            .filter(|event| !matches!(event.reading(), Reading::Value(_)))
    }

    /// Whether no standing retraction names this event. A retraction that is
    /// itself retracted does not stand.
    pub(crate) fn stands(&self, id: EventId) -> bool {
        self.stands_with(id, &mut BTreeMap::new())
    }

    /// Walks with a stack of its own: undoing and redoing a note many times
    /// makes a chain of retractions as long as one likes. It ends, because a
    /// retraction's id is a digest over the id it names, so none can name
    /// itself, directly or in a ring.
    fn stands_with(&self, id: EventId, known: &mut BTreeMap<EventId, bool>) -> bool {
        let mut stack = vec![id];
        while let Some(&top) = stack.last() {
            let mut stands = true;
            let mut open = None;
            for by in self.retractions.get(&top).into_iter().flatten() {
                match known.get(by) {
                    Some(true) => stands = false,
                    Some(false) => {}
                    None => open = Some(*by),
                }
            }
            match open {
                Some(by) if stands => stack.push(by),
                _ => {
                    known.insert(top, stands);
                    stack.pop();
                }
            }
        }
        known.get(&id).copied().unwrap_or(true)
    }

    /// Appends the folded state of the cell as canonical JSON: ids of all
    /// events, of the heads and of the elements, what is shown, and whether it
    /// is a conflict.
    pub(crate) fn write_fold(&self, out: &mut String) {
        out.push_str("{\"conflict\":");
        out.push_str(if self.is_conflict() { "true" } else { "false" });
        out.push_str(",\"elements\":");
        write_ids(out, self.elements().into_iter().map(|event| event.id()));
        out.push_str(",\"events\":");
        write_ids(out, self.events.keys().copied());
        out.push_str(",\"field\":");
        canon::write_str(out, self.field_name());
        out.push_str(",\"heads\":");
        write_ids(out, self.heads().map(|head| head.id()));
        out.push_str(",\"shown\":");
        match self.shown() {
            Some(shown) => canon::write_value(out, shown.value()),
            None => out.push_str("null"),
        }
        out.push_str(",\"subject\":");
        canon::write_str(out, self.subject());
        out.push_str(",\"unit\":");
        canon::write_str(out, self.unit());
        out.push('}');
    }
}

fn write_ids(out: &mut String, ids: impl Iterator<Item = EventId>) {
    out.push('[');
    for (index, id) in ids.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push('"');
        canon::write_hex(out, id.as_bytes());
        out.push('"');
    }
    out.push(']');
}
