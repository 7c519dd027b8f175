//! The timeline: the tasks of the view on a scale of months.

use lean::prelude::*;

use crate::i18n::Tr;
use crate::state::use_app;

/// The timeline: the tasks of the view on a scale of months.
#[component]
pub fn Timeline() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_timeline)}</h1>
        </div>
    }
}
