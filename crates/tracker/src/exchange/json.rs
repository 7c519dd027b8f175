//! JSON text: strict reading, where something stands, pretty writing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::refusal::Reason;
use crate::ledger::canon;

/// Parses JSON text, refusing an object that has a key twice.
pub(super) fn parse(text: &str) -> Result<Value, Reason> {
    let mut duplicate = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Strict {
        duplicate: &mut duplicate,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let line = error.line();
        let column = characters(text, line, error.column());
        match duplicate {
            Some(key) => Reason::DuplicateKey { key, line, column },
            None if error.is_eof() => Reason::Truncated { line, column },
            None => Reason::NotJson { line, column },
        }
    })
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

/// The line, from 1, of the member at a path such as `events[3].time.ms` in
/// text that is JSON; where the path leads out of the document, the line of
/// the last member on the way.
pub(super) fn line_of(text: &str, path: &str) -> usize {
    let mut scan = Scan {
        text: text.as_bytes(),
        at: 0,
    };
    let mut path = path;
    scan.space();
    let mut found = scan.at;
    while let Some((segment, rest)) = next_segment(path) {
        if !scan.enter(&segment) {
            break;
        }
        found = scan.at;
        path = rest;
    }
    1 + scan.text[..found.min(scan.text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
}

enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

/// The first segment of a path and what is left of it.
fn next_segment(path: &str) -> Option<(Segment<'_>, &str)> {
    if let Some(rest) = path.strip_prefix('[') {
        let (index, rest) = rest.split_once(']')?;
        return Some((Segment::Index(index.parse().ok()?), rest));
    }
    let path = path.strip_prefix('.').unwrap_or(path);
    if path.is_empty() {
        return None;
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    Some((Segment::Key(&path[..end]), &path[end..]))
}

/// Walks over JSON text that was parsed before.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Moves from the start of a value to the start of its member; false when
    /// there is none.
    fn enter(&mut self, segment: &Segment<'_>) -> bool {
        let open = match segment {
            Segment::Key(_) => b'{',
            Segment::Index(_) => b'[',
        };
        if self.peek() != Some(open) {
            return false;
        }
        self.at += 1;
        let mut index = 0;
        loop {
            self.space();
            let start = self.at;
            match self.peek() {
                None | Some(b'}' | b']') => return false,
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            let hit = match segment {
                Segment::Index(wanted) => index == *wanted,
                Segment::Key(wanted) => {
                    self.skip();
                    let literal = self.text.get(start..self.at).unwrap_or_default();
                    let key: Option<String> = serde_json::from_slice(literal).ok();
                    self.space();
                    // Past the colon.
                    self.at += 1;
                    self.space();
                    key.as_deref() == Some(*wanted)
                }
            };
            if hit {
                return true;
            }
            self.skip();
            index += 1;
        }
    }

    /// Moves past one value.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' if depth == 0 => return,
                _ => {
                    self.at += 1;
                    if depth > 0 {
                        continue;
                    }
                    // A bare word or number ends before what cannot be in it.
                    while self
                        .peek()
                        .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
                    {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return;
            }
        }
    }
}

/// Appends a value, one member a line, two spaces a level, starting in the
/// current line; members of objects in canonical order.
pub(super) fn write_pretty(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                new_line(out, index, indent + 1);
                write_pretty(out, item, indent + 1);
            }
            close(out, ']', indent);
        }
        Value::Object(map) if !map.is_empty() => {
            out.push('{');
            for (index, (key, item)) in canon::sorted(map).into_iter().enumerate() {
                new_line(out, index, indent + 1);
                write_key(out, key);
                write_pretty(out, item, indent + 1);
            }
            close(out, '}', indent);
        }
        _ => canon::write_value(out, value),
    }
}

/// Begins the line of a member, after a comma unless it is the first.
pub(super) fn new_line(out: &mut String, index: usize, indent: usize) {
    out.push_str(if index > 0 { ",\n" } else { "\n" });
    pad(out, indent);
}

/// Ends an object or array in a line of its own.
pub(super) fn close(out: &mut String, bracket: char, indent: usize) {
    out.push('\n');
    pad(out, indent);
    out.push(bracket);
}

/// Appends a key and its colon.
pub(super) fn write_key(out: &mut String, key: &str) {
    canon::write_str(out, key);
    out.push_str(": ");
}

fn pad(out: &mut String, indent: usize) {
    for _ in 0..indent {
        out.push_str("  ");
    }
}
