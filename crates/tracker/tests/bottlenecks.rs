//! Who reports being blocked by what.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use book::Book;
use common::plan;
use serde_json::{Value, json};
use tracker::bottleneck::{Obstacle, naming, obstacles, units};
use tracker::ledger::Field;

const TASK: &str = "CT05-B-06";

fn ids(obstacles: &[Obstacle]) -> Vec<(&str, &str)> {
    let ids = obstacles.iter();
    ids.map(|o| (o.unit.as_str(), o.task.as_str())).collect()
}

#[test]
fn blockers_stand_under_the_bottleneck_they_name() {
    let mut book = Book::new();
    let named = json!({ "bottleneck": "BN-1", "text": "Thiếu máy chủ" });
    book.write("bo-cong-an", TASK, Field::Blocker, named);
    book.write(
        "bo-y-te",
        TASK,
        Field::Blocker,
        json!({ "bottleneck": "BN-1" }),
    );
    book.write(
        "bo-y-te",
        "CT05-B-07",
        Field::Blocker,
        json!({ "text": "Chờ kinh phí" }),
    );
    book.write(
        "bo-y-te",
        "CT05-B-10",
        Field::Blocker,
        json!({ "bottleneck": "BN-99" }),
    );
    book.note("bo-cong-an", "CT05-B-07");

    let all = obstacles(&book.ledger);
    assert_eq!(all.len(), 4);
    assert!(
        all.is_sorted_by(|a, b| a.since >= b.since),
        "the newest first"
    );
    assert_eq!(units(&all), 2);
    let first = naming(plan(), &all, Some("BN-1"));
    assert_eq!(ids(&first), [("bo-y-te", TASK), ("bo-cong-an", TASK)]);
    assert_eq!(first[1].text, "Thiếu máy chủ");
    assert!(naming(plan(), &all, Some("BN-2")).is_empty());
    let unnamed = naming(plan(), &all, None);
    assert_eq!(
        ids(&unnamed),
        [("bo-y-te", "CT05-B-10"), ("bo-y-te", "CT05-B-07")],
        "a bottleneck that the plan does not know is none of its own"
    );
}

#[test]
fn a_blocker_that_was_taken_back_is_gone() {
    let mut book = Book::new();
    let value = json!({ "bottleneck": "BN-1" });
    let id = book.write("bo-cong-an", TASK, Field::Blocker, value);
    assert_eq!(obstacles(&book.ledger).len(), 1);
    book.undo(&id);
    assert!(obstacles(&book.ledger).is_empty());
    book.write("bo-cong-an", TASK, Field::Blocker, json!({ "text": "Chờ" }));
    book.write("bo-cong-an", TASK, Field::Blocker, Value::Null);
    assert!(obstacles(&book.ledger).is_empty());
}

#[test]
fn where_hands_differ_each_value_counts_once() {
    let mut here = Book::new();
    here.write(
        "bo-cong-an",
        TASK,
        Field::Blocker,
        json!({ "bottleneck": "BN-1" }),
    );
    assert!(!obstacles(&here.ledger)[0].differs);
    let mut there = Book::new();
    there.note("bo-cong-an", TASK);
    there.write(
        "bo-cong-an",
        TASK,
        Field::Blocker,
        json!({ "bottleneck": "BN-2" }),
    );
    here.merge(&there.ledger);
    let all = obstacles(&here.ledger);
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|o| o.differs));
    assert_eq!(naming(plan(), &all, Some("BN-1")).len(), 1);
    assert_eq!(naming(plan(), &all, Some("BN-2")).len(), 1);
}
