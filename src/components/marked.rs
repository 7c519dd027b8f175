//! A text with the matches of the search marked.

use lean::prelude::*;

use crate::state::{App, use_app};

/// `text` with every match of the search words in `<mark>`, once the whole program is there.
#[component]
pub fn Marked(
    /// The text.
    text: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    move || match app.is_whole() {
        true => marked(app, text),
        false => text.get().into_view(),
    }
}

/// Comes with the rest of the program.
#[inline(never)]
fn marked(app: App, text: Signal<String>) -> View {
    text.with(|text| {
        let marks = app.needle().with(|needle| needle.marks(text));
        if marks.is_empty() {
            return text.clone().into_view();
        }
        let mut parts = Vec::new();
        let mut at = 0;
        for mark in marks {
            parts.push(text[at..mark.start].to_owned().into_view());
            let matched = text[mark.clone()].to_owned();
            parts.push(view! { <mark>{matched}</mark> }.into_view());
            at = mark.end;
        }
        parts.push(text[at..].to_owned().into_view());
        parts.into_view()
    })
}
