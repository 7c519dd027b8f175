//! An address that leads nowhere, and the way back.

use lean::prelude::*;

use crate::i18n::Tr;
use crate::route::Page;
use crate::state::use_app;

/// Says that there is no such page and offers the board.
#[component]
pub fn Missing(
    /// The path that was asked for.
    path: String,
) -> impl IntoView {
    let app = use_app();
    view! {
        <section class="empty">
            <h1 id="page-title" tabindex="-1">{app.says(Tr::missing_title)}</h1>
            <p>{move || app.tr().missing_text(app.tr().named(&path))}</p>
            <p><a class="button is-primary" href=move || app.href(Page::Board)>{app.says(Tr::missing_board)}</a></p>
        </section>
    }
}
