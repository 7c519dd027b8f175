//! Merging: files and the ledger become one ledger, as one step that can be taken back.
//!
//! It begins with a snapshot ([`App::guarded`]), goes on in slices, and ends where the new ledger
//! is taken over and stored ([`App::take_over`]). While that lasts a mark is in the store: a tab that
//! dies meanwhile has kept a part, which the next start tells of.

use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;
use tracker::desk::Stage;
use tracker::desk::settle::{Pick, entries};
use tracker::exchange::ExchangeFile;
use tracker::ledger::{Event, Ledger, Merging, Way};
use tracker::views;

use super::desk::Gathered;
use super::transfer::{Found, views_in};
use super::work::Doing;
use super::{App, Weight};
use crate::platform::slice::Slices;
use crate::platform::{lock, pause};

/// In the store while a merge is being kept: how many updates it has.
pub(super) const MERGING_KEY: &str = "tiendo06/merging";

/// The lock of the tab that keeps a merge.
const MERGING: &str = "tiendo06/merge";

impl App {
    /// Tells of a merge that ended with its tab. The files are still where they were, and what is
    /// there already is not taken in twice.
    pub(super) fn look_for_cut_merge(self) {
        let store = self.platform.with_value(|p| Rc::clone(&p.store));
        let Ok(Some(mark)) = store.get(MERGING_KEY) else {
            return;
        };
        spawn_local(async move {
            // Another tab may be at it still.
            if lock::is_wanted(MERGING).await || store.remove(MERGING_KEY).is_err() {
                return;
            }
            let count = mark.parse().unwrap_or_default();
            let text = self.tr_now().desk_cut_short(count);
            self.say(Weight::Alarm, text, Vec::new());
        });
    }

    /// Merges what was chosen for import.
    pub(super) fn merge_incoming(self) {
        let incoming = self.incoming.get_untracked();
        self.incoming.set(Vec::new());
        self.works.begin(Doing::Merging, 0);
        spawn_local(async move {
            let mut files: Vec<&ExchangeFile> = Vec::new();
            for file in &incoming {
                if let Found::Good(file, ..) = &file.found {
                    files.push(file);
                }
            }
            let events: Vec<&[Arc<Event>]> = files.iter().map(|file| &*file.events).collect();
            let mut slices = Slices::begin();
            while let Some((stage, _)) = self.stage_of(&events, &mut slices, &|_| true).await {
                // Something may have been recorded meanwhile.
                if self.ledger.with_untracked(Ledger::len) == stage.known {
                    return self.merge_stage(stage, &files, &[], &mut slices).await;
                }
            }
        });
    }

    /// Merges what lies on the desk.
    pub(super) fn merge_desk(self) {
        let desk = self.desk;
        let files = desk.files.get_untracked();
        let job = self.works.begin(Doing::Merging, 0);
        spawn_local(async move {
            let now = self.ledger.with_untracked(Ledger::len);
            let fits = |gathered: &Rc<Gathered>| gathered.stage.known == now;
            let gathered = match desk.gathered.get_untracked().filter(fits) {
                Some(gathered) => Some(gathered),
                None => {
                    let gathered = self.gather(&files, job, &mut Slices::begin()).await;
                    gathered.map(Rc::new)
                }
            };
            let Some(gathered) = gathered else {
                return;
            };
            let picks = desk.picks.get_untracked();
            self.works.turn_to(Doing::Merging, 0);
            self.clear_desk();
            // Nobody looks at it any more, so that mostly nothing is copied.
            let stage = match Rc::try_unwrap(gathered) {
                Ok(gathered) => gathered.stage,
                Err(shared) => shared.stage.clone(),
            };
            let contents: Vec<&ExchangeFile> = files.iter().filter_map(|f| f.content()).collect();
            let mut slices = Slices::begin();
            pause().await;
            self.merge_stage(stage, &contents, &picks, &mut slices)
                .await;
            // To let go of that much takes a while too.
            for file in files {
                drop(file);
                slices.make_way().await;
            }
        });
    }

    /// Merges what was brought together with the ledger as it is now, and writes what was chosen,
    /// as one step, in slices; says how that went.
    async fn merge_stage(
        self,
        stage: Stage,
        files: &[&ExchangeFile],
        picks: &[Pick],
        slices: &mut Slices,
    ) {
        let mut saved = self.settings.with_untracked(|s| s.views.clone());
        let mut added = 0;
        for file in files {
            added += views::merge(&mut saved, &views_in(file));
        }
        if added > 0 {
            self.change_settings(|s| s.views = saved);
        }
        let Stage {
            mut merged, fresh, ..
        } = stage;
        let count = fresh.len();
        let author = self.settings.with_untracked(|s| s.author.clone());
        let mut events = fresh;
        let chosen = self.compose_in(&merged, entries(&merged, picks, &author));
        let settled = chosen.len();
        merged.union(chosen.iter().map(Arc::clone));
        events.extend(chosen);
        let mut merging = Merging::default();
        let subjects: Vec<String> = merged.subjects().map(str::to_owned).collect();
        for subject in subjects {
            self.ledger
                .with_untracked(|ledger| merging.look(ledger, &merged, &subject));
            slices.make_way().await;
        }
        slices.make_way().await;
        // No step before its updates: one that is taken back at once would find nothing.
        self.steps.update(|steps| steps.push_merging(merging));
        let step = match events.is_empty() {
            true => Vec::new(),
            false => self.steps.with_untracked(|steps| steps.next(Way::Back)),
        };
        self.works.turn_to(Doing::Keeping, events.len());
        let store = self.platform.with_value(|p| Rc::clone(&p.store));
        let held = lock::ask(MERGING);
        // Where it cannot be put down nobody hears of a tab that dies, and no more is lost.
        let _ = store.set(MERGING_KEY, &events.len().to_string());
        self.take_over(merged, events, move |app, failed| {
            let _ = store.remove(MERGING_KEY);
            drop(held);
            app.end_work();
            let tr = app.tr_now();
            if failed > 0 {
                return app.say_unsaved(failed, step);
            }
            let mut said = Vec::new();
            if count > 0 {
                said.push(tr.outcome_merged(count));
            }
            if settled > 0 {
                said.push(tr.desk_settled(settled));
            }
            if added > 0 {
                said.push(tr.views_merged(added));
            }
            if said.is_empty() {
                said.push(tr.outcome_merged_nothing().to_owned());
            }
            app.say(Weight::Done, said.join(" "), step);
        });
    }
}
