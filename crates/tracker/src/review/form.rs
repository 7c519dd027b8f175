//! What a reviewer enters on a report.

use serde_json::Value;

use super::{digest, is_made, ratings};
use crate::ledger::{Cell, Color, Field, FieldValue, Ledger, Rating, Review};

/// Whether a report stands or goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands.
    Accept,
    /// It goes back, with a remark.
    Return,
}

/// What becomes of the reviewer's rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rate {
    /// It stays as it is.
    #[default]
    Keep,
    /// There is none.
    Clear,
    /// This one.
    As(Color),
}

/// What a reviewer entered, of one report or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The verdict; `None` until it is chosen.
    pub verdict: Option<Verdict>,
    /// What is wanted, where the report goes back.
    pub remark: String,
    /// The rating.
    pub rate: Rate,
    /// Why it is rated so.
    pub reason: String,
}

/// Why a form cannot be saved as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No verdict was chosen.
    VerdictMissing,
    /// Returned without saying what is wanted.
    RemarkMissing,
    /// Amber or red without a reason.
    ReasonMissing,
}

impl Form {
    /// The faults, in the order of the form; empty when it can be saved.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        match self.verdict {
            None => faults.push(Fault::VerdictMissing),
            Some(Verdict::Return) if self.remark.trim().is_empty() => {
                faults.push(Fault::RemarkMissing);
            }
            Some(_) => {}
        }
        let asks = matches!(self.rate, Rate::As(Color::Amber | Color::Red));
        if asks && self.reason.trim().is_empty() {
            faults.push(Fault::ReasonMissing);
        }
        faults
    }

    /// The fields to write for the report of `unit` on `task`: what is new in them, nothing while
    /// there are faults. A report that was never made cannot be accepted.
    pub fn changes(&self, ledger: &Ledger, unit: &str, task: &str) -> Vec<(Field, Value)> {
        let mut changes = Vec::new();
        if !self.faults().is_empty() {
            return changes;
        }
        let made = is_made(ledger, unit, task);
        let of = Some(digest(ledger, unit, task));
        let review = match self.verdict {
            Some(Verdict::Accept) if made => Some(Review::Accepted { of }),
            Some(Verdict::Return) => Some(Review::Returned {
                remark: self.remark.trim().to_owned(),
                of,
            }),
            _ => None,
        };
        let mut put = |field: Field, value: FieldValue| {
            let cell = ledger.cell(unit, task, field.as_str());
            let shown = cell.and_then(Cell::shown).map(|shown| shown.value());
            let value = value.to_json();
            // Where hands differed, saying what is shown settles it.
            let settled = !cell.is_some_and(Cell::is_conflict);
            if !settled || *shown.unwrap_or(&Value::Null) != value {
                changes.push((field, value));
            }
        };
        if let Some(review) = review {
            put(Field::Review, FieldValue::Review(review));
        }
        let reason = Some(self.reason.trim().to_owned()).filter(|text| !text.is_empty());
        match self.rate {
            Rate::Keep => {}
            Rate::Clear if ratings(ledger, unit, task).reviewer.is_none() => {}
            Rate::Clear => put(Field::ReviewerRating, FieldValue::Cleared),
            Rate::As(color) => put(
                Field::ReviewerRating,
                FieldValue::ReviewerRating(Rating {
                    color,
                    comment: reason,
                }),
            ),
        }
        changes
    }
}
