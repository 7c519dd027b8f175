//! The JSON file that carries a ledger from one browser to another.
//!
//! [`write`](fn@write) and [`read`](fn@read) are inverse to each other, unknown members included.
//! A file is read whole or refused whole: [`Refusal`] says what is wrong and
//! where, and nothing has been applied by then. [`preview`](fn@preview) says
//! what an import would change before anybody agrees to it, and [`Oddities`] what should be known of it.

mod digest;
mod head;
mod json;
mod migrate;
mod oddities;
mod preview;
mod quick;
mod read;
mod refusal;
mod select;
mod split;
mod write;

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::ledger::Event;

pub use migrate::{MigrateError, READER, SCHEMA, Step, migrate};
pub use oddities::Oddities;
pub(crate) use preview::add_changes;
pub use preview::{Change, Preview, preview};
pub use read::{MAX_BYTES, Reader, read, read_any};
pub use refusal::{Reason, Refusal};
pub use select::{Selection, Sent, select, units};
pub use split::part_names;
pub use write::{Writing, write};

/// The value of `format` in every file of this app.
pub const FORMAT: &str = "tiendo06";

/// Which plan pack a file's subjects are from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanRef {
    /// The pack's id.
    pub id: String,
    /// The pack's version.
    pub version: String,
    /// Members this version does not know.
    pub extra: Map<String, Value>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Everything the sender knows.
    #[default]
    Full,
    /// What is new since an earlier file.
    Delta,
    /// A reviewer's answers.
    Review,
}

impl Kind {
    /// The kind's name in a file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Full => "full",
            Kind::Delta => "delta",
            Kind::Review => "review",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Kind> {
        [Kind::Full, Kind::Delta, Kind::Review]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A file's content. Numbers in `ext` and `extra` have to be ones that a
/// double keeps exactly: [`read`] refuses others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExchangeFile {
    /// The app and version that wrote it.
    pub app: String,
    /// The plan it is about.
    pub plan: PlanRef,
    /// What it is for.
    pub kind: Kind,
    /// The agency it reports for; `None` when it is not for a single one.
    pub unit: Option<String>,
    /// The browser profile that wrote it; not empty.
    pub replica: String,
    /// When it was written, RFC 3339.
    pub exported_at: String,
    /// The events, in the order of the file.
    pub events: Vec<Arc<Event>>,
    /// Room for extensions.
    pub ext: Map<String, Value>,
    /// Members this version does not know. One that has the name of a known
    /// member is not written.
    pub extra: Map<String, Value>,
}

/// The name to save a file under: `tiendo06_<unit>_<asof>_<stamp>.json`, with
/// the day as yyyy-mm-dd so that names sort by it. A file that is not for one
/// agency is `toan-bo`. Characters that file systems or mail programs mangle
/// become hyphens; so do underscores, which keep the parts apart.
pub fn file_name(unit: Option<&str>, asof: NaiveDate, stamp: &str) -> String {
    let safe = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => c,
                _ => '-',
            })
            .collect()
    };
    let unit = safe(unit.unwrap_or("toan-bo"));
    format!("{FORMAT}_{unit}_{asof}_{}.json", safe(stamp))
}

/// The members of a file that have a meaning here, `sha256` included.
const KNOWN: [&str; 13] = [
    "app",
    "count",
    "events",
    "exportedAt",
    "ext",
    "format",
    "kind",
    "minReader",
    "plan",
    "replica",
    "schema",
    "sha256",
    "unit",
];
