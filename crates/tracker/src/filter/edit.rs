//! Rewriting a query, so that menus and chips speak the same text as the search box.

use super::key::Key;
use super::token::{Token, is_quote, tokens};

/// The values that `key` has in `text`, over all its filters that are not negated.
pub fn values(text: &str, key: Key) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter(|t| is_filter(t, key))
        .flat_map(|t| t.values)
        .collect()
}

/// `text` with the filter `key` set to `values`; with no values the filter goes away.
///
/// The filter keeps its place where it had one and is put at the end otherwise;
/// all other words stay as they were typed.
pub fn with_values(text: &str, key: Key, values: &[String]) -> String {
    let values: Vec<String> = values.iter().filter_map(|v| quoted(v)).collect();
    let filter = (!values.is_empty()).then(|| format!("{}:{}", key.name(), values.join(",")));
    let mut placed = false;
    let mut parts: Vec<String> = Vec::new();
    for token in tokens(text) {
        if !is_filter(&token, key) {
            parts.push(text[token.span].to_owned());
        } else if !placed {
            placed = true;
            parts.extend(filter.clone());
        }
    }
    if !placed && let Some(filter) = filter {
        // Behind a quote left open the filter would be read as part of the phrase.
        if let Some(last) = parts.last_mut()
            && last.chars().filter(|c| is_quote(*c)).count() % 2 == 1
        {
            last.push('"');
        }
        parts.push(filter);
    }
    parts.join(" ")
}

/// `text` without the token that starts at byte `start`.
pub fn without(text: &str, start: usize) -> String {
    tokens(text)
        .into_iter()
        .filter(|t| t.span.start != start)
        .map(|t| text[t.span].to_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_filter(token: &Token, key: Key) -> bool {
    !token.negated && token.key == Some(Ok(key))
}

/// `value` so that it is read back as one value; `None` for a blank one. Quotes in it
/// cannot be written and are left out.
pub(super) fn quoted(value: &str) -> Option<String> {
    let value: String = value.chars().filter(|c| !is_quote(*c)).collect();
    if value.trim().is_empty() {
        None
    } else if value.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ':')) {
        Some(format!("\"{value}\""))
    } else {
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn set(text: &str, key: Key, values: &[&str], expected: &str) {
        let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
        assert_eq!(with_values(text, key, &values), expected);
    }

    #[test]
    fn a_menu_writes_one_filter_and_leaves_the_rest() {
        set("", Key::Topic, &["du-lieu"], "topic:du-lieu");
        set("dinh danh", Key::Topic, &["a", "b"], "dinh danh topic:a,b");
        set("a topic:x b", Key::Topic, &["y"], "a topic:y b");
        set("a chude:x b topic:z", Key::Topic, &["y"], "a topic:y b");
        set("a topic:x b", Key::Topic, &[], "a b");
        set("-topic:x", Key::Topic, &["y"], "-topic:x topic:y");
        set("", Key::Lead, &["Bộ Công an"], "lead:\"Bộ Công an\"");
        set("\"a b\" c", Key::Lead, &["BCA"], "\"a b\" c lead:BCA");
    }

    #[test]
    fn values_are_read_back() {
        assert_eq!(
            values("x topic:a,b -topic:c chude:d", Key::Topic),
            ["a", "b", "d"]
        );
        assert_eq!(values("lead:\"Bộ, ngành\"", Key::Lead), ["Bộ, ngành"]);
    }

    #[test]
    fn a_chip_takes_its_own_token_away() {
        assert_eq!(without("a topic:x b", 2), "a b");
        assert_eq!(without("a", 0), "");
        assert_eq!(without("a b", 7), "a b");
    }
}
