//! What agencies report being blocked by.
//!
//! A report is the value of a task's `blocker`: words, or one of the plan's
//! bottlenecks, or both. Here they are gathered from the whole ledger, whichever
//! unit's tasks the page shows.

use crate::ledger::{Field, FieldValue, Ledger, Reading, Stamp};
use crate::plan::Plan;
use crate::sorting::positions;

/// One agency's report that something blocks a task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Obstacle {
    /// The agency.
    pub unit: String,
    /// The task.
    pub task: String,
    /// The bottleneck it names, whether or not the plan knows it.
    pub bottleneck: Option<String>,
    /// The obstacle in words; may be empty beside a bottleneck.
    pub text: String,
    /// When it was recorded.
    pub since: Stamp,
    /// Whether other hands recorded something else for the same task and agency.
    pub differs: bool,
}

/// Everything that stands as a blocker, the newest first. Where hands differ, each of their
/// values is here.
pub fn obstacles(ledger: &Ledger) -> Vec<Obstacle> {
    let mut found: Vec<Obstacle> = Vec::new();
    for cell in ledger.cells() {
        if cell.field() != Some(Field::Blocker) {
            continue;
        }
        let mut values = Vec::new();
        for head in cell.heads().rev() {
            if values.contains(&head.value()) {
                continue;
            }
            values.push(head.value());
            if let Reading::Value(FieldValue::Blocker { bottleneck, text }) = head.reading() {
                found.push(Obstacle {
                    unit: cell.unit().to_owned(),
                    task: cell.subject().to_owned(),
                    bottleneck,
                    text,
                    since: head.time(),
                    differs: cell.is_conflict(),
                });
            }
        }
    }
    let order = positions(found.len(), &mut |a, b| found[b].since.cmp(&found[a].since));
    order.into_iter().map(|at| found[at].clone()).collect()
}

/// Those that name the bottleneck; for `None`, those that name none which the plan knows.
pub fn naming(plan: &Plan, obstacles: &[Obstacle], bottleneck: Option<&str>) -> Vec<Obstacle> {
    let mut naming = Vec::new();
    for obstacle in obstacles {
        let known = obstacle.bottleneck.as_deref();
        let known = known.filter(|id| plan.bottleneck(id).is_some());
        if known == bottleneck {
            naming.push(obstacle.clone());
        }
    }
    naming
}

/// How many agencies report any of these.
pub fn units(obstacles: &[Obstacle]) -> usize {
    let mut units: Vec<&str> = Vec::new();
    for obstacle in obstacles {
        if !units.contains(&obstacle.unit.as_str()) {
            units.push(&obstacle.unit);
        }
    }
    units.len()
}
