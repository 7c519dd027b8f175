//! One task of the table, cell by cell. A row comes to show other tasks as the list is scrolled or
//! searched, so nothing here is read of a task once and for all.

use std::sync::Arc;

use lean::prelude::*;
use tracker::arrange::Column;
use tracker::date::format_date;
use tracker::plan::Task;

use super::edit::{Editor, Part};
use super::grid::{ACTIVE, Drawn, Shared, What, is_range};
use crate::components::agency::{short_name, unit_name};
use crate::components::card::timing;
use crate::components::icon::{ChangingIcon, Glyph, Icon, of_bucket};
use crate::components::marked::Marked;
use crate::components::window::place;
use crate::i18n::{Tr, moment};
use crate::route::Page;
use crate::state::record::{leads, sole_recorder};
use crate::state::rows::Row;
use crate::state::{App, Command, Selection, Unit, use_app};

/// What the cells of a row share.
#[derive(Clone, Copy)]
struct Cells {
    app: App,
    shared: Shared,
    /// The task and where it stands.
    row: Memo<Arc<Row>>,
    /// The task's position in the plan.
    position: Memo<usize>,
    /// Whether the row is in the order of Tab.
    tab: Memo<&'static str>,
    /// Whom something may be recorded for from here.
    recorder: Memo<Option<String>>,
}

impl Cells {
    /// The task. Tracks.
    fn task(self) -> &'static Task {
        &self.app.plan.tasks()[self.position.get()]
    }

    /// The task.
    fn task_untracked(self) -> &'static Task {
        &self.app.plan.tasks()[self.position.get_untracked()]
    }
}

/// A task as a row of the table.
#[component]
pub fn TaskRow(
    /// What the parts of the table share.
    shared: Shared,
    /// The task that the row showed first, and where it stood.
    row: Arc<Row>,
    /// The line: always that of a task.
    line: RwSignal<Drawn>,
) -> impl IntoView {
    let app = use_app();
    let row = Memo::new(move || {
        line.with(|l| match &l.what {
            What::Task(now) => now.clone(),
            What::Group(..) => row.clone(),
        })
    });
    let position = Memo::new(move || row.with(|row| row.position));
    let task = move || &app.plan.tasks()[position.get()];
    let active = Memo::new(move || shared.active.with(|a| a.map(|a| a.0)) == Some(position.get()));
    let selected = Memo::new(move || {
        app.selected()
            .with(|s| s.binary_search(&position.get()).is_ok())
    });
    let open = Memo::new(move || app.page() == Page::Task(task().id.clone()));
    let cells = Cells {
        app,
        shared,
        row,
        position,
        tab: Memo::new(move || if active.get() { "0" } else { "-1" }),
        recorder: Memo::new(move || {
            let unit = app.unit().unwrap_or(Unit::Country);
            sole_recorder(app.plan, task(), unit, app.asof())
        }),
    };
    let pressed = move |ev: web_sys::MouseEvent| {
        let position = position.get_untracked();
        let selection = if is_range(&ev) {
            Selection::UpTo(position)
        } else {
            Selection::Toggle(position)
        };
        app.dispatch(Command::Select(selection));
    };
    view! {
        <div
            role="row"
            id=move || active.get().then_some(ACTIVE)
            class="table-row is-task"
            class:is-open=move || open.get()
            class:is-selected=move || selected.get()
            class:is-edited=move || shared.editing.with(|e| e.map(|e| e.0)) == Some(position.get())
            tabindex=move || cells.tab.get()
            aria-rowindex=move || line.with(|l| (l.line + 2).to_string())
            aria-selected=move || if selected.get() { "true" } else { "false" }
            style:inset-block-start=move || line.with(|l| place(l.line))
            on:focusin=move |_| app.dispatch(Command::Activate(Some(position.get_untracked())))
        >
            <div role="gridcell" class="cell is-check">
                <label class="cell-check">
                    <input
                        type="checkbox"
                        tabindex=move || cells.tab.get()
                        aria-label=move || app.tr().table_select(&task().id)
                        prop:checked=move || selected.get()
                        on:click=pressed
                    />
                </label>
            </div>
            // Drawn anew as a whole with other columns, which is rare; a list by keys would cost
            // more for each of the many rows than all that is in them.
            {move || {
                let columns = shared.columns.get().into_iter();
                columns.map(|column| cell(cells, column, open)).collect_view()
            }}
        </div>
    }
}

/// The cell of a column.
fn cell(cells: Cells, column: Column, open: Memo<bool>) -> View {
    view! {
        <div role="gridcell" class=format!("cell is-{}", column.key())>
            {content(cells, column, open)}
        </div>
    }
}

/// What is in the cell of a column.
fn content(cells: Cells, column: Column, open: Memo<bool>) -> View {
    let Cells { app, row, tab, .. } = cells;
    match column {
        Column::Number => view! { <span class="card-id">{move || cells.task().id.clone()}</span> },
        Column::Title => {
            let returned = move || row.with(|r| r.standing.returned);
            let mark = when(returned, move || view! {
                <span class="cell-mark is-returned"><Icon glyph=Glyph::Undo />{app.says(Tr::word_returned)}</span>
            });
            let title = Signal::derive(move || cells.task().title.get(app.lang()).to_owned());
            view! {
                <a
                    class="clip cell-link"
                    href=move || app.href(Page::Task(cells.task().id.clone()))
                    tabindex=move || tab.get()
                    aria-current=move || open.get().then_some("true")
                >
                    <Marked text=title />
                </a>
                {mark}
            }
        }
        Column::Leads => agencies(app, move || &cells.task().leads),
        Column::Coordinators => agencies(app, move || &cells.task().coordinators),
        Column::Due => {
            let words = move || {
                let due = row.with(|r| r.standing.due);
                due.map_or_else(|| app.tr().deadline(cells.task().deadline), format_date)
            };
            // Nothing where it is completed: the status says so.
            let time = Memo::new(move || {
                let time = row.with(|r| timing(app, &r.standing));
                time.filter(|time| time.0 != "completed")
                    .map(|(class, _, words)| (class, words))
            });
            let class = move || {
                time.with(|t| match t {
                    Some((class, _)) => format!("cell-time is-{class}"),
                    None => "cell-time".to_owned(),
                })
            };
            let left = move || time.with(|t| t.as_ref().map(|t| t.1.clone()).unwrap_or_default());
            // Texts that change in their places: a row shows another task with each key.
            view! {
                <span class="clip">{words}</span>
                <span class=class>{left}</span>
            }
        }
        Column::Deliverable => {
            let text = move || {
                let deliverable = cells.task().deliverable.as_ref();
                deliverable.map(|text| text.get(app.lang()))
            };
            view! { <span class="clip" title=text>{text}</span> }
        }
        Column::Bucket => status(cells),
        Column::Progress => progress(cells),
        Column::Updated => (move || {
            let at = row.with(|r| r.standing.updated)?;
            Some(moment(at.ms, app.offset_minutes(at.ms)))
        })
        .into_view(),
    }
    .into_view()
}

/// The short forms of agencies, with all their full names for the pointer and screen readers.
fn agencies(app: App, ids: impl Fn() -> &'static Vec<String> + 'static) -> View {
    // Tasks next to each other often have the same.
    let ids = Memo::new(ids);
    let joined = move |name: &dyn Fn(&str) -> String| {
        let names: Vec<String> = ids.get().iter().map(|id| name(id)).collect();
        names.join(", ")
    };
    let short = move || joined(&|id| short_name(app, id));
    let full = Memo::new(move || joined(&|id| unit_name(app, id, app.lang())));
    // Two texts that change in their places, however many agencies there are.
    view! {
        <span class="clip" title=move || Some(full.get()).filter(|names| !names.is_empty())>
            <span aria-hidden="true">{short}</span>
            <span class="visually-hidden">{move || full.get()}</span>
        </span>
    }
    .into_view()
}

/// The bucket of the task. Drawn once, and changed in its place.
fn status(cells: Cells) -> View {
    let Cells { app, row, .. } = cells;
    let bucket = Memo::new(move || row.with(|row| row.standing.bucket));
    let words = move || app.tr().bucket(bucket.get());
    let badge = move |_| {
        let glyph = Signal::derive(move || of_bucket(bucket.get()));
        view! {
            <span class=move || format!("badge is-{}", bucket.get().key())>
                <ChangingIcon glyph />
                <span>{words}</span>
            </span>
        }
        .into_view()
    };
    edited(cells, Part::Status, move || words().to_owned(), badge)
}

/// How much of the work is done, where that is known.
fn progress(cells: Cells) -> View {
    let Cells { app, row, .. } = cells;
    let done = Memo::new(move || row.with(|row| done(app, row)));
    let known = Memo::new(move || done.with(Option::is_some));
    let words = move || done.get().map(|done| done.1).unwrap_or_default();
    let bar = move |editable: bool| {
        // Something to press has to be there.
        let nothing = if editable { "–" } else { "" };
        view! {
            {when(
                move || known.get(),
                move || view! {
                    <span class="cell-progress">
                        <progress max="100" value=move || done.get().map(|done| done.0.to_string()) aria-hidden="true"></progress>
                        <span>{words}</span>
                    </span>
                },
            )}
            {move || (!known.get()).then_some(nothing)}
        }
        .into_view()
    };
    edited(cells, Part::Progress, words, bar)
}

/// How much is done, in percent and in words.
fn done(app: App, row: &Row) -> Option<(u8, String)> {
    let standing = &row.standing;
    let percent = tracker::arrange::progress(standing)?;
    let tr = app.tr();
    let words = match standing.share {
        Some(share) if standing.progress.is_none() => {
            format!("{}/{}", tr.count(share.completed), tr.count(share.bound))
        }
        _ => format!("{percent}%"),
    };
    Some((percent, words))
}

/// What `draw` makes, which says `words`: as a button where it may be changed here, which `draw` is
/// told.
fn edited(
    cells: Cells,
    part: Part,
    words: impl Fn() -> String + Copy + 'static,
    draw: impl Fn(bool) -> View + Copy + 'static,
) -> View {
    let Cells {
        app,
        position,
        shared,
        tab,
        recorder,
        ..
    } = cells;
    let name: fn(Tr) -> &'static str = match part {
        Part::Status => Tr::field_status,
        Part::Progress => Tr::field_progress,
    };
    let edit = move || app.tr().table_edit(name(app.tr()));
    // Here rather than as a text for screen readers alone, which browsers lay out for every row.
    let label = move || [&words(), " ", &edit()].concat().trim_start().to_owned();
    let editing = move || shared.editing.get() == Some((position.get(), part));
    view! {
        {when(
            move || recorder.with(Option::is_some),
            move || view! {
                <button
                    type="button"
                    class="cell-edit"
                    tabindex=move || tab.get()
                    title=edit
                    aria-label=label
                    on:click=move |_| shared.editing.set(Some((position.get_untracked(), part)))
                >
                    {draw(true)}
                </button>
            },
        )}
        {when(move || recorder.with(Option::is_none), move || draw(false))}
        {when(editing, move || {
            let task = cells.task_untracked();
            let unit = recorder.get_untracked();
            let here = app.unit().unwrap_or(Unit::Country);
            let standing = leads(app.plan, task, here, untrack(|| app.asof()))
                .then(|| cells.row.with_untracked(|row| row.standing.clone()));
            unit.map(|unit| view! { <Editor shared task unit part standing /> })
        })}
    }
    .into_view()
}
