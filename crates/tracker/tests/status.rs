//! Buckets, due dates and the completion rate, on the real plan with a test's ledger.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use std::collections::HashSet;

use book::Book;
use common::*;
use serde_json::json;
use tracker::date::DeadlineKind;
use tracker::ledger::{Field, Ledger, Status};
use tracker::status::{Bucket, Scope, Tally, report};

fn status(text: &str) -> Status {
    match text {
        "not_started" => Status::NotStarted,
        "in_progress" => Status::InProgress,
        date => Status::Done { date: day(date) },
    }
}

#[track_caller]
fn bucket(state: &str, due: Option<&str>, asof: &str, expected: Bucket) {
    assert_eq!(Bucket::of(status(state), due.map(day), day(asof)), expected);
}

#[test]
fn buckets_are_those_of_official_reports() {
    use Bucket::*;
    let due = Some("2023-03-31");
    // Completed on time, on the last day at the latest; late from the next day on.
    bucket("2023-03-01", due, "2023-06-30", CompletedOnTime);
    bucket("2023-03-31", due, "2023-06-30", CompletedOnTime);
    bucket("2023-04-01", due, "2023-06-30", CompletedLate);
    bucket("2023-04-01", None, "2023-06-30", CompletedNoDeadline);
    // Not completed: in time up to the due day, overdue after it.
    bucket("in_progress", due, "2023-03-31", InProgressInTime);
    bucket("in_progress", due, "2023-04-01", InProgressOverdue);
    bucket("not_started", due, "2023-03-31", NotStartedInTime);
    bucket("not_started", due, "2023-04-01", NotStartedOverdue);
    // Without a due date never overdue, started or not.
    bucket("in_progress", None, "2099-12-31", Ongoing);
    bucket("not_started", None, "2099-12-31", Ongoing);
}

#[test]
fn done_counts_from_its_day() {
    use Bucket::*;
    let due = Some("2023-03-31");
    bucket("2023-04-15", due, "2023-04-14", InProgressOverdue);
    bucket("2023-04-15", due, "2023-04-15", CompletedLate);
    bucket("2023-03-15", due, "2023-03-14", InProgressInTime);
    bucket("2023-03-15", due, "2023-03-15", CompletedOnTime);
    bucket("2023-03-15", None, "2023-03-14", Ongoing);
    bucket("2023-03-15", None, "2023-03-15", CompletedNoDeadline);
}

#[test]
fn every_bucket_has_a_place_and_a_key() {
    let keys: HashSet<&str> = Bucket::ALL.iter().map(|b| b.key()).collect();
    assert_eq!(keys.len(), 8);
    for (i, b) in Bucket::ALL.into_iter().enumerate() {
        // A tally counts by position.
        assert_eq!(b as usize, i);
        assert!(!(b.is_overdue() && b.is_completed()), "{b:?}");
    }
    assert_eq!(Bucket::ALL.iter().filter(|b| b.is_overdue()).count(), 2);
    assert_eq!(Bucket::ALL.iter().filter(|b| b.is_completed()).count(), 3);
}

fn appendix_tally(ledger: &Ledger, asof: &str) -> Tally {
    let standing = |t| plan().standing(ledger, t, Scope::Country, day(asof));
    appendix().map(|t| standing(t).bucket).collect()
}

#[test]
fn with_nothing_recorded_the_appendix_falls_overdue_by_the_calendar() {
    for (asof, overdue) in [
        ("2023-02-28", 0),
        ("2023-03-01", 6),
        ("2023-03-31", 6),
        ("2023-04-01", 27),
        ("2023-05-01", 28),
        ("2023-06-30", 28),
        ("2023-07-01", 47),
        ("2023-08-01", 48),
        ("2023-10-01", 51),
        ("2023-12-31", 51),
        ("2024-01-01", 52),
        ("2026-11-21", 52),
    ] {
        let tally = appendix_tally(&Ledger::default(), asof);
        assert_eq!(tally.overdue(), overdue, "{asof}");
        assert_eq!(tally.total(), 72);
        assert_eq!(tally.completed(), 0);
        assert_eq!(tally.count(Bucket::Ongoing), 20, "{asof}");
        assert_eq!(
            tally.count(Bucket::NotStartedInTime),
            52 - overdue,
            "{asof}"
        );
    }
}

#[test]
fn what_has_no_end_is_never_overdue() {
    for t in plan()
        .tasks()
        .iter()
        .filter(|t| t.deadline.kind != DeadlineKind::By)
    {
        let mut book = Book::new();
        for lead in &t.leads {
            book.status(lead, &t.id, "in_progress");
        }
        for ledger in [&Ledger::default(), &book.ledger] {
            let standing = plan().standing(ledger, t, Scope::Country, day("2099-12-31"));
            assert_eq!(standing.bucket, Bucket::Ongoing, "{}", t.id);
            assert_eq!(standing.due, None);
        }
    }
}

#[test]
fn a_unit_completes_its_task() {
    let mut book = Book::new();
    book.status("bo-cong-an", "CT05-B-01", "2023-04-28");
    book.status("bo-cong-an", "CT05-B-03", "2023-04-01");
    let of = |id: &str, asof: &str| {
        let (unit, country) = (book.unit("bo-cong-an", id, asof), book.country(id, asof));
        assert_eq!(unit, country, "{id}");
        (unit.bucket, unit.completed_on.map(|d| d.to_string()))
    };
    let on = |date: &str| Some(date.to_owned());
    assert_eq!(
        of("CT05-B-01", "2023-05-01"),
        (Bucket::CompletedOnTime, on("2023-04-28"))
    );
    assert_eq!(
        of("CT05-B-01", "2023-04-27"),
        (Bucket::InProgressInTime, None)
    );
    assert_eq!(
        of("CT05-B-03", "2023-05-01"),
        (Bucket::CompletedLate, on("2023-04-01"))
    );
    assert_eq!(
        of("CT05-B-03", "2023-03-31"),
        (Bucket::InProgressInTime, None)
    );
    // Another unit's report is not this unit's.
    let other = book.unit("bo-y-te", "CT05-B-01", "2023-05-01");
    assert_eq!(
        (other.bucket, other.updated),
        (Bucket::NotStartedOverdue, None)
    );
}

#[test]
fn the_last_statement_counts_and_undoing_it_brings_back_the_one_before() {
    let mut book = Book::new();
    let bucket = |book: &Book| book.unit("bo-cong-an", "CT05-B-01", "2023-04-30").bucket;
    book.status("bo-cong-an", "CT05-B-01", "in_progress");
    assert_eq!(bucket(&book), Bucket::InProgressInTime);
    let done = book.status("bo-cong-an", "CT05-B-01", "2023-04-10");
    assert_eq!(bucket(&book), Bucket::CompletedOnTime);
    book.undo(&done);
    assert_eq!(bucket(&book), Bucket::InProgressInTime);
}

#[test]
fn an_extension_moves_the_due_date() {
    let mut book = Book::new();
    let id = "CT05-B-01";
    let of = |book: &Book, asof: &str| {
        let standing = book.country(id, asof);
        (standing.bucket, standing.due.unwrap().to_string())
    };
    let due = |bucket, date: &str| (bucket, date.to_owned());
    assert_eq!(
        of(&book, "2023-05-01"),
        due(Bucket::NotStartedOverdue, "2023-04-30")
    );
    let granted = book.extend("bo-cong-an", id, "2023-06-30");
    assert_eq!(
        of(&book, "2023-06-30"),
        due(Bucket::NotStartedInTime, "2023-06-30")
    );
    assert_eq!(
        of(&book, "2023-07-01"),
        due(Bucket::NotStartedOverdue, "2023-06-30")
    );
    book.status("bo-cong-an", id, "2023-06-15");
    assert_eq!(
        of(&book, "2023-07-01"),
        due(Bucket::CompletedOnTime, "2023-06-30")
    );
    book.undo(&granted);
    assert_eq!(
        of(&book, "2023-07-01"),
        due(Bucket::CompletedLate, "2023-04-30")
    );
}

#[test]
fn an_extension_gives_no_date_to_what_has_none() {
    let mut book = Book::new();
    book.extend("bo-cong-an", "CT05-B-02", "2023-06-30");
    let standing = book.country("CT05-B-02", "2024-01-01");
    assert_eq!((standing.bucket, standing.due), (Bucket::Ongoing, None));
}

#[test]
fn an_extension_for_one_lead_does_not_excuse_the_others() {
    let mut book = Book::new();
    let (id, asof) = ("CT05-C-05", "2023-06-30");
    for lead in &task(id).leads {
        book.status(lead, id, "2023-03-20");
    }
    book.status("ubnd-phu-yen", id, "in_progress");
    book.extend("ubnd-phu-yen", id, "2023-09-30");
    let standing = book.country(id, asof);
    assert_eq!(standing.bucket, Bucket::InProgressInTime);
    assert_eq!(standing.due, Some(day("2023-09-30")));
    book.status("ubnd-gia-lai", id, "in_progress");
    assert_eq!(book.country(id, asof).bucket, Bucket::InProgressOverdue);
}

#[test]
fn a_standing_tells_what_else_is_recorded() {
    let mut book = Book::new();
    let (unit, id, asof) = ("bo-cong-an", "CT05-B-01", "2023-04-15");
    let empty = book.unit(unit, id, asof);
    assert!(!empty.blocked && !empty.differs);
    assert_eq!(
        (empty.progress, empty.notes, empty.updated),
        (None, 0, None)
    );
    book.status(unit, id, "in_progress");
    book.write(unit, id, Field::Progress, json!(40));
    let first = book.note(unit, id);
    book.note(unit, id);
    let blocker = json!({ "bottleneck": "BN-1", "text": "Chờ kết nối" });
    let blocker = book.write(unit, id, Field::Blocker, blocker);
    let full = book.unit(unit, id, asof);
    assert!(full.blocked && !full.differs);
    assert_eq!((full.progress, full.notes), (Some(40), 2));
    let newest = book.ledger.get(&blocker).unwrap().time();
    assert_eq!(full.updated, Some(newest));
    book.write(unit, id, Field::Blocker, json!(null));
    book.undo(&first);
    let after = book.unit(unit, id, asof);
    assert!(!after.blocked);
    assert_eq!(after.notes, 1);
    assert!(after.updated > full.updated);
    let newest = book.status(unit, id, "in_progress");
    let newest = book.ledger.get(&newest).unwrap().time();
    assert_eq!(book.unit(unit, id, asof).updated, Some(newest));
    assert!(report(&book.ledger, "bo-y-te", id).is_none());
}

#[test]
fn two_who_write_apart_differ_until_somebody_settles_it() {
    let (unit, id, asof) = ("bo-cong-an", "CT05-B-01", "2023-04-30");
    let (mut here, mut there) = (Book::new(), Book::new());
    here.status(unit, id, "in_progress");
    there.note(unit, id);
    there.status(unit, id, "2023-04-20");
    here.merge(&there.ledger);
    let standing = here.unit(unit, id, asof);
    assert!(standing.differs);
    // The later of the two is shown meanwhile.
    assert_eq!(standing.bucket, Bucket::CompletedOnTime);
    here.status(unit, id, "in_progress");
    let settled = here.unit(unit, id, asof);
    assert!(!settled.differs);
    assert_eq!(settled.bucket, Bucket::InProgressInTime);
}

fn tally(counts: &[(Bucket, usize)]) -> Tally {
    counts
        .iter()
        .flat_map(|&(b, n)| std::iter::repeat_n(b, n))
        .collect()
}

#[track_caller]
fn rate(counts: &[(Bucket, usize)], expected: Option<f64>) {
    let found = tally(counts).completion_rate();
    let rounded = |r: Option<f64>| r.map(|r| (r * 10_000.0).round());
    assert_eq!(rounded(found), rounded(expected), "{found:?}");
}

#[test]
fn the_completion_rate_is_the_official_one() {
    use Bucket::*;
    // 2.501 of 2.723 tasks fallen due, and 16.051 of 16.274, as two official reports count them.
    rate(
        &[(CompletedOnTime, 2501), (NotStartedOverdue, 222)],
        Some(0.9185),
    );
    let parts = [
        (CompletedOnTime, 14068),
        (CompletedLate, 1983),
        (InProgressOverdue, 223),
    ];
    rate(&parts, Some(0.9863));
    rate(
        &[
            (CompletedLate, 1),
            (NotStartedOverdue, 1),
            (InProgressOverdue, 2),
        ],
        Some(0.25),
    );
    rate(&[(CompletedOnTime, 3)], Some(1.0));
    rate(&[(NotStartedOverdue, 3)], Some(0.0));
}

#[test]
fn what_has_not_fallen_due_stays_out_of_the_rate() {
    use Bucket::*;
    rate(&[], None);
    let outside = [
        (NotStartedInTime, 5),
        (InProgressInTime, 5),
        (Ongoing, 5),
        (CompletedNoDeadline, 5),
    ];
    rate(&outside, None);
    let mut all = outside.to_vec();
    all.extend([(CompletedOnTime, 1), (NotStartedOverdue, 1)]);
    rate(&all, Some(0.5));
    let all = tally(&all);
    assert_eq!(
        (all.total(), all.completed(), all.completed_dated()),
        (22, 6, 1)
    );
    assert_eq!((all.overdue(), all.count(Ongoing)), (1, 5));
}
