//! A good file of this version in one go: the events straight from the text, everything else by way of
//! values. Every check is made; a file that fails one, or needs a migration, is left to
//! the stages after this one ([`super::Reader`]), which say what is wrong with it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::digest::Digesting;
use super::head::{check_count, check_plan, read_head};
use super::migrate::{READER, SCHEMA, schema_of};
use super::{ExchangeFile, FORMAT};
use crate::json::{Reader, set};
use crate::ledger::{Event, Names};

/// How far the reading of a text has come.
#[derive(Default)]
pub(super) struct Quick {
    /// In bytes.
    at: usize,
    place: Place,
    members: Map<String, Value>,
    events: Vec<Arc<Event>>,
    names: Names,
    /// Their canonical form, for the digest of the file.
    canonical: String,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Outside,
    /// Between the members.
    Members,
    /// Between the events.
    Events,
}

/// What comes of a part of the reading.
pub(super) enum Going {
    /// There is more to read.
    On,
    /// The whole file, which is good.
    Read(Box<ExchangeFile>),
    /// Not a good file of this version, or one that is written in an unusual way.
    Astray,
}

impl Quick {
    /// Goes on in `text`, which has to be the same each time, for at most so many events.
    pub fn step(&mut self, text: &str, plan_id: &str, events: usize) -> Going {
        let mut reader = Reader::new(text);
        reader.back_to(self.at);
        let going = self.go_on(&mut reader, plan_id, events);
        self.at = reader.mark();
        going.unwrap_or(Going::Astray)
    }

    /// `None` where there is something to say against the file.
    fn go_on(&mut self, reader: &mut Reader<'_>, plan_id: &str, events: usize) -> Option<Going> {
        if self.place == Place::Outside {
            reader.open(b'{')?;
            self.place = Place::Members;
            // The canonical form has no white space and is shorter.
            self.canonical.reserve(reader.left());
        }
        let mut left = events.max(1);
        loop {
            if self.place == Place::Events {
                while reader.another(b']', self.events.is_empty())? {
                    if !self.events.is_empty() {
                        self.canonical.push(',');
                    }
                    let event = Event::read_next(reader, &mut self.names, &mut self.canonical)?;
                    self.events.push(Arc::new(event));
                    left -= 1;
                    if left == 0 {
                        return Some(Going::On);
                    }
                }
                self.place = Place::Members;
            }
            if !reader.another(b'}', self.members.is_empty())? {
                break;
            }
            let key = reader.key()?;
            if self.members.contains_key(key) {
                return None;
            }
            let mut value = Value::Array(Vec::new());
            if key == "events" {
                reader.open(b'[')?;
                self.place = Place::Events;
            } else {
                value = reader.value()?;
            }
            set(&mut self.members, key, value);
        }
        if reader.peek_dark().is_some() {
            return None;
        }
        self.end(plan_id).map(Going::Read)
    }

    /// Everything that is to be checked once the text is read.
    fn end(&mut self, plan_id: &str) -> Option<Box<ExchangeFile>> {
        let document = Value::Object(std::mem::take(&mut self.members));
        let ours = document.get("format").and_then(Value::as_str) == Some(FORMAT);
        if !ours || schema_of(&document, READER).ok()? < SCHEMA {
            return None;
        }
        check_plan(&document, plan_id).ok()?;
        let mut digesting = Digesting::beside(std::mem::take(&mut self.canonical));
        while !digesting.step(&document, usize::MAX) {}
        digesting.check(&document).ok()?;
        let (mut file, _, stated) = read_head(document).ok()?;
        check_count(stated, self.events.len()).ok()?;
        file.events = std::mem::take(&mut self.events);
        Some(Box::new(file))
    }
}

#[cfg(test)]
mod tests;
