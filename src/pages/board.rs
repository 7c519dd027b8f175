//! The board: the unit's tasks in columns by bucket, and the open task beside them.

use lean::prelude::*;
use tracker::filter::Query;
use tracker::status::{Bucket, Tally};
use tracker::text::format_percent;

use super::task::TaskPanel;
use crate::components::agency::unit_name;
use crate::components::card::Card;
use crate::components::filter_bar::{FilterBar, search};
use crate::components::icon::{Icon, of_bucket};
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::rows::in_bucket;
use crate::state::{App, Command, Unit, use_app};

/// The board, with the task panel when a task is open.
#[component]
pub fn Board() -> impl IntoView {
    let app = use_app();
    let task = Memo::new(move || match app.page() {
        Page::Task(id) => Some(id),
        _ => None,
    });
    let empty = Memo::new(move || app.visible().with(|rows| rows.is_empty()));
    view! {
        <div class="board-page" class:has-panel=move || task.with(Option::is_some)>
            <div class="board-main" inert=move || app.covered()>
                <header class="page-head">
                    <h1 id="page-title" tabindex="-1">{app.says(Tr::board_title)}</h1>
                    <p class="page-sum" role="status">{move || summary(app)}</p>
                </header>
                <ForeignView />
                <FilterBar />
                {move || if empty.get() { view! { <Nothing /> } } else { view! { <Columns /> } }}
            </div>
            {move || task.get().map(|id| view! { <TaskPanel id /> })}
        </div>
    }
}

/// One line: how many tasks, how many of them shown, overdue, and the completion rate.
fn summary(app: App) -> String {
    let tr = app.tr();
    let (all, shown) = (
        app.rows().with(|r| r.len()),
        app.visible().with(|r| r.len()),
    );
    let tally: Tally = app
        .visible()
        .with(|r| r.iter().map(|r| r.standing.bucket).collect());
    let unit = app
        .unit()
        .map_or(String::new(), |u| unit_name(app, u.id(), app.lang()));
    let count = if all == shown {
        tr.board_count(all, unit)
    } else {
        tr.board_count_of(tr.count(shown), all, unit)
    };
    let rate = tally.completion_rate().map_or_else(
        || tr.board_rate_none().to_owned(),
        |rate| tr.board_rate(format_percent(rate, 1, app.lang())),
    );
    format!("{count} · {} · {rate}", tr.board_overdue(tally.overdue()))
}

/// Says that a link shows another unit than one's own, and offers the way back.
#[component]
fn ForeignView() -> impl IntoView {
    let app = use_app();
    move || {
        let (own, shown) = (app.own_unit()?, app.unit()?);
        (own != shown).then(|| {
            let name = unit_name(app, own.id(), app.lang());
            view! {
                <p class="hint">
                    {app.tr().board_foreign()}
                    " "
                    <button type="button" class="link-button" on:click=move |_| app.dispatch(Command::ChooseUnit(own.id().to_owned()))>
                        {app.tr().board_own(name)}
                    </button>
                </p>
            }
        })
    }
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <div class="columns">
            {Bucket::ALL.into_iter().map(|bucket| view! { <Column bucket /> }).collect_view()}
        </div>
    }
}

/// One column: a region named by its bucket and its count.
#[component]
fn Column(
    /// The bucket.
    bucket: Bucket,
) -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move || app.visible().with(|rows| in_bucket(rows, bucket)));
    let count = Memo::new(move || rows.with(|r| r.len()));
    let label = move || {
        let tr = app.tr();
        tr.board_column(tr.bucket(bucket), tr.count(count.get()))
    };
    view! {
        <section
            class=format!("column is-{}", bucket.key())
            class:is-empty=move || { count.get() == 0 }
            aria-label=label
        >
            <h2 class="column-head">
                <Icon glyph=of_bucket(bucket) />
                <span class="column-name">{move || app.tr().bucket(bucket)}</span>
                " "
                <span class="column-count">{move || app.tr().count(count.get())}</span>
            </h2>
            <ul class="cards">
                {each(
                    move || rows.get().to_vec(),
                    |row| (row.position, row.standing.clone()),
                    |row| view! { <li><Card row /></li> },
                )}
            </ul>
        </section>
    }
}

/// Nothing to show: why, and what to do.
#[component]
fn Nothing() -> impl IntoView {
    let app = use_app();
    move || {
        let tr = app.tr();
        let filtered = !Query::read(&app.view().q, app.plan).is_empty();
        let text = match (filtered, app.unit()) {
            (true, _) => tr.nothing_found(app.view().q),
            (false, Some(Unit::Agency(_))) => tr.nothing_bound().to_owned(),
            (false, _) => tr.nothing_at_all().to_owned(),
        };
        view! {
            <div class="empty">
                <p>{text}</p>
                {filtered.then(|| view! {
                    <button type="button" class="button" on:click=move |_| search(app, String::new())>
                        {tr.filter_clear()}
                    </button>
                })}
            </div>
        }
    }
}
