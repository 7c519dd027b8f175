//! Addresses that follow what is typed, once it rests.
//!
//! Comes with the rest of the program: until then each letter is written at once (`App::go`).

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::super::listener::Listener;
use super::super::page::{after, window};
use super::{AddressError, hash};

/// How long nothing more must have been typed before the address says it: longer than between two
/// letters, shorter than it takes to reach for the address.
pub const REST_MS: i32 = 300;

thread_local! {
    /// The address that waits, and the one in whose place it is to stand.
    static WAITING: RefCell<Option<[String; 2]>> = const { RefCell::new(None) };
    /// Counts what was put off, so that only the last of it ends the wait. Zero: nothing ever was.
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Puts an address in place of the present one, but only once nothing more of the kind came for a
/// while, or before the next step of the history: for what is typed. A browser takes longer to write
/// an address than the page to answer a letter (Chromium fetches the icon anew each time), and some
/// refuse one that changes too often.
#[inline(never)]
pub fn replace(address: String) {
    let number = COUNT.get() + 1;
    if COUNT.replace(number) == 0 {
        settle_before_leaving();
    }
    WAITING.set(Some([address, hash()]));
    after(REST_MS, move || {
        if COUNT.get() == number {
            settle();
        }
    });
}

/// As [`push`](super::push), after what waits.
///
/// # Errors
/// When the browser refuses.
#[inline(never)]
pub fn push(address: &str) -> Result<(), AddressError> {
    settle();
    super::push(address)
}

/// Writes what waits, unless the browser has gone elsewhere since.
fn settle() {
    if let Some([address, stands]) = WAITING.take()
        && stands == hash()
    {
        // A browser that refuses to change the address bar still shows the view.
        let _ = super::replace(&address);
    }
}

/// A link that is followed makes a step of the history without asking, and so do some keys.
fn settle_before_leaving() {
    Listener::new(window(), "click", |_| settle()).forever();
    Listener::new(window(), "keydown", |event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        if key.alt_key() || key.ctrl_key() || key.meta_key() {
            settle();
        }
    })
    .forever();
}
