//! Laws of the Vietnamese text keys, on texts that nobody thought of.

#![allow(clippy::unwrap_used)]

use std::cmp::Ordering;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use tracker::text::{
    Folded, Haystack, Needle, compare, fold, fold_marked, fold_with_map, is_nfc, nfc, sort_key,
};
use unicode_normalization::UnicodeNormalization;

/// Pieces on which the keys have something to decide.
const PIECES: &[&str] = &[
    "a", "A", "à", "ạ", "ă", "ặ", "â", "ấ", "b", "d", "đ", "Đ", "Ð", "Ɖ", "e", "ẻ", "ê", "h", "H",
    "i", "ĩ", "k", "l", "m", "n", "o", "ò", "ô", "ơ", "ợ", "q", "s", "t", "u", "ủ", "ư", "y", "ỷ",
    "Ỹ", "oa", "oà", "òa", "oẻ", "uý", "úy", "quý", "giá", "ky", "lý", "tỷ", "0", "05", "2", "10",
    " ", "  ", "\u{A0}", "\n", "-", "–", " - ", "/", ",", ".", "\"", "“", "’", "\u{300}",
    "\u{301}", "\u{302}", "\u{306}", "\u{309}", "\u{31B}", "\u{323}", "\u{308}", "\u{34F}",
    "\u{200B}", "\u{200D}", "\u{AD}", "İ", "ß", "Σ", "각", "ᄀ", "ᅡ", "क", "ि", "K", "Å", "≠",
    "\u{344}", "😀", "\0",
];

/// Pieces that the tracker leaves as they are where all of Unicode would
/// compose them or take them apart.
const NOT_LATIN: &[&str] = &["각", "ᄀ", "ᅡ", "क", "ि", "≠"];

/// Texts of Vietnamese pieces, and texts of anything at all.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(PIECES), 0..12).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ]
}

/// Texts of Vietnamese and other Latin pieces.
fn latin_text() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES
        .iter()
        .copied()
        .filter(|p| !NOT_LATIN.contains(p))
        .collect();
    vec(select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

/// A text, and one that differs from it by little or by all.
fn pair() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        (text(), text()),
        (text(), text(), text()).prop_map(|(a, b, c)| (format!("{a}{b}"), format!("{a}{c}"))),
    ]
}

/// Whether a character is a mark of the Latin alphabet and of those that share
/// its marks; the vowel signs of other scripts are read as letters.
fn is_diacritic(c: char) -> bool {
    let blocks = [
        0x300..0x370,
        0x1AB0..0x1B00,
        0x1DC0..0x1E00,
        0x20D0..0x2100,
        0xFE20..0xFE30,
    ];
    blocks.iter().any(|block| block.contains(&u32::from(c)))
}

fn nfd(s: &str) -> String {
    s.nfd().collect()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2000,
        // The same texts on every run and every machine.
        rng_seed: RngSeed::Fixed(6),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn folding_twice_is_folding_once(s in text()) {
        prop_assert_eq!(fold(&fold(&s)), fold(&s));
        prop_assert_eq!(fold_marked(&fold_marked(&s)), fold_marked(&s));
        prop_assert_eq!(fold(&fold_marked(&s)), fold(&s));
    }

    #[test]
    fn normal_forms_have_one_key(s in latin_text()) {
        let (composed, decomposed) = (s.nfc().collect::<String>(), nfd(&s));
        prop_assert_eq!(&composed, &nfc(&s));
        for form in [&composed, &decomposed] {
            prop_assert_eq!(fold(form), fold(&s));
            prop_assert_eq!(fold_marked(form), fold_marked(&s));
            prop_assert_eq!(sort_key(form), sort_key(&s));
        }
        prop_assert!(unicode_normalization::is_nfc(&fold_marked(&s)));
    }

    #[test]
    fn composing_changes_no_key(s in text()) {
        let composed = nfc(&s);
        prop_assert!(is_nfc(&composed));
        prop_assert_eq!(fold(&composed), fold(&s));
        prop_assert_eq!(fold_marked(&composed), fold_marked(&s));
        prop_assert_eq!(sort_key(&composed), sort_key(&s));
        prop_assert!(is_nfc(&fold_marked(&s)));
    }

    #[test]
    fn same_diacritics_mean_same_letters((a, b) in pair()) {
        if fold_marked(&a) == fold_marked(&b) {
            prop_assert_eq!(fold(&a), fold(&b));
        }
    }

    #[test]
    fn the_map_is_of_the_fold(s in text()) {
        let Folded { text, spans } = fold_with_map(&s);
        prop_assert_eq!(&text, &fold(&s));
        prop_assert_eq!(text.len(), spans.len());
        let mut last = 0;
        for (at, c) in text.char_indices() {
            let (start, end) = spans[at];
            prop_assert!(spans[at..at + c.len_utf8()].iter().all(|span| *span == (start, end)));
            prop_assert!(last <= start && start < end && end <= s.len());
            prop_assert!(s.is_char_boundary(start) && s.is_char_boundary(end));
            // What a piece came from folds to that piece, but for the i of a
            // syllable, which takes its whole word to see, and for characters
            // that make several.
            let own = fold(&s[start..end]);
            prop_assert!(c == ' ' || c == 'i' && own == "y" || own.contains(c));
            last = start;
        }
    }

    #[test]
    fn order_is_total((a, b) in pair(), c in text()) {
        let (ka, kb) = (sort_key(&a), sort_key(&b));
        prop_assert_eq!(compare(&a, &b), ka.cmp(&kb));
        prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
        prop_assert_eq!(compare(&a, &b) == Ordering::Equal, ka == kb);
        prop_assert_eq!(compare(&a, &a), Ordering::Equal);
        let mut three = [a.as_str(), b.as_str(), c.as_str()];
        three.sort_by(|x, y| compare(x, y));
        prop_assert_ne!(compare(three[0], three[2]), Ordering::Greater);
    }

    #[test]
    fn a_text_sorts_before_what_goes_on(word in "[a-zđăâêôơư]{1,6}", more in "[a-zđ ]{0,5}[a-zđ]") {
        prop_assert_eq!(compare(&word, &format!("{word}{more}")), Ordering::Less);
    }

    #[test]
    fn numbers_sort_by_value(a in any::<u64>(), b in any::<u64>(), small in 0u64..300) {
        for (a, b) in [(a, b), (a, a ^ 1), (small, small + 1), (a, small)] {
            prop_assert_eq!(compare(&format!("n{a}"), &format!("n{b}")), a.cmp(&b));
        }
    }

    #[test]
    fn marks_fit_the_text(query in text(), s in text()) {
        let marks = Needle::new(&query).marks(&s);
        let mut last = None;
        for range in marks {
            prop_assert!(range.start < range.end && range.end <= s.len());
            prop_assert!(s.is_char_boundary(range.start) && s.is_char_boundary(range.end));
            prop_assert!(last < Some(range.start));
            for at in [range.start, range.end] {
                let next = s[at..].chars().next();
                let inside = next.is_some_and(is_diacritic);
                prop_assert!(!inside, "{:?} splits a letter of {:?}", range, s);
            }
            last = Some(range.end);
        }
    }

    #[test]
    fn what_is_found_is_marked(query in text(), s in text()) {
        let needle = Needle::new(&query);
        if needle.score(&Haystack::new(&[(3, &s)])).is_some() {
            prop_assert_eq!(needle.is_empty(), needle.marks(&s).is_empty());
        }
    }

    #[test]
    fn a_text_is_found_by_itself(s in text()) {
        let words = s.replace(['"', '\u{201C}', '\u{201D}', '«', '»'], " ");
        let haystack = Haystack::new(&[(1, &words)]);
        let exact = Needle::new(&words).score(&haystack);
        prop_assert!(exact.is_some());
        // Typed without diacritics it is found as well, and never better.
        let plain = Needle::new(&fold(&words)).score(&haystack);
        prop_assert!(plain.is_some());
        if let (Some(exact), Some(plain)) = (exact, plain)
            && words.split_whitespace().count() == 1
        {
            prop_assert!(plain <= exact);
        }
    }

    #[test]
    fn order_of_words_does_not_count(a in text(), b in text(), s in text()) {
        let clean = |s: &str| s.replace(['"', '\u{201C}', '\u{201D}', '\u{201E}', '«', '»'], "");
        let (a, b) = (clean(&a), clean(&b));
        let haystack = Haystack::new(&[(2, &s), (1, &b)]);
        let one = Needle::new(&format!("{a} {b}")).score(&haystack);
        prop_assert_eq!(one, Needle::new(&format!("{b} {a}")).score(&haystack));
    }
}
