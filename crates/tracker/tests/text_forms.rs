//! Composed form against the tables of all Unicode.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::OnceLock;

use common::{FILES, json};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use tracker::text::{compare, fold, fold_marked, is_nfc, nfc, sort_key};
use unicode_normalization::UnicodeNormalization;

/// The vowels of Vietnamese, as letters of the alphabet.
const VOWELS: &str = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

/// Every vowel of Vietnamese with every tone, and đ.
fn vietnamese() -> Vec<char> {
    let vowels = VOWELS.chars().flat_map(|vowel| {
        TONES.map(|tone| {
            let composed: String = format!("{vowel}{tone}").nfc().collect();
            assert_eq!(composed.chars().count(), 1);
            composed.chars().next().unwrap()
        })
    });
    vowels.chain(['đ', 'Đ']).collect()
}

/// The letter with its marks in each order, and with each part of them
/// composed already.
fn spellings(letter: char) -> Vec<String> {
    let parts: Vec<char> = letter.nfd().collect();
    let (base, marks) = parts.split_first().unwrap();
    let orders: Vec<Vec<char>> = match marks {
        [a, b] => vec![vec![*a, *b], vec![*b, *a]],
        _ => vec![marks.to_vec()],
    };
    let mut all = vec![letter.to_string()];
    for marks in orders {
        for composed in 0..=marks.len() {
            let (inside, outside) = marks.split_at(composed);
            let text: String = [*base].iter().chain(inside).collect();
            let text: String = text.nfc().chain(outside.iter().copied()).collect();
            if !all.contains(&text) {
                all.push(text);
            }
        }
    }
    all
}

/// Checks a text in which every letter is one the tracker composes.
#[track_caller]
fn agrees(text: &str) {
    let composed: String = text.nfc().collect();
    assert_eq!(nfc(text), composed, "{text:?}");
    assert_eq!(is_nfc(text), text == composed, "{text:?}");
}

#[test]
fn every_spelling_of_a_vietnamese_letter_composes_to_it() {
    let letters = vietnamese();
    assert_eq!(letters.len(), 24 * 6 + 2);
    let (mut same, mut other) = (0, 0);
    for letter in letters {
        let composed = letter.to_string();
        for text in spellings(letter) {
            agrees(&text);
            assert_eq!(fold(&text), fold(&composed), "{text:?}");
            // To Unicode a tone typed before the circumflex or the breve is
            // nearer to the letter than they are: not the same text.
            if text.nfc().ne([letter]) {
                other += 1;
                continue;
            }
            same += 1;
            assert_eq!(nfc(&text), composed, "{text:?}");
            assert_eq!(fold_marked(&text), composed.to_lowercase(), "{text:?}");
            assert_eq!(sort_key(&text), sort_key(&composed), "{text:?}");
        }
    }
    // One spelling of 12 plain vowels and đ Đ; 2 of 72 letters with one mark;
    // of those with two, 3 (and 2 that are others) of 32 with both above, and
    // 5 of 28 with marks in different places.
    assert_eq!(same, 14 + 2 * 72 + 3 * 32 + 5 * 28);
    assert_eq!(other, 2 * 32);
}

#[test]
fn the_order_of_marks_counts_only_where_they_meet() {
    for text in ["e\u{323}\u{302}", "e\u{302}\u{323}", "ẹ\u{302}", "ê\u{323}"] {
        assert_eq!(nfc(text), "ệ");
    }
    for text in ["o\u{31B}\u{323}", "o\u{323}\u{31B}", "ọ\u{31B}", "ơ\u{323}"] {
        assert_eq!(nfc(text), "ợ");
    }
    for text in ["u\u{31B}\u{301}", "u\u{301}\u{31B}", "ú\u{31B}", "ư\u{341}"] {
        assert_eq!(nfc(text), "ứ");
    }
    // Both above the letter: the one typed first is nearer to it.
    assert_eq!(nfc("e\u{302}\u{301}"), "ế");
    assert_eq!(nfc("e\u{301}\u{302}"), "é\u{302}");
    // Nothing to compose with.
    assert_eq!(nfc("\u{301}b\u{301} đ\u{301}"), "\u{301}b\u{301} đ\u{301}");
}

#[test]
fn every_text_of_the_pack_composes_as_in_unicode() {
    fn walk(json: &Value, count: &mut usize) {
        match json {
            Value::String(text) => {
                *count += 1;
                agrees(text);
                let apart: String = text.nfd().collect();
                agrees(&apart);
                assert_eq!(nfc(&apart), *text);
                assert_eq!(fold(&apart), fold(text));
                assert_eq!(fold_marked(&apart), fold_marked(text));
                assert!(compare(&apart, text).is_eq());
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, count)),
            Value::Object(map) => map.values().for_each(|item| walk(item, count)),
            _ => {}
        }
    }
    let mut count = 0;
    for (file, _) in FILES {
        walk(&json(file), &mut count);
    }
    // Were the files not walked, nothing above could fail.
    assert!(count > 5000, "{count}");
}

/// Latin letters made of a to z, all marks, and what stands between words.
fn latin() -> &'static [char] {
    static LATIN: OnceLock<Vec<char>> = OnceLock::new();
    LATIN.get_or_init(|| {
        let letters = ('\u{C0}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}');
        let made = letters.filter(|c| {
            let parts: Vec<char> = c.nfd().collect();
            parts.len() > 1 && parts[0].is_ascii()
        });
        let made: Vec<char> = made.collect();
        assert_eq!(made.len(), 488);
        let marks = '\u{300}'..='\u{36F}';
        let others = ('a'..='z')
            .chain('A'..='Z')
            .chain("đĐ \n-,./019“”\u{212A}\u{212B}".chars());
        made.into_iter().chain(marks).chain(others).collect()
    })
}

/// Few letters and marks, so that they meet.
fn close() -> impl Strategy<Value = String> {
    let letters = "aâạậeêiouơưyàéđ IA\u{300}\u{301}\u{302}\u{303}\u{306}\u{307}\u{308}\u{309}\u{30A}\
                   \u{31B}\u{323}\u{327}\u{331}\u{334}\u{340}\u{344}\u{345}\u{34F}";
    vec(select(letters.chars().collect::<Vec<_>>()), 0..12).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 5000,
        rng_seed: RngSeed::Fixed(323),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn latin_text_composes_as_in_unicode(
        s in prop_oneof![close(), vec(select(latin()), 0..12).prop_map(String::from_iter)],
    ) {
        let composed: String = s.nfc().collect();
        for text in [&s, &composed, &s.nfd().collect::<String>()] {
            prop_assert_eq!(nfc(text), composed.as_str());
            prop_assert_eq!(is_nfc(text), *text == composed);
        }
    }

    #[test]
    fn any_text_composes_once_and_for_all(s in any::<String>(), tail in close()) {
        for text in [&s, &format!("{s}{tail}")] {
            let composed = nfc(text);
            prop_assert_eq!(nfc(&composed), composed.as_str());
            prop_assert!(is_nfc(&composed));
        }
    }
}
