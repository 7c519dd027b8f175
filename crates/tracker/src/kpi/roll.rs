//! Who has what in hand, day after day.
//!
//! [`Plan::holdings`] changes only on days on which agencies began, ended or handed something
//! over. A [`Roll`] has found them once for each stretch between two such days.

use chrono::NaiveDate;

use super::track::turns;
use crate::holdings::Holding;
use crate::plan::Plan;

/// What every agency has in hand on each of some days.
#[derive(Clone, Debug)]
pub struct Roll {
    turns: Vec<NaiveDate>,
    /// By how many turns lie behind the day, ascending.
    stretches: Vec<(usize, Vec<Holding>)>,
}

impl Roll {
    /// What is in hand on these days, in any order.
    pub fn new(plan: &Plan, days: &[NaiveDate]) -> Roll {
        let mut roll = Roll {
            turns: turns(plan),
            stretches: Vec::new(),
        };
        for day in days {
            let stretch = roll.stretch(*day);
            if let Err(at) = roll.place(stretch) {
                roll.stretches.insert(at, (stretch, plan.holdings(*day)));
            }
        }
        roll
    }

    /// What is in hand on `day`, by agency and then by task; nothing on a day that lies in no
    /// stretch with any of those it was made for.
    pub fn on(&self, day: NaiveDate) -> &[Holding] {
        match self.place(self.stretch(day)) {
            Ok(at) => &self.stretches[at].1,
            Err(_) => &[],
        }
    }

    /// The days, ascending, in runs of those on which everybody has the same in hand.
    pub(super) fn stretches<'a>(
        &'a self,
        days: &'a [NaiveDate],
    ) -> impl Iterator<Item = &'a [NaiveDate]> {
        days.chunk_by(|a, b| self.stretch(*a) == self.stretch(*b))
    }

    fn stretch(&self, day: NaiveDate) -> usize {
        self.turns.partition_point(|turn| *turn <= day)
    }

    fn place(&self, stretch: usize) -> Result<usize, usize> {
        self.stretches.binary_search_by_key(&stretch, |(s, _)| *s)
    }
}
