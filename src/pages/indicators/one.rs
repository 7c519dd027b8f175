//! One indicator: what is asked for, every figure as chart and table, and what is near to it.

use lean::prelude::*;
use tracker::chart::Table;
use tracker::date::format_date;
use tracker::indicator::{Judgement, Origin, Path, Point, Tie, amount, goal, near, related, share};
use tracker::ledger::EventId;
use tracker::plan;
use tracker::plan::measure::{Direction, Firmness, Measures, TargetKind};
use tracker::text::{Lang, format_decimal};

use super::record::Record;
use super::seen;
use crate::components::agency::unit_name;
use crate::components::chart::{BESIDE, Chart, Joint, Level, Mark, Picture, Series, Way};
use crate::components::icon::{Glyph, Icon};
use crate::components::indicator::{
    CountryNote, badge, bare_target, figure, sentence, source, source_link, target, timing, unit,
};
use crate::i18n::{Tr, lower_first};
use crate::pages::task::who;
use crate::platform::page;
use crate::route::Page;
use crate::state::{App, Command, use_app};

/// One indicator, or that there is none.
#[component]
pub fn Indicator(
    /// Its id, as it stands in the address.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let back = view! { <p><a href=move || app.href(Page::Indicators)>{app.says(Tr::indicator_back)}</a></p> };
    match app.plan.indicator(&id) {
        Some(indicator) => view! {
            <div class="page ind-page">
                {back}
                <h1 id="page-title" tabindex="-1">{move || indicator.name.get(app.lang())}</h1>
                <Known indicator />
            </div>
        }
        .into_view(),
        None => view! {
            <div class="page">
                {back}
                <h1 id="page-title" tabindex="-1">{app.says(Tr::indicator_unknown)}</h1>
                <p>{move || app.tr().indicator_unknown_text(app.tr().named(&id))}</p>
            </div>
        }
        .into_view(),
    }
}

#[component]
fn Known(
    /// The indicator.
    indicator: &'static plan::Indicator,
) -> impl IntoView {
    let app = use_app();
    let verdict = move || {
        seen(app, indicator, |_, judgement| {
            let words = sentence(app.tr(), indicator, judgement, app.asof());
            view! { {badge(app.tr(), judgement.verdict)} <span>{words}</span> }
        })
    };
    view! {
        <p class="ind-verdict" role="status">{verdict}</p>
        <CountryNote />
        <div class="ind-body">
            <div class="ind-main">
                <section class="block" aria-labelledby="ind-course">
                    <h2 id="ind-course">{app.says(Tr::indicator_figures)}</h2>
                    {move || picture(app, indicator)}
                    <Figures indicator />
                </section>
                <Record indicator />
            </div>
            <div class="ind-side">
                <section class="block" aria-labelledby="ind-facts">
                    <h2 id="ind-facts">{app.says(Tr::indicator_facts)}</h2>
                    {move || facts(app, indicator)}
                </section>
                {move || beside(app, indicator)}
            </div>
        </div>
    }
}

/// What the plan says of the indicator.
fn facts(app: App, indicator: &'static plan::Indicator) -> View {
    let (tr, lang) = (app.tr(), app.lang());
    let fact = |name: &'static str, body: View| view! { <dt>{name}</dt> <dd>{body}</dd> };
    let mut facts = Vec::new();
    let target_words = target(tr, indicator);
    facts.push(fact(
        tr.indicator_target(),
        match &target_words {
            Some(words) => words.clone().into_view(),
            None => tr.indicator_without().into_view(),
        },
    ));
    if let Some(target) = &indicator.target {
        facts.push(fact(tr.indicator_when(), timing(tr, indicator).into_view()));
        let kind = match (target.kind, target.firmness) {
            (TargetKind::Option, _) | (_, Some(Firmness::Option)) => Some(tr.indicator_option()),
            (TargetKind::Scope, _) => Some(tr.indicator_scope()),
            (_, Some(Firmness::BestEffort)) => Some(tr.indicator_best_effort()),
            (_, Some(Firmness::Firm)) => Some(tr.indicator_firm()),
            (_, None) => None,
        };
        if let Some(kind) = kind {
            facts.push(fact(tr.indicator_firmness(), kind.into_view()));
        }
    }
    if let Some(direction) = indicator.direction {
        let words = match direction {
            Direction::AtLeast => tr.indicator_more(),
            Direction::AtMost => tr.indicator_less(),
            Direction::Exactly => tr.indicator_exactly(),
            Direction::Range => tr.indicator_range(),
        };
        facts.push(fact(tr.indicator_direction(), words.into_view()));
    }
    let document = indicator
        .document
        .as_ref()
        .and_then(|id| app.plan.document(id));
    if let Some(document) = document {
        let body = view! {
            <strong>{document.number.as_str()}</strong>
            <p class="fact-note">{document.gist.get(lang)}</p>
        };
        facts.push(fact(tr.facts_document(), body));
    }
    let tasks = indicator.tasks.iter().filter_map(|id| app.plan.task(id));
    let tasks: Vec<View> = tasks
        .map(|task| {
            let href = move || app.href(Page::Task(task.id.clone()));
            let open = move || (app.page() == Page::Task(task.id.clone())).then_some("true");
            view! {
                <li>
                    <a href=href aria-current=open>
                        <span class="card-id">{task.id.as_str()}</span>
                        " "
                        {task.title.get(lang)}
                    </a>
                </li>
            }
        })
        .collect();
    if !tasks.is_empty() {
        let list = view! { <ul class="plain-list">{tasks}</ul> };
        facts.push(fact(tr.indicator_tasks(), list));
    }
    let note = indicator.note.as_ref().map(|note| {
        view! {
            <div class="source-note">
                <h3>{tr.facts_note()}</h3>
                <p>{note.get(lang)}</p>
            </div>
        }
    });
    view! { <dl class="facts">{facts}</dl> {note} }
}

/// The chart of all figures; nothing where there are none.
fn picture(app: App, indicator: &'static plan::Indicator) -> Option<View> {
    seen(app, indicator, |points, judgement| {
        if points.is_empty() {
            return None;
        }
        let chart = chart(app, indicator, points, judgement);
        let table = table(app, indicator, points);
        let file = [indicator.id.as_str(), "-", unit(app)].concat();
        Some(view! { <Picture chart table file /> })
    })
}

fn chart(
    app: App,
    indicator: &'static plan::Indicator,
    points: &[Point<'_>],
    judgement: &Judgement<'_, '_>,
) -> Chart {
    let (tr, lang) = (app.tr(), app.lang());
    let compared = |point: &&Point<'_>| indicator.target.is_none() || point.measures_target();
    let mark = |point: &Point<'_>| Mark {
        day: point.day(),
        value: point.value,
        name: tr.indicator_point(
            point.period.label(lang),
            figure(point, indicator, lang),
            source(app, &point.source),
        ),
        label: format_decimal(point.value, 6, lang),
    };
    let mut series = vec![Series {
        name: tr.indicator_series().to_owned(),
        look: 0,
        joint: Joint::Straight,
        marks: points.iter().filter(compared).map(mark).collect(),
    }];
    let others = points.iter().filter(|point| !compared(point));
    let others: Vec<Mark> = others.map(mark).collect();
    if !others.is_empty() {
        series.push(Series {
            name: tr.indicator_series_beside().to_owned(),
            look: BESIDE,
            joint: Joint::Apart,
            marks: others,
        });
    }
    let target_words = bare_target(tr, indicator);
    let mut levels = Vec::new();
    if let (Some((low, high)), Some(words)) = (goal(indicator, judgement.decided_by), &target_words)
    {
        let name = match judgement.due {
            Some(due) => tr.indicator_level_due(words, format_date(due)),
            None => tr.target(words),
        };
        levels.push(Level { name, value: low });
        if high > low {
            let name = tr.target_at_most(amount(high, indicator, lang));
            levels.push(Level { name, value: high });
        }
    }
    let way = Path::of(app.plan, indicator, points).map(|path| Way {
        name: tr.indicator_way().to_owned(),
        from: path.from,
        to: path.to,
    });
    let unit_words = indicator.unit.get(lang);
    let counting = ["nghìn", "triệu", "tỷ"];
    let counts = !counting.iter().any(|w| indicator.unit.vi().starts_with(w));
    Chart {
        id: "ind-chart",
        title: indicator.name.get(lang).to_owned(),
        description: tr
            .indicator_description(points.len(), sentence(tr, indicator, judgement, app.asof())),
        unit: unit_words.to_owned(),
        counts,
        series,
        levels,
        ways: way.into_iter().collect(),
        asof: Some((app.asof(), tr.indicator_asof(format_date(app.asof())))),
    }
}

/// The figures as the CSV file has them, with the columns of the table on the page.
fn table(app: App, indicator: &'static plan::Indicator, points: &[Point<'_>]) -> Table {
    let (tr, lang) = (app.tr(), app.lang());
    let columns: [fn(Tr) -> &'static str; 8] = [
        Tr::figure_day,
        Tr::figure_value,
        Tr::indicator_unit,
        Tr::figure_part,
        Tr::figure_whole,
        Tr::figure_qualifier,
        Tr::figure_source,
        Tr::figure_who,
    ];
    let number = |value: f64| format_decimal(value, 6, lang);
    let row = |point: &Point<'_>| {
        vec![
            point.period.label(lang),
            number(point.value),
            indicator.unit.get(lang).to_owned(),
            point.numerator.map(number).unwrap_or_default(),
            point.denominator.map(number).unwrap_or_default(),
            remarks(app, indicator, point).join("; "),
            source(app, &point.source),
            recorder(app, point),
        ]
    };
    Table {
        header: columns.map(|name| name(tr).to_owned()).into(),
        rows: points.iter().map(row).collect(),
    }
}

/// Who recorded a figure, and when; that it is published.
fn recorder(app: App, point: &Point<'_>) -> String {
    match point.origin {
        Origin::Published(_) => app.tr().figure_published().to_owned(),
        Origin::Recorded(event) => {
            let (author, when) = who(app, event);
            [&author, " · ", &when].concat()
        }
    }
}

/// What is to be known of a figure: its qualifier, that it is derived, what it does not measure.
fn remarks(app: App, indicator: &plan::Indicator, point: &Point<'_>) -> Vec<String> {
    let (tr, lang) = (app.tr(), app.lang());
    let mut remarks = Vec::new();
    if let Some(words) = &point.qualifier {
        remarks.push(tr.figure_qualified(tr.named(words.get(lang))));
    }
    if point.derived {
        remarks.push(tr.figure_derived().to_owned());
    }
    if let Origin::Published(seen) = point.origin {
        let other = seen
            .related_to
            .as_ref()
            .and_then(|id| app.plan.indicator(id));
        match (point.measures, other) {
            (Measures::Related, Some(other)) => {
                remarks.push(tr.figure_near(other.name.get(lang)));
            }
            (Measures::Related, None) if indicator.target.is_some() => {
                remarks.push(tr.figure_beside().to_owned());
            }
            _ => {}
        }
        if let Some(note) = &seen.note {
            remarks.push(note.get(lang).to_owned());
        }
    }
    remarks
}

/// A figure as its row shows it.
#[derive(Clone, Hash)]
struct Row {
    day: String,
    value: String,
    ratio: String,
    remarks: Vec<String>,
    source: String,
    who: String,
    undo: Option<EventId>,
    lang: Lang,
}

fn rows(app: App, indicator: &'static plan::Indicator) -> Vec<Row> {
    let lang = app.lang();
    let number = |value: f64| format_decimal(value, 6, lang);
    seen(app, indicator, |points, _| {
        let row = |point: &Point<'_>| Row {
            day: point.period.label(lang),
            value: amount(point.value, indicator, lang),
            ratio: match (point.numerator, point.denominator) {
                (Some(part), Some(whole)) => {
                    app.tr()
                        .figure_ratio(number(part), number(whole), share(part / whole, lang))
                }
                _ => String::new(),
            },
            remarks: remarks(app, indicator, point),
            source: point.source.clone(),
            who: recorder(app, point),
            undo: match point.origin {
                Origin::Recorded(event) => Some(event.id()),
                Origin::Published(_) => None,
            },
            lang,
        };
        points.iter().rev().map(row).collect()
    })
}

/// The table of the figures, the newest first.
#[component]
fn Figures(
    /// The indicator.
    indicator: &'static plan::Indicator,
) -> impl IntoView {
    let app = use_app();
    let all = Memo::new(move || seen(app, indicator, |points, _| points.len()));
    let head: [fn(Tr) -> &'static str; 5] = [
        Tr::figure_day,
        Tr::figure_value,
        Tr::figure_ratio_head,
        Tr::figure_source,
        Tr::figure_who,
    ];
    let head = head.map(|name| view! { <th scope="col" role="columnheader">{app.says(name)}</th> });
    let caption = move || app.tr().figure_count(all.get());
    view! {
        <h3 id="figures-title" tabindex="-1">{caption}</h3>
        {when(move || all.get() == 0, move || view! { <p class="muted">{move || {
            let unit = unit_name(app, unit(app), app.lang());
            app.tr().figure_none(unit)
        }}</p> })}
        <table class="ind-table is-figures" role="table" aria-labelledby="figures-title" hidden=move || all.get() == 0>
            <thead role="rowgroup"><tr role="row">{head.into_iter().collect_view()}</tr></thead>
            <tbody role="rowgroup">{each(move || rows(app, indicator), Clone::clone, move |row| one(app, row))}</tbody>
        </table>
    }
}

fn one(app: App, row: Row) -> View {
    let tr = app.tr();
    let undo = row.undo.map(|id| {
        let take_back = move |_| {
            app.dispatch(Command::Undo(vec![id]));
            // The button goes with the figure.
            page::focus_soon("figures-title");
        };
        let name = tr.figure_take_back_named(&row.day, &row.value);
        view! {
            <button type="button" class="button is-quiet is-small" aria-label=name on:click=take_back>
                <Icon glyph=Glyph::Undo />
                {tr.kept_retract()}
            </button>
        }
    });
    let remarks = row
        .remarks
        .into_iter()
        .map(|text| view! { <small>{text}</small> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{row.day}</th>
            <td role="cell" data-label=tr.figure_value()><span>{row.value}</span>{remarks.collect_view()}</td>
            <td role="cell" data-label=tr.figure_ratio_head()>{row.ratio}</td>
            <td role="cell" data-label=tr.figure_source()>{source_link(app, &row.source)}</td>
            <td role="cell" data-label=tr.figure_who()><span>{row.who}</span>{undo}</td>
        </tr>
    }
}

/// What has to do with the indicator, and what of it may be compared with it.
fn beside(app: App, indicator: &'static plan::Indicator) -> Option<View> {
    let (tr, lang) = (app.tr(), app.lang());
    let link = |other: &'static plan::Indicator| {
        let href = move || app.href(Page::Indicator(other.id.clone()));
        let wanted = target(tr, other).map(|words| {
            let when = lower_first(&timing(tr, other), lang);
            view! { <p class="fact-note">{tr.target(words)}" · "{when}</p> }
        });
        view! { <a href=href>{other.name.get(lang)}</a> {wanted} }
    };
    let ties = related(app.plan, indicator);
    let tied = |ties: &[(&'static plan::Indicator, Tie)], wanted: &[Tie]| -> Vec<View> {
        let ties = ties.iter().filter(|(_, tie)| wanted.contains(tie));
        ties.map(|(other, _)| view! { <li>{link(other)}</li> })
            .collect()
    };
    let mut known = Vec::new();
    let close = near(app.plan, indicator).into_iter().map(|(other, point)| {
        known.push(other.id.as_str());
        let seen = tr.indicator_seen_beside(
            figure(&point, other, lang),
            point.period.label(lang),
            source(app, &point.source),
        );
        view! { <li>{link(other)} <p class="fact-note">{seen}</p></li> }
    });
    let mut apart: Vec<View> = close.collect();
    let rest: Vec<_> = ties
        .iter()
        .copied()
        .filter(|(other, tie)| *tie != Tie::Near || !known.contains(&other.id.as_str()))
        .collect();
    apart.extend(tied(&rest, &[Tie::Near, Tie::Task]));
    let part = |name: &'static str, note: &'static str, items: Vec<View>| {
        (!items.is_empty()).then(|| {
            view! {
                <h3>{name}</h3>
                <p class="fact-note">{note}</p>
                <ul class="related">{items}</ul>
            }
        })
    };
    let same = tied(&ties, &[Tie::Measure]);
    if same.is_empty() && apart.is_empty() {
        return None;
    }
    Some(view! {
        <section class="block" aria-labelledby="ind-beside">
            <h2 id="ind-beside">{tr.indicator_beside()}</h2>
            {part(tr.indicator_same(), tr.indicator_same_note(), same)}
            {part(tr.indicator_apart(), tr.indicator_apart_note(), apart)}
        </section>
    })
}
