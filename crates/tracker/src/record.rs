//! Recording an update: what stands in a form, what is wrong with it, what of it is new.
//!
//! A form is a row of texts, one for each [`Input`], as people type and choose them. A
//! [`Draft`] is what all of them hold; [`Edits`] are those that somebody touched. What was
//! typed becomes values of fields only in [`Draft::changes`], or in [`Quick`] where status or progress
//! alone is edited in a list.

mod quick;

use chrono::NaiveDate;
use serde_json::Value;

use crate::date::{format_date, parse_date};
use crate::ledger::{Cell, Color, Evidence, Field, FieldValue, Ledger, Rating, Status};
use crate::sorting::positions;
use crate::text::{compare, is_plain, is_web_address};

pub use quick::Quick;

/// One thing to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// `not_started`, `in_progress` or `done`; empty counts as the first.
    Status,
    /// The completion date.
    DoneOn,
    /// Progress in percent.
    Progress,
    /// A note to add.
    Note,
    /// The day it is expected to be done.
    Forecast,
    /// The due date that an extension grants.
    ExtendedTo,
    /// The document that grants it.
    Grant,
    /// The id of the bottleneck that stands in the way; empty for none of the named ones.
    Bottleneck,
    /// The obstacle in words.
    Obstacle,
    /// `green`, `amber` or `red`; empty for no rating.
    Rating,
    /// Why it is rated so.
    Reason,
    /// Who works on it.
    Assignee,
    /// Evidence to add, one a line.
    Evidence,
}

/// How many inputs there are.
const INPUTS: usize = 13;

/// How far a task is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Chưa thực hiện.
    #[default]
    NotStarted,
    /// Đang thực hiện.
    InProgress,
    /// Hoàn thành.
    Done,
}

impl Choice {
    /// As [`Input::Status`] holds it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Choice::NotStarted => "not_started",
            Choice::InProgress => "in_progress",
            Choice::Done => "done",
        }
    }
}

/// The fields of a form that hold one value each, in the order of writing.
pub const SCALARS: [Field; 7] = [
    Field::Status,
    Field::Progress,
    Field::Forecast,
    Field::Extension,
    Field::Blocker,
    Field::SelfRating,
    Field::Assignee,
];

/// The inputs beyond status, progress and note, in the order of the form.
pub const DETAILS: [Input; 9] = [
    Input::Forecast,
    Input::ExtendedTo,
    Input::Grant,
    Input::Bottleneck,
    Input::Obstacle,
    Input::Rating,
    Input::Reason,
    Input::Assignee,
    Input::Evidence,
];

/// Why an input cannot be saved as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A completion without its date.
    DateMissing,
    /// Not a date.
    DateUnreadable,
    /// A completion in the future.
    DateAhead,
    /// Progress is not a whole number from 0 to 100.
    ProgressUnreadable,
    /// A document that grants an extension, but no new due date.
    ExtensionDateMissing,
    /// A new due date that is no later than the one of the plan.
    ExtensionNotLater,
    /// A new due date, but no document that grants it.
    GrantMissing,
    /// Amber or red without a reason.
    ReasonMissing,
}

/// What somebody changed in the form, input by input. What nobody touched follows the
/// ledger, so that saving cannot take back what another hand has just recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits([Option<String>; INPUTS]);

impl Edits {
    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Something was typed or chosen.
    pub fn set(&mut self, input: Input, text: String) {
        self.0[input as usize] = Some(text);
    }

    /// Nothing was typed or chosen there after all.
    pub fn unset(&mut self, input: Input) {
        self.0[input as usize] = None;
    }

    /// What was typed or chosen there.
    pub fn get(&self, input: Input) -> Option<&str> {
        self.0[input as usize].as_deref()
    }

    /// Whether something was typed or chosen there.
    pub fn touched(&self, input: Input) -> bool {
        self.get(input).is_some()
    }

    /// The content of the form: the edits over what the ledger shows.
    pub fn over(&self, shown: &Draft) -> Draft {
        let mut draft = shown.clone();
        for (text, edit) in draft.0.iter_mut().zip(&self.0) {
            if let Some(edit) = edit {
                text.clone_from(edit);
            }
        }
        draft
    }
}

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft([String; INPUTS]);

impl Draft {
    /// What the ledger shows for `unit` and `task`, as form content. What adds up, such as
    /// notes, starts empty.
    pub fn of(ledger: &Ledger, unit: &str, task: &str) -> Draft {
        let mut draft = Draft::default();
        for field in SCALARS {
            let Some(value) = ledger.value(unit, task, field) else {
                continue;
            };
            match value {
                FieldValue::Status(status) => {
                    if let Status::Done { date } = status {
                        draft.set(Input::DoneOn, format_date(date));
                    }
                    draft.set(Input::Status, choice(status).as_str().to_owned());
                }
                FieldValue::Progress(percent) => draft.set(Input::Progress, percent.to_string()),
                FieldValue::Forecast(day) => draft.set(Input::Forecast, format_date(day)),
                FieldValue::Extension { due, document } => {
                    draft.set(Input::ExtendedTo, format_date(due));
                    draft.set(Input::Grant, document);
                }
                FieldValue::Blocker { bottleneck, text } => {
                    draft.set(Input::Bottleneck, bottleneck.unwrap_or_default());
                    draft.set(Input::Obstacle, text);
                }
                FieldValue::SelfRating(Rating { color, comment }) => {
                    draft.set(Input::Rating, color.as_str().to_owned());
                    draft.set(Input::Reason, comment.unwrap_or_default());
                }
                FieldValue::Assignee(name) => draft.set(Input::Assignee, name),
                _ => {}
            }
        }
        draft
    }

    /// What stands in an input, as it was typed.
    pub fn get(&self, input: Input) -> &str {
        &self.0[input as usize]
    }

    /// Puts a text into an input.
    pub fn set(&mut self, input: Input, text: String) {
        self.0[input as usize] = text;
    }

    /// Whether the task is said to be completed.
    pub fn is_done(&self) -> bool {
        self.choice() == Choice::Done
    }

    /// How far the task is said to be.
    pub fn choice(&self) -> Choice {
        let choices = [Choice::InProgress, Choice::Done];
        let chosen = choices
            .into_iter()
            .find(|choice| choice.as_str() == self.get(Input::Status));
        chosen.unwrap_or_default()
    }

    /// Whether anything stands beyond status, progress and note.
    pub fn has_details(&self) -> bool {
        DETAILS.iter().any(|input| !self.trimmed(*input).is_empty())
    }

    /// The faults of what was typed, in the order of the form; empty when it can be saved.
    ///
    /// `due` is the due date that an extension has to be later than; `None` where there is none,
    /// or where the extension is not what is being typed.
    pub fn faults(&self, today: NaiveDate, due: Option<NaiveDate>) -> Vec<(Input, Fault)> {
        let mut faults = Vec::new();
        let day = |input| (self.trimmed(input), parse_date(self.get(input)));
        if self.is_done() {
            match day(Input::DoneOn) {
                ("", _) => faults.push((Input::DoneOn, Fault::DateMissing)),
                (_, None) => faults.push((Input::DoneOn, Fault::DateUnreadable)),
                (_, Some(day)) if day > today => faults.push((Input::DoneOn, Fault::DateAhead)),
                _ => {}
            }
        }
        if !self.trimmed(Input::Progress).is_empty() && self.percent().is_none() {
            faults.push((Input::Progress, Fault::ProgressUnreadable));
        }
        let granted = !self.trimmed(Input::Grant).is_empty();
        for input in [Input::Forecast, Input::ExtendedTo] {
            match day(input) {
                ("", _) if granted && input == Input::ExtendedTo => {
                    faults.push((input, Fault::ExtensionDateMissing));
                }
                (_, Some(day))
                    if input == Input::ExtendedTo && due.is_some_and(|due| day <= due) =>
                {
                    faults.push((input, Fault::ExtensionNotLater));
                }
                ("", _) | (_, Some(_)) => {}
                (_, None) => faults.push((input, Fault::DateUnreadable)),
            }
        }
        if !granted && !self.trimmed(Input::ExtendedTo).is_empty() {
            faults.push((Input::Grant, Fault::GrantMissing));
        }
        let asks = matches!(self.color(), Some(Color::Amber | Color::Red));
        if asks && self.trimmed(Input::Reason).is_empty() {
            faults.push((Input::Reason, Fault::ReasonMissing));
        }
        faults
    }

    /// What was typed as progress, in percent.
    pub fn percent(&self) -> Option<u8> {
        let text = self.trimmed(Input::Progress);
        let text = text.trim_end_matches('%').trim_end();
        text.parse().ok().filter(|percent| *percent <= 100)
    }

    /// The fields to write: what differs from `shown`, and what adds up.
    ///
    /// `unsettled` fields are written even when they do not differ: the status of a first
    /// save, since "not started" is a report too, and what was recorded differently in
    /// several places, since saving what is shown settles it.
    pub fn changes(&self, shown: &Draft, unsettled: &[Field]) -> Vec<(Field, Value)> {
        let mut changes = Vec::new();
        for field in SCALARS {
            let value = self.value(field);
            if value != shown.value(field) || unsettled.contains(&field) {
                changes.extend(value.map(|value| (field, value.to_json())));
            }
        }
        let note = self.trimmed(Input::Note);
        if !note.is_empty() {
            changes.push((Field::Note, FieldValue::Note(note.to_owned()).to_json()));
        }
        for line in self.get(Input::Evidence).lines() {
            let line = line.trim();
            if !line.is_empty() {
                changes.push((Field::Evidence, proof(line)));
            }
        }
        changes
    }

    /// What a field of one value holds; `None` where it cannot be said.
    fn value(&self, field: Field) -> Option<FieldValue> {
        let words = |input| self.trimmed(input).to_owned();
        let empty = |input| self.trimmed(input).is_empty();
        let day = |input| parse_date(self.get(input));
        let value = match field {
            Field::Status => FieldValue::Status(match self.choice() {
                Choice::Done => Status::Done {
                    date: day(Input::DoneOn)?,
                },
                Choice::InProgress => Status::InProgress,
                Choice::NotStarted => Status::NotStarted,
            }),
            Field::Progress if !empty(Input::Progress) => FieldValue::Progress(self.percent()?),
            Field::Forecast if !empty(Input::Forecast) => {
                FieldValue::Forecast(day(Input::Forecast)?)
            }
            Field::Extension if !empty(Input::ExtendedTo) => FieldValue::Extension {
                due: day(Input::ExtendedTo)?,
                document: words(Input::Grant),
            },
            Field::Blocker if !(empty(Input::Bottleneck) && empty(Input::Obstacle)) => {
                FieldValue::Blocker {
                    bottleneck: Some(words(Input::Bottleneck)).filter(|id| !id.is_empty()),
                    text: words(Input::Obstacle),
                }
            }
            Field::SelfRating => match self.color() {
                None => FieldValue::Cleared,
                Some(color) => FieldValue::SelfRating(Rating {
                    color,
                    comment: Some(words(Input::Reason)).filter(|text| !text.is_empty()),
                }),
            },
            Field::Assignee if !empty(Input::Assignee) => {
                FieldValue::Assignee(words(Input::Assignee))
            }
            _ => FieldValue::Cleared,
        };
        Some(value)
    }

    fn color(&self) -> Option<Color> {
        let colors = [Color::Green, Color::Amber, Color::Red];
        colors
            .into_iter()
            .find(|color| color.as_str() == self.get(Input::Rating))
    }

    fn trimmed(&self, input: Input) -> &str {
        self.get(input).trim()
    }
}

/// A status as a choice, without its date.
fn choice(status: Status) -> Choice {
    match status {
        Status::NotStarted => Choice::NotStarted,
        Status::InProgress => Choice::InProgress,
        Status::Done { .. } => Choice::Done,
    }
}

/// Evidence of one line: a link where it is an address that the page may link to.
fn proof(line: &str) -> Value {
    let kind = match is_web_address(line) {
        true => Evidence::Link,
        false => Evidence::Text,
    };
    FieldValue::Evidence(kind(line.to_owned())).to_json()
}

/// Those of `fields` that the next save writes even if nobody touched them; see
/// [`Draft::changes`].
pub fn unsettled(ledger: &Ledger, unit: &str, task: &str, fields: &[Field]) -> Vec<Field> {
    let differs = |field: Field| {
        let cell = ledger.cell(unit, task, field.as_str());
        cell.is_some_and(Cell::is_conflict)
    };
    let unreported = ledger.value(unit, task, Field::Status).is_none();
    let mut fields = fields.to_vec();
    fields.retain(|field| differs(*field) || (*field == Field::Status && unreported));
    fields
}

/// How long a name is at most that is offered, in characters.
const LONGEST_NAME: usize = 120;

/// Everybody who is said to work on a task, once each, by the Vietnamese alphabet. Names that
/// would not show all that they hold are left out: they are to be offered as they are.
pub fn assignees(ledger: &Ledger) -> Vec<String> {
    let of_people = |cell: &&Cell| cell.field() == Some(Field::Assignee);
    let mut names: Vec<String> = Vec::new();
    for cell in ledger.cells().filter(of_people) {
        let Some(FieldValue::Assignee(name)) = cell.shown_value() else {
            continue;
        };
        let name = name.trim();
        let short = name.chars().nth(LONGEST_NAME).is_none();
        if short && !name.is_empty() && is_plain(name) {
            names.push(name.to_owned());
        }
    }
    let order = positions(names.len(), &mut |a, b| {
        compare(&names[a], &names[b]).then_with(|| names[a].cmp(&names[b]))
    });
    let mut sorted: Vec<String> = order.into_iter().map(|at| names[at].clone()).collect();
    sorted.dedup();
    sorted
}

#[cfg(test)]
mod tests;
