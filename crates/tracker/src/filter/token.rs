//! Cutting a query into words and filters, each with its place in the text.
//!
//! A token is a run without spaces outside quotes. `key:value` with a letter-only
//! key is a filter; everything else is a word. A leading `-` negates. Values are
//! separated by commas, which quotes protect.

use std::ops::Range;

use super::key::Key;

/// One word or filter of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its place in the query, in bytes, with sign and quotes.
    pub span: Range<usize>,
    /// Whether it excludes.
    pub negated: bool,
    /// The key of a filter, or the unknown name that stands in its place; `None` for a word.
    pub key: Option<Result<Key, String>>,
    /// The values of a filter, or the one text of a word, without quotes.
    pub values: Vec<String>,
    /// Whether the word was quoted.
    pub phrase: bool,
}

impl Token {
    /// The word as [`crate::text::Needle`] reads it: in quotes where it was a phrase.
    pub fn quoted(&self) -> String {
        let text = self.values.join(",");
        if self.phrase {
            format!("\"{text}\"")
        } else {
            text
        }
    }
}

/// Cuts `text` into tokens. Never fails: an open quote ends with the text.
pub fn tokens(text: &str) -> Vec<Token> {
    spans(text)
        .into_iter()
        .filter_map(|span| token(text, span))
        .collect()
}

/// A letter, or a mark that was typed by itself behind its letter.
fn is_of_a_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}')
}

/// The same quotes as [`crate::text::Needle`] reads, so that a phrase is one token.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}'..='\u{201F}' | '«' | '»')
}

fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        if is_quote(c) {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            if let Some(from) = start.take() {
                spans.push(from..at);
            }
        } else {
            start.get_or_insert(at);
        }
    }
    if let Some(from) = start {
        spans.push(from..text.len());
    }
    spans
}

fn token(text: &str, span: Range<usize>) -> Option<Token> {
    let raw = &text[span.clone()];
    let (negated, body) = match raw.strip_prefix('-') {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, raw),
    };
    let filter = body
        .split_once(':')
        .filter(|(name, _)| !name.is_empty() && name.chars().all(is_of_a_name));
    let (key, values, phrase) = match filter {
        Some((name, rest)) => (
            Some(Key::parse(name).ok_or_else(|| name.to_owned())),
            split_values(rest),
            false,
        ),
        None => {
            let phrase = body.starts_with(is_quote);
            let word: String = body.chars().filter(|c| !is_quote(*c)).collect();
            if word.trim().is_empty() {
                return None;
            }
            (None, vec![word], phrase)
        }
    };
    Some(Token {
        span,
        negated,
        key,
        values,
        phrase,
    })
}

fn split_values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            c if is_quote(c) => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            c => {
                if let Some(last) = values.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    values.retain(|v| !v.trim().is_empty());
    values
}
