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
//! `Plan::load_bundle` of the domain reads it; a test there compares the two.

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

/// Writes `pack.json` into `out`.
pub fn build(out: &Path) -> Result<(), Failure> {
    let bundle = bundle(|name| {
        let path = format!("data/{name}.json");
        let text = fs::read_to_string(&path)?;
        serde_json::from_str(&text).map_err(|e| format!("{path}: {e}").into())
    })?;
    fs::write(out.join("pack.json"), bundle.to_string())?;
    Ok(())
}

/// The pack as one value; `file` gives the JSON of a file of the pack.
pub fn bundle(file: impl Fn(&str) -> Result<Value, Failure>) -> Result<Value, Failure> {
    let mut texts = Texts::default();
    let mut bundle = Map::new();
    bundle.insert("plan".to_owned(), texts.hoist(file("plan")?));
    for name in ENTRIES {
        let columns = columns(name, file(name)?)?;
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
