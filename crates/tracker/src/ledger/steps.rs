//! The steps of a sitting, to take back and to do again.
//!
//! A step is what one act wrote: one event, several fields, many tasks; or what merging files
//! brought. Taking it back and
//! doing it again are new events, so each of them stands for a state that an earlier event
//! stood for. That is kept track of here: a step goes only from exactly the state it left,
//! and whatever else was written there since stands.

use std::sync::Arc;

use super::cell::Cell;
use super::id::EventId;
use super::undo::{Undo, UndoError, undo};
use super::value::{Field, FieldValue, retracted};
use super::{Event, Ledger};
use crate::sorting::positions;

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
    /// How many heads the cell may have: merging can leave several.
    heads: usize,
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
                heads: 1,
            });
        }
        self.push_items(items);
    }

    /// Merging made `after` of `before`, by events of any hand. Taken back, every cell that it
    /// changed shows again what it showed before, without a difference to settle; what had shown
    /// nothing is cleared.
    pub fn push_merge(&mut self, before: &Ledger, after: &Ledger) {
        let mut merging = Merging::default();
        for subject in after.subjects() {
            merging.look(before, after, subject);
        }
        self.push_merging(merging);
    }

    /// The same, where it was found subject by subject.
    pub fn push_merging(&mut self, merging: Merging) {
        self.push_items(merging.items);
    }

    fn push_items(&mut self, items: Vec<Item>) {
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
            item.heads = 1;
            kept.push(item);
        }
        if !kept.is_empty() {
            to.push(kept);
        }
        // The same state has another event to stand for it now, in every step that touches it.
        let order = positions(renamed.len(), &mut |a, b| renamed[a].0.cmp(&renamed[b].0));
        let now = |id: EventId| {
            let found = order.binary_search_by(|at| renamed[*at].0.cmp(&id));
            found.map_or(id, |at| renamed[order[at]].1)
        };
        for item in self.done.iter_mut().chain(&mut self.undone).flatten() {
            item.after = now(item.after);
            item.before = item.before.map(now);
        }
    }

    fn stack(&self, way: Way) -> &[Vec<Item>] {
        match way {
            Way::Back => &self.done,
            Way::Forth => &self.undone,
        }
    }
}

/// The step that merging will have been, found subject by subject.
#[derive(Clone, Debug, Default)]
pub struct Merging {
    items: Vec<Item>,
}

impl Merging {
    /// Looks at what merging changes of one subject; each subject once.
    pub fn look(&mut self, before: &Ledger, after: &Ledger, subject: &str) {
        for cell in after.subject_cells(subject) {
            let Some(field) = cell.field() else {
                continue;
            };
            let old = before.cell(cell.unit(), cell.subject(), cell.field_name());
            if old.is_some_and(|old| old.len() == cell.len()) {
                continue;
            }
            if field.is_set() {
                add_elements(&mut self.items, old, cell);
                continue;
            }
            let heads = |cell: &Cell| cell.heads().map(|head| head.id()).collect::<Vec<_>>();
            let now = heads(cell);
            // What merging brought may have been replaced long since.
            if old.is_some_and(|old| heads(old) == now) {
                continue;
            }
            if let Some(shown) = cell.shown() {
                self.items.push(Item {
                    set: false,
                    before: old.and_then(Cell::shown).map(|event| event.id()),
                    after: shown.id(),
                    heads: now.len(),
                });
            }
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
        if self.set {
            // Refuses what does not stand any more.
            return undo(ledger, &here);
        }
        let event = ledger.get(&here).ok_or(UndoError::NotFound)?;
        let field = Field::parse(event.field()).ok_or(UndoError::UnknownField)?;
        let cell = ledger.cell(event.unit(), event.subject(), event.field());
        let cell = cell.ok_or(UndoError::NotFound)?;
        let is_shown = cell.shown().is_some_and(|shown| shown.id() == here);
        if !is_shown || cell.heads().count() > self.heads {
            return Err(UndoError::Superseded);
        }
        let value = match there.map(|id| ledger.get(&id).ok_or(id)) {
            None => FieldValue::Cleared.to_json(),
            Some(Err(parent)) => return Err(UndoError::PreviousMissing { parent }),
            Some(Ok(event)) if FieldValue::read(field, event.value()).is_err() => {
                return Err(UndoError::PreviousUnreadable { event: event.id() });
            }
            Some(Ok(event)) => event.value().clone(),
        };
        Ok(Undo {
            unit: event.unit().to_owned(),
            subject: event.subject().to_owned(),
            field,
            value,
        })
    }
}

/// Adds what takes back that elements of a set came or went: the retraction of each that came,
/// and of each retraction by which one went.
fn add_elements(items: &mut Vec<Item>, old: Option<&Cell>, cell: &Cell) {
    let before = old.map(Cell::elements).unwrap_or_default();
    let after = cell.elements();
    // Both are in the order of display.
    let has = |all: &[&Arc<Event>], event: &Event| {
        all.binary_search_by(|other| other.order(event)).is_ok()
    };
    let mut add = |event: &Event| {
        items.push(Item {
            set: true,
            before: None,
            after: event.id(),
            heads: 1,
        });
    };
    for event in after.iter().filter(|event| !has(&before, event)) {
        add(event);
    }
    let gone = before.iter().filter(|event| !has(&after, event));
    let gone: Vec<EventId> = gone.map(|event| event.id()).collect();
    if gone.is_empty() {
        return;
    }
    for event in cell.events() {
        let by_it = retracted(event.value()).is_some_and(|target| gone.contains(&target));
        if by_it && cell.stands(event.id()) {
            add(event);
        }
    }
}
