//! Everything a view may ask for, and how it is done.

use chrono::NaiveDate;
use serde_json::Value;
use tracker::filter::Key;
use tracker::ledger::{EventId, Field, Way};
use tracker::record::Edits;
use tracker::review::Form;
use tracker::text::Lang;

use super::desk::Move;
use super::record::Recording;
use super::transfer::Part;
use super::{App, LATER_TEXTS, Notice, Selection, Weight, unit_of};
use crate::i18n::unmarked;
use crate::platform::picture::Picture;
use crate::platform::rest::Extent;
use crate::platform::{Settings, Theme, address};
use crate::route::{Address, Opt, Page};

/// A wish of the user, or news from outside the page.
#[derive(Clone, Debug)]
pub enum Command {
    /// More of the program is there, or it cannot be had.
    Grown(Extent),
    /// Open a page, keeping the view.
    Open(Page),
    /// The location changed: Back, Forward, a link, a typed address.
    Arrived(Address),
    /// Search words and filters, as typed: no step of the history.
    Search(String),
    /// Search words and filters, as a menu or a chip set them: Back undoes it.
    Filter(String),
    /// Let a filter of the query be this one value, or none: another step of the history.
    Narrow(Key, Option<String>),
    /// Keep what is shown under a name, in place of what had that name.
    SaveView(String),
    /// Give a saved view another name.
    RenameView {
        /// Its name.
        from: String,
        /// The new name.
        to: String,
    },
    /// Forget a saved view.
    DeleteView(String),
    /// Arrange what a page shows; an empty value for its own way.
    Arrange(Opt, String),
    /// Choose the unit, for this view and as one's own.
    ChooseUnit(String),
    /// Judge by another day; `None` for today.
    JudgeBy(Option<NaiveDate>),
    /// Choose the language.
    Speak(Lang),
    /// Choose light or dark.
    Dress(Theme),
    /// Show the navigation as icons alone, or with names.
    FoldRail(bool),
    /// Turn shortcuts of a single key on or off.
    UseSingleKeys(bool),
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
    /// Record fields of several tasks, as one step.
    RecordMany {
        /// What of which task is recorded for whom.
        records: Vec<Recording>,
        /// How many tasks nothing could be recorded of.
        left_out: usize,
    },
    /// Judge reports, as one step.
    Review {
        /// The unit and the task of each.
        reports: Vec<(String, String)>,
        /// What the reviewer entered, for each of them alike.
        form: Box<Form>,
    },
    /// Record a figure of an indicator for a unit, as one step; see
    /// [`tracker::indicator::FigureForm`].
    Observe {
        /// The agency, collective or country it is recorded for.
        unit: String,
        /// The indicator.
        indicator: String,
        /// The figure, in the shape of [`Field::Observation`].
        value: Value,
    },
    /// Close a period for a unit, as one step: keep figures under a name; see
    /// [`tracker::closing`].
    ClosePeriod {
        /// The agency or country the figures are of.
        unit: String,
        /// What people call it; not blank.
        name: String,
        /// The period's key, such as `2025-Q2`.
        period: String,
        /// The day the figures were judged by.
        asof: NaiveDate,
        /// The figures by name: `a` to `z`, digits and `_`.
        figures: Vec<(&'static str, f64)>,
    },
    /// Select tasks of the list.
    Select(Selection),
    /// Make a task of the list the one that keys act on, by its position in the plan.
    Activate(Option<usize>),
    /// Take these updates back, by new events.
    Undo(Vec<EventId>),
    /// Take the last step of this run back, or do again what was taken back last.
    Step(Way),
    /// Try again to store what could not be stored.
    StoreAgain,
    /// Ask the browser how much room there is and what it promises.
    LookAtStorage,
    /// Ask the browser to promise that it keeps what is stored.
    AskToPersist,
    /// Give a snapshot, by its number, to the user as a file.
    DownloadSnapshot(u32),
    /// Return to what a snapshot showed.
    Restore(u32),
    /// Erase what this browser has of the page.
    Erase {
        /// Whether the snapshots go too; otherwise one more is taken first.
        ring_too: bool,
    },
    /// Keep what was typed for a task.
    KeepEdits {
        /// For whom.
        unit: String,
        /// The task.
        task: String,
        /// What was touched; nothing once it is saved.
        edits: Box<Edits>,
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
    /// The page is about to be printed, or has been.
    Print(bool),
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
    /// Give a text to the user as a file.
    SaveText {
        /// The file's name.
        name: String,
        /// Its media type.
        mime: &'static str,
        /// What is in it.
        text: String,
    },
    /// Give a drawing to the user as a PNG file.
    SavePng {
        /// The file's name.
        name: String,
        /// The drawing.
        picture: Picture,
    },
    /// Give the whole ledger to the user as a file.
    Export,
    /// Give a part of the ledger to the user as a file.
    ExportPart(Part),
    /// Read files and show what they would change.
    ReadFiles(Vec<web_sys::File>),
    /// Take the readable files that were shown into the ledger.
    Merge,
    /// Put the chosen files away unmerged.
    PutAway,
    /// Give up the long work that goes on.
    StopWork,
    /// Do something at the consolidation desk.
    AtDesk(Move),
    /// Read a plan from a file and open it in place of the one that is open.
    OpenPlan(web_sys::File),
    /// Open the plan that this browser keeps.
    OpenKeptPlan,
    /// Return to the plan that the page bundles, and keep no other.
    CloseOpenedPlan,
}

impl App {
    /// The one way to change anything.
    pub fn dispatch(self, command: Command) {
        match command {
            Command::Grown(extent) => self.grow(extent),
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
            Command::Filter(q) => self.change_view(true, |view| view.q = q),
            Command::Arrange(opt, value) => {
                self.change_view(true, |view| view.set_option(opt, &value));
            }
            Command::ChooseUnit(id) => self.choose_unit(id),
            Command::JudgeBy(asof) => self.change_view(true, |view| view.asof = asof),
            Command::Speak(lang) => {
                self.change_settings(|s| s.lang = Some(lang));
                self.change_view(false, |view| {
                    view.lang = view.lang.map(|_| lang);
                });
            }
            Command::Dress(theme) => self.change_settings(|s| s.theme = theme),
            Command::FoldRail(folded) => self.change_settings(|s| s.rail_folded = Some(folded)),
            Command::Activate(position) => {
                if self.views.active.get_untracked() != position {
                    self.views.active.set(position);
                }
            }
            Command::Resized { narrow } => self.narrow.set(narrow),
            Command::Print(printing) => self.printing.set(printing),
            Command::LookAtTheClock => {
                let today = self.platform.with_value(|p| (p.today)());
                if self.today.get_untracked() != today {
                    self.today.set(today);
                }
            }
            Command::Dismiss(number) => {
                self.notices
                    .update(|all| all.retain(|n| n.number != number));
            }
            // How the others are done is in the rest of the program.
            later => match self.extent.get_untracked() {
                Extent::Whole => self.carry_out(later),
                Extent::First => self.waiting.update_value(|all| all.push(later)),
                Extent::Stuck => self.say_stuck(),
            },
        }
    }

    /// The rest of the program is there, or cannot be had.
    fn grow(self, extent: Extent) {
        // Texts that do not fit the plan are those of another build.
        let whole = extent == Extent::Whole && self.bundled.complete(unmarked(LATER_TEXTS));
        match extent {
            Extent::Whole if !whole => return self.grow(Extent::Stuck),
            Extent::Stuck => {
                self.say_stuck();
                // What opens it cannot be had.
                self.awaits_plan.set(false);
            }
            _ => {}
        }
        self.extent.set(extent);
        if whole {
            self.open_mirror();
            for command in self.waiting.update_value(std::mem::take) {
                self.carry_out(command);
            }
        }
    }

    fn say_stuck(self) {
        let text = self.tr_now().notice_stuck().to_owned();
        self.say(Weight::Alarm, text, Vec::new());
    }

    /// Says something to the user.
    pub(super) fn say(self, weight: Weight, text: String, undo: Vec<EventId>) {
        self.tell(weight, text, undo, false);
    }

    /// Says something to the user, with a button for a file of everything where `export`.
    pub(super) fn tell(self, weight: Weight, text: String, undo: Vec<EventId>, export: bool) {
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
                export,
            });
        });
    }

    fn go(self, address: Address, remember: bool) {
        if self.address.with_untracked(|a| *a == address) {
            return;
        }
        self.leave(&address.page);
        let href = address.href();
        // A browser that refuses to change the address bar still gets the view.
        let _ = match (self.is_whole_now(), remember) {
            (true, true) => address::soon::push(&href),
            (true, false) => {
                address::soon::replace(href);
                Ok(())
            }
            (false, true) => address::push(&href),
            (false, false) => address::replace(&href),
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
        self.views.selected.set(Vec::new());
        self.views.anchor.set_value(None);
        let mut address = self.address.get_untracked();
        address.view.unit = Some(id);
        self.go(address, true);
    }

    /// The words of the page, without tracking the language.
    pub(super) fn tr_now(self) -> crate::i18n::Tr {
        crate::i18n::Tr(self.lang.get_untracked())
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
