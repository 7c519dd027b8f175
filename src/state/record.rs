//! Recording progress: for whom it may be recorded, and what of it is new for many.
//!
//! What is typed, its faults and what of it is new are [`tracker::record`]'s.

use chrono::NaiveDate;
use serde_json::Value;
use tracker::binding::Role;
use tracker::ledger::{Field, Ledger};
use tracker::plan::{COUNTRY, Plan, Task};
use tracker::record::{Choice, Draft, Edits, Fault, Input, unsettled};

use super::Unit;

/// The fields that say how far a task is, which is all that is settled outside of its form.
pub const PROGRESS: [Field; 2] = [Field::Status, Field::Progress];

/// What a move to `status` writes for `unit`: what the form would, were nothing else touched.
/// Completing implies all of the progress.
pub fn moved(
    ledger: &Ledger,
    unit: &str,
    task: &str,
    status: Choice,
    done_on: String,
) -> Vec<(Field, Value)> {
    let shown = Draft::of(ledger, unit, task);
    let mut draft = shown.clone();
    if status == Choice::Done {
        if !shown.is_done() {
            draft.set(Input::Progress, "100".to_owned());
        }
        draft.set(Input::DoneOn, done_on);
    }
    draft.set(Input::Status, status.as_str().to_owned());
    draft.changes(&shown, &unsettled(ledger, unit, task, &PROGRESS))
}

/// Whom an update of `task` may be recorded for, the likeliest first.
///
/// An agency records for itself where the task binds it. Whoever keeps the
/// country's book records for a named lead, through whoever answers for it on
/// the day, or for a collective as a whole.
pub fn recorders(plan: &Plan, task: &Task, unit: Unit, asof: NaiveDate) -> Vec<String> {
    match unit {
        Unit::Agency(agency) => plan
            .binding(task, agency, asof)
            .map(|_| agency.id.clone())
            .into_iter()
            .collect(),
        Unit::Country => {
            let mut ids: Vec<String> = Vec::new();
            for lead in &task.leads {
                let heirs = plan.heirs(task, lead, asof);
                let gone = plan.agency(lead).is_some_and(|a| !a.exists_on(asof));
                if !gone || heirs.is_empty() {
                    ids.push(lead.clone());
                }
                ids.extend(heirs.into_iter().map(|h| h.agency));
            }
            if ids.is_empty() {
                ids.push(COUNTRY.to_owned());
            }
            let mut recorders: Vec<String> = Vec::new();
            for id in ids {
                if !recorders.contains(&id) {
                    recorders.push(id);
                }
            }
            recorders
        }
    }
}

/// The one whom an update of `task` may be recorded for; `None` where it may be recorded for
/// nobody, or where somebody has to say for whom.
pub fn sole_recorder(plan: &Plan, task: &Task, unit: Unit, asof: NaiveDate) -> Option<String> {
    let mut recorders = recorders(plan, task, unit, asof);
    recorders.pop().filter(|_| recorders.is_empty())
}

/// What is recorded of a task for a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The agency, collective or country it is recorded for.
    pub unit: String,
    /// The task.
    pub task: String,
    /// The fields and their values.
    pub changes: Vec<(Field, Value)>,
}

/// What is recorded of several tasks at once: only what was touched, of each only what is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// Status, completion date, progress and note.
    pub edits: Edits,
    /// Who works on the tasks; empty to leave that as it is.
    pub assignee: String,
    /// What stands in the way; empty to leave that as it is.
    pub blocker: String,
}

impl Bulk {
    /// The faults of what was typed; empty when it can be saved.
    pub fn faults(&self, today: NaiveDate) -> Vec<(Input, Fault)> {
        self.edits.over(&Draft::default()).faults(today, None)
    }

    /// What of it is new for `unit` and `task`.
    pub fn changes(&self, ledger: &Ledger, unit: &str, task: &str) -> Vec<(Field, Value)> {
        let shown = Draft::of(ledger, unit, task);
        let mut unsettled = unsettled(ledger, unit, task, &PROGRESS);
        // A note says nothing of how far the task is.
        unsettled.retain(|field| match field {
            Field::Status => self.edits.touched(Input::Status),
            _ => self.edits.touched(Input::Progress),
        });
        let mut edits = self.edits.clone();
        if !self.assignee.trim().is_empty() {
            edits.set(Input::Assignee, self.assignee.clone());
        }
        if !self.blocker.trim().is_empty() {
            edits.set(Input::Bottleneck, String::new());
            edits.set(Input::Obstacle, self.blocker.clone());
        }
        edits.over(&shown).changes(&shown, &unsettled)
    }
}

/// Whether `unit` leads `task` on `asof`, so that its status counts for the task.
pub fn leads(plan: &Plan, task: &Task, unit: Unit, asof: NaiveDate) -> bool {
    match unit {
        Unit::Country => true,
        Unit::Agency(agency) => plan
            .binding(task, agency, asof)
            .is_some_and(|b| b.role == Role::Lead),
    }
}
