//! What was recorded differently in several places: who wrote what, when, and a choice among it.
//!
//! Choices are kept beside the files. They become updates only when the files are merged, or, where
//! there are none, when the choices are written.

use lean::prelude::*;
use tracker::desk::settle::{Choice, Pick, both, candidates, newest};
use tracker::ledger::{Cell, Event};
use tracker::text::Lang;

use super::other::Other;
use super::{Place, Wanted, narrow, subject_link, subject_title};
use crate::components::agency::unit_name;
use crate::components::said::long;
use crate::i18n::Tr;
use crate::pages::task::{in_words, who};
use crate::platform::page;
use crate::state::desk::Move;
use crate::state::{App, Command, use_app};

/// How many are drawn at once.
const PORTION: usize = 20;

/// What differs.
#[component]
pub fn Conflicts() -> impl IntoView {
    let app = use_app();
    let all = Memo::new(move || {
        app.with_gathered(|ledger| {
            ledger
                .conflicts()
                .filter_map(place_of)
                .collect::<Vec<Place>>()
        })
    });
    let shown = Memo::new(move || {
        let wanted = Wanted::now(app);
        let asked = |place: &&Place| place.is_asked_for(&wanted);
        all.with(|all| all.iter().filter(asked).cloned().collect::<Vec<Place>>())
    });
    let any = Memo::new(move || all.with(|all| !all.is_empty()));
    let portions = RwSignal::new(1);
    let drawn = move || {
        let (lang, events) = (app.lang(), app.with_gathered(|ledger| ledger.len()));
        let all = shown.get().into_iter().take(portions.get() * PORTION);
        all.map(|place| (place, lang, events)).collect::<Vec<_>>()
    };
    let more = Memo::new(move || {
        shown
            .with(Vec::len)
            .saturating_sub(portions.get() * PORTION)
    });
    view! {
        {when(
            move || !any.get(),
            move || view! { <p class="empty">{app.says(Tr::desk_conflicts_none)}</p> },
        )}
        {when(
            move || any.get(),
            move || view! {
                <div class="filter-row">{narrow(app, Signal::derive(move || all.get()))}</div>
                <p class="muted">{app.says(Tr::desk_conflicts_note)}</p>
                {for_all(app, shown)}
            },
        )}
        <div class="desk-conflicts">
            {each(
                drawn,
                |(place, lang, events)| {
                    (place.unit.clone(), place.subject.clone(), place.field, *lang, *events)
                },
                move |(place, lang, _)| view! { <Difference place lang /> },
            )}
        </div>
        {when(move || more.get() > 0, move || view! {
            <button type="button" class="button" on:click=move |_| portions.update(|n| *n += 1)>
                {move || app.tr().desk_more(more.get())}
            </button>
        })}
    }
}

/// Which value differs.
fn place_of(cell: &Cell) -> Option<Place> {
    Some(Place {
        unit: cell.unit().to_owned(),
        subject: cell.subject().to_owned(),
        field: cell.field()?,
    })
}

/// Choices for all that is shown.
fn for_all(app: App, shown: Memo<Vec<Place>>) -> View {
    let all = move |choose: fn(App, &Cell) -> Option<Choice>| {
        let picks = shown.with_untracked(|shown| untrack(|| picks_of(app, shown, choose)));
        app.dispatch(Command::AtDesk(Move::Pick(picks)));
    };
    let none = move |_| {
        let picks = shown.with_untracked(|shown| {
            let picks = shown.iter().map(|place| pick_of(place, Choice::Both));
            picks.collect()
        });
        app.dispatch(Command::AtDesk(Move::Unpick(picks)));
    };
    let some = Memo::new(move || app.desk().picks().with(|picks| !picks.is_empty()));
    view! {
        <div class="desk-acts" role="group" aria-label=app.says(Tr::desk_for_all)>
            <button type="button" class="button is-small" on:click=move |_| all(choose_newest)>
                {move || app.tr().desk_newest_all(shown.with(Vec::len))}
            </button>
            <button type="button" class="button is-small" on:click=move |_| all(choose_known)>
                {app.says(Tr::desk_known_all)}
            </button>
            <button type="button" class="button is-small" on:click=move |_| all(choose_both)>
                {app.says(Tr::desk_both_all)}
            </button>
            {when(move || some.get(), move || view! {
                <button
                    type="button"
                    class="button is-small"
                    on:click=move |ev| {
                        none(ev);
                        page::focus_soon("page-title");
                    }
                >
                    {app.says(Tr::desk_none_all)}
                </button>
            })}
        </div>
    }
    .into_view()
}

fn choose_newest(_: App, cell: &Cell) -> Option<Choice> {
    newest(cell).map(Choice::Head)
}

/// What the ledger shows before anything is merged.
fn choose_known(app: App, cell: &Cell) -> Option<Choice> {
    app.ledger().with(|ledger| {
        let known = ledger.cell(cell.unit(), cell.subject(), cell.field_name())?;
        let shown = known.shown()?.id();
        let stands = cell.heads().any(|head| head.id() == shown);
        stands.then_some(Choice::Head(shown))
    })
}

fn choose_both(_: App, cell: &Cell) -> Option<Choice> {
    both(cell).map(|_| Choice::Both)
}

fn pick_of(place: &Place, choice: Choice) -> Pick {
    Pick {
        unit: place.unit.clone(),
        subject: place.subject.clone(),
        field: place.field,
        choice,
    }
}

/// The choice for each of these values that has one.
fn picks_of(app: App, places: &[Place], choose: fn(App, &Cell) -> Option<Choice>) -> Vec<Pick> {
    app.with_gathered(|ledger| {
        let picks = places.iter().filter_map(|place| {
            let cell = ledger.cell(&place.unit, &place.subject, place.field.as_str())?;
            Some(pick_of(place, choose(app, cell)?))
        });
        picks.collect()
    })
}

/// One value to choose, in words.
struct Offer {
    choice: Choice,
    value: String,
    who: String,
}

/// What can be chosen for a value that differs. Tracks the desk and the language.
fn offers(app: App, place: &Place) -> Vec<Offer> {
    app.with_gathered(|ledger| {
        let cell = ledger.cell(&place.unit, &place.subject, place.field.as_str());
        let Some(cell) = cell else {
            return Vec::new();
        };
        let tr = app.tr();
        let mut offers = Vec::new();
        for head in candidates(cell) {
            let (author, when) = who(app, head);
            let unit = unit_name(app, head.unit(), app.lang());
            let known = app.ledger().with(|ledger| ledger.contains(&head.id()));
            let from = match (known, file_of(app, head)) {
                (true, _) => tr.desk_from_here().to_owned(),
                (false, Some(name)) => tr.desk_from_file(name),
                (false, None) => String::new(),
            };
            offers.push(Offer {
                choice: Choice::Head(head.id()),
                value: in_words(app, place.field, head.value()),
                who: [author, unit, when, from].join(" · "),
            });
        }
        if let Some(value) = both(cell) {
            offers.push(Offer {
                choice: Choice::Both,
                value: tr.desk_both().to_owned(),
                who: in_words(app, place.field, &value),
            });
        }
        offers
    })
}

/// The first file for this unit, or for many, that has this update. Tracks the files.
fn file_of(app: App, head: &Event) -> Option<String> {
    app.desk().files().with(|files| {
        let has = |content: &tracker::exchange::ExchangeFile| {
            let may = content
                .unit
                .as_deref()
                .is_none_or(|unit| unit == head.unit());
            may && content.events.iter().any(|event| event.id() == head.id())
        };
        let mut having = files.iter().filter(|file| file.content().is_some_and(has));
        having.next().map(|file| app.tr().named(&file.name))
    })
}

/// One value that differs.
#[component]
fn Difference(
    /// Which.
    place: Place,
    /// The language it is drawn in.
    lang: Lang,
) -> impl IntoView {
    let app = use_app();
    let Place {
        unit,
        subject,
        field,
    } = place.clone();
    let group = ["desk", &unit, &subject, field.as_str()].join("-");
    let now = {
        let place = place.clone();
        Memo::new(move || {
            app.desk().picks().with(|picks| {
                let same = |pick: &&Pick| {
                    (&pick.unit, &pick.subject, pick.field)
                        == (&place.unit, &place.subject, place.field)
                };
                picks.iter().find(same).map(|pick| pick.choice.clone())
            })
        })
    };
    // Whoever wants another value may not have typed it yet.
    let wanted = RwSignal::new(false);
    let other = Memo::new(move || match now.get() {
        Some(Choice::Other(_)) => true,
        Some(_) => false,
        None => wanted.get(),
    });
    let offers = untrack(|| offers(app, &place));
    let radios = offers.into_iter().map(|Offer { choice, value, who }| {
        let (is, pick) = (choice.clone(), pick_of(&place, choice));
        view! {
            <label class="desk-offer">
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || now.with(|now| now.as_ref() == Some(&is))
                    on:change=move |_| {
                        wanted.set(false);
                        app.dispatch(Command::AtDesk(Move::Pick(vec![pick.clone()])));
                    }
                />
                <span class="desk-value">{long(app, value)}</span>
                <span class="desk-by">{long(app, who)}</span>
            </label>
        }
    });
    let radios = radios.collect_view();
    let tr = Tr(lang);
    let name = unit_name(app, &unit, lang);
    let legend = view! {
        {subject_link(app, &unit, &subject)} " " {subject_title(app, &subject, lang)}
        <span class="desk-of">{name.clone()} " · " {tr.field(field)}</span>
    };
    let of_unit = {
        let unit = unit.clone();
        move |_| {
            let picks = untrack(|| {
                let places = app.with_gathered(|ledger| {
                    let of_unit = ledger.conflicts().filter(|cell| cell.unit() == unit);
                    of_unit.filter_map(place_of).collect::<Vec<Place>>()
                });
                picks_of(app, &places, choose_newest)
            });
            app.dispatch(Command::AtDesk(Move::Pick(picks)));
        }
    };
    let gone = pick_of(&place, Choice::Both);
    let editor = place.clone();
    view! {
        <fieldset class="desk-difference" class:is-chosen=move || now.with(Option::is_some)>
            <legend>{legend}</legend>
            <div class="desk-offers">
                {radios}
                <label class="desk-offer">
                    <input
                        type="radio"
                        name=group
                        prop:checked=move || other.get()
                        on:change=move |_| {
                            wanted.set(true);
                            app.dispatch(Command::AtDesk(Move::Unpick(vec![gone.clone()])));
                        }
                    />
                    <span class="desk-value">{tr.desk_other()}</span>
                </label>
                {when(move || other.get(), move || {
                    let pick = pick_of(&editor, Choice::Both);
                    view! { <Other pick /> }
                })}
            </div>
            <button type="button" class="button is-quiet is-small" on:click=of_unit>
                {tr.desk_newest_unit(&name)}
            </button>
        </fieldset>
    }
}
