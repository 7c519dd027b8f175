//! Another plan in place of the bundled one, until somebody returns to that: it is kept in this
//! browser and opened again at each visit.
//!
//! What people recorded does not depend on the plan: it stays in the ledger, and a task of
//! either plan finds its own.

use std::rc::Rc;

use leptos::task::spawn_local;
use tracker::plan::{MAX_BUNDLE_BYTES, Opening, PackError, Plan};

use super::safety::why_words;
use super::work::Doing;
use super::{App, Weight};
use crate::platform::files::{self, ReadError};
use crate::platform::slice::Slices;
use crate::platform::{KeyValue, StoreError, page, pause, shelf};

/// A file that was chosen as a plan, or is kept as one, and is not open.
#[derive(Debug)]
pub struct PlanFile {
    /// Its name.
    pub name: String,
    /// Whether it is kept in this browser, and would be opened at the next visit.
    pub kept: bool,
    /// What hinders it.
    pub state: PlanState,
}

/// How far the opening of a plan is.
#[derive(Debug)]
pub enum PlanState {
    /// It is being read.
    Reading,
    /// The browser did not hand over the bytes.
    Unread(ReadError),
    /// The browser did not hand over what it keeps.
    Lost(StoreError),
    /// Its last openings did not come to an end.
    Unfinished,
    /// It is not a text in UTF-8.
    NotText,
    /// It is no plan; every fault.
    Faulty(Vec<PackError>),
}

impl App {
    /// The plan to show. Tracks it; everything else of an [`App`] is of one plan.
    pub fn open_plan_signal(self) -> &'static Plan {
        self.open.get()
    }

    /// Whether another plan than the bundled one is open.
    pub fn has_opened_plan(self) -> bool {
        !std::ptr::eq(self.plan, self.bundled)
    }

    /// The file that was chosen as a plan, until it is open. Tracks it.
    pub fn plan_file(self) -> Option<Rc<PlanFile>> {
        self.plan_file.get()
    }

    fn kept_store(self) -> Rc<dyn KeyValue> {
        self.platform.with_value(|p| Rc::clone(&p.store))
    }

    /// Opens a plan from a file, and keeps it.
    pub(super) fn open_plan(self, file: web_sys::File) {
        if self.busy() {
            return;
        }
        let name = file.name();
        let job = self.begin_plan(&name, false);
        spawn_local(async move {
            let Some(plan) = self.take_plan(job, &name, false, Ok(file.clone())).await else {
                return;
            };
            self.turn_to(plan);
            page::focus_soon("page-title");
            self.end_work();
            let kept = shelf::keep(&*self.kept_store(), &file).await;
            if !std::ptr::eq(self.open.get_untracked(), plan) {
                // Somebody went back meanwhile, or on to another, which is kept after this one.
                if std::ptr::eq(self.open.get_untracked(), self.bundled) {
                    self.forget_plan().await;
                }
                return;
            }
            match kept {
                Ok(()) => self.welcome_plan(plan),
                Err(error) => {
                    let why = why_words(self.tr_now(), &error);
                    let title = plan.manifest().title.get(self.lang.get_untracked());
                    let text = self.tr_now().plan_not_kept(title, why);
                    self.say(Weight::Alarm, text, Vec::new());
                }
            }
        });
    }

    /// Opens the plan that is kept, at a visit or because somebody asked for it.
    pub(super) fn open_kept_plan(self, asked: bool) {
        let store = self.kept_store();
        let Some(name) = shelf::name(&*store) else {
            return self.awaits_plan.set(false);
        };
        if asked && self.busy() {
            return;
        }
        if !asked && shelf::begin_trial(&*store) != Ok(true) {
            self.awaits_plan.set(false);
            return self.refuse_plan(&name, true, PlanState::Unfinished);
        }
        let job = self.begin_plan(&name, true);
        spawn_local(async move {
            let read = match shelf::file().await {
                Ok(Some(file)) => Ok(file),
                Ok(None) => Err(PlanState::Lost(StoreError::NotKept)),
                Err(error) => Err(PlanState::Lost(error)),
            };
            let opened = self.take_plan(job, &name, true, read).await;
            if let Some(plan) = opened {
                self.turn_to(plan);
                if asked {
                    page::focus_soon("page-title");
                    self.welcome_plan(plan);
                }
                self.end_work();
            }
            self.awaits_plan.set(false);
            // The page is drawn by then, with all that is in the plan.
            pause().await;
            shelf::end_trial(&*store);
        });
    }

    /// Begins the one long work that goes on.
    fn begin_plan(self, name: &str, kept: bool) -> usize {
        let name = name.to_owned();
        let state = PlanState::Reading;
        self.plan_file
            .set(Some(Rc::new(PlanFile { name, kept, state })));
        self.works.begin(Doing::Opening, 100)
    }

    /// Reads a plan in slices; nothing where it is refused, or was given up.
    async fn take_plan(
        self,
        job: usize,
        name: &str,
        kept: bool,
        file: Result<web_sys::File, PlanState>,
    ) -> Option<&'static Plan> {
        let read = match file {
            Ok(file) => self.read_plan(job, file).await,
            Err(state) => Err(state),
        };
        if !self.works.counts(job) {
            return None;
        }
        match read {
            // It lives as long as the page, as the bundled one does.
            Ok(plan) => Some(Box::leak(Box::new(plan))),
            Err(state) => {
                self.refuse_plan(name, kept, state);
                self.end_work();
                None
            }
        }
    }

    async fn read_plan(self, job: usize, file: web_sys::File) -> Result<Plan, PlanState> {
        let bytes = files::read_file_up_to(file, MAX_BUNDLE_BYTES).await;
        let bytes = bytes.map_err(PlanState::Unread)?;
        let text = String::from_utf8(bytes).map_err(|_| PlanState::NotText)?;
        let (mut opening, mut slices) = (Opening::default(), Slices::begin());
        loop {
            if let Some(outcome) = opening.step(&text) {
                return outcome.map_err(PlanState::Faulty);
            }
            slices.make_way().await;
            if !self.works.counts(job) {
                // Nobody asks any more.
                return Err(PlanState::Unfinished);
            }
            self.works.did(opening.percent(&text), 100);
        }
    }

    /// A plan cannot be opened. One that is kept was not asked for just now, so it is said aloud.
    fn refuse_plan(self, name: &str, kept: bool, state: PlanState) {
        if kept {
            let text = self.tr_now().plan_kept_refused(name);
            self.say(Weight::Alarm, text, Vec::new());
        }
        let name = name.to_owned();
        self.plan_file
            .set(Some(Rc::new(PlanFile { name, kept, state })));
    }

    /// Returns to the bundled plan and lets go of the one that is kept.
    pub(super) fn close_opened_plan(self) {
        if self.busy() {
            return;
        }
        self.turn_to(self.bundled);
        page::focus_soon("page-title");
        self.welcome_plan(self.bundled);
        spawn_local(self.forget_plan());
    }

    async fn forget_plan(self) {
        if let Err(error) = shelf::forget(&*self.kept_store()).await {
            let tr = self.tr_now();
            let text = tr.plan_not_forgotten(why_words(tr, &error));
            self.say(Weight::Alarm, text, Vec::new());
        }
    }

    /// Shows another plan. The whole page is drawn anew.
    fn turn_to(self, plan: &'static Plan) {
        self.plan_file.set(None);
        // What files would change was said of the other plan, for which they were checked.
        self.incoming.set(Vec::new());
        self.clear_desk();
        self.hidden.update_value(|hidden| hidden.queue.clear());
        self.open.set(plan);
    }

    /// Says which plan is open now.
    fn welcome_plan(self, plan: &'static Plan) {
        let title = plan.manifest().title.get(self.lang.get_untracked());
        let text = self.tr_now().plan_opened(title, plan.tasks().len());
        self.say(Weight::Done, text, Vec::new());
    }
}
