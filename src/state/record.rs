//! Recording progress: for whom, what was typed, and what of it is new.

use chrono::NaiveDate;
use serde_json::Value;
use tracker::binding::Role;
use tracker::date::parse_date;
use tracker::ledger::{Cell, Field, FieldValue, Ledger, Status};
use tracker::plan::{COUNTRY, Plan, Task};

use super::Unit;
use crate::i18n::Tr;

/// The choice of the radio group "Trạng thái".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Chưa thực hiện.
    #[default]
    NotStarted,
    /// Đang thực hiện.
    InProgress,
    /// Hoàn thành.
    Done,
}

/// What somebody changed in the form, field by field. What nobody touched follows the
/// ledger, so that saving cannot take back what another hand has just recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// The chosen status.
    pub status: Option<Choice>,
    /// Completion date as typed.
    pub done_on: Option<String>,
    /// Progress as typed.
    pub progress: Option<String>,
    /// The note as typed.
    pub note: Option<String>,
}

impl Edits {
    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        *self == Edits::default()
    }

    /// The content of the form: the edits over what the ledger shows.
    pub fn over(&self, shown: &Draft) -> Draft {
        let text = |edit: &Option<String>, shown: &String| edit.clone().unwrap_or(shown.clone());
        Draft {
            status: self.status.unwrap_or(shown.status),
            done_on: text(&self.done_on, &shown.done_on),
            progress: text(&self.progress, &shown.progress),
            note: text(&self.note, &shown.note),
        }
    }
}

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The chosen status.
    pub status: Choice,
    /// Completion date as typed.
    pub done_on: String,
    /// Progress as typed.
    pub progress: String,
    /// The note as typed.
    pub note: String,
}

/// A field of the form that cannot be saved as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// "Hoàn thành" without a completion date.
    DateMissing,
    /// The completion date is not a date.
    DateUnreadable,
    /// The completion date lies in the future.
    DateAhead,
    /// Progress is not a whole number from 0 to 100.
    ProgressUnreadable,
}

impl Fault {
    /// Whether the fault is the date's.
    pub fn is_of_date(self) -> bool {
        self != Fault::ProgressUnreadable
    }

    /// What to do about it, in words.
    pub fn words(self, tr: Tr) -> &'static str {
        match self {
            Fault::DateMissing => tr.fault_date_missing(),
            Fault::DateUnreadable => tr.fault_date_unreadable(),
            Fault::DateAhead => tr.fault_date_ahead(),
            Fault::ProgressUnreadable => tr.fault_progress(),
        }
    }
}

impl Draft {
    /// What the ledger shows for `unit` and `task`, as form content. The note starts empty.
    pub fn of(ledger: &Ledger, unit: &str, task: &str) -> Draft {
        let mut draft = Draft::default();
        match ledger.value(unit, task, Field::Status) {
            Some(FieldValue::Status(Status::InProgress)) => draft.status = Choice::InProgress,
            Some(FieldValue::Status(Status::Done { date })) => {
                draft.status = Choice::Done;
                draft.done_on = tracker::date::format_date(date);
            }
            _ => {}
        }
        if let Some(FieldValue::Progress(percent)) = ledger.value(unit, task, Field::Progress) {
            draft.progress = percent.to_string();
        }
        draft
    }

    /// The faults of what was typed; empty when it can be saved.
    pub fn faults(&self, today: NaiveDate) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.status == Choice::Done {
            match (self.done_on.trim(), parse_date(&self.done_on)) {
                ("", _) => faults.push(Fault::DateMissing),
                (_, None) => faults.push(Fault::DateUnreadable),
                (_, Some(day)) if day > today => faults.push(Fault::DateAhead),
                _ => {}
            }
        }
        if !self.progress.trim().is_empty() && self.percent().is_none() {
            faults.push(Fault::ProgressUnreadable);
        }
        faults
    }

    /// What was typed as progress, in percent.
    pub fn percent(&self) -> Option<u8> {
        let text = self.progress.trim().trim_end_matches('%').trim_end();
        text.parse().ok().filter(|percent| *percent <= 100)
    }

    /// The fields to write: what differs from `shown`, and a note if one was typed.
    ///
    /// `unsettled` fields are written even when they do not differ: the status of a first
    /// save, since "not started" is a report too, and what was recorded differently in
    /// several places, since saving what is shown settles it.
    pub fn changes(&self, shown: &Draft, unsettled: &[Field]) -> Vec<(Field, Value)> {
        let mut changes = Vec::new();
        let done_on = parse_date(&self.done_on);
        let moved = self.status == Choice::Done && done_on != parse_date(&shown.done_on);
        if self.status != shown.status || moved || unsettled.contains(&Field::Status) {
            let status = match (self.status, done_on) {
                (Choice::Done, Some(date)) => Some(Status::Done { date }),
                (Choice::Done, None) => None,
                (Choice::InProgress, _) => Some(Status::InProgress),
                (Choice::NotStarted, _) => Some(Status::NotStarted),
            };
            changes.extend(status.map(|s| (Field::Status, FieldValue::Status(s).to_json())));
        }
        if self.percent() != shown.percent() || unsettled.contains(&Field::Progress) {
            let value = self.percent().map_or(Value::Null, Value::from);
            changes.push((Field::Progress, value));
        }
        let note = self.note.trim();
        if !note.is_empty() {
            changes.push((Field::Note, FieldValue::Note(note.to_owned()).to_json()));
        }
        changes
    }
}

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
        if shown.status != Choice::Done {
            draft.progress = "100".to_owned();
        }
        draft.done_on = done_on;
    }
    draft.status = status;
    draft.changes(&shown, &unsettled(ledger, unit, task))
}

/// The fields that the next save writes even if nobody touched them; see [`Draft::changes`].
pub fn unsettled(ledger: &Ledger, unit: &str, task: &str) -> Vec<Field> {
    let differs = |field: Field| {
        ledger
            .cell(unit, task, field.as_str())
            .is_some_and(Cell::is_conflict)
    };
    let unreported = ledger.value(unit, task, Field::Status).is_none();
    [Field::Status, Field::Progress]
        .into_iter()
        .filter(|field| differs(*field) || (*field == Field::Status && unreported))
        .collect()
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
    pub fn faults(&self, today: NaiveDate) -> Vec<Fault> {
        self.edits.over(&Draft::default()).faults(today)
    }

    /// What of it is new for `unit` and `task`.
    pub fn changes(&self, ledger: &Ledger, unit: &str, task: &str) -> Vec<(Field, Value)> {
        let shown = Draft::of(ledger, unit, task);
        let mut unsettled = unsettled(ledger, unit, task);
        // A note says nothing of how far the task is.
        unsettled.retain(|field| match field {
            Field::Status => self.edits.status.is_some(),
            _ => self.edits.progress.is_some(),
        });
        let mut changes = self.edits.over(&shown).changes(&shown, &unsettled);
        let (assignee, blocker) = (self.assignee.trim(), self.blocker.trim());
        let typed = [
            (
                Field::Assignee,
                assignee,
                FieldValue::Assignee(assignee.to_owned()),
            ),
            (
                Field::Blocker,
                blocker,
                FieldValue::Blocker {
                    bottleneck: None,
                    text: blocker.to_owned(),
                },
            ),
        ];
        for (field, text, value) in typed {
            if !text.is_empty() && ledger.value(unit, task, field).as_ref() != Some(&value) {
                changes.push((field, value.to_json()));
            }
        }
        changes
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn typed(status: Choice, done_on: &str, progress: &str, note: &str) -> Draft {
        let text = str::to_owned;
        Draft {
            status,
            done_on: text(done_on),
            progress: text(progress),
            note: text(note),
        }
    }

    fn faults(draft: &Draft) -> Vec<Fault> {
        draft.faults("2026-11-21".parse().unwrap())
    }

    #[test]
    fn a_completion_asks_for_a_day_that_has_come() {
        assert_eq!(
            faults(&typed(Choice::Done, "", "", "")),
            [Fault::DateMissing]
        );
        assert_eq!(
            faults(&typed(Choice::Done, "31/02/2026", "", "")),
            [Fault::DateUnreadable]
        );
        assert_eq!(
            faults(&typed(Choice::Done, "22/11/2026", "", "")),
            [Fault::DateAhead]
        );
        assert_eq!(faults(&typed(Choice::Done, "21/11/2026", "", "")), []);
        assert_eq!(faults(&typed(Choice::InProgress, "x", "", "")), []);
    }

    #[test]
    fn progress_is_a_whole_percentage() {
        for good in ["", "0", "60", "100", " 60 % "] {
            assert_eq!(
                faults(&typed(Choice::InProgress, "", good, "")),
                [],
                "{good}"
            );
        }
        for bad in ["101", "-1", "6,5", "nửa"] {
            let found = faults(&typed(Choice::InProgress, "", bad, ""));
            assert_eq!(found, [Fault::ProgressUnreadable], "{bad}");
        }
    }

    #[test]
    fn only_what_changed_is_written() {
        let shown = typed(Choice::InProgress, "", "40", "");
        let fields = |draft: Draft, unsettled: &[Field]| -> Vec<Field> {
            draft
                .changes(&shown, unsettled)
                .into_iter()
                .map(|c| c.0)
                .collect()
        };
        assert_eq!(fields(shown.clone(), &[]), []);
        assert_eq!(fields(shown.clone(), &[Field::Status]), [Field::Status]);
        assert_eq!(
            fields(typed(Choice::InProgress, "", "60", ""), &[]),
            [Field::Progress]
        );
        assert_eq!(
            fields(typed(Choice::InProgress, "", "40", " x "), &[]),
            [Field::Note]
        );
        let done = typed(Choice::Done, "30/06/2023", "100", "");
        assert_eq!(fields(done, &[]), [Field::Status, Field::Progress]);
        let emptied = typed(Choice::InProgress, "", "", "").changes(&shown, &[]);
        assert_eq!(emptied, [(Field::Progress, Value::Null)]);
    }

    #[test]
    fn a_completion_that_moves_is_a_change() {
        let shown = typed(Choice::Done, "30/06/2023", "", "");
        let moved = typed(Choice::Done, "1/7/2023", "", "").changes(&shown, &[]);
        assert_eq!(
            moved,
            [(
                Field::Status,
                json!({"state": "done", "date": "2023-07-01"})
            )]
        );
        let retyped = typed(Choice::Done, "2023-06-30", "", "").changes(&shown, &[]);
        assert_eq!(retyped, []);
    }
}
