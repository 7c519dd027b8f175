//! Burn-up: what fell due against what was completed, month by month, and where that leads.

use chrono::{Days, Months, NaiveDate};

use super::period::{Kind, ReportPeriod};
use super::track::{Tracks, Whose};

/// The mean length of a month in days, for rates: 365,25 ÷ 12.
pub const DAYS_A_MONTH: f64 = 30.4375;

/// How many months the present rate looks back.
pub const PACE_MONTHS: u32 = 3;

/// A month of the burn-up; its numbers are of all months up to it, and of those before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// The month.
    pub period: ReportPeriod,
    /// Tasks that have fallen due, or will have, by its last day.
    pub due: usize,
    /// Those with a due date that were completed by its last day, early ones too; `None` in
    /// months that have not begun on the as-of day.
    pub completed: Option<usize>,
    /// Those without a due date that were completed; `None` likewise.
    pub undated: Option<usize>,
}

impl Month {
    /// The filters of what it counts as due, completed, and completed without a due date; as of
    /// the day that the burn-up is as of.
    pub fn filters(&self) -> [String; 3] {
        let last = self.period.last_day();
        [
            format!("due:<={last}"),
            format!("completed:<={last} has:deadline"),
            format!("completed:<={last} no:deadline"),
        ]
    }
}

/// The months from that of `first` to that of `last`, at most 1200, by what is known on `asof`:
/// due dates as extended by then, completions by their dates. So both lines only rise.
pub fn burnup(
    tracks: &Tracks,
    whose: Whose,
    tasks: &[usize],
    (first, last): (NaiveDate, NaiveDate),
    asof: NaiveDate,
) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    let mut period = ReportPeriod::of(Kind::Month, first);
    while period.first_day() <= last && months.len() < 1200 {
        let begun = (period.first_day() <= asof).then_some(0);
        months.push(Month {
            period,
            due: 0,
            completed: begun,
            undated: begun,
        });
        match period.next() {
            Some(next) => period = next,
            None => break,
        }
    }
    // Each task in the first month that counts it, ...
    let month_of = |months: &[Month], day: NaiveDate| {
        let at = months.partition_point(|month| month.period.last_day() < day);
        (at < months.len()).then_some(at)
    };
    for &task in tasks {
        let point = tracks.point(task, whose, asof);
        if let Some(at) = point.due.and_then(|due| month_of(&months, due)) {
            months[at].due += 1;
        }
        if let Some(at) = point.completed_on.and_then(|on| month_of(&months, on)) {
            let month = &mut months[at];
            let count = if point.due.is_some() {
                &mut month.completed
            } else {
                &mut month.undated
            };
            *count = count.map(|count| count + 1);
        }
    }
    // ... then in all that follow.
    for at in 1..months.len() {
        let before = months[at - 1];
        let month = &mut months[at];
        month.due += before.due;
        month.completed = sum(month.completed, before.completed);
        month.undated = sum(month.undated, before.undated);
    }
    months
}

fn sum(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    a.zip(b).map(|(a, b)| a + b)
}

/// Which tasks are to be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    /// Those with a due date.
    Dated,
    /// All, those that are done regularly too.
    All,
}

/// How fast tasks have been completed of late, how fast they would have to be, and when all
/// would be completed at the present rate: the forecast and what it assumes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// How many are not completed.
    pub remaining: usize,
    /// The first of the days that the present rate is of: three months up to the as-of day.
    pub since: NaiveDate,
    /// How many were completed on these days.
    pub completed: usize,
    /// The present rate: completions a month.
    pub rate: f64,
    /// The day by which all are to be completed.
    pub by: NaiveDate,
    /// The rate that this needs, completions a month; `None` when the day has come and something
    /// remains.
    pub needed: Option<f64>,
    /// The day on which all would be completed, if as many a month were completed as now and no
    /// task were added; the as-of day when nothing remains; `None` when nothing was completed of
    /// late, or beyond the year 9999.
    pub finish: Option<NaiveDate>,
}

impl Outlook {
    /// The filters of what remains and of what was completed of late, as of `asof`.
    pub fn filters(&self, goal: Goal, asof: NaiveDate) -> (String, String) {
        let dated = match goal {
            Goal::Dated => " has:deadline",
            Goal::All => "",
        };
        (
            format!("bucket:open{dated}"),
            format!("completed:{}..{asof}{dated}", self.since),
        )
    }
}

/// Where `tasks` are going as of `asof`, if they are to be completed by the day `by`.
pub fn outlook(
    tracks: &Tracks,
    whose: Whose,
    tasks: &[usize],
    goal: Goal,
    asof: NaiveDate,
    by: NaiveDate,
) -> Outlook {
    let back = asof.checked_sub_months(Months::new(PACE_MONTHS));
    let since = back.and_then(|day| day.succ_opt()).unwrap_or(asof);
    let (mut remaining, mut completed) = (0, 0);
    for &task in tasks {
        let point = tracks.point(task, whose, asof);
        if goal == Goal::Dated && point.due.is_none() {
            continue;
        }
        match point.completed_on {
            None => remaining += 1,
            Some(on) => completed += usize::from(since <= on && on <= asof),
        }
    }
    let rate = completed as f64 / f64::from(PACE_MONTHS);
    let left = remaining as f64;
    let months = (by - asof).num_days() as f64 / DAYS_A_MONTH;
    let needed = match remaining {
        0 => Some(0.0),
        _ => (by > asof).then(|| left / months),
    };
    let finish = match (remaining, completed) {
        (0, _) => Some(asof),
        (_, 0) => None,
        _ => {
            let days = (left / rate * DAYS_A_MONTH).ceil() as u64;
            let finish = asof.checked_add_days(Days::new(days));
            finish
                .filter(|day| NaiveDate::from_ymd_opt(9999, 12, 31).is_some_and(|end| *day <= end))
        }
    };
    Outlook {
        remaining,
        since,
        completed,
        rate,
        by,
        needed,
        finish,
    }
}
