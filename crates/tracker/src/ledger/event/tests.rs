#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;

fn draft() -> Draft {
    Draft {
        replica: "a1".to_owned(),
        seq: 7,
        time: Stamp {
            ms: 1_700_000_000_000,
            c: 2,
        },
        unit: "bo-tu-phap".to_owned(),
        subject: "CT05-B-27".to_owned(),
        field: "status".to_owned(),
        value: json!({"state": "in_progress"}),
        parents: vec![EventId::from_bytes([9; 32]), EventId::from_bytes([1; 32])],
        author: "Trần Văn Hòa".to_owned(),
        extra: Map::new(),
    }
}

/// Any other program must come to the same id: this one was computed by
/// Python's hashlib from the bytes that RFC 8785 asks for, written out by hand.
#[test]
fn the_id_is_the_digest_of_the_canonical_json_without_it() {
    let event = Event::seal(draft()).unwrap();
    let id = "29d6b6c67a96450aa89d4d86517ee00690c13ae0621bde0e055cf10cafb4dde2";
    assert_eq!(event.id().to_string(), id);
}

#[test]
fn ids_have_one_spelling() {
    let id = Event::seal(draft()).unwrap().id();
    let text = id.to_string();
    assert_eq!(text.parse(), Ok(id));
    for wrong in [
        text.to_uppercase(),
        text[1..].to_owned(),
        format!("{text}0"),
        "g".repeat(64),
    ] {
        assert!(wrong.parse::<EventId>().is_err(), "{wrong}");
    }
}

#[test]
fn json_and_back() {
    let mut draft = draft();
    draft.value = json!({"state": "in_progress", "share": 0.1, "whole": 2.0});
    draft.extra.insert("a_first".to_owned(), json!([1.0, null]));
    draft.extra.insert("zone".to_owned(), json!({"đ": "ủy"}));
    let event = Event::seal(draft).unwrap();
    let text = event.to_json().to_string();
    let back = Event::from_json(serde_json::from_str(&text).unwrap()).unwrap();
    assert_eq!(back, event);
    assert_eq!(back.extra()["a_first"], json!([1, null]));
    assert_eq!(
        back.to_text(),
        serde_json_canonicalizer::to_string(&event.to_json()).unwrap()
    );
}

#[test]
fn one_event_has_one_id_however_it_was_drafted() {
    let event = Event::seal(draft()).unwrap();
    let mut other = draft();
    other.parents.reverse();
    other.parents.push(EventId::from_bytes([1; 32]));
    assert_eq!(Event::seal(other).unwrap(), event);
    let mut float = draft();
    float.value = json!(40.0);
    let mut integer = draft();
    integer.value = json!(40);
    assert_eq!(Event::seal(float).unwrap(), Event::seal(integer).unwrap());
}

fn refused(change: impl Fn(&mut Value)) -> String {
    let mut json = Event::seal(draft()).unwrap().to_json();
    change(&mut json);
    Event::from_json(json).unwrap_err().to_string()
}

#[test]
fn every_member_is_checked_and_named() {
    let members = [
        "id", "replica", "seq", "time", "unit", "subject", "field", "value", "parents", "author",
    ];
    for member in members {
        let error = refused(|json| {
            json.as_object_mut().unwrap().remove(member);
        });
        assert!(error.starts_with(&format!("{member}: expected")), "{error}");
    }
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 13] = [
        ("replica", |json| json["replica"] = json!("")),
        ("seq", |json| json["seq"] = json!(-1)),
        ("seq", |json| json["seq"] = json!(1.5)),
        ("time", |json| json["time"] = json!(5)),
        ("time.ms", |json| json["time"] = json!({"c": 0})),
        ("time.ms", |json| json["time"]["ms"] = json!("1")),
        ("time.c", |json| {
            json["time"]["c"] = json!(4_294_967_296_u64)
        }),
        ("parents[1]", |json| json["parents"][1] = json!("x")),
        ("parents[1]", |json| {
            json["parents"][1] = json["parents"][0].clone()
        }),
        ("unit", |json| json["unit"] = json!(null)),
        ("author", |json| json["author"] = json!(1)),
        ("id", |json| json["id"] = json!("abc")),
        ("value.n[1]", |json| {
            json["value"]["n"] = json!([0, u64::MAX])
        }),
    ];
    for (path, change) in cases {
        let error = refused(change);
        assert!(
            error.starts_with(&format!("{path}: expected")),
            "{path}: {error}"
        );
    }
    assert_eq!(
        Event::from_json(json!([])).unwrap_err().to_string(),
        "event: expected an object"
    );
}

#[test]
fn an_altered_event_is_refused() {
    type Change = fn(&mut Value);
    let cases: [Change; 5] = [
        |json| json["author"] = json!("Ai đó"),
        |json| json["value"]["state"] = json!("done"),
        |json| json["time"]["c"] = json!(3),
        |json| json["time"]["zone"] = json!(7),
        |json| json["added"] = json!(null),
    ];
    for change in cases {
        assert!(refused(change).starts_with("id: stated "));
    }
}

#[test]
fn a_draft_is_checked() {
    type Change = fn(&mut Draft);
    let cases: [(&str, Change); 9] = [
        ("replica", |draft| draft.replica.clear()),
        ("unit", |draft| draft.unit.clear()),
        ("subject", |draft| draft.subject.clear()),
        ("field", |draft| draft.field.clear()),
        ("seq", |draft| draft.seq = 1 << 53),
        ("time.ms", |draft| draft.time.ms = i64::MIN),
        ("value[0]", |draft| draft.value = json!([u64::MAX])),
        ("unit", |draft| {
            draft.extra.insert("unit".to_owned(), json!(1));
        }),
        ("more.x", |draft| {
            draft
                .extra
                .insert("more".to_owned(), json!({"x": u64::MAX}));
        }),
    ];
    for (path, change) in cases {
        let mut draft = draft();
        change(&mut draft);
        let error = Event::seal(draft).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{path}: expected")),
            "{path}: {error}"
        );
    }
}

/// The deepest value that is accepted can still be read from a file.
#[test]
fn nesting_is_bounded() {
    let deep = |levels: usize| {
        let mut draft = draft();
        draft.value = (0..levels).fold(json!(1), |inner, _| json!([inner]));
        Event::seal(draft)
    };
    assert!(deep(61).is_ok());
    assert!(deep(62).is_err());
    assert!(Event::from_json(deep(61).unwrap().to_json()).is_ok());
}
