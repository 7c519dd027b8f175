//! The frame around every page: navigation, the bar with unit, day and search, messages; on paper
//! a line that says what is printed.

use lean::prelude::*;
use tracker::date::{format_date, parse_date};
use tracker::filter::tokens;
use tracker::ledger::Way;
use tracker::text::Lang;

use super::agency::unit_name;
use super::icon::{Glyph, Icon};
use super::search_box::SearchBox;
use super::shortcuts::list::{Shortcuts, open_list};
use super::unit_choice::UnitChoice;
use crate::i18n::Tr;
use crate::platform::{Theme, page};
use crate::route::Page;
use crate::state::{App, Command, Notice, Weight, use_app};

/// The navigation, the bar, and the page in between.
#[component]
pub fn Frame(
    /// The open page.
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let wide = RwSignal::new(!page::matches(page::MEDIUM));
    let listener = page::on_media_change(page::MEDIUM, move |medium| wide.set(!medium));
    listener.forever();
    let folded = Memo::new(move || {
        let chosen = app.settings().with(|s| s.rail_folded);
        chosen.unwrap_or(!wide.get())
    });
    view! {
        <a
            class="skip-link"
            href="#main"
            on:click=move |ev| {
                // The hash is the address of the page, so the jump is made by hand.
                ev.prevent_default();
                page::focus("main");
            }
        >
            {app.says(Tr::skip)}
        </a>
        <div class="frame" class:is-folded=move || folded.get()>
            {when(move || app.printing(), || view! { <PrintHead /> })}
            <header class="bar" inert=move || app.covered()>
                <Brand />
                {when(move || app.unit().is_some(), || view! { <Lens /> })}
                <div class="bar-end">
                    <Step way=Way::Back />
                    <Step way=Way::Forth />
                    <Safety />
                    <Language />
                    <ThemeSwitch />
                </div>
            </header>
            <Navigation folded />
            <main id="main" class="main" tabindex="-1">
                {children()}
            </main>
            <Notices />
        </div>
        {when(move || app.is_whole(), || view! { <Shortcuts /> })}
    }
}

/// What stands above a printed page: whose tasks, as of which day, printed when.
#[component]
fn PrintHead() -> impl IntoView {
    let app = use_app();
    let lines = move || {
        let (tr, day) = (app.tr(), format_date(app.asof()));
        let unit = app.unit().map(|u| unit_name(app, u.id(), app.lang()));
        let head = tr.print_head(unit.unwrap_or_default(), day, format_date(app.today()));
        let q = app.view().q;
        // The filters are printed with the list, as they are shown.
        let words = tokens(&q).into_iter().filter(|t| t.key.is_none());
        let words: Vec<&str> = words.filter_map(|t| q.get(t.span)).collect();
        let words = (!words.is_empty()).then(|| tr.print_words(words.join(" ")));
        view! { <p>{tr.brand()} " · " {head}</p> {words.map(|w| view! { <p>{w}</p> })} }
    };
    view! { <div class="print-head">{lines}</div> }
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
            {move || view! { <Icon glyph=glyph() /> }}
        </button>
    }
}

#[component]
fn Brand() -> impl IntoView {
    let app = use_app();
    view! {
        <a class="brand" href=move || app.href(Page::Board)>
            <span class="brand-name">{app.says(Tr::brand)}</span>
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
fn step_id(way: Way) -> &'static str {
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

/// How safe what was recorded is.
#[derive(Clone, Copy, PartialEq)]
enum Safe {
    Unsaved(usize),
    Fault,
    Aside,
    Pending(usize),
    Saved,
}

impl Safe {
    fn now(app: App) -> Safe {
        match (app.unsaved().with(Vec::len), app.unexported()) {
            (unsaved @ 1.., _) => Safe::Unsaved(unsaved),
            _ if app.storage_fault().with(Option::is_some) => Safe::Fault,
            _ if app.aside().with(|a| !a.is_empty()) => Safe::Aside,
            (_, pending @ 1..) => Safe::Pending(pending),
            _ => Safe::Saved,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Safe::Unsaved(_) | Safe::Fault | Safe::Aside => "safety is-alarm",
            Safe::Pending(_) => "safety is-pending",
            Safe::Saved => "safety is-safe",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Safe::Unsaved(_) | Safe::Fault | Safe::Aside => Glyph::Fault,
            Safe::Pending(_) => Glyph::Upload,
            Safe::Saved => Glyph::Check,
        }
    }

    fn words(self, tr: Tr) -> String {
        match self {
            Safe::Unsaved(n) => tr.safety_unsaved(n),
            Safe::Fault => tr.safety_fault().to_owned(),
            Safe::Aside => tr.safety_aside().to_owned(),
            Safe::Pending(n) => tr.safety_pending(n),
            Safe::Saved => tr.safety_saved().to_owned(),
        }
    }
}

/// Whether what was recorded is safe; always in view, and the way to the data page.
#[component]
fn Safety() -> impl IntoView {
    let app = use_app();
    let safe = Memo::new(move || Safe::now(app));
    let words = move || safe.get().words(app.tr());
    let short = move || match safe.get() {
        Safe::Unsaved(n) | Safe::Pending(n) => app.tr().count(n),
        _ => String::new(),
    };
    view! {
        <a class=move || safe.get().class() href=move || app.href(Page::Data) title=words>
            {move || view! { <Icon glyph=safe.get().glyph() /> }}
            <span class="safety-words">{words}</span>
            <span class="safety-short" aria-hidden="true">{short}</span>
        </a>
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
            aria-label=move || Tr(other()).language_switch()
            on:click=move |_| app.dispatch(Command::Speak(untrack(other)))
        >
            {move || Tr(other()).language_code()}
        </button>
    }
}

/// The pages. A narrow screen has room for the first few; a button opens the rest.
#[component]
fn Navigation(
    /// Whether wide screens show icons alone.
    folded: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let rest = [
        (Page::Bottlenecks, Glyph::Flag, Tr::nav_bottlenecks as Word),
        (Page::Data, Glyph::Data, Tr::nav_data),
    ];
    let first = [
        (Page::Board, Glyph::Board, Tr::nav_board as Word),
        (Page::Tasks, Glyph::Table, Tr::nav_tasks),
        (Page::Timeline, Glyph::Timeline, Tr::nav_timeline),
        (Page::Agencies, Glyph::Agency, Tr::nav_agencies),
    ];
    let in_rest = {
        let pages: Vec<Page> = rest.iter().map(|r| r.0.clone()).collect();
        move || pages.iter().any(|page| is_at(app, page))
    };
    let link = |(page, glyph, name)| view! { <NavLink page glyph name /> };
    view! {
        <nav
            class="rail"
            inert=move || app.covered()
            aria-label=app.says(Tr::nav_label)
            on:keydown=move |ev| {
                if ev.key() == "Escape" && open.get_untracked() {
                    open.set(false);
                    page::focus("nav-more");
                }
            }
        >
            {first.into_iter().map(link).collect_view()}
            <div id="nav-rest" class="rail-rest" class:is-open=move || open.get() on:click=move |_| open.set(false)>
                {rest.into_iter().map(link).collect_view()}
                <div class="rail-tools">
                    <Tool
                        glyph=Signal::derive(|| Glyph::Print)
                        name=Signal::derive(|| Tr::print_button as Word)
                        press=Callback::new(|()| page::print())
                    />
                    <Tool
                        glyph=Signal::derive(|| Glyph::Keyboard)
                        name=Signal::derive(|| Tr::keys_title as Word)
                        press=Callback::new(move |()| {
                            // Where the button is in a menu that closes, the focus returns to the menu's.
                            page::focus("nav-more");
                            if app.is_whole_now() {
                                open_list();
                            }
                        })
                    />
                    <div class="rail-fold">
                        <Tool
                            glyph=Signal::derive(move || if folded.get() { Glyph::Unfold } else { Glyph::Fold })
                            name=Signal::derive(move || if folded.get() { Tr::rail_unfold as Word } else { Tr::rail_fold })
                            press=Callback::new(move |()| app.dispatch(Command::FoldRail(!folded.get_untracked())))
                        />
                    </div>
                </div>
            </div>
            <button
                id="nav-more"
                type="button"
                class="rail-more"
                aria-controls="nav-rest"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-current=move || in_rest().then_some("true")
                on:click=move |_| open.update(|o| *o = !*o)
            >
                <Icon glyph=Glyph::More />
                <span>{app.says(Tr::nav_more)}</span>
            </button>
        </nav>
    }
}

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

#[component]
fn NavLink(
    /// Where it leads.
    page: Page,
    /// Its icon.
    glyph: Glyph,
    /// Its name.
    name: fn(Tr) -> &'static str,
) -> impl IntoView {
    let app = use_app();
    let target = page.clone();
    let here = move || is_at(app, &page);
    view! {
        <a
            href=move || app.href(target.clone())
            title=app.says(name)
            aria-current=move || here().then_some("page")
        >
            <Icon glyph />
            <span>{app.says(name)}</span>
        </a>
    }
}

/// A button below the pages.
#[component]
fn Tool(
    /// Its icon.
    glyph: Signal<Glyph>,
    /// Its name.
    name: Signal<Word>,
    /// What it does.
    press: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let words = move || name.get()(app.tr());
    view! {
        <button type="button" title=words on:click=move |_| press.run(())>
            {move || view! { <Icon glyph=glyph.get() /> }}
            <span>{words}</span>
        </button>
    }
}

fn is_at(app: App, page: &Page) -> bool {
    match app.behind() {
        Page::Overview => *page == Page::Board,
        Page::Agency(_) => *page == Page::Agencies,
        open => open == *page,
    }
}

/// Messages: announced as they come, with what can be done about them.
#[component]
fn Notices() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="notices" role="log" aria-live="polite" aria-label=app.says(Tr::notices)>
            {each(move || app.notices().get(), |n| n.number, |notice| view! { <Message notice /> })}
        </div>
    }
}

/// One message, with what can be done about it.
#[component]
fn Message(
    /// What it says.
    notice: Notice,
) -> impl IntoView {
    let app = use_app();
    let Notice {
        number,
        weight,
        text,
        undo,
    } = notice;
    let alarm = weight == Weight::Alarm;
    let glyph = if alarm { Glyph::Fault } else { Glyph::Check };
    let undo = (!undo.is_empty()).then(|| {
        view! {
            <button
                type="button"
                class="link-button"
                on:click=move |_| {
                    app.dispatch(Command::Dismiss(number));
                    app.dispatch(Command::Undo(undo.clone()));
                    // The button goes with its message.
                    page::focus_soon(if untrack(|| app.open_task().is_some()) {
                        "history-title"
                    } else {
                        step_id(Way::Forth)
                    });
                }
            >
                {app.says(Tr::undo)}
            </button>
        }
    });
    view! {
        <div class="notice" class:is-alarm=alarm>
            <Icon glyph />
            <p>{text}</p>
            {undo}
            <button
                type="button"
                class="icon-button"
                aria-label=app.says(Tr::notice_close)
                on:click=move |_| app.dispatch(Command::Dismiss(number))
            >
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
}
