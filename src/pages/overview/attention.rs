//! The lists of what needs somebody: the first few of each, and the way to all.

use std::rc::Rc;

use lean::prelude::*;
use tracker::date::format_date;
use tracker::kpi::attention::{blocked_by, list};
use tracker::kpi::{Attention, Whose};
use tracker::ledger::Ledger;
use tracker::review::list::returned;

use super::{Base, Word};
use crate::components::agency::short_name;
use crate::components::icon::{Glyph, Icon};
use crate::components::said::visible;
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::Unit;

/// How many tasks of a list are shown.
const FEW: usize = 5;

/// The lists, in the order of the page: name, mark, class.
const LISTS: [(Attention, Word, Glyph, &str); 6] = [
    (
        Attention::Returned,
        Tr::overview_attention_returned,
        Glyph::Undo,
        "ov-list is-returned",
    ),
    (
        Attention::Overdue,
        Tr::overview_attention_overdue,
        Glyph::Overdue,
        "ov-list is-late",
    ),
    (
        Attention::DueSoon,
        Tr::overview_attention_due_soon,
        Glyph::Clock,
        "ov-list is-soon",
    ),
    (
        Attention::LateStart,
        Tr::overview_attention_late_start,
        Glyph::Open,
        "ov-list",
    ),
    (
        Attention::Stale,
        Tr::overview_attention_stale,
        Glyph::Loop,
        "ov-list",
    ),
    (
        Attention::Blocked,
        Tr::overview_attention_blocked,
        Glyph::Flag,
        "ov-list is-blocked",
    ),
];

/// All lists that hold anything.
#[component]
pub(super) fn Lists(
    /// What the page is made of.
    base: Base,
) -> impl IntoView {
    let app = base.app;
    let found = LISTS.map(|(wanted, ..)| {
        Memo::new(move || {
            let (whose, day) = (app.whose(), app.asof());
            let tasks = base.tasks.get();
            let take = |tracks: &_| list(app.plan, tracks, whose, &tasks, day, wanted);
            Rc::new(app.tracks().with(take))
        })
    });
    let none = Memo::new(move || found.iter().all(|found| found.with(|f| f.is_empty())));
    let lists = LISTS.into_iter().zip(found);
    let lists = lists.map(|((wanted, name, glyph, class), found)| {
        when(
            move || found.with(|found| !found.is_empty()),
            move || view! { <List base wanted name glyph class found /> },
        )
    });
    view! {
        <section class="ov-attention" aria-labelledby="ov-attention">
            <h2 id="ov-attention">{app.says(Tr::overview_attention)}</h2>
            {when(move || none.get(), move || view! { <p class="muted">{app.says(Tr::overview_attention_none)}</p> })}
            <div class="ov-lists">{lists.collect_view()}</div>
        </section>
    }
}

#[component]
fn List(
    /// What the page is made of.
    base: Base,
    /// Which list.
    wanted: Attention,
    /// Its name.
    name: Word,
    /// Its mark.
    glyph: Glyph,
    /// Its class.
    class: &'static str,
    /// Its tasks, in order.
    found: Memo<Rc<Vec<usize>>>,
) -> impl IntoView {
    let app = base.app;
    let id = format!("ov-{}", class_of(wanted));
    let count = move || app.tr().count(found.with(|found| found.len()));
    let href = move || base.href(&wanted.filter(app.asof()));
    let more = move || found.with(|found| found.len() > FEW);
    let items = move || {
        let first = found.with(|found| found[..found.len().min(FEW)].to_vec());
        let words = words(base, wanted, &first);
        first.into_iter().zip(words).collect::<Vec<_>>()
    };
    let item = move |(at, words): (usize, String)| {
        let task = &app.plan.tasks()[at];
        view! {
            <li>
                <a
                    href=move || app.href(Page::Task(task.id.clone()))
                    aria-current=move || (app.page() == Page::Task(task.id.clone())).then_some("true")
                >
                    <span class="card-id">{task.id.as_str()}</span>
                    " "
                    {move || task.title.get(app.lang())}
                </a>
                " "
                <span class="ov-why">{words}</span>
            </li>
        }
    };
    view! {
        <section class=class aria-labelledby=id.clone()>
            <h3 id=id>
                <Icon glyph />
                {move || app.tr().overview_list_name(name(app.tr()), count())}
            </h3>
            <ol>{each(items, |item| item.clone(), item)}</ol>
            {when(more, move || view! {
                <a class="ov-all" href=href aria-label=move || app.tr().overview_all_named(count(), name(app.tr()))>
                    {move || app.tr().overview_all_of(count())}
                </a>
            })}
        </section>
    }
}

fn class_of(wanted: Attention) -> &'static str {
    match wanted {
        Attention::Returned => "returned",
        Attention::DueSoon => "due-soon",
        Attention::LateStart => "late-start",
        Attention::Stale => "stale",
        Attention::Blocked => "blocked",
        Attention::Overdue => "overdue",
    }
}

/// Why each of `tasks` is in the list, in a few words.
fn words(base: Base, wanted: Attention, tasks: &[usize]) -> Vec<String> {
    let app = base.app;
    let (tr, day, whose) = (app.tr(), app.asof(), app.whose());
    if wanted == Attention::Returned {
        let own = app.unit().map_or("", Unit::id);
        let of = |ledger: &Ledger, at: &usize| {
            let Some((unit, said)) = returned(ledger, &app.plan.tasks()[*at].id, own) else {
                return String::new();
            };
            let remark = visible(&said.remark.unwrap_or_default());
            match whose {
                Whose::Country => tr.overview_blocked_by(short_name(app, unit), remark),
                Whose::Agency(_) => remark,
            }
        };
        return app
            .seen()
            .with(|ledger| tasks.iter().map(|at| of(ledger, at)).collect());
    }
    if wanted == Attention::Blocked {
        let told = app
            .seen()
            .with(|ledger| blocked_by(app.plan, ledger, whose, tasks, day));
        let of = |at: &usize| {
            let id = &app.plan.tasks()[*at].id;
            let Some(obstacle) = told.iter().find(|obstacle| obstacle.task == *id) else {
                return String::new();
            };
            let known = obstacle.bottleneck.as_deref();
            let known = known.and_then(|id| app.plan.bottleneck(id));
            let text = match known {
                Some(known) if obstacle.text.is_empty() => known.title.get(app.lang()),
                _ => &obstacle.text,
            };
            tr.overview_blocked_by(short_name(app, &obstacle.unit), tr.named(text))
        };
        return tasks.iter().map(of).collect();
    }
    app.tracks().with(|tracks| {
        let of = |at: &usize| {
            let point = tracks.point(*at, whose, day);
            match (wanted, point.due) {
                (Attention::Stale, _) => {
                    let updated = point.updated.map(format_date).unwrap_or_default();
                    tr.overview_last_update(updated)
                }
                (_, Some(due)) => tr.distance(due, day),
                (_, None) => {
                    let start = app.plan.tasks()[*at].deadline.start();
                    tr.overview_start_from(start.map(format_date).unwrap_or_default())
                }
            }
        };
        tasks.iter().map(of).collect()
    })
}
