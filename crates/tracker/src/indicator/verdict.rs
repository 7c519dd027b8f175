//! Whether a target is met, and how much of it.

use chrono::NaiveDate;

use super::series::{Leaning, Point, latest};
use super::show::is_percent;
use crate::plan::measure::{TargetKind, TargetTiming};
use crate::plan::{Direction, Indicator};

/// How an indicator stands against its target as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Met. A target with a day: by a figure of that day or an earlier one.
    Met,
    /// Met, but by a figure of a later day than the target's. That it was met in time and only
    /// reported late cannot be told from the figure.
    MetLate,
    /// The target's day has passed and no figure meets it.
    NotMet,
    /// The target's day is ahead, or it names none, and no figure meets it yet.
    OnTheWay,
    /// There is a target, and no figure up to the day that could be compared with it.
    NoData,
    /// The indicator is only observed.
    NoTarget,
}

impl Verdict {
    /// Every verdict, in the order of display.
    pub const ALL: [Verdict; 6] = [
        Verdict::Met,
        Verdict::MetLate,
        Verdict::NotMet,
        Verdict::OnTheWay,
        Verdict::NoData,
        Verdict::NoTarget,
    ];

    /// Whether the target is met, in time or later.
    pub const fn is_met(self) -> bool {
        matches!(self, Verdict::Met | Verdict::MetLate)
    }

    /// A stable key, for addresses, filters and the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::MetLate => "met-late",
            Verdict::NotMet => "not-met",
            Verdict::OnTheWay => "on-the-way",
            Verdict::NoData => "no-data",
            Verdict::NoTarget => "no-target",
        }
    }
}

/// What [`judge`] finds.
#[derive(Clone, Debug)]
pub struct Judgement<'p, 'a> {
    /// How the indicator stands.
    pub verdict: Verdict,
    /// The latest figure, comparable or not.
    pub latest: Option<&'p Point<'a>>,
    /// The figure that decided the verdict. Not the latest where a target was met in time and the
    /// figure changed since.
    pub decided_by: Option<&'p Point<'a>>,
    /// How much of the target the deciding figure is, as a share; see [`attainment`].
    pub attainment: Option<f64>,
    /// The target's day; see [`due`].
    pub due: Option<NaiveDate>,
    /// Whether the deciding figure is of a later day than the one the target is to be met by. With
    /// [`Verdict::is_met`] this is "met, reported after its day"; without, the figure says how far
    /// things were then.
    pub after_due: bool,
    /// False where the figure's qualifier leaves the verdict open: "about 100%", "basically 100%"
    /// against 100%.
    pub certain: bool,
}

/// The day a target is judged by: the last day of the period it is to be met by, the first of the
/// period it is to hold from. `None` where it is to hold at all times or has no date.
pub fn due(indicator: &Indicator) -> Option<NaiveDate> {
    let target = indicator.target.as_ref()?;
    match target.period_kind {
        TargetTiming::By => target.period.map(|period| period.last_day()),
        TargetTiming::From => target.period.map(|period| period.first_day()),
        TargetTiming::Ongoing | TargetTiming::None => None,
    }
}

/// The ends of what is asked for, in the indicator's unit; both are the same unless a range is
/// asked for. "All" without a printed number is 100 where the unit is a percentage, otherwise the
/// whole that `point` gives; `None` where it gives none.
pub fn goal(indicator: &Indicator, point: Option<&Point<'_>>) -> Option<(f64, f64)> {
    let target = indicator.target.as_ref()?;
    let all = match target.kind {
        TargetKind::ImpliedAll if is_percent(indicator) => Some(100.0),
        TargetKind::ImpliedAll => point.and_then(|point| point.denominator),
        TargetKind::Target | TargetKind::Scope | TargetKind::Option => None,
    };
    let low = target.value.or(all)?;
    let high = match indicator.direction {
        Some(Direction::Range) => target.max.unwrap_or(low),
        _ => low,
    };
    Some((low, high))
}

/// Whether a value meets what is asked for.
pub fn meets(value: f64, (low, high): (f64, f64), direction: Direction) -> bool {
    match direction {
        Direction::AtLeast => value >= low,
        Direction::AtMost => value <= low,
        Direction::Exactly | Direction::Range => low <= value && value <= high,
    }
}

/// How much of the target a value is, as a share: 1 and more exactly where it [`meets`] it.
///
/// - At least: value ÷ target, so 48 of 40 is 1.2.
/// - At most: 2 − value ÷ target, the target less what was exceeded of it: 60 where 50 are allowed
///   is 0.8, 40 is 1.2. (Target ÷ value, the other way to put it, has no answer for a value of 0.)
/// - Exactly: value ÷ target up to the target, 2 − value ÷ target above it, so never above 1.
/// - Range: the same below its lower and above its upper end, 1 between them.
///
/// Never below 0. `None` where the target is not above 0, which nothing can be a share of.
pub fn attainment(value: f64, (low, high): (f64, f64), direction: Direction) -> Option<f64> {
    if low <= 0.0 || high < low {
        return None;
    }
    let reached = value / low;
    let kept = 2.0 - value / high;
    let share = match direction {
        Direction::AtLeast => reached,
        Direction::AtMost => kept,
        Direction::Exactly | Direction::Range => reached.min(kept).min(1.0),
    };
    share.is_finite().then_some(share.max(0.0))
}

/// How the indicator stands as of a day, by a series in order ([`super::series`]).
///
/// Only figures that measure the target count, of days up to `asof`:
///
/// - A target with a day to be met by: up to that day the latest figure. Once it has passed, the
///   last figure up to that day decides for good if it meets the target; otherwise the latest.
/// - A target that is to hold from a day: the latest figure; before that day it can be met or on
///   the way, from then on met or not met.
/// - A target that is to hold at all times: the latest figure, met or not met.
/// - A target without a date: the latest figure, met or on the way.
pub fn judge<'p, 'a>(
    indicator: &Indicator,
    points: &'p [Point<'a>],
    asof: NaiveDate,
) -> Judgement<'p, 'a> {
    let due = due(indicator);
    let mut judgement = Judgement {
        verdict: Verdict::NoTarget,
        latest: latest(points, asof),
        decided_by: None,
        attainment: None,
        due,
        after_due: false,
        certain: true,
    };
    let (Some(target), Some(direction)) = (&indicator.target, indicator.direction) else {
        return judgement;
    };
    let counts =
        |point: &&Point<'_>| point.measures_target() && goal(indicator, Some(point)).is_some();
    let last = |until: NaiveDate| {
        let known = points.iter().rev();
        known.filter(|point| point.day() <= until).find(counts)
    };
    let met = |point: &Point<'_>| {
        goal(indicator, Some(point)).is_some_and(|goal| meets(point.value, goal, direction))
    };
    let Some(newest) = last(asof) else {
        judgement.verdict = Verdict::NoData;
        return judgement;
    };
    let by = target.period_kind == TargetTiming::By;
    let in_time = due.filter(|due| by && asof > *due).and_then(last);
    let decisive = in_time.filter(|point| met(point)).unwrap_or(newest);
    let late = by && due.is_some_and(|due| decisive.day() > due);
    let passed = match due {
        Some(due) if by => asof > due,
        Some(due) => asof >= due,
        None => target.period_kind == TargetTiming::Ongoing,
    };
    judgement.verdict = match (met(decisive), passed) {
        (true, _) if late => Verdict::MetLate,
        (true, _) => Verdict::Met,
        (false, true) => Verdict::NotMet,
        (false, false) => Verdict::OnTheWay,
    };
    let goal = goal(indicator, Some(decisive));
    judgement.decided_by = Some(decisive);
    judgement.attainment = goal.and_then(|goal| attainment(decisive.value, goal, direction));
    judgement.after_due = late;
    judgement.certain = goal.is_none_or(|goal| is_certain(decisive, goal, direction));
    judgement
}

/// Whether the qualifier of a figure leaves no doubt on which side of the target it is.
fn is_certain(point: &Point<'_>, (low, high): (f64, f64), direction: Direction) -> bool {
    let value = point.value;
    let met = meets(value, (low, high), direction);
    match (point.leaning(), direction) {
        (None, _) => true,
        // The true figure is the printed one or more.
        (Some(Leaning::Over), Direction::AtLeast) => met,
        (Some(Leaning::Over), Direction::AtMost) => !met,
        (Some(Leaning::Over), Direction::Exactly | Direction::Range) => value > high,
        // The printed one or less.
        (Some(Leaning::Under), Direction::AtLeast) => !met,
        (Some(Leaning::Under), Direction::AtMost) => met,
        (Some(Leaning::Under), Direction::Exactly | Direction::Range) => value < low,
        (Some(Leaning::About), _) => false,
    }
}
