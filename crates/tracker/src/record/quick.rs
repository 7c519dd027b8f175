//! Status or progress alone, edited where a task stands in a list.
//!
//! The list shows how a task stands, which may rest on what a predecessor reported. So that is what
//! the edit begins with, and nothing is written that nobody saw.

use serde_json::Value;

use super::{Choice, Draft, Edits, Input, unsettled};
use crate::date::format_date;
use crate::ledger::{Field, Ledger};
use crate::status::{Stage, Standing};

/// One of the two, about to be edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Quick {
    field: Field,
    own: Draft,
    shown: Draft,
    reported: bool,
    unsettled: Vec<Field>,
}

impl Quick {
    /// `field` is [`Field::Status`] or [`Field::Progress`] of `task`, to be recorded for `unit`;
    /// `standing` is how the task stands, where it is that unit's report that counts for it.
    pub fn of(
        ledger: &Ledger,
        unit: &str,
        task: &str,
        field: Field,
        standing: Option<&Standing>,
    ) -> Quick {
        let own = Draft::of(ledger, unit, task);
        let reported = ledger.value(unit, task, Field::Status).is_some();
        let mut shown = own.clone();
        if let Some(standing) = standing.filter(|standing| !reported && standing.share.is_none()) {
            let choice = match standing.stage {
                Stage::NotStarted => Choice::NotStarted,
                Stage::InProgress => Choice::InProgress,
                Stage::Done => Choice::Done,
            };
            shown.set(Input::Status, choice.as_str().to_owned());
            if let Some(day) = standing.completed_on {
                shown.set(Input::DoneOn, format_date(day));
            }
            if let Some(percent) = standing.progress {
                shown.set(Input::Progress, percent.to_string());
            }
        }
        Quick {
            field,
            own,
            shown,
            reported,
            unsettled: unsettled(ledger, unit, task, &[field]),
        }
    }

    /// What stands in the form before anything is touched.
    pub fn shown(&self) -> &Draft {
        &self.shown
    }

    /// What the edits write; nothing where they change nothing.
    ///
    /// Progress of a task without a report is the first: it says as well how the task stood until
    /// then, or that it has begun.
    pub fn changes(&self, edits: &Edits) -> Vec<(Field, Value)> {
        let mut draft = edits.over(&self.shown);
        if self.field == Field::Progress && !self.reported {
            if draft.percent() == self.shown.percent() {
                return Vec::new();
            }
            if draft.choice() == Choice::NotStarted && draft.percent() > Some(0) {
                draft.set(Input::Status, Choice::InProgress.as_str().to_owned());
            }
        }
        draft.changes(&self.own, &self.unsettled)
    }
}
