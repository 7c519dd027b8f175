//! The cards of a column, in blocks that are drawn only near the screen.
//!
//! Cards differ in height, so a block that is not drawn is as tall as it was, or as tall as
//! most are. A board of few cards is drawn whole: the browser then finds and prints all of it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use lean::prelude::*;
use web_sys::HtmlElement;

use super::columns::Placed;
use super::mover::Mover;
use crate::components::card::Card;
use crate::components::icon::{Glyph, Icon};
use crate::platform::Sight;
use crate::state::rows::{Row, Rows};
use crate::state::use_app;

/// Up to so many tasks, the whole board is drawn.
pub const WHOLE: usize = 200;
/// Cards of a block.
const BLOCK: usize = 20;
/// How tall most cards are, with the gap to the next, in CSS pixels.
const CARD_HEIGHT: usize = 138;

/// What is drawn of a column: the blocks in sight and those next to them, so that scrolling does not
/// outrun the drawing, and the one with the lifted card, which keeps the focus and the finger.
///
/// Each block has a signal of its own. Thousands that follow one signal would take, at each change
/// of it, as long as their number squared.
#[derive(Default)]
struct Drawn {
    seen: Vec<usize>,
    held: Option<usize>,
    /// By their numbers.
    blocks: Vec<Option<Part>>,
}

/// What a block is drawn by.
#[derive(Clone, Copy)]
struct Part {
    near: RwSignal<bool>,
    place: Ref<HtmlElement>,
    /// How tall it was with its cards; 0 before it had any.
    height: StoredValue<i32>,
}

impl Drawn {
    fn near(&self, number: usize) -> bool {
        self.held == Some(number) || self.seen.iter().any(|n| n.abs_diff(number) < 2)
    }

    /// The numbers of those that are drawn, some of them perhaps twice.
    fn numbers(&self) -> Vec<usize> {
        let around = self
            .seen
            .iter()
            .flat_map(|n| [n.saturating_sub(1), *n, n + 1]);
        around.chain(self.held).collect()
    }
}

/// Changes what is drawn, and tells the blocks that it concerns.
fn change(drawn: &RefCell<Drawn>, change: impl FnOnce(&mut Drawn)) {
    let mut turned: Vec<(Part, bool)> = Vec::new();
    {
        let mut drawn = drawn.borrow_mut();
        let mut numbers = drawn.numbers();
        change(&mut drawn);
        numbers.append(&mut drawn.numbers());
        for number in numbers {
            if let Some(Some(part)) = drawn.blocks.get(number) {
                turned.push((*part, drawn.near(number)));
            }
        }
    }
    for (part, near) in turned {
        // The column may be shorter by now.
        if part.near.is_disposed() || part.near.get_untracked() == near {
            continue;
        }
        // Measured while its cards are still there.
        if let (false, Some(place)) = (near, part.place.get_untracked()) {
            part.height.set_value(place.offset_height());
        }
        part.near.set(near);
    }
}

/// The cards of a column.
#[component]
pub fn Cards(
    /// The tasks.
    rows: Memo<Rows>,
    /// The board, which is drawn whole or not.
    placed: Memo<Rc<Placed>>,
) -> impl IntoView {
    let drawn = Rc::new(RefCell::new(Drawn::default()));
    let seen = Rc::clone(&drawn);
    let sight = StoredValue::new(Sight::new(move |element, visible| {
        let number = element.get_attribute("data-block");
        let Some(number) = number.and_then(|n| n.parse::<usize>().ok()) else {
            return;
        };
        change(&seen, |drawn| {
            drawn.seen.retain(|n| *n != number);
            if visible {
                drawn.seen.push(number);
            }
        });
    }));
    let whole =
        Memo::new(move || !sight.with_value(Sight::can_tell) || placed.with(|p| p.is_whole()));
    let count = Memo::new(move || {
        if whole.get() {
            1
        } else {
            rows.with(|r| r.len().div_ceil(BLOCK))
        }
    });
    let (mover, holds) = (Mover::here(), Rc::clone(&drawn));
    effect(move || {
        let held = mover.held_task().and_then(|task| {
            let at = rows.with(|rows| rows.iter().position(|row| row.position == task));
            at.map(|at| at / BLOCK)
        });
        change(&holds, |drawn| drawn.held = held);
    });
    view! {
        <div class="cards" role="list">
            {each(
                move || (0..count.get()).collect(),
                |number| *number,
                move |number| view! { <Block number rows whole drawn=Rc::clone(&drawn) sight /> },
            )}
        </div>
    }
}

/// Cards that are drawn together or not at all.
#[component]
fn Block(
    /// Which block of the column.
    number: usize,
    /// All tasks of the column.
    rows: Memo<Rows>,
    /// Whether every block is drawn.
    whole: Memo<bool>,
    /// Which blocks are drawn otherwise.
    drawn: Rc<RefCell<Drawn>>,
    /// Who tells which are in sight.
    sight: StoredValue<Sight>,
) -> impl IntoView {
    let place: Ref<HtmlElement> = Ref::new();
    let from = number * BLOCK;
    let part = Part {
        near: RwSignal::new(drawn.borrow().near(number)),
        place,
        height: StoredValue::new(0),
    };
    {
        let blocks = &mut drawn.borrow_mut().blocks;
        blocks.resize(blocks.len().max(number + 1), None);
        blocks[number] = Some(part);
    }
    let near = Memo::new(move || whole.get() || part.near.get());
    effect(move || {
        if let (false, Some(place)) = (whole.get(), place.get()) {
            sight.with_value(|sight| sight.watch(&place));
        }
    });
    // Not followed: the tasks of all blocks change at once, and one that is in sight is drawn.
    let length = move || rows.with_untracked(|r| r.len().saturating_sub(from).min(BLOCK));
    let held_open = move || {
        (!near.get()).then(|| match part.height.get_value() {
            0 => format!("{}px", length() * CARD_HEIGHT),
            known => format!("{known}px"),
        })
    };
    let items = move || -> Vec<(usize, Arc<Row>)> {
        if !near.get() {
            return Vec::new();
        }
        let end = if whole.get() { usize::MAX } else { BLOCK };
        rows.with(|rows| {
            let rows = rows.iter().enumerate().skip(from).take(end);
            rows.map(|(at, row)| (at + 1, row.clone())).collect()
        })
    };
    view! {
        <div role="none" class="card-block" node_ref=place data-block=number.to_string() style:block-size=held_open>
            {each(
                items,
                // Its place is said only where it cannot be counted.
                move |(at, row)| {
                    let at = if whole.get_untracked() { 0 } else { *at };
                    (at, row.position, row.standing.clone())
                },
                move |(at, row)| {
                    let part = !whole.get_untracked();
                    let size = move || part.then(|| rows.with(|r| r.len().to_string()));
                    view! { <Place row at=part.then(|| at.to_string()) size=Signal::derive(size) /> }
                },
            )}
        </div>
    }
}

/// A card in its place, with the button that moves it elsewhere.
#[component]
fn Place(
    /// The task.
    row: Arc<Row>,
    /// Which card of the column it is, where not all are drawn.
    at: Option<String>,
    /// Of how many.
    size: Signal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let mover = Mover::here();
    let position = row.position;
    let task = row.task(app.plan);
    view! {
        <div
            role="listitem"
            class="card-place"
            class:is-lifted=move || mover.is_held(position)
            data-task=position.to_string()
            aria-posinset=at
            aria-setsize=move || size.get()
        >
            <Card row help="board-help">
                // The card is one stop of the Tab key; by keyboard, Shift F10 opens the menu.
                <button type="button" class="card-move icon-button" tabindex="-1" aria-label=move || app.tr().move_to(&task.id)>
                    <Icon glyph=Glyph::More />
                </button>
            </Card>
        </div>
    }
}
