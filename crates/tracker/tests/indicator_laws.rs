//! Laws of targets, on figures and days that nobody thought of.

#![allow(clippy::unwrap_used)]

mod common;

use chrono::{Days, NaiveDate};
use common::{config, day, plan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tracker::date::Period;
use tracker::indicator::{Origin, Path, Point, Verdict, attainment, due, judge, meets};
use tracker::plan::measure::{Measures, TargetTiming};
use tracker::plan::{Direction, Indicator, Text};

const DIRECTIONS: [Direction; 4] = [
    Direction::AtLeast,
    Direction::AtMost,
    Direction::Exactly,
    Direction::Range,
];

fn goal() -> impl Strategy<Value = (f64, f64)> {
    (0.01..1000.0f64, 0.0..100.0f64).prop_map(|(low, more)| (low, low + more))
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..3000).prop_map(|n| day("2022-01-01") + Days::new(n))
}

fn with_target() -> impl Strategy<Value = &'static Indicator> {
    let all: Vec<_> = plan()
        .indicators()
        .iter()
        .filter(|i| i.target.is_some())
        .collect();
    select(all)
}

/// Points in the order of a series.
fn any_points() -> impl Strategy<Value = Vec<Point<'static>>> {
    let measures = select(vec![Measures::Same, Measures::Same, Measures::Related]);
    let words = option::of(select(vec!["trên", "gần", "về cơ bản", "khoảng"]));
    vec((any_day(), 0u32..400, measures, words), 0..6).prop_map(|mut seen| {
        seen.sort_by_key(|(day, ..)| *day);
        let point = |(day, value, measures, words): (_, u32, _, Option<&str>)| Point {
            period: Period::Day(day),
            value: f64::from(value),
            numerator: None,
            denominator: Some(200.0),
            qualifier: words.map(|words| Text::alike(words.to_owned())),
            derived: false,
            source: "x".to_owned(),
            measures,
            origin: Origin::Published(&plan().observations()[0]),
        };
        seen.into_iter().map(point).collect()
    })
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn attainment_grows_the_way_the_target_asks(goal in goal(), a in 0.0..2000.0f64, b in 0.0..2000.0f64) {
        let (small, large) = (a.min(b), a.max(b));
        let of = |value, direction| attainment(value, goal, direction).unwrap();
        prop_assert!(of(small, Direction::AtLeast) <= of(large, Direction::AtLeast));
        prop_assert!(of(small, Direction::AtMost) >= of(large, Direction::AtMost));
        for direction in [Direction::Exactly, Direction::Range] {
            if large <= goal.0 {
                prop_assert!(of(small, direction) <= of(large, direction));
            }
            if small >= goal.1 {
                prop_assert!(of(small, direction) >= of(large, direction));
            }
        }
    }

    #[test]
    fn all_of_the_target_is_attained_exactly_where_it_is_met(
        goal in goal(), value in 0.0..2000.0f64, direction in select(DIRECTIONS.to_vec()), hit: bool,
    ) {
        // An exact target is one value, which a random one never is.
        let goal = if direction == Direction::Range { goal } else { (goal.0, goal.0) };
        let value = if hit { goal.0 } else { value };
        let share = attainment(value, goal, direction).unwrap();
        prop_assert!(share >= 0.0);
        prop_assert_eq!(share >= 1.0, meets(value, goal, direction), "{} of {:?}", value, goal);
    }

    #[test]
    fn a_verdict_changes_only_with_a_figure_or_at_the_targets_day(
        indicator in with_target(), points in any_points(), asof in any_day(),
    ) {
        let before = judge(indicator, &points, asof);
        let next = asof + Days::new(1);
        let after = judge(indicator, &points, next);
        let timing = indicator.target.as_ref().unwrap().period_kind;
        let turns = match timing {
            TargetTiming::By => due(indicator) == Some(asof),
            TargetTiming::From => due(indicator) == Some(next),
            _ => false,
        };
        let figure = points.iter().any(|p| p.day() == next);
        if before.verdict != after.verdict {
            prop_assert!(turns || figure);
        }
        if turns && !figure && before.verdict != after.verdict {
            prop_assert_eq!((before.verdict, after.verdict), (Verdict::OnTheWay, Verdict::NotMet));
        }
    }

    #[test]
    fn verdicts_mean_what_they_say(indicator in with_target(), points in any_points(), asof in any_day()) {
        let judgement = judge(indicator, &points, asof);
        let due = due(indicator);
        prop_assert_ne!(judgement.verdict, Verdict::NoTarget);
        match judgement.decided_by {
            None => prop_assert_eq!(judgement.verdict, Verdict::NoData),
            Some(point) => {
                prop_assert!(point.measures_target() && point.day() <= asof);
                let whole = judgement.attainment.is_some_and(|share| share >= 1.0);
                prop_assert_eq!(judgement.verdict.is_met(), whole);
                let by = indicator.target.as_ref().unwrap().period_kind == TargetTiming::By;
                prop_assert_eq!(judgement.after_due, by && due.is_some_and(|due| point.day() > due));
            }
        }
        if judgement.verdict == Verdict::MetLate {
            prop_assert!(judgement.after_due && due.unwrap() < asof);
        }
    }

    #[test]
    fn what_does_not_measure_the_target_decides_nothing(
        indicator in with_target(), points in any_points(), asof in any_day(),
    ) {
        let kept: Vec<_> = points.iter().filter(|p| p.measures_target()).cloned().collect();
        let (all, fewer) = (judge(indicator, &points, asof), judge(indicator, &kept, asof));
        prop_assert_eq!(all.verdict, fewer.verdict);
        prop_assert_eq!(all.attainment, fewer.attainment);
    }

    #[test]
    fn a_path_runs_from_its_start_to_the_target(indicator in with_target(), points in any_points(), at: Index) {
        let Some(path) = Path::of(plan(), indicator, &points) else { return Ok(()); };
        prop_assert!(path.from.0 < path.to.0);
        prop_assert_eq!(Some(path.to.0), due(indicator));
        prop_assert_eq!(path.at(path.from.0), path.from.1);
        prop_assert_eq!(path.at(path.to.0), path.to.1);
        let days = (path.to.0 - path.from.0).num_days();
        let between = path.from.0 + Days::new(at.index(usize::try_from(days).unwrap()) as u64);
        let value = path.at(between);
        let (low, high) = (path.from.1.min(path.to.1), path.from.1.max(path.to.1));
        prop_assert!(low <= value && value <= high);
        prop_assert_eq!(path.lead(between, value), 0.0);
    }
}
