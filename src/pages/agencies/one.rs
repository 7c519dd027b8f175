//! One agency: what it owes, what it inherited and from whom, and who is late in what it coordinates.

use std::sync::Arc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::binding::{Basis, Role};
use tracker::date::format_date;
use tracker::history::{Change, Turn};
use tracker::holdings::{Column, Group, by_name};
use tracker::plan::{self, AgencyKind, COUNTRY, Certainty, Task};
use tracker::sorting::positions;
use tracker::status::Party;

use super::list_href;
use crate::components::agency::{now, short_name, unit_name};
use crate::components::icon::{Glyph, Icon, of_bucket};
use crate::i18n::Tr;
use crate::route::Page;
use crate::state::rows::{Row, Rows, bound, standings};
use crate::state::{App, Unit, use_app};

/// One agency, or that there is none.
#[component]
pub fn Agency(
    /// Its id, as it stands in the address.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let body = match app.plan.agency(&id) {
        Some(agency) => view! { <Known agency /> }.into_view(),
        None => View::Nothing,
    };
    view! {
        <div class="page agency-page">
            <p><a href=move || app.href(Page::Agencies)>{app.says(Tr::agencies_all)}</a></p>
            <h1 id="page-title" tabindex="-1">{move || unit_name(app, &id, app.lang())}</h1>
            {body}
        </div>
    }
}

#[component]
fn Known(
    /// The agency.
    agency: &'static plan::Agency,
) -> impl IntoView {
    let app = use_app();
    let bound = Memo::new(move || bound(app.plan, Some(Unit::Agency(agency)), app.asof()));
    let rows: Memo<Rows> = Memo::new(move || {
        // A collective reports nothing itself: all whom the task waits for do.
        let unit = match agency.is_collective() {
            true => Unit::Country,
            false => Unit::Agency(agency),
        };
        let judge = |ledger: &_| {
            bound.with(|b| standings(app.plan, ledger, b, unit, app.asof(), &mut None))
        };
        app.seen().with(judge)
    });
    let count = move |wanted: &dyn Fn(&Row) -> bool| {
        let count = rows.with(|rows| rows.iter().filter(|row| wanted(row)).count());
        app.tr().count(count)
    };
    let summary = move || {
        app.tr().agencies_sum_one(
            count(&|row| is(row, Role::Lead)),
            count(&|row| is(row, Role::Coordinator)),
            count(&|row| row.standing.bucket.is_overdue()),
        )
    };
    let doubt = move || {
        let (tr, asof) = (app.tr(), app.asof());
        if agency.exists_on(asof) {
            return None;
        }
        let words = match agency.valid_to {
            Some(to) if to < asof => tr.agencies_past().to_owned(),
            _ => tr.agencies_not_yet(format_date(asof)),
        };
        Some(view! { <p class="hint">{words}</p> })
    };
    view! {
        <p class="page-sum" role="status">{summary}</p>
        {doubt}
        <section class="block" aria-label=app.says(Tr::agencies_facts)>
            {move || facts(app, agency)}
        </section>
        {move || history(app, agency)}
        {move || agency.is_collective().then(|| members(app, agency))}
        {move || part(app, agency, Role::Lead, &rows.get())}
        {move || part(app, agency, Role::Coordinator, &rows.get())}
        {move || rows.with(|rows| rows.is_empty())
            .then(|| view! { <p class="empty">{app.tr().agencies_none()}</p> })}
    }
}

fn is(row: &Row, role: Role) -> bool {
    row.binding.as_ref().is_some_and(|b| b.role == role)
}

/// Kind, names, dates, doubts.
fn facts(app: App, agency: &'static plan::Agency) -> View {
    let (tr, lang) = (app.tr(), app.lang());
    let existed = match (agency.valid_from, agency.valid_to) {
        (None, None) => tr.agencies_always().to_owned(),
        (Some(from), None) => tr.agencies_since(format_date(from)),
        (None, Some(to)) => tr.agencies_until(format_date(to)),
        (Some(from), Some(to)) => tr.agencies_between(format_date(from), format_date(to)),
    };
    let also: Vec<&str> = std::iter::once(&agency.abbreviation)
        .chain(agency.aliases.iter().filter(|a| **a != agency.abbreviation))
        .map(String::as_str)
        .collect();
    let parent = agency.parent.as_ref().and_then(|id| app.plan.agency(id));
    let fact = |name: &'static str, body: View| view! { <dt>{name}</dt> <dd>{body}</dd> };
    let facts = vec![
        fact(
            tr.agencies_kind(),
            kind_name(tr, agency.kind).to_owned().into_view(),
        ),
        fact(tr.agencies_also(), also.join(" · ").into_view()),
        (!agency.is_collective())
            .then(|| fact(tr.agencies_existed(), existed.into_view()))
            .into_view(),
        parent
            .map(|parent| {
                let name = parent.name_on(app.asof()).get(lang);
                fact(tr.agencies_parent(), link(app, parent, name.to_owned()))
            })
            .into_view(),
        agency
            .note
            .as_ref()
            .map(|note| fact(tr.agencies_note(), note.get(lang).to_owned().into_view()))
            .into_view(),
    ];
    view! { <dl class="facts">{facts}</dl> }
}

fn kind_name(tr: Tr, kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::Ministry => tr.agencies_is_ministry(),
        AgencyKind::Ministerial => tr.agencies_is_ministerial(),
        AgencyKind::GovernmentAttached => tr.agencies_is_government(),
        AgencyKind::Subordinate => tr.agencies_is_subordinate(),
        AgencyKind::Enterprise => tr.agencies_is_enterprise(),
        AgencyKind::Party => tr.agencies_is_party(),
        AgencyKind::Judicial => tr.agencies_is_judicial(),
        AgencyKind::Coordination => tr.agencies_is_coordination(),
        AgencyKind::Other => tr.agencies_is_other(),
        AgencyKind::Province => tr.agencies_is_province(),
        AgencyKind::Collective => tr.agencies_collectives(),
    }
}

/// The link to an agency's page.
fn link(app: App, agency: &'static plan::Agency, name: String) -> View {
    let href = move || app.href(Page::Agency(agency.id.clone()));
    view! { <a href=href>{name}</a> }
}

/// What happened to the agency, as sentences with their dates.
fn history(app: App, agency: &'static plan::Agency) -> Option<View> {
    let turns = app.plan.history(agency);
    let line = |turn: Turn<'static>| {
        view! {
            <li>
                <span class="muted">{format_date(turn.on)}</span>
                " "
                <span>{sentence(app, agency, turn)}</span>
            </li>
        }
    };
    (!turns.is_empty()).then(|| {
        view! {
            <section class="block" aria-labelledby="agency-history">
                <h2 id="agency-history">{app.tr().agencies_history()}</h2>
                <ol class="agency-history">{turns.into_iter().map(line).collect_view()}</ol>
            </section>
        }
    })
}

/// Stands in a sentence where a link belongs; those that follow stand for the links after it.
const MARK: u32 = 0xE000;

/// A change in words, with links to the others.
fn sentence(app: App, agency: &plan::Agency, turn: Turn<'static>) -> View {
    let (tr, lang) = (app.tr(), app.lang());
    let mut links: Vec<&'static plan::Agency> = Vec::new();
    let mut mark = |other: &'static plan::Agency| {
        let number = u32::try_from(links.len()).unwrap_or(0);
        links.push(other);
        char::from_u32(MARK + number).map_or(String::new(), String::from)
    };
    let mut marks = |others: Vec<&'static plan::Agency>| {
        let marks: Vec<String> = others.into_iter().map(&mut mark).collect();
        marks.join(", ")
    };
    let text = match turn.change {
        Change::Formed(from) if from.len() == 1 => tr.agencies_formed_alone(marks(from)),
        Change::Formed(from) => tr.agencies_formed(marks(from)),
        Change::Merged(with, to) if with.is_empty() => tr.agencies_merged_alone(marks(vec![to])),
        Change::Merged(with, to) => tr.agencies_merged(marks(with), marks(vec![to])),
        Change::Gave(to, function) => tr.agencies_gave(marks(vec![to]), function.get(lang)),
        Change::Received(from, function) => {
            tr.agencies_received(marks(vec![from]), function.get(lang))
        }
        Change::Renamed(name) => tr.agencies_renamed(name.get(lang)),
    };
    let mut parts: Vec<View> = Vec::new();
    let mut plain = String::new();
    for c in text.chars() {
        let number = u32::from(c).checked_sub(MARK);
        let other = number.and_then(|n| links.get(usize::try_from(n).ok()?));
        let Some(other) = other else {
            plain.push(c);
            continue;
        };
        parts.push(std::mem::take(&mut plain).into_view());
        parts.push(link(app, other, name_beside(app, agency, other, turn.on)));
    }
    parts.push(plain.into_view());
    parts.into_view()
}

/// The name of `other` on the page of `agency`: many a province merged into one of its own name.
fn name_beside(app: App, agency: &plan::Agency, other: &plan::Agency, on: NaiveDate) -> String {
    let name = other.name_on(on).get(app.lang());
    match other.name == agency.name {
        false => name.to_owned(),
        true if other.valid_to.is_some() => app.tr().agencies_old(name),
        true => app.tr().agencies_new(name),
    }
}

/// Whom a collective binds on the day; or, where no document says, whom it may.
fn members(app: App, collective: &'static plan::Agency) -> View {
    let (tr, lang, asof) = (app.tr(), app.lang(), app.asof());
    let members = app.plan.members(collective, asof);
    let title = tr.agencies_members(format_date(asof), tr.count(members.len()));
    let body = if members.is_empty() {
        let kinds = collective.members.iter().flat_map(|m| &m.kinds);
        let kinds: Vec<&str> = kinds.map(|kind| kind_name(tr, *kind)).collect();
        view! { <p>{tr.agencies_unlisted(kinds.join(", "))}</p> }
    } else {
        let ids = members
            .iter()
            .filter_map(|m| app.plan.agency_position(&m.id));
        let ordered = by_name(app.plan, ids.collect(), asof, lang);
        let of_group = |group: Group| {
            let agencies = ordered.iter().map(|at| &app.plan.agencies()[*at]);
            let agencies = agencies.filter(move |a| Group::of(a, asof) == Some(group));
            agencies
                .map(|a| view! { <li>{link(app, a, a.name_on(asof).get(lang).to_owned())}</li> })
        };
        let items = Group::ALL.into_iter().flat_map(of_group).collect_view();
        view! { <ul class="agency-members">{items}</ul> }
    };
    view! {
        <section class="block" aria-labelledby="agency-members">
            <h2 id="agency-members">{title}</h2>
            {body}
        </section>
    }
}

/// What the agency has in hand in one role, grouped by why.
fn part(app: App, agency: &'static plan::Agency, role: Role, rows: &Rows) -> Option<View> {
    let tr = app.tr();
    let of_role: Vec<&Arc<Row>> = rows.iter().filter(|row| is(row, role)).collect();
    // By basis, the strongest first; in each what is overdue, then what falls due first.
    let basis = |at: usize| of_role[at].binding.as_ref().map(|b| &b.basis);
    let urgency = |at: usize| {
        let (standing, position) = (&of_role[at].standing, of_role[at].position);
        let late = !standing.bucket.is_overdue();
        (late, standing.due.is_none(), standing.due, position)
    };
    let order = positions(of_role.len(), &mut |a, b| {
        let bases = basis(a).cmp(&basis(b));
        bases.then_with(|| urgency(a).cmp(&urgency(b)))
    });
    let mut late_count = 0;
    let mut groups: Vec<(&Basis, Vec<View>)> = Vec::new();
    for at in order {
        let Some(basis) = basis(at) else { continue };
        let row = of_role[at];
        let task = row.task(app.plan);
        let late = (role == Role::Coordinator)
            .then(|| late_words(app, task))
            .flatten();
        late_count += usize::from(late.is_some());
        let item = item(app, agency, row, late);
        match groups.last_mut() {
            Some((last, items)) if *last == basis => items.push(item),
            _ => groups.push((basis, vec![item])),
        }
    }
    let parts = groups.into_iter().map(|(basis, items)| {
        view! {
            <h3>{group_name(app, basis, items.len())}</h3>
            <ul class="agency-tasks">{items}</ul>
        }
    });
    let column = Column {
        role: Some(role),
        filter: String::new(),
    };
    (!of_role.is_empty()).then(|| {
        let title = tr.agencies_part(tr.role(role), tr.count(of_role.len()));
        let late = (late_count > 0).then(|| view! { <p>{tr.agencies_late_sum(late_count)}</p> });
        view! {
            <section class="block" aria-label=title.clone()>
                <div class="page-head">
                    <h2>{title}</h2>
                    <a href=move || list_href(app, agency, &column)>{tr.agencies_open()}</a>
                </div>
                {late}
                {parts.collect_view()}
            </section>
        }
    })
}

/// Why the tasks of a group are the agency's.
fn group_name(app: App, basis: &Basis, count: usize) -> String {
    let (tr, lang) = (app.tr(), app.lang());
    let n = tr.count(count);
    match basis {
        Basis::Named => tr.agencies_named(n),
        Basis::Inherited { from, certainty } => {
            let from = unit_name(app, from, lang);
            match certainty {
                Certainty::Verified => tr.agencies_from(from, n),
                Certainty::Suggested => tr.agencies_perhaps_from(from, n),
            }
        }
        Basis::Collective { id, everyone } => {
            let group = unit_name(app, id, lang);
            match everyone {
                true => tr.agencies_by_group(group, n),
                false => tr.agencies_by_group_concerned(group, n),
            }
        }
    }
}

/// A task in a line or two: which, where it stands, by when, who is late.
fn item(app: App, agency: &'static plan::Agency, row: &Arc<Row>, late: Option<String>) -> View {
    let tr = app.tr();
    let task = row.task(app.plan);
    let bucket = row.standing.bucket;
    let href = move || app.href(Page::Task(task.id.clone()));
    let open = move || (app.page() == Page::Task(task.id.clone())).then_some("true");
    let due = match task.deadline.due() {
        Some(_) => row.standing.due.map(format_date).unwrap_or_default(),
        None => tr.deadline(task.deadline),
    };
    let heirs = (!agency.exists_on(app.asof()))
        .then(|| now(app, agency, task))
        .flatten();
    view! {
        <li>
            <span class="card-id">{task.id.clone()}</span>
            <a href=href aria-current=open>{task.title.get(app.lang())}</a>
            <span class="agency-due">{due}</span>
            <span class=format!("badge is-{}", bucket.key())>
                <Icon glyph=of_bucket(bucket) />
                {tr.bucket(bucket)}
            </span>
            {heirs.map(|heirs| view! { <span class="agency-more">{heirs}</span> })}
            {late.map(|late| view! { <span class="agency-more is-late"><Icon glyph=Glyph::Overdue />{late}</span> })}
        </li>
    }
}

/// Which leads of `task` are late, if any. Tracks the ledger.
fn late_words(app: App, task: &'static Task) -> Option<String> {
    let late: Vec<Party> = app
        .seen()
        .with(|ledger| app.plan.late(ledger, task, app.asof()));
    let mut names: Vec<String> = Vec::new();
    let mut groups: Vec<(String, usize)> = Vec::new();
    for party in late {
        match party.collective {
            Some(id) => match groups.iter_mut().find(|(group, _)| *group == id) {
                Some((_, count)) => *count += 1,
                None => groups.push((id, 1)),
            },
            None if party.unit == COUNTRY => {}
            None if party.heirs.is_empty() => names.push(short_name(app, &party.unit)),
            None => names.extend(party.heirs.iter().map(|heir| short_name(app, heir))),
        }
    }
    for (id, count) in groups {
        names.push(
            app.tr()
                .agencies_late_group(count, unit_name(app, &id, app.lang())),
        );
    }
    (!names.is_empty()).then(|| app.tr().agencies_late(names.join("; ")))
}
