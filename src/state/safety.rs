//! How safe what was recorded is: the second place for it, snapshots before what cannot simply be
//! taken back, the browser's promises, erasing.
//!
//! Everything here is in the second part of the program; `App::open_mirror` is its door. What the
//! first part has to hold is in `health`.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;
use tracker::exchange;
use tracker::ledger::{Event, EventId, Ledger, settle_back};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

pub use super::health::{Health, Safety, Second};
use super::{App, Weight};
use crate::i18n::{Tr, moment};
use crate::platform::mirror::{Entries, Mirror};
use crate::platform::schema::{self, SCHEMA_KEY, STORED_SCHEMA};
use crate::platform::tabs::Tabs;
use crate::platform::{Aside, EVENT_PREFIX, Journal, StoreError, page, pause, quota};

/// While this is in the store, a tab is erasing everything, and the others must not help.
pub(super) const ERASING_KEY: &str = "tiendo06/erasing";

/// How many values of the second place are looked at before the page may do other things.
const SLICE: usize = 200;

/// Before what a snapshot is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Merging files.
    Merge,
    /// Returning to an earlier snapshot.
    Restore,
    /// Erasing what this browser has.
    Erase,
    /// Bringing what is stored into a newer form.
    Migrate,
}

impl Why {
    const ALL: [Why; 4] = [Why::Merge, Why::Restore, Why::Erase, Why::Migrate];

    const fn key(self) -> &'static str {
        match self {
            Why::Merge => "merge",
            Why::Restore => "restore",
            Why::Erase => "erase",
            Why::Migrate => "migrate",
        }
    }

    /// What a snapshot was taken for; `None` for a reason of another version.
    pub fn parse(key: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.key() == key)
    }

    /// "Trước khi gộp tệp".
    pub fn words(self, tr: Tr) -> &'static str {
        match self {
            Why::Merge => tr.recovery_before_merge(),
            Why::Restore => tr.recovery_before_restore(),
            Why::Erase => tr.recovery_before_erase(),
            Why::Migrate => tr.recovery_before_migrate(),
        }
    }
}

/// Why something is not stored, in words that say what to do.
pub fn fault_words(tr: Tr, fault: &StoreError) -> String {
    match fault {
        StoreError::Blocked => tr.storage_blocked().to_owned(),
        StoreError::Full => tr.storage_full().to_owned(),
        StoreError::Newer => tr.storage_newer().to_owned(),
        StoreError::NotKept => tr.storage_not_kept().to_owned(),
        StoreError::NotText(detail) | StoreError::Other(detail) => tr.storage_other(detail),
    }
}

/// Why one of the places is not in use, in a few words.
pub fn why_words(tr: Tr, fault: &StoreError) -> String {
    match fault {
        StoreError::Blocked => tr.safety_why_blocked().to_owned(),
        StoreError::Full => tr.safety_why_full().to_owned(),
        StoreError::Newer => tr.safety_why_newer().to_owned(),
        StoreError::NotKept => tr.safety_why_not_kept().to_owned(),
        StoreError::NotText(detail) | StoreError::Other(detail) => tr.safety_why_other(detail),
    }
}

impl App {
    /// Opens the second place and unites what is there with what is here. The door to this room:
    /// called once the whole program is there.
    #[inline(never)]
    pub(super) fn open_mirror(self) {
        if self.hidden.with_value(|hidden| hidden.opened.is_some()) {
            return;
        }
        self.look_at_schema();
        let opening = async move {
            let second = match Mirror::open().await {
                Ok(mirror) => Second::Ready(Rc::new(mirror)),
                Err(error) => Second::Absent(error),
            };
            if let Second::Ready(mirror) = &second {
                spawn_local(self.unite(Rc::clone(mirror)));
            }
            if let Second::Absent(StoreError::Newer) = &second {
                self.give_way();
            }
            self.safety.update(|safety| safety.second = second);
            Ok(JsValue::UNDEFINED)
        };
        let opened = future_to_promise(opening);
        self.hidden.update_value(|hidden| {
            hidden.opened = Some(opened);
            if hidden.tabs.is_none() {
                hidden.tabs = Tabs::open(move || self.hear_mirror());
            }
        });
        self.look_at_storage();
        self.count_forks();
    }

    /// Marks what is stored as of this version, or takes notice of a newer one.
    fn look_at_schema(self) {
        if let Err(error) = self.platform.with_value(|p| schema::stamp(&*p.store)) {
            self.storage_fault.set(Some(error));
        }
    }

    /// Only the second place knows of a newer version: the first is told, which guards every write.
    fn give_way(self) {
        let newer = (STORED_SCHEMA + 1).to_string();
        // A store that takes nothing is in no danger of being written over.
        let _ = self
            .platform
            .with_value(|p| p.store.set(SCHEMA_KEY, &newer));
        self.storage_fault.set(Some(StoreError::Newer));
    }

    /// Whether a newer version stores here, so that nothing may be recorded. Tracks it.
    pub fn is_read_only(self) -> bool {
        self.storage_fault
            .with(|fault| *fault == Some(StoreError::Newer))
    }

    /// What is known of safety. Tracks it.
    pub fn safety<R>(self, read: impl FnOnce(&Safety) -> R) -> R {
        self.safety.with(read)
    }

    /// The second place, once it is known whether there is one.
    pub(super) async fn mirror(self) -> Result<Rc<Mirror>, StoreError> {
        let opened = self.hidden.with_value(|hidden| hidden.opened.clone());
        if let Some(opened) = opened {
            // It says how it went by the signal.
            let _ = JsFuture::from(opened).await;
        }
        if self
            .storage_fault
            .with_untracked(|f| *f == Some(StoreError::Newer))
        {
            return Err(StoreError::Newer);
        }
        match self.safety.with_untracked(|safety| safety.second.clone()) {
            Second::Ready(mirror) => Ok(mirror),
            Second::Absent(error) => Err(error),
            Second::Opening => Err(StoreError::Blocked),
        }
    }

    /// Brings both places together: the ledger gets what only the second has, each place what only
    /// the other has; what cannot be read is set aside.
    async fn unite(self, mirror: Rc<Mirror>) {
        let entries = match mirror.entries().await {
            Ok(entries) => entries,
            Err(error) => return self.doubt_mirror(error),
        };
        let (found, held, damaged) = self.read_entries(&entries).await;
        let read_only = self
            .storage_fault
            .with_untracked(|f| *f == Some(StoreError::Newer));
        if !read_only {
            for place in damaged {
                if let Err(error) = Rc::clone(&mirror).set_aside(&entries, place).await {
                    return self.doubt_mirror(error);
                }
            }
        }
        if let Ok(aside) = mirror.aside().await {
            self.aside.update(|all| {
                all.retain(|a| Mirror::aside_number(&a.key).is_none());
                all.extend(aside);
            });
        }
        self.welcome(found, true);
        if read_only {
            return;
        }
        let lacking: Vec<Arc<Event>> = self.ledger.with_untracked(|ledger| {
            let lacks = |event: &&Arc<Event>| !held.contains(&event.id());
            ledger.events().filter(lacks).cloned().collect()
        });
        // This browser's own first: they are few, and nobody else has them.
        if let Err(error) = mirror.keep(&lacking).await {
            self.doubt_mirror(error);
        }
        self.look_at_ring().await;
        self.count_forks();
    }

    /// Of what the second place has: events that are not known here yet, the ids of all events, and
    /// where something is no event.
    async fn read_entries(
        self,
        entries: &Entries,
    ) -> (Vec<Arc<Event>>, BTreeSet<EventId>, Vec<usize>) {
        let (mut found, mut held, mut damaged) = (Vec::new(), BTreeSet::new(), Vec::new());
        for place in 0..entries.len() {
            if place % SLICE == SLICE - 1 {
                pause().await;
            }
            let (key, text) = entries.at(place);
            let known = key.parse().ok().and_then(|id: EventId| {
                self.ledger
                    .with_untracked(|ledger| ledger.get(&id).cloned())
            });
            if let Some(event) = known.filter(|event| text.as_ref() == Some(&event.to_text())) {
                held.insert(event.id());
                continue;
            }
            let key = [EVENT_PREFIX, &key].concat();
            match Journal::parse_changed(&key, text.as_deref()) {
                Some(event) => {
                    held.insert(event.id());
                    found.push(Arc::new(event));
                }
                None => damaged.push(place),
            }
        }
        (found, held, damaged)
    }

    /// Takes events of the second place into the ledger; with `copy`, this browser's own into the
    /// first place as well.
    fn welcome(self, events: Vec<Arc<Event>>, copy: bool) {
        let new: Vec<Arc<Event>> = self.ledger.with_untracked(|ledger| {
            let new = |event: &Arc<Event>| !ledger.contains(&event.id());
            events.into_iter().filter(new).collect()
        });
        let own: Vec<Arc<Event>> = new.iter().filter(|e| self.is_own(e)).cloned().collect();
        if new.is_empty() {
            return;
        }
        self.ledger.update(|ledger| {
            ledger.union(new);
        });
        for event in own {
            // A later event of this browser must not be stamped before these.
            self.writer
                .update_value(|writer| writer.follow(event.time()));
            if copy && let Err(error) = self.save_here(&event) {
                self.storage_fault.set(Some(error));
                self.hidden
                    .update_value(|hidden| hidden.behind.push(event.id()));
            }
        }
    }

    /// Another tab stored something that only the second place has.
    fn hear_mirror(self) {
        if self.hidden.with_value(|hidden| hidden.erasing) {
            return;
        }
        spawn_local(async move {
            if let Ok(mirror) = self.mirror().await
                && let Ok(entries) = mirror.entries().await
            {
                let (found, ..) = self.read_entries(&entries).await;
                self.welcome(found, false);
                self.look_at_ring().await;
                self.count_forks();
            }
        });
    }

    /// Tells the other tabs to look at the second place.
    pub(super) fn call_tabs(self) {
        self.hidden.with_value(|hidden| {
            if let Some(tabs) = &hidden.tabs {
                tabs.call();
            }
        });
    }

    pub(super) fn doubt_mirror(self, error: StoreError) {
        self.safety
            .update(|safety| safety.second_fault = Some(error));
    }

    /// Whether this browser profile wrote the event.
    pub(super) fn is_own(self, event: &Event) -> bool {
        self.settings.with_untracked(|s| {
            event
                .replica()
                .strip_prefix(s.device.as_str())
                .is_some_and(|run| run.starts_with('-'))
        })
    }

    /// Looks for running numbers that stand for several events.
    pub(super) fn count_forks(self) {
        let forks = self.ledger.with_untracked(|ledger| ledger.forks().len());
        self.safety.update(|safety| safety.forks = forks);
    }

    /// Asks the browser how much room there is and what it promises.
    pub(super) fn look_at_storage(self) {
        spawn_local(async move {
            let usage = self.journal().usage().map_or(0, |usage| usage.used);
            let (estimate, persisted) = (quota::estimate().await, quota::is_persisted().await);
            self.safety.update(|safety| {
                safety.health = Health {
                    units: usage,
                    estimate,
                    persisted,
                    ..safety.health
                };
            });
        });
    }

    /// Asks the browser to promise that it keeps everything.
    pub(super) fn ask_to_persist(self) {
        spawn_local(async move {
            let persisted = quota::persist().await;
            self.safety.update(|safety| {
                safety.health.persisted = persisted;
                safety.health.asked = true;
            });
        });
    }

    async fn look_at_ring(self) {
        if let Ok(mirror) = self.mirror().await
            && let Ok(ring) = mirror.snapshots().await
        {
            self.safety.update(|safety| safety.ring = ring);
        }
    }

    /// Does something that cannot simply be taken back, after a snapshot of the ledger is safe. When
    /// none can be taken, nothing is done, and the user is told what to do; a file of the whole
    /// ledger, handed out since the last update, is as good as a snapshot.
    pub fn guarded(self, why: Why, then: impl FnOnce(App) + 'static) {
        self.guard(why, Box::new(then));
    }

    fn guard(self, why: Why, then: Box<dyn FnOnce(App)>) {
        if self.refuses() {
            return;
        }
        spawn_local(async move {
            match self.take_snapshot(why).await {
                Ok(()) => then(self),
                Err(error) => {
                    let tr = self.tr_now();
                    let text = tr.recovery_failed(upper_first(&why_words(tr, &error)));
                    self.say_export(text);
                }
            }
        });
    }

    /// Says so where nothing may be written any more, and whether that is so.
    pub(super) fn refuses(self) -> bool {
        let newer = self
            .storage_fault
            .with_untracked(|f| *f == Some(StoreError::Newer));
        if newer {
            let text = self.tr_now().storage_newer().to_owned();
            self.say_export(text);
        }
        newer
    }

    async fn take_snapshot(self, why: Why) -> Result<(), StoreError> {
        let count = self.ledger.with_untracked(Ledger::len);
        if count == 0 {
            return Ok(());
        }
        let at = self.platform.with_value(|p| (p.now)());
        let kept = match self.mirror().await {
            Ok(mirror) => {
                let text = exchange::write(&self.whole_file(at));
                mirror.keep_snapshot(at, why.key(), count, text).await
            }
            Err(error) => Err(error),
        };
        self.look_at_ring().await;
        // The user has it all in a file.
        if self.hidden.with_value(|hidden| hidden.exported) == Some(count) {
            return Ok(());
        }
        kept
    }

    /// Hands a snapshot out as a file.
    pub(super) fn download_snapshot(self, number: u32) {
        spawn_local(async move {
            if let Some((at, text)) = self.snapshot(number).await {
                let tr = self.tr_now();
                let when = moment(at, self.offset_minutes(at));
                let name = tr.recovery_file(when.replace(['/', ':', ' ', ','], "-"));
                self.download(&name, "application/json", &text);
            }
        });
    }

    /// A snapshot's moment and text; says so when it is not there.
    async fn snapshot(self, number: u32) -> Option<(i64, String)> {
        let found = match self.mirror().await {
            Ok(mirror) => mirror.snapshot_text(number).await,
            Err(error) => Err(error),
        };
        let at = self.safety.with_untracked(|safety| {
            let taken = safety.ring.iter().find(|s| s.number == number);
            taken.map_or(0, |s| s.at)
        });
        match found {
            Ok(Some(text)) => Some((at, text)),
            _ => {
                let text = self.tr_now().recovery_gone().to_owned();
                self.say(Weight::Alarm, text, Vec::new());
                self.look_at_ring().await;
                None
            }
        }
    }

    /// Returns to what a snapshot showed, by new events, as one step. Nothing is deleted.
    pub(super) fn restore(self, number: u32) {
        spawn_local(async move {
            let Some((at, text)) = self.snapshot(number).await else {
                return;
            };
            match exchange::read_any(text.as_bytes(), &self.plan.manifest().id) {
                Ok(file) => self.guarded(Why::Restore, move |app| app.return_to(at, file.events)),
                Err(_) => {
                    let text = self.tr_now().recovery_gone().to_owned();
                    self.say(Weight::Alarm, text, Vec::new());
                }
            }
        });
    }

    fn return_to(self, at: i64, events: Vec<Arc<Event>>) {
        let then: Ledger = events.iter().cloned().collect();
        let missing: Vec<Arc<Event>> = self.ledger.with_untracked(|ledger| {
            let missing = |event: &&Arc<Event>| !ledger.contains(&event.id());
            events.iter().filter(missing).cloned().collect()
        });
        let returned = missing.len();
        self.ledger.update(|ledger| {
            ledger.union(missing.clone());
        });
        let author = self.settings.with_untracked(|s| s.author.clone());
        let wanted = self
            .ledger
            .with_untracked(|ledger| settle_back(ledger, &then));
        let entries = wanted.into_iter().map(|w| w.into_entry(author.clone()));
        let written = self.compose(entries.collect());
        let ids: Vec<EventId> = written.iter().map(|event| event.id()).collect();
        let when = moment(at, self.offset_minutes(at));
        let mut all = missing;
        all.extend(written);
        let undo = ids.clone();
        self.take_in(all, move |app, failed| {
            let tr = app.tr_now();
            match failed {
                0 => {
                    let text = tr.recovery_done(when, returned, undo.len());
                    app.say(Weight::Done, text, undo);
                }
                _ => app.say_export(tr.notice_not_stored(failed)),
            }
        });
        self.stepped(&ids);
    }

    /// Erases what this browser has of the page: a snapshot first, unless those are to go too.
    pub(super) fn erase(self, ring_too: bool) {
        match ring_too {
            true => spawn_local(self.erase_now(true)),
            false => self.guarded(Why::Erase, |app| spawn_local(app.erase_now(false))),
        }
    }

    async fn erase_now(self, ring_too: bool) {
        let store = self.platform.with_value(|p| Rc::clone(&p.store));
        self.hidden.update_value(|hidden| hidden.erasing = true);
        // The others hear this before anything goes, and leave it gone.
        let mut result = store.set(ERASING_KEY, "1").or_else(|error| match error {
            // Nothing can be kept there anyway, or there is no room to say so.
            StoreError::Newer => Err(error),
            _ => Ok(()),
        });
        if result.is_ok()
            && let Ok(mirror) = self.mirror().await
        {
            result = mirror.erase(ring_too).await;
        }
        if result.is_ok() {
            result = store.keys("tiendo06/").and_then(|keys| {
                for key in keys.iter().filter(|key| *key != ERASING_KEY) {
                    store.remove(key)?;
                }
                store.remove(ERASING_KEY)
            });
        }
        match result {
            Ok(()) => {
                self.unsaved.set(Vec::new());
                // The address names a unit; the first visit has none.
                let _ = page::replace_hash("#/");
                page::reload();
            }
            Err(error) => {
                self.hidden.update_value(|hidden| hidden.erasing = false);
                let tr = self.tr_now();
                let text = tr.erase_failed(upper_first(&why_words(tr, &error)));
                self.say(Weight::Alarm, text, Vec::new());
            }
        }
    }

    /// Drops a value of the second place that was set aside.
    pub(super) fn forget_mirrored(self, number: u32, key: String) {
        spawn_local(async move {
            let result = match self.mirror().await {
                Ok(mirror) => mirror.forget_aside(number).await,
                Err(error) => Err(error),
            };
            match result {
                Ok(()) => self
                    .aside
                    .update(|all: &mut Vec<Aside>| all.retain(|a| a.key != key)),
                Err(error) => self.doubt_mirror(error),
            }
        });
    }
}

/// A reason as a sentence of its own.
fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
