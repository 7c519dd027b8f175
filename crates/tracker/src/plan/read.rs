//! Picking the fields of a pack's entries from JSON, with every fault in its place.
//!
//! Written by hand and without type parameters: derived readers were a tenth of
//! the program that the page loads. A field that cannot be read leaves a fault
//! and an empty value; a plan is made only when there is no fault at all.
//!
//! Each picker is called for many fields, and is kept from being copied into
//! all of these places.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::words::{Shelf, Text, Words};
use super::{PackError, PackProblem};
use crate::date::{Period, parse_iso};
use crate::json;

/// The members of one JSON object, from which fields are taken.
pub(super) type Members = Map<String, Value>;

/// Whether there is a member and not null.
#[inline(never)]
pub(super) fn has(members: &Members, key: &str) -> bool {
    members.get(key).is_some_and(|value| !value.is_null())
}

/// Where the reading of a pack is, and what was wrong so far.
#[derive(Default)]
pub(super) struct Reader {
    /// The faults found.
    pub faults: Vec<PackError>,
    /// The texts that entries name by number, in a pack that has such a table.
    pub texts: Vec<Text>,
    /// Where those of them will be that come later.
    pub shelf: Shelf,
    file: &'static str,
    id: String,
    /// The field of the entry, which inner objects do not change.
    field: &'static str,
    depth: usize,
    /// Whether the inner object that is read is none, of which enough was said.
    void: bool,
}

impl Reader {
    /// Goes to a file as a whole.
    pub fn begin_file(&mut self, file: &'static str) {
        self.file = file;
        self.id.clear();
        self.field = "";
    }

    /// Goes to an entry and takes its id.
    #[inline(never)]
    pub fn begin(&mut self, entry: &mut Members) -> String {
        self.id.clear();
        let id = self.string(entry, "id");
        self.id.push_str(&id);
        id
    }

    /// Parses the text of a file; `None` when that leaves a fault.
    pub fn parse(&mut self, file: &'static str, text: &str) -> Option<Value> {
        self.begin_file(file);
        match json::parse(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(error.to_string());
                None
            }
        }
    }

    /// Notes a fault at the place that is read.
    #[inline(never)]
    pub fn fault(&mut self, detail: String) {
        if self.void {
            return;
        }
        self.faults.push(PackError {
            file: self.file,
            id: self.id.clone(),
            field: self.field,
            problem: PackProblem::Unreadable { detail },
        });
    }

    #[inline(never)]
    fn misfit(&mut self, key: &str, expected: &str, found: &Value) {
        let found = match found {
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            other => json::write(other),
        };
        self.fault(if key == self.field {
            format!("expected {expected}, found {found}")
        } else {
            format!("{key}: expected {expected}, found {found}")
        });
    }

    /// Takes a field that must be there.
    #[inline(never)]
    fn take(&mut self, members: &mut Members, key: &'static str) -> Option<Value> {
        if self.depth == 0 {
            self.field = key;
        }
        let value = json::take(members, key);
        if value.is_none() {
            self.fault(format!("missing field `{key}`"));
        }
        value
    }

    /// Takes a string.
    #[inline(never)]
    pub fn string(&mut self, members: &mut Members, key: &'static str) -> String {
        match self.take(members, key) {
            Some(value) => self.string_of(key, value),
            None => String::new(),
        }
    }

    fn string_of(&mut self, key: &str, value: Value) -> String {
        match value {
            Value::String(text) => text,
            other => {
                self.misfit(key, "a string", &other);
                String::new()
            }
        }
    }

    fn list(&mut self, members: &mut Members, key: &'static str) -> Vec<Value> {
        match self.take(members, key) {
            Some(value) => self.list_of(key, value),
            None => Vec::new(),
        }
    }

    fn list_of(&mut self, key: &str, value: Value) -> Vec<Value> {
        match value {
            Value::Array(items) => items,
            other => {
                self.misfit(key, "a list", &other);
                Vec::new()
            }
        }
    }

    /// Takes a list of strings.
    #[inline(never)]
    pub fn strings(&mut self, members: &mut Members, key: &'static str) -> Vec<String> {
        let mut strings = Vec::new();
        for item in self.list(members, key) {
            strings.push(self.string_of(key, item));
        }
        strings
    }

    /// Takes an object, whose fields are read until [`Reader::leave`].
    #[inline(never)]
    pub fn enter(&mut self, members: &mut Members, key: &'static str) -> Members {
        let value = self.take(members, key);
        let object = value.and_then(|value| self.object_of(key, value));
        self.depth += 1;
        self.void = object.is_none();
        object.unwrap_or_default()
    }

    /// Takes a list of objects, whose fields are read until [`Reader::leave`].
    #[inline(never)]
    pub fn enter_list(&mut self, members: &mut Members, key: &'static str) -> Vec<Members> {
        let value = self.take(members, key);
        self.depth += 1;
        match value {
            Some(value) => self.objects_of(key, value),
            None => Vec::new(),
        }
    }

    /// Takes a list of objects that may be absent, whose fields are read until
    /// [`Reader::leave`].
    #[inline(never)]
    pub fn enter_list_if_any(&mut self, members: &mut Members, key: &'static str) -> Vec<Members> {
        if has(members, key) {
            return self.enter_list(members, key);
        }
        self.depth += 1;
        Vec::new()
    }

    /// Ends the reading of inner objects.
    pub fn leave(&mut self) {
        self.depth -= 1;
        self.void = false;
    }

    /// Goes to a file and returns its entries; none when it could not be parsed.
    #[inline(never)]
    pub fn entries(&mut self, file: &'static str, part: Option<Value>) -> Vec<Members> {
        self.begin_file(file);
        match part {
            Some(value) => self.objects_of("", value),
            None => Vec::new(),
        }
    }

    /// The value as a list of objects; those that are none leave faults.
    fn objects_of(&mut self, key: &str, value: Value) -> Vec<Members> {
        let mut objects = Vec::new();
        for item in self.list_of(key, value) {
            objects.extend(self.object_of(key, item));
        }
        objects
    }

    /// The value as an object; `None` when that leaves a fault.
    pub fn object_of(&mut self, key: &str, value: Value) -> Option<Members> {
        match value {
            Value::Object(members) => Some(members),
            other => {
                self.misfit(key, "an object", &other);
                None
            }
        }
    }

    /// Takes a text in both languages, or the number of one in the table.
    #[inline(never)]
    pub fn text(&mut self, members: &mut Members, key: &'static str) -> Text {
        let Some(value) = self.take(members, key) else {
            return Text::default();
        };
        let number = value.as_u64().and_then(|n| usize::try_from(n).ok());
        if let Some(text) = number.and_then(|n| self.texts.get(n)) {
            return text.clone();
        }
        let Value::Object(mut members) = value else {
            self.misfit(key, "a text with vi and en", &value);
            return Text::default();
        };
        self.depth += 1;
        let vi = Words::Here(self.string(&mut members, "vi"));
        let en = Words::Here(self.string(&mut members, "en"));
        let text = Text::new(vi, en);
        self.leave();
        text
    }

    /// Takes `true` or `false`.
    #[inline(never)]
    pub fn flag(&mut self, members: &mut Members, key: &'static str) -> bool {
        match self.take(members, key) {
            Some(Value::Bool(flag)) => flag,
            Some(other) => {
                self.misfit(key, "true or false", &other);
                false
            }
            None => false,
        }
    }

    /// Takes a whole number.
    #[inline(never)]
    pub fn count(&mut self, members: &mut Members, key: &'static str) -> u32 {
        let Some(value) = self.take(members, key) else {
            return 0;
        };
        let number = value.as_u64().and_then(|n| u32::try_from(n).ok());
        if number.is_none() {
            self.misfit(key, "an integer from 0 to 2^32 - 1", &value);
        }
        number.unwrap_or_default()
    }

    /// Takes a number.
    #[inline(never)]
    pub fn number(&mut self, members: &mut Members, key: &'static str) -> f64 {
        let Some(value) = self.take(members, key) else {
            return 0.0;
        };
        let number = value.as_f64();
        if number.is_none() {
            self.misfit(key, "a number", &value);
        }
        number.unwrap_or_default()
    }

    /// Takes a day.
    #[inline(never)]
    pub fn day(&mut self, members: &mut Members, key: &'static str) -> NaiveDate {
        let Some(value) = self.take(members, key) else {
            return NaiveDate::MIN;
        };
        let day = value.as_str().and_then(parse_iso);
        if day.is_none() {
            self.misfit(key, "a day as yyyy-mm-dd", &value);
        }
        day.unwrap_or_default()
    }

    /// Takes a period.
    #[inline(never)]
    pub fn period(&mut self, members: &mut Members, key: &'static str) -> Period {
        let Some(value) = self.take(members, key) else {
            return Period::Day(NaiveDate::MIN);
        };
        let period = value.as_str().and_then(|text| text.parse().ok());
        if period.is_none() {
            self.misfit(key, "yyyy, yyyy-Qn, yyyy-mm or yyyy-mm-dd", &value);
        }
        period.unwrap_or(Period::Day(NaiveDate::MIN))
    }

    /// Takes a string that may be absent or null; `None` then.
    #[inline(never)]
    pub fn string_if_any(&mut self, members: &mut Members, key: &'static str) -> Option<String> {
        has(members, key).then(|| self.string(members, key))
    }

    /// Takes a list of strings that may be absent or null; it is empty then.
    #[inline(never)]
    pub fn strings_if_any(&mut self, members: &mut Members, key: &'static str) -> Vec<String> {
        if has(members, key) {
            return self.strings(members, key);
        }
        Vec::new()
    }

    /// Takes a text that may be absent or null; `None` then.
    #[inline(never)]
    pub fn text_if_any(&mut self, members: &mut Members, key: &'static str) -> Option<Text> {
        has(members, key).then(|| self.text(members, key))
    }

    /// Takes a number that may be absent or null; `None` then.
    #[inline(never)]
    pub fn number_if_any(&mut self, members: &mut Members, key: &'static str) -> Option<f64> {
        has(members, key).then(|| self.number(members, key))
    }

    /// Takes a day that may be absent or null; `None` then.
    #[inline(never)]
    pub fn day_if_any(&mut self, members: &mut Members, key: &'static str) -> Option<NaiveDate> {
        has(members, key).then(|| self.day(members, key))
    }

    /// Takes a period that may be absent or null; `None` then.
    #[inline(never)]
    pub fn period_if_any(&mut self, members: &mut Members, key: &'static str) -> Option<Period> {
        has(members, key).then(|| self.period(members, key))
    }

    /// Takes one of some words; its place among them.
    #[inline(never)]
    pub fn word(&mut self, members: &mut Members, key: &'static str, words: &[&str]) -> usize {
        match self.take(members, key) {
            Some(value) => self.word_of(key, &value, words),
            None => 0,
        }
    }

    /// Takes a list of some words; their places among them.
    pub fn words(
        &mut self,
        members: &mut Members,
        key: &'static str,
        words: &[&str],
    ) -> Vec<usize> {
        let mut places = Vec::new();
        for item in self.list(members, key) {
            places.push(self.word_of(key, &item, words));
        }
        places
    }

    fn word_of(&mut self, key: &str, value: &Value, words: &[&str]) -> usize {
        let found = value.as_str().unwrap_or_default();
        match words.iter().position(|word| *word == found) {
            Some(place) => place,
            None => {
                self.misfit(key, &format!("one of {}", words.join(", ")), value);
                0
            }
        }
    }
}
