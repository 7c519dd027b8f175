//! The root of the page: sets up the state, listens to the outside, shows the open page.

use lean::prelude::*;
use tracker::plan::Plan;

use crate::components::agency::unit_name;
use crate::components::frame::Frame;
use crate::components::shortcuts;
use crate::i18n::Tr;
use crate::pages::board::Board;
use crate::pages::later;
use crate::pages::start::Start;
use crate::platform::rest::{self, Extent};
use crate::platform::{Platform, address, page};
use crate::route::{Address, Page};
use crate::state::{App, Command};

/// How often the calendar day is looked at, in milliseconds: a page stays open overnight.
const CLOCK_MS: i32 = 60_000;

/// What stands in the main part. An open task stands beside it, so that opening one leaves
/// the list where it is.
#[derive(Clone, PartialEq)]
enum Shown {
    /// The choice of a unit, before anything else.
    Start,
    /// A page.
    Page(Page),
}

/// The whole page.
#[component]
pub fn Root(
    /// The plan it bundles.
    plan: &'static Plan,
    /// The services of the browser.
    platform: Platform,
) -> impl IntoView {
    let app = App::new(plan, platform, Address::read(&address::hash()));
    listen(app);
    let is_ready = Memo::new(move || app.has_words() && !app.awaits_plan());
    // Everything shown is of one plan: with another one the page is drawn anew.
    move || {
        let app = app.on_plan(app.open_plan_signal());
        if is_ready.get() {
            view! { <OfPlan app /> }.into_view()
        } else {
            view! { <Waiting app /> }.into_view()
        }
    }
}

/// What is seen until the English words are there, or the plan that this browser keeps is open.
#[component]
fn Waiting(
    /// The state of the page.
    app: App,
) -> impl IntoView {
    let says = move || match app.extent() {
        _ if app.has_words() => app.tr().rest_coming(),
        Extent::Stuck => {
            "The rest of this page could not be loaded. Check the network and reload the page."
        }
        _ => "Opening…",
    };
    let lang = move || app.lang().code();
    view! { <main class="boot" lang=lang><p role="status">{says}</p></main> }
}

/// The whole page, of one plan.
#[component]
fn OfPlan(
    /// Its state.
    app: App,
) -> impl IntoView {
    provide_context(app);
    // Kept as long as this page is: what is at an address depends on the plan.
    StoredValue::new(address::on_change(move |hash| {
        app.dispatch(Command::Arrived(Address::read(&hash)));
    }));
    effect(move || page::set_lang(app.lang().code()));
    effect(move || page::set_theme(app.settings().with(|s| s.theme)));
    let shown = Memo::new(move || match (app.behind(), app.unit()) {
        // What lists tasks has to know whose, also behind a task.
        (Page::Overview | Page::Board | Page::Tasks | Page::Timeline, None) => Shown::Start,
        (page, _) => Shown::Page(page),
    });
    effect(move || page::set_title(&title(app)));
    // A new page starts at its heading, for readers of the screen as for those who hear it.
    let mut before = None;
    effect(move || {
        let now = Some(shown.get());
        if before.is_some() && before != now {
            page::scroll_to_top();
            page::focus_soon("page-title");
        }
        before = now;
    });
    let task = Memo::new(move || app.open_task());
    // However a task is closed, by Back as by Escape: what was in it had the focus.
    let mut opened = None;
    effect(move || {
        let now = task.get();
        if let (Some(id), None) = (opened.take(), &now) {
            page::catch_focus_soon(Address::of_task(id).href(), "page-title");
        }
        opened = now;
    });
    view! {
        <Frame>
            <div class="workspace" class:has-panel=move || task.with(Option::is_some)>
                <div class="workspace-main" inert=move || app.covered()>
                    {move || match shown.get() {
                        Shown::Start => view! { <Start /> }.into_view(),
                        Shown::Page(Page::Board | Page::Task(_)) => view! { <Board /> }.into_view(),
                        Shown::Page(page) => once_whole(app, || later::page(page)),
                    }}
                </div>
                {move || task.get().map(|id| once_whole(app, || later::task(id)))}
            </div>
        </Frame>
    }
}

/// What `draw` makes of the rest of the program, and until that is there, what is the matter.
/// Tracks it.
fn once_whole(app: App, draw: impl FnOnce() -> View) -> View {
    match app.extent() {
        Extent::Whole => draw(),
        Extent::First => {
            view! { <p class="empty" role="status">{app.says(Tr::rest_coming)}</p> }.into_view()
        }
        Extent::Stuck => view! {
            <div class="empty" role="alert">
                <p>{app.says(Tr::notice_stuck)}</p>
                <button type="button" class="button" on:click=move |_| page::reload()>{app.says(Tr::rest_reload)}</button>
            </div>
        }
        .into_view(),
    }
}

/// The title of the tab: what is open, then the name of the page.
fn title(app: App) -> String {
    let tr = app.tr();
    let open = match app.page() {
        Page::Overview => tr.nav_overview().to_owned(),
        Page::Board => tr.board_title().to_owned(),
        Page::Tasks => tr.nav_tasks().to_owned(),
        Page::Timeline => tr.nav_timeline().to_owned(),
        Page::Agencies => tr.nav_agencies().to_owned(),
        Page::Agency(id) => unit_name(app, &id, app.lang()),
        Page::Indicators => tr.nav_indicators().to_owned(),
        Page::Indicator(id) => match app.plan.indicator(&id) {
            Some(indicator) => indicator.name.get(app.lang()).to_owned(),
            None => tr.missing_title().to_owned(),
        },
        Page::Bottlenecks => tr.nav_bottlenecks().to_owned(),
        Page::Consolidate => tr.nav_consolidate().to_owned(),
        Page::Task(id) => app.plan.task(&id).map_or_else(
            || tr.named(&id),
            |task| task.title.get(app.lang()).to_owned(),
        ),
        Page::Data => tr.data_title().to_owned(),
        Page::Unknown(_) => tr.missing_title().to_owned(),
    };
    format!("{open} · {}", tr.brand())
}

/// News from outside, whichever plan is open: other tabs, the calendar, leaving with unsaved updates.
fn listen(app: App) {
    page::on_storage_change(move |change| {
        app.dispatch(Command::Heard {
            key: change.key,
            value: change.new_value,
        });
    })
    .forever();
    page::on_media_change(page::NARROW, move |narrow| {
        app.dispatch(Command::Resized { narrow })
    })
    .forever();
    for listener in page::on_printing(move |printing| app.dispatch(Command::Print(printing))) {
        listener.forever();
    }
    for listener in rest::on_news(move |extent| app.dispatch(Command::Grown(extent))) {
        listener.forever();
    }
    let whole = Memo::new(move || app.is_whole());
    effect(move || {
        if whole.get() {
            untrack(|| shortcuts::act::listen(app));
        }
    });
    page::every(CLOCK_MS, move || app.dispatch(Command::LookAtTheClock));
    page::on_leaving(move || app.is_unsafe_to_leave()).forever();
}

/// Shown instead of the page when the bundled plan is broken, which a release never is.
#[component]
pub fn BrokenPlan(
    /// Every fault, naming file, id and field.
    faults: Vec<String>,
) -> impl IntoView {
    view! {
        <main class="empty">
            <h1>"Bộ nhiệm vụ bị lỗi"</h1>
            <p lang="en">"The bundled plan is broken."</p>
            <ul>{faults.into_iter().map(|f| view! { <li>{f}</li> }).collect_view()}</ul>
        </main>
    }
}
