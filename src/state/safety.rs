//! How safe what was recorded is: the second place for it, and what the browser promises. Snapshots
//! and erasing are in `recovery`.
//!
//! Everything here is in the second part of the program; `App::open_mirror` is its door. What the
//! first part has to hold is in `health`.

use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;
use tracker::ledger::{Event, EventId, Names};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::App;
use super::health::Unexported;
pub use super::health::{Health, Safety, Second};
use super::keep::BULK;
pub use super::recovery::Why;
use crate::i18n::Tr;
use crate::platform::mirror::{Entries, Mirror};
use crate::platform::schema::{self, SCHEMA_KEY, STORED_SCHEMA};
use crate::platform::slice::Slices;
use crate::platform::tabs::Tabs;
use crate::platform::{Aside, StoreError, quota};

/// How many values of the second place are looked at before the page may do other things.
const SLICE: usize = 200;

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
        // Not when the place is opened again: the plan is there by then, or is known not to be.
        if self.hidden.with_value(|hidden| hidden.tabs.is_none()) {
            self.open_kept_plan(false);
        }
        self.look_at_schema();
        let opening = async move {
            let second = match Mirror::open().await {
                Ok(mirror) => Second::Ready(Rc::new(mirror)),
                Err(error) => Second::Absent(error),
            };
            if let Second::Ready(mirror) = &second {
                let mirror = Rc::clone(mirror);
                spawn_local(async move {
                    self.unite(mirror).await;
                    self.safety.update(|safety| safety.reading = false);
                });
            }
            if let Second::Absent(StoreError::Newer) = &second {
                self.give_way();
            }
            self.safety.update(|safety| {
                safety.reading = matches!(second, Second::Ready(_));
                safety.second = second;
            });
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
        self.look_for_cut_merge();
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
        // First: whatever fails from here on, what is there is seen.
        self.welcome(found, true);
        self.keep_desk();
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
        if read_only {
            return;
        }
        let lacking: Vec<Arc<Event>> = self.ledger.with_untracked(|ledger| {
            let lacks = |event: &&Arc<Event>| held.binary_search(&event.id()).is_err();
            ledger.events().filter(lacks).cloned().collect()
        });
        if let Err(error) = mirror.keep(&lacking, &|_| {}).await {
            self.doubt_mirror(error);
        }
        self.look_at_ring().await;
        self.count_forks();
    }

    /// Of what the second place has: events that are not known here yet, the ids of all events,
    /// ascending, and where something is no event.
    async fn read_entries(self, entries: &Entries) -> (Vec<Arc<Event>>, Vec<EventId>, Vec<usize>) {
        let (mut found, mut held, mut damaged) = (Vec::new(), Vec::new(), Vec::new());
        let (mut slices, mut names) = (Slices::begin(), Names::default());
        for place in 0..entries.len() {
            if place % SLICE == SLICE - 1 {
                slices.make_way().await;
            }
            let (key, text) = entries.at(place);
            let known = key.parse().ok().and_then(|id: EventId| {
                self.ledger
                    .with_untracked(|ledger| ledger.get(&id).cloned())
            });
            if let Some(event) = known.filter(|event| text.as_ref() == Some(&event.to_text())) {
                held.push(event.id());
                continue;
            }
            let event = text.and_then(|text| Event::from_text(&text, &mut names));
            match event.filter(|event| key.parse() == Ok(event.id())) {
                Some(event) => {
                    held.push(event.id());
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
        let own = self.own_replicas();
        let is_own = |event: &&Arc<Event>| event.replica().starts_with(&own);
        let own: Vec<Arc<Event>> = new.iter().filter(is_own).cloned().collect();
        if new.is_empty() {
            return;
        }
        self.ledger.update(|ledger| {
            ledger.union(new);
        });
        // More than that would fill the first place: what one act wrote too much of for it, or all that
        // this browser wrote, where the first place was cleared. It is safe where it was found.
        let copy = copy && own.len() <= BULK;
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
                self.keep_desk();
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

    /// What the replicas of this browser profile begin with.
    pub(super) fn own_replicas(self) -> String {
        self.settings.with_untracked(|s| format!("{}-", s.device))
    }

    /// Whether a file of everything was ever exported from here. Tracks the settings.
    pub fn has_exported(self) -> bool {
        self.settings.with(|s| !s.sent.is_null())
    }

    /// How many updates of this browser no exported file holds yet, and when the first of them was
    /// recorded, in ms since 1970. Tracks the ledger.
    pub fn unexported(self) -> (usize, Option<i64>) {
        let (device, since) = self
            .settings
            .with(|s| (format!("{}-", s.device), s.exported));
        self.ledger.with(|ledger| {
            self.hidden.update_value(|hidden| {
                let known = &mut hidden.unexported;
                // Of another device, or since another file: counted anew.
                if known.device != device || known.since != since || known.events > ledger.len() {
                    *known = Unexported {
                        device,
                        since,
                        ..Unexported::default()
                    };
                }
                for event in ledger.since(known.events) {
                    let time = event.time();
                    if event.replica().starts_with(&known.device)
                        && since.is_none_or(|since| time > since)
                    {
                        known.count += 1;
                        known.first = Some(known.first.map_or(time.ms, |ms| ms.min(time.ms)));
                    }
                }
                known.events = ledger.len();
                (known.count, known.first)
            })
        })
    }

    /// Looks for running numbers that stand for several events, in slices.
    pub(super) fn count_forks(self) {
        spawn_local(async move {
            let mut slices = Slices::begin();
            let look = || {
                self.ledger.with_untracked(|ledger| {
                    self.hidden
                        .update_value(|hidden| hidden.forks.look(ledger, SLICE))
                })
            };
            while !look() {
                slices.make_way().await;
            }
            let forks = self.hidden.with_value(|hidden| hidden.forks.count());
            if self.safety.with_untracked(|safety| safety.forks != forks) {
                self.safety.update(|safety| safety.forks = forks);
            }
        });
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

    /// Asks the second place which snapshots there are.
    pub(super) async fn look_at_ring(self) {
        if let Ok(mirror) = self.mirror().await
            && let Ok(ring) = mirror.snapshots().await
        {
            self.safety.update(|safety| safety.ring = ring);
        }
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
