//! JSON text: the one reader and the one writer of the whole page.
//!
//! Every generic reader that is compiled besides this one is loaded with the
//! page, so whoever reads JSON takes a [`Value`] from here and picks from it.
//! An import spends most of its time here, so this crate is built for speed and
//! all others for size.
//!
//! Where to start:
//! - [`parse`] and [`write`]: a text at once; [`Parts`]: a long one in parts;
//!   [`Reader`]: without values in between;
//! - [`canon`]: the canonical form that digests are taken over;
//! - [`sorting`]: the one sort, which the keys of objects need too.

pub mod canon;
mod read;
mod scan;
pub mod sorting;

use std::fmt;

use serde_json::{Map, Value};

pub use read::{Parts, Reader, parse};

/// Why a text is not JSON, and where. Lines and columns count from 1, columns
/// in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong there.
    pub flaw: Flaw,
    /// Where it stops being JSON.
    pub line: usize,
    /// Where in that line.
    pub column: usize,
}

/// What is wrong with a text that is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Something that JSON does not have.
    NotJson,
    /// JSON up to its end, which comes too early.
    Truncated,
    /// An object with this key twice: readers differ on which one counts.
    DuplicateKey(String),
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.flaw {
            Flaw::NotJson => f.write_str("not JSON")?,
            Flaw::Truncated => f.write_str("ends too early")?,
            Flaw::DuplicateKey(key) => write!(f, "key `{key}` twice")?,
        }
        write!(f, " at line {} column {}", self.line, self.column)
    }
}

impl std::error::Error for SyntaxError {}

/// A value as JSON text without white space, in canonical form.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    canon::write_value(&mut out, value);
    out
}

/// Gives an object a member, in the place of one that has the key already.
#[inline(never)]
pub fn set(map: &mut Map<String, Value>, key: &str, value: Value) {
    insert(map, key.to_owned(), value);
}

/// As [`set`]. The standard library's own way is compiled, and loaded, once for each crate that
/// takes it.
#[inline(never)]
pub(crate) fn insert(map: &mut Map<String, Value>, key: String, value: Value) {
    map.insert(key, value);
}

/// Takes the value of a member and leaves null in its place. Whoever wants the
/// others alone goes on with [`without`]: to remove a member, the page would
/// have to load how a tree is balanced again.
#[inline(never)]
pub fn take(map: &mut Map<String, Value>, key: &str) -> Option<Value> {
    map.get_mut(key).map(Value::take)
}

/// The members of an object that have none of these keys.
#[inline(never)]
pub fn without(map: Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    let mut others = Map::new();
    for (key, value) in map {
        if !keys.contains(&key.as_str()) {
            insert(&mut others, key, value);
        }
    }
    others
}
