//! Published and recorded figures of an indicator in one dated row.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::date::Period;
use crate::ledger::{Event, Field, FieldValue, Ledger};
use crate::plan::measure::Measures;
use crate::plan::{COUNTRY, Indicator, Observation, Plan, Text};
use crate::sorting::positions;
use crate::text::fold_marked;

/// Where a figure is from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// The plan pack has it from a published source.
    Published(&'a Observation),
    /// Somebody recorded it here.
    Recorded(&'a Arc<Event>),
}

/// What a printed qualifier says of the true figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// "Trên", "hơn": at least the printed figure.
    Over,
    /// "Gần", "về cơ bản", "dưới": at most the printed figure.
    Under,
    /// "Khoảng" and every other word: either side of it.
    About,
}

impl Leaning {
    /// Reads a qualifier by its Vietnamese or English words; words it does not know are taken
    /// for "about".
    pub fn of(qualifier: &str) -> Leaning {
        let words = fold_marked(qualifier);
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        let starts = |known: &[&str]| known.iter().any(|word| words.starts_with(word));
        if starts(&[
            "trên",
            "hơn",
            "ít nhất",
            "tối thiểu",
            "over",
            "more",
            "at least",
        ]) {
            Leaning::Over
        } else if starts(&[
            "gần",
            "về cơ bản",
            "cơ bản",
            "dưới",
            "tối đa",
            "nearly",
            "almost",
            "basically",
            "under",
            "at most",
        ]) {
            Leaning::Under
        } else {
            Leaning::About
        }
    }
}

/// A dated figure of an indicator.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    /// The day or period it is reported for.
    pub period: Period,
    /// The figure in the indicator's unit.
    pub value: f64,
    /// The part, where a ratio is given.
    pub numerator: Option<f64>,
    /// The whole, where a ratio is given; above zero.
    pub denominator: Option<f64>,
    /// The qualifier in words. What people recorded has the same words in both languages.
    pub qualifier: Option<Text>,
    /// Whether it was computed from printed figures rather than printed.
    pub derived: bool,
    /// A published figure: the id of the document. A recorded one: an address or words.
    pub source: String,
    /// Whether it measures the indicator's target. What people recorded for an indicator with
    /// a target is taken to measure it.
    pub measures: Measures,
    /// Where it is from.
    pub origin: Origin<'a>,
}

impl Point<'_> {
    /// The day the figure holds for: the last one of its period.
    pub fn day(&self) -> NaiveDate {
        self.period.last_day()
    }

    /// Whether it may be compared with the indicator's target.
    pub fn measures_target(&self) -> bool {
        self.measures == Measures::Same
    }

    /// What its qualifier says of the true figure; `None` for a plain figure.
    pub fn leaning(&self) -> Option<Leaning> {
        self.qualifier.as_ref().map(|text| Leaning::of(text.vi()))
    }
}

/// The figures of an indicator, oldest first; of one day the published before the recorded, and
/// what was recorded last at the end.
///
/// What the plan publishes is about the whole country, so it belongs to [`COUNTRY`] together with
/// what was recorded for it. An agency has the figures that were recorded for it, and no others:
/// a country's figure and a province's are not points of one line.
pub fn series<'a>(
    plan: &'a Plan,
    ledger: &'a Ledger,
    indicator: &'a Indicator,
    unit: &str,
) -> Vec<Point<'a>> {
    let mut points = Vec::new();
    if unit == COUNTRY {
        points.extend(plan.observations_of(&indicator.id).map(published));
    }
    let cell = ledger.cell(unit, &indicator.id, Field::Observation.as_str());
    let measures = match indicator.target {
        Some(_) => Measures::Same,
        None => Measures::None,
    };
    for (event, value) in cell.iter().flat_map(|cell| cell.element_values()) {
        let FieldValue::Observation(seen) = value else {
            continue;
        };
        points.push(Point {
            period: Period::Day(seen.date),
            value: seen.value,
            numerator: seen.numerator,
            denominator: seen.denominator,
            qualifier: seen.qualifier.map(Text::alike),
            derived: false,
            source: seen.source,
            measures,
            origin: Origin::Recorded(event),
        });
    }
    let order = positions(points.len(), &mut |a, b| {
        points[a].day().cmp(&points[b].day())
    });
    order.into_iter().map(|at| points[at].clone()).collect()
}

/// A published observation as a point.
pub fn published(seen: &Observation) -> Point<'_> {
    Point {
        period: seen.date,
        value: seen.value,
        numerator: seen.numerator,
        denominator: seen.denominator,
        qualifier: seen.qualifier_text.clone(),
        derived: seen.derived,
        source: seen.source.clone(),
        measures: seen.measures_target,
        origin: Origin::Published(seen),
    }
}

/// The latest figure that holds for a day up to `asof`, of a series in order. A figure holds for
/// the day it is about, however much later it was recorded.
pub fn latest<'p, 'a>(points: &'p [Point<'a>], asof: NaiveDate) -> Option<&'p Point<'a>> {
    points.iter().rev().find(|point| point.day() <= asof)
}
