//! One immutable record of something a person entered.

mod json;
mod quick;

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::id::{EventId, Stamp};
use super::value::{Field, FieldValue, ValueError};
use crate::json::canon;
use crate::sorting::positions;

/// What an event says, before it has an id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The browser profile that writes; not empty.
    pub replica: String,
    /// The replica's running number, from 1.
    pub seq: u64,
    /// When it was written.
    pub time: Stamp,
    /// Id of the agency it reports for; not empty.
    pub unit: String,
    /// Id of the task or indicator, or `period:` and the key of a period; not empty.
    pub subject: String,
    /// Which field of the subject, such as `status`; not empty.
    pub field: String,
    /// The value, in the field's shape.
    pub value: Value,
    /// The heads this event supersedes, in any order.
    pub parents: Vec<EventId>,
    /// Who wrote it, as they call themselves; may be empty.
    pub author: String,
    /// Further members, for what this version does not know; no member may have
    /// the name of a field above.
    pub extra: Map<String, Value>,
}

/// One immutable record. Whoever holds an `Event` knows that its id is the
/// SHA-256 of its canonical JSON: [`Event::seal`] and [`Event::from_json`] are
/// the only ways to make one.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    id: EventId,
    seq: u64,
    time: Stamp,
    replica: Arc<str>,
    unit: Arc<str>,
    subject: Arc<str>,
    field: Arc<str>,
    author: Arc<str>,
    value: Value,
    parents: Vec<EventId>,
    extra: Map<String, Value>,
    /// Unknown members of `time`, kept as they are.
    time_extra: Map<String, Value>,
}

/// Why some JSON is not an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventError {
    /// A member is missing or has the wrong shape.
    Field {
        /// Which member, such as `time.ms`.
        path: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// The id is not the digest of the rest: the event was altered.
    WrongId {
        /// The id it carries.
        stated: EventId,
        /// The id its content has.
        computed: EventId,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EventError::Field { path, expected } => write!(f, "{path}: expected {expected}"),
            EventError::WrongId { stated, computed } => {
                write!(f, "id: stated {stated}, but the content has {computed}")
            }
        }
    }
}

impl std::error::Error for EventError {}

/// What this version makes of an event's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A value this version understands.
    Value(FieldValue),
    /// The field is known, its value is not in a shape this version reads.
    Unreadable(ValueError),
    /// The field itself is unknown here.
    UnknownField,
}

#[inline(never)]
fn bad(path: &str, expected: &'static str) -> EventError {
    EventError::Field {
        path: path.to_owned(),
        expected,
    }
}

const TEXT: &str = "a string";
const NON_EMPTY: &str = "a non-empty string";
const SEQ: &str = "an integer from 0 to 2^53 - 1";
const MS: &str = "an integer number of milliseconds of at most 2^53 - 1 in magnitude";
const COUNTER: &str = "an integer from 0 to 2^32 - 1";
const PARENTS: &str = "event ids in ascending order without repetition";
const ID: &str = "64 lower-case hex digits";

/// Members of an event that have a meaning here; all others are `extra`.
const KNOWN: [&str; 10] = [
    "author", "field", "id", "parents", "replica", "seq", "subject", "time", "unit", "value",
];

/// How deep an event's members lie in a file: file, `events`, event, member.
pub(super) const MEMBER_DEPTH: usize = 3;

impl Event {
    /// Makes the event, with its id.
    ///
    /// Parents are put in order; numbers are brought to one form each (`1.0`
    /// becomes `1`).
    ///
    /// # Errors
    /// An empty replica, unit, subject or field; a number that JSON readers do
    /// not keep exactly; an `extra` member with a known name.
    pub fn seal(mut draft: Draft) -> Result<Self, EventError> {
        for (name, text) in [
            ("replica", &draft.replica),
            ("unit", &draft.unit),
            ("subject", &draft.subject),
            ("field", &draft.field),
        ] {
            if text.is_empty() {
                return Err(bad(name, NON_EMPTY));
            }
        }
        let limit = canon::MAX_SAFE_INTEGER.unsigned_abs();
        if draft.seq > limit {
            return Err(bad("seq", SEQ));
        }
        if draft.time.ms.unsigned_abs() > limit {
            return Err(bad("time.ms", MS));
        }
        if let Some(name) = KNOWN.iter().find(|name| draft.extra.contains_key(**name)) {
            return Err(bad(name, "no extra member with a known name"));
        }
        canon::normalise(&mut draft.value, MEMBER_DEPTH).map_err(|flaw| EventError::Field {
            path: join("value", &flaw.path()),
            expected: flaw.expected,
        })?;
        for (key, value) in draft.extra.iter_mut() {
            canon::normalise(value, MEMBER_DEPTH).map_err(|flaw| EventError::Field {
                path: join(key, &flaw.path()),
                expected: flaw.expected,
            })?;
        }
        let given = draft.parents;
        let mut parents: Vec<EventId> = Vec::with_capacity(given.len());
        for at in positions(given.len(), &mut |a, b| given[a].cmp(&given[b])) {
            if parents.last() != Some(&given[at]) {
                parents.push(given[at]);
            }
        }
        let mut event = Event {
            id: EventId::from_bytes([0; 32]),
            seq: draft.seq,
            time: draft.time,
            replica: draft.replica.into(),
            unit: draft.unit.into(),
            subject: draft.subject.into(),
            field: draft.field.into(),
            author: draft.author.into(),
            value: draft.value,
            parents,
            extra: draft.extra,
            time_extra: Map::new(),
        };
        let mut text = String::with_capacity(512);
        event.write_members(&mut text, false);
        event.id = json::digest(&[&text]);
        Ok(event)
    }

    /// SHA-256 of the canonical JSON without the id.
    pub fn id(&self) -> EventId {
        self.id
    }

    /// The browser profile that wrote it.
    pub fn replica(&self) -> &str {
        &self.replica
    }

    /// The replica's running number.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// When it was written, on the writer's hybrid clock.
    pub fn time(&self) -> Stamp {
        self.time
    }

    /// Id of the agency it reports for.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Id of the task or indicator.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The field's name, known to this version or not.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The value as it was recorded.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The events this one supersedes, ascending.
    pub fn parents(&self) -> &[EventId] {
        &self.parents
    }

    /// Who wrote it; may be empty.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// Members this version does not know.
    pub fn extra(&self) -> &Map<String, Value> {
        &self.extra
    }

    /// Members of `time` this version does not know.
    pub fn time_extra(&self) -> &Map<String, Value> {
        &self.time_extra
    }

    /// What this version makes of the value.
    pub fn reading(&self) -> Reading {
        match Field::parse(&self.field) {
            None => Reading::UnknownField,
            Some(field) => match FieldValue::read(field, &self.value) {
                Ok(value) => Reading::Value(value),
                Err(error) => Reading::Unreadable(error),
            },
        }
    }

    /// The order of display and of ties: by (ms, c, replica, id).
    pub fn order(&self, other: &Self) -> Ordering {
        self.time()
            .cmp(&other.time())
            .then_with(|| self.replica().cmp(other.replica()))
            .then_with(|| self.id.cmp(&other.id))
    }
}

fn join(outer: &str, inner: &str) -> String {
    match inner.as_bytes().first() {
        None => outer.to_owned(),
        Some(b'[') => format!("{outer}{inner}"),
        Some(_) => format!("{outer}.{inner}"),
    }
}

#[cfg(test)]
mod tests;
