//! Reviewing the reports that came in: what waits, by unit and document; accepting many at once,
//! returning one with a remark; what was returned or accepted; and where the two ratings differ.
//!
//! Whose list it is, is the rule of the task panel (`pages/task/review.rs`): every unit's but
//! one's own. What is looked at stands in the address.

use std::rc::Rc;

use lean::prelude::*;
use tracker::ledger::Rating;
use tracker::review::{Fault, Form, Item, State, Verdict, items};
use tracker::text::Lang;

use super::pick;
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::{Tr, moment};
use crate::pages::scorecard::Wish;
use crate::pages::task::rated;
use crate::pages::task::review::{glyph, lines_field, own};
use crate::platform::page;
use crate::route::{Opt, Page};
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

/// The reports of a unit in the list that is shown.
#[component]
fn OfUnit(
    /// What the view shares.
    desk: Desk,
    /// The unit.
    unit: String,
) -> impl IntoView {
    let app = desk.app;
    let own = unit.clone();
    let lines = Memo::new(move || {
        desk.shown.with(|shown| {
            let of_unit = shown.iter().filter(|line| line.unit == own);
            Rc::new(of_unit.cloned().collect::<Vec<Line>>())
        })
    });
    let name = {
        let unit = unit.clone();
        move || unit_name(app, &unit, app.lang())
    };
    let title = {
        let name = name.clone();
        move || {
            app.tr()
                .review_of_unit(name(), app.tr().count(lines.with(|lines| lines.len())))
        }
    };
    let keys = move || lines.with(|lines| lines.iter().map(Line::key).collect::<Vec<Key>>());
    let all_chosen = move || {
        let keys = keys();
        desk.chosen
            .with(|chosen| keys.iter().all(|key| chosen.contains(key)))
    };
    // Few units are drawn open.
    let few = {
        let mut before = desk.shown.with_untracked(|shown| {
            let units = shown.chunk_by(|a, b| a.unit == b.unit);
            units
                .filter_map(|lines| lines.first().map(|line| line.unit.clone()))
                .collect::<Vec<_>>()
        });
        before.truncate(OPEN);
        before.contains(&unit)
    };
    let open = RwSignal::new(few);
    let waits = move || desk.show.get() == 0;
    let labels: [Word; 5] = [
        Tr::review_task,
        Tr::review_state,
        Tr::review_rating_own,
        Tr::field_reviewer_rating,
        Tr::review_act,
    ];
    let label = name.clone();
    view! {
        <section class="review-unit" aria-label=name>
            <h3>
                <button
                    type="button"
                    class="review-fold"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon glyph=Glyph::Next />
                    {title}
                </button>
            </h3>
            {when(move || open.get(), move || {
                let label = label.clone();
                view! {
                    <div class="table-frame">
                        <table class="review-table">
                            <thead>
                                <tr>
                                    {when(waits, move || {
                                        let label = label.clone();
                                        view! {
                                            <th scope="col" class="is-check" data-name=move || app.tr().review_all()>
                                                <label class="cell-check">
                                                    <input
                                                        type="checkbox"
                                                        aria-label=move || app.tr().review_select_all(label())
                                                        prop:checked=all_chosen
                                                        on:change=move |_| { let on = !untrack(all_chosen); desk.choose(&untrack(keys), on); }
                                                    />
                                                </label>
                                            </th>
                                        }
                                    })}
                                    {labels.map(|label| view! { <th scope="col">{app.says(label)}</th> }).into_iter().collect_view()}
                                </tr>
                            </thead>
                            {each(
                                move || {
                                    let (lang, waits) = (app.lang(), waits());
                                    let lines = lines.get();
                                    lines.iter().map(|line| (line.clone(), lang, waits)).collect()
                                },
                                |(line, lang, waits): &(Line, Lang, bool)| {
                                    (line.key(), line.state, line.at, both(line), *lang, *waits)
                                },
                                move |(line, ..)| view! { <Row desk line /> },
                            )}
                        </table>
                    </div>
                }
            })}
        </section>
    }
}

/// Both ratings, as far as a row depends on them.
fn both(line: &Line) -> [Option<(u8, Option<String>)>; 2] {
    [&line.own, &line.reviewer].map(|rating| {
        let rating = rating.as_ref()?;
        Some((rating.color as u8, rating.comment.clone()))
    })
}

/// One report, and below it the form that returns it.
#[component]
fn Row(
    /// What the view shares.
    desk: Desk,
    /// The report.
    line: Line,
) -> impl IntoView {
    let app = desk.app;
    let tr = app.tr();
    let task = &app.plan.tasks()[line.task];
    let key = line.key();
    let waits = desk.show.get_untracked() == 0;
    let tick = waits.then(|| {
        let (own, other) = (key.clone(), key.clone());
        let toggle = move |_| {
            let on = !desk.chosen.with_untracked(|chosen| chosen.contains(&own));
            desk.choose(std::slice::from_ref(&own), on);
        };
        view! {
            <td class="is-check">
                <label class="cell-check">
                    <input
                        type="checkbox"
                        aria-label=tr.review_select(&task.id)
                        prop:checked=move || desk.chosen.with(|chosen| chosen.contains(&other))
                        on:change=toggle
                    />
                </label>
            </td>
        }
    });
    let when_reported = line.at.map(|at| {
        let words = tr.review_reported(moment(at, app.offset_minutes(at)));
        view! { <p class="fact-note">{words}</p> }
    });
    let rating = |rating: &Option<Rating>| match rating {
        Some(rating) => rated(tr, rating),
        None => tr.review_rating_none().to_owned(),
    };
    let differs = line.differs.then(|| {
        view! { <p class="review-line is-differing"><Icon glyph=Glyph::Differ /><span>{tr.review_differs()}</span></p> }
    });
    let return_button = (line.state != State::Returned).then(|| {
        let key = key.clone();
        let begin = move |_| {
            desk.returning.set(Some(key.clone()));
            page::focus_soon("return-remark");
        };
        view! {
            <button
                type="button"
                class="button is-small"
                aria-label=tr.review_return_of(&task.id)
                on:click=begin
            >
                <Icon glyph=Glyph::Undo />
                {tr.review_return()}
            </button>
        }
    });
    let returning = {
        let key = key.clone();
        move || desk.returning.with(|one| one.as_ref() == Some(&key))
    };
    let columns = if waits { "6" } else { "5" };
    let state = line.state;
    view! {
        <tbody>
            <tr>
            {tick}
            <th scope="row">
                <a href=move || app.href(Page::Task(task.id.clone()))>
                    <span class="card-id">{task.id.clone()}</span>
                    " "
                    {task.title.get(app.lang())}
                </a>
            </th>
            <td>
                <p class="review-line" class:is-returned=state == State::Returned>
                    <Icon glyph=glyph(state) />
                    <span>{tr.review_state_of(state)}</span>
                </p>
                {when_reported}
            </td>
            <td data-name=tr.review_rating_own()>{rating(&line.own)}</td>
            <td data-name=tr.field_reviewer_rating()>{rating(&line.reviewer)}{differs}</td>
            <td>{return_button}</td>
            </tr>
            {when(returning, move || {
                let key = key.clone();
                view! {
                    <tr>
                        <td colspan=columns><ReturnForm desk of=key /></td>
                    </tr>
                }
            })}
        </tbody>
    }
}

/// What is wanted of a unit, and sending its report back.
#[component]
fn ReturnForm(
    /// What the view shares.
    desk: Desk,
    /// The report.
    of: Key,
) -> impl IntoView {
    let app = desk.app;
    let remark = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let form = move || Form {
        verdict: Some(Verdict::Return),
        remark: remark.get(),
        ..Form::default()
    };
    let fault = move || match tried.get() && form().faults().contains(&Fault::RemarkMissing) {
        true => app.tr().review_fault_remark(),
        false => "",
    };
    let send = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let entered = untrack(form);
        if !entered.faults().is_empty() {
            tried.set(true);
            page::focus_soon("return-remark");
            return;
        }
        let report = (of.0.clone(), app.plan.tasks()[of.1].id.clone());
        desk.returning.set(None);
        desk.choose(std::slice::from_ref(&of), false);
        app.dispatch(Command::Review {
            reports: vec![report],
            form: Box::new(entered),
        });
        page::focus_soon("reviews-title");
    };
    view! {
        <form class="record" novalidate on:submit=send>
            {lines_field(
                app,
                "return-remark",
                Tr::review_remark,
                remark.into(),
                Callback::new(move |text: String| remark.set(text)),
                Signal::derive(fault),
            )}
            <div class="form-end">
                <button type="submit" class="button is-primary">{app.says(Tr::review_return)}</button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        desk.returning.set(None);
                        page::focus_soon("reviews-title");
                    }
                >
                    {app.says(Tr::review_cancel)}
                </button>
            </div>
        </form>
    }
}
