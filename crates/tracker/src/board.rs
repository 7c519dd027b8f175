//! The board: tasks in columns and rows, and which column a task may be moved to.
//!
//! A column or row is a number, whatever it stands for: the place of a bucket,
//! topic, document or agency in its list, or a month counted from year 0. Those
//! who show it know the words. [`OTHER`] stands for what a task does not have.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use crate::ledger::Status;
use crate::plan::{Plan, Task};
use crate::sorting::positions;
use crate::status::{Bucket, Stage, Standing};
use crate::text::{Lang, compare};

/// The number of those without: no lead, no due date. It comes last.
pub const OTHER: usize = usize::MAX;

/// What columns or rows stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The official buckets.
    Bucket,
    /// Not started, in progress, done.
    Status,
    /// Topics of the plan.
    Topic,
    /// Documents that assign.
    Document,
    /// Agencies in charge.
    Lead,
    /// Months of the due dates.
    Month,
}

impl By {
    /// Everything that columns or rows may stand for.
    pub const ALL: [By; 6] = [
        By::Bucket,
        By::Status,
        By::Topic,
        By::Document,
        By::Lead,
        By::Month,
    ];

    /// The stable key in addresses.
    pub fn key(self) -> &'static str {
        match self {
            By::Bucket => "bucket",
            By::Status => "status",
            By::Topic => "topic",
            By::Document => "doc",
            By::Lead => "lead",
            By::Month => "month",
        }
    }

    /// Reads what [`By::key`] writes.
    pub fn from_key(key: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.key() == key)
    }

    /// Whether moving a task to another column means to record its status.
    pub fn is_status(self) -> bool {
        matches!(self, By::Bucket | By::Status)
    }

    /// The numbers that a task stands under; several for a task of several leads, else one.
    pub fn of(self, plan: &Plan, task: &Task, standing: &Standing) -> Vec<usize> {
        let one = match self {
            By::Bucket => standing.bucket as usize,
            By::Status => standing.stage as usize,
            By::Topic => place(&plan.manifest().topics, plan.topic(&task.topic)),
            By::Document => place(plan.documents(), plan.document(&task.document)),
            By::Month => standing.due.map_or(OTHER, month_of),
            By::Lead => {
                let mut leads: Vec<usize> = Vec::with_capacity(task.leads.len().max(1));
                for lead in &task.leads {
                    let number = place(plan.agencies(), plan.agency(lead));
                    if !leads.contains(&number) {
                        leads.push(number);
                    }
                }
                if leads.is_empty() {
                    leads.push(OTHER);
                }
                return leads;
            }
        };
        vec![one]
    }

    /// The numbers that are shown even where no task stands under them.
    fn always(self) -> usize {
        match self {
            By::Bucket => Bucket::ALL.len(),
            By::Status => Stage::ALL.len(),
            _ => 0,
        }
    }

    /// Which of two numbers comes first: agencies by their names, all others as they count.
    fn order(self, plan: &Plan, lang: Lang, a: usize, b: usize) -> Ordering {
        let name = |number: usize| plan.agencies().get(number).map(|x| x.name.get(lang));
        match (self, name(a), name(b)) {
            (By::Lead, Some(first), Some(second)) => compare(first, second).then(a.cmp(&b)),
            _ => a.cmp(&b),
        }
    }
}

/// Where `found` lies in `all`.
fn place<T>(all: &[T], found: Option<&T>) -> usize {
    let at = found.and_then(|found| all.iter().position(|one| std::ptr::eq(one, found)));
    at.unwrap_or(OTHER)
}

/// The number of the month that a day lies in.
fn month_of(day: NaiveDate) -> usize {
    usize::try_from(day.year()).unwrap_or(0) * 12 + day.month0() as usize
}

/// The first day of the month with this number.
pub fn first_of_month(number: usize) -> Option<NaiveDate> {
    let year = i32::try_from(number / 12).ok()?;
    NaiveDate::from_ymd_opt(year, u32::try_from(number % 12).ok()? + 1, 1)
}

/// Tasks in rows of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The columns, in order; the same in every row.
    pub columns: Vec<usize>,
    /// The rows that hold anything, in order; one of [`OTHER`] where there is but one.
    pub lanes: Vec<Lane>,
    /// How many tasks stand in more than one place, for several leads.
    pub repeated: usize,
}

/// One row of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it stands for.
    pub number: usize,
    /// How many tasks it holds, each counted once.
    pub count: usize,
    /// For each column, which of the tasks stand in it, in the order they came in.
    pub cells: Vec<Vec<usize>>,
}

/// Puts tasks into columns, and into rows where `rows` says so.
pub fn grid(
    plan: &Plan,
    columns: By,
    rows: Option<By>,
    lang: Lang,
    tasks: &[(&Task, &Standing)],
) -> Grid {
    let of = |by: By| -> Vec<Vec<usize>> {
        tasks
            .iter()
            .map(|(task, standing)| by.of(plan, task, standing))
            .collect()
    };
    let column_of = of(columns);
    let lane_of = rows.map(of);
    let in_order = |by: By, found: &[Vec<usize>], always: usize| {
        let mut numbers: Vec<usize> = (0..always).collect();
        for number in found.iter().flatten() {
            // Neighbours mostly share a group, and there are few groups.
            if !numbers.contains(number) {
                numbers.push(*number);
            }
        }
        let order = positions(numbers.len(), &mut |a, b| {
            by.order(plan, lang, numbers[a], numbers[b])
        });
        order.into_iter().map(|at| numbers[at]).collect::<Vec<_>>()
    };
    let shown = in_order(columns, &column_of, columns.always());
    let numbers = match (rows, &lane_of) {
        (Some(by), Some(found)) => in_order(by, found, 0),
        _ => vec![OTHER],
    };
    let mut lanes: Vec<Lane> = numbers
        .into_iter()
        .map(|number| Lane {
            number,
            count: 0,
            cells: vec![Vec::new(); shown.len()],
        })
        .collect();
    let mut repeated = 0;
    for (task, into) in column_of.iter().enumerate() {
        let alone = [OTHER];
        let rows: &[usize] = lane_of.as_ref().map_or(&alone, |all| &all[task]);
        repeated += usize::from(into.len() > 1 || rows.len() > 1);
        for lane in lanes.iter_mut().filter(|lane| rows.contains(&lane.number)) {
            lane.count += 1;
            for (cell, number) in lane.cells.iter_mut().zip(&shown) {
                if into.contains(number) {
                    cell.push(task);
                }
            }
        }
    }
    Grid {
        columns: shown,
        lanes,
        repeated,
    }
}

/// Why a task cannot be moved to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The column stands for what the plan says, which no report changes.
    OfPlan,
    /// The column is for tasks on the other side of their due date, which is this.
    OfDate(NaiveDate),
    /// The column is for tasks that have a due date, and this one has none.
    Undated,
    /// The column is for tasks without a due date, and this one has this.
    Dated(NaiveDate),
}

/// What has to be recorded for a task to stand in a column of the board.
///
/// # Errors
///
/// Why no record can bring it there.
pub fn reach(
    by: By,
    number: usize,
    standing: &Standing,
    asof: NaiveDate,
) -> Result<Stage, Refusal> {
    let bucket = match by {
        By::Status => return Stage::ALL.get(number).copied().ok_or(Refusal::OfPlan),
        By::Bucket => *Bucket::ALL.get(number).ok_or(Refusal::OfPlan)?,
        _ => return Err(Refusal::OfPlan),
    };
    let stage = match (bucket, standing.stage) {
        (Bucket::NotStartedOverdue | Bucket::NotStartedInTime, _) => Stage::NotStarted,
        (Bucket::InProgressOverdue | Bucket::InProgressInTime, _) => Stage::InProgress,
        // Without a due date, what is not done is one bucket.
        (Bucket::Ongoing, Stage::Done) => Stage::InProgress,
        (Bucket::Ongoing, stage) => stage,
        _ => Stage::Done,
    };
    let due = standing.due;
    let fits = match (stage, due) {
        (Stage::NotStarted, due) => bucket == Bucket::of(Status::NotStarted, due, asof),
        (Stage::InProgress, due) => bucket == Bucket::of(Status::InProgress, due, asof),
        (Stage::Done, None) => bucket == Bucket::CompletedNoDeadline,
        // The completion date decides; none can be late before the due date has passed.
        (Stage::Done, Some(due)) => {
            bucket == Bucket::CompletedOnTime || bucket == Bucket::CompletedLate && asof > due
        }
    };
    match (fits, due, bucket) {
        (true, ..) => Ok(stage),
        (_, None, _) => Err(Refusal::Undated),
        (_, Some(due), Bucket::Ongoing | Bucket::CompletedNoDeadline) => Err(Refusal::Dated(due)),
        (_, Some(due), _) => Err(Refusal::OfDate(due)),
    }
}
