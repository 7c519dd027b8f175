//! Keeping: what people record becomes events, in the ledger and in the store.
//!
//! Nothing recorded is lost for want of a place: an event that cannot be stored stays in the
//! ledger, is listed as unsaved, and the user is told.

use std::mem::take;
use std::sync::Arc;

use lean::prelude::untrack;
use leptos::task::spawn_local;
use serde_json::Value;
use tracker::closing::period_of;
use tracker::date::format_date;
use tracker::kpi::ReportPeriod;
use tracker::ledger::{Entry, Event, EventId, Field, Ledger, Undo, UndoError, Way, undo};
use tracker::review::{Form, Verdict, answer, is_reported};

use super::record::Recording;
use super::recovery::ERASING_KEY;
use super::safety::{Safety, Second, fault_words};
use super::{App, Weight};
use crate::i18n::{Tr, lower_first};
use crate::platform::mirror::Mirror;
use crate::platform::schema::{self, SCHEMA_KEY};
use crate::platform::{Journal, Platform, SETTINGS_KEY, Settings, StoreError, page};

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
        let saved: Vec<Option<Result<(), StoreError>>> = events
            .iter()
            .map(|event| (alone || self.is_own(event)).then(|| self.save_here(event)))
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
        let of_others = events.iter().any(|event| !self.is_own(event));
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
                let kept = mirror.keep(&events).await;
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
                self.say_export(self.tr_now().notice_first_full().to_owned());
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

    pub(super) fn compose(self, entries: Vec<Entry>) -> Vec<Arc<Event>> {
        self.ledger
            .with_untracked(|ledger| self.compose_in(ledger, entries))
    }

    /// Makes events of entries for `ledger`, and says which cannot be recorded.
    pub(super) fn compose_in(self, ledger: &Ledger, entries: Vec<Entry>) -> Vec<Arc<Event>> {
        let now = self.platform.with_value(|p| (p.now)());
        let mut events = Vec::new();
        for entry in entries {
            let composed = self
                .writer
                .update_value(|writer| writer.compose(now, ledger, entry));
            match composed {
                Ok(event) => events.push(Arc::new(event)),
                Err(error) => {
                    let text = self.tr_now().notice_not_recorded(error.to_string());
                    self.say(Weight::Alarm, text, Vec::new());
                }
            }
        }
        events
    }

    /// Records what is new of one task or of many, as one step that one press takes back.
    pub(super) fn record(self, records: Vec<Recording>, left_out: usize) {
        let author = self.settings.with_untracked(|s| s.author.clone());
        let tr = self.tr_now();
        let saved = match records.as_slice() {
            [one] if left_out == 0 => tr.notice_saved(&one.task),
            many if left_out == 0 => tr.table_saved(many.len()),
            many => tr.table_saved_but(many.len(), left_out),
        };
        let mut records = records;
        let answered = self.answer(&mut records);
        let saved = match answered {
            0 => saved,
            n => saved + " " + &tr.review_waits_again(n),
        };
        self.write(entries(records, &author), saved);
    }

    /// Judges reports, as one step.
    pub(super) fn review(self, reports: Vec<(String, String)>, form: &Form) {
        let author = self.settings.with_untracked(|s| s.author.clone());
        let mut records = Vec::new();
        self.ledger.with_untracked(|ledger| {
            for (unit, task) in reports {
                let changes = form.changes(ledger, &unit, &task);
                if !changes.is_empty() {
                    records.push(Recording {
                        unit,
                        task,
                        changes,
                    });
                }
            }
        });
        let tr = self.tr_now();
        let saved = match (records.as_slice(), form.verdict) {
            ([], _) => {
                self.say(Weight::Done, tr.notice_nothing_new().to_owned(), Vec::new());
                return;
            }
            ([one], Some(Verdict::Return)) => tr.review_saved_returned(&one.task),
            ([one], _) => tr.review_saved_accepted(&one.task),
            (many, _) => tr.review_saved_many(many.len()),
        };
        self.write(entries(records, &author), saved);
    }

    /// Whatever a unit records of a report that was returned is its answer: how many there are.
    fn answer(self, records: &mut [Recording]) -> usize {
        let mut answered = 0;
        self.ledger.with_untracked(|ledger| {
            for record in records {
                let mut fields = record.changes.iter().map(|(field, _)| *field);
                if fields.clone().any(|field| field == Field::Review) {
                    // Nothing but the answer itself.
                    answered += 1;
                } else if fields.any(|field| is_reported(field.as_str()))
                    && let Some(answer) = answer(ledger, &record.unit, &record.task)
                {
                    record.changes.push((Field::Review, answer));
                    answered += 1;
                }
            }
        });
        answered
    }

    /// Records one value of a field, as a step of its own.
    pub(super) fn note_down(
        self,
        unit: String,
        subject: String,
        field: Field,
        value: Value,
        saved: String,
    ) {
        let author = self.settings.with_untracked(|s| s.author.clone());
        let entry = Entry {
            unit,
            subject,
            field,
            value,
            author,
        };
        self.write(vec![entry], saved);
    }

    /// Writes entries as one step, and says `saved` once they are stored.
    fn write(self, entries: Vec<Entry>, saved: String) {
        let events = self.compose(entries);
        let ids: Vec<EventId> = events.iter().map(|e| e.id()).collect();
        if ids.is_empty() {
            return;
        }
        let undo = ids.clone();
        self.take_in(events, move |app, failed| {
            if failed > 0 {
                return app.say_unsaved(failed, undo);
            }
            let asof = untrack(|| app.asof());
            let saved = match asof < app.today.get_untracked() {
                // Otherwise nobody would know why what was saved does not show.
                true => saved + " " + &app.tr_now().form_past_day(format_date(asof)),
                false => saved,
            };
            app.say(Weight::Done, saved, undo);
        });
        self.stepped(&ids);
    }

    /// Says that updates are in this page alone, and offers the file.
    pub(super) fn say_unsaved(self, failed: usize, undo: Vec<EventId>) {
        let text = self.tr_now().notice_not_stored(failed);
        self.tell(Weight::Alarm, text, undo, true);
    }

    /// Says what is in danger, and offers the file.
    pub(super) fn say_export(self, text: String) {
        self.tell(Weight::Alarm, text, Vec::new(), true);
    }

    /// One act wrote these events: it can be taken back as one step.
    pub(super) fn stepped(self, ids: &[EventId]) {
        self.ledger
            .with_untracked(|ledger| self.steps.update(|steps| steps.push(ledger, ids)));
    }

    /// Takes these events back: the last step as such, anything else as a step of its own.
    pub(super) fn undo(self, ids: &[EventId]) {
        let last = self.steps.with_untracked(|steps| steps.next(Way::Back));
        if last == ids {
            self.walk(Way::Back);
            return;
        }
        let wanted = self
            .ledger
            .with_untracked(|ledger| ids.iter().map(|id| undo(ledger, id)).collect());
        let written: Vec<EventId> = self
            .take_back(wanted, ids, Way::Back)
            .into_iter()
            .flatten()
            .collect();
        self.stepped(&written);
    }

    /// Goes one step back or forth, by new events.
    pub(super) fn walk(self, way: Way) {
        let ids = self.steps.with_untracked(|steps| steps.next(way));
        if ids.is_empty() {
            let text = Tr::step_none(self.tr_now(), way).to_owned();
            self.say(Weight::Done, text, Vec::new());
            return;
        }
        let wanted = self
            .ledger
            .with_untracked(|ledger| self.steps.with_untracked(|s| s.wanted(way, ledger)));
        let written = self.take_back(wanted, &ids, way);
        self.steps.update(|steps| steps.moved(way, &written));
    }

    /// Writes what is wanted in place of `ids`, and says how that went: the event of each.
    fn take_back(
        self,
        wanted: Vec<Result<Undo, UndoError>>,
        ids: &[EventId],
        way: Way,
    ) -> Vec<Option<EventId>> {
        let author = self.settings.with_untracked(|s| s.author.clone());
        let (mut events, mut written, mut stuck) = (Vec::new(), Vec::new(), 0);
        for wanted in wanted {
            let made = match wanted {
                Ok(undo) => self.compose(vec![undo.into_entry(author.clone())]),
                Err(_) => {
                    stuck += 1;
                    Vec::new()
                }
            };
            written.push(made.first().map(|event| event.id()));
            events.extend(made);
        }
        let tr = self.tr_now();
        let what = self.step_words(tr, ids);
        let said = stuck > 0 || written.iter().any(Option::is_some);
        self.take_in(events, move |app, failed| {
            if stuck > 0 {
                let text = match way {
                    Way::Back => tr.notice_undo_superseded(stuck),
                    Way::Forth => tr.notice_redo_superseded(stuck),
                };
                app.say(Weight::Alarm, text, Vec::new());
            } else if failed > 0 {
                app.say_unsaved(failed, Vec::new());
            } else if said {
                let text = match way {
                    Way::Back => tr.notice_undone(what),
                    Way::Forth => tr.notice_redone(what),
                };
                app.say(Weight::Done, text, Vec::new());
            }
        });
        written
    }

    /// What a step is about: "Trạng thái, tiến độ của CT05-B-06".
    pub(super) fn step_words(self, tr: Tr, ids: &[EventId]) -> String {
        let (mut fields, mut tasks): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        self.ledger.with_untracked(|ledger| {
            for event in ids.iter().filter_map(|id| ledger.get(id)) {
                let name = Field::parse(event.field()).map_or("", |field| tr.field(field));
                let name = if fields.is_empty() {
                    name.to_owned()
                } else {
                    lower_first(name, tr.0)
                };
                if fields
                    .iter()
                    .all(|f| lower_first(f, tr.0) != lower_first(&name, tr.0))
                {
                    fields.push(name);
                }
                if tasks.iter().all(|task| task != event.subject()) {
                    tasks.push(event.subject().to_owned());
                }
            }
        });
        let fields = fields.join(", ");
        match tasks.as_slice() {
            [one] => tr.step_of_task(fields, subject_words(tr, one)),
            _ => tr.step_of_tasks(fields, tasks.len()),
        }
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
                    let text = tr.notice_stored_again().to_owned();
                    app.say(Weight::Done, text, Vec::new());
                }
            }
            app.look_at_storage();
        });
    }

    pub(super) fn heard(self, key: Option<String>, value: Option<String>) {
        if key.as_deref() == Some(ERASING_KEY) {
            let begun = value.is_some();
            self.hidden.update_value(|hidden| hidden.erasing = begun);
            if !begun {
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

/// What is recorded, in somebody's name.
fn entries(records: Vec<Recording>, author: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for record in records {
        for (field, value) in record.changes {
            entries.push(Entry {
                unit: record.unit.clone(),
                subject: record.task.clone(),
                field,
                value,
                author: author.to_owned(),
            });
        }
    }
    entries
}

/// What an update is about: the id of a task or indicator, or a period in words where it has some.
fn subject_words(tr: Tr, subject: &str) -> String {
    let key = period_of(subject).unwrap_or(subject);
    match key.parse::<ReportPeriod>() {
        Ok(period) => lower_first(&period.label(tr.0), tr.0),
        Err(_) => key.to_owned(),
    }
}
