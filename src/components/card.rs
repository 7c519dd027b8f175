//! A task as a card: what it is, whose, by when, where it stands. Only what exists is shown.

use std::sync::Arc;

use lean::prelude::*;
use tracker::binding::Role;
use tracker::status::{Bucket, Standing};

use super::agency::{ShortName, basis_words};
use super::icon::{Glyph, Icon};
use super::marked::Marked;
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::rows::Row;
use crate::state::{App, use_app};

/// Days before its due date from which a task counts as due soon.
const SOON_DAYS: i64 = 30;

/// Whether a task that is not completed falls due within the next [`SOON_DAYS`] days.
fn is_due_soon(app: App, standing: &Standing) -> bool {
    let open = matches!(
        standing.bucket,
        Bucket::NotStartedInTime | Bucket::InProgressInTime
    );
    open && standing
        .due
        .is_some_and(|due| (due - app.asof()).num_days() <= SOON_DAYS)
}

/// The word about time: how late, how soon, when completed. First the class it is styled by.
pub fn timing(app: App, standing: &Standing) -> Option<(&'static str, Glyph, String)> {
    let tr = app.tr();
    if let Some(on) = standing.completed_on {
        let glyph = super::icon::of_bucket(standing.bucket);
        let words = tr.card_completed_on(tracker::date::format_date(on));
        return Some(("completed", glyph, words));
    }
    let due = standing.due?;
    let words = tr.distance(due, app.asof());
    if standing.bucket.is_overdue() {
        Some(("overdue", Glyph::Overdue, words))
    } else if is_due_soon(app, standing) {
        Some(("soon", Glyph::Clock, words))
    } else {
        Some(("in-time", Glyph::Clock, words))
    }
}

/// A task as a card.
#[component]
pub fn Card(
    /// The task and where it stands.
    row: Arc<Row>,
    /// The id of what says how the card is used.
    help: &'static str,
    /// What can be done with it.
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let task = row.task(app.plan);
    let standing = row.standing.clone();
    let href = move || app.href(Page::Task(task.id.clone()));
    let open = move || app.page() == Page::Task(task.id.clone());
    let title = Signal::derive(move || task.title.get(app.lang()).to_owned());
    let time = {
        let standing = standing.clone();
        move || {
            timing(app, &standing).map(|(class, glyph, words)| {
                view! { <span class=format!("card-time is-{class}")><Icon glyph />{words}</span> }
            })
        }
    };
    let binding = row.binding.clone();
    let basis = move || {
        let binding = binding.as_ref()?;
        let role = (binding.role == Role::Coordinator).then(|| app.tr().role_coordinator());
        let why = basis_words(app, binding);
        (role.is_some() || !why.is_empty()).then(|| {
            view! {
                <p class="card-basis">
                    {role.map(|r| view! { <span class="tag">{r}</span> })}
                    {(!why.is_empty()).then(|| view! { <span class="tag is-soft">{why}</span> })}
                </p>
            }
        })
    };
    let due = move || {
        let words = match task.deadline.due() {
            Some(_) => standing.due.map(tracker::date::format_date),
            None => Some(app.tr().deadline(task.deadline)),
        };
        words.unwrap_or_default()
    };
    let extra = {
        let standing = row.standing.clone();
        move || marks(app, &standing)
    };
    view! {
        <article class="card" class:is-open=open>
            <p class="card-top">
                <span class="card-id">{task.id.clone()}</span>
                {time}
            </p>
            <h3 class="card-title">
                <a href=href draggable="false" aria-describedby=help aria-current=move || open().then_some("true")>
                    <Marked text=title />
                </a>
            </h3>
            <p class="card-facts">
                {leads(app, &task.leads)}
                {(!task.coordinators.is_empty())
                    .then(|| {
                        view! {
                            " "
                            <span>{move || app.tr().card_coordinators(task.coordinators.len())}</span>
                        }
                    })}
                " "
                <span class="card-due">{due}</span>
            </p>
            {basis}
            {extra}
            {children()}
        </article>
    }
}

/// The leads: the first by its short form, the rest as a number.
fn leads(app: App, leads: &'static [String]) -> impl IntoView {
    let more = leads.len().saturating_sub(1);
    match leads.first() {
        None => view! { <span>{app.says(Tr::card_no_lead)}</span> }.into_view(),
        Some(first) => view! {
            <span>
                <ShortName id=first.clone() />
                {(more > 0).then(|| format!(" +{more}"))}
                " "
                {app.says(Tr::card_leads)}
            </span>
        }
        .into_view(),
    }
}

/// What was recorded: progress, whether it was returned, share, blocker, notes, differing values.
fn marks(app: App, standing: &Standing) -> Option<impl IntoView + use<>> {
    let tr = app.tr();
    let share = standing.share.filter(|s| s.completed > 0).map(|s| {
        let words = tr.card_share(tr.count(s.completed), tr.count(s.bound));
        view! { <span class="card-mark">{words}</span> }
    });
    let progress = standing.progress.map(|percent| {
        view! {
            <span class="card-progress">
                <progress max="100" value=percent.to_string() aria-label=tr.field_progress()></progress>
                {format!("{percent}%")}
            </span>
        }
    });
    let blocked = standing.blocked.then(|| {
        view! { <span class="card-mark is-blocked"><Icon glyph=Glyph::Flag />{tr.card_blocked()}</span> }
    });
    let returned = standing.returned.then(|| {
        view! { <span class="card-mark is-returned"><Icon glyph=Glyph::Undo />{tr.word_returned()}</span> }
    });
    let notes = (standing.notes > 0).then(|| {
        let words = tr.card_notes(standing.notes);
        view! { <span class="card-mark"><Icon glyph=Glyph::Note />{words}</span> }
    });
    let differs = standing.differs.then(|| {
        view! { <span class="card-mark is-differing"><Icon glyph=Glyph::Differ />{tr.card_differs()}</span> }
    });
    let any = share.is_some()
        || progress.is_some()
        || blocked.is_some()
        || returned.is_some()
        || notes.is_some()
        || differs.is_some();
    any.then(
        || view! { <p class="card-marks">{progress}{returned}{share}{blocked}{notes}{differs}</p> },
    )
}
