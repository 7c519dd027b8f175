//! A good file of this version in one go: the events straight from the text, everything else by way of
//! values. Every check is made; a file that fails one, or needs a migration, is left to
//! [`super::read()`], which says what is wrong with it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::migrate::{READER, SCHEMA, schema_of};
use super::read::{check_digest, check_plan, read_members};
use super::{ExchangeFile, FORMAT};
use crate::json::Reader;
use crate::ledger::Event;

/// The file, if there is nothing to say against it.
pub(super) fn read(text: &str, plan_id: &str) -> Option<ExchangeFile> {
    let mut reader = Reader::new(text);
    let mut members: Map<String, Value> = Map::new();
    let mut events: Vec<Arc<Event>> = Vec::new();
    // Their canonical form, for the digest of the file.
    let mut canonical = String::new();
    reader.open(b'{')?;
    while reader.another(b'}', members.is_empty())? {
        let key = reader.key()?;
        if members.contains_key(key) {
            return None;
        }
        let value = if key == "events" {
            canonical.reserve(text.len());
            reader.open(b'[')?;
            while reader.another(b']', events.is_empty())? {
                if !events.is_empty() {
                    canonical.push(',');
                }
                let event = Event::read_next(&mut reader, &mut canonical)?;
                events.push(Arc::new(event));
            }
            Value::Array(Vec::new())
        } else {
            reader.value()?
        };
        members.insert(key.to_owned(), value);
    }
    if reader.peek_dark().is_some() {
        return None;
    }
    let document = Value::Object(members);
    let ours = document.get("format").and_then(Value::as_str) == Some(FORMAT);
    if !ours || schema_of(&document, READER).ok()? < SCHEMA {
        return None;
    }
    check_plan(&document, plan_id).ok()?;
    check_digest(&document, Some(&canonical)).ok()?;
    read_members(document, Vec::new(), Some(events)).ok()
}

#[cfg(test)]
mod tests;
