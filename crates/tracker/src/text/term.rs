//! One word or phrase of a query, and where a text has it.

use std::ops::Range;

use super::fold::y_to_i;
use super::letters::{Cell, Hyphens, Marks, cells};

// How good an occurrence is: the sum of what holds for it.
const FOUND: u32 = 1;
const EXACT: u32 = 2;
const WHOLE_WORD: u32 = 1;
const WORD_START: u32 = 4;
/// The quality that no occurrence exceeds.
pub(super) const BEST: u32 = FOUND + EXACT + WHOLE_WORD + WORD_START;

/// A folded text with the marks that folding took off, byte by byte.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Text {
    pub(super) folded: String,
    pub(super) marks: Vec<Marks>,
}

impl Text {
    /// Appends a text that has been read and, if it is to be, rewritten.
    pub(super) fn push(&mut self, cells: &[Cell]) {
        for cell in cells {
            self.folded.push(cell.ch);
            self.marks.resize(self.folded.len(), cell.marks);
        }
    }

    /// Appends a part of a text as the next word.
    pub(super) fn join(&mut self, text: &Text, part: Range<usize>) {
        if !self.folded.is_empty() {
            self.folded.push(' ');
            self.marks.push(0);
        }
        self.folded
            .push_str(text.folded.get(part.clone()).unwrap_or_default());
        self.marks.extend(text.marks.get(part).unwrap_or_default());
    }

    /// Whether a letter or digit follows byte `at`.
    fn word_goes_on(&self, at: usize) -> bool {
        let next = self.folded.get(at..).and_then(|s| s.chars().next());
        next.is_some_and(char::is_alphanumeric)
    }

    /// Whether a letter or digit comes right before byte `at`.
    fn in_word(&self, at: usize) -> bool {
        let before = self.folded.get(..at).and_then(|s| s.chars().next_back());
        before.is_some_and(char::is_alphanumeric)
    }
}

/// One word or quoted phrase that must be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Term {
    text: Text,
    /// The term before its final y became i, when it did. Whoever types "ky"
    /// may mean kỹ, folded to ki, or be on the way to "KYC", which keeps its y;
    /// but not kinh.
    with_y: Option<String>,
    /// Whether it was typed with diacritics.
    pub(super) marked: bool,
}

/// One place where a term was found.
pub(super) struct Hit {
    /// Where, in bytes of the folded text.
    pub(super) range: Range<usize>,
    /// Whether a word starts here.
    pub(super) word_start: bool,
    /// Whether a word ends here too.
    whole_word: bool,
    /// Whether the diacritics are the same.
    pub(super) exact: bool,
}

impl Hit {
    /// How good the hit is, from 1 to [`BEST`].
    pub(super) fn quality(&self) -> u32 {
        FOUND
            + EXACT * u32::from(self.exact)
            + WHOLE_WORD * u32::from(self.whole_word)
            + WORD_START * u32::from(self.word_start)
    }
}

impl Term {
    /// Reads one word or phrase; none if it has no letter or digit.
    pub(super) fn new(typed: &str) -> Option<Term> {
        let mut cells = cells(typed, Hyphens::Tight);
        let wordlike = |cell: &Cell| cell.ch.is_alphanumeric();
        let first = cells.iter().position(wordlike)?;
        let last = cells.iter().rposition(wordlike)?;
        cells.truncate(last + 1);
        cells.drain(..first);
        let raw: String = cells.iter().map(|cell| cell.ch).collect();
        y_to_i(&mut cells);
        let mut text = Text::default();
        text.push(&cells);
        let ends_in_y = raw.ends_with('y') && text.folded.ends_with('i');
        let with_y = ends_in_y.then(|| {
            let mut with_y = text.folded.clone();
            with_y.pop();
            with_y.push('y');
            with_y
        });
        let marked = text.marks.iter().any(|&marks| marks != 0);
        Some(Term {
            text,
            with_y,
            marked,
        })
    }

    /// The first word of a phrase, for finding where it may be; `None` for a
    /// term that is one word.
    pub(super) fn first_word(&self) -> Option<Term> {
        let (first, _) = self.text.folded.split_once(' ')?;
        Some(Term {
            text: Text {
                folded: first.to_owned(),
                marks: Vec::new(),
            },
            with_y: None,
            marked: false,
        })
    }

    /// Calls `found` with the hits in `text`, spelling by spelling, each from
    /// the start until it returns false.
    pub(super) fn hits(&self, text: &Text, mut found: impl FnMut(Hit) -> bool) {
        let folded = (self.text.folded.as_str(), self.with_y.is_some());
        let spelled = self.with_y.as_deref().map(|with_y| (with_y, false));
        for (needle, whole_only) in [Some(folded), spelled].into_iter().flatten() {
            // Occurrences may overlap, and the later one may be the better.
            let step = needle.chars().next().map_or(1, char::len_utf8);
            let mut from = 0;
            while let Some(at) = text.folded.get(from..).and_then(|s| s.find(needle)) {
                let range = from + at..from + at + needle.len();
                from = range.start + step;
                let whole_end = !text.word_goes_on(range.end);
                // The i of a term that ends in y is a syllable's bare y only
                // where its two letters are a whole word.
                let syllable = range.end.saturating_sub(2);
                if whole_only && (!whole_end || text.in_word(syllable)) {
                    continue;
                }
                let word_start = !text.in_word(range.start);
                let marks = text.marks.get(range.clone());
                let hit = Hit {
                    range,
                    word_start,
                    whole_word: word_start && whole_end,
                    exact: marks == Some(self.text.marks.as_slice()),
                };
                if !found(hit) {
                    break;
                }
            }
        }
    }
}
