//! Review and return: how the report of a unit on a task stands with its reviewers.
//!
//! A reviewer's verdict is an event of the unit under review, in the field
//! [`Field::Review`], beside the reviewer's rating ([`Field::ReviewerRating`]). It speaks of the
//! report as it stood, which it names by its [`digest`]: whatever is recorded later waits anew,
//! by whichever clock it was recorded. A return stands until the unit answers it, which is an
//! event too ([`Review::Answered`]) and is written with whatever the unit records after it has
//! heard of the return: what it recorded before, without knowing, is no answer.
//!
//! - here: the standing of one report;
//! - [`form`]: what a reviewer enters, its faults, and what of it is written;
//! - [`list`]: what a reviewer has to look at, what a unit has to do, where ratings differ.

pub mod form;
pub mod list;

use std::sync::Arc;

use serde_json::Value;

use crate::json::canon;
use crate::ledger::{Cell, Event, Field, FieldValue, Ledger, Rating, Reading, Review, Stamp};

pub use form::{Fault, Form, Rate, Verdict};
pub use list::{Item, items};

/// How a unit's report on a task stands with its reviewers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The unit has reported nothing, and nothing was asked of it.
    Silent,
    /// Reported, and nobody has judged the report as it stands.
    Waiting,
    /// Accepted as it stands.
    Accepted,
    /// Returned, and not answered yet.
    Returned,
    /// Returned and answered: it waits again.
    Answered,
}

impl State {
    /// Whether a reviewer has to look at it.
    pub const fn waits(self) -> bool {
        matches!(self, State::Waiting | State::Answered)
    }
}

/// How several reports stand, one bit for each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct States(u8);

impl States {
    /// Whether any of the reports stands so.
    pub const fn has(self, state: State) -> bool {
        self.0 & (1 << state as u8) != 0
    }

    /// Whether a reviewer has to look at any of them.
    pub const fn waits(self) -> bool {
        self.has(State::Waiting) || self.has(State::Answered)
    }

    /// Adds one.
    pub fn put(&mut self, state: State) {
        self.0 |= 1 << state as u8;
    }

    /// Adds others.
    pub fn join(&mut self, others: States) {
        self.0 |= others.0;
    }
}

/// Whether a field is part of what is reviewed. What the reviewers write is not, nor is who works
/// on it, which is the unit's own affair. A field that this version does not know is.
pub fn is_reported(field: &str) -> bool {
    let apart = [Field::Review, Field::ReviewerRating, Field::Assignee];
    apart.iter().all(|known| known.as_str() != field)
}

/// How the report of `unit` on `task` stands.
pub fn state(ledger: &Ledger, unit: &str, task: &str) -> State {
    let reported = is_made(ledger, unit, task);
    let review = ledger.cell(unit, task, Field::Review.as_str());
    let shown = review.and_then(Cell::shown);
    match shown.and_then(|shown| verdict(shown)) {
        Some(Review::Returned { .. }) => State::Returned,
        _ if !reported => State::Silent,
        Some(Review::Answered) => State::Answered,
        Some(Review::Accepted { of: Some(of) }) if of == digest(ledger, unit, task) => {
            State::Accepted
        }
        // Who did not say of what they spoke has not spoken of what was written later.
        Some(Review::Accepted { of: None }) if reported_at(ledger, unit, task) <= time(shown) => {
            State::Accepted
        }
        _ => State::Waiting,
    }
}

/// Whether anything of the report stands.
pub fn is_made(ledger: &Ledger, unit: &str, task: &str) -> bool {
    let mut cells = ledger.unit_cells(unit, task);
    cells.any(|cell| is_reported(cell.field_name()) && holds(cell))
}

/// Whether anything of a cell stands.
fn holds(cell: &Cell) -> bool {
    match cell.shown() {
        Some(shown) => !shown.value().is_null(),
        None => !cell.elements().is_empty(),
    }
}

fn time(event: Option<&Arc<Event>>) -> Option<Stamp> {
    event.map(|event| event.time())
}

/// When the unit last recorded something that is reviewed.
pub fn reported_at(ledger: &Ledger, unit: &str, task: &str) -> Option<Stamp> {
    let cells = ledger.unit_cells(unit, task);
    let cells = cells.filter(|cell| is_reported(cell.field_name()));
    cells.flat_map(Cell::events).map(|event| event.time()).max()
}

/// The digest of a report: of the ids of all that stands in it, which any later record changes.
/// As 64 lower-case hex digits.
pub fn digest(ledger: &Ledger, unit: &str, task: &str) -> String {
    let mut digester = canon::Digester::default();
    let mut hex = String::with_capacity(64);
    for cell in ledger.unit_cells(unit, task) {
        if is_reported(cell.field_name()) {
            for head in cell.heads() {
                hex.clear();
                head.id().write(&mut hex);
                digester.update(&hex);
            }
        }
    }
    hex.clear();
    canon::write_hex(&mut hex, &digester.finish());
    hex
}

/// What an event of the field says.
fn verdict(event: &Event) -> Option<Review> {
    match event.reading() {
        Reading::Value(FieldValue::Review(review)) => Some(review),
        _ => None,
    }
}

/// A reviewer's last word on a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<'a> {
    /// Who said it, when.
    pub event: &'a Arc<Event>,
    /// What is wanted, where it was returned.
    pub remark: Option<String>,
}

/// The verdict that stands, or that the unit has answered, with whoever gave it first: taking
/// something back and doing it again repeats a verdict in another name.
pub fn said<'a>(ledger: &'a Ledger, unit: &str, task: &str) -> Option<Said<'a>> {
    let cell = ledger.cell(unit, task, Field::Review.as_str())?;
    let shown = cell.shown()?;
    let spoken = match verdict(shown)? {
        Review::Answered => {
            let returns = cell
                .events()
                .filter(|event| matches!(verdict(event), Some(Review::Returned { .. })));
            returns.max_by(|a, b| a.order(b))?
        }
        _ => shown,
    };
    let same = cell.events().filter(|e| e.value() == spoken.value());
    let event = same.min_by(|a, b| a.order(b))?;
    let remark = match verdict(event)? {
        Review::Returned { remark, .. } => Some(remark),
        _ => None,
    };
    Some(Said { event, remark })
}

/// What the unit writes into [`Field::Review`] when it records something more: its answer, where
/// the report was returned.
pub fn answer(ledger: &Ledger, unit: &str, task: &str) -> Option<Value> {
    let returned = state(ledger, unit, task) == State::Returned;
    returned.then(|| FieldValue::Review(Review::Answered).to_json())
}

/// A unit's rating of its own report and the reviewer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    /// The unit's.
    pub own: Option<Rating>,
    /// The reviewer's.
    pub reviewer: Option<Rating>,
}

impl Ratings {
    /// Whether both have rated, and not alike.
    pub fn differ(&self) -> bool {
        let colors = self.own.as_ref().zip(self.reviewer.as_ref());
        colors.is_some_and(|(own, reviewer)| own.color != reviewer.color)
    }
}

/// Both ratings of a report.
pub fn ratings(ledger: &Ledger, unit: &str, task: &str) -> Ratings {
    let of = |field| match ledger.value(unit, task, field) {
        Some(FieldValue::SelfRating(rating) | FieldValue::ReviewerRating(rating)) => Some(rating),
        _ => None,
    };
    Ratings {
        own: of(Field::SelfRating),
        reviewer: of(Field::ReviewerRating),
    }
}
