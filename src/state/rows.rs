//! The tasks of a view: which bind the unit, where each stands, which the query leaves.

use std::sync::Arc;

use chrono::NaiveDate;
use tracker::binding::Binding;
use tracker::filter::{Candidate, Query};
use tracker::ledger::Ledger;
use tracker::plan::{Plan, Task};
use tracker::sorting::positions;
use tracker::status::{Bucket, Standing};
use tracker::text::Haystack;

use super::Unit;
use crate::platform::clock;

/// One task of the view.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Position of the task in the plan.
    pub position: usize,
    /// How it binds the unit; `None` in the country's view.
    pub binding: Option<Binding>,
    /// Where it stands.
    pub standing: Standing,
}

impl Row {
    /// The task.
    pub fn task(&self, plan: &'static Plan) -> &'static Task {
        &plan.tasks()[self.position]
    }
}

/// Tasks of a view, cheap to copy, as is each of them.
pub type Rows = Arc<Vec<Arc<Row>>>;

/// A task that binds the unit, by its position, and how.
pub type Bound = Vec<(usize, Option<Binding>)>;

/// The tasks that bind `unit` on `asof`; all of them for the country or before a choice.
pub fn bound(plan: &Plan, unit: Option<Unit>, asof: NaiveDate) -> Bound {
    plan.tasks()
        .iter()
        .enumerate()
        .filter_map(|(position, task)| match unit {
            Some(Unit::Agency(agency)) => plan
                .binding(task, agency, asof)
                .map(|binding| (position, Some(binding))),
            _ => Some((position, None)),
        })
        .collect()
}

/// Where each of the tasks stands.
pub fn standings(plan: &Plan, ledger: &Ledger, bound: &Bound, unit: Unit, asof: NaiveDate) -> Rows {
    let mut rows = Vec::with_capacity(bound.len());
    for (position, binding) in bound {
        rows.push(Arc::new(Row {
            position: *position,
            binding: binding.clone(),
            standing: plan.standing(ledger, &plan.tasks()[*position], unit.scope(), asof),
        }));
    }
    Arc::new(rows)
}

/// The rows that answer the query: best match first, then what falls due first.
pub fn visible(plan: &Plan, rows: &Rows, q: &str, haystacks: &[Haystack], asof: NaiveDate) -> Rows {
    let query = Query::read(q, plan);
    let mut found: Vec<(u32, &Arc<Row>)> = Vec::new();
    for row in rows.iter() {
        let candidate = Candidate {
            task: &plan.tasks()[row.position],
            role: row.binding.as_ref().map(|b| b.role),
            basis: row.binding.as_ref().map(|b| &b.basis),
            updated: row.standing.updated.and_then(|at| clock::local_day(at.ms)),
            standing: &row.standing,
            haystack: &haystacks[row.position],
        };
        if let Some(score) = query.score(plan, candidate, asof) {
            found.push((score, row));
        }
    }
    let order = positions(found.len(), &mut |a, b| {
        let ((score, a), (other, b)) = (found[a], found[b]);
        other
            .cmp(&score)
            .then_with(|| a.standing.due.is_none().cmp(&b.standing.due.is_none()))
            .then_with(|| b.standing.completed_on.cmp(&a.standing.completed_on))
            .then_with(|| a.standing.due.cmp(&b.standing.due))
            .then_with(|| a.position.cmp(&b.position))
    });
    Arc::new(order.into_iter().map(|i| found[i].1.clone()).collect())
}

/// The rows of one bucket.
pub fn in_bucket(rows: &Rows, bucket: Bucket) -> Rows {
    let of_bucket = rows.iter().filter(|row| row.standing.bucket == bucket);
    Arc::new(of_bucket.cloned().collect())
}
