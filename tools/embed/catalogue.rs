//! Turns the two catalogues of `locales/` into one typed interface.
//!
//! Every key becomes a method of `Tr`, every `{name}` of a text an argument of
//! it, in the order of the Vietnamese text. A key that one language lacks, or
//! whose arguments differ between the languages, fails the build: no page can
//! be half translated.
//!
//! `{n|task|tasks}` chooses by the number `n` (the first form for exactly one).
//!
//! The methods hold no text. All texts of a language are the lines of one
//! string, in the order of their keys; a method names its line, and the
//! arguments in it are numbers: `{0}`, `{0|task|tasks}`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Failure;

/// Sections that only the rest of the program shows (`tools/rest.txt`): their Vietnamese texts come
/// with it. A text of theirs that is asked for earlier is empty.
const LATER: &[&str] = &[
    "agencies",
    "aside",
    "author",
    "binding",
    "bottleneck",
    "chart",
    "closing",
    "desk",
    "detail",
    "erase",
    "export",
    "facts",
    "figure",
    "form",
    "history",
    "import",
    "indicator",
    "inherited",
    "kept",
    "keys",
    "lead",
    "observed",
    "outcome",
    "overview",
    "panel",
    "plan",
    "preview",
    "rating",
    "recovery",
    "refused",
    "review",
    "safety",
    "said",
    "score",
    "storage",
    "table",
    "target",
    "timeline",
    "value",
    "verdict",
    "views",
    "work",
];

/// Writes `catalogue.rs` into `out`, the English texts as `marked` makes them.
pub fn build(out: &Path, marked: fn(&str) -> String) -> Result<(), Failure> {
    let [vi, en] = ["locales/vi.json", "locales/en.json"].map(|path| {
        let json = fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
        entries(path, &json)
    });
    let made = interface(&vi?, &en?)?;
    let lines: Vec<&str> = made.vi.split('\n').collect();
    let (now, later) = lines.split_at(made.first);
    let code = format!(
        "const FIRST: usize = {};\nconst VI: &str = {:?};\nconst VI_LATER: &str = {:?};\n\
         const EN: &str = {:?};\nimpl Tr {{\n{}}}\n",
        made.first,
        now.join("\n"),
        marked(&later.join("\n")),
        marked(&made.en),
        made.methods,
    );
    fs::write(out.join("catalogue.rs"), code)?;
    Ok(())
}

/// The two catalogues as the program holds them.
#[derive(Debug)]
pub struct Interface {
    /// The Vietnamese texts, a line each.
    pub vi: String,
    /// The English texts in the same order.
    pub en: String,
    /// How many of them the first view may need; the others come after them.
    pub first: usize,
    /// The methods of `Tr`, a line each after their documentation.
    pub methods: String,
}

/// A piece of a text: literal, argument, or a choice by number.
enum Piece {
    Literal(String),
    Argument(String),
    Plural(String, String, String),
}

/// The texts of a catalogue by key; nested objects become keys joined by `_`.
pub fn entries(path: &str, json: &str) -> Result<BTreeMap<String, String>, Failure> {
    let json: Value = serde_json::from_str(json).map_err(|e| format!("{path}: {e}"))?;
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

/// Numbers the keys in their order and writes a method for each.
pub fn interface(
    vi: &BTreeMap<String, String>,
    en: &BTreeMap<String, String>,
) -> Result<Interface, Failure> {
    let keys: BTreeSet<&String> = vi.keys().chain(en.keys()).collect();
    let is_later = |key: &&String| {
        let section = key.split('_').next().unwrap_or_default();
        LATER.contains(&section)
    };
    let (later, first): (Vec<&String>, Vec<&String>) = keys.into_iter().partition(is_later);
    let count = first.len();
    let (mut vi_lines, mut en_lines) = (Vec::new(), Vec::new());
    let mut methods = String::new();
    for (number, key) in first.into_iter().chain(later).enumerate() {
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
        let counts: BTreeSet<&String> = [&vi_pieces, &en_pieces]
            .into_iter()
            .flatten()
            .filter_map(|p| match p {
                Piece::Plural(name, ..) => Some(name),
                _ => None,
            })
            .collect();
        vi_lines.push(line(&vi_pieces, &arguments)?);
        en_lines.push(line(&en_pieces, &arguments)?);
        writeln!(methods, "    /// {vi}")?;
        let method = method(key, number, &arguments, &counts)?;
        writeln!(methods, "    {method}")?;
    }
    Ok(Interface {
        vi: vi_lines.join("\n"),
        en: en_lines.join("\n"),
        first: count,
        methods,
    })
}

/// The method of a key, in one line.
fn method(
    key: &str,
    number: usize,
    arguments: &[String],
    counts: &BTreeSet<&String>,
) -> Result<String, Failure> {
    if arguments.is_empty() {
        return Ok(format!(
            "pub fn {key}(self) -> &'static str {{ self.text({number}) }}"
        ));
    }
    let (mut parameters, mut values) = (String::new(), Vec::new());
    for name in arguments {
        if counts.contains(name) {
            write!(parameters, ", {name}: usize")?;
            values.push(format!("Argument::Count({name})"));
        } else {
            write!(parameters, ", {name}: impl Words")?;
            values.push(format!("Argument::Text(&{name}.words())"));
        }
    }
    let values = values.join(", ");
    Ok(format!(
        "pub fn {key}(self{parameters}) -> String {{ self.fill({number}, &[{values}]) }}"
    ))
}

/// A text as its line, with its arguments as numbers.
fn line(pieces: &[Piece], arguments: &[String]) -> Result<String, Failure> {
    let number = |name: &String| {
        let position = arguments.iter().position(|argument| argument == name);
        position.ok_or_else(|| format!("locales: {name} is no argument"))
    };
    let mut line = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => line.push_str(text),
            Piece::Argument(name) => write!(line, "{{{}}}", number(name)?)?,
            Piece::Plural(name, one, other) => {
                write!(line, "{{{}|{one}|{other}}}", number(name)?)?;
            }
        }
    }
    Ok(line)
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
    if text.contains('\n') {
        return Err(format!("locales: {key} has a line break, which parts the texts").into());
    }
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
            _ if inside.contains('{') => {
                return Err(format!("locales: {key} has a brace in a brace").into());
            }
            [name] => Piece::Argument((*name).to_owned()),
            [name, one, other] => {
                Piece::Plural((*name).to_owned(), (*one).to_owned(), (*other).to_owned())
            }
            _ => return Err(format!("locales: {key} has a malformed brace").into()),
        });
        rest = &rest[open + close + 1..];
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    let stray = |piece: &Piece| matches!(piece, Piece::Literal(text) if text.contains('}'));
    if pieces.iter().any(stray) {
        return Err(format!("locales: {key} closes a brace that is not open").into());
    }
    Ok(pieces)
}
