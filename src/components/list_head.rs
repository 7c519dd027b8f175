//! What stands above every list of tasks: its title, what it is a list of, the filters; and what
//! stands in its place when nothing is left.

use lean::prelude::*;
use tracker::filter::Query;
use tracker::status::Tally;
use tracker::text::format_percent;

use super::agency::unit_name;
use super::filter_bar::{FilterBar, search};
use super::saved_views::SavedViews;
use crate::i18n::Tr;
use crate::state::{App, Command, Unit, use_app};

/// Title, summary and filters of a list of tasks.
#[component]
pub fn ListHead(
    /// The page's title.
    title: fn(Tr) -> &'static str,
) -> impl IntoView {
    let app = use_app();
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">{app.says(title)}</h1>
            <p class="page-sum" role="status">{move || summary(app)}</p>
            {when(move || app.is_whole(), || view! { <SavedViews /> })}
        </header>
        <ForeignView />
        <FilterBar />
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

/// Nothing to show: why, and what to do.
#[component]
pub fn Nothing() -> impl IntoView {
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
