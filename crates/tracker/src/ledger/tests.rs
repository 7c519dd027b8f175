#![allow(clippy::unwrap_used)]

mod writing;

use serde_json::{Value, json};

use super::*;

const NOW: i64 = 1_700_000_000_000;
const DAY: i64 = 24 * 60 * 60 * 1000;
const UNIT: &str = "bo-tu-phap";
const TASK: &str = "CT05-B-27";

fn entry(field: Field, value: Value) -> Entry {
    Entry {
        unit: UNIT.to_owned(),
        subject: TASK.to_owned(),
        field,
        value,
        author: "Hoa".to_owned(),
    }
}

/// Writes and keeps one entry; its id.
fn put(writer: &mut Writer, ledger: &mut Ledger, now: i64, field: Field, value: Value) -> EventId {
    let event = writer.compose(now, ledger, entry(field, value)).unwrap();
    let id = event.id();
    assert!(ledger.insert(event));
    id
}

/// An event as a newer version or another browser might send it.
fn foreign(field: &str, value: Value, ms: i64, parents: Vec<EventId>) -> Event {
    Event::seal(Draft {
        replica: "khác".to_owned(),
        seq: 1,
        time: Stamp { ms, c: 0 },
        unit: UNIT.to_owned(),
        subject: TASK.to_owned(),
        field: field.to_owned(),
        value,
        parents,
        ..Draft::default()
    })
    .unwrap()
}

fn progress(ledger: &Ledger) -> Option<FieldValue> {
    ledger.value(UNIT, TASK, Field::Progress)
}

#[test]
fn an_event_is_new_once() {
    let mut ledger = Ledger::default();
    assert!(ledger.is_empty());
    let event = foreign("progress", json!(5), NOW, vec![]);
    assert!(ledger.insert(event.clone()));
    assert!(!ledger.insert(event.clone()));
    assert_eq!(
        ledger.union([event.clone(), foreign("progress", json!(6), NOW, vec![])]),
        1
    );
    assert_eq!(ledger.len(), 2);
    assert!(ledger.contains(&event.id()));
    assert_eq!(ledger.get(&event.id()).map(|kept| &**kept), Some(&event));
}

#[test]
fn a_parent_that_arrives_late_is_superseded_all_the_same() {
    let first = foreign("progress", json!(5), NOW, vec![]);
    let second = foreign("progress", json!(6), NOW - DAY, vec![first.id()]);
    let mut ledger = Ledger::default();
    ledger.insert(second.clone());
    ledger.insert(first);
    let cell = ledger.cell(UNIT, TASK, "progress").unwrap();
    assert_eq!(
        cell.heads().map(|head| head.id()).collect::<Vec<_>>(),
        [second.id()]
    );
    // The later clock of the superseded event does not matter.
    assert_eq!(progress(&ledger), Some(FieldValue::Progress(6)));
}

#[test]
fn heads_with_one_value_agree() {
    let mut ledger = Ledger::default();
    ledger.insert(foreign("progress", json!(5), NOW, vec![]));
    ledger.insert(foreign("progress", json!(5.0), NOW + 1, vec![]));
    let cell = ledger.cell(UNIT, TASK, "progress").unwrap();
    assert_eq!(cell.heads().count(), 2);
    assert_eq!(cell.head_values(), [&json!(5)]);
    assert!(!cell.is_conflict());
    ledger.insert(foreign("progress", json!(7), NOW - 1, vec![]));
    let cell = ledger.cell(UNIT, TASK, "progress").unwrap();
    assert!(cell.is_conflict());
    assert_eq!(cell.head_values(), [&json!(5), &json!(7)]);
    assert_eq!(ledger.conflicts().count(), 1);
}

#[test]
fn ties_go_to_the_greater_replica_then_the_greater_id() {
    let said = |replica: &str, seq: u64, value: u8| {
        Event::seal(Draft {
            replica: replica.to_owned(),
            seq,
            time: Stamp { ms: NOW, c: 1 },
            unit: UNIT.to_owned(),
            subject: TASK.to_owned(),
            field: "progress".to_owned(),
            value: json!(value),
            ..Draft::default()
        })
        .unwrap()
    };
    // Whatever their ids: enough pairs for either order of ids to occur.
    for seq in 1..20 {
        let ledger: Ledger = [said("b", seq, 2), said("a", seq, 1)].into_iter().collect();
        assert_eq!(progress(&ledger), Some(FieldValue::Progress(2)));
        let pair = [said("a", seq, 1), said("a", seq, 2)];
        let greater = pair.iter().map(Event::id).max();
        let ledger: Ledger = pair.into_iter().collect();
        let cell = ledger.cell(UNIT, TASK, "progress").unwrap();
        assert_eq!(cell.shown().map(|shown| shown.id()), greater);
    }
    // The counter goes before the replica, the millisecond before the counter.
    let later = foreign("progress", json!(3), NOW + 1, vec![]);
    let ledger: Ledger = [said("zz", 1, 1), later].into_iter().collect();
    assert_eq!(progress(&ledger), Some(FieldValue::Progress(3)));
}

#[test]
fn a_value_of_a_newer_version_is_kept_and_not_misread() {
    let mut ledger = Ledger::default();
    ledger.insert(foreign(
        "status",
        json!({"state": "in_progress"}),
        NOW,
        vec![],
    ));
    let newer = foreign("status", json!({"state": "paused"}), NOW + 1, vec![]);
    ledger.insert(newer.clone());
    let cell = ledger.cell(UNIT, TASK, "status").unwrap();
    assert_eq!(cell.shown().unwrap().id(), newer.id());
    assert_eq!(cell.shown_value(), None);
    assert_eq!(
        cell.unreadable()
            .map(|event| event.id())
            .collect::<Vec<_>>(),
        [newer.id()]
    );
    assert!(cell.is_conflict());
}

#[test]
fn an_unknown_field_is_no_conflict() {
    let mut ledger = Ledger::default();
    ledger.insert(foreign("mood", json!(1), NOW, vec![]));
    ledger.insert(foreign("mood", json!(2), NOW, vec![]));
    assert_eq!(ledger.conflicts().count(), 0);
    let cell = ledger.cell(UNIT, TASK, "mood").unwrap();
    assert_eq!(
        (cell.len(), cell.field(), cell.heads().count()),
        (2, None, 2)
    );
}

#[test]
fn a_cleared_value_shows_nothing() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    put(&mut writer, &mut ledger, NOW, Field::Progress, json!(null));
    assert_eq!(progress(&ledger), None);
    let cell = ledger.cell(UNIT, TASK, "progress").unwrap();
    assert_eq!(
        cell.shown().unwrap().reading(),
        Reading::Value(FieldValue::Cleared)
    );
}

#[test]
fn a_set_adds_up_and_retractions_win_in_any_order() {
    let note = foreign("note", json!({"text": "một"}), NOW, vec![]);
    let other = foreign("note", json!({"text": "hai"}), NOW - 1, vec![]);
    let gone = foreign(
        "note",
        json!({"retract": note.id().to_string()}),
        NOW - DAY,
        vec![],
    );
    let back = foreign(
        "note",
        json!({"retract": gone.id().to_string()}),
        NOW - DAY,
        vec![],
    );
    let texts = |events: &[&Event]| -> Vec<Value> {
        let ledger: Ledger = events.iter().map(|event| (*event).clone()).collect();
        let cell = ledger.cell(UNIT, TASK, "note").unwrap();
        assert_eq!(cell.elements().len(), cell.element_values().len());
        cell.elements()
            .iter()
            .map(|event| event.value()["text"].clone())
            .collect()
    };
    assert_eq!(texts(&[&note, &other]), ["hai", "một"]);
    assert_eq!(texts(&[&note, &other, &gone]), ["hai"]);
    assert_eq!(texts(&[&gone, &other, &note]), ["hai"]);
    assert_eq!(texts(&[&back, &gone, &other, &note]), ["hai", "một"]);
    // A retraction of an event in another cell takes nothing away.
    let elsewhere = foreign(
        "evidence",
        json!({"retract": note.id().to_string()}),
        NOW,
        vec![],
    );
    assert_eq!(texts(&[&note, &elsewhere]), ["một"]);
}

/// Deep enough to overflow the stack if the walk were recursive.
#[test]
fn a_note_can_be_undone_and_redone_without_end() {
    let mut ledger = Ledger::default();
    let mut last = foreign("note", json!({"text": "một"}), NOW, vec![]);
    ledger.insert(last.clone());
    let shown = |ledger: &Ledger| ledger.cell(UNIT, TASK, "note").unwrap().elements().len();
    for step in 1..=20_000 {
        last = foreign(
            "note",
            json!({"retract": last.id().to_string()}),
            NOW + step,
            vec![],
        );
        ledger.insert(last.clone());
    }
    assert_eq!(shown(&ledger), 1);
    ledger.insert(foreign(
        "note",
        json!({"retract": last.id().to_string()}),
        NOW,
        vec![],
    ));
    assert_eq!(shown(&ledger), 0);
}

#[test]
fn history_is_newest_first() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let first = put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    let second = put(
        &mut writer,
        &mut ledger,
        NOW,
        Field::Note,
        json!({"text": "x"}),
    );
    let third = put(&mut writer, &mut ledger, NOW + 1, Field::Progress, json!(6));
    let other = writer
        .compose(
            NOW + 2,
            &ledger,
            Entry {
                unit: "bo-cong-an".to_owned(),
                ..entry(Field::Progress, json!(1))
            },
        )
        .unwrap();
    let fourth = other.id();
    ledger.insert(other);
    let ids = |unit| -> Vec<EventId> {
        let history = ledger.subject_history(unit, TASK);
        history.iter().map(|event| event.id()).collect()
    };
    assert_eq!(ids(Some(UNIT)), [third, second, first]);
    assert_eq!(ids(None), [fourth, third, second, first]);
    assert_eq!(ids(Some("nobody")), []);
    assert_eq!(
        ledger.units_of(TASK).collect::<Vec<_>>(),
        ["bo-cong-an", UNIT]
    );
    assert_eq!(ledger.units_of("none").count(), 0);
    assert_eq!(ledger.subject_cells(TASK).count(), 3);
}

#[test]
fn a_copied_replica_is_found() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    let (mut copy, mut third) = (writer.clone(), writer.clone());
    put(&mut writer, &mut ledger, NOW, Field::Progress, json!(6));
    assert_eq!(ledger.forks(), []);
    put(&mut copy, &mut ledger, NOW, Field::Progress, json!(7));
    let mut watch = ForkWatch::default();
    assert!(!watch.look(&ledger, 2));
    assert_eq!(watch.count(), 0);
    assert!(watch.look(&ledger, 2));
    assert_eq!(watch.count(), 1);
    // A third event of that number is no further one.
    put(&mut third, &mut ledger, NOW, Field::Progress, json!(8));
    assert!(watch.look(&ledger, 2));
    assert_eq!((watch.count(), ledger.forks().len()), (1, 1));
}

#[test]
fn forks_are_told_by_replica_and_number() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    let mut copy = writer.clone();
    let left = put(&mut writer, &mut ledger, NOW, Field::Progress, json!(6));
    let right = put(&mut copy, &mut ledger, NOW, Field::Progress, json!(7));
    let mut ids = vec![left, right];
    ids.sort();
    assert_eq!(
        ledger.forks(),
        [Fork {
            replica: "a",
            seq: 2,
            ids
        }]
    );
}
