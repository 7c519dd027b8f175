//! The consolidation desk: many units' files and the ledger, seen together before anything is
//! merged.
//!
//! - here: [`Stage`], the ledger as it would be, made a few events at a time; what two ledgers show
//!   differently;
//! - [`coverage`]: which agencies have reported, which not, and how long ago;
//! - [`collective`]: where each member of a collective stands with each of its tasks;
//! - [`settle`]: what was recorded differently in several places, and a choice among it.
//!
//! Merging as one step that can be taken back is [`crate::ledger::Steps::push_merge`].

pub mod collective;
pub mod coverage;
pub mod settle;

use std::sync::Arc;

use serde_json::Value;

use crate::exchange::{Change, add_changes};
use crate::ledger::{Cell, Event, Ledger};

/// The ledger together with what files bring, before anybody agrees to it.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// The ledger as it would be.
    pub merged: Ledger,
    /// How many events it has of the ledger itself, which come first.
    pub known: usize,
    /// The events that only the files have, in the order they came in.
    pub fresh: Vec<Arc<Event>>,
}

impl Stage {
    /// Takes in events of the ledger: all of them, before those of files.
    pub fn know(&mut self, events: &[Arc<Event>]) {
        self.known += self.merged.union(events.iter().map(Arc::clone));
    }

    /// Takes in events of a file; how many of them nobody had before.
    pub fn add(&mut self, events: &[Arc<Event>]) -> usize {
        let before = self.fresh.len();
        for event in events {
            if self.merged.insert(Arc::clone(event)) {
                self.fresh.push(Arc::clone(event));
            }
        }
        self.fresh.len() - before
    }
}

/// What `after` shows of one subject differently from `before`; nothing of fields that this version
/// does not know. By unit and field, what `before` alone has coming last.
pub fn differences(before: &Ledger, after: &Ledger, subject: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |old: Option<&Cell>, new: Option<&Cell>| {
        let Some(cell) = new.or(old) else {
            return;
        };
        let Some(field) = cell.field() else {
            return;
        };
        let change = |before: Option<Value>, after: Option<Value>| Change {
            unit: cell.unit().to_owned(),
            subject: subject.to_owned(),
            field,
            before,
            after,
        };
        add_changes(&mut changes, old, new, change);
    };
    for cell in after.subject_cells(subject) {
        let old = before.cell(cell.unit(), subject, cell.field_name());
        if old.is_none_or(|old| !same_heads(old, cell)) {
            add(old, Some(cell));
        }
    }
    for cell in before.subject_cells(subject) {
        let gone = after.cell(cell.unit(), subject, cell.field_name());
        if gone.is_none() {
            add(Some(cell), None);
        }
    }
    changes
}

/// Whether two cells have the same heads, so that they show the same.
fn same_heads(a: &Cell, b: &Cell) -> bool {
    a.heads()
        .map(|head| head.id())
        .eq(b.heads().map(|head| head.id()))
}
