//! Taking an event back, by a new one.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::Ledger;
use super::cell::Cell;
use super::event::{Event, Reading};
use super::id::EventId;
use super::value::{Field, FieldValue};
use super::write::Entry;

/// What to write to take an event back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// Id of the agency.
    pub unit: String,
    /// Id of the task or indicator.
    pub subject: String,
    /// Which field.
    pub field: Field,
    /// The earlier value, `null`, or a retraction.
    pub value: Value,
}

impl Undo {
    /// The entry to compose, in somebody's name.
    pub fn into_entry(self, author: impl Into<String>) -> Entry {
        Entry {
            unit: self.unit,
            subject: self.subject,
            field: self.field,
            value: self.value,
            author: author.into(),
        }
    }
}

/// Why an event cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoError {
    /// No such event here.
    NotFound,
    /// The field is one this version does not know.
    UnknownField,
    /// The event is not what is shown any more: a later one replaced it, or it
    /// was retracted already.
    Superseded,
    /// An event it replaced is not here, so the earlier value is not known.
    PreviousMissing {
        /// The event that is not here.
        parent: EventId,
    },
    /// The earlier value is one this version cannot read, so it may not write it.
    PreviousUnreadable {
        /// The event that carries the value.
        event: EventId,
    },
}

impl fmt::Display for UndoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UndoError::NotFound => f.write_str("no such event"),
            UndoError::UnknownField => f.write_str("field unknown to this version"),
            UndoError::Superseded => f.write_str("the event is not shown any more"),
            UndoError::PreviousMissing { parent } => {
                write!(f, "the replaced event {parent} is not here")
            }
            UndoError::PreviousUnreadable { event } => {
                write!(f, "the earlier value in event {event} cannot be read")
            }
        }
    }
}

impl std::error::Error for UndoError {}

/// What to write to take an event back: for a scalar field, the value that
/// would be shown if the event had never been written; for an element of a set
/// or a retraction, its retraction. Taking the undo back restores the event's
/// value.
///
/// # Errors
/// The event is not here or no longer shown, or the earlier value is not known.
pub fn undo(ledger: &Ledger, id: &EventId) -> Result<Undo, UndoError> {
    let event = ledger.get(id).ok_or(UndoError::NotFound)?;
    let field = Field::parse(event.field()).ok_or(UndoError::UnknownField)?;
    let cell = ledger
        .cell(event.unit(), event.subject(), event.field())
        .ok_or(UndoError::NotFound)?;
    let value = if field.is_set() {
        if !cell.stands(*id) {
            return Err(UndoError::Superseded);
        }
        FieldValue::Retract(*id).to_json()
    } else {
        if cell.shown().is_none_or(|shown| shown.id() != *id) {
            return Err(UndoError::Superseded);
        }
        match shown_without(cell, event)? {
            None => Value::Null,
            Some(previous) => match previous.reading() {
                Reading::Value(_) => previous.value().clone(),
                Reading::Unreadable(_) | Reading::UnknownField => {
                    return Err(UndoError::PreviousUnreadable {
                        event: previous.id(),
                    });
                }
            },
        }
    };
    Ok(Undo {
        unit: event.unit().to_owned(),
        subject: event.subject().to_owned(),
        field,
        value,
    })
}

/// The head that would be shown without `event`, which is a head itself: the
/// greatest among the other heads and those of its parents that no other event
/// replaced.
fn shown_without<'a>(cell: &'a Cell, event: &Event) -> Result<Option<&'a Arc<Event>>, UndoError> {
    let mut shown: Option<&Arc<Event>> = None;
    let mut offer = |candidate: &'a Arc<Event>| {
        if shown.is_none_or(|shown| shown.order(candidate).is_lt()) {
            shown = Some(candidate);
        }
    };
    for head in cell.heads().filter(|head| head.id() != event.id()) {
        offer(head);
    }
    for parent in event.parents() {
        let replaced = cell
            .get(parent)
            .ok_or(UndoError::PreviousMissing { parent: *parent })?;
        let by_another = cell
            .events()
            .any(|other| other.id() != event.id() && other.parents().contains(parent));
        if !by_another {
            offer(replaced);
        }
    }
    Ok(shown)
}
