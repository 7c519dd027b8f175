#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};

use super::*;

fn read(field: Field, value: Value) -> Result<FieldValue, String> {
    FieldValue::read(field, &value).map_err(|error| error.to_string())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn closing(period: &str) -> Value {
    json!({
        "name": "Chốt quý", "period": period, "asof": "2025-06-30",
        "figures": {"assigned": 72, "completed_on_time": 35, "rate": 48.6},
        "events": 3, "digest": "0f".repeat(32),
    })
}

#[test]
fn names_are_parsed_back() {
    for field in Field::ALL {
        assert_eq!(Field::parse(field.as_str()), Some(field));
    }
    assert_eq!(Field::parse("Status"), None);
    assert_eq!(Field::parse(""), None);
}

#[test]
fn every_shape_is_read_and_written_back() {
    let id = EventId::from_bytes([3; 32]);
    let cases = [
        (Field::Status, json!({"state": "not_started"})),
        (Field::Status, json!({"state": "in_progress"})),
        (
            Field::Status,
            json!({"state": "done", "date": "2023-02-28"}),
        ),
        (Field::Status, json!(null)),
        (Field::Progress, json!(0)),
        (Field::Progress, json!(100)),
        (Field::Forecast, json!("2024-02-29")),
        (
            Field::Extension,
            json!({"due": "2025-12-31", "document": "07/CT-TTg"}),
        ),
        (
            Field::Blocker,
            json!({"bottleneck": "BN-01", "text": "thiếu máy"}),
        ),
        (Field::Blocker, json!({"text": "thiếu máy"})),
        (Field::SelfRating, json!({"rating": "green"})),
        (
            Field::SelfRating,
            json!({"rating": "green", "comment": "tốt"}),
        ),
        (
            Field::ReviewerRating,
            json!({"rating": "amber", "comment": "chậm"}),
        ),
        (
            Field::ReviewerRating,
            json!({"rating": "red", "comment": "quá hạn"}),
        ),
        (Field::Assignee, json!("Phòng 2")),
        (Field::Note, json!({"text": "đã họp"})),
        (Field::Note, json!({"retract": id.to_string()})),
        (Field::Evidence, json!({"link": "https://a.gov.vn/x?y=1"})),
        (Field::Evidence, json!({"text": "Báo cáo 12/BC"})),
        (Field::Review, json!({"verdict": "accepted"})),
        (
            Field::Review,
            json!({"verdict": "accepted", "of": "0f".repeat(32)}),
        ),
        (
            Field::Review,
            json!({"verdict": "returned", "remark": "thiếu số liệu"}),
        ),
        (
            Field::Review,
            json!({"verdict": "returned", "remark": "thiếu", "of": "a1".repeat(32)}),
        ),
        (Field::Review, json!({"verdict": "answered"})),
        (
            Field::Observation,
            json!({"date": "2023-06-30", "value": 89.5, "source": "báo cáo"}),
        ),
        (
            Field::Observation,
            json!({"date": "2023-06-30", "value": 75, "numerator": 9, "denominator": 12,
                "source": "báo cáo"}),
        ),
        (
            Field::Observation,
            json!({"date": "2023-07-12", "value": 48, "qualifier": "trên",
                "source": "https://a.gov.vn/bc"}),
        ),
        (Field::Closing, closing("2025-Q2")),
        (Field::Closing, json!({"retract": id.to_string()})),
    ];
    for (field, value) in cases {
        let read = read(field, value.clone()).unwrap();
        assert_eq!(read.to_json(), value);
    }
}

#[test]
fn typed_values() {
    let done = Status::Done {
        date: day("2023-02-28"),
    };
    assert_eq!(
        read(
            Field::Status,
            json!({"state": "done", "date": "2023-02-28"})
        ),
        Ok(FieldValue::Status(done))
    );
    assert_eq!(
        read(Field::Progress, json!(40)),
        Ok(FieldValue::Progress(40))
    );
    assert_eq!(
        read(
            Field::SelfRating,
            json!({"rating": "green", "comment": "  "})
        ),
        Ok(FieldValue::SelfRating(Rating {
            color: Color::Green,
            comment: None
        }))
    );
    assert_eq!(
        read(Field::Blocker, json!({"bottleneck": "BN-01"})),
        Ok(FieldValue::Blocker {
            bottleneck: Some("BN-01".to_owned()),
            text: String::new()
        })
    );
}

#[test]
fn unknown_keys_are_passed_over() {
    assert_eq!(
        read(Field::Status, json!({"state": "in_progress", "newer": [1]})),
        Ok(FieldValue::Status(Status::InProgress))
    );
}

#[test]
fn wrong_shapes_are_named() {
    let red = |comment: Value| json!({"rating": "red", "comment": comment});
    let seen = |key: &str, value: Value| {
        let mut seen = json!({"date": "2023-06-30", "value": 1, "source": "x"});
        seen[key] = value;
        seen
    };
    let cases = [
        (Field::Status, json!("done"), "status"),
        (Field::Status, json!({"state": "paused"}), "status.state"),
        (Field::Status, json!({"state": "done"}), "status.date"),
        (
            Field::Status,
            json!({"state": "done", "date": "2023-02-30"}),
            "status.date",
        ),
        (
            Field::Status,
            json!({"state": "done", "date": "2023-2-3"}),
            "status.date",
        ),
        (
            Field::Status,
            json!({"state": "done", "date": "03/02/2023"}),
            "status.date",
        ),
        (Field::Progress, json!(101), "progress"),
        (Field::Progress, json!(-1), "progress"),
        (Field::Progress, json!(1.5), "progress"),
        (Field::Progress, json!("5"), "progress"),
        (Field::Forecast, json!("2023-13-01"), "forecast"),
        (Field::Forecast, json!("+023-01-01"), "forecast"),
        (
            Field::Extension,
            json!({"due": "2023-01-01"}),
            "extension.document",
        ),
        (Field::Extension, json!({"document": "x"}), "extension.due"),
        (Field::Blocker, json!({"text": " "}), "blocker.text"),
        (
            Field::Blocker,
            json!({"bottleneck": 1, "text": "x"}),
            "blocker.bottleneck",
        ),
        (
            Field::SelfRating,
            json!({"rating": "blue"}),
            "self_rating.rating",
        ),
        (
            Field::SelfRating,
            json!({"rating": "amber"}),
            "self_rating.comment",
        ),
        (
            Field::ReviewerRating,
            red(json!(" \n")),
            "reviewer_rating.comment",
        ),
        (
            Field::ReviewerRating,
            red(json!(null)),
            "reviewer_rating.comment",
        ),
        (Field::Assignee, json!(""), "assignee"),
        (Field::Note, json!(null), "note"),
        (Field::Note, json!({"text": ""}), "note.text"),
        (
            Field::Note,
            json!({"retract": "x", "text": "y"}),
            "note.retract",
        ),
        (Field::Evidence, json!({"link": 7}), "evidence.link"),
        (Field::Evidence, json!({"link": " "}), "evidence.link"),
        (
            Field::Evidence,
            json!({"link": "https://a.vn", "text": "x"}),
            "evidence",
        ),
        (Field::Evidence, json!({}), "evidence.text"),
        (
            Field::Review,
            json!({"verdict": "returned"}),
            "review.remark",
        ),
        (Field::Review, json!({"verdict": "maybe"}), "review.verdict"),
        (
            Field::Review,
            json!({"verdict": "accepted", "of": "0F".repeat(32)}),
            "review.of",
        ),
        (
            Field::Review,
            json!({"verdict": "returned", "remark": "thiếu", "of": 1}),
            "review.of",
        ),
        (
            Field::Observation,
            seen("value", json!("1")),
            "observation.value",
        ),
        (
            Field::Observation,
            seen("date", json!(null)),
            "observation.date",
        ),
        (
            Field::Observation,
            seen("source", json!("")),
            "observation.source",
        ),
        (
            Field::Observation,
            seen("denominator", json!(0)),
            "observation.denominator",
        ),
        (
            Field::Observation,
            seen("numerator", json!("9")),
            "observation.numerator",
        ),
    ];
    for (field, value, place) in cases {
        let error = read(field, value.clone()).unwrap_err();
        assert!(
            error.starts_with(&format!("{place}: expected ")),
            "{value}: {error}"
        );
    }
}

/// Only sets know retractions; elsewhere it is an unknown key.
#[test]
fn a_scalar_cannot_be_retracted() {
    let id = EventId::from_bytes([3; 32]).to_string();
    assert!(read(Field::Status, json!({"retract": id})).is_err());
    for field in Field::ALL {
        let read = read(field, json!({"retract": id}));
        assert_eq!(read.is_ok(), field.is_set(), "{field}");
    }
}

#[test]
fn a_closing_has_named_numbers_and_a_period() {
    let Ok(FieldValue::Closing(read_back)) = read(Field::Closing, closing("2025-H1")) else {
        panic!("not read");
    };
    assert_eq!(read_back.figure("completed_on_time"), Some(35.0));
    assert_eq!(read_back.figure("overdue"), None);
    let many: serde_json::Map<String, Value> = (0..=MAX_FIGURES)
        .map(|n| (format!("f{n}"), json!(n)))
        .collect();
    for (key, wrong) in [
        ("name", json!(" ")),
        ("name", Value::Null),
        ("period", json!("2025-06-30")),
        ("period", json!("quý 2")),
        ("asof", json!("30/06/2025")),
        ("figures", json!([1])),
        ("figures", json!({"assigned": "72"})),
        ("figures", json!({"Được giao": 72})),
        ("figures", json!({"": 72})),
        ("figures", Value::Object(many)),
        ("events", json!(-1)),
        ("events", json!(1.5)),
        ("digest", json!("0F".repeat(32))),
        ("digest", json!("0f")),
    ] {
        let mut value = closing("2025");
        value[key] = wrong;
        let error = read(Field::Closing, value).unwrap_err();
        assert!(error.starts_with(&format!("closing.{key}: ")), "{error}");
    }
    assert!(
        read(Field::Closing, Value::Null).is_err(),
        "a set is not cleared"
    );
}

#[test]
fn periods_have_keys_of_a_few_shapes() {
    for good in [
        "2025",
        "2025-H1",
        "2025-H2",
        "2025-Q1",
        "2025-Q4",
        "2025-03",
        "2025-01-15..2025-03-20",
        "2025-01-15..2025-01-15",
    ] {
        assert!(is_period_key(good), "{good}");
    }
    for bad in [
        "",
        "25",
        "2025-H3",
        "2025-H",
        "2025-h1",
        "2025-H1-H2",
        "2025-Q5",
        "2025-13",
        "2025-3",
        "2025-01-15",
        "2025-01-15..",
        "..2025-01-15",
        "2025-02-30..2025-03-01",
        "2025-03-20..2025-01-15",
        "2025-01..2025-03",
        "2025-01-15..2025-03-20..2025-04-01",
        " 2025",
    ] {
        assert!(!is_period_key(bad), "{bad}");
    }
}

#[test]
fn only_addresses_of_the_web_are_links() {
    let source = |text: &str| {
        let value = json!({"date": "2023-06-30", "value": 1, "source": text});
        match read(Field::Observation, value) {
            Ok(FieldValue::Observation(seen)) => seen.link().map(str::to_owned),
            other => panic!("{other:?}"),
        }
    };
    let address = "https://a.gov.vn/bc?x=1".to_owned();
    assert_eq!(source(&address), Some(address));
    for words in [
        "Báo cáo 12/BC",
        "javascript:alert(1)",
        "http://",
        "https:// a",
        "ftp://a.vn",
    ] {
        assert_eq!(source(words), None, "{words}");
    }
}

#[test]
fn evidence_that_calls_itself_a_link_and_is_none_is_text() {
    let evidence = |link: &str| match read(Field::Evidence, json!({ "link": link })) {
        Ok(FieldValue::Evidence(evidence)) => evidence,
        other => panic!("{other:?}"),
    };
    let address = "https://a.gov.vn/bc?x=1".to_owned();
    assert_eq!(evidence(&address), Evidence::Link(address));
    for text in [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://",
        "data:text/html,x",
        "https://",
        "http://a b",
        "//a.gov.vn",
        "ủy ban",
    ] {
        assert_eq!(evidence(text), Evidence::Text(text.to_owned()));
    }
}
