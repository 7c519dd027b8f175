//! Tasks: assigned pieces of work.

use super::{Certainty, Text};
use crate::date::Deadline;

/// How the document says who leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadBasis {
    /// Named in the task.
    Named,
    /// From the heading or the sentence before.
    Context,
    /// The general addressees of the document.
    Addressees,
    /// The document names nobody.
    None,
}

/// Who answers for a task after its lead or coordinator was dissolved or gave a function away.
#[derive(Clone, Debug, PartialEq)]
pub struct Inheritance {
    /// The agency the document names.
    pub from: String,
    /// The agencies that answer for the task now.
    pub to: Vec<String>,
    /// Whether that is a fact or a suggestion.
    pub certainty: Certainty,
    /// The function that moved.
    pub function: Text,
}

/// Where in its document a task stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The place, e.g. "Phụ lục, mục B, số 27".
    pub section: Text,
    /// Printed discrepancies and doubts.
    pub note: Option<Text>,
}

/// One assigned piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Stable id, e.g. `CT05-B-27`.
    pub id: String,
    /// The document that assigns it.
    pub document: String,
    /// The group within the document's appendix, where it has groups.
    pub group: Option<String>,
    /// Its number within the group or document.
    pub number: u32,
    /// What is to be done, in our words.
    pub title: Text,
    /// Agencies or collectives in charge.
    pub leads: Vec<String>,
    /// How the document says so.
    pub lead_basis: LeadBasis,
    /// Agencies or collectives that assist.
    pub coordinators: Vec<String>,
    /// The time limit.
    pub deadline: Deadline,
    /// What is to be handed in, where the document says.
    pub deliverable: Option<Text>,
    /// The topic it is sorted under; a judgement of ours.
    pub topic: String,
    /// Indicators that measure it.
    pub indicators: Vec<String>,
    /// Bottlenecks it answers; a judgement of ours.
    pub bottlenecks: Vec<String>,
    /// Who answers for it after its leads changed, where that is known task by task.
    pub inherited: Vec<Inheritance>,
    /// Where in the document it stands.
    pub source: Source,
}
