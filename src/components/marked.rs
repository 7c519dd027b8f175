//! A text with the matches of the search marked.

use lean::prelude::*;

use crate::state::use_app;
use tracker::filter::Query;

/// `text` with every match of the search words in `<mark>`.
#[component]
pub fn Marked(
    /// The text.
    text: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    move || {
        let q = app.view().q;
        text.with(|text| {
            if q.is_empty() {
                return text.clone().into_view();
            }
            let marks = Query::read(&q, app.plan).needle().marks(text);
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
