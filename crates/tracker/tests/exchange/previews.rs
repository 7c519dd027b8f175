//! What an import would change.

use std::sync::Arc;

use serde_json::{Value, json};
use tracker::exchange::{ExchangeFile, Oddities, preview};
use tracker::ledger::{Draft, Entry, Event, Field, Ledger, Stamp, Writer};

use crate::{NOW, golden};

#[test]
fn a_preview_says_what_would_change() {
    let file = golden();
    let knows_subject = |id: &str| !id.starts_with("CT99");
    let knows_unit = |id: &str| id.starts_with("ubnd-");
    let mut ledger = Ledger::default();
    ledger.insert(Arc::clone(&file.events[0]));
    // Someone else said something else about the same task, unseen by the file.
    let other = |field: &str, value: Value| {
        Event::seal(Draft {
            replica: "z".to_owned(),
            seq: 1,
            time: Stamp { ms: 5, c: 0 },
            unit: "ubnd-ha-giang".to_owned(),
            subject: "CT05-C-05".to_owned(),
            field: field.to_owned(),
            value,
            ..Draft::default()
        })
        .unwrap()
    };
    ledger.insert(other("status", json!({"state": "not_started"})));
    let before = ledger.clone();
    let mut twice = file.clone();
    twice.events.push(Arc::clone(&file.events[2]));
    twice
        .events
        .push(Arc::new(other("progress", json!("nhiều"))));
    let seen = preview(&twice, &ledger);
    assert_eq!((seen.total, seen.new, seen.already), (6, 4, 2));
    let odd = odd(&twice.events, knows_subject, knows_unit);
    assert_eq!((odd.of_unknown_subjects, odd.of_unknown_units), (1, 1));
    assert_eq!(odd.unknown_subjects, ["CT99-A-01"]);
    assert_eq!(odd.unknown_units, ["so-moi"]);
    assert_eq!((odd.unknown_fields, odd.unreadable_values), (1, 1));
    assert_eq!(odd.ahead, 0);
    assert_eq!((seen.conflicts_before, seen.conflicts_after), (1, 1));
    let changes: Vec<(Field, Option<Value>, Option<Value>)> = seen
        .changes
        .into_iter()
        .map(|change| (change.field, change.before, change.after))
        .collect();
    assert_eq!(
        changes,
        [
            (Field::Progress, None, Some(json!("nhiều"))),
            (
                Field::Status,
                Some(json!({"state": "in_progress"})),
                Some(json!({"state": "done", "date": "2023-03-31"})),
            ),
            (
                Field::Observation,
                None,
                Some(file.events[2].value().clone())
            ),
        ]
    );
    assert!(ledger == before);
    // And the preview was right.
    ledger.union(twice.events);
    assert_eq!(ledger.len(), before.len() + seen.new);
    assert_eq!(ledger.conflicts().count(), seen.conflicts_after);
}

#[test]
fn a_preview_counts_settled_and_new_conflicts_and_retractions() {
    let mut ledger = Ledger::default();
    let entry = |field: Field, value: Value| Entry {
        unit: "ubnd-ha-giang".to_owned(),
        subject: "CT05-C-05".to_owned(),
        field,
        value,
        author: String::new(),
    };
    let mut a = Writer::new("a");
    let mut b = Writer::new("b");
    let empty = Ledger::default();
    let note = a
        .compose(NOW, &empty, entry(Field::Note, json!({"text": "x"})))
        .unwrap();
    let five = a
        .compose(NOW, &empty, entry(Field::Progress, json!(5)))
        .unwrap();
    let six = b
        .compose(NOW + 1, &empty, entry(Field::Progress, json!(6)))
        .unwrap();
    ledger.union([note.clone(), five]);
    let of = |events: Vec<Event>| ExchangeFile {
        events: events.into_iter().map(Arc::new).collect(),
        ..golden()
    };
    let see = |file: &ExchangeFile, ledger: &Ledger| preview(file, ledger);
    let conflict = see(&of(vec![six.clone()]), &ledger);
    assert_eq!(
        (conflict.conflicts_before, conflict.conflicts_after),
        (0, 1)
    );
    ledger.insert(six);
    let settle = b
        .compose(NOW, &ledger, entry(Field::Progress, json!(7)))
        .unwrap();
    let gone = json!({"retract": note.id().to_string()});
    let gone = b.compose(NOW, &ledger, entry(Field::Note, gone)).unwrap();
    let settled = see(&of(vec![settle, gone]), &ledger);
    assert_eq!((settled.conflicts_before, settled.conflicts_after), (1, 0));
    let values: Vec<_> = settled
        .changes
        .into_iter()
        .map(|c| (c.before, c.after))
        .collect();
    assert_eq!(
        values,
        [
            (Some(json!({"text": "x"})), None),
            (Some(json!(6)), Some(json!(7))),
        ]
    );
}

#[test]
fn a_preview_counts_the_updates_that_name_somebody_unknown() {
    let event = |seq: u64, unit: &str, subject: &str| {
        let draft = Draft {
            replica: "z".to_owned(),
            seq,
            unit: unit.to_owned(),
            subject: subject.to_owned(),
            field: "progress".to_owned(),
            value: json!(5),
            ..Draft::default()
        };
        Arc::new(Event::seal(draft).unwrap())
    };
    let file = ExchangeFile {
        events: vec![
            event(1, "ubnd-ha-giang", "CT99-B-02"),
            event(2, "ubnd-ha-giang", "CT99-A-01"),
            event(3, "so-moi", "CT99-B-02"),
            event(4, "so-moi", "CT05-C-05"),
            event(5, "so-moi", "CT05-C-05"),
            event(6, "so-la", "CT05-C-05"),
            event(7, "ubnd-ha-giang", "CT05-C-05"),
        ],
        ..golden()
    };
    let knows_subject = |id: &str| !id.starts_with("CT99");
    let knows_unit = |id: &str| id.starts_with("ubnd-");
    // Three updates about two tasks, four updates of two agencies.
    let seen = odd(&file.events, knows_subject, knows_unit);
    assert_eq!(seen.of_unknown_subjects, 3);
    assert_eq!(seen.unknown_subjects, ["CT99-A-01", "CT99-B-02"]);
    assert_eq!(seen.of_unknown_units, 4);
    assert_eq!(seen.unknown_units, ["so-la", "so-moi"]);
    assert_eq!(odd(&file.events, |_| true, |_| true), Oddities::default());
}

/// The clock of another machine may be a day off, since it may stand in another part of the world.
#[test]
fn updates_from_the_day_after_tomorrow_are_told_of() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let stamped = |ms: i64| {
        let draft = Draft {
            replica: "z".to_owned(),
            seq: 1,
            time: Stamp { ms, c: 0 },
            unit: "ubnd-ha-giang".to_owned(),
            subject: "CT05-C-05".to_owned(),
            field: "progress".to_owned(),
            value: json!(10),
            ..Draft::default()
        };
        Arc::new(Event::seal(draft).unwrap())
    };
    for (ms, ahead) in [
        (NOW, 0),
        (NOW + DAY, 0),
        (NOW + DAY + 1, 1),
        (NOW + 3650 * DAY, 1),
        (NOW - 3650 * DAY, 0),
    ] {
        assert_eq!(odd(&[stamped(ms)], |_| true, |_| true).ahead, ahead, "{ms}");
    }
}

fn odd(
    events: &[Arc<Event>],
    knows_subject: impl Fn(&str) -> bool,
    knows_unit: impl Fn(&str) -> bool,
) -> Oddities {
    let mut odd = Oddities::default();
    odd.look(events, knows_subject, knows_unit, NOW);
    odd
}
