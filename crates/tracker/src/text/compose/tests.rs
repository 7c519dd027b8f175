use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::*;

/// Everything that the module answers for, letter or not.
fn covered() -> impl Iterator<Item = char> {
    let latin = ('\0'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}');
    let marks = ('\u{300}'..='\u{36F}').chain(['\u{212A}', '\u{212B}']);
    latin.chain(marks).filter(|c| !NOT_OF_A_TO_Z.contains(c))
}

/// Latin letters with marks on a base that is not one of a to z.
const NOT_OF_A_TO_Z: [char; 9] = ['Ǣ', 'ǣ', 'Ǯ', 'ǯ', 'Ǽ', 'ǽ', 'Ǿ', 'ǿ', 'ẛ'];

fn parts_of(c: char) -> String {
    let mut parts = String::new();
    decompose(c, |part| parts.push(part));
    parts
}

#[test]
fn decomposition_is_that_of_unicode() {
    for c in covered() {
        assert_eq!(parts_of(c), c.nfd().to_string(), "{c:?}");
    }
    for c in NOT_OF_A_TO_Z {
        assert_eq!(parts_of(c), c.to_string());
    }
}

#[test]
fn composition_is_that_of_unicode() {
    // Any letter with any mark, also where there is nothing to compose.
    for letter in covered().filter(|c| c.is_ascii_alphabetic() || c.nfd().count() > 1) {
        for mark in '\u{300}'..='\u{36F}' {
            let text = String::from_iter([letter, mark]);
            assert_eq!(nfc(&text), text.nfc().to_string(), "{text:?}");
        }
    }
}

#[test]
fn classes_are_those_of_unicode() {
    for c in '\0'..='\u{36F}' {
        assert_eq!(class(c), canonical_combining_class(c), "{c:?}");
    }
}

#[test]
fn marks_are_marks_to_unicode() {
    for c in ('\0'..='\u{10FFFF}').filter(|c| is_mark(*c)) {
        // Unicode has not given out all places in these blocks.
        let free = [0x1ADE..0x1AE0, 0x1AEC..0x1B00, 0x20F1..0x2100];
        let free = free.iter().any(|places| places.contains(&u32::from(c)));
        assert!(is_combining_mark(c) || free, "{c:?}");
    }
    assert!(('\0'..='\u{482}').all(|c| is_mark(c) == is_combining_mark(c)));
}

#[test]
fn small_letters_are_those_of_unicode() {
    // Letters of African alphabets and others that come as they are.
    let rare = |c| matches!(c, '\u{181}'..='\u{24F}') && c.nfd().count() == 1;
    let greek = ('\u{391}'..='\u{3A9}').chain('\u{3B1}'..='\u{3C9}');
    let cyrillic = '\u{400}'..='\u{45F}';
    let latin = covered().chain(NOT_OF_A_TO_Z);
    for c in latin.chain(greek).chain(cyrillic) {
        let small = c.to_lowercase().to_string();
        match c {
            'İ' => assert_eq!(lowercase(c), 'i'),
            // They come apart before, into K and Å.
            '\u{212A}' | '\u{212B}' => assert_eq!(lowercase(c), c),
            _ if rare(c) && lowercase(c) == c => {}
            _ => assert_eq!(lowercase(c).to_string(), small, "{c:?}"),
        }
    }
    for (capital, small) in "ĐƯƠƉÐẾ".chars().zip("đươɖðế".chars()) {
        assert_eq!(lowercase(capital), small);
    }
}
