//! The indicators: what is asked for, the latest figure, and whether it is met as of the day.
//!
//! - here: the list, by document or by topic;
//! - [`one`]: one indicator, with its figures as chart and table; `record`: the form for one more.

pub mod one;
mod record;

use std::rc::Rc;

use lean::prelude::*;
use tracker::date::format_date;
use tracker::indicator::{
    Group, Judgement, Point, Tally, Verdict, by_document, by_topic, goal, judge, series, share,
};
use tracker::plan::Indicator;
use tracker::text::{Haystack, Needle};

use crate::components::chart::spark::Spark;
use crate::components::icon::{Icon, of_verdict};
use crate::components::indicator::{CountryNote, badge, figure, source, target, timing, unit};
use crate::i18n::Tr;
use crate::route::{Address, Opt, Page};
use crate::state::{App, use_app};

/// Which indicators are listed, as the address says it: `met`, `met,CT05`, `,CT05`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Choice {
    verdict: Option<Verdict>,
    group: Option<String>,
}

impl Choice {
    fn read(text: &str) -> Choice {
        let (verdict, group) = text.split_once(',').unwrap_or((text, ""));
        Choice {
            verdict: Verdict::ALL.into_iter().find(|v| v.key() == verdict),
            group: Some(group.to_owned()).filter(|group| !group.is_empty()),
        }
    }

    fn write(&self) -> String {
        let verdict = self.verdict.map_or("", Verdict::key);
        match &self.group {
            Some(group) => [verdict, ",", group].concat(),
            None => verdict.to_owned(),
        }
    }

    fn takes(&self, group: &str, verdict: Verdict) -> bool {
        self.group.as_deref().is_none_or(|wanted| wanted == group)
            && self.verdict.is_none_or(|wanted| wanted == verdict)
    }
}

/// What an address says of the group of indicators that no document sets, or that have no topic.
const NO_GROUP: &str = "-";

/// An indicator as its row shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Line {
    /// Its position in the plan.
    at: usize,
    verdict: Verdict,
    certain: bool,
    attainment: Option<String>,
    /// The latest figure, its date and its source.
    latest: Option<[String; 3]>,
    spark: Option<Spark>,
}

/// Some indicators under one heading.
#[derive(Clone, Debug, PartialEq)]
struct Set {
    key: String,
    tally: Tally,
    /// Those that are searched for.
    lines: Vec<Line>,
}

/// The series of an indicator for the chosen unit and what is to be said of it as of the day, given
/// to `read`. Tracks ledger, unit and day.
fn seen<R>(
    app: App,
    indicator: &'static Indicator,
    read: impl FnOnce(&[Point<'_>], &Judgement<'_, '_>) -> R,
) -> R {
    let (unit, asof) = (unit(app), app.asof());
    app.ledger().with(|ledger| {
        let points = series(app.plan, ledger, indicator, unit);
        read(&points, &judge(indicator, &points, asof))
    })
}

fn line(app: App, at: usize, indicator: &'static Indicator) -> Line {
    let lang = app.lang();
    let asof = app.asof();
    seen(app, indicator, |points, judgement| {
        let latest = judgement.latest.map(|point| {
            [
                figure(point, indicator, lang),
                point.period.label(lang),
                source(app, &point.source),
            ]
        });
        // What does not measure the target has no place beside it.
        let level = goal(indicator, judgement.decided_by).map(|goal| goal.0);
        let shown = points.iter().filter(|point| {
            point.day() <= asof && (indicator.target.is_none() || point.measures_target())
        });
        let mut words = String::new();
        let mut values = Vec::new();
        for point in shown {
            values.push((point.day(), point.value));
            words.push_str(&point.period.label(lang));
            words.push_str(": ");
            words.push_str(&figure(point, indicator, lang));
            words.push_str("; ");
        }
        words.push_str(&match target(app.tr(), indicator) {
            Some(target) => app.tr().target(target),
            None => app.tr().verdict(Verdict::NoTarget).to_owned(),
        });
        Line {
            at,
            verdict: judgement.verdict,
            certain: judgement.certain,
            attainment: judgement.attainment.map(|ratio| share(ratio, lang)),
            latest,
            spark: Spark::new(words, &values, level),
        }
    })
}

/// Whether an indicator has the words that are searched for.
fn has(needle: &Needle, indicator: &Indicator) -> bool {
    let name = &indicator.name;
    let fields = [(1, name.vi()), (1, name.en()), (1, indicator.id.as_str())];
    needle.is_empty() || needle.score(&Haystack::new(&fields)).is_some()
}

fn sets(app: App, lines: &[Line]) -> Vec<Set> {
    let plan = app.plan;
    let verdicts: Vec<Verdict> = lines.iter().map(|line| line.verdict).collect();
    let groups = match app.option(Opt::Sets) == "topic" {
        true => by_topic(plan, &verdicts),
        false => by_document(plan, &verdicts),
    };
    let set = |group: Group<'_>| {
        let all = group.indicators.iter().filter_map(|at| lines.get(*at));
        let lines: Vec<Line> = app.needle().with(|needle| {
            all.filter(|line| has(needle, &plan.indicators()[line.at]))
                .cloned()
                .collect()
        });
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.add(line.verdict));
        Set {
            key: group.key.unwrap_or(NO_GROUP).to_owned(),
            tally,
            lines,
        }
    };
    let sets = groups.into_iter().map(set);
    sets.filter(|set| !set.lines.is_empty()).collect()
}

/// What the rows are drawn by.
#[derive(Clone, Copy)]
struct List {
    app: App,
    sets: Memo<Rc<Vec<Set>>>,
    choice: Memo<Choice>,
}

impl List {
    fn set<R>(self, key: &str, read: impl FnOnce(Option<&Set>) -> R) -> R {
        self.sets
            .with(|sets| read(sets.iter().find(|set| set.key == key)))
    }

    /// How many indicators have a verdict, of a group or of all.
    fn count(self, group: Option<&str>, verdict: Option<Verdict>) -> usize {
        let of = |tally: &Tally| verdict.map_or(tally.total(), |verdict| tally.of(verdict));
        self.sets.with(|sets| {
            let sets = sets
                .iter()
                .filter(|set| group.is_none_or(|key| key == set.key));
            sets.map(|set| of(&set.tally)).sum()
        })
    }

    /// The rows of a group that are listed.
    fn lines(self, key: &str) -> Vec<Line> {
        self.choice.with(|choice| {
            self.set(key, |set| {
                let lines = set.iter().flat_map(|set| &set.lines);
                let lines = lines.filter(|line| choice.takes(key, line.verdict));
                lines.cloned().collect()
            })
        })
    }

    fn href(self, choice: &Choice) -> String {
        let mut address = Address {
            page: Page::Indicators,
            view: self.app.view(),
        };
        address.view.set_option(Opt::Beside, "");
        address.view.set_option(Opt::Verdict, &choice.write());
        address.href()
    }
}

/// Every indicator.
#[component]
pub fn Indicators() -> impl IntoView {
    let app = use_app();
    let choice = Memo::new(move || Choice::read(&app.option(Opt::Verdict)));
    let lines = Memo::new(move || {
        let all = app.plan.indicators().iter().enumerate();
        Rc::new(all.map(|(at, i)| line(app, at, i)).collect::<Vec<Line>>())
    });
    let sets = Memo::new(move || Rc::new(lines.with(|lines| sets(app, lines))));
    let list = List { app, sets, choice };
    let shown = Memo::new(move || {
        let keys = sets.with(|sets| sets.iter().map(|s| s.key.clone()).collect::<Vec<_>>());
        let keys = keys.into_iter().filter(|key| !list.lines(key).is_empty());
        keys.collect::<Vec<String>>()
    });
    let sum = move || {
        let count = shown.with(|keys| keys.iter().map(|key| list.lines(key).len()).sum());
        let (tr, asof) = (app.tr(), format_date(app.asof()));
        let total = app.plan.indicators().len();
        match count == total {
            true => tr.indicator_sum(count, asof),
            false => tr.indicator_sum_of(tr.count(count), total, asof),
        }
    };
    let by = |value: &'static str, name: fn(Tr) -> &'static str| {
        let here = move || (app.option(Opt::Sets) == value).then_some("true");
        let href = move || {
            let mut address = Address {
                page: Page::Indicators,
                view: app.view(),
            };
            // A group of the other kind is none of this one.
            let verdict = choice.get().verdict;
            let group = None;
            let kept = Choice { verdict, group }.write();
            address.view.set_option(Opt::Verdict, &kept);
            address.view.set_option(Opt::Sets, value);
            address.href()
        };
        view! { <li><a class="button is-small" href=href aria-current=here>{app.says(name)}</a></li> }
    };
    let group_filter = move || {
        let group = choice.with(|choice| choice.group.clone())?;
        Some(group_name(app, &group))
    };
    let searched = move || {
        let q = app.view().q;
        (!app.needle().with(Needle::is_empty)).then(|| app.tr().indicator_searched(q))
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_indicators)}</h1>
                <p class="page-sum" role="status">{sum}</p>
            </header>
            <CountryNote />
            <div class="ind-head">
                <Tallies list group=None />
                <ul class="ind-sets" aria-label=app.says(Tr::indicator_by)>
                    {by("", Tr::indicator_by_document)}
                    {by("topic", Tr::indicator_by_topic)}
                </ul>
            </div>
            {move || searched().map(|words| view! { <p class="muted">{words}</p> })}
            {move || group_filter().map(|name| view! {
                <p class="ind-filter">
                    <span>{app.tr().indicator_only(name)}</span>
                    " "
                    <a href=move || list.href(&Choice { group: None, ..choice.get() })>{app.says(Tr::indicator_all_groups)}</a>
                </p>
            })}
            {when(move || shown.with(Vec::is_empty), move || view! {
                <div class="empty">
                    <p>{app.says(Tr::indicator_none)}</p>
                    <a class="button" href=move || list.href(&Choice::default())>{app.says(Tr::indicator_show_all)}</a>
                </div>
            })}
            {each(move || shown.get(), String::clone, move |key| view! { <Part list key /> })}
        </div>
    }
}

/// The name of a group: the number of a document, a topic.
fn group_name(app: App, key: &str) -> String {
    if let Some(document) = app.plan.document(key) {
        return document.number.clone();
    }
    match app.plan.topic(key) {
        Some(topic) => topic.name.get(app.lang()).to_owned(),
        None if app.option(Opt::Sets) == "topic" => app.tr().indicator_no_topic().to_owned(),
        None => app.tr().indicator_no_document().to_owned(),
    }
}

/// How many have which verdict, each a link to just these.
#[component]
fn Tallies(
    /// The list.
    list: List,
    /// The group that is counted; all when absent.
    group: Option<String>,
) -> impl IntoView {
    let app = list.app;
    let item = |verdict: Option<Verdict>| {
        let wanted = Choice {
            verdict,
            group: group.clone(),
        };
        let counted = group.clone();
        let count = Memo::new(move || list.count(counted.as_deref(), verdict));
        let here = {
            let wanted = wanted.clone();
            move || {
                list.choice
                    .with(|choice| *choice == wanted)
                    .then_some("true")
            }
        };
        // What is chosen is left by the same link.
        let href = move || {
            let choice = list.choice.get();
            match choice == wanted {
                true => list.href(&Choice::default()),
                false => list.href(&wanted),
            }
        };
        let glyph = verdict.map(|verdict| view! { <Icon glyph=of_verdict(verdict) /> });
        let name = move || match verdict {
            Some(verdict) => app.tr().verdict(verdict),
            None => app.tr().indicator_every(),
        };
        let class = ["is-", verdict.map_or("all", Verdict::key)].concat();
        let empty = group.is_some() || verdict.is_none();
        view! {
            <li class=class hidden=move || empty && count.get() == 0>
                <a href=href aria-current=here>
                    {glyph}
                    <span>{name}</span>
                    " "
                    <b>{move || app.tr().count(count.get())}</b>
                </a>
            </li>
        }
    };
    let all = group.is_none().then_some(None);
    let items = all.into_iter().chain(Verdict::ALL.map(Some)).map(item);
    view! {
        <ul class="ind-tallies" class:is-small=group.is_some() aria-label=move || app.tr().indicator_tallies()>
            {items.collect_view()}
        </ul>
    }
}

/// One group with its rows.
#[component]
fn Part(
    /// The list.
    list: List,
    /// The group.
    key: String,
) -> impl IntoView {
    let app = list.app;
    let id = ["ind-", &key].concat();
    let (named, told, tallied) = (key.clone(), key.clone(), key.clone());
    let gist = move || {
        let document = app.plan.document(&told)?;
        Some(view! { <p class="muted">{document.gist.get(app.lang())}</p> })
    };
    let head = [
        Tr::indicator_name as fn(Tr) -> &'static str,
        Tr::indicator_target,
        Tr::indicator_latest,
        Tr::indicator_verdict,
        Tr::indicator_course,
    ];
    let head = head.map(|name| view! { <th scope="col" role="columnheader">{app.says(name)}</th> });
    // The texts of a row are in the language of the page, so they are part of its key.
    let rows = move || {
        let lang = app.lang();
        let lines = list.lines(&key).into_iter();
        lines.map(|line| (lang, line)).collect::<Vec<_>>()
    };
    view! {
        <section class="ind-part" aria-labelledby=id.clone()>
            <header>
                <h2 id=id>{move || group_name(app, &named)}</h2>
                {gist}
                <Tallies list group=Some(tallied) />
            </header>
            <table class="ind-table" role="table">
                <thead role="rowgroup"><tr role="row">{head.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{each(rows, Clone::clone, move |(_, line)| row(app, line))}</tbody>
            </table>
        </section>
    }
}

fn row(app: App, line: Line) -> View {
    let tr = app.tr();
    let lang = app.lang();
    let indicator = &app.plan.indicators()[line.at];
    let href = move || app.href(Page::Indicator(indicator.id.clone()));
    let wanted = match target(tr, indicator) {
        Some(value) => view! { <span>{value}</span> <small>{timing(tr, indicator)}</small> },
        None => view! { <span class="muted">{tr.indicator_without()}</span> },
    };
    let latest = match line.latest {
        Some([figure, date, source]) => {
            view! { <span>{figure}</span> <small>{date}" · "{source}</small> }
        }
        None => view! { <span class="muted">{tr.indicator_no_figure()}</span> },
    };
    let attainment = line.attainment.map(|share| {
        view! { <small>{tr.indicator_attained(share)}</small> }
    });
    let doubt = (!line.certain).then(|| view! { <small>{tr.indicator_doubtful()}</small> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a href=href>{indicator.name.get(lang)}</a>
            </th>
            <td role="cell" data-label=tr.indicator_target()>{wanted}</td>
            <td role="cell" data-label=tr.indicator_latest()>{latest}</td>
            <td role="cell" data-label=tr.indicator_verdict()>{badge(tr, line.verdict)}{attainment}{doubt}</td>
            <td role="cell" class="ind-course">{line.spark.map(Spark::view)}</td>
        </tr>
    }
}
