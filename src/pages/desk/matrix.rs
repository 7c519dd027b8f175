//! Collective tasks, agency by agency: a letter in a shape says where each stands, so that neither
//! colour nor letter has to speak alone.

use std::rc::Rc;

use lean::prelude::*;
use tracker::desk::collective::{Grid, buckets, grid};
use tracker::desk::coverage::Duty;
use tracker::ledger::Ledger;
use tracker::status::Bucket;

use super::{by_words, chosen, subject_href, unit_link};
use crate::components::agency::{short_name, unit_name};
use crate::components::window::Window;
use crate::i18n::Tr;
use crate::state::{App, use_app};

/// The letter of a bucket.
fn letter(tr: Tr, bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::NotStartedOverdue | Bucket::NotStartedInTime => tr.desk_letter_open(),
        Bucket::InProgressOverdue | Bucket::InProgressInTime => tr.desk_letter_begun(),
        Bucket::Ongoing => tr.desk_letter_ongoing(),
        Bucket::CompletedOnTime | Bucket::CompletedLate | Bucket::CompletedNoDeadline => {
            tr.desk_letter_done()
        }
    }
}

/// The shape of a bucket, as the style knows it.
fn shape(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::NotStartedOverdue => "desk-mark is-open is-late",
        Bucket::InProgressOverdue => "desk-mark is-begun is-late",
        Bucket::NotStartedInTime => "desk-mark is-open",
        Bucket::InProgressInTime => "desk-mark is-begun",
        Bucket::Ongoing => "desk-mark is-ongoing",
        Bucket::CompletedLate => "desk-mark is-done is-after",
        Bucket::CompletedOnTime | Bucket::CompletedNoDeadline => "desk-mark is-done",
    }
}

/// The grid with the ledger that it is judged by.
#[derive(Clone)]
struct Made {
    grid: Rc<Grid>,
    /// The rows in the order of their names.
    order: Rc<Vec<usize>>,
    /// The ledger of a past day; none where everything counts that is known.
    past: Option<Rc<Ledger>>,
    /// How many updates it is of.
    events: usize,
}

impl PartialEq for Made {
    fn eq(&self, other: &Made) -> bool {
        Rc::ptr_eq(&self.grid, &other.grid)
    }
}

/// The grid of agencies and collective tasks.
#[component]
pub fn Matrix(
    /// Which task binds whom.
    duties: Memo<Rc<Vec<Duty>>>,
) -> impl IntoView {
    let app = use_app();
    let made = Memo::new(move || {
        let (asof, today, lang) = (app.asof(), app.today(), app.lang());
        let grid = duties.with(|duties| grid(app.plan, duties, &chosen(app, "doc")));
        let names: Vec<String> = grid
            .rows
            .iter()
            .map(|row| unit_name(app, &app.plan.agencies()[row.0].id, lang))
            .collect();
        let (past, events) = app.with_gathered(|ledger| {
            let past = (asof < today).then(|| Rc::new(ledger.as_of(asof, today)));
            (past, ledger.len())
        });
        Made {
            grid: Rc::new(grid),
            order: Rc::new(by_words(&names)),
            past,
            events,
        }
    });
    let count = Memo::new(move || made.with(|made| made.order.len()));
    let tasks = Memo::new(move || made.with(|made| made.grid.tasks.clone()));
    let window = Window::new(count);
    let rows = move || {
        let (lang, made) = (app.lang(), made.get());
        let drawn = window.drawn(&[]).into_iter();
        drawn
            .map(|line| (line, lang, made.clone()))
            .collect::<Vec<_>>()
    };
    let heads = move || {
        tasks
            .get()
            .into_iter()
            .map(|at| {
                let task = &app.plan.tasks()[at];
                let title = task.title.get(app.lang());
                view! {
                    <div role="columnheader" class="desk-column" title=title>
                        <span>{task.id.as_str()}</span>
                        <span class="visually-hidden">" " {title}</span>
                    </div>
                }
            })
            .collect_view()
    };
    let keys = [
        Bucket::NotStartedInTime,
        Bucket::NotStartedOverdue,
        Bucket::InProgressInTime,
        Bucket::InProgressOverdue,
        Bucket::CompletedOnTime,
        Bucket::CompletedLate,
        Bucket::Ongoing,
    ];
    let key = move |bucket: Bucket| {
        view! {
            <li>
                <span class=shape(bucket) aria-hidden="true">{move || letter(app.tr(), bucket)}</span>
                {move || app.tr().bucket(bucket)}
            </li>
        }
    };
    view! {
        <section class="desk-matrix" aria-labelledby="desk-matrix-title" hidden=move || count.get() == 0>
            <h2 id="desk-matrix-title">{app.says(Tr::desk_matrix)}</h2>
            <p class="muted">{move || app.tr().desk_matrix_sum(count.get(), app.tr().count(tasks.with(Vec::len)))}</p>
            <ul class="desk-key" aria-label=app.says(Tr::desk_matrix_key)>{keys.into_iter().map(key).collect_view()}</ul>
            <div class="desk-scroll" tabindex="0" role="group" aria-labelledby="desk-matrix-title">
                <div
                    role="table"
                    class="desk-grid"
                    aria-labelledby="desk-matrix-title"
                    aria-rowcount=move || (count.get() + 1).to_string()
                    style:--columns=move || tasks.with(Vec::len).to_string()
                >
                    <div role="rowgroup">
                        <div role="row" class="desk-line is-head" aria-rowindex="1">
                            <div role="columnheader" class="desk-name">{app.says(Tr::desk_unit)}</div>
                            {heads}
                        </div>
                    </div>
                    <div role="rowgroup" class="desk-lines" node_ref=window.frame style:height=move || window.height()>
                        {each(
                            rows,
                            |(line, lang, made)| (*line, *lang, Rc::as_ptr(&made.grid) as usize, made.events),
                            move |(line, _, made)| row(app, line, &made),
                        )}
                    </div>
                </div>
            </div>
        </section>
    }
}

/// The line of one agency.
fn row(app: App, line: usize, made: &Made) -> View {
    let Some(&at) = made.order.get(line) else {
        return view! { <div role="row"></div> }.into_view();
    };
    let (tr, asof) = (app.tr(), app.asof());
    let unit = &app.plan.agencies()[made.grid.rows[at].0].id;
    let found = match &made.past {
        Some(past) => buckets(app.plan, &made.grid, at, past, asof),
        None => app.with_gathered(|ledger| buckets(app.plan, &made.grid, at, ledger, asof)),
    };
    let short = short_name(app, unit);
    let cells = made.grid.tasks.iter().zip(found).map(|(task, bucket)| {
        let Some(bucket) = bucket else {
            return view! { <div role="cell" class="desk-cell"></div> }.into_view();
        };
        let task = app.plan.tasks()[*task].id.as_str();
        let name = tr.desk_cell(&short, task, tr.bucket(bucket));
        let href = move || subject_href(app, unit, task);
        view! {
            <div role="cell" class="desk-cell">
                <a class=shape(bucket) href=href title=name.clone() aria-label=name>{letter(tr, bucket)}</a>
            </div>
        }
        .into_view()
    });
    view! {
        <div
            role="row"
            class="desk-line"
            style:top=crate::components::window::place(line)
            aria-rowindex=(line + 2).to_string()
        >
            <div role="rowheader" class="desk-name">{unit_link(app, unit, app.lang())}</div>
            {cells.collect_view()}
        </div>
    }
    .into_view()
}
