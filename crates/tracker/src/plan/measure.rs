//! Indicators, their targets and published observations; bottlenecks.

use super::Text;
use crate::date::Period;

/// Which way an indicator should move to meet its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The target or more.
    AtLeast,
    /// The target or less.
    AtMost,
    /// The target itself.
    Exactly,
    /// Between the target and its maximum.
    Range,
}

/// What sort of figure a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// A figure to be reached.
    Target,
    /// A figure that says how far the task reaches, not how well it does.
    Scope,
    /// "All", without a printed number.
    ImpliedAll,
    /// A possibility the document offers, not an obligation.
    Option,
}

/// What a target's period means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetTiming {
    /// To be met by the end of the period.
    By,
    /// To hold from the start of the period.
    From,
    /// To hold at all times.
    Ongoing,
    /// The document gives no date.
    #[default]
    None,
}

/// How strictly a target is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmness {
    /// An obligation.
    Firm,
    /// "Phấn đấu": best effort.
    BestEffort,
    /// Left open by the document.
    Option,
}

/// The value asked for and by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The value in the indicator's unit; absent for "all" without a number.
    pub value: Option<f64>,
    /// The upper end of a range, in the indicator's unit.
    pub max: Option<f64>,
    /// What sort of figure it is.
    pub kind: TargetKind,
    /// By when or from when.
    pub period: Option<Period>,
    /// What the period means.
    pub period_kind: TargetTiming,
    /// How strictly it is put.
    pub firmness: Option<Firmness>,
}

/// Something that is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Stable id, e.g. `KPI-CT05-06`.
    pub id: String,
    /// What is measured, in our words.
    pub name: Text,
    /// Slug of the quantity; indicators of one measure are comparable.
    pub measure: String,
    /// The unit of its values.
    pub unit: Text,
    /// Which way is better; absent for figures that are only counted.
    pub direction: Option<Direction>,
    /// What is asked for; absent for figures that are only observed.
    pub target: Option<Target>,
    /// The document that asks for it.
    pub document: Option<String>,
    /// The tasks it measures.
    pub tasks: Vec<String>,
    /// Doubts and readings.
    pub note: Option<Text>,
}

/// Whether an observation measures its indicator's target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measures {
    /// The same quantity as the target.
    Same,
    /// A near quantity on another base: never compared with the target.
    Related,
    /// There is no target.
    None,
}

/// A dated value with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Stable id, e.g. `OBS-005`.
    pub id: String,
    /// The indicator it belongs to.
    pub indicator: String,
    /// The day or period the source reports it for.
    pub date: Period,
    /// The value in the indicator's unit.
    pub value: f64,
    /// The part, where the source prints a ratio.
    pub numerator: Option<f64>,
    /// The whole, where the source prints a ratio.
    pub denominator: Option<f64>,
    /// The printed qualifier ("trên", "gần", "về cơ bản") in words.
    pub qualifier_text: Option<Text>,
    /// Whether we computed it from printed figures.
    pub derived: bool,
    /// The document or article that prints it.
    pub source: String,
    /// Whether it measures the target.
    pub measures_target: Measures,
    /// The indicator whose target it is near to, without measuring it.
    pub related_to: Option<String>,
    /// Doubts and readings.
    pub note: Option<Text>,
}

/// A named obstacle; tasks answer it, agencies report hitting it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// Stable id, e.g. `BN-1`.
    pub id: String,
    /// The document that names it.
    pub document: String,
    /// Its number in the document.
    pub number: u32,
    /// What it is, in our words.
    pub title: Text,
    /// Tasks that answer it; a judgement of ours.
    pub tasks: Vec<String>,
    /// Tasks that touch it; a judgement of ours.
    pub related_tasks: Vec<String>,
    /// Doubts and readings.
    pub note: Option<Text>,
}
