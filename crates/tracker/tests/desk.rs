//! The consolidation desk: files beside each other, who has reported, what differs, and merging as
//! one step that can be taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/diary.rs"]
mod diary;
#[path = "ledger_laws/history.rs"]
mod history;
#[path = "common/search.rs"]
mod search;

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use serde_json::{Value, json};
use tracker::desk::coverage::{Currency, coverage, duties, updates};
use tracker::desk::settle::{Choice, Pick, both, candidates, entries, inputs, newest, typed};
use tracker::desk::{Stage, collective, differences};
use tracker::exchange::{Change, Reader, Refusal, read, write};
use tracker::ledger::{
    Entry, Event, EventId, Field, Ledger, Reading, Steps, UndoError, Way, Writer,
};
use tracker::record::{Edits, Fault, Input};
use tracker::status::Bucket;

use common::{day, plan};
use diary::{Diary, TODAY};
use history::{START, any_world, entry, file};

fn config(seed: u64, cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/desk.proptest-regressions",
        ))),
        cases,
        ..ProptestConfig::default()
    };
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(seed);
    }
    config
}

/// Subject, unit and field.
type Key = (String, String, String);

/// What each cell shows, by subject, unit and field: the value, and the elements of a set.
fn shown(ledger: &Ledger) -> Vec<(Key, Option<Value>, Vec<EventId>)> {
    let cells = ledger.cells().map(|cell| {
        let key = (
            cell.subject().to_owned(),
            cell.unit().to_owned(),
            cell.field_name().to_owned(),
        );
        let value = cell.shown().map(|event| event.value().clone());
        let elements = cell.elements().iter().map(|event| event.id()).collect();
        (key, value.filter(|value| !value.is_null()), elements)
    });
    cells.collect()
}

/// Goes one step; what was refused.
fn go(steps: &mut Steps, ledger: &mut Ledger, pen: &mut Writer, way: Way) -> Vec<UndoError> {
    let (mut refused, mut written) = (Vec::new(), Vec::new());
    for wanted in steps.wanted(way, ledger) {
        written.push(match wanted {
            Ok(undo) => {
                let event = pen.compose(START, ledger, undo.into_entry("")).unwrap();
                let id = event.id();
                ledger.insert(event);
                Some(id)
            }
            Err(error) => {
                refused.push(error);
                None
            }
        });
    }
    steps.moved(way, &written);
    refused
}

/// Whether this version can read everything that a cell ever showed.
fn is_readable(ledger: &Ledger, key: &Key) -> bool {
    let cell = ledger.cell(&key.1, &key.0, &key.2);
    cell.is_none_or(|cell| {
        cell.field().is_some()
            && cell
                .events()
                .all(|event| matches!(event.reading(), Reading::Value(_)))
    })
}

proptest! {
    #![proptest_config(config(60_611, 96))]

    /// Merging is one step: taken back, everything shows what it showed; done again, what it
    /// showed merged.
    #[test]
    fn a_merge_goes_back_and_forth_as_one_step(world in any_world(), mask in any::<u64>()) {
        let here = world.events.iter().zip((0..64).cycle());
        let here = here.filter(|(_, bit)| mask >> bit & 1 == 1).map(|(event, _)| event.clone());
        let before: Ledger = here.collect();
        let mut stage = Stage::default();
        stage.know(before.since(0));
        let new = stage.add(&world.events);
        prop_assert_eq!(new, stage.merged.len() - before.len());
        prop_assert_eq!(before.len(), stage.known);
        let (was, merged) = (shown(&before), shown(&stage.merged));
        let mut steps = Steps::default();
        steps.push_merge(&before, &stage.merged);
        let mut ledger = stage.merged.clone();
        let mut pen = Writer::new("bàn tổng hợp");
        let readable = |key: &_| is_readable(&stage.merged, key);
        go(&mut steps, &mut ledger, &mut pen, Way::Back);
        for (key, value, elements) in shown(&ledger) {
            if !readable(&key) {
                continue;
            }
            let old = was.iter().find(|old| old.0 == key);
            prop_assert_eq!(&value, &old.and_then(|old| old.1.clone()), "{:?}", &key);
            let old = old.map(|old| old.2.clone()).unwrap_or_default();
            prop_assert_eq!(&elements, &old, "{:?}", &key);
        }
        for cell in ledger.conflicts() {
            let old = before.cell(cell.unit(), cell.subject(), cell.field_name());
            let key = (cell.subject().to_owned(), cell.unit().to_owned(), cell.field_name().to_owned());
            prop_assert!(!readable(&key) || old.is_some_and(|old| old.is_conflict()));
        }
        go(&mut steps, &mut ledger, &mut pen, Way::Forth);
        for (key, value, elements) in shown(&ledger).into_iter().filter(|cell| readable(&cell.0)) {
            let new = merged.iter().find(|new| new.0 == key).unwrap();
            prop_assert_eq!((&value, &elements), (&new.1, &new.2), "{:?}", &key);
        }
        // And back once more, over what the redo wrote.
        go(&mut steps, &mut ledger, &mut pen, Way::Back);
        for (key, value, elements) in shown(&ledger).into_iter().filter(|cell| readable(&cell.0)) {
            let old = was.iter().find(|old| old.0 == key);
            prop_assert_eq!(value, old.and_then(|old| old.1.clone()));
            prop_assert_eq!(elements, old.map(|old| old.2.clone()).unwrap_or_default());
        }
    }

    /// However a file is parted, it is read as in one go; also where it is cut or altered.
    #[test]
    fn a_file_is_read_alike_in_any_parts(
        world in any_world(), parts in prop::collection::vec(1..9_usize, 1..20),
        cut in any::<prop::sample::Index>(), bit in 0..16_u8,
    ) {
        let mut bytes = write(&file(world.events)).into_bytes();
        match bit {
            0..8 => {
                let at = cut.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
            8..12 => bytes.truncate(cut.index(bytes.len())),
            _ => {}
        }
        let whole = read("a.json", &bytes, "de-an-06");
        let mut reader = Reader::new("a.json", bytes.clone(), "de-an-06");
        let mut sizes = parts.into_iter().cycle();
        let parted = loop {
            if let Some(read) = reader.step(sizes.next().unwrap()) {
                break read;
            }
        };
        prop_assert_eq!(parted.is_ok(), bit >= 12);
        prop_assert_eq!(parted, whole);
    }

    /// Reading that is given up leaves the ledger as it was: nothing of it is in there.
    #[test]
    fn an_import_that_is_cancelled_changes_nothing(world in any_world(), after in 0..40_usize) {
        let half = world.events.len() / 2;
        let ledger: Ledger = world.events[..half].iter().cloned().collect();
        let before = ledger.fold_bytes();
        let bytes = write(&file(world.events.clone())).into_bytes();
        let mut reader = Reader::new("a.json", bytes.clone(), "de-an-06");
        let mut stage = Stage::default();
        stage.know(ledger.since(0));
        for _ in 0..after {
            if let Some(Ok(file)) = reader.step(2) {
                stage.add(&file.events[..file.events.len() / 2]);
                break;
            }
        }
        drop((reader, stage));
        prop_assert_eq!(ledger.fold_bytes(), before);
    }
}

/// Three hundred files, each written by a hand that had seen some of the others.
fn files() -> Vec<Vec<Arc<Event>>> {
    let values = [
        json!({"state": "in_progress"}),
        json!({"state": "not_started"}),
    ];
    let mut all = Vec::new();
    let mut known = Ledger::default();
    for hand in 0..300_usize {
        let mut pen = Writer::new(format!("máy-{hand}"));
        // Every third hand has seen what was written so far, so that some values are replaced.
        let mut seen = if hand % 3 == 0 {
            known.clone()
        } else {
            Ledger::default()
        };
        let unit = format!("don-vi-{}", hand % 40);
        let now = START + i64::try_from(hand * 7919 % 300).unwrap();
        let wrote = [
            (Field::Status, values[hand % 2].clone()),
            (Field::Note, json!({"text": format!("ghi chú {hand}")})),
        ];
        let mut events = Vec::new();
        for (field, value) in wrote {
            let event = pen
                .compose(now, &seen, entry(&unit, "CT05-B-27", field, value))
                .unwrap();
            let event = Arc::new(event);
            seen.insert(event.clone());
            events.push(event);
        }
        known.union(events.iter().cloned());
        all.push(events);
    }
    all
}

/// The next number of a small generator; any will do that visits many orders.
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).unwrap()
}

#[test]
fn three_hundred_files_fold_alike_in_a_thousand_orders() {
    let files = files();
    let fold = |order: &[usize]| {
        let mut stage = Stage::default();
        for at in order {
            stage.add(&files[*at]);
        }
        stage.merged.fold_bytes()
    };
    let mut order: Vec<usize> = (0..files.len()).collect();
    let expected = fold(&order);
    let mut state = 60_612_u64;
    for _ in 0..1000 {
        for at in (1..order.len()).rev() {
            order.swap(at, next(&mut state) % (at + 1));
        }
        assert!(
            fold(&order) == expected,
            "another state in the order {order:?}"
        );
    }
    // The comparison can fail: one event less is noticed.
    let mut less = Stage::default();
    less.add(&files[0][..1]);
    files[1..].iter().for_each(|file| _ = less.add(file));
    assert!(less.merged.fold_bytes() != expected);
}

/// A ledger with differing values of one field, by hands that did not know of each other.
fn differing(field: Field, values: &[Value]) -> Ledger {
    let mut ledger = Ledger::default();
    for (hand, value) in values.iter().enumerate() {
        let mut pen = Writer::new(format!("máy-{hand}"));
        let entry = entry("bo-tu-phap", "CT05-B-27", field, value.clone());
        let now = START + i64::try_from(hand).unwrap();
        ledger.insert(pen.compose(now, &Ledger::default(), entry).unwrap());
    }
    ledger
}

fn pick(field: Field, choice: Choice) -> Pick {
    Pick {
        unit: "bo-tu-phap".to_owned(),
        subject: "CT05-B-27".to_owned(),
        field,
        choice,
    }
}

#[test]
fn a_choice_settles_all_heads() {
    let values = [json!(10), json!(40), json!(30)];
    let mut ledger = differing(Field::Progress, &values);
    let cell = ledger.conflicts().next().unwrap();
    let heads: Vec<_> = candidates(cell)
        .iter()
        .map(|head| head.value().clone())
        .collect();
    assert_eq!(heads, [json!(30), json!(40), json!(10)], "the newest first");
    assert_eq!(newest(cell), Some(candidates(cell)[0].id()));
    assert_eq!(both(cell), None, "numbers do not add up to words");
    let middle = candidates(cell)[1].id();
    let picks = [
        pick(Field::Progress, Choice::Head(middle)),
        pick(Field::Status, Choice::Head(middle)),
    ];
    let mut written: Vec<Entry> = entries(&ledger, &picks, "Tổ tổng hợp");
    assert_eq!(
        written.len(),
        1,
        "a status that does not differ is left alone"
    );
    assert_eq!(written[0].value, json!(40));
    let event = Writer::new("bàn")
        .compose(START, &ledger, written.remove(0))
        .unwrap();
    assert_eq!(event.parents().len(), 3);
    ledger.insert(event);
    assert_eq!(ledger.conflict_count(), 0);
    assert!(entries(&ledger, &picks, "").is_empty(), "it is settled");
}

#[test]
fn a_third_value_has_to_be_one_of_the_field() {
    let ledger = differing(Field::Progress, &[json!(10), json!(40)]);
    let value = |value| entries(&ledger, &[pick(Field::Progress, Choice::Other(value))], "");
    assert_eq!(value(json!(25))[0].value, json!(25));
    assert!(value(json!("một nửa")).is_empty());
}

#[test]
fn a_third_value_is_typed_as_in_the_form() {
    let today = day(TODAY);
    let type_in = |field, inputs: &[(Input, &str)]| {
        let mut edits = Edits::default();
        for (input, text) in inputs {
            edits.set(*input, (*text).to_owned());
        }
        typed(field, &edits, today)
    };
    assert_eq!(type_in(Field::Progress, &[]), Ok(None));
    assert_eq!(
        type_in(Field::Progress, &[(Input::Progress, "55")]),
        Ok(Some(json!(55)))
    );
    let fault = type_in(Field::Progress, &[(Input::Progress, "nửa")]);
    assert_eq!(fault, Err((Input::Progress, Fault::ProgressUnreadable)));
    let begun = type_in(Field::Status, &[(Input::Status, "not_started")]);
    assert_eq!(begun, Ok(Some(json!({"state": "not_started"}))));
    let done = type_in(
        Field::Status,
        &[(Input::Status, "done"), (Input::DoneOn, "")],
    );
    assert_eq!(done, Err((Input::DoneOn, Fault::DateMissing)));
    let rating = type_in(Field::ReviewerRating, &[(Input::Rating, "green")]);
    assert_eq!(rating, Ok(Some(json!({"rating": "green"}))));
    let back = |remark| {
        let inputs = [(Input::Rating, "returned"), (Input::Reason, remark)];
        type_in(Field::Review, &inputs)
    };
    assert_eq!(back(" "), Err((Input::Reason, Fault::ReasonMissing)));
    assert_eq!(
        back("thiếu"),
        Ok(Some(json!({"verdict": "returned", "remark": "thiếu"})))
    );
    for field in Field::ALL {
        assert_eq!(inputs(field).is_empty(), field.is_set(), "{field}");
    }
}

#[test]
fn words_are_kept_both_unless_they_are_about_different_things() {
    let blockers = |values: &[Value]| {
        let ledger = differing(Field::Blocker, values);
        both(ledger.conflicts().next().unwrap())
    };
    let text = |text: &str| json!({ "text": text });
    assert_eq!(
        blockers(&[text("thiếu kinh phí"), text("thiếu người")]),
        Some(text("thiếu kinh phí; thiếu người"))
    );
    let named = |id: &str, text: &str| json!({ "bottleneck": id, "text": text });
    assert_eq!(
        blockers(&[named("DN-1", ""), text("thiếu người")]),
        Some(named("DN-1", "thiếu người"))
    );
    assert_eq!(blockers(&[named("DN-1", ""), named("DN-2", "")]), None);
    let ledger = differing(Field::Assignee, &[json!("Vụ A"), json!("Vụ B")]);
    let words = both(ledger.conflicts().next().unwrap());
    assert_eq!(words, Some(json!("Vụ A; Vụ B")));
}

#[test]
fn two_files_are_compared_value_by_value() {
    let mut diary = Diary::default();
    diary.status("2026-10-01", "bo-cong-an", "CT05-B-06", "in_progress");
    let a = diary.ledger.clone();
    diary.status("2026-10-05", "bo-cong-an", "CT05-B-06", "2026-10-04");
    diary.note("2026-10-05", "bo-cong-an", "CT05-B-06");
    let b = diary.ledger;
    let find = |a: &Ledger, b: &Ledger| differences(a, b, "CT05-B-06");
    let [note, status]: [Change; 2] = find(&a, &b).try_into().unwrap();
    assert_eq!((note.field, note.before), (Field::Note, None));
    assert_eq!(note.after, Some(json!({"text": "Đang chờ ý kiến"})));
    assert_eq!(status.before, Some(json!({"state": "in_progress"})));
    assert_eq!(
        status.after,
        Some(json!({"state": "done", "date": "2026-10-04"}))
    );
    // The other way round everything goes back, also what the other does not know at all.
    let back = find(&b, &a);
    assert_eq!(back.len(), 2);
    assert!(
        back.iter()
            .any(|change| change.field == Field::Note && change.after.is_none())
    );
    assert!(find(&a, &a).is_empty());
    assert!(differences(&a, &b, "CT05-B-07").is_empty());
}

#[test]
fn an_agency_has_reported_is_stale_or_is_silent() {
    let today = day(TODAY);
    let mut diary = Diary::default();
    // Today is 2026-11-21: thirty days ago was 22/10, thirty-one days ago 21/10.
    diary.status("2026-10-22", "bo-cong-an", "CT05-B-06", "in_progress");
    diary.status("2026-10-01", "bo-cong-an", "CT05-B-06", "not_started");
    let duties = duties(plan(), &plan().holdings(today), today);
    let justice = plan().agency_position("bo-tu-phap").unwrap();
    let duty = duties.iter().find(|duty| duty.agency == justice).unwrap();
    let task = &plan().tasks()[duty.task].id;
    diary.note("2026-10-21", "bo-tu-phap", task);
    // What a reviewer answers today makes nobody's report younger, nor one where there is none.
    diary.send_back(TODAY, "bo-tu-phap", task);
    diary.send_back(TODAY, "bo-y-te", task);
    let find = |document: &str, on: &str| {
        let on = day(on);
        let updates = updates(plan(), &diary.ledger, on, today);
        coverage(plan(), &duties, &updates, document, on)
    };
    let of = |reports: &[tracker::desk::coverage::Report], id: &str| {
        let at = plan().agency_position(id).unwrap();
        *reports.iter().find(|report| report.agency == at).unwrap()
    };
    let all = find("", TODAY);
    let police = of(&all, "bo-cong-an");
    assert_eq!(
        police.currency,
        Currency::Current,
        "thirty days are not over thirty"
    );
    assert_eq!(police.last, Some(day("2026-10-22")));
    assert_eq!(police.reported, 1);
    assert_eq!(of(&all, "bo-tu-phap").currency, Currency::Stale(31));
    let silent = all
        .iter()
        .filter(|report| report.currency == Currency::Silent)
        .count();
    assert_eq!(silent, all.len() - 2);
    assert!(all.iter().all(|report| {
        let agency = &plan().agencies()[report.agency];
        !agency.is_collective() && agency.exists_on(today)
    }));
    // Of another document they have said nothing.
    assert_eq!(
        of(&find("CT07", TODAY), "bo-cong-an").currency,
        Currency::Silent
    );
    // As of an earlier day the later update was not there yet.
    let earlier = of(&find("", "2026-10-10"), "bo-cong-an");
    assert_eq!(earlier.last, Some(day("2026-10-01")));
    assert_eq!(
        of(&find("", "2026-10-10"), "bo-tu-phap").currency,
        Currency::Silent
    );
}

#[test]
fn collective_tasks_stand_agency_by_agency() {
    let today = day(TODAY);
    let duties = duties(plan(), &plan().holdings(today), today);
    let grid = collective::grid(plan(), &duties, "");
    assert!(!grid.tasks.is_empty());
    for task in &grid.tasks {
        let leads = &plan().tasks()[*task].leads;
        let is_rule = |id: &String| plan().agency(id).is_some_and(|a| a.is_collective());
        assert!(leads.iter().any(is_rule));
    }
    let (agency, bound) = grid.rows[0].clone();
    let column = bound.iter().position(|bound| *bound).unwrap();
    let task = &plan().tasks()[grid.tasks[column]];
    let unit = &plan().agencies()[agency].id;
    let mut diary = Diary::default();
    diary.status("2026-11-01", unit, &task.id, "2026-10-30");
    let stands =
        |ledger: &Ledger| collective::buckets(plan(), &grid, 0, ledger, today)[column].unwrap();
    let done = [
        Bucket::CompletedOnTime,
        Bucket::CompletedLate,
        Bucket::CompletedNoDeadline,
    ];
    assert!(done.contains(&stands(&diary.ledger)));
    assert!(!done.contains(&stands(&Ledger::default())));
    let buckets = collective::buckets(plan(), &grid, 0, &diary.ledger, today);
    assert_eq!(
        buckets.iter().map(Option::is_some).collect::<Vec<_>>(),
        bound
    );
    // Of one document only its own.
    let document = &task.document;
    let one = collective::grid(plan(), &duties, document);
    assert!(
        one.tasks
            .iter()
            .all(|at| plan().tasks()[*at].document == *document)
    );
    assert!(one.tasks.len() <= grid.tasks.len());
}

#[test]
fn a_refusal_in_parts_names_the_file() {
    let mut reader = Reader::new("b.json", b"[1,".to_vec(), "de-an-06");
    let read = (0..9).find_map(|_| reader.step(1));
    let refusal: Refusal = read.unwrap().unwrap_err();
    assert_eq!(refusal.file, "b.json");
}
