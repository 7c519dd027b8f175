//! From an older schema to this one, by numbered pure steps.
//!
//! Schema 1 is the first, so there is no step yet. A step must leave alone what
//! an event's id is taken over: an event that was sealed once keeps its id.

use std::fmt;

use serde_json::Value;

use crate::json;

/// The schema that is written.
pub const SCHEMA: u32 = 1;

/// The reader this version is: it reads files whose `minReader` is at most
/// this, whatever their schema, and keeps what it does not know.
pub const READER: u32 = 1;

/// A step from one schema to the next. The runner sets `schema`.
pub type Step = fn(Value) -> Result<Value, String>;

/// The steps of this version: the first leads from schema 1 to 2.
pub(crate) const STEPS: [Step; SCHEMA as usize - 1] = [];

/// Why a document did not reach the current schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MigrateError {
    /// Made by a newer version, for newer readers.
    Newer {
        /// The document's schema.
        schema: u32,
        /// The lowest reader that may read it.
        min_reader: u32,
    },
    /// `schema` or `minReader` is not an integer from 1 to 2^32 - 1.
    Version {
        /// Which of the two.
        member: &'static str,
    },
    /// A step failed.
    Step {
        /// The schema the step starts from.
        from: u32,
        /// What the step said.
        message: String,
    },
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MigrateError::Newer { schema, min_reader } => {
                write!(f, "schema {schema} asks for reader {min_reader}")
            }
            MigrateError::Version { member } => write!(f, "{member}: expected {VERSION}"),
            MigrateError::Step { from, message } => {
                write!(f, "cannot migrate from schema {from}: {message}")
            }
        }
    }
}

impl std::error::Error for MigrateError {}

/// What a version number has to be.
pub(crate) const VERSION: &str = "an integer from 1 to 2^32 - 1";

/// A document's schema, when `reader` may read it.
///
/// # Errors
/// The document is for newer readers, or does not say.
pub(crate) fn schema_of(document: &Value, reader: u32) -> Result<u32, MigrateError> {
    let version = |member: &'static str| {
        document
            .get(member)
            .and_then(Value::as_u64)
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number > 0)
            .ok_or(MigrateError::Version { member })
    };
    let schema = version("schema")?;
    let min_reader = version("minReader")?;
    if min_reader > reader {
        return Err(MigrateError::Newer { schema, min_reader });
    }
    Ok(schema)
}

/// Takes a document through the steps from its own schema to the last one.
/// `steps[0]` leads from schema 1 to 2, so the current schema is one more than
/// there are steps. A document of a newer schema that `reader` may still read
/// is left as it is.
///
/// # Errors
/// The document is for newer readers, does not say its schema, or a step fails.
pub fn migrate(mut document: Value, steps: &[Step], reader: u32) -> Result<Value, MigrateError> {
    let schema = schema_of(&document, reader)?;
    for (from, step) in (1..).zip(steps).filter(|(from, _)| *from >= schema) {
        document = step(document).map_err(|message| MigrateError::Step { from, message })?;
        match document.as_object_mut() {
            Some(map) => json::set(map, "schema", Value::from(from + 1)),
            None => {
                return Err(MigrateError::Step {
                    from,
                    message: "the step did not return an object".to_owned(),
                });
            }
        };
    }
    Ok(document)
}
