//! The bottlenecks, and the tasks that answer them.

use lean::prelude::*;

use crate::i18n::Tr;
use crate::state::use_app;

/// The bottlenecks, and the tasks that answer them.
#[component]
pub fn Bottlenecks() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_bottlenecks)}</h1>
        </div>
    }
}
