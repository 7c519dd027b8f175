//! The bar: unit, as-of day and search; steps back and forth, how safe what was recorded is, language
//! and theme.

use lean::prelude::*;
use tracker::date::{format_date, parse_date};
use tracker::ledger::Way;
use tracker::text::Lang;

use super::Word;
use crate::components::icon::{Glyph, Icon};
use crate::components::safety;
use crate::components::search_box::SearchBox;
use crate::components::unit_choice::UnitChoice;
use crate::i18n::Tr;
use crate::platform::{Theme, page};
use crate::route::Page;
use crate::state::{Command, use_app};

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let app = use_app();
    view! {
        <header class="bar" inert=move || app.covered()>
            <Brand />
            {when(move || app.unit().is_some(), || view! { <Lens /> })}
            <div class="bar-end">
                <Step way=Way::Back />
                <Step way=Way::Forth />
                <div class="safety-place">{when(move || app.is_whole(), move || safety::meter(app))}</div>
                <Language />
                <ThemeSwitch />
            </div>
        </header>
    }
}

/// The name of the page, and the way to the overview.
#[component]
fn Brand() -> impl IntoView {
    let app = use_app();
    // Another plan stays open from one visit to the next, so every page says which it is.
    let title = move || app.plan.manifest().title.get(app.lang());
    let plan = app.has_opened_plan().then(|| {
        view! { <span class="brand-plan" title=title>{title}</span> }
    });
    view! {
        <a class="brand" href=move || app.href(Page::Overview)>
            <span class="brand-name">{app.says(Tr::brand)}</span>
            {plan}
        </a>
    }
}

/// Unit, as-of day and search: what every list depends on.
#[component]
fn Lens() -> impl IntoView {
    view! {
        <div class="view">
            <UnitChoice id="unit" label_hidden=true />
            <AsOf />
            <SearchBox />
        </div>
    }
}

/// The as-of day, as a text field that takes a Vietnamese date.
#[component]
fn AsOf() -> impl IntoView {
    let app = use_app();
    let wrong = RwSignal::new(false);
    let change = move |text: String| {
        if text.trim().is_empty() {
            wrong.set(false);
            app.dispatch(Command::JudgeBy(None));
            return;
        }
        match parse_date(&text) {
            Some(day) => {
                wrong.set(false);
                let today = untrack(|| app.today());
                app.dispatch(Command::JudgeBy(Some(day).filter(|d| *d != today)));
            }
            None => wrong.set(true),
        }
    };
    let past = move || app.asof() != app.today();
    view! {
        <div class="asof" class:is-past=past>
            <label for="asof">{app.says(Tr::asof_label)}</label>
            <input
                id="asof"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                size="10"
                prop:value=move || format_date(app.asof())
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby="asof-fault"
                on:change=move |ev| change(event_target_value(&ev))
            />
            {when(past, move || view! {
                <button
                    type="button"
                    class="button is-quiet is-small"
                    on:click=move |_| {
                        wrong.set(false);
                        app.dispatch(Command::JudgeBy(None));
                        page::focus("asof");
                    }
                >
                    {app.says(Tr::today)}
                </button>
            })}
            <p id="asof-fault" class="fault" role="alert">
                {move || if wrong.get() { app.tr().fault_date_unreadable() } else { "" }}
            </p>
        </div>
    }
}

/// The id of the button that goes a step that way.
pub fn step_id(way: Way) -> &'static str {
    match way {
        Way::Back => "step-back",
        Way::Forth => "step-forth",
    }
}

/// The button that takes the last step back, or does it again; it says which.
#[component]
fn Step(
    /// Back or forth.
    way: Way,
) -> impl IntoView {
    let app = use_app();
    let what = Memo::new(move || app.step(way));
    let name = move || app.tr().step(way, what.get());
    let (glyph, other) = match way {
        Way::Back => (Glyph::Undo, Way::Forth),
        Way::Forth => (Glyph::Redo, Way::Back),
    };
    let go = move |_| {
        app.dispatch(Command::Step(way));
        if what.with_untracked(Option::is_none) {
            page::focus_soon(step_id(other));
        }
    };
    view! {
        <button
            id=step_id(way)
            type="button"
            class="icon-button"
            aria-label=name
            title=name
            prop:disabled=move || what.with(Option::is_none)
            on:click=go
        >
            <Icon glyph />
        </button>
    }
}

/// The switch to the other language, named in that language.
#[component]
fn Language() -> impl IntoView {
    let app = use_app();
    let other = move || match app.lang() {
        Lang::Vi => Lang::En,
        Lang::En => Lang::Vi,
    };
    view! {
        <button
            type="button"
            class="language button is-quiet"
            lang=move || other().code()
            aria-label=app.says(Tr::language_switch)
            on:click=move |_| app.dispatch(Command::Speak(untrack(other)))
        >
            {app.says(Tr::language_code)}
        </button>
    }
}

/// The switch between light, dark and what the system has.
#[component]
fn ThemeSwitch() -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move || app.settings().with(|s| s.theme));
    let name = |theme| match theme {
        Theme::System => Tr::theme_system as Word,
        Theme::Light => Tr::theme_light,
        Theme::Dark => Tr::theme_dark,
    };
    let label = move || {
        let (tr, now) = (app.tr(), now.get());
        tr.theme_switch(name(now)(tr), name(now.next())(tr))
    };
    let glyph = move || match now.get() {
        Theme::System => Glyph::System,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
    };
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            title=label
            on:click=move |_| app.dispatch(Command::Dress(now.get_untracked().next()))
        >
            {move || {
                let glyph = glyph();
                view! { <Icon glyph /> }
            }}
        </button>
    }
}
