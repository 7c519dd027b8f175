//! The pack as the build step bundles it says what its files say.

#![allow(clippy::unwrap_used)]

mod common;
// Tests have their data already and do not write files.
#[allow(dead_code)]
#[path = "../../../tools/embed/pack.rs"]
mod pack;

use common::*;
use serde_json::{Value, json as value};
use tracker::plan::{PackError, Plan};
use tracker::text::visible;

type Failure = Box<dyn std::error::Error>;

/// The bundle of the pack in `data/`, edited.
fn bundle(edit: impl FnOnce(&mut Value)) -> String {
    let mut bundle = pack::bundle(|name| Ok(json(&format!("{name}.json")))).unwrap();
    edit(&mut bundle);
    bundle.to_string()
}

fn faults(edit: impl FnOnce(&mut Value)) -> Vec<String> {
    let found = Plan::load_bundle(&bundle(edit)).err().unwrap_or_default();
    found.iter().map(PackError::to_string).collect()
}

#[test]
fn a_bundle_is_the_same_plan() {
    let bundled = Plan::load_bundle(&bundle(|_| {})).unwrap();
    assert!(bundled == *plan());
    // Were plans equal that differ, nothing above could fail.
    let mut edited = Plan::load_bundle(&bundle(|b| b["vi"][900] = value!("x"))).unwrap();
    assert!(edited != *plan());
    edited = Plan::load_bundle(&bundle(|b| b["tasks"]["number"][7] = value!(77))).unwrap();
    assert!(edited != *plan());
}

#[test]
fn texts_that_come_later_make_the_same_plan() {
    let whole = pack::bundle(|name| Ok(json(&format!("{name}.json")))).unwrap();
    let (first, later) = pack::parted(whole).unwrap();
    let plan_now = Plan::load_bundle(&first.to_string()).unwrap();
    let task = &plan_now.tasks()[0];
    assert_eq!(task.title.vi(), plan().tasks()[0].title.vi());
    assert_eq!(task.title.en(), "", "it is not there yet");
    assert!(plan_now != *plan());

    assert!(
        !plan_now.complete(&later[1..].join("\n")),
        "a line is missing"
    );
    assert!(plan_now != *plan());
    assert!(plan_now.complete(&later.join("\n")));
    assert!(plan_now == *plan());
    assert!(plan_now.complete(""), "it has them");
    assert!(plan().complete(""), "it needs none");
}

#[test]
fn a_bundle_is_smaller_than_its_files() {
    let files: usize = FILES
        .map(|(file, _)| json(file).to_string().len())
        .iter()
        .sum();
    let bundle = bundle(|_| {}).len();
    assert!(bundle < files * 7 / 8, "{bundle} of {files}");
}

#[test]
fn a_bundle_that_is_not_json_is_refused() {
    let refused = |text: &str| Plan::load_bundle(text).unwrap_err()[0].to_string();
    assert_eq!(refused("{"), "pack.json: ends too early at line 1 column 1");
    assert_eq!(refused("[]"), "pack.json: expected an object, found a list");
    let empty = Plan::load_bundle("{}").unwrap_err();
    let lines: Vec<String> = empty.iter().map(PackError::to_string).collect();
    assert_eq!(lines[0], "pack.json, vi: missing field `vi`");
    assert_eq!(lines[2], "plan.json: expected an object, found null");
    assert_eq!(lines[3], "documents.json: expected a list, found null");
    assert_eq!(lines.len(), 9);
}

#[test]
fn a_number_without_a_text_is_a_fault() {
    let line =
        |n: i64| format!("tasks.json, CT05-A-01, title: expected a text with vi and en, found {n}");
    for n in [-1, 100_000, 5_000_000_000] {
        let found = faults(|b| b["tasks"]["#title"] = value!([n]));
        assert_eq!(found[0], line(n));
    }
    let found = faults(|b| {
        let steps = b["tasks"]["#title"].as_array_mut().unwrap();
        *steps.last_mut().unwrap() = value!(100_000);
    });
    assert_eq!(found.len(), 1, "{found:?}");
    let found = faults(|b| {
        b["en"].as_array_mut().unwrap().pop();
    });
    let count = bundle(|_| {});
    let count = serde_json::from_str::<Value>(&count).unwrap()["vi"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(
        found[0],
        format!("pack.json, en: {count} texts in vi, {} in en", count - 1)
    );
}

#[test]
fn columns_of_another_shape_leave_faults() {
    let short = faults(|b| {
        b["tasks"]["topic"].as_array_mut().unwrap().pop();
    });
    assert_eq!(short.len(), 1);
    assert!(short[0].ends_with("missing field `topic`"), "{short:?}");
    let long = faults(|b| {
        b["tasks"]["topic"]
            .as_array_mut()
            .unwrap()
            .push(value!("x"))
    });
    assert!(
        long[0].starts_with("tasks.json, id: missing field"),
        "{long:?}"
    );
    let none = faults(|b| b["tasks"]["topic"] = value!("x"));
    assert_eq!(none, ["tasks.json: expected a list, found null"]);
}

#[test]
fn the_bundled_plan_hides_nothing() {
    fn plain(value: &Value) {
        match value {
            Value::String(text) => {
                assert!(
                    matches!(visible(text), std::borrow::Cow::Borrowed(_)),
                    "{text:?}"
                );
            }
            Value::Array(items) => items.iter().for_each(plain),
            Value::Object(map) => map.values().for_each(plain),
            _ => {}
        }
    }
    for (name, _) in FILES {
        plain(&json(name));
    }
}
