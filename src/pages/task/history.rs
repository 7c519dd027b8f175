//! What was recorded of a task, as sentences, newest first; each can be taken back.

use lean::prelude::*;
use serde_json::Value;
use tracker::date::format_date;
use tracker::ledger::{Color, Event, EventId, Evidence, Field, FieldValue, Ledger, Review, undo};
use tracker::plan::Task;
use tracker::text::{Lang, format_decimal};

use crate::components::agency::unit_name;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::{Tr, moment};
use crate::platform::page;
use crate::state::{App, Command, use_app};

/// Every update of the task, by any unit.
#[component]
pub fn History(
    /// The task.
    task: &'static Task,
) -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move || {
        let ledger = app.ledger();
        ledger.with(|ledger| ledger.subject_history(None, &task.id).is_empty())
    });
    view! {
        <section class="panel-part" aria-labelledby="history-title">
            <h3 id="history-title" tabindex="-1">{app.says(Tr::history_title)}</h3>
            {when(move || empty.get(), move || view! { <p class="muted">{app.says(Tr::history_empty)}</p> })}
            <ol class="history" hidden=move || empty.get()>
                {each(move || entries(app, task), Entry::clone, |entry| view! { <Line entry /> })}
            </ol>
        </section>
    }
}

/// One update in words. A line is drawn anew only when these change.
#[derive(Clone, Hash)]
struct Entry {
    id: EventId,
    what: String,
    who: String,
    undoable: bool,
    lang: Lang,
}

fn entries(app: App, task: &Task) -> Vec<Entry> {
    let (tr, lang) = (app.tr(), app.lang());
    let mut entries = Vec::new();
    app.ledger().with(|ledger| {
        for event in ledger.subject_history(None, &task.id) {
            let ms = event.time().ms;
            let when = moment(ms, app.offset_minutes(ms));
            let author = if event.author().is_empty() {
                tr.history_unnamed().to_owned()
            } else {
                visible(event.author())
            };
            let unit = unit_name(app, event.unit(), lang);
            let id = event.id();
            entries.push(Entry {
                undoable: undo(ledger, &id).is_ok(),
                what: sentence(app, ledger, event),
                who: format!("{when} · {author} · {unit}"),
                id,
                lang,
            });
        }
    });
    entries
}

/// One update: what, when, by whom, for whom; and a button to take it back where that is possible.
#[component]
fn Line(
    /// The update.
    entry: Entry,
) -> impl IntoView {
    let app = use_app();
    let Entry {
        id,
        what,
        who,
        undoable,
        ..
    } = entry;
    let sentence_id = format!("history-{id}");
    let button = undoable.then(|| {
        let take_back = move |_| {
            app.dispatch(Command::Undo(vec![id]));
            // The button goes with what it took back.
            page::focus_soon("history-title");
        };
        view! {
            <button
                type="button"
                class="button is-quiet is-small"
                aria-describedby=sentence_id.clone()
                on:click=take_back
            >
                <Icon glyph=Glyph::Undo />
                {app.says(Tr::undo)}
            </button>
        }
    });
    view! {
        <li>
            <p class="history-what" id=sentence_id>{what}</p>
            <p class="history-who">{who}</p>
            {button}
        </li>
    }
}

/// An update as a sentence: "Trạng thái: Chưa thực hiện → Đang thực hiện".
fn sentence(app: App, ledger: &Ledger, event: &Event) -> String {
    let tr = app.tr();
    let Some(field) = Field::parse(event.field()) else {
        return tr.history_unknown_field(visible(event.field()));
    };
    let name = tr.field(field);
    let after = match FieldValue::read(field, event.value()) {
        Ok(FieldValue::Retract(target)) => {
            let text = ledger
                .get(&target)
                .map(|e| in_words(app, field, e.value()))
                .unwrap_or_default();
            return tr.history_retracted(name, text);
        }
        _ => in_words(app, field, event.value()),
    };
    let before = event
        .parents()
        .iter()
        .filter_map(|id| ledger.get(id))
        .max_by(|a, b| a.order(b))
        .map(|e| in_words(app, field, e.value()));
    match before {
        Some(before) if before != after => tr.history_changed(name, before, after),
        _ => tr.history_set(name, after),
    }
}

/// A recorded value in words.
fn in_words(app: App, field: Field, value: &Value) -> String {
    let (tr, lang) = (app.tr(), app.lang());
    let rated = |color: Color, comment: &Option<String>| {
        let word = match color {
            Color::Green => tr.rating_green(),
            Color::Amber => tr.rating_amber(),
            Color::Red => tr.rating_red(),
        };
        match comment {
            Some(comment) => format!("{word} ({})", visible(comment)),
            None => word.to_owned(),
        }
    };
    match FieldValue::read(field, value) {
        Err(_) => tr.history_unreadable().to_owned(),
        Ok(value) => match value {
            FieldValue::Cleared => tr.history_nothing().to_owned(),
            FieldValue::Retract(_) => String::new(),
            FieldValue::Status(status) => tr.status(status),
            FieldValue::Progress(percent) => format!("{percent}%"),
            FieldValue::Forecast(day) => format_date(day),
            FieldValue::Extension { due, document } => {
                tr.value_extension(format_date(due), visible(&document))
            }
            FieldValue::Blocker { bottleneck, text } => bottleneck
                .and_then(|id| app.plan.bottleneck(&id))
                .map_or(visible(&text), |b| {
                    format!("{} ({})", b.title.get(lang), visible(&text))
                }),
            FieldValue::SelfRating(r) | FieldValue::ReviewerRating(r) => rated(r.color, &r.comment),
            FieldValue::Assignee(text) | FieldValue::Note(text) => visible(&text),
            FieldValue::Evidence(Evidence::Link(text) | Evidence::Text(text)) => visible(&text),
            FieldValue::Review(Review::Accepted) => tr.review_accepted().to_owned(),
            FieldValue::Review(Review::Returned { remark }) => tr.review_returned(visible(&remark)),
            FieldValue::Observation(o) => {
                tr.value_observation(format_decimal(o.value, 2, lang), format_date(o.date))
            }
        },
    }
}

/// A text from a file with its invisible characters made visible, so that none can
/// turn a sentence around or hide a word.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => '\u{2423}',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}
