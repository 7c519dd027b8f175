//! Looking for copied browser profiles, a few events at a time.

use std::collections::BTreeMap;

use super::Ledger;

/// How many running numbers of replicas stand for several events, as far as a ledger was looked
/// through. What [`Ledger::forks`] finds at once, without which ones.
#[derive(Clone, Debug, Default)]
pub struct ForkWatch {
    /// How many events were looked at.
    events: usize,
    /// Of each replica its numbers, and whether they stand for several events.
    numbers: BTreeMap<String, BTreeMap<u64, bool>>,
    /// How many do.
    count: usize,
}

impl ForkWatch {
    /// How many running numbers stand for several of the events that were looked at.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Looks at up to so many more events; true when there are no more. The ledger has to be the
    /// same each time, or one that grew from it.
    pub fn look(&mut self, ledger: &Ledger, events: usize) -> bool {
        let more = ledger.since(self.events);
        for event in more.iter().take(events) {
            if !self.numbers.contains_key(event.replica()) {
                let replica = event.replica().to_owned();
                self.numbers.insert(replica, BTreeMap::new());
            }
            let Some(numbers) = self.numbers.get_mut(event.replica()) else {
                continue;
            };
            match numbers.get_mut(&event.seq()) {
                None => _ = numbers.insert(event.seq(), false),
                Some(several) => {
                    self.count += usize::from(!*several);
                    *several = true;
                }
            }
            self.events += 1;
        }
        self.events >= ledger.len()
    }
}
