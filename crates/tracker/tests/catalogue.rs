//! The catalogue that the page's build makes from `locales/`: here, because the
//! page itself is built for the web only.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tracker::text::{Argument, Lang, fill, format_integer};

#[path = "../../../tools/embed/catalogue.rs"]
#[allow(dead_code, reason = "the build writes a file, the tests do not")]
mod catalogue;

use catalogue::{Interface, entries, interface};

type Failure = Box<dyn std::error::Error>;

const VI: &str = include_str!("../../../locales/vi.json");
const EN: &str = include_str!("../../../locales/en.json");

fn made(vi: &str, en: &str) -> Result<Interface, Failure> {
    interface(&entries("vi.json", vi)?, &entries("en.json", en)?)
}

/// Every text of a catalogue by the name of its method.
fn texts(prefix: &str, json: &Value, into: &mut BTreeMap<String, String>) {
    for (key, value) in json.as_object().unwrap() {
        match value.as_str() {
            Some(text) => {
                into.insert(format!("{prefix}{key}"), text.to_owned());
            }
            None => texts(&format!("{prefix}{key}_"), value, into),
        }
    }
}

/// What the page shows for a method, read from the generated code: the number
/// of its line, and in which order its arguments go in.
fn shown(made: &Interface, key: &str, lang: Lang, n: usize) -> String {
    let start = format!("    pub fn {key}(self");
    let (_, code) = made.methods.split_once(&start).unwrap();
    let (code, _) = code.split_once(" }\n").unwrap();
    let joined = if lang == Lang::Vi { &made.vi } else { &made.en };
    let line = |number: &str| joined.split('\n').nth(number.parse().unwrap()).unwrap();
    if let Some((_, number)) = code.split_once("{ self.text(") {
        return line(number.strip_suffix(')').unwrap()).to_owned();
    }
    let (_, call) = code.split_once("{ self.fill(").unwrap();
    let (number, arguments) = call.split_once(", &[").unwrap();
    let arguments = arguments.strip_suffix("])").unwrap();
    let values: Vec<(bool, String)> = arguments
        .split(", ")
        .map(|argument| match argument.strip_prefix("Argument::Text(&") {
            Some(name) => (false, value(name.strip_suffix(".words())").unwrap())),
            None => (true, argument.to_owned()),
        })
        .collect();
    let values: Vec<Argument<'_>> = values
        .iter()
        .map(|(count, text)| match count {
            true => Argument::Count(n),
            false => Argument::Text(text),
        })
        .collect();
    fill(line(number), &values, lang)
}

/// What the tests put in for an argument that is no count.
fn value(name: &str) -> String {
    format!("‹{name} {{0}}›")
}

/// What the catalogue says the page has to show.
fn said(text: &str, counts: &[&str], lang: Lang, n: usize) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (inside, after) = part.split_once('}').unwrap();
        out += &match inside.split('|').collect::<Vec<_>>()[..] {
            [name] if counts.contains(&name) => format_integer(i64::try_from(n).unwrap(), lang),
            [name] => value(name),
            [_, one, _] if n == 1 => one.to_owned(),
            [_, _, other] => other.to_owned(),
            _ => panic!("{inside}"),
        };
        out += after;
    }
    out
}

/// The arguments by which a text chooses a form.
fn counts(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .filter_map(|part| part.split_once('}')?.0.split_once('|'))
        .map(|(name, _)| name)
}

#[test]
fn every_text_is_shown_as_its_catalogue_says() {
    let made = made(VI, EN).unwrap();
    let [vi, en] = [VI, EN].map(|json| {
        let mut all = BTreeMap::new();
        texts("", &serde_json::from_str(json).unwrap(), &mut all);
        all
    });
    assert!(vi.len() > 200);
    assert_eq!(made.methods.matches("pub fn ").count(), vi.len());
    for (key, vi) in &vi {
        let en = &en[key];
        let counts: Vec<&str> = counts(vi).chain(counts(en)).collect();
        for (text, lang) in [(vi, Lang::Vi), (en, Lang::En)] {
            for n in [0, 1, 2, 1234] {
                assert_eq!(
                    shown(&made, key, lang, n),
                    said(text, &counts, lang, n),
                    "{key} in {lang:?}"
                );
            }
        }
    }
}

#[test]
fn a_method_names_the_line_of_its_key() {
    let vi = json!({ "b": "{x} có {n} việc", "a": { "c": "Xong" } });
    let en = json!({ "b": "{n} {n|task|tasks} of {x}", "a": { "c": "Done" } });
    let made = made(&vi.to_string(), &en.to_string()).unwrap();
    assert_eq!(made.vi, "Xong\n{0} có {1} việc");
    assert_eq!(made.en, "Done\n{1} {1|task|tasks} of {0}");
    let methods = [
        "    /// Xong",
        "    pub fn a_c(self) -> &'static str { self.text(0) }",
        "    /// {x} có {n} việc",
        "    pub fn b(self, x: impl Words, n: usize) -> String \
         { self.fill(1, &[Argument::Text(&x.words()), Argument::Count(n)]) }",
        "",
    ];
    assert_eq!(made.methods, methods.join("\n"));
}

#[test]
fn what_could_not_be_shown_is_refused() {
    #[track_caller]
    fn refused(vi: &str, en: &str, why: &str) {
        let of = |text: &str| json!({ "group": { "key": text } }).to_string();
        let error = made(&of(vi), &of(en)).unwrap_err().to_string();
        assert_eq!(error, format!("locales: {why}"));
    }
    let differ = "the arguments of group_key differ between the languages";
    refused("{a}", "x", differ);
    refused("x", "{a}", differ);
    refused("{a}", "{b}", differ);
    refused("{a}", "{a|one|more}{b}", differ);
    for (text, why) in [
        ("{a", "has an open brace"),
        ("a}", "closes a brace that is not open"),
        ("{a}}", "closes a brace that is not open"),
        ("{a{b}}", "has a brace in a brace"),
        ("{a|one {b}|more}", "has a brace in a brace"),
        ("{a|one}", "has a malformed brace"),
        ("{a|one|two|many}", "has a malformed brace"),
        ("two\nlines", "has a line break, which parts the texts"),
    ] {
        refused(text, text, &format!("group_key {why}"));
    }
}

#[test]
fn a_key_needs_a_text_in_both_languages() {
    #[track_caller]
    fn refused(vi: &str, en: &str, why: &str) {
        assert_eq!(made(vi, en).unwrap_err().to_string(), why);
    }
    let (none, one) = ("{}", r#"{"a":"x"}"#);
    refused(one, none, "locales: a is missing in one language");
    refused(none, one, "locales: a is missing in one language");
    refused(r#"{"a":{"b":1}}"#, one, "vi.json: a_b is not a text");
    refused(one, r#"{"a":null}"#, "en.json: a is not a text");
    let broken = made(one, "{").unwrap_err().to_string();
    assert!(broken.starts_with("en.json: EOF"), "{broken}");
}
