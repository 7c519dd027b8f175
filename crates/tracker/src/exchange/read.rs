//! Reading a file, in parts or whole, or saying why not. A good file goes the quick way (`quick`); what
//! stands in it beside its events is read in `head`, what it says of itself is checked in `digest`.

use std::string::FromUtf8Error;
use std::sync::Arc;
use std::vec::IntoIter;

use serde_json::Value;

use super::digest::{Digesting, stated_digest};
use super::head::{OBJECT, check_count, check_plan, field, read_head};
use super::json::line_of;
use super::migrate::{MigrateError, READER, SCHEMA, STEPS, VERSION, migrate, schema_of};
use super::quick::{Going, Quick};
use super::refusal::{Reason, Refusal};
use super::{ExchangeFile, FORMAT};
use crate::json::{Flaw, Parts, parse};
use crate::ledger::{Event, EventError, EventId};

/// The greatest file that is read: 25 MB.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;

/// Reads a file for the plan `plan_id`. `name` only goes into the refusal.
///
/// Checked in this order: size, UTF-8 (a byte order mark is accepted), JSON,
/// format, reader, plan, digest, members, events.
///
/// # Errors
/// The first thing that is wrong; the file is then refused whole.
pub fn read(name: &str, bytes: &[u8], plan_id: &str) -> Result<ExchangeFile, Refusal> {
    Reader::new(name, bytes.to_vec(), plan_id).whole()
}

/// Reads a file of any size and of any plan, as [`read`] does: one that this browser wrote and kept
/// itself, maybe while another plan than `plan_id` was open.
///
/// # Errors
/// The first thing that is wrong; the file is then refused whole.
pub fn read_any(text: String, plan_id: &str) -> Result<ExchangeFile, Reason> {
    let read = |text: String, plan_id: &str| {
        let reader = Reader::of("", text_of(text.into_bytes()), plan_id);
        reader.whole().map_err(|refusal| refusal.reason)
    };
    match read(text.clone(), plan_id) {
        Err(Reason::OtherPlan { found }) => read(text, &found),
        read => read,
    }
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
    pub fn new(name: &str, bytes: Vec<u8>, plan_id: &str) -> Reader {
        let text = match bytes.len() > MAX_BYTES {
            true => Err(Reason::TooLarge {
                bytes: bytes.len(),
                limit: MAX_BYTES,
            }),
            false => text_of(bytes),
        };
        Reader::of(name, text, plan_id)
    }

    fn of(name: &str, text: Result<String, Reason>, plan_id: &str) -> Reader {
        let (text, stage) = match text {
            Ok(text) => (text, Stage::Quick(Box::default())),
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
        let mut reader = Reader::new("", text.as_bytes().to_vec(), plan_id);
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
fn text_of(bytes: Vec<u8>) -> Result<String, Reason> {
    let mut text = String::from_utf8(bytes).map_err(|error| not_text(&error))?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(text)
}

fn not_text(error: &FromUtf8Error) -> Reason {
    let (bytes, error) = (error.as_bytes(), error.utf8_error());
    let offset = error.valid_up_to();
    // A file cut inside a character is cut short, which says more than that
    // its last bytes are not UTF-8.
    let text = std::str::from_utf8(&bytes[..offset]).unwrap_or_default();
    match parse(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Err(cut) if cut.flaw == Flaw::Truncated && error.error_len().is_none() => cut.into(),
        _ => Reason::NotUtf8 { offset },
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
