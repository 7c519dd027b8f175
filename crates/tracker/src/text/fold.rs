//! Keys that make different spellings of the same text equal.

use super::compose::{is_mark, nfc};
use super::letters::{Cell, Hyphens, Step, cells, is_tone, read, takes_y_or_i, tone_moves, words};

/// The search key of a text, without diacritics: "Ủy ban nhân dân" becomes
/// `uy ban nhan dan`.
///
/// Small letters without combining marks, đ and its look-alikes as d; curly
/// quotes straight; any run of spaces one space, none at the ends; any dash a
/// hyphen, without spaces around it; invisible characters gone; and i for a
/// bare y that ends a syllable after h, k, l, m, s or t (tỷ lệ is tỉ lệ, while
/// quý, thủy and y tế stay). Slashes, hyphens and digits of document numbers
/// stay: `05/ct-ttg`.
///
/// Folding twice gives the same as folding once, and NFC and NFD input fold
/// alike. Case and marks are those that [`lowercase`](super::lowercase) and
/// [`nfc`] know: Latin ones, and not all of other scripts.
pub fn fold(s: &str) -> String {
    let mut cells = cells(s, Hyphens::Tight);
    y_to_i(&mut cells);
    cells.iter().map(|cell| cell.ch).collect()
}

/// A folded text that remembers where it came from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folded {
    /// The same as [`fold`] of the original.
    pub text: String,
    /// For each byte of `text`, the byte range `(start, end)` in the original
    /// of the character it came from, with its combining marks. Both ends are
    /// on character boundaries.
    pub spans: Vec<(usize, usize)>,
}

/// [`fold`], with the way back to the original.
pub fn fold_with_map(s: &str) -> Folded {
    let mut cells = cells(s, Hyphens::Tight);
    y_to_i(&mut cells);
    let mut folded = Folded {
        text: String::with_capacity(cells.len()),
        spans: Vec::with_capacity(cells.len()),
    };
    for cell in &cells {
        folded.text.push(cell.ch);
        let spans = (cell.start, cell.end);
        folded.spans.extend((0..cell.ch.len_utf8()).map(|_| spans));
    }
    folded
}

/// Writes i for the bare y of syllables that take either.
pub(super) fn y_to_i(cells: &mut [Cell]) {
    for word in words(cells) {
        if let [consonant, vowel] = word
            && takes_y_or_i(consonant.ch)
            && vowel.ch == 'y'
        {
            vowel.ch = 'i';
        }
    }
}

/// The key of a text with its diacritics: "Hoà Bình" and "Hòa Bình" both
/// become `hòa bình`, and "Hoa Binh" does not.
///
/// Small letters, composed, with tone marks of open syllables in oa, oe, uy
/// where the old style puts them (hòa, khỏe, thúy; quý and hoàn do not
/// differ). Look-alikes of đ, quotes, spaces, dashes and i for y are treated
/// as in [`fold`], and so folding this key gives the same as folding the text.
pub fn fold_marked(s: &str) -> String {
    let mut key = String::with_capacity(s.len() + 8);
    let mut word = 0;
    let mut last = ' ';
    read(s, Hyphens::Tight, |step, _, _| match step {
        Step::Base { ch, .. } => {
            last = ch;
            if ch.is_alphanumeric() {
                key.push(ch);
            } else {
                settle_word(&mut key, word);
                key.push(ch);
                word = key.len();
            }
        }
        // A mark on a hyphen would keep it from reading like any other.
        Step::Mark(_) if last == '-' => {}
        Step::Mark(mark) => {
            key.push(mark);
            // A mark on punctuation does not begin the next word.
            if !last.is_alphanumeric() {
                word = key.len();
            }
        }
    });
    settle_word(&mut key, word);
    nfc(&key)
}

/// Puts the tone and the i or y of the last word of `key`, decomposed and
/// starting at byte `start`, into their one form.
fn settle_word(key: &mut String, start: usize) {
    let word = &key[start..];
    let tone = word.chars().next_back().filter(|&c| is_tone(c));
    let mut letters = word.chars().rev().skip(usize::from(tone.is_some()));
    let (Some(last), Some(first)) = (letters.next(), letters.next()) else {
        return;
    };
    let before = letters.find(|&c| !is_mark(c));
    if last == 'y' && takes_y_or_i(first) && before.is_none() {
        key.truncate(start);
        key.push(first);
        key.push('i');
        key.extend(tone);
    } else if let Some(tone) = tone
        && tone_moves(before, first, last)
    {
        key.truncate(key.len() - tone.len_utf8() - last.len_utf8());
        key.push(tone);
        key.push(last);
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::super::compose::is_nfc;
    use super::*;

    /// Folds each text as it is and decomposed.
    #[track_caller]
    fn check(key: fn(&str) -> String, cases: &[(&str, &str)]) {
        for (text, want) in cases {
            assert_eq!(key(text), *want, "{text:?}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(key(&decomposed), *want, "decomposed {text:?}");
            assert_eq!(key(want), *want, "twice {text:?}");
        }
    }

    #[test]
    fn fold_drops_case_and_diacritics() {
        check(
            fold,
            &[
                ("", ""),
                ("Ủy ban nhân dân", "uy ban nhan dan"),
                ("Uỷ ban nhân dân", "uy ban nhan dan"),
                ("ĐỀ ÁN 06", "de an 06"),
                ("Đắk Lắk", "dak lak"),
                ("Thừa Thiên Huế", "thua thien hue"),
                ("Ðồng Nai", "dong nai"),
                ("\u{189}ồng Nai", "dong nai"),
                ("VNeID / VneID / VNEID", "vneid / vneid / vneid"),
                ("Ư ư Ơ ơ Ă ă Â â Ê ê Ô ô", "u u o o a a a a e e o o"),
                ("İstanbul Ångström K", "istanbul angstrom k"),
            ],
        );
    }

    #[test]
    fn fold_unifies_spaces_dashes_and_quotes() {
        check(
            fold,
            &[
                ("  dữ\u{A0}\u{2003}liệu\t\r\n số ", "du lieu so"),
                ("kinh tế - xã hội", "kinh te-xa hoi"),
                ("kinh tế – xã hội", "kinh te-xa hoi"),
                ("kinh tế—xã hội", "kinh te-xa hoi"),
                ("kinh tế -- xã hội", "kinh te-xa hoi"),
                ("Bà Rịa \u{2011} Vũng Tàu", "ba ria-vung tau"),
                ("Đà\u{200B} Nẵ\u{AD}ng\u{FEFF}", "da nang"),
                ("“sạch, sống”", "\"sach, song\""),
                ("‘A’ d’Azur", "'a' d'azur"),
                ("\u{301} a \u{301} b", "a b"),
            ],
        );
    }

    #[test]
    fn fold_keeps_document_numbers() {
        check(
            fold,
            &[
                ("05/CT-TTg", "05/ct-ttg"),
                ("452/TTg–KSTT", "452/ttg-kstt"),
                ("1552/BTTTT-THH", "1552/btttt-thh"),
                ("QĐ 06/QĐ-TTg", "qd 06/qd-ttg"),
            ],
        );
    }

    #[test]
    fn fold_treats_i_and_y_alike_where_spelling_does() {
        check(
            fold,
            &[
                ("kỹ kĩ", "ki ki"),
                ("lý lí", "li li"),
                ("tỷ lệ tỉ lệ", "ti le ti le"),
                ("mỹ sỹ hy", "mi si hi"),
                ("Công ty, Lý!", "cong ti, li!"),
                ("y tế", "y te"),
                ("quý quỹ quy", "quy quy quy"),
                ("thủy ngay mây", "thuy ngay may"),
                ("eKYC hybrid city only", "ekyc hybrid city only"),
            ],
        );
    }

    #[test]
    fn marked_key_keeps_diacritics_in_one_style() {
        check(
            fold_marked,
            &[
                ("Hoà Bình", "hòa bình"),
                ("Hòa Bình", "hòa bình"),
                ("Thanh Hoá", "thanh hóa"),
                ("khoẻ", "khỏe"),
                ("xoá toà", "xóa tòa"),
                ("Uỷ Ủy", "ủy ủy"),
                ("Thuý thuỷ tuỳ", "thúy thủy tùy"),
                ("TOẢ loã đoạ", "tỏa lõa đọa"),
                ("quý quỹ quỳ già giá", "quý quỹ quỳ già giá"),
                ("hoàn toàn khoét tuýt", "hoàn toàn khoét tuýt"),
                ("ngoài xoáy khuỷu", "ngoài xoáy khuỷu"),
                ("êoà ĉoà", "êoà ĉòa"),
                ("a \u{301} a-\u{301}b", "a a-b"),
                ("kỹ tỷ Lý", "kĩ tỉ lí"),
                ("công ty", "công ti"),
                ("Ðồng Nai", "đồng nai"),
                ("Hoa Binh", "hoa binh"),
                ("kinh\u{A0}tế – xã hội", "kinh tế-xã hội"),
                ("kẏ ẍ", "kẏ ẍ"),
            ],
        );
    }

    #[test]
    fn marked_key_tells_diacritics_apart() {
        for (a, b) in [
            ("định", "đinh"),
            ("định", "dịnh"),
            ("hòa", "hoa"),
            ("hóa", "hòa"),
        ] {
            assert_eq!(fold(a), fold(b));
            assert_ne!(fold_marked(a), fold_marked(b));
        }
    }

    /// The originals of every occurrence of `part` in the folded `text`.
    fn origins<'a>(text: &'a str, part: &str) -> Vec<&'a str> {
        let folded = fold_with_map(text);
        let starts = folded.text.match_indices(part);
        starts
            .map(|(at, _)| &text[folded.spans[at].0..folded.spans[at + part.len() - 1].1])
            .collect()
    }

    #[test]
    fn map_leads_back_to_the_original() {
        assert_eq!(origins("Ủy ban", "uy"), ["Ủy"]);
        assert_eq!(origins("Đề án Đê", "de"), ["Đề", "Đê"]);
        assert_eq!(origins("Vie\u{323}\u{302}t", "e"), ["e\u{323}\u{302}"]);
        assert_eq!(origins("Việt", "t"), ["t"]);
        assert_eq!(origins("tế \u{A0}–  xã", "te-xa"), ["tế \u{A0}–  xã"]);
        assert_eq!(origins("a\u{AD}\u{301}b", "a"), ["a\u{AD}\u{301}"]);
        assert_eq!(origins("tỷ", "ti"), ["tỷ"]);
    }

    /// Folding one character must already give what folding that gives, or a
    /// key would depend on how often it went through.
    #[test]
    fn every_character_folds_once_and_for_all() {
        // Beyond these planes are no letters with case or parts.
        for c in ('\0'..'\u{20000}').chain('\u{2F800}'..'\u{2FA20}') {
            let text = String::from(c);
            for key in [fold, fold_marked] {
                let once = key(&text);
                assert_eq!(key(&once), once, "{c:?}");
            }
            assert_eq!(fold(&fold_marked(&text)), fold(&text), "{c:?}");
        }
    }

    #[test]
    fn composed_form() {
        assert_eq!(nfc("Vie\u{323}\u{302}t"), "Việt");
        assert!(is_nfc("Việt"));
        assert!(!is_nfc("Vie\u{323}\u{302}t"));
    }
}
