//! Agencies: their names over time, when they existed, and who succeeded them.
//!
//! A collective ("các bộ, ngành, địa phương") is an agency of kind
//! [`AgencyKind::Collective`] with a rule that says which kinds of agency it
//! binds; see [`crate::binding`] for how the rule meets a day.

use super::Text;
use chrono::NaiveDate;

/// What sort of body an agency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgencyKind {
    /// Bộ.
    Ministry,
    /// Cơ quan ngang bộ.
    Ministerial,
    /// Cơ quan thuộc Chính phủ.
    GovernmentAttached,
    /// A unit of a ministry or of the Government Office.
    Subordinate,
    /// Doanh nghiệp nhà nước.
    Enterprise,
    /// Cơ quan của Đảng.
    Party,
    /// Cơ quan tư pháp.
    Judicial,
    /// Tổ chức phối hợp liên ngành.
    Coordination,
    /// Any other body.
    Other,
    /// Ủy ban nhân dân of a province or a centrally run city.
    Province,
    /// A rule that binds many agencies.
    Collective,
}

/// How sure a succession or a membership is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// A fact that documents state.
    Verified,
    /// Inferred from a transfer of functions; shown as a suggestion.
    Suggested,
}

/// One successor of an agency, for one function or for the whole of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Succession {
    /// Who took it over.
    pub agency: String,
    /// Which function moved.
    pub function: Text,
    /// The first day of the successor's responsibility.
    pub from: NaiveDate,
    /// Whether everything moved to this successor.
    pub whole: bool,
}

/// A later name of an agency that went on existing.
#[derive(Clone, Debug, PartialEq)]
pub struct Renaming {
    /// The first day of the name.
    pub from: NaiveDate,
    /// The name.
    pub name: Text,
}

/// Which agencies a collective can bind.
#[derive(Clone, Debug, PartialEq)]
pub struct Members {
    /// The kinds of agency.
    pub kinds: Vec<AgencyKind>,
    /// Whether it binds each of them or only those a document does not list.
    pub certainty: MemberCertainty,
}

/// Whether a collective binds every agency of its kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberCertainty {
    /// Each agency of these kinds is bound.
    All,
    /// Only those concerned ("liên quan", "được giao"), whom the document does not list.
    Concerned,
}

/// A body with names, a kind, the dates it existed and its successors.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    /// Stable slug, e.g. `bo-cong-an`.
    pub id: String,
    /// The first name it had in the time the plan covers.
    pub name: Text,
    /// Short form used on cards, e.g. `BCA`; the bare name for a province.
    pub abbreviation: String,
    /// What sort of body it is.
    pub kind: AgencyKind,
    /// Other spellings that people and documents use.
    pub aliases: Vec<String>,
    /// First day it existed; absent when that lies before the plan.
    pub valid_from: Option<NaiveDate>,
    /// Last day it existed; absent while it exists.
    pub valid_to: Option<NaiveDate>,
    /// The agency it belongs to.
    pub parent: Option<String>,
    /// Later names, oldest first.
    pub renamed: Vec<Renaming>,
    /// Who took over its functions.
    pub successors: Vec<Succession>,
    /// The rule of a collective; present exactly for collectives.
    pub members: Option<Members>,
    /// Doubts about the facts.
    pub note: Option<Text>,
}

impl Agency {
    /// Whether the agency existed on `day`.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The name it had on `day`.
    pub fn name_on(&self, day: NaiveDate) -> &Text {
        self.renamed
            .iter()
            .rev()
            .find(|r| r.from <= day)
            .map_or(&self.name, |r| &r.name)
    }

    /// Whether this is a rule rather than a body.
    pub fn is_collective(&self) -> bool {
        self.kind == AgencyKind::Collective
    }
}
