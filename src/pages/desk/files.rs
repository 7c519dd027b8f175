//! The files on the desk, one by one: whose, of when, what is in them, what is wrong with them.

use std::rc::Rc;

use lean::prelude::*;
use tracker::date::format_date;
use tracker::desk::coverage::STALE_DAYS;
use tracker::exchange::{ExchangeFile, Kind, Oddities};

use super::bar::any_on_desk;
use super::{Word, unit_link};
use crate::components::icon::{Glyph, Icon};
use crate::components::refusal::{odd_words, refusal};
use crate::i18n::{Tr, moment, read_moment};
use crate::platform::page;
use crate::state::desk::{Brought, DeskFile, Move};
use crate::state::{App, Command, use_app};

/// The columns of the table.
const HEADS: [Word; 8] = [
    Tr::desk_file,
    Tr::desk_unit,
    Tr::desk_exported,
    Tr::desk_latest,
    Tr::desk_authors,
    Tr::desk_events,
    Tr::desk_new,
    Tr::desk_state,
];

/// How many more rows are drawn with each frame: many files at once would hold the page up.
const PORTION: usize = 20;

/// The files.
#[component]
pub fn Files() -> impl IntoView {
    let app = use_app();
    let desk = app.desk();
    let any = Memo::new(move || any_on_desk(app));
    let heads = HEADS.into_iter().map(|name| {
        view! { <th role="columnheader" scope="col">{app.says(name)}</th> }
    });
    let drawn = RwSignal::new(PORTION);
    effect(move || {
        let count = desk.files().with(Vec::len);
        if count == 0 {
            drawn.set(PORTION);
        } else if drawn.get() < count {
            page::on_frame(move || {
                if !drawn.is_disposed() {
                    drawn.update(|drawn| *drawn += PORTION);
                }
            });
        }
    });
    let rows = move || {
        let (lang, fresh) = (
            app.lang(),
            (
                desk.gathered().get().map(|g| g.stage.fresh.len()),
                app.asof(),
            ),
        );
        let files = desk.files().get().into_iter().take(drawn.get());
        files.map(|file| (file, lang, fresh)).collect::<Vec<_>>()
    };
    view! {
        {when(move || !any.get(), move || view! { <Empty /> })}
        <div class="agencies-scroll" hidden=move || !any.get()>
            <table role="table" class="agencies desk-files" aria-labelledby="page-title">
                <thead role="rowgroup">
                    <tr role="row">
                        {heads.collect_view()}
                        <th role="columnheader" scope="col">
                            <span class="visually-hidden">{app.says(Tr::desk_take_away)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {each(rows, |(file, lang, fresh)| (file.number, *lang, *fresh), |(file, ..)| view! { <Row file /> })}
                </tbody>
            </table>
        </div>
    }
}

/// What to do, where nothing lies on the desk.
#[component]
fn Empty() -> impl IntoView {
    let app = use_app();
    view! {
        <section class="block desk-empty" aria-labelledby="desk-empty-title">
            <Icon glyph=Glyph::Gather />
            <h2 id="desk-empty-title">{app.says(Tr::desk_empty_title)}</h2>
            <ol>
                <li>{app.says(Tr::desk_empty_first)}</li>
                <li>{app.says(Tr::desk_empty_second)}</li>
                <li>{app.says(Tr::desk_empty_third)}</li>
            </ol>
            <p class="muted">{app.says(Tr::desk_empty_safe)}</p>
        </section>
    }
}

/// A cell under its heading, which narrow screens show beside it.
fn cell(app: App, head: usize, content: View) -> View {
    view! {
        <td role="cell" data-label=app.says(HEADS[head])>{content}</td>
    }
    .into_view()
}

/// One file.
#[component]
fn Row(
    /// The file.
    file: Rc<DeskFile>,
) -> impl IntoView {
    let app = use_app();
    let name = app.tr().named(&file.name);
    let number = file.number;
    let take_away = move |_| {
        app.dispatch(Command::AtDesk(Move::Remove(number)));
        page::focus_soon("page-title");
    };
    let label = app.tr().desk_take_away_named(&name);
    let working = Memo::new(move || app.works().now().is_some());
    let cells = match &file.brought {
        Brought::Good {
            file: content,
            authors,
            latest,
            odd,
        } => good(app, number, content, (authors, *latest), odd),
        Brought::Refused(reason) => wrong(app, refusal(app, &name, reason)),
        Brought::Unreadable(detail) => {
            wrong(app, app.tr().refused_browser(&name, app.tr().named(detail)))
        }
    };
    let refused = file.content().is_none();
    view! {
        <tr role="row" class:is-refused=refused>
            <th role="rowheader" scope="row">{name}</th>
            {cells}
            <td role="cell" class="desk-away">
                <button type="button" class="button is-quiet is-small" aria-label=label.clone() title=label prop:disabled=move || working.get() on:click=take_away>
                    <Icon glyph=Glyph::Close />
                </button>
            </td>
        </tr>
    }
}

/// The cells of a file that is refused: why.
fn wrong(app: App, why: String) -> View {
    view! {
        <td role="cell" colspan="7" class="desk-wrong">
            <Icon glyph=Glyph::Fault />
            <span>{why} " " {app.tr().refused_nothing_changed()}</span>
        </td>
    }
    .into_view()
}

/// The cells of a good file.
fn good(
    app: App,
    number: usize,
    content: &ExchangeFile,
    (authors, latest): (&[String], Option<chrono::NaiveDate>),
    odd: &Oddities,
) -> View {
    let (tr, lang) = (app.tr(), app.lang());
    let unit = match &content.unit {
        None => tr.preview_all_units().into_view(),
        Some(unit) => unit_link(app, unit, lang),
    };
    let exported = match read_moment(&content.exported_at) {
        None => tr.named(&content.exported_at),
        Some(ms) => moment(ms, app.offset_minutes(ms)),
    };
    let mut days = latest.map(format_date).unwrap_or_default();
    let age = latest.map_or(0, |day| (app.asof() - day).num_days());
    let stale = age > STALE_DAYS;
    if stale {
        let age = usize::try_from(age).unwrap_or_default();
        days = tr.desk_stale_since(days, age);
    }
    let who = match authors {
        [] => tr.history_unnamed().to_owned(),
        [one] => tr.named(one),
        [one, others @ ..] => tr.desk_and_others(tr.named(one), others.len()),
    };
    let gathered = app.desk().gathered().get();
    let new = gathered.map_or(0, |gathered| gathered.new_of(number));
    let (glyph, state) = match content.kind {
        _ if stale => (Glyph::Clock, tr.desk_state_stale()),
        _ if new == 0 => (Glyph::Dash, tr.desk_state_known()),
        Kind::Full => (Glyph::Check, tr.desk_state_full()),
        Kind::Delta => (Glyph::Check, tr.desk_state_delta()),
        Kind::Review => (Glyph::Check, tr.desk_state_review()),
    };
    let odd = odd_words(app, odd).into_iter().map(|words| {
        view! { <p class="desk-odd"><Icon glyph=Glyph::Overdue />{words}</p> }
    });
    let state = view! {
        <span class="desk-state" class:is-stale=stale><Icon glyph />{state}</span>
        {odd.collect_view()}
    };
    [
        unit,
        exported.into_view(),
        days.into_view(),
        who.into_view(),
        tr.count(content.events.len()).into_view(),
        tr.count(new).into_view(),
        state.into_view(),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, content)| cell(app, at + 1, content))
    .collect_view()
}
