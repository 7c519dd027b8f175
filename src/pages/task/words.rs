//! What was recorded, in words: values, who wrote them and when. [`lines`](super::lines) shows them.

use serde_json::Value;
use tracker::date::format_date;
use tracker::ledger::{Color, Event, EventId, Evidence, Field, FieldValue, Rating, Review};
use tracker::text::{Lang, format_decimal};

use crate::components::agency::unit_name;
pub use crate::components::said::visible;
use crate::i18n::{Tr, moment};
use crate::state::App;

/// One update in words. A line is drawn anew only when these change.
#[derive(Clone, Hash)]
pub struct Entry {
    /// The update.
    pub id: EventId,
    /// What it is, where the words do not say so.
    pub label: &'static str,
    /// What it says.
    pub what: String,
    /// The address that the words are, where they are one.
    pub link: Option<String>,
    /// When, by whom, for whom.
    pub who: String,
    /// Whether it can be taken back here.
    pub undoable: bool,
    /// The language of all this.
    pub lang: Lang,
}

/// An update as an entry whose words are `what`. Tracks the language.
pub fn entry(app: App, event: &Event, what: String, undoable: bool) -> Entry {
    let lang = app.lang();
    let (author, when) = who(app, event);
    let unit = unit_name(app, event.unit(), lang);
    Entry {
        id: event.id(),
        label: "",
        what,
        link: None,
        who: format!("{when} · {author} · {unit}"),
        undoable,
        lang,
    }
}

/// By whom an update was made, and when. Tracks the language.
pub fn who(app: App, event: &Event) -> (String, String) {
    let ms = event.time().ms;
    let when = moment(ms, app.offset_minutes(ms));
    let author = if event.author().is_empty() {
        app.tr().history_unnamed().to_owned()
    } else {
        app.tr().named(event.author())
    };
    (author, when)
}

/// A recorded value in words. Tracks the language.
pub fn in_words(app: App, field: Field, value: &Value) -> String {
    let (tr, lang) = (app.tr(), app.lang());
    match FieldValue::read(field, value) {
        Err(_) => tr.history_unreadable().to_owned(),
        Ok(value) => match value {
            FieldValue::Cleared => tr.history_nothing().to_owned(),
            FieldValue::Retract(_) => String::new(),
            FieldValue::Status(status) => tr.status(status),
            FieldValue::Progress(percent) => format!("{percent}%"),
            FieldValue::Forecast(day) => format_date(day),
            FieldValue::Extension { due, document } => {
                let number = match app.plan.document(&document) {
                    Some(known) => known.number.clone(),
                    None => tr.named(&document),
                };
                tr.value_extension(format_date(due), number)
            }
            FieldValue::Blocker { bottleneck, text } => {
                let named = bottleneck.map(|id| match app.plan.bottleneck(&id) {
                    Some(known) => known.title.get(lang).to_owned(),
                    None => tr.named(&id),
                });
                match named {
                    None => visible(&text),
                    Some(named) if text.is_empty() => named,
                    Some(named) => format!("{named} ({})", visible(&text)),
                }
            }
            FieldValue::SelfRating(r) | FieldValue::ReviewerRating(r) => rated(tr, &r),
            FieldValue::Assignee(text) | FieldValue::Note(text) => visible(&text),
            FieldValue::Evidence(Evidence::Link(text) | Evidence::Text(text)) => visible(&text),
            FieldValue::Review(Review::Accepted { .. }) => tr.review_accepted().to_owned(),
            FieldValue::Review(Review::Returned { remark, .. }) => {
                tr.review_returned(visible(&remark))
            }
            FieldValue::Review(Review::Answered) => tr.review_answered().to_owned(),
            FieldValue::Observation(o) => {
                tr.value_observation(format_decimal(o.value, 2, lang), format_date(o.date))
            }
            FieldValue::Closing(closing) => {
                tr.value_closing(tr.named(&closing.name), format_date(closing.asof))
            }
        },
    }
}

/// A rating in words: "Vàng (chậm tiến độ)".
pub fn rated(tr: Tr, rating: &Rating) -> String {
    let word = match rating.color {
        Color::Green => tr.rating_green(),
        Color::Amber => tr.rating_amber(),
        Color::Red => tr.rating_red(),
    };
    match &rating.comment {
        Some(comment) => format!("{word} ({})", visible(comment)),
        None => word.to_owned(),
    }
}
