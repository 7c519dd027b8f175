//! Writing down: what people record, judge, take back and do again becomes events, one step an act.
//! Where they are kept: [`keep`](super::keep).

use std::sync::Arc;

use lean::prelude::untrack;
use serde_json::Value;
use tracker::closing::period_of;
use tracker::date::format_date;
use tracker::kpi::ReportPeriod;
use tracker::ledger::{Entry, Event, EventId, Field, Ledger, Undo, UndoError, Way, undo};
use tracker::review::{Form, Verdict, answer, is_reported};

use super::record::Recording;
use super::{App, Weight};
use crate::i18n::{Tr, lower_first};

/// More updates than one act records by hand.
const MANY: usize = 1_000;

impl App {
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
                    let text = self.tr_now().outcome_not_recorded(error.to_string());
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
            [one] if left_out == 0 => tr.outcome_saved(&one.task),
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
                self.say(
                    Weight::Done,
                    tr.outcome_nothing_new().to_owned(),
                    Vec::new(),
                );
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
                    Way::Back => tr.outcome_undo_superseded(stuck),
                    Way::Forth => tr.outcome_redo_superseded(stuck),
                };
                app.say(Weight::Alarm, text, Vec::new());
            } else if failed > 0 {
                app.say_unsaved(failed, Vec::new());
            } else if said {
                let text = match way {
                    Way::Back => tr.outcome_undone(what),
                    Way::Forth => tr.outcome_redone(what),
                };
                app.say(Weight::Done, text, Vec::new());
            }
        });
        written
    }

    /// What a step is about: "Trạng thái, tiến độ của CT05-B-06". Of a merge of many updates only how
    /// many: all of them would be everything, and take long to look through.
    pub(super) fn step_words(self, tr: Tr, ids: &[EventId]) -> String {
        if ids.len() > MANY {
            return tr.step_of_updates(ids.len());
        }
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
