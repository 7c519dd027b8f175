//! Values over time as a picture, with its table and its files.
//!
//! Drawn here and not by a chart library: one for Leptos would bring Leptos's own view layer back
//! (see `crates/lean`) and alone weigh more than the page's budget leaves. What is hard about a chart
//! is arithmetic, which is in `tracker::chart`.
//!
//! - here: what a chart is made of, and the component;
//! - `plot`: where each of its parts is; `draw`: the parts as SVG;
//! - [`spark`]: a chart as small as a word.
//!
//! Colours are the style sheet's (`style/chart.css`); each series has a shape and dashes besides, so
//! that nothing is said by colour alone. Every value can be reached by the keyboard and has a name.

mod draw;
mod plot;
pub mod spark;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::chart::Table;

use crate::i18n::Tr;
use crate::platform::page;
use crate::platform::picture::picture;
use crate::state::{App, Command, use_app};

/// One value of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its day.
    pub day: NaiveDate,
    /// The value, in the unit of the chart.
    pub value: f64,
    /// What it is, in full: "31/12/2023: 48 triệu tài khoản (Chỉ thị 05)".
    pub name: String,
    /// What stands beside it where there is room; may be empty.
    pub label: String,
}

/// How the values of a series are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Not at all.
    Apart,
    /// By straight lines.
    Straight,
    /// Each holds until the next.
    Stairs,
}

/// Values of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What they are, for the legend.
    pub name: String,
    /// Which of the looks it has, from 0; see [`LOOKS`].
    pub look: usize,
    /// How they are joined.
    pub joint: Joint,
    /// The values, oldest first.
    pub marks: Vec<Mark>,
}

/// How many looks of series there are, told apart by colour, shape and dashes.
pub const LOOKS: usize = 4;

/// The look of values that only stand beside the others: hollow, and pale.
pub const BESIDE: usize = 3;

/// A value that holds for all days, such as a target: a dashed line with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// What it is, with its value.
    pub name: String,
    /// The value.
    pub value: f64,
}

/// A straight way from one value to another, drawn pale and dotted.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What it is, for the legend.
    pub name: String,
    /// Where it begins.
    pub from: (NaiveDate, f64),
    /// Where it ends.
    pub to: (NaiveDate, f64),
}

/// Everything that a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The id of its element, and where the ids of its parts begin.
    pub id: &'static str,
    /// What it shows, for its title.
    pub title: String,
    /// What is to be seen in it, for who does not see it.
    pub description: String,
    /// The unit, above the axis of values.
    pub unit: String,
    /// Whether great numbers may be counted in thousands or millions at the axis; not where the
    /// unit itself does so.
    pub counts: bool,
    /// The values.
    pub series: Vec<Series>,
    /// The lines of targets.
    pub levels: Vec<Level>,
    /// The ways to them.
    pub ways: Vec<Way>,
    /// The day that everything is judged by, and its name.
    pub asof: Option<(NaiveDate, String)>,
}

/// How wide a chart is drawn on which screens, in its own units: about as many as it has pixels, so
/// that its letters have the size of the page's.
const WIDTHS: [(&str, f64); 2] = [("(width < 40em)", 360.0), ("(width < 84em)", 620.0)];

/// The same where none of these holds.
const WIDEST: f64 = 760.0;

fn width() -> f64 {
    let found = WIDTHS.iter().find(|(query, _)| page::matches(query));
    found.map_or(WIDEST, |found| found.1)
}

/// A chart, what its value in focus says, and the ways to save it. Its table stands beside it, which
/// is for the page to draw: `table` is what goes into the CSV file.
#[component]
pub fn Picture(
    /// The chart.
    chart: Chart,
    /// Its values as a table.
    table: Table,
    /// The name of its files, without an ending.
    file: String,
) -> impl IntoView {
    let app = use_app();
    let wide = RwSignal::new(width());
    // Kept as long as the chart is.
    StoredValue::new(
        WIDTHS.map(|(query, _)| page::on_media_change(query, move |_| wide.set(width()))),
    );
    let said = RwSignal::new(String::new());
    let id = chart.id;
    let drawn = {
        let chart = chart.clone();
        move || draw::svg(&chart, wide.get(), app.lang(), said)
    };
    let hint = move || match said.with(String::is_empty) {
        true => app.tr().chart_hint().to_owned(),
        false => said.get(),
    };
    let saved = Saved { id, table, file };
    let buttons = files(app, &Kind::ALL, move |kind| saved.save(app, kind));
    view! {
        <div class="chart-frame">
            {drawn}
            <div class="chart-foot">
                <p class="chart-said" aria-hidden="true">{hint}</p>
                {buttons}
            </div>
        </div>
    }
}

/// The buttons that save something as each of `kinds`.
pub fn files(app: App, kinds: &[Kind], save: impl Fn(Kind) + Clone + 'static) -> View {
    let button = |kind: &Kind| {
        let (kind, save) = (*kind, save.clone());
        view! {
            <button type="button" class="button is-small" on:click=move |_| save(kind)>
                {app.says(kind.name())}
            </button>
        }
    };
    let buttons = kinds.iter().map(button).collect_view();
    view! {
        <div class="chart-files" role="group" aria-label=app.says(Tr::chart_files)>{buttons}</div>
    }
    .into_view()
}

/// What a chart is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The drawing.
    Svg,
    /// The drawing in dots.
    Png,
    /// The table.
    Csv,
}

impl Kind {
    /// Each of them, in the order of the buttons.
    pub const ALL: [Kind; 3] = [Kind::Svg, Kind::Png, Kind::Csv];

    fn name(self) -> fn(Tr) -> &'static str {
        match self {
            Kind::Svg => Tr::chart_svg,
            Kind::Png => Tr::chart_png,
            Kind::Csv => Tr::chart_csv,
        }
    }
}

/// What is saved, and where it is.
#[derive(Clone)]
pub struct Saved {
    /// The id of the drawing.
    pub id: &'static str,
    /// What goes into the CSV file.
    pub table: Table,
    /// The name of the files, without an ending.
    pub file: String,
}

impl Saved {
    /// Offers it for download. The drawing has to be in the page.
    pub fn save(&self, app: App, kind: Kind) {
        let name = |ending: &str| [&self.file, ending].concat();
        if kind == Kind::Csv {
            return app.dispatch(Command::SaveText {
                name: name(".csv"),
                mime: "text/csv;charset=utf-8",
                text: self.table.csv(),
            });
        }
        let Some(picture) = picture(self.id) else {
            return;
        };
        app.dispatch(match kind {
            Kind::Png => Command::SavePng {
                name: name(".png"),
                picture,
            },
            _ => Command::SaveText {
                name: name(".svg"),
                mime: "image/svg+xml",
                text: picture.svg,
            },
        });
    }
}
