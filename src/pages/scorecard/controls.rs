//! The controls of the comparing views: menus, the dates of a period, moving through the months.

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::date::{format_date, parse_date};
use tracker::kpi::ReportPeriod;
use tracker::kpi::heat::month_ends;
use tracker::kpi::period::Kind;

use super::{Basis, Wish, Word, choose, first_month};
use crate::i18n::Tr;
use crate::state::{App, Command};

/// A value and its words.
pub type Words = (String, String);

/// The field that narrows the agencies by their names.
pub fn finder(app: App, typed: RwSignal<String>) -> View {
    view! {
        <input
            type="search"
            autocomplete="off"
            spellcheck="false"
            aria-label=app.says(Tr::agencies_find)
            placeholder=app.says(Tr::unit_placeholder)
            on:input=move |ev| typed.set(event_target_value(&ev))
        />
    }
}

/// A menu of the choices under one key of the address.
pub fn pick(
    app: App,
    basis: Basis,
    name: Word,
    key: &'static str,
    choices: impl Fn() -> Vec<Words> + 'static,
) -> View {
    let chosen = Signal::derive(move || basis.wish.with(|wish| wish.get(key).to_owned()));
    let set = Callback::new(move |value: String| choose(app, basis.wish, key, &value));
    menu(
        app,
        basis,
        (name, key),
        chosen,
        Signal::derive(choices),
        set,
    )
}

/// A menu, marked while something is chosen under its key.
fn menu(
    app: App,
    basis: Basis,
    (name, key): (Word, &'static str),
    chosen: Signal<String>,
    choices: Signal<Vec<Words>>,
    set: Callback<String>,
) -> View {
    let options = move || {
        let now = chosen.get();
        let option = |(value, words): Words| {
            let selected = value == now;
            view! { <option value=value selected=selected>{words}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="filter" class:is-active=move || basis.wish.with(|wish| !wish.get(key).is_empty())>
            <span class="filter-name">{app.says(name)}</span>
            <select on:change=move |ev| set.run(event_target_value(&ev))>{options}</select>
        </label>
    }
}

fn worded(app: App, all: &[(&str, Word)]) -> Vec<Words> {
    let words = all
        .iter()
        .map(|(value, words)| ((*value).to_owned(), words(app.tr()).to_owned()));
    words.collect()
}

/// The menus of what is counted: in which role, of which document.
pub fn scope(app: App, basis: Basis) -> View {
    let roles = move || {
        worded(
            app,
            &[
                ("", Tr::filter_any),
                ("lead", Tr::role_lead),
                ("coord", Tr::role_coordinator),
            ],
        )
    };
    let documents = move || {
        let mut all = worded(app, &[("", Tr::score_document_any)]);
        let documents = app.plan.documents().iter().filter(|d| d.assigns);
        all.extend(documents.map(|d| (d.id.clone(), d.number.clone())));
        all
    };
    vec![
        pick(app, basis, Tr::filter_role, "role", roles),
        pick(app, basis, Tr::filter_document, "doc", documents),
    ]
    .into_view()
}

/// The menu of measures; the first is what holds where none was chosen.
pub fn measures(
    app: App,
    basis: Basis,
    name: Word,
    measures: &'static [tracker::kpi::scorecard::Measure],
) -> View {
    pick(app, basis, name, "by", move || {
        let words = |(at, measure): (usize, &tracker::kpi::scorecard::Measure)| {
            let key = if at == 0 { "" } else { measure.key() };
            let name = super::value::name(*measure)(app.tr());
            (key.to_owned(), name.to_owned())
        };
        measures.iter().enumerate().map(words).collect()
    })
}

/// The period that the as-of day and the address mean. Tracks both.
pub fn period(app: App, basis: Basis) -> ReportPeriod {
    let asof = app.asof();
    basis.wish.with(|wish| wish.period(asof))
}

fn kind_name(kind: Kind) -> Word {
    match kind {
        Kind::Month => Tr::timeline_month,
        Kind::Quarter => Tr::timeline_quarter,
        Kind::Half => Tr::score_half,
        Kind::Year => Tr::timeline_year,
        Kind::Range => Tr::score_range,
    }
}

/// The menus of periods: how long, and which; or two dates.
pub fn periods(app: App, basis: Basis) -> View {
    let now = Memo::new(move || period(app, basis));
    let period = now;
    let kinds = move || {
        let words = |kind: Kind| {
            let name = kind_name(kind)(app.tr());
            (kind.key().to_owned(), name.to_owned())
        };
        Kind::ALL.into_iter().map(words).collect::<Vec<Words>>()
    };
    let set_kind = move |key: String| {
        let asof = untrack(|| app.asof());
        let kind = Kind::ALL.into_iter().find(|kind| kind.key() == key);
        let value = match kind {
            None | Some(Kind::Quarter) => String::new(),
            // To begin with, the days that are being looked at.
            Some(Kind::Range) => {
                let now = untrack(|| period.get());
                let range = ReportPeriod::range(now.first_day(), now.day(asof));
                range.map_or_else(|_| String::new(), |range| range.to_string())
            }
            Some(kind) => ReportPeriod::of(kind, asof).to_string(),
        };
        choose(app, basis.wish, "period", &value);
    };
    let is_range = Memo::new(move || period.get().kind() == Kind::Range);
    let which = move || {
        let latest = ReportPeriod::of(period.get().kind(), app.asof());
        let first = first_month(app).unwrap_or(latest.first_day());
        let words = |period: ReportPeriod| (period.to_string(), period.label(app.lang()));
        let all = latest.back_to(first).into_iter().map(words);
        all.collect::<Vec<Words>>()
    };
    view! {
        {menu(
            app,
            basis,
            (Tr::score_kind, "period"),
            Signal::derive(move || period.get().kind().key().to_owned()),
            Signal::derive(kinds),
            Callback::new(set_kind),
        )}
        {when(
            move || !is_range.get(),
            move || menu(
                app,
                basis,
                (Tr::score_period, "period"),
                Signal::derive(move || period.get().to_string()),
                Signal::derive(which),
                Callback::new(move |value: String| choose(app, basis.wish, "period", &value)),
            ),
        )}
        {when(move || is_range.get(), move || range(app, basis, period))}
    }
}

/// The two dates of a period of one's own.
fn range(app: App, basis: Basis, period: Memo<ReportPeriod>) -> View {
    let wrong = RwSignal::new(false);
    let set = move |text: String, is_first: bool| {
        let (now, asof) = untrack(|| (period.get(), app.asof()));
        let read = parse_date(&text).and_then(|day| {
            let days = match is_first {
                true => (day, now.last_day()),
                false => (now.first_day(), day),
            };
            ReportPeriod::range(days.0, days.1).ok()
        });
        let read = read.filter(|range| range.first_day() <= asof);
        wrong.set(read.is_none());
        if let Some(range) = read {
            choose(app, basis.wish, "period", &range.to_string());
        }
    };
    let field = move |name: Word, is_first: bool| {
        let day = move || {
            let period = period.get();
            format_date(if is_first {
                period.first_day()
            } else {
                period.last_day()
            })
        };
        view! {
            <label class="filter is-date">
                <span class="filter-name">{app.says(name)}</span>
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    size="10"
                    aria-invalid=move || wrong.get().then_some("true")
                    aria-describedby="score-range-fault"
                    prop:value=day
                    on:change=move |ev| set(event_target_value(&ev), is_first)
                />
            </label>
        }
    };
    view! {
        {field(Tr::score_first, true)}
        {field(Tr::score_last, false)}
        <p id="score-range-fault" class="fault" role="alert">
            {move || if wrong.get() { app.tr().score_range_fault() } else { "" }}
        </p>
    }
}

/// Moves the as-of day from month to month, by pointer or arrow keys.
pub fn rewind(app: App) -> View {
    let days = Memo::new(move || {
        let today = app.today();
        first_month(app).map_or_else(Vec::new, |first| month_ends(first, today, today))
    });
    // What the knob stands over before it is let go.
    let over = RwSignal::new(None::<usize>);
    let place = move || {
        let asof = app.asof();
        days.with(|days| {
            let later = days.iter().take_while(|day| **day < asof).count();
            later.min(days.len().saturating_sub(1))
        })
    };
    let at = move || over.get().unwrap_or_else(place);
    let day_at = move |at: usize| -> Option<NaiveDate> { days.with(|days| days.get(at).copied()) };
    let shown = move || match over.get() {
        Some(at) => day_at(at).map(format_date).unwrap_or_default(),
        None => format_date(app.asof()),
    };
    let read = |text: String| text.parse::<usize>().ok();
    let go = move |text: String| {
        over.set(None);
        let today = untrack(|| app.today());
        if let Some(day) = untrack(|| read(text).and_then(day_at)) {
            app.dispatch(Command::JudgeBy(Some(day).filter(|day| *day != today)));
        }
    };
    view! {
        <label class="filter score-rewind" hidden=move || days.with(|days| days.len() < 2)>
            <span class="filter-name">{app.says(Tr::score_rewind)}</span>
            <input
                type="range"
                min="0"
                max=move || days.with(|days| days.len().saturating_sub(1)).to_string()
                step="1"
                prop:value=move || at().to_string()
                aria-valuetext=shown
                on:input=move |ev| over.set(read(event_target_value(&ev)))
                on:change=move |ev| go(event_target_value(&ev))
            />
            <span class="score-day" aria-hidden="true">{shown}</span>
        </label>
    }
}

/// What has to be said of a period that is not over by the as-of day.
pub fn early(app: App, basis: Basis) -> View {
    let early = Memo::new(move || {
        let (period, asof) = (period(app, basis), app.asof());
        (asof < period.last_day()).then_some((period, asof))
    });
    when(
        move || early.with(Option::is_some),
        move || {
            let words = move || {
                early.get().map_or_else(String::new, |(period, asof)| {
                    let label = period.label(app.lang());
                    app.tr().score_early(label, format_date(asof))
                })
            };
            view! { <p class="muted">{words}</p> }
        },
    )
}

/// A menu of the months up to the as-of day, the latest first.
pub fn months(app: App, basis: Basis, name: Word, key: &'static str, now: Memo<NaiveDate>) -> View {
    let chosen = Signal::derive(move || ReportPeriod::of(Kind::Month, now.get()).to_string());
    let all = move || {
        let latest = ReportPeriod::of(Kind::Month, app.asof());
        let earliest = first_month(app).unwrap_or(latest.first_day());
        let words = |month: ReportPeriod| (month.to_string(), month.label(app.lang()));
        let all = latest.back_to(earliest).into_iter().map(words);
        all.collect::<Vec<Words>>()
    };
    let set = Callback::new(move |value: String| choose(app, basis.wish, key, &value));
    menu(app, basis, (name, key), chosen, Signal::derive(all), set)
}

/// The month that was chosen under `key`, by its first day.
pub fn month(wish: &Wish, key: &str) -> Option<NaiveDate> {
    let month = wish.get(key).parse::<ReportPeriod>().ok()?;
    Some(month.first_day())
}
