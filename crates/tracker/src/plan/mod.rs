//! The plan pack: the immutable data that the page bundles.
//!
//! A pack is seven JSON texts: a manifest and one array a kind. [`Plan::load`]
//! reads and validates them, [`Plan::load_bundle`] the one text that the page
//! embeds instead, [`Opening`] the one that somebody brings. A pack with one
//! dangling id, duplicate or bad period is refused with every fault named by
//! file, id and field ([`PackError`]). What stands in a `Plan` may therefore be
//! trusted everywhere else: every id in it resolves.
//!
//! - [`agency`]: bodies, when they existed, who succeeded them;
//! - [`task`]: assigned work;
//! - [`measure`]: indicators, targets, observations and bottlenecks;
//! - [`mod@load`]: from JSON text to a plan; on its way `entries` knows the
//!   fields, `read` picks them, `check` follows the ids; [`Opening`] does it in steps;
//! - `words`: texts, of which a bundle may bring some later.

pub mod agency;
mod bundle;
mod check;
mod entries;
pub mod load;
pub mod measure;
mod opening;
mod read;
pub mod task;
mod words;

pub use agency::{Agency, AgencyKind, Certainty, Members, Succession};
pub use bundle::{BUNDLE, MAX_BUNDLE_BYTES};
pub use load::{Pack, PackError, PackProblem};
pub use measure::{Bottleneck, Direction, Indicator, Observation, Target};
pub use opening::Opening;
pub use task::{Inheritance, LeadBasis, Source, Task};
pub use words::Text;

use crate::sorting::positions;
use words::Shelf;

/// A directive, letter, conclusion or decision that tasks and targets cite.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Stable id, e.g. `CT05`.
    pub id: String,
    /// The number as printed, e.g. `05/CT-TTg`.
    pub number: String,
    /// Kind of document, e.g. `directive`.
    pub kind: String,
    /// The date as precisely as it is known: `yyyy-mm-dd`, `yyyy-mm` or `yyyy`.
    pub date: Option<crate::date::Period>,
    /// Who issued it, where known.
    pub issuer: Option<Text>,
    /// What it is about.
    pub gist: Text,
    /// Whether it assigns tasks of this plan.
    pub assigns: bool,
    /// Doubts and printed discrepancies.
    pub note: Option<Text>,
}

/// A field of work that tasks are sorted into.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Stable id, e.g. `du-lieu`.
    pub id: String,
    /// Its name.
    pub name: Text,
}

/// What a pack says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The plan's id; ledger files of another plan are refused by it.
    pub id: String,
    /// Version of the data, e.g. `2026.11`.
    pub version: String,
    /// Name of the plan.
    pub title: Text,
    /// The topics, in the order that lists show them.
    pub topics: Vec<Topic>,
}

/// A validated plan: every id in it resolves.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    manifest: Manifest,
    documents: Vec<Document>,
    agencies: Vec<Agency>,
    tasks: Vec<Task>,
    indicators: Vec<Indicator>,
    observations: Vec<Observation>,
    bottlenecks: Vec<Bottleneck>,
    index: Index,
    shelf: Shelf,
}

/// Position of each id in its vector.
#[derive(Clone, Debug, Default, PartialEq)]
struct Index {
    documents: Ids,
    agencies: Ids,
    tasks: Ids,
    indicators: Ids,
    bottlenecks: Ids,
}

/// Ids, ascending, each with a position.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ids(Vec<(String, usize)>);

impl Ids {
    /// The position that goes with an id.
    fn find(&self, id: &str) -> Option<usize> {
        self.place(id).ok().map(|at| self.0[at].1)
    }

    /// Where each of these is, and which come twice.
    fn of<'a>(ids: &[&'a str]) -> (Ids, Vec<&'a str>) {
        let (mut known, mut twice) = (Vec::with_capacity(ids.len()), Vec::new());
        let mut last = None;
        for at in positions(ids.len(), &mut |a, b| ids[a].cmp(ids[b])) {
            let id = ids[at];
            if last.replace(id) == Some(id) {
                twice.push(id);
            } else {
                known.push((id.to_owned(), at));
            }
        }
        (Ids(known), twice)
    }

    #[inline(never)]
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(id))
    }
}

/// The unit of a book that is kept for the whole country, where a task names no lead.
pub const COUNTRY: &str = "toan-quoc";

impl Plan {
    /// What the pack says about itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// All documents, in pack order.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// All agencies and collectives, in pack order.
    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    /// All tasks, in pack order (the order of the documents).
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// All indicators, in pack order.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// All published observations, in pack order.
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// All bottlenecks, in pack order.
    pub fn bottlenecks(&self) -> &[Bottleneck] {
        &self.bottlenecks
    }

    /// The document with this id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.index.documents.find(id).map(|i| &self.documents[i])
    }

    /// The agency or collective with this id.
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agency_position(id).map(|i| &self.agencies[i])
    }

    /// The position of the agency or collective with this id in [`Plan::agencies`].
    pub fn agency_position(&self, id: &str) -> Option<usize> {
        self.index.agencies.find(id)
    }

    /// The task with this id.
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.task_position(id).map(|i| &self.tasks[i])
    }

    /// The position of the task with this id in [`Plan::tasks`].
    pub fn task_position(&self, id: &str) -> Option<usize> {
        self.index.tasks.find(id)
    }

    /// The position of the document with this id in [`Plan::documents`].
    pub fn document_position(&self, id: &str) -> Option<usize> {
        self.index.documents.find(id)
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.index.indicators.find(id).map(|i| &self.indicators[i])
    }

    /// The bottleneck with this id.
    pub fn bottleneck(&self, id: &str) -> Option<&Bottleneck> {
        self.index
            .bottlenecks
            .find(id)
            .map(|i| &self.bottlenecks[i])
    }

    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.manifest.topics.iter().find(|t| t.id == id)
    }

    /// The published observations of one indicator, oldest first.
    pub fn observations_of<'a>(
        &'a self,
        indicator: &'a str,
    ) -> impl Iterator<Item = &'a Observation> {
        let all = self.observations.iter();
        let found: Vec<_> = all.filter(|o| o.indicator == indicator).collect();
        positions(found.len(), &mut |a, b| found[a].date.cmp(&found[b].date))
            .into_iter()
            .map(move |at| found[at])
    }

    /// Whether `id` names something that events may be about: a task, an indicator or a period.
    pub fn knows_subject(&self, id: &str) -> bool {
        self.index.tasks.find(id).is_some()
            || self.index.indicators.find(id).is_some()
            || crate::closing::period_of(id).is_some()
    }

    /// Whether `id` names somebody who may report: an agency, a collective or the country.
    pub fn knows_unit(&self, id: &str) -> bool {
        id == COUNTRY || self.index.agencies.find(id).is_some()
    }
}
