//! The figures of the real plan against their targets, worked out by hand.

#![allow(clippy::unwrap_used)]

mod common;

use chrono::NaiveDate;
use common::{day, plan};
use tracker::indicator::{
    Leaning, Path, Point, Tally, Tie, Verdict, amount, by_document, by_topic, comparable, figure,
    judge, latest, near, related, series, share, topic_of, worded,
};
use tracker::ledger::Ledger;
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
