//! Moving a card to another column: what a move means, whichever hand makes it.
//!
//! A card is lifted and dropped by keyboard here, by a pointer in [`super::drag`], and sent by
//! the menu of [`super::ask`]. All three end in [`Mover::send`], which records the status that
//! the column stands for, or says why it cannot.

use std::rc::Rc;
use std::sync::Arc;

use lean::prelude::*;
use tracker::board::{By, Refusal, reach};
use tracker::date::format_date;
use tracker::record::Choice;
use tracker::status::Stage;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};

use super::Shape;
use super::columns::{Placed, label, stage};
use crate::platform::page;
use crate::route::Page;
use crate::state::record::{moved, recorders};
use crate::state::rows::Row;
use crate::state::{App, Command, Unit};
use wasm_bindgen::JsCast;

/// A column, by the numbers of its row and its own.
pub type Spot = (usize, usize);

/// A card that is lifted.
#[derive(Clone, Copy, PartialEq)]
pub struct Held {
    /// Its task, by its position in the plan.
    pub task: usize,
    /// Where it stands.
    pub from: Spot,
    /// The column it is over.
    pub over: Option<Spot>,
    /// By a pointer, not by keyboard.
    pub dragged: bool,
}

impl Held {
    /// The card that an element belongs to, as lifted where it stands.
    pub fn of(element: &Element) -> Option<Held> {
        let card = element.closest("[data-task]").ok()??;
        let from = spot(element)?;
        Some(Held {
            task: number(&card, "data-task")?,
            from,
            over: Some(from),
            dragged: false,
        })
    }
}

fn number(element: &Element, attribute: &str) -> Option<usize> {
    element.get_attribute(attribute)?.parse().ok()
}

/// The column that an element stands in.
pub fn spot(element: &Element) -> Option<Spot> {
    let column = element.closest("[data-column]").ok()??;
    Some((
        number(&column, "data-lane")?,
        number(&column, "data-column")?,
    ))
}

/// The element that an event is about.
pub fn target(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}

/// What is asked for a card.
#[derive(Clone)]
pub enum Question {
    /// Where to move it.
    Where,
    /// When it was completed; recorded for this unit.
    When(String),
}

/// A question about a task, and where on the screen it is asked.
#[derive(Clone)]
pub struct Asked {
    /// The task, by its position in the plan.
    pub task: usize,
    /// What is asked.
    pub question: Question,
    /// The left and top of the question, in CSS pixels.
    pub at: (f64, f64),
}

/// Moves cards of one board.
#[derive(Clone, Copy)]
pub struct Mover {
    /// The state of the page.
    pub app: App,
    shape: Memo<Shape>,
    placed: Memo<Rc<Placed>>,
    held: RwSignal<Option<Held>>,
    lifted: Memo<Option<usize>>,
    /// What was said last of a move.
    pub said: RwSignal<String>,
    /// What is being asked.
    pub asked: RwSignal<Option<Asked>>,
    /// The element that holds the columns.
    pub board: Ref<HtmlElement>,
}

impl Mover {
    /// A mover for what is placed in this shape.
    pub fn new(app: App, shape: Memo<Shape>, placed: Memo<Rc<Placed>>) -> Mover {
        let held = RwSignal::new(None::<Held>);
        Mover {
            app,
            shape,
            placed,
            held,
            lifted: Memo::new(move || held.with(|h| h.map(|h| h.task))),
            said: RwSignal::new(String::new()),
            asked: RwSignal::new(None),
            board: Ref::new(),
        }
    }

    /// The mover of the board around.
    pub fn here() -> Mover {
        leptos::prelude::expect_context()
    }

    /// Whether the board it belongs to is gone.
    pub fn is_gone(self) -> bool {
        self.held.is_disposed()
    }

    /// Whether this task's card is lifted. Tracks.
    pub fn is_held(self, task: usize) -> bool {
        self.lifted.get() == Some(task)
    }

    /// Whether a pointer drags a card. Tracks.
    pub fn is_dragging(self) -> bool {
        self.held.with(|h| h.is_some_and(|h| h.dragged))
    }

    /// The same, now.
    pub fn is_dragging_now(self) -> bool {
        self.held.with_untracked(|h| h.is_some_and(|h| h.dragged))
    }

    /// The task of the lifted card. Tracks.
    pub fn held_task(self) -> Option<usize> {
        self.lifted.get()
    }

    /// Whether the lifted card is over this column and may be dropped there. Tracks.
    pub fn over(self, lane: usize, column: usize) -> Option<bool> {
        let held = self.held.get().filter(|h| h.over == Some((lane, column)))?;
        Some(self.verdict(&held, (lane, column)).is_ok())
    }

    pub fn row(self, task: usize) -> Option<Arc<Row>> {
        let find = |rows: &crate::state::rows::Rows| {
            let row = rows.iter().find(|row| row.position == task);
            row.cloned()
        };
        self.app.visible().with_untracked(find)
    }

    /// What columns stand for, and the numbers of those that the menu offers.
    pub fn targets(self) -> (By, Vec<usize>) {
        match self.shape.get_untracked().0 {
            by if by.is_status() => (by, self.placed.with_untracked(|p| p.columns.clone())),
            _ => (By::Status, (0..Stage::ALL.len()).collect()),
        }
    }

    /// What a move there records; nothing where the task is there already, or why it cannot.
    pub fn effect(self, task: usize, by: By, column: usize) -> Result<Option<Stage>, String> {
        let app = self.app;
        let Some(row) = self.row(task) else {
            return Ok(None);
        };
        if by.is_status() && by.of(app.plan, row.task(app.plan), &row.standing) == [column] {
            return Ok(None);
        }
        reach(by, column, &row.standing, app.asof())
            .map(Some)
            .map_err(|refusal| {
                let tr = app.tr();
                match refusal {
                    Refusal::OfPlan => tr.move_of_plan().to_owned(),
                    Refusal::OfDate(due) => tr.move_of_date(format_date(due)),
                    Refusal::Undated => tr.move_is_undated().to_owned(),
                    Refusal::Dated(due) => tr.move_is_dated(format_date(due)),
                }
            })
    }

    /// The same for the lifted card and a column of the board.
    fn verdict(self, held: &Held, (lane, column): Spot) -> Result<Option<Stage>, String> {
        let effect = match (column == held.from.1, lane == held.from.0) {
            (true, true) => Ok(None),
            (true, false) => Err(self.app.tr().move_other_row().to_owned()),
            _ => self.effect(held.task, self.shape.get().0, column),
        };
        effect.map_err(|why| self.app.tr().move_refused(self.name(column), why))
    }

    fn name(self, column: usize) -> String {
        label(self.app, self.shape.get().0, column)
    }

    fn id(self, task: usize) -> &'static str {
        &self.app.plan.tasks()[task].id
    }

    /// What happens with the lifted card by keyboard, or lifts one.
    #[inline(never)]
    pub fn key(self, ev: &KeyboardEvent) {
        let Some(element) = target(ev.target()).filter(|_| !ev.is_composing()) else {
            return;
        };
        let held = self.held.get_untracked();
        let mut used = true;
        untrack(|| match (held, ev.key().as_str()) {
            (Some(held), "Escape") => self.put_back(&held),
            (Some(Held { dragged: true, .. }), _) => used = false,
            (Some(_), " " | "Enter") => {
                let rect = element.get_bounding_client_rect();
                self.drop_card((rect.left(), rect.top()));
            }
            (Some(held), "ArrowRight" | "ArrowDown") => self.step(held, true),
            (Some(held), "ArrowLeft" | "ArrowUp") => self.step(held, false),
            (None, " ") if element.has_attribute("href") => match Held::of(&element) {
                Some(held) => self.lift(held),
                None => used = false,
            },
            (None, "ContextMenu") => self.ask_where(&element),
            (None, "F10") if ev.shift_key() => self.ask_where(&element),
            _ => used = false,
        });
        if used {
            ev.prevent_default();
        }
    }

    /// The focus left: a card that was lifted by keyboard stays where it was.
    #[inline(never)]
    pub fn left(self) {
        if self.held.with_untracked(|h| h.is_some_and(|h| !h.dragged)) {
            self.held.set(None);
            self.said.set(String::new());
        }
    }

    /// Lifts a card by keyboard.
    fn lift(self, held: Held) {
        self.held.set(Some(held));
        let (at, count) = self.order(held.from.1);
        let tr = self.app.tr();
        let column = self.name(held.from.1);
        self.said
            .set(tr.move_lifted(self.id(held.task), column, tr.count(at + 1), count));
    }

    /// Which of how many columns this is.
    fn order(self, column: usize) -> (usize, String) {
        let (at, count) = self.placed.with_untracked(|p| {
            let at = p.columns.iter().position(|number| *number == column);
            (at.unwrap_or(0), p.columns.len())
        });
        (at, self.app.tr().count(count))
    }

    /// Takes the lifted card one column further.
    fn step(self, held: Held, forward: bool) {
        let over = held.over.unwrap_or(held.from);
        let (at, count) = self.order(over.1);
        let to = if forward {
            at + 1
        } else {
            at.saturating_sub(1)
        };
        let next = self
            .placed
            .with_untracked(|p| p.columns.get(to).or(p.columns.last()).copied());
        let Some(next) = next.map(|column| (over.0, column)) else {
            return;
        };
        self.held.set(Some(Held {
            over: Some(next),
            ..held
        }));
        let tr = self.app.tr();
        let at = tr.count(self.order(next.1).0 + 1);
        let place = tr.move_over(self.name(next.1), at, count);
        self.said.set(match self.verdict(&held, next) {
            Ok(_) => place,
            Err(why) => format!("{place} {why}"),
        });
        self.reveal(next);
    }

    /// Scrolls the board until the column shows.
    fn reveal(self, (lane, column): Spot) {
        let Some(board) = self.board.get_untracked() else {
            return;
        };
        let selector = format!("[data-lane=\"{lane}\"][data-column=\"{column}\"]");
        if let Ok(Some(found)) = board.query_selector(&selector) {
            let (outer, inner) = (
                board.get_bounding_client_rect(),
                found.get_bounding_client_rect(),
            );
            let before = (inner.left() - outer.left()).min(0.0);
            let behind = (inner.right() - outer.right()).max(0.0);
            board.set_scroll_left(board.scroll_left() + (before + behind) as i32);
        }
    }

    /// Takes up a card with a pointer.
    pub fn drag(self, held: Held) {
        self.said.set(String::new());
        self.held.set(Some(Held {
            dragged: true,
            ..held
        }));
    }

    /// The pointer is over a column now, or over none.
    pub fn hover(self, over: Option<Spot>) {
        let Some(held) = self.held.get_untracked().filter(|h| h.over != over) else {
            return;
        };
        self.held.set(Some(Held { over, ..held }));
        let said = untrack(
            || match over.map(|over| (over, self.verdict(&held, over))) {
                Some((over, Ok(Some(_)))) => self
                    .app
                    .tr()
                    .move_drop(self.id(held.task), self.name(over.1)),
                Some((_, Err(why))) => why,
                _ => String::new(),
            },
        );
        self.said.set(said);
    }

    fn put_back(self, held: &Held) {
        self.held.set(None);
        let tr = self.app.tr();
        self.said
            .set(tr.move_stayed(self.id(held.task), self.name(held.from.1)));
    }

    /// Lets a pointer's card go where it was.
    pub fn cancel(self) {
        if let Some(held) = self.held.get_untracked() {
            untrack(|| self.put_back(&held));
        }
    }

    /// Drops the lifted card where it is; a question that follows is asked at `at`.
    pub fn drop_card(self, at: (f64, f64)) {
        let Some(held) = self.held.get_untracked() else {
            return;
        };
        untrack(|| match held.over.map(|over| self.verdict(&held, over)) {
            Some(Ok(Some(stage))) => {
                self.held.set(None);
                self.send(held.task, stage, at);
            }
            Some(Err(why)) => {
                // By keyboard the card stays lifted: another column is one key away.
                if held.dragged {
                    self.held.set(None);
                }
                self.said.set(why);
            }
            _ => self.put_back(&held),
        });
    }

    /// Opens the menu of targets for the card that an element belongs to.
    pub fn ask_where(self, element: &Element) {
        if let Some(held) = Held::of(element) {
            let rect = element.get_bounding_client_rect();
            self.said.set(String::new());
            self.asked.set(Some(Asked {
                task: held.task,
                question: Question::Where,
                at: (rect.left(), rect.bottom()),
            }));
        }
    }

    /// Puts a question away; the focus returns to the card.
    pub fn close(self, task: usize) {
        self.asked.set(None);
        page::focus_first_soon(format!("[data-task=\"{task}\"] a"), "page-title");
    }

    /// Brings a task to a stage: records it, or asks first for what that needs.
    pub fn send(self, task: usize, to: Stage, at: (f64, f64)) {
        untrack(|| self.bring(task, to, at));
    }

    fn bring(self, task: usize, to: Stage, at: (f64, f64)) {
        let (app, id) = (self.app, self.id(task));
        let of = &app.plan.tasks()[task];
        let unit = app.unit().unwrap_or(Unit::Country);
        let recorders = recorders(app.plan, of, unit, app.asof());
        match recorders.as_slice() {
            [unit] if to == Stage::Done => self.asked.set(Some(Asked {
                task,
                question: Question::When(unit.clone()),
                at,
            })),
            [unit] => self.write(task, unit, to, String::new()),
            none_or_several => {
                let tr = app.tr();
                self.asked.set(None);
                self.said.set(if none_or_several.is_empty() {
                    tr.move_nobody(id)
                } else {
                    tr.move_several(id)
                });
                app.dispatch(Command::Open(Page::Task(id.to_owned())));
            }
        }
    }

    /// Records the stage for a unit, as one step that can be taken back.
    pub fn write(self, task: usize, unit: &str, to: Stage, done_on: String) {
        let (app, id) = (self.app, self.id(task));
        let choice = match to {
            Stage::NotStarted => Choice::NotStarted,
            Stage::InProgress => Choice::InProgress,
            Stage::Done => Choice::Done,
        };
        let changes = app
            .ledger()
            .with_untracked(|ledger| moved(ledger, unit, id, choice, done_on));
        if changes.is_empty() {
            app.dispatch(Command::NothingNew);
        } else {
            app.dispatch(Command::Record {
                unit: unit.to_owned(),
                task: id.to_owned(),
                changes,
            });
            let tr = app.tr();
            self.said.set(tr.move_moved(id, stage(tr, to)));
        }
        self.close(task);
    }
}
