//! What cannot simply be taken back, and the way back all the same: snapshots before it, returning to
//! one of them, erasing everything.

use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;
use tracker::exchange;
use tracker::ledger::{Event, EventId, Ledger, settle_back};

use super::safety::why_words;
use super::transfer::in_slices;
use super::work::Doing;
use super::{App, Weight};
use crate::i18n::{Tr, moment};
use crate::platform::{StoreError, address, page, shelf};

/// While this is in the store, a tab is erasing everything, and the others must not help.
pub(super) const ERASING_KEY: &str = "tiendo06/erasing";

/// What stands under that key meanwhile. Anything else says that it was given up.
pub(super) const ERASING: &str = "1";

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

impl App {
    /// Does something that cannot simply be taken back, after a snapshot of the ledger is safe. When
    /// none can be taken, nothing is done, and the user is told what to do; a file of the whole
    /// ledger, handed out since the last update, is as good as a snapshot. Refused while other long
    /// work goes on.
    pub fn guarded(self, why: Why, then: impl FnOnce(App) + 'static) {
        self.guard(why, Box::new(then));
    }

    fn guard(self, why: Why, then: Box<dyn FnOnce(App)>) {
        if self.refuses() || self.busy() {
            return;
        }
        let job = self.works.begin(Doing::Guarding, 0);
        spawn_local(async move {
            let taken = self.take_snapshot(why).await;
            if !self.works.counts(job) {
                return;
            }
            self.works.end();
            match taken {
                Ok(()) => then(self),
                Err(error) => {
                    let tr = self.tr_now();
                    let text = tr.recovery_failed(upper_first(&why_words(tr, &error)));
                    self.say_export(text);
                }
            }
            self.go_on();
        });
    }

    async fn take_snapshot(self, why: Why) -> Result<(), StoreError> {
        let count = self.ledger.with_untracked(Ledger::len);
        if count == 0 {
            return Ok(());
        }
        let at = self.platform.with_value(|p| (p.now)());
        let kept = match self.mirror().await {
            Ok(mirror) => {
                let text = in_slices(&self.whole_file(at)).await;
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
            match exchange::read_any(text, &self.plan.manifest().id) {
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
                _ => app.say_export(tr.outcome_not_stored(failed)),
            }
        });
        self.stepped(&ids);
    }

    /// Erases what this browser has of the page: a snapshot first, unless those are to go too.
    pub(super) fn erase(self, ring_too: bool) {
        match ring_too {
            // What is being stored would come back.
            true if self.busy() => {}
            true => spawn_local(self.erase_now(true)),
            false => self.guarded(Why::Erase, |app| spawn_local(app.erase_now(false))),
        }
    }

    async fn erase_now(self, ring_too: bool) {
        let store = self.platform.with_value(|p| Rc::clone(&p.store));
        self.hidden.update_value(|hidden| hidden.erasing = true);
        // The others hear this before anything goes, and leave it gone.
        let mut result = store
            .set(ERASING_KEY, ERASING)
            .or_else(|error| match error {
                // Nothing can be kept there anyway, or there is no room to say so.
                StoreError::Newer => Err(error),
                _ => Ok(()),
            });
        if result.is_ok()
            && let Ok(mirror) = self.mirror().await
        {
            result = mirror.erase(ring_too).await;
        }
        if result.is_ok() && shelf::is_kept(&*store) {
            result = shelf::forget(&*store).await;
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
                let _ = address::replace("#/");
                page::reload();
            }
            Err(error) => {
                self.hidden.update_value(|hidden| hidden.erasing = false);
                // For the others, who would hear nothing any more. Who cannot be told reloads some day.
                let _ = store.set(ERASING_KEY, "");
                let tr = self.tr_now();
                let text = tr.erase_failed(upper_first(&why_words(tr, &error)));
                self.say(Weight::Alarm, text, Vec::new());
            }
        }
    }
}

/// A reason as a sentence of its own.
fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
