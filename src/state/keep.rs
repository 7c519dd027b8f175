//! Keeping: events come into the ledger and into the store. What makes events of what people do is in
//! [`write`](super::write).
//!
//! Nothing recorded is lost for want of a place: an event that cannot be stored stays in the
//! ledger, is listed as unsaved, and the user is told.

use std::mem::take;
use std::sync::Arc;

use leptos::task::spawn_local;
use tracker::ledger::{Event, EventId, Ledger};

use super::recovery::{ERASING, ERASING_KEY};
use super::safety::{Safety, Second, fault_words};
use super::{App, Weight};
use crate::platform::mirror::Mirror;
use crate::platform::schema::{self, SCHEMA_KEY};
use crate::platform::{Journal, Platform, SETTINGS_KEY, Settings, StoreError, page};

/// More updates of this browser's own than one act may put into the first place: taking back a merge
/// of many files would fill it for good. The second place has them, where there is one.
pub(super) const BULK: usize = 1_000;

impl App {
    /// Takes events into the ledger at once and stores each; `then` gets how many could not be stored,
    /// when that is known: what this browser wrote is read back from the first place, and the second
    /// place has it on the disk or is known not to be there. What others wrote is kept in the second
    /// place alone, where there is one, since the first is small.
    pub fn take_in(self, events: Vec<Arc<Event>>, then: impl FnOnce(App, usize) + 'static) {
        self.store(events, None, Box::new(then));
    }

    /// Does as [`take_in`](App::take_in) does where the ledger with these events is made already.
    pub(super) fn take_over(
        self,
        merged: Ledger,
        events: Vec<Arc<Event>>,
        then: impl FnOnce(App, usize) + 'static,
    ) {
        self.store(events, Some(merged), Box::new(then));
    }

    fn store(
        self,
        events: Vec<Arc<Event>>,
        merged: Option<Ledger>,
        then: Box<dyn FnOnce(App, usize)>,
    ) {
        let alone = self
            .safety
            .with_untracked(|safety| matches!(safety.second, Second::Absent(_)));
        // At once, so that a page that is closed in this moment has stored it.
        let own = self.own_replicas();
        let is_own = |event: &Arc<Event>| event.replica().starts_with(&own);
        let few = events.iter().filter(|event| is_own(event)).count() <= BULK;
        let saved: Vec<Option<Result<(), StoreError>>> = events
            .iter()
            .map(|event| {
                let here = alone || (few && is_own(event));
                here.then(|| self.save_here(event))
            })
            .collect();
        let waiting = saved.iter().filter(|s| !matches!(s, Some(Ok(())))).count();
        self.hidden
            .update_value(|hidden| hidden.on_the_way += waiting);
        self.safety.update(|safety| safety.saving += 1);
        self.ledger.update(|ledger| match merged {
            // Nothing else has come in meanwhile.
            Some(merged) if merged.len() == ledger.len() + events.len() => *ledger = merged,
            _ => _ = ledger.union(events.iter().cloned()),
        });
        let of_others = events.iter().any(|event| !is_own(event));
        spawn_local(async move {
            let failed = self.settle(events, saved).await;
            if of_others {
                self.count_forks();
            }
            self.hidden
                .update_value(|hidden| hidden.on_the_way -= waiting);
            self.safety.update(|safety| safety.saving -= 1);
            then(self, failed);
        });
    }

    /// Keeps an event in the first place. Memory takes everything and keeps nothing: nobody may call
    /// that saved.
    pub(super) fn save_here(self, event: &Event) -> Result<(), StoreError> {
        self.journal().save(event)?;
        match self.platform.with_value(|p| p.store.persistent()) {
            true => Ok(()),
            false => Err(StoreError::Blocked),
        }
    }

    /// Keeps events in the second place; the number of those that neither has now.
    async fn settle(
        self,
        events: Vec<Arc<Event>>,
        mut saved: Vec<Option<Result<(), StoreError>>>,
    ) -> usize {
        let kept = match self.mirror().await {
            Ok(mirror) => {
                let kept = mirror
                    .keep(&events, &|done| self.works.kept(done, events.len()))
                    .await;
                let fault = kept.clone().err();
                self.safety.update(|safety| safety.second_fault = fault);
                kept
            }
            Err(error) => Err(error),
        };
        if kept.is_err() {
            for (event, saved) in events.iter().zip(&mut saved) {
                saved.get_or_insert_with(|| self.save_here(event));
            }
        }
        let mut fault = None;
        let mut lacking = Vec::new();
        for (event, saved) in events.iter().zip(&saved) {
            if let Some(Err(error)) = saved {
                fault = Some(error.clone());
                lacking.push(event.id());
            }
        }
        let first_time = self.storage_fault.with_untracked(Option::is_none);
        if let Some(fault) = fault {
            self.storage_fault.set(Some(fault));
        }
        if kept.is_ok() {
            if !lacking.is_empty() && first_time {
                self.say_export(self.tr_now().outcome_first_full().to_owned());
            }
            self.hidden
                .update_value(|hidden| hidden.behind.extend(lacking));
            if saved.iter().any(|saved| !matches!(saved, Some(Ok(())))) {
                self.call_tabs();
            }
            return 0;
        }
        let failed = lacking.len();
        if failed > 0 {
            self.unsaved.update(|all| all.extend(lacking));
        }
        failed
    }

    /// Says that updates are in this page alone, and offers the file.
    pub(super) fn say_unsaved(self, failed: usize, undo: Vec<EventId>) {
        let text = self.tr_now().outcome_not_stored(failed);
        self.tell(Weight::Alarm, text, undo, true);
    }

    /// Says what is in danger, and offers the file.
    pub(super) fn say_export(self, text: String) {
        self.tell(Weight::Alarm, text, Vec::new(), true);
    }

    /// Tries again to store what is not in both places.
    pub(super) fn store_again(self) {
        self.platform.update_value(Platform::try_again);
        let mut ids = self.unsaved.get_untracked();
        ids.extend(self.hidden.update_value(|hidden| take(&mut hidden.behind)));
        let events = self.ledger.with_untracked(|ledger| {
            let known = ids.iter().filter_map(|id| ledger.get(id));
            known.cloned().collect::<Vec<Arc<Event>>>()
        });
        self.unsaved.set(Vec::new());
        let fault = match self.platform.with_value(|p| p.store.persistent()) {
            true => self.settings.with_untracked(|s| {
                let saved = self.platform.with_value(|p| {
                    schema::stamp(&*p.store)?;
                    s.save(&*p.store)
                });
                saved.err()
            }),
            false => Some(StoreError::Blocked),
        };
        self.storage_fault.set(fault);
        let absent = |safety: &Safety| matches!(safety.second, Second::Absent(_));
        if self.safety.with_untracked(absent) {
            self.safety.update(|safety| safety.second = Second::Opening);
            self.hidden.update_value(|hidden| hidden.opened = None);
            self.open_mirror();
        }
        self.take_in(events, |app, failed| {
            let tr = app.tr_now();
            match (failed, app.storage_fault.get_untracked()) {
                (1.., _) => app.say_unsaved(failed, Vec::new()),
                (0, Some(fault)) => app.say_export(fault_words(tr, &fault)),
                (0, None) => {
                    let text = tr.outcome_stored_again().to_owned();
                    app.say(Weight::Done, text, Vec::new());
                }
            }
            app.look_at_storage();
        });
    }

    pub(super) fn heard(self, key: Option<String>, value: Option<String>) {
        if key.as_deref() == Some(ERASING_KEY) {
            let begun = value.as_deref() == Some(ERASING);
            self.hidden.update_value(|hidden| hidden.erasing = begun);
            if value.is_none() {
                // Nothing is here any more, for this tab either.
                self.unsaved.set(Vec::new());
                page::reload();
            }
            return;
        }
        if self.hidden.with_value(|hidden| hidden.erasing) {
            return;
        }
        match (key, value) {
            (Some(key), Some(value)) if key == SETTINGS_KEY => {
                // The view stays as it is: its unit and day are in the address.
                if let Some(settings) = Settings::parse(&value) {
                    self.settings.set(settings);
                }
            }
            // A newer version of the page runs in another tab.
            (Some(key), Some(value)) if key == SCHEMA_KEY => {
                if schema::is_newer(Some(&value)) {
                    self.storage_fault.set(Some(StoreError::Newer));
                    self.refuses();
                }
            }
            (Some(key), Some(value)) => {
                if let Some(event) = Journal::parse_changed(&key, Some(&value)) {
                    if event.replica().starts_with(&self.own_replicas()) {
                        // What is recorded here later must not be stamped before it.
                        self.writer
                            .update_value(|writer| writer.follow(event.time()));
                    }
                    self.ledger.update(|ledger| {
                        ledger.insert(event);
                    });
                }
            }
            // Nobody removes an event; if it happened all the same, it is stored again.
            (Some(key), None) => {
                let known = Journal::event_id(&key)
                    .filter(|id| self.ledger.with_untracked(|ledger| ledger.contains(id)));
                if let Some(id) = known {
                    self.hidden.update_value(|hidden| hidden.behind.push(id));
                    self.store_again();
                }
            }
            // Another tab cleared the store. What is known here is stored again, so that
            // closing this tab too would lose nothing.
            (None, _) => {
                let all: Vec<EventId> = self
                    .ledger
                    .with_untracked(|ledger| ledger.events().map(|e| e.id()).collect());
                self.hidden.update_value(|hidden| hidden.behind = all);
                self.store_again();
            }
        }
    }

    pub(super) fn journal(self) -> Journal {
        self.platform.with_value(Platform::journal)
    }

    pub(super) fn download_aside(self, key: &str) {
        let bytes = self.aside.with_untracked(|all| {
            all.iter()
                .find(|a| a.key == key)
                .map(|a| (a.original_key.clone(), a.bytes.clone()))
        });
        if let Some((name, bytes)) = bytes {
            let name = format!("{}.txt", name.replace('/', "_"));
            self.download(&name, "text/plain", &bytes);
        }
    }

    pub(super) fn forget_aside(self, key: &str) {
        if let Some(number) = Mirror::aside_number(key) {
            return self.forget_mirrored(number, key.to_owned());
        }
        match self.journal().forget_aside(key) {
            Ok(()) => self.aside.update(|all| all.retain(|a| a.key != key)),
            Err(error) => self.storage_fault.set(Some(error)),
        }
    }
}
