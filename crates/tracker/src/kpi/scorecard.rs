//! The scorecard of agencies: their figures, ranked. [`changes`](super::changes) compares two
//! days, [`heat`](super::heat) many.
//!
//! An agency is judged by its own reports, as in its own list, and counts what it has in hand in
//! the role asked for, on whatever ground. Collectives are no agencies, and those that do not
//! exist on the day are not judged any more, or not yet.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::figures::{Figure, Figures, query, ratio};
use super::track::{Point, Tracks, Whose};
use crate::binding::Role;
use crate::holdings::Holding;
use crate::plan::{Agency, Plan};
use crate::sorting::positions;

/// Out of fewer tasks than this nothing is ranked among the others: one task more or less would
/// move an agency from the end to the top.
pub const FEW: usize = 3;

/// Which of the agencies' tasks are counted.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// In this role; `None` for either.
    pub role: Option<Role>,
    /// Of these tasks, by position, ascending.
    pub tasks: &'a [usize],
}

impl Choice<'_> {
    pub(super) fn takes(self, plan: &Plan, holding: &Holding) -> bool {
        self.role.is_none_or(|role| role == holding.role)
            && (self.tasks.len() == plan.tasks().len()
                || self.tasks.binary_search(&holding.task).is_ok())
    }
}

/// Whether an agency is judged on `day`.
pub(super) fn is_judged(agency: &Agency, day: NaiveDate) -> bool {
    !agency.is_collective() && agency.exists_on(day)
}

/// The holdings of each agency.
pub(super) fn by_agency(holdings: &[Holding]) -> impl Iterator<Item = (usize, &[Holding])> {
    let runs = holdings.chunk_by(|a, b| a.agency == b.agency);
    runs.filter_map(|run| Some((run.first()?.agency, run)))
}

/// An agency's line of the scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The agency's position in [`Plan::agencies`].
    pub agency: usize,
    /// Its figures.
    pub figures: Figures,
    /// Of how many of its tasks there is any report.
    pub reported: usize,
    /// How many days its tasks were completed late or are overdue, in all.
    pub days_late: i64,
}

impl Line {
    pub(super) fn new(agency: usize) -> Line {
        Line {
            agency,
            figures: Figures::default(),
            reported: 0,
            days_late: 0,
        }
    }

    pub(super) fn add(&mut self, point: Point, day: NaiveDate) {
        self.figures.add(point, day);
        self.reported += usize::from(point.updated.is_some());
        self.days_late += point.days_late(day);
    }

    /// The value of a measure; `None`, "not applicable", out of nothing.
    pub fn value(&self, measure: Measure) -> Option<f64> {
        let figures = &self.figures;
        match measure {
            Measure::CompletionRate => figures.completion_rate(),
            Measure::OnTimeShare => figures.on_time_share(),
            Measure::Overdue => (figures.judged() > 0).then(|| figures.get(Figure::Overdue) as f64),
            Measure::DaysLate => {
                let late = figures.get(Figure::Late) + figures.get(Figure::Overdue);
                let mean = self.days_late as f64 / late.max(1) as f64;
                (figures.judged() > 0).then_some(mean)
            }
            Measure::Reported => ratio(self.reported, figures.get(Figure::Assigned)),
        }
    }
}

/// What agencies are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// [`Figures::completion_rate`]; the highest first.
    CompletionRate,
    /// [`Figures::on_time_share`]; the highest first.
    OnTimeShare,
    /// How many tasks are overdue; the fewest first.
    Overdue,
    /// How many days a task that was completed late or is overdue is late, on average; 0 where
    /// there is none of these. The fewest first.
    DaysLate,
    /// The share of tasks with any report, in 0–1; the highest first.
    Reported,
}

impl Measure {
    /// Every measure, in the order of menus.
    pub const ALL: [Measure; 5] = [
        Measure::CompletionRate,
        Measure::OnTimeShare,
        Measure::Overdue,
        Measure::DaysLate,
        Measure::Reported,
    ];

    /// The stable key of the measure in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Measure::CompletionRate => "completion-rate",
            Measure::OnTimeShare => "on-time-share",
            Measure::Overdue => "overdue",
            Measure::DaysLate => "days-late",
            Measure::Reported => "reported",
        }
    }

    /// Out of how many tasks the value is told.
    pub fn out_of(self, figures: &Figures) -> usize {
        match self {
            Measure::CompletionRate | Measure::Overdue | Measure::DaysLate => figures.judged(),
            Measure::OnTimeShare => figures.completed_dated(),
            Measure::Reported => figures.get(Figure::Assigned),
        }
    }

    /// The filter that exactly these tasks pass: those the value is told of. Of the overdue it is
    /// those alone, and of days late whatever is late.
    pub fn filter(self) -> &'static str {
        match self {
            Measure::CompletionRate => "bucket:on-time,late,overdue",
            Measure::OnTimeShare => "bucket:on-time,late",
            Measure::Overdue => "bucket:overdue",
            Measure::DaysLate => "bucket:late,overdue",
            Measure::Reported => "has:update",
        }
    }

    /// Whether more is better.
    pub fn is_higher_better(self) -> bool {
        !matches!(self, Measure::Overdue | Measure::DaysLate)
    }
}

/// The lines of all agencies that have any of the tasks in hand on `day`, in the order of the
/// plan. `holdings` are those of the day.
pub fn lines(
    plan: &Plan,
    tracks: &Tracks,
    holdings: &[Holding],
    choice: Choice<'_>,
    day: NaiveDate,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (agency, holdings) in by_agency(holdings) {
        if !is_judged(&plan.agencies()[agency], day) {
            continue;
        }
        let mut line = Line::new(agency);
        for holding in holdings.iter().filter(|h| choice.takes(plan, h)) {
            let whose = Whose::Agency(agency);
            line.add(tracks.point(holding.task, whose, day), day);
        }
        if line.figures.get(Figure::Assigned) > 0 {
            lines.push(line);
        }
    }
    lines
}

/// The unit and the query that list exactly the tasks that an agency's line counts as `figure`;
/// `filter` is that of the tasks that were chosen, empty for all.
pub fn line_query<'a>(
    agency: &'a Agency,
    role: Option<Role>,
    filter: &str,
    figure: Figure,
    day: NaiveDate,
) -> (&'a str, String) {
    (
        &agency.id,
        query(&[role_filter(role), filter, &figure.filter(day)]),
    )
}

fn role_filter(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Lead) => "role:lead",
        Some(Role::Coordinator) => "role:coord",
        None => "",
    }
}

/// An agency's place in the ranking. They come in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Its rank, from 1; those that are equal share one, and the next counts on (1, 2, 2, 4).
    Ranked(usize),
    /// Out of fewer than [`FEW`] tasks: its rank among those of whom that is true.
    Few(usize),
    /// There is nothing to judge it by.
    NotApplicable,
    /// It has not reported on any task, so whatever is not late yet says nothing good of it.
    NotReported,
}

/// The lines in the order of their places, as positions in `lines`; the best first, equal ones as
/// they were.
pub fn ranking(lines: &[Line], measure: Measure) -> Vec<(usize, Place)> {
    let class = |line: &Line| match line.value(measure) {
        _ if line.reported == 0 => Place::NotReported,
        None => Place::NotApplicable,
        Some(_) if measure.out_of(&line.figures) < FEW => Place::Few(0),
        Some(_) => Place::Ranked(0),
    };
    let keys: Vec<(Place, f64)> = lines
        .iter()
        .map(|line| {
            let value = line.value(measure).unwrap_or(0.0);
            let sign = if measure.is_higher_better() {
                -1.0
            } else {
                1.0
            };
            // Zero has one sign only: what is equal must be equal.
            (class(line), value * sign + 0.0)
        })
        .collect();
    let better = |a: usize, b: usize| -> Ordering {
        let classes = keys[a].0.cmp(&keys[b].0);
        classes.then(keys[a].1.total_cmp(&keys[b].1))
    };
    let mut ranking: Vec<(usize, Place)> = Vec::with_capacity(lines.len());
    let (mut of_class, mut rank) = (0, 0);
    for at in positions(lines.len(), &mut |a, b| better(a, b)) {
        let before = ranking.last().map(|(before, _)| *before);
        if before.is_none_or(|before| keys[before].0 != keys[at].0) {
            (of_class, rank) = (1, 1);
        } else {
            of_class += 1;
            if before.is_none_or(|before| better(before, at) != Ordering::Equal) {
                rank = of_class;
            }
        }
        let place = match keys[at].0 {
            Place::Ranked(_) => Place::Ranked(rank),
            Place::Few(_) => Place::Few(rank),
            place => place,
        };
        ranking.push((at, place));
    }
    ranking
}
