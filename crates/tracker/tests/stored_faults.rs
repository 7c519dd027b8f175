//! What a browser may do to what it keeps, and a clock to what is written: nothing is lost, nothing
//! is taken for what it is not, nothing panics.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use serde_json::{Value, json};
use tracker::exchange::{ExchangeFile, PlanRef, read, write};
use tracker::json::parse;
use tracker::ledger::{Draft, Entry, Event, Field, FieldValue, Ledger, Names, Stamp, Writer};

const UNIT: &str = "bo-cong-an";
const TASK: &str = "CT05-B-06";
const NOW: i64 = 1_790_000_000_000;
const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;

fn entry(value: u8) -> Entry {
    Entry {
        unit: UNIT.to_owned(),
        subject: TASK.to_owned(),
        field: Field::Progress,
        value: json!(value),
        author: "Trần Văn Bình".to_owned(),
    }
}

fn put(writer: &mut Writer, ledger: &mut Ledger, now: i64, value: u8) -> Event {
    let event = writer.compose(now, ledger, entry(value)).unwrap();
    assert!(ledger.insert(event.clone()));
    event
}

fn shown(ledger: &Ledger) -> Option<FieldValue> {
    ledger.value(UNIT, TASK, Field::Progress)
}

/// An event of about two kilobytes, with everything an event can have.
fn large() -> Event {
    let extra = json!({ "later": [1, 0.5, null, "\u{1f1fb}\u{1f1f3}"] });
    Event::seal(Draft {
        extra: extra.as_object().unwrap().clone(),
        ..usual()
    })
    .unwrap()
}

/// The same with what this version writes and no more, which is read another way.
fn usual() -> Draft {
    Draft {
        replica: "máy-1".to_owned(),
        seq: 7,
        time: Stamp { ms: NOW, c: 3 },
        unit: UNIT.to_owned(),
        subject: TASK.to_owned(),
        field: "note".to_owned(),
        value: json!({ "text": "Đã rà soát 12 thủ tục, còn vướng ở khâu xác thực. ".repeat(22) }),
        parents: Vec::new(),
        author: "Trần Văn Bình".to_owned(),
        extra: serde_json::Map::new(),
    }
}

/// What the stored text of an event is taken for, under the event's own key.
fn stored(bytes: &[u8], of: &Event) -> Option<Event> {
    let text = std::str::from_utf8(bytes).ok()?;
    let event = parse(text)
        .ok()
        .and_then(|json| Event::from_json(json).ok());
    assert_eq!(Event::from_text(text, &mut Names::default()), event);
    event.filter(|event| event.id() == of.id())
}

#[test]
fn a_stored_value_cut_anywhere_is_no_event() {
    for event in [large(), Event::seal(usual()).unwrap()] {
        let text = event.to_text();
        assert!((1_500..3_000).contains(&text.len()), "{}", text.len());
        assert_eq!(stored(text.as_bytes(), &event), Some(event.clone()));
        for length in 0..text.len() {
            assert_eq!(stored(&text.as_bytes()[..length], &event), None, "{length}");
        }
        for behind in ["x", "}", ",{}", "\0"] {
            let longer = [&text, behind].concat();
            assert_eq!(stored(longer.as_bytes(), &event), None, "{behind}");
        }
    }
}

#[test]
fn a_stored_value_with_any_bit_flipped_is_no_other_event() {
    for event in [large(), Event::seal(usual()).unwrap()] {
        let mut bytes = event.to_text().into_bytes();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                bytes[at] ^= 1 << bit;
                assert_eq!(stored(&bytes, &event), None, "byte {at}, bit {bit}");
                bytes[at] ^= 1 << bit;
            }
        }
    }
}

fn file(ledger: &Ledger) -> String {
    write(&ExchangeFile {
        app: "tiendo06".to_owned(),
        plan: PlanRef {
            id: "da06".to_owned(),
            version: "1".to_owned(),
            ..PlanRef::default()
        },
        replica: "may".to_owned(),
        exported_at: "2026-09-21T14:13:20Z".to_owned(),
        events: ledger.events().cloned().collect(),
        ..ExchangeFile::default()
    })
}

#[test]
fn a_file_of_two_kilobytes_with_any_bit_flipped_is_refused_or_the_same() {
    let ledger: Ledger = [large()].into_iter().collect();
    let text = file(&ledger);
    assert!((2_000..3_500).contains(&text.len()), "{}", text.len());
    let good = read("a", text.as_bytes(), "da06").unwrap();
    let mut bytes = text.into_bytes();
    for at in 0..bytes.len() {
        assert!(read("a", &bytes[..at], "da06").is_err(), "cut at {at}");
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            if let Ok(read) = read("a", &bytes, "da06") {
                assert_eq!(read, good, "byte {at}, bit {bit}");
            }
            bytes[at] ^= 1 << bit;
        }
    }
}

#[test]
fn the_same_file_twice_doubles_nothing() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    for value in 1..=20 {
        put(&mut writer, &mut ledger, NOW + i64::from(value), value);
    }
    let read = read("a", file(&ledger).as_bytes(), "da06").unwrap();
    let mut other = Ledger::default();
    assert_eq!(other.union(read.events.clone()), 20);
    let once = other.fold_bytes();
    assert_eq!(other.union(read.events), 0);
    assert_eq!(other.fold_bytes(), once);
    assert_eq!(other.fold_bytes(), ledger.fold_bytes());
}

#[test]
fn a_clock_a_year_back_neither_hides_nor_loses_what_is_written() {
    let (mut ledger, mut writer) = (Ledger::default(), Writer::new("a"));
    let first = put(&mut writer, &mut ledger, NOW, 10);
    // The same run, then a new run of the same browser profile.
    let second = put(&mut writer, &mut ledger, NOW - YEAR, 20);
    assert_eq!(shown(&ledger), Some(FieldValue::Progress(20)));
    let mut next = Writer::after("a-2", second.time());
    let third = put(&mut next, &mut ledger, NOW - YEAR, 30);
    assert_eq!(shown(&ledger), Some(FieldValue::Progress(30)));
    assert!(first.time() < second.time() && second.time() < third.time());
    assert_eq!(ledger.len(), 3);
    assert_eq!(ledger.conflict_count(), 0);
    // Somebody else's, who saw none of it and whose clock is right.
    let mut far = Ledger::default();
    put(&mut Writer::new("b"), &mut far, NOW + 1, 40);
    ledger.union(far.events().cloned());
    assert_eq!(ledger.conflict_count(), 1, "both words are there");
}

#[test]
fn a_clock_ten_years_ahead_does_not_drag_the_others_nor_silence_them() {
    let mut ledger = Ledger::default();
    let ahead = put(&mut Writer::new("a"), &mut ledger, NOW + 10 * YEAR, 10);
    let answer = put(&mut Writer::new("b"), &mut ledger, NOW, 20);
    // The answer names what it saw, so it is what is shown, whatever the clocks say.
    assert_eq!(shown(&ledger), Some(FieldValue::Progress(20)));
    assert!(answer.time() < ahead.time(), "its own clock is kept");
    assert_eq!(ledger.conflict_count(), 0);
    assert_eq!(ledger.len(), 2);
}

#[test]
fn what_a_profile_wrote_before_and_found_later_comes_before() {
    let (mut ledger, mut writer) = (Ledger::default(), Writer::new("a-2"));
    let before = Stamp { ms: NOW + 5, c: 2 };
    writer.follow(before);
    let event = put(&mut writer, &mut ledger, NOW, 10);
    assert!(event.time() > before);
    writer.follow(Stamp { ms: 0, c: 0 });
    let later = put(&mut writer, &mut ledger, NOW, 20);
    assert!(later.time() > event.time(), "never backwards");
}

#[test]
fn a_cloned_profile_keeps_both_branches_and_is_found() {
    let (mut left, mut writer) = (Ledger::default(), Writer::new("a"));
    put(&mut writer, &mut left, NOW, 10);
    let (mut right, mut clone) = (left.clone(), writer.clone());
    let of_left = put(&mut writer, &mut left, NOW + 1, 20);
    let of_right = put(&mut clone, &mut right, NOW + 2, 30);
    assert_eq!(left.forks(), []);
    let mut both = left.clone();
    both.union(right.events().cloned());
    assert_eq!(both.len(), 3);
    assert!(both.contains(&of_left.id()) && both.contains(&of_right.id()));
    assert_eq!(both.conflict_count(), 1);
    let forks = both.forks();
    assert_eq!(forks.len(), 1);
    assert_eq!((forks[0].replica, forks[0].seq), ("a", 2));
    let mut other = right;
    other.union(left.events().cloned());
    assert_eq!(other.fold_bytes(), both.fold_bytes());
    let heads: Vec<Arc<Event>> = both
        .cell(UNIT, TASK, "progress")
        .unwrap()
        .heads()
        .cloned()
        .collect();
    let values: Vec<&Value> = heads.iter().map(|head| head.value()).collect();
    assert_eq!(values, [&json!(20), &json!(30)]);
}
