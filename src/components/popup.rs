//! A button and what it opens under itself: lists and small forms that need not be in view.
//!
//! Escape closes it and gives the focus back to the button; so does going elsewhere, which keeps
//! the focus where it went. The content is drawn when it opens.

use lean::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement};

use super::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{App, use_app};

/// A button that opens something under itself.
#[component]
pub fn Popup(
    /// The id of the button; what it opens is `{id}-content`.
    id: &'static str,
    /// What the button says.
    title: fn(Tr) -> &'static str,
    /// Its icon.
    glyph: Glyph,
    /// What it opens; gets the signal by which it closes.
    content: fn(App, RwSignal<bool>) -> View,
) -> impl IntoView {
    let app = use_app();
    let face = view! {
        <Icon glyph />
        {app.says(title)}
    };
    view! { <Under id class=Signal::derive(|| "button popup-button") face=face.into_view() content /> }
}

/// The same with a button of any look.
#[component]
pub fn Under(
    /// The id of the button; what it opens is `{id}-content`.
    id: &'static str,
    /// The classes of the button.
    class: Signal<&'static str>,
    /// What the button shows.
    face: View,
    /// What it opens; gets the signal by which it closes.
    content: fn(App, RwSignal<bool>) -> View,
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let root: Ref<HtmlElement> = Ref::new();
    let content_id = format!("{id}-content");
    let leave = move |ev: FocusEvent| {
        // Nowhere: the window lost the focus, or a button in here was taken away.
        let Some(to) = ev.related_target() else {
            return;
        };
        let inside = to.dyn_into::<web_sys::Node>().ok();
        if !root
            .get_untracked()
            .is_some_and(|r| r.contains(inside.as_ref()))
        {
            open.set(false);
        }
    };
    view! {
        <div
            class="popup"
            node_ref=root
            on:focusout=leave
            on:keydown=move |ev| {
                if ev.key() == "Escape" && !ev.is_composing() && open.get_untracked() {
                    open.set(false);
                    page::focus(id);
                    // A sheet or panel around it stays open.
                    ev.stop_propagation();
                }
            }
        >
            <button
                id=id
                type="button"
                class=move || class.get()
                aria-expanded=move || open.get().to_string()
                aria-controls=content_id.clone()
                on:click=move |_| open.update(|o| *o = !*o)
            >
                {face}
            </button>
            // Takes the focus when pressed, so that it does not seem to go elsewhere.
            <div id=content_id.clone() class="popup-content" tabindex="-1" hidden=move || !open.get()>
                {when(move || open.get(), move || content(app, open))}
            </div>
        </div>
    }
}
