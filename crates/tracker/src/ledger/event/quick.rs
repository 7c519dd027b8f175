//! An event straight from a text: one of those in a file, or one as it is stored.
//!
//! A file of a thousand events has ten thousand members whose names are known. Made into a tree of
//! values first, each of them is a piece of memory that is taken apart again at once, which was half of
//! the time of an import. Whatever is not as this version writes it goes the long way, through
//! [`Value`] and [`Event::from_normalised`], and so does every event that is wrong: what is said of it
//! is said there.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::json::digest;
use super::{Event, MEMBER_DEPTH};
use crate::json::{Reader, canon};
use crate::ledger::Names;
use crate::ledger::id::{EventId, Stamp};

/// How many bytes the id takes up in the canonical form: `,"id":` and 64 digits in quotation marks.
const ID_MEMBER: usize = 72;

impl Event {
    /// The event that a text is, and nothing but it; `None` for whatever is wrong. `names` is for all
    /// texts that are read together.
    pub fn from_text(text: &str, names: &mut Names) -> Option<Event> {
        let mut reader = Reader::new(text);
        let canonical = &mut String::with_capacity(text.len());
        let event = Event::read_next(&mut reader, names, canonical)?;
        reader.peek_dark().is_none().then_some(event)
    }

    /// Reads the next event, checks its id, and appends its canonical form to `text`. `None` for
    /// whatever is wrong; the reader is anywhere then.
    pub(crate) fn read_next(
        reader: &mut Reader<'_>,
        names: &mut Names,
        text: &mut String,
    ) -> Option<Event> {
        let start = reader.mark();
        if let Some(event) = usual(reader, names) {
            let from = text.len();
            let at = event.write_members(text, true);
            let computed = digest(&[&text[from..at], &text[at + ID_MEMBER..]]);
            return (computed == event.id).then_some(event);
        }
        reader.back_to(start);
        let mut json = reader.value()?;
        let computed = Event::write_and_hash(json.as_object()?, text);
        canon::normalise(&mut json, MEMBER_DEPTH - 1).ok()?;
        Event::from_normalised(json, Some(computed)).ok()
    }
}

/// An event that has every known member once and no other, in any order, with no escapes in keys and
/// names; its id is not checked yet.
fn usual(reader: &mut Reader<'_>, names: &mut Names) -> Option<Event> {
    let (mut id, mut seq, mut time) = (None, 0, Stamp::default());
    let (mut author, mut field, mut replica) = (None, None, None);
    let (mut subject, mut unit, mut value) = (None, None, None);
    let mut parents = Vec::new();
    // A bit for each member that was there.
    let mut seen = 0_u32;
    reader.open(b'{')?;
    while reader.another(b'}', seen == 0)? {
        let bit = match reader.key()? {
            "author" => {
                author = Some(names.share(reader.plain()?));
                1
            }
            "field" => {
                field = Some(name(reader, names)?);
                2
            }
            "id" => {
                id = Some(reader.plain()?.parse().ok()?);
                4
            }
            "parents" => {
                parents = ids(reader)?;
                8
            }
            "replica" => {
                replica = Some(name(reader, names)?);
                16
            }
            "seq" => {
                seq = integer(reader)?.cast_unsigned();
                32
            }
            "subject" => {
                subject = Some(name(reader, names)?);
                64
            }
            "time" => {
                time = stamp(reader)?;
                128
            }
            "unit" => {
                unit = Some(name(reader, names)?);
                256
            }
            "value" => {
                let read = value.insert(reader.value()?);
                canon::normalise(read, MEMBER_DEPTH).ok()?;
                512
            }
            _ => return None,
        };
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    Some(Event {
        id: id?,
        seq: (seen == 1023).then_some(seq)?,
        time,
        replica: replica?,
        unit: unit?,
        subject: subject?,
        field: field?,
        author: author?,
        value: value?,
        parents,
        extra: Map::new(),
        time_extra: Map::new(),
    })
}

fn stamp(reader: &mut Reader<'_>) -> Option<Stamp> {
    let mut stamp = Stamp::default();
    let mut seen = 0_u32;
    reader.open(b'{')?;
    while reader.another(b'}', seen == 0)? {
        let bit = match reader.key()? {
            "ms" => {
                stamp.ms = integer(reader)?;
                1
            }
            "c" => {
                stamp.c = u32::try_from(integer(reader)?).ok()?;
                2
            }
            _ => return None,
        };
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    (seen == 3).then_some(stamp)
}

fn ids(reader: &mut Reader<'_>) -> Option<Vec<EventId>> {
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

fn name(reader: &mut Reader<'_>, names: &mut Names) -> Option<Arc<str>> {
    let name = reader.plain()?;
    (!name.is_empty()).then(|| names.share(name))
}
