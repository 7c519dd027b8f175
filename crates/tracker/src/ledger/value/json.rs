//! A value as JSON: reading and writing.

mod closing;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{Color, Evidence, Field, FieldValue, Observation, Rating, Review, Status, ValueError};
use crate::json::{canon, set};
use crate::ledger::id::EventId;
use crate::text::is_web_address;

pub use closing::is_period_key;

impl FieldValue {
    /// Reads a value as one of `field`.
    ///
    /// # Errors
    /// The first key that is missing or of the wrong shape.
    pub fn read(field: Field, value: &Value) -> Result<FieldValue, ValueError> {
        let fail = |expected| ValueError {
            field,
            key: "",
            expected,
        };
        if value.is_null() && !field.is_set() {
            return Ok(FieldValue::Cleared);
        }
        match field {
            Field::Progress => {
                return match value.as_u64() {
                    Some(percent @ 0..=100) => Ok(FieldValue::Progress(percent as u8)),
                    _ => Err(fail("an integer from 0 to 100")),
                };
            }
            Field::Forecast => {
                return date(value)
                    .map(FieldValue::Forecast)
                    .ok_or_else(|| fail(DATE));
            }
            Field::Assignee => {
                return words(value)
                    .map(FieldValue::Assignee)
                    .ok_or_else(|| fail(WORDS));
            }
            _ => {}
        }
        let map = value.as_object().ok_or_else(|| fail("an object"))?;
        let keys = Keys { field, map };
        if field.is_set() && map.contains_key("retract") {
            return keys.retraction();
        }
        match field {
            Field::Status => keys.status(),
            Field::Extension => Ok(FieldValue::Extension {
                due: keys.date("due")?,
                document: keys.words("document")?,
            }),
            Field::Blocker => keys.blocker(),
            Field::SelfRating => keys.rating().map(FieldValue::SelfRating),
            Field::ReviewerRating => keys.rating().map(FieldValue::ReviewerRating),
            Field::Note => keys.words("text").map(FieldValue::Note),
            Field::Evidence => keys.evidence().map(FieldValue::Evidence),
            Field::Review => keys.review().map(FieldValue::Review),
            Field::Observation => keys.observation().map(FieldValue::Observation),
            Field::Closing => keys.closing().map(FieldValue::Closing),
            Field::Progress | Field::Forecast | Field::Assignee => Err(fail("a plain value")),
        }
    }

    /// The value as an event carries it; [`FieldValue::read`] gives it back.
    pub fn to_json(&self) -> Value {
        match self {
            FieldValue::Cleared => Value::Null,
            FieldValue::Retract(id) => single("retract", id.to_string().into()),
            FieldValue::Status(Status::NotStarted) => single("state", "not_started".into()),
            FieldValue::Status(Status::InProgress) => single("state", "in_progress".into()),
            FieldValue::Status(Status::Done { date }) => {
                let mut map = object("state", "done".into());
                insert(&mut map, "date", Some(iso(*date)));
                Value::Object(map)
            }
            FieldValue::Progress(percent) => Value::from(*percent),
            FieldValue::Forecast(date) => iso(*date),
            FieldValue::Extension { due, document } => {
                let mut map = object("due", iso(*due));
                insert(&mut map, "document", Some(document.as_str().into()));
                Value::Object(map)
            }
            FieldValue::Blocker { bottleneck, text } => {
                let mut map = object("text", text.as_str().into());
                insert(&mut map, "bottleneck", bottleneck.clone().map(Value::from));
                Value::Object(map)
            }
            FieldValue::SelfRating(rating) | FieldValue::ReviewerRating(rating) => {
                let mut map = object("rating", rating.color.as_str().into());
                insert(&mut map, "comment", rating.comment.clone().map(Value::from));
                Value::Object(map)
            }
            FieldValue::Assignee(name) => name.as_str().into(),
            FieldValue::Note(text) => single("text", text.as_str().into()),
            FieldValue::Evidence(Evidence::Link(link)) => single("link", link.as_str().into()),
            FieldValue::Evidence(Evidence::Text(text)) => single("text", text.as_str().into()),
            FieldValue::Review(review) => {
                let (verdict, remark, of) = match review {
                    Review::Accepted { of } => ("accepted", None, of.as_deref()),
                    Review::Returned { remark, of } => {
                        ("returned", Some(remark.as_str()), of.as_deref())
                    }
                    Review::Answered => ("answered", None, None),
                };
                let mut map = object("verdict", verdict.into());
                insert(&mut map, "remark", remark.map(Value::from));
                insert(&mut map, "of", of.map(Value::from));
                Value::Object(map)
            }
            FieldValue::Observation(seen) => {
                let number = |double: f64| canon::number(double).map(Value::Number);
                let mut map = object("date", iso(seen.date));
                insert(&mut map, "value", number(seen.value));
                insert(&mut map, "numerator", seen.numerator.and_then(number));
                insert(&mut map, "denominator", seen.denominator.and_then(number));
                insert(
                    &mut map,
                    "qualifier",
                    seen.qualifier.clone().map(Value::from),
                );
                insert(&mut map, "source", Some(seen.source.as_str().into()));
                Value::Object(map)
            }
            FieldValue::Closing(closing) => closing::to_json(closing),
        }
    }
}

/// The event a value takes back; `None` unless it is a well-formed retraction.
pub(crate) fn retracted(value: &Value) -> Option<EventId> {
    value.as_object()?.get("retract")?.as_str()?.parse().ok()
}

const DATE: &str = "a date yyyy-mm-dd";
const WORDS: &str = "a string that is not blank";
const NUMBER: &str = "a number";

/// The keys of a value that is an object.
struct Keys<'a> {
    field: Field,
    map: &'a Map<String, Value>,
}

impl Keys<'_> {
    #[inline(never)]
    fn fail(&self, key: &'static str, expected: &'static str) -> ValueError {
        ValueError {
            field: self.field,
            key,
            expected,
        }
    }

    /// A key's value; `null` counts as absent.
    #[inline(never)]
    fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    #[inline(never)]
    fn date(&self, key: &'static str) -> Result<NaiveDate, ValueError> {
        self.get(key)
            .and_then(date)
            .ok_or_else(|| self.fail(key, DATE))
    }

    #[inline(never)]
    fn words(&self, key: &'static str) -> Result<String, ValueError> {
        self.get(key)
            .and_then(words)
            .ok_or_else(|| self.fail(key, WORDS))
    }

    fn words_if_any(&self, key: &'static str) -> Result<Option<String>, ValueError> {
        match self.get(key) {
            None => Ok(None),
            Some(_) => self.words(key).map(Some),
        }
    }

    fn number_if_any(&self, key: &'static str) -> Result<Option<f64>, ValueError> {
        match self.get(key) {
            None => Ok(None),
            Some(value) => value
                .as_f64()
                .map(Some)
                .ok_or_else(|| self.fail(key, NUMBER)),
        }
    }

    fn retraction(&self) -> Result<FieldValue, ValueError> {
        self.get("retract")
            .and_then(Value::as_str)
            .and_then(|text| text.parse().ok())
            .map(FieldValue::Retract)
            .ok_or_else(|| self.fail("retract", "an event id"))
    }

    fn status(&self) -> Result<FieldValue, ValueError> {
        let status = match self.get("state").and_then(Value::as_str) {
            Some("not_started") => Status::NotStarted,
            Some("in_progress") => Status::InProgress,
            Some("done") => Status::Done {
                date: self.date("date")?,
            },
            _ => return Err(self.fail("state", "not_started, in_progress or done")),
        };
        Ok(FieldValue::Status(status))
    }

    fn blocker(&self) -> Result<FieldValue, ValueError> {
        let bottleneck = self.words_if_any("bottleneck")?;
        let text = match self.map.get("text") {
            Some(Value::String(text)) if bottleneck.is_some() => text.clone(),
            None if bottleneck.is_some() => String::new(),
            _ => self.words("text")?,
        };
        Ok(FieldValue::Blocker { bottleneck, text })
    }

    fn rating(&self) -> Result<Rating, ValueError> {
        let color = match self.get("rating").and_then(Value::as_str) {
            Some("green") => Color::Green,
            Some("amber") => Color::Amber,
            Some("red") => Color::Red,
            _ => return Err(self.fail("rating", "green, amber or red")),
        };
        let comment = match (color, self.get("comment")) {
            (Color::Green, None) => None,
            // A blank remark beside green says nothing; it is no error.
            (Color::Green, Some(Value::String(text))) if text.trim().is_empty() => None,
            _ => Some(self.words("comment")?),
        };
        Ok(Rating { color, comment })
    }

    fn evidence(&self) -> Result<Evidence, ValueError> {
        match (self.get("link"), self.get("text")) {
            (Some(_), Some(_)) => Err(self.fail("", "either a link or a text")),
            (Some(Value::String(link)), None) if is_web_address(link) => {
                Ok(Evidence::Link(link.clone()))
            }
            // Whatever else was called a link is read, as text.
            (Some(_), None) => self.words("link").map(Evidence::Text),
            (None, _) => self.words("text").map(Evidence::Text),
        }
    }

    fn review(&self) -> Result<Review, ValueError> {
        match self.get("verdict").and_then(Value::as_str) {
            Some("accepted") => Ok(Review::Accepted {
                of: self.digest_if_any("of")?,
            }),
            Some("returned") => Ok(Review::Returned {
                remark: self.words("remark")?,
                of: self.digest_if_any("of")?,
            }),
            Some("answered") => Ok(Review::Answered),
            _ => Err(self.fail("verdict", "accepted, returned or answered")),
        }
    }

    fn digest_if_any(&self, key: &'static str) -> Result<Option<String>, ValueError> {
        match self.get(key) {
            None => Ok(None),
            Some(_) => self.digest(key).map(Some),
        }
    }

    fn digest(&self, key: &'static str) -> Result<String, ValueError> {
        let digest = self.words(key)?;
        let is_hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if digest.len() != 64 || !digest.bytes().all(is_hex) {
            return Err(self.fail(key, "64 lower-case hex digits"));
        }
        Ok(digest)
    }

    fn observation(&self) -> Result<Observation, ValueError> {
        let value = self
            .number_if_any("value")?
            .ok_or_else(|| self.fail("value", NUMBER))?;
        let denominator = self.number_if_any("denominator")?;
        if denominator.is_some_and(|denominator| denominator <= 0.0) {
            return Err(self.fail("denominator", "a number above zero"));
        }
        Ok(Observation {
            date: self.date("date")?,
            value,
            numerator: self.number_if_any("numerator")?,
            denominator,
            qualifier: self.words_if_any("qualifier")?,
            source: self.words("source")?,
        })
    }
}

/// Strict `yyyy-mm-dd`.
#[inline(never)]
fn date(value: &Value) -> Option<NaiveDate> {
    crate::date::parse_iso(value.as_str()?)
}

#[inline(never)]
fn iso(date: NaiveDate) -> Value {
    // Displayed as ISO 8601: yyyy-mm-dd.
    date.to_string().into()
}

#[inline(never)]
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// An object with one member.
#[inline(never)]
fn single(key: &str, value: Value) -> Value {
    Value::Object(object(key, value))
}

#[inline(never)]
fn object(key: &str, value: Value) -> Map<String, Value> {
    let mut map = Map::new();
    set(&mut map, key, value);
    map
}

#[inline(never)]
fn insert(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        set(map, key, value);
    }
}
