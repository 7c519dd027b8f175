//! Agencies ranked, compared between two days, and month by month, on the real plan.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/diary.rs"]
mod diary;
#[path = "common/search.rs"]
mod search;

use common::*;
use diary::*;
use proptest::prelude::*;
use tracker::binding::Role;
use tracker::kpi::changes::{Change, changes};
use tracker::kpi::heat::{DARKEST, HeatMap, Square, heat_map, month_ends, shade};
use tracker::kpi::scorecard::{Choice, FEW, Line, Measure, Place, line_query, lines, ranking};
use tracker::kpi::{Figure, Figures, Roll, Tracks, Whose};
use tracker::ledger::Ledger;
use tracker::plan::COUNTRY;
use tracker::status::Scope;

fn everything() -> Vec<usize> {
    (0..plan().tasks().len()).collect()
}

fn position(id: &str) -> usize {
    plan().agency_position(id).unwrap()
}

/// The lines of what agencies lead in the whole plan.
fn led(ledger: &Ledger, on: &str) -> Vec<Line> {
    let tasks = everything();
    let choice = Choice {
        role: Some(Role::Lead),
        tasks: &tasks,
    };
    let tracks = Tracks::new(plan(), ledger, day(TODAY));
    lines(plan(), &tracks, &plan().holdings(day(on)), choice, day(on))
}

/// A line with so many tasks completed on time, completed late, overdue and without a date.
fn line(agency: usize, counts: [usize; 4], reported: usize, days_late: i64) -> Line {
    // Figures are counted from points alone, so these are points of real tasks.
    let ledger = {
        let mut diary = Diary::default();
        diary.status("2023-03-01", "bo-cong-an", "CT05-B-03", "2023-03-01");
        diary.status("2023-04-10", "bo-cong-an", "CT05-B-08", "2023-04-10");
        diary.ledger
    };
    let tracks = Tracks::new(plan(), &ledger, day(TODAY));
    let on = day("2023-05-01");
    let mut figures = Figures::default();
    for (task, count) in ["CT05-B-03", "CT05-B-08", "CT05-B-01", "CT05-B-07"]
        .iter()
        .zip(counts)
    {
        for _ in 0..count {
            figures.add(
                tracks.point(plan().task_position(task).unwrap(), Whose::Country, on),
                on,
            );
        }
    }
    Line {
        agency,
        figures,
        reported,
        days_late,
    }
}

fn places(lines: &[Line], measure: Measure) -> Vec<(usize, Place)> {
    let ranking = ranking(lines, measure);
    ranking
        .into_iter()
        .map(|(at, place)| (lines[at].agency, place))
        .collect()
}

#[test]
fn equals_share_a_rank_and_the_next_counts_on() {
    let given = [
        line(0, [1, 0, 3, 0], 4, 30),
        line(1, [2, 2, 4, 0], 4, 60),
        line(2, [3, 0, 0, 0], 3, 0),
        line(3, [1, 1, 2, 9], 1, 12),
        // Perfect, but of two tasks only.
        line(4, [2, 0, 0, 0], 2, 0),
        line(5, [1, 0, 1, 0], 2, 9),
        // Nobody has reported: nothing is late yet, or all of it.
        line(6, [0, 0, 0, 5], 0, 0),
        line(7, [0, 0, 5, 0], 0, 99),
        // Reported, but nothing has fallen due.
        line(8, [0, 0, 0, 5], 1, 0),
    ];
    assert_eq!(
        places(&given, Measure::CompletionRate),
        [
            (2, Place::Ranked(1)),
            (1, Place::Ranked(2)),
            (3, Place::Ranked(2)),
            (0, Place::Ranked(4)),
            (4, Place::Few(1)),
            (5, Place::Few(2)),
            (8, Place::NotApplicable),
            (6, Place::NotReported),
            (7, Place::NotReported),
        ]
    );
    // The fewest first.
    let overdue = places(&given, Measure::Overdue);
    assert_eq!(
        overdue[..4],
        [
            (2, Place::Ranked(1)),
            (3, Place::Ranked(2)),
            (0, Place::Ranked(3)),
            (1, Place::Ranked(4)),
        ]
    );
    // 30/3, 60/6, none, 12/3 days.
    let days = places(&given, Measure::DaysLate);
    assert_eq!(
        days[..4],
        [
            (2, Place::Ranked(1)),
            (3, Place::Ranked(2)),
            (0, Place::Ranked(3)),
            (1, Place::Ranked(3)),
        ]
    );
    // On time: 1/1 and 2/4 are told out of one and of four.
    let on_time = places(&given, Measure::OnTimeShare);
    assert_eq!(on_time[..2], [(2, Place::Ranked(1)), (1, Place::Ranked(2))]);
    assert!(on_time.contains(&(0, Place::Few(1))) && on_time.contains(&(3, Place::Few(4))));
    assert!(ranking(&[], Measure::Reported).is_empty());
}

#[test]
fn with_nothing_recorded_nobody_is_ranked() {
    let lines = led(&Ledger::default(), "2023-04-01");
    assert!(lines.len() > 63, "{}", lines.len());
    for measure in Measure::ALL {
        let places = places(&lines, measure);
        assert!(places.iter().all(|(_, place)| *place == Place::NotReported));
    }
}

#[test]
fn an_agency_that_is_gone_leaves_its_tasks_to_its_successor() {
    let mut diary = Diary::default();
    // Due in 03/2023 and inherited by the Ministry of Science and Technology.
    diary.status("2023-05-01", "bo-tttt", "CT05-B-22", "2023-04-20");
    let of = |on: &str, id: &str| {
        let lines = led(&diary.ledger, on);
        lines.into_iter().find(|line| line.agency == position(id))
    };
    let before = of("2025-02-28", "bo-tttt").unwrap();
    assert_eq!(
        (before.reported, before.figures.get(Figure::Completed)),
        (1, 1)
    );
    assert_eq!(of("2025-02-28", "bo-khcn").unwrap().reported, 0);
    assert_eq!(of("2025-03-01", "bo-tttt"), None);
    let after = of("2025-03-01", "bo-khcn").unwrap();
    assert_eq!(
        (after.reported, after.figures.get(Figure::Completed)),
        (1, 1)
    );
}

/// What changed for an agency, in all that it leads.
fn changed(ledger: &Ledger, first: &str, second: &str, id: &str) -> Change {
    let tasks = everything();
    let choice = Choice {
        role: Some(Role::Lead),
        tasks: &tasks,
    };
    let days = (day(first), day(second));
    let tracks = Tracks::new(plan(), ledger, day(TODAY));
    let roll = Roll::new(plan(), &[days.0, days.1]);
    let all = changes(plan(), &tracks, &roll, choice, days);
    all.into_iter()
        .find(|change| change.agency == position(id))
        .unwrap()
}

fn names(tasks: &[usize]) -> Vec<&'static str> {
    tasks
        .iter()
        .map(|at| plan().tasks()[*at].id.as_str())
        .collect()
}

#[test]
fn what_changed_is_told_task_by_task() {
    let mut diary = Diary::default();
    let bca = "bo-cong-an";
    diary.status("2023-03-20", bca, "CT05-B-03", "2023-03-20");
    diary.status("2023-04-10", bca, "CT05-B-03", "in_progress");
    diary.status("2023-05-20", bca, "CT05-B-04", "2023-05-15");
    diary.extend("2023-04-20", bca, "CT05-B-01", "2023-08-31");
    diary.note("2023-04-20", bca, "CT05-B-06");
    diary.send_back("2023-06-01", bca, "CT05-B-06");
    let change = changed(&diary.ledger, "2023-03-31", "2023-07-01", bca);
    let before = change.before.unwrap();
    assert_eq!(before.figures.get(Figure::Completed), 1);
    assert_eq!(before.reported, 1);
    assert_eq!(change.after.unwrap().reported, 4);
    assert_eq!(names(&change.completed), ["CT05-B-04"]);
    assert_eq!(names(&change.extended), ["CT05-B-01"]);
    assert_eq!(names(&change.returned), ["CT05-B-03", "CT05-B-06"]);
    let led = |id: &&str| task(id).leads == [bca];
    // B-03 and B-08 were due on the first of the two days, not after it.
    let due = names(&change.newly_due);
    let due: Vec<&str> = due.into_iter().filter(led).collect();
    assert_eq!(due, ["CT05-B-04", "CT05-B-05", "CT05-B-06", "CT05-B-09"]);
    let overdue = names(&change.overdue);
    let overdue: Vec<&str> = overdue.into_iter().filter(led).collect();
    assert_eq!(
        overdue,
        [
            "CT05-B-03",
            "CT05-B-05",
            "CT05-B-06",
            "CT05-B-08",
            "CT05-B-09"
        ]
    );
    assert_eq!((change.gained, change.lost), (vec![], vec![]));
}

#[test]
fn what_was_handed_over_is_gained_and_lost() {
    let ledger = Ledger::default();
    let days = ("2025-02-28", "2025-03-01");
    let lost = changed(&ledger, days.0, days.1, "bo-tttt");
    assert_eq!(lost.after, None);
    assert_eq!(
        lost.lost.len(),
        lost.before.unwrap().figures.get(Figure::Assigned)
    );
    let gained = changed(&ledger, days.0, days.1, "bo-khcn");
    assert!(names(&gained.gained).contains(&"CT05-B-22"));
    // As one of those concerned it led; now it assists for certain, in the place of who is gone.
    assert_eq!(names(&gained.lost), ["CT05-B-43"]);
    let same = changed(&ledger, days.0, days.1, "bo-cong-an");
    assert!(same.completed.is_empty() && same.overdue.is_empty());
}

#[test]
fn columns_end_with_the_month_or_the_day() {
    let ends = month_ends(day("2023-01-10"), day("2023-12-01"), day("2023-04-05"));
    let named = ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-05"];
    assert_eq!(ends, named.map(day));
    assert!(month_ends(day("2023-05-01"), day("2023-12-01"), day("2023-04-30")).is_empty());
    assert_eq!(
        month_ends(day("2000-01-01"), day("2099-01-01"), day("2099-01-01")).len(),
        120
    );
}

#[test]
fn a_square_is_as_dark_as_its_share_and_one_is_never_nothing() {
    let shades = [0.0, 1.0, 10.0, 11.0, 20.0, 21.0, 30.0].map(|overdue| shade(overdue, 30.0));
    assert_eq!(shades, [0, 1, 1, 2, 2, 3, 3]);
    assert_eq!((shade(0.0, 0.0), shade(5.0, 1.0)), (0, DARKEST));
    let square = |overdue| {
        Some(Square {
            overdue,
            completed: 9,
        })
    };
    let map = HeatMap {
        days: vec![day("2023-03-31"), day("2023-04-30")],
        rows: vec![(1, vec![square(2), None]), (4, vec![None, square(7)])],
    };
    assert_eq!(map.most_overdue(), 7);
    assert_eq!(HeatMap::default().most_overdue(), 0);
}

proptest! {
    #![proptest_config(config(8))]

    /// Every number of a line and of the heat map is that of its query, in the agency's own list.
    #[test]
    fn every_number_lists_as_many_tasks(acts in acts(60), on in any_day(), role in 0usize..3, all in any::<bool>()) {
        let role = [None, Some(Role::Lead), Some(Role::Coordinator)][role];
        let diary = diary(&acts);
        let today = day(TODAY);
        let seen = diary.ledger.as_of(on, today);
        let tracks = Tracks::new(plan(), &diary.ledger, today);
        let (filter, mut tasks) = if all { ("", everything()) } else { ("doc:CT07", everything()) };
        tasks.retain(|at| all || plan().tasks()[*at].document == "CT07");
        let choice = Choice { role, tasks: &tasks };
        let holdings = plan().holdings(on);
        let found = lines(plan(), &tracks, &holdings, choice, on);
        let map = heat_map(plan(), &tracks, &Roll::new(plan(), &[on]), choice, vec![on]);
        prop_assert_eq!(map.rows.len(), found.len());
        for (line, (row, squares)) in found.iter().zip(&map.rows) {
            let square = squares[0].unwrap();
            prop_assert_eq!(line.agency, *row);
            prop_assert_eq!(square.overdue, line.figures.get(Figure::Overdue));
            prop_assert_eq!(square.rate(), line.figures.completion_rate());
            prop_assert!(line.reported <= line.figures.get(Figure::Assigned));
            for measure in Measure::ALL {
                prop_assert!(line.value(measure).is_none_or(|value| value >= 0.0));
            }
        }
        for line in found.iter().step_by(7) {
            let unit = &plan().agencies()[line.agency];
            prop_assert!(unit.exists_on(on) && !unit.is_collective() && unit.id != COUNTRY);
            for figure in [Figure::Assigned, Figure::Overdue, Figure::Completed, Figure::FallenDue] {
                let (id, q) = line_query(unit, role, filter, figure, on);
                prop_assert_eq!(id, &unit.id);
                let listed = listed(&seen, Scope::Unit(unit), &q, on);
                prop_assert_eq!(listed.len(), line.figures.get(figure), "{} {}", id, q);
            }
            let told = listed(&seen, Scope::Unit(unit), &format!("{} has:update", line_query(unit, role, filter, Figure::Assigned, on).1), on);
            prop_assert_eq!(told.len(), line.reported);
            // What a value is told of is listed, too.
            for measure in Measure::ALL {
                let q = format!("{} {}", line_query(unit, role, filter, Figure::Assigned, on).1, measure.filter());
                let count = |figures: &[Figure]| -> usize { figures.iter().map(|f| line.figures.get(*f)).sum() };
                let expected = match measure {
                    Measure::CompletionRate | Measure::OnTimeShare => measure.out_of(&line.figures),
                    Measure::Overdue => count(&[Figure::Overdue]),
                    Measure::DaysLate => count(&[Figure::Late, Figure::Overdue]),
                    Measure::Reported => line.reported,
                };
                prop_assert_eq!(listed(&seen, Scope::Unit(unit), &q, on).len(), expected, "{}", q);
            }
        }
    }

    /// The heat map is the scorecard of each of its days.
    #[test]
    fn each_column_is_a_scorecard(acts in acts(60), n in 0usize..20, months in 1u64..40) {
        let diary = diary(&acts);
        let tasks = everything();
        let tracks = Tracks::new(plan(), &diary.ledger, day(TODAY));
        let choice = Choice { role: Some(Role::Lead), tasks: &tasks };
        let first = day("2023-01-15") + chrono::Days::new(60 * n as u64);
        let days = month_ends(first, first + chrono::Days::new(30 * months), day(TODAY));
        let roll = Roll::new(plan(), &days);
        let map = heat_map(plan(), &tracks, &roll, choice, days);
        for (column, on) in map.days.iter().enumerate() {
            let squares = map.rows.iter().filter_map(|(agency, row)| Some((*agency, row[column]?)));
            let told: Vec<_> = squares.map(|(agency, s)| (agency, s.overdue, s.completed)).collect();
            let lines = lines(plan(), &tracks, roll.on(*on), choice, *on);
            let expected: Vec<_> = lines
                .iter()
                .map(|l| (l.agency, l.figures.get(Figure::Overdue), l.figures.completed_dated()))
                .collect();
            prop_assert_eq!(told, expected, "{}", on);
        }
    }

    /// Ranks tell the order of the values: better is before, equal is equal, and the rank is one
    /// more than how many are better.
    #[test]
    fn ranks_agree_with_the_values(acts in acts(300), on in any_day()) {
        let diary = diary(&acts);
        let tasks = everything();
        let tracks = Tracks::new(plan(), &diary.ledger, day(TODAY));
        let choice = Choice { role: None, tasks: &tasks };
        let found = lines(plan(), &tracks, &plan().holdings(on), choice, on);
        for measure in Measure::ALL {
            let ranking = ranking(&found, measure);
            prop_assert_eq!(ranking.len(), found.len());
            let value = |at: usize| found[at].value(measure);
            let better = |a: f64, b: f64| if measure.is_higher_better() { a > b } else { a < b };
            for (at, place) in &ranking {
                let line = &found[*at];
                let rank_among = |same: &dyn Fn(&Place) -> bool| {
                    let others = ranking.iter().filter(|(other, place)| same(place) && better(value(*other).unwrap(), value(*at).unwrap()));
                    1 + others.count()
                };
                match place {
                    Place::Ranked(rank) => {
                        prop_assert!(line.reported > 0 && measure.out_of(&line.figures) >= FEW);
                        prop_assert_eq!(*rank, rank_among(&|p| matches!(p, Place::Ranked(_))));
                    }
                    Place::Few(rank) => {
                        prop_assert!(line.reported > 0 && measure.out_of(&line.figures) < FEW);
                        prop_assert_eq!(*rank, rank_among(&|p| matches!(p, Place::Few(_))));
                    }
                    Place::NotApplicable => prop_assert_eq!(value(*at), None),
                    Place::NotReported => prop_assert_eq!(line.reported, 0),
                }
            }
            let order: Vec<u8> = ranking.iter().map(|(_, place)| match place {
                Place::Ranked(_) => 0,
                Place::Few(_) => 1,
                Place::NotApplicable => 2,
                Place::NotReported => 3,
            }).collect();
            prop_assert!(order.is_sorted());
        }
    }

    /// What changed explains the difference of the figures, and lines are those of each day.
    #[test]
    fn changes_explain_the_difference(acts in acts(80), a in any_day(), b in any_day()) {
        let (a, b) = (a.min(b), a.max(b));
        let diary = diary(&acts);
        let tasks = everything();
        let tracks = Tracks::new(plan(), &diary.ledger, day(TODAY));
        let choice = Choice { role: Some(Role::Lead), tasks: &tasks };
        let roll = Roll::new(plan(), &[b, a]);
        prop_assert_eq!(roll.on(a), plan().holdings(a));
        prop_assert_eq!(roll.on(b), plan().holdings(b));
        let all = changes(plan(), &tracks, &roll, choice, (a, b));
        let before: Vec<Line> = all.iter().filter_map(|c| c.before).collect();
        let after: Vec<Line> = all.iter().filter_map(|c| c.after).collect();
        prop_assert_eq!(before, lines(plan(), &tracks, roll.on(a), choice, a));
        prop_assert_eq!(after, lines(plan(), &tracks, roll.on(b), choice, b));
        for change in &all {
            let figures = |line: Option<Line>| line.map_or_else(Figures::default, |l| l.figures);
            let (first, second) = (figures(change.before), figures(change.after));
            let grown = second.since(&first, Figure::Assigned);
            prop_assert_eq!(grown, change.gained.len() as i64 - change.lost.len() as i64);
            if change.gained.is_empty() && change.lost.is_empty() {
                let whose = Whose::Agency(change.agency);
                let undone = change.returned.iter().filter(|at| {
                    let done = |on| tracks.point(**at, whose, on).bucket.is_completed();
                    done(a) && !done(b)
                });
                let grown = second.since(&first, Figure::Completed);
                prop_assert_eq!(grown, change.completed.len() as i64 - undone.count() as i64);
            }
        }
    }
}
