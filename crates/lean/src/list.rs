//! Keyed lists: a row stays, with its focus and its signals, as long as its key does.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::child::{insert, place, remove};
use super::{IntoView, View, document, follow};

/// A row to come: its key, and how to draw it if it is new.
pub type Item = (u64, Box<dyn FnOnce() -> View>);

/// The rows that a list should have, in their order.
pub type Items = Box<dyn FnMut() -> Vec<Item>>;

struct Row {
    key: u64,
    node: Node,
    owner: Owner,
}

/// A list that follows `items`: rows whose key stays are moved, never drawn anew. Each row
/// is one element. A key is told apart by its hash.
pub fn each<T, K, V>(
    mut items: impl FnMut() -> Vec<T> + 'static,
    key: impl Fn(&T) -> K + 'static,
    row: impl Fn(T) -> V + Clone + 'static,
) -> View
where
    T: 'static,
    K: Hash,
    V: IntoView + 'static,
{
    View::List(Box::new(move || {
        items()
            .into_iter()
            .map(|item| {
                let mut hasher = DefaultHasher::new();
                key(&item).hash(&mut hasher);
                let row = row.clone();
                let draw: Box<dyn FnOnce() -> View> = Box::new(move || row(item).into_view());
                (hasher.finish(), draw)
            })
            .collect()
    }))
}

/// Keeps the rows before `end` as `items` says.
pub(crate) fn keep_drawn(mut items: Items, end: Node) {
    let Some(owner) = Owner::current() else {
        return;
    };
    let mut rows: Vec<Row> = Vec::new();
    follow(Box::new(move || {
        let next = items();
        let mut old: HashMap<u64, Row> = HashMap::with_capacity(rows.len());
        for row in rows.drain(..) {
            if let Some(double) = old.insert(row.key, row) {
                drop_row(&double);
            }
        }
        for (key, draw) in next {
            let row = old.remove(&key).or_else(|| draw_row(&owner, key, draw));
            rows.extend(row);
        }
        for row in old.values() {
            drop_row(row);
        }
        let Some(parent) = end.parent_node() else {
            return;
        };
        let mut before = end.clone();
        for row in rows.iter().rev() {
            let in_place = row
                .node
                .next_sibling()
                .is_some_and(|next| next.is_same_node(Some(&before)));
            if !in_place {
                insert(&row.node, &parent, Some(&before));
            }
            before = row.node.clone();
        }
    }));
}

fn draw_row(owner: &Owner, key: u64, draw: Box<dyn FnOnce() -> View>) -> Option<Row> {
    // An owner of its own: the signals of a row live and end with it.
    let owner = owner.child();
    let view = owner.with(|| untrack(draw));
    let fragment: Node = document()?.create_document_fragment().into();
    owner.with(|| untrack(|| place(view, &fragment, None)));
    let node = fragment.first_child()?;
    Some(Row { key, node, owner })
}

fn drop_row(row: &Row) {
    row.owner.cleanup();
    remove(&row.node);
}
