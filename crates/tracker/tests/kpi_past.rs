//! The past, replayed: what counts on a day, and the tracks that say it for every day at once.

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
use tracker::kpi::{Point, Tracks, Whose};
use tracker::ledger::{Field, Ledger, Stamp};
use tracker::plan::Plan;
use tracker::status::{Bucket, Scope};

const TASK: &str = "CT05-B-03";
const UNIT: &str = "bo-cong-an";

/// Where the task stands for its lead on a day, replayed.
#[track_caller]
fn point(ledger: &Ledger, on: &str) -> Point {
    let seen = ledger.as_of(day(on), day(TODAY));
    let scope = Scope::Unit(agency(UNIT));
    let point = Point::of(&plan().standing(&seen, task(TASK), scope, day(on)));
    let tracks = Tracks::new(plan(), ledger, day(TODAY));
    let (at, who) = (place(TASK), plan().agency_position(UNIT).unwrap());
    assert_eq!(tracks.point(at, Whose::Agency(who), day(on)), point, "{on}");
    point
}

fn place(task: &str) -> usize {
    plan().task_position(task).unwrap()
}

#[test]
fn days_are_those_of_vietnam() {
    let at = |ms| Stamp { ms, c: 0 }.day();
    // 16:59:59,999 and 17:00 in Greenwich: midnight in Hà Nội.
    let midnight = 1_700_067_600_000;
    assert_eq!(at(midnight - 1), day("2023-11-15"));
    assert_eq!(at(midnight), day("2023-11-16"));
    assert_eq!(at(i64::MAX), NaiveDate::MAX);
    assert_eq!(at(i64::MIN), NaiveDate::MIN);
}

#[test]
fn what_has_no_day_of_its_own_counts_from_when_it_was_recorded() {
    let due = task(TASK).deadline.due().unwrap();
    assert_eq!(due, day("2023-03-31"));
    let mut diary = Diary::default();
    diary.status("2023-03-10", UNIT, TASK, "in_progress");
    diary.block("2023-03-20", UNIT, TASK);
    diary.extend("2023-04-05", UNIT, TASK, "2023-05-31");
    let seen = |on| {
        let point = point(&diary.ledger, on);
        (point.bucket, point.blocked, point.due)
    };
    let (first, later) = (Some(due), Some(day("2023-05-31")));
    assert_eq!(seen("2023-03-09"), (Bucket::NotStartedInTime, false, first));
    assert_eq!(seen("2023-03-10"), (Bucket::InProgressInTime, false, first));
    assert_eq!(seen("2023-03-20"), (Bucket::InProgressInTime, true, first));
    // The extension came after the due date: until then it was overdue.
    assert_eq!(seen("2023-04-04"), (Bucket::InProgressOverdue, true, first));
    assert_eq!(seen("2023-04-05"), (Bucket::InProgressInTime, true, later));
    assert_eq!(seen("2023-06-01"), (Bucket::InProgressOverdue, true, later));
}

#[test]
fn a_completion_counts_from_its_date_however_late_it_was_reported() {
    let mut diary = Diary::default();
    diary.status("2023-03-10", UNIT, TASK, "in_progress");
    diary.status("2023-09-01", UNIT, TASK, "2023-03-25");
    let bucket = |on| point(&diary.ledger, on).bucket;
    assert_eq!(bucket("2023-03-09"), Bucket::NotStartedInTime);
    assert_eq!(bucket("2023-03-24"), Bucket::InProgressInTime);
    assert_eq!(bucket("2023-03-25"), Bucket::CompletedOnTime);
    assert_eq!(bucket("2023-08-01"), Bucket::CompletedOnTime);
    let seen = diary.ledger.as_of(day("2023-03-25"), day(TODAY));
    assert_eq!(
        seen.conflict_count(),
        0,
        "a chain of hands is no disagreement"
    );
}

#[test]
fn nothing_was_known_of_a_completion_before_its_date() {
    let mut diary = Diary::default();
    diary.status("2023-09-01", UNIT, TASK, "2023-04-25");
    let bucket = |on| point(&diary.ledger, on).bucket;
    assert_eq!(bucket("2023-03-31"), Bucket::NotStartedInTime);
    assert_eq!(bucket("2023-04-24"), Bucket::NotStartedOverdue);
    assert_eq!(bucket("2023-04-25"), Bucket::CompletedLate);
}

#[test]
fn a_corrected_date_never_counts_but_one_that_was_sent_back_did() {
    let mut diary = Diary::default();
    diary.status("2023-03-20", UNIT, TASK, "2023-03-15");
    diary.status("2023-06-01", UNIT, TASK, "2023-05-15");
    let bucket = |on| point(&diary.ledger, on).bucket;
    assert_eq!(bucket("2023-03-20"), Bucket::InProgressInTime);
    assert_eq!(bucket("2023-05-14"), Bucket::InProgressOverdue);
    assert_eq!(bucket("2023-05-15"), Bucket::CompletedLate);

    let mut diary = Diary::default();
    diary.status("2023-03-20", UNIT, TASK, "2023-03-15");
    diary.status("2023-04-10", UNIT, TASK, "in_progress");
    diary.status("2023-06-01", UNIT, TASK, "2023-05-15");
    let bucket = |on| point(&diary.ledger, on).bucket;
    assert_eq!(bucket("2023-03-19"), Bucket::NotStartedInTime);
    assert_eq!(bucket("2023-04-09"), Bucket::CompletedOnTime);
    assert_eq!(bucket("2023-04-10"), Bucket::InProgressOverdue);
    assert_eq!(bucket("2023-05-15"), Bucket::CompletedLate);
}

#[test]
fn a_clock_that_is_ahead_hides_nothing_today() {
    let mut diary = Diary::default();
    diary.status("2027-02-01", UNIT, TASK, "in_progress");
    assert!(point(&diary.ledger, TODAY).started);
    assert!(!point(&diary.ledger, "2026-11-20").started);
}

#[test]
fn today_is_the_ledger_itself() {
    let mut diary = Diary::default();
    diary.note("2025-01-01", UNIT, TASK);
    diary.write(
        day("2025-02-01"),
        UNIT,
        TASK,
        Field::Progress,
        serde_json::json!(40),
    );
    assert_eq!(diary.ledger.as_of(day(TODAY), day(TODAY)), diary.ledger);
    assert_eq!(diary.ledger.as_of(day("2025-01-31"), day(TODAY)).len(), 1);
    assert!(diary.ledger.as_of(day("2024-12-31"), day(TODAY)).is_empty());
}

/// A plan may say of a single task who inherited it, though the agency as a whole names no such
/// successor.
#[test]
fn an_heir_of_a_single_task_has_the_word_of_its_predecessor() {
    let edited = Edited::new().entry("tasks.json", "CT05-B-22", |task| {
        task["inherited"] = serde_json::json!([{
            "from": "bo-tttt",
            "to": ["bo-y-te"],
            "certainty": "verified",
            "function": { "vi": "Một phần", "en": "A part" },
        }]);
    });
    let plan = Plan::load(edited.pack()).unwrap();
    let mut diary = Diary::default();
    diary.status("2023-05-01", "bo-tttt", "CT05-B-22", "2023-04-20");
    let tracks = Tracks::new(&plan, &diary.ledger, day(TODAY));
    let at = plan.task_position("CT05-B-22").unwrap();
    let heir = Whose::Agency(plan.agency_position("bo-y-te").unwrap());
    let is_done = |on| tracks.point(at, heir, day(on)).bucket.is_completed();
    assert_eq!(
        (is_done("2025-02-28"), is_done("2025-03-01")),
        (false, true)
    );
}

/// Agencies of several fates: there all the time, gone, new, merged, and a collective.
const WATCHED: [&str; 7] = [
    "bo-cong-an",
    "bo-tttt",
    "bo-khcn",
    "vpcp",
    "ubnd-phu-yen",
    "ubnd-dak-lak-2025",
    "nhom-bo-nganh-dp",
];

proptest! {
    #![proptest_config(config(40))]

    /// A track says of every day what the ledger as of that day says.
    #[test]
    fn tracks_are_the_past_replayed(acts in acts(60), days in proptest::collection::vec(any_day(), 6)) {
        let diary = diary(&acts);
        let today = day(TODAY);
        let tracks = Tracks::new(plan(), &diary.ledger, today);
        for on in days {
            let seen = diary.ledger.as_of(on, today);
            for (at, task) in plan().tasks().iter().enumerate() {
                let standing = plan().standing(&seen, task, Scope::Country, on);
                let found = tracks.point(at, Whose::Country, on);
                prop_assert_eq!(found, Point::of(&standing), "{} on {}", &task.id, on);
                for id in WATCHED {
                    let unit = agency(id);
                    let standing = plan().standing(&seen, task, Scope::Unit(unit), on);
                    let whose = Whose::Agency(plan().agency_position(id).unwrap());
                    let found = tracks.point(at, whose, on);
                    prop_assert_eq!(found, Point::of(&standing), "{} of {} on {}", &task.id, id, on);
                }
            }
        }
    }

    /// Following update by update comes to the same as looking at all of them anew.
    #[test]
    fn following_comes_to_the_same(before in acts(30), after in acts(12)) {
        let mut diary = diary(&before);
        let mut tracks = Tracks::new(plan(), &diary.ledger, day(TODAY));
        for act in &after {
            diary.act(act);
            prop_assert_eq!(tracks.follow(plan(), &diary.ledger).len(), 1);
            prop_assert_eq!(&tracks, &Tracks::new(plan(), &diary.ledger, day(TODAY)));
        }
        prop_assert!(tracks.follow(plan(), &diary.ledger).is_empty());
    }

    /// The past is a part of the ledger, and the later the day, the more is known of anything but
    /// completions.
    #[test]
    fn the_past_only_grows(acts in acts(40), a in any_day(), b in any_day()) {
        let diary = diary(&acts);
        let (first, second) = (a.min(b), a.max(b));
        let today = day(TODAY);
        let (first, second) = (diary.ledger.as_of(first, today), diary.ledger.as_of(second, today));
        for event in first.events() {
            prop_assert!(diary.ledger.contains(&event.id()));
            prop_assert!(event.field() == "status" || second.contains(&event.id()));
        }
        let again: Ledger = second.events().cloned().collect();
        prop_assert_eq!(again.fold_bytes(), second.fold_bytes());
        prop_assert_eq!(again.conflict_count(), second.conflict_count());
        prop_assert_eq!(second.since(0).len(), second.len());
    }
}
