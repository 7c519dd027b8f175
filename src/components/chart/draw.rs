//! A chart as SVG, whose values can be walked through by the keyboard.

use lean::prelude::*;
use tracker::text::Lang;

use super::Chart;
use super::plot::{Entry, Label, Plot, Spot, Stroke, look};
use crate::platform::page;

/// The shapes of marks, each around the place it stands for: disc, square, triangle, ring.
const SHAPES: [&str; super::LOOKS] = [
    "M-4.5 0a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5 5 4H-5z",
    "M-4.5 0a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0z",
];

/// The drawing. `said` is told the name of the value that has the focus or the pointer.
pub fn svg(chart: &Chart, width: f64, lang: Lang, said: RwSignal<String>) -> View {
    let id = chart.id;
    let plot = Plot::new(chart, width, lang);
    let count = plot.spots.len();
    // The one value that Tab stops at: the newest, until the arrows move on.
    let active = RwSignal::new(count.saturating_sub(1));
    let walk = move |ev: web_sys::KeyboardEvent| {
        let at = active.get_untracked();
        let next = match ev.key().as_str() {
            "ArrowRight" | "ArrowUp" => at + 1,
            "ArrowLeft" | "ArrowDown" => at.saturating_sub(1),
            "Home" => 0,
            "End" => count,
            _ => return,
        };
        ev.prevent_default();
        active.set(next.min(count.saturating_sub(1)));
        page::focus(&mark_id(id, active.get_untracked()));
    };
    let spots = plot.spots.into_iter().enumerate();
    let spots = spots.map(|(at, spot)| mark(id, at, spot, active, said));
    let names = [id.to_owned() + "-title", id.to_owned() + "-desc"];
    let [title_id, desc_id] = names.clone();
    let [title_ref, desc_ref] = names;
    view! {
        <svg
            id=id
            class="chart"
            viewBox=plot.view_box
            role="group"
            aria-labelledby=title_ref
            aria-describedby=desc_ref
            on:keydown=walk
        >
            <title id=title_id>{chart.title.clone()}</title>
            <desc id=desc_id>{chart.description.clone()}</desc>
            <g aria-hidden="true">
                {stroke(plot.grid)}
                {stroke(plot.axis)}
                {texts("chart-tick", plot.ticks)}
                {texts("chart-unit", vec![plot.unit])}
                {plot.strokes.into_iter().map(stroke).collect_view()}
                {texts("chart-name", plot.names)}
                {plot.legend.into_iter().map(entry).collect_view()}
            </g>
            {spots.collect_view()}
            <g aria-hidden="true">{texts("chart-value", plot.labels)}</g>
        </svg>
    }
}

fn mark_id(chart: &str, at: usize) -> String {
    [chart, "-", &tracker::chart::coordinate(at as f64)].concat()
}

fn mark(
    chart: &'static str,
    at: usize,
    spot: Spot,
    active: RwSignal<usize>,
    said: RwSignal<String>,
) -> View {
    let Spot {
        name,
        look: of,
        place,
    } = spot;
    let (label, seen, focused) = (name.clone(), name.clone(), name);
    let stop = move || if active.get() == at { "0" } else { "-1" };
    let point = move |_| said.set(seen.clone());
    let focus = move |_| {
        active.set(at);
        said.set(focused.clone());
    };
    view! {
        <g
            id=mark_id(chart, at)
            class=look("chart-mark", of)
            role="img"
            tabindex=stop
            aria-label=label
            transform=place
            on:focus=focus
            on:pointermove=point
        >
            <circle r="14" fill="none" pointer-events="all" />
            <path d=SHAPES[of % SHAPES.len()] />
        </g>
    }
}

fn stroke(stroke: Stroke) -> View {
    if stroke.path.is_empty() {
        return View::Nothing;
    }
    view! { <path class=stroke.class d=stroke.path /> }
}

fn texts(class: &'static str, labels: Vec<Label>) -> View {
    let text = |label: Label| {
        view! { <text class=class x=label.x y=label.y text-anchor=label.anchor>{label.text}</text> }
    };
    labels.into_iter().map(text).collect_view()
}

fn entry(entry: Entry) -> View {
    let spot = entry.spot.map(|(of, place)| {
        view! { <g class=look("chart-mark", of) transform=place><path d=SHAPES[of % SHAPES.len()] /></g> }
    });
    view! {
        <g>
            {stroke(entry.stroke)}
            {spot}
            {texts("chart-tick", vec![entry.label])}
        </g>
    }
}
