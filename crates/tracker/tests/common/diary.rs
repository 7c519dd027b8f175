//! A ledger whose entries are recorded on given days.

#![allow(dead_code, clippy::unwrap_used)]

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use tracker::filter::{Candidate, Query};
use tracker::ledger::{Entry, EventId, Field, Ledger, Writer};
use tracker::plan::COUNTRY;
use tracker::status::Scope;

use crate::common::{day, plan};
use crate::search::haystacks;

/// The day on which all tests stand.
pub const TODAY: &str = "2026-11-21";

/// A ledger and how many hands have written into it.
#[derive(Default)]
pub struct Diary {
    pub ledger: Ledger,
    hands: usize,
}

impl Diary {
    /// Records a value at noon, Vietnam's time, each by a hand of its own.
    #[track_caller]
    pub fn write(
        &mut self,
        on: NaiveDate,
        unit: &str,
        task: &str,
        field: Field,
        value: Value,
    ) -> EventId {
        self.hands += 1;
        let noon = on
            .and_hms_opt(5, 0, 0)
            .unwrap()
            .and_utc()
            .timestamp_millis();
        let entry = Entry {
            unit: unit.to_owned(),
            subject: task.to_owned(),
            field,
            value,
            author: String::new(),
        };
        let mut writer = Writer::new(format!("hand-{}", self.hands));
        let event = writer.compose(noon, &self.ledger, entry).unwrap();
        let id = event.id();
        self.ledger.insert(event);
        id
    }

    /// Records "not_started", "in_progress" or a completion date.
    #[track_caller]
    pub fn status(&mut self, on: &str, unit: &str, task: &str, status: &str) {
        let value = match status {
            "not_started" | "in_progress" => json!({ "state": status }),
            date => json!({ "state": "done", "date": date }),
        };
        self.write(day(on), unit, task, Field::Status, value);
    }

    /// Records an extension.
    #[track_caller]
    pub fn extend(&mut self, on: &str, unit: &str, task: &str, due: &str) {
        let value = json!({ "due": due, "document": "99/VPCP-KSTT" });
        self.write(day(on), unit, task, Field::Extension, value);
    }

    /// Records that a reviewer sent it back.
    #[track_caller]
    pub fn send_back(&mut self, on: &str, unit: &str, task: &str) {
        let value = json!({ "verdict": "returned", "remark": "Thiếu văn bản" });
        self.write(day(on), unit, task, Field::Review, value);
    }

    /// Records a blocker.
    #[track_caller]
    pub fn block(&mut self, on: &str, unit: &str, task: &str) {
        let value = json!({ "text": "Chưa có kinh phí" });
        self.write(day(on), unit, task, Field::Blocker, value);
    }

    /// Records a note.
    #[track_caller]
    pub fn note(&mut self, on: &str, unit: &str, task: &str) {
        let value = json!({ "text": "Đang chờ ý kiến" });
        self.write(day(on), unit, task, Field::Note, value);
    }

    /// Does what an act says.
    pub fn act(&mut self, act: &Act) {
        let task = &plan().tasks()[act.task % plan().tasks().len()];
        let mut units = task.leads.clone();
        for on in ["2023-06-30", TODAY] {
            let parties = plan().parties(task, day(on)).into_iter().take(3);
            units.extend(parties.flat_map(|p| p.heirs.into_iter().chain([p.unit])));
        }
        units.push(COUNTRY.to_owned());
        let unit = act.unit.get(&units);
        let other = act.other.to_string();
        let (field, value) = match act.what % 10 {
            0 => (Field::Status, json!({ "state": "not_started" })),
            1 | 2 => (Field::Status, json!({ "state": "in_progress" })),
            3..=5 => (Field::Status, json!({ "state": "done", "date": other })),
            6 => (
                Field::Extension,
                json!({ "due": other, "document": "99/VPCP" }),
            ),
            7 => (
                Field::Review,
                json!({ "verdict": "returned", "remark": "Thiếu" }),
            ),
            8 => (Field::Blocker, json!({ "text": "Chưa có kinh phí" })),
            _ => (Field::Note, json!({ "text": "Đang chờ ý kiến" })),
        };
        self.write(act.on, unit, &task.id, field, value);
    }
}

/// One thing that somebody records: when, of which task, which of those who may speak, and what.
#[derive(Clone, Debug)]
pub struct Act {
    on: NaiveDate,
    task: usize,
    unit: Index,
    what: u8,
    other: NaiveDate,
}

/// Any day from 2023 to some months ahead of the tests' today.
pub fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..1600).prop_map(|n| day("2023-01-01") + Days::new(n))
}

/// Acts of which many are about the same few tasks.
pub fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    let task = prop_oneof![0usize..1000, Just(0usize), (0usize..4).prop_map(|n| 17 * n)];
    let act = (any_day(), task, any::<Index>(), any::<u8>(), any_day());
    vec(
        act.prop_map(|(on, task, unit, what, other)| Act {
            on,
            task,
            unit,
            what,
            other,
        }),
        0..most,
    )
}

/// The ledger that acts leave.
pub fn diary(acts: &[Act]) -> Diary {
    let mut diary = Diary::default();
    for act in acts {
        diary.act(act);
    }
    diary
}

/// The positions of the tasks that a query lists, ascending: as the page does, in the list of a
/// unit or of the whole country, on the ledger as of the day.
#[track_caller]
pub fn listed(ledger: &Ledger, scope: Scope<'_>, text: &str, asof: NaiveDate) -> Vec<usize> {
    let query = Query::read(text, plan());
    assert_eq!(query.problems(), [], "{text}");
    let mut listed = Vec::new();
    for (at, (task, haystack)) in plan().tasks().iter().zip(haystacks()).enumerate() {
        let binding = match scope {
            Scope::Unit(agency) => match plan().binding(task, agency, asof) {
                None => continue,
                bound => bound,
            },
            Scope::Country => None,
        };
        let standing = plan().standing(ledger, task, scope, asof);
        let candidate = Candidate {
            task,
            role: binding.as_ref().map(|b| b.role),
            basis: binding.as_ref().map(|b| &b.basis),
            updated: standing.updated.map(|at| at.day()),
            standing: &standing,
            haystack,
        };
        if query.score(plan(), candidate, asof).is_some() {
            listed.push(at);
        }
    }
    listed
}
