//! Tasks of collectives, agency by agency: where each member stands with each of them.

use chrono::NaiveDate;

use super::coverage::Duty;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::status::{Bucket, Scope};

/// Agencies and the collective tasks that they lead as members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The tasks, by position in [`Plan::tasks`], ascending.
    pub tasks: Vec<usize>,
    /// The agencies, by position in [`Plan::agencies`], ascending; of each, which of the tasks bind
    /// it.
    pub rows: Vec<(usize, Vec<bool>)>,
}

/// The collective tasks of `document`, or of all where that is empty, and whom they bind.
pub fn grid(plan: &Plan, duties: &[Duty], document: &str) -> Grid {
    let asked = |task: usize| document.is_empty() || plan.tasks()[task].document == document;
    let collective = |duty: &&Duty| duty.collective && asked(duty.task);
    let mut grid = Grid::default();
    for duty in duties.iter().filter(collective) {
        if let Err(at) = grid.tasks.binary_search(&duty.task) {
            grid.tasks.insert(at, duty.task);
        }
    }
    for duty in duties.iter().filter(collective) {
        if grid.rows.last().is_none_or(|row| row.0 != duty.agency) {
            grid.rows.push((duty.agency, vec![false; grid.tasks.len()]));
        }
        if let (Some(row), Ok(at)) = (grid.rows.last_mut(), grid.tasks.binary_search(&duty.task)) {
            row.1[at] = true;
        }
    }
    grid
}

/// Where an agency of the grid stands on `day` with each of its tasks; `None` where one does not
/// bind it.
pub fn buckets(
    plan: &Plan,
    grid: &Grid,
    row: usize,
    ledger: &Ledger,
    day: NaiveDate,
) -> Vec<Option<Bucket>> {
    let Some((agency, bound)) = grid.rows.get(row) else {
        return Vec::new();
    };
    let scope = Scope::Unit(&plan.agencies()[*agency]);
    let tasks = grid.tasks.iter().zip(bound);
    let bucket = |(task, bound): (&usize, &bool)| {
        let task = &plan.tasks()[*task];
        bound.then(|| plan.standing(ledger, task, scope, day).bucket)
    };
    tasks.map(bucket).collect()
}
