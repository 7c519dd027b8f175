//! One unit × subject × field: its events, its heads, what is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::Events;
use super::event::{Event, Reading};
use super::id::EventId;
use super::key::Key;
use super::value::{Field, FieldValue, retracted};
use crate::json::canon;
use crate::sorting::positions;

/// All events of one unit × subject × field. Never empty.
///
/// Everything here depends on the set of events alone, not on the order they
/// came in: heads are kept current by remembering every id that was ever named
/// as a parent, even before the parent itself arrives.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Any event of the cell; carries its unit, subject and field.
    sample: Arc<Event>,
    /// The starts of its unit's and its field's name.
    pub(super) unit_key: Key,
    pub(super) field_key: Key,
    field: Option<Field>,
    events: Events,
    /// Id of a parent, here or not → an event that names it.
    superseded: Events,
    /// In the order of display.
    heads: Vec<Arc<Event>>,
}

impl Cell {
    /// The cell of one event.
    pub(crate) fn new(event: Arc<Event>) -> Self {
        let mut cell = Cell {
            field: Field::parse(event.field()),
            unit_key: Key::of(event.unit()),
            field_key: Key::of(event.field()),
            sample: Arc::clone(&event),
            events: BTreeMap::new(),
            superseded: BTreeMap::new(),
            heads: Vec::new(),
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
            let known = self.superseded.insert(*parent, Arc::clone(&event));
            if known.is_none()
                && let Some(old) = self.events.get(parent)
                && let Ok(at) = self.head(old)
            {
                self.heads.remove(at);
            }
        }
        if !self.superseded.contains_key(&id)
            && let Err(at) = self.head(&event)
        {
            self.heads.insert(at, Arc::clone(&event));
        }
        self.events.insert(id, event);
        true
    }

    /// Where an event is among the heads, or belongs.
    fn head(&self, event: &Event) -> Result<usize, usize> {
        self.heads.binary_search_by(|head| head.order(event))
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
        self.heads.iter()
    }

    /// The head that is shown: greatest by (ms, c, replica, id). `None` in a
    /// set. Its value may be one that this version cannot read.
    pub fn shown(&self) -> Option<&Arc<Event>> {
        if self.is_set() {
            return None;
        }
        self.heads.last()
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
        let events: Vec<&Arc<Event>> = self.events.values().collect();
        let mut elements = Vec::new();
        for (event, stands) in events.iter().zip(standing(&events)) {
            match event.reading() {
                Reading::Value(FieldValue::Retract(_)) => {}
                Reading::Value(_) if stands => elements.push(*event),
                Reading::Value(_) | Reading::Unreadable(_) | Reading::UnknownField => {}
            }
        }
        positions(elements.len(), &mut |a, b| elements[a].order(elements[b]))
            .into_iter()
            .map(|at| elements[at])
            .collect()
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

    /// Whether no standing retraction names this event of a set.
    pub(crate) fn stands(&self, id: EventId) -> bool {
        let events: Vec<&Arc<Event>> = self.events.values().collect();
        let mut judged = events.iter().zip(standing(&events));
        judged.all(|(event, stands)| stands || event.id() != id)
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

/// Of each event of a set, whether no standing retraction names it; the events
/// by id. A retraction that is itself retracted does not stand.
///
/// An event is judged when all retractions of it are. That comes to an end with
/// each of them, however long a chain undoing and redoing has made: a
/// retraction's id is a digest over the id it names, so none can name itself,
/// directly or in a ring.
fn standing(events: &[&Arc<Event>]) -> Vec<bool> {
    let find = |id: EventId| events.binary_search_by(|event| event.id().cmp(&id)).ok();
    let mut targets = Vec::new();
    // How many retractions of each event are not judged yet.
    let mut open = vec![0_usize; events.len()];
    for event in events {
        let target = retracted(event.value()).and_then(find);
        if let Some(target) = target {
            open[target] += 1;
        }
        targets.push(target);
    }
    let mut stands = vec![true; events.len()];
    let mut judged: Vec<usize> = (0..events.len()).filter(|at| open[*at] == 0).collect();
    while let Some(at) = judged.pop() {
        if let Some(target) = targets[at] {
            stands[target] &= !stands[at];
            open[target] -= 1;
            if open[target] == 0 {
                judged.push(target);
            }
        }
    }
    stands
}

fn write_ids(out: &mut String, ids: impl Iterator<Item = EventId>) {
    out.push('[');
    for (index, id) in ids.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push('"');
        id.write(out);
        out.push('"');
    }
    out.push(']');
}
