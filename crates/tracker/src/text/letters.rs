//! The one reading of a text that every key shares.
//!
//! A text is taken apart into base letters and the marks on them. On the way
//! case, look-alike letters, and the many spaces, dashes and quotes that word
//! processors put in are made one, so that search and order cannot disagree
//! about them.

use super::compose::{decompose, is_mark, lowercase};

/// The marks on one letter, as a set of bits. A set has no order, so the key
/// of a text does not depend on the order in which its marks were typed.
pub(super) type Marks = u16;

pub(super) const GRAVE: Marks = 1;
pub(super) const HOOK: Marks = 1 << 1;
pub(super) const TILDE: Marks = 1 << 2;
pub(super) const ACUTE: Marks = 1 << 3;
pub(super) const DOT: Marks = 1 << 4;
pub(super) const BREVE: Marks = 1 << 5;
pub(super) const CIRCUMFLEX: Marks = 1 << 6;
pub(super) const HORN: Marks = 1 << 7;
/// The bar of đ, which Unicode does not treat as a mark.
pub(super) const STROKE: Marks = 1 << 8;
/// Any mark that Vietnamese does not use.
pub(super) const OTHER: Marks = 1 << 9;
const TONES: Marks = GRAVE | HOOK | TILDE | ACUTE | DOT;

fn mark_bit(mark: char) -> Marks {
    match mark {
        '\u{300}' => GRAVE,
        '\u{309}' => HOOK,
        '\u{303}' => TILDE,
        '\u{301}' => ACUTE,
        '\u{323}' => DOT,
        '\u{306}' => BREVE,
        '\u{302}' => CIRCUMFLEX,
        '\u{31B}' => HORN,
        _ => OTHER,
    }
}

/// Whether a combining mark is one of the five written tones.
pub(super) fn is_tone(mark: char) -> bool {
    mark_bit(mark) & TONES != 0
}

/// What to do with the spaces around a hyphen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphens {
    /// "kinh tế - xã hội" and "kinh tế-xã hội" read alike, and so do runs of
    /// hyphens: for search.
    Tight,
    /// Spaces and hyphens stay as they are: for order.
    AsWritten,
}

/// One step of reading a text.
pub(super) enum Step {
    /// A lower-case base character; `upper` tells that it was written large.
    Base {
        /// The character: never a combining mark, any space as `' '`, any
        /// dash as `'-'`, any look-alike of đ as `'đ'`.
        ch: char,
        /// Whether the original was upper case.
        upper: bool,
    },
    /// A combining mark on the base character before it.
    Mark(char),
}

/// Reads `s` and hands each step, with the byte range of the original
/// character that it came from, to `emit`. Spaces are collapsed and trimmed.
pub(super) fn read(s: &str, hyphens: Hyphens, emit: impl FnMut(Step, usize, usize)) {
    let mut reader = Reader {
        emit,
        tight: hyphens == Hyphens::Tight,
        last: None,
        space: None,
    };
    for (start, c) in s.char_indices() {
        let end = start + c.len_utf8();
        if c.is_ascii() {
            reader.base(c.to_ascii_lowercase(), c.is_ascii_uppercase(), start, end);
            continue;
        }
        // Decomposed first and lower-cased second: then composed and
        // decomposed input take the same way.
        decompose(c, |part| {
            if is_mark(part) {
                reader.mark(part, start, end);
            } else {
                let small = lowercase(part);
                reader.base(small, small != part, start, end);
            }
        });
    }
}

struct Reader<F> {
    emit: F,
    tight: bool,
    /// The last base character emitted.
    last: Option<char>,
    /// Spaces seen and not emitted yet; those at the end never are.
    space: Option<(usize, usize)>,
}

impl<F: FnMut(Step, usize, usize)> Reader<F> {
    fn base(&mut self, raw: char, upper: bool, start: usize, end: usize) {
        let Some(ch) = unify(raw) else { return };
        if ch == ' ' {
            if self.last.is_some() {
                let from = self.space.map_or(start, |(from, _)| from);
                self.space = Some((from, end));
            }
            return;
        }
        let space = self.space.take();
        if self.tight && (ch == '-' || self.last == Some('-')) {
            if ch == '-' && self.last == Some('-') {
                return;
            }
        } else if let Some((from, to)) = space {
            let (ch, upper) = (' ', false);
            (self.emit)(Step::Base { ch, upper }, from, to);
        }
        (self.emit)(Step::Base { ch, upper }, start, end);
        self.last = Some(ch);
    }

    fn mark(&mut self, mark: char, start: usize, end: usize) {
        // A mark without a letter, at the start or after a space, says nothing.
        if self.last.is_some() && self.space.is_none() {
            (self.emit)(Step::Mark(mark), start, end);
        }
    }
}

/// One character for all those that a reader takes for the same; none for
/// invisible ones.
fn unify(c: char) -> Option<char> {
    if c.is_ascii_graphic() {
        return Some(c);
    }
    Some(match c {
        // The small forms of Ð (eth) and Ɖ (African D): fonts and old
        // converters put them where Đ belongs.
        'ð' | 'ɖ' => 'đ',
        '\u{2018}'..='\u{201B}' => '\'',
        '\u{201C}'..='\u{201F}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        // Soft hyphens, joiners, direction marks, byte order marks.
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => return None,
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' => return None,
        _ if c.is_whitespace() => ' ',
        _ => c,
    })
}

/// A base character with its marks and its place in the original.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// The base character, lower case and without marks; đ as `'d'`.
    pub(super) ch: char,
    /// The marks on it, with tones where the old style puts them.
    pub(super) marks: Marks,
    /// Whether the original was upper case.
    pub(super) upper: bool,
    /// First byte in the original.
    pub(super) start: usize,
    /// One past the last byte in the original, marks included.
    pub(super) end: usize,
}

/// Reads `s` into cells.
pub(super) fn cells(s: &str, hyphens: Hyphens) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::with_capacity(s.len());
    read(s, hyphens, |step, start, end| match step {
        Step::Base { ch, upper } => {
            let (ch, marks) = if ch == 'đ' { ('d', STROKE) } else { (ch, 0) };
            cells.push(Cell {
                ch,
                marks,
                upper,
                start,
                end,
            });
        }
        Step::Mark(mark) => {
            if let Some(cell) = cells.last_mut() {
                cell.marks |= mark_bit(mark);
                cell.end = end;
            }
        }
    });
    words(&mut cells).for_each(settle_tone);
    cells
}

/// The runs of letters and digits among cells, and single cells between them.
/// Vietnamese writes every syllable apart, so a run is a syllable.
pub(super) fn words(cells: &mut [Cell]) -> impl Iterator<Item = &mut [Cell]> {
    cells.chunk_by_mut(|a, b| a.ch.is_alphanumeric() && b.ch.is_alphanumeric())
}

/// Moves the tone of an open syllable in oa, oe, uy from the second vowel
/// (hoà, the new style) to the first (hòa, the old style, which the documents
/// use).
fn settle_tone(word: &mut [Cell]) {
    let [before @ .., first, second] = word else {
        return;
    };
    let before = before.last().map(|cell| cell.ch);
    let one_tone = second.marks & TONES == second.marks && second.marks.count_ones() == 1;
    if first.marks == 0 && one_tone && tone_moves(before, first.ch, second.ch) {
        first.marks = second.marks;
        second.marks = 0;
    }
}

/// Whether the two tone styles differ for a syllable that ends in the vowels
/// `first` and `second` and has `before` in front of them. In quý the u
/// belongs to the consonant, and a third vowel makes another kind of syllable.
pub(super) fn tone_moves(before: Option<char>, first: char, second: char) -> bool {
    matches!((first, second), ('o', 'a' | 'e') | ('u', 'y'))
        && !matches!(before, Some('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q'))
}

/// Whether a syllable made of `consonant` and a bare y may also be written
/// with i: hy/hi, kỹ/kĩ, lý/lí, mỹ/mĩ, sỹ/sĩ, tỷ/tỉ.
pub(super) fn takes_y_or_i(consonant: char) -> bool {
    matches!(consonant, 'h' | 'k' | 'l' | 'm' | 's' | 't')
}
