//! What one unit said of one task, day by day: the rule of
//! [`Ledger::as_of`](crate::ledger::Ledger::as_of) for the cells of a single report.

use std::sync::Arc;

use chrono::NaiveDate;

use super::track::ascending;
use crate::ledger::replay::{completion, is_judged_by_date};
use crate::ledger::{Cell, Event, Ledger, Status};
use crate::status::{Report, report_of};

/// A cell as it comes to be known, day by day.
struct Growing<'a> {
    whole: &'a Cell,
    events: Vec<(NaiveDate, &'a Arc<Event>)>,
    /// How many of its events are known.
    known: usize,
    /// These, while there are some but not all.
    part: Option<Cell>,
}

impl Growing<'_> {
    /// Goes on to `day`.
    fn grow(&mut self, day: NaiveDate) {
        let before = self.known;
        self.known = self.events.partition_point(|(from, _)| *from <= day);
        if self.known == self.events.len() {
            self.part = None;
            return;
        }
        for (_, event) in &self.events[before..self.known] {
            match &mut self.part {
                Some(part) => {
                    part.insert(Arc::clone(event));
                }
                None => self.part = Some(Cell::new(Arc::clone(event))),
            }
        }
    }

    /// What of it counts on `day`, which it has gone on to.
    fn counting(&self, day: NaiveDate, today: NaiveDate) -> Option<&Cell> {
        let all = self.known == self.events.len();
        let known = if all {
            Some(self.whole)
        } else {
            self.part.as_ref()
        };
        if !all && is_judged_by_date(self.whole, known, day, today) {
            return Some(self.whole);
        }
        known
    }
}

/// What one unit said of one task, and from when.
pub(super) struct Voice<'a> {
    pub(super) unit: &'a str,
    /// Each with its first day, ascending.
    pub(super) reports: Vec<(NaiveDate, Report)>,
}

impl<'a> Voice<'a> {
    pub(super) fn new(
        unit: &'a str,
        ledger: &'a Ledger,
        subject: &'a str,
        today: NaiveDate,
    ) -> Voice<'a> {
        let mut days = Vec::new();
        let mut cells = Vec::new();
        for cell in ledger.unit_cells(unit, subject) {
            let events = cell.by_day(today);
            days.extend(events.iter().map(|(day, _)| *day));
            // All of the cell may count before it was recorded.
            days.extend(cell.shown().and_then(|shown| completion(shown)));
            cells.push(Growing {
                whole: cell,
                events,
                known: 0,
                part: None,
            });
        }
        let mut reports = Vec::new();
        for day in ascending(days) {
            for cell in &mut cells {
                cell.grow(day);
            }
            let mut counting = cells.iter().filter_map(|cell| cell.counting(day, today));
            if let Some(report) = report_of(&mut counting) {
                // No figure asks for names.
                let assignee = None;
                reports.push((day, Report { assignee, ..report }));
            }
        }
        Voice { unit, reports }
    }

    /// The days on which what it said makes a difference.
    pub(super) fn add_days(&self, days: &mut Vec<NaiveDate>) {
        for (from, report) in &self.reports {
            days.push(*from);
            days.extend(report.extended_to.and_then(|due| due.succ_opt()));
            if let Status::Done { date } = report.status {
                days.push(date);
            }
        }
    }
}

/// What `unit` had said by `day`.
pub(super) fn said(voices: &[Voice<'_>], unit: &str, day: NaiveDate) -> Option<Report> {
    // Units come in the order of their ids.
    let at = voices.binary_search_by(|voice| voice.unit.cmp(unit)).ok()?;
    let reports = &voices[at].reports;
    let after = reports.partition_point(|(from, _)| *from <= day);
    Some(reports[..after].last()?.1.clone())
}
