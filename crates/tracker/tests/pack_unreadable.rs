//! Packs that are not JSON of the right shape: what is wrong is said with its place.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use serde_json::{Value, json};
use tracker::plan::{PackError, PackProblem, Plan};

fn faults(edited: &Edited) -> Vec<PackError> {
    Plan::load(edited.pack()).err().unwrap_or_default()
}

/// The pack has one fault of syntax, in one file.
#[track_caller]
fn unreadable(edited: Edited, file: &str, words: &[&str]) {
    let found = faults(&edited);
    let [fault] = found.as_slice() else {
        unreachable!("one fault expected: {found:#?}");
    };
    assert_eq!((fault.file, fault.id.as_str(), fault.field), (file, "", ""));
    let PackProblem::Unreadable { detail } = &fault.problem else {
        unreachable!("{fault:?}");
    };
    for word in words.iter().chain(&["line", "column"]) {
        assert!(detail.contains(word), "{detail}");
    }
}

#[test]
fn a_truncated_file_is_unreadable() {
    for (file, _) in FILES {
        let cut = |text: &mut String| text.truncate(text.trim_end().len() - 1);
        unreadable(Edited::new().text(file, cut), file, &["ends too early"]);
        unreadable(
            Edited::new().text(file, |t| t.clear()),
            file,
            &["ends too early"],
        );
    }
}

#[test]
fn a_key_that_comes_twice_is_unreadable() {
    let twice = |text: &mut String| *text = text.replacen("\"id\"", "\"id\": \"\", \"id\"", 1);
    for (file, _) in FILES {
        unreadable(Edited::new().text(file, twice), file, &["key `id` twice"]);
    }
}

/// The pack has one fault of shape, in one field of one entry.
#[track_caller]
fn misshapen(edited: Edited, place: [&str; 3], detail: &str) {
    let found = faults(&edited);
    let [fault] = found.as_slice() else {
        unreachable!("one fault expected: {found:#?}");
    };
    assert_eq!([fault.file, fault.id.as_str(), fault.field], place);
    let detail = detail.to_owned();
    assert_eq!(fault.problem, PackProblem::Unreadable { detail });
}

#[test]
fn a_missing_field_is_named() {
    for (file, id, field) in [
        ("plan.json", "", "version"),
        ("documents.json", "QD06", "number"),
        ("agencies.json", "bo-quoc-phong", "abbreviation"),
        ("tasks.json", "CT05-A-01", "leads"),
        ("indicators.json", "KPI-QD06-1", "measure"),
        ("observations.json", "OBS-001", "derived"),
        ("bottlenecks.json", "BN-1", "title"),
        ("bottlenecks.json", "", "id"),
    ] {
        let edited = Edited::new().json(file, |json| {
            let entry = if json.is_array() { &mut json[0] } else { json };
            entry.as_object_mut().unwrap().remove(field).unwrap();
        });
        let detail = format!("missing field `{field}`");
        misshapen(edited, [file, id, field], &detail);
    }
}

/// A task of which `field` was edited is not of the shape that a pack has.
#[track_caller]
fn misshapen_task(field: &str, detail: &str, edit: impl FnOnce(&mut Value)) {
    let edited = Edited::new().entry("tasks.json", "CT05-B-27", |t| edit(&mut t[field]));
    misshapen(edited, ["tasks.json", "CT05-B-27", field], detail);
}

#[test]
fn a_field_within_a_field_is_named() {
    misshapen_task("deadline", "missing field `kind`", |d| {
        d.as_object_mut().unwrap().remove("kind").unwrap();
    });
    misshapen_task("title", "missing field `en`", |t| {
        t.as_object_mut().unwrap().remove("en").unwrap();
    });
}

#[test]
fn a_value_of_another_shape_is_unreadable() {
    misshapen_task("leads", "expected a list, found \"x\"", |leads| {
        *leads = json!("x");
    });
    misshapen_task("leads", "expected a string, found 5", |leads| {
        leads[0] = json!(5);
    });
    misshapen_task("title", "expected a text with vi and en, found 5", |t| {
        *t = json!(5);
    });
    misshapen_task("source", "expected an object, found a list", |s| {
        // Nothing further is said of what an object that is none lacks.
        *s = json!([]);
    });
    let number = "expected an integer from 0 to 2^32 - 1, found ";
    for (value, found) in [
        (json!(-1), "-1"),
        (json!(1.5), "1.5"),
        (json!("1"), "\"1\""),
    ] {
        misshapen_task("number", &format!("{number}{found}"), |n| *n = value);
    }
    let edited = Edited::new().entry("observations.json", "OBS-001", |o| {
        o["value"] = json!("9");
        o["derived"] = json!({});
    });
    let found = faults(&edited);
    let lines: Vec<String> = found.iter().map(PackError::to_string).collect();
    let place = "observations.json, OBS-001";
    assert_eq!(
        lines,
        [
            format!("{place}, value: expected a number, found \"9\""),
            format!("{place}, derived: expected true or false, found an object"),
        ]
    );
}

#[test]
fn a_file_of_another_shape_is_unreadable() {
    let whole = |file: &'static str, json: Value, detail: &str| {
        let edited = Edited::new().json(file, |whole| *whole = json);
        misshapen(edited, [file, "", ""], detail);
    };
    whole("plan.json", json!([]), "expected an object, found a list");
    whole("tasks.json", json!({}), "expected a list, found an object");
    whole(
        "tasks.json",
        json!([null]),
        "expected an object, found null",
    );
}

#[test]
fn a_word_of_no_meaning_is_unreadable() {
    let periods = "period: expected yyyy, yyyy-Qn, yyyy-mm or yyyy-mm-dd, found \"2023-13\"";
    misshapen_task("deadline", periods, |d| d["period"] = json!("2023-13"));
    let kinds = "kind: expected one of by, from, ongoing, per_document, none, found \"someday\"";
    misshapen_task("deadline", kinds, |d| d["kind"] = json!("someday"));
    let bases = "one of named, context, addressees, none";
    let bases = format!("expected {bases}, found \"guess\"");
    misshapen_task("lead_basis", &bases, |b| *b = json!("guess"));
    let agency = |field: &str, value: Value, detail: &str| {
        let edited = Edited::new().entry("agencies.json", "bo-tttt", |a| a[field] = value);
        misshapen(edited, ["agencies.json", "bo-tttt", field], detail);
    };
    let kinds = "ministry, ministerial, government_attached, subordinate, enterprise, party, \
                 judicial, coordination, other, province, collective";
    let detail = format!("expected one of {kinds}, found \"bureau\"");
    agency("kind", json!("bureau"), &detail);
    let detail = "expected a day as yyyy-mm-dd, found \"2025-02-29\"";
    agency("valid_to", json!("2025-02-29"), detail);
}

#[test]
fn all_unreadable_files_are_named_at_once() {
    let edited = Edited::new()
        .text("tasks.json", |t| t.push('x'))
        .text("agencies.json", |t| t.insert(0, '?'));
    let files: Vec<&str> = faults(&edited).iter().map(|f| f.file).collect();
    assert_eq!(files, ["agencies.json", "tasks.json"]);
}

#[test]
fn a_fault_of_syntax_reads_as_one_line() {
    let cut = Edited::new().text("tasks.json", |t| "[".clone_into(t));
    let lines: Vec<String> = faults(&cut).iter().map(PackError::to_string).collect();
    assert_eq!(lines, ["tasks.json: ends too early at line 1 column 1"]);
}
