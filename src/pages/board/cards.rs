//! The cards of a column: all of them on a board of few, which the browser then finds and prints; in
//! [`blocks`] on one of many.

use std::rc::Rc;
use std::sync::Arc;

use lean::prelude::*;

use super::blocks;
use super::columns::Placed;
use super::mover::Mover;
use crate::components::card::Card;
use crate::components::icon::{Glyph, Icon};
use crate::state::rows::{Row, Rows};
use crate::state::use_app;

/// Up to so many tasks, the whole board is drawn.
pub const WHOLE: usize = 200;

/// The cards of a column.
#[component]
pub fn Cards(
    /// The tasks.
    rows: Memo<Rows>,
    /// The board, which is drawn whole or not.
    placed: Memo<Rc<Placed>>,
) -> impl IntoView {
    let app = use_app();
    let whole = Memo::new(move || !app.is_whole() || placed.with(|p| p.is_whole()));
    view! {
        <div class="cards" role="list">
            {move || if whole.get() { view! { <Whole rows /> }.into_view() } else { blocks::blocks(rows) }}
        </div>
    }
}

/// All cards of a column.
#[component]
fn Whole(
    /// The tasks.
    rows: Memo<Rows>,
) -> impl IntoView {
    view! {
        <div role="none" class="card-block">
            {each(
                move || rows.with(|rows| rows.iter().cloned().collect()),
                |row: &Arc<Row>| (row.position, row.standing.clone()),
                |row| view! { <Place row among=None /> },
            )}
        </div>
    }
}

/// A card in its place, with the button that moves it elsewhere.
#[component]
pub fn Place(
    /// The task.
    row: Arc<Row>,
    /// Which card it is among the tasks of its column, where not all are drawn and can be counted.
    among: Option<(usize, Memo<Rows>)>,
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
            aria-posinset=among.map(|(at, _)| at.to_string())
            aria-setsize=move || among.map(|(_, rows)| rows.with(|r| r.len().to_string()))
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
