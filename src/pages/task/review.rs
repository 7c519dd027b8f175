//! Review and return, in the panel of a task: what its reviewer said of the unit's own report, and
//! reviewing the reports of others.
//!
//! There are no accounts: whoever sits at one unit may review the reports of all others. Where no
//! other unit's report is known, as in an officer's browser, there is nothing to see; elsewhere
//! the section is folded, and stays as it was left from task to task.

use std::cell::Cell;

use lean::prelude::*;
use tracker::ledger::{Color, Field, Ledger, Rating};
use tracker::plan::Task;
use tracker::review::{
    Fault, Form, Rate, State, Verdict, answer, list::reviewable, ratings, reported_at, said, state,
};

use super::words::{in_words, rated, visible, who};
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::{Tr, moment};
use crate::platform::page;
use crate::state::record::Recording;
use crate::state::{App, Command, Unit, use_app};

thread_local! {
    /// Whether the section was left open.
    static OPEN: Cell<bool> = const { Cell::new(false) };
}

/// What of a report is told to its reviewer in a line each.
const TOLD: [Field; 5] = [
    Field::Status,
    Field::Progress,
    Field::Forecast,
    Field::Extension,
    Field::Blocker,
];

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

/// What of the report of a unit its reviewer sees.
fn report(app: App, ledger: &Ledger, unit: &str, task: &Task) -> Vec<(&'static str, String)> {
    let tr = app.tr();
    let state = state(ledger, unit, &task.id);
    let mut lines = vec![(tr.review_state(), tr.review_state_of(state).to_owned())];
    if let Some(said) = said(ledger, unit, &task.id) {
        let (who, when) = who(app, said.event);
        let words = match said.remark {
            Some(remark) => [&visible(&remark), "\n", &who, ", ", &when].concat(),
            None => [&who, ", ", &when].concat(),
        };
        lines.push((tr.field_review(), words));
    }
    for field in TOLD {
        let cell = ledger.cell(unit, &task.id, field.as_str());
        let shown = cell.and_then(tracker::ledger::Cell::shown);
        if let Some(shown) = shown.filter(|shown| !shown.value().is_null()) {
            lines.push((tr.field(field), in_words(app, field, shown.value())));
        }
    }
    if let Some(at) = reported_at(ledger, unit, &task.id) {
        let when = moment(at.ms, app.offset_minutes(at.ms));
        lines.push((tr.table_updated(), when));
    }
    lines
}

/// A text of the catalogue.
type Word = fn(Tr) -> &'static str;

const VERDICTS: [(Verdict, Word); 2] = [
    (Verdict::Accept, Tr::review_accept),
    (Verdict::Return, Tr::review_return),
];

const RATES: [(Rate, Word); 4] = [
    (Rate::Clear, Tr::review_rating_none),
    (Rate::As(Color::Green), Tr::rating_green),
    (Rate::As(Color::Amber), Tr::rating_amber),
    (Rate::As(Color::Red), Tr::rating_red),
];

/// The form that judges the report of one of the units.
#[component]
fn Judge(
    /// The task.
    task: &'static Task,
    /// Whose reports there are; not empty.
    units: Memo<Vec<String>>,
) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(String::new());
    // The first one, until somebody chooses another that has a report.
    let unit = Memo::new(move || {
        let chosen = chosen.get();
        units.with(|units| {
            let known = units.contains(&chosen);
            let first = units.first().cloned().unwrap_or_default();
            if known { chosen } else { first }
        })
    });
    let form = RwSignal::new(Form::default());
    let tried = RwSignal::new(false);
    let faults = Memo::new(move || match tried.get() {
        true => form.with(Form::faults),
        false => Vec::new(),
    });
    let fault = move |wanted: Fault| {
        move || match faults.with(|faults| faults.contains(&wanted)) {
            true => app.tr().review_fault(wanted),
            false => "",
        }
    };
    let both = Memo::new(move || {
        app.ledger()
            .with(|ledger| unit.with(|unit| ratings(ledger, unit, &task.id)))
    });
    // What the form shows where nobody touched it.
    let rate = Memo::new(move || match form.with(|form| form.rate) {
        Rate::Keep => both.with(|both| {
            let reviewer = both.reviewer.as_ref();
            reviewer.map_or(Rate::Clear, |rating| Rate::As(rating.color))
        }),
        touched => touched,
    });
    let reason = Memo::new(move || match form.with(|form| form.rate) {
        Rate::Keep => both.with(|both| {
            let comment = both.reviewer.as_ref().and_then(|r| r.comment.clone());
            comment.unwrap_or_default()
        }),
        _ => form.with(|form| form.reason.clone()),
    });
    let put_rate = move |to: Rate| {
        let reason = reason.get_untracked();
        form.update(|form| {
            form.rate = to;
            form.reason = reason;
        });
    };
    let put_reason = move |text: String| {
        let rate = rate.get_untracked();
        form.update(|form| {
            form.rate = rate;
            form.reason = text;
        });
    };
    let clear = move || {
        form.set(Form::default());
        tried.set(false);
    };
    let save = move || {
        let found = form.with_untracked(Form::faults);
        if let Some(first) = found.first() {
            tried.set(true);
            page::focus_soon(match first {
                Fault::VerdictMissing => "review-verdict-0",
                Fault::RemarkMissing => "review-remark",
                Fault::ReasonMissing => "review-reason",
            });
            return;
        }
        let report = (unit.get_untracked(), task.id.clone());
        let entered = form.get_untracked();
        clear();
        app.dispatch(Command::Review {
            reports: vec![report],
            form: Box::new(entered),
        });
    };
    let lines = Memo::new(move || {
        app.ledger()
            .with(|ledger| unit.with(|unit| report(app, ledger, unit, task)))
    });
    let line = |(name, words): (&'static str, String)| {
        view! { <dt>{name}</dt> <dd class="review-words">{words}</dd> }
    };
    let told = move |rating: Option<Rating>| match rating {
        Some(rating) => rated(app.tr(), &rating),
        None => app.tr().review_rating_none().to_owned(),
    };
    let is_return = move || form.with(|form| form.verdict == Some(Verdict::Return));
    view! {
        <Whose task units unit choose=Callback::new(move |id: String| {
            chosen.set(id);
            clear();
        }) />
        <dl class="facts" aria-label=app.says(Tr::review_report)>
            {move || lines.get().into_iter().map(line).collect_view()}
            <dt>{app.says(Tr::review_rating_own)}</dt>
            <dd class="review-words">{move || told(both.get().own)}</dd>
            <dt>{app.says(Tr::field_reviewer_rating)}</dt>
            <dd class="review-words">{move || told(both.get().reviewer)}</dd>
        </dl>
        {when(move || both.with(|both| both.differ()), move || view! {
            <p class="review-line is-differing"><Icon glyph=Glyph::Differ /><span>{app.says(Tr::review_differs)}</span></p>
        })}
        <form
            class="record"
            aria-labelledby="review-title"
            novalidate
            on:submit=move |ev| {
                ev.prevent_default();
                save();
            }
        >
            {segments(
                app,
                "review-verdict",
                Tr::review_verdict,
                &VERDICTS.map(|v| v.1),
                Signal::derive(move || form.with(|form| VERDICTS.iter().position(|v| Some(v.0) == form.verdict))),
                Callback::new(move |at: usize| form.update(|form| form.verdict = Some(VERDICTS[at].0))),
            )}
            <p class="fault" role="alert">{fault(Fault::VerdictMissing)}</p>
            {when(is_return, move || lines_field(
                app,
                "review-remark",
                Tr::review_remark,
                Signal::derive(move || form.with(|form| form.remark.clone())),
                Callback::new(move |text: String| form.update(|form| form.remark = text)),
                Signal::derive(fault(Fault::RemarkMissing)),
            ))}
            {segments(
                app,
                "review-rate",
                Tr::review_rate,
                &RATES.map(|r| r.1),
                Signal::derive(move || RATES.iter().position(|r| r.0 == rate.get())),
                Callback::new(move |at: usize| put_rate(RATES[at].0)),
            )}
            {when(move || rate.get() != Rate::Clear, move || lines_field(
                app,
                "review-reason",
                Tr::review_reason,
                reason.into(),
                Callback::new(put_reason),
                Signal::derive(fault(Fault::ReasonMissing)),
            ))}
            <div class="form-end">
                <button type="submit" class="button is-primary">{app.says(Tr::review_save)}</button>
            </div>
        </form>
        <p class="fact-note">{app.says(Tr::review_how_to_send)}</p>
    }
}

/// Whose report it is: a line, or a choice when there are several.
#[component]
fn Whose(
    /// The task.
    task: &'static Task,
    /// Whose reports there are.
    units: Memo<Vec<String>>,
    /// Whose is shown.
    unit: Memo<String>,
    /// Called with the chosen one.
    choose: Callback<String>,
) -> impl IntoView {
    let app = use_app();
    let several = Memo::new(move || units.with(|units| units.len() > 1));
    let name = move |id: &str| unit_name(app, id, app.lang());
    let options = move || {
        let options = units.get().into_iter().map(|id| {
            let state = app.ledger().with(|ledger| state(ledger, &id, &task.id));
            let words = [&name(&id), " · ", app.tr().review_state_of(state)].concat();
            let selected = unit.with(|unit| *unit == id);
            view! { <option value=id selected=selected>{words}</option> }
        });
        options.collect_view()
    };
    view! {
        {when(move || !several.get(), move || view! {
            <p>{app.says(Tr::review_unit)}" "{move || unit.with(|unit| name(unit))}</p>
        })}
        {when(move || several.get(), move || view! {
            <div class="field">
                <label for="review-unit">{app.says(Tr::review_unit)}</label>
                <select id="review-unit" on:change=move |ev| choose.run(event_target_value(&ev))>{options}</select>
            </div>
        })}
    }
}

/// A choice among a few, side by side; none of them until one is chosen.
fn segments(
    app: App,
    id: &'static str,
    label: Word,
    names: &[Word],
    chosen: Signal<Option<usize>>,
    choose: Callback<usize>,
) -> View {
    let segment = move |(at, name): (usize, &Word)| {
        view! {
            <label class="segment">
                <input
                    id=[id, "-", &at.to_string()].concat()
                    type="radio"
                    name=id
                    prop:checked=move || chosen.get() == Some(at)
                    on:change=move |_| choose.run(at)
                />
                <span>{app.says(*name)}</span>
            </label>
        }
    };
    view! {
        <fieldset role="radiogroup" aria-labelledby=id>
            <legend id=id>{app.says(label)}</legend>
            <div class="segments">{names.iter().enumerate().map(segment).collect_view()}</div>
        </fieldset>
    }
    .into_view()
}

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
