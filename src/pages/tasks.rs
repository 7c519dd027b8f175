//! The table: the tasks of the view, row by row.

use lean::prelude::*;

use crate::i18n::Tr;
use crate::state::use_app;

/// The table: the tasks of the view, row by row.
#[component]
pub fn Tasks() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_tasks)}</h1>
        </div>
    }
}
