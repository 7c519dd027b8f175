//! What the browser tests share.

use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use serde_json::json;
use tiendo06::platform::{BrowserStore, KeyValue, Settings};
use tracker::ledger::{Draft, Event, Stamp};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The real storage, with nothing in it.
pub fn raw() -> web_sys::Storage {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.clear().unwrap();
    storage
}

/// The real storage, with nothing in it, opened as the page opens it.
pub fn browser_store() -> Rc<dyn KeyValue> {
    raw();
    Rc::new(BrowserStore::open().unwrap())
}

/// An event, different for every `seq`; its text needs more than ASCII.
pub fn event(seq: u64) -> Event {
    Event::seal(Draft {
        replica: "máy thử".to_owned(),
        seq,
        time: Stamp {
            ms: 1_700_000_000_000,
            c: 0,
        },
        unit: "bo-cong-an".to_owned(),
        subject: "CT05-B-06".to_owned(),
        field: "note".to_owned(),
        value: json!({ "text": "Đã cấp 40 triệu tài khoản 🇻🇳", "later": [1, null] }),
        parents: Vec::new(),
        author: "Nguyễn Thị Hòa".to_owned(),
        extra: json!({ "unknown": { "kept": true } })
            .as_object()
            .unwrap()
            .clone(),
    })
    .unwrap()
}

/// Where an event is stored.
pub fn key(event: &Event) -> String {
    format!("tiendo06/e/{}", event.id())
}

/// The text an event is stored as.
pub fn text(event: &Event) -> String {
    event.to_json().to_string()
}

/// The settings alone, from a store in which they are readable.
pub fn settings(store: &dyn KeyValue) -> Settings {
    let (settings, aside) = Settings::load(store);
    assert_eq!(aside, None);
    settings
}

/// What a piece of JavaScript comes to.
pub fn js(code: &str) -> JsValue {
    js_sys::eval(code).unwrap()
}

/// What a promise written in JavaScript resolves to.
pub async fn js_async(code: &str) -> JsValue {
    let promise: Promise = js(code).dyn_into().unwrap();
    JsFuture::from(promise).await.unwrap()
}

/// Runs `body` while reading `window[name]` runs the JavaScript `getter`.
pub fn with_window_property<T>(name: &str, getter: &str, body: impl FnOnce() -> T) -> T {
    let window = web_sys::window().unwrap();
    let name = JsValue::from_str(name);
    let original = Object::get_own_property_descriptor(&window, &name);
    assert!(original.is_object(), "the window has no such property");
    let descriptor = Object::new();
    let getter = js_sys::Function::new_no_args(getter);
    Reflect::set(&descriptor, &"get".into(), &getter).unwrap();
    Reflect::set(&descriptor, &"configurable".into(), &true.into()).unwrap();
    assert!(Reflect::define_property(&window, &name, &descriptor).unwrap());
    let result = body();
    assert!(Reflect::define_property(&window, &name, original.unchecked_ref()).unwrap());
    result
}

/// Has reading `window.indexedDB` run the JavaScript `getter`, until [`show_database`].
pub fn hide_database(getter: &str) {
    js(&format!(
        "window.databaseBefore ??= Object.getOwnPropertyDescriptor(window, 'indexedDB');
         Object.defineProperty(window, 'indexedDB', {{ configurable: true, get() {{ {getter} }} }})"
    ));
}

/// Gives the database back.
pub fn show_database() {
    js("Object.defineProperty(window, 'indexedDB', window.databaseBefore)");
}
