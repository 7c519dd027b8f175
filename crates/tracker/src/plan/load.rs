//! Reading a plan pack and refusing a broken one.
//!
//! Validation collects every fault instead of stopping at the first, so that an
//! author of a pack mends it in one go.

use std::fmt;
use std::mem::forget;

use serde_json::Value;

use super::check::Faults;
use super::read::Reader;
use super::{Index, Plan, entries};

/// The JSON texts of a plan pack, one a file.
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    /// `plan.json`: id, version, title, topics.
    pub manifest: &'a str,
    /// `documents.json`.
    pub documents: &'a str,
    /// `agencies.json`.
    pub agencies: &'a str,
    /// `tasks.json`.
    pub tasks: &'a str,
    /// `indicators.json`.
    pub indicators: &'a str,
    /// `observations.json`.
    pub observations: &'a str,
    /// `bottlenecks.json`.
    pub bottlenecks: &'a str,
}

/// What is wrong at one place of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackProblem {
    /// The file is not JSON of the expected shape.
    Unreadable {
        /// What is expected; of text that is not JSON, the line and column.
        detail: String,
    },
    /// Two entries share an id.
    DuplicateId,
    /// A field names something that the pack does not hold.
    UnknownId {
        /// The id that does not resolve.
        id: String,
    },
    /// A deadline or target whose kind and period do not go together.
    BadPeriod,
    /// A text is empty or not in Unicode normal form C.
    BadText,
    /// A collective without a rule, or a rule on an agency that is none.
    BadMembers,
}

/// One fault of a pack: which file, which entry, which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// File name, e.g. `tasks.json`.
    pub file: &'static str,
    /// Id of the entry; empty when the file as a whole is meant.
    pub id: String,
    /// Field of the entry, e.g. `leads`.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: PackProblem,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if !self.id.is_empty() {
            write!(f, ", {}", self.id)?;
        }
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        match &self.problem {
            PackProblem::Unreadable { detail } => write!(f, ": {detail}"),
            PackProblem::DuplicateId => write!(f, ": duplicate id"),
            PackProblem::UnknownId { id } => write!(f, ": unknown id `{id}`"),
            PackProblem::BadPeriod => write!(f, ": kind and period do not go together"),
            PackProblem::BadText => write!(f, ": text is empty or not in normal form C"),
            PackProblem::BadMembers => {
                write!(f, ": members belong to collectives and only to them")
            }
        }
    }
}

impl std::error::Error for PackError {}

pub(super) const MANIFEST: &str = "plan.json";
pub(super) const DOCUMENTS: &str = "documents.json";
pub(super) const AGENCIES: &str = "agencies.json";
pub(super) const TASKS: &str = "tasks.json";
pub(super) const INDICATORS: &str = "indicators.json";
pub(super) const OBSERVATIONS: &str = "observations.json";
pub(super) const BOTTLENECKS: &str = "bottlenecks.json";

/// The files of a pack, in the order that they are read.
pub(super) const FILES: [&str; 7] = [
    MANIFEST,
    DOCUMENTS,
    AGENCIES,
    TASKS,
    INDICATORS,
    OBSERVATIONS,
    BOTTLENECKS,
];

impl Plan {
    /// Reads and validates a pack.
    ///
    /// # Errors
    ///
    /// Every fault found, each naming file, id and field; never an empty list.
    pub fn load(pack: Pack<'_>) -> Result<Plan, Vec<PackError>> {
        let mut reader = Reader::default();
        let texts = [
            pack.manifest,
            pack.documents,
            pack.agencies,
            pack.tasks,
            pack.indicators,
            pack.observations,
            pack.bottlenecks,
        ];
        let mut parts = [const { None }; 7];
        for ((part, file), text) in parts.iter_mut().zip(FILES).zip(texts) {
            *part = reader.parse(file, text);
        }
        Plan::read(reader, parts)
    }

    /// Reads and validates the parts of a pack, in the order of [`FILES`]; a
    /// part that is missing has left a fault.
    pub(super) fn read(
        mut reader: Reader,
        parts: [Option<Value>; 7],
    ) -> Result<Plan, Vec<PackError>> {
        let r = &mut reader;
        let [
            manifest,
            documents,
            agencies,
            tasks,
            indicators,
            observations,
            bottlenecks,
        ] = parts;
        let manifest = entries::manifest(r, manifest);
        let documents = entries::documents(r, documents);
        let agencies = entries::agencies(r, agencies);
        let tasks = entries::tasks(r, tasks);
        let indicators = entries::indicators(r, indicators);
        let observations = entries::observations(r, observations);
        let bottlenecks = entries::bottlenecks(r, bottlenecks);
        let mut plan = Plan {
            // One that is missing has left a fault.
            manifest: manifest.unwrap_or_default(),
            documents,
            agencies,
            tasks,
            indicators,
            observations,
            bottlenecks,
            index: Index::default(),
            shelf: reader.shelf,
        };
        let mut faults = reader.faults;
        if faults.is_empty() {
            let mut checks = Faults::default();
            plan.index = checks.index(&plan);
            checks.check(&plan);
            faults = checks.found;
        }
        if faults.is_empty() {
            return Ok(plan);
        }
        // A plan that is whole is kept for good, and a broken one is rare: the
        // page need not load how to free one.
        forget(plan);
        Err(faults)
    }
}
