//! The consolidation desk: many units' files beside each other, and what merging them would do.
//!
//! Nothing that is chosen here changes the ledger before "Gộp". What lies on the desk is
//! `state/desk.rs`; what is found in it, `tracker::desk`. What is looked at stands in the address
//! (one [`Wish`] under [`Opt::Desk`]).
//!
//! - here: the page, and the ways to look at it.

use lean::prelude::*;

use super::scorecard::Wish;
use crate::i18n::Tr;
use crate::route::{Address, Opt, Page};
use crate::state::{App, use_app};

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// A way to look at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The files, one by one.
    Files,
    /// Who has reported, and who has not.
    Who,
    /// What merging would change.
    Changes,
    /// What was recorded differently in several places.
    Conflicts,
    /// Two of the files side by side.
    Compare,
}

impl Look {
    /// Every way, in the order of its links; the first is the page's own.
    const ALL: &[Look] = &[
        Look::Files,
        Look::Who,
        Look::Changes,
        Look::Conflicts,
        Look::Compare,
    ];

    /// Its word in addresses, and its name.
    fn words(self) -> (&'static str, Word) {
        match self {
            Look::Files => ("", Tr::desk_files),
            Look::Who => ("who", Tr::desk_who),
            Look::Changes => ("changes", Tr::desk_changes),
            Look::Conflicts => ("conflicts", Tr::desk_conflicts),
            Look::Compare => ("compare", Tr::desk_compare),
        }
    }

    /// The way that the address names. Tracks it.
    fn now(app: App) -> Look {
        let wish = Wish::of(app, Opt::Desk);
        let all = Look::ALL.iter().copied();
        let mut named = all.filter(|look| look.words().0 == wish.word());
        named.next().unwrap_or(Look::Files)
    }

    /// What is drawn of it.
    fn view(self) -> View {
        View::Nothing
    }
}

/// The desk.
#[component]
pub fn Desk() -> impl IntoView {
    let app = use_app();
    let look = Memo::new(move || Look::now(app));
    view! {
        <div class="page is-full">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_consolidate)}</h1>
                <ul class="looks" aria-label=app.says(Tr::desk_looks)>
                    {Look::ALL.iter().map(|one| way(app, look, *one)).collect_view()}
                </ul>
            </header>
            {move || look.get().view()}
        </div>
    }
}

/// The link to a way to look at the desk.
fn way(app: App, now: Memo<Look>, look: Look) -> View {
    let href = move || {
        let mut view = app.view();
        view.set_option(Opt::Desk, look.words().0);
        let page = Page::Consolidate;
        Address { page, view }.on(Page::Consolidate).href()
    };
    view! {
        <li>
            <a
                class="button is-small"
                href=href
                aria-current=move || (now.get() == look).then_some("true")
            >
                {app.says(look.words().1)}
            </a>
        </li>
    }
}
