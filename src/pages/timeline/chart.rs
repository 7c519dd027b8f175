//! The chart: a scale that stays in view, and under it as many lines as are near the screen.

use lean::prelude::*;
use leptos::prelude::request_animation_frame;
use tracker::date::{Period, format_date};
use tracker::text::Lang;
use tracker::timeline::{PARTS, percent};
use web_sys::HtmlElement;

use super::SCALE;
use super::lines::{Line, line};
use super::row::{LaneName, TaskLine};
use crate::components::window::{Window, place};
use crate::i18n::Tr;
use crate::route::Opt;
use crate::state::{App, use_app};

/// Where in the chart the as-of day is at first: more of what was than of what will be.
const FOCUS: f64 = 0.6;

/// What is scrolled sideways, and what for.
#[derive(Clone, Copy)]
struct Scroll {
    /// What scrolls.
    view: Ref<HtmlElement>,
    /// All the scale.
    axis: Ref<HtmlElement>,
    /// The place on the scale that stays in view when it is zoomed, in its parts.
    kept: StoredValue<f64>,
    /// Whether it is still to be brought into view. What is heard of scrolling meanwhile is of the
    /// scale before.
    due: StoredValue<bool>,
}

impl Scroll {
    /// Looks which time is in view.
    fn look(self) {
        // Where all the scale is in view, there is nothing to keep.
        if !self.due.get_value()
            && let Some(view) = self.view.get_untracked()
            && view.scroll_width() > view.client_width() + 1
            && let Some((scale, room)) = self.widths(&view)
        {
            let left = f64::from(view.scroll_left()) + room * FOCUS;
            self.kept.set_value(left / scale * f64::from(PARTS));
        }
    }

    /// Brings the kept time into view.
    fn settle(self) {
        if self.view.is_disposed() {
            return;
        }
        self.due.set_value(false);
        if let Some(view) = self.view.get_untracked()
            && let Some((scale, room)) = self.widths(&view)
        {
            let at = self.kept.get_value() / f64::from(PARTS) * scale;
            view.set_scroll_left((at - room * FOCUS) as i32);
        }
    }

    /// How wide the scale is, and how much of it is in view beside the names.
    fn widths(self, view: &HtmlElement) -> Option<(f64, f64)> {
        let scale = self.axis.get_untracked()?.client_width();
        let names = view.scroll_width() - scale;
        Some((
            f64::from(scale.max(1)),
            f64::from(view.client_width() - names),
        ))
    }
}

/// The chart.
#[component]
pub fn Chart() -> impl IntoView {
    let app = use_app();
    let table = app.table();
    let count = Memo::new(move || table.with(|table| table.lines.len()));
    let window = Window::new(count);
    let scroll = Scroll {
        view: Ref::new(),
        axis: Ref::new(),
        kept: StoredValue::new(0.0),
        due: StoredValue::new(false),
    };
    let zoom = Memo::new(move || match app.option(Opt::Zoom).as_str() {
        "quarter" => 4,
        "month" => 12,
        _ => 1,
    });
    let asof = Memo::new(move || SCALE.end(app.asof()));
    let mut last = None;
    effect(move || {
        zoom.get();
        let asof = asof.get();
        if last != Some(asof) {
            scroll.kept.set_value(f64::from(asof));
            last = Some(asof);
        }
        scroll.due.set_value(true);
        // Once the page is as wide as the zoom makes it.
        request_animation_frame(move || scroll.settle());
    });
    // The line that has the focus stays, wherever it is scrolled to; the one that keys lead to is
    // there for them.
    let focused: RwSignal<Option<usize>> = RwSignal::new(None);
    let active = Memo::new(move || {
        let position = app.active().get()?;
        table.with(|table| table.line_of(position))
    });
    let near = move || {
        let kept: Vec<usize> = focused.get().into_iter().chain(active.get()).collect();
        let drawn = window.drawn(&kept);
        table.with(|table| {
            let drawn = drawn.into_iter();
            drawn
                .filter_map(|at| Some((at, line(app, table, at)?)))
                .collect()
        })
    };
    let row = move |(at, line): (usize, Line)| {
        let content = match line {
            Line::Lane(name, count, overdue) => {
                view! { <LaneName name count overdue /> }.into_view()
            }
            Line::Task(row) => {
                let focused = Callback::new(move |()| focused.set(Some(at)));
                view! { <TaskLine row focused /> }.into_view()
            }
        };
        view! {
            <li
                class="tl-line"
                style:inset-block-start=place(at)
                aria-posinset=(at + 1).to_string()
                aria-setsize=move || count.get().to_string()
            >
                {content}
            </li>
        }
    };
    let name = move || {
        app.tr()
            .timeline_name(first(), end(), format_date(app.asof()))
    };
    view! {
        {move || outside(app)}
        <div
            class=move || format!("tl by-{}", zoom.get())
            role="region"
            tabindex="0"
            aria-label=name
            node_ref=scroll.view
            on:scroll=move |_| {
                window.look();
                scroll.look();
            }
        >
            <div class="tl-canvas">
                <div class="tl-head" aria-hidden="true">
                    <div class="tl-corner">{app.says(Tr::timeline_tasks)}</div>
                    <div class="tl-axis" node_ref=scroll.axis>
                        <div class="tl-scale">{years()}</div>
                        <div class="tl-scale">{move || parts(app, zoom.get())}</div>
                        <div class="tl-day" style:inset-inline-start=move || percent(asof.get())>
                            {move || format_date(app.asof())}
                        </div>
                    </div>
                </div>
                <div class="tl-grid"></div>
                <ul
                    class="tl-body"
                    role="list"
                    aria-label=app.says(Tr::timeline_tasks)
                    style:block-size=move || window.height()
                    node_ref=window.frame
                >
                    {each(near, |(at, line)| key(*at, line), row)}
                </ul>
                <div class="tl-now"><i style:inset-inline-start=move || percent(asof.get())></i></div>
            </div>
        </div>
    }
}

/// The key of a line: where it is, and what it says.
fn key(at: usize, line: &Line) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (at, line.key()).hash(&mut hasher);
    hasher.finish()
}

fn first() -> String {
    SCALE.first.to_string()
}

fn end() -> String {
    SCALE.last.to_string()
}

/// Says that the as-of day is not on the scale.
fn outside(app: App) -> Option<impl IntoView + use<>> {
    let asof = app.asof();
    (!SCALE.holds(asof)).then(|| {
        let words = app
            .tr()
            .timeline_asof_outside(format_date(asof), first(), end());
        view! { <p class="hint">{words}</p> }
    })
}

fn years() -> View {
    (SCALE.first..=SCALE.last)
        .map(|year| view! { <span><b>{year.to_string()}</b></span> })
        .collect_view()
}

/// The quarters or months under the years.
fn parts(app: App, of_year: u32) -> View {
    if of_year == 1 {
        return View::Nothing;
    }
    let lang = app.lang();
    let mut parts = Vec::new();
    for year in SCALE.first..=SCALE.last {
        for part in 1..=of_year {
            let period: Option<Period> = if of_year == 4 {
                format!("{year}-Q{part}").parse().ok()
            } else {
                format!("{year}-{part:02}").parse().ok()
            };
            // The year stands above: "Quý II/2025" and "March 2023" without it.
            let label = period.map(|p| p.label(lang)).unwrap_or_default();
            let words = match lang {
                Lang::Vi => label.split('/').next(),
                Lang::En => label.split(' ').next(),
            };
            let words = words.unwrap_or_default();
            parts.push(view! { <span>{words.to_owned()}</span> });
        }
    }
    parts.collect_view()
}
