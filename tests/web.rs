//! What needs a browser, in headless Chromium: `./dev test` runs it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

#[path = "web/browser.rs"]
mod browser;
#[path = "web/combobox.rs"]
mod combobox;
#[path = "web/fixture.rs"]
mod fixture;
#[path = "web/journal.rs"]
mod journal;
#[path = "web/lean.rs"]
mod lean;
#[path = "web/mirror.rs"]
mod mirror;
#[path = "web/safety.rs"]
mod safety;
#[path = "web/settings.rs"]
mod settings;
#[path = "web/store.rs"]
mod store;

wasm_bindgen_test_configure!(run_in_browser);
