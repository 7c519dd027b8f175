//! What an export holds, and that no way of exporting in parts loses anything.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;
#[path = "common/diary.rs"]
mod diary;
#[path = "common/search.rs"]
mod search;

use std::sync::Arc;

use book::Book;
use common::*;
use diary::{Diary, acts, diary};
use proptest::prelude::*;
use serde_json::json;
use tracker::exchange::{Kind, Selection, Sent, preview, select, units};
use tracker::ledger::{Draft, Event, Field, FieldValue, Ledger, Stamp};
use tracker::review::{State, state};

const BCA: &str = "bo-cong-an";
const HN: &str = "ubnd-ha-noi";
const TASK: &str = "CT05-B-01";

fn ledger(events: Vec<Arc<Event>>) -> Ledger {
    events.into_iter().collect()
}

fn united(a: &Ledger, b: Vec<Arc<Event>>) -> Ledger {
    let mut both = a.clone();
    both.union(b);
    both
}

/// An event of a device, as files of other people bring it.
fn event(device: &str, seq: u64, ms: i64, percent: u8) -> Event {
    Event::seal(Draft {
        replica: format!("{device}-r1"),
        seq,
        time: Stamp { ms, c: 0 },
        unit: BCA.to_owned(),
        subject: TASK.to_owned(),
        field: "progress".to_owned(),
        value: json!(percent),
        ..Draft::default()
    })
    .unwrap()
}

#[test]
fn everything_is_everything() {
    let mut book = Book::new();
    book.status(BCA, TASK, "in_progress");
    book.status(HN, TASK, "in_progress");
    assert_eq!(ledger(select(&book.ledger, Selection::All)), book.ledger);
    assert_eq!(Selection::All.kind(), Kind::Full);
}

#[test]
fn units_are_chosen_whoever_wrote_for_them() {
    let mut book = Book::new();
    book.status(BCA, TASK, "in_progress");
    book.write(BCA, TASK, Field::Review, json!({"verdict": "accepted"}));
    book.status(HN, TASK, "in_progress");
    book.status("ubnd-da-nang", TASK, "in_progress");
    let of = |ids: &[&str]| {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let selected = select(&book.ledger, Selection::Units(&ids));
        selected
            .iter()
            .map(|e| e.unit().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&[BCA]), [BCA, BCA]);
    assert_eq!(of(&[BCA, HN]).len(), 3);
    assert!(of(&[]).is_empty());
    let listed = units(&book.ledger, false);
    let expected = [(BCA, 2), ("ubnd-da-nang", 1), (HN, 1)];
    assert_eq!(listed, expected.map(|(unit, n)| (unit.to_owned(), n)));
    assert_eq!(units(&book.ledger, true), [(BCA.to_owned(), 1)]);
}

#[test]
fn a_review_file_holds_the_reviews_of_the_unit_alone() {
    let mut book = Book::new();
    book.status(BCA, TASK, "in_progress");
    let returned = json!({"verdict": "returned", "remark": "Thiếu minh chứng"});
    book.write(BCA, TASK, Field::Review, returned.clone());
    book.write(BCA, TASK, Field::ReviewerRating, json!({"rating": "green"}));
    book.write(HN, TASK, Field::Review, returned);
    let selected = select(&book.ledger, Selection::Reviews(BCA));
    let mut fields: Vec<&str> = selected.iter().map(|e| e.field()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["review", "reviewer_rating"]);
    assert!(selected.iter().all(|e| e.unit() == BCA));
    assert_eq!(Selection::Reviews(BCA).kind(), Kind::Review);
}

#[test]
fn reviews_reach_a_ledger_that_does_not_know_what_they_replaced() {
    // The reviewer has returned twice; the unit gets only the second file, and only its last event.
    let mut book = Book::new();
    book.status(BCA, TASK, "in_progress");
    let unit = book.ledger.clone();
    let remark = |text: &str| json!({"verdict": "returned", "remark": text});
    book.write(BCA, TASK, Field::Review, remark("một"));
    let last = book.write(BCA, TASK, Field::Review, remark("hai"));
    let second = book.ledger.get(&last).unwrap();
    assert_eq!(second.parents().len(), 1);
    let mut heard = united(&unit, vec![Arc::clone(second)]);
    assert_eq!(state(&heard, BCA, TASK), State::Returned);
    let shown = heard.value(BCA, TASK, Field::Review);
    assert_eq!(shown, FieldValue::read(Field::Review, &remark("hai")).ok());
    assert_eq!(heard.conflict_count(), 0);
    // The whole review file afterwards, or before, comes to the same as having it all.
    let file = select(&book.ledger, Selection::Reviews(BCA));
    assert_eq!(file.len(), 2);
    heard.union(file.clone());
    assert_eq!(heard.fold_bytes(), book.ledger.fold_bytes());
    assert_eq!(united(&unit, file).fold_bytes(), book.ledger.fold_bytes());
}

#[test]
fn a_delta_holds_what_is_new() {
    let mut book = Book::new();
    book.status(BCA, TASK, "in_progress");
    let sent = Sent::of(&book.ledger, 7);
    assert!(select(&book.ledger, Selection::Since(&sent)).is_empty());
    let new = book.write(BCA, TASK, Field::Progress, json!(40));
    let delta = select(&book.ledger, Selection::Since(&sent));
    assert_eq!(delta.iter().map(|e| e.id()).collect::<Vec<_>>(), [new]);
    assert_eq!(Selection::Since(&sent).kind(), Kind::Delta);
    // Nothing was ever sent: all of it is new.
    let none = Sent::default();
    assert_eq!(select(&book.ledger, Selection::Since(&none)).len(), 2);
}

#[test]
fn earlier_work_of_others_that_comes_in_later_goes_along() {
    // Their second event came first, as a part of their file; both are older than the mark.
    let mut ledger: Ledger = [event("theirs", 2, 200, 20)].into_iter().collect();
    let sent = Sent::of(&ledger, 0);
    ledger.insert(event("theirs", 1, 100, 10));
    let delta = select(&ledger, Selection::Since(&sent));
    assert!(delta.iter().any(|e| e.seq() == 1), "it would be lost");
    // A copied profile: another event with the same number and time.
    let mut ledger: Ledger = [event("ours", 1, 100, 10)].into_iter().collect();
    let sent = Sent::of(&ledger, 0);
    ledger.insert(event("ours", 1, 100, 90));
    let delta = select(&ledger, Selection::Since(&sent));
    assert!(delta.iter().any(|e| e.value() == &json!(90)));
    // A ledger restored to as many events, but others.
    let other: Ledger = [event("ours", 1, 100, 90)].into_iter().collect();
    assert_eq!(select(&other, Selection::Since(&sent)).len(), 1);
}

#[test]
fn a_delta_without_its_earlier_file_loses_nothing_and_shows_its_values() {
    let mut book = Book::new();
    book.write(BCA, TASK, Field::Progress, json!(10));
    let earlier = select(&book.ledger, Selection::All);
    let sent = Sent::of(&book.ledger, 0);
    book.write(BCA, TASK, Field::Progress, json!(40));
    book.note(BCA, TASK);
    let delta = select(&book.ledger, Selection::Since(&sent));
    assert_eq!(delta.len(), 2);
    let there = ledger(delta.clone());
    assert_eq!(there.len(), 2);
    let shown = |ledger: &Ledger| ledger.value(BCA, TASK, Field::Progress);
    assert_eq!(shown(&there), Some(FieldValue::Progress(40)));
    let notes = there.cell(BCA, TASK, "note").unwrap();
    assert_eq!(notes.elements().len(), 1);
    // The earlier file after it changes nothing that is shown.
    let both = united(&there, earlier);
    assert_eq!(shown(&both), Some(FieldValue::Progress(40)));
    assert_eq!(both.fold_bytes(), book.ledger.fold_bytes());
    // What it says to whoever looks before merging.
    let file = tracker::exchange::ExchangeFile {
        kind: Kind::Delta,
        events: delta,
        ..Default::default()
    };
    let preview = preview(&file, &Ledger::default());
    assert_eq!((preview.new, preview.changes.len()), (2, 2));
}

#[test]
fn what_was_sent_is_kept_and_read_again() {
    let diary: Diary = {
        let mut diary = Diary::default();
        diary.status("2026-01-05", BCA, TASK, "in_progress");
        diary.note("2026-02-05", HN, TASK);
        diary
    };
    let sent = Sent::of(&diary.ledger, 1_790_000_000_000);
    let kept = sent.to_json();
    assert_eq!(Sent::read(&kept), Some(sent.clone()));
    assert_eq!(sent.at, 1_790_000_000_000);
    for broken in [
        json!(null),
        json!({"at": 1}),
        json!({"at": "x", "marks": []}),
        json!({"at": 1, "marks": [["a", 1, 0, 1]]}),
        json!({"at": 1, "marks": [["b", 1, 0, 1, 1], ["a", 1, 0, 1, 1]]}),
        json!({"at": 1, "marks": [["a", 1, -1, 1, 1]]}),
    ] {
        assert_eq!(Sent::read(&broken), None, "{broken}");
    }
}

proptest! {
    #![proptest_config(config(64))]

    /// An export, whatever comes in after it in whatever order, and the delta: nothing is lost.
    #[test]
    fn the_delta_and_the_earlier_export_are_the_whole(
        acts in acts(40),
        known in prop::collection::vec(any::<bool>(), 40),
    ) {
        let whole = diary(&acts).ledger;
        let first: Ledger = whole
            .events()
            .zip(known.iter().cycle())
            .filter(|(_, known)| **known)
            .map(|(event, _)| Arc::clone(event))
            .collect();
        let sent = Sent::of(&first, 0);
        let sent = Sent::read(&sent.to_json()).unwrap();
        let delta = select(&whole, Selection::Since(&sent));
        prop_assert_eq!(&united(&first, delta.clone()), &whole);
        // Alone it shows whatever it holds: nothing in it is hidden by what it does not hold.
        let alone = ledger(delta.clone());
        prop_assert_eq!(alone.len(), delta.len());
        let superseded = |event: &Event| {
            delta.iter().any(|other| other.parents().contains(&event.id()))
        };
        for event in &delta {
            let cell = alone.cell(event.unit(), event.subject(), event.field()).unwrap();
            let is_head = cell.heads().any(|head| head.id() == event.id());
            prop_assert!(is_head || superseded(event));
        }
        // A chain of deltas is as good as one.
        let after = Sent::of(&whole, 1);
        prop_assert!(select(&whole, Selection::Since(&after)).is_empty());
    }

    /// Every event is in the file of exactly its unit.
    #[test]
    fn the_files_of_all_units_are_the_whole(acts in acts(40)) {
        let whole = diary(&acts).ledger;
        let mut all = Ledger::default();
        let mut count = 0;
        for (unit, events) in units(&whole, false) {
            let file = select(&whole, Selection::Units(std::slice::from_ref(&unit)));
            prop_assert_eq!(file.len(), events);
            count += file.len();
            all.union(file);
        }
        prop_assert_eq!(count, whole.len());
        prop_assert_eq!(all, whole);
    }
}
