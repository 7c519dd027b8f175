//! Closings of periods as JSON.

use serde_json::{Map, Value};

use super::{Keys, insert, iso, object};
use crate::date::{Period, parse_iso};
use crate::json::canon;
use crate::ledger::value::{Closing, MAX_FIGURES, ValueError};

/// A closing as an event carries it.
pub fn to_json(closing: &Closing) -> Value {
    let mut figures = Map::new();
    for (name, figure) in &closing.figures {
        insert(
            &mut figures,
            name,
            canon::number(*figure).map(Value::Number),
        );
    }
    let mut map = object("name", closing.name.as_str().into());
    insert(&mut map, "period", Some(closing.period.as_str().into()));
    insert(&mut map, "asof", Some(iso(closing.asof)));
    insert(&mut map, "figures", Some(Value::Object(figures)));
    insert(&mut map, "events", Some(closing.events.into()));
    insert(&mut map, "digest", Some(closing.digest.as_str().into()));
    Value::Object(map)
}

impl Keys<'_> {
    pub fn closing(&self) -> Result<Closing, ValueError> {
        let digest = self.digest("digest")?;
        let period = self.words("period")?;
        if !is_period_key(&period) {
            return Err(self.fail("period", PERIOD));
        }
        let events = self.get("events").and_then(Value::as_u64);
        Ok(Closing {
            name: self.words("name")?,
            period,
            asof: self.date("asof")?,
            figures: self.figures()?,
            events: events.ok_or_else(|| self.fail("events", "a count"))?,
            digest,
        })
    }

    fn figures(&self) -> Result<Vec<(String, f64)>, ValueError> {
        let fail = || self.fail("figures", "at most 64 names with a number each");
        let map = self.get("figures").and_then(Value::as_object);
        let map = map
            .filter(|map| map.len() <= MAX_FIGURES)
            .ok_or_else(fail)?;
        let mut figures = Vec::new();
        for (name, figure) in canon::sorted(map) {
            let plain = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_');
            let named = !name.is_empty() && name.bytes().all(plain);
            let figure = figure.as_f64().filter(|_| named).ok_or_else(fail)?;
            figures.push((name.clone(), figure));
        }
        Ok(figures)
    }
}

const PERIOD: &str = "yyyy, yyyy-Hn, yyyy-Qn, yyyy-mm or two days yyyy-mm-dd with .. between";

/// Whether a text has the shape of a period's key: `2025`, `2025-H1`, `2025-Q2`, `2025-03`, or two
/// days such as `2025-01-15..2025-03-20`, the first not after the second.
pub fn is_period_key(text: &str) -> bool {
    if let Some((from, to)) = text.split_once("..") {
        let days = parse_iso(from).zip(parse_iso(to));
        return days.is_some_and(|(from, to)| from <= to);
    }
    match text.split_once("-H") {
        Some((year, half)) => year.len() == 4 && is_period(year) && matches!(half, "1" | "2"),
        // A single day is a period, but not one that is closed.
        None => text.len() < "2025-01-15".len() && is_period(text),
    }
}

#[inline(never)]
fn is_period(text: &str) -> bool {
    text.parse::<Period>().is_ok()
}
