//! Tiến độ 06: the page.
//!
//! Where to start:
//! - [`tracker`] (in `crates/tracker`): the domain, without any browser;
//! - [`platform`]: the only home of IO — storage, clock, files, the document;
//! - [`state`]: signals, and `dispatch`, the only way to change them;
//! - [`components`] and [`pages`]: what is seen;
//! - [`route`] and [`i18n`]: addresses and words.

pub mod app;
pub mod components;
pub mod i18n;
pub mod pages;
pub mod platform;
pub mod route;
pub mod state;

use lean::prelude::*;

/// Opens the page in the document's body.
pub fn start() {
    let platform = platform::Platform::browser();
    platform::page::remove_boot();
    match state::bundled_plan() {
        Ok(plan) => {
            // The plan lives as long as the page.
            let plan: &'static tracker::plan::Plan = Box::leak(Box::new(plan));
            lean::mount(move || view! { <app::Root plan platform /> });
        }
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            lean::mount(move || view! { <app::BrokenPlan faults /> });
        }
    }
}
