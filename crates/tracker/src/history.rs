//! History: how an agency came to be what it is, and what became of it.
//!
//! The plan says of each agency who took over from it ([`Succession`](crate::plan::Succession)).
//! Here that is told from either side, as one list of [`Turn`]s: formed by a merger, merged into
//! another, gave a function away, received one, took another name.

use chrono::NaiveDate;

use crate::plan::{Agency, Plan, Text};
use crate::sorting::positions;

/// What happened to an agency.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<'a> {
    /// It began, in the place of these.
    Formed(Vec<&'a Agency>),
    /// Together with the others, if any, it became an agency that began with that.
    Merged(Vec<&'a Agency>, &'a Agency),
    /// It gave a function, or all of them, to another agency.
    Gave(&'a Agency, &'a Text),
    /// It received a function, or all of them, from another agency.
    Received(&'a Agency, &'a Text),
    /// It took another name.
    Renamed(&'a Text),
}

/// A change and the first day that it held.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn<'a> {
    /// The first day.
    pub on: NaiveDate,
    /// What changed.
    pub change: Change<'a>,
}

impl Plan {
    /// Everything that happened to `agency`, oldest first.
    pub fn history<'a>(&'a self, agency: &'a Agency) -> Vec<Turn<'a>> {
        let mut turns: Vec<Turn<'a>> = Vec::new();
        let founders = self.founders(agency);
        if let (Some(on), false) = (agency.valid_from, founders.is_empty()) {
            let change = Change::Formed(founders);
            turns.push(Turn { on, change });
        }
        for renamed in &agency.renamed {
            let change = Change::Renamed(&renamed.name);
            turns.push(Turn {
                on: renamed.from,
                change,
            });
        }
        for giver in self.agencies() {
            for s in giver.successors.iter().filter(|s| s.agency == agency.id) {
                if !is_founding(s.whole, s.from, agency) {
                    let change = Change::Received(giver, &s.function);
                    turns.push(Turn { on: s.from, change });
                }
            }
        }
        for s in &agency.successors {
            let Some(to) = self.agency(&s.agency) else {
                continue;
            };
            let change = if is_founding(s.whole, s.from, to) {
                let mut with = self.founders(to);
                with.retain(|founder| founder.id != agency.id);
                Change::Merged(with, to)
            } else {
                Change::Gave(to, &s.function)
            };
            turns.push(Turn { on: s.from, change });
        }
        let order = positions(turns.len(), &mut |a, b| turns[a].on.cmp(&turns[b].on));
        order.into_iter().map(|at| turns[at].clone()).collect()
    }

    /// The agencies that `agency` began in the place of, in the order of the plan.
    fn founders(&self, agency: &Agency) -> Vec<&Agency> {
        let founds = |giver: &&Agency| {
            let mut given = giver.successors.iter();
            given.any(|s| s.agency == agency.id && is_founding(s.whole, s.from, agency))
        };
        self.agencies().iter().filter(founds).collect()
    }
}

/// Whether everything of an agency went over on the very day that its successor began.
fn is_founding(whole: bool, from: NaiveDate, to: &Agency) -> bool {
    whole && to.valid_from == Some(from)
}
