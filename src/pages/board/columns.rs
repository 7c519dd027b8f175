//! Rows of columns, and what each is called.

use std::rc::Rc;
use std::sync::Arc;

use lean::prelude::*;
use tracker::board::{By, Grid, OTHER, first_of_month};
use tracker::date::Period;
use tracker::status::{Bucket, Stage};

use super::cards::{Cards, WHOLE};
use super::mover::Mover;
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon, of_bucket};
use crate::i18n::Tr;
use crate::state::rows::Rows;
use crate::state::{App, use_app};

/// The tasks of the board in their places.
#[derive(PartialEq)]
pub struct Placed {
    /// The columns, in order.
    pub columns: Vec<usize>,
    /// The rows, in order.
    lanes: Vec<Line>,
    /// How many tasks stand in more than one place.
    pub repeated: usize,
    /// How many there are.
    count: usize,
}

#[derive(PartialEq)]
struct Line {
    number: usize,
    count: usize,
    cells: Vec<Rows>,
}

impl Placed {
    /// Takes the rows to where the grid says.
    pub fn new(rows: &Rows, grid: Grid) -> Placed {
        let taken = |cell: Vec<usize>| -> Rows {
            Arc::new(cell.into_iter().map(|at| rows[at].clone()).collect())
        };
        let lane = |lane: tracker::board::Lane| Line {
            number: lane.number,
            count: lane.count,
            cells: lane.cells.into_iter().map(taken).collect(),
        };
        Placed {
            columns: grid.columns,
            lanes: grid.lanes.into_iter().map(lane).collect(),
            repeated: grid.repeated,
            count: rows.len(),
        }
    }

    /// Whether there are few enough cards to draw them all.
    pub fn is_whole(&self) -> bool {
        self.count <= WHOLE
    }

    fn lane(&self, number: usize) -> Option<&Line> {
        self.lanes.iter().find(|lane| lane.number == number)
    }

    /// The tasks of a column in a row.
    fn cell(&self, lane: usize, column: usize) -> Rows {
        let at = self.columns.iter().position(|number| *number == column);
        let cell = self.lane(lane).zip(at).map(|(lane, at)| &lane.cells[at]);
        cell.cloned().unwrap_or_default()
    }
}

/// The name of a column or row.
pub fn label(app: App, by: By, number: usize) -> String {
    let tr = app.tr();
    let lang = app.lang();
    let plan = app.plan;
    match (by, number) {
        (By::Lead, OTHER) => tr.card_no_lead().to_owned(),
        (By::Month, OTHER) => tr.columns_undated().to_owned(),
        (By::Bucket, at) => Bucket::ALL.get(at).map_or("", |b| tr.bucket(*b)).to_owned(),
        (By::Status, at) => Stage::ALL.get(at).map_or("", |s| stage(tr, *s)).to_owned(),
        (By::Topic, at) => {
            let topic = plan.manifest().topics.get(at);
            topic.map_or("", |t| t.name.get(lang)).to_owned()
        }
        (By::Document, at) => {
            let document = plan.documents().get(at);
            document.map(|d| d.number.clone()).unwrap_or_default()
        }
        (By::Lead, at) => {
            let agency = plan.agencies().get(at);
            agency.map_or_else(String::new, |a| unit_name(app, &a.id, lang))
        }
        (By::Month, at) => {
            let first = first_of_month(at);
            first.map_or_else(String::new, |day| Period::Month(day).label(lang))
        }
    }
}

/// A stage in words.
pub fn stage(tr: Tr, stage: Stage) -> &'static str {
    match stage {
        Stage::NotStarted => tr.status_not_started(),
        Stage::InProgress => tr.status_in_progress(),
        Stage::Done => tr.status_done(),
    }
}

/// The icon of a column and the class of its colour, where it stands for a status.
pub fn look(by: By, number: usize) -> Option<(Glyph, &'static str)> {
    match by {
        By::Bucket => Bucket::ALL.get(number).map(|b| (of_bucket(*b), b.key())),
        By::Status => match Stage::ALL.get(number)? {
            Stage::NotStarted => Some((Glyph::Open, Bucket::NotStartedInTime.key())),
            Stage::InProgress => Some((Glyph::Half, Bucket::InProgressInTime.key())),
            Stage::Done => Some((Glyph::Check, Bucket::CompletedOnTime.key())),
        },
        _ => None,
    }
}

/// All rows; where there are none, the columns alone.
#[component]
pub fn Lanes(
    /// What columns stand for.
    by: By,
    /// What rows stand for.
    rows: Option<By>,
    /// The tasks.
    placed: Memo<Rc<Placed>>,
) -> impl IntoView {
    let Some(rows) = rows else {
        return view! { <Columns by placed lane=OTHER in_lane=false /> }.into_view();
    };
    let numbers = move || placed.with(|p| p.lanes.iter().map(|l| l.number).collect());
    each(
        numbers,
        |number| *number,
        move |number| view! { <Lane by rows placed number /> },
    )
}

/// A row: a region named by what it stands for and its count.
#[component]
fn Lane(
    /// What columns stand for.
    by: By,
    /// What rows stand for.
    rows: By,
    /// The tasks.
    placed: Memo<Rc<Placed>>,
    /// Which row.
    number: usize,
) -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move || placed.with(|p| p.lane(number).map_or(0, |lane| lane.count)));
    let name = move || label(app, rows, number);
    view! {
        <section class="lane" aria-label=move || app.tr().board_column(name(), app.tr().count(count.get()))>
            <h2 class="lane-head">
                <span class="lane-name">{name}</span>
                " "
                <span class="column-count">{move || app.tr().count(count.get())}</span>
            </h2>
            <Columns by placed lane=number in_lane=true />
        </section>
    }
}

#[component]
fn Columns(
    /// What columns stand for.
    by: By,
    /// The tasks.
    placed: Memo<Rc<Placed>>,
    /// The number of the row they are in.
    lane: usize,
    /// Whether there are several rows.
    in_lane: bool,
) -> impl IntoView {
    let columns = move || placed.with(|p| p.columns.clone());
    view! {
        <div class="columns">
            {each(columns, |number| *number, move |number| view! { <Column by placed lane in_lane number /> })}
        </div>
    }
}

/// One column: a region named by what it stands for and its count.
#[component]
fn Column(
    /// What columns stand for.
    by: By,
    /// The tasks.
    placed: Memo<Rc<Placed>>,
    /// The number of its row.
    lane: usize,
    /// Whether there are several rows.
    in_lane: bool,
    /// Which column.
    number: usize,
) -> impl IntoView {
    let app = use_app();
    let mover = Mover::here();
    let rows = Memo::new(move || placed.with(|p| p.cell(lane, number)));
    let count = Memo::new(move || rows.with(|r| r.len()));
    let name = move || label(app, by, number);
    let look = look(by, number);
    let class = look.map_or("column".to_owned(), |(_, key)| format!("column is-{key}"));
    let over = Memo::new(move || mover.over(lane, number));
    let inside = move || {
        view! {
            {look.map(|(glyph, _)| view! { <Icon glyph /> })}
            <span class="column-name">{name}</span>
            " "
            <span class="column-count">{move || app.tr().count(count.get())}</span>
        }
    };
    let head = if in_lane {
        view! { <h3 class="column-head">{inside()}</h3> }
    } else {
        view! { <h2 class="column-head">{inside()}</h2> }
    };
    view! {
        <section
            class=class
            class:is-empty=move || count.get() == 0
            class:is-target=move || over.get() == Some(true)
            class:is-refusing=move || over.get() == Some(false)
            // In rows the same names come again and again, so only the rows are landmarks.
            role=in_lane.then_some("group")
            data-lane=lane.to_string()
            data-column=number.to_string()
            aria-label=move || app.tr().board_column(name(), app.tr().count(count.get()))
        >
            {head}
            {when(move || count.get() > 0, move || view! { <Cards rows placed /> })}
        </section>
    }
}
