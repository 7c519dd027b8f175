//! The heat map as files. On the page it is a table; it is drawn only while it is saved.

use std::rc::Rc;

use lean::prelude::*;
use tracker::chart::{Table, coordinate};
use tracker::kpi::heat::{HeatMap, Square};
use tracker::kpi::scorecard::Measure;

use super::heat::{column, look};
use super::value::name;
use crate::components::chart::{Kind, Saved, files as buttons};
use crate::platform::page;
use crate::state::App;

/// The id of the drawing.
const DRAWING: &str = "heat-drawing";

/// Sizes of the drawing, in its own units: a column, the names of agencies, a row, and what is
/// above the rows.
const COLUMN: f64 = 80.0;
const NAMES: f64 = 400.0;
const ROW: f64 = 26.0;
const TOP: f64 = 64.0;
/// From the edge of a square to what is written in it, and from its top to the line it stands on.
const GAP: f64 = 8.0;
const BASE: f64 = 18.0;

/// The rows that are shown: agencies by their place in the plan, and their squares.
type Shown = Rc<Vec<(usize, Vec<Option<Square>>)>>;

/// What is saved, as it is shown.
#[derive(Clone, Copy)]
struct Heat {
    app: App,
    shown: Memo<Shown>,
    map: Memo<Rc<HeatMap>>,
    measure: Memo<Measure>,
}

/// The buttons that save the heat map as it is shown.
pub fn files(app: App, shown: Memo<Shown>, map: Memo<Rc<HeatMap>>, measure: Memo<Measure>) -> View {
    let heat = Heat {
        app,
        shown,
        map,
        measure,
    };
    let drawn = RwSignal::new(false);
    let save = move |kind| {
        let saved = Saved {
            id: DRAWING,
            table: untrack(|| heat.table()),
            file: untrack(|| heat.file()),
        };
        if kind == Kind::Csv {
            return saved.save(app, kind);
        }
        drawn.set(true);
        // Once it is there, and has its colours.
        page::on_frame(move || {
            if !drawn.is_disposed() {
                saved.save(app, kind);
                drawn.set(false);
            }
        });
    };
    view! {
        {buttons(app, &Kind::ALL, save)}
        {when(move || drawn.get(), move || view! {
            <div class="visually-hidden" aria-hidden="true">{untrack(|| heat.drawing())}</div>
        })}
    }
    .into_view()
}

impl Heat {
    /// The name of the files: what is shown, and until when.
    fn file(self) -> String {
        let until = self
            .map
            .with(|map| map.days.last().map(ToString::to_string));
        ["tien-do-06-theo-thang-", &until.unwrap_or_default()].concat()
    }

    fn title(self) -> String {
        let tr = self.app.tr();
        [tr.nav_agencies(), " · ", name(self.measure.get())(tr)].concat()
    }

    fn agency(self, at: usize) -> String {
        let agency = &self.app.plan.agencies()[at];
        let name = agency.name_on(self.app.asof());
        name.get(self.app.lang()).to_owned()
    }

    /// What stands in each square, and its shade.
    fn squares(self, squares: &[Option<Square>]) -> Vec<(String, Option<&'static str>)> {
        let (measure, most) = (
            self.measure.get(),
            self.map.with(|map| map.most_overdue()) as f64,
        );
        let of = |square: &Option<Square>| {
            let look = square.map(|square| look(self.app, square, measure, most));
            look.map_or_else(Default::default, |look| {
                (look.number.unwrap_or_default(), look.shade)
            })
        };
        squares.iter().map(of).collect()
    }

    fn table(self) -> Table {
        let days = self.map.with(|map| map.days.clone()).into_iter();
        let header = std::iter::once(self.app.tr().nav_agencies().to_owned());
        let row = |(at, squares): &(usize, Vec<Option<Square>>)| {
            let numbers = self.squares(squares).into_iter().map(|square| square.0);
            std::iter::once(self.agency(*at)).chain(numbers).collect()
        };
        Table {
            header: header.chain(days.map(column)).collect(),
            rows: self.shown.with(|shown| shown.iter().map(row).collect()),
        }
    }

    fn drawing(self) -> View {
        let days = self.map.with(|map| map.days.clone());
        let shown = self.shown.get();
        let width = NAMES + COLUMN * days.len() as f64 + GAP;
        let height = TOP + ROW * shown.len() as f64 + GAP;
        let left = |at: usize| NAMES + COLUMN * at as f64;
        let heads = days.into_iter().enumerate().map(|(at, day)| {
            let x = coordinate(left(at) + COLUMN - GAP);
            text("chart-tick", x, TOP - GAP, "end", column(day))
        });
        let rows = shown.iter().enumerate().map(|(line, (at, squares))| {
            let top = TOP + ROW * line as f64;
            let squares = self.squares(squares).into_iter().enumerate();
            let squares = squares.map(|(place, (number, shade))| {
                let class = shade.map_or("heat-square".to_owned(), |s| format!("heat-square {s}"));
                let x = coordinate(left(place) + COLUMN - GAP);
                view! {
                    <rect
                        class=class
                        x=coordinate(left(place))
                        y=coordinate(top)
                        width=coordinate(COLUMN)
                        height=coordinate(ROW)
                    />
                    {text("chart-number", x, top + BASE, "end", number)}
                }
            });
            view! {
                {text("chart-number", coordinate(GAP), top + BASE, "start", self.agency(*at))}
                {squares.collect_view()}
            }
        });
        view! {
            <svg id=DRAWING class="chart" viewBox=format!("0 0 {} {}", coordinate(width), coordinate(height))>
                {text("chart-name", coordinate(GAP), BASE + GAP, "start", self.title())}
                {heads.collect_view()}
                {rows.collect_view()}
            </svg>
        }
        .into_view()
    }
}

fn text(class: &'static str, x: String, y: f64, anchor: &'static str, words: String) -> View {
    view! { <text class=class x=x y=coordinate(y) text-anchor=anchor>{words}</text> }.into_view()
}
