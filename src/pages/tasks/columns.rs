//! Choosing and ordering the columns, by check boxes and buttons.

use lean::prelude::*;
use tracker::arrange::{Column, columns, columns_text};

use super::column_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::platform::page;
use crate::route::Opt;
use crate::state::{App, Command, use_app};

/// The columns of the address. Tracks it.
pub fn shown(app: App) -> Vec<Column> {
    columns(&app.option(Opt::Fields))
}

/// A button that opens the list of columns.
#[component]
pub fn Columns() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move || shown(app));
    let moved = RwSignal::new(None);
    // The columns that are shown in their order, then the rest.
    let all = move || {
        let mut all = shown.get();
        all.extend(
            Column::ALL
                .into_iter()
                .filter(|c| shown.with(|s| !s.contains(c))),
        );
        all
    };
    let said = move || {
        let column: Option<Column> = moved.get();
        let place = column.and_then(|c| shown.with(|s| s.iter().position(|s| *s == c)));
        column.zip(place).map(|(column, place)| {
            let tr = app.tr();
            tr.table_moved(column_name(tr, column), tr.count(place + 1))
        })
    };
    view! {
        <button type="button" class="button" popovertarget="columns">{app.says(Tr::table_columns)}</button>
        <div id="columns" class="menu" popover role="group" aria-label=app.says(Tr::table_columns)>
            <ul>
                {each(all, |column| *column, move |column| view! { <Choice column shown moved /> })}
            </ul>
            <p class="visually-hidden" role="status">{said}</p>
        </div>
    }
}

/// A column: whether it is shown, and where.
#[component]
fn Choice(
    /// The column.
    column: Column,
    /// The columns that are shown.
    shown: Memo<Vec<Column>>,
    /// The column that was last moved.
    moved: RwSignal<Option<Column>>,
) -> impl IntoView {
    let app = use_app();
    let place = Memo::new(move || shown.with(|s| s.iter().position(|c| *c == column)));
    let arrange = move |columns: Vec<Column>| {
        app.dispatch(Command::Arrange(Opt::Fields, columns_text(&columns)));
    };
    let toggle = move || {
        let mut columns = shown.get_untracked();
        match place.get_untracked() {
            Some(at) => {
                columns.remove(at);
            }
            None => columns.push(column),
        }
        moved.set(Some(column));
        arrange(columns);
        // It has gone to another place of the list.
        page::focus_soon(format!("column-{}", column.key()));
    };
    // The title opens the task; it cannot go.
    let fixed = column == Column::Title;
    let move_button = move |down: bool| {
        let (word, glyph): (fn(Tr, &str) -> String, _) = if down {
            (|tr, name| tr.table_move_down(name), Glyph::Down)
        } else {
            (|tr, name| tr.table_move_up(name), Glyph::Up)
        };
        let id = format!("column-{}-{down}", column.key());
        let target = move || {
            let (at, count) = (place.get()?, shown.with(Vec::len));
            let to = if down { at + 1 } else { at.checked_sub(1)? };
            (to < count).then_some((at, to))
        };
        let focus = id.clone();
        let press = move || {
            if let Some((at, to)) = untrack(target) {
                let mut columns = shown.get_untracked();
                columns.swap(at, to);
                moved.set(Some(column));
                arrange(columns);
                page::focus_soon(focus.clone());
            }
        };
        view! {
            <button
                id=id
                type="button"
                class="icon-button"
                aria-label=move || { let tr = app.tr(); word(tr, column_name(tr, column)) }
                aria-disabled=move || target().is_none().then_some("true")
                on:click=move |_| press()
            >
                <Icon glyph />
            </button>
        }
    };
    view! {
        <li class="menu-row">
            <label>
                <input
                    id=format!("column-{}", column.key())
                    type="checkbox"
                    prop:checked=move || place.get().is_some()
                    prop:disabled=fixed
                    on:change=move |_| toggle()
                />
                <span>{move || column_name(app.tr(), column)}</span>
            </label>
            {move_button(false)}
            {move_button(true)}
        </li>
    }
}
