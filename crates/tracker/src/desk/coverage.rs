//! Who has reported: of the agencies that a document binds, the day of each one's last update.
//!
//! Only what binds for certain counts: whoever is merely concerned ("liên quan") owes no report.
//! Days are those from which an update counts, as everywhere on the page.

use chrono::NaiveDate;

use crate::binding::Role;
use crate::holdings::{Ground, Holding};
use crate::ledger::replay::known_from;
use crate::ledger::{Field, Ledger};
use crate::plan::Plan;
use crate::sorting::positions;

/// After how many days without an update a report is stale.
pub const STALE_DAYS: i64 = 30;

/// How current what an agency reports is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// Its last update is recent.
    Current,
    /// Its last update is so many days old, more than [`STALE_DAYS`].
    Stale(i64),
    /// It has not reported.
    Silent,
}

/// What one agency has reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The agency's position in [`Plan::agencies`].
    pub agency: usize,
    /// How many of the tasks bind it.
    pub tasks: usize,
    /// Of how many of these it has reported anything.
    pub reported: usize,
    /// The day of its last update of any of these.
    pub last: Option<NaiveDate>,
    /// How current that is.
    pub currency: Currency,
}

/// Which task binds which agency for certain on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The agency's position in [`Plan::agencies`].
    pub agency: usize,
    /// The task's position in [`Plan::tasks`].
    pub task: usize,
    /// Whether it leads as a member of a collective.
    pub collective: bool,
}

/// Those of `holdings` that bind for certain an agency that exists on `day`; in the same order.
pub fn duties(plan: &Plan, holdings: &[Holding], day: NaiveDate) -> Vec<Duty> {
    let mut duties = Vec::new();
    for holding in holdings {
        let agency = &plan.agencies()[holding.agency];
        if agency.is_collective() || !agency.exists_on(day) {
            continue;
        }
        let collective = holding.ground == Ground::Collective;
        if collective {
            let task = &plan.tasks()[holding.task];
            let binding = plan.binding(task, agency, day);
            if !binding.is_some_and(|binding| binding.basis.is_certain()) {
                continue;
            }
        }
        duties.push(Duty {
            agency: holding.agency,
            task: holding.task,
            collective: collective && holding.role == Role::Lead,
        });
    }
    duties
}

/// The last day on which each agency recorded anything of each task, up to `day`, when it is
/// `today`; by position of agency and task, ascending. What its reviewers wrote is none of it.
pub fn updates(
    plan: &Plan,
    ledger: &Ledger,
    day: NaiveDate,
    today: NaiveDate,
) -> Vec<(usize, usize, NaiveDate)> {
    let mut last: Vec<(usize, usize, NaiveDate)> = Vec::new();
    for cell in ledger.cells() {
        if matches!(cell.field(), Some(Field::Review | Field::ReviewerRating)) {
            continue;
        }
        let task = plan.task_position(cell.subject());
        let (Some(task), Some(agency)) = (task, plan.agency_position(cell.unit())) else {
            continue;
        };
        let days = cell.events().map(|event| known_from(event, today));
        let Some(known) = days.filter(|known| *known <= day).max() else {
            continue;
        };
        // Cells of one unit and subject are neighbours.
        match last.last_mut() {
            Some(last) if (last.0, last.1) == (agency, task) => last.2 = last.2.max(known),
            _ => last.push((agency, task, known)),
        }
    }
    let order = positions(last.len(), &mut |a, b| last[a].cmp(&last[b]));
    order.into_iter().map(|at| last[at]).collect()
}

/// What every agency has reported that a task of `document` binds, or any task where that is
/// empty; by agency. `duties` are of `day`, and so are `updates`.
pub fn coverage(
    plan: &Plan,
    duties: &[Duty],
    updates: &[(usize, usize, NaiveDate)],
    document: &str,
    day: NaiveDate,
) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for duty in duties {
        if !document.is_empty() && plan.tasks()[duty.task].document != document {
            continue;
        }
        if reports.last().is_none_or(|last| last.agency != duty.agency) {
            reports.push(Report {
                agency: duty.agency,
                tasks: 0,
                reported: 0,
                last: None,
                currency: Currency::Silent,
            });
        }
        let Some(report) = reports.last_mut() else {
            continue;
        };
        report.tasks += 1;
        let key = (duty.agency, duty.task);
        if let Ok(at) = updates.binary_search_by(|update| (update.0, update.1).cmp(&key)) {
            report.reported += 1;
            report.last = report.last.max(Some(updates[at].2));
        }
    }
    for report in &mut reports {
        if let Some(last) = report.last {
            let days = (day - last).num_days();
            report.currency = if days > STALE_DAYS {
                Currency::Stale(days)
            } else {
                Currency::Current
            };
        }
    }
    reports
}
