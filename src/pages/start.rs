//! The first visit: whose tasks are these?

use lean::prelude::*;
use tracker::plan::COUNTRY;

use crate::components::unit_choice::UnitChoice;
use crate::i18n::Tr;
use crate::state::{Command, use_app};

/// Asks for the agency, or the whole country, and says what the page is.
#[component]
pub fn Start() -> impl IntoView {
    let app = use_app();
    view! {
        <section class="start" aria-labelledby="page-title">
            <h1 id="page-title" tabindex="-1">{app.says(Tr::start_title)}</h1>
            <p class="lead">{move || app.tr().start_text(app.plan.tasks().len())}</p>
            <div class="start-choice">
                <UnitChoice id="start-unit" label_hidden=false />
            </div>
            <p class="start-or">{app.says(Tr::start_or)}</p>
            <button
                type="button"
                class="button"
                on:click=move |_| app.dispatch(Command::ChooseUnit(COUNTRY.to_owned()))
            >
                {app.says(Tr::start_country)}
            </button>
            <ul class="start-facts">
                <li>{app.says(Tr::start_fact_device)}</li>
                <li>{app.says(Tr::start_fact_files)}</li>
                <li>{app.says(Tr::start_fact_sources)}</li>
            </ul>
        </section>
    }
}
