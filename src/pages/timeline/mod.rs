//! The timeline: the tasks of the view on a scale of months.
//!
//! - here: the page, its menus, what its marks mean;
//! - [`lines`]: the headings and tasks of the list, and a task's time in words;
//! - [`chart`]: the scale, the list under it, scrolling;
//! - [`row`]: one line of it.

mod chart;
mod lines;
mod row;

use lean::prelude::*;
use tracker::arrange::Grouping;
use tracker::timeline::Scale;

use crate::components::icon::{Glyph, Icon};
use crate::components::list_head::{ListHead, Nothing};
use crate::i18n::Tr;
use crate::pages::tasks::{Choice, Words, grouping_name};
use crate::route::Opt;
use crate::state::use_app;

use chart::Chart;

/// The years that are drawn.
const SCALE: Scale = Scale::PROJECT;

/// What the tasks can be put under; by their documents unless something else is chosen.
fn lanes(tr: Tr) -> Vec<Words> {
    let words = |grouping: Grouping| {
        let key = match grouping {
            Grouping::Document => "",
            other => other.key(),
        };
        (key.to_owned(), grouping_name(tr, grouping).to_owned())
    };
    Grouping::ALL.into_iter().map(words).collect()
}

/// How far it can be zoomed in; not at all unless it is chosen.
fn zooms(tr: Tr) -> Vec<Words> {
    vec![
        (String::new(), tr.timeline_year().to_owned()),
        ("quarter".to_owned(), tr.timeline_quarter().to_owned()),
        ("month".to_owned(), tr.timeline_month().to_owned()),
    ]
}

/// The timeline.
#[component]
pub fn Timeline() -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move || app.visible().with(|rows| rows.is_empty()));
    view! {
        <div class="page is-full">
            <ListHead title=Tr::nav_timeline />
            <div class="filter-row">
                <Choice opt=Opt::Lanes name=Tr::table_group class="filter" choices=lanes />
                <Choice opt=Opt::Zoom name=Tr::timeline_zoom class="filter" choices=zooms />
            </div>
            {move || if empty.get() { view! { <Nothing /> } } else { view! { <Chart /> } }}
            {when(move || !empty.get(), || view! { <Legend /> })}
        </div>
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
