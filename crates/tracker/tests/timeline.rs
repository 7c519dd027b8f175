//! The scale of the timeline, the bars of tasks.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use book::Book;
use chrono::{Days, NaiveDate};
use common::*;
use proptest::prelude::*;
use proptest::sample::Index;
use tracker::date::{Deadline, DeadlineKind};
use tracker::plan::Task;
use tracker::status::Standing;
use tracker::timeline::{Bars, PARTS, Scale, bars, percent};

const SCALE: Scale = Scale::PROJECT;
const LEAD: &str = "bo-cong-an";

fn issued(task: &Task) -> Option<NaiveDate> {
    let document = plan().document(&task.document)?;
    Some(document.date?.first_day())
}

/// What is drawn of a task for the Ministry of Public Security.
#[track_caller]
fn drawn(book: &Book, id: &str, asof: &str) -> Bars {
    let standing = book.unit(LEAD, id, asof);
    let task = task(id);
    bars(SCALE, issued(task), task.deadline, &standing, day(asof))
}

/// The first task of the ministry whose deadline is of this kind.
fn of_kind(kind: DeadlineKind) -> &'static Task {
    let tasks = plan().tasks().iter();
    let mut found = tasks.filter(|t| t.deadline.kind == kind && t.leads.iter().any(|l| l == LEAD));
    found.next().unwrap()
}

#[test]
fn months_are_equally_wide() {
    let year = PARTS / 9;
    assert_eq!(SCALE.start(day("2022-01-01")), 0);
    assert_eq!(SCALE.start(day("2023-01-01")), year);
    assert_eq!(SCALE.end(day("2022-12-31")), year);
    assert_eq!(SCALE.end(day("2030-12-31")), PARTS);
    let month = |m: &str| SCALE.end(day(m)) - SCALE.start(day(&format!("{}-01", &m[..7])));
    assert!(month("2023-02-28").abs_diff(month("2023-03-31")) <= 1);
}

#[test]
fn days_off_the_scale_lie_at_its_ends() {
    for (off, at) in [("2021-12-31", 0), ("1900-02-28", 0), ("2031-01-01", PARTS)] {
        assert_eq!(SCALE.start(day(off)), at, "{off}");
        assert_eq!(SCALE.end(day(off)), at, "{off}");
        assert!(!SCALE.holds(day(off)), "{off}");
    }
    assert!(SCALE.holds(day("2022-01-01")) && SCALE.holds(day("2030-12-31")));
}

#[test]
fn a_place_is_written_for_style_sheets() {
    for (parts, written) in [(0, "0.000%"), (48_048, "48.048%"), (PARTS, "100.000%")] {
        assert_eq!(percent(parts), written);
    }
}

#[test]
fn a_task_with_a_due_date_is_a_bar_from_its_document_to_that_date() {
    let mut book = Book::new();
    // Directive 05/CT-TTg of 23/02/2023, due in June 2023.
    let id = "CT05-B-06";
    let due = SCALE.end(task(id).deadline.due().unwrap());
    let open = drawn(&book, id, "2023-03-01");
    let given = open.given.unwrap();
    assert_eq!(
        (given.from, given.to),
        (SCALE.start(day("2023-02-23")), due)
    );
    assert_eq!((open.due, open.done, open.late), (Some(due), None, None));
    assert!(!open.open && !open.outside);

    let overdue = drawn(&book, id, "2023-09-30");
    let late = overdue.late.unwrap();
    assert_eq!((late.from, late.to), (due, SCALE.end(day("2023-09-30"))));

    book.status(LEAD, id, "2023-08-15");
    let done = drawn(&book, id, "2023-09-30");
    assert_eq!(done.done, Some(SCALE.end(day("2023-08-15"))));
    assert_eq!(done.late.unwrap().to, SCALE.end(day("2023-08-15")));

    book.status(LEAD, id, "2023-05-15");
    let early = drawn(&book, id, "2023-09-30");
    assert_eq!((early.late, early.due), (None, Some(due)));
}

#[test]
fn an_extension_moves_the_due_date_and_keeps_the_first_one() {
    let mut book = Book::new();
    let id = "CT05-B-06";
    let first = SCALE.end(task(id).deadline.due().unwrap());
    assert_eq!(drawn(&book, id, "2023-09-30").first_due, None);
    book.extend(LEAD, id, "2031-03-31");
    let extended = drawn(&book, id, "2023-09-30");
    assert_eq!(extended.first_due, Some(first));
    assert_eq!((extended.due, extended.late), (Some(PARTS), None));
    assert!(extended.outside, "a due date after the scale is said to be");
}

#[test]
fn what_has_no_end_is_open_until_it_is_completed() {
    for kind in [DeadlineKind::From, DeadlineKind::Ongoing] {
        let task = of_kind(kind);
        let mut book = Book::new();
        let bar = drawn(&book, &task.id, "2025-09-30");
        let from = task.deadline.start().or(issued(task)).unwrap();
        assert_eq!(bar.given.unwrap().from, SCALE.start(from), "{}", task.id);
        assert_eq!((bar.given.unwrap().to, bar.open), (PARTS, true));
        assert_eq!((bar.due, bar.late), (None, None));

        book.status(LEAD, &task.id, "2025-08-15");
        let bar = drawn(&book, &task.id, "2025-09-30");
        let done = SCALE.end(day("2025-08-15"));
        assert_eq!(
            (bar.given.unwrap().to, bar.open, bar.done),
            (done, false, Some(done))
        );
    }
}

#[test]
fn what_states_no_time_has_no_mark_until_it_is_completed() {
    let undated = of_kind(DeadlineKind::None);
    let mut book = Book::new();
    assert_eq!(drawn(&book, &undated.id, "2025-09-30"), Bars::default());
    book.status(LEAD, &undated.id, "2025-08-15");
    let done = drawn(&book, &undated.id, "2025-09-30");
    assert_eq!(
        (done.given, done.done),
        (None, Some(SCALE.end(day("2025-08-15"))))
    );
}

/// Days in and around the scale.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..5000).prop_map(|n| day("2020-01-01") + Days::new(n))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn later_days_never_lie_before_earlier_ones(a in any_day(), b in any_day()) {
        let (early, late) = (a.min(b), a.max(b));
        prop_assert!(SCALE.start(early) <= SCALE.start(late));
        prop_assert!(SCALE.end(early) <= SCALE.end(late));
        prop_assert!(SCALE.start(a) <= SCALE.end(a));
        if early < late {
            prop_assert!(SCALE.end(early) <= SCALE.start(late));
            if SCALE.holds(early) && SCALE.holds(late) {
                prop_assert!(SCALE.start(early) < SCALE.start(late), "each day has its own place");
            }
        }
    }

    #[test]
    fn bars_lie_within_the_scale(
        which in any::<Index>(),
        asof in any_day(),
        due in proptest::option::of(any_day()),
        completed_on in proptest::option::of(any_day()),
        issued in proptest::option::of(any_day()),
    ) {
        let task: &Task = which.get(plan().tasks());
        let by = task.deadline.kind == DeadlineKind::By;
        let mut standing: Standing = Book::new().unit(LEAD, &task.id, "2023-01-01");
        standing.due = due.or(task.deadline.due()).filter(|_| by);
        standing.completed_on = completed_on;
        let deadline: Deadline = task.deadline;
        let bars = bars(SCALE, issued, deadline, &standing, asof);
        for span in [bars.given, bars.late].into_iter().flatten() {
            prop_assert!(span.from <= span.to && span.to <= PARTS, "{span:?}");
        }
        for mark in [bars.due, bars.done, bars.first_due].into_iter().flatten() {
            prop_assert!(mark <= PARTS);
        }
        prop_assert_eq!(bars.due.is_some(), by, "no false mark");
        prop_assert!(!bars.open || bars.done.is_none());
        if let (Some(given), Some(due)) = (bars.given, bars.due) {
            prop_assert_eq!(given.to, due);
        }
    }
}
