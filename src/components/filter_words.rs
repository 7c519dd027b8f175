//! Filters in the reader's words: "Chủ đề: Dữ liệu", "Hạn: từ tháng 3/2023".

use tracker::date::DeadlineKind;
use tracker::filter::{Key, Span, Token, Values, find};
use tracker::ledger::Field;
use tracker::status::Bucket;

use super::agency::unit_name;
use crate::i18n::Tr;
use crate::state::App;

/// The name of a key.
pub fn key_words(tr: Tr, key: Key) -> &'static str {
    match key {
        Key::Lead => tr.role_lead(),
        Key::Coordinator => tr.role_coordinator(),
        Key::Agency => tr.nav_agencies(),
        Key::Role => tr.filter_role(),
        Key::Basis => tr.key_basis(),
        Key::Document => tr.filter_document(),
        Key::Group => tr.key_group(),
        Key::Topic => tr.filter_topic(),
        Key::Indicator => tr.key_indicator(),
        Key::Bottleneck => tr.nav_bottlenecks(),
        Key::Deadline => tr.filter_deadline(),
        Key::Due => tr.key_due(),
        Key::Bucket => tr.filter_bucket(),
        Key::Status => tr.key_status(),
        Key::Completed => tr.key_completed(),
        Key::Updated => tr.key_updated(),
        Key::Review => tr.field_review(),
        Key::Assignee => tr.field_assignee(),
        Key::Has => tr.key_has(),
        Key::No => tr.key_no(),
    }
}

/// A value of a key in words; `None` where it means nothing, or more than one thing.
pub fn value_words(app: App, key: Key, value: &str) -> Option<String> {
    let (tr, lang) = (app.tr(), app.lang());
    match key.values() {
        Values::Text => Some(value.to_owned()),
        Values::Days => Span::parse(value).map(|span| tr.span(span)),
        Values::Words => fixed_words(tr, key, key.word(value)?).map(str::to_owned),
        Values::Agencies | Values::Things => {
            let ids = find(app.plan, key, value);
            let [id] = ids.as_slice() else {
                return None;
            };
            Some(match key {
                Key::Document => app.plan.document(id)?.number.clone(),
                Key::Topic => app.plan.topic(id)?.name.get(lang).to_owned(),
                Key::Indicator => app.plan.indicator(id)?.name.get(lang).to_owned(),
                Key::Bottleneck => app.plan.bottleneck(id)?.title.get(lang).to_owned(),
                Key::Group => id.clone(),
                _ => unit_name(app, id, lang),
            })
        }
    }
}

/// A word of a fixed list in the reader's language.
fn fixed_words(tr: Tr, key: Key, word: &str) -> Option<&'static str> {
    let words = match (key, word) {
        (Key::Role, "coord") | (Key::Has | Key::No, "coord") => tr.role_coordinator(),
        (Key::Role, _) | (Key::Has | Key::No, "lead") => tr.role_lead(),
        (Key::Basis, "named") => tr.word_named(),
        (Key::Basis, "inherited") => tr.word_inherited(),
        (Key::Basis, _) => tr.word_collective(),
        (Key::Deadline, word) => {
            let mut kinds = DeadlineKind::ALL.into_iter();
            tr.deadline_kind(kinds.find(|kind| kind.key() == word)?)
        }
        (Key::Bucket, "overdue") => tr.word_overdue(),
        (Key::Bucket, "open") => tr.word_open(),
        (Key::Bucket | Key::Status, "done") => tr.status_done(),
        (Key::Bucket, word) => {
            let mut buckets = Bucket::ALL.into_iter();
            tr.bucket(buckets.find(|bucket| bucket.key() == word)?)
        }
        (Key::Status, "in-progress") => tr.status_in_progress(),
        (Key::Status, _) => tr.status_not_started(),
        (Key::Review, "returned") => tr.word_returned(),
        (Key::Review, "accepted") => tr.word_accepted(),
        (Key::Review, _) => tr.word_waiting(),
        (_, "deadline") => tr.task_deadline(),
        (_, "deliverable") => tr.task_deliverable(),
        (_, "indicator") => tr.key_indicator(),
        (_, "bottleneck") => tr.nav_bottlenecks(),
        (_, "update") => tr.word_update(),
        (_, "rating") => tr.word_rating(),
        (_, "difference") => tr.word_difference(),
        (_, "late-start") => tr.word_late_start(),
        (_, word) => tr.field(Field::parse(word)?),
    };
    Some(words)
}

/// A filter in words; `None` where it is best shown as typed.
pub fn filter_words(app: App, token: &Token) -> Option<String> {
    let Some(Ok(key)) = token.key else {
        return None;
    };
    let mut words = Vec::new();
    for value in &token.values {
        words.push(value_words(app, key, value)?);
    }
    let tr = app.tr();
    let not = if token.negated { tr.filter_not() } else { "" };
    let name = key_words(tr, key);
    (!words.is_empty()).then(|| format!("{not}{name}: {}", words.join(", ")))
}
