//! The consolidation desk: many units' files beside each other, and what merging them would do.
//!
//! Nothing that is chosen here changes the ledger before "Gộp". What lies on the desk is
//! `state/desk.rs`; what is found in it, `tracker::desk`. What is looked at stands in the address
//! (one [`Wish`] under [`Opt::Desk`]).
//!
//! - here: the page, the ways to look at it, and what its views share;
//! - [`bar`]: putting files on the desk, how far reading is, merging;
//! - [`files`]: the files one by one; [`compare`]: two of them side by side;
//! - [`who`]: who has reported, and [`matrix`], where members stand with collective tasks;
//! - [`changes`]: what merging would change, also as the list of any such changes;
//! - [`conflicts`]: what differs, and [`other`], another value in its stead;
//! - [`reviews`]: accepting and returning the reports that came in.

mod bar;
mod changes;
mod compare;
mod conflicts;
mod files;
mod matrix;
mod other;
mod reviews;
mod who;

use lean::prelude::*;
use tracker::ledger::Field;
use tracker::plan::COUNTRY;
use tracker::sorting::positions;
use tracker::text::{Lang, SortKey, sort_key};

use self::reviews::Reviews;
use super::scorecard::Wish;
use crate::components::agency::unit_name;
use crate::i18n::Tr;
use crate::route::{Address, Opt, Page};
use crate::state::{App, Command, use_app};
use bar::{Bar, any_on_desk};

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// A value of a menu and its words.
type Words = (String, String);

/// A way to look at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The files, one by one.
    Files,
    /// Who has reported, and who has not.
    Who,
    /// What merging would change.
    Changes,
    /// What was recorded differently in several places.
    Conflicts,
    /// Two of the files side by side.
    Compare,
    /// The reports that wait to be reviewed.
    Reviews,
}

impl Look {
    /// Every way, in the order of its links; the first is the page's own.
    const ALL: &[Look] = &[
        Look::Files,
        Look::Who,
        Look::Changes,
        Look::Conflicts,
        Look::Compare,
        Look::Reviews,
    ];

    /// Its word in addresses, and its name.
    fn words(self) -> (&'static str, Word) {
        match self {
            Look::Files => ("", Tr::desk_files),
            Look::Who => ("who", Tr::desk_who),
            Look::Changes => ("changes", Tr::desk_changes),
            Look::Conflicts => ("conflicts", Tr::desk_conflicts),
            Look::Compare => ("compare", Tr::desk_compare),
            Look::Reviews => ("reviews", Tr::review_title),
        }
    }

    /// The way that the address names. Tracks it.
    fn now(app: App) -> Look {
        let wish = Wish::of(app, Opt::Desk);
        let all = Look::ALL.iter().copied();
        let mut named = all.filter(|look| look.words().0 == wish.word());
        named.next().unwrap_or(Look::Files)
    }

    /// How much there is to see of it; `None` where that is not counted. Tracks the desk.
    fn count(self, app: App) -> Option<usize> {
        let desk = app.desk();
        match self {
            Look::Files => Some(desk.files().with(Vec::len)),
            Look::Changes => {
                let gathered = desk.gathered().get();
                Some(gathered.map_or(0, |gathered| gathered.changes.len()))
            }
            Look::Conflicts => Some(app.with_gathered(|ledger| ledger.conflict_count())),
            Look::Who | Look::Compare | Look::Reviews => None,
        }
    }

    /// What is drawn of it.
    fn view(self) -> View {
        match self {
            Look::Files => view! { <files::Files /> }.into_view(),
            Look::Who => view! { <who::Who /> }.into_view(),
            Look::Changes => view! { <changes::Changes /> }.into_view(),
            Look::Conflicts => view! { <conflicts::Conflicts /> }.into_view(),
            Look::Compare => view! { <compare::Compare /> }.into_view(),
            Look::Reviews => view! { <Reviews /> }.into_view(),
        }
    }
}

/// The desk.
#[component]
pub fn Desk() -> impl IntoView {
    let app = use_app();
    let look = Memo::new(move || Look::now(app));
    view! {
        <div class="page desk" class:is-full=move || look.get() == Look::Files>
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">{app.says(Tr::nav_consolidate)}</h1>
                <ul class="looks" aria-label=app.says(Tr::desk_looks)>
                    {Look::ALL.iter().map(|one| way(app, look, *one)).collect_view()}
                </ul>
            </header>
            <Bar />
            {move || look.get().view()}
        </div>
    }
}

/// The link to a way to look at the desk.
fn way(app: App, now: Memo<Look>, look: Look) -> View {
    let href = move || {
        let mut view = app.view();
        view.set_option(Opt::Desk, look.words().0);
        let page = Page::Consolidate;
        Address { page, view }.on(Page::Consolidate).href()
    };
    let count = Memo::new(move || look.count(app).filter(|count| *count > 0));
    view! {
        <li>
            <a
                class="button is-small"
                href=href
                aria-current=move || (now.get() == look).then_some("true")
            >
                {app.says(look.words().1)}
                {move || count.get().map(|n| view! { " " <span class="desk-count">{app.tr().count(n)}</span> })}
            </a>
        </li>
    }
}

/// A menu of the choices under one key of the address; what is chosen stays although nothing of it
/// is left.
fn pick(
    app: App,
    name: Word,
    key: &'static str,
    choices: impl Fn() -> Vec<Words> + 'static,
) -> View {
    let wish = Memo::new(move || Wish::of(app, Opt::Desk));
    let chosen = move || wish.with(|wish| wish.get(key).to_owned());
    let options = move || {
        let now = chosen();
        let option = |(value, words): Words| {
            let selected = value == now;
            view! { <option value=value selected=selected>{words}</option> }
        };
        choices().into_iter().map(option).collect_view()
    };
    view! {
        <label class="filter" class:is-active=move || wish.with(|wish| !wish.get(key).is_empty())>
            <span class="filter-name">{app.says(name)}</span>
            <select on:change=move |ev| {
                let value = event_target_value(&ev);
                let text = wish.with_untracked(|wish| wish.with(key, &value));
                app.dispatch(Command::Arrange(Opt::Desk, text));
            }>{options}</select>
        </label>
    }
}

/// What was chosen under a key of the address. Tracks it.
fn chosen(app: App, key: &str) -> String {
    Wish::of(app, Opt::Desk).get(key).to_owned()
}

/// The documents that assign tasks, as a menu. Tracks the language.
fn documents(app: App) -> Vec<Words> {
    let mut all = vec![(String::new(), app.tr().score_document_any().to_owned())];
    let documents = app.plan.documents().iter().filter(|d| d.assigns);
    all.extend(documents.map(|d| (d.id.clone(), d.number.clone())));
    all
}

/// How often each of `ids` comes, as a menu in the order of their words: "Bộ Công an (12)".
fn counted(app: App, ids: &[&str], words: impl Fn(&str) -> String) -> Vec<Words> {
    let order = positions(ids.len(), &mut |a, b| ids[a].cmp(ids[b]));
    let mut found: Vec<(SortKey, Words)> = Vec::new();
    for same in order.chunk_by(|&a, &b| ids[a] == ids[b]) {
        let Some(id) = same.first().map(|at| ids[*at]) else {
            continue;
        };
        let name = words(id);
        let count = app.tr().count(same.len());
        let key = sort_key(&name);
        found.push((key, (id.to_owned(), name + " (" + &count + ")")));
    }
    let order = positions(found.len(), &mut |a, b| found[a].0.cmp(&found[b].0));
    let mut all = vec![(String::new(), app.tr().filter_any().to_owned())];
    all.extend(order.into_iter().map(|at| found[at].1.clone()));
    all
}

/// The menus that narrow a list by task, agency and kind of field; `items` are its lines.
fn narrow(app: App, items: Signal<Vec<Place>>) -> View {
    let ids = |all: &[Place], part: fn(&Place) -> &str| {
        all.iter()
            .map(|place| part(place).to_owned())
            .collect::<Vec<_>>()
    };
    let menu = move |part: fn(&Place) -> &str, words: fn(App, &str) -> String| {
        move || {
            let all = items.with(|all| ids(all, part));
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            counted(app, &all, |id| words(app, id))
        }
    };
    vec![
        pick(
            app,
            Tr::desk_task,
            "task",
            menu(|p| &p.subject, |app, id| app.tr().named(id)),
        ),
        pick(
            app,
            Tr::desk_unit,
            "unit",
            menu(|p| &p.unit, |app, id| unit_name(app, id, app.lang())),
        ),
        pick(
            app,
            Tr::desk_field,
            "field",
            menu(
                |p| p.field.as_str(),
                |app, id| match Field::parse(id) {
                    Some(field) => app.tr().field(field).to_owned(),
                    None => app.tr().named(id),
                },
            ),
        ),
    ]
    .into_view()
}

/// Whose value it is, of what, which.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    unit: String,
    subject: String,
    field: Field,
}

impl Place {
    /// Whether the menus of [`narrow`] leave it. Tracks them.
    fn is_asked_for(&self, wanted: &Wanted) -> bool {
        let fits = |wanted: &str, it: &str| wanted.is_empty() || wanted == it;
        fits(&wanted.task, &self.subject)
            && fits(&wanted.unit, &self.unit)
            && fits(&wanted.field, self.field.as_str())
    }
}

/// What the menus of [`narrow`] say.
struct Wanted {
    task: String,
    unit: String,
    field: String,
}

impl Wanted {
    /// What they say now. Tracks them.
    fn now(app: App) -> Wanted {
        Wanted {
            task: chosen(app, "task"),
            unit: chosen(app, "unit"),
            field: chosen(app, "field"),
        }
    }
}

/// The link to what was recorded about, in the view of the unit; nothing for a period. Tracks the
/// address.
fn subject_href(app: App, unit: &str, subject: &str) -> Option<String> {
    let page = if app.plan.task(subject).is_some() {
        Page::Task(subject.to_owned())
    } else if app.plan.indicator(subject).is_some() {
        Page::Indicator(subject.to_owned())
    } else {
        return None;
    };
    let mut view = app.view();
    if unit == COUNTRY || app.plan.agency(unit).is_some_and(|a| !a.is_collective()) {
        view.unit = Some(unit.to_owned());
    }
    let from = Address {
        page: app.behind(),
        view,
    };
    Some(from.on(page).href())
}

/// What was recorded about, as a link where it leads somewhere.
fn subject_link(app: App, unit: &str, subject: &str) -> View {
    let name = app.tr().named(subject);
    match untrack(|| subject_href(app, unit, subject)) {
        None => name.into_view(),
        Some(_) => {
            let (unit, subject) = (unit.to_owned(), subject.to_owned());
            let href = move || subject_href(app, &unit, &subject);
            view! { <a href=href>{name}</a> }.into_view()
        }
    }
}

/// What it is called, where the plan has it.
fn subject_title(app: App, subject: &str, lang: Lang) -> Option<&'static str> {
    let title = match app.plan.task(subject) {
        Some(task) => &task.title,
        None => &app.plan.indicator(subject)?.name,
    };
    Some(title.get(lang))
}

/// Names in their order: the positions of `names`.
fn by_words(names: &[String]) -> Vec<usize> {
    let keys: Vec<SortKey> = names.iter().map(|name| sort_key(name)).collect();
    positions(keys.len(), &mut |a, b| keys[a].cmp(&keys[b]))
}

/// The name of a unit, short where it has one.
fn unit_link(app: App, unit: &str, lang: Lang) -> View {
    let name = unit_name(app, unit, lang);
    if app.plan.agency(unit).is_none() {
        return name.into_view();
    }
    let id = unit.to_owned();
    view! { <a href=move || app.href(Page::Agency(id.clone()))>{name}</a> }.into_view()
}

/// What is said where a view needs files and there are none.
fn nothing_yet(app: App, words: Word) -> View {
    when(
        move || !any_on_desk(app),
        move || view! { <p class="empty">{app.says(words)}</p> },
    )
}
