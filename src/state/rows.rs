//! The tasks of a view: which bind the unit, where each stands, which the query leaves.
//!
//! A plan may have a hundred thousand tasks, so nothing here is done again that was done: an
//! update touches the rows of its task, a key that is pressed only looks words up.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use tracker::binding::Binding;
use tracker::filter::{Candidate, Query, corpus};
use tracker::ledger::Ledger;
use tracker::plan::{Plan, Task};
use tracker::sorting::positions;
use tracker::status::{Bucket, Standing};
use tracker::text::{Corpus, Haystack};

use super::Unit;

/// One task of the view. (`Eq` lets pointers to one and the same row be compared as such.)
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The tasks that bind the unit, by their positions, and how.
pub type Bound = Arc<Vec<(usize, Option<Binding>)>>;

/// The tasks that bind `unit` on `asof`; all of them for the country or before a choice.
pub fn bound(plan: &Plan, unit: Option<Unit>, asof: NaiveDate) -> Bound {
    let tasks = plan.tasks().iter().enumerate();
    let bound = tasks.filter_map(|(position, task)| match unit {
        Some(Unit::Agency(agency)) => plan
            .binding(task, agency, asof)
            .map(|binding| (position, Some(binding))),
        _ => Some((position, None)),
    });
    Arc::new(bound.collect())
}

/// Rows, and of what they were made.
pub struct Made {
    bound: Bound,
    unit: Unit,
    asof: NaiveDate,
    /// How many events the ledger had.
    events: usize,
    rows: Rows,
}

/// Where each of the tasks stands. Of what was made before only those are looked at again that
/// something was recorded for since.
pub fn standings(
    plan: &Plan,
    ledger: &Ledger,
    bound: &Bound,
    unit: Unit,
    asof: NaiveDate,
    made: &mut Option<Made>,
) -> Rows {
    let row = |(position, binding): &(usize, Option<Binding>)| {
        Arc::new(Row {
            position: *position,
            binding: binding.clone(),
            standing: plan.standing(ledger, &plan.tasks()[*position], unit.scope(), asof),
        })
    };
    if let Some(made) = made
        && Arc::ptr_eq(&made.bound, bound)
        && made.unit == unit
        && made.asof == asof
        // After a merge, asking for each task once is less than for each update.
        && ledger.len() - made.events.min(ledger.len()) <= bound.len().max(64)
    {
        let mut rows = None;
        for event in ledger.since(made.events) {
            let position = plan.task_position(event.subject());
            let at = position.and_then(|p| bound.binary_search_by_key(&p, |b| b.0).ok());
            if let Some(at) = at {
                let rows = rows.get_or_insert_with(|| made.rows.to_vec());
                rows[at] = row(&bound[at]);
            }
        }
        made.events = ledger.len();
        made.rows = rows.map_or_else(|| made.rows.clone(), Arc::new);
        return made.rows.clone();
    }
    let mut rows = Vec::with_capacity(bound.len());
    rows.extend(bound.iter().map(row));
    let rows = Arc::new(rows);
    *made = Some(Made {
        bound: bound.clone(),
        unit,
        asof,
        events: ledger.len(),
        rows: rows.clone(),
    });
    rows
}

/// The rows as lists show them: what falls due first comes first.
pub fn ordered(rows: &Rows) -> Rows {
    // Compared often, so made once.
    let key = |row: &Arc<Row>| {
        let day = |day: NaiveDate| i64::from(day.num_days_from_ce());
        let standing = &row.standing;
        let completed = standing.completed_on.map_or(i64::MAX, |d| -day(d));
        let due = standing.due.map_or(i64::MIN, day);
        (standing.due.is_none(), completed, due)
    };
    let mut keys = Vec::with_capacity(rows.len());
    keys.extend(rows.iter().map(key));
    let order = positions(rows.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    Arc::new(order.into_iter().map(|i| rows[i].clone()).collect())
}

/// Those of the ordered rows that answer the query, the best match first.
pub fn visible(
    plan: &Plan,
    ordered: &Rows,
    q: &str,
    texts: &OnceCell<Corpus>,
    asof: NaiveDate,
) -> Rows {
    let query = Query::read(q, plan);
    if query.is_empty() {
        return ordered.clone();
    }
    let words = query
        .has_words()
        .then(|| query.search(texts.get_or_init(|| corpus(plan))));
    // Words are looked up for all tasks at once, not in the text of each.
    let no_text = Haystack::default();
    // By score, descending. There are few different ones.
    let mut found: Vec<(u32, Vec<Arc<Row>>)> = Vec::new();
    for row in ordered.iter() {
        let score = words.as_ref().map_or(Some(0), |w| w.score(row.position));
        let Some(score) = score else { continue };
        let candidate = Candidate {
            task: &plan.tasks()[row.position],
            role: row.binding.as_ref().map(|b| b.role),
            basis: row.binding.as_ref().map(|b| &b.basis),
            updated: row.standing.updated.map(|at| at.day()),
            standing: &row.standing,
            haystack: &no_text,
        };
        if query.holds(plan, candidate, asof) {
            let at = match found.binary_search_by(|(known, _)| score.cmp(known)) {
                Ok(at) => at,
                Err(at) => {
                    found.insert(at, (score, Vec::new()));
                    at
                }
            };
            found[at].1.push(row.clone());
        }
    }
    let mut rows = Vec::new();
    for (_, scored) in found {
        rows.extend(scored);
    }
    Arc::new(rows)
}

/// The rows of one bucket.
pub fn in_bucket(rows: &Rows, bucket: Bucket) -> Rows {
    let of_bucket = rows.iter().filter(|row| row.standing.bucket == bucket);
    Arc::new(of_bucket.cloned().collect())
}
