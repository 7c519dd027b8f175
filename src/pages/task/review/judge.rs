//! The form by which a reviewer judges the report of another unit: what was reported, the verdict with
//! its remark, and a rating with its reason.

use lean::prelude::*;
use tracker::ledger::{Color, Field, Ledger, Rating};
use tracker::plan::Task;
use tracker::review::{Fault, Form, Rate, Verdict, ratings, reported_at, said, state};

use super::{Word, lines_field};
use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::{Tr, moment};
use crate::pages::task::words::{in_words, rated, visible, who};
use crate::platform::page;
use crate::state::{App, Command, use_app};

/// What of a report is told to its reviewer in a line each.
const TOLD: [Field; 5] = [
    Field::Status,
    Field::Progress,
    Field::Forecast,
    Field::Extension,
    Field::Blocker,
];

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
pub fn Judge(
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
        // What is refused stays in the form.
        if !untrack(|| app.is_read_only()) {
            clear();
        }
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
