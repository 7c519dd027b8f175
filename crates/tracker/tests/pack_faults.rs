//! Broken packs: every fault is found, and named by file, id and field.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use serde_json::{Value, json};
use tracker::plan::PackProblem::{BadMembers, BadPeriod, BadText, DuplicateId, UnknownId};
use tracker::plan::{PackError, PackProblem, Plan};

fn faults(edited: &Edited) -> Vec<PackError> {
    Plan::load(edited.pack()).err().unwrap_or_default()
}

/// The pack in which `edit` was made to one entry has this one fault.
#[track_caller]
fn fault(
    file: &'static str,
    id: &str,
    field: &'static str,
    problem: PackProblem,
    edit: impl FnOnce(&mut Value),
) {
    let id = id.to_owned();
    let edited = Edited::new().entry(file, &id, edit);
    let expected = PackError {
        file,
        id,
        field,
        problem,
    };
    assert_eq!(faults(&edited), [expected]);
}

#[test]
fn the_pack_that_is_edited_is_sound() {
    assert_eq!(faults(&Edited::new()), []);
}

#[test]
fn a_second_entry_with_an_id_is_a_fault() {
    for (file, id) in [
        ("documents.json", "CT05"),
        ("agencies.json", "bo-cong-an"),
        ("tasks.json", "CT05-B-27"),
        ("indicators.json", "KPI-CT05-06"),
        ("observations.json", "OBS-005"),
        ("bottlenecks.json", "BN-1"),
    ] {
        let edited = Edited::new().json(file, |json| {
            let entries = json.as_array_mut().unwrap();
            let twin = entries.iter().find(|e| e["id"] == id).unwrap().clone();
            entries.push(twin);
        });
        let (id, field) = (id.to_owned(), "id");
        assert_eq!(
            faults(&edited),
            [PackError {
                file,
                id,
                field,
                problem: DuplicateId
            }]
        );
    }
}

#[test]
fn a_second_topic_with_an_id_is_a_fault() {
    let edited = Edited::new().json("plan.json", |json| {
        let twin = json["topics"][0].clone();
        json["topics"].as_array_mut().unwrap().push(twin);
    });
    let found = faults(&edited);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].file, found[0].id.as_str()),
        ("plan.json", "to-chuc")
    );
    assert_eq!(found[0].problem, DuplicateId);
}

/// Where an entry names others: as a list, or one by one.
#[track_caller]
fn dangling(file: &'static str, id: &str, field: &'static str) {
    let problem = || UnknownId {
        id: "nobody".to_owned(),
    };
    fault(file, id, field, problem(), |entry| {
        match &mut entry[field] {
            Value::Array(named) => named.push(json!("nobody")),
            one => *one = json!("nobody"),
        }
    });
}

#[test]
fn a_name_that_leads_nowhere_is_a_fault() {
    for field in [
        "document",
        "leads",
        "coordinators",
        "indicators",
        "bottlenecks",
        "topic",
    ] {
        dangling("tasks.json", "CT05-B-05", field);
    }
    dangling("indicators.json", "KPI-CT05-06", "document");
    dangling("indicators.json", "KPI-CT05-06", "tasks");
    dangling("observations.json", "OBS-005", "indicator");
    dangling("observations.json", "OBS-005", "source");
    dangling("observations.json", "OBS-005", "related_to");
    dangling("bottlenecks.json", "BN-1", "document");
    dangling("bottlenecks.json", "BN-1", "tasks");
    dangling("bottlenecks.json", "BN-1", "related_tasks");
    dangling("agencies.json", "cuc-thue", "parent");
}

#[test]
fn a_successor_that_is_nobody_is_a_fault() {
    let problem = || UnknownId {
        id: "nobody".to_owned(),
    };
    fault("agencies.json", "bo-khdt", "successors", problem(), |a| {
        a["successors"][0]["agency"] = json!("nobody");
    });
    fault("tasks.json", "CT05-B-26", "inherited", problem(), |t| {
        t["inherited"][0]["from"] = json!("nobody");
    });
    fault("tasks.json", "CT05-B-13", "inherited", problem(), |t| {
        t["inherited"][0]["to"][1] = json!("nobody");
    });
}

#[test]
fn kind_and_period_go_together() {
    let deadline = |id: &str, deadline: Value| {
        fault("tasks.json", id, "deadline", BadPeriod, |t| {
            t["deadline"] = deadline
        });
    };
    deadline("CT05-B-27", json!({ "kind": "by" }));
    deadline("CT05-B-46", json!({ "kind": "from" }));
    for kind in ["ongoing", "per_document", "none"] {
        deadline("CT05-A-02", json!({ "kind": kind, "period": "2023-03" }));
    }
    let target = |kind: &str, period: Value| {
        fault("indicators.json", "KPI-CT05-06", "target", BadPeriod, |i| {
            i["target"]["period_kind"] = json!(kind);
            i["target"]["period"] = period;
        });
    };
    target("by", Value::Null);
    target("from", Value::Null);
    target("ongoing", json!("2023-06"));
    target("none", json!("2023-06"));
}

#[test]
fn nobody_ends_before_beginning() {
    fault("agencies.json", "bo-nnmt", "valid_to", BadPeriod, |a| {
        a["valid_to"] = json!("2025-02-28");
    });
    // One day is a life.
    let edited = Edited::new().entry("agencies.json", "bo-nnmt", |a| {
        a["valid_to"] = json!("2025-03-01");
    });
    assert_eq!(faults(&edited), []);
}

/// Both languages of the text at `pointer`, empty, blank and decomposed.
#[track_caller]
fn bad_text(file: &'static str, id: &str, field: &'static str, pointer: &str) {
    for (lang, text) in [
        ("vi", ""),
        ("en", "  "),
        ("vi", "Ho\u{300}a"),
        ("en", "n\u{303}"),
    ] {
        fault(file, id, field, BadText, |entry| {
            *entry.pointer_mut(pointer).unwrap() = json!({ "vi": "Tốt", "en": "Good" });
            entry.pointer_mut(pointer).unwrap()[lang] = json!(text);
        });
    }
}

#[test]
fn texts_are_there_and_in_normal_form() {
    for (file, id, field, pointer) in [
        ("documents.json", "CT05", "gist", "/gist"),
        ("documents.json", "CT05", "issuer", "/issuer"),
        ("documents.json", "CT05", "note", "/note"),
        ("agencies.json", "ubnd-quang-ninh", "name", "/name"),
        ("agencies.json", "ubnd-quang-ninh", "note", "/note"),
        (
            "agencies.json",
            "ubnd-quang-ninh",
            "renamed",
            "/renamed/0/name",
        ),
        (
            "agencies.json",
            "bo-khdt",
            "successors",
            "/successors/0/function",
        ),
        ("tasks.json", "CT05-B-22", "title", "/title"),
        ("tasks.json", "CT05-B-22", "deliverable", "/deliverable"),
        ("tasks.json", "CT05-B-22", "source", "/source/section"),
        ("tasks.json", "CT05-B-22", "source", "/source/note"),
        (
            "tasks.json",
            "CT05-B-22",
            "inherited",
            "/inherited/0/function",
        ),
        ("indicators.json", "KPI-CT05-02", "name", "/name"),
        ("indicators.json", "KPI-CT05-02", "unit", "/unit"),
        ("indicators.json", "KPI-CT05-02", "note", "/note"),
        ("observations.json", "OBS-005", "note", "/note"),
        ("bottlenecks.json", "BN-1", "title", "/title"),
    ] {
        bad_text(file, id, field, pointer);
    }
    for (file, id, field) in [
        ("observations.json", "OBS-005", "qualifier_text"),
        ("bottlenecks.json", "BN-1", "note"),
    ] {
        fault(file, id, field, BadText, |e| {
            e[field] = json!({ "vi": "Gần", "en": "" })
        });
    }
}

#[test]
fn the_manifest_has_texts_too() {
    for pointer in ["/title", "/topics/1/name"] {
        let edited = Edited::new().json("plan.json", |m| {
            m.pointer_mut(pointer).unwrap()["en"] = json!("");
        });
        let found = faults(&edited);
        assert_eq!(found.len(), 1, "{pointer}");
        assert_eq!((found[0].file, &found[0].problem), ("plan.json", &BadText));
    }
}

#[test]
fn collectives_and_only_they_have_a_rule() {
    fault(
        "agencies.json",
        "nhom-bo-nganh-dp",
        "members",
        BadMembers,
        |a| {
            a.as_object_mut().unwrap().remove("members");
        },
    );
    fault("agencies.json", "bo-cong-an", "members", BadMembers, |a| {
        a["members"] = json!({ "kinds": ["ministry"], "certainty": "all" });
    });
}

#[test]
fn one_reading_finds_every_fault() {
    let edited = Edited::new()
        .entry("tasks.json", "CT05-B-27", |t| {
            t["leads"] = json!(["nobody", "noone"]);
            t["title"]["en"] = json!("");
            t["topic"] = json!("weather");
        })
        .entry("bottlenecks.json", "BN-2", |b| {
            b["document"] = json!("CT99")
        });
    let lines: Vec<String> = faults(&edited).iter().map(PackError::to_string).collect();
    assert_eq!(
        lines,
        [
            "tasks.json, CT05-B-27, title: text is empty or not in normal form C",
            "tasks.json, CT05-B-27, leads: unknown id `nobody`",
            "tasks.json, CT05-B-27, leads: unknown id `noone`",
            "tasks.json, CT05-B-27, topic: unknown id `weather`",
            "bottlenecks.json, BN-2, document: unknown id `CT99`",
        ]
    );
}

#[test]
fn a_fault_reads_as_one_line() {
    let line = |edited: Edited| {
        faults(&edited)
            .iter()
            .map(PackError::to_string)
            .collect::<Vec<_>>()
    };
    let twin = Edited::new().entry("tasks.json", "CT05-B-28", |t| t["id"] = json!("CT05-B-27"));
    let twin = line(twin);
    assert!(
        twin.contains(&"tasks.json, CT05-B-27, id: duplicate id".to_owned()),
        "{twin:?}"
    );
    let rule = Edited::new().entry("agencies.json", "bo-cong-an", |a| {
        a["members"] = json!({ "kinds": [], "certainty": "all" });
    });
    let text = "members belong to collectives and only to them";
    assert_eq!(
        line(rule),
        [format!("agencies.json, bo-cong-an, members: {text}")]
    );
}
