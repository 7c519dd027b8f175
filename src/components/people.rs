//! Those who already work on something, offered where one is named. Any other name can be typed.

use lean::prelude::*;
use tracker::record::assignees;

use crate::state::use_app;

/// The names, for the field whose `list` is this id; as of when the field is drawn.
#[component]
pub fn People(
    /// The id of the list.
    id: &'static str,
) -> impl IntoView {
    let names = use_app().ledger().with_untracked(assignees);
    let options = names
        .into_iter()
        .map(|name| view! { <option value=name></option> });
    view! { <datalist id=id>{options.collect_view()}</datalist> }
}
