//! The cards of a column, in blocks that are drawn only near the screen.
//!
//! Cards differ in height, so a block that is not drawn is as tall as it was, or as tall as
//! most are. A board of few cards is drawn whole: the browser then finds and prints all of it.

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

/// The cards of a column.
#[component]
pub fn Cards(
    /// The tasks.
    rows: Memo<Rows>,
    /// The board, which is drawn whole or not.
    placed: Memo<Rc<Placed>>,
) -> impl IntoView {
    // The blocks that are in sight.
    let seen = RwSignal::new(Vec::<usize>::new());
    let sight = StoredValue::new(Sight::new(move |element, visible| {
        let number = element.get_attribute("data-block");
        let Some(number) = number.and_then(|n| n.parse::<usize>().ok()) else {
            return;
        };
        if !seen.is_disposed() {
            seen.update(|all| {
                all.retain(|n| *n != number);
                if visible {
                    all.push(number);
                }
            });
        }
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
    view! {
        <div class="cards" role="list">
            {each(
                move || (0..count.get()).collect(),
                |number| *number,
                move |number| view! { <Block number rows whole seen sight /> },
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
    /// The blocks in sight.
    seen: RwSignal<Vec<usize>>,
    /// Who tells which are.
    sight: StoredValue<Sight>,
) -> impl IntoView {
    let place: Ref<HtmlElement> = Ref::new();
    let from = number * BLOCK;
    let length = move || rows.with(|r| r.len().saturating_sub(from).min(BLOCK));
    let height = StoredValue::new(0);
    let mover = Mover::here();
    // A card that is lifted stays, with the focus and the finger on it.
    let holds = move || {
        let is_in = |task| {
            rows.with(|rows| {
                let mut rows = rows.iter().skip(from).take(BLOCK);
                rows.any(|row| row.position == task)
            })
        };
        mover.held_task().is_some_and(is_in)
    };
    // In sight, or next to one that is, so that scrolling does not outrun the drawing.
    let near = Memo::new(move || {
        let near =
            whole.get() || seen.with(|all| all.iter().any(|n| n.abs_diff(number) < 2)) || holds();
        // Measured while its cards are still there.
        if let (false, Some(place)) = (near, place.get_untracked())
            && place.child_element_count() > 0
        {
            height.set_value(place.offset_height());
        }
        near
    });
    effect(move || {
        if let (false, Some(place)) = (whole.get(), place.get()) {
            sight.with_value(|sight| sight.watch(&place));
        }
    });
    let held_open = move || {
        (!near.get()).then(|| match height.get_value() {
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
