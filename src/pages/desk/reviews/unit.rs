//! The reports of one unit in a list of [`reviews`](super): each a row that can be selected, and the
//! form that returns one with a remark.

use std::rc::Rc;

use lean::prelude::*;
use tracker::ledger::Rating;
use tracker::review::{Fault, Form, State, Verdict};
use tracker::text::Lang;

use super::{Desk, Key, Line, OPEN, Word};
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::{Tr, moment};
use crate::pages::task::rated;
use crate::pages::task::review::{glyph, lines_field};
use crate::platform::page;
use crate::route::Page;
use crate::state::Command;

/// The reports of a unit in the list that is shown.
#[component]
pub fn OfUnit(
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
        // What is refused stays in the form.
        let done = !untrack(|| app.is_read_only());
        if done {
            desk.returning.set(None);
            desk.choose(std::slice::from_ref(&of), false);
        }
        app.dispatch(Command::Review {
            reports: vec![report],
            form: Box::new(entered),
        });
        if done {
            page::focus_soon("reviews-title");
        }
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
