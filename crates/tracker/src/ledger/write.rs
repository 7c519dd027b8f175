//! Turning an entry into an event.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Ledger;
use super::event::{Draft, Event, EventError, MEMBER_DEPTH};
use super::id::{EventId, Stamp};
use super::value::{Field, FieldValue, ValueError};
use crate::json::canon;

/// How far ahead of the local clock another's stamp may be and still be
/// followed, in milliseconds: 24 hours.
pub(crate) const FOLLOW_MS: i64 = 24 * 60 * 60 * 1000;

/// What a person entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Id of the agency it reports for; not empty.
    pub unit: String,
    /// Id of the task or indicator; not empty.
    pub subject: String,
    /// Which field.
    pub field: Field,
    /// The value, in the field's shape.
    pub value: Value,
    /// Who writes, as they call themselves; may be empty.
    pub author: String,
}

/// Why an entry did not become an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The value is not one of the field.
    Value(ValueError),
    /// The event around it is not well formed, such as an empty unit.
    Event(EventError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Value(error) => error.fmt(f),
            WriteError::Event(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<ValueError> for WriteError {
    fn from(error: ValueError) -> Self {
        WriteError::Value(error)
    }
}

impl From<EventError> for WriteError {
    fn from(error: EventError) -> Self {
        WriteError::Event(error)
    }
}

/// One replica's pen: its running number and its hybrid clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    replica: String,
    seq: u64,
    last: Stamp,
}

impl Writer {
    /// A replica that has written nothing yet. `replica` must not be empty and
    /// must be this browser profile's own.
    pub fn new(replica: impl Into<String>) -> Self {
        Writer {
            replica: replica.into(),
            seq: 0,
            last: Stamp { ms: i64::MIN, c: 0 },
        }
    }

    /// A new replica whose stamps come after `last`: another run of a browser profile, whose
    /// clock may have been set back since.
    pub fn after(replica: impl Into<String>, last: Stamp) -> Self {
        Writer {
            last,
            ..Writer::new(replica)
        }
    }

    /// Stamps from here on come after `last`: what the same browser profile wrote before was found
    /// later.
    pub fn follow(&mut self, last: Stamp) {
        self.last = self.last.max(last);
    }

    /// A replica that goes on after what the ledger has of it.
    pub fn resume(replica: impl Into<String>, ledger: &Ledger) -> Self {
        let mut writer = Writer::new(replica);
        for event in ledger.events() {
            if event.replica() == writer.replica {
                writer.seq = writer.seq.max(event.seq());
                writer.last = writer.last.max(event.time());
            }
        }
        writer
    }

    /// The replica's name.
    pub fn replica(&self) -> &str {
        &self.replica
    }

    /// The last running number used; 0 before the first event.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Makes the event for an entry; the ledger is not changed.
    ///
    /// The event names all heads of its cell as parents and so settles a
    /// conflict; in a set it names none. Its stamp is `now_ms` (milliseconds
    /// since 1970) or just after this replica's last one, whichever is later,
    /// and just after its parents' where those are ahead by less than 24 hours:
    /// one machine whose clock is ten years ahead must not drag everybody's.
    ///
    /// # Errors
    /// A value that is not one of the field, or an empty unit or subject. The
    /// writer is unchanged then.
    pub fn compose(
        &mut self,
        now_ms: i64,
        ledger: &Ledger,
        entry: Entry,
    ) -> Result<Event, WriteError> {
        let Entry {
            unit,
            subject,
            field,
            mut value,
            author,
        } = entry;
        canon::normalise(&mut value, MEMBER_DEPTH).map_err(|flaw| ValueError {
            field,
            key: "",
            expected: flaw.expected,
        })?;
        let read = FieldValue::read(field, &value)?;
        let cell = ledger.cell(&unit, &subject, field.as_str());
        let causes: Vec<&Arc<Event>> = match (cell, &read) {
            (Some(cell), FieldValue::Retract(target)) => cell.get(target).into_iter().collect(),
            (Some(cell), _) if !field.is_set() => cell.heads().collect(),
            _ => Vec::new(),
        };
        let parents: Vec<EventId> = if field.is_set() {
            Vec::new()
        } else {
            causes.iter().map(|event| event.id()).collect()
        };
        let time = self.tick(now_ms, causes.iter().map(|event| event.time()));
        let seq = self.seq.saturating_add(1);
        let event = Event::seal(Draft {
            replica: self.replica.clone(),
            seq,
            time,
            unit,
            subject,
            field: field.as_str().to_owned(),
            value,
            parents,
            author,
            extra: Map::new(),
        })?;
        self.seq = seq;
        self.last = time;
        Ok(event)
    }

    /// The next moment after `now_ms`, the replica's last and those causes that
    /// are to be followed.
    fn tick(&self, now_ms: i64, causes: impl Iterator<Item = Stamp>) -> Stamp {
        let followed = causes.filter(|cause| cause.ms.saturating_sub(now_ms) < FOLLOW_MS);
        let latest = followed.fold(self.last, Stamp::max);
        if latest.ms >= now_ms {
            latest.next()
        } else {
            Stamp { ms: now_ms, c: 0 }
        }
    }
}
