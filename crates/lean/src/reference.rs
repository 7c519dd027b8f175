//! Handles to elements that a view has drawn.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::signal::RwSignal;

/// A handle to an element, empty until the view is drawn: `node_ref=handle`.
pub struct Ref<T: 'static>(RwSignal<Option<T>>);

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<T> {}

impl<T: JsCast + Clone + 'static> Default for Ref<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: JsCast + Clone + 'static> Ref<T> {
    /// An empty handle.
    pub fn new() -> Self {
        Ref(RwSignal::new(None))
    }

    /// The element. Tracks.
    pub fn get(&self) -> Option<T> {
        self.0.get()
    }

    /// Whether the owner it was made under is gone.
    pub fn is_disposed(&self) -> bool {
        self.0.is_disposed()
    }

    /// The element.
    pub fn get_untracked(&self) -> Option<T> {
        self.0.get_untracked()
    }
}

/// Called with the element once it is drawn.
pub type Found = Box<dyn FnOnce(Element)>;

impl<T: JsCast + Clone + 'static> From<Ref<T>> for Found {
    fn from(handle: Ref<T>) -> Found {
        Box::new(move |element| handle.0.set(element.dyn_into().ok()))
    }
}
