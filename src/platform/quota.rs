//! How much the browser lets this page keep, and whether it promised to keep it.

use wasm_bindgen::JsValue;

use super::js::{call_async, get, of_window};

/// Bytes used and bytes there may be, of everything but `localStorage`; `None` where the browser
/// does not say.
pub async fn estimate() -> Option<(f64, f64)> {
    let storage = of_window(&["navigator", "storage"]).ok()?;
    let estimate = call_async(&storage, "estimate", &[]).await.ok()?;
    let number = |name| get(&estimate, name).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}

/// Whether the browser promised not to delete what is kept here by itself; `None` where it knows no
/// such promise.
pub async fn is_persisted() -> Option<bool> {
    asked("persisted").await
}

/// Asks the browser for that promise, and says whether it gave it.
pub async fn persist() -> Option<bool> {
    asked("persist").await
}

async fn asked(method: &str) -> Option<bool> {
    let storage = of_window(&["navigator", "storage"]).ok()?;
    let answer: JsValue = call_async(&storage, method, &[]).await.ok()?;
    answer.as_bool()
}
