//! The real plan pack, counted against the documents it was made from.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::*;
use tracker::date::DeadlineKind;
use tracker::plan::{LeadBasis, Plan, Task};

#[test]
fn the_pack_loads_without_faults() {
    assert_eq!(Plan::load(PACK).err(), None);
}

fn of_document(document: &str) -> impl Iterator<Item = &'static Task> {
    plan()
        .tasks()
        .iter()
        .filter(move |t| t.document == document)
}

#[test]
fn a_hundred_and_forty_six_tasks_come_from_four_documents() {
    let body = of_document("CT05").filter(|t| t.group.is_none()).count();
    let counts = [
        appendix().count(),
        body,
        of_document("CV452").count(),
        of_document("KL0723").count(),
        of_document("CT07").count(),
    ];
    assert_eq!(counts, [72, 4, 11, 33, 26]);
    assert_eq!(plan().tasks().len(), counts.iter().sum::<usize>());
    assert_eq!(plan().tasks().len(), 146);
    let assigning = plan().documents().iter().filter(|d| d.assigns);
    let assigning: Vec<&str> = assigning.map(|d| d.id.as_str()).collect();
    assert_eq!(assigning, ["CT05", "CV452", "KL0723", "CT07"]);
}

#[test]
fn the_appendix_numbers_each_group_without_gaps() {
    for (group, count) in [("A", 18), ("B", 46), ("C", 8)] {
        let of_group = || appendix().filter(|t| t.group.as_deref() == Some(group));
        let numbers: Vec<u32> = of_group().map(|t| t.number).collect();
        assert_eq!(numbers, (1..=count).collect::<Vec<u32>>(), "group {group}");
        for t in of_group() {
            assert_eq!(t.id, format!("CT05-{group}-{:02}", t.number));
        }
    }
}

#[test]
fn an_id_says_where_a_task_stands() {
    for t in plan().tasks() {
        let expected = match (t.document.as_str(), &t.group) {
            ("CT05", Some(group)) => format!("CT05-{group}-{:02}", t.number),
            ("CT05", None) => format!("CT05-BODY-{:02}", t.number),
            (document, None) => format!("{document}-{:02}", t.number),
            (_, Some(group)) => format!("no document but CT05 has a group {group}"),
        };
        assert_eq!(t.id, expected);
    }
}

#[test]
fn every_other_sort_of_entry_is_complete() {
    let p = plan();
    assert_eq!(p.indicators().len(), 72);
    assert_eq!(p.observations().len(), 43);
    assert_eq!(p.observations().iter().filter(|o| o.derived).count(), 4);
    assert_eq!(p.bottlenecks().len(), 15);
    let named = |d: &str| p.bottlenecks().iter().filter(|b| b.document == d).count();
    assert_eq!((named("CT05"), named("CV452")), (8, 7));
    assert_eq!(p.documents().len(), 37);
    assert_eq!(p.manifest().topics.len(), 9);
}

#[track_caller]
fn due(period: &str, expected: &str) {
    let period = Some(period.parse().unwrap());
    let found =
        appendix().filter(|t| t.deadline.kind == DeadlineKind::By && t.deadline.period == period);
    assert_eq!(ids(found), ct05(expected));
}

#[test]
fn the_appendix_falls_due_as_printed() {
    due("2023-02", "B-27 B-32 B-35 B-38 B-45 C-01");
    due(
        "2023-03",
        "A-01 A-03 A-12 A-13 A-15 B-03 B-08 B-12 B-17 B-19 B-21 B-23 B-28 B-31 B-33 B-36 B-37 \
         B-39 B-42 C-03 C-05",
    );
    due("2023-04", "B-01");
    due(
        "2023-06",
        "A-05 A-06 A-10 A-14 A-18 B-04 B-05 B-06 B-09 B-10 B-14 B-16 B-18 B-20 B-25 B-34 B-40 \
         B-41 C-02",
    );
    due("2023-07", "B-24");
    due("2023-09", "A-04 B-13 B-22");
    due("2023-12", "B-29");
}

#[test]
fn the_appendix_has_no_deadlines_beyond_the_printed_ones() {
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    for t in appendix() {
        let period = t.deadline.period.map(|p| p.to_string()).unwrap_or_default();
        *tally
            .entry(format!("{} {period}", t.deadline.kind.key()))
            .or_default() += 1;
    }
    let expected = [
        ("by 2023-02", 6),
        ("by 2023-03", 21),
        ("by 2023-04", 1),
        ("by 2023-06", 19),
        ("by 2023-07", 1),
        ("by 2023-09", 3),
        ("by 2023-12", 1),
        ("from 2023-02", 4),
        ("from 2023-05", 1),
        ("ongoing ", 13),
        ("per-document ", 2),
    ];
    assert_eq!(tally, expected.map(|(k, n)| (k.to_owned(), n)).into());
}

#[track_caller]
fn undated(kind: DeadlineKind, expected: &str) {
    assert_eq!(
        ids(appendix().filter(|t| t.deadline.kind == kind)),
        ct05(expected)
    );
}

#[test]
fn what_has_no_end_is_listed_too() {
    undated(DeadlineKind::From, "B-07 B-15 C-04 C-07 B-46");
    undated(
        DeadlineKind::Ongoing,
        "A-02 A-07 A-09 A-11 A-17 B-02 B-11 B-26 B-30 B-43 B-44 C-06 C-08",
    );
    undated(DeadlineKind::PerDocument, "A-08 A-16");
    undated(DeadlineKind::None, "");
    assert_eq!(task("CT05-B-46").deadline.start(), Some(day("2023-05-01")));
    assert_eq!(task("CT05-B-07").deadline.start(), Some(day("2023-02-01")));
}

#[test]
fn the_other_documents_fall_due_as_printed() {
    let dated: Vec<(&str, String)> = plan()
        .tasks()
        .iter()
        .filter(|t| t.group.is_none())
        .filter_map(|t| Some((t.id.as_str(), t.deadline.period?.to_string())))
        .collect();
    let expected = [
        ("CV452-09", "2023-09"),
        ("CV452-11", "2023-06"),
        ("KL0723-05", "2023-08"),
        ("KL0723-08", "2023-07"),
        ("KL0723-09", "2023-09"),
        ("KL0723-17", "2023-12"),
        ("KL0723-21", "2023-12"),
        ("KL0723-26", "2024-12"),
        ("CT07-04", "2025-Q2"),
        ("CT07-05", "2025"),
        ("CT07-06", "2025"),
        ("CT07-07", "2025-Q2"),
        ("CT07-08", "2025-08"),
        ("CT07-09", "2025-Q3"),
        ("CT07-10", "2025-07-01"),
        ("CT07-12", "2025-07-01"),
        ("CT07-14", "2025-06"),
        ("CT07-16", "2025-08"),
        ("CT07-18", "2025-03"),
        ("CT07-19", "2025"),
        ("CT07-21", "2025-09"),
        ("CT07-22", "2025-09"),
        ("CT07-24", "2025-03"),
        ("CT07-25", "2025-05"),
        ("CT07-26", "2025-12"),
    ];
    assert_eq!(dated, expected.map(|(id, p)| (id, p.to_owned())));
    let ongoing = plan().tasks().iter().filter(|t| t.group.is_none());
    let ongoing = ongoing.filter(|t| t.deadline.kind == DeadlineKind::Ongoing);
    assert_eq!(
        ids(ongoing),
        ["CT05-BODY-02", "CT05-BODY-03", "CT07-01", "KL0723-01"]
    );
}

/// How many tasks of the appendix name each agency in `list`.
fn by_agency(list: impl Fn(&Task) -> &[String]) -> BTreeMap<&'static str, usize> {
    let mut tally = BTreeMap::new();
    for t in appendix() {
        for id in list(t) {
            *tally.entry(agency(id).id.as_str()).or_default() += 1;
        }
    }
    tally
}

#[test]
fn the_appendix_names_its_leads() {
    let found = by_agency(|t| &t.leads);
    assert_eq!(found.values().sum::<usize>(), 84);
    let expected = [
        ("nhom-bo-nganh-dp", 17),
        ("bo-tttt", 11),
        ("bo-cong-an", 10),
        ("nhom-ubnd-tinh", 7),
        ("bo-y-te", 3),
        ("bo-ldtbxh", 3),
        ("bo-tnmt", 3),
        ("bo-khdt", 3),
        ("bo-tai-chinh", 3),
        ("vpcp", 3),
        ("bo-noi-vu", 2),
        ("bo-tu-phap", 2),
        ("bo-xay-dung", 1),
        ("bo-gddt", 1),
        ("bo-gtvt", 1),
        ("vtv", 1),
        ("vov", 1),
        ("ttxvn", 1),
        ("cong-ttdt-cp", 1),
        ("nhom-bao-chi", 1),
        ("nhom-bo-nganh-duoc-giao", 1),
        ("ubnd-bac-kan", 1),
        ("ubnd-binh-phuoc", 1),
        ("ubnd-dak-nong", 1),
        ("ubnd-gia-lai", 1),
        ("ubnd-khanh-hoa", 1),
        ("ubnd-phu-yen", 1),
        ("ubnd-thanh-hoa", 1),
        ("ubnd-vinh-long", 1),
    ];
    assert_eq!(found, expected.into());
    let several = appendix().filter(|t| t.leads.len() > 1);
    let several: Vec<(&str, usize)> = several.map(|t| (t.id.as_str(), t.leads.len())).collect();
    assert_eq!(
        several,
        [("CT05-B-43", 5), ("CT05-B-46", 2), ("CT05-C-05", 8)]
    );
    assert!(appendix().all(|t| t.lead_basis == LeadBasis::Named));
}

#[test]
fn the_appendix_names_its_coordinators() {
    let mut found = by_agency(|t| &t.coordinators);
    assert_eq!(found.values().sum::<usize>(), 102);
    let collectives: BTreeMap<&str, usize> = found
        .iter()
        .filter(|(id, _)| agency(id).is_collective())
        .map(|(id, n)| (*id, *n))
        .collect();
    found.retain(|id, _| !agency(id).is_collective());
    let expected = [
        ("bo-cong-an", 27),
        ("vpcp", 14),
        ("bo-tai-chinh", 6),
        ("bo-tttt", 5),
        ("bhxhvn", 5),
        ("bo-ldtbxh", 4),
        ("bo-khdt", 3),
        ("bo-y-te", 3),
        ("bo-noi-vu", 3),
        ("nhnn", 3),
        ("bo-tnmt", 2),
        ("bo-tu-phap", 2),
        ("bo-xay-dung", 2),
        ("bo-cong-thuong", 2),
        ("bo-quoc-phong", 2),
        ("bo-gtvt", 1),
        ("ttcp", 1),
        ("ubqlvnn", 1),
        ("vnpost", 1),
        ("ban-co-yeu", 1),
    ];
    assert_eq!(found, expected.into());
    // "Có liên quan" and "liên quan" are one: 3 + 1 (B-24), 3 + 1, 1 (B-01) + 1 (B-44).
    let expected = [
        ("nhom-bo-nganh-dp", 3),
        ("nhom-bo-nganh-lien-quan", 4),
        ("nhom-co-quan-lien-quan", 4),
        ("nhom-bo-co-quan-lien-quan", 2),
        ("nhom-bo-nganh-dp-lien-quan", 1),
    ];
    assert_eq!(collectives, expected.into());
}

#[test]
fn the_ministry_of_public_security_has_a_part_in_half_of_the_appendix() {
    let named = |t: &&Task| {
        let mut all = t.leads.iter().chain(&t.coordinators);
        all.any(|id| id == "bo-cong-an")
    };
    assert_eq!(appendix().filter(named).count(), 37);
}

/// Rows whose coordinator cell is empty in the appendix.
const NO_COORDINATOR: &str =
    "A-01 A-02 A-13 A-18 B-02 B-06 B-07 B-22 B-23 B-28 B-32 B-34 B-39 B-40 C-03 C-08";

#[test]
fn sixteen_rows_have_no_coordinator_and_say_so() {
    let empty = || appendix().filter(|t| t.coordinators.is_empty());
    assert_eq!(ids(empty()), ct05(NO_COORDINATOR));
    assert_eq!(empty().count(), 16);
    for t in empty() {
        let note = t.source.note.as_ref().unwrap();
        assert!(
            note.vi().contains("để trống ô đơn vị phối hợp"),
            "{}: {}",
            t.id,
            note.vi()
        );
        let en = note.en().contains("coordinat") && note.en().contains("blank");
        assert!(en, "{}: {}", t.id, note.en());
    }
}

#[track_caller]
fn notes(id: &str, words: &[&str]) {
    let note = &task(id).source.note.as_ref().unwrap().vi();
    for word in words {
        assert!(note.contains(word), "{id}: {note}");
    }
}

#[test]
fn discrepancies_of_the_sources_are_noted() {
    notes("CT05-C-07", &["đầu năm 2023", "tháng 02/2023"]);
    notes("CT05-B-08", &["Tổ công tác", "Bộ Công an chủ trì"]);
    notes("CT05-B-25", &["tháng 6/2023", "không có hạn"]);
    notes("CT05-A-15", &["phấn đấu"]);
    notes("CT07-12", &["01/7/025", "01/07/2025", "phối hợp"]);
    notes("CT05-A-02", &["chỉ có trong Phụ lục"]);
}

#[test]
fn leads_are_named_read_from_context_or_absent() {
    let count = |document: &str, basis| {
        let group = of_document(document).filter(|t| t.group.is_none());
        group.filter(|t| t.lead_basis == basis).count()
    };
    for (document, expected) in [
        ("CT05", [2, 2, 0, 0]),
        ("CV452", [1, 10, 0, 0]),
        ("KL0723", [16, 6, 0, 11]),
        ("CT07", [10, 9, 7, 0]),
    ] {
        use LeadBasis::{Addressees, Context, Named, None};
        let found = [Named, Context, Addressees, None].map(|basis| count(document, basis));
        assert_eq!(found, expected, "{document}");
    }
    for t in plan().tasks() {
        assert_eq!(
            t.leads.is_empty(),
            t.lead_basis == LeadBasis::None,
            "{}",
            t.id
        );
    }
}

#[test]
fn topics_of_the_appendix_are_counted() {
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for t in appendix() {
        *tally.entry(t.topic.as_str()).or_default() += 1;
    }
    let expected = [
        ("du-lieu", 19),
        ("dich-vu-cong", 15),
        ("the-che", 8),
        ("to-chuc", 7),
        ("dinh-danh", 6),
        ("nguon-luc", 6),
        ("ha-tang", 4),
        ("truyen-thong", 4),
        ("an-toan", 3),
    ];
    assert_eq!(tally, expected.into());
}
