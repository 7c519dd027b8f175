//! The settings: unknown members survive, unreadable bytes are kept.

use serde_json::{Value, json};
use tiendo06::platform::{
    Journal, KeyValue, MemoryStore, SETTINGS_KEY, Settings, StoreError, Theme,
};
use tracker::ledger::Stamp;
use tracker::text::Lang;
use tracker::views::SavedView;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fixture::{browser_store, js, settings};

#[wasm_bindgen_test]
fn settings_are_there_at_the_next_start() {
    let store = browser_store();
    assert_eq!(settings(&*store), Settings::default());
    let written = Settings {
        unit: Some("bo-cong-an".to_owned()),
        lang: Some(Lang::En),
        theme: Theme::Dark,
        rail_folded: Some(false),
        single_keys: false,
        author: "Nguyễn Thị Hòa".to_owned(),
        device: "00ff".to_owned(),
        exported: Some(Stamp {
            ms: 1_700_000_000_000,
            c: 2,
        }),
        sent: json!({ "at": 1_700_000_000_000_i64, "marks": [["00ff", 1, 2, 3, 4]] }),
        views: vec![SavedView {
            name: "Quá hạn".to_owned(),
            address: "#/board?q=bucket:overdue".to_owned(),
            extra: Default::default(),
        }],
        extra: Default::default(),
    };
    assert_eq!(written.save(&*store), Ok(()));
    assert_eq!(settings(&*store), written);
}

#[wasm_bindgen_test]
fn members_this_version_does_not_know_survive() {
    let store = browser_store();
    let later = r#"{"density":{"rows":["a",1.5,null]},"unit":"x","exported":null}"#;
    store.set(SETTINGS_KEY, later).unwrap();
    let mut settings = settings(&*store);
    assert_eq!(settings.unit.as_deref(), Some("x"));
    assert_eq!(settings.theme, Theme::System);
    settings.theme = Theme::Light;
    settings.unit = None;
    assert_eq!(settings.save(&*store), Ok(()));
    let kept = store.get(SETTINGS_KEY).unwrap().unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let expected = json!({
        "density": { "rows": ["a", 1.5, null] }, "theme": "light", "author": "", "device": "",
    });
    assert_eq!(kept, expected);
}

#[wasm_bindgen_test]
fn unreadable_settings_are_set_aside() {
    for bytes in [
        "",
        "{",
        "[]",
        "null",
        "{} {}",
        r#"{"theme":"sepia"}"#,
        r#"{"views":{}}"#,
        r#"{"unit":5}"#,
        r#"{"lang":"fr","device":"00ff"}"#,
    ] {
        let store = browser_store();
        store.set(SETTINGS_KEY, bytes).unwrap();
        let (settings, aside) = Settings::load(&*store);
        assert_eq!(settings, Settings::default(), "{bytes}");
        let aside = aside.unwrap();
        assert_eq!(aside.key, "tiendo06/aside/tiendo06/settings", "{bytes}");
        assert_eq!(aside.original_key, SETTINGS_KEY, "{bytes}");
        assert_eq!(aside.bytes, bytes);
        assert_eq!(store.get(&aside.key), Ok(Some(bytes.to_owned())));
        assert_eq!(settings.save(&*store), Ok(()), "{bytes}");
        // It is offered at later starts too, by the journal.
        assert_eq!(Settings::load(&*store).1, None, "{bytes}");
        assert_eq!(Journal::new(store).load().aside, [aside], "{bytes}");
    }
}

#[wasm_bindgen_test]
fn settings_that_are_not_text_are_set_aside_exactly() {
    let store = browser_store();
    js(&format!(
        r#"localStorage.setItem("{SETTINGS_KEY}", '{{"author":"\ud83d"}}')"#
    ));
    let (settings, aside) = Settings::load(&*store);
    assert_eq!(settings, Settings::default());
    assert_eq!(aside.unwrap().bytes, r#"{"author":"\ud83d"}"#);
    let kept = js(r#"localStorage.getItem("tiendo06/aside/tiendo06/settings")"#);
    assert_eq!(kept, js(r#"'{"author":"\ud83d"}'"#));
}

#[wasm_bindgen_test]
fn unreadable_settings_that_cannot_be_moved_are_not_overwritten() {
    let store = MemoryStore::new();
    let kept = || Ok(Some("{".to_owned()));
    store.set(SETTINGS_KEY, "{").unwrap();
    store.fail_next_sets(2, StoreError::Full);
    let (settings, aside) = Settings::load(&store);
    assert_eq!(settings, Settings::default());
    assert_eq!(aside.unwrap().key, SETTINGS_KEY);
    assert_eq!(store.get(SETTINGS_KEY), kept());
    assert_eq!(settings.save(&store), Err(StoreError::Full));
    assert_eq!(store.get(SETTINGS_KEY), kept());
    // Once there is room they are moved, and only then replaced.
    assert_eq!(settings.save(&store), Ok(()));
    assert_eq!(store.get("tiendo06/aside/tiendo06/settings"), kept());
    assert_eq!(Settings::load(&store), (settings, None));
}

#[wasm_bindgen_test]
fn a_failed_save_is_said_and_keeps_the_old_settings() {
    let store = MemoryStore::new();
    let old = Settings {
        author: "cũ".to_owned(),
        ..Settings::default()
    };
    old.save(&store).unwrap();
    let new = Settings::default();
    store.fail_next_sets(1, StoreError::Full);
    assert_eq!(new.save(&store), Err(StoreError::Full));
    store.fail_next_gets(1, StoreError::Blocked);
    assert_eq!(new.save(&store), Err(StoreError::Blocked));
    assert_eq!(Settings::load(&store).0, old);
    store.corrupt_next_sets(1);
    assert_eq!(new.save(&store), Err(StoreError::NotKept));
}
