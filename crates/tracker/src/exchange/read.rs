//! Reading a file, or saying why not.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::json::line_of;
use super::migrate::{MigrateError, READER, SCHEMA, STEPS, VERSION, migrate, schema_of};
use super::refusal::{Reason, Refusal};
use super::{ExchangeFile, FORMAT, KNOWN, Kind, PlanRef};
use crate::date::parse_iso;
use crate::json::{Flaw, parse, take, without};
use crate::ledger::{Event, EventError, EventId, canon};

/// The greatest file that is read: 25 MB.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;

const OBJECT: &str = "an object";
const TEXT: &str = "a string";
const NON_EMPTY: &str = "a non-empty string";
const DIGEST: &str = "64 lower-case hex digits";

/// Reads a file for the plan `plan_id`. `name` only goes into the refusal.
///
/// Checked in this order: size, UTF-8 (a byte order mark is accepted), JSON,
/// format, reader, plan, digest, members, events.
///
/// # Errors
/// The first thing that is wrong; the file is then refused whole.
pub fn read(name: &str, bytes: &[u8], plan_id: &str) -> Result<ExchangeFile, Refusal> {
    let result = match bytes.len() > MAX_BYTES {
        true => Err(Reason::TooLarge {
            bytes: bytes.len(),
            limit: MAX_BYTES,
        }),
        false => read_any(bytes, plan_id),
    };
    result.map_err(|reason| Refusal {
        file: name.to_owned(),
        reason,
    })
}

/// Reads a file of any size, as [`read`] does: one that this browser wrote and kept itself.
///
/// # Errors
/// The first thing that is wrong; the file is then refused whole.
pub fn read_any(bytes: &[u8], plan_id: &str) -> Result<ExchangeFile, Reason> {
    let text = utf8(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    let document = parse(text)?;
    read_document(document, plan_id).map_err(|reason| match reason {
        Reason::Field {
            path,
            expected,
            line: Some(_),
        } => Reason::Field {
            line: Some(line_of(text, &path)),
            path,
            expected,
        },
        other => other,
    })
}

fn utf8(bytes: &[u8]) -> Result<&str, Reason> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let offset = error.valid_up_to();
    // A file cut inside a character is cut short, which says more than that
    // its last bytes are not UTF-8.
    let text = std::str::from_utf8(&bytes[..offset]).unwrap_or_default();
    match parse(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Err(cut) if cut.flaw == Flaw::Truncated && error.error_len().is_none() => Err(cut.into()),
        _ => Err(Reason::NotUtf8 { offset }),
    }
}

/// A field refusal; the line is filled in by whoever has the text.
#[inline(never)]
fn field(path: &str, expected: &'static str) -> Reason {
    Reason::Field {
        path: path.to_owned(),
        expected,
        line: Some(0),
    }
}

fn read_document(document: Value, plan_id: &str) -> Result<ExchangeFile, Reason> {
    if document.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Reason::NotOurs);
    }
    let schema = schema_of(&document, READER).map_err(from_migration)?;
    check_plan(&document, plan_id)?;
    let ids = check_digest(&document)?;
    if schema >= SCHEMA {
        return read_members(document, ids);
    }
    let document = migrate(document, &STEPS, READER).map_err(from_migration)?;
    let mut digester = canon::Digester::default();
    let ids = digest_file(&document, &mut digester);
    read_members(document, ids).map_err(|reason| match reason {
        Reason::Field { path, expected, .. } => Reason::Field {
            path,
            expected,
            line: None,
        },
        other => other,
    })
}

fn from_migration(error: MigrateError) -> Reason {
    match error {
        MigrateError::Newer { schema, min_reader } => Reason::NewerReader { schema, min_reader },
        MigrateError::Version { member } => field(member, VERSION),
        MigrateError::Step { from, message } => Reason::Migration { from, message },
    }
}

fn check_plan(document: &Value, plan_id: &str) -> Result<(), Reason> {
    let plan = document.get("plan").filter(|plan| plan.is_object());
    let plan = plan.ok_or_else(|| field("plan", OBJECT))?;
    let found = plan.get("id").and_then(Value::as_str);
    match found.ok_or_else(|| field("plan.id", TEXT))? {
        found if found == plan_id => Ok(()),
        found => Err(Reason::OtherPlan {
            found: found.to_owned(),
        }),
    }
}

/// Checks the digest and returns the ids that the events' contents have.
fn check_digest(document: &Value) -> Result<Vec<Option<EventId>>, Reason> {
    // A digest and an id are spelled alike; `EventId` reads the spelling.
    let stated: Option<EventId> = document
        .get("sha256")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok());
    let stated = stated.ok_or_else(|| field("sha256", DIGEST))?;
    let mut digester = canon::Digester::default();
    let ids = digest_file(document, &mut digester);
    if digester.finish() != *stated.as_bytes() {
        return Err(Reason::Altered);
    }
    Ok(ids)
}

/// Takes in the canonical JSON of a document without `sha256`, and returns the
/// id that each event's content has: one pass for both.
fn digest_file(document: &Value, digester: &mut canon::Digester) -> Vec<Option<EventId>> {
    let mut ids = Vec::new();
    let Some(map) = document.as_object() else {
        return ids;
    };
    let mut text = String::with_capacity(1024);
    let members = canon::sorted(map).into_iter();
    let mut first = true;
    for (key, value) in members.filter(|(key, _)| *key != "sha256") {
        text.push(if first { '{' } else { ',' });
        first = false;
        canon::write_str(&mut text, key);
        text.push(':');
        match value {
            Value::Array(events) if key == "events" => {
                ids.reserve(events.len());
                text.push('[');
                for (index, event) in events.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    ids.push(match event {
                        Value::Object(event) => Some(Event::write_and_hash(event, &mut text)),
                        other => {
                            canon::write_value(&mut text, other);
                            None
                        }
                    });
                    digester.update(&text);
                    text.clear();
                }
                text.push(']');
            }
            _ => canon::write_value(&mut text, value),
        }
        digester.update(&text);
        text.clear();
    }
    digester.update("}");
    ids
}

fn read_members(mut document: Value, ids: Vec<Option<EventId>>) -> Result<ExchangeFile, Reason> {
    canon::normalise(&mut document, 0).map_err(|flaw| field(&flaw.path(), flaw.expected))?;
    let Value::Object(mut map) = document else {
        return Err(Reason::NotOurs);
    };
    let app = take_text(&mut map, "app")?;
    let plan = take_plan(&mut map)?;
    let kind = take_text(&mut map, "kind")?;
    let kind = Kind::parse(&kind).ok_or_else(|| field("kind", "full, delta or review"))?;
    let unit = match take(&mut map, "unit") {
        None | Some(Value::Null) => None,
        Some(Value::String(unit)) if !unit.is_empty() => Some(unit),
        Some(_) => return Err(field("unit", "null or a non-empty string")),
    };
    let replica = take_text(&mut map, "replica")?;
    if replica.is_empty() {
        return Err(field("replica", NON_EMPTY));
    }
    let exported_at = take_text(&mut map, "exportedAt")?;
    if !is_moment(&exported_at) {
        return Err(field("exportedAt", "a time as in RFC 3339"));
    }
    let stated = take(&mut map, "count").and_then(|count| count.as_u64());
    let stated = stated.ok_or_else(|| field("count", "an integer from 0"))?;
    let Some(Value::Array(list)) = take(&mut map, "events") else {
        return Err(field("events", "an array"));
    };
    let ext = match take(&mut map, "ext") {
        None => Map::new(),
        Some(Value::Object(ext)) => ext,
        Some(_) => return Err(field("ext", OBJECT)),
    };
    if u64::try_from(list.len()) != Ok(stated) {
        return Err(Reason::CountMismatch {
            stated,
            found: list.len(),
        });
    }
    Ok(ExchangeFile {
        app,
        plan,
        kind,
        unit,
        replica,
        exported_at,
        events: read_events(list, ids)?,
        ext,
        extra: without(map, &KNOWN),
    })
}

fn read_events(list: Vec<Value>, ids: Vec<Option<EventId>>) -> Result<Vec<Arc<Event>>, Reason> {
    let mut events = Vec::with_capacity(list.len());
    for (index, (json, id)) in list.into_iter().zip(ids).enumerate() {
        let place = format!("events[{index}]");
        if !json.is_object() {
            return Err(field(&place, OBJECT));
        }
        match Event::from_normalised(json, id) {
            Ok(event) => events.push(Arc::new(event)),
            Err(EventError::WrongId { .. }) => return Err(Reason::EventAltered { index }),
            Err(EventError::Field { path, expected }) => {
                return Err(field(&format!("{place}.{path}"), expected));
            }
        }
    }
    Ok(events)
}

#[inline(never)]
fn take_text(map: &mut Map<String, Value>, key: &str) -> Result<String, Reason> {
    match take(map, key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(field(key, TEXT)),
    }
}

fn take_plan(map: &mut Map<String, Value>) -> Result<PlanRef, Reason> {
    let Some(Value::Object(mut plan)) = take(map, "plan") else {
        return Err(field("plan", OBJECT));
    };
    let mut text = |key: &str| match take(&mut plan, key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(field(&format!("plan.{key}"), TEXT)),
    };
    Ok(PlanRef {
        id: text("id")?,
        version: text("version")?,
        extra: without(plan, &["id", "version"]),
    })
}

/// Whether a text is a time as in RFC 3339. Checked here because chrono's own
/// reader resolves every combination of fields there is, which is loaded with
/// the page.
fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_at_checked(10) else {
        return false;
    };
    let Some((clock, rest)) = time.split_at_checked(9) else {
        return false;
    };
    let zone = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
    };
    parse_iso(day).is_some()
        && matches!(clock.as_bytes()[0], b'T' | b't' | b' ')
        && are_within(&clock[1..], &[23, 59, 60])
        && match zone.as_bytes().first() {
            Some(b'Z' | b'z') => zone.len() == 1,
            Some(b'+' | b'-') => are_within(&zone[1..], &[23, 59]),
            _ => false,
        }
}

/// Whether a text is numbers of two digits with colons between, none above its limit.
fn are_within(text: &str, limits: &[u32]) -> bool {
    let mut parts = text.split(':');
    for limit in limits {
        let part = parts.next().unwrap_or_default();
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || part.parse::<u32>().is_ok_and(|number| number > *limit) {
            return false;
        }
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::is_moment;

    #[test]
    fn moments_are_what_rfc_3339_has() {
        for text in [
            "2026-11-21T09:30:00Z",
            "2026-11-21t09:30:00.123z",
            "2026-11-21 09:30:60.5+07:00",
            "2024-02-29T23:59:59-11:30",
            "2026-11-21T09:30:00+23:59",
            "2023-02-29T09:30:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T09:60:00Z",
            "2026-11-21T09:30:61Z",
            "2026-11-21T09:30:00",
            "2026-11-21T09:30:00.Z",
            "2026-11-21T09:30Z",
            "2026-11-21T09:30:00+07",
            "2026-11-21T09:30:00+0700",
            "2026-11-21T09:30:00+07:60",
            "2026-11-21T09:30:00+24:00",
            "2026-11-21T09:30:00+07:00:00",
            "2026-11-21T9:30:00Z",
            "2026-11-21T+9:30:00Z",
            "2026-11-21T09-30-00Z",
            "2026-11-21T09:30:00Zz",
            "26-11-21T09:30:00Z",
            "2026-11-21_09:30:00Z",
            "2026-11-21",
            "2026-11-2\u{e9}T09:30:00Z",
            "h\u{f4}m qua",
            "",
        ] {
            let expected = DateTime::parse_from_rfc3339(text).is_ok();
            assert_eq!(is_moment(text), expected, "{text}");
        }
    }
}
