//! The address of the page behind its own, which says what is seen, and the steps of the history.

use std::fmt;

use wasm_bindgen::JsValue;

use super::listener::Listener;
use super::page::window;
use super::thrown_text;

pub mod soon;

/// The address was not changed, as the browser put it: it refuses, for one, a
/// page that changes its address too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError(pub String);

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the address was not changed: {}", self.0)
    }
}

impl std::error::Error for AddressError {}

/// The address behind the page's own, `#` included and percent-encoded as it
/// stands there; empty when there is none.
pub fn hash() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Goes to an address such as `#/board`, as one more step of the history. No
/// [`on_change`] follows from it.
///
/// # Errors
/// When the browser refuses.
pub fn push(hash: &str) -> Result<(), AddressError> {
    change(|history| history.push_state_with_url(&JsValue::NULL, "", Some(hash)))
}

/// Puts an address such as `#/board` in place of the present one: going back
/// leads to the one before. No [`on_change`] follows from it.
///
/// # Errors
/// When the browser refuses.
pub fn replace(hash: &str) -> Result<(), AddressError> {
    change(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(hash)))
}

fn change(step: impl FnOnce(&web_sys::History) -> Result<(), JsValue>) -> Result<(), AddressError> {
    let window = window().ok_or_else(|| AddressError("there is no window".to_owned()))?;
    window
        .history()
        .and_then(|history| step(&history))
        .map_err(|thrown| AddressError(thrown_text(&thrown)))
}

/// Calls back with the new [`hash`] when the user follows a link, edits the
/// address, or goes back or forward.
pub fn on_change(mut callback: impl FnMut(String) + 'static) -> Listener {
    Listener::new(window(), "hashchange", move |_| callback(hash()))
}
