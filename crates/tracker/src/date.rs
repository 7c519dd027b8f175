//! Days, periods and deadlines, as Vietnamese directives write them.
//!
//! A directive rarely names a day. "Tháng 3/2023" is a month, "Quý II/2025" a
//! quarter: such a task is due on the last day of its [`Period`]. A [`Deadline`]
//! says whether that period is an end, a start, or absent. Nothing here reads
//! the clock; the as-of day is always an argument.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::text::Lang;

/// A stretch of the calendar: a day, a month, a quarter or a year.
///
/// Written `2025-07-01`, `2023-02`, `2025-Q2` or `2025`. Ordered in time: by the
/// last day, and of two that end together the longer one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// One day.
    Day(NaiveDate),
    /// A month; the date is its first day.
    Month(NaiveDate),
    /// A quarter; the date is its first day.
    Quarter(NaiveDate),
    /// A year; the date is its first day.
    Year(NaiveDate),
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |p: &Period| (p.last_day(), p.first_day());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Why a text is not a [`Period`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodError {
    /// The text that was read.
    pub text: String,
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a period: expected yyyy, yyyy-Qn, yyyy-mm or yyyy-mm-dd",
            self.text
        )
    }
}

impl std::error::Error for PeriodError {}

impl Period {
    /// The first day of the period.
    pub fn first_day(self) -> NaiveDate {
        match self {
            Period::Day(d) | Period::Month(d) | Period::Quarter(d) | Period::Year(d) => d,
        }
    }

    /// The last day of the period: what "due" means for a task with this deadline.
    pub fn last_day(self) -> NaiveDate {
        let months = match self {
            Period::Day(d) => return d,
            Period::Month(_) => 1,
            Period::Quarter(_) => 3,
            Period::Year(_) => 12,
        };
        self.first_day()
            .checked_add_months(Months::new(months))
            .and_then(|next| next.checked_sub_days(Days::new(1)))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The period in words: "Tháng 3/2023", "Quý II/2025", "Năm 2025", "01/07/2025".
    ///
    /// Month 2 keeps the zero that official texts print ("Tháng 02/2023"), the
    /// months from 3 do not.
    pub fn label(self, lang: Lang) -> String {
        let (y, m) = (self.first_day().year(), self.first_day().month());
        match (self, lang) {
            (Period::Day(d), _) => format_date(d),
            (Period::Month(_), Lang::Vi) if m <= 2 => format!("Tháng {m:02}/{y}"),
            (Period::Month(_), Lang::Vi) => format!("Tháng {m}/{y}"),
            (Period::Month(_), Lang::En) => format!("{} {y}", MONTHS_EN[m as usize - 1]),
            (Period::Quarter(_), Lang::Vi) => {
                format!("Quý {}/{y}", ROMAN_QUARTERS[(m as usize - 1) / 3])
            }
            (Period::Quarter(_), Lang::En) => format!("Q{} {y}", (m - 1) / 3 + 1),
            (Period::Year(_), Lang::Vi) => format!("Năm {y}"),
            (Period::Year(_), Lang::En) => format!("{y}"),
        }
    }
}

const ROMAN_QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(s: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError { text: s.to_owned() };
        let first = |y: i32, m: u32| NaiveDate::from_ymd_opt(y, m, 1);
        let parts: Vec<&str> = s.split('-').collect();
        let year = parts
            .first()
            .and_then(|y| digits(y, 4))
            .and_then(|y| i32::try_from(y).ok())
            .ok_or_else(error)?;
        match parts.as_slice() {
            [_] => first(year, 1).map(Period::Year),
            [_, q] if q.starts_with('Q') => match digits(&q[1..], 1) {
                Some(n @ 1..=4) => first(year, n * 3 - 2).map(Period::Quarter),
                _ => None,
            },
            [_, m] => digits(m, 2).and_then(|m| first(year, m)).map(Period::Month),
            [_, m, d] => digits(m, 2)
                .zip(digits(d, 2))
                .and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m, d))
                .map(Period::Day),
            _ => None,
        }
        .ok_or_else(error)
    }
}

fn digits(s: &str, len: usize) -> Option<u32> {
    (s.len() == len && s.bytes().all(|b| b.is_ascii_digit()))
        .then(|| s.parse().ok())
        .flatten()
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.first_day();
        match self {
            Period::Day(_) => write!(f, "{d}"),
            Period::Month(_) => write!(f, "{:04}-{:02}", d.year(), d.month()),
            Period::Quarter(_) => write!(f, "{:04}-Q{}", d.year(), d.month0() / 3 + 1),
            Period::Year(_) => write!(f, "{:04}", d.year()),
        }
    }
}

/// What kind of time limit a task has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeadlineKind {
    /// To be completed within the period; due on its last day.
    By,
    /// To be done from the period on; never overdue.
    From,
    /// Done regularly ("thực hiện thường xuyên"); never overdue.
    Ongoing,
    /// As another document schedules it; no date of its own.
    PerDocument,
    /// The document states no time limit.
    None,
}

impl DeadlineKind {
    /// Every kind, in the order that lists show them.
    pub const ALL: [DeadlineKind; 5] = [
        DeadlineKind::By,
        DeadlineKind::From,
        DeadlineKind::Ongoing,
        DeadlineKind::PerDocument,
        DeadlineKind::None,
    ];

    /// The stable key of the kind in addresses and queries.
    pub fn key(self) -> &'static str {
        match self {
            DeadlineKind::By => "by",
            DeadlineKind::From => "from",
            DeadlineKind::Ongoing => "ongoing",
            DeadlineKind::PerDocument => "per-document",
            DeadlineKind::None => "none",
        }
    }
}

/// The time limit of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How the period limits the task.
    pub kind: DeadlineKind,
    /// The period; present exactly for [`DeadlineKind::By`] and [`DeadlineKind::From`].
    pub period: Option<Period>,
}

impl Deadline {
    /// The day the task is due, where it has one.
    pub fn due(self) -> Option<NaiveDate> {
        match self.kind {
            DeadlineKind::By => self.period.map(Period::last_day),
            _ => None,
        }
    }

    /// The day from which the task is to be done, where the document names one.
    pub fn start(self) -> Option<NaiveDate> {
        match self.kind {
            DeadlineKind::From => self.period.map(Period::first_day),
            _ => None,
        }
    }
}

/// Reads a day as files and addresses write it: exactly `yyyy-mm-dd`.
///
/// Small on purpose: chrono's own reader understands every format there is, and
/// each of its bytes is loaded with the page.
pub fn parse_iso(text: &str) -> Option<NaiveDate> {
    match text.parse() {
        Ok(Period::Day(day)) => Some(day),
        _ => None,
    }
}

/// A day as the page shows it in both languages: `dd/MM/yyyy`.
pub fn format_date(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// Reads a day as people type it: `d/m/yyyy`, `dd-mm-yyyy`, `dd.mm.yyyy` or `yyyy-mm-dd`.
///
/// The day always comes before the month unless the year comes first; two-digit
/// years are refused rather than guessed.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let number = |s: &str| {
        (!s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<u32>().ok())
            .flatten()
    };
    let &[a, b, c] = parts.as_slice() else {
        return None;
    };
    let (y, m, d) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if y.len() != 4 || m.len() > 2 || d.len() > 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(y)?).ok()?, number(m)?, number(d)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn a_period_is_due_on_its_last_day() {
        for (period, last) in [
            ("2023-02", "2023-02-28"),
            ("2024-02", "2024-02-29"),
            ("2023-12", "2023-12-31"),
            ("2025-Q2", "2025-06-30"),
            ("2025-Q4", "2025-12-31"),
            ("2025", "2025-12-31"),
            ("2025-07-01", "2025-07-01"),
        ] {
            let parsed: Period = period.parse().unwrap();
            assert_eq!(parsed.last_day(), day(last), "{period}");
            assert_eq!(parsed.to_string(), period);
        }
    }

    #[test]
    fn periods_come_in_the_order_of_time() {
        let ascending = [
            "2022-06",
            "2022-12-30",
            "2022",
            "2022-Q4",
            "2022-12",
            "2022-12-31",
            "2023-01",
            "2023-07-12",
            "2023",
        ];
        let periods: Vec<Period> = ascending.iter().map(|p| p.parse().unwrap()).collect();
        assert!(periods.is_sorted_by(|a, b| a < b), "{periods:?}");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "23",
            "2023-13",
            "2023-2",
            "2025-Q5",
            "2025-q2",
            "2025-Q",
            "2023-02-30",
            "2023-02-1",
            "2023/02",
            "tháng 2",
            "2025-Q٣",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_read_as_official_texts_print_them() {
        for (period, vi, en) in [
            ("2023-02", "Tháng 02/2023", "February 2023"),
            ("2023-03", "Tháng 3/2023", "March 2023"),
            ("2023-12", "Tháng 12/2023", "December 2023"),
            ("2025-Q3", "Quý III/2025", "Q3 2025"),
            ("2025", "Năm 2025", "2025"),
            ("2025-07-01", "01/07/2025", "01/07/2025"),
        ] {
            let period: Period = period.parse().unwrap();
            assert_eq!(period.label(Lang::Vi), vi);
            assert_eq!(period.label(Lang::En), en);
        }
    }

    #[test]
    fn only_a_by_deadline_falls_due() {
        let period = Some("2023-05".parse().unwrap());
        let by = Deadline {
            kind: DeadlineKind::By,
            period,
        };
        let from = Deadline {
            kind: DeadlineKind::From,
            period,
        };
        assert_eq!((by.due(), by.start()), (Some(day("2023-05-31")), None));
        assert_eq!((from.due(), from.start()), (None, Some(day("2023-05-01"))));
    }

    #[test]
    fn typed_dates_put_the_day_first() {
        for text in [
            "5/4/2025",
            "05/04/2025",
            "5-4-2025",
            "05.04.2025",
            "2025-04-05",
            " 05/04/2025 ",
        ] {
            assert_eq!(parse_date(text), Some(day("2025-04-05")), "{text}");
        }
        for text in [
            "",
            "5/4",
            "5/4/25",
            "13/13/2025",
            "31/02/2025",
            "x/4/2025",
            "5/4/2025/1",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(format_date(day("2025-04-05")), "05/04/2025");
    }
}
