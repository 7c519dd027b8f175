//! Another plan in place of the bundled one, for as long as the page lives.
//!
//! What people recorded does not depend on the plan: it stays in the ledger, and a task of
//! either plan finds its own.

use std::rc::Rc;

use leptos::task::spawn_local;
use tracker::plan::{MAX_BUNDLE_BYTES, PackError, Plan};

use super::{App, Weight};
use crate::platform::files::{self, ReadError};
use crate::platform::page;

/// A file that was chosen as a plan and is not open.
#[derive(Debug)]
pub struct PlanFile {
    /// Its name.
    pub name: String,
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

    pub(super) fn open_plan(self, file: web_sys::File) {
        let name = file.name();
        let say = move |name: String, state| {
            self.plan_file.set(Some(Rc::new(PlanFile { name, state })));
        };
        say(name.clone(), PlanState::Reading);
        spawn_local(async move {
            let read = match files::read_file_up_to(file, MAX_BUNDLE_BYTES).await {
                Ok(bytes) => match String::from_utf8(bytes) {
                    Ok(text) => Plan::load_bundle(&text).map_err(PlanState::Faulty),
                    Err(_) => Err(PlanState::NotText),
                },
                Err(error) => Err(PlanState::Unread(error)),
            };
            match read {
                // It lives as long as the page, as the bundled one does.
                Ok(plan) => self.turn_to(Box::leak(Box::new(plan))),
                Err(state) => say(name, state),
            }
        });
    }

    /// Shows another plan. The whole page is drawn anew, with the focus on its heading.
    pub(super) fn turn_to(self, plan: &'static Plan) {
        self.plan_file.set(None);
        // What they would change was said of the other plan.
        self.incoming.set(Vec::new());
        self.open.set(plan);
        let title = plan.manifest().title.get(self.lang.get_untracked());
        let text = self.tr_now().plan_opened(title, plan.tasks().len());
        self.say(Weight::Done, text, Vec::new());
        page::focus_soon("page-title");
    }
}
