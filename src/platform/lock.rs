//! Locks that the browser gives out among the tabs of the page, and takes back from a tab that dies.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::js::{call, call_async, get, of_window};

/// A lock that this tab has, until this is dropped.
pub struct Held {
    release: Function,
}

impl Drop for Held {
    fn drop(&mut self) {
        // A promise that is settled takes any argument.
        let _ = self.release.call1(&JsValue::NULL, &JsValue::NULL);
    }
}

/// Asks for a lock, to be had once no other tab has it; `None` where the browser has no locks.
pub fn ask(name: &str) -> Option<Held> {
    let locks = of_window(&["navigator", "locks"]).ok()?;
    let mut release = None;
    let over = Promise::new(&mut |resolve, _| release = Some(resolve));
    let granted = Closure::once_into_js(move |_: JsValue| JsValue::from(over));
    call(&locks, "request", &[name.into(), granted]).ok()?;
    release.map(|release| Held { release })
}

/// Whether a tab has a lock or waits for it; `false` where the browser does not say.
pub async fn is_wanted(name: &str) -> bool {
    let Ok(locks) = of_window(&["navigator", "locks"]) else {
        return false;
    };
    let Ok(known) = call_async(&locks, "query", &[]).await else {
        return false;
    };
    ["held", "pending"].into_iter().any(|list| {
        let list = get(&known, list).map(|list| Array::from(&list));
        list.is_ok_and(|list| {
            list.iter().any(|lock| {
                get(&lock, "name").is_ok_and(|it| it.as_string().as_deref() == Some(name))
            })
        })
    })
}
