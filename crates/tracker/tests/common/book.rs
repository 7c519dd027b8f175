//! A ledger that a test writes into, one entry after the other.

#![allow(dead_code, clippy::unwrap_used)]

use std::sync::Arc;

use serde_json::{Value, json};
use tracker::ledger::{Entry, EventId, Field, Ledger, Writer, undo};

use crate::common::{agency, day, plan, task};
use tracker::status::{Scope, Standing};

/// A ledger and the pen that writes into it.
pub struct Book {
    /// What was written.
    pub ledger: Ledger,
    writer: Writer,
    now: i64,
}

impl Book {
    /// An empty ledger.
    pub fn new() -> Self {
        Book {
            ledger: Ledger::default(),
            writer: Writer::new("test"),
            now: 1_700_000_000_000,
        }
    }

    /// Records one value.
    #[track_caller]
    pub fn write(&mut self, unit: &str, subject: &str, field: Field, value: Value) -> EventId {
        self.now += 1000;
        let entry = Entry {
            unit: unit.to_owned(),
            subject: subject.to_owned(),
            field,
            value,
            author: String::new(),
        };
        let event = self.writer.compose(self.now, &self.ledger, entry).unwrap();
        let id = event.id();
        self.ledger.insert(event);
        id
    }

    /// Records that `unit` has not started, is at it (`"in_progress"`), or was done on a day.
    #[track_caller]
    pub fn status(&mut self, unit: &str, subject: &str, status: &str) -> EventId {
        let value = match status {
            "not_started" | "in_progress" => json!({ "state": status }),
            date => json!({ "state": "done", "date": date }),
        };
        self.write(unit, subject, Field::Status, value)
    }

    /// Records an extension to a day.
    #[track_caller]
    pub fn extend(&mut self, unit: &str, subject: &str, due: &str) -> EventId {
        let value = json!({ "due": due, "document": "99/VPCP-KSTT" });
        self.write(unit, subject, Field::Extension, value)
    }

    /// Records a note.
    #[track_caller]
    pub fn note(&mut self, unit: &str, subject: &str) -> EventId {
        self.write(
            unit,
            subject,
            Field::Note,
            json!({ "text": "Đang chờ ý kiến" }),
        )
    }

    /// Takes a record back.
    #[track_caller]
    pub fn undo(&mut self, id: &EventId) -> EventId {
        let entry = undo(&self.ledger, id).unwrap().into_entry("");
        self.write(&entry.unit, &entry.subject, entry.field, entry.value)
    }

    /// Brings in what somebody else wrote at the same time.
    pub fn merge(&mut self, other: &Ledger) {
        self.ledger.union(other.events().map(Arc::clone));
    }

    /// Where a task stands for the whole country.
    #[track_caller]
    pub fn country(&self, task_id: &str, asof: &str) -> Standing {
        plan().standing(&self.ledger, task(task_id), Scope::Country, day(asof))
    }

    /// Where a task stands for one agency.
    #[track_caller]
    pub fn unit(&self, unit: &str, task_id: &str, asof: &str) -> Standing {
        let scope = Scope::Unit(agency(unit));
        plan().standing(&self.ledger, task(task_id), scope, day(asof))
    }
}
