//! Figures that people recorded, against every sort of target.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use book::Book;
use common::{day, plan};
use serde_json::{Value, json};
use tracker::indicator::{Verdict, judge, latest, series, share};
use tracker::ledger::Field;
use tracker::plan::{COUNTRY, Indicator};
use tracker::text::Lang::Vi;

fn indicator(id: &str) -> &'static Indicator {
    plan().indicator(id).unwrap()
}

#[test]
fn recorded_figures_join_the_published_ones_of_their_unit() {
    let id = "KPI-CT05-06";
    let mut book = Book::new();
    let seen = |date: &str, value: f64| json!({"date": date, "value": value, "source": "Báo cáo"});
    let taken = book.write(COUNTRY, id, Field::Observation, seen("2023-05-31", 99.0));
    book.write(COUNTRY, id, Field::Observation, seen("2023-06-15", 41.0));
    book.write(
        "bo-cong-an",
        id,
        Field::Observation,
        seen("2023-06-30", 39.0),
    );
    let retract = json!({"retract": taken.to_string()});
    book.write(COUNTRY, id, Field::Observation, retract);

    let points = series(plan(), &book.ledger, indicator(id), COUNTRY);
    let values: Vec<f64> = points.iter().map(|p| p.value).collect();
    assert_eq!(values, [41.0, 48.0]);
    let verdict = |asof: &str| judge(indicator(id), &points, day(asof)).verdict;
    assert_eq!(verdict("2023-06-14"), Verdict::NoData);
    assert_eq!(verdict("2023-06-15"), Verdict::Met);
    let later = judge(indicator(id), &points, day("2023-07-12"));
    assert_eq!(later.verdict, Verdict::Met, "met in time stays met in time");
    assert_eq!(later.decided_by.unwrap().value, 41.0);
    assert_eq!(later.latest.unwrap().value, 48.0);

    let own = series(plan(), &book.ledger, indicator(id), "bo-cong-an");
    assert_eq!(own.len(), 1, "an agency has its own figures and no others");
    let judgement = judge(indicator(id), &own, day("2023-07-01"));
    assert_eq!(judgement.verdict, Verdict::NotMet);
    assert_eq!(share(judgement.attainment.unwrap(), Vi), "97,5%");
}

#[test]
fn of_one_day_the_figure_recorded_last_counts() {
    let id = "KPI-CT05-06";
    let mut book = Book::new();
    for value in [50.0, 47.0] {
        let seen = json!({"date": "2023-07-12", "value": value, "source": "Báo cáo"});
        book.write(COUNTRY, id, Field::Observation, seen);
    }
    let points = series(plan(), &book.ledger, indicator(id), COUNTRY);
    let values: Vec<f64> = points.iter().map(|p| p.value).collect();
    assert_eq!(values, [48.0, 50.0, 47.0]);
    assert_eq!(latest(&points, day("2023-07-12")).unwrap().value, 47.0);
}

/// Verdict and attainment of one recorded figure.
fn recorded(id: &str, on: &str, value: f64, asof: &str) -> (Verdict, String) {
    let mut book = Book::new();
    let seen = json!({"date": on, "value": value, "source": "Báo cáo"});
    book.write("bo-y-te", id, Field::Observation, seen);
    let points = series(plan(), &book.ledger, indicator(id), "bo-y-te");
    let judgement = judge(indicator(id), &points, day(asof));
    let attained = judgement.attainment.map(|ratio| share(ratio, Vi));
    (judgement.verdict, attained.unwrap())
}

#[test]
fn each_direction_has_its_share() {
    use Verdict::{Met, MetLate, NotMet, OnTheWay};
    let (before, after) = ("2023-12-31", "2024-01-01");
    for (id, value, asof, verdict, attained) in [
        // 3 to 5 percent a month by the end of 2023.
        ("KPI-KL0723-05", 2.4, before, OnTheWay, "80%"),
        ("KPI-KL0723-05", 2.4, after, NotMet, "80%"),
        ("KPI-KL0723-05", 3.0, after, Met, "100%"),
        ("KPI-KL0723-05", 4.0, before, Met, "100%"),
        ("KPI-KL0723-05", 6.0, after, NotMet, "80%"),
        // Exactly 266 villages by then.
        ("KPI-CT05-10", 133.0, after, NotMet, "50%"),
        ("KPI-CT05-10", 266.0, after, Met, "100%"),
        ("KPI-CT05-10", 267.0, after, NotMet, "99,6%"),
        // At most one paper, by March.
        ("KPI-CT05-13", 1.0, after, MetLate, "100%"),
        ("KPI-CT05-13", 1.5, after, NotMet, "50%"),
        ("KPI-CT05-13", 0.0, after, MetLate, "200%"),
        ("KPI-CT05-13", 3.0, after, NotMet, "0%"),
    ] {
        let stands = recorded(id, "2023-12-01", value, asof);
        assert_eq!(
            stands,
            (verdict, attained.to_owned()),
            "{id} {value} {asof}"
        );
    }
}

#[test]
fn targets_that_are_to_hold_are_judged_by_the_latest_figure() {
    use Verdict::{Met, NotMet, OnTheWay};
    // All businesses from 01/07/2025 on.
    let stands = |value, asof| recorded("KPI-CT07-01", "2025-05-31", value, asof).0;
    assert_eq!(stands(90.0, "2025-06-30"), OnTheWay);
    assert_eq!(stands(90.0, "2025-07-01"), NotMet);
    assert_eq!(stands(100.0, "2025-06-30"), Met);
    assert_eq!(stands(100.0, "2026-01-01"), Met);
    // A figure of a later day is no late one: it is to hold from then on.
    assert_eq!(
        recorded("KPI-CT07-01", "2025-09-30", 100.0, "2025-10-01").0,
        Met
    );
    // At all times; and without a date.
    assert_eq!(
        recorded("KPI-CT05-04", "2023-06-30", 99.9, "2023-07-01").0,
        NotMet
    );
    assert_eq!(
        recorded("KPI-KL0723-01", "2023-08-01", 15.0, "2026-01-01").0,
        OnTheWay
    );
    assert_eq!(
        recorded("KPI-KL0723-01", "2023-08-01", 20.0, "2026-01-01").0,
        Met
    );
}

#[test]
fn all_without_a_number_is_the_whole_that_a_figure_gives() {
    // "All systems", which no document counts.
    let id = "KPI-CT05-17";
    let mut book = Book::new();
    let mut judged = |value: Value| {
        book.write(COUNTRY, id, Field::Observation, value);
        let points = series(plan(), &book.ledger, indicator(id), COUNTRY);
        let judgement = judge(indicator(id), &points, day("2023-06-30"));
        (judgement.verdict, judgement.attainment)
    };
    let alone = json!({"date": "2023-05-01", "value": 60, "source": "x"});
    assert_eq!(judged(alone), (Verdict::NoData, None), "60 of how many");
    let part = json!({"date": "2023-05-02", "value": 60, "numerator": 60, "denominator": 80,
        "source": "x"});
    assert_eq!(judged(part), (Verdict::OnTheWay, Some(0.75)));
    let whole = json!({"date": "2023-05-03", "value": 80, "numerator": 80, "denominator": 80,
        "source": "x"});
    assert_eq!(judged(whole), (Verdict::Met, Some(1.0)));
}

#[test]
fn a_qualifier_may_leave_the_verdict_open() {
    let id = "KPI-CT05-06";
    for (words, value, certain) in [
        ("", 40.0, true),
        ("trên", 40.0, true),
        ("hơn", 39.0, false),
        ("gần", 40.0, false),
        ("gần", 39.0, true),
        ("về cơ bản", 40.0, false),
        ("khoảng", 48.0, false),
        ("Trên", 48.0, true),
        ("(gần)", 48.0, false),
    ] {
        let mut book = Book::new();
        let mut seen = json!({"date": "2023-06-30", "value": value, "source": "x"});
        if !words.is_empty() {
            seen["qualifier"] = json!(words);
        }
        book.write("bo-y-te", id, Field::Observation, seen);
        let points = series(plan(), &book.ledger, indicator(id), "bo-y-te");
        let judgement = judge(indicator(id), &points, day("2023-07-01"));
        assert_eq!(judgement.certain, certain, "{words} {value}");
        assert_eq!(judgement.verdict.is_met(), value >= 40.0);
    }
}
