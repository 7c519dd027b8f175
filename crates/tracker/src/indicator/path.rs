//! The straight way to a target.

use chrono::NaiveDate;

use super::series::Point;
use super::verdict::{due, goal};
use crate::plan::{Direction, Indicator, Plan};

/// The straight line from where an indicator started to its target at the target's day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Path {
    /// The day and the value it starts from.
    pub from: (NaiveDate, f64),
    /// The target's day and its value; of a range the end that the start is nearer to.
    pub to: (NaiveDate, f64),
    /// Which way is better.
    direction: Direction,
}

impl Path {
    /// The path of an indicator: from the first figure that measures the target, if it is of an
    /// earlier day than the target's; otherwise from zero on the day of the document that sets the
    /// target, if less is not better. `None` without a dated target or without such a start.
    pub fn of(plan: &Plan, indicator: &Indicator, points: &[Point<'_>]) -> Option<Path> {
        let direction = indicator.direction?;
        let end = due(indicator)?;
        let (low, high) = goal(indicator, None)?;
        let first = points.iter().find(|point| point.measures_target());
        let seen = first.map(|point| (point.day(), point.value));
        let set = || {
            let document = plan.document(indicator.document.as_deref()?)?;
            let day = document.date?.first_day();
            (direction != Direction::AtMost).then_some((day, 0.0))
        };
        let from = seen.filter(|(day, _)| *day < end).or_else(set)?;
        let to = (end, from.1.max(low).min(high));
        (from.0 < end).then_some(Path {
            from,
            to,
            direction,
        })
    }

    /// The value on a day: that of the start before it, the target after its day.
    pub fn at(&self, day: NaiveDate) -> f64 {
        let length = (self.to.0 - self.from.0).num_days() as f64;
        let gone = (day - self.from.0).num_days() as f64;
        let share = (gone / length).clamp(0.0, 1.0);
        if share >= 1.0 {
            return self.to.1;
        }
        self.from.1 + (self.to.1 - self.from.1) * share
    }

    /// How far a figure is ahead of the path on its day, in the indicator's unit; below zero when
    /// it is behind. Where exactly the target or a range is asked for, more than the path counts as
    /// ahead on a path that rises, less on one that falls.
    pub fn lead(&self, day: NaiveDate, value: f64) -> f64 {
        let over = value - self.at(day);
        let falls = match self.direction {
            Direction::AtLeast => false,
            Direction::AtMost => true,
            Direction::Exactly | Direction::Range => self.to.1 < self.from.1,
        };
        if falls { -over } else { over }
    }
}
