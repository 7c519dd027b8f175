//! Review and return: of what a verdict speaks, who has to act, what is written.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/search.rs"]
mod search;

use std::collections::BTreeMap;
use std::sync::Arc;

use common::*;
use proptest::collection::vec;
use proptest::prelude::*;
use search::search_in;
use serde_json::{Value, json};
use tracker::kpi::attention::{Attention, list};
use tracker::kpi::{Tracks, Whose};
use tracker::ledger::{Color, Entry, EventId, Field, FieldValue, Ledger, Writer, undo};
use tracker::review::{
    Fault, Form, Rate, State, Verdict, answer, digest, is_reported, items, list::reviewable,
    list::to_do, ratings, said, state,
};
use tracker::status::Scope;

const BCA: &str = "bo-cong-an";
const HN: &str = "ubnd-ha-noi";
const TASK: &str = "CT05-B-01";
const TODAY: &str = "2026-11-21";
const NOW: i64 = 1_790_000_000_000;

/// A browser: what it knows, its pen, who sits at it, and how far its clock is off.
#[derive(Clone)]
struct Hand {
    ledger: Ledger,
    writer: Writer,
    author: &'static str,
    now: i64,
}

impl Hand {
    fn new(author: &'static str) -> Hand {
        Hand {
            ledger: Ledger::default(),
            writer: Writer::new(format!("{author}-1")),
            author,
            now: NOW,
        }
    }

    fn write(&mut self, unit: &str, task: &str, field: Field, value: Value) -> EventId {
        self.now += 60_000;
        let entry = Entry {
            unit: unit.to_owned(),
            subject: task.to_owned(),
            field,
            value,
            author: self.author.to_owned(),
        };
        let event = self.writer.compose(self.now, &self.ledger, entry).unwrap();
        let id = event.id();
        self.ledger.insert(event);
        id
    }

    /// Records as the page does: with an answer where the report was returned.
    fn record(&mut self, unit: &str, task: &str, field: Field, value: Value) {
        let answer = answer(&self.ledger, unit, task).filter(|_| is_reported(field.as_str()));
        self.write(unit, task, field, value);
        if let Some(answer) = answer {
            self.write(unit, task, Field::Review, answer);
        }
    }

    fn report(&mut self, percent: u8) {
        self.record(BCA, TASK, Field::Progress, json!(percent));
    }

    fn review(&mut self, form: &Form) {
        for (field, value) in form.changes(&self.ledger, BCA, TASK) {
            self.write(BCA, TASK, field, value);
        }
    }

    fn undo(&mut self, id: EventId) {
        let undone = undo(&self.ledger, &id).unwrap();
        self.write(&undone.unit, &undone.subject, undone.field, undone.value);
    }

    fn hear(&mut self, other: &Hand) {
        self.ledger.union(other.ledger.events().cloned());
    }

    fn state(&self) -> State {
        state(&self.ledger, BCA, TASK)
    }
}

fn accept() -> Form {
    Form {
        verdict: Some(Verdict::Accept),
        ..Form::default()
    }
}

fn send_back(remark: &str) -> Form {
    Form {
        verdict: Some(Verdict::Return),
        remark: remark.to_owned(),
        ..Form::default()
    }
}

#[test]
fn a_report_waits_until_it_is_judged() {
    let mut hand = Hand::new("an");
    assert_eq!(hand.state(), State::Silent);
    hand.write(BCA, TASK, Field::Assignee, json!("Vụ Một"));
    assert_eq!(hand.state(), State::Silent, "who works on it is no report");
    let report = hand.write(BCA, TASK, Field::Progress, json!(10));
    assert_eq!(hand.state(), State::Waiting);
    hand.undo(report);
    assert_eq!(hand.state(), State::Silent, "taken back");
    let note = hand.write(BCA, TASK, Field::Note, json!({"text": "đã họp"}));
    assert_eq!(hand.state(), State::Waiting);
    hand.undo(note);
    assert_eq!(hand.state(), State::Silent);
}

#[test]
fn acceptance_speaks_of_the_report_as_it_stood() {
    let mut hand = Hand::new("an");
    hand.report(10);
    hand.review(&accept());
    assert_eq!(hand.state(), State::Accepted);
    hand.write(BCA, TASK, Field::Assignee, json!("Vụ Một"));
    hand.write(BCA, TASK, Field::ReviewerRating, json!({"rating": "green"}));
    assert_eq!(
        hand.state(),
        State::Accepted,
        "neither is a part of the report"
    );
    hand.report(20);
    assert_eq!(hand.state(), State::Waiting);
    hand.review(&accept());
    assert_eq!(hand.state(), State::Accepted);
    // By whichever clock: a year back.
    hand.now -= 365 * 86_400_000;
    let mut other = Hand::new("binh");
    other.hear(&hand);
    other.now -= 365 * 86_400_000;
    other.report(30);
    assert_eq!(other.state(), State::Waiting);
    // Notes, too, and what a newer version records.
    hand.write(BCA, TASK, Field::Note, json!({"text": "thêm"}));
    assert_eq!(hand.state(), State::Waiting);
}

#[test]
fn a_verdict_that_names_no_report_speaks_of_what_was_there_before_it() {
    let mut hand = Hand::new("an");
    hand.report(10);
    hand.write(BCA, TASK, Field::Review, json!({"verdict": "accepted"}));
    assert_eq!(hand.state(), State::Accepted);
    hand.report(20);
    assert_eq!(hand.state(), State::Waiting);
}

#[test]
fn a_return_stands_until_it_is_answered() {
    let (mut unit, mut reviewer) = (Hand::new("an"), Hand::new("binh"));
    unit.report(10);
    reviewer.hear(&unit);
    // Recorded before the unit heard of the return: no answer, also by a clock that is ahead.
    unit.now += 10 * 86_400_000;
    unit.report(15);
    reviewer.review(&send_back(" Bổ sung minh chứng "));
    assert_eq!(reviewer.state(), State::Returned);
    unit.hear(&reviewer);
    assert_eq!(unit.state(), State::Returned);
    let told = said(&unit.ledger, BCA, TASK).unwrap();
    assert_eq!(told.remark.as_deref(), Some("Bổ sung minh chứng"));
    assert_eq!(told.event.author(), "binh");
    unit.write(BCA, TASK, Field::Assignee, json!("Vụ Một"));
    assert_eq!(unit.state(), State::Returned);
    // The answer, by a clock that is behind everything.
    unit.now -= 300 * 86_400_000;
    unit.report(20);
    assert_eq!(unit.state(), State::Answered);
    let told = said(&unit.ledger, BCA, TASK).unwrap();
    assert_eq!(told.remark.as_deref(), Some("Bổ sung minh chứng"));
    unit.report(25);
    assert_eq!(unit.state(), State::Answered);
    reviewer.hear(&unit);
    assert_eq!(reviewer.state(), State::Answered);
    assert_eq!(reviewer.ledger.conflict_count(), 0);
    reviewer.review(&accept());
    assert_eq!(reviewer.state(), State::Accepted);
    assert_eq!(said(&reviewer.ledger, BCA, TASK).unwrap().remark, None);
}

#[test]
fn what_was_never_reported_can_be_asked_for_and_not_accepted() {
    let mut hand = Hand::new("binh");
    hand.review(&accept());
    assert_eq!(hand.state(), State::Silent);
    assert!(hand.ledger.is_empty());
    hand.review(&send_back("Chưa báo cáo"));
    assert_eq!(hand.state(), State::Returned);
}

#[test]
fn verdicts_and_answers_are_taken_back() {
    let mut hand = Hand::new("an");
    hand.report(10);
    let form = send_back("Thiếu");
    let (field, value) = form.changes(&hand.ledger, BCA, TASK).remove(0);
    let returned = hand.write(BCA, TASK, field, value);
    hand.undo(returned);
    assert_eq!(hand.state(), State::Waiting);
    assert_eq!(said(&hand.ledger, BCA, TASK), None);
    hand.review(&form);
    let mut unit = Hand::new("cuc");
    unit.hear(&hand);
    unit.now = hand.now;
    let answer = answer(&unit.ledger, BCA, TASK).unwrap();
    let answer = unit.write(BCA, TASK, Field::Review, answer);
    assert_eq!(unit.state(), State::Answered);
    unit.undo(answer);
    assert_eq!(unit.state(), State::Returned);
    // Who returned it is still named, not who took the answer back.
    assert_eq!(said(&unit.ledger, BCA, TASK).unwrap().event.author(), "an");
}

#[test]
fn the_next_verdict_settles_what_reviewers_said_apart() {
    let (mut one, mut other) = (Hand::new("an"), Hand::new("binh"));
    one.report(10);
    other.hear(&one);
    one.review(&accept());
    other.now += 1_000_000;
    other.review(&send_back("Thiếu"));
    one.hear(&other);
    assert_eq!(one.ledger.conflict_count(), 1);
    assert_eq!(one.state(), State::Returned, "the later one is shown");
    // Saying again what is shown settles it as well.
    one.now = other.now;
    one.review(&send_back("Thiếu"));
    assert_eq!(one.ledger.conflict_count(), 0);
    assert_eq!(one.state(), State::Returned);
    assert!(
        send_back("Thiếu")
            .changes(&one.ledger, BCA, TASK)
            .is_empty()
    );
}

#[test]
fn a_form_has_its_faults() {
    let faulty = |verdict, remark: &str, rate, reason: &str| {
        let form = Form {
            verdict,
            remark: remark.to_owned(),
            rate,
            reason: reason.to_owned(),
        };
        let mut hand = Hand::new("an");
        hand.report(10);
        let faults = form.faults();
        let written = form.changes(&hand.ledger, BCA, TASK).len();
        assert_eq!(faults.is_empty(), written > 0);
        faults
    };
    let (yes, no) = (Some(Verdict::Accept), Some(Verdict::Return));
    assert_eq!(faulty(None, "", Rate::Keep, ""), [Fault::VerdictMissing]);
    assert_eq!(faulty(no, " ", Rate::Keep, ""), [Fault::RemarkMissing]);
    assert_eq!(faulty(no, "Thiếu", Rate::Keep, ""), []);
    assert_eq!(faulty(yes, "", Rate::Keep, ""), []);
    for color in [Color::Amber, Color::Red] {
        assert_eq!(
            faulty(yes, "", Rate::As(color), " "),
            [Fault::ReasonMissing]
        );
        assert_eq!(faulty(yes, "", Rate::As(color), "chậm"), []);
    }
    assert_eq!(faulty(yes, "", Rate::As(Color::Green), ""), []);
    assert_eq!(
        faulty(None, "", Rate::As(Color::Red), ""),
        [Fault::VerdictMissing, Fault::ReasonMissing]
    );
}

#[test]
fn ratings_stand_side_by_side() {
    let mut hand = Hand::new("an");
    hand.record(BCA, TASK, Field::SelfRating, json!({"rating": "green"}));
    let rate = |rate, reason: &str| Form {
        rate,
        reason: reason.to_owned(),
        ..accept()
    };
    hand.review(&rate(Rate::As(Color::Green), "  "));
    let both = ratings(&hand.ledger, BCA, TASK);
    assert_eq!(both.reviewer.as_ref().unwrap().comment, None);
    assert!(!both.differ());
    hand.review(&rate(Rate::As(Color::Amber), " chậm "));
    let both = ratings(&hand.ledger, BCA, TASK);
    assert_eq!(
        both.reviewer.as_ref().unwrap().comment.as_deref(),
        Some("chậm")
    );
    assert!(both.differ());
    assert_eq!(hand.state(), State::Accepted);
    let changed = hand.ledger.len();
    hand.review(&rate(Rate::Keep, ""));
    assert_eq!(hand.ledger.len(), changed, "nothing is new");
    hand.review(&rate(Rate::Clear, ""));
    assert_eq!(ratings(&hand.ledger, BCA, TASK).reviewer, None);
    assert!(!ratings(&hand.ledger, BCA, TASK).differ());
    assert!(
        rate(Rate::Clear, "")
            .changes(&hand.ledger, BCA, TASK)
            .is_empty()
    );
}

#[test]
fn lists_are_by_unit_and_document() {
    let mut hand = Hand::new("an");
    for (unit, task) in [
        (HN, "CT07-16"),
        (HN, "CT05-B-02"),
        (BCA, "CV452-09"),
        (BCA, "CT05-B-02"),
        (BCA, "CT05-B-01"),
        ("khong-co", "CT05-B-01"),
        (BCA, "khong-co"),
    ] {
        hand.write(unit, task, Field::Progress, json!(10));
    }
    hand.write(BCA, "CT05-B-03", Field::Assignee, json!("Vụ Một"));
    let back = json!({"verdict": "returned", "remark": "Thiếu"});
    hand.write(BCA, "CV452-09", Field::Review, back);
    hand.write(HN, "CT07-16", Field::SelfRating, json!({"rating": "green"}));
    let all = items(plan(), &hand.ledger);
    let named: Vec<(&str, &str)> = all
        .iter()
        .map(|item| (item.unit, plan().tasks()[item.task].id.as_str()))
        .collect();
    let mut places = Vec::new();
    for (unit, task) in &named {
        let tasks = plan().task(task).unwrap();
        let document = plan().document_position(&tasks.document);
        let unit = plan().agency_position(unit);
        places.push((unit.is_none(), unit, document));
    }
    assert!(places.is_sorted(), "{named:?}");
    assert_eq!(named.len(), 6);
    assert_eq!(named[5], ("khong-co", "CT05-B-01"));
    let to_do = to_do(&all, BCA);
    assert_eq!(to_do.len(), 1);
    assert_eq!(plan().tasks()[to_do[0].task].id, "CV452-09");
    assert!(to_do[0].reported.is_some());
    assert_eq!(all.iter().filter(|item| item.state.waits()).count(), 5);
    let units = |own| reviewable(&hand.ledger, "CT05-B-01", own);
    assert_eq!(units(None), [BCA, "khong-co"]);
    assert_eq!(units(Some(BCA)), ["khong-co"]);
    assert!(reviewable(&hand.ledger, "CT05-B-03", None).is_empty());
}

#[test]
fn filters_lists_and_figures_agree_on_what_was_returned() {
    let mut hand = Hand::new("an");
    hand.now = 1_795_000_000_000 - 10 * 86_400_000;
    for task in ["CT05-B-01", "CT05-B-02", "CT05-B-03"] {
        hand.write(BCA, task, Field::Status, json!({"state": "in_progress"}));
    }
    for (field, value) in accept().changes(&hand.ledger, BCA, "CT05-B-02") {
        hand.write(BCA, "CT05-B-02", field, value);
    }
    for (field, value) in send_back("Thiếu").changes(&hand.ledger, BCA, "CT05-B-03") {
        hand.write(BCA, "CT05-B-03", field, value);
    }
    let find = |text: &str| {
        let [country, own] = [Scope::Country, Scope::Unit(agency(BCA))].map(|scope| {
            let mut ids = search_in(&hand.ledger, scope, text, TODAY);
            ids.sort_unstable();
            ids
        });
        assert_eq!(country, own, "{text}");
        own
    };
    for (text, expected) in [
        ("review:waiting", vec!["CT05-B-01"]),
        ("review:accepted", vec!["CT05-B-02"]),
        ("review:returned", vec!["CT05-B-03"]),
        ("duyệt:\"bị trả lại\"", vec!["CT05-B-03"]),
        ("duyet:choduyet,chapnhan", vec!["CT05-B-01", "CT05-B-02"]),
        ("-review:waiting has:update", vec!["CT05-B-02", "CT05-B-03"]),
        ("has:review", vec!["CT05-B-02", "CT05-B-03"]),
    ] {
        assert_eq!(find(text), expected, "{text}");
    }
    let tracks = Tracks::new(plan(), &hand.ledger, day(TODAY));
    let all: Vec<usize> = (0..plan().tasks().len()).collect();
    for whose in [
        Whose::Country,
        Whose::Agency(plan().agency_position(BCA).unwrap()),
    ] {
        let wanted = Attention::Returned;
        let found = list(plan(), &tracks, whose, &all, day(TODAY), wanted);
        let ids: Vec<&str> = found
            .iter()
            .map(|at| plan().tasks()[*at].id.as_str())
            .collect();
        assert_eq!(ids, ["CT05-B-03"]);
        assert_eq!(find(&wanted.filter(day(TODAY))), ids);
    }
}

/// What happens next, and how far the clock of whoever does it is off, in hours.
#[derive(Clone, Debug)]
struct Act(u8, i16);

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let off = prop_oneof![Just(0_i16), -9000_i16..9000];
    vec((0u8..8, off).prop_map(|(what, off)| Act(what, off)), 1..25)
}

proptest! {
    #![proptest_config(config(256))]

    /// However the hands' clocks disagree and whoever hears of what, in which order: what is called
    /// accepted is what the acceptance was given on, and a return that the unit has heard of stands
    /// for it until it answers.
    #[test]
    fn no_verdict_speaks_of_what_it_has_not_seen(acts in acts()) {
        let (mut unit, mut reviewer) = (Hand::new("an"), Hand::new("binh"));
        // What stood in the report when a verdict was given, by the verdict.
        let mut judged: BTreeMap<EventId, Vec<EventId>> = BTreeMap::new();
        let report = |ledger: &Ledger| -> Vec<EventId> {
            let cells = ledger.unit_cells(BCA, TASK).filter(|c| is_reported(c.field_name()));
            let mut ids: Vec<EventId> = cells.flat_map(|c| c.heads().map(|h| h.id())).collect();
            ids.sort_unstable();
            ids
        };
        for (at, Act(what, off)) in acts.iter().enumerate() {
            let now = NOW + i64::try_from(at).unwrap() * 3_600_000 + i64::from(*off) * 3_600_000;
            match what {
                0 => { unit.now = now; unit.report(u8::try_from(at).unwrap()); }
                1 => {
                    unit.now = now;
                    unit.record(BCA, TASK, Field::Note, json!({"text": at.to_string()}));
                }
                2 => reviewer.hear(&unit),
                3 => unit.hear(&reviewer),
                4 | 5 => {
                    reviewer.now = now;
                    let remark = at.to_string();
                    let form = if *what == 4 { accept() } else { send_back(&remark) };
                    let seen = report(&reviewer.ledger);
                    for (field, value) in form.changes(&reviewer.ledger, BCA, TASK) {
                        let id = reviewer.write(BCA, TASK, field, value);
                        judged.insert(id, seen.clone());
                        let expected = if *what == 4 { State::Accepted } else { State::Returned };
                        prop_assert_eq!(reviewer.state(), expected);
                    }
                }
                6 => {
                    let before = unit.state();
                    unit.now = now;
                    unit.report(u8::try_from(at).unwrap());
                    let answered = unit.state();
                    match before {
                        State::Returned | State::Answered => {
                            prop_assert_eq!(answered, State::Answered);
                        }
                        _ => prop_assert_eq!(answered, State::Waiting),
                    }
                }
                _ => {
                    let before = unit.state();
                    unit.now = now;
                    unit.write(BCA, TASK, Field::Assignee, json!(at.to_string()));
                    if before != State::Silent {
                        prop_assert_eq!(unit.state(), before);
                    }
                }
            }
            for hand in [&unit, &reviewer] {
                let cell = hand.ledger.cell(BCA, TASK, "review");
                let shown = cell.and_then(|c| c.shown());
                match hand.state() {
                    State::Accepted => {
                        let judged = &judged[&shown.unwrap().id()];
                        prop_assert_eq!(judged, &report(&hand.ledger));
                    }
                    State::Returned => prop_assert!(judged.contains_key(&shown.unwrap().id())),
                    State::Silent => prop_assert!(report(&hand.ledger).is_empty()),
                    State::Waiting | State::Answered => {}
                }
            }
        }
    }

    /// The standing is folded from the set of events alone.
    #[test]
    fn the_order_of_arrival_does_not_matter(acts in acts(), seed in any::<u64>()) {
        let (mut unit, mut reviewer) = (Hand::new("an"), Hand::new("binh"));
        for Act(what, off) in &acts {
            let now = NOW + i64::from(*off) * 3_600_000;
            match what {
                0..=2 => { unit.now = now; unit.report(*what); }
                3 => { unit.hear(&reviewer); reviewer.hear(&unit); }
                4 => { reviewer.now = now; reviewer.review(&accept()); }
                _ => { reviewer.now = now; reviewer.review(&send_back("Thiếu")); }
            }
        }
        unit.hear(&reviewer);
        let mut events: Vec<Arc<_>> = unit.ledger.events().cloned().collect();
        let expected = (unit.state(), digest(&unit.ledger, BCA, TASK));
        for round in 0..4_u64 {
            events.sort_by_key(|e| {
                let [a, b, ..] = e.id().to_bytes();
                (u64::from(a) * 256 + u64::from(b)).wrapping_mul(seed.wrapping_add(round) | 1) % 65_521
            });
            let ledger: Ledger = events.iter().cloned().collect();
            prop_assert_eq!((state(&ledger, BCA, TASK), digest(&ledger, BCA, TASK)), expected.clone());
        }
    }
}

#[test]
fn an_older_reader_would_still_see_the_return() {
    // The value without the digest is the one that schema 1 was released with.
    let value = json!({"verdict": "returned", "remark": "Thiếu"});
    assert!(FieldValue::read(Field::Review, &value).is_ok());
}
