//! The cards of a long column, in blocks that are drawn only near the screen. In the second part of
//! the program: the plan that the page brings is short.
//!
//! Cards differ in height, so a block that is not drawn is as tall as it was, or as tall as
//! most are.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use lean::prelude::*;
use web_sys::{Element, HtmlElement};

use super::cards::Place;
use super::mover::Mover;
use crate::platform::{Sight, page};
use crate::state::rows::{Row, Rows};
use crate::state::use_app;

/// Cards of a block: few, since whole blocks are drawn, but more in columns so long that there
/// would be too many blocks.
const CARDS: usize = 8;
const CARDS_OF_MANY: usize = 20;
/// From how many cards on a column has many.
const MANY: usize = 10_000;
/// How tall most cards are, with the gap to the next, in CSS pixels.
const CARD_HEIGHT: usize = 138;

/// What is drawn of a column: the blocks in sight and those next to them, so that scrolling does not
/// outrun the drawing, and wherever they are those with the focus and with the card under a finger. On
/// paper all of it.
///
/// Each block has a signal of its own. Thousands that follow one signal would take, at each change
/// of it, as long as their number squared.
#[derive(Default)]
struct Drawn {
    seen: Vec<usize>,
    held: Option<usize>,
    focused: Option<usize>,
    printed: bool,
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
        let kept = [self.held, self.focused].contains(&Some(number));
        self.printed || kept || self.seen.iter().any(|n| n.abs_diff(number) < 2)
    }

    /// The numbers of those that are drawn, some of them perhaps twice.
    fn numbers(&self) -> Vec<usize> {
        if self.printed {
            return (0..self.blocks.len()).collect();
        }
        let around = self
            .seen
            .iter()
            .flat_map(|n| [n.saturating_sub(1), *n, n + 1]);
        around.chain(self.held).chain(self.focused).collect()
    }

    /// What the column is scrolled in.
    fn list(&self) -> Option<Element> {
        let mut drawn = self.blocks.iter().flatten();
        let part = drawn.find(|part| !part.near.is_disposed())?;
        part.place.get_untracked()?.parent_element()
    }
}

/// Changes what is drawn, and tells the blocks that it concerns.
fn change(drawn: &RefCell<Drawn>, change: impl FnOnce(&mut Drawn)) {
    let mut turned: Vec<(Part, bool)> = Vec::new();
    let printed;
    {
        let mut drawn = drawn.borrow_mut();
        printed = drawn.printed;
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
        // Measured while its cards are still there. What was only on paper stays as tall as it was, and so
        // the column where it was scrolled to.
        if let (false, false, Some(place)) = (near, printed, part.place.get_untracked()) {
            part.height.set_value(place.offset_height());
        }
        part.near.set(near);
    }
}

/// The cards of a column, as far as they are near the screen.
#[inline(never)]
pub fn blocks(rows: Memo<Rows>) -> View {
    view! { <Blocks rows /> }.into_view()
}

#[component]
fn Blocks(
    /// The tasks.
    rows: Memo<Rows>,
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
    let size = Memo::new(move || match rows.with(|r| r.len()) {
        MANY.. => CARDS_OF_MANY,
        _ => CARDS,
    });
    let numbers = move || -> Vec<(usize, usize)> {
        let (count, size) = (rows.with(|r| r.len()), size.get());
        (0..count.div_ceil(size))
            .map(|number| (number, size))
            .collect()
    };
    let (mover, holds) = (Mover::here(), Rc::clone(&drawn));
    effect(move || {
        let held = mover.held_task().and_then(|task| {
            let at = rows.with(|rows| rows.iter().position(|row| row.position == task));
            at.map(|at| at / size.get())
        });
        change(&holds, |drawn| drawn.held = held);
    });
    let (app, prints) = (use_app(), Rc::clone(&drawn));
    let printing = Memo::new(move || app.printing());
    let mut scrolled = 0;
    effect(move || {
        let printed = printing.get();
        if printed {
            scrolled = prints.borrow().list().map_or(0, |l| l.scroll_top());
        }
        change(&prints, |drawn| drawn.printed = printed);
        if !printed && scrolled > 0 {
            // A column that was whole was shorter than one whose cards are guessed, and cannot go back
            // to where it was until they are guessed again.
            let (prints, back) = (Rc::clone(&prints), scrolled);
            page::on_frame(move || {
                if let Some(list) = prints.borrow().list() {
                    list.set_scroll_top(back);
                }
            });
        }
    });
    each(
        numbers,
        |block| *block,
        move |(number, size)| view! { <Block number size rows drawn=Rc::clone(&drawn) sight /> },
    )
}

/// Cards that are drawn together or not at all.
#[component]
fn Block(
    /// Which block of the column.
    number: usize,
    /// How many cards a block has.
    size: usize,
    /// All tasks of the column.
    rows: Memo<Rows>,
    /// Which blocks are drawn.
    drawn: Rc<RefCell<Drawn>>,
    /// Who tells which are in sight.
    sight: StoredValue<Sight>,
) -> impl IntoView {
    let place: Ref<HtmlElement> = Ref::new();
    let from = number * size;
    // A browser that cannot tell has them all drawn.
    let blind = !sight.with_value(Sight::can_tell);
    let part = Part {
        near: RwSignal::new(blind || drawn.borrow().near(number)),
        place,
        height: StoredValue::new(0),
    };
    let focus = move |drawn: Rc<RefCell<Drawn>>, inside: bool| {
        move |_: web_sys::FocusEvent| {
            change(&drawn, |drawn| drawn.focused = inside.then_some(number));
        }
    };
    let (focused, left) = (
        focus(Rc::clone(&drawn), true),
        focus(Rc::clone(&drawn), false),
    );
    {
        let blocks = &mut drawn.borrow_mut().blocks;
        blocks.resize(blocks.len().max(number + 1), None);
        blocks[number] = Some(part);
    }
    effect(move || {
        if let Some(place) = place.get() {
            sight.with_value(|sight| sight.watch(&place));
        }
    });
    let near = part.near;
    // Not followed: the tasks of all blocks change at once, and one that is in sight is drawn.
    let length = move || rows.with_untracked(|r| r.len().saturating_sub(from).min(size));
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
        rows.with(|rows| {
            let rows = rows.iter().enumerate().skip(from).take(size);
            rows.map(|(at, row)| (at + 1, row.clone())).collect()
        })
    };
    view! {
        <div
            role="none"
            class="card-block"
            node_ref=place
            data-block=number.to_string()
            style:block-size=held_open
            on:focusin=focused
            on:focusout=left
        >
            {each(
                items,
                |(at, row)| (*at, row.position, row.standing.clone()),
                move |(at, row)| view! { <Place row among=Some((at, rows)) /> },
            )}
        </div>
    }
}
