//! Burn-up: what fell due against what was completed, by month; how fast that goes, how fast it
//! would have to go, and where it leads.

use std::rc::Rc;

use chrono::{Datelike, NaiveDate};
use lean::prelude::*;
use tracker::date::{format_date, parse_date, parse_iso};
use tracker::kpi::burnup::{Goal, Month, Outlook, burnup, outlook};
use tracker::text::{format_decimal, format_integer, plain};

use super::{Base, Word, plot};
use crate::components::chart::Picture;
use crate::i18n::{Tr, lower_first};
use crate::route::Opt;
use crate::state::{App, Command};

/// The part of the page.
#[component]
pub(super) fn Burnup(
    /// What the page is made of.
    base: Base,
) -> impl IntoView {
    let app = base.app;
    let chosen = Memo::new(move || app.option(Opt::Burnup));
    let tasks = Memo::new(move || {
        let document = chosen.get();
        let mut tasks = base.tasks.get();
        if !document.is_empty() {
            let of = |at: &usize| app.plan.tasks()[*at].document == document;
            tasks = Rc::new(tasks.iter().copied().filter(of).collect());
        }
        tasks
    });
    let months = Memo::new(move || Rc::new(months(app, &tasks.get())));
    let by = Memo::new(move || {
        let chosen = parse_iso(&app.option(Opt::Finish));
        chosen.unwrap_or_else(|| end(app, &tasks.get()))
    });
    let ahead = Memo::new(move || {
        let (whose, day) = (app.whose(), app.asof());
        let (tasks, by) = (tasks.get(), by.get());
        app.tracks()
            .with(|tracks| outlook(tracks, whose, &tasks, Goal::Dated, day, by))
    });
    let dated = Memo::new(move || months.with(|months| !months.is_empty()));
    let options = move || {
        let now = chosen.get();
        let mut all = vec![(String::new(), app.tr().overview_burnup_all().to_owned())];
        let assigning = app.plan.documents().iter().filter(|d| d.assigns);
        all.extend(assigning.map(|d| (d.id.clone(), d.number.clone())));
        let option = |(value, words): (String, String)| {
            let selected = value == now;
            view! { <option value=value selected=selected>{words}</option> }
        };
        all.into_iter().map(option).collect_view()
    };
    let picture = move || {
        let told = months.with(|months| told(months, app.asof()));
        let ahead = ahead.get();
        let chart = plot::chart(app, &told, &ahead, forecast(app, &ahead));
        let table = plot::table(app, &told);
        let file = "tien-do-cong-don".to_owned();
        view! { <Picture chart table file /> }
    };
    view! {
        <section class="ov-burnup" aria-labelledby="ov-burnup">
            <h2 id="ov-burnup">{app.says(Tr::overview_burnup)}</h2>
            <div class="ov-tools">
                <label class="filter" class:is-active=move || chosen.with(|c| !c.is_empty())>
                    <span class="filter-name">{app.says(Tr::overview_burnup_of)}</span>
                    <select on:change=move |ev| app.dispatch(Command::Arrange(Opt::Burnup, event_target_value(&ev)))>
                        {options}
                    </select>
                </label>
                <Finish by />
            </div>
            {facts(base, tasks, ahead, chosen)}
            <p class="ov-forecast" role="status">{move || forecast(app, &ahead.get())}</p>
            {when(move || dated.get(), move || view! {
                <div class="ov-chart">{picture}</div>
                <Months base months chosen />
            })}
        </section>
    }
}

/// The day by which everything is to be completed.
#[component]
fn Finish(
    /// The day.
    by: Memo<NaiveDate>,
) -> impl IntoView {
    let app = crate::state::use_app();
    let wrong = RwSignal::new(false);
    let change = move |text: String| {
        let day = parse_date(&text);
        wrong.set(day.is_none() && !text.trim().is_empty());
        if !wrong.get_untracked() {
            let day = day.map(|day| day.to_string()).unwrap_or_default();
            app.dispatch(Command::Arrange(Opt::Finish, day));
        }
    };
    view! {
        <div class="filter ov-finish">
            <label class="filter-name" for="ov-finish">{app.says(Tr::overview_burnup_by)}</label>
            <input
                id="ov-finish"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                size="10"
                prop:value=move || format_date(by.get())
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby="ov-finish-fault"
                on:change=move |ev| change(event_target_value(&ev))
            />
        </div>
        <p id="ov-finish-fault" class="fault" role="alert">
            {move || if wrong.get() { app.tr().fault_date_unreadable() } else { "" }}
        </p>
    }
}

/// The filter of the chosen document; empty for all.
fn of_document(document: &str) -> String {
    match document {
        "" => String::new(),
        id => ["doc:", id].concat(),
    }
}

/// The last due date that is still to come; else the end of the year, or of the next on its last
/// day. Tracks what the dates depend on.
fn end(app: App, tasks: &[usize]) -> NaiveDate {
    let (whose, day) = (app.whose(), app.asof());
    let last = app.tracks().with(|tracks| {
        let due = |at: &usize| tracks.point(*at, whose, day).due;
        tasks.iter().filter_map(due).max()
    });
    let end = |year| NaiveDate::from_ymd_opt(year, 12, 31);
    let next = end(day.year()).filter(|end| *end > day);
    let next = next.or_else(|| end(day.year() + 1)).unwrap_or(day);
    last.filter(|last| *last > day).unwrap_or(next)
}

/// The months from the first due date or completion to the last, or to the as-of day.
fn months(app: App, tasks: &[usize]) -> Vec<Month> {
    let (whose, day) = (app.whose(), app.asof());
    app.tracks().with(|tracks| {
        let (mut first, mut last): (Option<NaiveDate>, _) = (None, day);
        for &at in tasks {
            let point = tracks.point(at, whose, day);
            for day in [point.due, point.completed_on].into_iter().flatten() {
                first = Some(first.map_or(day, |first| first.min(day)));
                last = last.max(day);
            }
        }
        match first {
            Some(first) => burnup(tracks, whose, tasks, (first.min(day), last), day),
            None => Vec::new(),
        }
    })
}

/// What remains, and the rates.
fn facts(
    base: Base,
    tasks: Memo<Rc<Vec<usize>>>,
    ahead: Memo<Outlook>,
    chosen: Memo<String>,
) -> View {
    let app = base.app;
    let number = move |is_left: bool, name: String| {
        let ahead = ahead.get();
        let (left, recent) = ahead.filters(Goal::Dated, app.asof());
        let (n, filter) = match is_left {
            true => (ahead.remaining, left),
            false => (ahead.completed, recent),
        };
        let filter = tracker::kpi::figures::query(&[&of_document(&chosen.get()), &filter]);
        let says = app.tr().overview_figure(&name, app.tr().count(n));
        base.number(n, says, filter)
    };
    let rate = move |rate: f64| {
        app.tr()
            .overview_a_month(format_decimal(rate, 1, app.lang()))
    };
    let left = move || number(true, app.tr().overview_remaining().to_owned());
    let since = move || app.tr().overview_recent(format_date(ahead.get().since));
    let needed = move || match ahead.get().needed {
        Some(needed) => rate(needed),
        None => app.tr().overview_needed_none(format_date(app.asof())),
    };
    view! {
        <dl class="ov-facts" hidden=move || tasks.with(|tasks| tasks.is_empty())>
            <div>
                <dt>{app.says(Tr::overview_remaining)}</dt>
                <dd>{left}</dd>
            </div>
            <div>
                <dt>{since}</dt>
                <dd>{move || number(false, since())}</dd>
            </div>
            <div>
                <dt>{app.says(Tr::overview_pace)}</dt>
                <dd>{move || rate(ahead.get().rate)}</dd>
            </div>
            <div>
                <dt>{move || app.tr().overview_needed(format_date(ahead.get().by))}</dt>
                <dd>{needed}</dd>
            </div>
        </dl>
    }
    .into_view()
}

/// Where the present rate leads, with what that assumes.
fn forecast(app: App, ahead: &Outlook) -> String {
    let tr = app.tr();
    match ahead.finish {
        _ if ahead.remaining == 0 => tr.overview_forecast_done().to_owned(),
        Some(day) => {
            let rate = format_decimal(ahead.rate, 1, app.lang());
            tr.overview_forecast(rate, format_date(day))
        }
        None if ahead.completed == 0 => tr.overview_forecast_none().to_owned(),
        None => tr.overview_forecast_far().to_owned(),
    }
}

/// The months in which something changed, and that of the as-of day.
fn told(months: &[Month], asof: NaiveDate) -> Vec<Month> {
    let mut before = (0, Some(0));
    let mut told = Vec::new();
    for month in months {
        let now = (month.due, month.completed);
        if now != before && (month.due, month.completed.or(before.1)) != before
            || month.period.contains(asof)
        {
            told.push(*month);
        }
        before = (now.0, now.1.or(before.1));
    }
    told
}

/// The months as a table with bars.
#[component]
fn Months(
    /// What the page is made of.
    base: Base,
    /// All months.
    months: Memo<Rc<Vec<Month>>>,
    /// The chosen document.
    chosen: Memo<String>,
) -> impl IntoView {
    let app = base.app;
    let shown = Memo::new(move || {
        let told = months.with(|months| told(months, app.asof()));
        let most = |n: usize, month: &Month| n.max(month.due).max(month.completed.unwrap_or(0));
        let most = told.iter().fold(1, most);
        Rc::new((told, most))
    });
    let row = move |(month, most): (Month, usize)| {
        let label = move || month.period.label(app.lang());
        let [due, completed, _] = month.filters();
        let cell = move |n: usize, filter: String, word: Word| {
            let number = move || {
                let tr = app.tr();
                let name = tr.overview_figure_of(label(), word(tr), tr.count(n));
                let both = tracker::kpi::figures::query(&[&of_document(&chosen.get()), &filter]);
                base.number(n, name, both)
            };
            view! { <td>{number}</td> }
        };
        let bar = |n: usize, class: &'static str| {
            let width = plain(n as f64 * 100.0 / most as f64) + "%";
            view! { <span class=class style:inline-size=width></span> }
        };
        let done = month.completed;
        let gap = done.map(|done| {
            let gap = i64::try_from(month.due).unwrap_or(i64::MAX)
                - i64::try_from(done).unwrap_or(i64::MAX);
            move || format_integer(gap.max(0), app.lang())
        });
        let is_now = month.period.contains(app.asof());
        view! {
            <tr class:is-now=is_now class:is-ahead=done.is_none()>
                <th scope="row">{move || lower_first(&label(), app.lang())}</th>
                {cell(month.due, due, Tr::overview_due_by)}
                {match done {
                    Some(done) => cell(done, completed, Tr::overview_done_by),
                    None => view! { <td>"–"</td> },
                }}
                <td>{gap}</td>
                <td class="ov-bars" aria-hidden="true">
                    {bar(month.due, "is-due")}
                    {done.map(|done| bar(done, "is-done"))}
                </td>
            </tr>
        }
    };
    let rows = move || {
        let shown = shown.get();
        shown.0.iter().map(|month| (*month, shown.1)).collect()
    };
    let key = move |(month, most): &(Month, usize)| {
        let is_now = month.period.contains(untrack(|| app.asof()));
        (month.period, month.due, month.completed, *most, is_now)
    };
    view! {
        <details class="ov-months">
            <summary>{app.says(Tr::overview_months)}</summary>
            <p class="muted">{app.says(Tr::overview_months_note)}</p>
            <table class="ov-table" aria-labelledby="ov-burnup">
                <thead>
                    <tr>
                        <th scope="col">{app.says(Tr::overview_month)}</th>
                        <th scope="col">{app.says(Tr::overview_due_by)}</th>
                        <th scope="col">{app.says(Tr::overview_done_by)}</th>
                        <th scope="col">{app.says(Tr::overview_gap)}</th>
                        <td class="ov-bars" aria-hidden="true"></td>
                    </tr>
                </thead>
                <tbody>{each(rows, key, row)}</tbody>
            </table>
        </details>
    }
}
