//! Which elements are in sight, for lists that draw only what is near the screen.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

type Seen = Closure<dyn FnMut(Array)>;

/// Tells when watched elements come into sight and when they leave, until it is dropped.
pub struct Sight {
    /// Nothing where the browser cannot tell.
    observer: Option<IntersectionObserver>,
    /// Called by the observer as long as that lives.
    _seen: Seen,
}

impl Sight {
    /// Calls `seen` with an element and whether any of it is in sight.
    pub fn new(mut seen: impl FnMut(Element, bool) + 'static) -> Sight {
        let seen = Closure::wrap(Box::new(move |entries: Array| {
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                seen(entry.target(), entry.is_intersecting());
            }
        }) as Box<dyn FnMut(Array)>);
        Sight {
            observer: IntersectionObserver::new(seen.as_ref().unchecked_ref()).ok(),
            _seen: seen,
        }
    }

    /// Whether the browser can tell at all.
    pub fn can_tell(&self) -> bool {
        self.observer.is_some()
    }

    /// Watches an element; it is told about soon, and whenever that changes.
    pub fn watch(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.observe(element);
        }
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
