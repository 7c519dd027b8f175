//! The board: the unit's tasks in columns, and in rows of columns.
//!
//! - here: the page, and what its columns and rows stand for;
//! - [`columns`]: rows, columns and their names;
//! - [`cards`]: the cards of a column; [`blocks`]: of a long one, drawn where they are near the screen;
//! - [`mover`]: moving a card to another column, by whichever hand;
//! - [`drag`]: by a pointer; [`ask`]: by a menu, and the question that a move may lead to.
//!
//! Which task stands where and may go where is [`tracker::board`].

mod ask;
mod blocks;
mod cards;
mod columns;
mod drag;
mod mover;

use std::rc::Rc;

use lean::prelude::*;
use tracker::board::{By, grid};
use tracker::plan::Task;
use tracker::status::Standing;

use crate::components::list_head::{ListHead, Nothing};
use crate::i18n::Tr;
use crate::route::Opt;
use crate::state::{App, Command, use_app};
use ask::Ask;
use columns::{Lanes, Placed};
use drag::{Dragged, Drags};
use mover::Mover;

/// What columns and rows stand for.
type Shape = (By, Option<By>);

/// The board.
#[component]
pub fn Board() -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move || app.visible().with(|rows| rows.is_empty()));
    view! {
        <div class="page is-full">
            <ListHead title=Tr::board_title />
            {move || if empty.get() { view! { <Nothing /> } } else { view! { <Filled /> } }}
        </div>
    }
}

/// The arrangement that the address asks for; rows that repeat the columns are none.
fn shape(app: App) -> Shape {
    let columns = By::from_key(&app.option(Opt::Columns)).unwrap_or(By::Bucket);
    let rows = By::from_key(&app.option(Opt::Rows)).filter(|rows| *rows != columns);
    (columns, rows)
}

/// The tasks in their places.
fn placed(app: App, (columns, rows): Shape) -> Placed {
    app.visible().with(|all| {
        let tasks: Vec<(&Task, &Standing)> = all
            .iter()
            .map(|row| (row.task(app.plan), &row.standing))
            .collect();
        Placed::new(all, grid(app.plan, columns, rows, app.lang(), &tasks))
    })
}

#[component]
fn Filled() -> impl IntoView {
    let app = use_app();
    let shape = Memo::new(move || shape(app));
    let placed = Memo::new(move || Rc::new(placed(app, shape.get())));
    let mover = Mover::new(app, shape, placed);
    provide_context(mover);
    // How cards are moved is in the rest of the program, which may not be there yet.
    let drags = Drags::new(mover);
    let repeated = move || match placed.with(|p| p.repeated) {
        0 => String::new(),
        n => app.tr().columns_repeated(n),
    };
    view! {
        <div class="arrange">
            <Choice name=Tr::columns_by opt=Opt::Columns shape />
            <Choice name=Tr::columns_rows opt=Opt::Rows shape />
            <p class="muted">{repeated}</p>
            <p id="board-help" class="muted board-help">{app.says(Tr::move_help)}</p>
            <p class="board-says" role="status">{move || mover.said.get()}</p>
        </div>
        <div
            class="board"
            class:is-dragging=move || mover.is_dragging()
            node_ref=drags.board
            on:keydown=move |ev| if app.is_whole_now() { mover.key(&ev) }
            on:focusout=move |_| if app.is_whole_now() { mover.left() }
            on:click=move |ev| if app.is_whole_now() { drags.clicked(&ev) }
            on:pointerdown=move |ev| if app.is_whole_now() { drags.down(&ev) }
            on:pointermove=move |ev| if app.is_whole_now() { drags.moved(&ev) }
            on:pointerup=move |_| if app.is_whole_now() { drags.up() }
            on:pointercancel=move |_| if app.is_whole_now() { drags.cancel() }
            on:touchmove=move |ev| if app.is_whole_now() { drags.touched(&ev) }
            on:contextmenu=move |ev| if app.is_whole_now() { drags.menu(&ev) }
        >
            {move || {
                let (columns, rows) = shape.get();
                view! { <Lanes by=columns rows placed /> }
            }}
        </div>
        {when(move || app.is_whole(), move || view! { <Dragged drags /><Ask /> })}
    }
}

/// A menu of what columns or rows stand for.
#[component]
fn Choice(
    /// What is chosen.
    name: fn(Tr) -> &'static str,
    /// Columns or rows.
    opt: Opt,
    /// What they stand for now.
    shape: Memo<Shape>,
) -> impl IntoView {
    let app = use_app();
    let is_rows = opt == Opt::Rows;
    let options = move || {
        let (columns, rows) = shape.get();
        let chosen = if is_rows { rows } else { Some(columns) };
        let none = is_rows.then(|| {
            view! { <option value="" selected=chosen.is_none()>{app.tr().columns_no_rows()}</option> }
        });
        let choices = By::ALL.into_iter().filter(|by| !is_rows || *by != columns);
        let choices = choices.map(|by| {
            // The board's own columns need no word in the address.
            let key = if by == By::Bucket && !is_rows {
                ""
            } else {
                by.key()
            };
            view! { <option value=key selected=chosen == Some(by)>{words(app.tr(), by)}</option> }
        });
        view! { {none}{choices.collect_view()} }
    };
    view! {
        <label class="filter">
            <span class="filter-name">{app.says(name)}</span>
            <select on:change=move |ev| app.dispatch(Command::Arrange(opt, event_target_value(&ev)))>{options}</select>
        </label>
    }
}

/// What columns or rows stand for, in words.
fn words(tr: Tr, by: By) -> &'static str {
    match by {
        By::Bucket => tr.columns_bucket(),
        By::Status => tr.columns_status(),
        By::Topic => tr.columns_topic(),
        By::Document => tr.columns_doc(),
        By::Lead => tr.columns_lead(),
        By::Month => tr.columns_month(),
    }
}
