//! The figures of the real plan against their targets, worked out by hand.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use book::Book;
use chrono::NaiveDate;
use common::{day, plan};
use serde_json::json;
use tracker::indicator::{
    Leaning, Path, Point, Tally, Tie, Verdict, amount, by_document, by_topic, comparable, figure,
    judge, latest, near, related, series, share, topic_of, worded,
};
use tracker::ledger::{Field, Ledger};
use tracker::plan::measure::Measures;
use tracker::plan::{COUNTRY, Indicator};
use tracker::text::Lang::{En, Vi};

fn indicator(id: &str) -> &'static Indicator {
    plan().indicator(id).unwrap()
}

/// The published figures of an indicator.
fn published(id: &str) -> Vec<Point<'static>> {
    let nothing: &'static Ledger = Box::leak(Box::default());
    series(plan(), nothing, indicator(id), COUNTRY)
}

/// Verdict and attainment of the published figures, as the page shows the latter.
fn stands(id: &str, asof: &str) -> (Verdict, Option<String>) {
    let points = published(id);
    let judgement = judge(indicator(id), &points, day(asof));
    let shown = judgement.attainment.map(|ratio| share(ratio, Vi));
    (judgement.verdict, shown)
}

#[test]
fn shares_are_whole_where_they_are_and_have_one_digit_where_not() {
    for (part, whole, vi, en) in [
        (2164.0, 2418.0, "89,5%", "89.5%"),
        (35.0, 53.0, "66,0%", "66.0%"),
        (48.0, 40.0, "120%", "120%"),
        (9.0, 12.0, "75%", "75%"),
        (8.0, 28.0, "28,6%", "28.6%"),
        (227.0, 227.0, "100%", "100%"),
        (0.0, 12.0, "0%", "0%"),
        (1.0, 8.0, "12,5%", "12.5%"),
        // Not quite everything is not everything.
        (2417.0, 2418.0, "99,9%", "99.9%"),
        (99_999.0, 100_000.0, "99,9%", "99.9%"),
        (100_001.0, 100_000.0, "100,0%", "100.0%"),
    ] {
        assert_eq!(share(part / whole, Vi), vi);
        assert_eq!(share(part / whole, En), en);
    }
}

#[test]
fn accounts_are_at_120_percent_and_were_reported_after_their_month() {
    let id = "KPI-CT05-06";
    let points = published(id);
    let judgement = judge(indicator(id), &points, day("2023-07-12"));
    assert_eq!(judgement.verdict, Verdict::MetLate);
    assert!(judgement.verdict.is_met(), "it is met");
    assert!(judgement.after_due, "and was reported after its month");
    assert!(judgement.certain, "over 48 is above 40 whatever it is");
    assert_eq!(judgement.due, Some(day("2023-06-30")));
    assert_eq!(share(judgement.attainment.unwrap(), Vi), "120%");
    assert_eq!(points[0].leaning(), Some(Leaning::Over));
    assert_eq!(
        worded(&points[0], indicator(id), Vi),
        "trên 48 triệu tài khoản"
    );
    assert_eq!(
        worded(&points[0], indicator(id), En),
        "over 48 million accounts"
    );
    // Before the figure there was none.
    assert_eq!(stands(id, "2023-07-11"), (Verdict::NoData, None));
}

#[test]
fn nine_of_twelve_is_75_percent_and_not_met() {
    let id = "KPI-UBQG-01";
    let share = Some("75%".to_owned());
    assert_eq!(stands(id, "2022-12-24"), (Verdict::NoData, None));
    assert_eq!(stands(id, "2022-12-31"), (Verdict::OnTheWay, share.clone()));
    assert_eq!(stands(id, "2023-01-01"), (Verdict::NotMet, share));
    assert_eq!(figure(&published(id)[0], indicator(id), Vi), "9/12 (75%)");
}

#[test]
fn services_online_are_not_compared_with_services_restructured() {
    // 35/53 stands with the services online, which have no target.
    let online = indicator("KPI-OBS-03");
    let points = published("KPI-OBS-03");
    let newest = latest(&points, day("2026-11-22")).unwrap();
    assert_eq!(figure(newest, online, Vi), "35/53 (66,0%)");
    assert_eq!(newest.measures, Measures::Related);
    assert!(!newest.measures_target());
    assert_eq!(
        stands("KPI-OBS-03", "2026-11-22"),
        (Verdict::NoTarget, None)
    );
    // The target has no figure of its own, and shows the near one beside it.
    let restructured = indicator("KPI-CT05-03");
    assert_eq!(stands("KPI-CT05-03", "2026-11-22"), (Verdict::NoData, None));
    let beside = near(plan(), restructured);
    assert_eq!(beside.len(), 1);
    assert_eq!(beside[0].0.id, "KPI-OBS-03");
    assert_eq!(figure(&beside[0].1, restructured, Vi), "35/53 (66,0%)");
    assert!(!comparable(online, restructured));
    // Even put into the target's own row, it decides nothing.
    let judgement = judge(restructured, &points, day("2026-11-22"));
    assert_eq!(judgement.verdict, Verdict::NoData);
    assert!(judgement.attainment.is_none() && judgement.decided_by.is_none());
    assert_eq!(judgement.latest.unwrap().value, 35.0);
}

#[test]
fn villages_covered_are_shown_and_not_compared() {
    let covered = indicator("KPI-OBS-20");
    let points = published("KPI-OBS-20");
    assert_eq!(figure(&points[0], covered, Vi), "2.164/2.418 (89,5%)");
    assert_eq!(figure(&points[0], covered, En), "2,164/2,418 (89.5%)");
    assert!(!comparable(covered, indicator("KPI-CT05-10")));
    assert_eq!(stands("KPI-CT05-10", "2026-11-22"), (Verdict::NoData, None));
}

#[test]
fn users_accounts_and_accounts_with_health_records_never_share_an_axis() {
    // 20, 30 and 40 million, with 48 million issued.
    let three = ["KPI-KL0723-03", "KPI-CT05-08", "KPI-CT05-06"].map(indicator);
    for (at, one) in three.iter().enumerate() {
        for (other_at, other) in three.iter().enumerate() {
            assert_eq!(comparable(one, other), at == other_at);
        }
    }
    let tie = |from: &Indicator, to: &str| {
        let ties = related(plan(), from);
        ties.into_iter()
            .find(|(i, _)| i.id == to)
            .map(|(_, tie)| tie)
    };
    assert_eq!(tie(three[2], "KPI-CT05-08"), Some(Tie::Task));
    assert_eq!(tie(three[2], "KPI-KL0723-03"), Some(Tie::Topic));
    assert_eq!(tie(three[0], "KPI-CT05-08"), Some(Tie::Topic));
}

#[test]
fn only_the_standardised_forms_of_two_periods_are_one_quantity() {
    let all = plan().indicators();
    let mut pairs = Vec::new();
    for (at, a) in all.iter().enumerate() {
        for b in &all[at + 1..] {
            assert_eq!(comparable(a, b), comparable(b, a));
            if comparable(a, b) {
                pairs.push((a.id.as_str(), b.id.as_str()));
            }
        }
    }
    assert_eq!(pairs, [("KPI-QD06-2", "KPI-QD06-4")]);
    let first = related(plan(), indicator("KPI-QD06-2"));
    assert_eq!(
        (first[0].0.id.as_str(), first[0].1),
        ("KPI-QD06-4", Tie::Measure)
    );
    let near = related(plan(), indicator("KPI-CT05-03"));
    assert_eq!(
        (near[0].0.id.as_str(), near[0].1),
        ("KPI-OBS-03", Tie::Near)
    );
}

#[test]
fn basically_all_is_met_but_not_for_certain() {
    let id = "KPI-CT05-18";
    let points = published(id);
    let judgement = judge(indicator(id), &points, day("2023-07-12"));
    assert_eq!(judgement.verdict, Verdict::Met);
    assert_eq!(judgement.attainment, Some(1.0), "all is 100 in percent");
    assert!(!judgement.certain);
    assert_eq!(judgement.due, None);
    assert_eq!(worded(&points[0], indicator(id), Vi), "về cơ bản 100%");
}

#[test]
fn amounts_have_their_unit_and_the_digits_that_were_printed() {
    let amount = |id: &str, value: f64, lang| amount(value, indicator(id), lang);
    assert_eq!(amount("KPI-OBS-18", 15.2, Vi), "15,2% GDP");
    assert_eq!(amount("KPI-OBS-34", 31.5, Vi), "31,5%");
    assert_eq!(amount("KPI-OBS-16", 75_000.0, Vi), "75.000 tổ");
    assert_eq!(amount("KPI-OBS-27", 36.5, En), "36.5 million visits");
}

#[test]
fn the_straight_path_starts_at_zero_with_the_document() {
    // From 23/02/2023 to 30/06/2023 are 127 days; 12/04/2023 is the 48th.
    let id = "KPI-CT05-06";
    let path = Path::of(plan(), indicator(id), &published(id)).unwrap();
    assert_eq!(path.from, (day("2023-02-23"), 0.0));
    assert_eq!(path.to, (day("2023-06-30"), 40.0));
    assert_eq!(path.at(day("2023-01-01")), 0.0);
    assert!((path.at(day("2023-04-12")) - 40.0 * 48.0 / 127.0).abs() < 1e-9);
    assert_eq!(path.at(day("2023-06-30")), 40.0);
    assert_eq!(path.lead(day("2023-07-12"), 48.0), 8.0);
    assert_eq!(path.lead(day("2023-06-30"), 38.5), -1.5);
}

#[test]
fn the_straight_path_starts_at_the_first_figure_where_there_is_one_in_time() {
    let id = "KPI-UBQG-01";
    let path = Path::of(plan(), indicator(id), &published(id)).unwrap();
    assert_eq!(path.from, (day("2022-12-25"), 9.0));
    assert_eq!(path.to, (day("2022-12-31"), 12.0));
    assert_eq!(path.at(day("2022-12-27")), 10.0);
    for undated in ["KPI-CT05-04", "KPI-KL0723-01", "KPI-OBS-16"] {
        let path = Path::of(plan(), indicator(undated), &published(undated));
        assert_eq!(path, None, "{undated}");
    }
    // "At most one paper" does not start at none.
    assert_eq!(Path::of(plan(), indicator("KPI-CT05-13"), &[]), None);
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
    let mut judged = |value: serde_json::Value| {
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

fn verdicts(asof: NaiveDate) -> Vec<Verdict> {
    let all = plan().indicators().iter();
    all.map(|i| judge(i, &published(&i.id), asof).verdict)
        .collect()
}

#[test]
fn all_72_are_in_one_group_each_and_tallies_add_up() {
    let verdicts = verdicts(day("2026-11-22"));
    let mut all = Tally::default();
    for verdict in &verdicts {
        all.add(*verdict);
    }
    let counts = Verdict::ALL.map(|verdict| all.of(verdict));
    // Met: chip cards. Met late: accounts. Not met: the committee's twelve.
    assert_eq!(counts, [1, 1, 1, 0, 34, 35]);
    assert_eq!((all.total(), all.targets(), all.met()), (72, 37, 2));
    for groups in [by_document(plan(), &verdicts), by_topic(plan(), &verdicts)] {
        let mut seen: Vec<usize> = groups.iter().flat_map(|g| g.indicators.clone()).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..72).collect::<Vec<_>>());
        for verdict in Verdict::ALL {
            let sum: usize = groups.iter().map(|g| g.tally.of(verdict)).sum();
            assert_eq!(sum, all.of(verdict));
        }
        for group in &groups {
            assert_eq!(group.tally.total(), group.indicators.len());
        }
    }
    let documents: Vec<_> = by_document(plan(), &verdicts)
        .iter()
        .map(|g| (g.key, g.tally.total()))
        .collect();
    assert_eq!(
        documents,
        [
            (Some("QD06"), 4),
            (Some("CT05"), 18),
            (Some("KL0723"), 8),
            (Some("CT07"), 6),
            (Some("KH-UBQG-2022"), 1),
            (None, 35),
        ]
    );
    let topics = by_topic(plan(), &verdicts);
    assert_eq!(topics.last().unwrap().key, None);
    assert_eq!(topics.last().unwrap().tally.total(), 40);
}

#[test]
fn the_topic_is_that_of_most_tasks_and_of_equals_the_first_of_the_plan() {
    let mut indicator = indicator("KPI-CT05-06").clone();
    assert_eq!(topic_of(plan(), &indicator), Some("dinh-danh"));
    // Services (before identification in the plan's order), identification twice.
    indicator.tasks = ["CT05-B-06", "CT05-A-05"].map(str::to_owned).to_vec();
    assert_eq!(topic_of(plan(), &indicator), Some("dich-vu-cong"));
    indicator.tasks.push("CT05-C-03".to_owned());
    assert_eq!(topic_of(plan(), &indicator), Some("dinh-danh"));
    indicator.tasks.clear();
    assert_eq!(topic_of(plan(), &indicator), None);
}
