//! The consolidation desk: files that lie beside each other until they are merged.
//!
//! Files are read, brought together with the ledger and compared with it in slices, so that the
//! page answers meanwhile; whoever stops that has the desk as it was. What lies on the desk lives
//! as long as the page does. Merging it: [`merge`](super::merge); how far all this is:
//! [`work`](super::work).

use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use lean::prelude::*;
use leptos::task::spawn_local;
use tracker::desk::settle::Pick;
use tracker::desk::{Stage, differences};
use tracker::exchange::{Change, ExchangeFile, Oddities, Reader, Reason, Refusal};
use tracker::ledger::{Event, Ledger};

use super::App;
use super::safety::Why;
use super::work::Doing;
use crate::platform::files::{self, ReadError};
use crate::platform::slice::Slices;

/// How many events are taken in between two looks at the clock.
pub(super) const PART: usize = 100;

/// A file on the desk.
pub struct DeskFile {
    /// Its running number on this desk.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// What was found in it.
    pub brought: Brought,
}

/// What was found in a file.
pub enum Brought {
    /// A good file.
    Good {
        /// What it holds.
        file: Box<ExchangeFile>,
        /// Who wrote its updates, as they call themselves, in the order of the file.
        authors: Vec<String>,
        /// The day of its latest update.
        latest: Option<NaiveDate>,
        /// What is odd about its updates.
        odd: Oddities,
    },
    /// A file that is refused whole.
    Refused(Reason),
    /// The browser did not hand over the bytes; its own words.
    Unreadable(String),
}

impl DeskFile {
    /// What it holds; `None` of a file that is refused.
    pub fn content(&self) -> Option<&ExchangeFile> {
        match &self.brought {
            Brought::Good { file, .. } => Some(file),
            _ => None,
        }
    }
}

/// All good files and the ledger together.
pub struct Gathered {
    /// The ledger as it would be.
    pub stage: Stage,
    /// How many events each file brings that neither the ledger nor a file before it has, by the
    /// files' numbers, ascending.
    new: Vec<(usize, usize)>,
    /// What would be shown differently, by subject.
    pub changes: Rc<Vec<Change>>,
}

impl Gathered {
    /// How many events a file brings that nothing before it has.
    pub fn new_of(&self, number: usize) -> usize {
        let at = self.new.binary_search_by_key(&number, |new| new.0);
        at.map_or(0, |at| self.new[at].1)
    }
}

/// What somebody does at the desk.
#[derive(Clone, Debug)]
pub enum Move {
    /// Put files on the desk.
    Add {
        /// The files.
        files: Vec<web_sys::File>,
        /// How many others were chosen with them that are no JSON files.
        left_out: usize,
    },
    /// Take a file away, by its number.
    Remove(usize),
    /// Take all files and choices away.
    Clear,
    /// Choose what is to stand in place of values that differ.
    Pick(Vec<Pick>),
    /// Choose nothing after all, for as much as these are for.
    Unpick(Vec<Pick>),
    /// Choose a value that was typed and is none of its field: whoever typed it is not done.
    Mistype(Pick),
    /// Merge the files and write what was chosen, as one step.
    Merge,
}

/// The desk's signals.
#[derive(Clone, Copy)]
pub struct Desk {
    pub(super) files: RwSignal<Vec<Rc<DeskFile>>>,
    pub(super) gathered: RwSignal<Option<Rc<Gathered>>>,
    pub(super) picks: RwSignal<Rc<Vec<Pick>>>,
    mistyped: RwSignal<Vec<Pick>>,
    left_out: RwSignal<usize>,
    numbers: StoredValue<usize>,
}

impl Desk {
    /// An empty desk.
    pub(super) fn new() -> Desk {
        Desk {
            files: RwSignal::new(Vec::new()),
            gathered: RwSignal::new(None),
            picks: RwSignal::new(Rc::new(Vec::new())),
            mistyped: RwSignal::new(Vec::new()),
            left_out: RwSignal::new(0),
            numbers: StoredValue::new(0),
        }
    }

    /// The files, in the order they came.
    pub fn files(self) -> ReadSignal<Vec<Rc<DeskFile>>> {
        self.files.into()
    }

    /// The good files and the ledger together; `None` without good files.
    pub fn gathered(self) -> ReadSignal<Option<Rc<Gathered>>> {
        self.gathered.into()
    }

    /// What was chosen where values differ.
    pub fn picks(self) -> ReadSignal<Rc<Vec<Pick>>> {
        self.picks.into()
    }

    /// What was typed in place of values that differ and is none of their fields.
    pub fn mistyped(self) -> ReadSignal<Vec<Pick>> {
        self.mistyped.into()
    }

    /// How many files were chosen last that are no JSON files.
    pub fn left_out(self) -> ReadSignal<usize> {
        self.left_out.into()
    }
}

impl App {
    /// The consolidation desk.
    pub fn desk(self) -> Desk {
        self.desk
    }

    /// Reads the ledger as it would be with the files on the desk; without files, as it is. Tracks
    /// both.
    pub fn with_gathered<R>(self, read: impl FnOnce(&Ledger) -> R) -> R {
        match self.desk.gathered.get() {
            Some(gathered) => read(&gathered.stage.merged),
            None => self.ledger.with(read),
        }
    }

    pub(super) fn at_desk(self, what: Move) {
        let desk = self.desk;
        match what {
            Move::Add { files, left_out } => {
                desk.left_out.set(left_out);
                self.put_on_desk(files);
            }
            // What goes on has them in hand.
            Move::Remove(_) | Move::Merge if self.works.doing().is_some() => {}
            Move::Remove(number) => {
                let mut files = desk.files.get_untracked();
                files.retain(|file| file.number != number);
                self.have_on_desk(files);
            }
            Move::Clear => {
                self.stop_work();
                self.clear_desk();
            }
            Move::Pick(new) => {
                self.settle_typing(&new);
                let mut picks = desk.picks.get_untracked().to_vec();
                picks.retain(|old| !new.iter().any(|new| same_place(old, new)));
                picks.extend(new);
                desk.picks.set(Rc::new(picks));
            }
            Move::Mistype(pick) => {
                self.at_desk(Move::Unpick(vec![pick.clone()]));
                desk.mistyped.update(|all| all.push(pick));
            }
            Move::Unpick(gone) => {
                self.settle_typing(&gone);
                let mut picks = desk.picks.get_untracked().to_vec();
                picks.retain(|old| !gone.iter().any(|gone| same_place(old, gone)));
                desk.picks.set(Rc::new(picks));
            }
            Move::Merge => self.guarded(Why::Merge, App::merge_desk),
        }
    }

    /// What is chosen for a value, or not any more, stands in place of what was mistyped.
    fn settle_typing(self, places: &[Pick]) {
        let mistyped = self.desk.mistyped;
        let settled = |old: &Pick| places.iter().any(|new| same_place(old, new));
        if mistyped.with_untracked(|all| all.iter().any(settled)) {
            mistyped.update(|all| all.retain(|old| !settled(old)));
        }
    }

    pub(super) fn clear_desk(self) {
        let desk = self.desk;
        desk.mistyped.set(Vec::new());
        desk.left_out.set(0);
        desk.picks.set(Rc::new(Vec::new()));
        desk.gathered.set(None);
        desk.files.set(Vec::new());
    }

    /// The ledger may have changed: what was brought together with it is brought together anew.
    pub(super) fn keep_desk(self) {
        let desk = self.desk;
        let known = desk
            .gathered
            .with_untracked(|g| g.as_ref().map(|g| g.stage.known));
        let now = self.ledger.with_untracked(Ledger::len);
        if known.is_some_and(|known| known != now) && self.works.doing().is_none() {
            self.have_on_desk(desk.files.get_untracked());
        }
    }

    /// Has files read and put beside those that lie there, after whatever goes on.
    fn put_on_desk(self, chosen: Vec<web_sys::File>) {
        let count = chosen.len();
        self.hidden
            .update_value(|hidden| hidden.queue.extend(chosen));
        match self.works.doing() {
            None if count > 0 => self.read_queue(),
            Some(Doing::Reading) => self.works.more(count),
            _ => {}
        }
    }

    /// Reads the files that wait, also those that come meanwhile, and puts them beside those that
    /// lie there.
    pub(super) fn read_queue(self) {
        let (desk, works) = (self.desk, self.works);
        let waiting = move || self.hidden.with_value(|hidden| hidden.queue.len());
        let next = move || {
            self.hidden.update_value(|hidden| {
                let any = !hidden.queue.is_empty();
                any.then(|| hidden.queue.remove(0))
            })
        };
        let job = works.begin(Doing::Reading, waiting());
        spawn_local(async move {
            let mut slices = Slices::begin();
            let mut all = desk.files.get_untracked();
            let gathered = loop {
                let mut done = 0;
                loop {
                    // What waits is for whoever reads now.
                    if !works.counts(job) {
                        return;
                    }
                    let Some(file) = next() else { break };
                    let name = told_apart(file.name(), &all);
                    let bytes = files::read_file(file).await;
                    let brought = match bytes {
                        Ok(bytes) => self.look_in(&name, bytes, job, &mut slices).await,
                        Err(error) => Some(refused_at_once(error)),
                    };
                    let Some(brought) = brought.filter(|_| works.counts(job)) else {
                        return;
                    };
                    let number = desk.numbers.get_value();
                    desk.numbers.set_value(number + 1);
                    all.push(Rc::new(DeskFile {
                        number,
                        name,
                        brought,
                    }));
                    done += 1;
                    works.did(done, done + waiting());
                    slices.make_way().await;
                }
                let Some(gathered) = self.gather(&all, job, &mut slices).await else {
                    return;
                };
                if waiting() == 0 {
                    break gathered;
                }
                works.turn_to(Doing::Reading, waiting());
            };
            self.lay_out(all, gathered);
        });
    }

    /// Has these files on the desk and no others.
    fn have_on_desk(self, all: Vec<Rc<DeskFile>>) {
        let job = self.works.begin(Doing::Comparing, all.len());
        spawn_local(async move {
            if let Some(gathered) = self.gather(&all, job, &mut Slices::begin()).await {
                self.lay_out(all, gathered);
            }
        });
    }

    /// Shows these files and what they are together.
    fn lay_out(self, all: Vec<Rc<DeskFile>>, gathered: Gathered) {
        let desk = self.desk;
        let any = all.iter().any(|file| file.content().is_some());
        desk.gathered.set(any.then(|| Rc::new(gathered)));
        desk.files.set(all);
        self.end_work();
    }

    /// Reads a file in slices; `None` once that was given up.
    async fn look_in(
        self,
        name: &str,
        bytes: Vec<u8>,
        job: usize,
        slices: &mut Slices,
    ) -> Option<Brought> {
        let mut reader = Reader::new(name, bytes, &self.plan.manifest().id);
        loop {
            slices.make_way().await;
            if !self.works.counts(job) {
                return None;
            }
            match reader.step(PART) {
                None => {}
                Some(Err(Refusal { reason, .. })) => return Some(Brought::Refused(reason)),
                Some(Ok(file)) => {
                    let authors = authors(&file.events);
                    let days = file.events.iter().map(|event| event.time().day());
                    let (latest, odd) = (days.max(), self.odd_in(&file.events, slices).await);
                    return Some(Brought::Good {
                        latest,
                        odd,
                        file: Box::new(file),
                        authors,
                    });
                }
            }
        }
    }

    /// Brings files and ledger together in slices; `None` once that was given up.
    pub(super) async fn gather(
        self,
        all: &[Rc<DeskFile>],
        job: usize,
        slices: &mut Slices,
    ) -> Option<Gathered> {
        let works = self.works;
        if !works.counts(job) {
            return None;
        }
        works.turn_to(Doing::Comparing, all.len());
        let events: Vec<&[Arc<Event>]> = all
            .iter()
            .map(|file| file.content().map_or(&[][..], |file| &file.events))
            .collect();
        loop {
            let goes_on = |done| {
                let goes_on = works.counts(job);
                if goes_on {
                    works.did(done, all.len());
                }
                goes_on
            };
            let (stage, counts) = self.stage_of(&events, slices, &goes_on).await?;
            let new = all.iter().map(|file| file.number).zip(counts).collect();
            let mut changes = Vec::new();
            let subjects: Vec<String> = stage.merged.subjects().map(str::to_owned).collect();
            for subject in subjects {
                let found = self
                    .ledger
                    .with_untracked(|ledger| differences(ledger, &stage.merged, &subject));
                changes.extend(found);
                slices.make_way().await;
                if !works.counts(job) {
                    return None;
                }
            }
            // Another tab may have recorded something meanwhile.
            if self.ledger.with_untracked(Ledger::len) == stage.known {
                return Some(Gathered {
                    stage,
                    new,
                    changes: Rc::new(changes),
                });
            }
        }
    }

    /// The ledger and the events of files together, made in slices, and how many each file brings
    /// that nothing before it has. `None` once `goes_on`, asked with how many files are done, says no.
    pub(super) async fn stage_of(
        self,
        files: &[&[Arc<Event>]],
        slices: &mut Slices,
        goes_on: &dyn Fn(usize) -> bool,
    ) -> Option<(Stage, Vec<usize>)> {
        let mut stage = Stage::default();
        loop {
            let known = stage.known;
            let part: Vec<Arc<Event>> = self.ledger.with_untracked(|ledger| {
                let since = ledger.since(known).iter();
                since.take(PART).map(Arc::clone).collect()
            });
            if part.is_empty() {
                break;
            }
            stage.know(&part);
            slices.make_way().await;
            if !goes_on(0) {
                return None;
            }
        }
        let mut new = Vec::with_capacity(files.len());
        for (done, events) in files.iter().enumerate() {
            let mut count = 0;
            for part in events.chunks(PART) {
                count += stage.add(part);
                slices.make_way().await;
                if !goes_on(done) {
                    return None;
                }
            }
            new.push(count);
        }
        Some((stage, new))
    }
}

/// The name of a file that comes to these: numbered where one of them is called so already, as files of
/// several folders may be.
fn told_apart(name: String, all: &[Rc<DeskFile>]) -> String {
    let is_free = |name: &String| all.iter().all(|file| file.name != *name);
    let stem = name.strip_suffix(".json").unwrap_or(&name);
    let end = &name[stem.len()..];
    let numbered = (2..).map(|number: usize| format!("{stem} ({number}){end}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// Whether two choices are for the same value.
fn same_place(a: &Pick, b: &Pick) -> bool {
    (&a.unit, &a.subject, a.field) == (&b.unit, &b.subject, b.field)
}

/// What a file that was not even begun is.
fn refused_at_once(error: ReadError) -> Brought {
    match error {
        ReadError::TooLarge { bytes, limit } => {
            let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            Brought::Refused(Reason::TooLarge {
                bytes: size(bytes),
                limit: size(limit),
            })
        }
        ReadError::Unreadable(detail) => Brought::Unreadable(detail),
    }
}

/// Who wrote the events, each once, in their order; unnamed ones left out.
fn authors(events: &[Arc<Event>]) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    for event in events {
        let author = event.author();
        if !author.is_empty() && authors.iter().all(|known| known != author) {
            authors.push(author.to_owned());
        }
    }
    authors
}
