//! The table itself: a grid of which only the rows on the screen are drawn.
//!
//! One row at a time, the active one, is in the order of Tab, with all that is in it; the arrows
//! move it. It stays drawn wherever the table is scrolled, and so keeps the focus.

use std::sync::Arc;

use lean::prelude::*;
use tracker::arrange::{Column, Group, Grouping, Sorting};
use tracker::date::Period;
use tracker::status::Tally;
use tracker::text::format_percent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::column_name;
use super::columns::shown;
use super::edit::Part;
use super::row::TaskRow;
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::components::window::{Window, place};
use crate::i18n::Tr;
use crate::platform::page;
use crate::route::{Opt, Page};
use crate::state::rows::Row;
use crate::state::table::{Line, Table};
use crate::state::{App, Command, Selection, use_app};

/// The id of the active row.
pub const ACTIVE: &str = "table-active";

/// Rows that Page Up and Page Down go over.
const PAGE: isize = 10;

/// What the parts of the table share.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The columns.
    pub columns: Memo<Vec<Column>>,
    /// The active task, by its position in the plan, and its line.
    pub active: Memo<Option<(usize, usize)>>,
    /// What is edited in place: the task by its position, and which part of it.
    pub editing: RwSignal<Option<(usize, Part)>>,
}

/// A line that is drawn.
#[derive(Clone, PartialEq)]
pub struct Drawn {
    /// Its number in the table.
    pub line: usize,
    /// What is in it.
    pub what: What,
}

/// What is in a line.
#[derive(Clone, PartialEq)]
pub enum What {
    /// The head of a group: its key and how many of its tasks are where.
    Group(String, Tally),
    /// A task.
    Task(Arc<Row>),
}

impl Drawn {
    fn at(table: &Table, line: usize) -> Option<Drawn> {
        let what = match *table.lines.get(line)? {
            Line::Group(number) => {
                let Group { key, tally, .. } = table.groups.get(number)?;
                What::Group(key.clone(), *tally)
            }
            Line::Task(place) => What::Task(table.rows.get(place)?.clone()),
        };
        Some(Drawn { line, what })
    }

    /// What makes it the same line, whatever becomes of its content.
    fn key(&self) -> (Option<usize>, &str) {
        match &self.what {
            What::Group(key, _) => (None, key),
            What::Task(row) => (Some(row.position), ""),
        }
    }
}

/// The table.
#[component]
pub fn Grid() -> impl IntoView {
    let app = use_app();
    let table = app.table();
    let count = Memo::new(move || table.with(|t| t.lines.len()));
    let window = Window::new(count);
    let active = Memo::new(move || {
        let wanted = app.active().get();
        table.with(|t| {
            let of = |position| Some((position, t.line_of(position)?));
            wanted
                .and_then(of)
                .or_else(|| t.rows.first().and_then(|row| of(row.position)))
        })
    });
    let editing: RwSignal<Option<(usize, Part)>> = RwSignal::new(None);
    let drawn = Memo::new(move || {
        table.with(|t| {
            let edited = editing.get().and_then(|(position, _)| t.line_of(position));
            let active = active.get().map(|a| a.1);
            let kept: Vec<usize> = active.into_iter().chain(edited).collect();
            let lines = window.drawn(&kept).into_iter();
            lines.filter_map(|line| Drawn::at(t, line)).collect()
        })
    });
    let shared = Shared {
        columns: Memo::new(move || shown(app)),
        active,
        editing,
    };
    view! {
        <div
            class="table"
            role="grid"
            aria-labelledby="page-title"
            aria-multiselectable="true"
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-colcount=move || shared.columns.with(|c| (c.len() + 1).to_string())
            on:scroll=move |_| window.look()
            on:keydown=move |ev| keydown(app, shared, &ev)
        >
            <Head shared />
            <div
                class="table-body"
                role="rowgroup"
                node_ref=window.frame
                style:block-size=move || window.height()
            >
                {recycled(
                    move || drawn.get(),
                    |line| {
                        let (position, key) = line.key();
                        (position, key.to_owned())
                    },
                    |a, b| std::mem::discriminant(&a.what) == std::mem::discriminant(&b.what),
                    move |line| match line.get_untracked().what {
                        What::Task(row) => view! { <TaskRow shared row line /> },
                        What::Group(..) => view! { <GroupRow shared line /> },
                    },
                )}
            </div>
        </div>
    }
}

/// Moves the active row, opens it, selects.
fn keydown(app: App, shared: Shared, ev: &KeyboardEvent) {
    let target = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    // A form in a cell has keys of its own.
    let in_form = target.closest("form").is_ok_and(|form| form.is_some());
    if in_form || ev.is_composing() || ev.key_code() == 229 || ev.alt_key() {
        return;
    }
    let command = ev.ctrl_key() || ev.meta_key();
    let key = ev.key();
    let step = match (key.as_str(), command) {
        ("a" | "A", true) => {
            ev.prevent_default();
            app.dispatch(Command::Select(Selection::All));
            return;
        }
        (_, true) => return,
        ("Escape", _) if app.chosen().with_untracked(|c| !c.is_empty()) => {
            ev.prevent_default();
            app.dispatch(Command::Select(Selection::None));
            return;
        }
        ("Enter", _) if target.id() == ACTIVE => {
            ev.prevent_default();
            if let Some((position, _)) = shared.active.get_untracked() {
                let id = app.plan.tasks()[position].id.clone();
                app.dispatch(Command::Open(Page::Task(id)));
            }
            return;
        }
        ("ArrowDown", _) => 1,
        ("ArrowUp", _) => -1,
        ("PageDown", _) => PAGE,
        ("PageUp", _) => -PAGE,
        ("Home", _) => isize::MIN,
        ("End", _) => isize::MAX,
        _ => return,
    };
    ev.prevent_default();
    let from = shared.active.get_untracked().map(|a| a.0);
    let next = app.table().with_untracked(|t| {
        let last = t.rows.len().checked_sub(1)?;
        let place = from.and_then(|p| t.rows.iter().position(|r| r.position == p));
        // From the heads of the columns, the first step leads to the active row itself.
        let in_body = target.closest("[role=rowgroup]").is_ok_and(|g| g.is_some());
        let step = if in_body { step } else { 0 };
        let to = place.unwrap_or(0).saturating_add_signed(step).min(last);
        Some(t.rows[to].position)
    });
    let Some(next) = next else { return };
    if ev.shift_key() {
        // A range starts at the row that was active.
        if app.chosen().with_untracked(|c| c.is_empty())
            && let Some(from) = from
        {
            app.dispatch(Command::Select(Selection::Toggle(from)));
        }
        app.dispatch(Command::Select(Selection::UpTo(next)));
    }
    app.dispatch(Command::Activate(Some(next)));
    page::focus_soon(ACTIVE);
}

/// The heads of the columns.
#[component]
fn Head(
    /// What the parts of the table share.
    shared: Shared,
) -> impl IntoView {
    let app = use_app();
    let all = move || {
        let listed = app.listed().with(|l| l.len());
        app.chosen().with(|c| c.len()) == listed
    };
    view! {
        <div class="table-head" role="rowgroup">
            <div class="table-row" role="row" aria-rowindex="1">
                <div role="columnheader" class="cell is-check">
                    <label class="cell-check">
                        <input
                            type="checkbox"
                            aria-label=app.says(Tr::table_select_all)
                            prop:checked=all
                            prop:indeterminate=move || app.chosen().with(|c| !c.is_empty()) && !all()
                            on:change=move |_| {
                                let selection = if untrack(all) { Selection::None } else { Selection::All };
                                app.dispatch(Command::Select(selection));
                            }
                        />
                    </label>
                </div>
                {each(move || shared.columns.get(), |column| *column, |column| view! { <ColumnHead column /> })}
            </div>
        </div>
    }
}

/// The head of a column, which sorts by it.
#[component]
fn ColumnHead(
    /// The column.
    column: Column,
) -> impl IntoView {
    let app = use_app();
    let sorting = Memo::new(move || Sorting::read(&app.option(Opt::Sort)));
    let own = move || sorting.get().filter(|s| s.column == column);
    let press = move || {
        let next = Sorting::next(sorting.get_untracked(), column);
        let text = next.map(Sorting::text).unwrap_or_default();
        app.dispatch(Command::Arrange(Opt::Sort, text));
    };
    view! {
        <div
            role="columnheader"
            class=format!("cell is-{}", column.key())
            aria-sort=move || match own() {
                None => "none",
                Some(sorting) if sorting.descending => "descending",
                Some(_) => "ascending",
            }
        >
            <button type="button" class="cell-sort" on:click=move |_| press()>
                <span>{move || column_name(app.tr(), column)}</span>
                {move || own().map(|sorting| {
                    let glyph = if sorting.descending { Glyph::Down } else { Glyph::Up };
                    view! { <Icon glyph /> }
                })}
            </button>
        </div>
    }
}

/// The head of a group: what its tasks have in common, and how they stand.
#[component]
fn GroupRow(
    /// What the parts of the table share.
    shared: Shared,
    /// The line.
    line: RwSignal<Drawn>,
) -> impl IntoView {
    let app = use_app();
    let name =
        move || line.with(|l| group_name(app, Grouping::read(&app.option(Opt::Group)), l.key().1));
    let sum = move || {
        line.with(|l| match &l.what {
            What::Group(_, tally) => subtotal(app, tally),
            What::Task(_) => String::new(),
        })
    };
    view! {
        <div
            role="row"
            class="table-row is-group"
            aria-rowindex=move || line.with(|l| (l.line + 2).to_string())
            style:inset-block-start=move || line.with(|l| place(l.line))
        >
            <div role="gridcell" class="cell" aria-colspan=move || shared.columns.with(|c| (c.len() + 1).to_string())>
                <strong>{name}</strong>
                <span class="muted">{sum}</span>
            </div>
        </div>
    }
}

/// The words of a group, by its key.
pub fn group_name(app: App, grouping: Option<Grouping>, key: &str) -> String {
    let (tr, lang) = (app.tr(), app.lang());
    let known = match grouping {
        None => None,
        Some(Grouping::Document) => app.plan.document(key).map(|d| d.number.clone()),
        Some(Grouping::Topic) => app.plan.topic(key).map(|t| t.name.get(lang).to_owned()),
        Some(Grouping::Lead) if key.is_empty() => Some(tr.card_no_lead().to_owned()),
        Some(Grouping::Lead) => Some(unit_name(app, key, lang)),
        Some(Grouping::Bucket) => {
            let bucket = tracker::status::Bucket::ALL
                .into_iter()
                .find(|b| b.key() == key);
            bucket.map(|b| tr.bucket(b).to_owned())
        }
        Some(Grouping::Month) if key.is_empty() => Some(tr.table_undated().to_owned()),
        Some(Grouping::Month) => key.parse::<Period>().ok().map(|month| month.label(lang)),
    };
    known.unwrap_or_else(|| key.to_owned())
}

/// How many tasks, how many of them overdue, and the completion rate.
fn subtotal(app: App, tally: &Tally) -> String {
    let tr = app.tr();
    let rate = tally.completion_rate().map_or_else(
        || tr.board_rate_none().to_owned(),
        |rate| tr.board_rate(format_percent(rate, 1, app.lang())),
    );
    let overdue = tr.board_overdue(tally.overdue());
    format!("{} · {overdue} · {rate}", tr.table_count(tally.total()))
}

/// Whether a check box was pressed to select everything up to it; it is checked then.
pub fn is_range(ev: &web_sys::MouseEvent) -> bool {
    let field = ev
        .target()
        .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    match field {
        Some(field) if ev.shift_key() => {
            // The browser has just taken the mark off a task that was selected, and stays.
            field.set_checked(true);
            true
        }
        _ => false,
    }
}
