//! A text with the matches of the search marked.

use lean::prelude::*;

use crate::state::use_app;

/// `text` with every match of the search words in `<mark>`.
#[component]
pub fn Marked(
    /// The text.
    text: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    move || {
        let marks = |text: &String| app.needle().with(|needle| needle.marks(text));
        text.with(|text| {
            let marks = marks(text);
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
}
