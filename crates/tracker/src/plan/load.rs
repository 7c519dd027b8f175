//! Reading a plan pack and refusing a broken one.
//!
//! Validation collects every fault instead of stopping at the first, so that an
//! author of a pack mends it in one go.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::DeserializeOwned;

use super::{
    Agency, Bottleneck, Document, Index, Indicator, Manifest, Observation, Plan, Task, Text,
};
use crate::date::DeadlineKind;
use crate::text::is_nfc;

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
        /// What the parser says, with line and column.
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

const MANIFEST: &str = "plan.json";
const DOCUMENTS: &str = "documents.json";
const AGENCIES: &str = "agencies.json";
const TASKS: &str = "tasks.json";
const INDICATORS: &str = "indicators.json";
const OBSERVATIONS: &str = "observations.json";
const BOTTLENECKS: &str = "bottlenecks.json";

impl Plan {
    /// Reads and validates a pack.
    ///
    /// # Errors
    ///
    /// Every fault found, each naming file, id and field; never an empty list.
    pub fn load(pack: Pack<'_>) -> Result<Plan, Vec<PackError>> {
        let mut faults = Faults::default();
        let manifest = faults.parse::<Manifest>(MANIFEST, pack.manifest);
        let documents = faults.parse::<Vec<Document>>(DOCUMENTS, pack.documents);
        let agencies = faults.parse::<Vec<Agency>>(AGENCIES, pack.agencies);
        let tasks = faults.parse::<Vec<Task>>(TASKS, pack.tasks);
        let indicators = faults.parse::<Vec<Indicator>>(INDICATORS, pack.indicators);
        let observations = faults.parse::<Vec<Observation>>(OBSERVATIONS, pack.observations);
        let bottlenecks = faults.parse::<Vec<Bottleneck>>(BOTTLENECKS, pack.bottlenecks);
        let (
            Some(manifest),
            Some(documents),
            Some(agencies),
            Some(tasks),
            Some(indicators),
            Some(observations),
            Some(bottlenecks),
        ) = (
            manifest,
            documents,
            agencies,
            tasks,
            indicators,
            observations,
            bottlenecks,
        )
        else {
            return Err(faults.found);
        };
        let index = Index {
            documents: faults.index(DOCUMENTS, documents.iter().map(|d| &d.id)),
            agencies: faults.index(AGENCIES, agencies.iter().map(|a| &a.id)),
            tasks: faults.index(TASKS, tasks.iter().map(|t| &t.id)),
            indicators: faults.index(INDICATORS, indicators.iter().map(|i| &i.id)),
            bottlenecks: faults.index(BOTTLENECKS, bottlenecks.iter().map(|b| &b.id)),
        };
        faults.index(OBSERVATIONS, observations.iter().map(|o| &o.id));
        faults.index(MANIFEST, manifest.topics.iter().map(|t| &t.id));
        let plan = Plan {
            manifest,
            documents,
            agencies,
            tasks,
            indicators,
            observations,
            bottlenecks,
            index,
        };
        faults.check(&plan);
        if faults.found.is_empty() {
            Ok(plan)
        } else {
            Err(faults.found)
        }
    }
}

#[derive(Default)]
struct Faults {
    found: Vec<PackError>,
}

impl Faults {
    fn add(&mut self, file: &'static str, id: &str, field: &'static str, problem: PackProblem) {
        self.found.push(PackError {
            file,
            id: id.to_owned(),
            field,
            problem,
        });
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &'static str, json: &str) -> Option<T> {
        serde_json::from_str(json)
            .map_err(|e| {
                let detail = e.to_string();
                self.add(file, "", "", PackProblem::Unreadable { detail });
            })
            .ok()
    }

    fn index<'a>(
        &mut self,
        file: &'static str,
        ids: impl Iterator<Item = &'a String>,
    ) -> HashMap<String, usize> {
        let mut index = HashMap::new();
        for (i, id) in ids.enumerate() {
            if index.insert(id.clone(), i).is_some() {
                self.add(file, id, "id", PackProblem::DuplicateId);
            }
        }
        index
    }

    fn known<'a>(
        &mut self,
        file: &'static str,
        id: &str,
        field: &'static str,
        known: &HashMap<String, usize>,
        named: impl IntoIterator<Item = &'a String>,
    ) {
        for name in named {
            if !known.contains_key(name) {
                let problem = PackProblem::UnknownId { id: name.clone() };
                self.add(file, id, field, problem);
            }
        }
    }

    fn text<'a>(
        &mut self,
        file: &'static str,
        id: &str,
        field: &'static str,
        text: impl Into<Option<&'a Text>>,
    ) {
        if let Some(text) = text.into() {
            let good = |s: &str| !s.trim().is_empty() && is_nfc(s);
            if !good(&text.vi) || !good(&text.en) {
                self.add(file, id, field, PackProblem::BadText);
            }
        }
    }

    fn check(&mut self, plan: &Plan) {
        let index = &plan.index;
        self.text(MANIFEST, &plan.manifest.id, "title", &plan.manifest.title);
        for t in &plan.manifest.topics {
            self.text(MANIFEST, &t.id, "topics", &t.name);
        }
        for d in &plan.documents {
            self.text(DOCUMENTS, &d.id, "gist", &d.gist);
            self.text(DOCUMENTS, &d.id, "issuer", d.issuer.as_ref());
            self.text(DOCUMENTS, &d.id, "note", d.note.as_ref());
        }
        for a in &plan.agencies {
            self.agency(a, index);
        }
        let topics: HashSet<&str> = plan.manifest.topics.iter().map(|t| t.id.as_str()).collect();
        for t in &plan.tasks {
            self.task(t, index, &topics);
        }
        for i in &plan.indicators {
            self.text(INDICATORS, &i.id, "name", &i.name);
            self.text(INDICATORS, &i.id, "unit", &i.unit);
            self.text(INDICATORS, &i.id, "note", i.note.as_ref());
            self.known(INDICATORS, &i.id, "document", &index.documents, &i.document);
            self.known(INDICATORS, &i.id, "tasks", &index.tasks, &i.tasks);
            if let Some(target) = &i.target {
                use super::measure::TargetTiming::{By, From, None, Ongoing};
                let dated = matches!(target.period_kind, By | From);
                let undated = matches!(target.period_kind, Ongoing | None);
                if dated != target.period.is_some() || undated == target.period.is_some() {
                    self.add(INDICATORS, &i.id, "target", PackProblem::BadPeriod);
                }
            }
        }
        for o in &plan.observations {
            let known = &index.indicators;
            self.known(OBSERVATIONS, &o.id, "indicator", known, [&o.indicator]);
            self.known(OBSERVATIONS, &o.id, "related_to", known, &o.related_to);
            self.known(OBSERVATIONS, &o.id, "source", &index.documents, [&o.source]);
            self.text(
                OBSERVATIONS,
                &o.id,
                "qualifier_text",
                o.qualifier_text.as_ref(),
            );
            self.text(OBSERVATIONS, &o.id, "note", o.note.as_ref());
        }
        for b in &plan.bottlenecks {
            self.text(BOTTLENECKS, &b.id, "title", &b.title);
            self.text(BOTTLENECKS, &b.id, "note", b.note.as_ref());
            self.known(
                BOTTLENECKS,
                &b.id,
                "document",
                &index.documents,
                [&b.document],
            );
            self.known(BOTTLENECKS, &b.id, "tasks", &index.tasks, &b.tasks);
            let related = &b.related_tasks;
            self.known(BOTTLENECKS, &b.id, "related_tasks", &index.tasks, related);
        }
    }

    fn agency(&mut self, a: &Agency, index: &Index) {
        self.text(AGENCIES, &a.id, "name", &a.name);
        self.text(AGENCIES, &a.id, "note", a.note.as_ref());
        for r in &a.renamed {
            self.text(AGENCIES, &a.id, "renamed", &r.name);
        }
        for s in &a.successors {
            self.text(AGENCIES, &a.id, "successors", &s.function);
        }
        let successors = a.successors.iter().map(|s| &s.agency);
        self.known(AGENCIES, &a.id, "successors", &index.agencies, successors);
        self.known(AGENCIES, &a.id, "parent", &index.agencies, &a.parent);
        if a.is_collective() != a.members.is_some() {
            self.add(AGENCIES, &a.id, "members", PackProblem::BadMembers);
        }
        if a.valid_from
            .zip(a.valid_to)
            .is_some_and(|(from, to)| to < from)
        {
            self.add(AGENCIES, &a.id, "valid_to", PackProblem::BadPeriod);
        }
    }

    fn task(&mut self, t: &Task, index: &Index, topics: &HashSet<&str>) {
        self.text(TASKS, &t.id, "title", &t.title);
        self.text(TASKS, &t.id, "deliverable", t.deliverable.as_ref());
        self.text(TASKS, &t.id, "source", &t.source.section);
        self.text(TASKS, &t.id, "source", t.source.note.as_ref());
        self.known(TASKS, &t.id, "document", &index.documents, [&t.document]);
        self.known(TASKS, &t.id, "leads", &index.agencies, &t.leads);
        self.known(
            TASKS,
            &t.id,
            "coordinators",
            &index.agencies,
            &t.coordinators,
        );
        self.known(TASKS, &t.id, "indicators", &index.indicators, &t.indicators);
        self.known(
            TASKS,
            &t.id,
            "bottlenecks",
            &index.bottlenecks,
            &t.bottlenecks,
        );
        for i in &t.inherited {
            self.text(TASKS, &t.id, "inherited", &i.function);
            let named = std::iter::once(&i.from).chain(&i.to);
            self.known(TASKS, &t.id, "inherited", &index.agencies, named);
        }
        if !topics.contains(t.topic.as_str()) {
            let id = t.topic.clone();
            self.add(TASKS, &t.id, "topic", PackProblem::UnknownId { id });
        }
        let dated = matches!(t.deadline.kind, DeadlineKind::By | DeadlineKind::From);
        if dated != t.deadline.period.is_some() {
            self.add(TASKS, &t.id, "deadline", PackProblem::BadPeriod);
        }
    }
}
