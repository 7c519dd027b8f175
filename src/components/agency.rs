//! How agencies are named: short on cards, in full in the panel, with who they are today.

use leptos::prelude::*;
use tracker::binding::{Basis, Binding};
use tracker::plan::{Agency, COUNTRY, Certainty};
use tracker::text::Lang;

use crate::state::{App, use_app};

/// The full name of a unit on the as-of day, or the id where the plan does not know it.
pub fn unit_name(app: App, id: &str, lang: Lang) -> String {
    if id == COUNTRY {
        return app.tr().unit_country().to_owned();
    }
    app.plan.agency(id).map_or_else(
        || app.tr().unit_unknown(id),
        |a| a.name_on(app.asof()).get(lang).to_owned(),
    )
}

/// The short form of an agency: its abbreviation, as cards show it.
pub fn short_name(app: App, id: &str) -> String {
    app.plan
        .agency(id)
        .map_or_else(|| id.to_owned(), |a| a.abbreviation.clone())
}

/// Why a task is in the unit's list, in a few words; empty when it is named.
pub fn basis_words(app: App, binding: &Binding) -> String {
    let tr = app.tr();
    match &binding.basis {
        Basis::Named => String::new(),
        Basis::Inherited {
            from,
            certainty: Certainty::Verified,
        } => tr.basis_inherited(short_name(app, from)),
        Basis::Inherited {
            from,
            certainty: Certainty::Suggested,
        } => tr.basis_suggested(short_name(app, from)),
        Basis::Collective { everyone: true, .. } => tr.basis_collective().to_owned(),
        Basis::Collective {
            everyone: false, ..
        } => tr.basis_concerned().to_owned(),
    }
}

/// The short form of an agency, with its full name for the pointer and for screen readers.
#[component]
pub fn ShortName(
    /// The agency's id.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let short = short_name(app, &id);
    move || {
        let full = unit_name(app, &id, app.lang());
        if full == short {
            return short.clone().into_any();
        }
        view! {
            <abbr title=full.clone()>
                <span aria-hidden="true">{short.clone()}</span>
                <span class="visually-hidden">{full.clone()}</span>
            </abbr>
        }
        .into_any()
    }
}

/// An agency as its document names it, and who it is on the as-of day.
#[component]
pub fn NamedAgency(
    /// The agency.
    agency: &'static Agency,
) -> impl IntoView {
    let app = use_app();
    let name = move || agency.name.get(app.lang()).to_owned();
    let now = move || {
        let (asof, lang) = (app.asof(), app.lang());
        if agency.is_collective() {
            return String::new();
        }
        if agency.exists_on(asof) {
            let today = agency.name_on(asof);
            if *today == agency.name {
                return String::new();
            }
            return app.tr().agency_now(today.get(lang));
        }
        let heirs: Vec<&str> = app
            .plan
            .today(agency, asof)
            .into_iter()
            .map(|heir| heir.name_on(asof).get(lang))
            .collect();
        match heirs.as_slice() {
            [] if agency.valid_from.is_some_and(|from| asof < from) => String::new(),
            [] => app.tr().agency_gone().to_owned(),
            heirs => app.tr().agency_now(heirs.join("; ")),
        }
    };
    view! {
        <span class="agency">
            {name}
            {move || {
                let now = now();
                (!now.is_empty()).then(|| view! { " " <span class="agency-now">{now}</span> })
            }}
        </span>
    }
}
