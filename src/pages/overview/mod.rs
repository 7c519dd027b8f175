//! The overview: the figures of an official report for the tasks of the view, as of its day, and
//! what needs somebody. Every number leads to exactly the tasks that it counts.
//!
//! - here: the page, and the sentence;
//! - [`figures`]: the same as a table, with what has changed;
//! - [`groups`]: by document, topic and lead;
//! - [`attention`]: the lists of what needs somebody;
//! - [`burnup`]: what fell due and what was completed, and where that leads; [`plot`]: as a chart.
//!
//! What is counted, and by which rules, is `tracker::kpi`'s.

mod attention;
mod burnup;
mod figures;
mod groups;
mod plot;

use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::date::format_date;
use tracker::kpi::figures::{figures as count, query};
use tracker::kpi::{Figure, Figures};
use tracker::ledger::Ledger;
use tracker::sorting::positions;
use tracker::text::format_percent;

use self::attention::Lists;
use self::burnup::Burnup;
use self::figures::Sum;
use self::groups::Groups;
use crate::components::agency::unit_name;
use crate::components::list_head::{ListHead, Nothing};
use crate::i18n::Tr;
use crate::platform::page;
use crate::route::{Address, Opt, Page};
use crate::state::{App, Unit, use_app};

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// What all parts of the page are made of.
#[derive(Clone, Copy)]
struct Base {
    app: App,
    /// The tasks that the view shows, by their positions in the plan, ascending.
    tasks: Memo<Rc<Vec<usize>>>,
    /// Their numbers on the as-of day.
    now: Memo<Figures>,
    /// Whether nothing was recorded by the as-of day.
    silent: Memo<bool>,
}

impl Base {
    fn new(app: App) -> Base {
        let tasks = Memo::new(move || {
            app.visible().with(|rows| {
                let place = |at: usize| rows[at].position;
                let order = positions(rows.len(), &mut |a, b| place(a).cmp(&place(b)));
                Rc::new(order.into_iter().map(place).collect::<Vec<_>>())
            })
        });
        Base {
            app,
            tasks,
            now: Memo::new(move || tasks.with(|tasks| figures_of(app, tasks, app.asof()))),
            silent: Memo::new(move || app.seen().with(Ledger::is_empty)),
        }
    }

    /// The link to those of the tasks that pass `filter` too. Tracks the address.
    fn href(self, filter: &str) -> String {
        let mut view = self.app.view();
        view.q = query(&[&view.q, filter]);
        view.set_option(Opt::Beside, "");
        let page = Page::Tasks;
        Address { page, view }.href()
    }

    /// A number that leads to the tasks it counts, those that pass `filter`; bare when there are
    /// none. `name` is what it says to those who hear it.
    fn number(self, n: usize, name: String, filter: String) -> View {
        let text = self.app.tr().count(n);
        if n == 0 {
            return view! { <span class="muted">{text}</span> }.into_view();
        }
        view! { <a href=move || self.href(&filter) aria-label=name>{text}</a> }.into_view()
    }
}

/// The numbers of `tasks` on `day`. Tracks unit and updates.
fn figures_of(app: App, tasks: &[usize], day: NaiveDate) -> Figures {
    let whose = app.whose();
    app.tracks().with(|tracks| count(tracks, whose, tasks, day))
}

/// The page.
#[component]
pub fn Overview() -> impl IntoView {
    let app = use_app();
    let base = Base::new(app);
    let empty = Memo::new(move || base.tasks.with(|tasks| tasks.is_empty()));
    view! {
        <div class="page overview" class:is-silent=move || base.silent.get()>
            <ListHead title=Tr::nav_overview />
            {move || if empty.get() {
                view! { <Nothing /> }.into_view()
            } else {
                view! {
                    {when(move || base.silent.get(), move || view! { <First base /> })}
                    <div class="ov-first-row">
                        <section class="ov-sum" aria-labelledby="ov-sum">
                            <h2 id="ov-sum">{app.says(Tr::overview_sum_title)}</h2>
                            <p class="ov-sentence">{move || sentence(base)}</p>
                            <Sum base />
                        </section>
                        <Lists base />
                    </div>
                    <Burnup base />
                    <Groups base />
                }
                .into_view()
            }}
        </div>
    }
}

/// What to do first, where nothing was recorded.
#[component]
fn First(
    /// What the page is made of.
    base: Base,
) -> impl IntoView {
    let app = base.app;
    let is_past = move || app.asof() < app.today() && !app.ledger().with(Ledger::is_empty);
    let text = move || match is_past() {
        true => app.tr().overview_empty_past(format_date(app.asof())),
        false => app.tr().overview_empty_text().to_owned(),
    };
    let steps = move || {
        let own = matches!(app.unit(), Some(Unit::Agency(_)));
        view! {
            <ul class="ov-steps">
                {(!own).then(|| view! {
                    <li><button type="button" class="button" on:click=move |_| { page::focus("unit-input"); }>{app.says(Tr::overview_first_unit)}</button></li>
                })}
                <li><a class="button" href=move || app.href(Page::Board)>{app.says(Tr::overview_first_task)}</a></li>
                <li><a class="button" href=move || app.href(Page::Data)>{app.says(Tr::overview_first_file)}</a></li>
            </ul>
        }
    };
    view! {
        <section class="ov-first" aria-labelledby="ov-first">
            <h2 id="ov-first">{app.says(Tr::overview_empty_title)}</h2>
            <p>{text}</p>
            {when(move || !is_past(), steps)}
        </section>
    }
}

/// What a number of the sentence says.
type Says = fn(Tr, String) -> String;

/// A number of the sentence: what stands before it, what it is a part of, what it says.
struct Part(Figure, &'static str, Option<Word>, Says);

/// The sentence, in the order of official reports.
#[rustfmt::skip]
const PARTS: [Part; 9] = [
    Part(Figure::Assigned, "", None, |tr, n| tr.overview_assigned(n)),
    Part(Figure::Completed, "; ", None, |tr, n| tr.overview_completed(n)),
    Part(Figure::OnTime, " (", Some(Tr::overview_of_completed), |tr, n| tr.overview_on_time(n)),
    Part(Figure::Late, ", ", Some(Tr::overview_of_completed), |tr, n| tr.overview_late(n)),
    Part(Figure::CompletedUndated, ", ", Some(Tr::overview_of_completed), |tr, n| tr.overview_undated(n)),
    Part(Figure::NotCompleted, "); ", None, |tr, n| tr.overview_not_completed(n)),
    Part(Figure::InTime, " (", Some(Tr::overview_of_not_completed), |tr, n| tr.overview_in_time(n)),
    Part(Figure::Overdue, ", ", Some(Tr::overview_of_not_completed), |tr, n| tr.overview_overdue(n)),
    Part(Figure::Ongoing, "); ", None, |tr, n| tr.overview_ongoing(n)),
];

/// The same where nothing was recorded: what the plan alone says.
const PLANNED: [Part; 4] = [
    Part(Figure::Assigned, "", None, |tr, n| tr.overview_assigned(n)),
    Part(Figure::Overdue, "; ", None, |tr, n| tr.overview_planned(n)),
    Part(Figure::InTime, ", ", None, |tr, n| tr.overview_in_time(n)),
    Part(Figure::Ongoing, ", ", None, |tr, n| tr.overview_ongoing(n)),
];

/// "As of 31/03/2023, …: assigned 72; completed 0 (…), not completed 52 (…); …"
fn sentence(base: Base) -> View {
    let Base { app, now, .. } = base;
    let (tr, figures, day) = (app.tr(), now.get(), app.asof());
    let unit = app.unit().map_or("", Unit::id);
    let unit = unit_name(app, unit, app.lang());
    let (parts, silent): (&[Part], bool) = match base.silent.get() {
        true => (&PLANNED, true),
        false => (&PARTS, false),
    };
    let part = |Part(figure, before, of, says): &Part| {
        let n = figures.get(*figure);
        // Few tasks without a due date are ever completed.
        if n == 0 && *figure == Figure::CompletedUndated {
            return None;
        }
        let words = says(tr, tr.count(n));
        let filter = figure.filter(day);
        let of = of.map(|of| view! { <span class="visually-hidden">{of(tr)}" "</span> });
        let href = move || (n > 0).then(|| base.href(&filter));
        Some(view! { {*before} <a href=href>{of}{words}</a> })
    };
    let parts: Vec<_> = parts.iter().filter_map(part).collect();
    let rate = match figures.completion_rate() {
        None => tr.overview_rate_none().to_owned(),
        Some(_) if silent => String::new(),
        Some(rate) => tr.overview_rate(
            format_percent(rate, 1, app.lang()),
            tr.count(figures.completed_dated()),
            tr.count(figures.judged()),
        ),
    };
    view! {
        {tr.overview_lead(format_date(day), unit)}
        {parts.collect_view()}
        ". "
        {rate}
    }
    .into_view()
}
