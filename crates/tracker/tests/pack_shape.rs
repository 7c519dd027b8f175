//! The real plan pack: texts, agencies, measures, and how its entries name each other.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;

use common::*;
use serde_json::Value;
use tracker::plan::agency::AgencyKind;
use tracker::plan::measure::{Measures, TargetKind};
use tracker::text::is_nfc;

#[test]
fn no_task_names_an_agency_twice() {
    for t in plan().tasks() {
        let all: Vec<&String> = t.leads.iter().chain(&t.coordinators).collect();
        let distinct: HashSet<&String> = all.iter().copied().collect();
        assert_eq!(all.len(), distinct.len(), "{}", t.id);
    }
}

#[test]
fn what_is_said_of_successors_fits_the_task_and_has_a_day() {
    for t in plan().tasks() {
        for i in &t.inherited {
            assert!(
                t.leads.contains(&i.from) || t.coordinators.contains(&i.from),
                "{}",
                t.id
            );
            let from = agency(&i.from);
            for to in &i.to {
                let transferred = from.successors.iter().any(|s| s.agency == *to);
                assert!(transferred || from.valid_to.is_some(), "{}: {to}", t.id);
            }
        }
    }
}

#[test]
fn provinces_are_sixty_three_and_then_thirty_four() {
    let on = |text: &str| {
        let provinces = plan()
            .agencies()
            .iter()
            .filter(|a| a.kind == AgencyKind::Province);
        provinces.filter(|a| a.exists_on(day(text))).count()
    };
    assert_eq!(on("2023-02-23"), 63);
    assert_eq!(on("2025-06-30"), 63);
    assert_eq!(on("2025-07-01"), 34);
    assert_eq!(on("2026-11-21"), 34);
}

#[test]
fn every_province_before_the_merger_has_one_heir_or_goes_on() {
    for a in plan().agencies() {
        if a.kind == AgencyKind::Province && a.exists_on(day("2025-06-30")) {
            let heirs = plan().today(a, day("2025-07-01"));
            assert_eq!(heirs.len(), 1, "{}", a.id);
            assert_eq!(heirs[0].kind, AgencyKind::Province, "{}", a.id);
        }
    }
}

#[test]
fn succession_starts_the_day_after_the_end_or_while_the_giver_lives() {
    for a in plan().agencies() {
        for s in &a.successors {
            let heir = agency(&s.agency);
            assert!(heir.exists_on(s.from), "{} to {}", a.id, heir.id);
            if let Some(to) = a.valid_to {
                assert!(s.from <= to.succ_opt().unwrap(), "{} to {}", a.id, heir.id);
                assert!(!s.whole || s.from > to, "{} to {}", a.id, heir.id);
            }
        }
        let wholes = a.successors.iter().filter(|s| s.whole).count();
        assert!(wholes <= 1, "{}", a.id);
        assert!(wholes == 0 || a.valid_to.is_some(), "{}", a.id);
        assert!(a.valid_to.is_none() || !a.successors.is_empty(), "{}", a.id);
    }
}

#[test]
fn names_change_with_the_day() {
    let on = |id: &str, text: &str| agency(id).name_on(day(text)).vi();
    assert_eq!(
        on("ubnd-hue", "2024-12-31"),
        "Ủy ban nhân dân tỉnh Thừa Thiên Huế"
    );
    assert_eq!(
        on("ubnd-hue", "2025-01-01"),
        "Ủy ban nhân dân thành phố Huế"
    );
    for a in plan().agencies() {
        for (earlier, later) in a.renamed.iter().zip(a.renamed.iter().skip(1)) {
            assert!(earlier.from < later.from, "{}", a.id);
        }
        for r in &a.renamed {
            assert!(a.exists_on(r.from), "{}", a.id);
        }
    }
}

#[test]
fn titles_are_short_and_distinct() {
    let mut seen = HashSet::new();
    for t in plan().tasks() {
        for title in [t.title.vi(), t.title.en()] {
            let length = title.chars().count();
            assert!(
                (20..=120).contains(&length),
                "{}: {length} characters",
                t.id
            );
            assert!(!title.ends_with('.'), "{}", t.id);
            assert!(seen.insert(title.to_lowercase()), "{}: {title}", t.id);
        }
    }
    assert_eq!(seen.len(), 2 * 146);
}

/// Calls `check` with every string in `json` and the path to it.
fn strings(path: &str, json: &Value, check: &mut impl FnMut(&str, &str)) {
    match json {
        Value::String(text) => check(path, text),
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                let id = item["id"].as_str().map_or(i.to_string(), str::to_owned);
                strings(&format!("{path}[{id}]"), item, check);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                strings(&format!("{path}.{key}"), value, check);
            }
        }
        _ => {}
    }
}

#[test]
fn every_text_is_in_normal_form_and_tidy() {
    let mut count = 0;
    for (file, _) in FILES {
        strings(file, &json(file), &mut |path, text| {
            count += 1;
            assert!(is_nfc(text), "{path}: not in normal form C");
            assert!(!text.is_empty(), "{path}: empty");
            assert_eq!(text, text.trim(), "{path}: space at an end");
            assert!(!text.contains("  "), "{path}: two spaces");
            let odd =
                |c: char| (c.is_whitespace() && c != ' ') || c.is_control() || c == '\u{200B}';
            assert!(!text.contains(odd), "{path}: a space that is none");
        });
    }
    // Were the files not walked, nothing above could fail.
    assert!(count > 5000, "{count}");
}

#[test]
fn every_text_is_there_in_both_languages() {
    fn walk(path: &str, json: &Value, pairs: &mut usize) {
        match json {
            Value::Object(map) => {
                let vi = map.contains_key("vi");
                assert_eq!(vi, map.contains_key("en"), "{path}");
                if vi {
                    *pairs += 1;
                    assert!(map["vi"].is_string() && map["en"].is_string(), "{path}");
                    assert_eq!(map.len(), 2, "{path}");
                }
                map.iter()
                    .for_each(|(k, v)| walk(&format!("{path}.{k}"), v, pairs));
            }
            Value::Array(items) => {
                let path = format!("{path}[]");
                items.iter().for_each(|v| walk(&path, v, pairs));
            }
            _ => {}
        }
    }
    let mut pairs = 0;
    for (file, _) in FILES {
        walk(file, &json(file), &mut pairs);
    }
    assert!(pairs > 700, "{pairs}");
}

#[test]
fn indicators_are_targets_or_only_counted() {
    let kind = |k| {
        let targets = plan().indicators().iter().filter_map(|i| i.target.as_ref());
        targets.filter(|t| t.kind == k).count()
    };
    assert_eq!(kind(TargetKind::Target), 25);
    assert_eq!(kind(TargetKind::Scope), 8);
    assert_eq!(kind(TargetKind::ImpliedAll), 3);
    assert_eq!(kind(TargetKind::Option), 1);
    assert_eq!(
        plan()
            .indicators()
            .iter()
            .filter(|i| i.target.is_none())
            .count(),
        35
    );
}

#[test]
fn three_observations_measure_their_target() {
    let same = plan()
        .observations()
        .iter()
        .filter(|o| o.measures_target == Measures::Same);
    let mut same: Vec<&str> = same.map(|o| o.indicator.as_str()).collect();
    same.sort_unstable();
    assert_eq!(same, ["KPI-CT05-06", "KPI-CT05-18", "KPI-UBQG-01"]);
    for o in plan().observations() {
        let has_target = plan().indicator(&o.indicator).unwrap().target.is_some();
        assert_eq!(o.measures_target == Measures::Same, has_target, "{}", o.id);
        assert_eq!(
            o.measures_target == Measures::Related,
            o.related_to.is_some(),
            "{}",
            o.id
        );
    }
}

#[test]
fn a_printed_ratio_agrees_with_its_value() {
    let mut ratios = 0;
    for o in plan().observations() {
        assert_eq!(o.numerator.is_some(), o.denominator.is_some(), "{}", o.id);
        if let Some((part, whole)) = o.numerator.zip(o.denominator) {
            ratios += 1;
            let percent = 100.0 * part / whole;
            assert!(
                part == o.value || (percent - o.value).abs() < 0.05,
                "{}",
                o.id
            );
        }
    }
    assert!(ratios >= 5, "{ratios}");
}

#[test]
fn observations_of_an_indicator_come_oldest_first() {
    let mut several = 0;
    for i in plan().indicators() {
        let days: Vec<_> = plan()
            .observations_of(&i.id)
            .map(|o| o.date.last_day())
            .collect();
        assert!(days.is_sorted(), "{}: {days:?}", i.id);
        several += usize::from(days.len() > 1);
    }
    assert_eq!(several, 5);
}

#[test]
fn tasks_and_indicators_name_each_other() {
    for i in plan().indicators() {
        for id in &i.tasks {
            assert!(task(id).indicators.contains(&i.id), "{} and {id}", i.id);
        }
    }
    for t in plan().tasks() {
        for id in &t.indicators {
            assert!(
                plan().indicator(id).unwrap().tasks.contains(&t.id),
                "{} and {id}",
                t.id
            );
        }
        for id in &t.bottlenecks {
            assert!(
                plan().bottleneck(id).unwrap().tasks.contains(&t.id),
                "{} and {id}",
                t.id
            );
        }
    }
    for b in plan().bottlenecks() {
        for id in &b.tasks {
            assert!(task(id).bottlenecks.contains(&b.id), "{} and {id}", b.id);
        }
    }
}

#[test]
fn subjects_and_units_are_known_by_id() {
    let p = plan();
    for id in ["CT05-B-27", "KPI-CT05-06"] {
        assert!(p.knows_subject(id));
    }
    for id in ["bo-cong-an", "nhom-bo-nganh-dp", "toan-quoc"] {
        assert!(p.knows_unit(id));
    }
    for id in ["", "CT05-B-47", "bo-cong-an", "toan-quoc"] {
        assert!(!p.knows_subject(id));
    }
    for id in ["", "CT05-B-27", "Bộ Công an"] {
        assert!(!p.knows_unit(id));
    }
    let tasks: HashSet<&str> = p.tasks().iter().map(|t| t.id.as_str()).collect();
    assert!(
        p.indicators()
            .iter()
            .all(|i| !tasks.contains(i.id.as_str()))
    );
}
