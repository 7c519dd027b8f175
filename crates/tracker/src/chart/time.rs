//! An axis of days.

use chrono::{Datelike, NaiveDate};

use crate::date::{Period, format_date};
use crate::text::Lang;

/// How wide a letter of a label is drawn at most, in pixels; digits are the usual ones.
const LETTER: f64 = 7.5;

/// How much is kept free between two labels, in pixels.
const BETWEEN: f64 = 14.0;

/// From one tick to the next in months: months, quarters, years, then fewer of them.
const STEPS: [i32; 9] = [1, 3, 12, 24, 60, 120, 240, 600, 1200];

/// A mark on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The first day of the month, quarter or year.
    pub day: NaiveDate,
    /// Where it is, from 0 to 1.
    pub at: f64,
    /// "03/2023", "Quý I/2025" or "2025"; an end of an axis with no month's start on it has its
    /// day.
    pub label: String,
}

/// An axis from one day to another, on which every day is equally long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    from: NaiveDate,
    to: NaiveDate,
}

impl Time {
    /// The axis between two days, in whichever order.
    pub fn new(a: NaiveDate, b: NaiveDate) -> Time {
        Time {
            from: a.min(b),
            to: a.max(b),
        }
    }

    /// The axis that all of these days are on; `None` without any.
    pub fn over(days: impl IntoIterator<Item = NaiveDate>) -> Option<Time> {
        let mut axis: Option<Time> = None;
        for day in days {
            let (from, to) = axis.map_or((day, day), |axis| (axis.from, axis.to));
            axis = Some(Time {
                from: from.min(day),
                to: to.max(day),
            });
        }
        axis
    }

    /// The first day.
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day.
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// Where a day is, from 0 to 1; one that is not on the axis is at its end. On an axis of a
    /// single day everything up to it is at 0.
    pub fn at(&self, day: NaiveDate) -> f64 {
        let length = (self.to - self.from).num_days();
        let gone = (day - self.from).num_days();
        if gone <= 0 {
            return 0.0;
        }
        (gone as f64 / length.max(1) as f64).min(1.0)
    }

    /// The ticks, ascending: months if their labels fit into `width` pixels beside each other,
    /// else quarters, else years, else every second, fifth, tenth year and so on; the days at the
    /// ends where none of these is on the axis.
    pub fn ticks(&self, width: f64, lang: Lang) -> Vec<Tick> {
        let mut ticks = Vec::new();
        for step in STEPS {
            ticks = self.every(step, lang);
            if ticks.is_empty() && step == STEPS[0] {
                return self.ends(width);
            }
            if fit(&ticks, width) {
                break;
            }
        }
        // Too narrow for any two labels.
        if !fit(&ticks, width) {
            ticks.truncate(1);
        }
        // The labels that fit stand at days that are not on the axis, such as a year's first.
        if ticks.is_empty() {
            return self.ends(width);
        }
        ticks
    }

    /// The starts of every so many months that are on the axis.
    fn every(&self, step: i32, lang: Lang) -> Vec<Tick> {
        let month = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
        let mut ticks = Vec::new();
        let mut next = month(self.from).div_euclid(step) * step;
        while next <= month(self.to) {
            let (year, month0) = (next.div_euclid(12), next.rem_euclid(12));
            next += step;
            let first = NaiveDate::from_ymd_opt(year, month0.unsigned_abs() + 1, 1);
            let Some(day) = first.filter(|day| *day >= self.from && *day <= self.to) else {
                continue;
            };
            let label = match step {
                1 => format_date(day).split_off(3),
                3 => Period::Quarter(day).label(lang),
                _ => year.to_string(),
            };
            ticks.push(Tick {
                day,
                at: self.at(day),
                label,
            });
        }
        ticks
    }

    /// The first and the last day, for an axis with nothing else to name.
    fn ends(&self, width: f64) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = [self.from, self.to]
            .map(|day| Tick {
                day,
                at: self.at(day),
                label: format_date(day),
            })
            .into();
        ticks.dedup();
        if !fit(&ticks, width) {
            ticks.truncate(1);
        }
        ticks
    }
}

/// Whether the labels fit beside each other, each in the middle of its tick.
fn fit(ticks: &[Tick], width: f64) -> bool {
    ticks.windows(2).all(|pair| {
        let [a, b] = pair else {
            return true;
        };
        let letters = a.label.chars().count() + b.label.chars().count();
        (b.at - a.at) * width >= letters as f64 * LETTER / 2.0 + BETWEEN
    })
}
