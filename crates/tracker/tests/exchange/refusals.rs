//! Each refusal, and where it points.

use serde_json::{Value, json};
use tracker::exchange::{MAX_BYTES, Reason, read};

use crate::{GOLDEN, PLAN, digest, golden, reason, resealed};

#[test]
fn too_large() {
    let limit = 25 * 1024 * 1024;
    assert_eq!(MAX_BYTES, limit);
    let mut bytes = GOLDEN.as_bytes().to_vec();
    bytes.resize(limit, b' ');
    assert_eq!(read("a", &bytes, PLAN), Ok(golden()));
    bytes.push(b' ');
    let bytes_found = limit + 1;
    assert_eq!(
        reason(&bytes),
        Reason::TooLarge {
            bytes: bytes_found,
            limit
        }
    );
}

#[test]
fn empty() {
    assert_eq!(reason(b" \r\n\t"), Reason::Empty);
    assert_eq!(reason("\u{feff}".as_bytes()), Reason::Empty);
}

#[test]
fn not_utf8() {
    assert_eq!(reason(b"{\"a\": \"\xff\"}"), Reason::NotUtf8 { offset: 7 });
    // UTF-16, as some editors save "Unicode".
    assert_eq!(reason(b"\xff\xfe{\0}\0"), Reason::NotUtf8 { offset: 0 });
    // The last byte begins a character, but it was not JSON before either.
    assert_eq!(reason(b"hello \xe1"), Reason::NotUtf8 { offset: 6 });
}

#[test]
fn not_json() {
    let place = |line, column| Reason::NotJson { line, column };
    assert_eq!(reason(b"tiendo06"), place(1, 2));
    assert_eq!(reason(b"{\n  \"a\": 1,\n  b: 2\n}"), place(3, 3));
    // Columns count characters, not bytes.
    assert_eq!(reason("{\"ủy ban\": x}".as_bytes()), place(1, 12));
    assert_eq!(reason(b"{} {}"), place(1, 4));
    assert_eq!(reason(b"[1e999]"), place(1, 6));
    assert_eq!(reason("[".repeat(200).as_bytes()), place(1, 128));
}

#[test]
fn a_key_twice() {
    let text = GOLDEN.replacen(
        "\"kind\": \"full\"",
        "\"kind\": \"full\",\n  \"kind\": \"delta\"",
        1,
    );
    let line = 1 + text
        .lines()
        .position(|line| line.contains("delta"))
        .unwrap();
    let key = "kind".to_owned();
    assert_eq!(
        reason(text.as_bytes()),
        Reason::DuplicateKey {
            key,
            line,
            column: 8
        }
    );
}

#[test]
fn not_ours() {
    for text in [
        "{}",
        "[]",
        "null",
        "7",
        "{\"format\": \"other\"}",
        "{\"format\": 6}",
    ] {
        assert_eq!(reason(text.as_bytes()), Reason::NotOurs, "{text}");
    }
}

#[test]
fn for_newer_readers() {
    let text = resealed(|document| {
        document["schema"] = json!(3);
        document["minReader"] = json!(2);
        document["plan"] = json!("told otherwise");
    });
    let expected = Reason::NewerReader {
        schema: 3,
        min_reader: 2,
    };
    assert_eq!(reason(text.as_bytes()), expected);
}

#[test]
fn about_another_plan() {
    let refusal = read("a", GOLDEN.as_bytes(), "other").unwrap_err();
    assert_eq!(
        refusal.reason,
        Reason::OtherPlan {
            found: PLAN.to_owned()
        }
    );
}

#[test]
fn altered() {
    let text = GOLDEN.replacen("2023-03-31", "2023-03-30", 1);
    assert_eq!(reason(text.as_bytes()), Reason::Altered);
    let text = GOLDEN.replacen("\"A4\"", "\"A3\"", 1);
    assert_eq!(reason(text.as_bytes()), Reason::Altered);
}

#[test]
fn an_altered_event_with_a_digest_that_fits() {
    let text = resealed(|document| document["events"][1]["author"] = json!("Ai đó"));
    assert_eq!(reason(text.as_bytes()), Reason::EventAltered { index: 1 });
}

#[test]
fn a_wrong_count() {
    let text = resealed(|document| document["count"] = json!(5));
    assert_eq!(
        reason(text.as_bytes()),
        Reason::CountMismatch {
            stated: 5,
            found: 4
        }
    );
}

/// Every member, missing or of the wrong shape, is named with its line. The
/// marker is what the line looks like.
#[test]
fn a_wrong_member_is_named_with_its_line() {
    let gone = Value::Null;
    let cases = [
        ("schema", json!("1"), "schema", "  \"schema\": \"1\","),
        ("schema", json!(0), "schema", "  \"schema\": 0,"),
        (
            "minReader",
            json!(1.5),
            "minReader",
            "  \"minReader\": 1.5,",
        ),
        ("app", json!(1), "app", "  \"app\": 1,"),
        ("plan", json!([]), "plan", "  \"plan\": [],"),
        ("plan.id", json!(5), "plan.id", "    \"id\": 5,"),
        (
            "plan.version",
            json!(5),
            "plan.version",
            "    \"version\": 5",
        ),
        ("kind", json!("all"), "kind", "  \"kind\": \"all\","),
        ("unit", json!(""), "unit", "  \"unit\": \"\""),
        ("replica", json!(""), "replica", "  \"replica\": \"\","),
        (
            "exportedAt",
            json!("14/11/2023"),
            "exportedAt",
            "  \"exportedAt\": \"14/11/2023\",",
        ),
        ("count", json!(-1), "count", "  \"count\": -1,"),
        ("events", json!({}), "events", "  \"events\": {},"),
        ("ext", json!([]), "ext", "  \"ext\": [],"),
        (
            "ext.print",
            json!(u64::MAX),
            "ext.print",
            "    \"print\": 18446744073709551615",
        ),
        ("events.3", json!(7), "events[3]", "    7"),
        (
            "events.3.time.ms",
            json!("x"),
            "events[3].time.ms",
            "        \"ms\": \"x\"",
        ),
        (
            "events.3.seq",
            json!(0.5),
            "events[3].seq",
            "      \"seq\": 0.5,",
        ),
        (
            "events.1.parents.0",
            json!("x"),
            "events[1].parents[0]",
            "        \"x\"",
        ),
        (
            "events.2.unit",
            gone.clone(),
            "events[2].unit",
            "      \"unit\": null,",
        ),
    ];
    for (pointer, value, path, marker) in cases {
        let text = resealed(|document| {
            *document
                .pointer_mut(&format!("/{}", pointer.replace('.', "/")))
                .unwrap() = value;
        });
        let line = 1 + text.lines().position(|line| line == marker).expect(pointer);
        match reason(text.as_bytes()) {
            Reason::Field {
                path: found,
                line: at,
                ..
            } => {
                assert_eq!((found.as_str(), at), (path, Some(line)));
            }
            other => panic!("{pointer}: {other:?}"),
        }
    }
}

/// A missing member is reported where it should be: at what should hold it.
#[test]
fn a_missing_member_is_named() {
    for member in [
        "schema",
        "minReader",
        "app",
        "plan",
        "kind",
        "replica",
        "exportedAt",
        "count",
        "events",
    ] {
        let text = resealed(|document| {
            document.as_object_mut().unwrap().remove(member);
        });
        match reason(text.as_bytes()) {
            Reason::Field { path, line, .. } => {
                assert_eq!((path.as_str(), line), (member, Some(1)));
            }
            other => panic!("{member}: {other:?}"),
        }
    }
    let mut document: Value = serde_json::from_str(GOLDEN).unwrap();
    document.as_object_mut().unwrap().remove("sha256");
    let missing = reason(document.to_string().as_bytes());
    assert!(matches!(missing, Reason::Field { path, .. } if path == "sha256"));
    let text = resealed(|document| {
        document["events"][3]
            .as_object_mut()
            .unwrap()
            .remove("field");
    });
    let start = text
        .lines()
        .enumerate()
        .filter(|(_, line)| *line == "    {")
        .nth(3)
        .unwrap();
    match reason(text.as_bytes()) {
        Reason::Field {
            path,
            line,
            expected,
        } => {
            assert_eq!(
                (path.as_str(), line),
                ("events[3].field", Some(start.0 + 1))
            );
            assert_eq!(expected, "a non-empty string");
        }
        other => panic!("{other:?}"),
    }
}

/// The order of the checks: each fault hides those after it.
#[test]
fn the_first_fault_is_the_one_reported() {
    let mut document: Value = serde_json::from_str(GOLDEN).unwrap();
    document["events"][0]["seq"] = json!("x");
    let at = |document: &Value| reason(document.to_string().as_bytes());
    assert_eq!(at(&document), Reason::Altered);
    document["app"] = json!(1);
    document["sha256"] = digest(&document).into();
    assert!(matches!(at(&document), Reason::Field { path, .. } if path == "app"));
    document["plan"]["id"] = json!("khác");
    assert!(matches!(at(&document), Reason::OtherPlan { .. }));
    document["minReader"] = json!(9);
    assert!(matches!(at(&document), Reason::NewerReader { .. }));
    document["format"] = json!("?");
    assert_eq!(at(&document), Reason::NotOurs);
}
