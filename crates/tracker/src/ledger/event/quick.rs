//! An event straight from the text of a file.
//!
//! A file of a thousand events has ten thousand members whose names are known. Made into a tree of
//! values first, each of them is a piece of memory that is taken apart again at once, which was half of
//! the time of an import. Whatever is not as this version writes it goes the long way, through
//! [`Value`] and [`Event::from_normalised`], and so does every event that is wrong: what is said of it
//! is said there.

use serde_json::{Map, Value};

use super::json::digest;
use super::{Draft, Event};
use crate::json::Reader;
use crate::ledger::canon;
use crate::ledger::id::EventId;

/// How many bytes the id takes up in the canonical form: `,"id":` and 64 digits in quotation marks.
const ID_MEMBER: usize = 72;

impl Event {
    /// Reads the next event, checks its id, and appends its canonical form to `text`. `None` for
    /// whatever is wrong; the reader is anywhere then.
    pub(crate) fn read_next(reader: &mut Reader<'_>, text: &mut String) -> Option<Event> {
        let start = reader.mark();
        if let Some(event) = usual(reader) {
            let from = text.len();
            let at = event.write_members(text, true);
            let computed = digest(&[&text[from..at], &text[at + ID_MEMBER..]]);
            return (computed == event.id).then_some(event);
        }
        reader.back_to(start);
        let mut json = reader.value()?;
        let computed = Event::write_and_hash(json.as_object()?, text);
        canon::normalise(&mut json, canon::MEMBER_DEPTH - 1).ok()?;
        Event::from_normalised(json, Some(computed)).ok()
    }
}

/// An event that has every known member once and no other, in any order, with no escapes in keys and
/// ids; its id is not checked yet.
fn usual(reader: &mut Reader<'_>) -> Option<Event> {
    let mut draft = Draft::default();
    let mut id: Option<EventId> = None;
    // A bit for each member that was there.
    let mut seen = 0_u32;
    reader.open(b'{')?;
    while reader.another(b'}', seen == 0)? {
        let bit = match reader.key()? {
            "author" => {
                draft.author = text(reader)?;
                1
            }
            "field" => {
                draft.field = name(reader)?;
                2
            }
            "id" => {
                id = Some(reader.plain()?.parse().ok()?);
                4
            }
            "parents" => {
                draft.parents = parents(reader)?;
                8
            }
            "replica" => {
                draft.replica = name(reader)?;
                16
            }
            "seq" => {
                draft.seq = integer(reader)?.cast_unsigned();
                32
            }
            "subject" => {
                draft.subject = name(reader)?;
                64
            }
            "time" => {
                time(reader, &mut draft)?;
                128
            }
            "unit" => {
                draft.unit = name(reader)?;
                256
            }
            "value" => {
                draft.value = reader.value()?;
                canon::normalise(&mut draft.value, canon::MEMBER_DEPTH).ok()?;
                512
            }
            _ => return None,
        };
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    let id = id.filter(|_| seen == 1023)?;
    Some(Event {
        id,
        draft,
        time_extra: Map::new(),
    })
}

fn time(reader: &mut Reader<'_>, draft: &mut Draft) -> Option<()> {
    let mut seen = 0_u32;
    reader.open(b'{')?;
    while reader.another(b'}', seen == 0)? {
        let bit = match reader.key()? {
            "ms" => {
                draft.time.ms = integer(reader)?;
                1
            }
            "c" => {
                draft.time.c = u32::try_from(integer(reader)?).ok()?;
                2
            }
            _ => return None,
        };
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    (seen == 3).then_some(())
}

fn parents(reader: &mut Reader<'_>) -> Option<Vec<EventId>> {
    let mut parents: Vec<EventId> = Vec::new();
    reader.open(b'[')?;
    while reader.another(b']', parents.is_empty())? {
        let parent = reader.plain()?.parse().ok()?;
        if parents.last().is_some_and(|last| *last >= parent) {
            return None;
        }
        parents.push(parent);
    }
    Some(parents)
}

/// An integer from 0 that every reader of JSON keeps exactly, in its usual spelling.
fn integer(reader: &mut Reader<'_>) -> Option<i64> {
    reader.peek_dark();
    let integer = match reader.value()? {
        Value::Number(number) => number.as_i64()?,
        _ => return None,
    };
    (0..=canon::MAX_SAFE_INTEGER)
        .contains(&integer)
        .then_some(integer)
}

#[inline(never)]
fn text(reader: &mut Reader<'_>) -> Option<String> {
    match reader.value()? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn name(reader: &mut Reader<'_>) -> Option<String> {
    text(reader).filter(|name| !name.is_empty())
}
