//! What was recorded differently in several places, and what somebody chose in its stead.
//!
//! A choice is kept beside the files until they are merged; only then it becomes an event, which
//! names all heads as parents and so settles them ([`crate::ledger::Writer::compose`]).

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;

use crate::ledger::{Cell, Entry, Event, EventId, Field, FieldValue, Ledger, Reading, Review};
use crate::record::{Draft, Edits, Fault, Input};

/// What is to stand in place of values that differ.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// The value of one of the heads.
    Head(EventId),
    /// All of the words; see [`both`].
    Both,
    /// Another value, in the shape of the field.
    Other(Value),
}

/// A choice for one unit × subject × field.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// Id of the agency.
    pub unit: String,
    /// Id of the task or indicator.
    pub subject: String,
    /// Which field.
    pub field: Field,
    /// What was chosen.
    pub choice: Choice,
}

impl Pick {
    /// Whether it is for this cell.
    pub fn is_for(&self, cell: &Cell) -> bool {
        cell.unit() == self.unit
            && cell.subject() == self.subject
            && cell.field() == Some(self.field)
    }

    /// What it writes for `cell`; `None` where the cell does not differ (any more), or the value
    /// chosen is not there or cannot be read.
    pub fn value(&self, cell: &Cell) -> Option<Value> {
        if !cell.is_conflict() {
            return None;
        }
        let value = match &self.choice {
            Choice::Head(id) => cell.heads().find(|head| head.id() == *id)?.value().clone(),
            Choice::Both => both(cell)?,
            Choice::Other(value) => value.clone(),
        };
        FieldValue::read(self.field, &value).ok()?;
        Some(value)
    }
}

/// The heads of a cell by distinct value, the newest first: those that somebody can choose among.
pub fn candidates(cell: &Cell) -> Vec<&Arc<Event>> {
    let mut candidates: Vec<&Arc<Event>> = Vec::new();
    for head in cell.heads().rev() {
        if candidates.iter().all(|known| known.value() != head.value()) {
            candidates.push(head);
        }
    }
    candidates
}

/// The newest value that this version can read: what "the newest" chooses.
pub fn newest(cell: &Cell) -> Option<EventId> {
    let mut readable = cell
        .heads()
        .rev()
        .filter(|head| matches!(head.reading(), Reading::Value(_)));
    readable.next().map(|head| head.id())
}

/// Between the words of two that are kept both.
const BETWEEN: &str = "; ";

/// The words of all heads, oldest first, where the field is words: obstacles of one bottleneck (or
/// of none), names, remarks of reports sent back. `None` elsewhere.
pub fn both(cell: &Cell) -> Option<Value> {
    let mut words: Vec<String> = Vec::new();
    let mut named: Option<String> = None;
    for head in cell.heads() {
        let Reading::Value(value) = head.reading() else {
            return None;
        };
        let text = match value {
            FieldValue::Blocker { bottleneck, text } => {
                if named.is_some() && bottleneck.is_some() && named != bottleneck {
                    return None;
                }
                named = bottleneck.or(named);
                text
            }
            FieldValue::Assignee(name) => name,
            FieldValue::Review(Review::Returned { remark, .. }) => remark,
            _ => return None,
        };
        if !text.is_empty() && !words.contains(&text) {
            words.push(text);
        }
    }
    let words = words.join(BETWEEN);
    let value = match cell.field()? {
        Field::Blocker => FieldValue::Blocker {
            bottleneck: named,
            text: words,
        },
        Field::Assignee => FieldValue::Assignee(words),
        // Of two reports, so of neither alone.
        Field::Review => FieldValue::Review(Review::Returned {
            remark: words,
            of: None,
        }),
        _ => return None,
    };
    Some(value.to_json())
}

/// What is filled in for another value of a field, in the order of the form; nothing for what adds
/// up. Of a verdict, [`Input::Rating`] holds `accepted` or `returned`.
pub const fn inputs(field: Field) -> &'static [Input] {
    match field {
        Field::Status => &[Input::Status, Input::DoneOn],
        Field::Progress => &[Input::Progress],
        Field::Forecast => &[Input::Forecast],
        Field::Extension => &[Input::ExtendedTo, Input::Grant],
        Field::Blocker => &[Input::Obstacle],
        Field::SelfRating | Field::ReviewerRating | Field::Review => {
            &[Input::Rating, Input::Reason]
        }
        Field::Assignee => &[Input::Assignee],
        Field::Note | Field::Evidence | Field::Observation | Field::Closing => &[],
    }
}

/// The value that was typed for a field; `Ok(None)` while nothing was.
///
/// # Errors
/// The first input that cannot be taken as it stands.
pub fn typed(
    field: Field,
    edits: &Edits,
    today: NaiveDate,
) -> Result<Option<Value>, (Input, Fault)> {
    let empty = Draft::default();
    let draft = edits.over(&empty);
    if field == Field::Review {
        let remark = draft.get(Input::Reason).trim();
        return match draft.get(Input::Rating) {
            "accepted" => Ok(Some(
                FieldValue::Review(Review::Accepted { of: None }).to_json(),
            )),
            "returned" if remark.is_empty() => Err((Input::Reason, Fault::ReasonMissing)),
            "returned" => {
                let remark = remark.to_owned();
                Ok(Some(
                    FieldValue::Review(Review::Returned { remark, of: None }).to_json(),
                ))
            }
            _ => Ok(None),
        };
    }
    let asked = inputs(field);
    let mut faults = draft.faults(today, None).into_iter();
    if let Some(fault) = faults.find(|fault| asked.contains(&fault.0)) {
        return Err(fault);
    }
    // A reviewer's rating has the shape of one's own.
    let form = match field {
        Field::ReviewerRating => Field::SelfRating,
        field => field,
    };
    let told = field == Field::Status && edits.touched(Input::Status);
    let unsettled = [Field::Status];
    let unsettled = if told { &unsettled[..] } else { &[] };
    let changes = draft.changes(&empty, unsettled);
    let mut values = changes.into_iter().filter(|change| change.0 == form);
    Ok(values.next().map(|change| change.1))
}

/// What the choices write into `ledger`, which has what was merged; nothing for a cell that does
/// not differ (any more).
pub fn entries(ledger: &Ledger, picks: &[Pick], author: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for pick in picks {
        let cell = ledger.cell(&pick.unit, &pick.subject, pick.field.as_str());
        if let Some(value) = cell.and_then(|cell| pick.value(cell)) {
            entries.push(Entry {
                unit: pick.unit.clone(),
                subject: pick.subject.clone(),
                field: pick.field,
                value,
                author: author.to_owned(),
            });
        }
    }
    entries
}
