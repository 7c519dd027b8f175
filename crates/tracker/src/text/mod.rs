//! Vietnamese text: search without diacritics, alphabetical order, numbers;
//! and texts with places for arguments ([`fill`]).
//!
//! Three questions are answered of Vietnamese, each by one key made of the text alone:
//!
//! - *Do these match when someone types without diacritics?* [`fold`];
//!   [`fold_with_map`] also says where in the original every piece came from,
//!   and [`Needle`] and [`Haystack`] build the search on it, [`Corpus`] the
//!   search of very many texts.
//! - *Are these the same word, spelling habits aside?* [`fold_marked`]: hoà is
//!   hòa, kĩ is kỹ, and Ð from another alphabet is đ.
//! - *Which comes first?* [`sort_key`] and [`compare`]: the order of the
//!   Vietnamese alphabet, which is not the order of code points.
//!
//! Texts of other people are shown by [`visible()`], which hides nothing.
//!
//! Every key is the same for composed (NFC) and decomposed (NFD) input, as far
//! as the letters are Latin. What is stored is NFC; [`nfc`] makes it so.

mod address;
mod compose;
mod corpus;
mod fold;
mod letters;
mod number;
mod order;
mod search;
mod template;
mod term;
mod typed;
mod visible;

pub use address::{Host, is_web_address, web_host};
pub use compose::{is_nfc, lowercase, nfc};
pub use corpus::{Corpus, Search};
pub use double_text::plain;
pub use fold::{Folded, fold, fold_marked, fold_with_map};
pub use number::{
    format_count, format_decimal, format_integer, format_percent, format_percent_fixed,
};
pub use order::{SortKey, compare, sort_key};
pub use search::{Haystack, Needle};
pub use template::{Argument, Words, fill};
pub use typed::parse_number;
pub use visible::{cut, is_plain, visible};

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    /// Vietnamese, the language the page opens in.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 code, as in an HTML `lang` attribute: `vi` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The language with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Lang::Vi, Lang::En]
            .into_iter()
            .find(|lang| lang.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_reads_and_writes_its_code() {
        assert_eq!(Lang::default(), Lang::Vi);
        for lang in [Lang::Vi, Lang::En] {
            assert_eq!(Lang::from_code(lang.code()), Some(lang));
        }
        assert_eq!(Lang::from_code("fr"), None);
    }
}
