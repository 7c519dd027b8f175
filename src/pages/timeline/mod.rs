//! The timeline: the tasks of the view on a scale of months.
//!
//! - here: the page, its menus, what its marks mean;
//! - [`lines`]: headings and tasks in one list, and a task's time in words;
//! - [`chart`]: the scale, what of the list is drawn, scrolling;
//! - [`row`]: one line of it.

mod chart;
mod lines;
mod row;

use lean::prelude::*;
use tracker::timeline::{LaneBy, Scale};

use crate::components::icon::{Glyph, Icon};
use crate::components::list_head::{ListHead, Nothing};
use crate::i18n::Tr;
use crate::route::Opt;
use crate::state::{App, Command, use_app};

use chart::Chart;

/// The years that are drawn.
const SCALE: Scale = Scale::PROJECT;

/// A choice of a menu: its value in the address, and its name.
type Choice = (&'static str, fn(Tr) -> &'static str);

const LANES: [Choice; 3] = [
    ("document", Tr::filter_document),
    ("lead", Tr::timeline_lead),
    ("topic", Tr::filter_topic),
];

const ZOOMS: [Choice; 3] = [
    ("year", Tr::timeline_year),
    ("quarter", Tr::timeline_quarter),
    ("month", Tr::timeline_month),
];

/// The choice that an option makes among `choices`; else the first.
fn chosen(app: App, opt: Opt, choices: &[Choice; 3]) -> &'static str {
    let option = app.option(opt);
    let found = choices.iter().find(|choice| choice.0 == option);
    found.unwrap_or(&choices[0]).0
}

/// What the tasks are put under.
fn lane_by(app: App) -> LaneBy {
    match chosen(app, Opt::Lanes, &LANES) {
        "lead" => LaneBy::Lead,
        "topic" => LaneBy::Topic,
        _ => LaneBy::Document,
    }
}

/// The timeline.
#[component]
pub fn Timeline() -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move || app.visible().with(|rows| rows.is_empty()));
    let by = Memo::new(move || chosen(app, Opt::Lanes, &LANES));
    let zoom = Memo::new(move || chosen(app, Opt::Zoom, &ZOOMS));
    view! {
        <div class="page is-full">
            <ListHead title=Tr::nav_timeline />
            <div class="filter-row">
                <Menu opt=Opt::Lanes name=Tr::timeline_lanes choices=LANES now=by />
                <Menu opt=Opt::Zoom name=Tr::timeline_zoom choices=ZOOMS now=zoom />
            </div>
            {move || if empty.get() { view! { <Nothing /> } } else { view! { <Chart zoom /> } }}
            {when(move || !empty.get(), || view! { <Legend /> })}
        </div>
    }
}

/// A menu that arranges the page.
#[component]
fn Menu(
    /// What it sets.
    opt: Opt,
    /// Its name.
    name: fn(Tr) -> &'static str,
    /// What can be chosen.
    choices: [Choice; 3],
    /// What is chosen.
    now: Memo<&'static str>,
) -> impl IntoView {
    let app = use_app();
    let options = choices.into_iter().map(|(value, words)| {
        view! { <option value=value selected=move || now.get() == value>{app.says(words)}</option> }
    });
    view! {
        <label class="filter">
            <span class="filter-name">{app.says(name)}</span>
            <select on:change=move |ev| app.dispatch(Command::Arrange(opt, event_target_value(&ev)))>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// What the marks mean.
#[component]
fn Legend() -> impl IntoView {
    let app = use_app();
    view! {
        <ul class="tl-legend" aria-label=app.says(Tr::timeline_legend)>
            <li><i class="tl-bar"></i>{app.says(Tr::timeline_given)}</li>
            <li><i class="tl-due"></i>{app.says(Tr::timeline_due_mark)}</li>
            <li><i class="tl-due is-first"></i>{app.says(Tr::timeline_first_mark)}</li>
            <li class="is-not-started-overdue"><i class="tl-late"></i>{app.says(Tr::timeline_late_mark)}</li>
            <li class="is-on-time"><i class="tl-done"><Icon glyph=Glyph::Check /></i>{app.says(Tr::timeline_done_mark)}</li>
            <li class="is-ongoing"><i class="tl-bar is-open"></i>{app.says(Tr::timeline_open_mark)}</li>
        </ul>
    }
}
