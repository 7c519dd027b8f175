//! Rewriting a query: what menus and chips do to the line.

#![allow(clippy::unwrap_used)]

use tracker::filter::Key;
use tracker::filter::edit::{values, with_values, without};

#[track_caller]
fn set(text: &str, key: Key, to: &[&str], expected: &str) {
    let to: Vec<String> = to.iter().map(|v| (*v).to_owned()).collect();
    let edited = with_values(text, key, &to);
    assert_eq!(edited, expected);
    assert_eq!(values(&edited, key), to);
}

#[test]
fn a_menu_rewrites_its_filter() {
    set(
        "định danh chude:x,y",
        Key::Topic,
        &["du-lieu"],
        "định danh topic:du-lieu",
    );
    set(
        "a lead:\"Bộ A\" b",
        Key::Lead,
        &["Bộ B", "C, D"],
        "a lead:\"Bộ B\",\"C, D\" b",
    );
    set("a -lead:b", Key::Lead, &["c"], "a -lead:b lead:c");
    set("a\tlead:b\n c", Key::Lead, &[], "a c");
    set("", Key::Agency, &["Bộ\u{A0}A"], "agency:\"Bộ\u{A0}A\"");
    // Behind an open quote the filter would be part of the phrase.
    set("\"đất đai", Key::Topic, &["x"], "\"đất đai\" topic:x");
    set("lead:\"Bộ A", Key::Topic, &["x"], "lead:\"Bộ A\" topic:x");
    set("lead:\"Bộ A", Key::Lead, &["x"], "lead:x");
    assert_eq!(with_values("a", Key::Lead, &[String::from("  ")]), "a");
    assert_eq!(
        with_values("a", Key::Lead, &[String::from("B \"C\"")]),
        "a lead:\"B C\""
    );
}

#[test]
fn a_chip_takes_one_token_away() {
    let text = "định \"đất đai\" -topic:x lead:\"A B\"";
    let at = |token: &str| without(text, text.find(token).unwrap());
    assert_eq!(at("định"), "\"đất đai\" -topic:x lead:\"A B\"");
    assert_eq!(at("\"đất"), "định -topic:x lead:\"A B\"");
    assert_eq!(at("-topic"), "định \"đất đai\" lead:\"A B\"");
    assert_eq!(at("lead"), "định \"đất đai\" -topic:x");
    // No token starts there.
    assert_eq!(without(text, 1), text);
}
