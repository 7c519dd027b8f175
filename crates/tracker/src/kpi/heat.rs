//! The heat map: agencies by months.

use chrono::NaiveDate;

use super::figures::ratio;
use super::period::{Kind, ReportPeriod};
use super::roll::Roll;
use super::scorecard::{Choice, by_agency, is_judged};
use super::track::{Tracks, Whose};
use crate::plan::Plan;

/// A square of the heat map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Square {
    /// How many tasks were overdue.
    pub overdue: usize,
    /// How many with a due date were completed.
    pub completed: usize,
}

impl Square {
    /// The completion rate; `None` while nothing has fallen due.
    pub fn rate(self) -> Option<f64> {
        ratio(self.completed, self.completed + self.overdue)
    }
}

/// How dark a square is, of none to [`DARKEST`]: the share of `whole` that it is, in equal steps. Only
/// nothing is 0, so that one overdue task is seen beside hundreds.
pub fn shade(part: f64, whole: f64) -> u8 {
    let steps = f64::from(DARKEST);
    let share = if whole > 0.0 { part / whole } else { 0.0 };
    (share * steps).ceil().clamp(0.0, steps) as u8
}

/// The darkest [`shade`].
pub const DARKEST: u8 = 3;

/// Agencies by months.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeatMap {
    /// The day of each column: the last one of the month, or the as-of day in its own month.
    pub days: Vec<NaiveDate>,
    /// Agencies by position, ascending, with a square a column; `None` where the agency had none
    /// of the tasks in hand.
    pub rows: Vec<(usize, Vec<Option<Square>>)>,
}

impl HeatMap {
    /// The most overdue tasks of any square.
    pub fn most_overdue(&self) -> usize {
        let squares = self.rows.iter().flat_map(|(_, squares)| squares).flatten();
        squares.map(|square| square.overdue).max().unwrap_or(0)
    }
}

/// The days of a heat map: the ends of the months from that of `first` to that of `last`, but
/// none after `asof`; at most 120.
pub fn month_ends(first: NaiveDate, last: NaiveDate, asof: NaiveDate) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    let mut month = ReportPeriod::of(Kind::Month, first);
    while month.first_day() <= last.min(asof) && days.len() < 120 {
        days.push(month.last_day().min(asof));
        match month.next() {
            Some(next) => month = next,
            None => break,
        }
    }
    days
}

/// Where agencies stood on each of `days`, ascending, as was known then. `roll` is made for them.
/// A square's tasks are those of [`line_query`](super::scorecard::line_query) as of its day.
pub fn heat_map(
    plan: &Plan,
    tracks: &Tracks,
    roll: &Roll,
    choice: Choice<'_>,
    days: Vec<NaiveDate>,
) -> HeatMap {
    let mut found: Vec<Option<Vec<Option<Square>>>> = vec![None; plan.agencies().len()];
    let mut first = 0;
    // Of each stretch of days on which nobody's tasks changed hands, task by task: its course is
    // looked up for all of these days at once.
    for stretch in roll.stretches(&days) {
        let columns = first..first + stretch.len();
        first = columns.end;
        let Some(holdings) = stretch.first().map(|day| roll.on(*day)) else {
            continue;
        };
        for (agency, holdings) in by_agency(holdings) {
            // Whether it exists changes with the stretch alone, too.
            let judged = stretch
                .first()
                .is_some_and(|day| is_judged(&plan.agencies()[agency], *day));
            for holding in holdings.iter().filter(|h| judged && choice.takes(plan, h)) {
                let row = found[agency].get_or_insert_with(|| vec![None; days.len()]);
                let whose = Whose::Agency(agency);
                tracks.walk(holding.task, whose, stretch, &mut |at, point| {
                    let square = row[columns.start + at].get_or_insert_default();
                    square.overdue += usize::from(point.bucket.is_overdue());
                    let dated = point.due.is_some() && point.bucket.is_completed();
                    square.completed += usize::from(dated);
                });
            }
        }
    }
    let mut map = HeatMap {
        days,
        rows: Vec::new(),
    };
    for (agency, row) in found.into_iter().enumerate() {
        map.rows.extend(row.map(|row| (agency, row)));
    }
    map
}
