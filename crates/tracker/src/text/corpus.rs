//! A [`Haystack`](super::Haystack) is searched letter by letter. Of a hundred
//! thousand tasks that takes a fifth of a second for every key that is pressed,
//! although they are all made of the same few thousand words. Here a word is
//! kept and searched once, and knows the texts that have it. What many things
//! have in common, such as the name of an agency, is one text.
//!
//! The scores are those of [`Needle::score`](super::Needle::score).

use super::fold::y_to_i;
use super::letters::{Cell, Hyphens, cells};
use super::search::{Needle, weighed, worth};
use super::term::{Term, Text};

/// Between two fields of a text.
const FIELD_END: u32 = u32::MAX;

/// Between two words of the table, so that no term is found across them.
const WORD_END: char = '\n';

/// Bits for the weight of the field that a word stands in.
const WEIGHT_BITS: u32 = 4;
const WEIGHT: u32 = (1 << WEIGHT_BITS) - 1;

/// The searchable texts of many things.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Every word once, one after the other, as it is searched.
    words: Text,
    /// Where each word ends there, and how it is written.
    spelled: Vec<(u32, Box<str>)>,
    /// A hash table: numbers of words plus one, 0 where there is none. Its size
    /// is a power of two.
    places: Vec<u32>,
    /// The words of all texts in their order, each with its weight.
    entries: Vec<u32>,
    /// Where the entries of each text end.
    ends: Vec<u32>,
    /// Of each thing the number of its own text, and where the numbers of those
    /// that it shares end.
    things: Vec<(u32, u32)>,
    shared: Vec<u32>,
    /// Of each word the texts that have it, with the weight: from where to where.
    /// Made when the last thing is in.
    found_from: Vec<u32>,
    found: Vec<u32>,
}

impl Corpus {
    /// Prepares fields, each with how much a match in it counts, up to 15; the
    /// number by which things name the text.
    pub fn share(&mut self, fields: &[(u8, &str)]) -> u32 {
        for (weight, field) in fields {
            let weight = u32::from((*weight).max(1));
            if stand_alone(field) {
                for word in field.split(' ').filter(|word| !word.is_empty()) {
                    let number = self.number(word, None);
                    self.entries.push(number << WEIGHT_BITS | weight);
                }
            } else {
                let mut cells = cells(field, Hyphens::Tight);
                y_to_i(&mut cells);
                for word in cells.split(|cell| cell.ch == ' ') {
                    if let (Some(first), Some(last)) = (word.first(), word.last()) {
                        let written = field.get(first.start..last.end).unwrap_or_default();
                        let number = self.number(written, Some(word));
                        self.entries.push(number << WEIGHT_BITS | weight);
                    }
                }
            }
            self.entries.push(FIELD_END);
        }
        self.ends.push(self.entries.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// Prepares the next thing: its own fields, and the numbers of the texts
    /// that it shares.
    pub fn add(&mut self, fields: &[(u8, &str)], shared: &[u32]) {
        let own = self.share(fields);
        self.shared.extend(shared);
        self.things.push((own, self.shared.len() as u32));
    }

    /// Says that this was the last thing.
    #[must_use]
    pub fn whole(mut self) -> Corpus {
        let words = self.spelled.len();
        let mut from = vec![0_u32; words + 1];
        for entry in self.entries.iter().filter(|entry| **entry != FIELD_END) {
            from[(entry >> WEIGHT_BITS) as usize + 1] += 1;
        }
        for word in 0..words {
            from[word + 1] += from[word];
        }
        let mut next = from.clone();
        let mut found = vec![0; from[words] as usize];
        for text in 0..self.ends.len() {
            for entry in self.entries_of(text).iter().filter(|e| **e != FIELD_END) {
                let at = &mut next[(entry >> WEIGHT_BITS) as usize];
                found[*at as usize] = (text as u32) << WEIGHT_BITS | (entry & WEIGHT);
                *at += 1;
            }
        }
        self.found_from = from;
        self.found = found;
        self.places = Vec::new();
        self
    }

    fn entries_of(&self, text: usize) -> &[u32] {
        let from = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[from as usize..self.ends[text] as usize]
    }

    /// The number of a word, which is read if it is new.
    fn number(&mut self, written: &str, read: Option<&[Cell]>) -> u32 {
        if self.spelled.len() * 2 >= self.places.len() {
            self.grow();
        }
        let at = self.place(written);
        if self.places[at] == 0 {
            match read {
                Some(word) => self.words.push(word),
                None => {
                    let mut cells = cells(written, Hyphens::Tight);
                    y_to_i(&mut cells);
                    self.words.push(&cells);
                }
            }
            let end = self.words.folded.len() as u32;
            self.spelled.push((end, written.into()));
            self.words.folded.push(WORD_END);
            self.words.marks.push(0);
            self.places[at] = self.spelled.len() as u32;
        }
        self.places[at] - 1
    }

    /// Where a word is in the table, or belongs.
    fn place(&self, word: &str) -> usize {
        let mask = self.places.len() - 1;
        let mut hash = 0_u32;
        for byte in word.bytes() {
            hash = (hash.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9E37_79B9);
        }
        let mut at = (hash >> 7) as usize & mask;
        while self.places[at] != 0 && *self.spelled[self.places[at] as usize - 1].1 != *word {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.places = vec![0; (self.places.len() * 2).max(64)];
        for number in 0..self.spelled.len() {
            let at = self.place(&self.spelled[number].1);
            self.places[at] = number as u32 + 1;
        }
    }
}

/// Whether every word of a field reads alike by itself: plain Latin letters and
/// no hyphen that could swallow a space.
fn stand_alone(field: &str) -> bool {
    let mut before = ' ';
    for c in field.chars().chain([' ']) {
        let plain = c == ' '
            || c.is_ascii_graphic()
            || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1EA0}'..='\u{1EF9}');
        if !plain || (c == '-' && before == ' ') || (c == ' ' && before == '-') {
            return false;
        }
        before = c;
    }
    true
}

/// A needle, made ready for one corpus.
#[derive(Debug)]
pub struct Search<'a> {
    corpus: &'a Corpus,
    /// Of each term the best score in each text.
    terms: Vec<Vec<u32>>,
}

impl Needle {
    /// Makes the needle ready for a corpus that is whole.
    pub fn search<'a>(&self, corpus: &'a Corpus) -> Search<'a> {
        let terms = self.terms().iter().map(|term| corpus.look_for(term));
        Search {
            corpus,
            terms: terms.collect(),
        }
    }
}

impl Corpus {
    /// How well each text has a term.
    fn look_for(&self, term: &Term) -> Vec<u32> {
        let first = term.first_word();
        let word_term = first.as_ref().unwrap_or(term);
        let mut scores = vec![0; self.ends.len()];
        // Words with the term, and how much it is worth in each.
        let mut words: Vec<(usize, u32)> = Vec::new();
        word_term.hits(&self.words, |hit| {
            let at = hit.range.start;
            let word = self
                .spelled
                .partition_point(|(end, _)| (*end as usize) <= at);
            let worth = worth(word_term, &hit);
            match words.last_mut() {
                Some((last, best)) if *last == word => *best = (*best).max(worth),
                _ => words.push((word, worth)),
            }
            true
        });
        for (word, worth) in words {
            let (from, to) = (self.found_from[word], self.found_from[word + 1]);
            for &place in &self.found[from as usize..to as usize] {
                let score = &mut scores[(place >> WEIGHT_BITS) as usize];
                *score = (*score).max(weighed(worth, place & WEIGHT));
            }
        }
        if first.is_some() {
            // Where the first word is, the whole phrase may be.
            for (text, score) in scores.iter_mut().enumerate() {
                if *score > 0 {
                    *score = self.phrase(term, text);
                }
            }
        }
        scores
    }

    /// How well a text has a phrase.
    fn phrase(&self, term: &Term, text: usize) -> u32 {
        let mut best = 0;
        for field in self.entries_of(text).split(|entry| *entry == FIELD_END) {
            let mut words = Text::default();
            for entry in field {
                let number = (entry >> WEIGHT_BITS) as usize;
                let from = number
                    .checked_sub(1)
                    .map_or(0, |n| self.spelled[n].0 as usize + 1);
                words.join(&self.words, from..self.spelled[number].0 as usize);
            }
            let weight = field.first().map_or(0, |entry| entry & WEIGHT);
            term.hits(&words, |hit| {
                best = best.max(weighed(worth(term, &hit), weight));
                true
            });
        }
        best
    }
}

impl Search<'_> {
    /// How well the thing with this number matches, as [`Needle::score`] says.
    pub fn score(&self, thing: usize) -> Option<u32> {
        let (own, to) = *self.corpus.things.get(thing)?;
        let from = thing
            .checked_sub(1)
            .map_or(0, |before| self.corpus.things[before].1);
        let shared = &self.corpus.shared[from as usize..to as usize];
        let mut sum: u32 = 0;
        for scores in &self.terms {
            let mut best = scores[own as usize];
            for &text in shared {
                best = best.max(scores[text as usize]);
            }
            if best == 0 {
                return None;
            }
            sum = sum.saturating_add(best);
        }
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::text::Haystack;

    const PIECES: &[&str] = &[
        "định",
        "danh",
        "đinh",
        "kỹ",
        "ky",
        "KYC",
        "tỷ lệ",
        "y tế",
        "05/CT-TTg",
        "kinh tế - xã hội",
        "tế–xã",
        " ",
        " ",
        " ",
        "-",
        " - ",
        "\"",
        "\u{A0}",
        "\u{200B}",
        "\u{301}",
        "an",
        "Công an",
        "toàn",
        "a",
        "\n",
        "“",
        "VNeID",
        "(số",
        "12",
        ",",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => vec(select(PIECES), 0..10).prop_map(|pieces| pieces.concat()),
            1 => any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn a_corpus_scores_as_its_haystacks_do(
            things in vec((vec((1_u8..10, text()), 0..4), vec((1_u8..10, text()), 0..3)), 1..5),
            query in text(),
        ) {
            let mut corpus = Corpus::default();
            let mut haystacks = Vec::new();
            for (own, shared) in &things {
                fn borrow(fields: &[(u8, String)]) -> Vec<(u8, &str)> {
                    fields.iter().map(|(weight, text)| (*weight, text.as_str())).collect()
                }
                let (own, shared) = (borrow(own), borrow(shared));
                let number = corpus.share(&shared);
                corpus.add(&own, &[number]);
                haystacks.push(Haystack::new(&[own, shared].concat()));
            }
            let corpus = corpus.whole();
            let needle = Needle::new(&query);
            let search = needle.search(&corpus);
            for (thing, haystack) in haystacks.iter().enumerate() {
                prop_assert_eq!(search.score(thing), needle.score(haystack));
            }
        }
    }

    #[test]
    fn words_are_kept_once() {
        let mut corpus = Corpus::default();
        let agency = corpus.share(&[(5, "Bộ Công an")]);
        for number in 0..1000 {
            corpus.add(
                &[(8, "Định danh điện tử"), (4, &format!("số {number}"))],
                &[agency],
            );
        }
        let corpus = corpus.whole();
        assert_eq!(corpus.spelled.len(), 3 + 4 + 1 + 1000);
        let found = |query: &str| {
            let needle = Needle::new(query);
            let search = needle.search(&corpus);
            (0..1001)
                .filter(|thing| search.score(*thing).is_some())
                .count()
        };
        assert_eq!(found("\"dien tu\" cong"), 1000);
        assert_eq!(found("\"danh tu\""), 0);
        assert_eq!(found("999 danh"), 1);
        assert_eq!(found(""), 1000);
    }
}
