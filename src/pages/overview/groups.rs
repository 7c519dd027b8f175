//! The figures by document, by topic and by lead.

use std::rc::Rc;

use lean::prelude::*;
use tracker::kpi::figures::groups;
use tracker::kpi::{By, Figure, Figures};
use tracker::sorting::positions;
use tracker::text::format_percent_fixed;

use super::{Base, Word, figures_of};
use crate::components::agency::{short_name, unit_name};
use crate::i18n::Tr;
use crate::state::App;

/// How many leads are shown before all are asked for.
const FEW: usize = 10;

/// The columns of numbers.
const COLUMNS: [(Figure, Word, Word); 3] = [
    (
        Figure::Assigned,
        Tr::overview_short_assigned,
        Tr::overview_name_assigned,
    ),
    (
        Figure::Completed,
        Tr::overview_short_completed,
        Tr::overview_name_completed,
    ),
    (
        Figure::Overdue,
        Tr::overview_short_overdue,
        Tr::overview_name_overdue,
    ),
];

/// The parts of a bar, from its start, and their class.
const PARTS: [(Figure, &str); 4] = [
    (Figure::Completed, "is-done"),
    (Figure::Overdue, "is-late"),
    (Figure::InTime, "is-open"),
    (Figure::Ongoing, "is-ongoing"),
];

/// The three tables.
#[component]
pub(super) fn Groups(
    /// What the page is made of.
    base: Base,
) -> impl IntoView {
    view! {
        <div class="ov-groups">
            <div class="ov-column">
                <Table base by=By::Document name=Tr::overview_by_document what=Tr::filter_document id="ov-doc" />
                <Table base by=By::Topic name=Tr::overview_by_topic what=Tr::filter_topic id="ov-topic" />
            </div>
            <Table base by=By::Lead name=Tr::overview_by_lead what=Tr::table_lead id="ov-lead" />
        </div>
    }
}

/// A group with its numbers.
#[derive(Clone, PartialEq)]
struct Line {
    id: String,
    filter: String,
    figures: Figures,
}

/// The groups of the tasks; documents in the order of the plan, the others with what is overdue
/// first.
fn lines(base: Base, by: By) -> Vec<Line> {
    let Base { app, tasks, .. } = base;
    let tasks = tasks.get();
    let found = match by {
        By::Lead => app
            .holdings()
            .with(|holdings| groups(app.plan, by, &tasks, holdings)),
        _ => groups(app.plan, by, &tasks, &[]),
    };
    let mut all = Vec::with_capacity(found.len());
    for group in found {
        all.push(Line {
            figures: figures_of(app, &group.tasks, app.asof()),
            id: group.id,
            filter: group.filter,
        });
    }
    if by == By::Document {
        return all;
    }
    let rank = |at: usize| {
        let figures = &all[at].figures;
        (figures.get(Figure::Overdue), figures.get(Figure::Assigned))
    };
    let order = positions(all.len(), &mut |a, b| rank(b).cmp(&rank(a)));
    order.into_iter().map(|at| all[at].clone()).collect()
}

/// What a group is called: in full, and in a table, where that is shorter.
fn names(app: App, by: By, id: &str) -> (String, String) {
    let lang = app.lang();
    match by {
        By::Document => {
            let document = app.plan.documents().iter().find(|d| d.id == id);
            let name = document.map_or(id, |d| &d.number).to_owned();
            let gist = document.map_or("", |d| d.gist.get(lang)).to_owned();
            (gist, name)
        }
        By::Topic => {
            let mut topics = app.plan.manifest().topics.iter();
            let topic = topics.find(|t| t.id == id);
            let name = topic.map_or(id, |t| t.name.get(lang)).to_owned();
            (name.clone(), name)
        }
        By::Lead => (unit_name(app, id, lang), short_name(app, id)),
    }
}

#[component]
fn Table(
    /// What the page is made of.
    base: Base,
    /// What the tasks are grouped by.
    by: By,
    /// What that is called, as a heading.
    name: Word,
    /// What a group is.
    what: Word,
    /// The id of its heading.
    id: &'static str,
) -> impl IntoView {
    let app = base.app;
    let all = Memo::new(move || Rc::new(lines(base, by)));
    let open = RwSignal::new(false);
    let is_long = Memo::new(move || by == By::Lead && all.with(|all| all.len()) > FEW);
    let shown = move || {
        let few = is_long.get() && !open.get();
        all.with(|all| {
            let shown = if few { &all[..FEW] } else { all };
            shown.to_vec()
        })
    };
    let key = |line: &Line| {
        let counts = PARTS.map(|(figure, _)| line.figures.get(figure));
        (line.id.clone(), counts)
    };
    let head = move |(figure, short, name): (Figure, Word, Word)| {
        let recorded = figure == Figure::Completed;
        view! { <th scope="col" class:is-recorded=recorded title=app.says(name)>{app.says(short)}</th> }
    };
    let toggle = move || match open.get() {
        true => app.tr().overview_fewer().to_owned(),
        false => app
            .tr()
            .overview_all_leads(app.tr().count(all.with(|all| all.len()))),
    };
    view! {
        <section class="ov-group" aria-labelledby=id>
            <h2 id=id>{app.says(name)}</h2>
            {(by == By::Lead).then(|| view! { <p class="muted">{app.says(Tr::overview_lead_note)}</p> })}
            <table class="ov-table" aria-labelledby=id>
                <thead>
                    <tr>
                        <th scope="col">{app.says(what)}</th>
                        {COLUMNS.into_iter().map(head).collect_view()}
                        <th scope="col" class="is-recorded" title=app.says(Tr::overview_name_rate)>{app.says(Tr::overview_short_rate)}</th>
                    </tr>
                </thead>
                <tbody>{each(shown, key, move |line| row(base, by, line))}</tbody>
            </table>
            {when(move || is_long.get(), move || view! {
                <button
                    type="button"
                    class="link-button"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {toggle}
                </button>
            })}
        </section>
    }
}

fn row(base: Base, by: By, line: Line) -> View {
    let Line {
        id,
        filter,
        figures,
    } = line;
    let app = base.app;
    let number = |(figure, _, word): (Figure, Word, Word)| {
        let (id, filter) = (id.clone(), filter.clone());
        let cell = move || {
            let (tr, n) = (app.tr(), figures.get(figure));
            let name = tr.overview_figure_of(names(app, by, &id).1, word(tr), tr.count(n));
            let own = figure.filter(app.asof());
            let both = tracker::kpi::figures::query(&[&filter, &own]);
            base.number(n, name, both)
        };
        let is_late = figure == Figure::Overdue && figures.get(figure) > 0;
        let recorded = figure == Figure::Completed;
        view! { <td class:is-late=is_late class:is-recorded=recorded>{cell}</td> }
    };
    let cells = COLUMNS.map(number).into_iter().collect_view();
    let rate = move || match figures.completion_rate() {
        Some(rate) => format_percent_fixed(rate, 1, app.lang()),
        None => "–".to_owned(),
    };
    let total = figures.get(Figure::Assigned);
    let part = move |(figure, class): (Figure, &'static str)| {
        let share = figures.get(figure) as f64 * 100.0 / total.max(1) as f64;
        let width = tracker::text::plain(share) + "%";
        view! { <span class=class style:inline-size=width></span> }
    };
    let shown = {
        let id = id.clone();
        move || names(app, by, &id).1
    };
    let full = move || names(app, by, &id).0;
    view! {
        <tr>
            <th scope="row">
                <span class="ov-name" title=full>{shown}</span>
                <span class="ov-bar" aria-hidden="true">{PARTS.into_iter().map(part).collect_view()}</span>
            </th>
            {cells}
            <td class="is-recorded">{rate}</td>
        </tr>
    }
    .into_view()
}
