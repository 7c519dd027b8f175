//! Reading a plan pack and refusing a broken one.
//!
//! Validation collects every fault instead of stopping at the first, so that an
//! author of a pack mends it in one go.

use std::fmt;
use std::mem::forget;

use serde_json::Value;

use super::check::Faults;
use super::read::Reader;
use super::{Index, Manifest, Plan, entries};

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
        Loading::whole(reader, parts).checked().end()
    }
}

/// A pack on its way to a plan. Tasks, which may be many, are read and checked in as many parts as
/// one likes, all else in one go; faults come in the order of the files.
pub(super) struct Loading {
    reader: Reader,
    parts: [Option<Value>; 7],
    is_readable: bool,
    /// What has been read; to be trusted only when there are no faults.
    pub plan: Plan,
}

impl Loading {
    /// Reads all parts, in the order of [`FILES`], and finds where each id is; a part that is
    /// missing has left a fault.
    pub fn whole(reader: Reader, parts: [Option<Value>; 7]) -> Loading {
        let mut loading = Loading::new(reader, parts);
        loading.before_tasks();
        let tasks = loading.take(TASKS);
        loading.tasks(tasks);
        loading.after_tasks();
        loading.index();
        loading
    }

    /// Checks all that was read, where that could be read.
    pub fn checked(mut self) -> Loading {
        if self.is_readable {
            let mut checks = Faults::default();
            checks.before_tasks(&self.plan);
            checks.tasks(&self.plan, 0..usize::MAX);
            checks.after_tasks(&self.plan);
            self.found(checks);
        }
        self
    }

    /// Parts in the order of [`FILES`].
    pub fn new(reader: Reader, parts: [Option<Value>; 7]) -> Loading {
        let plan = Plan {
            manifest: Manifest::default(),
            documents: Vec::new(),
            agencies: Vec::new(),
            tasks: Vec::new(),
            indicators: Vec::new(),
            observations: Vec::new(),
            bottlenecks: Vec::new(),
            index: Index::default(),
            shelf: reader.shelf.clone(),
        };
        Loading {
            reader,
            parts,
            is_readable: false,
            plan,
        }
    }

    /// Takes one of the parts.
    pub fn take(&mut self, file: &'static str) -> Option<Value> {
        let place = FILES.iter().position(|name| *name == file)?;
        self.parts[place].take()
    }

    /// Changes all parts that are not taken yet.
    pub fn each_part(&mut self, change: fn(&mut Value)) {
        self.parts.iter_mut().flatten().for_each(change);
    }

    /// Reads what comes before the tasks.
    pub fn before_tasks(&mut self) {
        let [manifest, documents, agencies] = [MANIFEST, DOCUMENTS, AGENCIES].map(|f| self.take(f));
        let r = &mut self.reader;
        // One that is missing has left a fault.
        self.plan.manifest = entries::manifest(r, manifest).unwrap_or_default();
        self.plan.documents = entries::documents(r, documents);
        self.plan.agencies = entries::agencies(r, agencies);
    }

    /// Reads some tasks.
    pub fn tasks(&mut self, some: Option<Value>) {
        self.plan
            .tasks
            .append(&mut entries::tasks(&mut self.reader, some));
    }

    /// Reads what comes behind the tasks.
    pub fn after_tasks(&mut self) {
        let [indicators, observations, bottlenecks] =
            [INDICATORS, OBSERVATIONS, BOTTLENECKS].map(|f| self.take(f));
        let r = &mut self.reader;
        self.plan.indicators = entries::indicators(r, indicators);
        self.plan.observations = entries::observations(r, observations);
        self.plan.bottlenecks = entries::bottlenecks(r, bottlenecks);
    }

    /// Finds where each id is, once everything is read.
    pub fn index(&mut self) {
        self.is_readable = self.reader.faults.is_empty();
        if self.is_readable {
            let mut twice = Faults::default();
            self.plan.index = twice.index(&self.plan);
            self.found(twice);
        }
    }

    /// Whether everything could be read, so that it can be checked.
    pub fn is_readable(&self) -> bool {
        self.is_readable
    }

    /// Notes what was found.
    pub fn found(&mut self, mut faults: Faults) {
        self.reader.faults.append(&mut faults.found);
    }

    /// The plan, or every fault of it.
    pub fn end(self) -> Result<Plan, Vec<PackError>> {
        if self.reader.faults.is_empty() {
            return Ok(self.plan);
        }
        // A plan that is whole is kept for good, and a broken one is rare: the
        // page need not load how to free one.
        forget(self.plan);
        Err(self.reader.faults)
    }
}
