//! Leptos with its types erased: its signals and its markup, in a third of the code.
//!
//! Leptos and its view layer make types, and functions for each of them, of all
//! that they are given. That costs nothing at run time and much to load. This
//! crate keeps Leptos's reactive graph and its way of writing, and puts values
//! and closures behind pointers instead.
//!
//! [`view!`] turns markup into three things, none of which is a type of its own
//! (see `crates/lean-macros`): the HTML of what never changes, which the
//! browser parses once and then copies; a path to the places that change; and
//! calls that fill these ([`Template`]). What may change does so by closures: each
//! follows its own signals and touches only its own place.
//!
//! - [`template`]: from a template and what fills it to nodes;
//! - [`value`]: attributes, classes, styles and properties;
//! - [`child`]: what may stand between tags, and how a closure's place follows it;
//! - `follow`: what runs again when a signal changes that it read;
//! - [`list`]: keyed lists, whose rows stay as long as their keys do;
//! - [`on`]: listeners, by the name of their event;
//! - [`mod@reference`]: handles to elements;
//! - [`signal`]: signals, memos and the like, of which Leptos compiles only one kind.
//!
//! Only texts of the program become HTML. What users or files say is always
//! set as text or as the value of an attribute.

pub mod child;
mod follow;
pub mod list;
pub mod on;
pub mod reference;
pub mod signal;
pub mod template;
pub mod value;

pub use child::{CollectView, IntoView, View, called, when};
pub use lean_macros::{component, view};
pub use list::{each, recycled};
pub use reference::Ref;
pub use template::{Template, still};
pub use value::{IntoValue, Value};

use leptos::prelude::Owner;
use web_sys::HtmlElement;

/// What stands inside of a component's tags.
pub type Children = Box<dyn FnOnce() -> View>;

/// Draws a view at the end of the document's body, for as long as the page lives.
pub fn mount<V: IntoView>(view: impl FnOnce() -> V + 'static) {
    if let Some(body) = document().and_then(|d| d.body()) {
        std::mem::forget(mount_in(&body, view));
    }
}

/// Draws a view at the end of `parent`, where it follows its signals until the handle is
/// dropped. What is drawn stays then, and follows nothing any more.
pub fn mount_in<V: IntoView>(parent: &HtmlElement, view: impl FnOnce() -> V + 'static) -> Mounted {
    // Refused only when it is there already, by an earlier view.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| child::place(view().into_view(), parent, None));
    Mounted(owner)
}

/// A view that follows its signals until this is dropped.
pub struct Mounted(Owner);

impl Drop for Mounted {
    fn drop(&mut self) {
        self.0.cleanup();
    }
}

/// The document; absent only where there is no page at all, as in a worker.
pub fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Says to the console that the DOM refused something, which is a fault of this program.
pub(crate) fn complain(fault: &wasm_bindgen::JsValue) {
    web_sys::console::error_1(fault);
}

/// What a view needs, in place of Leptos's own prelude.
pub mod prelude {
    pub use leptos::prelude::{on_cleanup, provide_context, untrack, use_context};

    pub use crate::signal::{Callback, Memo, ReadSignal, RwSignal, Signal, StoredValue, effect};
    pub use crate::{
        Children, CollectView, IntoView, Ref, View, component, each, event_target_value, recycled,
        view, when,
    };
}

/// The text in the field that an event comes from; empty when it comes from none.
pub fn event_target_value(event: &web_sys::Event) -> String {
    let value = event
        .target()
        .and_then(|target| js_sys::Reflect::get(&target, &"value".into()).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}
