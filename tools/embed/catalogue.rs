//! Turns the two catalogues of `locales/` into one typed interface.
//!
//! Every key becomes a method of `Tr`, every `{name}` of a text an argument of
//! it, in the order of the Vietnamese text. A key that one language lacks, or whose arguments differ between the
//! languages, fails the build: no page can be half translated.
//!
//! `{n|task|tasks}` chooses by the number `n` (the first form for exactly one).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Failure;

/// Writes `catalogue.rs` into `out`.
pub fn build(out: &Path) -> Result<(), Failure> {
    let vi = catalogue("locales/vi.json")?;
    let en = catalogue("locales/en.json")?;
    fs::write(out.join("catalogue.rs"), interface(&vi, &en)?)?;
    Ok(())
}

/// A piece of a text: literal, argument, or a choice by number.
enum Piece {
    Literal(String),
    Argument(String),
    Plural(String, String, String),
}

/// Reads a catalogue; nested objects become keys joined by `_`.
fn catalogue(path: &str) -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let json: Value = serde_json::from_str(&text).map_err(|e| format!("{path}: {e}"))?;
    let mut entries = BTreeMap::new();
    flatten("", &json, &mut entries).map_err(|key| format!("{path}: {key} is not a text"))?;
    Ok(entries)
}

fn flatten(
    prefix: &str,
    json: &Value,
    entries: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    match json {
        Value::Object(map) => map.iter().try_for_each(|(key, value)| {
            let separator = if prefix.is_empty() { "" } else { "_" };
            flatten(&format!("{prefix}{separator}{key}"), value, entries)
        }),
        Value::String(text) => {
            entries.insert(prefix.to_owned(), text.clone());
            Ok(())
        }
        _ => Err(prefix.to_owned()),
    }
}

fn interface(
    vi: &BTreeMap<String, String>,
    en: &BTreeMap<String, String>,
) -> Result<String, Failure> {
    let keys: BTreeSet<&String> = vi.keys().chain(en.keys()).collect();
    let mut code = String::from("impl Tr {\n");
    for key in keys {
        let (Some(vi), Some(en)) = (vi.get(key), en.get(key)) else {
            return Err(format!("locales: {key} is missing in one language").into());
        };
        let (vi_pieces, en_pieces) = (pieces(key, vi)?, pieces(key, en)?);
        let arguments = arguments(&vi_pieces);
        let sorted = |names: &[String]| names.iter().cloned().collect::<BTreeSet<String>>();
        if sorted(&arguments) != sorted(&self::arguments(&en_pieces)) {
            return Err(
                format!("locales: the arguments of {key} differ between the languages").into(),
            );
        }
        let plural: BTreeSet<&String> = [&vi_pieces, &en_pieces]
            .into_iter()
            .flatten()
            .filter_map(|p| match p {
                Piece::Plural(name, ..) => Some(name),
                _ => None,
            })
            .collect();
        writeln!(code, "    /// {}", vi.replace('\n', " "))?;
        if arguments.is_empty() {
            writeln!(
                code,
                "    pub fn {key}(self) -> &'static str {{ match self.0 {{ Lang::Vi => {vi:?}, Lang::En => {en:?} }} }}"
            )?;
            continue;
        }
        let parameters: String = arguments
            .iter()
            .map(|name| {
                let kind = if plural.contains(name) {
                    "usize"
                } else {
                    "impl Display"
                };
                format!(", {name}: {kind}")
            })
            .collect();
        writeln!(
            code,
            "    pub fn {key}(self{parameters}) -> String {{ match self.0 {{"
        )?;
        for (lang, pieces) in [("Vi", &vi_pieces), ("En", &en_pieces)] {
            writeln!(
                code,
                "        Lang::{lang} => {},",
                format_call(pieces, &plural)?
            )?;
        }
        code.push_str("    } }\n");
    }
    code.push_str("}\n");
    Ok(code)
}

fn format_call(pieces: &[Piece], plural: &BTreeSet<&String>) -> Result<String, Failure> {
    let mut template = String::new();
    let mut values = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => template.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Argument(name) => {
                template.push_str("{}");
                if plural.contains(name) {
                    write!(values, ", self.count({name})")?;
                } else {
                    write!(values, ", {name}")?;
                }
            }
            Piece::Plural(name, one, other) => {
                template.push_str("{}");
                write!(
                    values,
                    ", if {name} == 1 {{ {one:?} }} else {{ {other:?} }}"
                )?;
            }
        }
    }
    Ok(format!("format!({template:?}{values})"))
}

/// The names of the arguments, each once, in the order of the text.
fn arguments(pieces: &[Piece]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        if let Piece::Argument(name) | Piece::Plural(name, ..) = piece
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    names
}

fn pieces(key: &str, text: &str) -> Result<Vec<Piece>, Failure> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let close = rest[open..]
            .find('}')
            .ok_or_else(|| format!("locales: {key} has an open brace"))?;
        pieces.push(Piece::Literal(rest[..open].to_owned()));
        let inside = &rest[open + 1..open + close];
        let parts: Vec<&str> = inside.split('|').collect();
        pieces.push(match parts.as_slice() {
            [name] => Piece::Argument((*name).to_owned()),
            [name, one, other] => {
                Piece::Plural((*name).to_owned(), (*one).to_owned(), (*other).to_owned())
            }
            _ => return Err(format!("locales: {key} has a malformed brace").into()),
        });
        rest = &rest[open + close + 1..];
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    Ok(pieces)
}
