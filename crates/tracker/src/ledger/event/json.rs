//! An event as JSON: reading, writing, and the form its id is taken over.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{
    COUNTER, Event, EventError, ID, KNOWN, MEMBER_DEPTH, MS, NON_EMPTY, PARENTS, SEQ, TEXT, bad,
};
use crate::json::{canon, set, take, without};
use crate::ledger::id::{EventId, Stamp};

/// The members that have a meaning here.
#[derive(Clone, Copy)]
enum Member {
    Author,
    Field,
    Id,
    Parents,
    Replica,
    Seq,
    Subject,
    Time,
    Unit,
    Value,
}

/// Each with its name and how it begins in JSON, in canonical order.
const MEMBERS: [(Member, &str, &str); 10] = [
    (Member::Author, "author", "\"author\":"),
    (Member::Field, "field", "\"field\":"),
    (Member::Id, "id", "\"id\":"),
    (Member::Parents, "parents", "\"parents\":"),
    (Member::Replica, "replica", "\"replica\":"),
    (Member::Seq, "seq", "\"seq\":"),
    (Member::Subject, "subject", "\"subject\":"),
    (Member::Time, "time", "\"time\":"),
    (Member::Unit, "unit", "\"unit\":"),
    (Member::Value, "value", "\"value\":"),
];

impl Event {
    /// Reads an event and checks that its id belongs to its content. Unknown
    /// members are kept.
    ///
    /// # Errors
    /// The first member that is missing or of the wrong shape, or a wrong id.
    pub fn from_json(mut json: Value) -> Result<Self, EventError> {
        let computed = Self::id_of(&json);
        canon::normalise(&mut json, MEMBER_DEPTH - 1).map_err(|flaw| EventError::Field {
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
            seq,
            time: Stamp { ms, c },
            replica: replica.into(),
            unit: unit.into(),
            subject: subject.into(),
            field: field.into(),
            author: author.into(),
            value,
            parents,
            extra: without(map, &KNOWN),
            time_extra: without(time, &["c", "ms"]),
        })
    }

    /// The event as JSON, unknown members included: what [`Event::from_json`]
    /// reads back to an equal event.
    pub fn to_json(&self) -> Value {
        let mut time = self.time_extra.clone();
        set(&mut time, "ms", self.time.ms.into());
        set(&mut time, "c", self.time.c.into());
        let parents = self.parents.iter().map(EventId::to_string);
        let mut map = self.extra.clone();
        set(&mut map, "id", self.id.to_string().into());
        set(&mut map, "replica", (*self.replica).into());
        set(&mut map, "seq", self.seq.into());
        set(&mut map, "time", Value::Object(time));
        set(&mut map, "unit", (*self.unit).into());
        set(&mut map, "subject", (*self.subject).into());
        set(&mut map, "field", (*self.field).into());
        set(&mut map, "value", self.value.clone());
        set(&mut map, "parents", parents.collect());
        set(&mut map, "author", (*self.author).into());
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
        let mut extra = canon::sorted(&self.extra).into_iter().peekable();
        let mut separator = "{";
        let mut id_at = out.len();
        for (member, key, head) in MEMBERS {
            while let Some((name, value)) =
                extra.next_if(|(name, _)| canon::key_order(name, key) == Ordering::Less)
            {
                write_unknown(out, separator, name, value);
                separator = ",";
            }
            if let Member::Id = member {
                id_at = out.len();
                if !with_id {
                    continue;
                }
            }
            out.push_str(separator);
            separator = ",";
            out.push_str(head);
            match member {
                Member::Author => canon::write_str(out, &self.author),
                Member::Field => canon::write_str(out, &self.field),
                Member::Id => write_id(out, &self.id),
                Member::Parents => {
                    out.push('[');
                    for (index, parent) in self.parents.iter().enumerate() {
                        if index > 0 {
                            out.push(',');
                        }
                        write_id(out, parent);
                    }
                    out.push(']');
                }
                Member::Replica => canon::write_str(out, &self.replica),
                Member::Seq => canon::write_integer(out, self.seq.cast_signed()),
                Member::Subject => canon::write_str(out, &self.subject),
                Member::Time => self.write_time(out),
                Member::Unit => canon::write_str(out, &self.unit),
                Member::Value => canon::write_value(out, &self.value),
            }
        }
        for (name, value) in extra {
            write_unknown(out, ",", name, value);
        }
        out.push('}');
        id_at
    }

    fn write_time(&self, out: &mut String) {
        let Stamp { ms, c } = self.time;
        if self.time_extra.is_empty() {
            out.push_str("{\"c\":");
            canon::write_integer(out, i64::from(c));
            out.push_str(",\"ms\":");
            canon::write_integer(out, ms);
            out.push('}');
            return;
        }
        let mut time = self.time_extra.clone();
        set(&mut time, "c", c.into());
        set(&mut time, "ms", ms.into());
        canon::write_object(out, &time, "");
    }
}

#[inline(never)]
fn write_unknown(out: &mut String, separator: &str, name: &str, value: &Value) {
    out.push_str(separator);
    canon::write_str(out, name);
    out.push(':');
    canon::write_value(out, value);
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
    id.write(out);
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
