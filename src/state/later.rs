//! Commands that nobody gives before the first view is there. How they are done is in the rest of
//! the program, which `App::dispatch` waits for.

use lean::prelude::untrack;
use leptos::task::spawn_local;
use tracker::closing::{close, subject};
use tracker::filter::edit;
use tracker::ledger::{Field, FieldValue};
use tracker::views;

use super::desk::Move;
use super::record::Recording;
use super::safety::Why;
use super::{App, Command, Kept, Weight};
use crate::platform::{files, picture};

impl App {
    /// Carries out a command that is not done at once.
    #[inline(never)]
    pub(super) fn carry_out(self, command: Command) {
        if records(&command) && self.refuses() {
            return;
        }
        match command {
            Command::Narrow(key, value) => {
                let q = untrack(|| self.view().q);
                let values: Vec<String> = value.into_iter().collect();
                self.dispatch(Command::Filter(edit::with_values(&q, key, &values)));
            }
            Command::SaveView(name) => self.save_view(&name),
            Command::RenameView { from, to } => {
                let mut renamed = false;
                self.change_settings(|s| renamed = views::rename(&mut s.views, &from, &to));
                if renamed {
                    let text = self.tr_now().views_renamed(to);
                    self.say(Weight::Done, text, Vec::new());
                }
            }
            Command::DeleteView(name) => {
                self.change_settings(|s| s.views.retain(|view| view.name != name));
                let text = self.tr_now().views_deleted(name);
                self.say(Weight::Done, text, Vec::new());
            }
            Command::UseSingleKeys(on) => self.change_settings(|s| s.single_keys = on),
            Command::SignAs(author) => self.change_settings(|s| s.author = author),
            Command::Record {
                unit,
                task,
                changes,
            } => self.record(
                vec![Recording {
                    unit,
                    task,
                    changes,
                }],
                0,
            ),
            Command::RecordMany { records, left_out } => self.record(records, left_out),
            Command::Review { reports, form } => self.review(reports, &form),
            Command::Observe {
                unit,
                indicator,
                value,
            } => {
                let saved = self.tr_now().outcome_figure_saved(&indicator);
                self.note_down(unit, indicator, Field::Observation, value, saved);
            }
            Command::ClosePeriod {
                unit,
                name,
                period,
                asof,
                figures,
            } => {
                let closing = self
                    .ledger
                    .with_untracked(|ledger| close(ledger, &name, &period, asof, &figures));
                let saved = self.tr_now().outcome_period_closed(&closing.name);
                let value = FieldValue::Closing(closing).to_json();
                self.note_down(unit, subject(&period), Field::Closing, value, saved);
            }
            Command::Select(selection) => self.select(selection),
            Command::Heard { key, value } => self.heard(key, value),
            Command::Undo(ids) => self.undo(&ids),
            Command::Step(way) => self.walk(way),
            Command::StoreAgain => self.store_again(),
            Command::LookAtStorage => self.look_at_storage(),
            Command::AskToPersist => self.ask_to_persist(),
            Command::DownloadSnapshot(number) => self.download_snapshot(number),
            Command::Restore(number) => self.restore(number),
            Command::Erase { ring_too } => self.erase(ring_too),
            Command::KeepEdits { unit, task, edits } => self.drafts.update_value(|drafts| {
                drafts.retain(|kept| !kept.is_of(&unit, &task));
                if !edits.is_empty() {
                    let edits = *edits;
                    drafts.push(Kept { unit, task, edits });
                }
            }),
            Command::NothingNew => {
                let text = self.tr_now().outcome_nothing_new().to_owned();
                self.say(Weight::Done, text, Vec::new());
            }
            Command::DownloadAside(key) => self.download_aside(&key),
            Command::ForgetAside(key) => self.forget_aside(&key),
            Command::SaveText { name, mime, text } => {
                self.download(&name, mime, &text);
            }
            Command::SavePng { name, picture } => spawn_local(async move {
                let drawn = picture::png(&picture).await;
                let taken = drawn.is_ok_and(|blob| files::hand_over(&name, &blob).is_ok());
                if !taken {
                    let text = self.tr_now().notice_download_refused(&name);
                    self.say(Weight::Alarm, text, Vec::new());
                }
            }),
            Command::Export => self.export(None),
            Command::ExportPart(part) => self.export(Some(part)),
            Command::ReadFiles(files) => self.read_files(files),
            // Asked for twice, it is done once.
            Command::Merge if self.works.doing().is_some() => {}
            Command::Merge => self.guarded(Why::Merge, App::merge_incoming),
            Command::StopWork => self.stop_work(),
            Command::PutAway => self.incoming.set(Vec::new()),
            Command::AtDesk(what) => self.at_desk(what),
            Command::OpenPlan(file) => self.open_plan(file),
            Command::OpenKeptPlan => self.open_kept_plan(true),
            Command::CloseOpenedPlan => self.close_opened_plan(),
            // These are done at once.
            Command::Grown(_)
            | Command::Open(_)
            | Command::Arrived(_)
            | Command::Search(_)
            | Command::Filter(_)
            | Command::Arrange(..)
            | Command::ChooseUnit(_)
            | Command::JudgeBy(_)
            | Command::Speak(_)
            | Command::Dress(_)
            | Command::FoldRail(_)
            | Command::Activate(_)
            | Command::Resized { .. }
            | Command::Print(_)
            | Command::LookAtTheClock
            | Command::Dismiss(_) => {}
        }
        self.keep_desk();
    }

    fn save_view(self, name: &str) {
        let name = views::tidy(name);
        if name.is_empty() {
            return;
        }
        let address = untrack(|| self.view_address());
        self.change_settings(|s| views::save(&mut s.views, &name, &address));
        let text = self.tr_now().views_saved(name);
        self.say(Weight::Done, text, Vec::new());
    }
}

/// Whether a command writes down what people say, which must not be where a newer version stores.
fn records(command: &Command) -> bool {
    matches!(
        command,
        Command::Record { .. }
            | Command::RecordMany { .. }
            | Command::Observe { .. }
            | Command::ClosePeriod { .. }
            | Command::Review { .. }
            | Command::AtDesk(Move::Merge)
            | Command::Undo(_)
            | Command::Step(_)
            | Command::Merge
    )
}
