//! The texts of a plan, in both languages.
//!
//! A bundle may leave out texts that the first view does not need. They are then handed in later,
//! all at once ([`Plan::complete`]), and until then read as nothing.

use std::sync::{Arc, OnceLock};

use super::Plan;
use crate::text::Lang;

/// A text in both languages of the page.
#[derive(Clone, Debug, Default)]
pub struct Text {
    vi: Words,
    en: Words,
}

/// A text in one language.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// Known from the start.
    Here(String),
    /// The line with this number, once the shelf is filled.
    Later(Shelf, usize),
}

impl Default for Words {
    fn default() -> Words {
        Words::Here(String::new())
    }
}

/// The texts that come later, a line each.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    lines: Arc<OnceLock<Vec<String>>>,
    /// How many lines are to come.
    count: usize,
}

impl Shelf {
    /// An empty one for so many lines.
    pub fn for_lines(count: usize) -> Shelf {
        let lines = Arc::default();
        Shelf { lines, count }
    }
}

impl PartialEq for Shelf {
    /// What is on it is compared where it is used.
    fn eq(&self, _: &Shelf) -> bool {
        true
    }
}

impl Words {
    fn get(&self) -> &str {
        match self {
            Words::Here(text) => text,
            Words::Later(shelf, line) => {
                let lines = shelf.lines.get();
                lines
                    .and_then(|lines| lines.get(*line))
                    .map_or("", |text| text)
            }
        }
    }
}

impl Text {
    pub(super) fn new(vi: Words, en: Words) -> Text {
        Text { vi, en }
    }

    /// A text that is the same in both languages, as people type it.
    pub fn alike(words: String) -> Text {
        Text::new(Words::Here(words.clone()), Words::Here(words))
    }

    /// The text in Vietnamese.
    pub fn vi(&self) -> &str {
        self.vi.get()
    }

    /// The text in English.
    pub fn en(&self) -> &str {
        self.en.get()
    }

    /// The text in `lang`.
    #[inline(never)]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => self.vi(),
            Lang::En => self.en(),
        }
    }

    /// The text in both languages.
    pub fn all(&self) -> Vec<&str> {
        vec![self.vi(), self.en()]
    }

    /// What is known of the text from the start.
    pub(super) fn here(&self) -> impl Iterator<Item = &str> {
        [&self.vi, &self.en]
            .into_iter()
            .filter_map(|words| match words {
                Words::Here(text) => Some(text.as_str()),
                Words::Later(..) => None,
            })
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.all() == other.all()
    }
}

impl Eq for Text {}

impl Plan {
    /// Hands in the texts that the bundle left out, a line each. Returns whether the plan has all
    /// of its texts now: another number of lines than the bundle announced is not taken.
    pub fn complete(&self, lines: &str) -> bool {
        self.shelf.count == 0 || self.shelf.lines.get().is_some() || {
            let lines: Vec<String> = lines.lines().map(str::to_owned).collect();
            lines.len() == self.shelf.count && self.shelf.lines.set(lines).is_ok()
        }
    }
}
