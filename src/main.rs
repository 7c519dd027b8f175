//! Starts the page.
//!
//! Not by Rust's own `main`, which brings a standard output that a page does not have.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// Called by the browser once the program is there.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    tiendo06::start();
}

/// Only so that lints and tests outside of a browser can build everything.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
