//! Why a file was not taken.

use std::fmt;

use crate::json::{Flaw, SyntaxError};

/// A file that was refused, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The file's name, as handed in.
    pub file: String,
    /// What is wrong, and where.
    pub reason: Reason,
}

/// What is wrong with a file. Lines and columns count from 1, columns in
/// characters; offsets count bytes from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Larger than is read.
    TooLarge {
        /// The file's size.
        bytes: usize,
        /// The greatest size that is read.
        limit: usize,
    },
    /// Nothing in it, or white space alone.
    Empty,
    /// Not UTF-8 text.
    NotUtf8 {
        /// The first byte that is not.
        offset: usize,
    },
    /// Not JSON.
    NotJson {
        /// Where it stops being JSON.
        line: usize,
        /// Where in that line.
        column: usize,
    },
    /// JSON up to its end, which comes too early.
    Truncated {
        /// The last line there is.
        line: usize,
        /// How far that line goes.
        column: usize,
    },
    /// An object with a key twice: readers differ on which one counts.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it comes again.
        line: usize,
        /// Where in that line.
        column: usize,
    },
    /// JSON, but not a file of this app.
    NotOurs,
    /// Made by a newer version, for newer readers.
    NewerReader {
        /// The file's schema.
        schema: u32,
        /// The lowest reader that may read it.
        min_reader: u32,
    },
    /// About another plan.
    OtherPlan {
        /// The id of the plan it is about.
        found: String,
    },
    /// The digest does not belong to the content: the file was altered.
    Altered,
    /// A member is missing or has the wrong shape.
    Field {
        /// Which, such as `events[3].time.ms`.
        path: String,
        /// What belongs there.
        expected: &'static str,
        /// The line of the member, or of what should hold it; `None` when the
        /// file was migrated and its lines no longer tell.
        line: Option<usize>,
    },
    /// An event's id does not belong to its content.
    EventAltered {
        /// The event's place in the file, from 0.
        index: usize,
    },
    /// `count` is not the number of events.
    CountMismatch {
        /// What `count` says.
        stated: u64,
        /// How many there are.
        found: usize,
    },
    /// A step from an older schema could not be taken.
    Migration {
        /// The schema the step starts from.
        from: u32,
        /// What the step said.
        message: String,
    },
}

impl From<SyntaxError> for Reason {
    fn from(error: SyntaxError) -> Self {
        let SyntaxError { flaw, line, column } = error;
        match flaw {
            Flaw::NotJson => Reason::NotJson { line, column },
            Flaw::Truncated => Reason::Truncated { line, column },
            Flaw::DuplicateKey(key) => Reason::DuplicateKey { key, line, column },
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::TooLarge { bytes, limit } => {
                write!(f, "{bytes} bytes, more than the limit of {limit}")
            }
            Reason::Empty => f.write_str("empty"),
            Reason::NotUtf8 { offset } => write!(f, "not UTF-8 at byte {offset}"),
            Reason::NotJson { line, column } => {
                write!(f, "not JSON at line {line}, column {column}")
            }
            Reason::Truncated { line, column } => {
                write!(f, "ends too early, at line {line}, column {column}")
            }
            Reason::DuplicateKey { key, line, column } => {
                write!(f, "key {key:?} again at line {line}, column {column}")
            }
            Reason::NotOurs => f.write_str("not a file of this app"),
            Reason::NewerReader { schema, min_reader } => {
                write!(f, "schema {schema} asks for reader {min_reader}")
            }
            Reason::OtherPlan { found } => write!(f, "about another plan, {found:?}"),
            Reason::Altered => f.write_str("the digest does not belong to the content"),
            Reason::Field {
                path,
                expected,
                line,
            } => {
                write!(f, "{path}: expected {expected}")?;
                match line {
                    Some(line) => write!(f, " (line {line})"),
                    None => Ok(()),
                }
            }
            Reason::EventAltered { index } => {
                write!(f, "events[{index}]: the id does not belong to the content")
            }
            Reason::CountMismatch { stated, found } => {
                write!(f, "count says {stated}, but there are {found} events")
            }
            Reason::Migration { from, message } => {
                write!(f, "cannot migrate from schema {from}: {message}")
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.reason)
    }
}

impl std::error::Error for Refusal {}
