//! The digest of a file: over the canonical JSON of everything in it but the digest itself.

use serde_json::Value;

use super::head::field;
use super::refusal::Reason;
use crate::json::canon;
use crate::ledger::{Event, EventId};

const DIGEST: &str = "64 lower-case hex digits";

/// The digest that a document states. A digest and an id are spelled alike; `EventId` reads the
/// spelling.
pub(super) fn stated_digest(document: &Value) -> Result<EventId, Reason> {
    let stated = document.get("sha256").and_then(Value::as_str);
    let stated = stated.and_then(|text| text.parse().ok());
    stated.ok_or_else(|| field("sha256", DIGEST))
}

/// Takes in the canonical JSON of a document without `sha256`, and finds the
/// id that each event's content has: one pass for both.
#[derive(Default)]
pub(super) struct Digesting {
    digester: canon::Digester,
    /// The ids that the contents of the events have, so far; `None` for what is no object.
    pub ids: Vec<Option<EventId>>,
    /// How many members are taken in, in canonical order.
    members: usize,
    text: String,
    /// The canonical form of the events, where the document's list of them is empty because they
    /// were read before.
    events: String,
}

impl Digesting {
    /// Of a document whose events were read before and have this canonical form.
    pub fn beside(events: String) -> Digesting {
        Digesting {
            events,
            ..Digesting::default()
        }
    }

    /// Goes on for about so many events; true at the end. The document has to be the same each
    /// time.
    pub fn step(&mut self, document: &Value, events: usize) -> bool {
        let Some(map) = document.as_object() else {
            return true;
        };
        let sorted = canon::sorted(map).into_iter();
        let sorted = sorted.filter(|(key, _)| *key != "sha256");
        let mut left = events.max(1);
        for (key, value) in sorted.skip(self.members) {
            // Within the events, the head of the member is written already.
            if self.ids.is_empty() || key != "events" {
                self.text.push(if self.members == 0 { '{' } else { ',' });
                canon::write_str(&mut self.text, key);
                self.text.push(':');
            }
            match value {
                Value::Array(list) if key == "events" => {
                    if self.ids.is_empty() {
                        self.text.push('[');
                        self.take_in();
                        self.digester.update(&self.events);
                    }
                    for event in list.iter().skip(self.ids.len()) {
                        if left == 0 {
                            return false;
                        }
                        left -= 1;
                        if !self.ids.is_empty() {
                            self.text.push(',');
                        }
                        self.ids.push(match event {
                            Value::Object(event) => {
                                Some(Event::write_and_hash(event, &mut self.text))
                            }
                            other => {
                                canon::write_value(&mut self.text, other);
                                None
                            }
                        });
                        self.take_in();
                    }
                    self.text.push(']');
                }
                _ => canon::write_value(&mut self.text, value),
            }
            self.take_in();
            self.members += 1;
        }
        self.digester.update("}");
        true
    }

    fn take_in(&mut self) {
        self.digester.update(&self.text);
        self.text.clear();
    }

    /// Checks the digest and returns the ids that the events' contents have.
    pub fn check(self, document: &Value) -> Result<Vec<Option<EventId>>, Reason> {
        if self.digester.finish() != stated_digest(document)?.to_bytes() {
            return Err(Reason::Altered);
        }
        Ok(self.ids)
    }
}
