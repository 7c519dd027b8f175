//! Writing, the clock, and undo.

use super::*;

fn take_back(writer: &mut Writer, ledger: &mut Ledger, id: EventId) -> EventId {
    let undo = undo(ledger, &id).unwrap();
    put(writer, ledger, NOW, undo.field, undo.value)
}

#[test]
fn a_writer_goes_on_where_it_was() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    assert_eq!((writer.replica(), writer.seq()), ("a", 0));
    // Events lie in the order of their ids, so the last one is not the latest.
    for step in 0..20 {
        let text = json!({ "text": step.to_string() });
        put(&mut writer, &mut ledger, NOW - step, Field::Note, text);
        assert_eq!(Writer::resume("a", &ledger), writer);
    }
    put(
        &mut Writer::new("b"),
        &mut ledger,
        NOW + 5,
        Field::Note,
        json!({"text": "x"}),
    );
    assert_eq!(Writer::resume("a", &ledger), writer);
    assert_eq!(Writer::resume("c", &ledger), Writer::new("c"));
}

#[test]
fn the_clock_never_runs_back() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let mut stamp = |now| {
        let id = put(
            &mut writer,
            &mut ledger,
            now,
            Field::Note,
            json!({"text": "x"}),
        );
        let Stamp { ms, c } = ledger.get(&id).unwrap().time();
        (ms - NOW, c)
    };
    assert_eq!(stamp(NOW), (0, 0));
    assert_eq!(stamp(NOW), (0, 1));
    assert_eq!(stamp(NOW - 10), (0, 2));
    assert_eq!(stamp(NOW + 1), (1, 0));
}

#[test]
fn a_parent_is_followed_unless_it_is_a_day_ahead() {
    for (ahead, expected) in [
        (-5, (0, 0)),
        (0, (0, 1)),
        (5, (5, 1)),
        (DAY - 1, (DAY - 1, 1)),
        (DAY, (0, 0)),
        (3650 * DAY, (0, 0)),
    ] {
        let mut ledger = Ledger::default();
        ledger.insert(foreign("progress", json!(5), NOW + ahead, vec![]));
        let id = put(
            &mut Writer::new("a"),
            &mut ledger,
            NOW,
            Field::Progress,
            json!(6),
        );
        let Stamp { ms, c } = ledger.get(&id).unwrap().time();
        assert_eq!((ms - NOW, c), expected, "{ahead}");
        // Followed or not, the new value is what is shown.
        assert_eq!(progress(&ledger), Some(FieldValue::Progress(6)));
    }
}

#[test]
fn a_full_counter_moves_to_the_next_millisecond() {
    let full = Stamp { ms: 5, c: u32::MAX };
    assert_eq!(full.next(), Stamp { ms: 6, c: 0 });
}

#[test]
fn what_is_not_a_value_is_not_written() {
    let ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let before = writer.clone();
    let mut failed = |entry: Entry| writer.compose(NOW, &ledger, entry).unwrap_err().to_string();
    let error = failed(entry(Field::Progress, json!(101)));
    assert_eq!(error, "progress: expected an integer from 0 to 100");
    let mut nobody = entry(Field::Progress, json!(1));
    nobody.unit.clear();
    assert_eq!(failed(nobody), "unit: expected a non-empty string");
    let huge = json!({"text": "x", "more": u64::MAX});
    assert!(failed(entry(Field::Note, huge)).starts_with("note: expected an integer"));
    assert_eq!(writer, before);
}

#[test]
fn undo_goes_back_step_by_step() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let first = put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    let second = put(&mut writer, &mut ledger, NOW, Field::Progress, json!(6));
    assert_eq!(undo(&ledger, &first), Err(UndoError::Superseded));
    let undone = take_back(&mut writer, &mut ledger, second);
    assert_eq!(progress(&ledger), Some(FieldValue::Progress(5)));
    take_back(&mut writer, &mut ledger, undone);
    assert_eq!(progress(&ledger), Some(FieldValue::Progress(6)));
    assert_eq!(
        undo(&ledger, &EventId::from_bytes([0; 32])),
        Err(UndoError::NotFound)
    );
}

#[test]
fn undoing_the_first_value_clears_the_field() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let only = put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    take_back(&mut writer, &mut ledger, only);
    assert_eq!(progress(&ledger), None);
}

/// Two replaced 5 unseen by each other; taking the shown one back leaves the
/// other's value, not the 5 that both replaced.
#[test]
fn undo_in_a_conflict_leaves_the_other_value() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    put(&mut writer, &mut ledger, NOW, Field::Progress, json!(5));
    let base = ledger.clone();
    put(
        &mut Writer::new("b"),
        &mut ledger,
        NOW,
        Field::Progress,
        json!(7),
    );
    let mut seen = base;
    let mine = writer
        .compose(NOW + 1, &seen, entry(Field::Progress, json!(6)))
        .unwrap();
    seen.insert(mine.clone());
    ledger.insert(mine.clone());
    assert!(ledger.cell(UNIT, TASK, "progress").unwrap().is_conflict());
    take_back(&mut writer, &mut ledger, mine.id());
    assert_eq!(progress(&ledger), Some(FieldValue::Progress(7)));
    assert_eq!(ledger.conflicts().count(), 0);
}

/// What both replaced stays replaced, even if its clock was years ahead.
#[test]
fn undo_does_not_bring_back_what_another_replaced() {
    let ahead = foreign("progress", json!(5), NOW + 3650 * DAY, vec![]);
    let other = foreign("progress", json!(7), NOW, vec![ahead.id()]);
    let mine = foreign("progress", json!(6), NOW + 1, vec![ahead.id()]);
    let ledger: Ledger = [ahead, other, mine.clone()].into_iter().collect();
    assert_eq!(undo(&ledger, &mine.id()).unwrap().value, json!(7));
}

#[test]
fn undo_does_not_guess_an_earlier_value() {
    let mut ledger = Ledger::default();
    let parent = EventId::from_bytes([4; 32]);
    let orphan = foreign("progress", json!(6), NOW, vec![parent]);
    ledger.insert(orphan.clone());
    assert_eq!(
        undo(&ledger, &orphan.id()),
        Err(UndoError::PreviousMissing { parent })
    );

    let newer = foreign("status", json!({"state": "paused"}), NOW, vec![]);
    let done = foreign(
        "status",
        json!({"state": "in_progress"}),
        NOW,
        vec![newer.id()],
    );
    ledger.union([newer.clone(), done.clone()]);
    let unreadable = UndoError::PreviousUnreadable { event: newer.id() };
    assert_eq!(undo(&ledger, &done.id()), Err(unreadable));

    let mood = foreign("mood", json!(1), NOW, vec![]);
    ledger.insert(mood.clone());
    assert_eq!(undo(&ledger, &mood.id()), Err(UndoError::UnknownField));
}

#[test]
fn undo_in_a_set_retracts() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let note = put(
        &mut writer,
        &mut ledger,
        NOW,
        Field::Note,
        json!({"text": "x"}),
    );
    let shown = |ledger: &Ledger| ledger.cell(UNIT, TASK, "note").unwrap().elements().len();
    let gone = take_back(&mut writer, &mut ledger, note);
    assert_eq!(shown(&ledger), 0);
    assert_eq!(undo(&ledger, &note), Err(UndoError::Superseded));
    let back = take_back(&mut writer, &mut ledger, gone);
    assert_eq!(shown(&ledger), 1);
    take_back(&mut writer, &mut ledger, back);
    assert_eq!(shown(&ledger), 0);
}
