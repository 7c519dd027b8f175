//! Closing a period, and what has come in since.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use std::sync::Arc;

use book::Book;
use common::{day, plan};
use serde_json::{Value, json};
use tracker::closing::{close, closings, period_of, since, subject};
use tracker::exchange::{ExchangeFile, Kind, Oddities, PlanRef, preview, read, write};
use tracker::kpi::{Figure, Figures};
use tracker::ledger::{Closing, Draft, Event, EventId, Field, FieldValue, Ledger, Reading};
use tracker::plan::COUNTRY;

const PERIOD: &str = "2025-Q2";

/// Closes the period for a unit on what the book holds.
fn closed(book: &mut Book, unit: &str, name: &str) -> EventId {
    let figures = [
        ("overdue", 3.0),
        ("assigned", 72.0),
        ("overdue", 9.0),
        ("rate", f64::NAN),
    ];
    let closing = close(&book.ledger, name, PERIOD, day("2025-06-30"), &figures);
    let value = FieldValue::Closing(closing).to_json();
    book.write(unit, &subject(PERIOD), Field::Closing, value)
}

fn names(ledger: &Ledger, unit: &str) -> Vec<String> {
    let all = closings(ledger, unit).into_iter();
    all.map(|(_, closing)| closing.name).collect()
}

fn since_first(ledger: &Ledger) -> (bool, usize, usize, usize) {
    let (event, closing) = closings(ledger, COUNTRY).into_iter().next().unwrap();
    let since = since(ledger, event, &closing);
    (since.same, since.newer.len(), since.earlier, since.missing)
}

#[test]
fn subjects_name_periods() {
    assert_eq!(subject(PERIOD), "period:2025-Q2");
    assert_eq!(period_of("period:2025-Q2"), Some(PERIOD));
    for other in ["CT05-B-06", "period:", "period:hôm qua", "2025-Q2"] {
        assert_eq!(period_of(other), None, "{other}");
    }
    assert!(plan().knows_subject("period:2025-Q2"));
    assert!(!plan().knows_subject("period:hôm qua"));
}

#[test]
fn a_closing_keeps_figures_and_adds_up() {
    let mut book = Book::new();
    book.note("bo-y-te", "CT05-B-06");
    let first = closed(&mut book, COUNTRY, " Chốt quý II ");
    closed(&mut book, COUNTRY, "Chốt lại");
    closed(&mut book, "bo-y-te", "Của Bộ Y tế");
    assert_eq!(names(&book.ledger, COUNTRY), ["Chốt quý II", "Chốt lại"]);
    assert_eq!(names(&book.ledger, "bo-y-te"), ["Của Bộ Y tế"]);
    let (event, closing) = closings(&book.ledger, COUNTRY).into_iter().next().unwrap();
    assert_eq!(event.id(), first);
    let expected = [("assigned".to_owned(), 72.0), ("overdue".to_owned(), 3.0)];
    assert_eq!(closing.figures, expected);
    assert_eq!(
        (closing.period.as_str(), closing.asof),
        (PERIOD, day("2025-06-30"))
    );
    assert_eq!(closing.events, 1);
    assert_eq!(book.ledger.conflicts().count(), 0);
    // Taken back, and again there.
    let gone = book.undo(&first);
    assert_eq!(names(&book.ledger, COUNTRY), ["Chốt lại"]);
    book.undo(&gone);
    assert_eq!(names(&book.ledger, COUNTRY), ["Chốt quý II", "Chốt lại"]);
}

#[test]
fn what_came_in_since_can_be_told() {
    let mut book = Book::new();
    book.note("bo-y-te", "CT05-B-06");
    closed(&mut book, COUNTRY, "Chốt");
    assert_eq!(since_first(&book.ledger), (true, 0, 0, 0));
    closed(&mut book, COUNTRY, "Chốt lại");
    assert_eq!(
        since_first(&book.ledger),
        (true, 0, 0, 0),
        "closings do not count"
    );
    let later = book.note("bo-y-te", "CT05-B-07");
    assert_eq!(since_first(&book.ledger), (false, 1, 0, 0));
    let (event, closing) = closings(&book.ledger, COUNTRY).into_iter().next().unwrap();
    assert_eq!(since(&book.ledger, event, &closing).newer[0].id(), later);
    // Somebody else's file, written before.
    let mut other = Book::new();
    other.write(
        "bo-cong-an",
        "CT05-B-01",
        Field::Note,
        json!({"text": "trước đó"}),
    );
    book.merge(&other.ledger);
    assert_eq!(since_first(&book.ledger), (false, 1, 1, 0));
    // The closing alone, where nothing it was made of is.
    let mut bare = Ledger::default();
    let closings: Vec<_> = book
        .ledger
        .events()
        .filter(|e| e.field() == "closing")
        .collect();
    bare.union(closings.into_iter().map(Arc::clone));
    assert_eq!(since_first(&bare), (false, 0, 0, 1));
}

#[test]
fn as_many_other_events_are_not_the_same() {
    let mut book = Book::new();
    book.note("bo-y-te", "CT05-B-06");
    closed(&mut book, COUNTRY, "Chốt");
    let mut elsewhere = Ledger::default();
    let closing = book
        .ledger
        .events()
        .find(|e| e.field() == "closing")
        .unwrap();
    elsewhere.insert(Arc::clone(closing));
    let mut other = Book::new();
    other.note("bo-cong-an", "CT05-B-01");
    elsewhere.union(other.ledger.events().map(Arc::clone));
    assert_eq!(since_first(&elsewhere), (false, 0, 0, 0));
}

fn file(ledger: &Ledger) -> ExchangeFile {
    ExchangeFile {
        app: "tiendo06".to_owned(),
        plan: PlanRef {
            id: "da06".to_owned(),
            ..PlanRef::default()
        },
        kind: Kind::Full,
        replica: "test".to_owned(),
        exported_at: "2025-07-01T09:00:00Z".to_owned(),
        events: ledger.events().map(Arc::clone).collect(),
        ..ExchangeFile::default()
    }
}

#[test]
fn a_closing_travels_in_a_file() {
    let mut book = Book::new();
    book.note("bo-y-te", "CT05-B-06");
    closed(&mut book, COUNTRY, "Chốt");
    let text = write(&file(&book.ledger));
    let back = read("x.json", text.as_bytes(), "da06").unwrap();
    let knows = |id: &str| plan().knows_subject(id);
    let seen = preview(&back, &Ledger::default());
    assert_eq!(seen.new, 2);
    let mut odd = Oddities::default();
    odd.look(&back.events, knows, |id| plan().knows_unit(id), i64::MAX);
    assert_eq!(odd, Oddities::default());
    assert!(
        seen.changes
            .iter()
            .any(|change| change.field == Field::Closing)
    );
    let there: Ledger = back.events.iter().map(Arc::clone).collect();
    assert_eq!(since_first(&there), (true, 0, 0, 0));
}

/// What a reader makes of a closing that does not know the field: as this version of any field
/// that it does not know.
#[test]
fn readers_that_know_no_closings_keep_them() {
    let closing = Closing {
        name: "Chốt".to_owned(),
        period: PERIOD.to_owned(),
        asof: day("2025-06-30"),
        figures: vec![("assigned".to_owned(), 72.5)],
        events: 1,
        digest: "0".repeat(64),
    };
    let unknown = |seq: u64, value: Value| {
        Event::seal(Draft {
            replica: "b".to_owned(),
            seq,
            unit: COUNTRY.to_owned(),
            subject: subject(PERIOD),
            field: "closing_of_tomorrow".to_owned(),
            value,
            ..Draft::default()
        })
        .unwrap()
    };
    let first = unknown(1, FieldValue::Closing(closing).to_json());
    let gone = unknown(2, FieldValue::Retract(first.id()).to_json());
    assert_eq!(first.reading(), Reading::UnknownField);
    let ledger: Ledger = [first, gone].into_iter().collect();
    assert_eq!(ledger.conflicts().count(), 0);
    let text = write(&file(&ledger));
    let back = read("x.json", text.as_bytes(), "da06").unwrap();
    assert_eq!(
        back.events.iter().map(Arc::clone).collect::<Ledger>(),
        ledger
    );
    assert_eq!(write(&back), text);
    let seen = preview(&back, &Ledger::default());
    assert_eq!(seen.changes.len(), 0);
    let mut odd = Oddities::default();
    odd.look(&back.events, |_| true, |_| true, i64::MAX);
    assert_eq!(odd.unknown_fields, 2);
}

#[test]
fn closings_of_other_shapes_are_kept_and_not_shown() {
    let mut ledger = Ledger::default();
    let event = Event::seal(Draft {
        replica: "b".to_owned(),
        seq: 1,
        unit: COUNTRY.to_owned(),
        subject: subject(PERIOD),
        field: "closing".to_owned(),
        value: json!({"name": "Chốt"}),
        ..Draft::default()
    });
    ledger.insert(event.unwrap());
    assert!(closings(&ledger, COUNTRY).is_empty());
    assert_eq!(ledger.cells().next().unwrap().unreadable().count(), 1);
}

#[test]
fn the_figures_of_a_scorecard_are_kept_under_their_names() {
    let named = Figures::default().named();
    assert_eq!(named.len(), Figure::ALL.len());
    let mut book = Book::new();
    let closing = close(&book.ledger, "Quý II", PERIOD, day("2025-06-30"), &named);
    assert_eq!(closing.figures.len(), named.len());
    for figure in Figure::ALL {
        assert_eq!(closing.figure(figure.name()), Some(0.0));
    }
    // Names that no closing takes would be lost with it.
    let value = FieldValue::Closing(closing).to_json();
    book.write(COUNTRY, &subject(PERIOD), Field::Closing, value);
    assert_eq!(names(&book.ledger, COUNTRY), ["Quý II"]);
}
