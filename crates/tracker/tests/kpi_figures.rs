//! The numbers of the official sentence, the lists beside them and the burn-up, on the real plan.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/diary.rs"]
mod diary;
#[path = "common/search.rs"]
mod search;

use chrono::NaiveDate;
use common::*;
use diary::*;
use proptest::prelude::*;
use tracker::kpi::attention::{blocked_by, list};
use tracker::kpi::burnup::{Goal, burnup, outlook};
use tracker::kpi::figures::{figures, flow, groups, held, query};
use tracker::kpi::{Attention, By, Figure, Figures, Kind, ReportPeriod, Tracks, Whose};
use tracker::ledger::Ledger;
use tracker::plan::Agency;
use tracker::status::{Bucket, Scope, Tally};

fn tracks(ledger: &Ledger) -> Tracks {
    Tracks::new(plan(), ledger, day(TODAY))
}

fn everything() -> Vec<usize> {
    (0..plan().tasks().len()).collect()
}

/// The appendix of Directive 05/CT-TTg.
fn ct05() -> Vec<usize> {
    let tasks = plan().tasks().iter().enumerate();
    let appendix = tasks.filter(|(_, t)| t.document == "CT05" && t.group.is_some());
    appendix.map(|(at, _)| at).collect()
}

fn position(task: &str) -> usize {
    plan().task_position(task).unwrap()
}

#[test]
fn with_nothing_recorded_the_appendix_falls_overdue_month_by_month() {
    let tracks = tracks(&Ledger::default());
    let appendix = ct05();
    assert_eq!(appendix.len(), 72);
    for (on, overdue, fallen_due) in [
        ("2023-02-28", 0, 6),
        ("2023-03-01", 6, 6),
        ("2023-03-31", 6, 27),
        ("2023-04-01", 27, 27),
        ("2023-07-01", 47, 47),
        ("2024-01-01", 52, 52),
        (TODAY, 52, 52),
    ] {
        let on = day(on);
        let found = figures(&tracks, Whose::Country, &appendix, on);
        assert_eq!(found.get(Figure::Overdue), overdue, "{on}");
        assert_eq!(found.get(Figure::FallenDue), fallen_due, "{on}");
        assert_eq!(found.get(Figure::Assigned), 72);
        assert_eq!(found.get(Figure::Ongoing), 13 + 5 + 2);
        assert_eq!(found.get(Figure::InTime), 52 - overdue, "{on}");
        let rate = (overdue > 0).then_some(0.0);
        assert_eq!(found.completion_rate(), rate, "{on}");
        assert_eq!(found.on_time_share(), None);
    }
    // What never falls due is never overdue.
    let late = day("2099-12-31");
    let overdue = list(
        plan(),
        &tracks,
        Whose::Country,
        &appendix,
        late,
        Attention::Overdue,
    );
    assert_eq!(overdue.len(), 52);
    let by = |at: &usize| plan().tasks()[*at].deadline.due().is_some();
    assert!(overdue.iter().all(by));
    assert!(overdue.is_sorted_by_key(|at| plan().tasks()[*at].deadline.due()));
}

/// A ledger of which every figure can be told by hand: six tasks of the Ministry of Public
/// Security, due 31/03 (B-03, B-08), 30/04 (B-01), 30/06 (B-04, B-05, B-06).
fn book() -> Diary {
    let mut diary = Diary::default();
    let bca = "bo-cong-an";
    diary.status("2023-03-30", bca, "CT05-B-03", "2023-03-28");
    diary.status("2023-04-20", bca, "CT05-B-08", "2023-04-12");
    diary.status("2023-04-01", bca, "CT05-B-01", "in_progress");
    diary.block("2023-04-15", bca, "CT05-B-01");
    diary.status("2023-05-20", bca, "CT05-B-04", "2023-05-15");
    diary.extend("2023-06-15", bca, "CT05-B-05", "2023-09-30");
    diary
}

const SIX: [&str; 6] = [
    "CT05-B-01",
    "CT05-B-03",
    "CT05-B-04",
    "CT05-B-05",
    "CT05-B-06",
    "CT05-B-08",
];

#[test]
fn the_sentence_counts_what_was_done_and_what_was_not() {
    let tracks = tracks(&book().ledger);
    let six: Vec<usize> = SIX.iter().map(|id| position(id)).collect();
    let of = |on| figures(&tracks, Whose::Country, &six, day(on));
    let told = |found: &Figures| {
        let row: Vec<usize> = Figure::ALL.iter().map(|f| found.get(*f)).collect();
        (row, found.completion_rate(), found.on_time_share())
    };
    // Assigned, completed, on time, late, undated; not completed, in time, overdue; ongoing; due.
    let end_of_march = of("2023-03-31");
    assert_eq!(
        told(&end_of_march),
        (vec![6, 1, 1, 0, 0, 5, 5, 0, 0, 2], Some(1.0), Some(1.0))
    );
    // B-08 was completed late in April, B-04 early in May; B-01 is overdue since 01/05.
    let end_of_june = of("2023-06-30");
    assert_eq!(
        told(&end_of_june),
        (
            vec![6, 3, 2, 1, 0, 3, 2, 1, 0, 5],
            Some(0.75),
            Some(2.0 / 3.0)
        )
    );
    assert_eq!(end_of_june.since(&end_of_march, Figure::Completed), 2);
    assert_eq!(end_of_june.since(&end_of_march, Figure::InTime), -3);
    // B-05 was extended, so only B-06 joins B-01.
    assert_eq!(of("2023-07-01").get(Figure::Overdue), 2);
    assert_eq!(of("2023-10-01").get(Figure::Overdue), 3);

    let quarter = ReportPeriod::of(Kind::Quarter, day("2023-04-01"));
    let found = flow(&tracks, Whose::Country, &six, quarter, day("2023-06-30"));
    assert_eq!((found.due, found.completed), (3, 2));
}

#[test]
fn lists_say_what_needs_somebody() {
    let diary = book();
    let tracks = tracks(&diary.ledger);
    let six: Vec<usize> = SIX.iter().map(|id| position(id)).collect();
    let of = |on, wanted| -> Vec<&str> {
        let found = list(plan(), &tracks, Whose::Country, &six, day(on), wanted);
        found
            .iter()
            .map(|at| plan().tasks()[*at].id.as_str())
            .collect()
    };
    let nothing: [&str; 0] = [];
    // Thirty days from 31/05 to 30/06.
    assert_eq!(of("2023-05-30", Attention::DueSoon), nothing);
    assert_eq!(
        of("2023-05-31", Attention::DueSoon),
        ["CT05-B-05", "CT05-B-06"]
    );
    assert_eq!(of("2023-05-31", Attention::LateStart), nothing);
    assert_eq!(
        of("2023-06-01", Attention::LateStart),
        ["CT05-B-05", "CT05-B-06"]
    );
    assert_eq!(of("2023-06-30", Attention::LateStart), ["CT05-B-06"]);
    assert_eq!(
        of("2023-07-01", Attention::LateStart),
        nothing,
        "overdue now"
    );
    // The last word on B-01 is of 15/04.
    assert_eq!(of("2023-05-14", Attention::Stale), nothing);
    assert_eq!(of("2023-05-15", Attention::Stale), ["CT05-B-01"]);
    assert_eq!(
        of("2023-07-15", Attention::Stale),
        ["CT05-B-01", "CT05-B-05"]
    );
    assert_eq!(of("2023-04-14", Attention::Blocked), nothing);
    assert_eq!(of("2023-04-15", Attention::Blocked), ["CT05-B-01"]);
    assert_eq!(
        of("2023-10-01", Attention::Overdue),
        ["CT05-B-01", "CT05-B-06", "CT05-B-05"]
    );

    let on = day("2023-05-15");
    let seen = diary.ledger.as_of(on, day(TODAY));
    let found = blocked_by(plan(), &seen, Whose::Country, &[position("CT05-B-01")], on);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].unit.as_str(), found[0].text.as_str()),
        ("bo-cong-an", "Chưa có kinh phí")
    );
    assert!(blocked_by(plan(), &seen, Whose::Country, &[], on).is_empty());
}

#[test]
fn a_task_with_a_start_alone_is_late_from_the_day_after() {
    let ledger = Ledger::default();
    let tracks = tracks(&ledger);
    let late = |on| {
        list(
            plan(),
            &tracks,
            Whose::Country,
            &[position("CT05-B-46")],
            day(on),
            Attention::LateStart,
        )
        .len()
    };
    assert_eq!(
        (late("2023-05-01"), late("2023-05-02"), late(TODAY)),
        (0, 1, 1)
    );
    // What the page lists, in Vietnamese; the task and its like.
    let found = listed(
        &ledger,
        Scope::Country,
        "có:chậmkhởiđộng",
        day("2023-05-02"),
    );
    assert!(found.contains(&position("CT05-B-46")));
    let found = listed(
        &ledger,
        Scope::Country,
        "có:chậmkhởiđộng",
        day("2023-05-01"),
    );
    assert!(!found.contains(&position("CT05-B-46")) && found.contains(&position("CT05-B-07")));
}

#[test]
fn the_burn_up_counts_by_the_end_of_each_month() {
    let tracks = tracks(&book().ledger);
    let six: Vec<usize> = SIX.iter().map(|id| position(id)).collect();
    let range = (day("2023-02-15"), day("2023-10-01"));
    let rows = |asof| -> Vec<(usize, Option<usize>)> {
        let months = burnup(&tracks, Whose::Country, &six, range, day(asof));
        assert_eq!(
            months[0].period,
            ReportPeriod::of(Kind::Month, day("2023-02-01"))
        );
        months.iter().map(|m| (m.due, m.completed)).collect()
    };
    assert_eq!(
        rows("2023-06-20"),
        [
            (0, Some(0)),
            (2, Some(1)),
            (3, Some(2)),
            (3, Some(3)),
            // Of the three due in June one was extended to September.
            (5, Some(3)),
            (5, None),
            (5, None),
            (6, None),
            (6, None),
        ]
    );
    assert_eq!(rows("2023-06-01")[4], (6, Some(3)), "not extended yet");
    assert!(burnup(&tracks, Whose::Country, &six, (range.1, range.0), range.0).is_empty());
    // What was due before the first month is in the first.
    let late = burnup(
        &tracks,
        Whose::Country,
        &six,
        (range.1, range.1),
        day(TODAY),
    );
    assert_eq!(
        (late.len(), late[0].due, late[0].completed),
        (1, 6, Some(3))
    );
}

#[test]
fn the_outlook_follows_from_the_last_three_months() {
    let tracks = tracks(&book().ledger);
    let six: Vec<usize> = SIX.iter().map(|id| position(id)).collect();
    let of = |asof, by| {
        outlook(
            &tracks,
            Whose::Country,
            &six,
            Goal::Dated,
            day(asof),
            day(by),
        )
    };
    // From 21/03 to 20/06: three completed, one a month; three remain, for 92 days.
    let found = of("2023-06-20", "2023-09-20");
    assert_eq!((found.remaining, found.completed, found.rate), (3, 3, 1.0));
    assert_eq!(found.since, day("2023-03-21"));
    let needed = found.needed.unwrap();
    assert!((needed - 3.0 / (92.0 / 30.4375)).abs() < 1e-12, "{needed}");
    // Three months of 30,4375 days: 91,3, so in 92 days.
    assert_eq!(found.finish, Some(day("2023-09-20")));
    assert_eq!(
        of("2023-06-20", "2023-06-20").needed,
        None,
        "the day has come"
    );
    let still = of("2024-01-01", "2024-12-31");
    assert_eq!((still.rate, still.finish), (0.0, None));
    let none = outlook(
        &tracks,
        Whose::Country,
        &[position("CT05-B-03")],
        Goal::All,
        day(TODAY),
        day(TODAY),
    );
    assert_eq!(
        (none.remaining, none.needed, none.finish),
        (0, Some(0.0), Some(day(TODAY)))
    );
    let undated = outlook(
        &tracks,
        Whose::Country,
        &ct05(),
        Goal::All,
        day(TODAY),
        day(TODAY),
    );
    assert_eq!(undated.remaining, 72 - 3);
}

/// Whose list it is, what is in it on a day, and the scope that the page judges it by.
fn lists(on: NaiveDate) -> Vec<(Whose, Vec<usize>, Scope<'static>)> {
    let holdings = plan().holdings(on);
    let mut lists = vec![(Whose::Country, everything(), Scope::Country)];
    for id in ["bo-cong-an", "bo-tttt", "bo-khcn", "ubnd-dak-lak-2025"] {
        let at = plan().agency_position(id).unwrap();
        let unit: &Agency = agency(id);
        lists.push((
            Whose::Agency(at),
            held(&holdings, at, None),
            Scope::Unit(unit),
        ));
    }
    lists
}

proptest! {
    #![proptest_config(config(12))]

    /// Whatever the ledger and the day: parts add up, and every count is that of its query.
    #[test]
    fn every_number_lists_as_many_tasks(acts in acts(60), on in any_day()) {
        let diary = diary(&acts);
        let tracks = tracks(&diary.ledger);
        let seen = diary.ledger.as_of(on, day(TODAY));
        let holdings = plan().holdings(on);
        for (whose, tasks, scope) in lists(on) {
            let found = figures(&tracks, whose, &tasks, on);
            let get = |figure| found.get(figure);
            prop_assert_eq!(get(Figure::OnTime) + get(Figure::Late) + get(Figure::CompletedUndated), get(Figure::Completed));
            prop_assert_eq!(get(Figure::InTime) + get(Figure::Overdue), get(Figure::NotCompleted));
            prop_assert_eq!(get(Figure::Completed) + get(Figure::NotCompleted) + get(Figure::Ongoing), get(Figure::Assigned));
            prop_assert_eq!(get(Figure::Assigned), tasks.len());
            // The same as the counts that the rest of the page has.
            let tally: Tally = tasks.iter().map(|at| plan().standing(&seen, &plan().tasks()[*at], scope, on).bucket).collect();
            prop_assert_eq!(found.completion_rate(), tally.completion_rate());
            prop_assert_eq!(get(Figure::Overdue), tally.overdue());
            prop_assert_eq!(Bucket::ALL.iter().map(|b| tally.count(*b)).sum::<usize>(), tasks.len());
            for share in [found.completion_rate(), found.on_time_share()].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&share));
            }
            for figure in Figure::ALL {
                let listed = listed(&seen, scope, &figure.filter(on), on);
                prop_assert_eq!(listed.len(), get(figure), "{:?} {:?} on {}", whose, figure, on);
            }
            for wanted in Attention::ALL {
                let mut found = list(plan(), &tracks, whose, &tasks, on, wanted);
                found.sort_unstable();
                prop_assert_eq!(found, listed(&seen, scope, &wanted.filter(on), on), "{:?} {:?} on {}", whose, wanted, on);
            }
            for by in [By::Document, By::Topic, By::Lead] {
                let mut sum = Figures::default();
                let mut members: Vec<usize> = Vec::new();
                let groups = groups(plan(), by, &tasks, &holdings);
                for (number, group) in groups.iter().enumerate() {
                    members.extend(&group.tasks);
                    if number % 9 == 0 {
                        let line = query(&[&group.filter, &Figure::NotCompleted.filter(on)]);
                        let count = figures(&tracks, whose, &group.tasks, on).get(Figure::NotCompleted);
                        prop_assert_eq!(listed(&seen, scope, &line, on).len(), count, "{} on {}", line, on);
                        prop_assert_eq!(&listed(&seen, scope, &group.filter, on), &group.tasks);
                    }
                    for &at in &group.tasks {
                        sum.add(tracks.point(at, whose, on), on);
                    }
                }
                if by != By::Lead {
                    members.sort_unstable();
                    prop_assert_eq!(&members, &tasks, "{:?}", by);
                    prop_assert_eq!(sum, found);
                }
            }
        }
    }

    /// The burn-up is what its queries list, and both lines only rise.
    #[test]
    fn every_month_lists_as_many_tasks(acts in acts(60), first in any_day(), length in 0u64..500, asof in any_day()) {
        let diary = diary(&acts);
        let tracks = tracks(&diary.ledger);
        let seen = diary.ledger.as_of(asof, day(TODAY));
        for (whose, tasks, scope) in lists(asof) {
            let months = burnup(&tracks, whose, &tasks, (first, first + chrono::Days::new(length)), asof);
            prop_assert!(months.is_sorted_by_key(|m| m.due));
            let mut before = (Some(0), Some(0));
            for month in &months {
                prop_assert_eq!(month.completed.is_some(), month.period.first_day() <= asof);
                let counts = [Some(month.due), month.completed, month.undated];
                for (filter, count) in month.filters().iter().zip(counts) {
                    let Some(count) = count else { continue };
                    prop_assert_eq!(listed(&seen, scope, filter, asof).len(), count, "{}", filter);
                }
                if month.completed.is_some() {
                    prop_assert!(before <= (month.completed, month.undated));
                    prop_assert!(before.1 <= month.undated);
                    before = (month.completed, month.undated);
                }
            }
            let period = ReportPeriod::of(Kind::Quarter, first);
            let found = flow(&tracks, whose, &tasks, period, asof);
            let (due, completed) = tracker::kpi::figures::Flow::filters(period);
            prop_assert_eq!(listed(&seen, scope, &due, asof).len(), found.due);
            prop_assert_eq!(listed(&seen, scope, &completed, asof).len(), found.completed);
            for goal in [Goal::Dated, Goal::All] {
                let found = outlook(&tracks, whose, &tasks, goal, asof, first);
                let (open, done) = found.filters(goal, asof);
                prop_assert_eq!(listed(&seen, scope, &open, asof).len(), found.remaining);
                prop_assert_eq!(listed(&seen, scope, &done, asof).len(), found.completed);
                prop_assert!(found.finish.is_none_or(|day| day >= asof));
            }
        }
    }

    /// Nothing becomes less due as time passes, while nobody extends or completes anything.
    #[test]
    fn with_time_alone_more_falls_due(a in any_day(), b in any_day()) {
        let tracks = tracks(&Ledger::default());
        let (a, b) = (a.min(b), a.max(b));
        for (whose, tasks, _) in lists(a) {
            let (first, second) = (figures(&tracks, whose, &tasks, a), figures(&tracks, whose, &tasks, b));
            for figure in [Figure::FallenDue, Figure::Overdue] {
                prop_assert!(second.since(&first, figure) >= 0);
            }
            for task in tasks {
                prop_assert!(!tracks.point(task, whose, a).bucket.is_overdue() || tracks.point(task, whose, b).bucket.is_overdue());
            }
        }
    }
}
