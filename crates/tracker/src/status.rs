//! Status: the official buckets and the completion rate, as of a day.
//!
//! Nobody types "overdue". People record a state and a completion date; a task's
//! [`Bucket`] follows from these, its due date and the as-of day, by the labels
//! that official monitoring reports use.
//!
//! Whose report counts:
//! - for a unit, its own, else that of the agency it inherited the task from;
//! - for the whole country, every party of the task ([`Plan::parties`]): each
//!   named lead through whoever answers for it today, or each agency that the
//!   collective binds. A statement for the collective as a whole stands only for
//!   members that have no report of their own.
//!
//! A report that states no status, but only a note or a reviewer's remark, leaves
//! the word to the next in line.
//!
//! A task that names no lead is reported for [`COUNTRY`].

mod bucket;

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::binding::{Basis, Role};
use crate::ledger::{Cell, Field, FieldValue, Ledger, Review, Stamp, Status};
use crate::plan::{Agency, COUNTRY, Plan, Task};
use crate::review::{self, States};

pub use bucket::{Bucket, Stage, Tally};

/// How far along a status is, for finding the one least far.
fn rank(status: Status) -> (u8, Reverse<Option<NaiveDate>>) {
    match status {
        Status::NotStarted => (0, Reverse(None)),
        Status::InProgress => (1, Reverse(None)),
        // Of two completions the later one counts: only then was all of it done.
        Status::Done { date } => (2, Reverse(Some(date))),
    }
}

/// Whose tasks are looked at.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// Toàn quốc: every party of every task.
    Country,
    /// One agency.
    Unit(&'a Agency),
}

/// Which fields are recorded, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Recorded(u16);

impl Recorded {
    /// Whether `field` is among them.
    pub fn has(self, field: Field) -> bool {
        self.0 & (1 << field as u16) != 0
    }

    /// Adds one.
    pub fn put(&mut self, field: Field) {
        self.0 |= 1 << field as u16;
    }

    /// Adds others.
    pub fn join(&mut self, others: Recorded) {
        self.0 |= others.0;
    }
}

/// What one unit reported of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The status; not started when only other fields were recorded.
    pub status: Status,
    /// Whether a status is recorded. A note or a reviewer's remark alone does not
    /// speak for how far the task is.
    pub stated: bool,
    /// Progress in percent, 0–100.
    pub progress: Option<u8>,
    /// The due date that an extension granted.
    pub extended_to: Option<NaiveDate>,
    /// The day on which the unit expects to be done.
    pub forecast: Option<NaiveDate>,
    /// Who works on it.
    pub assignee: Option<String>,
    /// Which fields have a value.
    pub recorded: Recorded,
    /// Whether a blocker is recorded.
    pub blocked: bool,
    /// Whether a reviewer sent it back.
    pub returned: bool,
    /// How it stands with its reviewers; empty unless [`report`] asked.
    pub reviews: States,
    /// How many notes stand.
    pub notes: usize,
    /// Whether some field has several differing values.
    pub differs: bool,
    /// When the newest of these was recorded.
    pub updated: Stamp,
}

/// What `unit` reported of the task `subject`; `None` where it recorded nothing.
pub fn report(ledger: &Ledger, unit: &str, subject: &str) -> Option<Report> {
    let mut report = report_of(&mut ledger.unit_cells(unit, subject))?;
    report.reviews.put(review::state(ledger, unit, subject));
    Some(report)
}

/// What these cells of one unit and one task report.
pub(crate) fn report_of(cells: &mut dyn Iterator<Item = &Cell>) -> Option<Report> {
    let mut report: Option<Report> = None;
    for cell in cells {
        let Some(updated) = cell.events().map(|e| e.time()).max() else {
            continue;
        };
        let report = report.get_or_insert(Report {
            status: Status::NotStarted,
            stated: false,
            progress: None,
            extended_to: None,
            forecast: None,
            assignee: None,
            recorded: Recorded::default(),
            blocked: false,
            returned: false,
            reviews: States::default(),
            notes: 0,
            differs: false,
            updated,
        });
        report.updated = report.updated.max(updated);
        report.differs |= cell.is_conflict();
        let Some(field) = cell.field() else {
            continue;
        };
        let count = if field.is_set() {
            cell.elements().len()
        } else {
            0
        };
        if field == Field::Note {
            report.notes = count;
        }
        let shown = cell.shown_value();
        if count > 0 || !field.is_set() && !matches!(shown, None | Some(FieldValue::Cleared)) {
            report.recorded.put(field);
        }
        match shown {
            Some(FieldValue::Status(status)) => {
                report.status = status;
                report.stated = true;
            }
            Some(FieldValue::Progress(percent)) => report.progress = Some(percent),
            Some(FieldValue::Extension { due, .. }) => report.extended_to = Some(due),
            Some(FieldValue::Blocker { .. }) => report.blocked = true,
            Some(FieldValue::Forecast(day)) => report.forecast = Some(day),
            Some(FieldValue::Assignee(name)) => report.assignee = Some(name),
            Some(FieldValue::Review(Review::Returned { .. })) => report.returned = true,
            _ => {}
        }
    }
    report
}

/// One of those whom a task waits for, and who may speak for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The lead as the document names it, or the member of a collective.
    pub unit: String,
    /// Successors that answer for the unit on the day; their reports count before its own.
    pub heirs: Vec<String>,
    /// The collective whose statement stands where nobody above reported.
    pub collective: Option<String>,
}

/// How many of the agencies that a task waits for have completed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Parties that completed it by the as-of day.
    pub completed: usize,
    /// All parties.
    pub bound: usize,
}

/// Where a task stands on a day, for a unit or the country.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// The official bucket.
    pub bucket: Bucket,
    /// How far it is: begun when any party began, done when all are.
    pub stage: Stage,
    /// The due date after extensions; the latest one where parties differ.
    pub due: Option<NaiveDate>,
    /// The day the last party completed it, when all have.
    pub completed_on: Option<NaiveDate>,
    /// Whether any party has begun.
    pub started: bool,
    /// Progress in percent, where one party alone answers for the task.
    pub progress: Option<u8>,
    /// The latest day on which a party expects to be done.
    pub forecast: Option<NaiveDate>,
    /// Who works on it, for any party.
    pub assignees: Vec<String>,
    /// Which fields any party has recorded.
    pub recorded: Recorded,
    /// How many parties completed it, where there are several.
    pub share: Option<Share>,
    /// Whether any party reports being blocked.
    pub blocked: bool,
    /// Whether a reviewer sent the report of any party back.
    pub returned: bool,
    /// How the reports of the parties stand with their reviewers.
    pub reviews: States,
    /// Notes of all parties.
    pub notes: usize,
    /// Whether some recorded field has several differing values.
    pub differs: bool,
    /// When any party last recorded something.
    pub updated: Option<Stamp>,
}

impl Plan {
    /// Whom a task waits for on `day`.
    ///
    /// Never empty: a task without a lead waits for whoever keeps the country's book.
    pub fn parties(&self, task: &Task, day: NaiveDate) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for lead in &task.leads {
            let members = self
                .agency(lead)
                .map(|a| self.members(a, day))
                .unwrap_or_default();
            if members.is_empty() {
                parties.push(Party {
                    unit: lead.clone(),
                    heirs: self
                        .heirs(task, lead, day)
                        .into_iter()
                        .map(|h| h.agency)
                        .collect(),
                    collective: None,
                });
            }
            for member in members {
                if !task.leads.contains(&member.id) {
                    parties.push(Party {
                        unit: member.id.clone(),
                        heirs: Vec::new(),
                        collective: Some(lead.clone()),
                    });
                }
            }
        }
        if parties.is_empty() {
            parties.push(Party {
                unit: COUNTRY.to_owned(),
                heirs: Vec::new(),
                collective: None,
            });
        }
        parties
    }

    /// How many [`Plan::parties`] there are.
    fn party_count(&self, task: &Task, day: NaiveDate) -> usize {
        let mut count = 0;
        for lead in &task.leads {
            let members = self.agency(lead).map(|a| self.members(a, day));
            count += match members.unwrap_or_default().as_slice() {
                [] => 1,
                members => members
                    .iter()
                    .filter(|m| !task.leads.contains(&m.id))
                    .count(),
            };
        }
        count.max(1)
    }

    /// Where `task` stands on `asof` for `scope`, by what `ledger` holds.
    pub fn standing(
        &self,
        ledger: &Ledger,
        task: &Task,
        scope: Scope<'_>,
        asof: NaiveDate,
    ) -> Standing {
        let due = task.deadline.due();
        // Most tasks of a great plan: then it matters only how many are waited for.
        let silent = ledger.subject_cells(&task.id).next().is_none();
        match scope {
            Scope::Unit(_) if silent => combine(&[None], due, asof),
            Scope::Country if silent => {
                combine(&vec![None; self.party_count(task, asof)], due, asof)
            }
            Scope::Unit(agency) => {
                let report = self.unit_report(ledger, task, agency, asof);
                combine(&[report], due, asof)
            }
            Scope::Country => {
                let said = |unit: &str| report(ledger, unit, &task.id);
                let reports: Vec<Option<Report>> = self
                    .parties(task, asof)
                    .iter()
                    .map(|party| party_report(&said, party))
                    .collect();
                combine(&reports, due, asof)
            }
        }
    }

    /// What counts as `agency`'s report of `task`: its own, else its predecessor's.
    pub fn unit_report(
        &self,
        ledger: &Ledger,
        task: &Task,
        agency: &Agency,
        asof: NaiveDate,
    ) -> Option<Report> {
        let before = self.led_before(task, agency, asof);
        standing_for(
            report(ledger, &agency.id, &task.id),
            before.and_then(|from| report(ledger, &from, &task.id)),
        )
    }

    /// The agency whose lead of `task` has gone over to `agency` by `day`.
    pub(crate) fn led_before(
        &self,
        task: &Task,
        agency: &Agency,
        day: NaiveDate,
    ) -> Option<String> {
        match self.basis(task, Role::Lead, agency, day) {
            Some(Basis::Inherited { from, .. }) => Some(from),
            _ => None,
        }
    }
}

impl Plan {
    /// Those whom `task` waits for and who have let it fall overdue by `asof`.
    pub fn late(&self, ledger: &Ledger, task: &Task, asof: NaiveDate) -> Vec<Party> {
        let Some(due) = task.deadline.due() else {
            return Vec::new();
        };
        let said = |unit: &str| report(ledger, unit, &task.id);
        let mut parties = self.parties(task, asof);
        parties.retain(|party| {
            let report = party_report(&said, party);
            combine(&[report], Some(due), asof).bucket.is_overdue()
        });
        parties
    }
}

/// `own`, with how far the task is from `before` where `own` does not state it.
pub(crate) fn standing_for(own: Option<Report>, before: Option<Report>) -> Option<Report> {
    match (own, before) {
        (Some(own), Some(before)) if !own.stated => Some(Report {
            status: before.status,
            stated: before.stated,
            progress: own.progress.or(before.progress),
            extended_to: own.extended_to.or(before.extended_to),
            forecast: own.forecast.or(before.forecast),
            recorded: {
                let mut recorded = own.recorded;
                for field in [
                    Field::Status,
                    Field::Progress,
                    Field::Extension,
                    Field::Forecast,
                ] {
                    if before.recorded.has(field) {
                        recorded.put(field);
                    }
                }
                recorded
            },
            ..own
        }),
        (own, before) => own.or(before),
    }
}

/// What counts as a party's report, by what each unit `said` of the task.
pub(crate) fn party_report(said: &dyn Fn(&str) -> Option<Report>, party: &Party) -> Option<Report> {
    let of = said;
    let own = standing_for(of(&party.unit), party.collective.as_deref().and_then(of));
    let heirs: Vec<Option<Report>> = party.heirs.iter().map(|heir| of(heir)).collect();
    if heirs.iter().all(Option::is_none) {
        return own;
    }
    // Several heirs each hold a part of the work: it is only as far as the one least
    // far, and done only when the last one is. One that says nothing has its
    // predecessor's word, if there is one.
    let parts: Vec<Option<Report>> = heirs
        .iter()
        .map(|heir| standing_for(heir.clone(), own.clone()))
        .collect();
    let status_of = |part: &Option<Report>| part.as_ref().map_or(Status::NotStarted, |r| r.status);
    let least = parts.iter().min_by_key(|part| rank(status_of(part)))?;
    let started = parts
        .iter()
        .any(|part| status_of(part) != Status::NotStarted);
    let status = match status_of(least) {
        Status::NotStarted if started => Status::InProgress,
        status => status,
    };
    let spoke = || heirs.iter().flatten();
    let mut recorded = Recorded::default();
    for part in parts.iter().flatten() {
        recorded.join(part.recorded);
    }
    let mut reviews = States::default();
    for report in spoke() {
        reviews.join(report.reviews);
    }
    let names: Vec<&str> = spoke().filter_map(|r| r.assignee.as_deref()).collect();
    Some(Report {
        status,
        stated: parts.iter().flatten().any(|r| r.stated),
        // A share of the work done by one of several says nothing of the whole.
        progress: match parts.as_slice() {
            [Some(only)] => only.progress,
            _ => None,
        },
        extended_to: least.as_ref().and_then(|r| r.extended_to),
        forecast: parts.iter().flatten().filter_map(|r| r.forecast).max(),
        assignee: (!names.is_empty()).then(|| names.join(", ")),
        recorded,
        blocked: spoke().any(|r| r.blocked),
        returned: spoke().any(|r| r.returned),
        reviews,
        notes: spoke().map(|r| r.notes).sum(),
        differs: spoke().any(|r| r.differs),
        updated: spoke().map(|r| r.updated).max()?,
    })
}

/// Where a task stands that waits for those who reported this.
pub(crate) fn combine(
    reports: &[Option<Report>],
    due: Option<NaiveDate>,
    asof: NaiveDate,
) -> Standing {
    let mut standing = Standing {
        bucket: Bucket::Ongoing,
        stage: Stage::NotStarted,
        due: None,
        completed_on: None,
        started: false,
        progress: None,
        forecast: None,
        assignees: Vec::new(),
        recorded: Recorded::default(),
        share: None,
        blocked: false,
        returned: false,
        reviews: States::default(),
        notes: 0,
        differs: false,
        updated: None,
    };
    let mut first = None;
    let mut completed = 0;
    let mut last_completed = None;
    let (mut started, mut overdue, mut late) = (false, false, false);
    for report in reports {
        let report = report.as_ref();
        let status = report.map_or(Status::NotStarted, |r| r.status);
        // An extension moves a due date; it cannot give one to a task that has none.
        let due = due.map(|d| report.and_then(|r| r.extended_to).unwrap_or(d));
        let bucket = Bucket::of(status, due, asof);
        first = first.or(Some(bucket));
        completed += usize::from(bucket.is_completed());
        if let Status::Done { date } = status {
            last_completed = last_completed.max(Some(date));
        }
        started |= status != Status::NotStarted;
        overdue |= bucket.is_overdue();
        late |= bucket == Bucket::CompletedLate;
        standing.due = standing.due.max(due);
        if let Some(report) = report {
            standing.forecast = standing.forecast.max(report.forecast);
            standing.assignees.extend(report.assignee.clone());
            standing.recorded.join(report.recorded);
            standing.blocked |= report.blocked;
            standing.returned |= report.returned;
            standing.reviews.join(report.reviews);
            standing.notes += report.notes;
            standing.differs |= report.differs;
            standing.updated = standing.updated.max(Some(report.updated));
        }
    }
    standing.started = started;
    if completed == reports.len() {
        standing.completed_on = last_completed;
        standing.stage = Stage::Done;
    } else if started {
        standing.stage = Stage::InProgress;
    }
    standing.bucket = match first {
        Some(first) if completed == reports.len() && !late => first,
        Some(_) if completed == reports.len() => Bucket::CompletedLate,
        Some(_) if due.is_some() => match (started, overdue) {
            (true, true) => Bucket::InProgressOverdue,
            (true, false) => Bucket::InProgressInTime,
            (false, true) => Bucket::NotStartedOverdue,
            (false, false) => Bucket::NotStartedInTime,
        },
        _ => Bucket::Ongoing,
    };
    match reports {
        [only] => standing.progress = only.as_ref().and_then(|r| r.progress),
        _ if reports.len() > 1 => {
            standing.share = Some(Share {
                completed,
                bound: reports.len(),
            });
        }
        _ => {}
    }
    standing
}
