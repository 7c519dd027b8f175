//! How agencies compare: ranked, in two days side by side, month by month.
//!
//! These are views of the agencies page, and all that is chosen in them stands in its address
//! ([`Wish`]). What is counted is in `tracker::kpi`; every number leads to its tasks.
//!
//! - here: what is chosen, and which agencies, tasks and days that means;
//! - [`controls`]: the menus, the dates of a period, moving through the months;
//! - [`rank`]: the ranking; [`value`]: a measure in words, and the link to its tasks;
//! - [`change`]: two days side by side, and why they differ;
//! - [`heat`]: agencies by months; [`heat_files`]: that as a picture and a table to save;
//! - [`close`]: closing a period, and what became of its figures.

mod change;
mod close;
mod controls;
mod heat;
mod heat_files;
mod rank;
mod value;

pub use controls::finder;

use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::binding::Role;
use tracker::holdings::by_name;
use tracker::kpi::ReportPeriod;
use tracker::kpi::period::Kind;
use tracker::kpi::scorecard::{Choice, Measure};
use tracker::text::fold;

use crate::components::agency::search_text;
use crate::i18n::Tr;
use crate::route::{Opt, View as Scene};
use crate::state::{App, Command, use_app};

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// A way to compare agencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ranked.
    Rank,
    /// Two days side by side.
    Change,
    /// By months.
    Heat,
}

impl Look {
    /// Every way, in the order of its links.
    pub const ALL: [Look; 3] = [Look::Rank, Look::Change, Look::Heat];

    /// Its word in addresses.
    fn key(self) -> &'static str {
        match self {
            Look::Rank => "rank",
            Look::Change => "change",
            Look::Heat => "heat",
        }
    }

    /// Its name.
    pub fn name(self) -> Word {
        match self {
            Look::Rank => Tr::score_rank,
            Look::Change => Tr::score_change,
            Look::Heat => Tr::score_heat,
        }
    }
}

/// What is compared, as the address says it: a word for the way, then what was chosen:
/// `rank,by:overdue,role:lead,doc:CT05,period:2025-Q2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish(String);

impl Wish {
    /// What the open address says. Tracks it.
    pub fn now(app: App) -> Wish {
        Wish(app.option(Opt::Matrix))
    }

    /// What the address says under another option. Tracks it.
    pub fn of(app: App, opt: Opt) -> Wish {
        Wish(app.option(opt))
    }

    /// The word before all choices; empty where there is none.
    pub fn word(&self) -> &str {
        let word = self.0.split(',').next().unwrap_or_default();
        if word.contains(':') { "" } else { word }
    }

    /// The way, if the address names one.
    pub fn look(&self) -> Option<Look> {
        let word = self.0.split(',').next();
        Look::ALL.into_iter().find(|look| word == Some(look.key()))
    }

    /// The same choices, looked at another way.
    pub fn seen_as(&self, look: Look) -> String {
        let mut text = look.key().to_owned();
        for part in self.0.split(',').filter(|part| part.contains(':')) {
            text.push(',');
            text.push_str(part);
        }
        text
    }

    /// What was chosen under this key; empty where nothing was.
    pub fn get(&self, key: &str) -> &str {
        let value = |part| str::strip_prefix(part, key)?.strip_prefix(':');
        self.0.split(',').find_map(value).unwrap_or("")
    }

    /// The same with another choice under this key; none for an empty value.
    pub fn with(&self, key: &str, value: &str) -> String {
        let kept = |part: &&str| part.split(':').next() != Some(key);
        let mut text = self.0.split(',').filter(kept).collect::<Vec<_>>().join(",");
        if !value.is_empty() {
            for piece in [",", key, ":", value] {
                text.push_str(piece);
            }
        }
        text
    }

    /// What agencies are judged by; `otherwise` where nothing was chosen.
    fn measure(&self, otherwise: Measure) -> Measure {
        let by = self.get("by");
        let known = Measure::ALL.into_iter().find(|m| m.key() == by);
        known.unwrap_or(otherwise)
    }

    fn role(&self) -> Option<Role> {
        match self.get("role") {
            "lead" => Some(Role::Lead),
            "coord" => Some(Role::Coordinator),
            _ => None,
        }
    }

    /// The period, the quarter of the as-of day unless one was chosen. One that has not begun by
    /// then stands for the one of its kind that has.
    fn period(&self, asof: NaiveDate) -> ReportPeriod {
        match self.get("period").parse::<ReportPeriod>() {
            Ok(period) if period.first_day() <= asof => period,
            Ok(period) if period.kind() != Kind::Range => ReportPeriod::of(period.kind(), asof),
            _ => ReportPeriod::of(Kind::Quarter, asof),
        }
    }
}

fn choose(app: App, wish: Memo<Wish>, key: &str, value: &str) {
    let text = wish.with_untracked(|wish| wish.with(key, value));
    app.dispatch(Command::Arrange(Opt::Matrix, text));
}

/// What all of these views are made of.
#[derive(Clone, Copy)]
struct Basis {
    wish: Memo<Wish>,
    /// The tasks that are counted.
    tasks: Memo<Rc<Vec<usize>>>,
    /// Which agencies, by position, are searched for.
    found: Memo<Rc<Vec<bool>>>,
    /// Every agency, by position, in the order of names.
    order: Memo<Rc<Vec<usize>>>,
    /// The view that links keep.
    scene: Memo<Scene>,
}

impl Basis {
    fn new(app: App, typed: RwSignal<String>) -> Basis {
        let wish = Memo::new(move || Wish::now(app));
        let document = Memo::new(move || wish.with(|wish| wish.get("doc").to_owned()));
        let tasks = Memo::new(move || {
            let document = document.get();
            let tasks = app.plan.tasks().iter().enumerate();
            let chosen = tasks.filter(|(_, t)| document.is_empty() || t.document == document);
            Rc::new(chosen.map(|(at, _)| at).collect::<Vec<usize>>())
        });
        let found = Memo::new(move || {
            let (wanted, asof) = (fold(&typed.get()), app.asof());
            let matches = |agency| {
                let text = search_text(agency, asof);
                wanted.split(' ').all(|word| text.contains(word))
            };
            let agencies = app.plan.agencies().iter();
            Rc::new(
                agencies
                    .map(|agency| wanted.is_empty() || matches(agency))
                    .collect::<Vec<bool>>(),
            )
        });
        let order = Memo::new(move || {
            let all = (0..app.plan.agencies().len()).collect();
            Rc::new(by_name(app.plan, all, app.asof(), app.lang()))
        });
        // Without an open task, so that opening one draws nothing anew.
        let scene = Memo::new(move || {
            let mut view = app.view();
            view.set_option(Opt::Beside, "");
            view
        });
        Basis {
            wish,
            tasks,
            found,
            order,
            scene,
        }
    }

    /// The tasks that are counted, as the domain asks. Tracks them.
    fn with_choice<R>(self, read: impl FnOnce(Choice<'_>) -> R) -> R {
        let role = self.wish.with(Wish::role);
        self.tasks.with(|tasks| read(Choice { role, tasks }))
    }

    /// `of` each agency, in the order of names, of those that are searched for. Tracks both.
    fn named<T: Clone>(self, all: &[T], agency: fn(&T) -> usize) -> Vec<T> {
        let found = self.found.get();
        let mut named = Vec::with_capacity(all.len());
        for at in self.order.get().iter().filter(|at| found[**at]) {
            named.extend(all.iter().find(|one| agency(one) == *at).cloned());
        }
        named
    }
}

/// The first month that the plan has anything to say of: that of its first document.
fn first_month(app: App) -> Option<NaiveDate> {
    let documents = app.plan.documents().iter().filter(|d| d.assigns);
    let dates = documents.filter_map(|d| Some(d.date?.first_day()));
    dates
        .min()
        .map(|day| ReportPeriod::of(Kind::Month, day).first_day())
}

/// Agencies compared in the way that the address names.
#[component]
pub fn Scorecard(
    /// The way.
    look: Look,
) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let basis = Basis::new(app, typed);
    match look {
        Look::Rank => rank::ranking(app, basis, typed),
        Look::Change => change::comparison(app, basis, typed),
        Look::Heat => heat::map(app, basis, typed),
    }
}
