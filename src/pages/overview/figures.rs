//! The figures as a table, and what has changed since the end of the last period.

use lean::prelude::*;
use tracker::date::format_date;
use tracker::kpi::{Figure, Figures, Kind, ReportPeriod};
use tracker::text::{format_decimal, format_integer, format_percent};

use super::{Base, Word, figures_of};
use crate::i18n::Tr;
use crate::pages::tasks::{Choice, Words};
use crate::route::Opt;
use crate::state::App;

/// The lines: what is counted, its name, and whether it is a part of the line above.
#[rustfmt::skip]
const LINES: [(Figure, Word, bool); 10] = [
    (Figure::Assigned, Tr::overview_name_assigned, false),
    (Figure::FallenDue, Tr::overview_name_fallen_due, false),
    (Figure::Completed, Tr::overview_name_completed, false),
    (Figure::OnTime, Tr::overview_name_on_time, true),
    (Figure::Late, Tr::overview_name_late, true),
    (Figure::CompletedUndated, Tr::overview_name_undated, true),
    (Figure::NotCompleted, Tr::overview_name_not_completed, false),
    (Figure::InTime, Tr::overview_name_in_time, true),
    (Figure::Overdue, Tr::overview_name_overdue, true),
    (Figure::Ongoing, Tr::overview_name_ongoing, false),
];

/// The periods whose last end the figures are compared with; the first unless another is chosen.
const KINDS: [(Kind, Word); 4] = [
    (Kind::Month, Tr::overview_since_month),
    (Kind::Quarter, Tr::overview_since_quarter),
    (Kind::Half, Tr::overview_since_half),
    (Kind::Year, Tr::overview_since_year),
];

fn choices(tr: Tr) -> Vec<Words> {
    let key = |kind: Kind| match kind {
        Kind::Month => String::new(),
        kind => kind.key().to_owned(),
    };
    let words = |(kind, word): (Kind, Word)| (key(kind), word(tr).to_owned());
    KINDS.into_iter().map(words).collect()
}

/// The table.
#[component]
pub(super) fn Sum(
    /// What the page is made of.
    base: Base,
) -> impl IntoView {
    let app = base.app;
    // The last day of the period before, which has all the same tasks.
    let since = Memo::new(move || {
        let chosen = app.option(Opt::Since);
        let kinds = KINDS.iter().map(|(kind, _)| *kind);
        let kind = kinds.into_iter().find(|kind| kind.key() == chosen);
        let period = ReportPeriod::of(kind.unwrap_or(Kind::Month), app.asof());
        period.previous().map(ReportPeriod::last_day)
    });
    let before = Memo::new(move || {
        let day = since.get()?;
        Some(base.tasks.with(|tasks| figures_of(app, tasks, day)))
    });
    let line = move |(figure, name, is_part): (Figure, Word, bool)| {
        let n = move || base.now.get().get(figure);
        let number = move || {
            let tr = app.tr();
            let says = tr.overview_figure(name(tr), tr.count(n()));
            base.number(n(), says, figure.filter(app.asof()))
        };
        let change = move || {
            let before = before.get()?;
            let grown = base.now.get().since(&before, figure);
            Some(signed(app, grown))
        };
        view! {
            <tr class:is-part=is_part hidden=move || !told(base, figure)>
                <th scope="row">{app.says(name)}</th>
                <td>{number}</td>
                <td>{change}</td>
            </tr>
        }
    };
    let rate = move |figures: Figures| figures.completion_rate();
    let rate_now = move || match rate(base.now.get()) {
        Some(rate) => format_percent(rate, 1, app.lang()),
        None => "–".to_owned(),
    };
    let rate_change = move || {
        let points = (rate(base.now.get())? - rate(before.get()?)?) * 100.0;
        let text = format_decimal(points.abs(), 1, app.lang());
        let sign = match text.as_str() {
            "0" => "",
            _ if points < 0.0 => "−",
            _ => "+",
        };
        Some(app.tr().overview_points([sign, &text].concat()))
    };
    let head = move || {
        let day = since.get().map(format_date).unwrap_or_default();
        app.tr().overview_change(day)
    };
    view! {
        <div class="ov-tools">
            <Choice opt=Opt::Since name=Tr::overview_since class="filter" choices />
        </div>
        <table class="ov-table ov-figures" aria-labelledby="ov-sum">
            <thead>
                <tr>
                    <th scope="col">{app.says(Tr::overview_content)}</th>
                    <th scope="col">{app.says(Tr::overview_number)}</th>
                    <th scope="col">{head}</th>
                </tr>
            </thead>
            <tbody>
                {LINES.into_iter().map(line).collect_view()}
                <tr class="ov-rate" hidden=move || base.silent.get()>
                    <th scope="row">{app.says(Tr::overview_name_rate)}</th>
                    <td>{rate_now}</td>
                    <td>{rate_change}</td>
                </tr>
            </tbody>
        </table>
    }
}

/// Whether the table has a line for a figure: where nothing was recorded only what the plan says
/// by itself, and few tasks without a due date are ever completed.
fn told(base: Base, figure: Figure) -> bool {
    match figure {
        Figure::CompletedUndated => base.now.get().get(figure) > 0,
        Figure::Completed | Figure::OnTime | Figure::Late => !base.silent.get(),
        _ => true,
    }
}

/// "+5", "−3", "0".
fn signed(app: App, n: i64) -> View {
    let size = format_integer(n.saturating_abs(), app.lang());
    let sign = match n {
        0 => return view! { <span class="muted">{size}</span> }.into_view(),
        1.. => "+",
        _ => "−",
    };
    [sign, &size].concat().into_view()
}
