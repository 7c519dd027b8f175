//! Services of the browser that are reached by name: those that some browsers lack, and those that
//! few parts of the page use, so that their glue is not loaded with the first view.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::store::{StoreError, read_thrown};

/// A property; `undefined` where there is none. Reading one may be forbidden.
pub(super) fn get(target: &JsValue, name: &str) -> Result<JsValue, StoreError> {
    Reflect::get(target, &name.into()).map_err(|thrown| read_thrown(&thrown))
}

/// Puts a property of an object of ours or of a request.
pub(super) fn set(target: &JsValue, name: &str, value: &JsValue) {
    // Refused only by what is no object, and then nothing would have been called.
    let _ = Reflect::set(target, &name.into(), value);
}

/// An object with these members.
pub(super) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        set(&object, name, value);
    }
    object.into()
}

/// Calls a method.
pub(super) fn call(
    target: &JsValue,
    method: &str,
    arguments: &[JsValue],
) -> Result<JsValue, StoreError> {
    let function: Function = get(target, method)?
        .dyn_into()
        .map_err(|_| StoreError::Blocked)?;
    let list: Array = arguments.iter().collect();
    function
        .apply(target, &list)
        .map_err(|thrown| read_thrown(&thrown))
}

/// What the promise of a method comes to.
pub(super) async fn call_async(
    target: &JsValue,
    method: &str,
    arguments: &[JsValue],
) -> Result<JsValue, StoreError> {
    let promise: Promise = call(target, method, arguments)?
        .dyn_into()
        .map_err(|_| StoreError::Blocked)?;
    JsFuture::from(promise)
        .await
        .map_err(|thrown| read_thrown(&thrown))
}

/// A service of the window, such as `indexedDB`; [`StoreError::Blocked`] where there is none.
pub(super) fn of_window(path: &[&str]) -> Result<JsValue, StoreError> {
    let mut found: JsValue = web_sys::window().ok_or(StoreError::Blocked)?.into();
    for name in path {
        found = get(&found, name)?;
        if !found.is_object() && !found.is_function() {
            return Err(StoreError::Blocked);
        }
    }
    Ok(found)
}

/// Comes to an event when `target` has the event `good`, and to a failure when it has one of `bad`.
/// Must be asked for before the browser may have answered.
pub(super) fn event_of(target: &JsValue, good: &str, bad: &[&str]) -> Promise {
    Promise::new(&mut |resolve, reject| {
        set(target, good, &resolve);
        for name in bad {
            set(target, name, &reject);
        }
    })
}

/// Why a request or a transaction failed, from its event.
pub(super) fn failure(event: &JsValue) -> StoreError {
    let target = get(event, "target").unwrap_or_default();
    match get(&target, "error") {
        Ok(error) if error.is_object() => read_thrown(&error),
        _ => StoreError::Other("the browser gave no reason".to_owned()),
    }
}

/// Comes to nothing after `ms` milliseconds.
pub(super) fn after(ms: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a timer nothing is waited for, which the caller has to bear.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    })
}

/// Waits for a timer, so that whatever waits for the page comes first. Without one, work goes on.
pub async fn pause() {
    let mut set = false;
    let waited = Promise::new(&mut |resolve, _| {
        let timer = web_sys::window().map(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0)
        });
        set = timer.is_some_and(|timer| timer.is_ok());
    });
    if set {
        // The promise is never rejected.
        let _ = JsFuture::from(waited).await;
    }
}

/// Calls a function at most once.
pub(super) fn once(function: impl FnOnce(JsValue) + 'static) -> JsValue {
    Closure::once_into_js(function)
}

/// Calls a function as often as it happens, as long as the page lives.
pub(super) fn always(function: impl FnMut(JsValue) + 'static) -> JsValue {
    Closure::wrap(Box::new(function) as Box<dyn FnMut(JsValue)>).into_js_value()
}
