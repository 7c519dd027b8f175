//! The bottlenecks, the tasks that answer them, and who reports being blocked by them.

use std::rc::Rc;
use std::sync::Arc;

use lean::prelude::*;
use tracker::bottleneck::{Obstacle, naming, obstacles, units};
use tracker::plan::{Bottleneck, Document};
use tracker::status::Tally;

use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon, of_bucket};
use crate::components::said::{long, visible};
use crate::i18n::{Tr, moment};
use crate::route::{Address, Opt, Page};
use crate::state::rows::Row;
use crate::state::{App, use_app};

/// The bottlenecks, by the document that names them.
#[component]
pub fn Bottlenecks() -> impl IntoView {
    let app = use_app();
    let all = Memo::new(move || Rc::new(app.seen().with(obstacles)));
    let none = move || all.with(|all| all.is_empty());
    let sum = move || {
        let count = app.plan.bottlenecks().len();
        app.tr().bottleneck_sum(count, all.with(|all| units(all)))
    };
    let documents = app.plan.documents().iter().filter_map(|document| {
        let mut named = app.plan.bottlenecks().iter();
        named.any(|b| b.document == document.id).then(|| {
            view! { <Named document all /> }
        })
    });
    let other = Memo::new(move || all.with(|all| naming(app.plan, all, None)));
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_bottlenecks)}</h1>
                <p class="page-sum" role="status">{sum}</p>
            </header>
            {when(none, move || {
                view! {
                    <div class="empty">
                        <p>{app.says(Tr::bottleneck_empty)}</p>
                        <a class="button" href=move || app.href(Page::Board)>{app.says(Tr::bottleneck_open)}</a>
                    </div>
                }
            })}
            {documents.collect_view()}
            {when(
                move || other.with(|other| !other.is_empty()),
                move || view! {
                    <section class="bn-part" aria-labelledby="bn-other">
                        <h2 id="bn-other">{app.says(Tr::bottleneck_other)}</h2>
                        <div class="bn"><Reports obstacles=other /></div>
                    </section>
                },
            )}
        </div>
    }
}

/// The bottlenecks of one document.
#[component]
fn Named(
    /// The document.
    document: &'static Document,
    /// Everything that was reported.
    all: Memo<Rc<Vec<Obstacle>>>,
) -> impl IntoView {
    let app = use_app();
    let id = format!("bn-{}", document.id);
    let named = app.plan.bottlenecks().iter();
    let named = named.filter(|b| b.document == document.id);
    let items = named.map(|bottleneck| view! { <li><One bottleneck all /></li> });
    view! {
        <section class="bn-part" aria-labelledby=id.clone()>
            <h2 id=id>{document.number.as_str()}</h2>
            <p class="muted">{move || document.gist.get(app.lang())}</p>
            <ol class="bn-list">{items.collect_view()}</ol>
        </section>
    }
}

/// One bottleneck: how its tasks stand, who reports it, which tasks these are.
#[component]
fn One(
    /// The bottleneck.
    bottleneck: &'static Bottleneck,
    /// Everything that was reported.
    all: Memo<Rc<Vec<Obstacle>>>,
) -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move || rows(app, &bottleneck.tasks));
    let related = Memo::new(move || self::rows(app, &bottleneck.related_tasks));
    let tally = Memo::new(move || {
        rows.with(|rows| rows.iter().map(|r| r.standing.bucket).collect::<Tally>())
    });
    let reported = Memo::new(move || all.with(|all| naming(app.plan, all, Some(&bottleneck.id))));
    let answered = move || tally.with(Tally::total) > 0;
    let counts = [
        (
            "completed",
            Glyph::Check,
            Tally::completed as fn(&Tally) -> usize,
        ),
        ("overdue", Glyph::Overdue, Tally::overdue),
    ];
    let counts = counts.into_iter().map(move |(filter, glyph, count)| {
        let count = move || tally.with(count);
        let words = move || match filter {
            "overdue" => app.tr().bottleneck_overdue(count()),
            _ => app.tr().bottleneck_done(count()),
        };
        let q = format!("bottleneck:{} bucket:{filter}", bottleneck.id);
        view! {
            <li class=format!("is-{filter}") hidden=move || !answered()>
                <Icon glyph />
                <a href=move || (count() > 0).then(|| board(app, &q))>{words}</a>
            </li>
        }
    });
    let on_board = format!("bottleneck:{}", bottleneck.id);
    let unit = move || app.unit().map_or("", |unit| unit.id());
    let title = format!("bn-{}", bottleneck.id);
    view! {
        <article class="bn" aria-labelledby=title.clone()>
            <h3 id=title>
                {bottleneck.number.to_string()}
                ". "
                {move || bottleneck.title.get(app.lang())}
            </h3>
            <ul class="bn-counts">
                {counts.collect_view()}
                <li hidden=move || !answered()>
                    <a href=move || board(app, &on_board)>{app.says(Tr::bottleneck_board)}</a>
                </li>
            </ul>
            {when(
                move || !answered(),
                move || view! {
                    <p class="muted">{move || app.tr().bottleneck_none(unit_name(app, unit(), app.lang()))}</p>
                },
            )}
            {bottleneck.note.as_ref().map(|note| view! { <p class="fact-note">{move || note.get(app.lang())}</p> })}
            {when(
                move || reported.with(|reported| !reported.is_empty()),
                move || view! {
                    <h4>{move || app.tr().bottleneck_reported(reported.with(|r| r.len()))}</h4>
                    <Reports obstacles=reported />
                },
            )}
            <Tasks rows name=Tr::bottleneck_tasks />
            <Tasks rows=related name=Tr::bottleneck_related />
        </article>
    }
}

/// The tasks with these ids that are the unit's, in the order of the ids. Tracks them.
fn rows(app: App, ids: &[String]) -> Vec<Arc<Row>> {
    app.rows().with(|rows| {
        let row = |id: &String| {
            let position = app.plan.task_position(id)?;
            rows.iter().find(|row| row.position == position).cloned()
        };
        ids.iter().filter_map(row).collect()
    })
}

/// The link to the board with these tasks.
fn board(app: App, q: &str) -> String {
    let mut view = app.view();
    view.q = q.to_owned();
    view.set_option(Opt::Beside, "");
    let page = Page::Board;
    Address { page, view }.href()
}

/// Tasks with their state, folded away until they are wanted.
#[component]
fn Tasks(
    /// The tasks.
    rows: Memo<Vec<Arc<Row>>>,
    /// What they are.
    name: fn(Tr) -> &'static str,
) -> impl IntoView {
    let app = use_app();
    let row = move |row: Arc<Row>| {
        let task = row.task(app.plan);
        let bucket = row.standing.bucket;
        view! {
            <li class=format!("is-{}", bucket.key())>
                <a
                    href=move || app.href(Page::Task(task.id.clone()))
                    aria-current=move || (app.page() == Page::Task(task.id.clone())).then_some("true")
                >
                    <span class="card-id">{task.id.as_str()}</span>
                    " "
                    {move || task.title.get(app.lang())}
                </a>
                " "
                <span class="badge"><Icon glyph=of_bucket(bucket) />{move || app.tr().bucket(bucket)}</span>
            </li>
        }
    };
    when(
        move || rows.with(|rows| !rows.is_empty()),
        move || {
            view! {
                <details>
                    <summary>
                        {app.says(name)}
                        " ("
                        {move || app.tr().count(rows.with(|rows| rows.len()))}
                        ")"
                    </summary>
                    <ul class="bn-tasks">
                        {each(move || rows.get(), |row| (row.position, row.standing.bucket), row)}
                    </ul>
                </details>
            }
        },
    )
}

/// Who reports being blocked: the agency, its words, the task, since when.
#[component]
fn Reports(
    /// What they report.
    obstacles: Memo<Vec<Obstacle>>,
) -> impl IntoView {
    let app = use_app();
    let row = move |obstacle: Obstacle| {
        let Obstacle {
            unit,
            task,
            bottleneck,
            text,
            since,
            differs,
        } = obstacle;
        let title = {
            let known = app.plan.task(&task);
            move || known.map_or("", |task| task.title.get(app.lang()))
        };
        let unknown = bottleneck.filter(|id| app.plan.bottleneck(id).is_none());
        let words = if text.is_empty() {
            unknown.unwrap_or_default()
        } else {
            text
        };
        let when = moment(since.ms, app.offset_minutes(since.ms));
        let id = task.clone();
        view! {
            <li>
                <p>
                    <Icon glyph=Glyph::Flag />
                    <strong>{move || unit_name(app, &unit, app.lang())}</strong>
                    <span>{long(app, visible(&words))}</span>
                </p>
                <p class="muted">
                    {when}
                    " · "
                    <a href=move || app.href(Page::Task(task.clone()))>{id}" "{title}</a>
                    {differs.then(|| view! { " · "{app.says(Tr::card_differs)} })}
                </p>
            </li>
        }
    };
    view! { <ul class="bn-reports">{each(move || obstacles.get(), Obstacle::clone, row)}</ul> }
}
