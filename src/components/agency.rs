//! How agencies are named: short on cards, in full in the panel, with who they are today.

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::binding::{Basis, Binding};
use tracker::plan::{Agency, COUNTRY, Certainty, Task};
use tracker::text::{Lang, fold};

use crate::state::{App, table, use_app};

/// The full name of a unit on the as-of day, or the id where the plan does not know it.
pub fn unit_name(app: App, id: &str, lang: Lang) -> String {
    if id == COUNTRY {
        return app.tr().unit_country().to_owned();
    }
    app.plan.agency(id).map_or_else(
        || app.tr().unit_unknown(app.tr().named(id)),
        |a| a.name_on(app.asof()).get(lang).to_owned(),
    )
}

/// What an agency is found by, folded: names, short form, other spellings.
pub fn search_text(agency: &Agency, day: NaiveDate) -> String {
    let name = agency.name_on(day);
    let mut search = format!("{} {} {}", name.vi(), name.en(), agency.abbreviation);
    for alias in &agency.aliases {
        search.push(' ');
        search.push_str(alias);
    }
    fold(&search)
}

/// The short form of an agency, as cards show it: its abbreviation, which ministries go by in
/// both languages; provinces and collectives have an English name instead.
pub fn short_name(app: App, id: &str) -> String {
    table::short_name(app.plan, id, app.lang(), app.asof())
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
    move || {
        let short = short_name(app, &id);
        let full = unit_name(app, &id, app.lang());
        if full == short {
            return short.clone().into_view();
        }
        view! {
            <abbr title=full.clone()>
                <span aria-hidden="true">{short.clone()}</span>
                <span class="visually-hidden">{full.clone()}</span>
            </abbr>
        }
        .into_view()
    }
}

/// An agency as its document names it in a task, and who answers for it on the as-of day.
#[component]
pub fn NamedAgency(
    /// The agency.
    agency: &'static Agency,
    /// The task that names it.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    view! {
        <span class="agency">
            {move || agency.name.get(app.lang())}
            {move || {
                let now = now(app, agency, task)?;
                Some(view! { " " <span class="agency-now">{now}</span> })
            }}
        </span>
    }
}

/// What has become of the agency since the document: another name, successors, nothing.
pub fn now(app: App, agency: &'static Agency, task: &'static Task) -> Option<String> {
    let (tr, asof, lang) = (app.tr(), app.asof(), app.lang());
    if agency.is_collective() {
        return None;
    }
    if agency.exists_on(asof) {
        let today = agency.name_on(asof);
        return (*today != agency.name).then(|| tr.agency_now(today.get(lang)));
    }
    let heirs = app.plan.heirs(task, &agency.id, asof);
    let names: Vec<String> = heirs
        .iter()
        .map(|heir| unit_name(app, &heir.agency, lang))
        .collect();
    match names.as_slice() {
        [] if agency.valid_from.is_some_and(|from| asof < from) => None,
        [] => Some(tr.agency_gone().to_owned()),
        names if heirs.iter().all(|h| h.certainty == Certainty::Verified) => {
            Some(tr.agency_now(names.join("; ")))
        }
        names => Some(tr.agency_perhaps(names.join("; "))),
    }
}
