//! A plan that somebody opens, in steps, is what reading its files in one go makes of them.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use serde_json::{Value, json as value};
use tracker::plan::{Opening, PackError, Plan};

/// The files of the pack in one text, as they are.
fn files() -> Value {
    let mut files = value!({});
    for (name, _) in FILES {
        files[name.trim_end_matches(".json")] = json(name);
    }
    files
}

/// What comes of a text, and how far it said to be before each step.
fn open(text: &str) -> (Result<Plan, Vec<PackError>>, Vec<usize>) {
    let (mut opening, mut percents) = (Opening::default(), Vec::new());
    loop {
        percents.push(opening.percent(text));
        if let Some(outcome) = opening.step(text) {
            assert!(opening.step(text).is_none(), "it ends once");
            return (outcome, percents);
        }
    }
}

fn faults(files: &Value) -> Vec<String> {
    let found = open(&files.to_string()).0.err().unwrap_or_default();
    found.iter().map(PackError::to_string).collect()
}

/// So many tasks, alike but for their ids.
fn many(files: &mut Value, count: usize) {
    let task = files["tasks"][0].clone();
    let tasks = (0..count).map(|number| {
        let mut task = task.clone();
        task["id"] = value!(format!("T{number}"));
        task
    });
    files["tasks"] = tasks.collect();
    for (list, field) in [
        ("indicators", "tasks"),
        ("bottlenecks", "tasks"),
        ("bottlenecks", "related_tasks"),
    ] {
        for entry in files[list].as_array_mut().unwrap() {
            entry[field] = value!([]);
        }
    }
}

#[test]
fn the_files_in_one_text_are_the_same_plan() {
    assert!(open(&files().to_string()).0.unwrap() == *plan());
}

#[test]
fn a_long_plan_is_read_in_steps_that_tell_how_far_they_are() {
    let mut files = files();
    many(&mut files, 1_001);
    let (plan, percents) = open(&files.to_string());
    let plan = plan.unwrap();
    let ids: Vec<&str> = plan.tasks().iter().map(|task| task.id.as_str()).collect();
    let expected: Vec<String> = (0..1_001).map(|number| format!("T{number}")).collect();
    assert_eq!(ids, expected, "each once, in order");
    assert!(plan.task("T1000").is_some());
    assert!(percents.is_sorted(), "{percents:?}");
    assert!(percents.len() > 10 && percents[0] == 0, "{percents:?}");
    assert!(*percents.last().unwrap() < 100, "{percents:?}");
}

#[test]
fn nothing_of_it_is_hidden() {
    let mut files = files();
    files["tasks"][0]["title"]["vi"] = value!("Nộp\u{202e}fdp.exe");
    files["plan"]["title"]["en"] = value!("Plan\u{200b}\0 <script>");
    let text = files
        .to_string()
        .replace("bo-cong-an", "bo-cong\u{200d}-an");
    let shown = open(&text).0.unwrap();
    assert_eq!(shown.tasks()[0].title.vi(), "Nộp⟨U+202E⟩fdp.exe");
    assert_eq!(shown.manifest().title.en(), "Plan⟨U+200B⟩⟨U+0000⟩ <script>");
    assert!(shown.agency("bo-cong⟨U+200D⟩-an").is_some());
}

#[test]
fn faults_come_in_the_order_of_the_files_and_all_at_once() {
    let mut unreadable = files();
    unreadable["documents"][0]["kind"] = value!(5);
    unreadable["tasks"][145]["title"] = value!("x");
    unreadable["tasks"][3]["leads"] = value!("x");
    unreadable["observations"] = value!(null);
    let found = faults(&unreadable);
    let starts = [
        "documents.json, ",
        "tasks.json, ",
        "tasks.json, ",
        "observations.json: expected a list, found null",
    ];
    assert_eq!(found.len(), starts.len(), "{found:?}");
    for (line, start) in found.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
    // What can be read and leads nowhere, in the middle of many steps.
    let mut dangling = files();
    many(&mut dangling, 700);
    dangling["tasks"][450]["topic"] = value!("x");
    dangling["tasks"][699]["leads"] = value!(["y"]);
    dangling["bottlenecks"][0]["document"] = value!("z");
    let found = faults(&dangling);
    assert_eq!(
        found,
        [
            "tasks.json, T450, topic: unknown id `x`",
            "tasks.json, T699, leads: unknown id `y`",
            "bottlenecks.json, BN-1, document: unknown id `z`",
        ]
    );
    let mut twice = files();
    twice["tasks"][1]["id"] = twice["tasks"][0]["id"].clone();
    twice["tasks"][5]["topic"] = value!("x");
    let found = faults(&twice);
    assert!(found[0].ends_with("duplicate id"), "{found:?}");
    assert!(found[1].ends_with("unknown id `x`"), "{found:?}");
}

#[test]
fn what_is_no_plan_is_refused() {
    let refused = |text: &str| open(text).0.unwrap_err()[0].to_string();
    assert_eq!(refused("{"), "pack.json: ends too early at line 1 column 1");
    assert_eq!(refused("[]"), "pack.json: expected an object, found a list");
    assert_eq!(refused("{}"), "pack.json, vi: missing field `vi`");
    assert!(refused(r#"{"tasks": [], "tasks": []}"#).starts_with("pack.json: "));
}
