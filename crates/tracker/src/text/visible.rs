//! Texts of other people, shown as they are: what cannot be seen is made visible, what is absurdly
//! long is cut.
//!
//! A character that draws nothing can still turn a line around, hide a word from a search or make two
//! names look alike. [`visible`] writes such a character as its code point, `⟨U+202E⟩`; whether a text
//! has any is [`is_plain`]. Vietnamese, composed or decomposed, has none.

use std::borrow::Cow;

/// Ranges of characters that draw nothing, ascending, both ends included: controls, format characters,
/// the default ignorable code points of Unicode, separators of lines and paragraphs, tags. Tab and line
/// feed are layout and no such characters.
const HIDDEN: [(u32, u32); 24] = [
    (0x0, 0x8),
    (0xb, 0x1f),
    (0x7f, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x13430, 0x13455),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

/// Ranges of marks that are drawn on the letter before them, of the scripts whose marks pile up.
const MARKS: [(u32, u32); 13] = [
    (0x300, 0x34e),
    (0x350, 0x36f),
    (0x483, 0x489),
    (0x591, 0x5bd),
    (0x610, 0x61a),
    (0x64b, 0x65f),
    (0xe31, 0xe31),
    (0xe34, 0xe3a),
    (0xe47, 0xe4e),
    (0x1ab0, 0x1aff),
    (0x1dc0, 0x1dff),
    (0x20d0, 0x20ff),
    (0xfe20, 0xfe2f),
];

/// Ranges of letters that run from right to left.
const LEFTWARD: [(u32, u32); 5] = [
    (0x590, 0x8ff),
    (0xfb1d, 0xfdff),
    (0xfe70, 0xfefc),
    (0x10800, 0x10fff),
    (0x1e800, 0x1efff),
];

/// How many marks a letter may bear. Decomposed Vietnamese has two.
const MAX_MARKS: u32 = 4;

/// The isolates that [`visible`] puts around a text with letters from right to left.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

fn is_in(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// Walks over a text and says of each character whether it is to be written as its code point.
struct Walk {
    /// How many marks stand on the letter so far; too many where there is no letter.
    marks: u32,
    /// The character before, as far as one form selector may follow it.
    selectable: bool,
}

impl Walk {
    const START: Walk = Walk {
        marks: MAX_MARKS,
        selectable: false,
    };

    fn hides(&mut self, c: char) -> bool {
        if matches!(c, '\n' | '\t') {
            *self = Walk::START;
            return false;
        }
        if (' '..='~').contains(&c) {
            self.marks = 0;
            self.selectable = true;
            return false;
        }
        // One selector chooses between text and picture, as in "❤️"; more of them only carry bits.
        if matches!(c, '\u{fe0e}' | '\u{fe0f}') && self.selectable {
            self.selectable = false;
            return false;
        }
        self.selectable = false;
        if is_in(&HIDDEN, c) {
            return true;
        }
        if is_in(&MARKS, c) {
            self.marks = (self.marks + 1).min(MAX_MARKS + 1);
            return self.marks > MAX_MARKS;
        }
        self.marks = 0;
        self.selectable = true;
        false
    }
}

/// Whether a text shows all that it holds.
pub fn is_plain(text: &str) -> bool {
    let mut walk = Walk::START;
    !text.chars().any(|c| walk.hides(c))
}

/// A text with what draws nothing written as code points, and with letters that run from right to left
/// kept from turning round what stands beside them. A text that needs neither is lent as it is.
pub fn visible(text: &str) -> Cow<'_, str> {
    let leftward = text.chars().any(|c| is_in(&LEFTWARD, c));
    if !leftward && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut walk = Walk::START;
    if leftward {
        shown.push(ISOLATE.0);
    }
    for c in text.chars() {
        if walk.hides(c) {
            write_code_point(&mut shown, c);
        } else {
            shown.push(c);
        }
    }
    if leftward {
        shown.push(ISOLATE.1);
    }
    Cow::Owned(shown)
}

/// Appends `⟨U+202E⟩`: at least four upper-case hex digits.
fn write_code_point(out: &mut String, c: char) {
    out.push_str("⟨U+");
    let code = u32::from(c);
    let digits = (32 - code.leading_zeros()).div_ceil(4).max(4);
    for place in (0..digits).rev() {
        let digit = (code >> (4 * place)) & 0xf;
        let letter = char::from_digit(digit, 16).unwrap_or('0');
        out.push(letter.to_ascii_uppercase());
    }
    out.push('⟩');
}

/// Where to cut a text that is longer than `limit` characters: the bytes that stay, and how many
/// characters follow them. A letter keeps its marks. `None` for a text that is short enough.
pub fn cut(text: &str, limit: usize) -> Option<(usize, usize)> {
    if text.len() <= limit {
        return None;
    }
    let mut places = text.char_indices().skip(limit).peekable();
    // Marks beyond the limit still belong to its last letter, as far as a letter may bear them.
    for _ in 0..MAX_MARKS {
        if places.next_if(|(_, c)| is_in(&MARKS, *c)).is_none() {
            break;
        }
    }
    let (at, _) = *places.peek()?;
    Some((at, places.count()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn shown(text: &str, expected: &str) {
        assert_eq!(visible(text), expected);
        assert_eq!(is_plain(text), !expected.contains('⟨'), "{text:?}");
    }

    #[test]
    fn plain_text_is_lent_as_it_is() {
        for text in [
            "",
            "Bộ Công an",
            "Đã cấp 48 triệu tài khoản,\n\tcòn 2.",
            // The same decomposed.
            "Bo\u{323}\u{302} Co\u{302}ng an",
            "Thu\u{31b}\u{301} tu\u{31b}\u{301}ng",
            "„Kết luận số 0723“ – 89,5% ✓ ❤\u{fe0f} ☎\u{fe0e} 1\u{fe0f}",
            "中文 한국어 ไทย ประเทศไทย Ελλάδα Київ",
            "<script>alert(1)</script> =1+1 __proto__",
        ] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text:?}");
            shown(text, text);
        }
    }

    #[test]
    fn what_draws_nothing_is_written_as_its_code_point() {
        shown("a\u{202e}b", "a⟨U+202E⟩b");
        shown("a\0b", "a⟨U+0000⟩b");
        shown("a\u{200b}\u{200d}\u{feff}b", "a⟨U+200B⟩⟨U+200D⟩⟨U+FEFF⟩b");
        shown("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩");
        shown("a\u{e0041}b", "a⟨U+E0041⟩b");
        shown("a\u{85}\u{2028}b\r\n", "a⟨U+0085⟩⟨U+2028⟩b⟨U+000D⟩\n");
        shown("gov\u{ad}.vn", "gov⟨U+00AD⟩.vn");
        shown("x\u{1b}[31m", "x⟨U+001B⟩[31m");
        shown("\u{3164}\u{115f}", "⟨U+3164⟩⟨U+115F⟩");
    }

    #[test]
    fn one_selector_of_form_is_a_picture_and_more_are_a_message() {
        shown("❤\u{fe0f}", "❤\u{fe0f}");
        shown("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}⟨U+FE0F⟩");
        shown("a\u{fe00}\u{e0101}", "a⟨U+FE00⟩⟨U+E0101⟩");
        shown("\u{fe0f}", "⟨U+FE0F⟩");
        shown("\n\u{fe0f}", "\n⟨U+FE0F⟩");
    }

    #[test]
    fn marks_without_a_letter_or_without_end_are_written_out() {
        shown("\u{301}a", "⟨U+0301⟩a");
        shown("x\n\u{301}", "x\n⟨U+0301⟩");
        shown(
            "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}x\u{301}",
            "e\u{301}\u{301}\u{301}\u{301}⟨U+0301⟩⟨U+0301⟩x\u{301}",
        );
        let flood = ["a", &"\u{337}".repeat(3000)].concat();
        assert_eq!(visible(&flood).matches('⟨').count(), 2996);
    }

    #[test]
    fn letters_from_right_to_left_turn_nothing_else_round() {
        assert_eq!(visible("שלום (1)"), "\u{2068}שלום (1)\u{2069}");
        assert_eq!(visible("\u{2069}ש"), "\u{2068}⟨U+2069⟩ש\u{2069}");
        assert!(is_plain("שלום"));
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(cut("abc", 3), None);
        assert_eq!(cut("abcd", 3), Some((3, 1)));
        assert_eq!(cut("tiến độ", 7), None);
        assert_eq!(cut("tiến độ", 3), Some((5, 4)));
        // "ế" decomposed ends behind its marks; a flood of them ends all the same.
        assert_eq!(cut("tie\u{302}\u{301}n", 3), Some((7, 1)));
        assert_eq!(cut("tie\u{302}\u{301}", 3), None);
        let flood = ["a", &"\u{301}".repeat(100)].concat();
        assert_eq!(cut(&flood, 1), Some((9, 96)));
    }

    proptest! {
        #[test]
        fn nothing_that_is_shown_draws_nothing(text in any::<String>()) {
            let shown = visible(&text);
            let inner = shown.strip_prefix('\u{2068}').and_then(|s| s.strip_suffix('\u{2069}'));
            prop_assert!(is_plain(inner.unwrap_or(&shown)));
            // No word is lost: without the code points, what is left stands in the text in order.
            let mut rest = text.chars();
            let mut code = false;
            for c in inner.unwrap_or(&shown).chars().filter(|c| {
                let skipped = code || *c == '⟨';
                code = (code || *c == '⟨') && *c != '⟩';
                !skipped
            }) {
                prop_assert!(rest.any(|other| other == c));
            }
        }

        #[test]
        fn hidden_characters_between_letters_are_all_told(
            parts in prop::collection::vec(("[a-zđăâ ]{1,5}", prop::sample::select(
                vec!['\u{202e}', '\u{200b}', '\0', '\u{2067}', '\u{e0061}', '\u{feff}'])), 1..20)
        ) {
            let text: String = parts.iter().map(|(word, c)| format!("{word}{c}")).collect();
            let expected: String =
                parts.iter().map(|(word, c)| format!("{word}⟨U+{:04X}⟩", u32::from(*c))).collect();
            prop_assert_eq!(visible(&text), expected);
        }

        #[test]
        fn a_cut_loses_nothing(text in any::<String>(), limit in 0usize..40) {
            match cut(&text, limit) {
                None => prop_assert!(text.chars().count() <= limit + MAX_MARKS as usize),
                Some((at, left)) => {
                    prop_assert!(text[..at].chars().count() >= limit);
                    prop_assert_eq!(text[at..].chars().count(), left);
                    prop_assert!(left > 0);
                }
            }
        }
    }
}
