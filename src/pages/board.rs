//! The board: the unit's tasks in columns.

use lean::prelude::*;
use tracker::status::Bucket;

use crate::components::card::Card;
use crate::components::icon::{Icon, of_bucket};
use crate::components::list_head::{ListHead, Nothing};
use crate::i18n::Tr;
use crate::state::rows::in_bucket;
use crate::state::use_app;

/// The board.
#[component]
pub fn Board() -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move || app.visible().with(|rows| rows.is_empty()));
    view! {
        <div class="page is-full">
            <ListHead title=Tr::board_title />
            {move || if empty.get() { view! { <Nothing /> } } else { view! { <Columns /> } }}
        </div>
    }
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <div class="columns">
            {Bucket::ALL.into_iter().map(|bucket| view! { <Column bucket /> }).collect_view()}
        </div>
    }
}

/// One column: a region named by its bucket and its count.
#[component]
fn Column(
    /// The bucket.
    bucket: Bucket,
) -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move || app.visible().with(|rows| in_bucket(rows, bucket)));
    let count = Memo::new(move || rows.with(|r| r.len()));
    let label = move || {
        let tr = app.tr();
        tr.board_column(tr.bucket(bucket), tr.count(count.get()))
    };
    view! {
        <section
            class=format!("column is-{}", bucket.key())
            class:is-empty=move || { count.get() == 0 }
            aria-label=label
        >
            <h2 class="column-head">
                <Icon glyph=of_bucket(bucket) />
                <span class="column-name">{move || app.tr().bucket(bucket)}</span>
                " "
                <span class="column-count">{move || app.tr().count(count.get())}</span>
            </h2>
            <ul class="cards">
                {each(
                    move || rows.get().to_vec(),
                    |row| (row.position, row.standing.clone()),
                    |row| view! { <li><Card row /></li> },
                )}
            </ul>
        </section>
    }
}
