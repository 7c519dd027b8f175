//! The table: the tasks of the view row by row, in the order and the groups that the user wants.
//!
//! - here: the page and what its list is arranged by;
//! - [`columns`]: choosing and ordering the columns;
//! - [`grid`]: the table itself, its keys, the heads of columns and groups;
//! - [`row`]: one task, cell by cell;
//! - [`edit`]: status and progress, edited in place;
//! - [`bulk`]: what is selected, and recording it all at once.

mod bulk;
mod columns;
mod edit;
mod grid;
mod row;

use lean::prelude::*;
use tracker::arrange::{Column, Grouping, Sorting};

use crate::components::list_head::{ListHead, Nothing};
use crate::i18n::Tr;
use crate::route::Opt;
use crate::state::{App, Command, use_app};
use bulk::Bulk;
use columns::Columns;
use grid::Grid;

pub use grid::group_name;

/// The table: the tasks of the view, row by row.
#[component]
pub fn Tasks() -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move || app.visible().with(|rows| rows.is_empty()));
    view! {
        <div class="page is-full">
            <ListHead title=Tr::nav_tasks />
            {move || if empty.get() {
                view! { <Nothing /> }
            } else {
                view! {
                    <Tools />
                    <Grid />
                }
            }}
        </div>
    }
}

/// The name of a column.
fn column_name(tr: Tr, column: Column) -> &'static str {
    match column {
        Column::Number => tr.table_number(),
        Column::Title => tr.table_title(),
        Column::Leads => tr.role_lead(),
        Column::Coordinators => tr.role_coordinator(),
        Column::Due => tr.task_deadline(),
        Column::Deliverable => tr.task_deliverable(),
        Column::Bucket => tr.field_status(),
        Column::Progress => tr.field_progress(),
        Column::Updated => tr.table_updated(),
    }
}

/// The name of a way to group.
pub fn grouping_name(tr: Tr, grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Document => tr.filter_document(),
        Grouping::Topic => tr.filter_topic(),
        Grouping::Lead => tr.table_lead(),
        Grouping::Bucket => tr.field_status(),
        Grouping::Month => tr.table_month(),
    }
}

/// What is above the table: groups, order, columns, and what is selected.
#[component]
fn Tools() -> impl IntoView {
    view! {
        <div class="table-tools">
            <Choice opt=Opt::Group name=Tr::table_group class="filter" choices=groupings />
            <Choice opt=Opt::Sort name=Tr::table_sort class="filter table-sort" choices=sortings />
            <Columns />
            <Bulk />
        </div>
    }
}

/// A value of an option and its words.
pub type Words = (String, String);

fn groupings(tr: Tr) -> Vec<Words> {
    let none = (String::new(), tr.table_group_none().to_owned());
    let words = |g: Grouping| (g.key().to_owned(), grouping_name(tr, g).to_owned());
    std::iter::once(none)
        .chain(Grouping::ALL.into_iter().map(words))
        .collect()
}

fn sortings(tr: Tr) -> Vec<Words> {
    let mut all = vec![(String::new(), tr.table_sort_none().to_owned())];
    for column in Column::ALL {
        for descending in [false, true] {
            let name = column_name(tr, column);
            let words = if descending {
                tr.table_descending(name)
            } else {
                tr.table_ascending(name)
            };
            all.push((Sorting { column, descending }.text(), words));
        }
    }
    all
}

/// A menu that arranges a list of tasks.
#[component]
pub fn Choice(
    /// What it sets.
    opt: Opt,
    /// Its name.
    name: fn(Tr) -> &'static str,
    /// Its class.
    class: &'static str,
    /// What can be chosen.
    choices: fn(Tr) -> Vec<Words>,
) -> impl IntoView {
    let app = use_app();
    let chosen = Memo::new(move || app.option(opt));
    view! {
        <label class=class class:is-active=move || chosen.with(|c| !c.is_empty())>
            <span class="filter-name">{app.says(name)}</span>
            <select on:change=move |ev| app.dispatch(Command::Arrange(opt, event_target_value(&ev)))>
                {move || options(app, choices, chosen)}
            </select>
        </label>
    }
}

fn options(app: App, choices: fn(Tr) -> Vec<Words>, chosen: Memo<String>) -> impl IntoView {
    let option = move |(value, words): Words| {
        let selected = chosen.with(|c| *c == value);
        view! { <option value=value selected=selected>{words}</option> }
    };
    choices(app.tr()).into_iter().map(option).collect_view()
}
