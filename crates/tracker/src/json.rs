//! JSON text: the one reader and the one writer of the whole page.
//!
//! Every generic reader that is compiled besides this one is loaded with the
//! page, so whoever reads JSON takes a [`Value`] from here and picks from it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::ledger::canon;

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

/// Parses JSON text, refusing an object that has a key twice.
///
/// # Errors
/// The first flaw of the text.
pub fn parse(text: &str) -> Result<Value, SyntaxError> {
    let mut duplicate = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Strict {
        duplicate: &mut duplicate,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let line = error.line();
        SyntaxError {
            line,
            column: characters(text, line, error.column()),
            flaw: match duplicate {
                Some(key) => Flaw::DuplicateKey(key),
                None if error.is_eof() => Flaw::Truncated,
                None => Flaw::NotJson,
            },
        }
    })
}

/// A value as JSON text without white space, in canonical form.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    canon::write_value(&mut out, value);
    out
}

/// A column counted in bytes, counted in characters.
fn characters(text: &str, line: usize, bytes: usize) -> usize {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or("");
    let starts = line.char_indices().filter(|(at, _)| *at < bytes);
    starts.count()
}

/// Reads a value like `serde_json` does, except for keys that come twice.
struct Strict<'a> {
    duplicate: &'a mut Option<String>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Strict {
            duplicate: &mut *self.duplicate,
        })? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if map.contains_key(&key) {
                *self.duplicate = Some(key);
                return Err(A::Error::custom("duplicate key"));
            }
            let value = members.next_value_seed(Strict {
                duplicate: &mut *self.duplicate,
            })?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
