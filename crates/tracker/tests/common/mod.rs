//! The real plan pack, as the page bundles it, for all integration tests.

// Every test binary compiles this module and uses its own part of it.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::sync::OnceLock;

use chrono::NaiveDate;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use tracker::plan::{Agency, Pack, Plan, Task};

/// The JSON texts in `data/`, by file name.
pub const FILES: [(&str, &str); 7] = [
    ("plan.json", PACK.manifest),
    ("documents.json", PACK.documents),
    ("agencies.json", PACK.agencies),
    ("tasks.json", PACK.tasks),
    ("indicators.json", PACK.indicators),
    ("observations.json", PACK.observations),
    ("bottlenecks.json", PACK.bottlenecks),
];

/// The pack in `data/`.
pub const PACK: Pack<'static> = Pack {
    manifest: include_str!("../../../../data/plan.json"),
    documents: include_str!("../../../../data/documents.json"),
    agencies: include_str!("../../../../data/agencies.json"),
    tasks: include_str!("../../../../data/tasks.json"),
    indicators: include_str!("../../../../data/indicators.json"),
    observations: include_str!("../../../../data/observations.json"),
    bottlenecks: include_str!("../../../../data/bottlenecks.json"),
};

/// The real plan.
pub fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| match Plan::load(PACK) {
        Ok(plan) => plan,
        Err(faults) => panic!("the pack is broken: {faults:#?}"),
    })
}

/// The text of one file of the pack as JSON.
pub fn json(file: &str) -> Value {
    let (_, text) = FILES.into_iter().find(|(name, _)| *name == file).unwrap();
    serde_json::from_str(text).unwrap()
}

/// The pack with `edits` made to its files, and the texts it borrows.
pub struct Edited {
    texts: Vec<(&'static str, String)>,
}

impl Edited {
    /// The pack as it is.
    pub fn new() -> Self {
        Edited {
            texts: FILES.map(|(file, text)| (file, text.to_owned())).to_vec(),
        }
    }

    /// Changes one entry of `file`, which must be there.
    pub fn entry(self, file: &str, id: &str, edit: impl FnOnce(&mut Value)) -> Self {
        self.json(file, |entries| {
            let entries = entries.as_array_mut().unwrap();
            edit(entries.iter_mut().find(|e| e["id"] == id).unwrap());
        })
    }

    /// Changes the JSON of `file`.
    pub fn json(self, file: &str, edit: impl FnOnce(&mut Value)) -> Self {
        self.text(file, |text| {
            let mut json: Value = serde_json::from_str(text).unwrap();
            let before = json.clone();
            edit(&mut json);
            assert_ne!(json, before, "the edit of {file} changes nothing");
            *text = json.to_string();
        })
    }

    /// Changes the text of `file`.
    pub fn text(mut self, file: &str, edit: impl FnOnce(&mut String)) -> Self {
        let (_, text) = self
            .texts
            .iter_mut()
            .find(|(name, _)| *name == file)
            .unwrap();
        edit(text);
        self
    }

    /// The pack to load.
    pub fn pack(&self) -> Pack<'_> {
        let of = |file: &str| {
            let (_, text) = self.texts.iter().find(|(name, _)| *name == file).unwrap();
            text.as_str()
        };
        Pack {
            manifest: of("plan.json"),
            documents: of("documents.json"),
            agencies: of("agencies.json"),
            tasks: of("tasks.json"),
            indicators: of("indicators.json"),
            observations: of("observations.json"),
            bottlenecks: of("bottlenecks.json"),
        }
    }
}

/// A day written `yyyy-mm-dd`.
#[track_caller]
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A task of the real plan.
#[track_caller]
pub fn task(id: &str) -> &'static Task {
    plan().task(id).unwrap()
}

/// An agency of the real plan.
#[track_caller]
pub fn agency(id: &str) -> &'static Agency {
    plan().agency(id).unwrap()
}

/// The tasks in the appendix of Directive 05/CT-TTg.
pub fn appendix() -> impl Iterator<Item = &'static Task> {
    let tasks = plan().tasks().iter();
    tasks.filter(|t| t.document == "CT05" && t.group.is_some())
}

/// `A-01 B-27` as ids of the appendix: `CT05-A-01`, `CT05-B-27`; sorted.
pub fn ct05(short: &str) -> Vec<String> {
    let mut ids: Vec<String> = short
        .split_whitespace()
        .map(|s| format!("CT05-{s}"))
        .collect();
    ids.sort();
    ids
}

/// The ids of tasks, sorted.
pub fn ids<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Vec<String> {
    let mut ids: Vec<String> = tasks.into_iter().map(|t| t.id.clone()).collect();
    ids.sort();
    ids
}

/// Properties are tried on the same cases on every run and every machine.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(6),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
