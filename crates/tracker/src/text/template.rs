//! Texts with places for arguments, filled at run time.
//!
//! A template names its arguments by number: `{0}` is the first one, and
//! `{0|task|tasks}` chooses by it, the first form for exactly one. One function
//! does this for every text, so that a text with arguments costs the page no
//! more than a text without.

use std::borrow::Cow;

use super::{Lang, format_count};

/// What stands for a number of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument<'a> {
    /// Put in as it is; braces in it mean nothing.
    Text(&'a str),
    /// Put in with its thousands separated; also chooses between two forms.
    Count(usize),
}

/// What can be put into a text as it is.
pub trait Words {
    /// As it stands in a text; a number has its bare digits.
    fn words(&self) -> Cow<'_, str>;
}

impl Words for str {
    fn words(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Words for String {
    fn words(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Words for u32 {
    fn words(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Words for u64 {
    fn words(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Words for usize {
    fn words(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl<T: Words + ?Sized> Words for &T {
    fn words(&self) -> Cow<'_, str> {
        (**self).words()
    }
}

/// `template` with its arguments in place.
///
/// A place that no argument fits is left as it stands.
pub fn fill(template: &str, arguments: &[Argument<'_>], lang: Lang) -> String {
    let mut out = String::with_capacity(2 * template.len());
    // Braces come in pairs and do not nest, so every second part was inside one.
    for (i, part) in template.split(['{', '}']).enumerate() {
        if i % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let mut forms = part.split('|');
        let argument = forms
            .next()
            .and_then(|number| number.parse::<usize>().ok())
            .and_then(|number| arguments.get(number));
        match (argument, forms.next(), forms.next()) {
            (Some(Argument::Text(text)), None, _) => out.push_str(text),
            (Some(Argument::Count(count)), None, _) => out.push_str(&format_count(*count, lang)),
            (Some(Argument::Count(1)), Some(one), Some(_)) => out.push_str(one),
            (Some(Argument::Count(_)), Some(_), Some(other)) => out.push_str(other),
            _ => {
                out.push('{');
                out.push_str(part);
                out.push('}');
            }
        }
    }
    out
}
