//! Which plan is open, opening another from a file, and what hinders it.

use lean::prelude::*;
use tracker::plan::{BUNDLE, PackError, PackProblem};
use tracker::text::format_decimal;

use crate::components::icon::{Glyph, Icon};
use crate::components::refusal::chosen;
use crate::i18n::Tr;
use crate::platform::files::ReadError;
use crate::state::plans::{PlanFile, PlanState};
use crate::state::safety::why_words;
use crate::state::{App, Command, use_app};

/// Which plan is open, and opening another.
#[component]
pub fn OpenPlan() -> impl IntoView {
    let app = use_app();
    let open = move || {
        let plan = app.plan.manifest();
        let tasks = app.tr().count(app.plan.tasks().len());
        app.tr()
            .plan_open(plan.title.get(app.lang()), &plan.version, tasks)
    };
    let choose = move |ev: web_sys::Event| {
        if let Some(file) = chosen(&ev).into_iter().next() {
            app.dispatch(Command::OpenPlan(file));
        }
    };
    view! {
        <section class="block" aria-labelledby="plan-title">
            <h2 id="plan-title">{app.says(Tr::plan_title)}</h2>
            <p>{open}</p>
            <p class="muted">{app.says(Tr::plan_text)}</p>
            <div class="form-end">
                <div class="file-button button">
                    <Icon glyph=Glyph::Upload />
                    <label for="plan-file">{app.says(Tr::plan_label)}</label>
                    <input id="plan-file" type="file" accept=".json,application/json" on:change=choose />
                </div>
                {app.has_opened_plan().then(|| view! {
                    <button type="button" class="button" on:click=move |_| app.dispatch(Command::CloseOpenedPlan)>
                        {app.says(Tr::plan_back)}
                    </button>
                })}
            </div>
            <div role="status" class="previews">{move || app.plan_file().map(|file| plan_state(app, &file))}</div>
        </section>
    }
}

/// How many faults of a plan are listed.
const FAULTS_SHOWN: usize = 20;

/// What hinders a chosen plan.
fn plan_state(app: App, file: &PlanFile) -> View {
    let tr = app.tr();
    let name = &tr.named(&file.name);
    let name = name.as_str();
    let why = match &file.state {
        // How far it is stands above, in the one place for long work.
        PlanState::Reading => return View::Nothing,
        PlanState::Unread(ReadError::TooLarge { bytes, limit }) => {
            let size = |n: u64| format_decimal(n as f64 / (1024.0 * 1024.0), 1, app.lang());
            tr.refused_too_large(name, size(*bytes), size(*limit))
        }
        PlanState::Unread(ReadError::Unreadable(detail)) => {
            tr.refused_browser(name, tr.named(detail))
        }
        PlanState::Lost(error) => tr.plan_kept_lost(name, why_words(tr, error)),
        PlanState::Unfinished => tr.plan_kept_unfinished(name),
        PlanState::NotText => tr.plan_not_text(name),
        PlanState::Faulty(faults) => tr.plan_refused(name, faults.len()),
    };
    let faults: &[PackError] = match &file.state {
        PlanState::Faulty(faults) => faults,
        _ => &[],
    };
    let lines = faults.iter().take(FAULTS_SHOWN);
    let lines = lines.map(|fault| view! { <li>{plan_fault(app, name, fault)}</li> });
    let more = faults.len().saturating_sub(FAULTS_SHOWN);
    view! {
        <div class="preview is-refused">
            <p>{why}</p>
            <ul>
                {lines.collect_view()}
                {(more > 0).then(|| view! { <li>{tr.plan_more(more)}</li> })}
            </ul>
            <p>{tr.plan_stays()}</p>
            {file.kept.then(|| view! {
                <div class="form-end">
                    <button type="button" class="button" on:click=move |_| app.dispatch(Command::OpenKeptPlan)>
                        {tr.plan_again()}
                    </button>
                    <button type="button" class="button is-quiet" on:click=move |_| app.dispatch(Command::CloseOpenedPlan)>
                        {tr.plan_forget()}
                    </button>
                </div>
            })}
        </div>
    }
    .into_view()
}

/// One fault of a plan: in which file of it, at which entry and field, and what it is.
fn plan_fault(app: App, name: &str, fault: &PackError) -> String {
    let tr = app.tr();
    let mut place = match fault.file {
        BUNDLE => name.to_owned(),
        file => file.to_owned(),
    };
    if !fault.id.is_empty() {
        place.push_str(", ");
        place.push_str(&tr.named(&fault.id));
    }
    if !fault.field.is_empty() {
        place = tr.plan_field(place, fault.field);
    }
    match &fault.problem {
        PackProblem::Unreadable { detail } => tr.plan_unreadable(place, tr.named(detail)),
        PackProblem::DuplicateId => tr.plan_duplicate(place),
        PackProblem::UnknownId { id } => tr.plan_unknown(place, tr.named(id)),
        PackProblem::BadPeriod => tr.plan_period(place),
        PackProblem::BadText => tr.plan_bad_text(place),
        PackProblem::BadMembers => tr.plan_members(place),
    }
}
