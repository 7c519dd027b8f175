//! Days as filters name them: `2023-03`, `<=30/06/2023`, `2023-Q1..2023-Q2`.

use chrono::NaiveDate;

use crate::date::{Period, parse_date};

/// A span of days; either end may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day, inclusive.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive.
    pub to: Option<NaiveDate>,
}

impl Days {
    /// Whether `day` is one of them.
    pub fn contain(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day <= t)
    }
}

/// The ways to say a span, as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// `2023-03`: within the period.
    In(Period),
    /// `<2023-03`: before its first day.
    Before(Period),
    /// `<=2023-03`: up to its last day. Also `..2023-03`.
    To(Period),
    /// `>2023-03`: after its last day.
    After(Period),
    /// `>=2023-03`: from its first day on. Also `2023-03..`.
    From(Period),
    /// `2023-03..2023-06`: from the first day of the one to the last day of the other.
    Between(Period, Period),
}

impl Span {
    /// Reads a span; `None` for what is none, or ends before it begins.
    pub fn parse(text: &str) -> Option<Span> {
        if let Some((a, b)) = text.split_once("..") {
            return match (a.is_empty(), b.is_empty()) {
                (true, true) => None,
                (true, false) => Some(Span::To(period(b)?)),
                (false, true) => Some(Span::From(period(a)?)),
                (false, false) => {
                    let (a, b) = (period(a)?, period(b)?);
                    (a.first_day() <= b.last_day()).then_some(Span::Between(a, b))
                }
            };
        }
        let (operator, rest) = operator(text);
        let period = period(rest)?;
        Some(match operator {
            "<=" => Span::To(period),
            ">=" => Span::From(period),
            "<" => Span::Before(period),
            ">" => Span::After(period),
            _ => Span::In(period),
        })
    }

    /// The days it means.
    pub fn days(self) -> Days {
        let (from, to) = match self {
            Span::In(p) => (Some(p.first_day()), Some(p.last_day())),
            Span::Before(p) => (None, p.first_day().pred_opt()),
            Span::To(p) => (None, Some(p.last_day())),
            Span::After(p) => (p.last_day().succ_opt(), None),
            Span::From(p) => (Some(p.first_day()), None),
            Span::Between(a, b) => (Some(a.first_day()), Some(b.last_day())),
        };
        Days { from, to }
    }
}

/// Reads `2023-03`, `2023-03..2023-06`, `..2023-06`, `<2023-07-01`, `<=`, `>`, `>=` or `31/03/2023`.
pub fn days(text: &str) -> Option<Days> {
    Span::parse(text).map(Span::days)
}

/// A comparison in front, and the rest.
pub(super) fn operator(text: &str) -> (&str, &str) {
    let mut length = text.len() - text.trim_start_matches(['<', '>']).len();
    length = length.min(1);
    if length == 1 && text[1..].starts_with('=') {
        length = 2;
    }
    text.split_at(length)
}

/// A period as files write it, or as people do: `31/03/2023`, `3/2023`, `q2/2023`.
fn period(text: &str) -> Option<Period> {
    let text = text.trim().replace('q', "Q");
    if let Ok(period) = text.parse() {
        return Some(period);
    }
    if let Some((part, year)) = text.split_once('/')
        && !year.contains('/')
    {
        let zero = if part.len() == 1 { "0" } else { "" };
        return format!("{year}-{zero}{part}").parse().ok();
    }
    parse_date(&text).map(Period::Day)
}
