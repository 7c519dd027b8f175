//! A measure in words, and the link to the tasks that it is told of.

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::holdings::{Column, query};
use tracker::kpi::Figure;
use tracker::kpi::scorecard::{Line, Measure};
use tracker::text::{format_decimal, format_percent};

use super::{Basis, Wish, Word};
use crate::components::agency::short_name;
use crate::i18n::Tr;
use crate::route::{Address, Page};
use crate::state::App;

/// The name of a measure.
pub fn name(measure: Measure) -> Word {
    match measure {
        Measure::CompletionRate => Tr::score_completion_rate,
        Measure::OnTimeShare => Tr::score_on_time_share,
        Measure::Overdue => Tr::score_overdue,
        Measure::DaysLate => Tr::score_days_late,
        Measure::Reported => Tr::score_reported,
    }
}

/// The value in words, such as "5/8 (62,5%)"; `None` where there is nothing to tell it of.
pub fn words(app: App, line: &Line, measure: Measure) -> Option<String> {
    let value = line.value(measure)?;
    let (tr, lang) = (app.tr(), app.lang());
    let figures = &line.figures;
    let part = match measure {
        Measure::CompletionRate => figures.completed_dated(),
        Measure::OnTimeShare => figures.get(Figure::OnTime),
        Measure::Reported => line.reported,
        Measure::Overdue => return Some(tr.count(figures.get(Figure::Overdue))),
        Measure::DaysLate => return Some(format_decimal(value, 1, lang)),
    };
    let whole = tr.count(measure.out_of(figures));
    let share = format_percent(value, 1, lang);
    Some(tr.score_part(tr.count(part), whole, share))
}

/// How many tasks the link of a value lists.
fn listed(line: &Line, measure: Measure) -> usize {
    let figures = &line.figures;
    match measure {
        Measure::CompletionRate | Measure::OnTimeShare => measure.out_of(figures),
        Measure::Overdue => figures.get(Figure::Overdue),
        Measure::DaysLate => figures.get(Figure::Late) + figures.get(Figure::Overdue),
        Measure::Reported => line.reported,
    }
}

/// The value of a measure, as the link to its tasks as of `day`.
pub fn value(app: App, basis: Basis, line: &Line, measure: Measure, day: NaiveDate) -> View {
    match words(app, line, measure) {
        None => nothing(app, Tr::score_none),
        Some(words) if listed(line, measure) == 0 => {
            view! { <span class="muted">{words}</span> }
        }
        Some(words) => {
            let what = name(measure)(app.tr());
            linked(
                app,
                basis,
                line.agency,
                (words, what),
                (measure.filter(), day),
            )
        }
    }
}

/// A dash, which is said in words.
pub fn nothing(app: App, words: Word) -> View {
    view! {
        <span class="muted" aria-hidden="true">"–"</span>
        <span class="visually-hidden">{words(app.tr())}</span>
    }
}

/// A number, as the link to those of an agency's tasks that pass `filter` as of `day`; `what` it
/// counts is part of its name.
pub fn linked(
    app: App,
    basis: Basis,
    agency: usize,
    (number, what): (String, &str),
    (filter, day): (&str, NaiveDate),
) -> View {
    let agency = &app.plan.agencies()[agency];
    let short = short_name(app, &agency.id);
    let label = format!("{number} · {short} · {what}");
    let mut parts: Vec<String> = Vec::new();
    let document = basis.wish.with(|wish| wish.get("doc").to_owned());
    if !document.is_empty() {
        parts.push(format!("doc:{document}"));
    }
    if !filter.is_empty() {
        parts.push(filter.to_owned());
    }
    let column = Column {
        role: basis.wish.with(Wish::role),
        filter: parts.join(" "),
    };
    let (unit, q) = query(agency, &column);
    let mut view = basis.scene.get();
    view.unit = Some(unit.to_owned());
    view.q = q;
    view.asof = (day != app.today()).then_some(day);
    let page = Page::Tasks;
    let href = Address { page, view }.href();
    view! { <a href=href aria-label=label>{number}</a> }
}
