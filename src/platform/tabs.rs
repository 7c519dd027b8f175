//! Other tabs of the page, where `localStorage` does not tell them: what only IndexedDB has.

use wasm_bindgen::JsValue;

use super::js::{always, call, of_window, set};

/// A line to the other tabs.
pub struct Tabs {
    channel: JsValue,
}

impl Tabs {
    /// Opens it; `heard` is called at each call of another tab. `None` where the browser has none.
    pub fn open(mut heard: impl FnMut() + 'static) -> Option<Tabs> {
        let class = of_window(&["BroadcastChannel"]).ok()?;
        let channel =
            js_sys::Reflect::construct(&class.into(), &js_sys::Array::of1(&"tiendo06".into()))
                .ok()?;
        set(&channel, "onmessage", &always(move |_| heard()));
        Some(Tabs { channel })
    }

    /// Says to the others that there is something to read.
    pub fn call(&self) {
        // Nobody hears it where the line is closed, which is no fault of what was stored.
        let _ = call(&self.channel, "postMessage", &[JsValue::from(1)]);
    }
}
