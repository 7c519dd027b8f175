//! The official buckets, and counting by them.

use chrono::NaiveDate;

use crate::ledger::Status;

/// Where a task stands on a day, in the words of official monitoring reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bucket {
    /// Chưa thực hiện, quá hạn.
    NotStartedOverdue,
    /// Đang thực hiện, quá hạn.
    InProgressOverdue,
    /// Chưa thực hiện, trong hạn.
    NotStartedInTime,
    /// Đang thực hiện, trong hạn.
    InProgressInTime,
    /// Thường xuyên, không thời hạn: not completed and without a due date.
    Ongoing,
    /// Hoàn thành đúng hạn.
    CompletedOnTime,
    /// Hoàn thành quá hạn.
    CompletedLate,
    /// Hoàn thành, không có thời hạn.
    CompletedNoDeadline,
}

impl Bucket {
    /// Every bucket, in the order of the board's columns: what needs somebody first.
    pub const ALL: [Bucket; 8] = [
        Bucket::NotStartedOverdue,
        Bucket::InProgressOverdue,
        Bucket::NotStartedInTime,
        Bucket::InProgressInTime,
        Bucket::Ongoing,
        Bucket::CompletedOnTime,
        Bucket::CompletedLate,
        Bucket::CompletedNoDeadline,
    ];

    /// The stable key of the bucket in addresses and queries.
    pub fn key(self) -> &'static str {
        match self {
            Bucket::NotStartedOverdue => "not-started-overdue",
            Bucket::InProgressOverdue => "in-progress-overdue",
            Bucket::NotStartedInTime => "not-started",
            Bucket::InProgressInTime => "in-progress",
            Bucket::Ongoing => "ongoing",
            Bucket::CompletedOnTime => "on-time",
            Bucket::CompletedLate => "late",
            Bucket::CompletedNoDeadline => "done-undated",
        }
    }

    /// Whether the due date has passed without completion.
    pub fn is_overdue(self) -> bool {
        matches!(self, Bucket::NotStartedOverdue | Bucket::InProgressOverdue)
    }

    /// Whether the task is completed.
    pub fn is_completed(self) -> bool {
        matches!(
            self,
            Bucket::CompletedOnTime | Bucket::CompletedLate | Bucket::CompletedNoDeadline
        )
    }

    /// The bucket of a task with this state on the day `asof`.
    pub fn of(status: Status, due: Option<NaiveDate>, asof: NaiveDate) -> Bucket {
        match (as_of(status, asof), due) {
            (Status::Done { date }, Some(due)) if date > due => Bucket::CompletedLate,
            (Status::Done { .. }, Some(_)) => Bucket::CompletedOnTime,
            (Status::Done { .. }, None) => Bucket::CompletedNoDeadline,
            (_, None) => Bucket::Ongoing,
            (Status::InProgress, Some(due)) if asof > due => Bucket::InProgressOverdue,
            (Status::InProgress, Some(_)) => Bucket::InProgressInTime,
            (Status::NotStarted, Some(due)) if asof > due => Bucket::NotStartedOverdue,
            (Status::NotStarted, Some(_)) => Bucket::NotStartedInTime,
        }
    }
}

/// The status as it was on `asof`: done counts from its completion date.
fn as_of(status: Status, asof: NaiveDate) -> Status {
    match status {
        Status::Done { date } if date > asof => Status::InProgress,
        status => status,
    }
}

/// How far a task is, whatever its dates make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Chưa thực hiện.
    NotStarted,
    /// Đang thực hiện.
    InProgress,
    /// Hoàn thành.
    Done,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 3] = [Stage::NotStarted, Stage::InProgress, Stage::Done];
}

/// Counts a list of tasks by bucket, and the official completion rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: [usize; Bucket::ALL.len()],
}

impl Tally {
    /// Counts one task.
    pub fn add(&mut self, bucket: Bucket) {
        self.counts[bucket as usize] += 1;
    }

    /// How many tasks are in `bucket`.
    pub fn count(&self, bucket: Bucket) -> usize {
        self.counts[bucket as usize]
    }

    /// How many tasks were counted.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many are overdue.
    pub fn overdue(&self) -> usize {
        self.sum(Bucket::is_overdue)
    }

    /// How many with a due date are completed, on time or late.
    pub fn completed_dated(&self) -> usize {
        self.count(Bucket::CompletedOnTime) + self.count(Bucket::CompletedLate)
    }

    /// How many are completed, with or without a due date.
    pub fn completed(&self) -> usize {
        self.sum(Bucket::is_completed)
    }

    /// Completed ÷ (completed + overdue), in 0–1; `None` while nothing has fallen due.
    ///
    /// Ongoing and undated tasks stay out of it, as in official reports.
    pub fn completion_rate(&self) -> Option<f64> {
        let completed = self.completed_dated();
        let fallen_due = completed + self.overdue();
        (fallen_due > 0).then(|| completed as f64 / fallen_due as f64)
    }

    fn sum(&self, wanted: impl Fn(Bucket) -> bool) -> usize {
        Bucket::ALL
            .iter()
            .filter(|b| wanted(**b))
            .map(|b| self.count(*b))
            .sum()
    }
}

impl FromIterator<Bucket> for Tally {
    fn from_iter<I: IntoIterator<Item = Bucket>>(buckets: I) -> Self {
        let mut tally = Tally::default();
        for bucket in buckets {
            tally.add(bucket);
        }
        tally
    }
}
