//! The JSON text of a file: where something stands, pretty writing.

use serde_json::Value;

use crate::json::canon;
use crate::json::parse;

/// The line, from 1, of the member at a path such as `events[3].time.ms` in
/// text that is JSON; where the path leads out of the document, the line of
/// the last member on the way.
pub(super) fn line_of(text: &str, path: &str) -> usize {
    let mut scan = Scan { text, at: 0 };
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
    let before = text.bytes().take(found);
    1 + before.filter(|byte| *byte == b'\n').count()
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
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
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
                    let key = parse(literal).ok();
                    self.space();
                    // Past the colon.
                    self.at += 1;
                    self.space();
                    key.as_ref().and_then(Value::as_str) == Some(*wanted)
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
