//! Review and return, in the panel of a task: what its reviewer said of the unit's own report, and
//! reviewing the reports of others.
//!
//! There are no accounts: whoever sits at one unit may review the reports of all others. Where no
//! other unit's report is known, as in an officer's browser, there is nothing to see; elsewhere
//! the section is folded, and stays as it was left from task to task. The form in it is in [`judge`].

mod judge;

use std::cell::Cell;

use lean::prelude::*;
use tracker::ledger::Field;
use tracker::plan::Task;
use tracker::review::{Fault, State, answer, list::reviewable, ratings, said, state};

use self::judge::Judge;
use super::words::{rated, visible, who};
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::record::Recording;
use crate::state::{App, Command, Unit, use_app};

thread_local! {
    /// Whether the section was left open.
    static OPEN: Cell<bool> = const { Cell::new(false) };
}

impl Tr {
    /// How a report stands with its reviewers.
    pub fn review_state_of(self, state: State) -> &'static str {
        match state {
            State::Silent => "",
            State::Waiting => self.review_state_waiting(),
            State::Answered => self.review_state_answered(),
            State::Accepted => self.review_state_accepted(),
            State::Returned => self.review_state_returned(),
        }
    }

    /// What is wrong with a review, and what to do about it.
    pub fn review_fault(self, fault: Fault) -> &'static str {
        match fault {
            Fault::VerdictMissing => self.review_fault_verdict(),
            Fault::RemarkMissing => self.review_fault_remark(),
            Fault::ReasonMissing => self.review_fault_reason(),
        }
    }
}

/// The unit whose own reports nobody here reviews: the browser's, or the view's where none was
/// chosen yet. Tracks both.
pub fn own(app: App) -> Option<&'static str> {
    let unit = app.own_unit().or_else(|| app.unit());
    unit.map(Unit::id)
}

/// The mark of how a report stands.
pub fn glyph(state: State) -> Glyph {
    match state {
        State::Accepted => Glyph::Check,
        State::Returned => Glyph::Undo,
        State::Silent | State::Waiting | State::Answered => Glyph::Clock,
    }
}

/// What was said of the unit's own report.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    state: State,
    remark: String,
    who: String,
    when: String,
    rating: Option<String>,
}

/// What a reviewer said of the report of the view's unit, and what is to be done about it.
#[component]
pub fn Reviewed(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let told = Memo::new(move || {
        let Some(Unit::Agency(agency)) = app.unit() else {
            return None;
        };
        app.ledger().with(|ledger| {
            let state = state(ledger, &agency.id, &task.id);
            let said = said(ledger, &agency.id, &task.id)?;
            let (who, when) = who(app, said.event);
            let rating = ratings(ledger, &agency.id, &task.id).reviewer;
            Some(Told {
                state,
                remark: visible(&said.remark.unwrap_or_default()),
                who,
                when,
                rating: rating.map(|rating| rated(app.tr(), &rating)),
            })
        })
    });
    let of = move |part: fn(&Told) -> String| {
        move || {
            told.with(|told| told.as_ref().map(part))
                .unwrap_or_default()
        }
    };
    let is = move |wanted| move || told.with(|t| t.as_ref().is_some_and(|t| t.state == wanted));
    let by = move || {
        let tr = app.tr();
        told.with(|told| {
            told.as_ref()
                .map(|told| tr.review_back_by(&told.who, &told.when))
        })
    };
    let rating = move || {
        let words = told.with(|told| told.as_ref()?.rating.clone())?;
        let name = app.tr().field_reviewer_rating();
        Some(view! { <p>{format!("{name}: {words}")}</p> })
    };
    let hand_in = move |_| {
        let unit = untrack(|| app.unit()).map_or("", Unit::id).to_owned();
        let answer = app
            .ledger()
            .with_untracked(|ledger| answer(ledger, &unit, &task.id));
        if let Some(answer) = answer {
            app.dispatch(Command::RecordMany {
                records: vec![Recording {
                    unit,
                    task: task.id.clone(),
                    changes: vec![(Field::Review, answer)],
                }],
                left_out: 0,
            });
            // The button goes with the return.
            page::focus_soon("task-title");
        }
    };
    view! {
        {when(is(State::Returned), move || view! {
            <section class="panel-part returned" aria-labelledby="returned-title">
                <h3 id="returned-title" class="is-returned">
                    <Icon glyph=Glyph::Undo />
                    {app.says(Tr::review_back_title)}
                </h3>
                <p class="returned-remark">{of(|told| told.remark.clone())}</p>
                <p class="fact-note">{by}</p>
                {rating}
                <p>{app.says(Tr::review_back_to_do)}</p>
                <div class="form-end">
                    <button type="button" class="button is-primary" on:click=move |_| { page::focus("form-title"); }>
                        {app.says(Tr::review_back_go)}
                    </button>
                    <button type="button" class="button" on:click=hand_in>{app.says(Tr::review_back_done)}</button>
                </div>
            </section>
        })}
        {when(is(State::Answered), move || view! {
            <section class="panel-part" aria-label=app.says(Tr::review_standing)>
                <p class="review-line">
                    <Icon glyph=Glyph::Clock />
                    <span>{move || app.tr().review_is_answered(of(|told| told.remark.clone())())}</span>
                </p>
            </section>
        })}
        {when(is(State::Accepted), move || view! {
            <section class="panel-part" aria-label=app.says(Tr::review_standing)>
                <p class="review-line">
                    <Icon glyph=Glyph::Check />
                    <span>{move || {
                        let (who, when) = (of(|told| told.who.clone())(), of(|told| told.when.clone())());
                        app.tr().review_is_accepted(who, when)
                    }}</span>
                </p>
            </section>
        })}
    }
}

/// The reports of other units on the task, to be accepted or returned; nothing where none is
/// known.
#[component]
pub fn Reviewing(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let units = Memo::new(move || {
        let own = own(app);
        app.ledger().with(|ledger| {
            let units = reviewable(ledger, &task.id, own).into_iter();
            units.map(str::to_owned).collect::<Vec<String>>()
        })
    });
    let waiting = move || {
        app.ledger().with(|ledger| {
            let waits = |unit: &&String| state(ledger, unit, &task.id).waits();
            units.with(|units| units.iter().filter(waits).count())
        })
    };
    let open = RwSignal::new(OPEN.get());
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        OPEN.set(open.get_untracked());
    };
    when(
        move || units.with(|units| !units.is_empty()),
        move || {
            view! {
                <section class="panel-part" aria-labelledby="review-title">
                    <div class="review-head">
                        <h3 id="review-title" tabindex="-1">{app.says(Tr::review_title)}</h3>
                        <span class="muted">{move || match waiting() {
                            0 => String::new(),
                            n => app.tr().review_count(n),
                        }}</span>
                        <button
                            type="button"
                            class="button is-quiet is-small"
                            aria-label=app.says(Tr::review_title)
                            aria-controls="review-form"
                            aria-expanded=move || if open.get() { "true" } else { "false" }
                            on:click=toggle
                        >
                            <Icon glyph=Glyph::Down />
                        </button>
                    </div>
                    <div id="review-form" class="record" hidden=move || !open.get()>
                        {when(move || open.get(), move || view! { <Judge task units /> })}
                    </div>
                </section>
            }
        },
    )
}

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

/// A field of several lines, with what is wrong with it below.
pub fn lines_field(
    app: App,
    id: &'static str,
    label: Word,
    value: Signal<String>,
    put: Callback<String>,
    fault: Signal<&'static str>,
) -> View {
    let fault_id = [id, "-fault"].concat();
    view! {
        <div class="field">
            <label for=id>{app.says(label)}</label>
            <textarea
                id=id
                rows="3"
                prop:value=move || value.get()
                aria-invalid=move || (!fault.get().is_empty()).then_some("true")
                aria-describedby=fault_id.clone()
                on:input=move |ev| put.run(event_target_value(&ev))
            ></textarea>
            <p id=fault_id class="fault" role="alert">{move || fault.get()}</p>
        </div>
    }
    .into_view()
}
