//! Searching prepared texts for what a person typed.

use std::ops::Range;

use super::fold::y_to_i;
use super::letters::{Cell, Hyphens, cells};
use super::term::{BEST, Hit, Term, Text};
use crate::sorting::positions;

/// What a term typed with diacritics gains where a word is spelled the same: more than any
/// field weighs, so that what was meant to the letter comes first.
const SAME: u32 = 1 << 16;

/// Between the fields of a haystack. Folding turns it into a space, so no term
/// contains it and none is found across two fields.
const FIELD_END: char = '\n';

/// The texts of one thing that can be found, prepared once and searched often.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Haystack {
    text: Text,
    /// Where each field ends in the folded text, and its weight; the heaviest
    /// come first, so that a search can stop early.
    fields: Vec<(usize, u8)>,
}

impl Haystack {
    /// Prepares fields, each with how much a match in it counts. The weight 0
    /// counts as 1.
    pub fn new(fields: &[(u8, &str)]) -> Haystack {
        let mut text = Text::default();
        let mut ends = Vec::with_capacity(fields.len());
        let heaviest_first = positions(fields.len(), &mut |a, b| fields[b].0.cmp(&fields[a].0));
        for at in heaviest_first {
            let (weight, field) = fields[at];
            let mut cells = cells(field, Hyphens::Tight);
            y_to_i(&mut cells);
            text.push(&cells);
            ends.push((text.folded.len(), weight.max(1)));
            text.folded.push(FIELD_END);
            text.marks.push(0);
        }
        Haystack { text, fields: ends }
    }

    fn weight(&self, at: usize) -> u32 {
        let field = self.fields.partition_point(|&(end, _)| end <= at);
        self.fields
            .get(field)
            .map_or(1, |&(_, weight)| weight.into())
    }
}

/// What a person typed into a search box: words, and phrases in double quotes,
/// all of which must be found, in any order and in any field.
///
/// Diacritics are optional: "dinh danh" finds "định danh". Typed ones are not
/// ignored either: "định" finds "đinh" too but ranks it lower. Punctuation
/// around a word is dropped; inside, as in `05/CT-TTg`, it counts. A quote that
/// is not closed runs to the end, so a phrase is searched while being typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Needle {
    terms: Vec<Term>,
}

impl Needle {
    /// Reads a query.
    pub fn new(query: &str) -> Needle {
        let mut terms = Vec::new();
        let mut add = |typed: &str| {
            if let Some(term) = Term::new(typed)
                && !terms.contains(&term)
            {
                terms.push(term);
            }
        };
        // Text outside and inside of quotes takes turns.
        for (turn, part) in query.split(is_double_quote).enumerate() {
            if turn % 2 == 0 {
                part.split_whitespace().for_each(&mut add);
            } else {
                add(part);
            }
        }
        Needle { terms }
    }

    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether nothing is asked for, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How well `haystack` matches: greater is better, `None` when a term is
    /// missing, 0 when the needle is empty.
    ///
    /// For each term the best place counts, times the weight of its field: the
    /// start of a word is better than the inside of one, then the same
    /// diacritics are better than others, and last a whole word is better than
    /// its beginning. A term typed with diacritics ranks whoever has a word
    /// spelled that way, in any field, before all who have not. Scores compare
    /// only for the same needle.
    pub fn score(&self, haystack: &Haystack) -> Option<u32> {
        let mut sum: u32 = 0;
        for term in &self.terms {
            let mut best = 0;
            term.hits(&haystack.text, |hit| {
                let weight = haystack.weight(hit.range.start);
                best = best.max(weighed(worth(term, &hit), weight));
                // From here on weights only fall.
                best % SAME < BEST * weight || (term.marked && best < SAME)
            });
            if best == 0 {
                return None;
            }
            sum = sum.saturating_add(best);
        }
        Some(sum)
    }

    /// The byte ranges of `original` to mark as found: sorted, apart from each
    /// other, on character boundaries, never between a letter and its marks.
    ///
    /// Of each term the places worth a look are marked: inside of words only
    /// when no word starts with it, and for a term typed with diacritics the
    /// same diacritics only, if there are any such. An original that lacks a
    /// term still shows the others, since they may be in different fields.
    pub fn marks(&self, original: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut cells = cells(original, Hyphens::Tight);
        y_to_i(&mut cells);
        let mut text = Text::default();
        text.push(&cells);
        let spans = spans(&cells);

        let mut marks: Vec<Range<usize>> = Vec::new();
        for term in &self.terms {
            let tier = |hit: &Hit| (hit.word_start, term.marked && hit.exact);
            let mut hits = Vec::new();
            term.hits(&text, |hit| {
                hits.push(hit);
                true
            });
            let best = hits.iter().map(tier).max();
            let shown = hits.iter().filter(|hit| Some(tier(hit)) == best);
            marks.extend(shown.filter_map(|hit| {
                let (start, _) = spans.get(hit.range.start)?;
                let (_, end) = spans.get(hit.range.end.checked_sub(1)?)?;
                Some(*start..*end)
            }));
        }
        merge(marks)
    }
}

/// What a hit is worth in a field of weight 1.
pub(super) fn worth(term: &Term, hit: &Hit) -> u32 {
    let same = term.marked && hit.exact && hit.word_start;
    hit.quality() + SAME * u32::from(same)
}

/// What is [`worth`] so much in a field of weight 1, in one of this weight.
pub(super) fn weighed(worth: u32, weight: u32) -> u32 {
    worth - worth % SAME + worth % SAME * weight
}

/// For each byte of the folded cells, the byte range of the original.
fn spans(cells: &[Cell]) -> Vec<(usize, usize)> {
    let bytes = |cell: &Cell| std::iter::repeat_n((cell.start, cell.end), cell.ch.len_utf8());
    cells.iter().flat_map(bytes).collect()
}

/// Sorts ranges and joins those that overlap or touch.
fn merge(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let order = positions(ranges.len(), &mut |a, b| {
        let (a, b) = (&ranges[a], &ranges[b]);
        a.start.cmp(&b.start).then(a.end.cmp(&b.end))
    });
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for at in order {
        let range = &ranges[at];
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range.clone()),
        }
    }
    merged
}

fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}'..='\u{201F}' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(query: &str, text: &str) -> Option<u32> {
        Needle::new(query).score(&Haystack::new(&[(1, text)]))
    }

    #[track_caller]
    fn finds(cases: &[(&str, &str, bool)]) {
        for (query, text, want) in cases {
            assert_eq!(score(query, text).is_some(), *want, "{query} in {text}");
        }
    }

    /// Checks that each text scores higher than the next.
    #[track_caller]
    fn ranks(query: &str, texts: &[&str]) {
        let scores: Vec<_> = texts.iter().map(|text| score(query, text)).collect();
        assert!(scores.iter().all(Option::is_some), "{scores:?}");
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    /// Checks the marked parts of a text, given in brackets.
    #[track_caller]
    fn marks(query: &str, bracketed: &str) {
        let original = bracketed.replace(['[', ']'], "");
        let mut shown = String::new();
        let mut at = 0;
        for Range { start, end } in Needle::new(query).marks(&original) {
            shown += &format!("{}[{}]", &original[at..start], &original[start..end]);
            at = end;
        }
        shown += &original[at..];
        assert_eq!(shown, bracketed, "{query}");
    }

    #[test]
    fn words_match_without_diacritics() {
        finds(&[
            ("dinh danh", "Định danh điện tử", true),
            ("DINH DANH", "Định danh điện tử", true),
            ("điện đinh", "Định danh điện tử", true),
            ("uy ban", "Uỷ ban nhân dân", true),
            ("uỷ ban", "Ủy ban nhân dân", true),
            ("dân cư", "dan cu", true),
            ("danh bạ", "Định danh điện tử", false),
            ("danhdien", "Định danh điện tử", false),
            ("Ðồng", "Đồng Nai", true),
        ]);
    }

    #[test]
    fn phrases_match_in_a_row() {
        finds(&[
            ("\"dinh danh\"", "Định danh điện tử", true),
            ("\"danh dinh\"", "Định danh điện tử", false),
            ("danh dinh", "Định danh điện tử", true),
            ("“danh điện” định", "Định danh điện tử", true),
            ("\"danh di", "Định danh điện tử", true),
            ("\"kinh te - xa hoi\"", "kinh tế–xã hội", true),
        ]);
        let fields = Haystack::new(&[(1, "định"), (1, "danh")]);
        assert!(Needle::new("định danh").score(&fields).is_some());
        assert!(Needle::new("\"định danh\"").score(&fields).is_none());
    }

    #[test]
    fn punctuation_counts_inside_of_words() {
        finds(&[
            ("05/CT-TTg", "Chỉ thị 05/CT-TTg", true),
            ("05/ct–ttg", "Chỉ thị 05/CT-TTg", true),
            ("05/CT-TW", "Chỉ thị 05/CT-TTg", false),
            ("đúng, đủ; (sạch)", "đúng đủ sạch sống", true),
            ("Bà Rịa - Vũng Tàu", "Bà Rịa Vũng Tàu", true),
            ("kinh tế-xã hội", "kinh tế - xã hội", true),
            ("kinh tế - xã hội", "kinh tế–xã hội", true),
        ]);
    }

    #[test]
    fn i_and_y_match_each_other_but_not_more() {
        finds(&[
            ("ty le", "tỉ lệ", true),
            ("tỉ lệ", "tỷ lệ", true),
            ("ky", "eKYC", true),
            ("ky", "kinh tế", false),
            ("lý", "liên thông", false),
            ("quan ly", "quản lí", true),
            ("ly", "Somali", false),
            ("sy", "system", true),
            ("\"công ty", "công tỉnh", false),
            ("\"công ty", "công ti", true),
        ]);
    }

    #[test]
    fn no_terms_match_everything() {
        for query in ["", "  ", "\"\"", "- , .", "\u{301}"] {
            let needle = Needle::new(query);
            assert!(needle.is_empty(), "{query:?}");
            assert_eq!(needle.score(&Haystack::default()), Some(0));
            assert!(needle.marks("Định danh").is_empty());
        }
        assert_eq!(score("a", ""), None);
        assert!(!Needle::new("a").is_empty());
    }

    #[test]
    fn better_matches_rank_higher() {
        ranks("định", &["quyết định", "đinh ốc", "xđịnh"]);
        ranks("dinh", &["dinh thự", "định danh"]);
        ranks("hoà", &["hòa", "hóa"]);
        ranks("an", &["công an", "ang", "án", "ánh", "toan", "toàn"]);
        ranks("tỷ", &["tỉ lệ", "ti vi"]);
        ranks("so", &["so sánh", "số", "sống", "aso", "asố"]);
        assert_eq!(score("an an", "an"), score("an", "an"));
    }

    #[test]
    fn heavier_fields_rank_higher() {
        let title = Haystack::new(&[(4, "căn cước"), (1, "định danh")]);
        let detail = Haystack::new(&[(4, "định danh"), (1, "căn cước")]);
        let needle = Needle::new("căn cước");
        assert!(needle.score(&title) > needle.score(&detail));
        let both = Haystack::new(&[(1, "danh"), (9, "danh"), (0, "định")]);
        assert_eq!(Needle::new("danh").score(&both), Some(9 * BEST));
        assert_eq!(Needle::new("định").score(&both), Some(SAME + BEST));
        // What is spelled as typed comes first, however light its field.
        let same = Haystack::new(&[(1, "định danh"), (9, "căn cước")]);
        let other = Haystack::new(&[(9, "đính danh"), (1, "căn cước")]);
        let needle = Needle::new("định");
        assert!(needle.score(&same) > needle.score(&other));
        let needle = Needle::new("dinh");
        assert!(needle.score(&same) < needle.score(&other));
        // The spelling found in the lighter field does not hide the other.
        let spellings = Haystack::new(&[(1, "ky"), (9, "eKYC")]);
        let needle = Needle::new("ky");
        assert_eq!(needle.score(&spellings), Some(9 * 3));
    }

    #[test]
    fn marks_show_what_was_found() {
        marks("dinh danh", "[Định] [danh] điện tử");
        marks("\"dinh danh\"", "[Định danh] điện tử");
        marks("dinh", "quyết [định], gia [đình], [Dinh]");
        marks("định", "quyết [định], gia đình, Dinh");
        marks("định", "gia [đình], [Dinh]");
        marks("an", "[An] toàn, công [an]");
        marks("an", "to[àn] d[ân]");
        marks("dan danh", "[danh] sách công [dân]");
        marks("05/ct", "Chỉ thị [05/CT]-TTg");
        marks("te-xa", "kinh [tế - xã] hội");
        marks("viet", "[Vie\u{323}\u{302}t] Nam");
        marks("vi", "[Vi]e\u{323}\u{302}t");
        marks("ty", "[tỉ] lệ, [tỷ] lệ");
        marks("xyz", "không có");
        marks("toan oan", "an [toàn]");
        marks("\"an an\"", "xan [an an]");
    }
}
