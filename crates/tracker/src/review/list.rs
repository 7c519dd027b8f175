//! Lists of reports: what a reviewer has to look at, what a unit has to do.

use super::{Ratings, Said, State, is_reported, ratings, reported_at, said, state};
use crate::ledger::{Ledger, Stamp};
use crate::plan::Plan;
use crate::sorting::positions;

/// The report of a unit on a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// Id of the unit; it may be one that the plan does not have.
    pub unit: &'a str,
    /// Position of the task in [`Plan::tasks`].
    pub task: usize,
    /// How the report stands.
    pub state: State,
    /// When the unit last recorded something; `None` where it was asked to and has not.
    pub reported: Option<Stamp>,
    /// The unit's rating and the reviewer's.
    pub ratings: Ratings,
}

/// Every report that the ledger has of tasks of the plan, and every return: by unit, in the order
/// of the plan, those that it does not have last; then by document, then by task.
pub fn items<'a>(plan: &Plan, ledger: &'a Ledger) -> Vec<Item<'a>> {
    let (mut found, mut keys) = (Vec::new(), Vec::new());
    for (at, task) in plan.tasks().iter().enumerate() {
        let document = plan.document_position(&task.document);
        for unit in ledger.units_of(&task.id) {
            let state = state(ledger, unit, &task.id);
            if state == State::Silent {
                continue;
            }
            let place = plan.agency_position(unit);
            keys.push((place.is_none(), place, unit, document, at));
            found.push(Item {
                unit,
                task: at,
                state,
                reported: reported_at(ledger, unit, &task.id),
                ratings: ratings(ledger, unit, &task.id),
            });
        }
    }
    let order = positions(found.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    let mut sorted = Vec::with_capacity(found.len());
    sorted.extend(order.into_iter().map(|at| found[at].clone()));
    sorted
}

/// Of these, what `unit` has to do: its reports that were returned and not answered yet.
pub fn to_do<'i, 'a>(items: &'i [Item<'a>], unit: &str) -> Vec<&'i Item<'a>> {
    let returned = |item: &&Item<'_>| item.unit == unit && item.state == State::Returned;
    items.iter().filter(returned).collect()
}

/// Whose report on the task was returned, and what was said: that of `own` before any other's.
pub fn returned<'a>(ledger: &'a Ledger, task: &str, own: &str) -> Option<(&'a str, Said<'a>)> {
    let is_returned = |unit: &&str| state(ledger, unit, task) == State::Returned;
    let mut units = ledger.units_of(task).filter(is_returned);
    let first = units.next()?;
    let unit = if first == own {
        first
    } else {
        units.find(|unit| *unit == own).unwrap_or(first)
    };
    Some((unit, said(ledger, unit, task)?))
}

/// The units that have a report on the task, other than `own`, ascending by id: those whose
/// reports somebody at `own` may review.
pub fn reviewable<'a>(ledger: &'a Ledger, task: &str, own: Option<&str>) -> Vec<&'a str> {
    let mut units: Vec<&str> = Vec::new();
    for cell in ledger.subject_cells(task) {
        let other = own.is_none_or(|own| own != cell.unit());
        if other && units.last() != Some(&cell.unit()) && is_reported(cell.field_name()) {
            units.push(cell.unit());
        }
    }
    units
}
