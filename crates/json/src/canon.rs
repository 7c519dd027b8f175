//! Canonical JSON (RFC 8785) and the numbers it can carry.
//!
//! An event's id and a file's digest are taken over these bytes, so the writer
//! cannot fail and costs no copies. It is written here because the crate
//! `serde_json_canonicalizer` parses every key again, too slow for a hundred
//! thousand events, and brings large tables for printing doubles. Tests compare
//! the two.

use std::cmp::Ordering;
use std::ops::Range;

use double_text::ecmascript;
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};

use crate::scan::plain_length;
use crate::sorting::positions;

/// Greatest integer that every JSON reader keeps exactly: 2^53 − 1.
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// How deep values may nest. Well under the 127 levels that are read, so
/// that whatever was accepted can be exported and read again.
const MAX_DEPTH: usize = 64;

/// A running SHA-256 over text.
#[derive(Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Takes more text in.
    pub fn update(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }

    /// The digest of everything taken in.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Appends bytes as lower-case hex.
pub fn write_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for part in bytes.chunks(32) {
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(part) {
            *pair = [
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 0xf)],
            ];
        }
        push_ascii(out, &digits[..2 * part.len()]);
    }
}

/// Appends digits and signs.
fn push_ascii(out: &mut String, ascii: &[u8]) {
    out.push_str(std::str::from_utf8(ascii).unwrap_or_default());
}

/// RFC 8785 orders keys by UTF-16 code units, which differs from the order of
/// UTF-8 bytes only beyond the basic plane.
pub fn key_order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// The members of an object in canonical order.
pub fn sorted(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let members: Vec<_> = map.iter().collect();
    if members.is_sorted_by(|a, b| key_order(a.0, b.0).is_lt()) {
        return members;
    }
    let order = positions(members.len(), &mut |a, b| {
        key_order(members[a].0, members[b].0)
    });
    order.into_iter().map(|at| members[at]).collect()
}

/// Appends a value in canonical form.
pub fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_str(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(map) => {
            write_object(out, map, "");
        }
    }
}

/// Appends an object in canonical form and returns the bytes to leave out to
/// have the same object without the member `cut`; empty when there is none.
pub fn write_object(out: &mut String, map: &Map<String, Value>, cut: &str) -> Range<usize> {
    let mut range = 0..0;
    let mut members = sorted(map).into_iter().peekable();
    let mut first = true;
    out.push('{');
    while let Some((key, value)) = members.next() {
        let start = out.len();
        if !first {
            out.push(',');
        }
        write_str(out, key);
        out.push(':');
        write_value(out, value);
        if !cut.is_empty() && key == cut {
            range = start..out.len();
            if first && members.peek().is_some() {
                // The first member takes the comma that follows it along.
                range.end += 1;
            }
        }
        first = false;
    }
    out.push('}');
    range
}

/// Appends a string literal; the escapes are those of RFC 8785, 3.2.2.2.
pub fn write_str(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at(plain_length(rest.as_bytes()));
        out.push_str(plain);
        let Some(&byte) = special.as_bytes().first() else {
            break;
        };
        rest = &special[1..];
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x08 => out.push_str("\\b"),
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0c => out.push_str("\\f"),
            0x0d => out.push_str("\\r"),
            _ => {
                out.push_str("\\u00");
                write_hex(out, &[byte]);
            }
        }
    }
    out.push('"');
}

/// Appends a number as ECMAScript prints the double it stands for.
pub fn write_number(out: &mut String, number: &Number) {
    match number.as_i64() {
        Some(integer) if is_safe(integer) => write_integer(out, integer),
        _ => out.push_str(&ecmascript(number.as_f64().unwrap_or_default())),
    }
}

/// Appends an integer in decimal digits.
pub fn write_integer(out: &mut String, integer: i64) {
    if integer < 0 {
        out.push('-');
    }
    let mut left = integer.unsigned_abs();
    // As many digits as 64 bits can have, from the last.
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    push_ascii(out, &digits[at..]);
}

fn is_safe(integer: i64) -> bool {
    integer.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()
}

/// A flaw found while bringing a value to the form that is kept.
#[derive(Debug)]
pub struct Flaw {
    /// Path segments from the inside out, `.key` or `[index]`.
    segments: Vec<String>,
    /// What would have been right.
    pub expected: &'static str,
}

impl Flaw {
    fn new(expected: &'static str) -> Self {
        Flaw {
            segments: Vec::new(),
            expected,
        }
    }

    /// The same flaw, seen from one level further out.
    fn inside(mut self, segment: String) -> Self {
        self.segments.push(segment);
        self
    }

    /// The path from the outermost value, such as `value.list[2]`.
    pub fn path(&self) -> String {
        let joined: String = self.segments.iter().rev().map(String::as_str).collect();
        joined
            .strip_prefix('.')
            .map(str::to_owned)
            .unwrap_or(joined)
    }
}

/// Brings numbers to one form each, so that values which are equal as JSON are
/// equal here: `1.0` and `1` are the same number to RFC 8785 and to every
/// JavaScript reader. Refuses integers that those readers would round without
/// saying so (two different values would share one digest), and nesting that
/// could not be read back. `depth` is how deep the value will lie in a file.
pub fn normalise(value: &mut Value, depth: usize) -> Result<(), Flaw> {
    match value {
        Value::Number(number) => {
            if let Some(plain) = plain_number(number)? {
                *number = plain;
            }
            Ok(())
        }
        Value::Array(_) | Value::Object(_) if depth >= MAX_DEPTH => {
            Err(Flaw::new("at most 64 levels of nesting"))
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                normalise(item, depth + 1).map_err(|flaw| flaw.inside(format!("[{index}]")))?;
            }
            Ok(())
        }
        Value::Object(map) => {
            for (key, item) in map.iter_mut() {
                normalise(item, depth + 1).map_err(|flaw| flaw.inside(format!(".{key}")))?;
            }
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

/// The number in its one form, or nothing when it already has it.
fn plain_number(number: &Number) -> Result<Option<Number>, Flaw> {
    if number.is_f64() {
        let double = number.as_f64().unwrap_or_default();
        return Ok(integer_of(double).map(Number::from));
    }
    if number.as_i64().is_some_and(is_safe) {
        return Ok(None);
    }
    // A large double may be spelled as an integer, in the digits RFC 8785
    // gives it or in full; any other large integer would lose digits.
    let double = number.as_f64().unwrap_or_default();
    let written = integer_text(number);
    if ecmascript(double) == written || is_exactly(number, double) {
        return Ok(Number::from_f64(double));
    }
    Err(Flaw::new("an integer that a double keeps exactly"))
}

/// Whether a number that is an integer to `serde_json` is this very double.
fn is_exactly(number: &Number, double: f64) -> bool {
    // The first double that no `u64` is.
    const END: f64 = 18_446_744_073_709_551_616.0;
    match (number.as_u64(), number.as_i64()) {
        (Some(integer), _) => double < END && double as u64 == integer,
        (None, Some(integer)) => double as i64 == integer,
        (None, None) => false,
    }
}

/// The digits of a number that is an integer to `serde_json`. Its own way to
/// print numbers carries the tables for doubles along.
fn integer_text(number: &Number) -> String {
    match (number.as_u64(), number.as_i64()) {
        (Some(integer), _) => integer.to_string(),
        (None, Some(integer)) => integer.to_string(),
        (None, None) => String::new(),
    }
}

/// The integer a double stands for, when it is one that is kept exactly.
fn integer_of(double: f64) -> Option<i64> {
    let limit = MAX_SAFE_INTEGER as f64;
    (double.fract() == 0.0 && double.abs() <= limit).then_some(double as i64)
}

/// A double as a JSON number in its one form; `None` for NaN and infinities.
pub fn number(double: f64) -> Option<Number> {
    match integer_of(double) {
        Some(integer) => Some(Number::from(integer)),
        None => Number::from_f64(double),
    }
}

#[cfg(test)]
mod tests;
