//! The frame around every page: navigation, and on paper a line that says what is printed.
//!
//! - `bar`: unit, day and search, and what concerns all pages;
//! - `notices`: messages.

mod bar;
mod notices;

use lean::prelude::*;
use tracker::date::format_date;
use tracker::filter::tokens;

use self::bar::Bar;
use self::notices::Notices;
use super::agency::unit_name;
use super::icon::{Glyph, Icon};
use super::shortcuts::list::{Shortcuts, open_list};
use crate::i18n::Tr;
use crate::platform::page;
use crate::route::Page;
use crate::state::{App, Command, use_app};

/// The navigation, the bar, and the page in between.
#[component]
pub fn Frame(
    /// The open page.
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let wide = RwSignal::new(!page::matches(page::MEDIUM));
    // Kept as long as this frame is: another plan is drawn in another one.
    StoredValue::new(page::on_media_change(page::MEDIUM, move |medium| {
        wide.set(!medium)
    }));
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
            {when(move || app.printing() && app.is_whole(), || view! { <PrintHead /> })}
            <Bar />
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
        let other = app.has_opened_plan();
        let plan = other.then(|| app.plan.manifest().title.get(app.lang()));
        let plan = plan.map(|title| [title, " · "].concat());
        view! { <p>{tr.brand()} " · " {plan} {head}</p> {words.map(|w| view! { <p>{w}</p> })} }
    };
    view! { <div class="print-head">{lines}</div> }
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
        (Page::Agencies, Glyph::Agency, Tr::nav_agencies as Word),
        (
            Page::Indicators,
            Glyph::Indicator,
            Tr::nav_indicators as Word,
        ),
        (Page::Bottlenecks, Glyph::Flag, Tr::nav_bottlenecks),
        (Page::Consolidate, Glyph::Gather, Tr::nav_consolidate),
        (Page::Data, Glyph::Data, Tr::nav_data),
    ];
    let first = [
        (Page::Overview, Glyph::Overview, Tr::nav_overview as Word),
        (Page::Board, Glyph::Board, Tr::nav_board),
        (Page::Tasks, Glyph::Table, Tr::nav_tasks),
        (Page::Timeline, Glyph::Timeline, Tr::nav_timeline),
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
                        name=Signal::derive(|| Tr::rail_keys as Word)
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
            {move || {
                // Read out here: a component is not drawn anew by what it reads while it sets up.
                let glyph = glyph.get();
                view! { <Icon glyph /> }
            }}
            <span>{words}</span>
        </button>
    }
}

fn is_at(app: App, page: &Page) -> bool {
    match app.behind() {
        Page::Agency(_) => *page == Page::Agencies,
        Page::Indicator(_) => *page == Page::Indicators,
        open => open == *page,
    }
}
