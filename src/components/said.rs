//! What other people wrote, as the page shows it: nothing in it is hidden, an address that is one
//! opens beside the page, and what is absurdly long is cut, with the whole a press away.
//!
//! Names go through [`Tr::named`](crate::i18n::Tr::named), which the first view needs too.

use lean::prelude::*;
use tracker::text::{cut, web_host};

use crate::state::App;

/// How many characters of a text stand on the page before it is cut.
const LONG: usize = 2_000;

/// A text with everything in it visible, as [`tracker::text::visible`] writes it.
pub fn visible(text: &str) -> String {
    tracker::text::visible(text).into_owned()
}

/// Words that went through [`visible`]: all of them, or their beginning and a button that shows the
/// rest. Phrasing content.
pub fn long(app: App, words: String) -> View {
    let Some((at, left)) = cut(&words, LONG) else {
        return words.into_view();
    };
    let open = RwSignal::new(false);
    let shown = move || match open.get() {
        true => words.clone(),
        false => [&words[..at], "…"].concat(),
    };
    let label = move || match open.get() {
        true => app.tr().said_less().to_owned(),
        false => app.tr().said_all(app.tr().count(left)),
    };
    view! {
        <span>{shown}</span>
        " "
        <button
            type="button"
            class="button is-quiet is-small"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.set(!open.get_untracked())
        >
            {label}
        </button>
    }
}

/// Words that went through [`visible`] for where there is no room for more than a few lines: all of
/// them, or their beginning and how much follows.
pub fn shortened(app: App, words: String) -> String {
    match cut(&words, LONG) {
        Some((at, left)) => app.tr().cut(&words[..at], app.tr().count(left)),
        None => words,
    }
}

/// A link to an address that somebody wrote, called by `words`; only the words where it is none that
/// the page links to. The page behind it learns nothing of this one. Phrasing content.
pub fn outward(app: App, address: &str, words: String) -> View {
    let Some(host) = web_host(address) else {
        return long(app, words);
    };
    let words = shortened(app, words);
    let name = host.disguised.then(|| host.name.to_owned());
    view! {
        <a href=address.to_owned() target="_blank" rel="noopener noreferrer">{words}</a>
        {name.map(|name| view! { " "<strong>{app.tr().said_host(app.tr().named(&name))}</strong> })}
    }
}
