//! A pack in one JSON text, the files by their names without `.json`.
//!
//! The page embeds one that is made for few bytes: `tools/embed/pack.rs` writes
//! it and says how it is laid out. Here it is turned back into entries; from
//! there on it is read like any other pack. A pack that somebody opens holds the
//! files as they are: [`Opening`](super::Opening).

use serde_json::{Map, Value};

use super::Plan;
use super::load::{FILES, Loading, PackError};
use super::read::{Members, Reader};
use super::words::{Shelf, Text, Words};
use crate::json::{set, take};

/// What a bundle is called in faults that are not of one of its files.
pub const BUNDLE: &str = "pack.json";

/// The greatest bundle that is read, in bytes: some hundred thousand tasks.
pub const MAX_BUNDLE_BYTES: usize = 256 * 1024 * 1024;

impl Plan {
    /// Reads a pack that was bundled into one text by the build of the page. Where its ids lead is
    /// not looked at again: the files that it was made of have been, and a test compares the plans.
    ///
    /// # Errors
    ///
    /// Every fault of its shape, as of [`Plan::load`].
    pub fn load_bundle(text: &str) -> Result<Plan, Vec<PackError>> {
        let mut reader = Reader::default();
        match reader.parse(BUNDLE, text) {
            Some(bundle) => {
                let bundle = reader.object_of("", bundle).unwrap_or_default();
                load_columns(reader, bundle).end()
            }
            None => Err(reader.faults),
        }
    }
}

/// Reads a bundle of columns and texts.
pub(super) fn load_columns(mut reader: Reader, mut bundle: Members) -> Loading {
    let vi = reader.strings(&mut bundle, "vi");
    match take(&mut bundle, "later").and_then(|n| n.as_u64()) {
        Some(count) => texts_with_later(&mut reader, vi, usize::try_from(count).unwrap_or(0)),
        None => {
            let en = reader.strings(&mut bundle, "en");
            if vi.len() != en.len() {
                reader.fault(format!("{} texts in vi, {} in en", vi.len(), en.len()));
            }
            for (vi, en) in vi.into_iter().zip(en) {
                let text = Text::new(Words::Here(vi), Words::Here(en));
                reader.texts.push(text);
            }
        }
    }
    let parts = parts_of(&mut bundle).map(|part| Some(entries(part.unwrap_or_default())));
    Loading::whole(reader, parts)
}

/// Takes the files out of a bundle, in the order of [`FILES`].
pub(super) fn parts_of(bundle: &mut Members) -> [Option<Value>; FILES.len()] {
    FILES.map(|file| take(bundle, file.strip_suffix(".json").unwrap_or(file)))
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
                set(map, outer, Value::Object(Map::new()));
            }
            if let Some(object) = map.get_mut(outer) {
                put(object, inner, value);
            }
        }
        None => {
            set(map, key, value);
        }
    }
}
