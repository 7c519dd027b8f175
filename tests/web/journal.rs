//! The journal: what was saved is there, what is damaged is kept.

use std::rc::Rc;

use tiendo06::platform::{Aside, Journal, KeyValue, MemoryStore, StoreError};
use tracker::ledger::Event;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fixture::{browser_store, event, js, key, text};

fn sorted(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(Event::id);
    events
}

#[wasm_bindgen_test]
fn events_are_there_at_the_next_start() {
    let store = browser_store();
    let events = sorted((1..=20).map(event).collect());
    let journal = Journal::new(Rc::clone(&store));
    for event in &events {
        assert_eq!(journal.save(event), Ok(()));
        assert_eq!(journal.save(event), Ok(()), "saving again changes nothing");
    }
    let loaded = Journal::new(browser_store_as_it_is()).load();
    assert_eq!(loaded.events, events);
    assert_eq!(loaded.aside, []);
    assert_eq!(loaded.errors, []);
    assert_eq!(store.keys("").unwrap().len(), 20);
}

fn browser_store_as_it_is() -> Rc<dyn KeyValue> {
    Rc::new(tiendo06::platform::BrowserStore::open().unwrap())
}

/// One damaged value beside an intact event: the event loads, the value is set
/// aside byte for byte, at this start and listed at the next, until the user
/// lets it go.
#[track_caller]
fn is_set_aside(damaged_key: &str, bytes: &str) {
    let store = browser_store();
    let journal = Journal::new(Rc::clone(&store));
    journal.save(&event(7)).unwrap();
    store.set(damaged_key, bytes).unwrap();
    let aside = Aside {
        key: format!("tiendo06/aside/{damaged_key}"),
        original_key: damaged_key.to_owned(),
        bytes: bytes.to_owned(),
    };
    for _ in 0..2 {
        let loaded = journal.load();
        assert_eq!(loaded.events, [event(7)]);
        assert_eq!(loaded.aside, std::slice::from_ref(&aside));
        assert_eq!(loaded.errors, []);
        assert_eq!(store.get(damaged_key), Ok(None));
        assert_eq!(store.get(&aside.key), Ok(Some(bytes.to_owned())));
    }
    assert_eq!(journal.forget_aside(&aside.key), Ok(()));
    assert_eq!(journal.load().aside, []);
    assert_eq!(journal.load().events, [event(7)]);
}

#[wasm_bindgen_test]
fn damaged_values_are_set_aside() {
    let event = event(1);
    let (key, text) = (key(&event), text(&event));
    is_set_aside(&key, "");
    is_set_aside(&key, "null");
    is_set_aside(&key, "{}");
    is_set_aside(&key, "\0\u{fffd}\u{feff}");
    is_set_aside(&key, &text[..text.len() - 1]);
    is_set_aside(&key, &format!("{text}}}"));
    is_set_aside(&key, &text.replace("Hòa", "Hoà"));
    is_set_aside(&key, &text.replace("\"seq\":1", "\"seq\":2"));
    // An intact event in another's place.
    is_set_aside(&key, &crate::fixture::text(&crate::fixture::event(2)));
    // An id with one digit changed, and keys that are no id.
    let id = event.id().to_string();
    let flipped = if id.ends_with('0') { '1' } else { '0' };
    let other = format!("{}{flipped}", &id[..63]);
    is_set_aside(&key, &text.replace(&id, &other));
    is_set_aside(&format!("tiendo06/e/{other}"), &text);
    is_set_aside("tiendo06/e/", &text);
    is_set_aside(
        &key.to_uppercase().replace("TIENDO06/E/", "tiendo06/e/"),
        &text,
    );
}

/// The list above is worth something only if an undamaged value passes.
#[wasm_bindgen_test]
fn an_intact_value_is_not_set_aside() {
    let store = browser_store();
    let pretty = serde_json::to_string_pretty(&event(1).to_json()).unwrap();
    store.set(&key(&event(1)), &pretty).unwrap();
    let loaded = Journal::new(Rc::clone(&store)).load();
    assert_eq!(loaded.events, [event(1)]);
    assert_eq!(loaded.aside, []);
    assert_eq!(store.get(&key(&event(1))), Ok(Some(pretty)));
}

#[wasm_bindgen_test]
fn a_value_that_is_not_text_is_set_aside_exactly() {
    let store = browser_store();
    let key = key(&event(1));
    js(&format!(
        r#"localStorage.setItem("{key}", '{{"a":"\ud83d"}}')"#
    ));
    let loaded = Journal::new(Rc::clone(&store)).load();
    assert_eq!(loaded.errors, []);
    assert_eq!(loaded.aside[0].bytes, r#"{"a":"\ud83d"}"#);
    assert_eq!(store.get(&key), Ok(None));
    let kept = js(&format!(r#"localStorage.getItem("tiendo06/aside/{key}")"#));
    assert_eq!(kept, js(r#"'{"a":"\ud83d"}'"#));
}

#[wasm_bindgen_test]
fn damage_in_the_same_place_is_kept_each_time() {
    let store = browser_store();
    let journal = Journal::new(Rc::clone(&store));
    let key = key(&event(1));
    for bytes in ["one", "two", "one", "three", "two"] {
        store.set(&key, bytes).unwrap();
        assert_eq!(journal.load().errors, []);
    }
    let aside = journal.load().aside;
    let kept: Vec<&str> = aside.iter().map(|aside| aside.bytes.as_str()).collect();
    assert_eq!(kept, ["one", "two", "three"]);
    assert!(aside.iter().all(|aside| aside.original_key == key));
    assert_eq!(aside[2].key, format!("tiendo06/aside/{key}~3"));
}

#[wasm_bindgen_test]
fn a_failed_copy_keeps_the_original() {
    for fault in ["full", "not kept", "not removed"] {
        let store = Rc::new(MemoryStore::new());
        let journal = Journal::new(store.clone());
        let key = key(&event(1));
        store.set(&key, "damaged").unwrap();
        match fault {
            "full" => store.fail_next_sets(1, StoreError::Full),
            "not kept" => store.corrupt_next_sets(1),
            _ => store.fail_next_removes(1, StoreError::Other(String::new())),
        }
        let loaded = journal.load();
        assert_eq!(loaded.errors.len(), 1, "{fault}");
        assert_eq!(loaded.errors[0].key, key, "{fault}");
        assert_eq!(store.get(&key), Ok(Some("damaged".to_owned())), "{fault}");
        let listed = loaded.aside.iter().find(|aside| aside.key == key);
        assert_eq!(listed.unwrap().bytes, "damaged", "{fault}");
        // No mangled copy is left to be taken for the original.
        assert!(
            loaded.aside.iter().all(|aside| aside.bytes == "damaged"),
            "{fault}"
        );
        // The next start has more luck.
        let loaded = journal.load();
        assert_eq!(loaded.errors, [], "{fault}");
        assert_eq!(loaded.aside.len(), 1, "{fault}");
        assert_eq!(loaded.aside[0].bytes, "damaged", "{fault}");
        assert_eq!(store.get(&key), Ok(None), "{fault}");
    }
}

#[wasm_bindgen_test]
fn saved_is_only_said_after_reading_back() {
    let store = Rc::new(MemoryStore::new());
    let journal = Journal::new(store.clone());
    store.corrupt_next_sets(1);
    assert_eq!(journal.save(&event(1)), Err(StoreError::NotKept));
    // What the store made of it is damage, and is not just written over.
    assert_eq!(journal.save(&event(1)), Ok(()));
    let loaded = journal.load();
    assert_eq!(loaded.events, [event(1)]);
    assert_eq!(loaded.aside.len(), 1);

    store.fail_next_sets(1, StoreError::Full);
    assert_eq!(journal.save(&event(2)), Err(StoreError::Full));
    store.fail_next_gets(1, StoreError::Blocked);
    assert_eq!(journal.save(&event(2)), Err(StoreError::Blocked));
    assert_eq!(journal.load().events, [event(1)]);
    assert_eq!(journal.save(&event(2)), Ok(()));
    assert_eq!(journal.load().events, sorted(vec![event(1), event(2)]));
}

#[wasm_bindgen_test]
fn saving_does_not_overwrite_damage() {
    let store = Rc::new(MemoryStore::new());
    let journal = Journal::new(store.clone());
    let key = key(&event(1));
    store.set(&key, "damaged").unwrap();
    store.fail_next_sets(1, StoreError::Full);
    assert_eq!(journal.save(&event(1)), Err(StoreError::Full));
    assert_eq!(store.get(&key), Ok(Some("damaged".to_owned())));
    assert_eq!(journal.save(&event(1)), Ok(()));
    let loaded = journal.load();
    assert_eq!(loaded.events, [event(1)]);
    assert_eq!(loaded.aside[0].bytes, "damaged");
}

#[wasm_bindgen_test]
fn a_value_that_cannot_be_read_now_is_left_alone() {
    let store = Rc::new(MemoryStore::new());
    let journal = Journal::new(store.clone());
    journal.save(&event(1)).unwrap();
    store.fail_next_gets(1, StoreError::Other("busy".to_owned()));
    let loaded = journal.load();
    assert_eq!(loaded.events, []);
    assert_eq!(loaded.aside, []);
    assert_eq!(loaded.errors[0].key, key(&event(1)));
    assert_eq!(journal.load().events, [event(1)]);
}

#[wasm_bindgen_test]
fn an_intact_event_is_never_forgotten() {
    let store = browser_store();
    let journal = Journal::new(Rc::clone(&store));
    journal.save(&event(1)).unwrap();
    store.set("other page", "x").unwrap();
    for key in [key(&event(1)).as_str(), "other page", "tiendo06/settings"] {
        assert!(journal.forget_aside(key).is_err(), "{key}");
    }
    assert_eq!(journal.load().events, [event(1)]);
    assert_eq!(store.get("other page"), Ok(Some("x".to_owned())));
    // Damage that could not be moved may go when the user says so.
    let stuck = key(&event(2));
    store.set(&stuck, "damaged").unwrap();
    assert_eq!(journal.forget_aside(&stuck), Ok(()));
    assert_eq!(store.get(&stuck), Ok(None));
}

#[wasm_bindgen_test]
fn a_change_in_another_tab_is_an_event_only_when_intact() {
    let (one, other) = (event(1), event(2));
    let parse = Journal::parse_changed;
    assert_eq!(parse(&key(&one), Some(&text(&one))), Some(one.clone()));
    assert_eq!(parse(&key(&one), None), None);
    assert_eq!(parse(&key(&one), Some("")), None);
    assert_eq!(parse(&key(&one), Some(&text(&other))), None);
    assert_eq!(parse("tiendo06/settings", Some(&text(&one))), None);
    assert_eq!(Journal::event_id(&key(&one)), Some(one.id()));
    assert_eq!(Journal::event_id("tiendo06/settings"), None);
}
