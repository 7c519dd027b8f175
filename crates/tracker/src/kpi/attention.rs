//! What needs somebody: the lists beside the figures, each with its rule.

use chrono::{Days, NaiveDate};

use super::track::{Point, Tracks, Whose};
use crate::binding::{Basis, Role};
use crate::bottleneck::{Obstacle, obstacles};
use crate::date::Deadline;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::sorting::positions;
use crate::status::Bucket;

/// How many days ahead "due soon" looks, how many days before its due date a task should have
/// begun, and after how many days a report is old.
pub const NEAR_DAYS: u64 = 30;

/// A list of tasks that need somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attention {
    /// Sent back by a reviewer and not answered yet, completed or not. The nearest due date first;
    /// [`said`](crate::review::said) says what is wanted.
    Returned,
    /// Not completed, not overdue, and due on the day or within the 30 days after it. The
    /// nearest due date first.
    DueSoon,
    /// Nobody has begun, though somebody should have: the task is to be done from a day on that
    /// has passed, or it is due in less than 30 days. What is overdue is not in this list: it
    /// has one of its own. See [`is_late_to_start`]. The nearest due date first, then those that
    /// only have a start, the longest past first.
    LateStart,
    /// Somebody has reported, it is not completed, and the last update is 30 days old or older.
    /// The oldest first.
    Stale,
    /// Not completed, and reported to be blocked. The nearest due date first; [`blocked_by`]
    /// says by what.
    Blocked,
    /// Overdue, the most days first.
    Overdue,
}

impl Attention {
    /// Every list, in the order of the page.
    pub const ALL: [Attention; 6] = [
        Attention::Returned,
        Attention::Overdue,
        Attention::DueSoon,
        Attention::LateStart,
        Attention::Stale,
        Attention::Blocked,
    ];

    /// The filter that exactly its tasks pass, as of `day`.
    pub fn filter(self, day: NaiveDate) -> String {
        match self {
            Attention::Returned => "review:returned".to_owned(),
            Attention::DueSoon => {
                format!("{IN_TIME} due:{day}..{}", day + Days::new(NEAR_DAYS))
            }
            Attention::LateStart => "has:late-start".to_owned(),
            Attention::Stale => {
                format!("bucket:open updated:<={}", day - Days::new(NEAR_DAYS))
            }
            Attention::Blocked => "bucket:open has:blocker".to_owned(),
            Attention::Overdue => "bucket:overdue".to_owned(),
        }
    }

    /// Whether a task at this point of its course is in the list on `day`.
    pub fn takes(self, deadline: Deadline, point: Point, day: NaiveDate) -> bool {
        let open = !point.bucket.is_completed();
        match self {
            Attention::Returned => point.returned,
            Attention::DueSoon => {
                let near = |due| (day..=day + Days::new(NEAR_DAYS)).contains(&due);
                is_in_time(point.bucket) && point.due.is_some_and(near)
            }
            Attention::LateStart => {
                is_late_to_start(deadline, point.bucket, point.started, point.due, day)
            }
            Attention::Stale => {
                let old = |updated| updated <= day - Days::new(NEAR_DAYS);
                open && point.updated.is_some_and(old)
            }
            Attention::Blocked => open && point.blocked,
            Attention::Overdue => point.bucket.is_overdue(),
        }
    }
}

const IN_TIME: &str = "bucket:not-started,in-progress";

fn is_in_time(bucket: Bucket) -> bool {
    matches!(bucket, Bucket::NotStartedInTime | Bucket::InProgressInTime)
}

/// Whether nobody has begun a task on `day` that should have been begun: one that is to be done
/// from a day before, or one that is due in less than [`NEAR_DAYS`] and not overdue.
pub fn is_late_to_start(
    deadline: Deadline,
    bucket: Bucket,
    started: bool,
    due: Option<NaiveDate>,
    day: NaiveDate,
) -> bool {
    let from = deadline.start().is_some_and(|start| start < day);
    let near = due.is_some_and(|due| due < day + Days::new(NEAR_DAYS));
    match bucket {
        Bucket::Ongoing => !started && from,
        Bucket::NotStartedInTime => !started && near,
        _ => false,
    }
}

/// The tasks of a list, in its order.
pub fn list(
    plan: &Plan,
    tracks: &Tracks,
    whose: Whose,
    tasks: &[usize],
    day: NaiveDate,
    wanted: Attention,
) -> Vec<usize> {
    let (mut found, mut keys) = (Vec::new(), Vec::new());
    for &task in tasks {
        let Some(entry) = plan.tasks().get(task) else {
            continue;
        };
        let point = tracks.point(task, whose, day);
        if wanted.takes(entry.deadline, point, day) {
            let first = match wanted {
                Attention::Stale => point.updated,
                _ => point.due,
            };
            keys.push((first.is_none(), first, entry.deadline.start()));
            found.push(task);
        }
    }
    let order = positions(found.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    order.into_iter().map(|at| found[at]).collect()
}

/// What blocks the tasks of [`Attention::Blocked`], the newest report first. `ledger` is the one
/// as of the day ([`Ledger::as_of`]); of an agency's tasks its own reports count, or those of
/// whom it inherited from.
pub fn blocked_by(
    plan: &Plan,
    ledger: &Ledger,
    whose: Whose,
    blocked: &[usize],
    day: NaiveDate,
) -> Vec<Obstacle> {
    let order = positions(blocked.len(), &mut |a, b| blocked[a].cmp(&blocked[b]));
    let mut found = obstacles(ledger);
    found.retain(|obstacle| {
        let Some(at) = plan.task_position(&obstacle.task) else {
            return false;
        };
        if order
            .binary_search_by(|place| blocked[*place].cmp(&at))
            .is_err()
        {
            return false;
        }
        let Whose::Agency(agency) = whose else {
            return true;
        };
        let agency = &plan.agencies()[agency];
        let basis = plan.basis(&plan.tasks()[at], Role::Lead, agency, day);
        let before = matches!(basis, Some(Basis::Inherited { from, .. }) if from == obstacle.unit);
        obstacle.unit == agency.id || before
    });
    found
}
