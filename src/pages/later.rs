//! The pages that come with the rest of the program, and the task panel: the one door to them, so
//! that nothing of them is in the first part. Whoever opens it knows that the rest is there.

use lean::prelude::*;

use super::agencies::Agencies;
use super::agencies::one::Agency;
use super::bottlenecks::Bottlenecks;
use super::data::Data;
use super::desk::Desk;
use super::indicators::Indicators;
use super::indicators::one::Indicator;
use super::missing::Missing;
use super::overview::Overview;
use super::task::TaskPanel;
use super::tasks::Tasks;
use super::timeline::Timeline;
use crate::route::Page;

/// A page; nothing for one that is in the first part.
#[inline(never)]
pub fn page(page: Page) -> View {
    match page {
        Page::Overview => view! { <Overview /> }.into_view(),
        Page::Tasks => view! { <Tasks /> }.into_view(),
        Page::Timeline => view! { <Timeline /> }.into_view(),
        Page::Agencies => view! { <Agencies /> }.into_view(),
        Page::Agency(id) => view! { <Agency id /> }.into_view(),
        Page::Indicators => view! { <Indicators /> }.into_view(),
        Page::Indicator(id) => view! { <Indicator id /> }.into_view(),
        Page::Bottlenecks => view! { <Bottlenecks /> }.into_view(),
        Page::Consolidate => view! { <Desk /> }.into_view(),
        Page::Data => view! { <Data /> }.into_view(),
        Page::Unknown(path) => view! { <Missing path /> }.into_view(),
        Page::Board | Page::Task(_) => ().into_view(),
    }
}

/// The panel of an open task.
#[inline(never)]
pub fn task(id: String) -> View {
    view! { <TaskPanel id /> }.into_view()
}
