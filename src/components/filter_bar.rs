//! The filter menus and the chips; like the search box (`search_box.rs`) they speak the query's
//! text.

use lean::prelude::*;
use tracker::date::DeadlineKind;
use tracker::filter::{Key, ProblemKind, Query, Token, edit, tokens};
use tracker::status::Bucket;
use tracker::text::Lang;

use super::filter_words::{filter_words, key_words, value_words};
use super::icon::{Glyph, Icon};
use super::popup::Popup;
use super::said::visible;
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{App, Command, Unit, use_app};

/// A choice of a filter menu: its value in the query and its words.
type Choice = (String, String);

/// The filter bar of a list of tasks.
#[component]
pub fn FilterBar() -> impl IntoView {
    let app = use_app();
    let q = Memo::new(move || app.view().q);
    view! {
        <div class="filters">
            <div class="filter-row">
                <Menu key=Key::Role name=Signal::derive(move || app.tr().filter_role()) choices=Signal::derive(move || roles(app)) />
                <Menu key=Key::Document name=Signal::derive(move || app.tr().filter_document()) choices=Signal::derive(move || documents(app)) />
                <Menu key=Key::Topic name=Signal::derive(move || app.tr().filter_topic()) choices=Signal::derive(move || topics(app)) />
                <Menu key=Key::Deadline name=Signal::derive(move || app.tr().filter_deadline()) choices=Signal::derive(move || deadlines(app)) />
                <Menu key=Key::Bucket name=Signal::derive(move || app.tr().filter_bucket()) choices=Signal::derive(move || buckets(app)) />
                <Popup id="more-filters" title=Tr::complete_add glyph=Glyph::More content=more_filters />
            </div>
            {move || {
                let q = q.get();
                let chips: Vec<Token> = tokens(&q).into_iter().filter(|t| t.key.is_some()).collect();
                (!chips.is_empty())
                    .then(|| {
                        view! {
                            <ul class="chips" aria-label=app.says(Tr::filter_chips)>
                                {chips.into_iter().map(|t| chip(app, &q, t)).collect_view()}
                                <li>
                                    <button type="button" class="link-button" on:click=move |_| search(app, String::new())>
                                        {app.says(Tr::filter_clear)}
                                    </button>
                                </li>
                            </ul>
                        }
                    })
            }}
            <Problems />
        </div>
    }
}

fn roles(app: App) -> Vec<Choice> {
    match app.unit() {
        Some(Unit::Agency(_)) => vec![
            ("lead".into(), app.tr().role_lead().into()),
            ("coord".into(), app.tr().role_coordinator().into()),
        ],
        _ => Vec::new(),
    }
}

fn documents(app: App) -> Vec<Choice> {
    let assigning = app.plan.documents().iter().filter(|d| d.assigns);
    assigning
        .map(|d| (d.id.clone(), d.number.clone()))
        .collect()
}

fn topics(app: App) -> Vec<Choice> {
    let topics = app.plan.manifest().topics.iter();
    topics
        .map(|t| (t.id.clone(), t.name.get(app.lang()).to_owned()))
        .collect()
}

fn deadlines(app: App) -> Vec<Choice> {
    let words = |kind: DeadlineKind| {
        (
            kind.key().to_owned(),
            app.tr().deadline_kind(kind).to_owned(),
        )
    };
    DeadlineKind::ALL.into_iter().map(words).collect()
}

fn buckets(app: App) -> Vec<Choice> {
    let words = |bucket: Bucket| (bucket.key().to_owned(), app.tr().bucket(bucket).to_owned());
    Bucket::ALL.into_iter().map(words).collect()
}

/// The filters that have no menu of their own: each begins in the search box, which then says
/// what its values may be.
fn more_filters(app: App, open: RwSignal<bool>) -> View {
    let row = move |key: Key| {
        let begin = move |_| {
            open.set(false);
            let q = untrack(|| app.view().q);
            let space = if q.is_empty() || q.ends_with(' ') {
                ""
            } else {
                " "
            };
            app.dispatch(Command::Filter(format!("{q}{space}{}:", spelled(app, key))));
            page::focus_soon("search");
        };
        view! {
            <li>
                <button type="button" class="popup-item" on:click=begin>
                    <span>{move || key_words(app.tr(), key)}</span>
                    " "
                    <code>{move || format!("{}:", spelled(app, key))}</code>
                </button>
            </li>
        }
    };
    let keys = [
        Key::Lead,
        Key::Coordinator,
        Key::Due,
        Key::Has,
        Key::No,
        Key::Status,
        Key::Review,
        Key::Completed,
        Key::Updated,
        Key::Assignee,
        Key::Group,
        Key::Indicator,
        Key::Bottleneck,
        Key::Basis,
    ];
    view! { <ul class="popup-list">{keys.into_iter().map(row).collect_view()}</ul> }
}

/// The spelling of a key in the reader's language.
fn spelled(app: App, key: Key) -> &'static str {
    let all = Key::ALL.into_iter();
    let mut named = all
        .filter(|k| k.0 == key)
        .map(|(_, en, vi)| match app.lang() {
            Lang::Vi => vi,
            Lang::En => en,
        });
    named.next().unwrap_or_default()
}

/// A menu that sets one filter to one value or to any.
#[component]
fn Menu(
    /// The filter.
    key: Key,
    /// What it narrows by.
    name: Signal<&'static str>,
    /// What can be chosen; the menu hides when there is nothing.
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let app = use_app();
    let chosen = Memo::new(move || edit::values(&app.view().q, key));
    let excluded = Memo::new(move || {
        let of_key = |t: &Token| t.negated && t.key == Some(Ok(key));
        let values = tokens(&app.view().q)
            .into_iter()
            .filter(of_key)
            .flat_map(|t| t.values);
        values.collect::<Vec<_>>()
    });
    let set = move |value: String| {
        let value = Some(value).filter(|value| !value.is_empty());
        app.dispatch(Command::Narrow(key, value));
    };
    // What was typed by another name, or several values: the menu says them all.
    let typed = move || {
        let (not, values) = chosen.with(|c| match c.as_slice() {
            [] => (app.tr().filter_not(), excluded.get()),
            [one] if choices.with(|all| all.iter().any(|c| c.0 == *one)) => ("", Vec::new()),
            values => ("", values.to_vec()),
        });
        let words = |value: &String| value_words(app, key, value).unwrap_or_else(|| value.clone());
        let all: Vec<String> = values.iter().map(words).collect();
        (!all.is_empty()).then(|| [not, &all.join(", ")].concat())
    };
    let active = move || chosen.with(|c| !c.is_empty()) || excluded.with(|e| !e.is_empty());
    let options = move || {
        let any = view! { <option value="" selected=!active()>{app.tr().filter_any()}</option> };
        let typed = typed().map(|typed| {
            view! { <option value="" selected=true disabled=true>{typed}</option> }
        });
        let choices = choices.get().into_iter().map(|(value, words)| {
            let selected = chosen.with(|c| matches!(c.as_slice(), [one] if *one == value));
            view! { <option value=value selected=selected>{words}</option> }
        });
        view! { {any}{typed}{choices.collect_view()} }
    };
    when(
        move || choices.with(|c| !c.is_empty()),
        move || {
            view! {
                <label class="filter" class:is-active=active>
                    <span class="filter-name">{move || name.get()}</span>
                    <select on:change=move |ev| set(event_target_value(&ev))>{options}</select>
                </label>
            }
        },
    )
}

/// Searches by a button that goes with what it took away: the focus returns to the page's title.
pub fn search(app: App, q: String) {
    app.dispatch(Command::Filter(q));
    page::focus_soon("page-title");
}

/// One filter of the query, with a button that takes it away.
fn chip(app: App, q: &str, token: Token) -> impl IntoView + use<> {
    let text = q[token.span.clone()].to_owned();
    let words = filter_words(app, &token).unwrap_or_else(|| text.clone());
    let rest = edit::without(q, token.span.start);
    let label = app.tr().filter_remove(&words);
    // Which is known before the rest of the program is there.
    let unknown = matches!(token.key, Some(Err(_)));
    view! {
        <li class="chip" class:is-wrong=move || unknown || (app.is_whole() && is_faulty(app, &text))>
            {words}
            <button
                type="button"
                aria-label=label
                on:click=move |_| search(app, rest.clone())
            >
                <Icon glyph=Glyph::Close />
            </button>
        </li>
    }
}

/// What of the query could not be read, pointing at the word.
#[component]
fn Problems() -> impl IntoView {
    let app = use_app();
    let messages = move || app.is_whole().then(|| messages(app));
    view! { <div role="status" class="problems">{messages}</div> }
}

/// Whether a filter narrows nothing, since it cannot be read. Comes with the rest of the program.
#[inline(never)]
fn is_faulty(app: App, filter: &str) -> bool {
    !Query::read(filter, app.plan).problems().is_empty()
}

/// A paragraph for each. Comes with the rest of the program.
#[inline(never)]
fn messages(app: App) -> View {
    let q = app.view().q;
    let problems = Query::read(&q, app.plan).problems().to_vec();
    let tr = app.tr();
    // A filter at the end without a value is one that is being typed.
    let unfinished =
        |kind: &ProblemKind, end| matches!(kind, ProblemKind::MissingValue(_)) && end == q.len();
    let messages: Vec<String> = problems
        .into_iter()
        .filter(|problem| !unfinished(&problem.kind, problem.span.end))
        .map(|problem| {
            let word = q.get(problem.span.clone()).unwrap_or_default();
            match problem.kind {
                ProblemKind::UnknownKey(key) => tr.problem_key(word, key),
                ProblemKind::MissingValue(_) => tr.problem_missing(word),
                ProblemKind::UnknownValue(_, value) => tr.problem_value(word, value),
                ProblemKind::BadDate(value) => tr.problem_date(word, value),
            }
        })
        .collect();
    messages
        .into_iter()
        .map(|m| view! { <p>{visible(&m)}</p> })
        .collect_view()
}
