//! The past: what was known at the end of a day.
//!
//! A report as of a past day should say what a report made on that day would have said, with one
//! exception that official practice makes: whether a task is completed is judged by its
//! completion date, however late that was reported. So
//!
//! - a status that now reads "done on d" counts as it stands now on every day from d on, even on
//!   days before it was recorded;
//! - a completion date that was corrected later, by another completion date, never counts; a task
//!   that was sent back or begun anew in between was completed until then;
//! - everything else (not started, in progress, progress, forecast, extension, blocker, notes,
//!   verdicts) has no day of its own and counts from when it was recorded.
//!
//! Days are Vietnam's. A stamp ahead of `today` counts from today: a machine's clock that is
//! ahead, or a reader west of Vietnam, must not hide what was just saved.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};

use super::cell::Cell;
use super::event::{Event, Reading};
use super::id::Stamp;
use super::value::{Field, FieldValue, Status};
use super::{Events, Ledger, Subject};
use crate::sorting::positions;

/// Vietnam's clock before UTC, in milliseconds; it has no summer time.
const VIETNAM_MS: i64 = 7 * 60 * 60 * 1000;

impl Stamp {
    /// The calendar day in Vietnam.
    pub fn day(self) -> NaiveDate {
        let local = self.ms.saturating_add(VIETNAM_MS);
        match DateTime::from_timestamp_millis(local) {
            Some(time) => time.date_naive(),
            None if self.ms < 0 => NaiveDate::MIN,
            None => NaiveDate::MAX,
        }
    }
}

/// The day from which an event counts.
pub(crate) fn known_from(event: &Event, today: NaiveDate) -> NaiveDate {
    event.time().day().min(today)
}

/// The completion date that an event states.
pub(crate) fn completion(event: &Event) -> Option<NaiveDate> {
    match event.reading() {
        Reading::Value(FieldValue::Status(Status::Done { date })) => Some(date),
        _ => None,
    }
}

/// Whether all of a cell counts on `day`, where `known` holds what was recorded by then.
pub(crate) fn is_judged_by_date(
    cell: &Cell,
    known: Option<&Cell>,
    day: NaiveDate,
    today: NaiveDate,
) -> bool {
    if cell.field() != Some(Field::Status) {
        return false;
    }
    let Some(date) = cell.shown().and_then(|shown| completion(shown)) else {
        return false;
    };
    if date <= day {
        return true;
    }
    // Completed later than was said by then: a mere correction, unless somebody has said in
    // between that it is not completed.
    let was_done = known
        .and_then(Cell::shown)
        .is_some_and(|shown| completion(shown).is_some());
    let mut later = cell.events().filter(|e| known_from(e, today) > day);
    was_done && later.all(|event| completion(event).is_some())
}

impl Ledger {
    /// The ledger as it counts at the end of `day`, when it is `today`: the same ledger from
    /// today on, before that the past, replayed.
    ///
    /// A ledger of its own: whoever follows one by [`Ledger::since`] starts anew.
    pub fn as_of(&self, day: NaiveDate, today: NaiveDate) -> Ledger {
        if day >= today {
            return self.clone();
        }
        let (mut events, mut subjects) = (Events::new(), Vec::new());
        let mut conflicts = 0;
        for subject in &self.subjects {
            let mut cells = Vec::new();
            for cell in &subject.cells {
                let known = cell.known_on(day, today);
                let cell = if is_judged_by_date(cell, known.as_ref(), day, today) {
                    Some(cell.clone())
                } else {
                    known
                };
                if let Some(cell) = cell {
                    conflicts += usize::from(cell.is_conflict());
                    for event in cell.events() {
                        events.insert(event.id(), Arc::clone(event));
                    }
                    cells.push(cell);
                }
            }
            if !cells.is_empty() {
                subjects.push(Subject {
                    key: subject.key,
                    cells,
                });
            }
        }
        let mut arrivals = self.arrivals.clone();
        arrivals.retain(|event| events.contains_key(&event.id()));
        Ledger {
            events,
            arrivals,
            subjects,
            conflicts,
        }
    }
}

impl Cell {
    /// The cell of those events that were recorded by the end of `day`; `None` without any.
    fn known_on(&self, day: NaiveDate, today: NaiveDate) -> Option<Cell> {
        let is_known = |event: &Event| known_from(event, today) <= day;
        if self.events().all(|event| is_known(event)) {
            return Some(self.clone());
        }
        let mut known: Option<Cell> = None;
        for event in self.events().filter(|event| is_known(event)) {
            match &mut known {
                Some(cell) => {
                    cell.insert(Arc::clone(event));
                }
                None => known = Some(Cell::new(Arc::clone(event))),
            }
        }
        known
    }

    /// Its events in the order of the days from which they count.
    pub(crate) fn by_day(&self, today: NaiveDate) -> Vec<(NaiveDate, &Arc<Event>)> {
        let all: Vec<_> = self.events().map(|e| (known_from(e, today), e)).collect();
        if all.len() < 2 {
            return all;
        }
        let order = positions(all.len(), &mut |a, b| all[a].0.cmp(&all[b].0));
        order.into_iter().map(|at| all[at]).collect()
    }
}
