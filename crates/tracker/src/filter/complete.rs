//! What could be typed next: keys, then the values of a key.
//!
//! Pure: the text and the caret are arguments, and a [`Completion`] says which
//! part of the text each [`Suggestion`] would replace. Words for what is
//! suggested are the page's affair.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::days::{Span, operator};
use super::edit::quoted;
use super::key::{Key, Named, Values, names_of, squash, things, words};
use super::token::{is_quote, tokens};
use crate::date::Period;
use crate::plan::Plan;
use crate::sorting::positions;
use crate::text::{Lang, fold};

/// As many as a list shows without hiding the page.
const MOST: usize = 20;
/// Of long lists, fewer.
const FEW: usize = 8;

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The key, or the key whose value it is.
    pub key: Key,
    /// The value as filters write it, without quotes; `None` for the key itself.
    pub value: Option<String>,
    /// What it puts into the text.
    pub insert: String,
}

/// What could be typed at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What a suggestion replaces, in bytes.
    pub span: Range<usize>,
    /// The suggestions, best first.
    pub items: Vec<Suggestion>,
}

impl Completion {
    /// `text` with the suggestion in it, and the caret behind that. Behind a value that ends the
    /// text a space follows, so that the next word can be typed at once.
    pub fn accept(&self, text: &str, suggestion: &Suggestion) -> (String, usize) {
        let before = text.get(..self.span.start).unwrap_or_default();
        let rest = text.get(self.span.end..).unwrap_or_default();
        let space = if suggestion.value.is_some() && rest.is_empty() {
            " "
        } else {
            ""
        };
        let done = format!("{before}{}{space}", suggestion.insert);
        let caret = done.len();
        (done + rest, caret)
    }
}

/// What values are suggested from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Agencies, documents, topics and all else that the plan names.
    pub plan: &'a Plan,
    /// Who was recorded to work on a task, in order; only asked for behind a key of people.
    pub people: &'a dyn Fn() -> Vec<String>,
}

/// What could be typed in `text` where the caret is at byte `caret`.
///
/// `lang` is the language whose keys are suggested, and `asof` the day that
/// dates are suggested around.
pub fn complete(
    text: &str,
    caret: usize,
    known: Known<'_>,
    lang: Lang,
    asof: NaiveDate,
) -> Completion {
    let plan = known.plan;
    let caret = (0..=caret.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let at_caret = |span: &Range<usize>| span.start < caret && caret <= span.end;
    let Some(token) = tokens(text).into_iter().find(|t| at_caret(&t.span)) else {
        // In the middle of blanks, or before everything: any key could begin here.
        let between = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let free =
            between(text[..caret].chars().next_back()) && between(text[caret..].chars().next());
        return Completion {
            span: caret..caret,
            items: if free { keys("", lang) } else { Vec::new() },
        };
    };
    let start = token.span.start + usize::from(token.negated);
    let typed = text.get(start..caret).unwrap_or_default();
    match (token.key, typed.find(':')) {
        (None, _) if !typed.is_empty() && !typed.contains(is_quote) => Completion {
            span: start..caret,
            items: keys(typed, lang),
        },
        (Some(Err(_)), None) | (Some(Ok(_)), None) => Completion::default(),
        (Some(Ok(key)), Some(colon)) => values(
            text,
            start + colon + 1,
            caret,
            token.span.end,
            |typed, others| {
                match key.values() {
                    Values::Days => dates(typed, asof),
                    Values::Words => matching(words(key).map(word_names).collect(), typed, MOST),
                    Values::Agencies => agencies(plan, typed),
                    Values::Things => matching(things(plan, key), typed, MOST),
                    Values::Text => people(&(known.people)(), typed),
                }
                .into_iter()
                .filter(|value| !others.contains(value))
                .filter_map(|value| {
                    Some(Suggestion {
                        key,
                        insert: quoted(&value)?,
                        value: Some(value),
                    })
                })
                .collect()
            },
        ),
        _ => Completion::default(),
    }
}

/// Completes the one of a filter's values that the caret is in.
fn values(
    text: &str,
    first: usize,
    caret: usize,
    end: usize,
    find: impl FnOnce(&str, &[String]) -> Vec<Suggestion>,
) -> Completion {
    let (mut from, mut to, mut quoted) = (first, end, false);
    for (at, c) in text.get(first..end).unwrap_or_default().char_indices() {
        let at = first + at;
        quoted ^= is_quote(c);
        if c == ',' && !quoted {
            if at >= caret {
                to = at;
                break;
            }
            from = at + 1;
        }
    }
    let bare = |part: Range<usize>| -> String {
        let part = text.get(part).unwrap_or_default();
        part.chars().filter(|c| !is_quote(*c)).collect()
    };
    let outside = [first..from, to..end].map(bare);
    let others: Vec<String> = outside
        .iter()
        .flat_map(|part| part.split(','))
        .map(str::to_owned)
        .collect();
    let typed = bare(from..caret);
    let mut items = find(&typed, &others);
    // What is there already need not be suggested.
    if matches!(items.as_slice(), [only] if only.value.as_deref() == Some(typed.as_str())) {
        items.clear();
    }
    Completion {
        span: from..to,
        items,
    }
}

/// The keys that begin as typed, in the language's spelling or, failing that, the other's.
fn keys(typed: &str, lang: Lang) -> Vec<Suggestion> {
    let wanted = squash(typed);
    if wanted.is_empty() && !typed.is_empty() {
        return Vec::new();
    }
    let found = |by: fn(&'static str, &'static str, Lang) -> &'static str| -> Vec<Suggestion> {
        let all = Key::ALL.into_iter();
        all.map(|(key, en, vi)| (key, by(en, vi, lang)))
            .filter(|(_, name)| name.starts_with(&wanted))
            .map(|(key, name)| Suggestion {
                key,
                value: None,
                insert: format!("{name}:"),
            })
            .collect()
    };
    let mut items = found(|en, vi, lang| if lang == Lang::Vi { vi } else { en });
    if !wanted.is_empty() {
        let other = found(|en, vi, lang| if lang == Lang::Vi { en } else { vi });
        for item in other {
            if !items.iter().any(|i| i.key == item.key) {
                items.push(item);
            }
        }
    }
    items
}

fn word_names((word, others): (&'static str, &'static str)) -> Named<'static> {
    (word, others.split(' ').collect())
}

/// How well one of the names answers what is typed: less is better. `inside` is what is typed
/// behind a space, `squashed` its letters and digits alone.
fn rank(names: &[&str], wanted: &str, inside: &str, squashed: &str) -> Option<u8> {
    let of_name = |name: &&str| {
        let name = fold(name);
        if name.starts_with(wanted) {
            return Some(0);
        }
        if name.contains(inside) {
            return Some(1);
        }
        // "qua han" is the word `quahan`, and the end of `chuathuchienquahan`.
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.contains(squashed).then_some(2)
    };
    names.iter().filter_map(of_name).min()
}

/// The ids that go by what is typed, at most so many.
fn matching(named: Vec<Named<'_>>, typed: &str, most: usize) -> Vec<String> {
    let (wanted, squashed) = (fold(typed), squash(typed));
    let inside = format!(" {wanted}");
    let mut found: Vec<(u8, &str)> = Vec::new();
    for (id, mut names) in named {
        names.push(id);
        if let Some(rank) = rank(&names, &wanted, &inside, &squashed) {
            found.push((rank, id));
        }
    }
    let order = positions(found.len(), &mut |a, b| found[a].0.cmp(&found[b].0));
    let best = order.into_iter().take(most);
    best.map(|at| found[at].1.to_owned()).collect()
}

/// Agencies by any of their names, written by their abbreviation where it is theirs alone; those
/// that exist no more come last.
fn agencies(plan: &Plan, typed: &str) -> Vec<String> {
    let all = plan.agencies();
    let (now, before): (Vec<_>, Vec<_>) = all.iter().partition(|a| a.valid_to.is_none());
    let named = now.into_iter().chain(before);
    let named = named.map(|a| (a.id.as_str(), names_of(a))).collect();
    let written = matching(named, typed, FEW).into_iter().map(|id| {
        let short = plan.agency(&id).map_or("", |a| &a.abbreviation);
        let alone = all.iter().filter(|a| a.abbreviation == short).count() == 1;
        if alone && !short.is_empty() {
            short.to_owned()
        } else {
            id
        }
    });
    written.collect()
}

/// People by any part of their name that begins as typed; a name with quotes cannot be written in
/// a filter.
fn people(names: &[String], typed: &str) -> Vec<String> {
    let writable = names.iter().filter(|name| !name.contains(is_quote));
    let named = writable.map(|name| (name.as_str(), Vec::new()));
    matching(named.collect(), typed, FEW)
}

/// Spans of days that begin as typed.
fn dates(typed: &str, asof: NaiveDate) -> Vec<String> {
    let month = format!("{:04}-{:02}", asof.year(), asof.month());
    let quarter = format!("{:04}-Q{}", asof.year(), asof.month0() / 3 + 1);
    let year = format!("{:04}", asof.year());
    if typed.is_empty() {
        return vec![
            format!("<{asof}"),
            format!(">={asof}"),
            month.clone(),
            quarter,
            year.clone(),
            format!("{year}-01..{month}"),
        ];
    }
    // Behind a comparison or the two dots of a range a period follows.
    let (sign, rest) = operator(typed);
    let dots = rest.find("..").map_or(0, |at| at + 2);
    let (before, rest) = (format!("{sign}{}", &rest[..dots]), &rest[dots..]);
    let mut periods = vec![asof.to_string(), month, quarter, year];
    if let Some(year) = rest.get(..4)
        && year.parse::<Period>().is_ok()
    {
        periods = vec![year.to_owned()];
        periods.extend((1..=4).map(|q| format!("{year}-Q{q}")));
        periods.extend((1..=12).map(|m| format!("{year}-{m:02}")));
    }
    let wanted = rest.replace('q', "Q");
    let fitting = periods.into_iter().filter(|p| p.starts_with(&wanted));
    let spans = fitting.map(|p| format!("{before}{p}"));
    spans.filter(|s| Span::parse(s).is_some()).collect()
}
