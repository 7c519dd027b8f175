//! Saved views: addresses under a name, and how those of several people come together.
//!
//! A view is a whole address of the page, so it says what was searched, for
//! whom, as of which day and how it was arranged. Settings keep views and files
//! carry them under `ext`; both as [`write()`] writes them. Addresses mean
//! nothing here.

use serde_json::{Map, Value};

use crate::json;
use crate::sorting::positions;
use crate::text::{nfc, sort_key};

/// The member that holds the views, in settings as under `ext` of a file.
pub const MEMBER: &str = "views";

/// An address under a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedView {
    /// Its name; not blank, and no other view's.
    pub name: String,
    /// The address of the page, as its links have it.
    pub address: String,
    /// Members that this version does not know.
    pub extra: Map<String, Value>,
}

/// The views of a JSON value, in its order; `None` when it is not what [`write()`] writes.
pub fn read(value: Value) -> Option<Vec<SavedView>> {
    let Value::Array(items) = value else {
        return None;
    };
    let mut views: Vec<SavedView> = Vec::new();
    for item in items {
        let Value::Object(mut map) = item else {
            return None;
        };
        let mut text = |key| match json::take(&mut map, key) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (name, address) = (tidy(&text("name")?), text("address")?);
        if !name.is_empty() && position(&views, &name).is_none() {
            views.push(SavedView {
                name,
                address,
                extra: json::without(map, &["name", "address"]),
            });
        }
    }
    Some(views)
}

/// The views as a JSON value.
pub fn write(views: &[SavedView]) -> Value {
    let items = views.iter().map(|view| {
        let mut map = view.extra.clone();
        json::set(&mut map, "name", Value::from(view.name.as_str()));
        json::set(&mut map, "address", Value::from(view.address.as_str()));
        Value::Object(map)
    });
    Value::Array(items.collect())
}

/// A name as it is kept: composed, without blanks around it.
pub fn tidy(name: &str) -> String {
    nfc(name.trim())
}

/// The place of the view with this name.
fn position(views: &[SavedView], name: &str) -> Option<usize> {
    views.iter().position(|view| view.name == name)
}

/// Keeps `address` under `name`, in place of what had that name. A blank name keeps nothing.
pub fn save(views: &mut Vec<SavedView>, name: &str, address: &str) {
    let name = tidy(name);
    match position(views, &name) {
        _ if name.is_empty() => {}
        Some(at) => views[at].address = address.to_owned(),
        None => {
            views.push(SavedView {
                name,
                address: address.to_owned(),
                extra: Map::new(),
            });
            sort(views);
        }
    }
}

/// Gives the view `from` the name `to`; false when that is blank or another view's.
pub fn rename(views: &mut Vec<SavedView>, from: &str, to: &str) -> bool {
    let to = tidy(to);
    let Some(at) = position(views, from) else {
        return false;
    };
    if to.is_empty() || position(views, &to).is_some_and(|other| other != at) {
        return false;
    }
    views[at].name = to;
    sort(views);
    true
}

/// Takes in the views of others that are not here yet; returns how many those were.
///
/// Nothing is replaced: another address under a name that is taken gets a number
/// behind its name. Taking in the same views again changes nothing.
pub fn merge(views: &mut Vec<SavedView>, others: &[SavedView]) -> usize {
    let before = views.len();
    for other in others {
        let known = |view: &SavedView| {
            view.address == other.address
                && view
                    .name
                    .strip_prefix(&other.name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        };
        if views.iter().any(known) {
            continue;
        }
        let mut name = other.name.clone();
        let mut number = 2;
        while position(views, &name).is_some() {
            name = format!("{} ({number})", other.name);
            number += 1;
        }
        views.push(SavedView {
            name,
            ..other.clone()
        });
    }
    sort(views);
    views.len() - before
}

/// By the Vietnamese alphabet.
fn sort(views: &mut Vec<SavedView>) {
    let keys: Vec<_> = views.iter().map(|view| sort_key(&view.name)).collect();
    let order = positions(views.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    *views = order.into_iter().map(|at| views[at].clone()).collect();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn views(names: &[(&str, &str)]) -> Vec<SavedView> {
        let mut views = Vec::new();
        for (name, address) in names {
            save(&mut views, name, address);
        }
        views
    }

    fn shown(views: &[SavedView]) -> Vec<(&str, &str)> {
        let pairs = views.iter().map(|v| (v.name.as_str(), v.address.as_str()));
        pairs.collect()
    }

    #[test]
    fn views_stand_in_the_order_of_the_alphabet() {
        let all = views(&[
            ("Đến hạn", "#/b"),
            ("Xong", "#/c"),
            ("An toàn", "#/a"),
            ("Dữ liệu", "#/d"),
        ]);
        let names: Vec<&str> = all.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names, ["An toàn", "Dữ liệu", "Đến hạn", "Xong"]);
    }

    #[test]
    fn a_name_is_one_view() {
        let mut all = views(&[("A", "#/1"), (" A ", "#/2"), ("  ", "#/3")]);
        assert_eq!(shown(&all), [("A", "#/2")]);
        save(&mut all, "Quá hạn", "#/4");
        // Decomposed letters are the same name.
        save(&mut all, "Qua\u{301} ha\u{323}n", "#/5");
        assert_eq!(shown(&all), [("A", "#/2"), ("Quá hạn", "#/5")]);
        assert!(!rename(&mut all, "A", "Quá hạn"));
        assert!(!rename(&mut all, "A", " "));
        assert!(!rename(&mut all, "B", "C"));
        assert!(rename(&mut all, "A", "A"));
        assert!(rename(&mut all, "A", "Z"));
        assert_eq!(shown(&all), [("Quá hạn", "#/5"), ("Z", "#/2")]);
    }

    #[test]
    fn views_survive_a_file_with_what_is_not_known() {
        let json = json!([{"name": "A", "address": "#/1", "colour": {"x": 1}}]);
        let read_back = read(json.clone()).unwrap();
        assert_eq!(write(&read_back), json);
        for wrong in [
            json!({}),
            json!([1]),
            json!([{"name": "A"}]),
            json!([{"name": 1, "address": "#/"}]),
        ] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
        // A name that comes twice is one view, and no name is none.
        let twice = json!([{"name": "A", "address": "#/1"}, {"name": "A", "address": "#/2"}, {"name": " ", "address": "#/3"}]);
        assert_eq!(shown(&read(twice).unwrap()), [("A", "#/1")]);
    }

    #[test]
    fn what_others_saved_replaces_nothing() {
        let mut own = views(&[("A", "#/1")]);
        let theirs = views(&[("A", "#/2"), ("B", "#/1")]);
        assert_eq!(merge(&mut own, &theirs), 2);
        assert_eq!(shown(&own), [("A", "#/1"), ("A (2)", "#/2"), ("B", "#/1")]);
        assert_eq!(merge(&mut own, &theirs), 0);
        assert_eq!(merge(&mut own, &views(&[("A", "#/3")])), 1);
        assert_eq!(own[2].name, "A (3)");
    }

    proptest! {
        #[test]
        fn merging_loses_and_doubles_nothing(
            one in proptest::collection::vec(("[a-c]", "[x-z]"), 0..6),
            other in proptest::collection::vec(("[a-c]", "[x-z]"), 0..6),
        ) {
            let pairs = |all: &[(String, String)]| -> Vec<SavedView> {
                let mut views = Vec::new();
                for (name, address) in all {
                    save(&mut views, name, address);
                }
                views
            };
            let (own, theirs) = (pairs(&one), pairs(&other));
            let mut all = own.clone();
            let added = merge(&mut all, &theirs);
            prop_assert_eq!(all.len(), own.len() + added);
            prop_assert!(own.iter().all(|view| all.contains(view)));
            prop_assert!(theirs.iter().all(|t| all.iter().any(|v| v.address == t.address)));
            let mut names: Vec<&str> = all.iter().map(|v| v.name.as_str()).collect();
            names.dedup();
            prop_assert_eq!(names.len(), all.len());
            prop_assert_eq!(merge(&mut all, &theirs), 0);
            prop_assert_eq!(read(write(&all)), Some(all));
        }
    }
}
