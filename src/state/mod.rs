//! The state of the page: signals, what is derived from them, and the one way to change it.
//!
//! Data flows one way: an event enters the ledger, memos fold it, views read the
//! memos. A view never writes a signal of this room; it calls
//! [`App::dispatch`] with a [`Command`].
//!
//! - here: the signals and what a view may read;
//! - [`command`]: everything a view may ask for, and how it is done; `later`: how that is done
//!   which comes with the rest of the program;
//! - [`course`]: the past, where tasks stood on which days, what agencies have in hand;
//! - [`desk`]: files that lie beside each other until they are merged;
//! - `write`: recording, reviewing, undo; `keep`: storing, and what other tabs stored;
//! - [`plans`]: another plan in place of the bundled one;
//! - [`rows`]: the tasks of the view, with their standing, filtered and in order;
//! - [`safety`]: the second place for what is recorded; `recovery`: snapshots, erasing;
//! - [`table`]: the order and groups of the table, and what is selected in it;
//! - [`record`]: whom an update is recorded for, and what of it is new for many;
//! - [`transfer`]: files in and out; `merge`: files and the ledger become one; [`work`]: how far that
//!   and other long work is;
//! - `unit`: whose tasks the view shows;
//! - `views`: what the plan makes of all this.

pub mod command;
pub mod course;
pub mod desk;
mod health;
mod keep;
mod later;
mod merge;
pub mod plans;
pub mod record;
mod recovery;
pub mod rows;
pub mod safety;
pub mod table;
pub mod transfer;
mod unit;
mod views;
pub mod work;
mod write;

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use lean::prelude::*;
use lean::{IntoValue, Template};
use tracker::ledger::{EventId, Ledger, Steps, Way, Writer};
use tracker::plan::{PackError, Plan};
use tracker::record::Edits;
use tracker::text::{Lang, Needle};

use crate::i18n::Tr;
use crate::platform::rest::{self, Extent};
use crate::platform::{Aside, Platform, Settings, StoreError, shelf};
use crate::route::{Address, Opt, Page, View};

pub use command::Command;
use health::{Hidden, Safety};
pub use table::Selection;
pub use transfer::Incoming;
pub use unit::Unit;
use unit::unit_of;
use views::Views;

/// How a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Something was done.
    Done,
    /// Something failed or is in danger; stays until it is closed.
    Alarm,
}

/// A message to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Running number, for keys.
    pub number: usize,
    /// How it matters.
    pub weight: Weight,
    /// What happened, in the user's language at that time.
    pub text: String,
    /// The events of the step, where it can be undone.
    pub undo: Vec<EventId>,
    /// Whether a file of everything is offered with it.
    pub export: bool,
}

/// Everything the views share, as one pointer: it lives as long as the page, and
/// nearly every closure of a view holds a copy.
#[derive(Clone, Copy)]
pub struct App(&'static State);

impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// What was typed for a task in the name of a unit and not yet saved.
struct Kept {
    unit: String,
    task: String,
    edits: Edits,
}

impl Kept {
    fn is_of(&self, unit: &str, task: &str) -> bool {
        self.unit == unit && self.task == task
    }
}

/// The signals behind [`App`].
pub struct State {
    /// The plan that is open.
    pub plan: &'static Plan,
    /// The plan that the page bundles.
    bundled: &'static Plan,
    open: RwSignal<&'static Plan>,
    /// Whether the plan that this browser keeps is still to be opened.
    awaits_plan: RwSignal<bool>,
    plan_file: RwSignal<Option<Rc<plans::PlanFile>>>,
    platform: StoredValue<Platform>,
    writer: StoredValue<Writer>,
    ledger: RwSignal<Ledger>,
    address: RwSignal<Address>,
    settings: RwSignal<Settings>,
    today: RwSignal<NaiveDate>,
    narrow: RwSignal<bool>,
    printing: RwSignal<bool>,
    notices: RwSignal<Vec<Notice>>,
    notice_count: StoredValue<usize>,
    aside: RwSignal<Vec<Aside>>,
    unsaved: RwSignal<Vec<EventId>>,
    storage_fault: RwSignal<Option<StoreError>>,
    safety: RwSignal<Safety>,
    hidden: StoredValue<Hidden>,
    drafts: StoredValue<Vec<Kept>>,
    steps: RwSignal<Steps>,
    incoming: RwSignal<Vec<Rc<Incoming>>>,
    desk: desk::Desk,
    works: work::Works,
    lang: Memo<Lang>,
    asof: Memo<NaiveDate>,
    views: Views,
    extent: RwSignal<Extent>,
    waiting: StoredValue<Vec<Command>>,
}

/// A text of the catalogue that follows the language, as a view or as an attribute's value. Much
/// of the page is such texts, so they share one closure.
pub struct Says {
    app: App,
    text: fn(Tr) -> &'static str,
}

impl Says {
    fn live(self) -> impl Fn() -> &'static str {
        move || (self.text)(self.app.tr())
    }
}

impl IntoView for Says {
    fn into_view(self) -> lean::View {
        self.live().into_view()
    }
}

impl IntoValue for Says {
    fn set(self, template: &mut Template) {
        self.live().set(template);
    }
}

/// Reads the plan pack that was built into the page.
///
/// # Errors
///
/// The faults of the pack; a build whose tests passed has none.
pub fn bundled_plan() -> Result<Plan, Vec<PackError>> {
    Plan::load_bundle(include_str!(concat!(env!("OUT_DIR"), "/pack.json")))
}

/// The texts of the bundled plan that come with the rest of the program.
const LATER_TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/pack.txt"));

impl App {
    /// Reads what the browser keeps and sets up the signals.
    pub fn new(plan: &'static Plan, platform: Platform, address: Address) -> App {
        let loaded = platform.journal().load();
        let (mut settings, settings_aside) = Settings::load(&*platform.store);
        if settings.device.is_empty() {
            settings.device = name_of((platform.random)(), 10);
        }
        // Each run of the page is a replica of its own, so that two tabs never share a number.
        let replica = format!("{}-{}", settings.device, name_of((platform.random)(), 6));
        let ledger: Ledger = loaded.events.into_iter().collect();
        let own = format!("{}-", settings.device);
        let last = ledger
            .events()
            .filter(|e| e.replica().starts_with(&own))
            .map(|e| e.time())
            .max();
        let writer = match last {
            Some(last) => Writer::after(replica, last),
            None => Writer::new(replica),
        };
        let read_fault = loaded.errors.into_iter().next().map(|e| e.error);
        let storage_fault = platform
            .store_error
            .clone()
            .or(read_fault)
            .or_else(|| settings.save(&*platform.store).err());
        let mut aside = loaded.aside;
        let listed = |a: &Aside| aside.iter().any(|b| b.key == a.key);
        let settings_aside = settings_aside.filter(|a| !listed(a));
        aside.extend(settings_aside);
        let today = RwSignal::new((platform.today)());
        let address = RwSignal::new(address);
        let settings = RwSignal::new(settings);
        let ledger = RwSignal::new(ledger);

        let lang = Memo::new(move || {
            let linked = address.with(|a| a.view.lang);
            linked.or(settings.with(|s| s.lang)).unwrap_or_default()
        });
        let asof = Memo::new(move || address.with(|a| a.view.asof).unwrap_or(today.get()));
        let extent = RwSignal::new(Extent::First);
        let awaits_plan = RwSignal::new(shelf::is_kept(&*platform.store));
        let views = Views::new(
            plan,
            address,
            settings,
            (lang, asof, today),
            (ledger, extent),
        );
        let app = App(Box::leak(Box::new(State {
            plan,
            bundled: plan,
            open: RwSignal::new(plan),
            plan_file: RwSignal::new(None),
            awaits_plan,
            platform: StoredValue::new(platform),
            writer: StoredValue::new(writer),
            ledger,
            address,
            settings,
            today,
            narrow: RwSignal::new(crate::platform::page::matches(
                crate::platform::page::NARROW,
            )),
            printing: RwSignal::new(false),
            notices: RwSignal::new(Vec::new()),
            notice_count: StoredValue::new(0),
            aside: RwSignal::new(aside),
            unsaved: RwSignal::new(Vec::new()),
            storage_fault: RwSignal::new(storage_fault),
            safety: RwSignal::new(Safety::new()),
            hidden: StoredValue::new(Hidden::default()),
            drafts: StoredValue::new(Vec::new()),
            steps: RwSignal::new(Steps::default()),
            incoming: RwSignal::new(Vec::new()),
            desk: desk::Desk::new(),
            works: work::Works::new(),
            lang,
            asof,
            views,
            extent,
            waiting: StoredValue::new(Vec::new()),
        })));
        app.dispatch(Command::Grown(rest::at_start()));
        app.settle_address();
        app
    }

    /// The same page for another plan: what people recorded and chose stays as it is.
    pub fn on_plan(self, plan: &'static Plan) -> App {
        if std::ptr::eq(plan, self.plan) {
            return self;
        }
        let days = (self.lang, self.asof, self.today);
        App(Box::leak(Box::new(State {
            plan,
            views: Views::new(
                plan,
                self.address,
                self.settings,
                days,
                (self.ledger, self.extent),
            ),
            ..*self.0
        })))
    }

    /// How much of the program is there. Tracks it.
    pub fn extent(self) -> Extent {
        self.extent.get()
    }

    /// Whether the whole program is there. Tracks it.
    pub fn is_whole(self) -> bool {
        self.extent() == Extent::Whole
    }

    /// The same, now: for what somebody does before the rest is there.
    pub fn is_whole_now(self) -> bool {
        self.extent.get_untracked() == Extent::Whole
    }

    /// Whether the plan that this browser keeps is still to be opened. Tracks it.
    pub fn awaits_plan(self) -> bool {
        self.awaits_plan.get()
    }

    /// Whether the words of the page are there: English ones come with the rest. Tracks both.
    pub fn has_words(self) -> bool {
        self.lang() == Lang::Vi || self.is_whole()
    }

    /// A text of the catalogue that follows the language: `app.says(Tr::brand)`.
    #[inline(never)]
    pub fn says(self, text: fn(Tr) -> &'static str) -> Says {
        Says { app: self, text }
    }

    /// The words of the page in its language. Tracks the language.
    #[inline(never)]
    pub fn tr(self) -> Tr {
        Tr(self.lang.get())
    }

    /// The language. Tracks it.
    #[inline(never)]
    pub fn lang(self) -> Lang {
        self.lang.get()
    }

    /// Whose tasks the view shows; `None` until somebody chose. Tracks it.
    #[inline(never)]
    pub fn unit(self) -> Option<Unit> {
        self.views.unit.get()
    }

    /// The unit this browser belongs to, which a shared link may differ from. Tracks it.
    #[inline(never)]
    pub fn own_unit(self) -> Option<Unit> {
        self.settings
            .with(|s| s.unit.clone())
            .and_then(|id| unit_of(self.plan, &id))
    }

    /// The day that "overdue" is judged by. Tracks it.
    #[inline(never)]
    pub fn asof(self) -> NaiveDate {
        self.asof.get()
    }

    /// The calendar day in the reader's browser. Tracks it.
    #[inline(never)]
    pub fn today(self) -> NaiveDate {
        self.today.get()
    }

    /// The page that is open. Tracks the address.
    #[inline(never)]
    pub fn page(self) -> Page {
        self.address.with(|a| a.page.clone())
    }

    /// The page in the main part, also while a task stands beside it. Tracks the address.
    pub fn behind(self) -> Page {
        self.address.with(Address::behind)
    }

    /// The id of the open task. Tracks the address.
    pub fn open_task(self) -> Option<String> {
        match self.page() {
            Page::Task(id) => Some(id),
            _ => None,
        }
    }

    /// How a page arranges what it shows; empty for its own way. Tracks the address.
    pub fn option(self, opt: Opt) -> String {
        self.address.with(|a| a.view.option(opt).to_owned())
    }

    /// The view's parameters. Tracks the address.
    #[inline(never)]
    pub fn view(self) -> View {
        self.address.with(|a| a.view.clone())
    }

    /// The link to a page that keeps the view. Tracks the address.
    pub fn href(self, page: Page) -> String {
        self.address.with(|a| a.on(page).href())
    }

    /// The address of what the main part shows, as saved views keep it: without an open task, and
    /// in whoever's language. Tracks the address.
    pub fn view_address(self) -> String {
        let mut address = self.address.with(|a| a.on(a.behind()));
        address.view.lang = None;
        address.href()
    }

    /// Whether the open task covers the page, as it does on narrow screens. Tracks both.
    pub fn covered(self) -> bool {
        self.narrow.get() && self.address.with(|a| matches!(a.page, Page::Task(_)))
    }

    /// Whether the page is being drawn for paper, where nothing can be scrolled to: what shows only
    /// the rows in sight then shows all. Tracks it.
    pub fn printing(self) -> bool {
        self.printing.get()
    }

    /// All tasks of the chosen unit, with their standing. Tracks them.
    pub fn rows(self) -> Memo<rows::Rows> {
        self.views.rows
    }

    /// The tasks that the search and the filters leave, in order. Tracks them.
    pub fn visible(self) -> Memo<rows::Rows> {
        self.views.visible
    }

    /// The words that are searched for, to mark them where they are found. Tracks them.
    pub fn needle(self) -> Memo<Needle> {
        self.views.needle
    }

    /// The tasks in the order in which the page in the main part shows them. Tracks them.
    pub fn listed(self) -> Memo<rows::Rows> {
        self.views.listed
    }

    /// The table: the order of the tasks that are visible, and their groups. Tracks both.
    pub fn table(self) -> Memo<Arc<table::Table>> {
        self.views.table
    }

    /// The selected tasks, by their positions in the plan, in ascending order.
    pub fn selected(self) -> ReadSignal<Vec<usize>> {
        self.views.selected.into()
    }

    /// The selected tasks among those that the page lists, in its order. Tracks both.
    pub fn chosen(self) -> Memo<rows::Rows> {
        self.views.chosen
    }

    /// The task of the list that keys act on, by its position in the plan.
    pub fn active(self) -> ReadSignal<Option<usize>> {
        self.views.active.into()
    }

    /// What people recorded. Reading it tracks every event.
    pub fn ledger(self) -> ReadSignal<Ledger> {
        self.ledger.into()
    }

    /// The settings of this browser. Reading them tracks every setting.
    pub fn settings(self) -> ReadSignal<Settings> {
        self.settings.into()
    }

    /// Messages that are still to be read.
    pub fn notices(self) -> ReadSignal<Vec<Notice>> {
        self.notices.into()
    }

    /// Stored bytes that could not be read and were set aside.
    pub fn aside(self) -> ReadSignal<Vec<Aside>> {
        self.aside.into()
    }

    /// Events that this browser could not store. They live only in memory.
    pub fn unsaved(self) -> ReadSignal<Vec<EventId>> {
        self.unsaved.into()
    }

    /// Why nothing can be stored here, if so.
    pub fn storage_fault(self) -> ReadSignal<Option<StoreError>> {
        self.storage_fault.into()
    }

    /// Whether closing the page now would lose something.
    pub fn is_unsafe_to_leave(self) -> bool {
        self.unsaved.with_untracked(|all| !all.is_empty())
            || self.hidden.with_value(|hidden| hidden.on_the_way > 0)
            || self.desk.picks.with_untracked(|picks| !picks.is_empty())
    }

    /// Files that were chosen for import and not yet merged.
    pub fn incoming(self) -> ReadSignal<Vec<Rc<Incoming>>> {
        self.incoming.into()
    }

    /// Minutes to add to UTC for the reader's clock at `ms`.
    pub fn offset_minutes(self, ms: i64) -> i32 {
        crate::platform::clock::offset_minutes(ms)
    }

    /// What the next step that way would take back or do again, in words; `None` when there is
    /// no such step. Tracks the steps and the language.
    pub fn step(self, way: Way) -> Option<String> {
        if !self.is_whole() {
            return None;
        }
        let ids = self.steps.with(|steps| steps.next(way));
        (!ids.is_empty()).then(|| self.step_words(self.tr(), &ids))
    }

    /// What was typed for a task and not yet saved.
    pub fn edits(self, unit: &str, task: &str) -> Edits {
        self.drafts.with_value(|drafts| {
            let kept = drafts.iter().find(|kept| kept.is_of(unit, task));
            kept.map(|kept| kept.edits.clone()).unwrap_or_default()
        })
    }

    /// Writes the unit into the address, so that what is copied from the bar is the whole view.
    fn settle_address(self) {
        let mut address = self.address.get_untracked();
        if address.view.unit.is_none()
            && let Some(unit) = self.views.unit.get_untracked()
        {
            address.view.unit = Some(unit.id().to_owned());
            // A browser that refuses to change the address bar still gets the view.
            let _ = crate::platform::address::replace(&address.href());
            self.address.set(address);
        }
    }
}

/// A short random name in base 36, e.g. for a device.
fn name_of(bytes: [u8; 16], length: usize) -> String {
    let mut number = u128::from_be_bytes(bytes);
    let mut name = String::new();
    for _ in 0..length {
        let digit = u32::try_from(number % 36).unwrap_or(0);
        name.extend(char::from_digit(digit, 36));
        number /= 36;
    }
    name
}

/// The shared state, from the context of the page.
pub fn use_app() -> App {
    leptos::prelude::expect_context::<App>()
}
