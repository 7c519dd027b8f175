//! What "saved" means, with a store that fails where it is told to, with the second place and
//! without it; the form of what is stored.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use serde_json::{Map, Value, json};
use tiendo06::platform::{
    BrowserStore, Journal, KeyValue, MemoryStore, Platform, Settings, StoreError, schema,
};
use tiendo06::route::Address;
use tiendo06::state::{App, Command, Weight, bundled_plan};
use tracker::ledger::Field;
use tracker::text::Lang;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fixture::{hide_database, js_async, raw, show_database};
use crate::mirror::empty;

/// A store that outlives the page, as far as a test can tell, and fails at one of its writes.
#[derive(Default)]
struct Faulty {
    inner: MemoryStore,
    /// Writes of events until the one that fails; none for no fault.
    until: Cell<Option<usize>>,
    /// Whether all after it fail too.
    stays: Cell<bool>,
}

impl KeyValue for Faulty {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.inner.keys(prefix)
    }
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        if !key.starts_with("tiendo06/e/") {
            return self.inner.set(key, value);
        }
        match self.until.get() {
            Some(0) => {
                if !self.stays.get() {
                    self.until.set(None);
                }
                Err(StoreError::Full)
            }
            left => {
                self.until.set(left.map(|left| left - 1));
                self.inner.set(key, value)
            }
        }
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.inner.remove(key)
    }
    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        self.inner.copy(from, to)
    }
    fn same(&self, a: &str, b: &str) -> Result<bool, StoreError> {
        self.inner.same(a, b)
    }
    fn has(&self, key: &str) -> Result<bool, StoreError> {
        self.inner.has(key)
    }
    fn units(&self) -> Result<usize, StoreError> {
        self.inner.units()
    }
    fn persistent(&self) -> bool {
        true
    }
}

/// The page's state over a store, without anything drawn.
struct Page {
    app: App,
}

fn page(store: Rc<dyn KeyValue>) -> Page {
    let day = NaiveDate::from_ymd_opt(2023, 7, 1).unwrap();
    let platform = Platform::testing(store, 1_688_169_600_000, day);
    let plan = Box::leak(Box::new(bundled_plan().unwrap()));
    let made = Rc::new(RefCell::new(None));
    let give = Rc::clone(&made);
    let body = web_sys::window()
        .unwrap()
        .document()
        .unwrap()
        .body()
        .unwrap();
    let mounted = lean::mount_in(&body, move || {
        *give.borrow_mut() = Some(App::new(plan, platform, Address::read("#/board")));
        ().into_view()
    });
    let app = made.borrow_mut().take().unwrap();
    // Kept as long as the tests: what it waits for may come later.
    std::mem::forget(mounted);
    Page { app }
}

impl Page {
    fn record(&self) {
        self.app.dispatch(Command::Record {
            unit: "bo-cong-an".to_owned(),
            task: "CT05-B-06".to_owned(),
            changes: vec![
                (Field::Progress, json!(40)),
                (Field::Assignee, json!("Phòng 3")),
                (Field::Note, json!({ "text": "Đã họp" })),
            ],
        });
    }

    /// Waits until something is said, and takes it: how it matters, and what.
    async fn said(&self) -> Vec<(Weight, String)> {
        for _ in 0..300 {
            let said = self.app.notices().with_untracked(|all| {
                all.iter()
                    .map(|n| (n.weight, n.text.clone()))
                    .collect::<Vec<_>>()
            });
            if !said.is_empty() {
                let numbers: Vec<usize> = self
                    .app
                    .notices()
                    .with_untracked(|all| all.iter().map(|n| n.number).collect());
                for number in numbers {
                    self.app.dispatch(Command::Dismiss(number));
                }
                return said;
            }
            js_async("new Promise((done) => setTimeout(done, 10))").await;
        }
        panic!("nothing was said");
    }

    fn unsaved(&self) -> usize {
        self.app.unsaved().with_untracked(Vec::len)
    }

    fn known(&self) -> usize {
        self.app.ledger().with_untracked(|ledger| ledger.len())
    }
}

fn stored(store: &Rc<Faulty>) -> usize {
    Journal::new(store.clone()).load().events.len()
}

#[wasm_bindgen_test]
async fn a_store_that_is_full_at_any_write_of_a_save_loses_nothing() {
    hide_database("return undefined");
    for at in 0..3 {
        for stays in [false, true] {
            let store = Rc::new(Faulty::default());
            let page = page(store.clone());
            store.until.set(Some(at));
            store.stays.set(stays);
            page.record();
            let said = page.said().await;
            assert_eq!(said[0].0, Weight::Alarm, "write {at}");
            assert!(
                said.iter().all(|(_, text)| !text.contains("Đã lưu")),
                "{said:?}"
            );
            let failed = if stays { 3 - at } else { 1 };
            assert_eq!(page.known(), 3, "all of it goes on in memory");
            assert_eq!(page.unsaved(), failed);
            assert_eq!(stored(&store), 3 - failed);
            assert!(page.app.is_unsafe_to_leave());

            if stays {
                page.app.dispatch(Command::StoreAgain);
                assert_eq!(page.said().await[0].0, Weight::Alarm, "still full");
                assert_eq!(page.unsaved(), failed);
            }
            store.until.set(None);
            page.app.dispatch(Command::StoreAgain);
            assert_eq!(page.said().await[0].0, Weight::Done);
            assert_eq!((page.unsaved(), stored(&store)), (0, 3));
            assert!(!page.app.is_unsafe_to_leave());
        }
    }
    show_database();
}

#[wasm_bindgen_test]
async fn with_the_second_place_a_full_store_loses_nothing_and_says_saved() {
    for at in 0..3 {
        let mirror = empty().await;
        let store = Rc::new(Faulty::default());
        let page = page(store.clone());
        store.until.set(Some(at));
        store.stays.set(true);
        page.record();
        let mut said = page.said().await;
        while said.iter().all(|(weight, _)| *weight != Weight::Done) {
            said.extend(page.said().await);
        }
        assert!(
            said.iter().any(|(weight, _)| *weight == Weight::Alarm),
            "{said:?}"
        );
        assert_eq!(page.unsaved(), 0);
        assert_eq!(mirror.entries().await.unwrap().len(), 3, "write {at}");
        assert_eq!(stored(&store), at);
        store.until.set(None);
        page.app.dispatch(Command::StoreAgain);
        page.said().await;
        assert_eq!(stored(&store), 3, "copied once there is room");
    }
}

#[wasm_bindgen_test]
async fn with_neither_place_nothing_is_called_saved() {
    hide_database("return undefined");
    let store = Rc::new(MemoryStore::new());
    let page = page(store);
    page.record();
    let said = page.said().await;
    assert!(
        said.iter().all(|(weight, _)| *weight == Weight::Alarm),
        "{said:?}"
    );
    assert_eq!((page.known(), page.unsaved()), (3, 3));
    show_database();
}

/// Two journals over one store, as two tabs have them, that take turns at every write.
#[wasm_bindgen_test]
fn two_journals_over_one_store_keep_400_of_400_twenty_times() {
    for run in 0..20 {
        let store: Rc<dyn KeyValue> = match run {
            0 => crate::fixture::browser_store(),
            _ => {
                raw();
                Rc::new(BrowserStore::open().unwrap())
            }
        };
        let other: Rc<dyn KeyValue> = Rc::new(BrowserStore::open().unwrap());
        let tabs = [Journal::new(Rc::clone(&store)), Journal::new(other)];
        for seq in 1..=400 {
            let tab = &tabs[(seq % 2) as usize];
            assert_eq!(tab.save(&crate::fixture::event(seq)), Ok(()));
        }
        for tab in &tabs {
            let loaded = tab.load();
            assert_eq!(loaded.events.len(), 400, "run {run}");
            assert_eq!((loaded.aside.len(), loaded.errors.len()), (0, 0));
        }
    }
    raw();
}

/// What the stored form of this schema is: a page of any later version has to read it.
#[wasm_bindgen_test]
fn the_golden_form_of_schema_1() {
    let golden = include_str!("golden/stored-1.json");
    let Value::Object(golden) = serde_json::from_str(golden).unwrap() else {
        panic!("not an object");
    };
    let store = Rc::new(MemoryStore::new());
    for (key, value) in &golden {
        store.set(key, value.as_str().unwrap()).unwrap();
    }
    assert_eq!(store.get(schema::SCHEMA_KEY), Ok(Some("1".to_owned())));
    assert_eq!(schema::stamp(&*store), Ok(()));
    let journal = Journal::new(store.clone());
    let loaded = journal.load();
    assert_eq!((loaded.aside.len(), loaded.errors.len()), (0, 0));
    assert_eq!(loaded.events.len(), 2);
    let (settings, aside) = Settings::load(&*store);
    assert_eq!(aside, None);
    assert_eq!(settings.unit.as_deref(), Some("bo-cong-an"));
    assert_eq!(settings.lang, Some(Lang::En));
    assert_eq!(settings.device, "k3v9x0a1b2");

    // And this version writes the same.
    let written = Rc::new(MemoryStore::new());
    schema::stamp(&*written).unwrap();
    settings.save(&*written).unwrap();
    for event in &loaded.events {
        Journal::new(written.clone()).save(event).unwrap();
    }
    let mut all = Map::new();
    for key in written.keys("").unwrap() {
        let value = written.get(&key).unwrap().unwrap();
        all.insert(key, Value::from(value));
    }
    assert_eq!(Value::Object(all), Value::Object(golden));
}

#[wasm_bindgen_test]
fn what_a_newer_version_stores_is_never_written_over() {
    let storage = raw();
    storage.set_item("tiendo06/schema", "2").unwrap();
    storage.set_item("tiendo06/e/moi", "dạng mới").unwrap();
    storage.set_item("tiendo06/settings", "dạng mới").unwrap();
    let store: Rc<dyn KeyValue> = Rc::new(BrowserStore::open().unwrap());
    let journal = Journal::new(Rc::clone(&store));
    assert_eq!(schema::stamp(&*store), Err(StoreError::Newer));
    assert_eq!(
        journal.save(&crate::fixture::event(1)),
        Err(StoreError::Newer)
    );
    assert_eq!(
        journal.load().aside,
        [],
        "what it cannot read is not called damage"
    );
    Settings::load(&*store);
    assert_eq!(Settings::default().save(&*store), Err(StoreError::Newer));
    assert_eq!(store.remove("tiendo06/e/moi"), Err(StoreError::Newer));
    assert_eq!(store.copy("tiendo06/e/moi", "khac"), Err(StoreError::Newer));
    assert_eq!(storage.length(), Ok(3));
    assert_eq!(
        storage.get_item("tiendo06/e/moi"),
        Ok(Some("dạng mới".to_owned()))
    );
    // A page that was open before the newer one came stops as well.
    raw();
    let store = BrowserStore::open().unwrap();
    assert_eq!(store.set("a", "1"), Ok(()));
    storage.set_item("tiendo06/schema", "2").unwrap();
    assert_eq!(store.set("a", "2"), Err(StoreError::Newer));
    raw();
}

#[wasm_bindgen_test]
fn a_number_of_the_form_that_is_none_is_set_aside() {
    let store = MemoryStore::new();
    store.set(schema::SCHEMA_KEY, "một").unwrap();
    assert_eq!(schema::stamp(&store), Ok(()));
    assert_eq!(store.get(schema::SCHEMA_KEY), Ok(Some("1".to_owned())));
    let kept = store.get("tiendo06/aside/tiendo06/schema");
    assert_eq!(kept, Ok(Some("một".to_owned())));
}
