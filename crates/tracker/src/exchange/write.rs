//! Writing a file.

use serde_json::{Map, Value};

use super::json::{close, new_line, write_key, write_pretty};
use super::migrate::{READER, SCHEMA};
use super::{ExchangeFile, FORMAT, KNOWN, PlanRef};
use crate::json::{canon, set};
use crate::ledger::Event;
use crate::sorting::positions;

/// The file as pretty-printed JSON, without a newline at the end, so that a
/// file cut short by a single byte is not JSON any more. Equal content gives
/// equal bytes.
pub fn write(file: &ExchangeFile) -> String {
    let mut writing = Writing::new(file);
    loop {
        if let Some(text) = writing.step(usize::MAX) {
            return text;
        }
    }
}

/// Members of the file before its events, as a person reads them.
const BEFORE: [&str; 10] = [
    "format",
    "schema",
    "minReader",
    "app",
    "plan",
    "kind",
    "unit",
    "replica",
    "exportedAt",
    "count",
];

/// A file that is written step by step, so that a page can do other things in between: what
/// [`write`] makes of it.
pub struct Writing<'a> {
    file: &'a ExchangeFile,
    /// What is written so far.
    out: String,
    /// How many members are begun.
    members: usize,
    /// How many events are written, and taken in by the digest.
    events: usize,
    digest: Digest<'a>,
}

impl<'a> Writing<'a> {
    /// Nothing of the events is written yet.
    pub fn new(file: &'a ExchangeFile) -> Self {
        let mut writing = Writing {
            file,
            out: String::with_capacity(1024 + file.events.len() * 700),
            members: 0,
            events: 0,
            digest: Digest::new(file),
        };
        writing.out.push('{');
        for key in BEFORE {
            writing.member(key, &small(file, key));
        }
        writing.begin("events");
        writing.out.push('[');
        writing
    }

    /// Writes up to so many more events; the whole text once there is no more to write.
    pub fn step(&mut self, events: usize) -> Option<String> {
        let rest = self.file.events.get(self.events..).unwrap_or_default();
        for event in rest.iter().take(events) {
            new_line(&mut self.out, self.events, 2);
            write_event(&mut self.out, event, 2);
            self.digest.event(event);
            self.events += 1;
        }
        (self.events == self.file.events.len()).then(|| self.finish())
    }

    fn finish(&mut self) -> String {
        if self.events == 0 {
            self.out.push(']');
        } else {
            close(&mut self.out, ']', 1);
        }
        self.member("ext", &small(self.file, "ext"));
        for (key, value) in extra(self.file) {
            self.member(key, value);
        }
        self.begin("sha256");
        self.out.push('"');
        canon::write_hex(&mut self.out, &self.digest.finish());
        self.out.push('"');
        close(&mut self.out, '}', 0);
        std::mem::take(&mut self.out)
    }

    fn begin(&mut self, key: &str) {
        new_line(&mut self.out, self.members, 1);
        write_key(&mut self.out, key);
        self.members += 1;
    }

    fn member(&mut self, key: &str, value: &Value) {
        self.begin(key);
        write_pretty(&mut self.out, value, 1);
    }
}

/// Members this version does not know, in canonical order.
fn extra(file: &ExchangeFile) -> impl Iterator<Item = (&String, &Value)> {
    canon::sorted(&file.extra)
        .into_iter()
        .filter(|(key, _)| !KNOWN.contains(&key.as_str()))
}

/// A known member other than `events` and `sha256`.
fn small(file: &ExchangeFile, key: &str) -> Value {
    match key {
        "app" => file.app.as_str().into(),
        "count" => file.events.len().into(),
        "exportedAt" => file.exported_at.as_str().into(),
        "ext" => Value::Object(file.ext.clone()),
        "format" => FORMAT.into(),
        "kind" => file.kind.as_str().into(),
        "minReader" => READER.into(),
        "plan" => plan(&file.plan),
        "replica" => file.replica.as_str().into(),
        "schema" => SCHEMA.into(),
        "unit" => file.unit.as_deref().into(),
        _ => Value::Null,
    }
}

fn plan(plan: &PlanRef) -> Value {
    let mut map = plan.extra.clone();
    set(&mut map, "id", plan.id.as_str().into());
    set(&mut map, "version", plan.version.as_str().into());
    Value::Object(map)
}

/// SHA-256 over the canonical JSON of the file without `sha256`, taken event by event.
struct Digest<'a> {
    file: &'a ExchangeFile,
    /// The members in canonical order, and how many are taken in.
    keys: Vec<&'a str>,
    members: usize,
    digester: canon::Digester,
    text: String,
}

impl<'a> Digest<'a> {
    /// With what comes before the events.
    fn new(file: &'a ExchangeFile) -> Self {
        let mut keys: Vec<&str> = KNOWN.into_iter().filter(|key| *key != "sha256").collect();
        keys.extend(extra(file).map(|(key, _)| key.as_str()));
        let order = positions(keys.len(), &mut |a, b| canon::key_order(keys[a], keys[b]));
        let mut digest = Digest {
            file,
            keys: order.into_iter().map(|at| keys[at]).collect(),
            members: 0,
            digester: canon::Digester::default(),
            text: String::with_capacity(1024),
        };
        digest.take_in_until("events");
        digest.text.push('[');
        digest
    }

    /// Takes in members until the head of the one called `last`, or all that there are.
    fn take_in_until(&mut self, last: &str) {
        while let Some(&key) = self.keys.get(self.members) {
            self.text.push(if self.members == 0 { '{' } else { ',' });
            canon::write_str(&mut self.text, key);
            self.text.push(':');
            self.members += 1;
            if key == last {
                return;
            }
            if let Some(value) = self.file.extra.get(key).filter(|_| !KNOWN.contains(&key)) {
                canon::write_value(&mut self.text, value);
            } else {
                canon::write_value(&mut self.text, &small(self.file, key));
            }
        }
    }

    /// Takes in the next event.
    fn event(&mut self, event: &Event) {
        if !self.text.ends_with('[') {
            self.text.push(',');
        }
        event.write_canonical(&mut self.text);
        self.digester.update(&self.text);
        self.text.clear();
    }

    fn finish(&mut self) -> [u8; 32] {
        self.text.push(']');
        self.take_in_until("sha256");
        self.text.push('}');
        self.digester.update(&self.text);
        std::mem::take(&mut self.digester).finish()
    }
}

/// Appends an event, members in the order a person reads them.
fn write_event(out: &mut String, event: &Event, indent: usize) {
    let mut index = 0;
    let mut member = |out: &mut String, key: &str| {
        new_line(out, index, indent + 1);
        write_key(out, key);
        index += 1;
    };
    let text = |out: &mut String, text: &str| canon::write_str(out, text);
    out.push('{');
    member(out, "id");
    text(out, &event.id().to_string());
    member(out, "replica");
    text(out, event.replica());
    member(out, "seq");
    out.push_str(&event.seq().to_string());
    member(out, "time");
    write_time(out, event, indent + 1);
    member(out, "unit");
    text(out, event.unit());
    member(out, "subject");
    text(out, event.subject());
    member(out, "field");
    text(out, event.field());
    member(out, "value");
    write_pretty(out, event.value(), indent + 1);
    member(out, "parents");
    let parents = event.parents().iter().map(|parent| parent.to_string());
    write_pretty(out, &parents.collect(), indent + 1);
    member(out, "author");
    text(out, event.author());
    for (key, value) in canon::sorted(event.extra()) {
        member(out, key);
        write_pretty(out, value, indent + 1);
    }
    close(out, '}', indent);
}

fn write_time(out: &mut String, event: &Event, indent: usize) {
    let time = event.time();
    out.push('{');
    new_line(out, 0, indent + 1);
    write_key(out, "ms");
    out.push_str(&time.ms.to_string());
    new_line(out, 1, indent + 1);
    write_key(out, "c");
    out.push_str(&time.c.to_string());
    let extra: &Map<String, Value> = event.time_extra();
    for (key, value) in canon::sorted(extra) {
        new_line(out, 2, indent + 1);
        write_key(out, key);
        write_pretty(out, value, indent + 1);
    }
    close(out, '}', indent);
}
