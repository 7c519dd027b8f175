//! Whose report counts: several leads, collectives, successors, and nobody.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use std::collections::HashSet;

use book::Book;
use common::*;
use serde_json::json;
use tracker::binding::Role;
use tracker::ledger::Field;
use tracker::plan::COUNTRY;
use tracker::status::{Bucket, Share};

#[test]
fn several_leads_complete_a_task_together() {
    let mut book = Book::new();
    let id = "CT05-B-46";
    let start = book.country(id, "2023-06-30");
    assert_eq!(
        start.share,
        Some(Share {
            completed: 0,
            bound: 2
        })
    );
    book.status("bo-cong-an", id, "2023-05-20");
    let half = book.country(id, "2023-06-30");
    assert_eq!(half.bucket, Bucket::Ongoing);
    assert_eq!(
        half.share,
        Some(Share {
            completed: 1,
            bound: 2
        })
    );
    assert_eq!(half.completed_on, None);
    let own = book.unit("bo-cong-an", id, "2023-06-30").bucket;
    assert_eq!(own, Bucket::CompletedNoDeadline);
    book.status("vpcp", id, "2023-06-15");
    assert_eq!(book.country(id, "2023-06-14").bucket, Bucket::Ongoing);
    let whole = book.country(id, "2023-06-15");
    assert_eq!(whole.bucket, Bucket::CompletedNoDeadline);
    assert_eq!(whole.completed_on, Some(day("2023-06-15")));
    assert_eq!(
        whole.share,
        Some(Share {
            completed: 2,
            bound: 2
        })
    );
}

#[test]
fn eight_provinces_are_as_late_as_the_last_one() {
    let mut book = Book::new();
    let id = "CT05-C-05";
    for lead in &task(id).leads {
        book.status(lead, id, "2023-03-20");
    }
    assert_eq!(
        book.country(id, "2023-06-30").bucket,
        Bucket::CompletedOnTime
    );
    book.status("ubnd-phu-yen", id, "2023-04-05");
    let standing = book.country(id, "2023-06-30");
    assert_eq!(standing.bucket, Bucket::CompletedLate);
    assert_eq!(standing.completed_on, Some(day("2023-04-05")));
    let early = book.country(id, "2023-04-04");
    assert_eq!(early.bucket, Bucket::InProgressOverdue);
    assert_eq!(
        early.share,
        Some(Share {
            completed: 7,
            bound: 8
        })
    );
}

#[test]
fn a_task_of_all_is_a_share() {
    let mut book = Book::new();
    let (id, asof) = ("CT05-A-01", "2023-06-30");
    let members = plan().members(agency("nhom-bo-nganh-dp"), day(asof));
    for member in &members[..12] {
        book.status(&member.id, id, "2023-03-15");
    }
    let standing = book.country(id, asof);
    assert_eq!(
        standing.share,
        Some(Share {
            completed: 12,
            bound: 93
        })
    );
    assert_eq!(standing.bucket, Bucket::InProgressOverdue);
    assert_eq!(standing.progress, None);
    for member in &members[12..] {
        assert_ne!(book.country(id, asof).bucket, Bucket::CompletedOnTime);
        book.status(&member.id, id, "2023-03-31");
    }
    let standing = book.country(id, asof);
    assert_eq!(
        standing.share,
        Some(Share {
            completed: 93,
            bound: 93
        })
    );
    assert_eq!(standing.bucket, Bucket::CompletedOnTime);
    assert_eq!(standing.completed_on, Some(day("2023-03-31")));
    // Who came later has not reported: of 56 bound today, 22 are new.
    let today = book.country(id, "2026-11-21").share.unwrap();
    let new = plan().members(agency("nhom-bo-nganh-dp"), day("2026-11-21"));
    let new = new.iter().filter(|a| a.valid_from.is_some()).count();
    assert_eq!(
        today,
        Share {
            completed: 56 - new,
            bound: 56
        }
    );
}

#[test]
fn a_statement_for_all_stands_only_for_the_silent() {
    let mut book = Book::new();
    let (id, asof) = ("CT05-A-01", "2023-06-30");
    book.status("nhom-bo-nganh-dp", id, "2023-03-30");
    let standing = book.country(id, asof);
    assert_eq!(standing.bucket, Bucket::CompletedOnTime);
    assert_eq!(
        standing.share,
        Some(Share {
            completed: 93,
            bound: 93
        })
    );
    book.status("bo-y-te", id, "in_progress");
    let standing = book.country(id, asof);
    assert_eq!(standing.bucket, Bucket::InProgressOverdue);
    assert_eq!(
        standing.share,
        Some(Share {
            completed: 92,
            bound: 93
        })
    );
    // A note says nothing of how far the task is, and neither does a reviewer's remark.
    book.note("bo-xay-dung", id);
    let remark = json!({ "verdict": "returned", "remark": "Bổ sung minh chứng" });
    book.write("bo-cong-an", id, Field::Review, remark);
    let standing = book.country(id, asof);
    assert_eq!(
        standing.share,
        Some(Share {
            completed: 92,
            bound: 93
        })
    );
    assert_eq!(standing.notes, 1);
    // For a unit only what is its own counts.
    assert_eq!(
        book.unit("bo-xay-dung", id, asof).bucket,
        Bucket::NotStartedOverdue
    );
}

#[test]
fn taking_ones_word_back_leaves_it_to_the_statement_for_all() {
    let mut book = Book::new();
    let (id, asof) = ("CT05-A-01", "2023-06-30");
    book.status("nhom-bo-nganh-dp", id, "2023-03-30");
    let own = book.status("bo-y-te", id, "in_progress");
    book.undo(&own);
    let standing = book.country(id, asof);
    assert_eq!(
        standing.share,
        Some(Share {
            completed: 93,
            bound: 93
        })
    );
}

#[test]
fn a_successor_speaks_before_its_predecessor() {
    let mut book = Book::new();
    let id = "CT05-B-36";
    book.status("bo-khdt", id, "2023-03-20");
    // Until the successor speaks, what the predecessor did stands.
    for asof in ["2023-06-30", "2025-02-28", "2025-03-01", "2026-11-21"] {
        assert_eq!(
            book.country(id, asof).bucket,
            Bucket::CompletedOnTime,
            "{asof}"
        );
    }
    let heir = book.unit("bo-tai-chinh", id, "2025-03-01");
    assert_eq!(heir.bucket, Bucket::CompletedOnTime);
    // It had no part in the task before.
    let early = book.unit("bo-tai-chinh", id, "2025-02-28");
    assert_eq!(early.bucket, Bucket::NotStartedOverdue);
    book.note("bo-tai-chinh", id);
    let noted = book.country(id, "2025-03-01");
    assert_eq!((noted.bucket, noted.notes), (Bucket::CompletedOnTime, 1));
    book.status("bo-tai-chinh", id, "in_progress");
    assert_eq!(
        book.country(id, "2025-02-28").bucket,
        Bucket::CompletedOnTime
    );
    assert_eq!(
        book.country(id, "2025-03-01").bucket,
        Bucket::InProgressOverdue
    );
    assert_eq!(
        book.unit("bo-tai-chinh", id, "2025-03-01").bucket,
        Bucket::InProgressOverdue
    );
    // The predecessor's own page keeps its history.
    assert_eq!(
        book.unit("bo-khdt", id, "2025-03-01").bucket,
        Bucket::CompletedOnTime
    );
}

#[test]
fn two_heirs_complete_a_task_together() {
    let mut book = Book::new();
    let (id, asof) = ("CT05-B-13", "2026-11-21");
    let heirs = plan().heirs(task(id), "bo-ldtbxh", day(asof));
    assert_eq!(heirs.len(), 2);
    book.status("bo-y-te", id, "2025-06-01");
    assert_eq!(book.country(id, asof).bucket, Bucket::InProgressOverdue);
    book.status("bo-noi-vu", id, "2025-07-01");
    let standing = book.country(id, asof);
    assert_eq!(standing.bucket, Bucket::CompletedLate);
    assert_eq!(standing.completed_on, Some(day("2025-07-01")));
    assert_eq!(standing.share, None);
    assert_eq!(
        book.country(id, "2025-06-30").bucket,
        Bucket::InProgressOverdue
    );
    // Where one is silent, its predecessor's word stands for its part.
    let mut book = Book::new();
    book.status("bo-ldtbxh", id, "2023-09-01");
    book.status("bo-y-te", id, "in_progress");
    assert_eq!(book.country(id, asof).bucket, Bucket::InProgressOverdue);
    book.status("bo-y-te", id, "2023-09-10");
    let standing = book.country(id, asof);
    assert_eq!(standing.bucket, Bucket::CompletedOnTime);
    assert_eq!(standing.completed_on, Some(day("2023-09-10")));
}

#[test]
fn a_task_without_a_lead_is_reported_for_the_country() {
    let mut book = Book::new();
    let id = "KL0723-17";
    assert!(task(id).leads.is_empty());
    let parties = plan().parties(task(id), day("2024-01-01"));
    assert_eq!(parties.len(), 1);
    assert_eq!(parties[0].unit, COUNTRY);
    assert_eq!(
        book.country(id, "2024-01-01").bucket,
        Bucket::NotStartedOverdue
    );
    book.status(COUNTRY, id, "2023-12-31");
    assert_eq!(
        book.country(id, "2024-01-01").bucket,
        Bucket::CompletedOnTime
    );
    assert_eq!(book.country(id, "2024-01-01").share, None);
}

#[test]
fn a_collective_that_is_not_listed_is_one_party() {
    let parties = plan().parties(task("CT05-A-05"), day("2023-06-30"));
    let units: Vec<&str> = parties.iter().map(|p| p.unit.as_str()).collect();
    assert_eq!(units, ["nhom-bo-nganh-duoc-giao"]);
    let mut book = Book::new();
    book.status("nhom-bo-nganh-duoc-giao", "CT05-A-05", "2023-06-30");
    let standing = book.country("CT05-A-05", "2023-07-01");
    assert_eq!(standing.bucket, Bucket::CompletedOnTime);
}

#[test]
fn parties_are_distinct_and_never_none() {
    for t in plan().tasks() {
        for on in ["2023-06-30", "2025-03-01", "2025-07-01", "2026-11-21"] {
            let parties = plan().parties(t, day(on));
            let units: HashSet<&str> = parties.iter().map(|p| p.unit.as_str()).collect();
            assert_eq!(units.len(), parties.len(), "{}", t.id);
            assert!(!parties.is_empty(), "{}", t.id);
            for p in &parties {
                assert!(!p.heirs.contains(&p.unit), "{}", t.id);
                let issued = plan().document(&t.document).unwrap().date.unwrap();
                if p.collective.is_some() && issued.first_day() <= day(on) {
                    let lead = plan().basis(t, Role::Lead, agency(&p.unit), day(on));
                    assert!(lead.is_some(), "{}: {}", t.id, p.unit);
                }
            }
        }
    }
}
