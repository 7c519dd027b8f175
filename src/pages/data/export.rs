//! Saving the ledger as a file: all of it, what is new, what some units have, or the reviews of one.

use lean::prelude::*;
use tracker::exchange::{Selection, Sent, select, units};
use tracker::ledger::Ledger;

use super::exported;
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::{Tr, moment};
use crate::platform::page;
use crate::state::transfer::Part;
use crate::state::{App, Command, use_app};

/// What the file is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    All,
    New,
    Units,
    Reviews,
}

const CHOICES: [Choice; 4] = [Choice::All, Choice::New, Choice::Units, Choice::Reviews];

/// The units that files can be made of, and how many updates each would hold.
type Units = Vec<(String, usize)>;

/// What the ledger has that can be chosen from.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stock {
    all: usize,
    /// When the last export was made, and what it did not hold.
    new: Option<(i64, usize)>,
    units: Units,
    reviewed: Units,
}

impl Stock {
    fn of(ledger: &Ledger, sent: Option<Sent>) -> Stock {
        Stock {
            all: ledger.len(),
            new: sent.map(|sent| (sent.at, select(ledger, Selection::Since(&sent)).len())),
            units: units(ledger, false),
            reviewed: units(ledger, true),
        }
    }

    /// Whether there is anything to choose there.
    fn offers(&self, choice: Choice) -> bool {
        match choice {
            Choice::All => true,
            Choice::New => self.new.is_some(),
            Choice::Units => self.units.len() > 1,
            Choice::Reviews => !self.reviewed.is_empty(),
        }
    }
}

/// The export.
#[component]
pub fn Export() -> impl IntoView {
    let app = use_app();
    let stock = Memo::new(move || {
        let sent = app.settings().with(|s| Sent::read(&s.sent));
        app.ledger().with(|ledger| Stock::of(ledger, sent))
    });
    let wanted = RwSignal::new(Choice::All);
    // What is not offered any more is not chosen.
    let choice = Memo::new(move || {
        let wanted = wanted.get();
        match stock.with(|stock| stock.offers(wanted)) {
            true => wanted,
            false => Choice::All,
        }
    });
    let ticked: RwSignal<Vec<String>> = RwSignal::new(Vec::new());
    let reviewed = RwSignal::new(String::new());
    let of = Memo::new(move || {
        let wanted = reviewed.get();
        stock.with(|stock| {
            let mut ids = stock.reviewed.iter().map(|(id, _)| id);
            let known = ids.clone().any(|id| *id == wanted);
            let first = ids.next().cloned().unwrap_or_default();
            if known { wanted } else { first }
        })
    });
    let tried = RwSignal::new(false);
    let fault = Memo::new(move || match (tried.get(), choice.get()) {
        (true, Choice::Units) if ticked.with(Vec::is_empty) => Some(Choice::Units),
        (true, Choice::New) if stock.with(|s| s.new.is_some_and(|new| new.1 == 0)) => {
            Some(Choice::New)
        }
        _ => None,
    });
    let export = move |_| {
        tried.set(true);
        if fault.get_untracked().is_some() {
            page::focus_soon("export-fault");
            return;
        }
        tried.set(false);
        app.dispatch(match choice.get_untracked() {
            Choice::All => Command::Export,
            Choice::New => Command::ExportPart(Part::New),
            Choice::Units => Command::ExportPart(Part::Units(ticked.get_untracked())),
            Choice::Reviews => Command::ExportPart(Part::Reviews(of.get_untracked())),
        });
    };
    let radio = move |one: Choice| {
        when(
            move || stock.with(|stock| stock.offers(one)),
            move || {
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="export-part"
                            prop:checked=move || choice.get() == one
                            on:change=move |_| {
                                tried.set(false);
                                wanted.set(one);
                            }
                        />
                        <span>{move || words(app, &stock.get(), one)}</span>
                    </label>
                }
            },
        )
    };
    let several = move || {
        stock.with(|stock| {
            CHOICES
                .iter()
                .filter(|choice| stock.offers(**choice))
                .count()
                > 1
        })
    };
    let is = move |wanted| move || choice.get() == wanted;
    view! {
        <section class="block" aria-labelledby="export-title">
            <h2 id="export-title">{app.says(Tr::export_title)}</h2>
            <p>{app.says(Tr::export_text)}</p>
            <p class="muted">{move || exported(app)}</p>
            {when(several, move || view! {
                <fieldset class="choices" role="radiogroup" aria-labelledby="export-part">
                    <legend id="export-part">{app.says(Tr::export_part)}</legend>
                    {CHOICES.map(radio).into_iter().collect_view()}
                </fieldset>
            })}
            {when(is(Choice::New), move || view! { <p class="muted">{app.says(Tr::export_new_hint)}</p> })}
            {when(is(Choice::Units), move || view! { <Ticks stock ticked /> })}
            {when(is(Choice::Reviews), move || view! { <Reviewed stock of reviewed /> })}
            <p id="export-fault" class="fault" role="alert" tabindex="-1">
                {move || match fault.get() {
                    Some(Choice::Units) => app.tr().export_fault_units(),
                    Some(_) => app.tr().export_fault_new(),
                    None => "",
                }}
            </p>
            <button type="button" class="button is-primary" on:click=export>
                <Icon glyph=Glyph::Download />
                {app.says(Tr::export_button)}
            </button>
        </section>
    }
}

/// A choice in words. Tracks the language.
fn words(app: App, stock: &Stock, choice: Choice) -> String {
    let tr = app.tr();
    match choice {
        Choice::All => tr.export_part_all(stock.all),
        Choice::New => {
            let (at, new) = stock.new.unwrap_or_default();
            tr.export_part_new(moment(at, app.offset_minutes(at)), new)
        }
        Choice::Units => tr.export_part_units().to_owned(),
        Choice::Reviews => tr.export_part_reviews().to_owned(),
    }
}

/// The units to choose from, each with how many updates it would add.
#[component]
fn Ticks(
    /// What there is.
    stock: Memo<Stock>,
    /// Those that are chosen.
    ticked: RwSignal<Vec<String>>,
) -> impl IntoView {
    let app = use_app();
    let tick = move |(id, count): (String, usize)| {
        let (key, own) = (id.clone(), id.clone());
        let toggle = move |_| {
            ticked.update(|all| match all.iter().position(|one| *one == key) {
                Some(at) => {
                    all.remove(at);
                }
                None => all.push(key.clone()),
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || ticked.with(|all| all.contains(&own))
                    on:change=toggle
                />
                <span>{move || app.tr().export_unit(unit_name(app, &id, app.lang()), count)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices is-many">
            <legend>{app.says(Tr::export_units)}</legend>
            {each(move || stock.with(|stock| stock.units.clone()), Clone::clone, tick)}
        </fieldset>
    }
}

/// The unit whose reviews the file is to carry.
#[component]
fn Reviewed(
    /// What there is.
    stock: Memo<Stock>,
    /// The unit that is chosen.
    of: Memo<String>,
    /// Takes another.
    reviewed: RwSignal<String>,
) -> impl IntoView {
    let app = use_app();
    let options = move || {
        let units = stock.with(|stock| stock.reviewed.clone()).into_iter();
        let options = units.map(|(id, count)| {
            let words = app.tr().export_unit(unit_name(app, &id, app.lang()), count);
            let selected = of.with(|of| *of == id);
            view! { <option value=id selected=selected>{words}</option> }
        });
        options.collect_view()
    };
    view! {
        <div class="field">
            <label for="export-reviewed">{app.says(Tr::export_reviews_of)}</label>
            <select id="export-reviewed" on:change=move |ev| reviewed.set(event_target_value(&ev))>{options}</select>
        </div>
        <p class="muted">{app.says(Tr::export_reviews_hint)}</p>
    }
}
