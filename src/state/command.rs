//! Everything a view may ask for, and how it is done.

use chrono::NaiveDate;
use leptos::prelude::*;
use serde_json::Value;
use tracker::ledger::{Entry, Event, EventId, Field, undo};
use tracker::text::Lang;

use super::{App, Edits, Notice, Weight, unit_of};
use crate::platform::{Journal, Platform, SETTINGS_KEY, Settings, StoreError, page};
use crate::route::{Address, Page};

/// A wish of the user, or news from outside the page.
#[derive(Clone, Debug)]
pub enum Command {
    /// Open a page, keeping the view.
    Open(Page),
    /// The location changed: Back, Forward, a link, a typed address.
    Arrived(Address),
    /// Search words and filters, as typed.
    Search(String),
    /// Choose the unit, for this view and as one's own.
    ChooseUnit(String),
    /// Judge by another day; `None` for today.
    JudgeBy(Option<NaiveDate>),
    /// Choose the language.
    Speak(Lang),
    /// Choose the name that updates carry.
    SignAs(String),
    /// Record fields of a task for a unit, as one step.
    Record {
        /// The agency, collective or country it is recorded for.
        unit: String,
        /// The task.
        task: String,
        /// The fields and their values.
        changes: Vec<(Field, Value)>,
    },
    /// Take a step back, by new events.
    Undo(Vec<EventId>),
    /// Try again to store what could not be stored.
    StoreAgain,
    /// Keep what was typed for a task.
    KeepEdits {
        /// For whom.
        unit: String,
        /// The task.
        task: String,
        /// What was touched; nothing once it is saved.
        edits: Edits,
    },
    /// Another tab stored something.
    Heard {
        /// The key; `None` when everything was cleared.
        key: Option<String>,
        /// The new value; `None` when it was removed.
        value: Option<String>,
    },
    /// The window became narrow, or wide.
    Resized {
        /// Whether panels are sheets now.
        narrow: bool,
    },
    /// The calendar day may have changed.
    LookAtTheClock,
    /// A form was saved in which nothing is new.
    NothingNew,
    /// Take a message away.
    Dismiss(usize),
    /// Give a set-aside value to the user as a file.
    DownloadAside(String),
    /// Delete a set-aside value, which the user has or does not want.
    ForgetAside(String),
    /// Give the whole ledger to the user as a file.
    Export,
    /// Read files and show what they would change.
    ReadFiles(Vec<web_sys::File>),
    /// Take the readable files that were shown into the ledger.
    Merge,
    /// Put the chosen files away unmerged.
    PutAway,
}

impl App {
    /// The one way to change anything.
    pub fn dispatch(self, command: Command) {
        match command {
            Command::Open(page) => {
                let address = self.address.with_untracked(|a| a.on(page));
                self.go(address, true);
            }
            Command::Arrived(address) => {
                self.leave(&address.page);
                self.address.set(address);
                self.settle_address();
            }
            Command::Search(q) => self.change_view(false, |view| view.q = q),
            Command::ChooseUnit(id) => self.choose_unit(id),
            Command::JudgeBy(asof) => self.change_view(true, |view| view.asof = asof),
            Command::Speak(lang) => {
                self.change_settings(|s| s.lang = Some(lang));
                self.change_view(false, |view| {
                    view.lang = view.lang.map(|_| lang);
                });
            }
            Command::SignAs(author) => self.change_settings(|s| s.author = author),
            Command::Record {
                unit,
                task,
                changes,
            } => self.record(&unit, &task, changes),
            Command::Undo(ids) => self.undo(&ids),
            Command::StoreAgain => self.store_again(),
            Command::KeepEdits { unit, task, edits } => self.drafts.update_value(|drafts| {
                if edits.is_empty() {
                    drafts.remove(&(unit, task));
                } else {
                    drafts.insert((unit, task), edits);
                }
            }),
            Command::Heard { key, value } => self.heard(key, value),
            Command::Resized { narrow } => self.narrow.set(narrow),
            Command::LookAtTheClock => {
                let today = self.platform.with_value(|p| (p.today)());
                if self.today.get_untracked() != today {
                    self.today.set(today);
                }
            }
            Command::NothingNew => {
                let text = self.tr_now().notice_nothing_new().to_owned();
                self.say(Weight::Done, text, Vec::new());
            }
            Command::Dismiss(number) => {
                self.notices
                    .update(|all| all.retain(|n| n.number != number));
            }
            Command::DownloadAside(key) => self.download_aside(&key),
            Command::ForgetAside(key) => self.forget_aside(&key),
            Command::Export => self.export(),
            Command::ReadFiles(files) => self.read_files(files),
            Command::Merge => self.merge(),
            Command::PutAway => self.incoming.set(Vec::new()),
        }
    }

    /// Says something to the user.
    pub(super) fn say(self, weight: Weight, text: String, undo: Vec<EventId>) {
        // Never used twice: a list that is redrawn by number would show the old message.
        let number = self.notice_count.get_value();
        self.notice_count.set_value(number + 1);
        self.notices.update(|all| {
            // One finished step at a time is enough to read; alarms stay until closed.
            all.retain(|n| n.weight == Weight::Alarm && n.text != text);
            all.push(Notice {
                number,
                weight,
                text,
                undo,
            });
        });
    }

    /// Takes events into the ledger and stores each; returns how many could not be stored.
    pub(super) fn take_in(self, events: Vec<std::sync::Arc<Event>>) -> usize {
        let journal = self.journal();
        let persistent = self.platform.with_value(|p| p.store.persistent());
        let mut failed: Vec<(EventId, StoreError)> = Vec::new();
        for event in &events {
            match journal.save(event) {
                // Memory takes everything and keeps nothing: nobody may call that saved.
                Ok(()) if !persistent => failed.push((event.id(), StoreError::Blocked)),
                Ok(()) => {}
                Err(error) => failed.push((event.id(), error)),
            }
        }
        self.ledger.update(|ledger| {
            ledger.union(events);
        });
        let count = failed.len();
        if let Some((_, error)) = failed.last() {
            self.storage_fault.set(Some(error.clone()));
            self.unsaved
                .update(|all| all.extend(failed.iter().map(|f| f.0)));
        }
        count
    }

    fn go(self, address: Address, remember: bool) {
        if self.address.with_untracked(|a| *a == address) {
            return;
        }
        self.leave(&address.page);
        let href = address.href();
        // A browser that refuses to change the address bar still gets the view.
        let _ = if remember {
            page::push_hash(&href)
        } else {
            page::replace_hash(&href)
        };
        self.address.set(address);
    }

    /// What was done on one page is old news on the next; alarms stay.
    fn leave(self, next: &Page) {
        if self.address.with_untracked(|a| a.page != *next) {
            self.notices
                .update(|all| all.retain(|n| n.weight == Weight::Alarm));
        }
    }

    fn change_view(self, remember: bool, change: impl FnOnce(&mut crate::route::View)) {
        let mut address = self.address.get_untracked();
        change(&mut address.view);
        self.go(address, remember);
    }

    pub(super) fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        let saved = self
            .settings
            .with_untracked(|s| self.platform.with_value(|p| s.save(&*p.store)));
        if let Err(error) = saved {
            self.storage_fault.set(Some(error));
        }
    }

    fn choose_unit(self, id: String) {
        if unit_of(self.plan, &id).is_none() {
            return;
        }
        self.change_settings(|s| s.unit = Some(id.clone()));
        let mut address = self.address.get_untracked();
        address.view.unit = Some(id);
        if address.page == Page::Overview {
            address.page = Page::Board;
        }
        self.go(address, true);
    }

    fn compose(self, entries: Vec<Entry>) -> Vec<std::sync::Arc<Event>> {
        let now = self.platform.with_value(|p| (p.now)());
        let mut events = Vec::new();
        for entry in entries {
            let composed = self.ledger.with_untracked(|ledger| {
                self.writer
                    .try_update_value(|writer| writer.compose(now, ledger, entry))
            });
            match composed {
                Some(Ok(event)) => events.push(std::sync::Arc::new(event)),
                Some(Err(error)) => {
                    let text = self.tr_now().notice_not_recorded(error);
                    self.say(Weight::Alarm, text, Vec::new());
                }
                None => {}
            }
        }
        events
    }

    fn record(self, unit: &str, task: &str, changes: Vec<(Field, Value)>) {
        let author = self.settings.with_untracked(|s| s.author.clone());
        let entries = changes
            .into_iter()
            .map(|(field, value)| Entry {
                unit: unit.to_owned(),
                subject: task.to_owned(),
                field,
                value,
                author: author.clone(),
            })
            .collect();
        let events = self.compose(entries);
        let ids: Vec<EventId> = events.iter().map(|e| e.id()).collect();
        if ids.is_empty() {
            return;
        }
        let failed = self.take_in(events);
        let tr = self.tr_now();
        if failed == 0 {
            self.say(Weight::Done, tr.notice_saved(task), ids);
        } else {
            self.say(Weight::Alarm, tr.notice_not_stored(failed), ids);
        }
    }

    fn undo(self, ids: &[EventId]) {
        let author = self.settings.with_untracked(|s| s.author.clone());
        let (entries, stuck) = self.ledger.with_untracked(|ledger| {
            let mut entries = Vec::new();
            let mut stuck = 0usize;
            for id in ids {
                match undo(ledger, id) {
                    Ok(undo) => entries.push(undo.into_entry(author.clone())),
                    Err(_) => stuck += 1,
                }
            }
            (entries, stuck)
        });
        let events = self.compose(entries);
        let done = events.len();
        let failed = self.take_in(events);
        let tr = self.tr_now();
        if stuck > 0 {
            self.say(Weight::Alarm, tr.notice_undo_superseded(stuck), Vec::new());
        } else if failed > 0 {
            self.say(Weight::Alarm, tr.notice_not_stored(failed), Vec::new());
        } else if done > 0 {
            self.say(Weight::Done, tr.notice_undone().to_owned(), Vec::new());
        }
    }

    fn store_again(self) {
        let persistent = self
            .platform
            .try_update_value(Platform::try_again)
            .unwrap_or(false);
        if !persistent {
            let text = self.tr_now().storage_blocked().to_owned();
            self.storage_fault.set(Some(StoreError::Blocked));
            self.say(Weight::Alarm, text, Vec::new());
            return;
        }
        let journal = self.journal();
        let ids = self.unsaved.get_untracked();
        let mut left = Vec::new();
        let mut last_error = None;
        self.ledger.with_untracked(|ledger| {
            for id in ids {
                if let Some(Err(error)) = ledger.get(&id).map(|event| journal.save(event)) {
                    left.push(id);
                    last_error = Some(error);
                }
            }
        });
        let tr = self.tr_now();
        if left.is_empty() {
            self.storage_fault.set(None);
            self.say(
                Weight::Done,
                tr.notice_stored_again().to_owned(),
                Vec::new(),
            );
        } else {
            self.say(Weight::Alarm, tr.notice_not_stored(left.len()), Vec::new());
            self.storage_fault.set(last_error);
        }
        self.unsaved.set(left);
    }

    fn heard(self, key: Option<String>, value: Option<String>) {
        match (key, value) {
            (Some(key), Some(value)) if key == SETTINGS_KEY => {
                // The view stays as it is: its unit and day are in the address.
                if let Ok(settings) = serde_json::from_str(&value) {
                    self.settings.set(settings);
                }
            }
            (Some(key), Some(value)) => {
                if let Some(event) = Journal::parse_changed(&key, Some(&value)) {
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
                    self.unsaved.update(|all| all.push(id));
                    self.store_again();
                }
            }
            // Another tab cleared the store. What is known here is stored again, so that
            // closing this tab too would lose nothing.
            (None, _) => {
                let all = self
                    .ledger
                    .with_untracked(|ledger| ledger.events().map(|e| e.id()).collect());
                self.unsaved.set(all);
                self.store_again();
            }
        }
    }

    pub(super) fn journal(self) -> Journal {
        self.platform.with_value(Platform::journal)
    }

    /// The words of the page, without tracking the language.
    pub(super) fn tr_now(self) -> crate::i18n::Tr {
        crate::i18n::Tr(self.lang.get_untracked())
    }

    fn download_aside(self, key: &str) {
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

    fn forget_aside(self, key: &str) {
        match self.journal().forget_aside(key) {
            Ok(()) => self.aside.update(|all| all.retain(|a| a.key != key)),
            Err(error) => self.storage_fault.set(Some(error)),
        }
    }

    /// Hands a text to the user as a file; says so when the browser refuses.
    pub(super) fn download(self, name: &str, mime: &str, text: &str) -> bool {
        let done = crate::platform::files::download(name, mime, text).is_ok();
        if !done {
            let text = self.tr_now().notice_download_refused(name);
            self.say(Weight::Alarm, text, Vec::new());
        }
        done
    }
}
