//! Where days and tasks lie on a scale of time.
//!
//! A [`Scale`] is a number of whole years; a place on it is counted in
//! [`PARTS`] of its whole length, so that the same places hold however wide it
//! is drawn. Every month is equally wide. [`bars`] says what is drawn of a
//! task.

use chrono::{Datelike, NaiveDate};

use crate::date::{Deadline, DeadlineKind};
use crate::status::Standing;

/// The length of a scale.
pub const PARTS: u32 = 100_000;

/// Whole years on end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The first year.
    pub first: i32,
    /// The last year, which is on it as well.
    pub last: i32,
}

impl Scale {
    /// From the year of Đề án 06 to the one that its last targets are set for.
    pub const PROJECT: Scale = Scale {
        first: 2022,
        last: 2030,
    };

    /// Whether the day is on the scale.
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day.year())
    }

    /// Where the day begins; an end of the scale for a day that is not on it.
    pub fn start(self, day: NaiveDate) -> u32 {
        self.place(day, day.day0())
    }

    /// Where the day ends.
    pub fn end(self, day: NaiveDate) -> u32 {
        self.place(day, day.day())
    }

    /// The place after so many days of the month that `day` is in.
    fn place(self, day: NaiveDate, days: u32) -> u32 {
        if day.year() > self.last {
            return PARTS;
        }
        let (Ok(year), Ok(years)) = (
            u64::try_from(day.year() - self.first),
            u64::try_from(self.last - self.first + 1),
        ) else {
            return 0;
        };
        let month = year * 12 + u64::from(day.month0());
        let length = u64::from(day.num_days_in_month());
        let part = (month * length + u64::from(days)) * u64::from(PARTS) / (years * 12 * length);
        u32::try_from(part).unwrap_or(PARTS).min(PARTS)
    }
}

/// A place as style sheets understand it: `48.148%`.
pub fn percent(parts: u32) -> String {
    format!("{}.{:03}%", parts / 1000, parts % 1000)
}

/// A stretch of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub from: u32,
    /// Where it ends; never before it begins.
    pub to: u32,
}

impl Span {
    fn new(from: u32, to: u32) -> Span {
        Span {
            from,
            to: to.max(from),
        }
    }
}

/// What is drawn of one task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// The time that the task is given: from its document or its start until it is due. Absent
    /// for a task that no time is stated for.
    pub given: Option<Span>,
    /// Whether that time has no end, so that the bar only ends with the scale.
    pub open: bool,
    /// From the due date to the completion, or to the as-of day while there is none.
    pub late: Option<Span>,
    /// The due date that an extension replaced.
    pub first_due: Option<u32>,
    /// The due date.
    pub due: Option<u32>,
    /// The completion.
    pub done: Option<u32>,
    /// Whether one of these days is not on the scale, and drawn at its end.
    pub outside: bool,
}

/// What is drawn of a task with this deadline, which a document of the day `issued` gave.
pub fn bars(
    scale: Scale,
    issued: Option<NaiveDate>,
    deadline: Deadline,
    standing: &Standing,
    asof: NaiveDate,
) -> Bars {
    let done = standing.completed_on.map(|day| scale.end(day));
    let due = standing.due.map(|day| scale.end(day));
    let mut bars = Bars {
        done,
        due,
        ..Bars::default()
    };
    let shown = [standing.completed_on, standing.due, deadline.start()];
    bars.outside = shown.into_iter().flatten().any(|day| !scale.holds(day));
    match (deadline.kind, due) {
        (DeadlineKind::By, Some(due)) => {
            let from = issued.map_or(due, |day| scale.start(day).min(due));
            bars.given = Some(Span::new(from, due));
            bars.first_due = deadline
                .due()
                .filter(|first| Some(*first) != standing.due)
                .map(|first| scale.end(first));
            bars.late = match (standing.completed_on, done) {
                (Some(day), Some(done)) if Some(day) > standing.due => Some(Span::new(due, done)),
                (None, _) if standing.bucket.is_overdue() => Some(Span::new(due, scale.end(asof))),
                _ => None,
            };
        }
        (DeadlineKind::From | DeadlineKind::Ongoing, _) => {
            let from = deadline.start().or(issued);
            let from = from.map_or(0, |day| scale.start(day));
            bars.given = Some(Span::new(from, done.unwrap_or(PARTS)));
            bars.open = done.is_none();
        }
        _ => {}
    }
    bars
}
