//! The browser around the app: address, focus, other tabs, clock, files.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tiendo06::platform::files::{ReadError, download, read_file};
use tiendo06::platform::page::{self, StorageChange};
use tiendo06::platform::{Journal, Theme, address, clock, random};
use tracker::exchange::MAX_BYTES;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fixture::{browser_store, event, js, js_async, key, text, with_window_property};

/// Lets the browser deliver what is due, for at most five seconds.
async fn until(met: impl Fn() -> bool) {
    for _ in 0..250 {
        if met() {
            return;
        }
        pause().await;
    }
    panic!("it did not happen within five seconds");
}

async fn pause() {
    js_async("new Promise(done => setTimeout(done, 20))").await;
}

/// A same-origin frame shares the storage and, like another tab, is another
/// page: what it writes is told to this one.
#[wasm_bindgen_test]
async fn what_another_tab_stores_is_heard() {
    browser_store();
    // Changes of earlier tests may still be on their way.
    pause().await;
    let heard = Rc::new(RefCell::new(Vec::<StorageChange>::new()));
    let into = Rc::clone(&heard);
    let listener = page::on_storage_change(move |change| into.borrow_mut().push(change));
    js("document.body.append(Object.assign(document.createElement('iframe'), { id: 'tab' }))");
    let (key, text) = (key(&event(1)), text(&event(1)));
    let in_tab = |code: &str| {
        js(&format!(
            "(w => {{ {code} }})(document.getElementById('tab').contentWindow)"
        ))
    };
    let quoted = serde_json::to_string(&text).unwrap();
    in_tab("w.sessionStorage.setItem('not', 'ours'); w.sessionStorage.clear()");
    in_tab(&format!("w.localStorage.setItem('{key}', {quoted})"));
    in_tab("w.localStorage.removeItem('gone before'); w.localStorage.clear()");
    until(|| heard.borrow().len() >= 2).await;

    let change = heard.borrow()[0].clone();
    assert_eq!(change.key.as_deref(), Some(key.as_str()));
    let parsed = Journal::parse_changed(&key, change.new_value.as_deref());
    assert_eq!(parsed, Some(event(1)));
    let cleared = StorageChange {
        key: None,
        new_value: None,
    };
    assert_eq!(heard.borrow()[1..], [cleared]);

    // Calling a callback that is gone would be an error of the page.
    js("window.errors = 0; window.count = () => errors++; addEventListener('error', count)");
    drop(listener);
    in_tab(&format!("w.localStorage.setItem('{key}', {quoted})"));
    pause().await;
    pause().await;
    assert_eq!(heard.borrow().len(), 2, "a dropped listener hears nothing");
    assert_eq!(js("removeEventListener('error', count), errors"), 0.0);
    js("document.getElementById('tab').remove()");
}

#[wasm_bindgen_test]
async fn the_address_is_read_and_written() {
    let heard = Rc::new(RefCell::new(Vec::<String>::new()));
    let into = Rc::clone(&heard);
    let listener = address::on_change(move |hash| into.borrow_mut().push(hash));
    let steps = || js("history.length").as_f64().unwrap();

    let before = steps();
    assert_eq!(address::push("#/board?q=a%20b"), Ok(()));
    assert_eq!(address::hash(), "#/board?q=a%20b");
    assert_eq!(steps(), before + 1.0);
    assert_eq!(address::replace("#/data"), Ok(()));
    assert_eq!(address::hash(), "#/data");
    assert_eq!(steps(), before + 1.0);
    pause().await;
    assert_eq!(heard.borrow().len(), 0);

    js("location.hash = '#/task/CT05-B-06'");
    until(|| heard.borrow().len() == 1).await;
    js("history.back()");
    until(|| heard.borrow().len() == 2).await;
    assert_eq!(*heard.borrow(), ["#/task/CT05-B-06", "#/data"]);
    drop(listener);
    address::replace("#").unwrap();
}

#[wasm_bindgen_test]
async fn what_is_typed_reaches_the_address_when_it_rests_or_is_left() {
    let heard = Rc::new(RefCell::new(Vec::<String>::new()));
    let into = Rc::clone(&heard);
    let listener = address::on_change(move |hash| into.borrow_mut().push(hash));
    let steps = || js("history.length").as_f64().unwrap();
    // Timers of one length end in the order in which they were set.
    let rest = async || {
        let over = Rc::new(Cell::new(false));
        let set = Rc::clone(&over);
        page::after(address::soon::REST_MS, move || set.set(true));
        until(|| over.get()).await;
    };

    address::push("#/board").unwrap();
    let before = steps();
    address::soon::replace("#/board?q=d".into());
    address::soon::replace("#/board?q=di".into());
    assert_eq!(address::hash(), "#/board", "nothing while letters come");
    rest().await;
    assert_eq!(address::hash(), "#/board?q=di");
    assert_eq!(steps(), before);

    // A step of the history, a link and a key that may lead away all write first.
    address::soon::replace("#/board?q=din".into());
    address::soon::push("#/tasks").unwrap();
    address::soon::replace("#/tasks?q=a".into());
    js("document.body.insertAdjacentHTML('beforeend', '<a id=leads href=#/data>')");
    js("document.getElementById('leads').click()");
    until(|| heard.borrow().len() == 1).await;
    address::soon::replace("#/data?q=b".into());
    js(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { altKey: true, bubbles: true }))",
    );
    assert_eq!(address::hash(), "#/data?q=b");
    for count in [2, 3] {
        js("history.back()");
        until(|| heard.borrow().len() == count).await;
    }
    assert_eq!(*heard.borrow(), ["#/data", "#/tasks?q=a", "#/board?q=din"]);

    // Where the browser went on its own, nothing of before is written.
    address::soon::replace("#/board?q=dinh".into());
    js("location.hash = '#/desk'");
    until(|| heard.borrow().len() == 4).await;
    rest().await;
    assert_eq!(address::hash(), "#/desk");

    js("document.getElementById('leads').remove()");
    drop(listener);
    address::replace("#").unwrap();
}

#[wasm_bindgen_test]
fn a_refused_address_is_said() {
    // Another origin is what a page may never write into its address.
    let error = address::push("https://example.org/#/").unwrap_err();
    assert!(error.0.starts_with("SecurityError"), "{error}");
}

#[wasm_bindgen_test]
fn the_head_of_the_page_is_set() {
    let root =
        |name: &str| js(&format!("document.documentElement.getAttribute('{name}')")).as_string();
    page::set_title("Bảng việc – Tiến độ 06");
    assert_eq!(js("document.title"), "Bảng việc – Tiến độ 06");
    page::set_lang("en");
    assert_eq!(root("lang").as_deref(), Some("en"));
    page::set_theme(Theme::Dark);
    assert_eq!(root("data-theme").as_deref(), Some("dark"));
    page::set_theme(Theme::Light);
    assert_eq!(root("data-theme").as_deref(), Some("light"));
    page::set_theme(Theme::System);
    assert_eq!(root("data-theme"), None);
}

#[wasm_bindgen_test]
fn the_first_paint_goes_away() {
    js("document.body.append(Object.assign(document.createElement('div'), { id: 'boot' }))");
    page::remove_boot();
    assert!(js("document.getElementById('boot')").is_null());
    page::remove_boot();
}

#[wasm_bindgen_test]
fn the_focus_moves_where_it_can() {
    js("document.body.append(...['input', 'p'].map(
        kind => Object.assign(document.createElement(kind), { id: 'focus-' + kind })))");
    assert!(page::focus("focus-input"));
    assert_eq!(js("document.activeElement.id"), "focus-input");
    assert!(!page::focus("focus-p"), "a paragraph takes no focus");
    assert!(!page::focus("focus-nowhere"));
    js(
        "document.getElementById('focus-input').remove(); document.getElementById('focus-p').remove()",
    );
}

#[wasm_bindgen_test]
async fn a_media_query_is_watched() {
    assert!(page::matches("all"));
    assert!(!page::matches("not all"));
    assert_eq!(
        JsValue::from(page::matches(page::NARROW)),
        js("innerWidth < 1024")
    );
    // A page cannot resize its window, so the list itself is told that it changed.
    let heard = Rc::new(Cell::new(None));
    let into = Rc::clone(&heard);
    js("{ const real = window.matchMedia; let list;
         window.matchMedia = query => (list = list ?? real.call(window, query));
         window.tellMedia = () => { list.dispatchEvent(new Event('change')); window.matchMedia = real; } }");
    let listener = page::on_media_change("all", move |now| into.set(Some(now)));
    js("tellMedia()");
    assert_eq!(heard.get(), Some(true));
    drop(listener);
}

#[wasm_bindgen_test]
fn the_clock_agrees_with_the_browser() {
    let before = js("Date.now()").as_f64().unwrap() as i64;
    let now = clock::now_ms();
    assert!((before..=before + 5_000).contains(&now));
    // Swedish dates are written yyyy-mm-dd. Midnight may pass between the two.
    let today = || {
        js("new Date().toLocaleDateString('sv-SE')")
            .as_string()
            .unwrap()
    };
    let (first, day, last) = (today(), clock::today().to_string(), today());
    assert!(day == first || day == last, "{first} {day} {last}");
    let offset = f64::from(clock::offset_minutes(1_688_169_600_000));
    assert_eq!(
        js("0 - new Date(1688169600000).getTimezoneOffset()"),
        offset
    );
}

#[wasm_bindgen_test]
fn random_bytes_differ_even_without_crypto() {
    let draws = || [random::bytes(), random::bytes(), [0; 16]];
    let differ = |[a, b, zero]: [[u8; 16]; 3]| a != b && a != zero && b != zero;
    assert!(differ(draws()));
    assert!(differ(with_window_property(
        "crypto",
        "throw new Error('none')",
        draws
    )));
}

#[wasm_bindgen_test]
async fn a_download_hands_over_name_type_and_bytes() {
    js("window.caught = []; window.catcher = event => {
            event.preventDefault();
            caught.push(event.target.download, event.target.href);
        };
        addEventListener('click', catcher)");
    let text = "{\"tên\":\"Đề án 06\"}\n";
    assert_eq!(
        download("tiendo06_bộ.json", "application/json", text),
        Ok(())
    );
    js("removeEventListener('click', catcher)");
    assert_eq!(js("caught[0]"), "tiendo06_bộ.json");
    assert!(js("document.querySelector('a[download]')").is_null());
    let bytes = js_async("fetch(caught[1]).then(r => r.text())").await;
    assert_eq!(bytes, text);
    let kind = js_async("fetch(caught[1]).then(r => r.headers.get('content-type'))").await;
    assert_eq!(kind, "application/json");
}

#[wasm_bindgen_test]
async fn a_file_is_read_byte_for_byte() {
    let file = js("new File([new Uint8Array([0, 255, 13, 10])], 'tệp.json')");
    let bytes = read_file(file.dyn_into().unwrap()).await;
    assert_eq!(bytes, Ok(vec![0, 255, 13, 10]));
}

#[wasm_bindgen_test]
async fn a_file_over_the_limit_is_not_even_begun() {
    // A file that says how large it is, and remembers whether it was read.
    let sized = |size: usize| {
        js(&format!(
            "window.reads = 0; ({{ size: {size}, arrayBuffer() {{ reads++; return Promise.resolve(new ArrayBuffer(1)) }} }})"
        ))
        .unchecked_into()
    };
    let over = MAX_BYTES + 1;
    let error = ReadError::TooLarge {
        bytes: over as u64,
        limit: MAX_BYTES as u64,
    };
    assert_eq!(read_file(sized(over)).await, Err(error));
    assert_eq!(js("reads"), 0.0);
    assert_eq!(read_file(sized(MAX_BYTES)).await, Ok(vec![0]));
    assert_eq!(js("reads"), 1.0);
}

#[wasm_bindgen_test]
async fn a_file_that_cannot_be_read_says_why() {
    let gone = js(
        "({ size: 1, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) })",
    );
    let error = ReadError::Unreadable("NotFoundError: gone".to_owned());
    assert_eq!(read_file(gone.unchecked_into()).await, Err(error));
}
