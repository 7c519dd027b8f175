//! A pack in one JSON text, the files by their names without `.json`.
//!
//! The page embeds one that is made for few bytes: `tools/embed/pack.rs` writes
//! it and says how it is laid out. Here it is turned back into entries; from
//! there on it is read like any other pack. A pack that somebody opens holds the
//! files as they are.

use serde_json::{Map, Value};

use super::Plan;
use super::load::{FILES, PackError};
use super::read::Reader;
use super::words::{Shelf, Text, Words};
use crate::json::take;
use crate::text::{is_plain, visible};

/// What a bundle is called in faults that are not of one of its files.
pub const BUNDLE: &str = "pack.json";

/// The greatest bundle that is read, in bytes: some hundred thousand tasks.
pub const MAX_BUNDLE_BYTES: usize = 256 * 1024 * 1024;

impl Plan {
    /// Reads and validates a pack that was bundled into one text.
    ///
    /// # Errors
    ///
    /// Every fault found, as of [`Plan::load`].
    pub fn load_bundle(text: &str) -> Result<Plan, Vec<PackError>> {
        let mut reader = Reader::default();
        let mut bundle = match reader.parse(BUNDLE, text) {
            Some(bundle) => reader.object_of("", bundle).unwrap_or_default(),
            None => return Err(reader.faults),
        };
        // Files as they are have their texts where they belong.
        if bundle.get("tasks").is_some_and(Value::is_array) {
            for (_, part) in bundle.iter_mut() {
                show_all(part);
            }
        } else {
            let vi = reader.strings(&mut bundle, "vi");
            match take(&mut bundle, "later").and_then(|n| n.as_u64()) {
                Some(count) => {
                    texts_with_later(&mut reader, vi, usize::try_from(count).unwrap_or(0))
                }
                None => {
                    let en = reader.strings(&mut bundle, "en");
                    if vi.len() != en.len() {
                        reader.fault(format!("{} texts in vi, {} in en", vi.len(), en.len()));
                    }
                    for (vi, en) in vi.into_iter().zip(en) {
                        reader
                            .texts
                            .push(Text::new(Words::Here(vi), Words::Here(en)));
                    }
                }
            }
        }
        let mut parts = [const { None }; FILES.len()];
        for (part, file) in parts.iter_mut().zip(FILES) {
            let columns = take(&mut bundle, file.strip_suffix(".json").unwrap_or(file));
            *part = Some(entries(columns.unwrap_or_default()));
        }
        Plan::read(reader, parts)
    }
}

/// Writes every text of an opened plan so that nothing in it is hidden, ids and what names them alike:
/// a plan of somebody else is on every page.
fn show_all(value: &mut Value) {
    match value {
        Value::String(text) if !is_plain(text) => *text = visible(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(show_all),
        Value::Object(map) => map.iter_mut().for_each(|(_, value)| show_all(value)),
        _ => {}
    }
}

/// The table of texts where only some of the Vietnamese ones are there: the lines that come later
/// are the other Vietnamese ones, then all English ones.
fn texts_with_later(reader: &mut Reader, vi: Vec<String>, count: usize) {
    let shelf = Shelf::for_lines(count);
    // Twice the texts that are not there, and those that are once more.
    let later = count.saturating_sub(vi.len()) / 2;
    let total = vi.len() + later;
    let mut vi = vi.into_iter();
    for number in 0..total {
        let first = vi.next().map(Words::Here);
        let line = number.saturating_sub(total - later);
        let vi = first.unwrap_or_else(|| Words::Later(shelf.clone(), line));
        let en = Words::Later(shelf.clone(), later + number);
        reader.texts.push(Text::new(vi, en));
    }
    reader.shelf = shelf;
}

/// Turns columns into entries. What has not the shape of columns stays as it
/// is, or leaves entries incomplete: the reader of the entries will say so.
fn entries(part: Value) -> Value {
    let columns = match part {
        // `plan.json` has no entries, but an id of its own.
        Value::Object(map) if !map.get("id").is_some_and(Value::is_string) => map,
        other => return other,
    };
    let mut entries: Vec<Value> = Vec::new();
    for (key, column) in columns {
        let Value::Array(column) = column else {
            return Value::Null;
        };
        let (key, texts) = match key.strip_prefix('#') {
            Some(key) => (key, true),
            None => (key.as_str(), false),
        };
        let mut next = 0_i64;
        for (row, mut value) in column.into_iter().enumerate() {
            if row == entries.len() {
                entries.push(Value::Object(Map::new()));
            }
            if value.is_null() {
                continue;
            }
            if let (true, Some(step)) = (texts, value.as_i64()) {
                let number = next.saturating_add(step);
                next = number.saturating_add(1);
                value = Value::from(number);
            }
            put(&mut entries[row], key, value);
        }
    }
    Value::Array(entries)
}

/// Puts a member into an object, for `outer.inner` into the one it holds.
fn put(object: &mut Value, key: &str, value: Value) {
    let Value::Object(map) = object else { return };
    match key.split_once('.') {
        Some((outer, inner)) => {
            if !map.contains_key(outer) {
                map.insert(outer.to_owned(), Value::Object(Map::new()));
            }
            if let Some(object) = map.get_mut(outer) {
                put(object, inner, value);
            }
        }
        None => {
            map.insert(key.to_owned(), value);
        }
    }
}
