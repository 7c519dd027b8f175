//! How many tasks each agency has in hand, counted by why, or along topics, documents or buckets.
//!
//! One table does for both: along the way in which tasks are given it is the list of all agencies,
//! otherwise a matrix. Every number links to the tasks that it counts.

use std::rc::Rc;

use lean::prelude::*;
use tracker::binding::Role;
use tracker::date::format_date;
use tracker::holdings::{Axis, Column, Group, Line, by_name, table};
use tracker::plan::AgencyKind;
use tracker::status::Bucket;
use tracker::text::fold;

use super::list_href;
use crate::components::agency::{search_text, short_name};
use crate::i18n::Tr;
use crate::pages::scorecard::finder;
use crate::route::{Opt, Page};
use crate::state::{App, Command, use_app};

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// How the agencies are counted, as the address says it: `topic,all,lead`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Choice {
    axis: Axis,
    /// Every agency, and not only those that exist and are named; in the list as a matter of course.
    all: bool,
    /// Only what they lead.
    leads: bool,
}

impl Choice {
    fn read(text: &str) -> Choice {
        let has = |word: &str| text.split(',').any(|part| part == word);
        let axis = Axis::ALL.into_iter().find(|axis| has(axis.key()));
        let axis = axis.unwrap_or(Axis::Ground);
        Choice {
            axis,
            all: has("all"),
            leads: axis != Axis::Ground && has("lead"),
        }
    }

    fn write(self) -> String {
        if self.axis == Axis::Ground {
            return String::new();
        }
        let all = if self.all { ",all" } else { "" };
        let leads = if self.leads { ",lead" } else { "" };
        format!("{}{all}{leads}", self.axis.key())
    }
}

/// A column with its name.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    name: String,
    column: Column,
}

/// What the rows are drawn by: when it changes, so do all of them.
#[derive(Clone, Debug, PartialEq)]
struct Base {
    address: String,
    heads: Vec<Head>,
}

/// Every agency with its numbers.
#[component]
pub fn Counts() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let choice = Memo::new(move || Choice::read(&app.option(Opt::Matrix)));
    let holdings = app.holdings();
    let buckets = Memo::new(move || {
        let judge = |ledger: &_| holdings.with(|h| app.plan.buckets(ledger, h, app.asof()));
        app.seen().with(judge)
    });
    let order = Memo::new(move || {
        let all = (0..app.plan.agencies().len()).collect();
        by_name(app.plan, all, app.asof(), app.lang())
    });
    let names = Memo::new(move || {
        let names = app.plan.agencies().iter();
        let names = names.map(|agency| search_text(agency, app.asof()));
        names.collect::<Vec<String>>()
    });
    let lines = Memo::new(move || {
        let Choice { axis, leads, .. } = choice.get();
        holdings.with(|h| buckets.with(|b| table(app.plan, axis, leads, h, b)))
    });
    let shown = Memo::new(move || {
        let asof = app.asof();
        let Choice { axis, all, .. } = choice.get();
        let all = all || axis == Axis::Ground;
        let wanted = fold(&typed.get());
        let mut shown: Vec<(Group, Line)> = Vec::new();
        for at in order.get() {
            let line = lines.with(|lines| lines[at].clone());
            let Some(group) = Group::of(&app.plan.agencies()[at], asof) else {
                continue;
            };
            let apart = matches!(group, Group::Collectives | Group::Former);
            let found = names.with(|names| wanted.split(' ').all(|word| names[at].contains(word)));
            if found && (all || line.named && !apart) {
                shown.push((group, line));
            }
        }
        shown
    });
    let base = Memo::new(move || {
        Rc::new(Base {
            address: app.href(Page::Agencies),
            heads: heads(app, choice.get()),
        })
    });
    let is_matrix = Memo::new(move || choice.get().axis != Axis::Ground);
    let nothing = Memo::new(move || shown.with(Vec::is_empty));
    view! {
            <p class="page-sum" role="status">
                {move || app.tr().agencies_sum(shown.with(Vec::len), format_date(app.asof()))}
            </p>
            <div class="filter-row agencies-tools">
                {finder(app, typed)}
                {menu(
                    Tr::agencies_by,
                    &[
                        ("", Tr::agencies_by_basis),
                        ("topic", Tr::filter_topic),
                        ("doc", Tr::filter_document),
                        ("bucket", Tr::filter_bucket),
                    ],
                    Signal::derive(move || choice.get().axis.key()),
                    Callback::new(move |axis: String| {
                        arrange(app, Choice { axis: Choice::read(&axis).axis, ..untrack(|| choice.get()) });
                    }),
                )}
                {when(
                    move || is_matrix.get(),
                    move || {
                        vec![
                            menu(
                                Tr::agencies_which,
                                &[("", Tr::agencies_which_named), ("all", Tr::filter_any)],
                                Signal::derive(move || if choice.get().all { "all" } else { "" }),
                                Callback::new(move |all: String| {
                                    arrange(app, Choice { all: all == "all", ..untrack(|| choice.get()) });
                                }),
                            ),
                            menu(
                                Tr::filter_role,
                                &[("", Tr::filter_any), ("lead", Tr::role_lead)],
                                Signal::derive(move || if choice.get().leads { "lead" } else { "" }),
                                Callback::new(move |leads: String| {
                                    arrange(app, Choice { leads: leads == "lead", ..untrack(|| choice.get()) });
                                }),
                            ),
                        ]
                    },
                )}
            </div>
            {when(
                move || nothing.get(),
                move || view! { <p class="empty">{app.says(Tr::unit_none_found)}</p> },
            )}
            <div class="agencies-scroll" hidden=move || nothing.get()>
                <table role="table" class="agencies" class:is-matrix=move || is_matrix.get() aria-labelledby="page-title">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{app.says(Tr::nav_agencies)}</th>
                            {move || {
                                let heads = base.get().heads.clone().into_iter();
                                heads
                                    .map(|head| view! { <th role="columnheader" scope="col">{head.name}</th> })
                                    .collect_view()
                            }}
                        </tr>
                    </thead>
                    {Group::ALL.into_iter().map(|group| part(app, group, shown, base)).collect_view()}
                    {move || is_matrix.get().then(|| sums(app, shown, base))}
                </table>
            </div>
    }
}

fn arrange(app: App, choice: Choice) {
    app.dispatch(Command::Arrange(Opt::Matrix, choice.write()));
}

/// A menu of a few words.
fn menu(
    name: Word,
    options: &'static [(&'static str, Word)],
    value: Signal<&'static str>,
    set: Callback<String>,
) -> View {
    let app = use_app();
    let option = |(value, words): &(&'static str, Word)| {
        view! { <option value=*value>{app.says(*words)}</option> }
    };
    view! {
        <label class="filter" class:is-active=move || !value.get().is_empty()>
            <span class="filter-name">{app.says(name)}</span>
            <select prop:value=move || value.get() on:change=move |ev| set.run(event_target_value(&ev))>
                {options.iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// The columns that agencies are counted in, with their names; the total last, and in the list
/// what is overdue.
fn heads(app: App, choice: Choice) -> Vec<Head> {
    let (tr, lang) = (app.tr(), app.lang());
    let names: Vec<String> = match choice.axis {
        Axis::Ground => [
            tr.agencies_lead(),
            tr.agencies_coordinator(),
            tr.agencies_collective(),
            tr.agencies_inherited(),
        ]
        .map(str::to_owned)
        .to_vec(),
        Axis::Topic => {
            let topics = app.plan.manifest().topics.iter();
            topics.map(|t| t.name.get(lang).to_owned()).collect()
        }
        Axis::Document => {
            let documents = app.plan.documents().iter().filter(|d| d.assigns);
            documents.map(|d| d.number.clone()).collect()
        }
        Axis::Bucket => Bucket::ALL
            .iter()
            .map(|b| tr.bucket(*b).to_owned())
            .collect(),
    };
    let mut columns = choice.axis.columns(app.plan, choice.leads);
    let mut names = names;
    let role = choice.leads.then_some(Role::Lead);
    let mut more = |name: &str, filter: &str| {
        names.push(name.to_owned());
        let filter = filter.to_owned();
        columns.push(Column { role, filter });
    };
    more(tr.agencies_total(), "");
    if choice.axis == Axis::Ground {
        more(tr.agencies_overdue(), "bucket:overdue");
    }
    let heads = names.into_iter().zip(columns);
    heads.map(|(name, column)| Head { name, column }).collect()
}

/// The rows of one group, under its name.
fn part(app: App, group: Group, shown: Memo<Vec<(Group, Line)>>, base: Memo<Rc<Base>>) -> View {
    let lines = Memo::new(move || {
        let of_group = |shown: &Vec<(Group, Line)>| -> Vec<Line> {
            let lines = shown.iter().filter(|(g, _)| *g == group);
            lines.map(|(_, line)| line.clone()).collect()
        };
        shown.with(of_group)
    });
    let rows = move || -> Vec<(Rc<Base>, Line)> {
        let base = base.get();
        let lines = lines.get().into_iter();
        lines.map(|line| (Rc::clone(&base), line)).collect()
    };
    let width = move || (base.with(|b| b.heads.len()) + 1).to_string();
    view! {
        <tbody role="rowgroup" hidden=move || lines.with(Vec::is_empty)>
            <tr role="row" class="agencies-group">
                <th role="rowheader" scope="rowgroup" colspan=width>
                    <span>{move || group_name(app.tr(), group)}</span>
                </th>
            </tr>
            {each(
                rows,
                |(base, line)| (base.address.clone(), line.clone()),
                move |(base, line)| row(app, &base, &line),
            )}
        </tbody>
    }
}

fn group_name(tr: Tr, group: Group) -> &'static str {
    match group {
        Group::Ministries => tr.group_ministries(),
        Group::Government => tr.group_government(),
        Group::Provinces => tr.group_provinces(),
        Group::Others => tr.group_other(),
        Group::Collectives => tr.agencies_collectives(),
        Group::Former => tr.group_former(),
    }
}

/// One agency and its numbers.
fn row(app: App, base: &Base, line: &Line) -> View {
    let agency = &app.plan.agencies()[line.agency];
    let asof = app.asof();
    let detail = match agency.kind {
        _ if !agency.exists_on(asof) => {
            let to = agency.valid_to.map(format_date).unwrap_or_default();
            app.tr().agencies_ended(to)
        }
        AgencyKind::Province | AgencyKind::Collective => String::new(),
        _ => agency.abbreviation.clone(),
    };
    let short = short_name(app, &agency.id);
    let counts = line.cells.iter().chain([&line.total, &line.overdue]);
    let cell = |(count, head): (&usize, &Head)| {
        let number = app.tr().count(*count);
        let body = if *count == 0 {
            view! { <span class="muted">{number}</span> }
        } else {
            let label = format!("{number} · {short} · {}", head.name);
            let href = list_href(app, agency, &head.column);
            view! { <a href=href aria-label=label>{number}</a> }
        };
        view! { <td role="cell" data-label=head.name.clone()>{body}</td> }
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                <a href=app.href(Page::Agency(agency.id.clone()))>{agency.name_on(asof).get(app.lang())}</a>
                " "
                <span class="muted">{detail}</span>
            </th>
            {counts.zip(&base.heads).map(cell).collect_view()}
        </tr>
    }
}

/// What the columns of a matrix add up to: assignments, of which a task may have many.
fn sums(app: App, shown: Memo<Vec<(Group, Line)>>, base: Memo<Rc<Base>>) -> View {
    let cells = move || {
        let heads = base.get();
        let mut sums = vec![0; heads.heads.len()];
        shown.with(|shown| {
            for (_, line) in shown {
                for (sum, count) in sums.iter_mut().zip(line.cells.iter().chain([&line.total])) {
                    *sum += count;
                }
            }
        });
        let sums = sums.into_iter().map(|sum| app.tr().count(sum));
        sums.map(|sum| view! { <td role="cell">{sum}</td> })
            .collect_view()
    };
    view! {
        <tfoot role="rowgroup">
            <tr role="row">
                <th role="rowheader" scope="row">{app.says(Tr::agencies_assignments)}</th>
                {cells}
            </tr>
        </tfoot>
    }
}
