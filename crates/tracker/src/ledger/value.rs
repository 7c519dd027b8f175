//! Typed reading of a field's value.
//!
//! A value is kept as the JSON it came as; these types are this version's
//! reading of it. Unknown keys inside a value are passed over here and stay in
//! the event.

mod json;

use std::fmt;

use chrono::NaiveDate;

pub use json::is_period_key;
pub(crate) use json::retracted;

use super::id::EventId;
use crate::text::is_web_address;

/// A field of a task or indicator that this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Not started, in progress, done on a day.
    Status,
    /// Percent of the work done.
    Progress,
    /// The day the unit expects to be done.
    Forecast,
    /// A new due date and the document that grants it.
    Extension,
    /// What stands in the way.
    Blocker,
    /// The unit's own rating.
    SelfRating,
    /// The reviewer's rating.
    ReviewerRating,
    /// Who works on it.
    Assignee,
    /// Notes; a set.
    Note,
    /// Links and texts that prove a report; a set.
    Evidence,
    /// The reviewer's verdict.
    Review,
    /// Dated figures of an indicator; a set.
    Observation,
    /// Snapshots of a period's figures; a set. The subject is `period:` and the period's key.
    Closing,
}

impl Field {
    /// Every field, in the order of display.
    pub const ALL: [Field; 13] = [
        Field::Status,
        Field::Progress,
        Field::Forecast,
        Field::Extension,
        Field::Blocker,
        Field::SelfRating,
        Field::ReviewerRating,
        Field::Assignee,
        Field::Note,
        Field::Evidence,
        Field::Review,
        Field::Observation,
        Field::Closing,
    ];

    /// The field's name in an event.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Status => "status",
            Field::Progress => "progress",
            Field::Forecast => "forecast",
            Field::Extension => "extension",
            Field::Blocker => "blocker",
            Field::SelfRating => "self_rating",
            Field::ReviewerRating => "reviewer_rating",
            Field::Assignee => "assignee",
            Field::Note => "note",
            Field::Evidence => "evidence",
            Field::Review => "review",
            Field::Observation => "observation",
            Field::Closing => "closing",
        }
    }

    /// The field with this name; `None` for one this version does not know.
    pub fn parse(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// Whether every event adds an element instead of replacing the value.
    pub const fn is_set(self) -> bool {
        matches!(
            self,
            Field::Note | Field::Evidence | Field::Observation | Field::Closing
        )
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing done yet.
    NotStarted,
    /// Begun, not complete.
    InProgress,
    /// Complete.
    Done {
        /// The day it was completed, not the day it was reported.
        date: NaiveDate,
    },
}

/// Green, amber or red.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// On course.
    Green,
    /// At risk.
    Amber,
    /// Off course.
    Red,
}

impl Color {
    /// The colour's name in a value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Color::Green => "green",
            Color::Amber => "amber",
            Color::Red => "red",
        }
    }
}

/// A rating; amber and red say why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The colour.
    pub color: Color,
    /// The reason; always there for amber and red.
    pub comment: Option<String>,
}

/// What proves a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// An http or https address that the page may link to ([`is_web_address`]). A link to anything
    /// else is read as text.
    Link(String),
    /// A document's number, or any words.
    Text(String),
}

/// A reviewer's verdict, or the unit's answer to one.
///
/// A verdict speaks of the report as it stood: `of` is its digest
/// ([`review::digest`](crate::review::digest)) as 64 lower-case hex digits; `None` where whoever
/// wrote the verdict did not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// The report stands.
    Accepted {
        /// Which report.
        of: Option<String>,
    },
    /// The report goes back.
    Returned {
        /// What is wanted.
        remark: String,
        /// Which report.
        of: Option<String>,
    },
    /// The unit has answered what was returned: the report waits again.
    Answered,
}

/// A dated figure of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The day the figure holds for.
    pub date: NaiveDate,
    /// The figure in the indicator's unit.
    pub value: f64,
    /// What was counted.
    pub numerator: Option<f64>,
    /// Out of how many; above zero.
    pub denominator: Option<f64>,
    /// What the source says before the figure ("trên", "gần"), not blank.
    pub qualifier: Option<String>,
    /// Where the figure is from: an http or https address, or any words; not blank.
    pub source: String,
}

impl Observation {
    /// The source as an address that the page may link to; `None` for words. Only http and https
    /// addresses are.
    pub fn link(&self) -> Option<&str> {
        is_web_address(&self.source).then_some(self.source.as_str())
    }
}

/// A named snapshot of a unit's figures for a period, which later views compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// What people call it; not blank.
    pub name: String,
    /// The key of the period; see [`is_period_key`].
    pub period: String,
    /// The day the figures were judged by.
    pub asof: NaiveDate,
    /// The figures by name, ascending: names of `a` to `z`, digits and `_`, at most
    /// [`MAX_FIGURES`] of them.
    pub figures: Vec<(String, f64)>,
    /// How many events the figures were made of.
    pub events: u64,
    /// The digest of those events' ids, as 64 lower-case hex digits.
    pub digest: String,
}

/// How many figures a closing may hold.
pub const MAX_FIGURES: usize = 64;

impl Closing {
    /// The figure of this name.
    pub fn figure(&self, name: &str) -> Option<f64> {
        let found = self.figures.iter().find(|(known, _)| known == name);
        found.map(|(_, figure)| *figure)
    }
}

/// A value as this version reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// `null`: a scalar field was emptied.
    Cleared,
    /// An element of a set, or an earlier retraction, is taken back.
    Retract(EventId),
    /// See [`Field::Status`].
    Status(Status),
    /// Percent, 0 to 100.
    Progress(u8),
    /// See [`Field::Forecast`].
    Forecast(NaiveDate),
    /// See [`Field::Extension`].
    Extension {
        /// The new due date.
        due: NaiveDate,
        /// The document that grants it: an id or a number.
        document: String,
    },
    /// See [`Field::Blocker`].
    Blocker {
        /// Id of a named bottleneck.
        bottleneck: Option<String>,
        /// The obstacle in words; may be empty beside a named bottleneck.
        text: String,
    },
    /// See [`Field::SelfRating`].
    SelfRating(Rating),
    /// See [`Field::ReviewerRating`].
    ReviewerRating(Rating),
    /// A name; not blank.
    Assignee(String),
    /// A note's words; not blank.
    Note(String),
    /// See [`Field::Evidence`].
    Evidence(Evidence),
    /// See [`Field::Review`].
    Review(Review),
    /// See [`Field::Observation`].
    Observation(Observation),
    /// See [`Field::Closing`].
    Closing(Closing),
}

/// A value that this version cannot read as its field's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// The field.
    pub field: Field,
    /// The key inside the value; empty for the value itself.
    pub key: &'static str,
    /// What belongs there.
    pub expected: &'static str,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.key.is_empty() { "" } else { "." };
        write!(
            f,
            "{}{dot}{}: expected {}",
            self.field, self.key, self.expected
        )
    }
}

impl std::error::Error for ValueError {}

#[cfg(test)]
mod tests;
