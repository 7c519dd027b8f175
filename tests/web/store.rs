//! The store: the real one and the one in memory.

use std::rc::Rc;

use chrono::NaiveDate;
use tiendo06::platform::{
    BrowserStore, Journal, KeyValue, MemoryStore, Platform, QUOTA_UNITS, StoreError, set_checked,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fixture::{browser_store, event, js, key, raw, text, with_window_property};

/// What every store does.
fn behaves(store: &dyn KeyValue) {
    assert_eq!(store.get("a"), Ok(None));
    assert_eq!(store.has("a"), Ok(false));
    assert_eq!(store.remove("a"), Ok(()));
    assert_eq!(store.set("a/2", "ệ"), Ok(()));
    assert_eq!(store.set("a/1", ""), Ok(()));
    assert_eq!(store.set("b", "x"), Ok(()));
    assert_eq!(
        store.keys("a/"),
        Ok(vec!["a/1".to_owned(), "a/2".to_owned()])
    );
    assert_eq!(store.keys("a/2x"), Ok(vec![]));
    assert_eq!(store.get("a/1"), Ok(Some(String::new())));
    assert_eq!(store.has("a/1"), Ok(true));
    assert_eq!(store.same("a/1", "a/2"), Ok(false));
    assert_eq!(store.same("a/1", "none"), Ok(false));
    assert_eq!(store.same("none", "nothing"), Ok(true));
    assert_eq!(store.copy("a/2", "c"), Ok(()));
    assert_eq!(store.get("c"), Ok(Some("ệ".to_owned())));
    assert_eq!(store.same("a/2", "c"), Ok(true));
    assert_eq!(store.copy("none", "c"), Ok(()));
    assert_eq!(store.get("c"), Ok(Some("ệ".to_owned())));
    assert_eq!(store.units(), Ok(3 + 3 + 1 + 1 + 1 + 1 + 1));
    assert_eq!(store.remove("a/1"), Ok(()));
    assert_eq!(store.get("a/1"), Ok(None));
}

#[wasm_bindgen_test]
fn both_stores_behave_alike() {
    behaves(&*browser_store());
    behaves(&MemoryStore::new());
    assert!(browser_store().persistent());
    assert!(!MemoryStore::new().persistent());
}

#[wasm_bindgen_test]
fn opening_leaves_nothing_behind() {
    let storage = raw();
    storage.set_item("other page", "x").unwrap();
    BrowserStore::open().unwrap();
    assert_eq!(storage.length(), Ok(1));
}

#[wasm_bindgen_test]
fn what_is_not_kept_is_not_saved() {
    let store = MemoryStore::new();
    store.corrupt_next_sets(1);
    assert_eq!(set_checked(&store, "a", "text"), Err(StoreError::NotKept));
    assert_eq!(set_checked(&store, "a", "text"), Ok(()));
    store.fail_next_sets(1, StoreError::Full);
    assert_eq!(set_checked(&store, "a", "new"), Err(StoreError::Full));
    assert_eq!(store.get("a"), Ok(Some("text".to_owned())));
}

/// The real quota, to the last unit: the constant is what the browser does.
#[wasm_bindgen_test]
fn a_full_store_says_so_and_is_still_read() {
    let store = browser_store();
    let journal = Journal::new(Rc::clone(&store));
    let (first, second) = (event(1), event(2));
    assert_eq!(journal.save(&first), Ok(()));
    let room = QUOTA_UNITS - store.units().unwrap() - "fill".len();
    assert_eq!(store.set("fill", &"ệ".repeat(room)), Ok(()));
    assert_eq!(journal.usage().unwrap().used, QUOTA_UNITS);
    assert_eq!(
        store.set("fill", &"ệ".repeat(room + 1)),
        Err(StoreError::Full)
    );

    assert_eq!(journal.save(&second), Err(StoreError::Full));
    // A page opened now still shows what there is.
    let platform = Platform::browser();
    assert_eq!(platform.store_error, None);
    assert!(platform.store.persistent());
    assert_eq!(
        platform.journal().load().events,
        std::slice::from_ref(&first)
    );

    store.remove("fill").unwrap();
    assert_eq!(journal.save(&second), Ok(()));
    assert_eq!(journal.load().events.len(), 2);
}

/// On a full store damage cannot be copied, so it must stay where it is.
#[wasm_bindgen_test]
fn damage_in_a_full_store_stays_until_there_is_room() {
    let store = browser_store();
    let journal = Journal::new(Rc::clone(&store));
    let key = key(&event(1));
    store.set(&key, "damaged").unwrap();
    let room = QUOTA_UNITS - store.units().unwrap() - "fill".len();
    store.set("fill", &"x".repeat(room)).unwrap();

    let loaded = journal.load();
    assert_eq!(loaded.errors.len(), 1);
    assert_eq!(loaded.errors[0].error, StoreError::Full);
    assert_eq!(loaded.aside.len(), 1);
    assert_eq!(loaded.aside[0].key, key);
    assert_eq!(loaded.aside[0].bytes, "damaged");
    assert_eq!(journal.save(&event(1)), Err(StoreError::Full));
    assert_eq!(store.get(&key), Ok(Some("damaged".to_owned())));

    store.remove("fill").unwrap();
    assert_eq!(journal.save(&event(1)), Ok(()));
    let loaded = journal.load();
    assert_eq!(loaded.events, [event(1)]);
    assert_eq!(loaded.aside[0].bytes, "damaged");
    assert_eq!(loaded.aside[0].original_key, key);
    assert_eq!(loaded.errors, []);
}

#[wasm_bindgen_test]
fn a_blocked_store_is_replaced_by_memory() {
    raw();
    let forbidden = "throw new DOMException('Access is denied', 'SecurityError')";
    for (getter, expected) in [
        (forbidden, StoreError::Blocked),
        ("return null", StoreError::Blocked),
        (
            "throw new TypeError('odd')",
            StoreError::Other("TypeError: odd".to_owned()),
        ),
    ] {
        let platform = with_window_property("localStorage", getter, Platform::browser);
        assert_eq!(platform.store_error, Some(expected));
        assert!(!platform.store.persistent());
        assert_eq!(platform.journal().save(&event(1)), Ok(()));
        assert_eq!(platform.journal().load().events, [event(1)]);
    }
    assert!(Platform::browser().store.persistent());
}

/// A browser that gives a store of no size at all, as private windows once did.
#[wasm_bindgen_test]
fn a_store_without_any_room_is_not_used() {
    raw();
    let nothing = "return {
        length: 0,
        setItem() { throw new DOMException('', 'QuotaExceededError') },
    }";
    let platform = with_window_property("localStorage", nothing, Platform::browser);
    assert_eq!(platform.store_error, Some(StoreError::Full));
    assert!(!platform.store.persistent());
}

/// A browser that takes everything and keeps nothing.
#[wasm_bindgen_test]
fn a_store_that_forgets_is_not_used() {
    raw();
    let forgetful = "return { length: 0, setItem() {}, getItem() { return null } }";
    let platform = with_window_property("localStorage", forgetful, Platform::browser);
    assert_eq!(platform.store_error, Some(StoreError::NotKept));
}

/// JavaScript strings may hold half a surrogate pair, which turns into U+FFFD
/// on the way to Rust: what came back would pass for what was stored.
#[wasm_bindgen_test]
fn half_a_surrogate_pair_is_not_taken_for_text() {
    let store = browser_store();
    js(r#"localStorage.setItem("half", "a\ud83dz")"#);
    let error = StoreError::NotText("a\\ud83dz".to_owned());
    assert_eq!(store.get("half"), Err(error));
    assert_eq!(store.has("half"), Ok(true));
    assert_eq!(store.copy("half", "copy"), Ok(()));
    assert_eq!(store.same("half", "copy"), Ok(true));
    assert_eq!(js(r#"localStorage.getItem("copy")"#), js(r#""a\ud83dz""#));
    // The character that such halves are replaced with is text like any other.
    assert_eq!(set_checked(&*store, "whole", "a\u{fffd}z"), Ok(()));
    assert_eq!(store.same("half", "whole"), Ok(false));
}

#[wasm_bindgen_test]
fn a_platform_for_tests_is_all_its_own() {
    let storage = raw();
    let day = NaiveDate::from_ymd_opt(2023, 7, 1).unwrap();
    let store = Rc::new(MemoryStore::new());
    let platform = Platform::testing(store.clone(), 1_688_169_600_000, day);
    assert_eq!((platform.now)(), 1_688_169_600_000);
    assert_eq!((platform.today)(), day);
    assert_ne!((platform.random)(), (platform.random)());
    assert_eq!(platform.journal().save(&event(1)), Ok(()));
    assert_eq!(store.get(&key(&event(1))), Ok(Some(text(&event(1)))));
    assert_eq!(storage.length(), Ok(0));
}
