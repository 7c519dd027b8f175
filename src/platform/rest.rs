//! Whether the rest of the program is there.
//!
//! The built page comes in two parts: what the first view needs, and the rest, which `boot.js`
//! fetches as soon as the first is there (`tools/split-wasm.mjs` parts them, `tools/rest.txt` says
//! what is in the rest). A call into the rest before it is there ends the program, so whoever may be
//! early asks first: views by `App::is_whole`, commands by waiting in `dispatch`.
//!
//! Where nothing was parted, as in tests and in builds for a quick look, everything is there at once.

use web_sys::Event;

use super::listener::Listener;
use super::page::document;

/// How much of the program is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// The first part; the rest is on its way.
    First,
    /// The first part; the rest could not be had.
    Stuck,
}

/// How much is there while the page starts.
pub fn at_start() -> Extent {
    let parted = document().and_then(|d| d.query_selector("meta[name=app-rest]").ok()?);
    match parted {
        Some(_) => Extent::First,
        None => Extent::Whole,
    }
}

/// Calls back when the rest is there, or cannot be had. `boot.js` says so by events.
pub fn on_news(callback: impl Fn(Extent) + Clone + 'static) -> [Listener; 2] {
    let stuck = callback.clone();
    [
        Listener::new(document(), "tiendo06:whole", move |_: Event| {
            callback(Extent::Whole)
        }),
        Listener::new(document(), "tiendo06:stuck", move |_: Event| {
            stuck(Extent::Stuck)
        }),
    ]
}
