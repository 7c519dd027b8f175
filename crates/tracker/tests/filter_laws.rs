//! Laws of queries, on lines that nobody thought of.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tracker::filter::complete::{Known, complete};
use tracker::filter::edit::{values, with_values, without};
use tracker::filter::{Candidate, Key, Query, Token, days, find_agencies, haystack, tokens};
use tracker::ledger::Ledger;
use tracker::status::Scope;
use tracker::text::Lang;

/// Pieces that mean something to the grammar, and some that only look so.
const PIECES: &[&str] = &[
    "lead",
    "chutri",
    "coord",
    "agency",
    "role",
    "doc",
    "topic",
    "deadline",
    "bucket",
    "due",
    "han",
    "leed",
    "has",
    "khong",
    "hạn",
    "hoànthành",
    "updated",
    "phutrach",
    "diemnghen",
    "coord",
    ":",
    ":",
    "-",
    "--",
    ",",
    "\"",
    "\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    " ",
    " ",
    "\t",
    "\u{A0}",
    "BCA",
    "du-lieu",
    "overdue",
    "2023-03",
    "..",
    "<",
    ">=",
    "31/03/2023",
    "05/CT-TTg",
    "định",
    "danh",
    "đ",
    "Bộ Công an",
    "\u{301}",
    "😀",
    "\0",
    "\u{2028}",
];

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(PIECES), 0..14).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => vec(any::<char>(), 0..10).prop_map(String::from_iter),
    ]
}

fn key() -> impl Strategy<Value = Key> {
    select(Key::ALL.map(|(key, ..)| key).to_vec())
}

/// Values as a menu has them: not blank, without quotes, which cannot be written.
fn menu_values() -> impl Strategy<Value = Vec<String>> {
    let value = line().prop_map(|s| {
        let quote = |c: char| matches!(c, '"' | '\u{201C}'..='\u{201F}' | '«' | '»');
        s.replace(quote, "")
    });
    vec(value.prop_filter("blank", |s| !s.trim().is_empty()), 0..4)
}

/// A token without its place.
fn meaning(token: &Token) -> (bool, Option<Result<Key, String>>, Vec<String>, bool) {
    (
        token.negated,
        token.key.clone(),
        token.values.clone(),
        token.phrase,
    )
}

fn is_filter(token: &Token, key: Key) -> bool {
    !token.negated && token.key == Some(Ok(key))
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn tokens_lie_in_the_line_one_after_the_other(text in line()) {
        let mut last = 0;
        for token in tokens(&text) {
            let span = token.span;
            prop_assert!(last <= span.start && span.start < span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            last = span.end;
        }
    }

    #[test]
    fn what_a_menu_writes_it_reads_back(text in line(), key in key(), to in menu_values()) {
        let edited = with_values(&text, key, &to);
        prop_assert_eq!(values(&edited, key), to.clone(), "{:?}", edited);
        // Writing it again changes nothing.
        prop_assert_eq!(&with_values(&edited, key, &to), &edited);
        // All else means what it meant.
        let rest = |text: &str| -> Vec<_> {
            let tokens = tokens(text).into_iter();
            tokens.filter(|t| !is_filter(t, key)).map(|t| meaning(&t)).collect()
        };
        prop_assert_eq!(rest(&edited), rest(&text), "{:?}", edited);
    }

    #[test]
    fn a_filter_taken_back_leaves_the_line(text in line(), key in key(), to in menu_values()) {
        let none = with_values(&text, key, &[]);
        prop_assert!(values(&none, key).is_empty());
        let back = with_values(&with_values(&text, key, &to), key, &[]);
        let meanings = |text: &str| tokens(text).iter().map(meaning).collect::<Vec<_>>();
        prop_assert_eq!(meanings(&back), meanings(&none));
    }

    #[test]
    fn a_chip_takes_away_its_token_and_no_other(text in line(), which in any::<Index>()) {
        let all = tokens(&text);
        prop_assume!(!all.is_empty());
        let at = which.index(all.len());
        let rest = without(&text, all[at].span.start);
        let mut expected: Vec<_> = all.iter().map(meaning).collect();
        expected.remove(at);
        prop_assert_eq!(tokens(&rest).iter().map(meaning).collect::<Vec<_>>(), expected);
    }
}

proptest! {
    // Each line is read against the whole plan.
    #![proptest_config(config(400))]

    #[test]
    fn no_line_is_too_odd_to_read(text in line(), t in any::<Index>()) {
        let query = Query::read(&text, plan());
        let spans: Vec<_> = tokens(&text).into_iter().map(|t| t.span).collect();
        for problem in query.problems() {
            prop_assert!(spans.contains(&problem.span), "{:?}", problem);
        }
        prop_assert!(query.problems().is_sorted_by_key(|p| p.span.start));
        let task = t.get(plan().tasks());
        let standing = plan().standing(&Ledger::default(), task, Scope::Country, day("2026-11-21"));
        let haystack = haystack(plan(), task, &[&text]);
        let candidate = Candidate { task, role: None, basis: None, updated: None, standing: &standing, haystack: &haystack };
        let score = query.score(plan(), candidate, day("2026-11-21"));
        prop_assert!(!query.is_empty() || score.is_some());
        let _ = days(&text);
        prop_assert!(find_agencies(plan(), &text).iter().all(|id| plan().agency(id).is_some()));
    }

    #[test]
    fn what_is_suggested_fits_in(text in line(), caret in any::<Index>()) {
        let caret = caret.index(text.len() + 1);
        for lang in [Lang::Vi, Lang::En] {
            let known = Known { plan: plan(), people: &|| vec!["Nguyễn Văn An".to_owned()] };
            let found = complete(&text, caret, known, lang, day("2026-11-21"));
            let span = &found.span;
            prop_assert!(span.start <= span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            for item in &found.items {
                let (done, at) = found.accept(&text, item);
                prop_assert!(done.is_char_boundary(at));
                // The text around it stays.
                prop_assert!(done.starts_with(&text[..span.start]));
                prop_assert!(done.ends_with(&text[span.end..]));
                // A value taken is a value of a filter that is there.
                if let Some(value) = &item.value {
                    let of_key = tokens(&done).into_iter().filter(|t| t.key == Some(Ok(item.key)));
                    prop_assert!(of_key.flat_map(|t| t.values).any(|v| v == *value), "{:?}", done);
                }
            }
        }
    }
}
