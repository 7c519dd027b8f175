//! Queries asked of the whole real plan.

#![allow(dead_code)]

use std::sync::OnceLock;

use chrono::DateTime;
use tracker::filter::{Candidate, Query, haystack};
use tracker::ledger::{Ledger, Stamp};
use tracker::status::Scope;
use tracker::text::Haystack;

use crate::common::{day, plan};

/// The searchable text of each task, in the order of the plan.
pub fn haystacks() -> &'static [Haystack] {
    static HAYSTACKS: OnceLock<Vec<Haystack>> = OnceLock::new();
    let tasks = plan().tasks().iter();
    HAYSTACKS.get_or_init(|| tasks.map(|t| haystack(plan(), t, &[])).collect())
}

/// The tasks that answer `text`, best first, with nothing read amiss.
#[track_caller]
pub fn search_in(ledger: &Ledger, scope: Scope<'_>, text: &str, asof: &str) -> Vec<&'static str> {
    let asof = day(asof);
    let query = Query::read(text, plan());
    assert_eq!(query.problems(), [], "{text}");
    let mut found: Vec<(u32, &str)> = Vec::new();
    for (task, haystack) in plan().tasks().iter().zip(haystacks()) {
        let standing = plan().standing(ledger, task, scope, asof);
        let binding = match scope {
            Scope::Unit(agency) => plan().binding(task, agency, asof),
            Scope::Country => None,
        };
        let updated = |at: Stamp| DateTime::from_timestamp_millis(at.ms).map(|t| t.date_naive());
        let candidate = Candidate {
            task,
            role: binding.as_ref().map(|b| b.role),
            basis: binding.as_ref().map(|b| &b.basis),
            updated: standing.updated.and_then(updated),
            standing: &standing,
            haystack,
        };
        if let Some(score) = query.score(plan(), candidate, asof) {
            found.push((score, &task.id));
        }
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, id)| id).collect()
}

/// The same for the whole country with nothing recorded, by id.
#[track_caller]
pub fn search(text: &str, asof: &str) -> Vec<&'static str> {
    let mut found = search_in(&Ledger::default(), Scope::Country, text, asof);
    found.sort_unstable();
    found
}

/// What `text` finds is what a plain look through the plan finds, and not nothing.
#[track_caller]
pub fn finds(text: &str, asof: &str, expected: &[String]) {
    assert!(!expected.is_empty(), "{text}");
    assert_eq!(search(text, asof), expected, "{text}");
}
