//! Two days of the scorecard side by side: what changed for each agency, and why.

use chrono::NaiveDate;

use super::roll::Roll;
use super::scorecard::{Choice, Line, by_agency, is_judged};
use super::track::{Point, Tracks, Whose};
use crate::holdings::Holding;
use crate::plan::Plan;

/// What changed for an agency between two days: tasks by position, ascending. A task may be in
/// several lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The agency's position in [`Plan::agencies`].
    pub agency: usize,
    /// Its line on the first day; `None` where it had none of the tasks in hand.
    pub before: Option<Line>,
    /// Its line on the second day; `None` likewise.
    pub after: Option<Line>,
    /// Whose due date lies behind the first day, up to the second.
    pub newly_due: Vec<usize>,
    /// Completed on the second day, not on the first.
    pub completed: Vec<usize>,
    /// Overdue on the second day, not on the first.
    pub overdue: Vec<usize>,
    /// Whose due date was put off.
    pub extended: Vec<usize>,
    /// Sent back by a reviewer, or not completed any more.
    pub returned: Vec<usize>,
    /// In hand, in the role asked for, on the second day only: agencies changed in between.
    pub gained: Vec<usize>,
    /// In hand on the first day only.
    pub lost: Vec<usize>,
}

/// What changed for each agency that had any of the tasks in hand on the day `first` or on the
/// day `second`, in the order of the plan. `roll` is made for both days.
pub fn changes(
    plan: &Plan,
    tracks: &Tracks,
    roll: &Roll,
    choice: Choice<'_>,
    (first, second): (NaiveDate, NaiveDate),
) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let of = |day: NaiveDate| {
        by_agency(roll.on(day))
            .filter(move |(agency, _)| is_judged(&plan.agencies()[*agency], day))
            .flat_map(|(_, holdings)| holdings)
            .filter(move |h| choice.takes(plan, h))
    };
    let (mut before, mut after) = (of(first).peekable(), of(second).peekable());
    loop {
        let place = |holding: &&Holding| (holding.agency, holding.task);
        let next = match (before.peek().map(place), after.peek().map(place)) {
            (None, None) => return changes,
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b).unwrap_or_default(),
        };
        let was = before.next_if(|h| place(h) == next).is_some();
        let is = after.next_if(|h| place(h) == next).is_some();
        let (agency, task) = next;
        if changes.last().is_none_or(|change| change.agency != agency) {
            changes.push(Change {
                agency,
                ..Change::default()
            });
        }
        let Some(change) = changes.last_mut() else {
            return changes;
        };
        let whose = Whose::Agency(agency);
        let (a, b) = (
            tracks.point(task, whose, first),
            tracks.point(task, whose, second),
        );
        if was {
            let line = change.before.get_or_insert_with(|| Line::new(agency));
            line.add(a, first);
        }
        if is {
            let line = change.after.get_or_insert_with(|| Line::new(agency));
            line.add(b, second);
        }
        match (was, is) {
            (true, true) => change.add(task, (a, first), (b, second)),
            (true, false) => change.lost.push(task),
            _ => change.gained.push(task),
        }
    }
}

impl Change {
    fn add(
        &mut self,
        task: usize,
        (a, first): (Point, NaiveDate),
        (b, second): (Point, NaiveDate),
    ) {
        let (was_done, is_done) = (a.bucket.is_completed(), b.bucket.is_completed());
        let why = [
            (
                &mut self.newly_due,
                b.due.is_some_and(|due| first < due && due <= second),
            ),
            (&mut self.completed, !was_done && is_done),
            (
                &mut self.overdue,
                !a.bucket.is_overdue() && b.bucket.is_overdue(),
            ),
            (&mut self.extended, a.due < b.due),
            (
                &mut self.returned,
                !a.returned && b.returned || was_done && !is_done,
            ),
        ];
        for (tasks, holds) in why {
            if holds {
                tasks.push(task);
            }
        }
    }
}
