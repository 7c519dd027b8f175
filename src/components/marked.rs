//! A text with the matches of the search marked.

use leptos::prelude::*;

use crate::state::use_app;
use tracker::filter::Query;

/// `text` with every match of the search words in `<mark>`.
#[component]
pub fn Marked(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    move || {
        let q = app.view().q;
        text.with(|text| {
            if q.is_empty() {
                return text.clone().into_any();
            }
            let marks = Query::read(&q, app.plan).needle().marks(text);
            let mut parts = Vec::new();
            let mut at = 0;
            for mark in marks {
                parts.push(text[at..mark.start].to_owned().into_any());
                let matched = text[mark.clone()].to_owned();
                parts.push(view! { <mark>{matched}</mark> }.into_any());
                at = mark.end;
            }
            parts.push(text[at..].to_owned().into_any());
            parts.into_any()
        })
    }
}
