//! Narrowing the real plan by keys and values; what words find is in `filter_words.rs`.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;
#[path = "common/search.rs"]
mod search;

use book::Book;
use common::*;
use search::{finds, haystacks, search, search_in};
use serde_json::json;
use tracker::filter::{Candidate, Days, Key, Problem, ProblemKind, Query, days};
use tracker::ledger::{Field, Ledger};
use tracker::status::Scope;

const BEFORE: &str = "2023-06-30";
const TODAY: &str = "2026-11-21";

#[test]
fn every_key_is_known_in_both_languages() {
    let mut book = Book::new();
    book.status("bo-cong-an", "CT05-B-01", "2023-04-20");
    book.write("bo-cong-an", "CT05-B-02", Field::Assignee, json!("Vụ Một"));
    let sample = |key| match key {
        Key::Lead | Key::Coordinator | Key::Agency => "BCA",
        Key::Role => "lead",
        Key::Basis => "collective",
        Key::Document => "CT05",
        Key::Group => "B",
        Key::Topic => "du-lieu",
        Key::Indicator => "KPI-CT05-01",
        Key::Bottleneck => "BN-1",
        Key::Deadline => "ongoing",
        Key::Due => "2023-03",
        Key::Bucket => "overdue",
        Key::Status | Key::Completed | Key::Updated => match key {
            Key::Status => "done",
            Key::Completed => "2023-04",
            _ => "2023",
        },
        Key::Review => "waiting",
        Key::Assignee => "vu",
        Key::Has | Key::No => "coord",
    };
    let find = |name: &str, value: &str| {
        // The measure of one's own work is asked of one agency, the rest of the country.
        let scope = match Key::parse(name) {
            Some(Key::Indicator | Key::Bottleneck) => Scope::Country,
            _ => Scope::Unit(agency("bo-cong-an")),
        };
        search_in(&book.ledger, scope, &format!("{name}:{value}"), TODAY)
    };
    for (key, en, vi) in Key::ALL {
        let value = sample(key);
        let found = find(en, value);
        assert!(!found.is_empty() && found.len() < 146, "{en}");
        assert_eq!(find(vi, value), found, "{vi}");
        assert_eq!(find(&en.to_uppercase(), value), found, "{en}");
        assert_eq!(
            (Key::parse(en), Key::parse(vi), key.name()),
            (Some(key), Some(key), en)
        );
    }
    assert_eq!(find("chủtrì", "BCA"), find("lead", "BCA"));
    assert_eq!(find("hạn", "2023-03"), find("due", "2023-03"));
    assert_eq!(Key::parse("chủtrì"), Some(Key::Lead));
    assert_eq!(Key::parse("chu\u{309}tri\u{300}"), Some(Key::Lead));
    assert_eq!(Key::parse("leed"), None);
}

#[test]
fn values_are_known_in_both_languages() {
    for (one, other) in [
        ("topic:du-lieu", "topic:\"Dữ liệu\""),
        ("topic:du-lieu", "topic:data"),
        ("doc:CT05", "doc:05/CT-TTg"),
        ("doc:CT05", "doc:ct05"),
        ("bucket:overdue", "trangthai:quahan"),
        ("bucket:open", "trangthai:chuaxong"),
        ("bucket:overdue", "trạngthái:\"Quá hạn\""),
        (
            "bucket:not-started",
            "trangthai:\"Chưa thực hiện, trong hạn\"",
        ),
        ("deadline:ongoing", "loaihan:\"Thực hiện thường xuyên\""),
        ("deadline:per-document", "loaihan:theo-van-ban"),
        ("status:not-started", "thuchien:\"chưa thực hiện\""),
        ("no:coord", "khong:phoihop"),
        ("has:deliverable", "có:\"sản phẩm\""),
        ("due:2023-03", "hạn:3/2023"),
        ("due:2025-Q2", "han:q2/2025"),
        ("due:2025-Q2", "han:2025-q2"),
    ] {
        let found = search(one, BEFORE);
        assert!(!found.is_empty() && found.len() < 147, "{one}");
        assert_eq!(search(other, BEFORE), found, "{other}");
    }
    let unit = Scope::Unit(agency("bo-cong-an"));
    let role = |text: &str| search_in(&Ledger::default(), unit, text, BEFORE);
    for (one, others) in [
        (
            "role:lead",
            ["role:chu-tri", "role:\"chủ trì\"", "vaitro:chutri"],
        ),
        (
            "role:coord",
            ["role:coordinator", "role:\"phối hợp\"", "vaitro:phoihop"],
        ),
    ] {
        assert!(!role(one).is_empty());
        for other in others {
            assert_eq!(role(other), role(one), "{other}");
        }
    }
}

#[track_caller]
fn problem(text: &str, at: &str, kind: ProblemKind) {
    let query = Query::read(text, plan());
    let start = text.find(at).unwrap();
    let span = start..start + at.len();
    assert_eq!(query.problems(), [Problem { span, kind }], "{text}");
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    use ProblemKind::{BadDate, MissingValue, UnknownKey, UnknownValue};
    let text = |s: &str| s.to_owned();
    problem("định danh leed:BCA x", "leed:BCA", UnknownKey(text("leed")));
    problem(
        "định danh chủtrò:BCA",
        "chủtrò:BCA",
        UnknownKey(text("chủtrò")),
    );
    problem(
        "đất -foo:\"a b\" x",
        "-foo:\"a b\"",
        UnknownKey(text("foo")),
    );
    problem("đất lead: x", "lead:", MissingValue(Key::Lead));
    problem("lead:\"\"", "lead:\"\"", MissingValue(Key::Lead));
    problem("đất topic:,,", "topic:,,", MissingValue(Key::Topic));
    for (filter, key, value) in [
        ("lead:\"Bộ Trời\"", Key::Lead, "Bộ Trời"),
        ("coord:BCA,XYZ", Key::Coordinator, "XYZ"),
        ("agency:XYZ", Key::Agency, "XYZ"),
        ("doc:CT99", Key::Document, "CT99"),
        ("topic:thoi-tiet", Key::Topic, "thoi-tiet"),
        ("role:boss", Key::Role, "boss"),
        ("deadline:soon", Key::Deadline, "soon"),
        ("bucket:red", Key::Bucket, "red"),
        ("status:late", Key::Status, "late"),
        ("basis:guess", Key::Basis, "guess"),
        ("group:Z", Key::Group, "Z"),
        ("indicator:KPI", Key::Indicator, "KPI"),
        ("bottleneck:BN", Key::Bottleneck, "BN"),
        ("has:luck", Key::Has, "luck"),
        ("no:coord,luck", Key::No, "luck"),
    ] {
        problem(
            &format!("ơ {filter} ơ"),
            filter,
            UnknownValue(key, text(value)),
        );
    }
    for value in [
        "2023-13",
        "mai",
        "..",
        "<",
        "31/02/2023",
        "2023-03..x",
        "x..2023-03",
        "2023-06..2023-03",
        "13/2023",
        "q5/2023",
    ] {
        for key in ["due", "completed", "updated"] {
            let filter = format!("{key}:{value}");
            problem(&format!("ơ {filter} ơ"), &filter, BadDate(text(value)));
        }
    }
}

#[test]
fn a_bad_filter_leaves_the_rest_in_force() {
    let query = Query::read("topic:an-toan leed:BCA due:mai", plan());
    assert_eq!(query.problems().len(), 2);
    assert!(!query.is_empty());
    let mut count = 0;
    for (task, haystack) in plan().tasks().iter().zip(haystacks()) {
        let standing = plan().standing(&Ledger::default(), task, Scope::Country, day(TODAY));
        let candidate = Candidate {
            task,
            role: None,
            basis: None,
            updated: None,
            standing: &standing,
            haystack,
        };
        count += usize::from(query.score(plan(), candidate, day(TODAY)).is_some());
    }
    assert_eq!(count, search("topic:an-toan", TODAY).len());
}

#[test]
fn a_number_or_a_time_is_a_word() {
    assert_eq!(Query::read("12:30 :x 5a:b", plan()).problems(), []);
}

#[track_caller]
fn span(text: &str, from: &str, to: &str) {
    let end = |s: &str| (!s.is_empty()).then(|| day(s));
    assert_eq!(
        days(text),
        Some(Days {
            from: end(from),
            to: end(to)
        }),
        "{text}"
    );
}

#[test]
fn spans_of_days_are_read() {
    span("2023-03", "2023-03-01", "2023-03-31");
    span("2025-Q2", "2025-04-01", "2025-06-30");
    span("2025", "2025-01-01", "2025-12-31");
    span("2025-07-01", "2025-07-01", "2025-07-01");
    span("31/03/2023", "2023-03-31", "2023-03-31");
    span("2023-03..2023-06", "2023-03-01", "2023-06-30");
    span("01/03/2023..2023-Q2", "2023-03-01", "2023-06-30");
    span("3/2023", "2023-03-01", "2023-03-31");
    span("12/2023", "2023-12-01", "2023-12-31");
    span("q3/2023", "2023-07-01", "2023-09-30");
    span("2023-q3", "2023-07-01", "2023-09-30");
    span("3/2023..2023", "2023-03-01", "2023-12-31");
    span("<01/07/2023", "", "2023-06-30");
    span("..2023-06", "", "2023-06-30");
    span("2023-06..", "2023-06-01", "");
    span("<2023-07", "", "2023-06-30");
    span("<=2023-07", "", "2023-07-31");
    span(">2023-07", "2023-08-01", "");
    span(">=2023-07", "2023-07-01", "");
    for text in [
        "",
        "..",
        "<",
        ">=",
        "<>2023",
        "2023..2024..2025",
        "hôm nay",
        "2023-06-31",
        "2023-06..2023-03",
        "=2023",
        "1/2/3/2023",
    ] {
        assert_eq!(days(text), None, "{text}");
    }
}

#[test]
fn due_dates_are_narrowed() {
    let due = |from: &str, to: &str| {
        let (from, to) = (day(from), day(to));
        let tasks = plan().tasks().iter();
        ids(tasks.filter(|t| t.deadline.due().is_some_and(|due| from <= due && due <= to)))
    };
    finds("due:2023-03", TODAY, &due("2023-03-01", "2023-03-31"));
    finds(
        "doc:CT05 due:2023-03",
        TODAY,
        &ct05(
            "A-01 A-03 A-12 A-13 A-15 B-03 B-08 B-12 B-17 B-19 B-21 B-23 B-28 B-31 B-33 B-36 B-37 \
         B-39 B-42 C-03 C-05",
        ),
    );
    finds(
        "due:2023-03..2023-06",
        TODAY,
        &due("2023-03-01", "2023-06-30"),
    );
    finds("due:..2023-02", TODAY, &due("1900-01-01", "2023-02-28"));
    finds("due:2025-07-01..", TODAY, &due("2025-07-01", "2999-12-31"));
    finds("due:<2023-04-01", TODAY, &due("1900-01-01", "2023-03-31"));
    finds("due:>2025-Q2", TODAY, &due("2025-07-01", "2999-12-31"));
    finds("due:31/03/2023", TODAY, &due("2023-03-31", "2023-03-31"));
    let mut either = [
        due("2023-02-01", "2023-02-28"),
        due("2023-12-01", "2023-12-31"),
    ]
    .concat();
    either.sort();
    finds("due:2023-02,2023-12", TODAY, &either);
    // Whatever has no due date is in no span, and outside of every one.
    assert_eq!(
        search(
            "due:1900..2999 deadline:from,ongoing,none,per-document",
            TODAY
        ),
        [""; 0]
    );
    assert_eq!(
        search("-due:1900..2999", TODAY).len(),
        search("-deadline:by", TODAY).len()
    );
}

#[test]
fn an_extension_moves_a_task_in_the_filter_too() {
    let mut book = Book::new();
    book.extend("bo-cong-an", "CT05-B-01", "2023-08-31");
    let find = |text: &str| search_in(&book.ledger, Scope::Country, text, TODAY);
    assert!(find("due:2023-08").contains(&"CT05-B-01"));
    assert!(!find("due:2023-04").contains(&"CT05-B-01"));
}

#[test]
fn kinds_of_deadline_and_buckets_are_narrowed() {
    finds(
        "deadline:ongoing doc:CT05 -BODY",
        TODAY,
        &ct05("A-02 A-07 A-09 A-11 A-17 B-02 B-11 B-26 B-30 B-43 B-44 C-06 C-08"),
    );
    finds("deadline:per-document", TODAY, &ct05("A-08 A-16"));
    finds("deadline:from", TODAY, &ct05("B-07 B-15 B-46 C-04 C-07"));
    finds(
        "bucket:overdue doc:CT05",
        "2023-03-31",
        &ct05("B-27 B-32 B-35 B-38 B-45 C-01"),
    );
    assert_eq!(search("bucket:done", TODAY), [""; 0]);
    assert_eq!(search("bucket:open", TODAY).len(), 146);
    let sum: usize = ["not-started-overdue", "not-started", "ongoing"]
        .iter()
        .map(|b| search(&format!("bucket:{b}"), BEFORE).len())
        .sum();
    assert_eq!(sum, 146);
    let mut book = Book::new();
    book.status("bo-cong-an", "CT05-B-01", "2023-04-20");
    book.status("bo-cong-an", "CT05-B-03", "2023-04-20");
    book.status("bo-cong-an", "CT05-B-02", "2023-04-20");
    book.status("bo-cong-an", "CT05-B-04", "in_progress");
    let find = |text: &str| {
        let mut found = search_in(&book.ledger, Scope::Country, text, BEFORE);
        found.sort_unstable();
        found
    };
    assert_eq!(find("bucket:on-time"), ["CT05-B-01"]);
    assert_eq!(find("bucket:late"), ["CT05-B-03"]);
    assert_eq!(find("bucket:done-undated"), ["CT05-B-02"]);
    assert_eq!(find("bucket:in-progress"), ["CT05-B-04"]);
    assert_eq!(
        find("bucket:hoanthanh"),
        ["CT05-B-01", "CT05-B-02", "CT05-B-03"]
    );
}
