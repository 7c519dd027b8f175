//! The lines of the timeline: headings and tasks in one list; a task's time in words.

use std::sync::Arc;

use tracker::arrange::Grouping;
use tracker::date::format_date;
use tracker::status::{Bucket, Standing};

use super::SCALE;
use crate::pages::tasks::group_name;
use crate::route::Opt;
use crate::state::App;
use crate::state::rows::Row;
use crate::state::table::{self, Table};

/// One line.
#[derive(Clone, PartialEq)]
pub enum Line {
    /// A heading: its name, how many tasks are under it, how many of these are overdue.
    Lane(String, usize, usize),
    /// A task.
    Task(Arc<Row>),
}

impl Line {
    /// What a line is told apart by; it is drawn anew when this changes.
    pub fn key(&self) -> (&str, usize, usize, Option<&Standing>) {
        match self {
            Line::Lane(name, count, overdue) => (name, *count, *overdue, None),
            Line::Task(row) => ("", row.position, 0, Some(&row.standing)),
        }
    }
}

/// The line with this number. Tracks the language.
pub fn line(app: App, table: &Table, number: usize) -> Option<Line> {
    Some(match *table.lines.get(number)? {
        table::Line::Group(group) => {
            let group = table.groups.get(group)?;
            let lanes = app.option(Opt::Lanes);
            let grouping = Grouping::read(&lanes).unwrap_or(Grouping::Document);
            let name = group_name(app, Some(grouping), &group.key);
            Line::Lane(name, group.tally.total(), group.tally.overdue())
        }
        table::Line::Task(row) => Line::Task(table.rows.get(row)?.clone()),
    })
}

/// A task's time and state in words: "hạn 31/03/2023, quá hạn 92 ngày".
pub fn words(app: App, row: &Row) -> String {
    let tr = app.tr();
    let (task, standing) = (row.task(app.plan), &row.standing);
    let mut words = match standing.due {
        None => tr.deadline(task.deadline),
        due if due == task.deadline.due() => {
            tr.timeline_due(due.map(format_date).unwrap_or_default())
        }
        due => tr.facts_extended(due.map(format_date).unwrap_or_default()),
    };
    let mut add = |more: &str| {
        words.push_str(", ");
        words.push_str(more);
    };
    if let Some(on) = standing.completed_on {
        add(&tr.card_completed_on(format_date(on)));
        let after = standing.due.map_or(0, |due| (on - due).num_days());
        match (standing.bucket, usize::try_from(after)) {
            (Bucket::CompletedOnTime, _) => add(tr.timeline_on_time()),
            (Bucket::CompletedLate, Ok(days @ 1..)) => add(&tr.timeline_late(days)),
            _ => {}
        }
    } else {
        if matches!(
            standing.bucket,
            Bucket::InProgressInTime | Bucket::InProgressOverdue
        ) {
            add(tr.timeline_in_progress());
        }
        if let Some(due) = standing.due {
            add(&tr.distance(due, app.asof()));
        }
    }
    let days = [standing.due, standing.completed_on, task.deadline.start()];
    if days.into_iter().flatten().any(|day| !SCALE.holds(day)) {
        add(&tr.timeline_outside(SCALE.first.to_string(), SCALE.last.to_string()));
    }
    words
}
