//! What an export holds: everything, what is new since the last one, some units, or the reviews
//! of one unit.
//!
//! What the last export held is remembered as a [`Sent`]: of each device how many of its events
//! there were, and until when. A ledger only grows, so as long as there are as many of that time,
//! these are the same; where there are more, somebody's earlier work has come in since, and all
//! of that device's goes along again. Too much may be sent, never too little.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Kind;
use crate::json::set;
use crate::ledger::{Event, Field, Ledger, Stamp};
use crate::sorting::positions;

/// What an export holds.
#[derive(Clone, Copy, Debug)]
pub enum Selection<'a> {
    /// Every event.
    All,
    /// What an earlier export did not hold.
    Since(&'a Sent),
    /// What is recorded for these units, whoever recorded it.
    Units(&'a [String]),
    /// What reviewers wrote on the reports of this unit, and its answers.
    Reviews(&'a str),
}

impl Selection<'_> {
    /// What a file of it is for.
    pub const fn kind(self) -> Kind {
        match self {
            Selection::All | Selection::Units(_) => Kind::Full,
            Selection::Since(_) => Kind::Delta,
            Selection::Reviews(_) => Kind::Review,
        }
    }
}

/// The selected events, by id.
pub fn select(ledger: &Ledger, selection: Selection<'_>) -> Vec<Arc<Event>> {
    let mut events: Vec<Arc<Event>> = Vec::new();
    match selection {
        Selection::All => events.extend(ledger.events().cloned()),
        Selection::Units(units) => {
            let wanted = |event: &&Arc<Event>| units.iter().any(|unit| unit == event.unit());
            events.extend(ledger.events().filter(wanted).cloned());
        }
        Selection::Reviews(unit) => {
            let wanted = |event: &&Arc<Event>| event.unit() == unit && is_review(event);
            events.extend(ledger.events().filter(wanted).cloned());
        }
        Selection::Since(sent) => {
            let now = sent.counted(ledger);
            let wanted = |event: &&Arc<Event>| match sent.find(device(event)) {
                Ok(at) => now[at] != sent.marks[at] || event.time() > now[at].until,
                Err(_) => true,
            };
            events.extend(ledger.events().filter(wanted).cloned());
        }
    }
    events
}

/// Whether an event is of those that a review file carries.
fn is_review(event: &Event) -> bool {
    let fields = [Field::Review, Field::ReviewerRating];
    fields.iter().any(|field| field.as_str() == event.field())
}

/// The units that anything is recorded for, or that were reviewed, with how many events a file of
/// each would hold; ascending by id.
pub fn units(ledger: &Ledger, reviewed: bool) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for cell in ledger.cells() {
        let counts = !reviewed || cell.events().next().is_some_and(|event| is_review(event));
        if counts {
            match found.binary_search_by(|(unit, _)| unit.as_str().cmp(cell.unit())) {
                Ok(at) => found[at].1 += cell.len(),
                Err(at) => found.insert(at, (cell.unit().to_owned(), cell.len())),
            }
        }
    }
    found
}

/// The browser profile that wrote an event: a run of the page is named `<device>-<run>`.
fn device(event: &Event) -> &str {
    let replica = event.replica();
    replica
        .rsplit_once('-')
        .map_or(replica, |(device, _)| device)
}

/// What an export held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// By device, ascending.
    marks: Vec<Mark>,
}

/// How much of a device's work an export held.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    device: String,
    /// The time of the latest of its events.
    until: Stamp,
    /// How many there were.
    count: u32,
    /// The sum of the first four bytes of their ids, since a restored ledger may hold others.
    sum: u32,
}

impl Mark {
    fn of(device: &str, until: Stamp) -> Mark {
        Mark {
            device: device.to_owned(),
            until,
            count: 0,
            sum: 0,
        }
    }

    fn add(&mut self, event: &Event) {
        let [a, b, c, d, ..] = event.id().to_bytes();
        self.count = self.count.wrapping_add(1);
        self.sum = self.sum.wrapping_add(u32::from_be_bytes([a, b, c, d]));
    }
}

impl Sent {
    /// What an export of everything holds.
    pub fn of(ledger: &Ledger, at: i64) -> Sent {
        let events: Vec<&Arc<Event>> = ledger.events().collect();
        let order = positions(events.len(), &mut |a, b| {
            device(events[a]).cmp(device(events[b]))
        });
        let mut marks: Vec<Mark> = Vec::new();
        for event in order.into_iter().map(|at| events[at]) {
            let device = device(event);
            if marks.last().is_none_or(|mark| mark.device != device) {
                marks.push(Mark::of(device, event.time()));
            }
            if let Some(mark) = marks.last_mut() {
                mark.until = mark.until.max(event.time());
                mark.add(event);
            }
        }
        Sent { at, marks }
    }

    /// The marks as the ledger has them now, of the same times.
    fn counted(&self, ledger: &Ledger) -> Vec<Mark> {
        let marks = self.marks.iter();
        let mut now: Vec<Mark> = marks.map(|m| Mark::of(&m.device, m.until)).collect();
        for event in ledger.events() {
            if let Ok(at) = self.find(device(event))
                && event.time() <= now[at].until
            {
                now[at].add(event);
            }
        }
        now
    }

    fn find(&self, device: &str) -> Result<usize, usize> {
        self.marks
            .binary_search_by(|mark| mark.device.as_str().cmp(device))
    }

    /// As it is kept; [`Sent::read`] gives it back.
    pub fn to_json(&self) -> Value {
        let marks = self.marks.iter().map(|mark| {
            Value::from(vec![
                Value::from(mark.device.as_str()),
                Value::from(mark.until.ms),
                Value::from(mark.until.c),
                Value::from(mark.count),
                Value::from(mark.sum),
            ])
        });
        let marks: Vec<Value> = marks.collect();
        let mut map = Map::new();
        set(&mut map, "at", Value::from(self.at));
        set(&mut map, "marks", Value::from(marks));
        Value::Object(map)
    }

    /// Reads what was kept; `None` when it is something else.
    pub fn read(value: &Value) -> Option<Sent> {
        let mut marks: Vec<Mark> = Vec::new();
        let small = |value: &Value| u32::try_from(value.as_u64()?).ok();
        for mark in value.get("marks")?.as_array()? {
            let [device, ms, c, count, sum] = mark.as_array()?.as_slice() else {
                return None;
            };
            let device = device.as_str()?;
            if marks
                .last()
                .is_some_and(|last| last.device.as_str() >= device)
            {
                return None;
            }
            marks.push(Mark {
                device: device.to_owned(),
                until: Stamp {
                    ms: ms.as_i64()?,
                    c: small(c)?,
                },
                count: small(count)?,
                sum: small(sum)?,
            });
        }
        let at = value.get("at")?.as_i64()?;
        Some(Sent { at, marks })
    }
}
