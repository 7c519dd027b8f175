//! Listening to the browser for as long as someone wants to know.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Hears an event until it is dropped.
#[must_use = "a listener that is dropped hears nothing; see `forever`"]
pub struct Listener {
    /// Nothing where there was nothing to listen to.
    bound: Option<Bound>,
}

struct Bound {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `callback` at every `kind` event of `target`. Without a target, or
    /// when it refuses, the listener never hears anything.
    pub(super) fn new(
        target: Option<impl JsCast>,
        kind: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::wrap(Box::new(callback) as Box<dyn FnMut(Event)>);
        let bound = target
            .and_then(|target| target.dyn_into::<EventTarget>().ok())
            .map(|target| Bound {
                target,
                kind,
                closure,
            })
            .filter(|bound| bound.listen().is_ok());
        Listener { bound }
    }

    /// Listens as long as the page lives.
    pub fn forever(self) {
        // The closure must not be freed while the browser may still call it.
        std::mem::forget(self);
    }
}

impl Bound {
    fn listen(&self) -> Result<(), JsValue> {
        let function = self.closure.as_ref().unchecked_ref();
        self.target
            .add_event_listener_with_callback(self.kind, function)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(Bound {
            target,
            kind,
            closure,
        }) = &self.bound
        {
            let function = closure.as_ref().unchecked_ref();
            // Fails only for a listener that is not there, which is what is wanted.
            let _ = target.remove_event_listener_with_callback(kind, function);
        }
    }
}
