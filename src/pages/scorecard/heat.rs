//! The heat map: how agencies stood at the end of each month.

use std::rc::Rc;

use chrono::{Datelike, Months, NaiveDate};
use lean::prelude::*;
use tracker::date::format_date;
use tracker::kpi::heat::{HeatMap, Square, heat_map, month_ends, shade};
use tracker::kpi::scorecard::Measure;
use tracker::kpi::{ReportPeriod, Roll, period};
use tracker::text::format_percent;

use super::heat_files::files;
use super::value::{linked, name, nothing};
use super::{Basis, Wish, controls, first_month};
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::App;

/// What can be shown; the first unless something was chosen.
const SHOWN: [Measure; 2] = [Measure::Overdue, Measure::CompletionRate];

/// The days of the columns: unless months were chosen, the last twelve, but none before the plan's
/// first.
fn days(wish: &Wish, asof: NaiveDate, earliest: Option<NaiveDate>) -> Vec<NaiveDate> {
    let last = controls::month(wish, "to").filter(|last| *last <= asof);
    let last = last.unwrap_or(asof);
    let eleven = last.checked_sub_months(Months::new(11)).unwrap_or(last);
    let first = controls::month(wish, "from").filter(|first| *first <= last);
    let otherwise = earliest.map_or(eleven, |earliest| earliest.max(eleven).min(last));
    month_ends(first.unwrap_or(otherwise), last, asof)
}

/// The heat map, with its controls.
pub fn map(app: App, basis: Basis, typed: RwSignal<String>) -> View {
    let measure = Memo::new(move || {
        let measure = basis.wish.with(|wish| wish.measure(Measure::Overdue));
        match measure {
            Measure::CompletionRate => measure,
            _ => Measure::Overdue,
        }
    });
    let days = Memo::new(move || {
        basis
            .wish
            .with(|wish| days(wish, app.asof(), first_month(app)))
    });
    let map = Memo::new(move || {
        let days = days.get();
        let roll = Roll::new(app.plan, &days);
        let judge = |tracks: &_| {
            basis.with_choice(|choice| heat_map(app.plan, tracks, &roll, choice, days))
        };
        Rc::new(app.tracks().with(judge))
    });
    let first = Memo::new(move || days.with(|d| d.first().copied()).unwrap_or(app.asof()));
    let last = Memo::new(move || days.with(|d| d.last().copied()).unwrap_or(app.asof()));
    let shown = Memo::new(move || Rc::new(basis.named(&map.get().rows, |row| row.0)));
    let sum = move || {
        app.tr().score_heat_sum(
            shown.with(|shown| shown.len()),
            days.with(Vec::len),
            format_date(last.get()),
        )
    };
    let legend = move || match measure.get() {
        Measure::Overdue => {
            let most = map.with(|map| map.most_overdue());
            app.tr().score_heat_overdue(app.tr().count(most))
        }
        _ => app.tr().score_heat_rate().to_owned(),
    };
    let nothing_found = Memo::new(move || shown.with(|shown| shown.is_empty()));
    view! {
        <p class="page-sum" role="status">{sum}</p>
        <div class="filter-row score-tools">
            {controls::finder(app, typed)}
            {controls::measures(app, basis, Tr::score_shown, &SHOWN)}
            {controls::scope(app, basis)}
            {controls::months(app, basis, Tr::score_from, "from", first)}
            {controls::months(app, basis, Tr::score_to, "to", last)}
        </div>
        <div class="score-acts">
            {controls::rewind(app)}
            {files(app, shown, map, measure)}
        </div>
        {when(
            move || nothing_found.get(),
            move || view! { <p class="empty">{app.says(Tr::unit_none_found)}</p> },
        )}
        <p id="heat-legend" class="muted" hidden=move || nothing_found.get()>{legend}</p>
        <div class="agencies-scroll" hidden=move || nothing_found.get()>
            <table
                role="table"
                class="agencies is-matrix is-heat"
                aria-labelledby="page-title"
                aria-describedby="heat-legend"
            >
                {move || table(app, basis, &map.get(), &shown.get(), measure.get())}
            </table>
        </div>
    }
}

/// The name of a column: the month, or the day where the month is not over.
pub(super) fn column(day: NaiveDate) -> String {
    let month = ReportPeriod::of(period::Kind::Month, day);
    if month.last_day() == day {
        format!("{:02}/{}", day.month(), day.year())
    } else {
        format_date(day)
    }
}

fn table(
    app: App,
    basis: Basis,
    map: &HeatMap,
    shown: &[(usize, Vec<Option<Square>>)],
    measure: Measure,
) -> View {
    let heads = map.days.iter().map(|day| {
        view! { <th role="columnheader" scope="col">{column(*day)}</th> }
    });
    let most = map.most_overdue() as f64;
    let row = |(at, squares): &(usize, Vec<Option<Square>>)| {
        let agency = &app.plan.agencies()[*at];
        let cells = squares
            .iter()
            .zip(&map.days)
            .map(|(square, day)| cell(app, basis, *at, (*square, *day), measure, most));
        view! {
            <tr role="row">
                <th role="rowheader" scope="row">
                    <a href=app.href(Page::Agency(agency.id.clone()))>
                        {agency.name_on(app.asof()).get(app.lang())}
                    </a>
                </th>
                {cells.collect_view()}
            </tr>
        }
    };
    view! {
        <thead role="rowgroup">
            <tr role="row">
                <th role="columnheader" scope="col">{app.tr().nav_agencies()}</th>
                {heads.collect_view()}
            </tr>
        </thead>
        <tbody role="rowgroup">{shown.iter().map(row).collect_view()}</tbody>
    }
}

/// How a square looks.
pub(super) struct Look {
    /// What stands in it; `None` where there is nothing to tell of.
    pub number: Option<String>,
    /// How many tasks it leads to.
    listed: usize,
    /// Which of three shades it has, for the style sheet.
    pub shade: Option<&'static str>,
}

/// How a square looks, where `most` are overdue in any.
pub(super) fn look(app: App, square: Square, measure: Measure, most: f64) -> Look {
    let is_rate = measure == Measure::CompletionRate;
    let rate = square.rate().filter(|_| is_rate);
    let (part, whole) = match rate {
        Some(rate) => (rate, 1.0),
        None if is_rate => (0.0, 1.0),
        None => (square.overdue as f64, most),
    };
    let shade = match (is_rate, shade(part, whole)) {
        (_, 0) => None,
        (true, 1) => Some("is-done-1"),
        (true, 2) => Some("is-done-2"),
        (true, _) => Some("is-done-3"),
        (false, 1) => Some("is-heat-1"),
        (false, 2) => Some("is-heat-2"),
        (false, _) => Some("is-heat-3"),
    };
    if is_rate {
        let number = rate.map(|rate| format_percent(rate, 0, app.lang()));
        let listed = square.overdue + square.completed;
        Look {
            number,
            listed,
            shade,
        }
    } else {
        let listed = square.overdue;
        let number = Some(app.tr().count(listed));
        Look {
            number,
            listed,
            shade,
        }
    }
}

fn cell(
    app: App,
    basis: Basis,
    agency: usize,
    (square, day): (Option<Square>, NaiveDate),
    measure: Measure,
    most: f64,
) -> View {
    let Some(square) = square else {
        return view! { <td role="cell">{nothing(app, Tr::score_no_task)}</td> };
    };
    let Look {
        number,
        listed,
        shade,
    } = look(app, square, measure, most);
    let Some(number) = number else {
        return view! { <td role="cell">{nothing(app, Tr::score_none)}</td> };
    };
    let body = if listed == 0 {
        view! { <span class="muted">{number}</span> }
    } else {
        let what = format!("{}, {}", name(measure)(app.tr()), format_date(day));
        linked(app, basis, agency, (number, &what), (measure.filter(), day))
    };
    view! { <td role="cell" class=shade>{body}</td> }
}
