//! The numbers of the official sentence: "assigned n, completed n, of which on time n, …".
//!
//! A set of tasks is a list of positions in [`Plan::tasks`], ascending, wherever it is from: the
//! whole plan, what one agency has in hand ([`held`]), a [`Group`] of these, a filtered list.

use chrono::NaiveDate;

use super::period::ReportPeriod;
use super::track::{Point, Tracks, Whose};
use crate::binding::Role;
use crate::holdings::{Ground, Holding};
use crate::plan::Plan;
use crate::status::{Bucket, Tally};

/// One number of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Được giao: all of them.
    Assigned,
    /// Đã hoàn thành: on time, late, and without a due date.
    Completed,
    /// Hoàn thành đúng hạn.
    OnTime,
    /// Hoàn thành quá hạn.
    Late,
    /// Hoàn thành, không có thời hạn.
    CompletedUndated,
    /// Chưa hoàn thành, of those with a due date: in time and overdue.
    NotCompleted,
    /// Chưa hoàn thành, trong hạn.
    InTime,
    /// Chưa hoàn thành, quá hạn.
    Overdue,
    /// Thường xuyên, không thời hạn: not completed, and without a due date.
    Ongoing,
    /// Đến hạn: whose due date is the day or lies before it, completed or not.
    FallenDue,
}

impl Figure {
    /// Every figure, in the order of the sentence.
    pub const ALL: [Figure; 10] = [
        Figure::Assigned,
        Figure::Completed,
        Figure::OnTime,
        Figure::Late,
        Figure::CompletedUndated,
        Figure::NotCompleted,
        Figure::InTime,
        Figure::Overdue,
        Figure::Ongoing,
        Figure::FallenDue,
    ];

    /// The stable key of the figure, for choices and exports.
    pub fn key(self) -> &'static str {
        match self {
            Figure::Assigned => "assigned",
            Figure::Completed => "completed",
            Figure::OnTime => "on-time",
            Figure::Late => "late",
            Figure::CompletedUndated => "completed-undated",
            Figure::NotCompleted => "not-completed",
            Figure::InTime => "in-time",
            Figure::Overdue => "overdue",
            Figure::Ongoing => "ongoing",
            Figure::FallenDue => "fallen-due",
        }
    }

    /// The name of the figure in a closing, where names have no hyphens.
    pub fn name(self) -> &'static str {
        match self {
            Figure::OnTime => "on_time",
            Figure::CompletedUndated => "completed_undated",
            Figure::NotCompleted => "not_completed",
            Figure::InTime => "in_time",
            Figure::FallenDue => "fallen_due",
            other => other.key(),
        }
    }

    /// The filter that exactly the tasks it counts pass, as of `day`; empty for all.
    pub fn filter(self, day: NaiveDate) -> String {
        let filter = match self {
            Figure::Assigned => "",
            Figure::Completed => "bucket:done",
            Figure::OnTime => "bucket:on-time",
            Figure::Late => "bucket:late",
            Figure::CompletedUndated => "bucket:done-undated",
            Figure::NotCompleted => "bucket:not-started,in-progress,overdue",
            Figure::InTime => "bucket:not-started,in-progress",
            Figure::Overdue => "bucket:overdue",
            Figure::Ongoing => "bucket:ongoing",
            Figure::FallenDue => return format!("due:<={day}"),
        };
        filter.to_owned()
    }
}

/// The numbers of one set of tasks on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    tally: Tally,
    fallen_due: usize,
}

impl Figures {
    /// How many tasks.
    pub fn get(&self, figure: Figure) -> usize {
        let count = |bucket| self.tally.count(bucket);
        let in_time = count(Bucket::NotStartedInTime) + count(Bucket::InProgressInTime);
        match figure {
            Figure::Assigned => self.tally.total(),
            Figure::Completed => self.tally.completed(),
            Figure::OnTime => count(Bucket::CompletedOnTime),
            Figure::Late => count(Bucket::CompletedLate),
            Figure::CompletedUndated => count(Bucket::CompletedNoDeadline),
            Figure::NotCompleted => in_time + self.tally.overdue(),
            Figure::InTime => in_time,
            Figure::Overdue => self.tally.overdue(),
            Figure::Ongoing => count(Bucket::Ongoing),
            Figure::FallenDue => self.fallen_due,
        }
    }

    /// Counts one task.
    pub fn add(&mut self, point: Point, day: NaiveDate) {
        self.tally.add(point.bucket);
        self.fallen_due += usize::from(point.due.is_some_and(|due| due <= day));
    }

    /// What the completion rate is out of: completed with a due date, or overdue.
    pub fn judged(&self) -> usize {
        self.completed_dated() + self.tally.overdue()
    }

    /// How many with a due date are completed.
    pub fn completed_dated(&self) -> usize {
        self.tally.completed_dated()
    }

    /// Completed ÷ (completed + overdue), of tasks with a due date, in 0–1; `None`, "not
    /// applicable", while there is none of either. See [`Tally::completion_rate`].
    pub fn completion_rate(&self) -> Option<f64> {
        self.tally.completion_rate()
    }

    /// Completed on time ÷ completed, of tasks with a due date, in 0–1; `None` while none is.
    pub fn on_time_share(&self) -> Option<f64> {
        ratio(self.get(Figure::OnTime), self.completed_dated())
    }

    /// Every figure under its name, as a closing keeps them; see
    /// [`close`](crate::closing::close).
    pub fn named(&self) -> Vec<(&'static str, f64)> {
        let named = Figure::ALL.iter();
        named
            .map(|figure| (figure.name(), self.get(*figure) as f64))
            .collect()
    }

    /// How much a figure has grown since `before`; negative where it shrank.
    pub fn since(&self, before: &Figures, figure: Figure) -> i64 {
        let count = |figures: &Figures| i64::try_from(figures.get(figure)).unwrap_or(i64::MAX);
        count(self) - count(before)
    }
}

/// A share of a whole; `None` of nothing.
pub(super) fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The numbers of `tasks` on `day`.
pub fn figures(tracks: &Tracks, whose: Whose, tasks: &[usize], day: NaiveDate) -> Figures {
    let mut figures = Figures::default();
    for &task in tasks {
        figures.add(tracks.point(task, whose, day), day);
    }
    figures
}

/// What fell due within a reporting period, and what was completed in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Whose due date lies in the period.
    pub due: usize,
    /// What was completed in the period, with or without a due date.
    pub completed: usize,
}

impl Flow {
    /// The filters of what is due and of what was completed in `period`.
    pub fn filters(period: ReportPeriod) -> (String, String) {
        let (first, last) = (period.first_day(), period.last_day());
        (
            format!("due:{first}..{last}"),
            format!("completed:{first}..{last}"),
        )
    }
}

/// What fell due and what was completed in `period`, by what is known on `day`.
pub fn flow(
    tracks: &Tracks,
    whose: Whose,
    tasks: &[usize],
    period: ReportPeriod,
    day: NaiveDate,
) -> Flow {
    let mut flow = Flow::default();
    for &task in tasks {
        let point = tracks.point(task, whose, day);
        let within = |day: Option<NaiveDate>| day.is_some_and(|day| period.contains(day));
        flow.due += usize::from(within(point.due));
        flow.completed += usize::from(within(point.completed_on));
    }
    flow
}

/// What tasks are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// The document that assigns them.
    Document,
    /// The topic.
    Topic,
    /// Whoever leads: named, or in the place of who was named. A task of several is in the group
    /// of each, so these groups do not add up.
    Lead,
}

/// A group of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The id of the document, topic or agency.
    pub id: String,
    /// The filter that exactly its tasks pass.
    pub filter: String,
    /// Its tasks; never empty.
    pub tasks: Vec<usize>,
}

/// The groups of `tasks`, in the order of the plan; none that is empty. `holdings` are those of
/// the day ([`Plan::holdings`]); only [`By::Lead`] asks for them.
pub fn groups(plan: &Plan, by: By, tasks: &[usize], holdings: &[Holding]) -> Vec<Group> {
    let ids: Vec<&String> = match by {
        By::Document => plan.documents().iter().map(|d| &d.id).collect(),
        By::Topic => plan.manifest().topics.iter().map(|t| &t.id).collect(),
        By::Lead => plan.agencies().iter().map(|a| &a.id).collect(),
    };
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
    if by == By::Lead {
        for holding in holdings {
            // One of many that a collective binds is not who leads; see `lead:`.
            let leads = holding.role == Role::Lead && holding.ground != Ground::Collective;
            if leads && tasks.binary_search(&holding.task).is_ok() {
                of[holding.agency].push(holding.task);
            }
        }
    } else {
        for &task in tasks {
            let Some(entry) = plan.tasks().get(task) else {
                continue;
            };
            let at = match by {
                By::Document => plan.document_position(&entry.document),
                _ => ids.iter().position(|id| **id == entry.topic),
            };
            if let Some(at) = at {
                of[at].push(task);
            }
        }
    }
    let key = match by {
        By::Document => "doc",
        By::Topic => "topic",
        By::Lead => "lead",
    };
    let mut groups = Vec::new();
    for (id, tasks) in ids.into_iter().zip(of) {
        if !tasks.is_empty() {
            groups.push(Group {
                id: id.clone(),
                filter: format!("{key}:{id}"),
                tasks,
            });
        }
    }
    groups
}

/// The tasks that an agency has in hand, in any role or in one; `holdings` are those of the day.
pub fn held(holdings: &[Holding], agency: usize, role: Option<Role>) -> Vec<usize> {
    let from = holdings.partition_point(|h| h.agency < agency);
    let to = holdings.partition_point(|h| h.agency <= agency);
    let mut held = Vec::new();
    for holding in &holdings[from..to] {
        if role.is_none_or(|role| role == holding.role) {
            held.push(holding.task);
        }
    }
    held
}

/// One line of filters, of parts that may be empty.
pub fn query(parts: &[&str]) -> String {
    let mut query = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !query.is_empty() {
            query.push(' ');
        }
        query.push_str(part);
    }
    query
}
