//! The agencies: what each has in hand, and how they compare.
//!
//! - here: the page, and the ways to look at it;
//! - [`counts`]: how many tasks each has in hand, and why; what is counted is in `tracker::holdings`;
//! - [`scorecard`](super::scorecard): the ranking, two days side by side, the heat map;
//! - [`one`]: one agency by itself, with its history.

mod counts;
pub mod one;

use lean::prelude::*;
use tracker::holdings::{Column, query};
use tracker::plan::Agency;

use super::scorecard::{Look, Scorecard, Wish};
use crate::i18n::Tr;
use crate::route::{Address, Opt, Page};
use crate::state::{App, use_app};

use counts::Counts;

/// Every agency.
#[component]
pub fn Agencies() -> impl IntoView {
    let app = use_app();
    let look = Memo::new(move || Wish::now(app).look());
    // What may open below or above its table needs the page to scroll.
    let is_full = move || matches!(look.get(), None | Some(Look::Heat));
    view! {
        <div class="page" class:is-full=is_full>
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_agencies)}</h1>
                <ul class="looks" aria-label=app.says(Tr::score_looks)>
                    {way(app, look, None)}
                    {Look::ALL.into_iter().map(|one| way(app, look, Some(one))).collect_view()}
                </ul>
            </header>
            {move || match look.get() {
                None => view! { <Counts /> }.into_view(),
                Some(look) => view! { <Scorecard look /> }.into_view(),
            }}
        </div>
    }
}

/// The link to a way to look at the agencies.
fn way(app: App, now: Memo<Option<Look>>, look: Option<Look>) -> View {
    let href = move || {
        let text = look.map(|look| Wish::now(app).seen_as(look));
        let mut view = app.view();
        view.set_option(Opt::Matrix, &text.unwrap_or_default());
        let page = Page::Agencies;
        Address { page, view }.on(Page::Agencies).href()
    };
    let name = look.map_or(Tr::score_counts as fn(Tr) -> &'static str, Look::name);
    view! {
        <li>
            <a
                class="button is-small"
                href=href
                aria-current=move || (now.get() == look).then_some("true")
            >
                {app.says(name)}
            </a>
        </li>
    }
}

/// The link to the list of exactly those tasks of `agency` that `column` counts. Tracks the address.
fn list_href(app: App, agency: &Agency, column: &Column) -> String {
    let (unit, q) = query(agency, column);
    let mut view = app.view();
    view.unit = Some(unit.to_owned());
    view.q = q;
    let page = Page::Agencies;
    Address { page, view }.on(LIST).href()
}

/// The page that shows the tasks behind a number.
const LIST: Page = Page::Tasks;
