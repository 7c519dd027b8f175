//! Choosing files, why a file is refused, and what is odd about one that is not, in words.

use tracker::exchange::{Oddities, Reason};
use tracker::text::format_decimal;
use wasm_bindgen::JsCast;

use crate::i18n::Tr;
use crate::state::App;

/// The files that were chosen; the input forgets them, so that the same one can be chosen again
/// after it was mended.
pub fn chosen(ev: &web_sys::Event) -> Vec<web_sys::File> {
    let input = ev
        .target()
        .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(input) = input else {
        return Vec::new();
    };
    let files = input.files();
    let files = files.map(|list| (0..list.length()).filter_map(|i| list.get(i)).collect());
    input.set_value("");
    files.unwrap_or_default()
}

/// Why a file is refused and what to do, in the user's language.
pub fn refusal(app: App, file: &str, reason: &Reason) -> String {
    let (tr, lang) = (app.tr(), app.lang());
    let file = &tr.named(file);
    let megabytes = |bytes: usize| format_decimal(bytes as f64 / (1024.0 * 1024.0), 1, lang);
    match reason {
        Reason::TooLarge { bytes, limit } => {
            tr.refused_too_large(file, megabytes(*bytes), megabytes(*limit))
        }
        Reason::Empty => tr.refused_empty(file),
        Reason::NotUtf8 { offset } => tr.refused_not_utf8(file, tr.count(*offset)),
        Reason::NotJson { line, column } => {
            tr.refused_not_json(file, tr.count(*line), tr.count(*column))
        }
        Reason::Truncated { line, column } => {
            tr.refused_truncated(file, tr.count(*line), tr.count(*column))
        }
        Reason::DuplicateKey { key, line, column } => {
            tr.refused_duplicate_key(file, tr.named(key), tr.count(*line), tr.count(*column))
        }
        Reason::NotOurs => tr.refused_not_ours(file),
        Reason::NewerReader { schema, min_reader } => {
            tr.refused_newer(file, schema, min_reader, tracker::exchange::READER)
        }
        Reason::OtherPlan { found } => {
            tr.refused_other_plan(file, tr.named(found), &app.plan.manifest().id)
        }
        Reason::Altered => tr.refused_altered(file),
        Reason::Field { path, line, .. } => match line {
            Some(line) => tr.refused_field_line(file, tr.named(path), tr.count(*line)),
            None => tr.refused_field(file, tr.named(path)),
        },
        Reason::EventAltered { index } => tr.refused_event_altered(file, tr.count(index + 1)),
        Reason::CountMismatch { stated, found } => tr.refused_count(file, stated, tr.count(*found)),
        Reason::Migration { from, message } => tr.refused_migration(file, from, tr.named(message)),
    }
}

/// How many ids of a file stand in a sentence.
const IDS_SHOWN: usize = 20;

/// Ids that a file names, as one text.
pub fn ids(tr: Tr, ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(IDS_SHOWN).map(|id| tr.named(id)).collect();
    let more = if ids.len() > IDS_SHOWN { ", …" } else { "" };
    [&shown.join(", "), more].concat()
}

/// What is odd about a good file: a sentence for each kind.
pub fn odd_words(app: App, odd: &Oddities) -> Vec<String> {
    let tr = app.tr();
    let words = [
        (odd.of_unknown_subjects > 0).then(|| {
            tr.preview_unknown_tasks(odd.of_unknown_subjects, ids(tr, &odd.unknown_subjects))
        }),
        (odd.of_unknown_units > 0)
            .then(|| tr.preview_unknown_units(odd.of_unknown_units, ids(tr, &odd.unknown_units))),
        (odd.unknown_fields > 0).then(|| tr.preview_unknown_fields(odd.unknown_fields)),
        (odd.unreadable_values > 0).then(|| tr.preview_unreadable(odd.unreadable_values)),
        (odd.ahead > 0).then(|| tr.preview_ahead(odd.ahead)),
    ];
    words.into_iter().flatten().collect()
}
