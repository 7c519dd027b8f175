//! What merging would change, before and after; and the list of any such changes.

use std::rc::Rc;

use lean::prelude::*;
use serde_json::Value;
use tracker::exchange::Change;

use super::{Place, Wanted, narrow, nothing_yet, subject_link, subject_title};
use crate::components::agency::ShortName;
use crate::components::said::shortened;
use crate::components::window::{Window, place};
use crate::i18n::Tr;
use crate::pages::task::in_words;
use crate::state::{App, use_app};

/// Changes, cheap to copy.
pub type All = Rc<Vec<Change>>;

/// What merging would change.
#[component]
pub fn Changes() -> impl IntoView {
    let app = use_app();
    let all = Signal::derive(move || {
        let gathered = app.desk().gathered().get();
        gathered
            .map(|gathered| gathered.changes.clone())
            .unwrap_or_default()
    });
    let shown = shown(app, all);
    let any = Memo::new(move || all.with(|all| !all.is_empty()));
    let sum = move || match any.get() {
        true => app.tr().desk_changes_sum(
            shown.with(Vec::len),
            app.tr().count(all.with(|all| all.len())),
        ),
        false if super::any_on_desk(app) => app.tr().desk_changes_none().to_owned(),
        false => String::new(),
    };
    view! {
        {nothing_yet(app, Tr::desk_changes_empty)}
        <p class="page-sum" role="status">{sum}</p>
        {when(move || any.get(), move || view! {
            <div class="filter-row">{narrow(app, places(all))}</div>
            {list(app, all, shown, (Tr::desk_before, Tr::desk_after))}
        })}
    }
}

/// Where the changes are.
pub fn places(all: Signal<All>) -> Signal<Vec<Place>> {
    Signal::derive(move || {
        all.with(|all| {
            let places = all.iter().map(|change| Place {
                unit: change.unit.clone(),
                subject: change.subject.clone(),
                field: change.field,
            });
            places.collect()
        })
    })
}

/// Those of the changes that the menus leave, by position.
pub fn shown(app: App, all: Signal<All>) -> Memo<Vec<usize>> {
    Memo::new(move || {
        let wanted = Wanted::now(app);
        places(all).with(|places| {
            let places = places.iter().enumerate();
            let asked = places.filter(|(_, place)| place.is_asked_for(&wanted));
            asked.map(|(at, _)| at).collect()
        })
    })
}

/// The list of changes; only what is on the screen is drawn.
pub fn list(
    app: App,
    all: Signal<All>,
    shown: Memo<Vec<usize>>,
    names: (super::Word, super::Word),
) -> View {
    let count = Memo::new(move || shown.with(Vec::len));
    let window = Window::new(count);
    let rows = move || {
        let (lang, all) = (app.lang(), all.get());
        let drawn = window.drawn(&[]).into_iter();
        let row = |line: usize| {
            let at = shown.with(|shown| shown.get(line).copied())?;
            Some((line, at, lang, all.clone()))
        };
        drawn.filter_map(row).collect::<Vec<_>>()
    };
    view! {
        <ul class="desk-list" node_ref=window.frame style:height=move || window.height()>
            {each(
                rows,
                |(line, at, lang, all)| (*line, *at, *lang, Rc::as_ptr(all) as usize),
                move |(line, at, _, all)| row(app, line, &all[at], count, names),
            )}
        </ul>
    }
    .into_view()
}

/// One change: of what, from what, to what.
fn row(
    app: App,
    line: usize,
    change: &Change,
    count: Memo<usize>,
    (before, after): (super::Word, super::Word),
) -> View {
    let words = |value: &Option<Value>| match value {
        None => app.tr().history_nothing().to_owned(),
        Some(value) => shortened(app, in_words(app, change.field, value)),
    };
    let (was, is) = (words(&change.before), words(&change.after));
    let title = subject_title(app, &change.subject, app.lang());
    view! {
        <li
            class="desk-change"
            style:top=place(line)
            aria-setsize=move || count.get().to_string()
            aria-posinset=(line + 1).to_string()
        >
            <span class="desk-what">
                <span class="desk-task">{subject_link(app, &change.unit, &change.subject)}</span>
                " " {title}
                <span class="desk-of">
                    <ShortName id=change.unit.clone() /> " · " {app.tr().field(change.field)}
                </span>
            </span>
            <span class="desk-was" class:is-nothing=change.before.is_none() title=was.clone()>
                <span class="visually-hidden">{before(app.tr())} ": "</span>
                {was}
            </span>
            <span class="desk-arrow" aria-hidden="true">"→"</span>
            <span class="desk-is" class:is-nothing=change.after.is_none() title=is.clone()>
                <span class="visually-hidden">{after(app.tr())} ": "</span>
                {is}
            </span>
        </li>
    }
    .into_view()
}
