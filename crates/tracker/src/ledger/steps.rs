//! The steps of a sitting, to take back and to do again.
//!
//! A step is what one act wrote: one event, several fields, many tasks. Taking it back and
//! doing it again are new events, so each of them stands for a state that an earlier event
//! stood for. That is kept track of here: a step goes only from exactly the state it left,
//! and whatever else was written there since stands.

use super::Ledger;
use super::id::EventId;
use super::undo::{Undo, UndoError, undo};
use super::value::{Field, FieldValue};

/// Which way along the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Take the last step back.
    Back,
    /// Do again what was taken back last.
    Forth,
}

/// One event of a step.
#[derive(Clone, Copy, Debug)]
struct Item {
    /// Whether its field is a set, where an event is taken back by a retraction.
    set: bool,
    /// The event that stands for the state before; `None` where nothing was recorded, and in
    /// a set as long as nothing was retracted.
    before: Option<EventId>,
    /// The event that stands for the state after.
    after: EventId,
}

/// The steps of a sitting: those that can be taken back and those that can be done again.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    done: Vec<Vec<Item>>,
    undone: Vec<Vec<Item>>,
}

impl Steps {
    /// A new step wrote these events, which are in the ledger. What was taken back before
    /// cannot be done again after it.
    pub fn push(&mut self, ledger: &Ledger, ids: &[EventId]) {
        let mut items = Vec::new();
        for id in ids {
            let Some(event) = ledger.get(id) else {
                continue;
            };
            let parents = event.parents().iter().filter_map(|p| ledger.get(p));
            items.push(Item {
                set: Field::parse(event.field()).is_some_and(Field::is_set),
                before: parents.max_by(|a, b| a.order(b)).map(|e| e.id()),
                after: *id,
            });
        }
        if !items.is_empty() {
            self.done.push(items);
            self.undone.clear();
        }
    }

    /// The events that stand for the next step that way; empty when there is none.
    pub fn next(&self, way: Way) -> Vec<EventId> {
        let items = self.stack(way).last().into_iter().flatten();
        items.map(|item| item.after).collect()
    }

    /// What to write to go that way, for each event of [`Steps::next`].
    pub fn wanted(&self, way: Way, ledger: &Ledger) -> Vec<Result<Undo, UndoError>> {
        let items = self.stack(way).last().into_iter().flatten();
        items.map(|item| item.wanted(way, ledger)).collect()
    }

    /// The next step that way was made, by these events in place of those of [`Steps::next`].
    /// What could not be written is out of the step.
    pub fn moved(&mut self, way: Way, written: &[Option<EventId>]) {
        let (from, to) = match way {
            Way::Back => (&mut self.done, &mut self.undone),
            Way::Forth => (&mut self.undone, &mut self.done),
        };
        let Some(items) = from.pop() else {
            return;
        };
        let mut renamed = Vec::new();
        let mut kept = Vec::new();
        for (mut item, id) in items.into_iter().zip(written) {
            let Some(id) = *id else {
                continue;
            };
            let old = match way {
                Way::Back => item.before.replace(id),
                Way::Forth => Some(std::mem::replace(&mut item.after, id)),
            };
            if let (Some(old), false) = (old, item.set) {
                renamed.push((old, id));
            }
            kept.push(item);
        }
        if !kept.is_empty() {
            to.push(kept);
        }
        // The same state has another event to stand for it now, in every step that touches it.
        for item in self.done.iter_mut().chain(&mut self.undone).flatten() {
            for (old, id) in &renamed {
                if item.after == *old {
                    item.after = *id;
                }
                if item.before == Some(*old) {
                    item.before = Some(*id);
                }
            }
        }
    }

    fn stack(&self, way: Way) -> &[Vec<Item>] {
        match way {
            Way::Back => &self.done,
            Way::Forth => &self.undone,
        }
    }
}

impl Item {
    fn wanted(&self, way: Way, ledger: &Ledger) -> Result<Undo, UndoError> {
        let (here, there) = match way {
            Way::Back => (Some(self.after), self.before),
            Way::Forth => (self.before, Some(self.after)),
        };
        let here = here.ok_or(UndoError::NotFound)?;
        // Refuses whatever is not shown any more.
        let undone = undo(ledger, &here)?;
        if self.set {
            return Ok(undone);
        }
        let cell = ledger.cell(&undone.unit, &undone.subject, undone.field.as_str());
        if cell.is_none_or(|cell| cell.heads().count() > 1) {
            return Err(UndoError::Superseded);
        }
        let value = match there.map(|id| ledger.get(&id).ok_or(id)) {
            None => FieldValue::Cleared.to_json(),
            Some(Err(parent)) => return Err(UndoError::PreviousMissing { parent }),
            Some(Ok(event)) if FieldValue::read(undone.field, event.value()).is_err() => {
                return Err(UndoError::PreviousUnreadable { event: event.id() });
            }
            Some(Ok(event)) => event.value().clone(),
        };
        Ok(Undo { value, ..undone })
    }
}
