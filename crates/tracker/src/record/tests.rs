#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::ledger::{Entry, Writer};
use crate::status::{Stage, Standing, combine};

fn filled(texts: &[(Input, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (input, text) in texts {
        draft.set(*input, (*text).to_owned());
    }
    draft
}

fn faults(texts: &[(Input, &str)]) -> Vec<(Input, Fault)> {
    filled(texts).faults("2026-11-21".parse().unwrap(), None)
}

fn written(texts: &[(Input, &str)]) -> Vec<(Field, Value)> {
    filled(texts).changes(&Draft::default(), &[])
}

/// A ledger in which these changes were recorded.
fn recorded(changes: &[(Field, Value)]) -> Ledger {
    let mut ledger = Ledger::default();
    save(&mut ledger, &mut Writer::new("a"), changes);
    ledger
}

fn save(ledger: &mut Ledger, writer: &mut Writer, changes: &[(Field, Value)]) {
    for (field, value) in changes {
        let entry = Entry {
            unit: "u".to_owned(),
            subject: "t".to_owned(),
            field: *field,
            value: value.clone(),
            author: String::new(),
        };
        let event = writer.compose(0, ledger, entry).unwrap();
        ledger.insert(event);
    }
}

#[test]
fn a_completion_asks_for_a_day_that_has_come() {
    let done_on = |day| faults(&[(Input::Status, "done"), (Input::DoneOn, day)]);
    assert_eq!(done_on(""), [(Input::DoneOn, Fault::DateMissing)]);
    assert_eq!(
        done_on("31/02/2026"),
        [(Input::DoneOn, Fault::DateUnreadable)]
    );
    assert_eq!(done_on("22/11/2026"), [(Input::DoneOn, Fault::DateAhead)]);
    assert_eq!(done_on("21/11/2026"), []);
    assert_eq!(
        faults(&[(Input::Status, "in_progress"), (Input::DoneOn, "x")]),
        []
    );
}

#[test]
fn progress_is_a_whole_percentage() {
    for good in ["", "0", "60", "100", " 60 % "] {
        assert_eq!(faults(&[(Input::Progress, good)]), [], "{good}");
    }
    for bad in ["101", "-1", "6,5", "nửa"] {
        assert_eq!(
            faults(&[(Input::Progress, bad)]),
            [(Input::Progress, Fault::ProgressUnreadable)],
            "{bad}"
        );
    }
}

#[test]
fn an_extension_needs_its_day_and_its_document() {
    let extended = |due, by| faults(&[(Input::ExtendedTo, due), (Input::Grant, by)]);
    assert_eq!(extended("", " "), []);
    assert_eq!(extended("31/12/2026", "12/NQ-CP"), []);
    assert_eq!(
        extended("31/12/2026", " "),
        [(Input::Grant, Fault::GrantMissing)]
    );
    assert_eq!(
        extended("", "12/NQ-CP"),
        [(Input::ExtendedTo, Fault::ExtensionDateMissing)]
    );
    assert_eq!(
        extended("mai", ""),
        [
            (Input::ExtendedTo, Fault::DateUnreadable),
            (Input::Grant, Fault::GrantMissing)
        ]
    );
    let later = |day: &str| {
        let form = filled(&[(Input::ExtendedTo, day), (Input::Grant, "12/NQ-CP")]);
        let [today, due] = ["2026-11-21", "2023-06-30"].map(|day| day.parse().unwrap());
        form.faults(today, Some(due))
    };
    let not_later = [(Input::ExtendedTo, Fault::ExtensionNotLater)];
    assert_eq!(later("30/06/2023"), not_later, "the same day");
    assert_eq!(later("31/12/2002"), not_later, "a slip of the hand");
    assert_eq!(later("01/07/2023"), [], "granted long ago");
    assert_eq!(later("mai"), [(Input::ExtendedTo, Fault::DateUnreadable)]);
    assert_eq!(
        faults(&[(Input::Forecast, "32/12/2026")]),
        [(Input::Forecast, Fault::DateUnreadable)]
    );
}

#[test]
fn amber_and_red_say_why() {
    for color in ["amber", "red"] {
        let fault = [(Input::Reason, Fault::ReasonMissing)];
        assert_eq!(faults(&[(Input::Rating, color)]), fault);
        assert_eq!(
            faults(&[(Input::Rating, color), (Input::Reason, "chậm")]),
            []
        );
    }
    assert_eq!(faults(&[(Input::Rating, "green")]), []);
    assert_eq!(faults(&[(Input::Reason, "")]), []);
}

#[test]
fn faults_come_in_the_order_of_the_form() {
    let all = faults(&[
        (Input::Status, "done"),
        (Input::Progress, "x"),
        (Input::Forecast, "x"),
        (Input::Grant, "x"),
        (Input::Rating, "red"),
    ]);
    let inputs: Vec<usize> = all.iter().map(|f| f.0 as usize).collect();
    assert_eq!(inputs.len(), 5);
    assert!(inputs.is_sorted());
}

#[test]
fn only_what_changed_is_written() {
    let shown = filled(&[(Input::Status, "in_progress"), (Input::Progress, "40")]);
    let fields = |edits: &[(Input, &str)], unsettled: &[Field]| -> Vec<Field> {
        let mut draft = shown.clone();
        for (input, text) in edits {
            draft.set(*input, (*text).to_owned());
        }
        let changes = draft.changes(&shown, unsettled);
        changes.into_iter().map(|c| c.0).collect()
    };
    assert_eq!(fields(&[], &[]), []);
    assert_eq!(fields(&[], &[Field::Status]), [Field::Status]);
    assert_eq!(fields(&[(Input::Progress, "60")], &[]), [Field::Progress]);
    assert_eq!(fields(&[(Input::Progress, " 40 % ")], &[]), []);
    assert_eq!(fields(&[(Input::Note, " x ")], &[]), [Field::Note]);
    assert_eq!(
        fields(&[(Input::Status, "done"), (Input::DoneOn, "1/7/2023")], &[]),
        [Field::Status]
    );
    let mut emptied = shown.clone();
    emptied.set(Input::Progress, String::new());
    assert_eq!(
        emptied.changes(&shown, &[]),
        [(Field::Progress, Value::Null)]
    );
}

#[test]
fn a_completion_that_moves_is_a_change() {
    let done = |day| filled(&[(Input::Status, "done"), (Input::DoneOn, day)]);
    let moved = done("1/7/2023").changes(&done("30/06/2023"), &[]);
    let value = json!({"state": "done", "date": "2023-07-01"});
    assert_eq!(moved, [(Field::Status, value)]);
    let retyped = done("2023-06-30").changes(&done("30/06/2023"), &[]);
    assert_eq!(retyped, []);
}

#[test]
fn details_become_values_of_their_fields() {
    let changes = written(&[
        (Input::Forecast, "1/12/2026"),
        (Input::ExtendedTo, "31/12/2026"),
        (Input::Grant, " 12/NQ-CP "),
        (Input::Bottleneck, "BN-1"),
        (Input::Rating, "red"),
        (Input::Reason, "thiếu vốn"),
        (Input::Assignee, " Phòng A "),
    ]);
    let expected = [
        (Field::Forecast, json!("2026-12-01")),
        (
            Field::Extension,
            json!({"due": "2026-12-31", "document": "12/NQ-CP"}),
        ),
        (Field::Blocker, json!({"bottleneck": "BN-1", "text": ""})),
        (
            Field::SelfRating,
            json!({"rating": "red", "comment": "thiếu vốn"}),
        ),
        (Field::Assignee, json!("Phòng A")),
    ];
    assert_eq!(changes, expected);
    let shown = Draft::of(&recorded(&changes), "u", "t");
    let cleared: Vec<Value> = Draft::default()
        .changes(&shown, &[])
        .into_iter()
        .map(|c| c.1)
        .collect();
    assert_eq!(cleared, vec![Value::Null; 5]);
}

#[test]
fn evidence_is_a_line_each_and_only_web_addresses_are_links() {
    let lines = "https://moc.gov.vn/a?b=1\n\n  12/BC-BTP \njavascript:alert(1)\nhttps://a b";
    let values: Vec<Value> = written(&[(Input::Evidence, lines)])
        .into_iter()
        .map(|c| c.1)
        .collect();
    let expected = [
        json!({"link": "https://moc.gov.vn/a?b=1"}),
        json!({"text": "12/BC-BTP"}),
        json!({"text": "javascript:alert(1)"}),
        json!({"text": "https://a b"}),
    ];
    assert_eq!(values, expected);
}

#[test]
fn a_first_save_states_the_status_and_what_differs_is_settled() {
    let mut ledger = Ledger::default();
    assert_eq!(unsettled(&ledger, "u", "t", &SCALARS), [Field::Status]);
    let mut other = Ledger::default();
    let (mut a, mut b) = (Writer::new("a"), Writer::new("b"));
    let status = (Field::Status, json!({"state": "in_progress"}));
    let named = |name: &str| (Field::Assignee, json!(name));
    save(&mut ledger, &mut a, &[status, named("An")]);
    save(&mut other, &mut b, &[named("Bình")]);
    ledger.union(other.events().cloned());
    assert_eq!(unsettled(&ledger, "u", "t", &SCALARS), [Field::Assignee]);
}

#[test]
fn edits_lie_over_what_is_shown() {
    let shown = filled(&[(Input::Grant, "1/QĐ"), (Input::ExtendedTo, "1/1/2027")]);
    let mut edits = Edits::default();
    assert!(edits.is_empty());
    edits.set(Input::ExtendedTo, String::new());
    assert!(!edits.is_empty());
    let draft = edits.over(&shown);
    assert_eq!(
        (draft.get(Input::Grant), draft.get(Input::ExtendedTo)),
        ("1/QĐ", "")
    );
    assert!(draft.has_details());
    assert!(!filled(&[(Input::Note, "x")]).has_details());
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let day = prop_oneof![Just(""), Just("30/6/2023"), Just("2026-11-21"), Just("x")];
    let text = prop_oneof![Just(""), Just(" "), Just("a"), Just("12/NQ-CP")];
    let status = prop_oneof![
        Just(""),
        Just("not_started"),
        Just("in_progress"),
        Just("done")
    ];
    let color = prop_oneof![Just(""), Just("green"), Just("amber"), Just("red")];
    let percent = prop_oneof![Just(""), Just("0"), Just("100 %"), Just("101")];
    let days = (day.clone(), day.clone(), day);
    let texts = (text.clone(), text.clone(), text.clone(), text.clone(), text);
    (status, color, percent, days, texts).prop_map(|(status, color, percent, days, texts)| {
        filled(&[
            (Input::Status, status),
            (Input::DoneOn, days.0),
            (Input::Progress, percent),
            (Input::Forecast, days.1),
            (Input::ExtendedTo, days.2),
            (Input::Grant, texts.0),
            (Input::Bottleneck, texts.1),
            (Input::Obstacle, texts.2),
            (Input::Rating, color),
            (Input::Reason, texts.3),
            (Input::Assignee, texts.4),
        ])
    })
}

/// The draft after somebody did what each fault asks for.
fn mended(mut draft: Draft) -> Draft {
    let today = "2026-11-21".parse().unwrap();
    for (input, fault) in draft.faults(today, None) {
        let text = match fault {
            Fault::ProgressUnreadable => "60",
            Fault::GrantMissing | Fault::ReasonMissing => "a",
            _ => "1/7/2023",
        };
        draft.set(input, text.to_owned());
    }
    assert_eq!(draft.faults(today, None), []);
    draft
}

proptest! {
    /// What has no fault is written, is read again as it was meant, and is then nothing new.
    #[test]
    fn what_is_saved_is_seen_again(draft in any_draft(), before in any_draft()) {
        let (draft, before) = (mended(draft), mended(before));
        let mut writer = Writer::new("a");
        let mut ledger = Ledger::default();
        for form in [&before, &draft] {
            let shown = Draft::of(&ledger, "u", "t");
            let changes = form.changes(&shown, &unsettled(&ledger, "u", "t", &SCALARS));
            save(&mut ledger, &mut writer, &changes);
        }
        let shown = Draft::of(&ledger, "u", "t");
        for field in SCALARS {
            prop_assert_eq!(draft.value(field), shown.value(field));
        }
        prop_assert!(draft.changes(&shown, &unsettled(&ledger, "u", "t", &SCALARS)).is_empty());
    }
}

#[test]
fn people_are_known_once_each_by_the_alphabet() {
    let mut ledger = Ledger::default();
    let mut writer = Writer::new("a");
    let mut say = |task: &str, name: &str| {
        let entry = Entry {
            unit: "u".to_owned(),
            subject: task.to_owned(),
            field: Field::Assignee,
            value: FieldValue::Assignee(name.to_owned()).to_json(),
            author: String::new(),
        };
        let event = writer.compose(0, &ledger, entry).unwrap();
        ledger.insert(event);
    };
    say("t1", "Vũ An");
    say("t2", " Đào Bình ");
    say("t3", "Vũ An");
    say("t4", "Dương Chi");
    say("t5", "An\u{202e}h");
    say("t6", &"x".repeat(121));
    // The name that stands counts, not the one before.
    say("t7", "Ai Đó");
    say("t7", "Dương Chi");
    assert_eq!(assignees(&ledger), ["Dương Chi", "Đào Bình", "Vũ An"]);
}

/// How a task stands of which nobody reported anything.
fn unreported() -> Standing {
    combine(&[None], None, "2026-11-21".parse().unwrap())
}

/// How a task stands that its only party reports as in progress, at 60 percent.
fn at_sixty() -> Standing {
    Standing {
        stage: Stage::InProgress,
        progress: Some(60),
        ..unreported()
    }
}

fn quick(
    ledger: &Ledger,
    field: Field,
    standing: &Standing,
    edits: &[(Input, &str)],
) -> Vec<(Field, Value)> {
    let quick = Quick::of(ledger, "u", "t", field, Some(standing));
    let mut touched = Edits::default();
    for (input, text) in edits {
        touched.set(*input, (*text).to_owned());
    }
    quick.changes(&touched)
}

/// The report of a predecessor stands until the successor reports, and is not written over unseen.
#[test]
fn progress_edited_in_a_list_begins_with_what_the_list_shows() {
    let empty = Ledger::default();
    let begins = Quick::of(&empty, "u", "t", Field::Progress, Some(&at_sixty()));
    assert_eq!(begins.shown().get(Input::Progress), "60");
    let progress = |text| {
        quick(
            &empty,
            Field::Progress,
            &at_sixty(),
            &[(Input::Progress, text)],
        )
    };
    assert_eq!(quick(&empty, Field::Progress, &at_sixty(), &[]), []);
    assert_eq!(progress("60"), []);
    assert_eq!(
        progress("65"),
        [
            (Field::Status, json!({"state": "in_progress"})),
            (Field::Progress, json!(65)),
        ]
    );
}

#[test]
fn progress_edited_in_a_list_says_that_a_task_has_begun_and_nothing_else() {
    let empty = Ledger::default();
    let new = unreported();
    let progress = |text| quick(&empty, Field::Progress, &new, &[(Input::Progress, text)]);
    assert_eq!(progress(""), [], "what was typed was no number");
    assert_eq!(
        progress("40"),
        [
            (Field::Status, json!({"state": "in_progress"})),
            (Field::Progress, json!(40)),
        ]
    );
    assert_eq!(progress("0"), [(Field::Progress, json!(0))]);
    let told = recorded(&[(Field::Status, json!({"state": "not_started"}))]);
    assert_eq!(
        quick(&told, Field::Progress, &new, &[(Input::Progress, "40")]),
        [(Field::Progress, json!(40))],
        "what was reported stays"
    );
}

#[test]
fn a_status_saved_as_it_is_shown_is_a_first_report() {
    let empty = Ledger::default();
    assert_eq!(
        quick(&empty, Field::Status, &unreported(), &[]),
        [(Field::Status, json!({"state": "not_started"}))]
    );
    assert_eq!(
        quick(&empty, Field::Status, &at_sixty(), &[]),
        [
            (Field::Status, json!({"state": "in_progress"})),
            (Field::Progress, json!(60)),
        ]
    );
    let told = recorded(&[(Field::Status, json!({"state": "not_started"}))]);
    assert_eq!(quick(&told, Field::Status, &at_sixty(), &[]), []);
}
