//! Narrowing by what people recorded, and by what is missing.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;
#[path = "common/search.rs"]
mod search;

use book::Book;
use common::*;
use search::{finds, search, search_in};
use serde_json::json;
use tracker::binding::Basis;
use tracker::ledger::Field;
use tracker::status::Scope;

const TODAY: &str = "2026-11-21";

/// A ledger in which each of a few tasks has one field.
fn book() -> Book {
    let mut book = Book::new();
    let mut put = |task: &str, field, value| {
        book.write("bo-cong-an", task, field, value);
    };
    put("CT05-B-01", Field::Progress, json!(40));
    put("CT05-B-02", Field::Forecast, json!("2027-01-31"));
    put(
        "CT05-B-03",
        Field::Blocker,
        json!({"text": "Chưa có kinh phí"}),
    );
    put("CT05-B-04", Field::Assignee, json!("Vụ Kế hoạch"));
    put(
        "CT05-B-05",
        Field::Evidence,
        json!({"text": "Báo cáo số 1"}),
    );
    put("CT05-B-06", Field::SelfRating, json!({"rating": "green"}));
    put("CT05-B-07", Field::Review, json!({"verdict": "accepted"}));
    book.note("bo-cong-an", "CT05-B-08");
    book.extend("bo-cong-an", "CT05-B-09", "2027-03-31");
    book
}

#[track_caller]
fn found(book: &Book, text: &str, expected: &[&str]) {
    let mut found = search_in(&book.ledger, Scope::Country, text, TODAY);
    found.sort_unstable();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn each_field_that_is_recorded_is_found_and_missed() {
    let book = book();
    for (word, task) in [
        ("progress", "CT05-B-01"),
        ("forecast", "CT05-B-02"),
        ("blocker", "CT05-B-03"),
        ("assignee", "CT05-B-04"),
        ("evidence", "CT05-B-05"),
        ("rating", "CT05-B-06"),
        ("review", "CT05-B-07"),
        ("note", "CT05-B-08"),
        ("extension", "CT05-B-09"),
    ] {
        found(&book, &format!("has:{word}"), &[task]);
        let lacking = search_in(&book.ledger, Scope::Country, &format!("no:{word}"), TODAY);
        assert_eq!(lacking.len(), 145, "{word}");
        assert!(!lacking.contains(&task), "{word}");
        found(&book, &format!("-no:{word}"), &[task]);
    }
    let all = search_in(&book.ledger, Scope::Country, "has:update", TODAY);
    assert_eq!(all.len(), 9);
    found(&book, "có:ghichú,giahạn", &["CT05-B-08", "CT05-B-09"]);
    found(&book, "has:note has:extension", &[]);
    // A comma is "or" behind `no:` too.
    let lacks_one = search_in(&book.ledger, Scope::Country, "no:note,extension", TODAY);
    assert_eq!(lacks_one.len(), 146);
}

#[test]
fn what_was_taken_back_is_missing_again() {
    let mut book = book();
    let assignee = book.write("bo-cong-an", "CT05-B-46", Field::Assignee, json!("Vụ Hai"));
    let note = book.note("bo-cong-an", "CT05-B-46");
    found(&book, "has:note", &["CT05-B-08", "CT05-B-46"]);
    book.undo(&assignee);
    book.undo(&note);
    found(&book, "has:note", &["CT05-B-08"]);
    found(&book, "has:assignee", &["CT05-B-04"]);
}

#[test]
fn values_that_differ_are_found() {
    let (mut one, mut other) = (Book::new(), Book::new());
    one.write("bo-cong-an", "CT05-B-01", Field::Progress, json!(10));
    other.write("bo-cong-an", "CT05-B-01", Field::Progress, json!(20));
    found(&one, "has:difference", &[]);
    one.merge(&other.ledger);
    found(&one, "co:\"khác nhau\"", &["CT05-B-01"]);
}

#[test]
fn what_the_plan_gives_is_found_and_missed() {
    let tasks = || plan().tasks().iter();
    finds(
        "no:coord",
        TODAY,
        &ids(tasks().filter(|t| t.coordinators.is_empty())),
    );
    finds(
        "no:lead",
        TODAY,
        &ids(tasks().filter(|t| t.leads.is_empty())),
    );
    finds(
        "no:deadline",
        TODAY,
        &ids(tasks().filter(|t| t.deadline.due().is_none())),
    );
    finds(
        "has:deliverable",
        TODAY,
        &ids(tasks().filter(|t| t.deliverable.is_some())),
    );
    finds(
        "has:indicator",
        TODAY,
        &ids(tasks().filter(|t| !t.indicators.is_empty())),
    );
    finds(
        "has:bottleneck -group:A",
        TODAY,
        &ids(tasks().filter(|t| !t.bottlenecks.is_empty() && t.group.as_deref() != Some("A"))),
    );
    finds(
        "bottleneck:BN-1,BN-3",
        TODAY,
        &ids(tasks().filter(|t| t.bottlenecks.iter().any(|b| b == "BN-1" || b == "BN-3"))),
    );
    assert_eq!(search("group:A", TODAY).len(), 18);
    assert_eq!(search("nhom:C", TODAY).len(), 8);
}

#[test]
fn states_and_their_days_are_found() {
    let mut book = Book::new();
    book.status("bo-cong-an", "CT05-B-01", "2023-04-20");
    book.status("bo-cong-an", "CT05-B-02", "in_progress");
    book.status("bo-cong-an", "CT05-B-03", "2027-01-01");
    found(&book, "status:done", &["CT05-B-01"]);
    // It will be done on a day to come: it has begun.
    found(&book, "status:in-progress", &["CT05-B-02", "CT05-B-03"]);
    let rest = search_in(&book.ledger, Scope::Country, "status:not-started", TODAY);
    assert_eq!(rest.len(), 143);
    found(&book, "completed:2023-Q2", &["CT05-B-01"]);
    found(&book, "completed:<20/04/2023", &[]);
    found(&book, "completed:<=20/04/2023", &["CT05-B-01"]);
    found(&book, "completed:>=2023", &["CT05-B-01"]);
    // The book was written on 14 November 2023.
    let three = ["CT05-B-01", "CT05-B-02", "CT05-B-03"];
    found(&book, "updated:14/11/2023", &three);
    found(&book, "capnhat:>2023-11-14", &[]);
    found(&book, "updated:<2023-11-14", &[]);
    let never = search_in(&book.ledger, Scope::Country, "-updated:1900..2999", TODAY);
    assert_eq!(never.len(), 143);
}

#[test]
fn people_are_found_by_a_part_of_their_name() {
    let book = book();
    for text in [
        "assignee:\"vụ kế hoạch\"",
        "assignee:ke",
        "phutrach:\"Ke hoach\"",
        "assignee:nobody,vu",
    ] {
        found(&book, text, &["CT05-B-04"]);
    }
    found(&book, "assignee:nobody", &[]);
}

#[test]
fn the_basis_is_that_of_the_chosen_unit() {
    let bca = agency("bo-cong-an");
    for (word, wanted) in [("named", 0), ("collective", 1), ("inherited", 2)] {
        let mut found = search_in(
            &Book::new().ledger,
            Scope::Unit(bca),
            &format!("basis:{word}"),
            TODAY,
        );
        found.sort_unstable();
        let expected = ids(plan().tasks().iter().filter(|t| {
            let binding = plan().binding(t, bca, day(TODAY));
            binding.is_some_and(|b| {
                wanted
                    == match b.basis {
                        Basis::Named => 0,
                        Basis::Collective { .. } => 1,
                        Basis::Inherited { .. } => 2,
                    }
            })
        }));
        assert!(!expected.is_empty(), "{word}");
        assert_eq!(found, expected, "{word}");
    }
    assert_eq!(search("basis:named", TODAY), [""; 0]);
}
