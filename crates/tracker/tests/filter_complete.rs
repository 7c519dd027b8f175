//! What the search box offers while somebody types.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use tracker::filter::Query;
use tracker::filter::complete::{Completion, Known, complete};
use tracker::text::Lang;

/// What is offered where `|` stands.
fn offered(line: &str, lang: Lang) -> (String, Completion) {
    let caret = line.find('|').unwrap();
    let text = line.replace('|', "");
    let people = || {
        ["Lê Thị Đào", "Nguyễn Văn An", "Trần \"Ba\""]
            .map(str::to_owned)
            .to_vec()
    };
    let known = Known {
        plan: plan(),
        people: &people,
    };
    let found = complete(&text, caret, known, lang, day("2026-11-21"));
    (text, found)
}

#[track_caller]
fn offers(line: &str, lang: Lang, expected: &[&str]) {
    let (_, found) = offered(line, lang);
    let inserts: Vec<&str> = found.items.iter().map(|i| i.insert.as_str()).collect();
    assert_eq!(inserts, expected, "{line}");
}

/// Taking the first of what is offered makes the line `expected`, caret included.
#[track_caller]
fn takes(line: &str, expected: &str) {
    let (text, found) = offered(line, Lang::Vi);
    let (mut done, caret) = found.accept(&text, found.items.first().unwrap());
    done.insert(caret, '|');
    assert_eq!(done, expected, "{line}");
}

#[test]
fn keys_are_offered_in_the_language_first() {
    offers("le|", Lang::En, &["lead:"]);
    offers("le|", Lang::Vi, &["lead:"]);
    offers("chu|", Lang::Vi, &["chutri:", "chude:"]);
    offers("chủ t|", Lang::Vi, &["trangthai:", "thuchien:", "topic:"]);
    offers("chủ|", Lang::Vi, &["chutri:", "chude:"]);
    offers("định -kh|", Lang::Vi, &["khong:"]);
    // One spelling of each is enough.
    offers("co|", Lang::Vi, &["co:", "coord:", "completed:"]);
    offers("xyz|", Lang::Vi, &[]);
    offers("\"le|", Lang::En, &[]);
    assert_eq!(offered("|", Lang::Vi).1.items.len(), 20);
    assert_eq!(offered("a | b", Lang::Vi).1.items.len(), 20);
    assert_eq!(offered("|le", Lang::Vi).1.items.len(), 0);
    assert_eq!(offered("-|", Lang::Vi).1.items.len(), 0);
}

#[test]
fn values_follow_the_colon() {
    offers("role:|", Lang::Vi, &["lead", "coord"]);
    offers("vaitro:ph|", Lang::Vi, &["coord"]);
    offers("role:lead,|", Lang::Vi, &["coord"]);
    offers("topic:du-l|", Lang::Vi, &["du-lieu"]);
    offers("chude:dữ|", Lang::Vi, &["du-lieu"]);
    offers("lead:bca|", Lang::Vi, &["BCA"]);
    offers("lead:\"công an|", Lang::Vi, &["BCA"]);
    offers("doc:05|", Lang::Vi, &["CT05"]);
    offers("bottleneck:BN-1|", Lang::Vi, &[]);
    offers("diemnghen:\"số h|", Lang::Vi, &["BN-5"]);
    offers(
        "bucket:qua|",
        Lang::Vi,
        &[
            "overdue",
            "not-started-overdue",
            "in-progress-overdue",
            "late",
        ],
    );
    offers("no:ghi|", Lang::Vi, &["note"]);
    // People by any part of their name; quotes within one cannot be written.
    offers("assignee:van|", Lang::Vi, &["\"Nguyễn Văn An\""]);
    offers("phutrach:đào|", Lang::Vi, &["\"Lê Thị Đào\""]);
    offers("assignee:tran|", Lang::Vi, &[]);
    offers("leed:v|", Lang::Vi, &[]);
    // In the key of a filter that is there, and where nothing is left to say.
    offers("ro|le:lead", Lang::Vi, &[]);
    offers("role:lead|", Lang::Vi, &[]);
    offers("role:boss|", Lang::Vi, &[]);
    // Of an agency that was succeeded under the same short name the id is written.
    let (_, found) = offered("lead:\"thai nguyen|", Lang::Vi);
    let values: Vec<_> = found.items.iter().map(|i| i.insert.as_str()).collect();
    assert_eq!(values, ["ubnd-thai-nguyen-2025", "ubnd-thai-nguyen"]);
}

#[test]
fn days_are_offered_around_the_as_of_day() {
    let first = [
        "<2026-11-21",
        ">=2026-11-21",
        "2026-11",
        "2026-Q4",
        "2026",
        "2026-01..2026-11",
    ];
    offers("due:|", Lang::Vi, &first);
    offers(
        "han:>=|",
        Lang::Vi,
        &[">=2026-11-21", ">=2026-11", ">=2026-Q4", ">=2026"],
    );
    offers(
        "due:2023-Q|",
        Lang::Vi,
        &["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"],
    );
    offers(
        "due:2023-q|",
        Lang::Vi,
        &["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"],
    );
    offers(
        "due:2023-03..2023-0|",
        Lang::Vi,
        &[
            "2023-03..2023-03",
            "2023-03..2023-04",
            "2023-03..2023-05",
            "2023-03..2023-06",
            "2023-03..2023-07",
            "2023-03..2023-08",
            "2023-03..2023-09",
        ],
    );
    offers("due:mai|", Lang::Vi, &[]);
}

#[test]
fn what_is_taken_replaces_what_was_typed_and_no_more() {
    takes("le|", "lead:|");
    takes("-le|", "-lead:|");
    takes("định danh chu|", "định danh chutri:|");
    takes("role:l|", "role:lead |");
    takes("role:l| x", "role:lead| x");
    takes("role:l|,coord", "role:lead|,coord");
    takes("role:coord,le| x", "role:coord,lead| x");
    takes("lead:\"cong a|", "lead:BCA |");
    takes("lead:\"cong a|\" x", "lead:BCA| x");
    takes("due:|", "due:<2026-11-21 |");
}

#[test]
fn whatever_is_offered_can_be_read() {
    for (key, en, _) in tracker::filter::Key::ALL {
        let (text, found) = offered(&format!("{en}:|"), Lang::Vi);
        assert!(!found.items.is_empty(), "{en}");
        for item in &found.items {
            let (line, _) = found.accept(&text, item);
            assert_eq!(Query::read(&line, plan()).problems(), [], "{line}");
            assert_eq!(item.key, key);
        }
    }
}
