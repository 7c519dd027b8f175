//! Moving a card by a pointer: at once with a mouse, after a long press with a finger, so that
//! a finger still scrolls.

use lean::prelude::*;
use tracker::text::plain;
use web_sys::{Event, HtmlElement, MouseEvent, PointerEvent};

use super::mover::{Held, Mover, spot, target};
use crate::platform::page;

/// How long a finger rests until it holds the card, in milliseconds.
const LONG_PRESS_MS: i32 = 400;
/// How far a pointer may stray before it means something, in CSS pixels.
const SLACK: f64 = 6.0;
/// How near to an edge the board begins to scroll, in CSS pixels.
const EDGE: f64 = 48.0;
/// How far it scrolls in a frame, in CSS pixels.
const STEP: i32 = 12;

/// A pointer that went down on a card.
#[derive(Clone, Copy)]
struct Press {
    number: usize,
    pointer: i32,
    touch: bool,
    from: (f64, f64),
    card: Held,
    /// Whether it carries the card by now.
    carries: bool,
}

/// Cards that follow a pointer.
#[derive(Clone, Copy)]
pub struct Drags {
    mover: Mover,
    /// The element that holds the columns.
    pub board: Ref<HtmlElement>,
    press: StoredValue<Option<Press>>,
    count: StoredValue<usize>,
    at: RwSignal<(f64, f64)>,
    dropped: StoredValue<bool>,
}

impl Drags {
    /// Drags for the cards of a mover.
    pub fn new(mover: Mover) -> Drags {
        Drags {
            mover,
            board: mover.board,
            press: StoredValue::new(None),
            count: StoredValue::new(0),
            at: RwSignal::new((0.0, 0.0)),
            dropped: StoredValue::new(false),
        }
    }

    /// A pointer went down.
    #[inline(never)]
    pub fn down(self, ev: &PointerEvent) {
        let element = target(ev.target()).filter(|_| ev.button() == 0 && ev.is_primary());
        let Some(element) = element else {
            return;
        };
        // One that nobody heard of being lifted is over, too.
        self.press.set_value(None);
        if let (Some(card), Ok(None)) = (Held::of(&element), element.closest("button")) {
            let number = self.count.get_value() + 1;
            self.count.set_value(number);
            let touch = ev.pointer_type() == "touch";
            self.press.set_value(Some(Press {
                number,
                pointer: ev.pointer_id(),
                touch,
                from: place(ev),
                card,
                carries: false,
            }));
            if touch {
                page::after(LONG_PRESS_MS, move || {
                    if !self.mover.is_gone()
                        && let Some(press) = self.press.get_value()
                        && press.number == number
                    {
                        self.at.set(press.from);
                        self.take(press);
                    }
                });
            }
        }
    }

    /// It moved.
    #[inline(never)]
    pub fn moved(self, ev: &PointerEvent) {
        let Some(press) = self.press.get_value() else {
            return;
        };
        let (x, y) = place(ev);
        if !press.carries {
            let (dx, dy) = (x - press.from.0, y - press.from.1);
            if dx * dx + dy * dy < SLACK * SLACK {
                return;
            }
            if press.touch || ev.buttons() == 0 {
                // A finger that moves at once scrolls.
                self.press.set_value(None);
                return;
            }
            self.take(press);
        }
        self.at.set((x, y));
        self.look();
    }

    /// It was lifted.
    #[inline(never)]
    pub fn up(self) {
        if let Some(Press { carries: true, .. }) = self.press.get_value() {
            self.dropped.set_value(true);
            // The click that follows from this is none; a later one is.
            page::on_frame(move || {
                if !self.mover.is_gone() {
                    self.dropped.set_value(false);
                }
            });
            self.mover.drop_card(self.at.get_untracked());
        }
        self.press.set_value(None);
    }

    /// The browser took it.
    #[inline(never)]
    pub fn cancel(self) {
        if let Some(Press { carries: true, .. }) = self.press.get_value() {
            self.mover.cancel();
        }
        self.press.set_value(None);
    }

    /// A finger moved: the page stays where it is while a card is carried.
    #[inline(never)]
    pub fn touched(self, ev: &Event) {
        if let Some(Press { carries: true, .. }) = self.press.get_value() {
            ev.prevent_default();
        }
    }

    /// The menu of a link was asked for, which a long press does, too.
    #[inline(never)]
    pub fn menu(self, ev: &MouseEvent) {
        if let Some(Press { touch: true, .. }) = self.press.get_value() {
            ev.prevent_default();
        }
    }

    /// Something was clicked: the button of a card, or nothing where a card was just dropped.
    #[inline(never)]
    pub fn clicked(self, ev: &MouseEvent) {
        if self.dropped.get_value() {
            ev.prevent_default();
            return;
        }
        let button = target(ev.target()).and_then(|element| element.closest("button").ok()?);
        match button {
            Some(button) => self.mover.ask_where(&button),
            None => self.mover.said.set(String::new()),
        }
    }

    /// The pointer carries the card from now on.
    fn take(self, press: Press) {
        self.press.set_value(Some(Press {
            carries: true,
            ..press
        }));
        if let Some(board) = self.board.get_untracked() {
            // Without it the card is lost when the pointer leaves the window, no worse.
            let _ = board.set_pointer_capture(press.pointer);
        }
        self.mover.drag(press.card);
        self.roll();
    }

    /// Scrolls near the edges, frame by frame, as long as a card is carried.
    fn roll(self) {
        page::on_frame(move || {
            if self.mover.is_gone() || !self.mover.is_dragging_now() {
                return;
            }
            self.scroll();
            self.look();
            self.roll();
        });
    }

    fn scroll(self) {
        let (x, y) = self.at.get_untracked();
        if let Some(board) = self.board.get_untracked() {
            let rect = board.get_bounding_client_rect();
            let across = edge(x, rect.left(), rect.right());
            let down = edge(y, rect.top(), rect.bottom());
            board.set_scroll_left(board.scroll_left() + across);
            board.set_scroll_top(board.scroll_top() + down);
        }
        let list = page::element_at(x, y).and_then(|at| at.closest("[role=list]").ok()?);
        if let Some(list) = list {
            let rect = list.get_bounding_client_rect();
            list.set_scroll_top(list.scroll_top() + edge(y, rect.top(), rect.bottom()));
        }
        let (_, height) = page::window_size();
        match edge(y, 0.0, height) {
            0 => {}
            by => page::scroll_by(by.into()),
        }
    }

    /// Looks which column is under the pointer.
    fn look(self) {
        let (x, y) = self.at.get_untracked();
        self.mover
            .hover(page::element_at(x, y).and_then(|at| spot(&at)));
    }
}

fn place(ev: &PointerEvent) -> (f64, f64) {
    (ev.client_x().into(), ev.client_y().into())
}

/// Which way to scroll for a pointer between two edges.
fn edge(at: f64, low: f64, high: f64) -> i32 {
    if at < low + EDGE {
        -STEP
    } else if at > high - EDGE {
        STEP
    } else {
        0
    }
}

/// What follows the pointer while it carries a card.
#[component]
pub fn Dragged(
    /// The drags of the board.
    drags: Drags,
) -> impl IntoView {
    let mover = drags.mover;
    let app = mover.app;
    // Kept as long as the board is.
    StoredValue::new(page::no_selection(move |place| {
        !mover.is_gone()
            && drags.press.with_value(Option::is_some)
            && (drags.board.get_untracked()).is_some_and(|board| board.contains(Some(place)))
    }));
    when(
        move || mover.is_dragging(),
        move || {
            let task = mover.held_task().map(|task| &app.plan.tasks()[task]);
            let shift = move || {
                let (x, y) = drags.at.get();
                format!("translate({}px, {}px) rotate(2deg)", plain(x), plain(y))
            };
            task.map(|task| {
                view! {
                    <div class="card drag-image" aria-hidden="true" style:transform=shift>
                        <span class="card-id">{task.id.clone()}</span>
                        <span class="card-title">{task.title.get(app.lang())}</span>
                    </div>
                }
            })
        },
    )
}
