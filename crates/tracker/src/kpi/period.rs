//! The period that a report is about.
//!
//! Not a [`Period`] of `date`: that one is what documents write as a deadline, and the plan pack
//! accepts whatever it reads. Reports also know half-years and spans of days, which no deadline
//! may be; and no report is about "a day", which is the as-of day. What both know is read and
//! named by [`Period`] alone.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::date::{Period, format_date, parse_iso};
use crate::text::Lang;

/// How long a reporting period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// The first or the last six months of a year.
    Half,
    /// A year.
    Year,
    /// Any days on end, from one to another.
    Range,
}

impl Kind {
    /// Every kind, in the order of menus.
    pub const ALL: [Kind; 5] = [
        Kind::Month,
        Kind::Quarter,
        Kind::Half,
        Kind::Year,
        Kind::Range,
    ];

    /// The stable key of the kind, for choices.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Month => "month",
            Kind::Quarter => "quarter",
            Kind::Half => "half",
            Kind::Year => "year",
            Kind::Range => "range",
        }
    }

    /// How many months it has; `None` for days on end.
    fn months(self) -> Option<u32> {
        match self {
            Kind::Month => Some(1),
            Kind::Quarter => Some(3),
            Kind::Half => Some(6),
            Kind::Year => Some(12),
            Kind::Range => None,
        }
    }
}

/// A reporting period: kỳ báo cáo.
///
/// Written `2025-03`, `2025-Q2`, `2025-H1`, `2025` or `2025-01-15..2025-03-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportPeriod {
    kind: Kind,
    first: NaiveDate,
    last: NaiveDate,
}

/// Why a text is not a [`ReportPeriod`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportPeriodError {
    /// Nothing of the kind.
    Unreadable(String),
    /// A span of days that ends before it begins.
    Backwards {
        /// The day it is to begin.
        first: NaiveDate,
        /// The day it is to end.
        last: NaiveDate,
    },
}

impl fmt::Display for ReportPeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReportPeriodError::Unreadable(text) => write!(
                f,
                "`{text}` is not a reporting period: expected yyyy, yyyy-Hn, yyyy-Qn, yyyy-mm or \
                 yyyy-mm-dd..yyyy-mm-dd"
            ),
            ReportPeriodError::Backwards { first, last } => {
                write!(f, "a period cannot begin on {first} and end on {last}")
            }
        }
    }
}

impl std::error::Error for ReportPeriodError {}

impl ReportPeriod {
    /// The period of this kind that `day` falls in; for [`Kind::Range`] the day alone.
    pub fn of(kind: Kind, day: NaiveDate) -> ReportPeriod {
        let Some(months) = kind.months() else {
            return ReportPeriod {
                kind,
                first: day,
                last: day,
            };
        };
        let month = day.month0() / months * months + 1;
        let first = NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        let next = first.checked_add_months(Months::new(months));
        let last = next.and_then(|next| next.pred_opt());
        ReportPeriod {
            kind,
            first,
            last: last.unwrap_or(NaiveDate::MAX),
        }
    }

    /// The days from `first` to `last`.
    ///
    /// # Errors
    /// [`ReportPeriodError::Backwards`] when `last` comes before `first`.
    pub fn range(first: NaiveDate, last: NaiveDate) -> Result<ReportPeriod, ReportPeriodError> {
        if last < first {
            return Err(ReportPeriodError::Backwards { first, last });
        }
        Ok(ReportPeriod {
            kind: Kind::Range,
            first,
            last,
        })
    }

    /// How long it is.
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.last
    }

    /// Whether `day` is one of its days.
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The period of the same kind that ends the day before; of days on end, as many of them.
    /// `None` before the year 0, which no text can name.
    pub fn previous(self) -> Option<ReportPeriod> {
        let last = self.first.pred_opt()?;
        let period = if self.kind == Kind::Range {
            ReportPeriod {
                first: last.checked_sub_days(self.length())?,
                last,
                ..self
            }
        } else {
            ReportPeriod::of(self.kind, last)
        };
        period.is_writable()
    }

    /// The period of the same kind that begins the day after; of days on end, as many of them.
    /// `None` after the year 9999, which no text can name.
    pub fn next(self) -> Option<ReportPeriod> {
        let first = self.last.succ_opt()?;
        let period = if self.kind == Kind::Range {
            ReportPeriod {
                first,
                last: first.checked_add_days(self.length())?,
                ..self
            }
        } else {
            ReportPeriod::of(self.kind, first)
        };
        period.is_writable()
    }

    /// This period and those before it, the latest first, as far back as the one that `first` falls
    /// in; at most 120. Of days on end this one alone.
    pub fn back_to(self, first: NaiveDate) -> Vec<ReportPeriod> {
        let mut all = vec![self];
        let mut earliest = self;
        while self.kind != Kind::Range && earliest.first > first && all.len() < 120 {
            match earliest.previous() {
                Some(previous) => earliest = previous,
                None => break,
            }
            all.push(earliest);
        }
        all
    }

    /// The day that figures of the period are judged by: its last, or `asof` while that lies before.
    pub fn day(self, asof: NaiveDate) -> NaiveDate {
        self.last.min(asof)
    }

    /// How many days the last one lies behind the first.
    fn length(self) -> Days {
        let days = (self.last - self.first).num_days();
        Days::new(days.unsigned_abs())
    }

    fn is_writable(self) -> Option<ReportPeriod> {
        let years = 0..=9999;
        (years.contains(&self.first.year()) && years.contains(&self.last.year())).then_some(self)
    }

    /// The same as documents write it, where they can.
    fn period(self) -> Option<Period> {
        match self.kind {
            Kind::Month => Some(Period::Month(self.first)),
            Kind::Quarter => Some(Period::Quarter(self.first)),
            Kind::Year => Some(Period::Year(self.first)),
            Kind::Half | Kind::Range => None,
        }
    }

    /// The period in words: "Tháng 3/2025", "Quý II/2025", "6 tháng đầu năm 2023",
    /// "Năm 2025", "15/01/2025–20/03/2025".
    pub fn label(self, lang: Lang) -> String {
        if let Some(period) = self.period() {
            return period.label(lang);
        }
        let year = self.first.year();
        match (self.kind, lang, self.is_first_half()) {
            (Kind::Half, Lang::Vi, true) => format!("6 tháng đầu năm {year}"),
            (Kind::Half, Lang::Vi, false) => format!("6 tháng cuối năm {year}"),
            (Kind::Half, Lang::En, true) => format!("First half of {year}"),
            (Kind::Half, Lang::En, false) => format!("Second half of {year}"),
            _ => format!("{}–{}", format_date(self.first), format_date(self.last)),
        }
    }

    fn is_first_half(self) -> bool {
        self.first.month() < 7
    }
}

impl fmt::Display for ReportPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.period() {
            Some(period) => period.fmt(f),
            None if self.kind == Kind::Half => {
                let half = if self.is_first_half() { 1 } else { 2 };
                write!(f, "{:04}-H{half}", self.first.year())
            }
            None => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

impl FromStr for ReportPeriod {
    type Err = ReportPeriodError;

    fn from_str(text: &str) -> Result<Self, ReportPeriodError> {
        if let Some((first, last)) = text.split_once("..")
            && let (Some(first), Some(last)) = (parse_iso(first), parse_iso(last))
        {
            return ReportPeriod::range(first, last);
        }
        let (year, month) = match text.split_once("-H") {
            Some((year, "1")) => (year, 1),
            Some((year, "2")) => (year, 7),
            _ => (text, 0),
        };
        let read = match (year.parse(), month) {
            (Ok(Period::Year(first)), 1 | 7) => first.with_month(month).map(|d| (Kind::Half, d)),
            (Ok(Period::Year(first)), _) => Some((Kind::Year, first)),
            (Ok(Period::Quarter(first)), 0) => Some((Kind::Quarter, first)),
            (Ok(Period::Month(first)), 0) => Some((Kind::Month, first)),
            _ => None,
        };
        match read {
            Some((kind, first)) => Ok(ReportPeriod::of(kind, first)),
            None => Err(ReportPeriodError::Unreadable(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ledger::is_period_key;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> ReportPeriod {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_has_days_and_neighbours() {
        for (text, first, last, previous, next) in [
            ("2025-03", "2025-03-01", "2025-03-31", "2025-02", "2025-04"),
            ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2024-03"),
            ("2025-Q1", "2025-01-01", "2025-03-31", "2024-Q4", "2025-Q2"),
            ("2025-H1", "2025-01-01", "2025-06-30", "2024-H2", "2025-H2"),
            ("2025-H2", "2025-07-01", "2025-12-31", "2025-H1", "2026-H1"),
            ("2025", "2025-01-01", "2025-12-31", "2024", "2026"),
            (
                "2025-01-15..2025-03-20",
                "2025-01-15",
                "2025-03-20",
                "2024-11-11..2025-01-14",
                "2025-03-21..2025-05-24",
            ),
            (
                "2025-03-01..2025-03-01",
                "2025-03-01",
                "2025-03-01",
                "2025-02-28..2025-02-28",
                "2025-03-02..2025-03-02",
            ),
        ] {
            let read = period(text);
            assert_eq!((read.first_day(), read.last_day()), (day(first), day(last)));
            assert_eq!(read.previous(), Some(period(previous)), "{text}");
            assert_eq!(read.next(), Some(period(next)), "{text}");
        }
        assert_eq!(period("9999").next(), None);
        assert_eq!(period("0000-01").previous(), None);
    }

    #[test]
    fn a_period_reads_as_reports_print_it() {
        for (text, vi, en) in [
            ("2025-03", "Tháng 3/2025", "March 2025"),
            ("2025-02", "Tháng 02/2025", "February 2025"),
            ("2025-Q2", "Quý II/2025", "Q2 2025"),
            ("2023-H1", "6 tháng đầu năm 2023", "First half of 2023"),
            ("2023-H2", "6 tháng cuối năm 2023", "Second half of 2023"),
            ("2025", "Năm 2025", "2025"),
            (
                "2025-01-15..2025-03-20",
                "15/01/2025–20/03/2025",
                "15/01/2025–20/03/2025",
            ),
        ] {
            assert_eq!(period(text).label(Lang::Vi), vi);
            assert_eq!(period(text).label(Lang::En), en);
        }
    }

    #[test]
    fn a_period_has_those_before_it() {
        let back = |text: &str, first: &str| -> Vec<String> {
            let all = period(text).back_to(day(first)).into_iter();
            all.map(|period| period.to_string()).collect()
        };
        assert_eq!(
            back("2023-Q2", "2022-10-31"),
            ["2023-Q2", "2023-Q1", "2022-Q4"]
        );
        assert_eq!(back("2023-Q2", "2023-04-01"), ["2023-Q2"]);
        assert_eq!(back("2023-H1", "2022-06-30").len(), 3);
        assert_eq!(back("2023", "2030-01-01"), ["2023"]);
        assert_eq!(back("2023-05", "1800-01-01").len(), 120);
        let range = "2025-01-15..2025-03-20";
        assert_eq!(back(range, "2020-01-01"), [range]);
        assert_eq!(period("2025-Q2").day(day("2025-07-05")), day("2025-06-30"));
        assert_eq!(period("2025-Q2").day(day("2025-05-05")), day("2025-05-05"));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "2025-H",
            "2025-H3",
            "2025-h1",
            "2025-03-H1",
            "2025-H1-H1",
            "2025-07-01",
            "2025-13",
            "..",
            "2025-01-15..",
            "2025-01..2025-03",
            "2025-02-30..2025-03-01",
            "25-H1",
        ] {
            assert!(!is_period_key(text), "{text}");
            let error = ReportPeriodError::Unreadable(text.to_owned());
            assert_eq!(text.parse::<ReportPeriod>(), Err(error), "{text}");
        }
        assert_eq!(
            "2025-03-20..2025-01-15".parse::<ReportPeriod>(),
            Err(ReportPeriodError::Backwards {
                first: day("2025-03-20"),
                last: day("2025-01-15"),
            })
        );
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..60_000).prop_map(|n| day("1950-01-01") + Days::new(n))
    }

    proptest! {
        #[test]
        fn periods_are_read_as_they_are_written(a in any_day(), length in 0u64..900) {
            let range = ReportPeriod::range(a, a + Days::new(length)).unwrap();
            let all = Kind::ALL.into_iter().map(|kind| ReportPeriod::of(kind, a));
            for period in all.chain([range]) {
                prop_assert!(period.contains(a));
                prop_assert_eq!(period.to_string().parse(), Ok(period));
                // What a report is about can be closed.
                prop_assert!(is_period_key(&period.to_string()));
                let next = period.next().unwrap();
                prop_assert_eq!(next.kind(), period.kind());
                prop_assert_eq!(next.previous(), Some(period));
                prop_assert_eq!(period.last_day().succ_opt(), Some(next.first_day()));
                prop_assert!(!period.contains(next.first_day()));
            }
        }
    }
}
