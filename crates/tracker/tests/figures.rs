//! Recording a figure of an indicator: from what is typed to what is shown, and back.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use std::sync::Arc;

use book::Book;
use common::{day, plan};
use serde_json::{Value, json};
use tracker::exchange::{ExchangeFile, Kind, Oddities, PlanRef, preview, read, write};
use tracker::indicator::{FIGURE_INPUTS, FigureFault, FigureForm, FigureInput, series, worded};
use tracker::ledger::{Draft, Event, EventId, Field, FieldValue, Ledger, Steps, Way};
use tracker::plan::{COUNTRY, Indicator};
use tracker::text::Lang;

const TODAY: &str = "2023-07-12";

fn indicator(id: &str) -> &'static Indicator {
    plan().indicator(id).unwrap()
}

/// A form with these texts, in the order of the form.
fn form(texts: [&str; 6]) -> FigureForm {
    let mut form = FigureForm::default();
    for (input, text) in FIGURE_INPUTS.into_iter().zip(texts) {
        form.set(input, text.to_owned());
    }
    form
}

fn faults(id: &str, texts: [&str; 6]) -> Vec<(FigureInput, FigureFault)> {
    form(texts).faults(indicator(id), day(TODAY), Lang::Vi)
}

/// What is recorded of these texts, or nothing.
fn recorded(ledger: &Ledger, id: &str, texts: [&str; 6]) -> Option<Value> {
    form(texts).change(ledger, COUNTRY, indicator(id), day(TODAY), Lang::Vi)
}

#[test]
fn a_form_becomes_a_figure() {
    let nothing = Ledger::default();
    let full = ["12/7/2023", "48", "", "", " trên ", " Báo cáo 12/BC "];
    assert_eq!(
        recorded(&nothing, "KPI-CT05-06", full),
        Some(json!({
            "date": "2023-07-12", "value": 48, "qualifier": "trên", "source": "Báo cáo 12/BC"
        }))
    );
    // A count is its part, a percentage is the ratio.
    let ratio = ["30/06/2023", "", "2.164", "2.418", "", "https://a.gov.vn/x"];
    assert_eq!(
        recorded(&nothing, "KPI-OBS-20", ratio),
        Some(json!({
            "date": "2023-06-30", "value": 2164, "numerator": 2164, "denominator": 2418,
            "source": "https://a.gov.vn/x"
        }))
    );
    let percent = recorded(&nothing, "KPI-CT05-04", ratio).unwrap();
    assert!((percent["value"].as_f64().unwrap() - 89.495_450_786).abs() < 1e-6);
    let typed = ["30/06/2023", "89,5 %", "2.164", "2.418", "", "x"];
    assert_eq!(
        recorded(&nothing, "KPI-CT05-04", typed).unwrap()["value"],
        89.5
    );
}

#[test]
fn what_is_understood_can_be_shown() {
    let form = form(["", "1,234", "1.234", "48.000.000", "", ""]);
    let number = |input, lang| form.number(input, indicator("KPI-CT05-06"), lang);
    assert_eq!(number(FigureInput::Value, Lang::Vi), Some(1.234));
    assert_eq!(number(FigureInput::Value, Lang::En), Some(1234.0));
    assert_eq!(number(FigureInput::Part, Lang::Vi), Some(1234.0));
    assert_eq!(number(FigureInput::Whole, Lang::Vi), Some(48e6));
}

#[test]
fn every_fault_is_named() {
    use FigureFault::*;
    use FigureInput::{Day, Part, Source, Value as Figure, Whole};
    let count = "KPI-CT05-06";
    let percent = "KPI-CT05-04";
    let on = "12/07/2023";
    for (id, texts, expected) in [
        (
            count,
            ["", "", "", "", "", ""],
            vec![
                (Day, DayMissing),
                (Figure, ValueMissing),
                (Source, SourceMissing),
            ],
        ),
        (
            count,
            ["31/02/2023", "1", "", "", "", "x"],
            vec![(Day, DayUnreadable)],
        ),
        (
            count,
            ["13/07/2023", "1", "", "", "", "x"],
            vec![(Day, DayAhead)],
        ),
        (
            count,
            [on, "nhiều", "", "", "", "x"],
            vec![(Figure, NumberUnreadable)],
        ),
        (
            count,
            [on, "89,5%", "", "", "", "x"],
            vec![(Figure, NumberUnreadable)],
        ),
        (percent, [on, "89,5%", "", "", "", "x"], vec![]),
        (
            count,
            [on, "9", "9", "", "", "x"],
            vec![(Whole, WholeMissing)],
        ),
        (
            count,
            [on, "9", "", "12", "", "x"],
            vec![(Part, PartMissing)],
        ),
        (
            count,
            [on, "9", "9", "0", "", "x"],
            vec![(Whole, WholeNotPositive)],
        ),
        (
            count,
            [on, "9", "9", "-12", "", "x"],
            vec![(Whole, WholeNotPositive)],
        ),
        (
            count,
            [on, "9", "9 x", "12", "", "x"],
            vec![(Part, NumberUnreadable)],
        ),
        (
            count,
            [on, "10", "9", "12", "", "x"],
            vec![(Figure, ValueDiffers)],
        ),
        (count, [on, "9", "9", "12", "", "x"], vec![]),
        (percent, [on, "75", "9", "12", "", "x"], vec![]),
        (percent, [on, "66%", "35", "53", "", "x"], vec![]),
        (
            percent,
            [on, "67%", "35", "53", "", "x"],
            vec![(Figure, ValueDiffers)],
        ),
        (
            count,
            [on, "9", "", "", "", " "],
            vec![(Source, SourceMissing)],
        ),
        (
            count,
            [on, "9", "", "", "", "http://"],
            vec![(Source, LinkUnreadable)],
        ),
        (
            count,
            [on, "9", "", "", "", "https://a b"],
            vec![(Source, LinkUnreadable)],
        ),
        (count, [on, "9", "", "", "", "Báo cáo http"], vec![]),
    ] {
        assert_eq!(faults(id, texts), expected, "{texts:?}");
        let change = recorded(&Ledger::default(), id, texts);
        assert_eq!(change.is_some(), expected.is_empty(), "{texts:?}");
    }
}

#[test]
fn what_stands_there_already_is_not_new() {
    let id = "KPI-CT05-06";
    let texts = [TODAY, "48", "", "", "trên", "Báo cáo"];
    let mut book = Book::new();
    let value = recorded(&book.ledger, id, texts).unwrap();
    let event = book.write(COUNTRY, id, Field::Observation, value);
    assert_eq!(recorded(&book.ledger, id, texts), None);
    let other = [TODAY, "49", "", "", "trên", "Báo cáo"];
    assert!(recorded(&book.ledger, id, other).is_some());
    book.undo(&event);
    assert!(recorded(&book.ledger, id, texts).is_some(), "taken back");
}

#[test]
fn figures_are_taken_back_and_come_again() {
    let id = "KPI-CT05-06";
    let mut book = Book::new();
    let seen = json!({"date": TODAY, "value": 50, "qualifier": "gần", "source": "x"});
    let event = book.write(COUNTRY, id, Field::Observation, seen);
    let mut steps = Steps::default();
    steps.push(&book.ledger, &[event]);
    let shown = |book: &Book| {
        let points = series(plan(), &book.ledger, indicator(id), COUNTRY);
        let last = points.last().unwrap();
        worded(last, indicator(id), Lang::Vi)
    };
    let walk = |book: &mut Book, steps: &mut Steps, way| {
        let mut written: Vec<Option<EventId>> = Vec::new();
        for wanted in steps.wanted(way, &book.ledger) {
            let entry = wanted.unwrap().into_entry("");
            let id = book.write(&entry.unit, &entry.subject, entry.field, entry.value);
            written.push(Some(id));
        }
        steps.moved(way, &written);
    };
    assert_eq!(shown(&book), "gần 50 triệu tài khoản");
    for _ in 0..2 {
        walk(&mut book, &mut steps, Way::Back);
        assert_eq!(shown(&book), "trên 48 triệu tài khoản", "the published one");
        walk(&mut book, &mut steps, Way::Forth);
        assert_eq!(shown(&book), "gần 50 triệu tài khoản");
    }
}

/// A file of these events.
fn file(events: Vec<Arc<Event>>) -> ExchangeFile {
    ExchangeFile {
        app: "tiendo06".to_owned(),
        plan: PlanRef {
            id: "da06".to_owned(),
            ..PlanRef::default()
        },
        kind: Kind::Full,
        replica: "test".to_owned(),
        exported_at: "2023-07-12T09:00:00Z".to_owned(),
        events,
        ..ExchangeFile::default()
    }
}

#[test]
fn a_file_brings_figures_and_the_preview_names_their_indicators() {
    let mut sent = Book::new();
    let seen = |value: f64| json!({"date": TODAY, "value": value, "source": "x"});
    sent.write(COUNTRY, "KPI-CT05-06", Field::Observation, seen(50.0));
    let taken = sent.write(COUNTRY, "KPI-CT05-06", Field::Observation, seen(51.0));
    sent.undo(&taken);
    sent.write("bo-y-te", "KPI-CT05-06", Field::Observation, seen(3.0));
    sent.write("bo-y-te", "KPI-MOI-01", Field::Observation, seen(4.0));
    sent.note("bo-y-te", "CT05-B-06");
    let events: Vec<_> = sent.ledger.events().map(Arc::clone).collect();
    let text = write(&file(events));
    let back = read("x.json", text.as_bytes(), "da06").unwrap();

    let mut here = Ledger::default();
    let knows = |id: &str| plan().knows_subject(id);
    let seen = preview(&back, &here);
    assert_eq!(seen.new_figures, 3, "not the one that was taken back");
    assert_eq!(seen.figures_of, ["KPI-CT05-06", "KPI-MOI-01"]);
    let mut odd = Oddities::default();
    odd.look(&back.events, knows, |id| plan().knows_unit(id), i64::MAX);
    assert_eq!((odd.of_unknown_subjects, odd.unreadable_values), (1, 0));
    assert_eq!(odd.unknown_subjects, ["KPI-MOI-01"]);
    here.union(back.events.iter().map(Arc::clone));
    assert_eq!(here, sent.ledger, "what is unknown is kept");
    let again = preview(&back, &here);
    assert_eq!((again.new_figures, again.figures_of.len()), (0, 0));
}

#[test]
fn a_figure_keeps_what_a_newer_version_says_of_it() {
    let value = json!({
        "date": TODAY, "value": 48, "source": "x", "confidence": {"low": 47.5, "by": ["BCA"]}
    });
    let event = Event::seal(Draft {
        replica: "b".to_owned(),
        seq: 1,
        unit: COUNTRY.to_owned(),
        subject: "KPI-CT05-06".to_owned(),
        field: "observation".to_owned(),
        value: value.clone(),
        ..Draft::default()
    });
    let text = write(&file(vec![Arc::new(event.unwrap())]));
    let back = read("x.json", text.as_bytes(), "da06").unwrap();
    assert_eq!(back.events[0].value(), &value);
    assert_eq!(write(&back), text);
    let read = FieldValue::read(Field::Observation, &value);
    assert!(matches!(read, Ok(FieldValue::Observation(seen)) if seen.value == 48.0));
}
