//! Listeners, by the name of their event.

use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, StoredValue};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event};

use super::complain;

/// What is called with an event. (A trait of our own, since a pointer to a closure also carries
/// code for calling it once and by reference.)
pub trait Hear {
    /// The event happened.
    fn hear(&self, event: Event);
}

/// A shared [`Hear`].
pub type Listener = Rc<dyn Hear>;

struct Typed<E, F> {
    hear: F,
    kind: PhantomData<E>,
}

impl<E: JsCast, F: Fn(E)> Hear for Typed<E, F> {
    fn hear(&self, event: Event) {
        (self.hear)(event.unchecked_into());
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident: $kind:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name(listener: impl Fn($kind) + 'static) -> Listener {
            Rc::new(Typed { hear: listener, kind: PhantomData::<$kind> })
        }
    )*};
}

events! {
    /// A press and release, or Enter or Space on a button.
    click: web_sys::MouseEvent;
    /// A value was committed.
    change: Event;
    /// A value changed by a keystroke or the like.
    input: Event;
    /// A key went down.
    keydown: web_sys::KeyboardEvent;
    /// The element got the focus.
    focus: web_sys::FocusEvent;
    /// The element or one in it got the focus.
    focusin: web_sys::FocusEvent;
    /// The element or one in it lost the focus.
    focusout: web_sys::FocusEvent;
    /// A mouse button went down.
    mousedown: web_sys::MouseEvent;
    /// The element was scrolled.
    scroll: Event;
    /// A pointer went down: a mouse button, a finger, a pen.
    pointerdown: web_sys::PointerEvent;
    /// A pointer moved.
    pointermove: web_sys::PointerEvent;
    /// A pointer was lifted.
    pointerup: web_sys::PointerEvent;
    /// The browser took the pointer, e.g. to scroll.
    pointercancel: web_sys::PointerEvent;
    /// A finger moved, before the page scrolls by it.
    touchmove: Event;
    /// The menu of a place was asked for.
    contextmenu: web_sys::MouseEvent;
    /// A dialog was to be closed by Escape.
    cancel: Event;
    /// A form is sent.
    submit: web_sys::SubmitEvent;
}

/// Listens at `element` until the owner that is current now is cleaned up: an event that the
/// removal of an element itself causes finds nobody who would read signals that are gone.
pub(crate) fn listen(element: &Element, event: &str, listener: Listener) {
    let listener: StoredValue<Listener, LocalStorage> = StoredValue::new_local(listener);
    let closure = Closure::<dyn Fn(Event)>::new(move |event| {
        // Called outside of the store, since a listener may cause further events.
        if let Some(listener) = listener.try_get_value() {
            listener.hear(event);
        }
    });
    // Given to the browser, which frees it with the element.
    let closure = closure.into_js_value();
    if let Err(fault) = element.add_event_listener_with_callback(event, closure.unchecked_ref()) {
        complain(&fault);
    }
}
