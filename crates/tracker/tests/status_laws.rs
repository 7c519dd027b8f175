//! Laws of status, on ledgers and days that nobody thought of.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use book::Book;
use chrono::{Days, NaiveDate};
use common::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tracker::ledger::{Ledger, Status};
use tracker::plan::COUNTRY;
use tracker::status::{Bucket, Scope, Standing, Tally};

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..1600).prop_map(|n| day("2023-01-01") + Days::new(n))
}

fn any_status() -> impl Strategy<Value = Status> {
    prop_oneof![
        Just(Status::NotStarted),
        Just(Status::InProgress),
        any_day().prop_map(|date| Status::Done { date }),
    ]
}

/// One thing that somebody records: of which task, which of those who may speak, and what.
#[derive(Clone, Debug)]
enum Act {
    Status(Status),
    Extension(NaiveDate),
    Note,
}

fn any_act() -> impl Strategy<Value = (Index, Index, Act)> {
    let act = prop_oneof![
        4 => any_status().prop_map(Act::Status),
        1 => any_day().prop_map(Act::Extension),
        1 => Just(Act::Note),
    ];
    (any::<Index>(), any::<Index>(), act)
}

/// A ledger of `acts` by leads, their heirs, members of collectives and the country.
fn book(acts: &[(Index, Index, Act)]) -> Book {
    let mut book = Book::new();
    for (t, who, act) in acts {
        let t = t.get(plan().tasks());
        let mut units = t.leads.clone();
        for on in ["2023-06-30", "2026-11-21"] {
            let parties = plan().parties(t, day(on));
            units.extend(
                parties
                    .into_iter()
                    .take(3)
                    .flat_map(|p| p.heirs.into_iter().chain([p.unit])),
            );
        }
        units.push(COUNTRY.to_owned());
        let unit = who.get(&units);
        match act {
            Act::Status(Status::NotStarted) => book.status(unit, &t.id, "not_started"),
            Act::Status(Status::InProgress) => book.status(unit, &t.id, "in_progress"),
            Act::Status(Status::Done { date }) => book.status(unit, &t.id, &date.to_string()),
            Act::Extension(due) => book.extend(unit, &t.id, &due.to_string()),
            Act::Note => book.note(unit, &t.id),
        };
    }
    book
}

fn standings(ledger: &Ledger, scope: Scope<'_>, asof: NaiveDate) -> Vec<Standing> {
    let tasks = plan().tasks().iter();
    tasks
        .map(|t| plan().standing(ledger, t, scope, asof))
        .collect()
}

fn scopes() -> impl Strategy<Value = Scope<'static>> {
    let units = [
        "bo-cong-an",
        "bo-tttt",
        "bo-khcn",
        "ubnd-phu-yen",
        "ubnd-dak-lak-2025",
    ];
    let units = units.map(|id| Scope::Unit(agency(id))).to_vec();
    prop_oneof![Just(Scope::Country), select(units)]
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn buckets_divide_the_tasks_among_them(
        acts in vec(any_act(), 0..80),
        scope in scopes(),
        asof in any_day(),
    ) {
        let book = book(&acts);
        let standings = standings(&book.ledger, scope, asof);
        let tally: Tally = standings.iter().map(|s| s.bucket).collect();
        prop_assert_eq!(tally.total(), plan().tasks().len());
        let sum: usize = Bucket::ALL.iter().map(|b| tally.count(*b)).sum();
        prop_assert_eq!(sum, plan().tasks().len());
        let open = Bucket::ALL.iter().filter(|b| !b.is_completed() && !b.is_overdue());
        let open: usize = open.map(|b| tally.count(*b)).sum();
        prop_assert_eq!(open + tally.completed() + tally.overdue(), tally.total());
        if let Some(rate) = tally.completion_rate() {
            prop_assert!((0.0..=1.0).contains(&rate), "{}", rate);
            prop_assert!(tally.completed_dated() + tally.overdue() > 0);
        } else {
            prop_assert_eq!(tally.completed_dated() + tally.overdue(), 0);
        }
    }

    #[test]
    fn a_standing_agrees_with_itself(
        acts in vec(any_act(), 0..80),
        scope in scopes(),
        asof in any_day(),
    ) {
        let book = book(&acts);
        for (t, s) in plan().tasks().iter().zip(standings(&book.ledger, scope, asof)) {
            let id = &t.id;
            prop_assert_eq!(s.due.is_some(), t.deadline.due().is_some(), "{}", id);
            prop_assert_eq!(s.bucket.is_completed(), s.completed_on.is_some(), "{}", id);
            let undated = matches!(s.bucket, Bucket::Ongoing | Bucket::CompletedNoDeadline);
            prop_assert_eq!(undated, s.due.is_none(), "{}", id);
            if let Some(on) = s.completed_on {
                prop_assert!(on <= asof, "{}: {} after {}", id, on, asof);
            }
            if let Some(share) = s.share {
                prop_assert!(share.completed <= share.bound && share.bound > 1, "{}", id);
                prop_assert_eq!(share.completed == share.bound, s.bucket.is_completed(), "{}", id);
            } else {
                // One party alone: the bucket follows from its own due date.
                let late = s.due.is_some_and(|due| due < asof);
                prop_assert!(!s.bucket.is_overdue() || late, "{}", id);
            }
        }
    }

    #[test]
    fn with_nothing_recorded_overdue_only_grows(a in any_day(), b in any_day()) {
        let overdue = |asof| {
            let tally: Tally = standings(&Ledger::default(), Scope::Country, asof)
                .iter()
                .map(|s| s.bucket)
                .collect();
            tally.overdue()
        };
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(overdue(a) <= overdue(b));
        let due = plan().tasks().iter().filter_map(|t| t.deadline.due());
        prop_assert_eq!(overdue(a), due.filter(|due| *due < a).count());
    }

    #[test]
    fn what_is_recorded_of_one_task_moves_no_other(act in any_act(), asof in any_day()) {
        let (t, ..) = &act;
        let id = &t.get(plan().tasks()).id;
        let before = standings(&Ledger::default(), Scope::Country, asof);
        let after = standings(&book(std::slice::from_ref(&act)).ledger, Scope::Country, asof);
        for (t, (before, after)) in plan().tasks().iter().zip(before.iter().zip(&after)) {
            prop_assert!(&t.id == id || before == after, "{}", t.id);
        }
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn a_bucket_follows_from_status_due_and_day(
        status in any_status(),
        due in proptest::option::of(any_day()),
        asof in any_day(),
        later in any_day(),
    ) {
        let bucket = Bucket::of(status, due, asof);
        let done = matches!(status, Status::Done { date } if date <= asof);
        prop_assert_eq!(bucket.is_completed(), done);
        prop_assert_eq!(bucket.is_overdue(), !done && due.is_some_and(|due| due < asof));
        // With time alone nothing completed becomes open, and nothing overdue comes in time.
        let (first, second) = (asof.min(later), asof.max(later));
        let (first, second) = (Bucket::of(status, due, first), Bucket::of(status, due, second));
        prop_assert!(!first.is_completed() || first == second);
        prop_assert!(!first.is_overdue() || second.is_overdue() || second == Bucket::CompletedLate);
    }
}
