//! The consolidation desk: files that lie beside each other until they are merged.
//!
//! Files are read, brought together with the ledger and compared with it in slices, so that the
//! page answers meanwhile; whoever stops that has the desk as it was. What lies on the desk lives
//! as long as the page does. Merging begins with a snapshot ([`App::guarded`]) and ends in
//! [`App::take_over`].

use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use lean::prelude::*;
use leptos::task::spawn_local;
use tracker::desk::settle::{Pick, entries};
use tracker::desk::{Stage, differences};
use tracker::exchange::{Change, ExchangeFile, Reader, Reason, Refusal};
use tracker::ledger::{Event, Ledger, Merging, Way};
use tracker::views;

use super::safety::Why;
use super::transfer::views_in;
use super::{App, Weight};
use crate::platform::files::{self, ReadError};
use crate::platform::pause;
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

/// Work that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// How many files are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// Whether they are read already and are now compared with the ledger.
    pub comparing: bool,
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
    /// Give up what is being done.
    Stop,
    /// Take a file away, by its number.
    Remove(usize),
    /// Take all files and choices away.
    Clear,
    /// Choose what is to stand in place of values that differ.
    Pick(Vec<Pick>),
    /// Choose nothing after all, for as much as these are for.
    Unpick(Vec<Pick>),
    /// Merge the files and write what was chosen, as one step.
    Merge,
}

/// The desk's signals.
#[derive(Clone, Copy)]
pub struct Desk {
    files: RwSignal<Vec<Rc<DeskFile>>>,
    gathered: RwSignal<Option<Rc<Gathered>>>,
    picks: RwSignal<Rc<Vec<Pick>>>,
    work: RwSignal<Option<Work>>,
    left_out: RwSignal<usize>,
    /// The running number of the work that counts; what began before gives up.
    job: StoredValue<usize>,
    numbers: StoredValue<usize>,
}

impl Desk {
    /// An empty desk.
    pub(super) fn new() -> Desk {
        Desk {
            files: RwSignal::new(Vec::new()),
            gathered: RwSignal::new(None),
            picks: RwSignal::new(Rc::new(Vec::new())),
            work: RwSignal::new(None),
            left_out: RwSignal::new(0),
            job: StoredValue::new(0),
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

    /// What is being done.
    pub fn work(self) -> ReadSignal<Option<Work>> {
        self.work.into()
    }

    /// How many files were chosen last that are no JSON files.
    pub fn left_out(self) -> ReadSignal<usize> {
        self.left_out.into()
    }

    /// Whether this is the work that counts.
    fn counts(self, job: usize) -> bool {
        self.job.get_value() == job
    }

    /// Other work begins; what goes on gives up.
    fn begin(self, total: usize, comparing: bool) -> usize {
        let job = self.job.get_value() + 1;
        self.job.set_value(job);
        self.work.set(Some(Work {
            done: 0,
            total,
            comparing,
        }));
        job
    }

    fn end(self) {
        self.job.update_value(|job| *job += 1);
        self.work.set(None);
    }

    fn did(self, done: usize) {
        let before = self.work.get_untracked();
        if let Some(work) = before.filter(|work| work.done != done) {
            self.work.set(Some(Work { done, ..work }));
        }
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
                if !files.is_empty() {
                    self.put_on_desk(files);
                }
            }
            Move::Stop => desk.end(),
            Move::Remove(number) => {
                let mut files = desk.files.get_untracked();
                files.retain(|file| file.number != number);
                self.have_on_desk(files);
            }
            Move::Clear => self.clear_desk(),
            Move::Pick(new) => {
                let mut picks = desk.picks.get_untracked().to_vec();
                picks.retain(|old| !new.iter().any(|new| same_place(old, new)));
                picks.extend(new);
                desk.picks.set(Rc::new(picks));
            }
            Move::Unpick(gone) => {
                let mut picks = desk.picks.get_untracked().to_vec();
                picks.retain(|old| !gone.iter().any(|gone| same_place(old, gone)));
                desk.picks.set(Rc::new(picks));
            }
            Move::Merge => self.guarded(Why::Merge, App::merge_desk),
        }
    }

    fn clear_desk(self) {
        let desk = self.desk;
        desk.end();
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
        if known.is_some_and(|known| known != now) && desk.work.get_untracked().is_none() {
            self.have_on_desk(desk.files.get_untracked());
        }
    }

    /// Reads files and puts them beside those that lie there.
    fn put_on_desk(self, chosen: Vec<web_sys::File>) {
        let desk = self.desk;
        let job = desk.begin(chosen.len(), false);
        spawn_local(async move {
            let mut slices = Slices::begin();
            let mut all = desk.files.get_untracked();
            for (at, file) in chosen.into_iter().enumerate() {
                let name = file.name();
                let bytes = files::read_file(file).await;
                let brought = match bytes {
                    Ok(bytes) => self.look_in(&name, bytes, job, &mut slices).await,
                    Err(error) => Some(refused_at_once(error)),
                };
                let Some(brought) = brought.filter(|_| desk.counts(job)) else {
                    return;
                };
                let number = desk.numbers.get_value();
                desk.numbers.set_value(number + 1);
                all.push(Rc::new(DeskFile {
                    number,
                    name,
                    brought,
                }));
                desk.did(at + 1);
                slices.make_way().await;
            }
            self.lay_out(all, job, slices).await;
        });
    }

    /// Has these files on the desk and no others.
    fn have_on_desk(self, all: Vec<Rc<DeskFile>>) {
        let job = self.desk.begin(all.len(), true);
        spawn_local(self.lay_out(all, job, Slices::begin()));
    }

    /// Brings these files together and shows them.
    async fn lay_out(self, all: Vec<Rc<DeskFile>>, job: usize, mut slices: Slices) {
        let desk = self.desk;
        let Some(gathered) = self.gather(&all, job, &mut slices).await else {
            return;
        };
        desk.end();
        let any = all.iter().any(|file| file.content().is_some());
        desk.gathered.set(any.then(|| Rc::new(gathered)));
        desk.files.set(all);
    }

    /// Reads a file in slices; `None` once that was given up.
    async fn look_in(
        self,
        name: &str,
        bytes: Vec<u8>,
        job: usize,
        slices: &mut Slices,
    ) -> Option<Brought> {
        let mut reader = Reader::new(name, &bytes, &self.plan.manifest().id);
        drop(bytes);
        loop {
            slices.make_way().await;
            if !self.desk.counts(job) {
                return None;
            }
            match reader.step(PART) {
                None => {}
                Some(Err(Refusal { reason, .. })) => return Some(Brought::Refused(reason)),
                Some(Ok(file)) => {
                    let authors = authors(&file.events);
                    let days = file.events.iter().map(|event| event.time().day());
                    return Some(Brought::Good {
                        latest: days.max(),
                        file: Box::new(file),
                        authors,
                    });
                }
            }
        }
    }

    /// Brings files and ledger together in slices; `None` once that was given up.
    async fn gather(
        self,
        all: &[Rc<DeskFile>],
        job: usize,
        slices: &mut Slices,
    ) -> Option<Gathered> {
        let desk = self.desk;
        desk.work.set(Some(Work {
            done: 0,
            total: all.len(),
            comparing: true,
        }));
        let events: Vec<&[Arc<Event>]> = all
            .iter()
            .map(|file| file.content().map_or(&[][..], |file| &file.events))
            .collect();
        loop {
            let goes_on = |done| {
                desk.did(done);
                desk.counts(job)
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
                if !desk.counts(job) {
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

    fn merge_desk(self) {
        let desk = self.desk;
        let files = desk.files.get_untracked();
        let job = desk.begin(files.len(), true);
        spawn_local(async move {
            let now = self.ledger.with_untracked(Ledger::len);
            let fits = |gathered: &Rc<Gathered>| gathered.stage.known == now;
            let gathered = match desk.gathered.get_untracked().filter(fits) {
                Some(gathered) => Some(gathered),
                None => {
                    let gathered = self.gather(&files, job, &mut Slices::begin()).await;
                    gathered.map(Rc::new)
                }
            };
            let Some(gathered) = gathered else {
                return;
            };
            let picks = desk.picks.get_untracked();
            self.clear_desk();
            // Nobody looks at it any more, so that mostly nothing is copied.
            let stage = match Rc::try_unwrap(gathered) {
                Ok(gathered) => gathered.stage,
                Err(shared) => shared.stage.clone(),
            };
            let contents: Vec<&ExchangeFile> = files.iter().filter_map(|f| f.content()).collect();
            let mut slices = Slices::begin();
            pause().await;
            self.merge_stage(stage, &contents, &picks, &mut slices)
                .await;
            // To let go of that much takes a while too.
            for file in files {
                drop(file);
                slices.make_way().await;
            }
        });
    }

    /// Merges what was brought together with the ledger as it is now, and writes what was chosen,
    /// as one step, in slices; says how that went.
    pub(super) async fn merge_stage(
        self,
        stage: Stage,
        files: &[&ExchangeFile],
        picks: &[Pick],
        slices: &mut Slices,
    ) {
        let mut saved = self.settings.with_untracked(|s| s.views.clone());
        let mut added = 0;
        for file in files {
            added += views::merge(&mut saved, &views_in(file));
        }
        if added > 0 {
            self.change_settings(|s| s.views = saved);
        }
        let Stage {
            mut merged, fresh, ..
        } = stage;
        let count = fresh.len();
        let author = self.settings.with_untracked(|s| s.author.clone());
        let mut events = fresh;
        let chosen = self.compose_in(&merged, entries(&merged, picks, &author));
        let settled = chosen.len();
        merged.union(chosen.iter().map(Arc::clone));
        events.extend(chosen);
        let mut merging = Merging::default();
        let subjects: Vec<String> = merged.subjects().map(str::to_owned).collect();
        for subject in subjects {
            self.ledger
                .with_untracked(|ledger| merging.look(ledger, &merged, &subject));
            slices.make_way().await;
        }
        self.steps.update(|steps| steps.push_merging(merging));
        slices.make_way().await;
        let step = match events.is_empty() {
            true => Vec::new(),
            false => self.steps.with_untracked(|steps| steps.next(Way::Back)),
        };
        self.take_over(merged, events, move |app, failed| {
            let tr = app.tr_now();
            if failed > 0 {
                return app.say_unsaved(failed, step);
            }
            let mut said = Vec::new();
            if count > 0 {
                said.push(tr.notice_merged(count));
            }
            if settled > 0 {
                said.push(tr.desk_settled(settled));
            }
            if added > 0 {
                said.push(tr.views_merged(added));
            }
            if said.is_empty() {
                said.push(tr.notice_merged_nothing().to_owned());
            }
            app.say(Weight::Done, said.join(" "), step);
        });
    }
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
