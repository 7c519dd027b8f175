//! The quick way and the long way agree on every text: what the quick way takes, the long way takes to
//! the same file, and what is as this version writes it goes the quick way.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::super::{ExchangeFile, Kind, PlanRef, Reader, Reason, write};
use super::{Going, Quick};
use crate::ledger::{Draft, Event, EventId, Stamp};

const PLAN: &str = "da06";

/// The quick way, in parts of so many events.
fn read_in(parts: usize, text: &str, plan: &str) -> Option<ExchangeFile> {
    let mut quick = Quick::default();
    loop {
        match quick.step(text, plan, parts) {
            Going::On => {}
            Going::Read(file) => return Some(*file),
            Going::Astray => return None,
        }
    }
}

/// The quick way.
fn read(text: &str, plan: &str) -> Option<ExchangeFile> {
    let whole = read_in(usize::MAX, text, plan);
    assert_eq!(whole, read_in(1, text, plan), "in parts as in one go");
    whole
}

/// The long way.
fn read_slowly(text: &str, plan: &str) -> Result<ExchangeFile, Reason> {
    let mut reader = Reader::slow(text, plan);
    loop {
        if let Some(read) = reader.step(usize::MAX) {
            return read.map_err(|refusal| refusal.reason);
        }
    }
}

/// A file with a chain, a set, a conflict, and what this version does not know.
fn file() -> ExchangeFile {
    let mut events: Vec<Arc<Event>> = Vec::new();
    let mut add = |field: &str, value: Value, parents: Vec<EventId>, extra: Value| {
        let extra: Map<String, Value> = extra.as_object().cloned().unwrap_or_default();
        let seq = events.len() as u64 + 1;
        let draft = Draft {
            replica: "máy-\"1\"".to_owned(),
            seq,
            time: Stamp {
                ms: 1_780_000_000_000 + seq as i64,
                c: 3,
            },
            unit: "bo-cong-an".to_owned(),
            subject: "CT05-B-06".to_owned(),
            field: field.to_owned(),
            value,
            parents,
            author: "Nguyễn\\ \n An".to_owned(),
            extra,
        };
        let event = Arc::new(Event::seal(draft).unwrap());
        events.push(Arc::clone(&event));
        event.id()
    };
    let first = add("progress", json!(40), vec![], json!({}));
    let second = add("progress", json!(50.5), vec![], json!({}));
    add("progress", json!(60), vec![first, second], json!({}));
    add(
        "note",
        json!({"text": "một\u{1F600}", "số": [1, -2.5e-7, null, true]}),
        vec![],
        json!({}),
    );
    add("x", json!(1e300), vec![], json!({"zz": 1, "a": {"b": []}}));
    ExchangeFile {
        app: "x".to_owned(),
        plan: PlanRef {
            id: PLAN.to_owned(),
            version: "1".to_owned(),
            extra: Map::new(),
        },
        kind: Kind::Full,
        unit: None,
        replica: "máy".to_owned(),
        exported_at: "2026-11-22T08:00:00Z".to_owned(),
        events,
        ext: Map::new(),
        extra: Map::from_iter([("eve".to_owned(), json!(1)), ("zzz".to_owned(), json!({}))]),
    }
}

#[test]
fn a_good_file_goes_the_quick_way_to_the_same_end() {
    let file = file();
    let text = write(&file);
    assert_eq!(read(&text, PLAN), Some(file.clone()));
    assert_eq!(read_slowly(&text, PLAN), Ok(file.clone()));
    // However it is laid out.
    let value: Value = serde_json::from_str(&text).unwrap();
    for other in [value.to_string(), text.replace('\n', "\r\n\t")] {
        assert_eq!(read(&other, PLAN), Some(file.clone()));
    }
    assert_eq!(read(&text, "khac"), None);
    assert_eq!(read("", PLAN), None);
    assert_eq!(read("[]", PLAN), None);
}

#[test]
fn whatever_is_changed_the_two_ways_agree() {
    let text = write(&file());
    let mut taken = 0;
    for at in 0..text.len() {
        for bit in [0, 2, 5] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            let quick = read(&changed, PLAN);
            taken += usize::from(quick.is_some());
            if let Some(quick) = quick {
                assert_eq!(read_slowly(&changed, PLAN), Ok(quick), "{at} {bit}");
            }
        }
        if text.is_char_boundary(at) {
            assert_eq!(read(&text[..at], PLAN), None);
        }
    }
    // Only white space may change and leave the file whole.
    assert!(taken > 0, "a line break that becomes another blank");
}

#[test]
fn pieces_that_are_doubled_moved_or_missing_are_left_to_the_long_way() {
    let text = write(&file());
    let event = text.find("\"replica\": \"máy-").unwrap();
    for (from, to) in [
        ("\"seq\": 1,", "\"seq\": 1, \"seq\": 1,"),
        ("\"c\": 3", "\"c\": 3, \"c\": 3"),
        ("\"seq\": 1,", ""),
        ("\"seq\": 1,", "\"seq\": -1,"),
        ("\"seq\": 1,", "\"seq\": 9007199254740993,"),
        ("\"unit\": \"bo-cong-an\",", "\"unit\": \"\","),
        (
            "\"format\": \"tiendo06\",",
            "\"format\": \"tiendo06\",\"format\": \"tiendo06\",",
        ),
        ("\"schema\": 1,", "\"schema\": 0,"),
    ] {
        let changed = [&text[..event], &text[event..].replacen(from, to, 1)].concat();
        let changed = match changed == text {
            true => text.replacen(from, to, 1),
            false => changed,
        };
        assert_ne!(changed, text);
        assert_eq!(read(&changed, PLAN), None, "{to}");
        assert!(read_slowly(&changed, PLAN).is_err(), "{to}");
    }
    // Another spelling of the same numbers and texts is the same event.
    for (from, to) in [
        ("\"seq\": 1,", "\"seq\": 1.0,"),
        ("\"seq\": 1,", "\"\\u0073eq\": 1e0,"),
        ("\"unit\": \"bo-cong-an\"", "\"unit\": \"bo\\u002dcong-an\""),
        ("\"c\": 3", "\"c\": 30e-1"),
    ] {
        let changed = text.replace(from, to);
        assert_ne!(changed, text);
        assert_eq!(read(&changed, PLAN), Some(file()), "{to}");
        assert_eq!(read_slowly(&changed, PLAN), Ok(file()), "{to}");
    }
}
