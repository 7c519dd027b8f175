//! Long work with files: what is being done, how far it is, and giving it up. One such work at a
//! time in the whole page, which the desk and the data page both show
//! ([`Working`](crate::components::working::Working)).

use std::mem::take;

use lean::prelude::*;

use super::{App, Weight};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading files; counted in files.
    Reading,
    /// Comparing files with the ledger; counted in files.
    Comparing,
    /// Opening a plan; counted in percent.
    Opening,
    /// Taking a snapshot of the ledger; not counted.
    Guarding,
    /// Making one ledger of the files and ours; not counted.
    Merging,
    /// Storing what was merged; counted in events.
    Keeping,
}

impl Doing {
    /// Whether nothing has happened yet that giving up would leave half done.
    pub fn stops(self) -> bool {
        match self {
            Doing::Reading | Doing::Comparing | Doing::Opening | Doing::Guarding => true,
            Doing::Merging | Doing::Keeping => false,
        }
    }
}

/// Work that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// What is being done.
    pub doing: Doing,
    /// How many are done.
    pub done: usize,
    /// Of how many; 0 where it is not counted.
    pub total: usize,
}

/// The place for the one work that goes on.
#[derive(Clone, Copy)]
pub struct Works {
    now: RwSignal<Option<Work>>,
    /// The running number of the work that counts; what began before gives up.
    job: StoredValue<usize>,
}

impl Works {
    pub(super) fn new() -> Works {
        Works {
            now: RwSignal::new(None),
            job: StoredValue::new(0),
        }
    }

    /// What is being done. Tracks it.
    pub fn now(self) -> Option<Work> {
        self.now.get()
    }

    /// What is being done, for what happens once.
    pub(super) fn doing(self) -> Option<Doing> {
        self.now.get_untracked().map(|work| work.doing)
    }

    /// Whether this is the work that counts.
    pub(super) fn counts(self, job: usize) -> bool {
        self.job.get_value() == job
    }

    /// Work begins; what goes on gives up.
    pub(super) fn begin(self, doing: Doing, total: usize) -> usize {
        let job = self.job.get_value() + 1;
        self.job.set_value(job);
        self.turn_to(doing, total);
        job
    }

    /// The same work goes on with something else.
    pub(super) fn turn_to(self, doing: Doing, total: usize) {
        let done = 0;
        self.now.set(Some(Work { doing, done, total }));
    }

    /// So many are done, of so many.
    pub(super) fn did(self, done: usize, total: usize) {
        let before = self.now.get_untracked();
        let now = before.map(|work| Work {
            done,
            total,
            ..work
        });
        if now != before {
            self.now.set(now);
        }
    }

    /// So many events of these are stored. What somebody records meanwhile is stored too, and not
    /// counted here.
    pub(super) fn kept(self, done: usize, total: usize) {
        let merged = |work: &Work| (work.doing, work.total) == (Doing::Keeping, total);
        if self.now.get_untracked().as_ref().is_some_and(merged) {
            self.did(done, total);
        }
    }

    /// So many more have come.
    pub(super) fn more(self, count: usize) {
        if let Some(Work { done, total, .. }) = self.now.get_untracked() {
            self.did(done, total + count);
        }
    }

    /// Nothing is being done any more.
    pub(super) fn end(self) {
        self.job.update_value(|job| *job += 1);
        self.now.set(None);
    }
}

impl App {
    /// The long work that goes on.
    pub fn works(self) -> Works {
        self.works
    }

    /// Whether long work goes on, so that no other can begin; says so.
    pub(super) fn busy(self) -> bool {
        let busy = self.works.doing().is_some();
        if busy {
            let text = self.tr_now().work_goes_on().to_owned();
            self.say(Weight::Alarm, text, Vec::new());
        }
        busy
    }

    /// The work has come to its end.
    pub(super) fn end_work(self) {
        self.works.end();
        self.go_on();
    }

    /// When nothing goes on: files that were put on the desk meanwhile are next.
    pub(super) fn go_on(self) {
        if self.works.doing().is_some() {
            return;
        }
        match self.hidden.with_value(|hidden| hidden.queue.is_empty()) {
            false => self.read_queue(),
            // Something may have been recorded meanwhile.
            true => self.keep_desk(),
        }
    }

    /// Gives up what is being done, where that leaves nothing half done; also the files that wait.
    pub(super) fn stop_work(self) {
        if self.works.doing().is_some_and(Doing::stops) {
            self.hidden.update_value(|hidden| take(&mut hidden.queue));
            if self.works.doing() == Some(Doing::Opening) {
                self.plan_file.set(None);
            }
            self.end_work();
        }
    }
}
