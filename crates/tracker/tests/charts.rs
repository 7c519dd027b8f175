//! Axes, paths and tables of charts, worked out by hand, and their laws.

#![allow(clippy::unwrap_used)]

mod common;

use chrono::{Days, NaiveDate};
use common::{config, day};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tracker::chart::{
    Frame, Linear, Magnitude, Slots, Table, Time, band, bar, coordinate, line, stairs,
};
use tracker::text::Lang::{En, Vi};

/// The labels of an axis, in its magnitude.
fn labels(axis: &Linear) -> Vec<String> {
    let magnitude = axis.magnitude();
    let ticks = axis.ticks().into_iter();
    ticks.map(|tick| axis.label(tick, magnitude, Vi)).collect()
}

#[test]
fn ticks_are_round_numbers() {
    for (low, high, zero, count, expected) in [
        (0.0, 48.0, true, 5, vec!["0", "10", "20", "30", "40", "50"]),
        (
            35.0,
            53.0,
            true,
            6,
            vec!["0", "10", "20", "30", "40", "50", "60"],
        ),
        (
            66.0,
            89.5,
            false,
            5,
            vec!["65", "70", "75", "80", "85", "90"],
        ),
        (
            0.0,
            1.0,
            true,
            5,
            vec!["0", "0,2", "0,4", "0,6", "0,8", "1"],
        ),
        (0.0, 0.03, true, 3, vec!["0", "0,01", "0,02", "0,03"]),
        (-3.0, 5.0, true, 4, vec!["-4", "-2", "0", "2", "4", "6"]),
        (
            0.0,
            2418.0,
            true,
            5,
            vec!["0", "500", "1.000", "1.500", "2.000", "2.500"],
        ),
        (
            69_000.0,
            75_000.0,
            false,
            3,
            vec!["68", "70", "72", "74", "76"],
        ),
        (0.0, 2_600_000.0, true, 5, vec!["0", "1", "2", "3"]),
        (
            0.0,
            2_400_000.0,
            true,
            5,
            vec!["0", "0,5", "1", "1,5", "2", "2,5"],
        ),
        // One value only.
        (9.0, 9.0, true, 3, vec!["0", "5", "10"]),
        (100.0, 100.0, false, 4, vec!["50", "100", "150"]),
        (0.0, 0.0, true, 2, vec!["0", "0,5", "1"]),
        (f64::NAN, f64::INFINITY, true, 2, vec!["0", "0,5", "1"]),
    ] {
        let axis = Linear::nice(low, high, zero, count);
        assert_eq!(labels(&axis), expected, "{low} to {high}");
    }
}

#[test]
fn an_axis_has_one_magnitude() {
    for (high, magnitude, vi, en) in [
        (48.0, Magnitude::One, "", ""),
        (2418.0, Magnitude::One, "", ""),
        (75_000.0, Magnitude::Thousand, "nghìn", "thousand"),
        (48e6, Magnitude::Million, "triệu", "million"),
        (1.2e9, Magnitude::Billion, "tỷ", "billion"),
    ] {
        let axis = Linear::nice(0.0, high, true, 5);
        assert_eq!(axis.magnitude(), magnitude, "{high}");
        assert_eq!((magnitude.word(Vi), magnitude.word(En)), (vi, en));
    }
    let axis = Linear::nice(0.0, 2.4e6, true, 5);
    assert_eq!(axis.label(2.5e6, Magnitude::One, Vi), "2.500.000");
    assert_eq!(axis.label(2.5e6, Magnitude::Million, En), "2.5");
}

#[test]
fn values_are_placed_between_the_ends() {
    let axis = Linear::nice(0.0, 48.0, true, 5);
    let places = [-5.0, 0.0, 40.0, 50.0, 60.0, f64::NAN].map(|value| axis.at(value));
    assert_eq!(places, [0.0, 0.0, 0.8, 1.0, 1.0, 0.0]);
    let frame = Frame {
        left: 40.0,
        top: 10.0,
        right: 640.0,
        bottom: 210.0,
    };
    assert_eq!((frame.x(0.5), frame.y(0.8)), (340.0, 50.0));
    assert_eq!(bar(&axis, 40.0), (0.0, 0.8));
    let both = Linear::nice(-3.0, 5.0, true, 4);
    assert_eq!(bar(&both, -2.0), (0.2, 0.4));
    assert_eq!(bar(&both, 4.0), (0.4, 0.8));
    let slots = Slots { count: 4, gap: 0.2 };
    assert_eq!(slots.at(1), (0.275, 0.475));
}

fn ticks(from: &str, to: &str, width: f64) -> Vec<String> {
    let axis = Time::new(day(from), day(to));
    let ticks = axis.ticks(width, Vi).into_iter();
    ticks.map(|tick| tick.label).collect()
}

#[test]
fn days_have_as_many_ticks_as_fit() {
    let months = ["02/2023", "03/2023", "04/2023", "05/2023", "06/2023"];
    assert_eq!(ticks("2023-01-15", "2023-06-30", 600.0), months);
    assert_eq!(
        ticks("2023-01-15", "2023-12-31", 420.0),
        ["Quý II/2023", "Quý III/2023", "Quý IV/2023"]
    );
    assert_eq!(
        ticks("2022-12-25", "2026-11-22", 320.0),
        ["2023", "2024", "2025", "2026"]
    );
    assert_eq!(
        ticks("2020-01-01", "2031-01-01", 250.0),
        ["2020", "2022", "2024", "2026", "2028", "2030"]
    );
    assert_eq!(ticks("2022-12-25", "2026-11-22", 30.0).len(), 1);
    assert_eq!(
        ticks("2023-06-05", "2023-06-20", 400.0),
        ["05/06/2023", "20/06/2023"]
    );
    assert_eq!(ticks("2023-06-05", "2023-06-05", 400.0), ["05/06/2023"]);
    // Too narrow for its quarters, and no year begins on it.
    assert_eq!(
        ticks("2023-02-23", "2023-12-31", 280.0),
        ["23/02/2023", "31/12/2023"]
    );
    let axis = Time::new(day("2023-01-01"), day("2024-12-31"));
    let quarters: Vec<String> = axis.ticks(900.0, En).into_iter().map(|t| t.label).collect();
    assert_eq!(quarters[..3], ["Q1 2023", "Q2 2023", "Q3 2023"]);
}

#[test]
fn days_are_equally_long() {
    let axis = Time::over(["2023-01-11", "2023-01-01", "2023-01-06"].map(day)).unwrap();
    assert_eq!(
        (axis.from(), axis.to()),
        (day("2023-01-01"), day("2023-01-11"))
    );
    let places = [
        "2022-12-01",
        "2023-01-01",
        "2023-01-06",
        "2023-01-11",
        "2024-01-01",
    ];
    assert_eq!(places.map(|d| axis.at(day(d))), [0.0, 0.0, 0.5, 1.0, 1.0]);
    assert_eq!(Time::over([]), None);
}

#[test]
fn paths_have_gaps() {
    let points = [
        Some((0.0, 10.0)),
        Some((5.0, 7.25)),
        None,
        Some((9.0, 1.0)),
        None,
    ];
    assert_eq!(line(&points), "M0 10L5 7.3M9 1h0");
    assert_eq!(stairs(&points), "M0 10H5V7.3M9 1h0");
    assert_eq!(stairs(&[Some((0.0, 1.0)), Some((2.0, 1.0))]), "M0 1H2");
    assert_eq!(line(&[]), "");
    assert_eq!(line(&[None, None]), "");
    let area = [
        Some((0.0, 1.0, 3.0)),
        Some((2.0, 1.5, 4.0)),
        None,
        Some((5.0, 0.0, 1.0)),
    ];
    assert_eq!(band(&area), "M0 1L2 1.5L2 4L0 3ZM5 0L5 1Z");
    for (value, text) in [
        (0.04, "0"),
        (-0.04, "0"),
        (-3.25, "-3.3"),
        (120.0, "120"),
        (f64::NAN, "0"),
    ] {
        assert_eq!(coordinate(value), text);
    }
}

fn csv_of(cells: &[&str]) -> String {
    let table = Table {
        header: vec!["Ngày".to_owned()],
        rows: vec![cells.iter().map(|cell| (*cell).to_owned()).collect()],
    };
    table.csv()
}

#[test]
fn a_table_is_what_spreadsheets_in_vietnamese_open() {
    assert_eq!(
        csv_of(&[
            "12/07/2023",
            "2.164",
            "89,5%",
            "Bộ \"Y tế\"; xã",
            "hai\ndòng",
            ""
        ]),
        "\u{FEFF}Ngày\r\n12/07/2023;2.164;\"89,5%\";\"Bộ \"\"Y tế\"\"; xã\";\"hai\ndòng\";\r\n"
    );
}

#[test]
fn formulas_become_text_and_numbers_stay() {
    for (cell, written) in [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("\t=1", "\"'\t=1\""),
        ("\r=1", "\"'\r=1\""),
        (" =1", "\"' =1\""),
        ("\u{A0}=1", "\"'\u{A0}=1\""),
        ("-1-2", "'-1-2"),
        ("-", "'-"),
        ("-.5", "'-.5"),
        ("-5", "-5"),
        ("-1.234,5", "\"-1.234,5\""),
        ("-89,5%", "\"-89,5%\""),
        ("+3", "+3"),
        ("\u{2212}5", "\u{2212}5"),
        ("5-3", "5-3"),
        ("a=b", "a=b"),
        ("'x", "'x"),
    ] {
        let expected = ["\u{FEFF}Ngày\r\n", written, "\r\n"].concat();
        assert_eq!(csv_of(&[cell]), expected, "{cell:?}");
    }
}

/// The cells of a CSV file as RFC 4180 reads them, with semicolons.
fn parse(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.strip_prefix('\u{FEFF}').unwrap().chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(String::new()),
            '\r' if !quoted => assert_eq!(chars.next(), Some('\n')),
            _ => row.last_mut().unwrap().push(c),
        }
        if c == '\r' && !quoted {
            rows.push(vec![String::new()]);
        }
    }
    assert!(!quoted);
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "the last line is ended"
    );
    rows
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-=+@;,\"'\r\n\t ＝＋－＠a0-9.%]{0,8}",
        "\\PC{0,12}",
        "[-+]?[0-9]{1,3}(\\.[0-9]{3}){0,2}(,[0-9]{1,2})?%?",
    ]
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..40_000).prop_map(|n| day("1990-01-01") + Days::new(n))
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn ticks_cover_the_values_and_ascend(
        a in -1e12..1e12f64, b in prop_oneof![-1e12..1e12f64, -10.0..10.0f64, Just(0.0)],
        tiny in -12i32..1, zero: bool, count in 1usize..12,
    ) {
        let (a, b) = (a * 10f64.powi(tiny), b * 10f64.powi(tiny));
        let axis = Linear::nice(a, b, zero, count);
        let ticks = axis.ticks();
        prop_assert!(ticks.len() >= 2 && ticks.len() <= count + 3, "{}", ticks.len());
        prop_assert!(ticks.is_sorted_by(|a, b| a < b), "{ticks:?}");
        prop_assert!(ticks[0] <= a.min(b) && ticks[ticks.len() - 1] >= a.max(b));
        if zero {
            prop_assert!(ticks.contains(&0.0));
        }
        prop_assert_eq!((ticks[0], ticks[ticks.len() - 1]), (axis.low(), axis.high()));
        prop_assert_eq!((axis.at(axis.low()), axis.at(axis.high())), (0.0, 1.0));
    }

    #[test]
    fn a_scale_of_values_is_monotone(
        low in -1e6..1e6f64, high in -1e6..1e6f64, zero: bool, values in vec(-2e6..2e6f64, 2..20),
    ) {
        let axis = Linear::nice(low, high, zero, 5);
        for a in &values {
            prop_assert!((0.0..=1.0).contains(&axis.at(*a)));
            for b in &values {
                prop_assert!(a > b || axis.at(*a) <= axis.at(*b));
            }
            let (from, to) = bar(&axis, *a);
            prop_assert!(from <= to && (from == axis.at(0.0) || to == axis.at(0.0)));
        }
    }

    #[test]
    fn a_scale_of_days_is_monotone_and_its_labels_fit(
        from in any_day(), to in any_day(), a in any_day(), b in any_day(), width in 20.0..2000.0f64,
    ) {
        let axis = Time::new(from, to);
        prop_assert!(a > b || axis.at(a) <= axis.at(b));
        let ticks = axis.ticks(width, Vi);
        prop_assert!(!ticks.is_empty());
        for tick in &ticks {
            prop_assert!(axis.from() <= tick.day && tick.day <= axis.to());
            prop_assert_eq!(tick.at, axis.at(tick.day));
        }
        for pair in ticks.windows(2) {
            let letters = pair[0].label.chars().count().min(pair[1].label.chars().count());
            prop_assert!((pair[1].at - pair[0].at) * width > letters as f64 * 7.0);
            prop_assert!(pair[0].day < pair[1].day && pair[0].label != pair[1].label);
        }
    }

    #[test]
    fn a_path_has_a_start_for_every_run(points in vec(option::of((0.0..500.0f64, 0.0..300.0f64)), 0..20)) {
        let runs = points.split(Option::is_none).filter(|run| !run.is_empty()).count();
        for path in [line(&points), stairs(&points)] {
            prop_assert_eq!(path.matches('M').count(), runs);
            prop_assert!(!path.contains("NaN") && !path.contains("inf"));
        }
        let area: Vec<_> = points.iter().map(|p| p.map(|(x, y)| (x, y, y + 1.0))).collect();
        prop_assert_eq!(band(&area).matches('Z').count(), runs);
    }

    #[test]
    fn a_csv_file_reads_back_and_starts_no_formula(
        rows in vec(vec(any_cell(), 3), 0..6),
    ) {
        let header = vec!["Ngày".to_owned(), "=Giá trị".to_owned(), "a;b".to_owned()];
        let table = Table { header, rows };
        let read = parse(&table.csv());
        prop_assert_eq!(read.len(), table.rows.len() + 1);
        for (row, cells) in read.iter().zip(std::iter::once(&table.header).chain(&table.rows)) {
            prop_assert_eq!(row.len(), cells.len());
            for (got, cell) in row.iter().zip(cells) {
                prop_assert!(got == cell || got.strip_prefix('\'') == Some(cell), "{got:?} of {cell:?}");
                let text = got.trim_start();
                let formula = text.starts_with(['=', '@', '＝', '＋', '－', '＠']);
                prop_assert!(!formula, "{got:?}");
                if text.starts_with(['+', '-']) {
                    let rest = text[1..].strip_suffix('%').unwrap_or(&text[1..]);
                    prop_assert!(rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ','));
                    prop_assert!(!rest.is_empty());
                }
            }
        }
    }

    #[test]
    fn plain_numbers_are_left_alone(text in "[-+]?[0-9]{1,3}(\\.[0-9]{3}){0,2}(,[0-9]{1,2})?%?") {
        prop_assert_eq!(&parse(&csv_of(&[&text]))[1][0], &text);
    }
}
