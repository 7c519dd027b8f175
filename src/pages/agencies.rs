//! The agencies: what each leads, coordinates and inherited; and one agency by itself.

use lean::prelude::*;

use crate::components::agency::unit_name;
use crate::i18n::Tr;
use crate::state::use_app;

/// Every agency.
#[component]
pub fn Agencies() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_agencies)}</h1>
        </div>
    }
}

/// One agency.
#[component]
pub fn Agency(
    /// Its id, as it stands in the address.
    id: String,
) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">{move || unit_name(app, &id, app.lang())}</h1>
        </div>
    }
}
