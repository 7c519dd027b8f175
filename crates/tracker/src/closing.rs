//! Closing a period: named snapshots of a unit's figures, which later views compare with.
//!
//! A closing is an event like any other: of the unit, about the subject `period:` and the key of
//! the period, in the field [`Field::Closing`]. A period may be closed several times; a closing is
//! taken back by a retraction. It holds figures and no updates, and how many events they were made
//! of, so that [`since`] can tell what has come in later.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::json::canon;
use crate::ledger::{Closing, Event, Field, FieldValue, Ledger, is_period_key};
use crate::sorting::positions;

/// What the subject of a closing starts with.
pub const SUBJECT: &str = "period:";

/// The subject of a period's closings: `period:2025-Q2`.
pub fn subject(period: &str) -> String {
    [SUBJECT, period].concat()
}

/// The period that a subject names; `None` unless it is the subject of closings.
pub fn period_of(subject: &str) -> Option<&str> {
    let period = subject.strip_prefix(SUBJECT)?;
    is_period_key(period).then_some(period)
}

/// The closing of a period with these figures, made of everything the ledger holds. Of figures
/// with one name the first counts; those that are no numbers are left out.
pub fn close(
    ledger: &Ledger,
    name: &str,
    period: &str,
    asof: NaiveDate,
    figures: &[(&str, f64)],
) -> Closing {
    let order = positions(figures.len(), &mut |a, b| figures[a].0.cmp(figures[b].0));
    let mut kept: Vec<(String, f64)> = Vec::new();
    for (name, figure) in order.into_iter().map(|at| figures[at]) {
        let known = kept.last().is_some_and(|(last, _)| last == name);
        if !known && figure.is_finite() {
            kept.push((name.to_owned(), figure));
        }
    }
    let (events, digest) = counted(ledger);
    Closing {
        name: name.trim().to_owned(),
        period: period.to_owned(),
        asof,
        figures: kept,
        events,
        digest,
    }
}

/// The standing closings of a unit, by period key, those of a period oldest first.
pub fn closings<'a>(ledger: &'a Ledger, unit: &str) -> Vec<(&'a Arc<Event>, Closing)> {
    let mut found = Vec::new();
    for cell in ledger.cells() {
        if cell.unit() != unit || period_of(cell.subject()).is_none() {
            continue;
        }
        for (event, value) in cell.element_values() {
            if let FieldValue::Closing(closing) = value {
                found.push((event, closing));
            }
        }
    }
    found
}

/// What has come in since a closing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Since<'a> {
    /// Whether the ledger holds exactly the events that the closing was made of.
    pub same: bool,
    /// Events written later, oldest first.
    pub newer: Vec<&'a Arc<Event>>,
    /// How many events were written earlier but were not known here then: other people's files.
    pub earlier: usize,
    /// How many events the closing was made of are not here: it was made on another ledger.
    pub missing: usize,
}

/// What has come in since `event` closed a period. Closings themselves do not count.
pub fn since<'a>(ledger: &'a Ledger, event: &Event, closing: &Closing) -> Since<'a> {
    let (total, digest) = counted(ledger);
    if total == closing.events && digest == closing.digest {
        return Since {
            same: true,
            ..Since::default()
        };
    }
    let later: Vec<&Arc<Event>> = updates(ledger)
        .filter(|update| update.time() > event.time())
        .collect();
    let order = positions(later.len(), &mut |a, b| later[a].order(later[b]));
    let then = usize::try_from(closing.events).unwrap_or(usize::MAX);
    let before = usize::try_from(total).unwrap_or(usize::MAX) - later.len();
    Since {
        same: false,
        newer: order.into_iter().map(|at| later[at]).collect(),
        earlier: before.saturating_sub(then),
        missing: then.saturating_sub(before),
    }
}

/// All events but closings, by id.
fn updates(ledger: &Ledger) -> impl Iterator<Item = &Arc<Event>> {
    ledger
        .events()
        .filter(|event| event.field() != Field::Closing.as_str())
}

/// How many updates there are, and the digest of their ids.
fn counted(ledger: &Ledger) -> (u64, String) {
    let mut count = 0;
    let mut digester = canon::Digester::default();
    let mut hex = String::with_capacity(64);
    for event in updates(ledger) {
        count += 1;
        hex.clear();
        event.id().write(&mut hex);
        digester.update(&hex);
    }
    hex.clear();
    canon::write_hex(&mut hex, &digester.finish());
    (count, hex)
}
