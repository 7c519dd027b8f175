//! The root of the page: sets up the state, listens to the outside, shows the open page.

use lean::prelude::*;
use tracker::plan::Plan;

use crate::components::frame::Frame;
use crate::pages::board::Board;
use crate::pages::data::Data;
use crate::pages::missing::Missing;
use crate::pages::start::Start;
use crate::platform::{Platform, page};
use crate::route::{Address, Page};
use crate::state::{App, Command};

/// How often the calendar day is looked at, in milliseconds: a page stays open overnight.
const CLOCK_MS: i32 = 60_000;

/// Which page stands in the main part. The board and a task share one, so that opening a
/// task leaves the list where it is.
#[derive(Clone, PartialEq)]
enum Shown {
    Start,
    Board,
    Data,
    Missing(String),
}

/// The whole page.
#[component]
pub fn Root(
    /// The plan it bundles.
    plan: &'static Plan,
    /// The services of the browser.
    platform: Platform,
) -> impl IntoView {
    let app = App::new(plan, platform, Address::read(&page::hash()));
    provide_context(app);
    listen(app);
    effect(move || page::set_lang(app.lang().code()));
    let shown = Memo::new(move || match (app.page(), app.unit()) {
        (Page::Overview | Page::Board, None) => Shown::Start,
        (Page::Overview | Page::Board | Page::Task(_), _) => Shown::Board,
        (Page::Data, _) => Shown::Data,
        (Page::Unknown(path), _) => Shown::Missing(path),
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
    view! {
        <Frame>
            {move || match shown.get() {
                Shown::Start => view! { <Start /> }.into_view(),
                Shown::Board => view! { <Board /> }.into_view(),
                Shown::Data => view! { <Data /> }.into_view(),
                Shown::Missing(path) => view! { <Missing path /> }.into_view(),
            }}
        </Frame>
    }
}

/// The title of the tab: what is open, then the name of the page.
fn title(app: App) -> String {
    let tr = app.tr();
    let open = match app.page() {
        Page::Overview | Page::Board => tr.board_title().to_owned(),
        Page::Task(id) => app
            .plan
            .task(&id)
            .map_or(id, |task| task.title.get(app.lang()).to_owned()),
        Page::Data => tr.data_title().to_owned(),
        Page::Unknown(_) => tr.missing_title().to_owned(),
    };
    format!("{open} · {}", tr.brand())
}

/// News from outside: the address, other tabs, the calendar, leaving with unsaved updates.
fn listen(app: App) {
    page::on_hash_change(move |hash| app.dispatch(Command::Arrived(Address::read(&hash))))
        .forever();
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
    page::every(CLOCK_MS, move || app.dispatch(Command::LookAtTheClock));
    page::on_leaving(move || app.unsaved().with_untracked(|u| !u.is_empty())).forever();
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
