//! Makes the plan pack one small file, since every byte is loaded.
//!
//! - Texts come first, all Vietnamese ones and all English ones, each pair once;
//!   where a text stood, a number stands. Texts of one language and kind side by
//!   side compress best.
//! - Entries are turned into columns: the values of one field side by side, an
//!   object's fields as `object.field`, `null` where an entry has none.
//! - A column of texts is named `#field` and holds steps: how far from the text
//!   after the one before, which is nearly always 0.
//!
//! Texts that the first view does not show come in a file of their own, a line each: first the
//! Vietnamese ones, then all English ones. The bundle says how many lines they are (`later`).
//!
//! `Plan::load_bundle` and `Plan::complete` of the domain read them; a test there compares the two.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::Failure;

/// The files of `data/` with entries, in the order that texts are numbered.
const ENTRIES: [&str; 6] = [
    "documents",
    "agencies",
    "tasks",
    "indicators",
    "observations",
    "bottlenecks",
];

/// Fields that are for the authors of the pack: the page never reads them.
const UNREAD: [(&str, &str); 4] = [
    ("indicators", "direction_basis"),
    ("observations", "source_section"),
    ("observations", "qualifier"),
    ("bottlenecks", "basis"),
];

/// The texts of the first view: `file.field`, or all of a file.
const FIRST: [&str; 4] = ["plan", "documents.gist", "agencies.name", "tasks.title"];

/// Writes `pack.json` and `pack.txt` into `out`, the latter as `marked` makes it.
pub fn build(out: &Path, marked: fn(&str) -> String) -> Result<(), Failure> {
    let bundle = bundle(|name| {
        let path = format!("data/{name}.json");
        let text = fs::read_to_string(&path)?;
        serde_json::from_str(&text).map_err(|e| format!("{path}: {e}").into())
    })?;
    let (bundle, later) = parted(bundle)?;
    fs::write(out.join("pack.json"), bundle.to_string())?;
    fs::write(out.join("pack.txt"), marked(&later.join("\n")))?;
    Ok(())
}

/// A bundle without the texts that come later, and these.
pub fn parted(mut bundle: Value) -> Result<(Value, Vec<String>), Failure> {
    let first = bundle["first"].take();
    let mut take = |key: &str| match bundle[key].take() {
        Value::Array(texts) => Ok(texts),
        _ => Err(format!("the bundle has no texts in {key}")),
    };
    let (mut vi, en) = (take("vi")?, take("en")?);
    let first = first
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(0);
    let later: Vec<String> = vi
        .drain(first..)
        .chain(en)
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect();
    if let Some(text) = later.iter().find(|text| text.contains('\n')) {
        return Err(format!("a line break, which parts the texts: {text}").into());
    }
    bundle["vi"] = vi.into();
    bundle["later"] = later.len().into();
    let Value::Object(members) = &mut bundle else {
        return Err("the bundle is no object".into());
    };
    members.remove("en");
    members.remove("first");
    Ok((bundle, later))
}

/// The pack as one value; `file` gives the JSON of a file of the pack.
pub fn bundle(file: impl Fn(&str) -> Result<Value, Failure>) -> Result<Value, Failure> {
    let mut texts = Texts::default();
    let mut bundle = Map::new();
    bundle.insert("plan".to_owned(), texts.hoist(file("plan")?));
    // Texts of the first view come first.
    let mut all = Vec::new();
    for name in ENTRIES {
        let columns = columns(name, file(name)?)?;
        for (key, column) in &columns {
            if FIRST.contains(&format!("{name}.{key}").as_str()) {
                column.iter().filter(|v| is_text(v)).for_each(|text| {
                    texts.number(text);
                });
            }
        }
        all.push((name, columns));
    }
    let first = texts.vi.len();
    for (name, columns) in all {
        let columns = columns.into_iter().map(|(key, column)| {
            if column.iter().any(is_text) {
                (format!("#{key}"), texts.steps(column))
            } else {
                (key, column.into_iter().map(|v| texts.hoist(v)).collect())
            }
        });
        bundle.insert(name.to_owned(), Value::Object(columns.collect()));
    }
    bundle.insert("vi".to_owned(), texts.vi.into());
    bundle.insert("en".to_owned(), texts.en.into());
    bundle.insert("first".to_owned(), first.into());
    Ok(Value::Object(bundle))
}

/// The values of each field of a file, one for each entry.
fn columns(file: &str, entries: Value) -> Result<Vec<(String, Vec<Value>)>, Failure> {
    let Value::Array(entries) = entries else {
        return Err(format!("{file}.json is not a list").into());
    };
    let count = entries.len();
    let mut columns: Vec<(String, Vec<Value>)> = Vec::new();
    for (row, entry) in entries.into_iter().enumerate() {
        for (key, value) in fields(entry) {
            if UNREAD.contains(&(file, &key)) {
                continue;
            }
            if key.starts_with('#') || key.matches('.').count() > 1 {
                return Err(format!("{file}.json: no column can be named {key}").into());
            }
            let known = columns.iter().position(|(name, _)| *name == key);
            let at = known.unwrap_or_else(|| {
                columns.push((key, vec![Value::Null; count]));
                columns.len() - 1
            });
            columns[at].1[row] = value;
        }
    }
    Ok(columns)
}

/// The fields of an entry, those of the objects in it as `object.field`.
fn fields(entry: Value) -> Vec<(String, Value)> {
    let mut fields = Vec::new();
    let Value::Object(entry) = entry else {
        return fields;
    };
    for (key, value) in entry {
        match value {
            Value::Object(inner) if !is_text(&Value::Object(inner.clone())) => {
                let inner = inner.into_iter();
                fields.extend(inner.map(|(field, value)| (format!("{key}.{field}"), value)));
            }
            value => fields.push((key, value)),
        }
    }
    fields
}

fn is_text(value: &Value) -> bool {
    value.get("vi").is_some_and(Value::is_string)
}

/// The texts so far, in both languages, and the number of each pair.
#[derive(Default)]
struct Texts {
    vi: Vec<Value>,
    en: Vec<Value>,
    numbers: HashMap<(String, String), i64>,
}

impl Texts {
    /// The number of a text.
    fn number(&mut self, text: &Value) -> i64 {
        let key = (text["vi"].to_string(), text["en"].to_string());
        let next = self.numbers.len() as i64;
        *self.numbers.entry(key).or_insert_with(|| {
            self.vi.push(text["vi"].clone());
            self.en.push(text["en"].clone());
            next
        })
    }

    /// A column of texts as steps.
    fn steps(&mut self, column: Vec<Value>) -> Value {
        let mut expected = 0;
        let step = |text: Value| {
            if text.is_null() {
                return text;
            }
            let number = self.number(&text);
            let step = number - expected;
            expected = number + 1;
            step.into()
        };
        column.into_iter().map(step).collect()
    }

    /// The value with a number for each text in it.
    fn hoist(&mut self, value: Value) -> Value {
        match value {
            text if is_text(&text) => self.number(&text).into(),
            Value::Array(items) => items.into_iter().map(|v| self.hoist(v)).collect(),
            Value::Object(map) => {
                let map = map.into_iter().map(|(key, v)| (key, self.hoist(v)));
                Value::Object(map.collect())
            }
            other => other,
        }
    }
}
