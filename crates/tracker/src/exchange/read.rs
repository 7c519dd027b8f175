//! Reading a file, or saying why not.

use std::sync::Arc;
use std::vec::IntoIter;

use serde_json::{Map, Value};

use super::json::line_of;
use super::migrate::{MigrateError, READER, SCHEMA, STEPS, VERSION, migrate, schema_of};
use super::quick::{Going, Quick};
use super::refusal::{Reason, Refusal};
use super::{ExchangeFile, FORMAT, KNOWN, Kind, PlanRef};
use crate::date::parse_iso;
use crate::json::{Flaw, Parts, parse, take, without};
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
    Reader::new(name, bytes, plan_id).whole()
}

/// Reads a file of any size, as [`read`] does: one that this browser wrote and kept itself.
///
/// # Errors
/// The first thing that is wrong; the file is then refused whole.
pub fn read_any(bytes: &[u8], plan_id: &str) -> Result<ExchangeFile, Reason> {
    let reader = Reader::of("", text_of(bytes), plan_id);
    reader.whole().map_err(|refusal| refusal.reason)
}

/// Reads a file as [`read`] does, a few events at a time, so that the page can be drawn in between.
pub struct Reader {
    name: String,
    plan_id: String,
    text: String,
    stage: Stage,
}

/// What is to be done next.
enum Stage {
    /// A good file of this version, as nearly all are, is read in one go. Whatever is wrong with any
    /// other is found by the stages after this one.
    Quick(Box<Quick>),
    Parse(Parts),
    Digest(Value, Digesting),
    Events(Box<ExchangeFile>, Listed),
    /// The file is refused before it is parsed, or was handed out.
    Over(Option<Reason>),
}

/// Events that are still JSON, with the ids that their contents have.
struct Listed {
    left: std::iter::Zip<IntoIter<Value>, IntoIter<Option<EventId>>>,
    /// Whether the file was migrated, so that its lines no longer tell.
    migrated: bool,
}

impl Reader {
    /// Begins with a file for the plan `plan_id`. `name` only goes into the refusal.
    pub fn new(name: &str, bytes: &[u8], plan_id: &str) -> Reader {
        let text = match bytes.len() > MAX_BYTES {
            true => Err(Reason::TooLarge {
                bytes: bytes.len(),
                limit: MAX_BYTES,
            }),
            false => text_of(bytes),
        };
        Reader::of(name, text, plan_id)
    }

    fn of(name: &str, text: Result<&str, Reason>, plan_id: &str) -> Reader {
        let (text, stage) = match text {
            Ok(text) => (text.to_owned(), Stage::Quick(Box::default())),
            Err(reason) => (String::new(), Stage::Over(Some(reason))),
        };
        Reader {
            name: name.to_owned(),
            plan_id: plan_id.to_owned(),
            text,
            stage,
        }
    }

    /// Goes on for about so many events; the file at its end, or why it is refused. Not to be
    /// asked again after that.
    ///
    /// # Errors
    /// The first thing that is wrong; the file is then refused whole.
    pub fn step(&mut self, events: usize) -> Option<Result<ExchangeFile, Refusal>> {
        let read = self.go_on(events).transpose()?;
        Some(read.map_err(|reason| {
            let reason = match reason {
                Reason::Field {
                    path,
                    expected,
                    line: Some(_),
                } => Reason::Field {
                    line: Some(line_of(&self.text, &path)),
                    path,
                    expected,
                },
                other => other,
            };
            Refusal {
                file: std::mem::take(&mut self.name),
                reason,
            }
        }))
    }

    /// Goes on to the end.
    fn whole(mut self) -> Result<ExchangeFile, Refusal> {
        loop {
            if let Some(read) = self.step(usize::MAX) {
                return read;
            }
        }
    }

    /// By the stages that say what is wrong, from the start.
    #[cfg(test)]
    pub(super) fn slow(text: &str, plan_id: &str) -> Reader {
        let mut reader = Reader::new("", text.as_bytes(), plan_id);
        if matches!(reader.stage, Stage::Quick(_)) {
            reader.stage = Stage::Parse(Parts::default());
        }
        reader
    }

    fn go_on(&mut self, events: usize) -> Result<Option<ExchangeFile>, Reason> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over(None)) {
            Stage::Over(reason) => return reason.map_or(Ok(None), Err),
            Stage::Quick(mut quick) => match quick.step(&self.text, &self.plan_id, events) {
                Going::On => Stage::Quick(quick),
                Going::Read(file) => return Ok(Some(*file)),
                Going::Astray => Stage::Parse(Parts::default()),
            },
            Stage::Parse(mut parts) => match parts.step(&self.text, events) {
                None => Stage::Parse(parts),
                Some(document) => {
                    let document = document?;
                    check_head(&document, &self.plan_id)?;
                    Stage::Digest(document, Digesting::default())
                }
            },
            Stage::Digest(document, mut digesting) => {
                if !digesting.step(&document, events) {
                    Stage::Digest(document, digesting)
                } else {
                    let ids = digesting.check(&document)?;
                    begin_events(document, ids)?
                }
            }
            Stage::Events(mut file, mut list) => {
                if !read_events(&mut file, &mut list, events)? {
                    Stage::Events(file, list)
                } else {
                    return Ok(Some(*file));
                }
            }
        };
        Ok(None)
    }
}

/// The text of a file that may be read.
fn text_of(bytes: &[u8]) -> Result<&str, Reason> {
    let text = utf8(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(text)
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

/// Checks that a document is one of ours, for this reader and this plan.
fn check_head(document: &Value, plan_id: &str) -> Result<(), Reason> {
    if document.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Reason::NotOurs);
    }
    schema_of(document, READER).map_err(from_migration)?;
    check_plan(document, plan_id)?;
    stated_digest(document).map(|_| ())
}

/// Reads all of a document but its events, after taking it to this schema.
fn begin_events(document: Value, ids: Vec<Option<EventId>>) -> Result<Stage, Reason> {
    let schema = schema_of(&document, READER).map_err(from_migration)?;
    if schema >= SCHEMA {
        return read_members(document, ids, false);
    }
    let document = migrate(document, &STEPS, READER).map_err(from_migration)?;
    let mut digesting = Digesting::default();
    while !digesting.step(&document, usize::MAX) {}
    read_members(document, digesting.ids, true).map_err(without_line)
}

/// The same reason for a file whose lines no longer tell.
fn without_line(reason: Reason) -> Reason {
    match reason {
        Reason::Field { path, expected, .. } => Reason::Field {
            path,
            expected,
            line: None,
        },
        other => other,
    }
}

fn from_migration(error: MigrateError) -> Reason {
    match error {
        MigrateError::Newer { schema, min_reader } => Reason::NewerReader { schema, min_reader },
        MigrateError::Version { member } => field(member, VERSION),
        MigrateError::Step { from, message } => Reason::Migration { from, message },
    }
}

pub(super) fn check_plan(document: &Value, plan_id: &str) -> Result<(), Reason> {
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

/// The digest that a document states. A digest and an id are spelled alike; `EventId` reads the
/// spelling.
fn stated_digest(document: &Value) -> Result<EventId, Reason> {
    let stated = document.get("sha256").and_then(Value::as_str);
    let stated = stated.and_then(|text| text.parse().ok());
    stated.ok_or_else(|| field("sha256", DIGEST))
}

/// Takes in the canonical JSON of a document without `sha256`, and finds the
/// id that each event's content has: one pass for both.
#[derive(Default)]
pub(super) struct Digesting {
    digester: canon::Digester,
    ids: Vec<Option<EventId>>,
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
        if self.digester.finish() != *stated_digest(document)?.as_bytes() {
            return Err(Reason::Altered);
        }
        Ok(self.ids)
    }
}

fn read_members(
    document: Value,
    ids: Vec<Option<EventId>>,
    migrated: bool,
) -> Result<Stage, Reason> {
    let (file, list, stated) = read_head(document)?;
    check_count(stated, list.len())?;
    let left = list.into_iter().zip(ids);
    Ok(Stage::Events(Box::new(file), Listed { left, migrated }))
}

/// Checks how many events there are.
pub(super) fn check_count(stated: u64, found: usize) -> Result<(), Reason> {
    match u64::try_from(found) == Ok(stated) {
        true => Ok(()),
        false => Err(Reason::CountMismatch { stated, found }),
    }
}

/// The file without its events, these as they stand in it, and how many it says there are.
pub(super) fn read_head(mut document: Value) -> Result<(ExchangeFile, Vec<Value>, u64), Reason> {
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
    let file = ExchangeFile {
        app,
        plan,
        kind,
        unit,
        replica,
        exported_at,
        events: Vec::with_capacity(list.len()),
        ext,
        extra: without(map, &KNOWN),
    };
    Ok((file, list, stated))
}

/// Reads at most so many of the events that are left; true when none are.
fn read_events(file: &mut ExchangeFile, list: &mut Listed, events: usize) -> Result<bool, Reason> {
    for _ in 0..events.max(1) {
        let Some((json, id)) = list.left.next() else {
            return Ok(true);
        };
        let index = file.events.len();
        match read_event(json, id, index) {
            Ok(event) => file.events.push(Arc::new(event)),
            Err(reason) if list.migrated => return Err(without_line(reason)),
            Err(reason) => return Err(reason),
        }
    }
    Ok(false)
}

fn read_event(json: Value, id: Option<EventId>, index: usize) -> Result<Event, Reason> {
    let place = format!("events[{index}]");
    if !json.is_object() {
        return Err(field(&place, OBJECT));
    }
    Event::from_normalised(json, id).map_err(|error| match error {
        EventError::WrongId { .. } => Reason::EventAltered { index },
        EventError::Field { path, expected } => field(&format!("{place}.{path}"), expected),
    })
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
