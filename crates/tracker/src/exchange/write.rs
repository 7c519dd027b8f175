//! Writing a file.

use serde_json::{Map, Value};

use super::json::{close, new_line, write_key, write_pretty};
use super::migrate::{READER, SCHEMA};
use super::{ExchangeFile, FORMAT, KNOWN, PlanRef};
use crate::ledger::{Event, canon};
use crate::sorting::positions;

/// The file as pretty-printed JSON, without a newline at the end, so that a
/// file cut short by a single byte is not JSON any more. Equal content gives
/// equal bytes.
pub fn write(file: &ExchangeFile) -> String {
    let mut out = String::with_capacity(1024 + file.events.len() * 700);
    out.push('{');
    let mut index = 0;
    let mut member = |out: &mut String, key: &str| {
        new_line(out, index, 1);
        write_key(out, key);
        index += 1;
    };
    for key in [
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
    ] {
        member(&mut out, key);
        write_pretty(&mut out, &small(file, key), 1);
    }
    member(&mut out, "events");
    if file.events.is_empty() {
        out.push_str("[]");
    } else {
        out.push('[');
        for (index, event) in file.events.iter().enumerate() {
            new_line(&mut out, index, 2);
            write_event(&mut out, event, 2);
        }
        close(&mut out, ']', 1);
    }
    member(&mut out, "ext");
    write_pretty(&mut out, &small(file, "ext"), 1);
    for (key, value) in extra(file) {
        member(&mut out, key);
        write_pretty(&mut out, value, 1);
    }
    member(&mut out, "sha256");
    out.push('"');
    canon::write_hex(&mut out, &digest(file));
    out.push('"');
    close(&mut out, '}', 0);
    out
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
    map.insert("id".to_owned(), plan.id.as_str().into());
    map.insert("version".to_owned(), plan.version.as_str().into());
    Value::Object(map)
}

/// SHA-256 over the canonical JSON of the file without `sha256`.
fn digest(file: &ExchangeFile) -> [u8; 32] {
    let mut keys: Vec<&str> = KNOWN.into_iter().filter(|key| *key != "sha256").collect();
    keys.extend(extra(file).map(|(key, _)| key.as_str()));
    let order = positions(keys.len(), &mut |a, b| canon::key_order(keys[a], keys[b]));
    let mut digester = canon::Digester::default();
    let mut text = String::with_capacity(1024);
    for (index, at) in order.into_iter().enumerate() {
        let key = keys[at];
        text.push(if index == 0 { '{' } else { ',' });
        canon::write_str(&mut text, key);
        text.push(':');
        if key == "events" {
            text.push('[');
            for (index, event) in file.events.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                event.write_canonical(&mut text);
                digester.update(&text);
                text.clear();
            }
            text.push(']');
        } else if let Some(value) = file.extra.get(key).filter(|_| !KNOWN.contains(&key)) {
            canon::write_value(&mut text, value);
        } else {
            canon::write_value(&mut text, &small(file, key));
        }
        digester.update(&text);
        text.clear();
    }
    digester.update("}");
    digester.finish()
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
