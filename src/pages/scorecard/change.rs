//! Two days side by side: how the agencies stood on each, and task by task why that differs.

use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::date::format_date;
use tracker::kpi::Roll;
use tracker::kpi::changes::{Change, changes};
use tracker::kpi::scorecard::{Line, Measure};

use super::value::{name, nothing, value};
use super::{Basis, Word, controls};
use crate::components::agency::{short_name, unit_name};
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::App;

/// Why an agency's figures differ: the word, and the tasks.
type Reason = (Word, fn(&Change) -> &[usize]);

const REASONS: [Reason; 7] = [
    (Tr::score_newly_due, |c| &c.newly_due),
    (Tr::score_completed, |c| &c.completed),
    (Tr::score_became_overdue, |c| &c.overdue),
    (Tr::score_extended, |c| &c.extended),
    (Tr::score_returned, |c| &c.returned),
    (Tr::score_gained, |c| &c.gained),
    (Tr::score_lost, |c| &c.lost),
];

/// The two days, with the controls that choose them.
pub fn comparison(app: App, basis: Basis, typed: RwSignal<String>) -> View {
    let measure = Memo::new(move || basis.wish.with(|w| w.measure(Measure::CompletionRate)));
    let period = Memo::new(move || controls::period(app, basis));
    let days = Memo::new(move || {
        let period = period.get();
        let before = period.first_day().pred_opt();
        (before.unwrap_or(period.first_day()), period.day(app.asof()))
    });
    let all = Memo::new(move || {
        let (first, second) = days.get();
        let roll = Roll::new(app.plan, &[first, second]);
        let compare = |tracks: &_| {
            basis.with_choice(|choice| changes(app.plan, tracks, &roll, choice, (first, second)))
        };
        let mut all = app.tracks().with(compare);
        all.retain(|change| REASONS.iter().any(|(_, tasks)| !tasks(change).is_empty()));
        Rc::new(all)
    });
    let shown = Memo::new(move || Rc::new(basis.named(&all.get(), |change| change.agency)));
    let sum = move || {
        let (first, second) = days.get();
        let count = shown.with(|shown| shown.len());
        app.tr()
            .score_change_sum(count, format_date(first), format_date(second))
    };
    let which = move || {
        let (period, lang) = (period.get(), app.lang());
        let previous = period.previous()?;
        let words = app
            .tr()
            .score_change_of(period.label(lang), previous.label(lang));
        Some(view! { <h2 id="change-title">{words}</h2> })
    };
    let none = Memo::new(move || shown.with(|shown| shown.is_empty()));
    // Of which agency the tasks are listed.
    let open = RwSignal::new(None::<usize>);
    view! {
        <p class="page-sum" role="status">{sum}</p>
        <div class="filter-row score-tools">
            {controls::finder(app, typed)}
            {controls::measures(app, basis, Tr::score_shown, &Measure::ALL)}
            {controls::scope(app, basis)}
            {controls::periods(app, basis)}
        </div>
        {controls::early(app, basis)}
        {which}
        {when(
            move || none.get(),
            move || view! { <p class="empty">{app.says(Tr::score_change_none)}</p> },
        )}
        <div class="agencies-scroll" hidden=move || none.get()>
            <table role="table" class="agencies is-change" aria-labelledby="change-title">
                {move || head(app, measure.get(), days.get())}
                {move || {
                    let (measure, days) = (measure.get(), days.get());
                    let row = |change: &Change| row(app, basis, change, measure, days, open);
                    shown.get().iter().map(row).collect_view()
                }}
            </table>
        </div>
    }
}

/// The name of the measure on a day.
fn on_day(app: App, measure: Measure, day: NaiveDate) -> String {
    format!("{}, {}", name(measure)(app.tr()), format_date(day))
}

fn head(app: App, measure: Measure, (first, second): (NaiveDate, NaiveDate)) -> View {
    let tr = app.tr();
    let reasons = REASONS.iter().map(|(name, _)| {
        view! { <th role="columnheader" scope="col">{name(tr)}</th> }
    });
    view! {
        <thead role="rowgroup">
            <tr role="row">
                <th role="columnheader" scope="col">{tr.nav_agencies()}</th>
                <th role="columnheader" scope="col">{on_day(app, measure, first)}</th>
                <th role="columnheader" scope="col">{on_day(app, measure, second)}</th>
                {reasons.collect_view()}
            </tr>
        </thead>
    }
}

fn row(
    app: App,
    basis: Basis,
    change: &Change,
    measure: Measure,
    (first, second): (NaiveDate, NaiveDate),
    open: RwSignal<Option<usize>>,
) -> View {
    let tr = app.tr();
    let at = change.agency;
    let agency = &app.plan.agencies()[at];
    let id = format!("change-{}", agency.id);
    let is_open = move || open.get() == Some(at);
    let on = |line: Option<Line>, day: NaiveDate| {
        let body = match line {
            Some(line) => value(app, basis, &line, measure, day),
            None => nothing(app, Tr::score_no_task),
        };
        view! { <td role="cell" data-label=on_day(app, measure, day)>{body}</td> }
    };
    let counts = REASONS.iter().map(|(name, tasks)| {
        let count = tasks(change).len();
        let class = if count == 0 { "muted" } else { "" };
        view! {
            <td role="cell" data-label=name(tr)><span class=class>{tr.count(count)}</span></td>
        }
    });
    let details = {
        let change = Rc::new(change.clone());
        let id = id.clone();
        when(is_open, move || details(app, &change, &id))
    };
    view! {
        <tbody role="rowgroup">
            <tr role="row">
                <th role="rowheader" scope="row">
                  <div class="change-name">
                    <button
                        type="button"
                        class="button is-quiet is-small change-open"
                        aria-expanded=move || if is_open() { "true" } else { "false" }
                        aria-controls=move || is_open().then(|| id.clone())
                        aria-label=tr.score_show_of(short_name(app, &agency.id))
                        on:click=move |_| {
                            let now = open.get_untracked();
                            open.set(Some(at).filter(|at| now != Some(*at)));
                        }
                    >
                        <Icon glyph=Glyph::Next />
                    </button>
                    <a href=app.href(Page::Agency(agency.id.clone()))>{unit_name(app, &agency.id, app.lang())}</a>
                  </div>
                </th>
                {on(change.before, first)}
                {on(change.after, second)}
                {counts.collect_view()}
            </tr>
            {details}
        </tbody>
    }
}

/// The tasks behind each count, by name.
fn details(app: App, change: &Change, id: &str) -> View {
    let parts = REASONS.iter().map(|(name, tasks)| {
        let tasks = tasks(change);
        if tasks.is_empty() {
            return View::Nothing;
        }
        let title = app
            .tr()
            .score_reason(name(app.tr()), app.tr().count(tasks.len()));
        let items = tasks.iter().map(|at| {
            let task = &app.plan.tasks()[*at];
            let href = move || app.href(Page::Task(task.id.clone()));
            view! {
                <li>
                    <a href=href>
                        <span class="card-id">{task.id.clone()}</span>
                        " "
                        {task.title.get(app.lang())}
                    </a>
                </li>
            }
        });
        view! {
            <div>
                <h3>{title.clone()}</h3>
                <ul aria-label=title>{items.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <tr role="row" class="change-tasks" id=id.to_owned()>
            <td role="cell" colspan="10"><div class="change-parts">{parts.collect_view()}</div></td>
        </tr>
    }
}
