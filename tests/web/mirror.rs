//! The second place, in the browser's real IndexedDB.

use std::rc::Rc;
use std::sync::Arc;

use tiendo06::platform::StoreError;
use tiendo06::platform::mirror::{Mirror, RING_LENGTH};
use tracker::ledger::Event;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fixture::{event, hide_database, js, show_database, text};

/// The database, open and empty.
pub async fn empty() -> Rc<Mirror> {
    let mirror = Rc::new(Mirror::open().await.unwrap());
    Rc::clone(&mirror).erase(true).await.unwrap();
    mirror
}

fn events(numbers: std::ops::RangeInclusive<u64>) -> Vec<Arc<Event>> {
    let mut events: Vec<Arc<Event>> = numbers.map(|seq| Arc::new(event(seq))).collect();
    events.sort_by_key(|event| event.id());
    events
}

async fn kept(mirror: &Mirror) -> Vec<(String, Option<String>)> {
    let entries = mirror.entries().await.unwrap();
    (0..entries.len()).map(|place| entries.at(place)).collect()
}

fn as_kept(events: &[Arc<Event>]) -> Vec<(String, Option<String>)> {
    let pair = |event: &Arc<Event>| (event.id().to_string(), Some(text(event)));
    events.iter().map(pair).collect()
}

#[wasm_bindgen_test]
async fn events_are_kept_as_the_text_that_the_first_place_has() {
    let mirror = empty().await;
    let events = events(1..=30);
    assert_eq!(mirror.keep(&events, &|_| {}).await, Ok(()));
    assert_eq!(
        mirror.keep(&events[3..9], &|_| {}).await,
        Ok(()),
        "twice is once"
    );
    assert_eq!(kept(&mirror).await, as_kept(&events));
    drop(mirror);
    assert_eq!(kept(&Mirror::open().await.unwrap()).await, as_kept(&events));
}

#[wasm_bindgen_test]
async fn a_write_that_fails_keeps_nothing_of_its_batch_and_says_why() {
    let mirror = empty().await;
    mirror.keep(&events(1..=2), &|_| {}).await.unwrap();
    for at in 0..3 {
        js(&format!(
            "window.putBefore = IDBObjectStore.prototype.put; window.puts = 0;
             IDBObjectStore.prototype.put = function (...all) {{
                 if (window.puts++ === {at}) throw new DOMException('full', 'QuotaExceededError');
                 return window.putBefore.apply(this, all);
             }}"
        ));
        let result = mirror.keep(&events(3..=5), &|_| {}).await;
        js("IDBObjectStore.prototype.put = window.putBefore");
        assert_eq!(result, Err(StoreError::Full), "write {at}");
        assert_eq!(kept(&mirror).await, as_kept(&events(1..=2)), "write {at}");
    }
    assert_eq!(mirror.keep(&events(3..=5), &|_| {}).await, Ok(()));
    assert_eq!(kept(&mirror).await, as_kept(&events(1..=5)));
}

#[wasm_bindgen_test]
async fn a_value_that_is_not_what_was_written_is_not_kept() {
    let mirror = empty().await;
    js("window.putBefore = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            return window.putBefore.call(this, value.slice(0, -1), key);
        }");
    let result = mirror.keep(&events(1..=1), &|_| {}).await;
    js("IDBObjectStore.prototype.put = window.putBefore");
    assert_eq!(result, Err(StoreError::NotKept));
}

#[wasm_bindgen_test]
async fn many_are_kept_and_read_back_whatever_lies_between_them() {
    let mirror = empty().await;
    let all = events(1..=1300);
    // As they come from files: in no order of ids.
    let shuffled = |part: &dyn Fn(usize) -> bool| -> Vec<Arc<Event>> {
        let mut some: Vec<_> = (0..all.len()).filter(|at| part(*at)).collect();
        some.sort_by_key(|at| at * 7919 % all.len());
        some.into_iter().map(|at| all[at].clone()).collect()
    };
    let told = std::cell::RefCell::new(Vec::new());
    let most = shuffled(&|at| at % 10 > 0);
    let tell = |count| told.borrow_mut().push(count);
    assert_eq!(mirror.keep(&most, &tell).await, Ok(()));
    assert_eq!(told.into_inner(), [500, 1000, 1170]);
    // Nine of ten between the first and the last are there already.
    let others = shuffled(&|at| at % 10 == 0);
    assert_eq!(mirror.keep(&others, &|_| {}).await, Ok(()));
    assert_eq!(kept(&mirror).await, as_kept(&all));
}

#[wasm_bindgen_test]
async fn one_of_many_that_is_not_as_it_was_written_is_noticed() {
    for way in [
        "value.slice(0, -1), key",
        "value, 'another key'",
        "value, key.toUpperCase()",
    ] {
        for others in [0, 1000] {
            let mirror = empty().await;
            mirror
                .keep(&events(2001..=2000 + others), &|_| {})
                .await
                .unwrap();
            js(&format!(
                "window.putBefore = IDBObjectStore.prototype.put; window.puts = 0;
                 IDBObjectStore.prototype.put = function (value, key) {{
                     return window.puts++ === 70 ? window.putBefore.call(this, {way}) : window.putBefore.call(this, value, key);
                 }}"
            ));
            let result = mirror.keep(&events(1..=100), &|_| {}).await;
            js("IDBObjectStore.prototype.put = window.putBefore");
            assert_eq!(result, Err(StoreError::NotKept), "{way}, beside {others}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_browser_without_a_database_or_one_that_forbids_it_is_said() {
    for (getter, expected) in [
        ("return undefined", StoreError::Blocked),
        (
            "throw new DOMException('denied', 'SecurityError')",
            StoreError::Blocked,
        ),
        (
            "return { open() { throw new DOMException('no', 'InvalidStateError') } }",
            StoreError::Other("InvalidStateError: no".to_owned()),
        ),
    ] {
        hide_database(getter);
        let opened = Mirror::open().await;
        show_database();
        assert_eq!(opened.err(), Some(expected), "{getter}");
    }
    assert!(Mirror::open().await.is_ok(), "the real one is back");
}

#[wasm_bindgen_test]
async fn damage_is_set_aside_exactly_and_goes_only_when_asked_to() {
    let mirror = empty().await;
    mirror.keep(&events(1..=1), &|_| {}).await.unwrap();
    crate::fixture::js_async(
        "new Promise((done) => {
            const open = indexedDB.open('tiendo06');
            open.onsuccess = () => {
                const change = open.result.transaction('events', 'readwrite');
                change.objectStore('events').put('a\\ud83d', '00-half');
                change.oncomplete = () => done(open.result.close());
            };
        })",
    )
    .await;
    let entries = mirror.entries().await.unwrap();
    assert_eq!(entries.at(0), ("00-half".to_owned(), None));
    for _ in 0..2 {
        // Another tab may be at it too.
        let set_aside = Rc::clone(&mirror).set_aside(&entries, 0).await;
        assert_eq!(set_aside, Ok(()));
    }
    assert_eq!(kept(&mirror).await, as_kept(&events(1..=1)));
    let aside = mirror.aside().await.unwrap();
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].original_key, "idb:00-half");
    assert_eq!(aside[0].bytes, "a\\ud83d");
    let number = Mirror::aside_number(&aside[0].key).unwrap();
    mirror.forget_aside(number).await.unwrap();
    assert_eq!(mirror.aside().await.unwrap(), []);
    assert_eq!(Mirror::aside_number("tiendo06/aside/tiendo06/e/1"), None);
}

#[wasm_bindgen_test]
async fn the_ring_keeps_the_last_three_and_their_words() {
    let mirror = empty().await;
    for n in 1..=5_usize {
        let text = format!("sổ {n} \u{1f1fb}\u{1f1f3}");
        let at = 1_700_000_000_000 + n as i64;
        let kept = Rc::clone(&mirror).keep_snapshot(at, "merge", n, text).await;
        assert_eq!(kept, Ok(()));
        assert_eq!(mirror.snapshots().await.unwrap().len(), n.min(RING_LENGTH));
    }
    let ring = mirror.snapshots().await.unwrap();
    let counts: Vec<usize> = ring.iter().map(|snapshot| snapshot.count).collect();
    assert_eq!(counts, [3, 4, 5]);
    assert_eq!(ring[0].at, 1_700_000_000_003);
    assert_eq!(ring[0].why, "merge");
    let text = mirror.snapshot_text(ring[2].number).await;
    assert_eq!(text, Ok(Some("sổ 5 \u{1f1fb}\u{1f1f3}".to_owned())));
    assert_eq!(mirror.snapshot_text(ring[0].number - 1).await, Ok(None));

    // What cannot be kept leaves the others as they were.
    js("window.addBefore = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = () => { throw new DOMException('', 'QuotaExceededError') }");
    let failed = Rc::clone(&mirror)
        .keep_snapshot(1, "erase", 9, String::new())
        .await;
    js("IDBObjectStore.prototype.add = window.addBefore");
    assert_eq!(failed, Err(StoreError::Full));
    assert_eq!(mirror.snapshots().await.unwrap(), ring);

    // Erasing the events keeps it, unless it is to go too.
    Rc::clone(&mirror).erase(false).await.unwrap();
    assert_eq!(mirror.snapshots().await.unwrap(), ring);
    Rc::clone(&mirror).erase(true).await.unwrap();
    assert_eq!(mirror.snapshots().await.unwrap(), []);
}
