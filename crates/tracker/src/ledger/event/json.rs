//! An event as JSON: reading, writing, and the form its id is taken over.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{COUNTER, Draft, Event, EventError, ID, KNOWN, MS, NON_EMPTY, PARENTS, SEQ, TEXT, bad};
use crate::json::{take, without};
use crate::ledger::canon;
use crate::ledger::id::{EventId, Stamp};

impl Event {
    /// Reads an event and checks that its id belongs to its content. Unknown
    /// members are kept.
    ///
    /// # Errors
    /// The first member that is missing or of the wrong shape, or a wrong id.
    pub fn from_json(mut json: Value) -> Result<Self, EventError> {
        let computed = Self::id_of(&json);
        canon::normalise(&mut json, canon::MEMBER_DEPTH - 1).map_err(|flaw| EventError::Field {
            path: flaw.path(),
            expected: flaw.expected,
        })?;
        Self::from_normalised(json, computed)
    }

    /// The id that the content of this JSON has; `None` unless it is an object.
    fn id_of(json: &Value) -> Option<EventId> {
        json.as_object()
            .map(|map| Self::write_and_hash(map, &mut String::with_capacity(512)))
    }

    /// Appends the canonical form of an event's object and returns the id its
    /// content has, so that a file's digest and its events' ids cost one pass.
    pub(crate) fn write_and_hash(map: &Map<String, Value>, out: &mut String) -> EventId {
        let start = out.len();
        let cut = canon::write_object(out, map, "id");
        let (head, tail) = if cut.is_empty() {
            (start..out.len(), 0..0)
        } else {
            (start..cut.start, cut.end..out.len())
        };
        digest(&[&out[head], &out[tail]])
    }

    /// Reads an event whose numbers are in their one form already and whose
    /// content has the id `computed`.
    pub(crate) fn from_normalised(
        json: Value,
        computed: Option<EventId>,
    ) -> Result<Self, EventError> {
        let (Value::Object(mut map), Some(computed)) = (json, computed) else {
            return Err(bad("event", "an object"));
        };
        let id = take_text(&mut map, "id", ID)?;
        let stated: EventId = id.parse().map_err(|_| bad("id", ID))?;
        let replica = take_name(&mut map, "replica")?;
        let seq = match take(&mut map, "seq").and_then(|seq| seq.as_u64()) {
            Some(seq) if seq <= canon::MAX_SAFE_INTEGER.unsigned_abs() => seq,
            _ => return Err(bad("seq", SEQ)),
        };
        let Some(Value::Object(mut time)) = take(&mut map, "time") else {
            return Err(bad("time", "an object"));
        };
        let ms = take(&mut time, "ms")
            .and_then(|ms| ms.as_i64())
            .ok_or_else(|| bad("time.ms", MS))?;
        let c = take(&mut time, "c")
            .and_then(|c| c.as_u64())
            .and_then(|c| u32::try_from(c).ok())
            .ok_or_else(|| bad("time.c", COUNTER))?;
        let unit = take_name(&mut map, "unit")?;
        let subject = take_name(&mut map, "subject")?;
        let field = take_name(&mut map, "field")?;
        let value =
            take(&mut map, "value").ok_or_else(|| bad("value", "any JSON value, null included"))?;
        let Some(Value::Array(list)) = take(&mut map, "parents") else {
            return Err(bad("parents", PARENTS));
        };
        let mut parents: Vec<EventId> = Vec::with_capacity(list.len());
        for (index, parent) in list.iter().enumerate() {
            let parent = parent.as_str().and_then(|text| text.parse().ok());
            match parent {
                Some(parent) if parents.last().is_none_or(|last| *last < parent) => {
                    parents.push(parent);
                }
                _ => return Err(bad(&format!("parents[{index}]"), PARENTS)),
            }
        }
        let author = take_text(&mut map, "author", TEXT)?;
        if stated != computed {
            return Err(EventError::WrongId { stated, computed });
        }
        Ok(Event {
            id: stated,
            draft: Draft {
                replica,
                seq,
                time: Stamp { ms, c },
                unit,
                subject,
                field,
                value,
                parents,
                author,
                extra: without(map, &KNOWN),
            },
            time_extra: without(time, &["c", "ms"]),
        })
    }

    /// The event as JSON, unknown members included: what [`Event::from_json`]
    /// reads back to an equal event.
    pub fn to_json(&self) -> Value {
        let mut time = self.time_extra.clone();
        time.insert("ms".to_owned(), self.draft.time.ms.into());
        time.insert("c".to_owned(), self.draft.time.c.into());
        let parents = self.draft.parents.iter().map(EventId::to_string);
        let mut map = self.draft.extra.clone();
        map.insert("id".to_owned(), self.id.to_string().into());
        map.insert("replica".to_owned(), self.draft.replica.as_str().into());
        map.insert("seq".to_owned(), self.draft.seq.into());
        map.insert("time".to_owned(), Value::Object(time));
        map.insert("unit".to_owned(), self.draft.unit.as_str().into());
        map.insert("subject".to_owned(), self.draft.subject.as_str().into());
        map.insert("field".to_owned(), self.draft.field.as_str().into());
        map.insert("value".to_owned(), self.draft.value.clone());
        map.insert("parents".to_owned(), parents.collect());
        map.insert("author".to_owned(), self.draft.author.as_str().into());
        Value::Object(map)
    }

    /// The canonical JSON of the event, its id included: the text that is stored.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(512);
        self.write_canonical(&mut text);
        text
    }

    /// Appends the canonical JSON of the event, its id included.
    pub(crate) fn write_canonical(&self, out: &mut String) {
        self.write_members(out, true);
    }

    /// Appends the canonical JSON of the event, with or without its id; returns where the member that
    /// is the id begins, the comma before it included.
    pub(super) fn write_members(&self, out: &mut String, with_id: bool) -> usize {
        let draft = &self.draft;
        let mut extra = canon::sorted(&draft.extra).into_iter().peekable();
        let mut separator = '{';
        let mut id_at = out.len();
        let mut begin = |out: &mut String, key: &str| {
            out.push(separator);
            separator = ',';
            canon::write_str(out, key);
            out.push(':');
        };
        for key in KNOWN {
            while let Some((name, value)) =
                extra.next_if(|(name, _)| canon::key_order(name, key) == Ordering::Less)
            {
                begin(out, name);
                canon::write_value(out, value);
            }
            if key == "id" {
                id_at = out.len();
                if !with_id {
                    continue;
                }
            }
            begin(out, key);
            match key {
                "author" => canon::write_str(out, &draft.author),
                "field" => canon::write_str(out, &draft.field),
                "id" => write_id(out, &self.id),
                "parents" => {
                    out.push('[');
                    for (index, parent) in draft.parents.iter().enumerate() {
                        if index > 0 {
                            out.push(',');
                        }
                        write_id(out, parent);
                    }
                    out.push(']');
                }
                "replica" => canon::write_str(out, &draft.replica),
                "seq" => canon::write_integer(out, draft.seq.cast_signed()),
                "subject" => canon::write_str(out, &draft.subject),
                "time" => self.write_time(out),
                "unit" => canon::write_str(out, &draft.unit),
                _ => canon::write_value(out, &draft.value),
            }
        }
        for (name, value) in extra {
            begin(out, name);
            canon::write_value(out, value);
        }
        out.push('}');
        id_at
    }

    fn write_time(&self, out: &mut String) {
        let Stamp { ms, c } = self.draft.time;
        if self.time_extra.is_empty() {
            out.push_str("{\"c\":");
            canon::write_integer(out, i64::from(c));
            out.push_str(",\"ms\":");
            canon::write_integer(out, ms);
            out.push('}');
            return;
        }
        let mut time = self.time_extra.clone();
        time.insert("c".to_owned(), c.into());
        time.insert("ms".to_owned(), ms.into());
        canon::write_object(out, &time, "");
    }
}

/// The id of content whose canonical form is these chunks in a row.
pub(super) fn digest(chunks: &[&str]) -> EventId {
    let mut digester = canon::Digester::default();
    for chunk in chunks {
        digester.update(chunk);
    }
    EventId::from_bytes(digester.finish())
}

#[inline(never)]
fn write_id(out: &mut String, id: &EventId) {
    out.push('"');
    canon::write_hex(out, id.as_bytes());
    out.push('"');
}

#[inline(never)]
fn take_text(
    map: &mut Map<String, Value>,
    key: &str,
    expected: &'static str,
) -> Result<String, EventError> {
    match take(map, key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(bad(key, expected)),
    }
}

#[inline(never)]
fn take_name(map: &mut Map<String, Value>, key: &str) -> Result<String, EventError> {
    let text = take_text(map, key, NON_EMPTY)?;
    if text.is_empty() {
        return Err(bad(key, NON_EMPTY));
    }
    Ok(text)
}
