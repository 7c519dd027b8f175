//! Starts the page.
//!
//! Not by Rust's own `main`, which brings a standard output that a page does not have.
#![no_main]

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the browser once the program is there.
#[wasm_bindgen(start)]
pub fn start() {
    tiendo06::start();
}
