//! The ranking: agencies by a measure, and apart from it those that cannot be ranked.

use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::chart::Table;
use tracker::date::format_date;
use tracker::kpi::scorecard::{Line, Measure, Place, lines, ranking as ranked};
use tracker::kpi::{Figure, Roll};

use super::value::{linked, name, nothing, value, words};
use super::{Basis, Word, close, controls};
use crate::components::agency::unit_name;
use crate::components::chart::{Kind, files};
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::{App, Command};

/// A part of the table: its name with its count, and why it is apart.
type Part = (fn(Tr, String) -> String, Option<Word>);

const PARTS: [Part; 4] = [
    (|tr, n| tr.score_ranked(n), None),
    (|tr, n| tr.score_few(n), Some(Tr::score_few_why)),
    (
        |tr, n| tr.score_not_applicable(n),
        Some(Tr::score_not_applicable_why),
    ),
    (
        |tr, n| tr.score_not_reported(n),
        Some(Tr::score_not_reported_why),
    ),
];

/// The position in [`PARTS`] of who has this place.
fn part_of(place: Place) -> usize {
    match place {
        Place::Ranked(_) => 0,
        Place::Few(_) => 1,
        Place::NotApplicable => 2,
        Place::NotReported => 3,
    }
}

/// The lines in the order of their places.
type Ranks = Rc<Vec<(Place, Line)>>;

/// The ranking, with its controls.
pub fn ranking(app: App, basis: Basis, typed: RwSignal<String>) -> View {
    let measure = Memo::new(move || basis.wish.with(|w| w.measure(Measure::CompletionRate)));
    let period = Memo::new(move || controls::period(app, basis));
    let day = Memo::new(move || period.get().day(app.asof()));
    let roll = Memo::new(move || OnDay(day.get(), Rc::new(Roll::new(app.plan, &[day.get()]))));
    let all = Memo::new(move || {
        let OnDay(day, roll) = roll.get();
        let judge = |tracks: &_| {
            basis.with_choice(|choice| lines(app.plan, tracks, roll.on(day), choice, day))
        };
        Rc::new(app.tracks().with(judge))
    });
    // Who stands where does not depend on who is searched for.
    let ranks: Memo<Ranks> = Memo::new(move || {
        let lines = all.get();
        let lines: Vec<Line> = basis
            .order
            .get()
            .iter()
            .filter_map(|at| lines.iter().find(|line| line.agency == *at))
            .copied()
            .collect();
        let places = ranked(&lines, measure.get()).into_iter();
        Rc::new(places.map(|(at, place)| (place, lines[at])).collect())
    });
    let shown = Memo::new(move || {
        let (found, ranks) = (basis.found.get(), ranks.get());
        let shown = ranks.iter().filter(|(_, line)| found[line.agency]);
        Rc::new(shown.copied().collect::<Vec<_>>())
    });
    let sum = move || {
        let count = |part: usize| ranks.with(|r| r.iter().filter(|r| part_of(r.0) == part).count());
        app.tr().score_sum(
            count(0),
            app.tr().count(count(1)),
            app.tr().count(count(3)),
            format_date(day.get()),
        )
    };
    let closing = RwSignal::new(false);
    let nothing_found = Memo::new(move || shown.with(|shown| shown.is_empty()));
    view! {
        <p class="page-sum" role="status">{sum}</p>
        <div class="filter-row score-tools">
            {controls::finder(app, typed)}
            {controls::measures(app, basis, Tr::score_by, &Measure::ALL)}
            {controls::scope(app, basis)}
            {controls::periods(app, basis)}
        </div>
        <div class="score-acts">
            {controls::rewind(app)}
            {close::opener(app, closing)}
            {files(app, &[Kind::Csv], move |_| untrack(|| {
                let (table, on) = (table(app, &shown.get()), day.get());
                app.dispatch(Command::SaveText {
                    name: format!("tien-do-06-xep-hang-{on}.csv"),
                    mime: "text/csv;charset=utf-8",
                    text: table.csv(),
                });
            }))}
        </div>
        {controls::early(app, basis)}
        {when(move || closing.get(), move || close::closings(app, period, day))}
        {when(
            move || nothing_found.get(),
            move || view! { <p class="empty">{app.says(Tr::unit_none_found)}</p> },
        )}
        <div class="agencies-scroll" hidden=move || nothing_found.get()>
            <table role="table" class="agencies is-rank" aria-labelledby="page-title">
                {move || head(app, measure.get())}
                {move || body(app, basis, &shown.get(), day.get())}
            </table>
        </div>
    }
}

/// The ranking as it is shown, for a file.
fn table(app: App, shown: &Ranks) -> Table {
    let tr = app.tr();
    let before = [tr.nav_agencies(), tr.score_place()];
    let measures = Measure::ALL.map(|measure| name(measure)(tr));
    let header = before.into_iter().chain(measures);
    let header = header.chain([tr.closing_assigned()]);
    let row = |(place, line): &(Place, Line)| {
        let agency = unit_name(app, &app.plan.agencies()[line.agency].id, app.lang());
        // Who has no place says why.
        let place = match *place {
            Place::Ranked(rank) => tr.count(rank),
            Place::Few(_) => tr.score_few_word().to_owned(),
            Place::NotApplicable => tr.score_none().to_owned(),
            Place::NotReported => tr.score_not_reported_word().to_owned(),
        };
        let values = Measure::ALL.map(|measure| words(app, line, measure).unwrap_or_default());
        let assigned = tr.count(line.figures.get(Figure::Assigned));
        let cells = [agency, place].into_iter().chain(values);
        cells.chain([assigned]).collect()
    };
    Table {
        header: header.map(str::to_owned).collect(),
        rows: shown.iter().map(row).collect(),
    }
}

/// What agencies have in hand on a day.
#[derive(Clone)]
struct OnDay(NaiveDate, Rc<Roll>);

impl PartialEq for OnDay {
    fn eq(&self, other: &OnDay) -> bool {
        self.0 == other.0
    }
}

fn head(app: App, ranked_by: Measure) -> View {
    let tr = app.tr();
    let measures = Measure::ALL.into_iter().map(|measure| {
        let way = match measure.is_higher_better() {
            true => "descending",
            false => "ascending",
        };
        let sort = (measure == ranked_by).then_some(way);
        view! { <th role="columnheader" scope="col" aria-sort=sort>{name(measure)(tr)}</th> }
    });
    view! {
        <thead role="rowgroup">
            <tr role="row">
                <th role="columnheader" scope="col">{tr.nav_agencies()}</th>
                <th role="columnheader" scope="col">{tr.score_place()}</th>
                {measures.collect_view()}
                <th role="columnheader" scope="col">{tr.closing_assigned()}</th>
            </tr>
        </thead>
    }
}

fn body(app: App, basis: Basis, shown: &Ranks, day: NaiveDate) -> View {
    let parts = PARTS.iter().enumerate().map(|(at, (title, why))| {
        let of_part = shown.iter().filter(|(place, _)| part_of(*place) == at);
        let rows: Vec<View> = of_part
            .map(|(place, line)| row(app, basis, *place, line, day))
            .collect();
        if rows.is_empty() {
            return View::Nothing;
        }
        let title = title(app.tr(), app.tr().count(rows.len()));
        let why = why.map(|why| {
            view! { " " <span class="muted score-why">{why(app.tr())}</span> }
        });
        view! {
            <tbody role="rowgroup" aria-label=title.clone()>
                <tr role="row" class="agencies-group">
                    <th role="rowheader" scope="rowgroup" colspan="8"><span>{title}</span>{why}</th>
                </tr>
                {rows}
            </tbody>
        }
    });
    parts.collect_view()
}

fn row(app: App, basis: Basis, place: Place, line: &Line, day: NaiveDate) -> View {
    let tr = app.tr();
    let agency = &app.plan.agencies()[line.agency];
    let place = match place {
        Place::Ranked(rank) => view! { <strong>{tr.count(rank)}</strong> },
        _ => nothing(app, Tr::score_none),
    };
    let values = Measure::ALL.into_iter().map(|measure| {
        view! {
            <td role="cell" data-label=name(measure)(tr)>{value(app, basis, line, measure, day)}</td>
        }
    });
    let assigned = tr.count(line.figures.get(Figure::Assigned));
    let assigned = (assigned, tr.closing_assigned());
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                <a href=app.href(Page::Agency(agency.id.clone()))>{unit_name(app, &agency.id, app.lang())}</a>
            </th>
            <td role="cell" data-label=tr.score_place()>{place}</td>
            {values.collect_view()}
            <td role="cell" data-label=tr.closing_assigned()>
                {linked(app, basis, line.agency, assigned, ("", day))}
            </td>
        </tr>
    }
}
