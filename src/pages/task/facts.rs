//! Everything the plan says of a task: who, by when, what, where it is written.

use lean::prelude::*;
use tracker::binding::{Basis, Role};
use tracker::date::{DeadlineKind, format_date};
use tracker::indicator::{published, worded};
use tracker::plan::{Certainty, Indicator, LeadBasis, Task};

use super::standing;
use crate::components::agency::{NamedAgency, short_name, unit_name};
use crate::components::indicator::{target, timing};
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::{App, Unit, use_app};

/// Roles, deadline, deliverable and source of a task.
#[component]
pub fn Facts(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    view! {
        <section class="panel-part" aria-label=app.says(Tr::facts_title)>
            <OurRole task />
            <dl class="facts">
                <dt>{app.says(Tr::role_lead)}</dt>
                <dd>
                    <Agencies ids=&task.leads task />
                    {move || lead_basis(app, task).map(|words| view! { <p class="fact-note">{words}</p> })}
                    {move || inheritance(app, task)}
                </dd>
                <dt>{app.says(Tr::role_coordinator)}</dt>
                <dd>
                    <Agencies ids=&task.coordinators task />
                </dd>
                <dt>{app.says(Tr::task_deadline)}</dt>
                <dd>{move || deadline(app, task)}</dd>
                <dt>{app.says(Tr::task_deliverable)}</dt>
                <dd>
                    {move || match &task.deliverable {
                        Some(text) => text.get(app.lang()).to_owned(),
                        None => app.tr().facts_deliverable_none().to_owned(),
                    }}
                </dd>
                <dt>{app.says(Tr::facts_topic)}</dt>
                <dd>{move || app.plan.topic(&task.topic).map(|t| t.name.get(app.lang()))}</dd>
                <dt>{app.says(Tr::facts_document)}</dt>
                <dd>{move || document(app, task)}</dd>
            </dl>
            {move || {
                task.source
                    .note
                    .as_ref()
                    .map(|note| {
                        view! {
                            <div class="source-note">
                                <h3>{app.tr().facts_note()}</h3>
                                <p>{note.get(app.lang()).to_owned()}</p>
                            </div>
                        }
                    })
            }}
        </section>
    }
}

/// The unit's own role, and on what basis.
#[component]
fn OurRole(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    move || {
        let Some(Unit::Agency(agency)) = app.unit() else {
            return None;
        };
        let tr = app.tr();
        let (asof, lang) = (app.asof(), app.lang());
        let name = agency.name_on(asof).get(lang);
        let words = match app.plan.binding(task, agency, asof) {
            None => tr.binding_none(name),
            Some(b) => {
                let role = match b.role {
                    Role::Lead => tr.binding_lead(name),
                    Role::Coordinator => tr.binding_coordinator(name),
                };
                let basis = match b.basis {
                    Basis::Named => tr.binding_named().to_owned(),
                    Basis::Inherited {
                        from,
                        certainty: Certainty::Verified,
                    } => tr.binding_inherited(unit_name(app, &from, lang)),
                    Basis::Inherited {
                        from,
                        certainty: Certainty::Suggested,
                    } => tr.binding_suggested(unit_name(app, &from, lang)),
                    Basis::Collective { id, everyone: true } => {
                        tr.binding_collective(unit_name(app, &id, lang))
                    }
                    Basis::Collective {
                        id,
                        everyone: false,
                    } => tr.binding_concerned(unit_name(app, &id, lang)),
                };
                format!("{role} {basis}")
            }
        };
        Some(view! { <p class="our-role">{words}</p> })
    }
}

#[component]
fn Agencies(
    /// Ids of agencies or collectives.
    ids: &'static [String],
    /// The task that names them.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    if ids.is_empty() {
        return view! { <span class="muted">{app.says(Tr::facts_nobody)}</span> }.into_view();
    }
    let items = ids
        .iter()
        .filter_map(|id| app.plan.agency(id))
        .map(|agency| {
            view! { <li><NamedAgency agency task /></li> }
        });
    view! { <ul class="plain-list">{items.collect_view()}</ul> }.into_view()
}

fn lead_basis(app: App, task: &Task) -> Option<&'static str> {
    match task.lead_basis {
        LeadBasis::Named => None,
        LeadBasis::Context => Some(app.tr().lead_context()),
        LeadBasis::Addressees => Some(app.tr().lead_addressees()),
        LeadBasis::None => Some(app.tr().lead_none()),
    }
}

/// Who answers for the task since its lead changed, where the plan says so of this very task.
fn inheritance(app: App, task: &'static Task) -> impl IntoView {
    let lang = app.lang();
    let lines: Vec<String> = task
        .inherited
        .iter()
        .map(|i| {
            let to: Vec<String> = i.to.iter().map(|id| unit_name(app, id, lang)).collect();
            let (to, from) = (to.join(", "), short_name(app, &i.from));
            let function = i.function.get(lang);
            match i.certainty {
                Certainty::Verified => app.tr().inherited_verified(function, from, to),
                Certainty::Suggested => app.tr().inherited_suggested(function, from, to),
            }
        })
        .collect();
    lines
        .into_iter()
        .map(|line| view! { <p class="fact-note">{line}</p> })
        .collect_view()
}

/// The deadline as printed, the due date, an extension, and how far it is.
fn deadline(app: App, task: &'static Task) -> impl IntoView {
    let tr = app.tr();
    let standing = standing(app, task);
    let printed = tr.deadline(task.deadline);
    let explained = match (task.deadline.kind, task.deadline.due()) {
        (DeadlineKind::By, Some(due)) => {
            let distance = (!standing.bucket.is_completed())
                .then(|| tr.distance(standing.due.unwrap_or(due), app.asof()));
            let due_words = tr.facts_due(format_date(due));
            let extended = standing
                .due
                .filter(|d| *d != due)
                .map(|d| tr.facts_extended(format_date(d)));
            let parts: Vec<String> = [Some(due_words), extended, distance]
                .into_iter()
                .flatten()
                .collect();
            parts.join(" · ")
        }
        (DeadlineKind::From, _) => tr.facts_from_explained().to_owned(),
        (DeadlineKind::Ongoing, _) => tr.facts_ongoing_explained().to_owned(),
        (DeadlineKind::PerDocument, _) => tr.facts_per_document_explained().to_owned(),
        _ => tr.facts_none_explained().to_owned(),
    };
    view! {
        <strong>{printed}</strong>
        <p class="fact-note">{explained}</p>
    }
}

fn document(app: App, task: &'static Task) -> impl IntoView {
    let lang = app.lang();
    let document = app.plan.document(&task.document)?;
    let date = document.date.map(|d| d.label(lang));
    let head = match date {
        Some(date) => app.tr().facts_document_dated(&document.number, date),
        None => document.number.clone(),
    };
    Some(view! {
        <strong>{head}</strong>
        <p class="fact-note">{document.gist.get(lang)}</p>
        <p class="fact-note">{task.source.section.get(lang)}</p>
    })
}

/// Indicators that measure the task and bottlenecks it answers.
#[component]
pub fn Related(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let indicators: Vec<&Indicator> = task
        .indicators
        .iter()
        .filter_map(|id| app.plan.indicator(id))
        .collect();
    let bottlenecks: Vec<_> = task
        .bottlenecks
        .iter()
        .filter_map(|id| app.plan.bottleneck(id))
        .collect();
    let measured = (!indicators.is_empty()).then(|| {
        view! {
            <h3>{app.says(Tr::facts_indicators)}</h3>
            <ul class="related">
                {indicators.into_iter().map(|i| view! { <li>{move || indicator(app, i)}</li> }).collect_view()}
            </ul>
        }
    });
    let answered = (!bottlenecks.is_empty()).then(|| {
        let items = bottlenecks
            .into_iter()
            .map(|b| view! { <li>{move || b.title.get(app.lang())}</li> });
        view! {
            <h3>{app.says(Tr::facts_bottlenecks)}</h3>
            <p class="fact-note">{app.says(Tr::facts_bottlenecks_judged)}</p>
            <ul class="related">{items.collect_view()}</ul>
        }
    });
    (measured.is_some() || answered.is_some()).then(|| {
        view! {
            <section class="panel-part" aria-label=app.says(Tr::facts_related)>
                {measured}
                {answered}
            </section>
        }
    })
}

/// An indicator with its target and its newest published figure, as the way to its page.
fn indicator(app: App, indicator: &'static Indicator) -> impl IntoView {
    let (tr, lang) = (app.tr(), app.lang());
    let target = target(tr, indicator).map(|amount| {
        let when = match indicator.target.as_ref().and_then(|t| t.period) {
            Some(_) => [" · ", &timing(tr, indicator)].concat(),
            None => String::new(),
        };
        tr.target([amount, when].concat())
    });
    let seen = app.plan.observations_of(&indicator.id);
    let newest = seen.max_by_key(|o| o.date).map(|o| {
        let point = published(o);
        tr.observed(worded(&point, indicator, lang), o.date.label(lang))
    });
    view! {
        <a href=move || app.href(Page::Indicator(indicator.id.clone()))>{indicator.name.get(lang)}</a>
        {target.map(|t| view! { <p class="fact-note">{t}</p> })}
        {newest.map(|o| view! { <p class="fact-note">{o}</p> })}
    }
}
