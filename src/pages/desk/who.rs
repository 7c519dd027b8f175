//! Who has reported: the agencies that a document binds, and the day of each one's last update.

use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::date::format_date;
use tracker::desk::coverage::{Currency, Duty, Report, STALE_DAYS, coverage, duties, updates};

use super::matrix::Matrix;
use super::{by_words, chosen, documents, pick, unit_link};
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::state::{App, use_app};

/// The states in the order of the list: who has to be asked comes first.
const STATES: [&str; 3] = ["silent", "stale", "current"];

/// The columns of the table.
const HEADS: [super::Word; 4] = [
    Tr::desk_unit,
    Tr::desk_state,
    Tr::desk_latest,
    Tr::desk_of_tasks,
];

/// The place of a report's state among [`STATES`].
fn state_of(report: &Report) -> usize {
    match report.currency {
        Currency::Silent => 0,
        Currency::Stale(_) => 1,
        Currency::Current => 2,
    }
}

/// Which task binds whom for certain on the as-of day. Tracks it.
pub fn duties_now(app: App) -> Memo<Rc<Vec<Duty>>> {
    Memo::new(move || {
        let holdings = app.holdings().get();
        Rc::new(duties(app.plan, &holdings, app.asof()))
    })
}

/// Who has reported.
#[component]
pub fn Who() -> impl IntoView {
    let app = use_app();
    let duties = duties_now(app);
    let last = Memo::new(move || {
        let (asof, today) = (app.asof(), app.today());
        Rc::new(app.with_gathered(|ledger| updates(app.plan, ledger, asof, today)))
    });
    let reports = Memo::new(move || {
        let (document, asof) = (chosen(app, "doc"), app.asof());
        let found = duties.with(|d| last.with(|l| coverage(app.plan, d, l, &document, asof)));
        Rc::new(found)
    });
    let shown = Memo::new(move || {
        let (state, lang) = (chosen(app, "state"), app.lang());
        let wanted = STATES.iter().position(|known| *known == state);
        let reports = reports.get();
        let names: Vec<String> = reports
            .iter()
            .map(|report| unit_name(app, &app.plan.agencies()[report.agency].id, lang))
            .collect();
        let order = by_words(&names);
        let mut shown: Vec<Report> = Vec::new();
        for state in 0..STATES.len() {
            let of_state = order.iter().map(|at| reports[*at]);
            let of_state = of_state.filter(|report| state_of(report) == state);
            shown.extend(of_state.filter(|_| wanted.is_none_or(|wanted| wanted == state)));
        }
        shown
    });
    let sum = move || {
        let (tr, all) = (app.tr(), reports.get());
        let count = |state| {
            all.iter()
                .filter(|report| state_of(report) == state)
                .count()
        };
        tr.desk_who_sum(
            all.len(),
            tr.count(count(2)),
            tr.count(count(1)),
            tr.count(count(0)),
            format_date(app.asof()),
        )
    };
    let states = move || {
        let (tr, all) = (app.tr(), reports.get());
        let mut menu = vec![(String::new(), tr.filter_any().to_owned())];
        for (state, key) in STATES.into_iter().enumerate() {
            let count = all
                .iter()
                .filter(|report| state_of(report) == state)
                .count();
            let name = state_name(tr, state);
            menu.push((
                key.to_owned(),
                name.to_owned() + " (" + &tr.count(count) + ")",
            ));
        }
        menu
    };
    let rows = move || {
        let lang = app.lang();
        shown
            .get()
            .into_iter()
            .map(|report| (report, lang))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="filter-row">
            {pick(app, Tr::filter_document, "doc", move || documents(app))}
            {pick(app, Tr::desk_state, "state", states)}
        </div>
        <p class="page-sum" role="status">{sum}</p>
        <p class="muted">{move || app.tr().desk_who_note(usize::try_from(STALE_DAYS).unwrap_or_default())}</p>
        <div class="agencies-scroll desk-who">
            <table role="table" class="agencies" aria-label=app.says(Tr::desk_who)>
                <thead role="rowgroup">
                    <tr role="row">
                        {HEADS
                            .into_iter()
                            .map(|name| view! { <th role="columnheader" scope="col">{app.says(name)}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {each(
                        rows,
                        |(report, lang)| (report.agency, report.tasks, report.reported, report.last, *lang),
                        move |(report, _)| row(app, report),
                    )}
                </tbody>
            </table>
        </div>
        <Matrix duties />
    }
}

/// The name of a state, by its place among [`STATES`].
fn state_name(tr: Tr, state: usize) -> &'static str {
    match state {
        0 => tr.desk_silent(),
        1 => tr.desk_stale(),
        _ => tr.desk_current(),
    }
}

fn row(app: App, report: Report) -> View {
    let tr = app.tr();
    let id = &app.plan.agencies()[report.agency].id;
    let state = state_of(&report);
    let glyph = [Glyph::Unknown, Glyph::Clock, Glyph::Check][state];
    let last = report.last.map(|day: NaiveDate| match report.currency {
        Currency::Stale(days) => {
            let days = usize::try_from(days).unwrap_or_default();
            tr.desk_stale_since(format_date(day), days)
        }
        _ => format_date(day),
    });
    let last = last.unwrap_or_else(|| tr.desk_never().to_owned());
    view! {
        <tr role="row" class=["is-silent", "is-stale", "is-current"][state]>
            <th role="rowheader" scope="row">{unit_link(app, id, app.lang())}</th>
            <td role="cell" data-label=app.says(HEADS[1])><span class="desk-state"><Icon glyph />{state_name(tr, state)}</span></td>
            <td role="cell" data-label=app.says(HEADS[2])>{last}</td>
            <td role="cell" data-label=app.says(HEADS[3])>{tr.count(report.reported)} "/" {tr.count(report.tasks)}</td>
        </tr>
    }
    .into_view()
}
