//! Choosing files, and why a file is refused, in words.

use tracker::exchange::Reason;
use tracker::text::format_decimal;
use wasm_bindgen::JsCast;

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
