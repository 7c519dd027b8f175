//! The lines of the timeline: headings and tasks in one list; a task's time in words.

use std::sync::Arc;

use tracker::date::format_date;
use tracker::plan::Task;
use tracker::status::{Bucket, Standing};
use tracker::text::compare;
use tracker::timeline::{LaneBy, lanes};

use super::{SCALE, lane_by};
use crate::components::agency::unit_name;
use crate::state::App;
use crate::state::rows::Row;

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

/// The tasks of the view under their headings. Tracks the view.
pub fn lines(app: App) -> Vec<Line> {
    let (by, lang) = (lane_by(app), app.lang());
    let rows = app.visible().get();
    let tasks: Vec<&'static Task> = rows.iter().map(|row| row.task(app.plan)).collect();
    let mut by_name =
        |a: &str, b: &str| compare(&unit_name(app, a, lang), &unit_name(app, b, lang));
    let mut lines = Vec::new();
    for lane in lanes(app.plan, &tasks, by, &mut by_name) {
        let name = match by {
            LaneBy::Lead if lane.id.is_empty() => app.tr().card_no_lead().to_owned(),
            LaneBy::Lead => unit_name(app, lane.id, lang),
            LaneBy::Topic => {
                let topic = app.plan.topic(lane.id);
                topic.map_or(lane.id, |t| t.name.get(lang)).to_owned()
            }
            LaneBy::Document => {
                let document = app.plan.document(lane.id);
                document.map_or(lane.id, |d| &d.number).to_owned()
            }
        };
        let under = || lane.places.iter().map(|place| &rows[*place]);
        let overdue = under().filter(|row| row.standing.bucket.is_overdue());
        lines.push(Line::Lane(name, lane.places.len(), overdue.count()));
        lines.extend(under().map(|row| Line::Task(row.clone())));
    }
    lines
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
        due => tr.task_extended(due.map(format_date).unwrap_or_default()),
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
