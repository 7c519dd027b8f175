//! Reviewing the reports that came in: what waits, by unit and document; accepting many at once,
//! returning one with a remark; what was returned or accepted; and where the two ratings differ.
//!
//! The reports of one unit, and the form that returns one, are in [`unit`].
//!
//! Whose list it is, is the rule of the task panel (`pages/task/review.rs`): every unit's but
//! one's own. What is looked at stands in the address.

mod unit;

use std::rc::Rc;

use lean::prelude::*;
use tracker::ledger::Rating;
use tracker::review::{Form, Item, State, Verdict, items};

use self::unit::OfUnit;
use super::pick;
use crate::components::agency::unit_name;
use crate::i18n::Tr;
use crate::pages::scorecard::Wish;
use crate::pages::task::review::own;
use crate::platform::page;
use crate::route::Opt;
use crate::state::{App, Command, use_app};

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// The lists, each with its word in addresses and its name.
const SHOWS: [(&str, Word); 4] = [
    ("", Tr::review_state_waiting),
    ("returned", Tr::review_state_returned),
    ("accepted", Tr::review_state_accepted),
    ("differ", Tr::review_differing),
];

/// How many units are drawn open at once: a reviewer of many opens those that are wanted.
const OPEN: usize = 3;

/// A report in a list.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    unit: String,
    task: usize,
    state: State,
    /// When it was last reported, in milliseconds since 1970.
    at: Option<i64>,
    own: Option<Rating>,
    reviewer: Option<Rating>,
    differs: bool,
}

impl Line {
    fn of(item: Item<'_>) -> Line {
        Line {
            unit: item.unit.to_owned(),
            task: item.task,
            state: item.state,
            at: item.reported.map(|at| at.ms),
            differs: item.ratings.differ(),
            own: item.ratings.own,
            reviewer: item.ratings.reviewer,
        }
    }

    /// Whether it is in the list of that number.
    fn is_in(&self, show: usize) -> bool {
        match show {
            0 => self.state.waits(),
            1 => self.state == State::Returned,
            2 => self.state == State::Accepted,
            _ => self.differs,
        }
    }

    fn key(&self) -> Key {
        (self.unit.clone(), self.task)
    }
}

/// A report: its unit, and the task's position in the plan.
type Key = (String, usize);

/// What the parts of the view share.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    /// The reports of other units in the list that is shown.
    shown: Memo<Rc<Vec<Line>>>,
    /// Which list it is.
    show: Memo<usize>,
    /// The reports that are selected.
    chosen: RwSignal<Vec<Key>>,
    /// The report that is being returned.
    returning: RwSignal<Option<Key>>,
}

impl Desk {
    /// The selected ones among those that are shown, as commands name them.
    fn reports(self) -> Vec<(String, String)> {
        let id = |task: usize| self.app.plan.tasks()[task].id.clone();
        self.shown.with(|shown| {
            self.chosen.with(|chosen| {
                let wanted = shown.iter().filter(|line| chosen.contains(&line.key()));
                wanted
                    .map(|line| (line.unit.clone(), id(line.task)))
                    .collect()
            })
        })
    }

    fn choose(self, keys: &[Key], on: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|key| !keys.contains(key));
            if on {
                chosen.extend_from_slice(keys);
            }
        });
    }
}

/// The view.
#[component]
pub fn Reviews() -> impl IntoView {
    let app = use_app();
    let wish = Memo::new(move || Wish::of(app, Opt::Desk));
    let all = Memo::new(move || {
        let own = own(app);
        app.ledger().with(|ledger| {
            let others = items(app.plan, ledger).into_iter();
            let others = others.filter(|item| Some(item.unit) != own);
            Rc::new(others.map(Line::of).collect::<Vec<Line>>())
        })
    });
    let show = Memo::new(move || {
        let word = wish.with(|wish| wish.get("show").to_owned());
        SHOWS.iter().position(|s| s.0 == word).unwrap_or_default()
    });
    let narrowed = Memo::new(move || {
        let (unit, document) =
            wish.with(|wish| (wish.get("unit").to_owned(), wish.get("doc").to_owned()));
        all.with(|all| {
            let wanted = |line: &&Line| {
                let of = &app.plan.tasks()[line.task].document;
                (unit.is_empty() || line.unit == unit) && (document.is_empty() || *of == document)
            };
            Rc::new(all.iter().filter(wanted).cloned().collect::<Vec<Line>>())
        })
    });
    let shown = Memo::new(move || {
        let show = show.get();
        narrowed.with(|lines| {
            let wanted = lines.iter().filter(|line| line.is_in(show));
            Rc::new(wanted.cloned().collect::<Vec<Line>>())
        })
    });
    let desk = Desk {
        app,
        shown,
        show,
        chosen: RwSignal::new(Vec::new()),
        returning: RwSignal::new(None),
    };
    let arrange = move |key: &str, value: &str| {
        desk.returning.set(None);
        let text = wish.with_untracked(|wish| wish.with(key, value));
        app.dispatch(Command::Arrange(Opt::Desk, text));
    };
    let list = move |(at, (word, name)): (usize, &'static (&'static str, Word))| {
        let count = move || narrowed.with(|all| all.iter().filter(|line| line.is_in(at)).count());
        view! {
            <button
                type="button"
                class="button is-small"
                aria-pressed=move || if show.get() == at { "true" } else { "false" }
                on:click=move |_| arrange("show", word)
            >
                {move || {
                    let tr = app.tr();
                    tr.review_show(name(tr), tr.count(count()))
                }}
            </button>
        }
    };
    let units = Memo::new(move || {
        let mut units: Vec<String> = Vec::new();
        all.with(|all| {
            for line in all.iter() {
                if units.last() != Some(&line.unit) {
                    units.push(line.unit.clone());
                }
            }
        });
        units
    });
    let accept = move |_| {
        let reports = untrack(|| desk.reports());
        if reports.is_empty() {
            return;
        }
        let form = Form {
            verdict: Some(Verdict::Accept),
            ..Form::default()
        };
        desk.chosen.set(Vec::new());
        app.dispatch(Command::Review {
            reports,
            form: Box::new(form),
        });
        page::focus_soon("reviews-title");
    };
    let waits = move || show.get() == 0 && shown.with(|shown| !shown.is_empty());
    let groups = move || {
        shown.with(|shown| {
            let units = shown.chunk_by(|a, b| a.unit == b.unit);
            let units = units.filter_map(|lines| lines.first());
            units.map(|line| line.unit.clone()).collect::<Vec<String>>()
        })
    };
    view! {
        <section class="reviews" aria-labelledby="reviews-title">
            <h2 id="reviews-title" tabindex="-1">{app.says(Tr::review_title)}</h2>
            <div class="review-lists" role="group" aria-label=app.says(Tr::review_shows)>
                {SHOWS.iter().enumerate().map(list).collect_view()}
            </div>
            <div class="review-filters">
                {pick(app, Tr::review_which_unit, "unit", move || {
                    let mut choices = vec![(String::new(), app.tr().review_any_unit().to_owned())];
                    for id in units.get() {
                        let name = unit_name(app, &id, app.lang());
                        choices.push((id, name));
                    }
                    choices
                })}
                {pick(app, Tr::review_which_document, "doc", move || {
                    let mut choices = vec![(String::new(), app.tr().review_any_document().to_owned())];
                    let assigning = app.plan.documents().iter().filter(|d| d.assigns);
                    choices.extend(assigning.map(|d| (d.id.clone(), d.number.clone())));
                    choices
                })}
            </div>
            {when(waits, move || view! {
                <div class="form-end">
                    <button
                        type="button"
                        class="button is-primary"
                        prop:disabled=move || desk.reports().is_empty()
                        on:click=accept
                    >
                        {move || match desk.reports().len() {
                            0 => app.tr().review_accept_none().to_owned(),
                            n => app.tr().review_accept_chosen(n),
                        }}
                    </button>
                </div>
            })}
            {when(move || shown.with(|shown| shown.is_empty()), move || view! {
                <p class="muted">
                    {move || match show.get() {
                        0 => app.tr().review_none_waiting(),
                        _ => app.tr().review_none(),
                    }}
                </p>
            })}
            {each(groups, Clone::clone, move |unit| view! { <OfUnit desk unit /> })}
            <p class="muted">{app.says(Tr::review_how_to_send)}</p>
        </section>
    }
}
