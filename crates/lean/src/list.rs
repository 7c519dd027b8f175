//! Keyed lists: a row stays, with its focus and its signals, as long as its key does.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::child::{insert, place, remove};
use super::{IntoView, View, document, follow};

/// The rows that a list should have.
pub trait Rows {
    /// Looks again which rows there are: the key of each, in their order. Tracks.
    fn keys(&mut self) -> Vec<u64>;

    /// Draws one of them; asked for at most once after each look.
    fn draw(&mut self, position: usize) -> View;
}

struct Each<T, I, K, R> {
    items: I,
    key: K,
    row: R,
    found: Vec<Option<T>>,
}

impl<T, I, K, H, R, V> Rows for Each<T, I, K, R>
where
    I: FnMut() -> Vec<T>,
    K: Fn(&T) -> H,
    H: Hash,
    R: Fn(T) -> V,
    V: IntoView,
{
    fn keys(&mut self) -> Vec<u64> {
        let mut keys = Vec::new();
        self.found.clear();
        for item in (self.items)() {
            let mut hasher = DefaultHasher::new();
            (self.key)(&item).hash(&mut hasher);
            keys.push(hasher.finish());
            self.found.push(Some(item));
        }
        keys
    }

    fn draw(&mut self, position: usize) -> View {
        let item = self.found.get_mut(position).and_then(Option::take);
        item.map_or(View::Nothing, |item| (self.row)(item).into_view())
    }
}

/// A list that follows `items`: rows whose key stays are moved, never drawn anew. Each row
/// is one element. A key is told apart by its hash.
pub fn each<T, H, V>(
    items: impl FnMut() -> Vec<T> + 'static,
    key: impl Fn(&T) -> H + 'static,
    row: impl Fn(T) -> V + 'static,
) -> View
where
    T: 'static,
    H: Hash + 'static,
    V: IntoView + 'static,
{
    View::List(Box::new(Each {
        items,
        key,
        row,
        found: Vec::new(),
    }))
}

/// A row that is drawn.
struct Row {
    key: u64,
    node: Node,
    owner: Owner,
}

/// Keeps the rows before `end` as `wanted` says.
pub(crate) fn keep_drawn(mut wanted: Box<dyn Rows>, end: Node) {
    let Some(owner) = Owner::current() else {
        return;
    };
    let mut rows: Vec<Row> = Vec::new();
    follow(Box::new(move || {
        let keys = wanted.keys();
        let mut old: Vec<Option<Row>> = rows.drain(..).map(Some).collect();
        // Rows mostly stay in their order: each search starts where the last one ended.
        let mut from = 0;
        for (position, key) in keys.into_iter().enumerate() {
            let count = old.len();
            let found = (from..count)
                .chain(0..from.min(count))
                .find(|&i| old.get(i).is_some_and(|row| is(row, key)));
            let kept = found.and_then(|i| {
                from = i + 1;
                old.get_mut(i).and_then(Option::take)
            });
            rows.extend(kept.or_else(|| draw_row(&owner, key, &mut *wanted, position)));
        }
        for row in old.into_iter().flatten() {
            drop_row(&row);
        }
        let Some(parent) = end.parent_node() else {
            return;
        };
        let mut before = end.clone();
        for row in rows.iter().rev() {
            let next = row.node.next_sibling();
            if !next.is_some_and(|next| next.is_same_node(Some(&before))) {
                insert(&row.node, &parent, Some(&before));
            }
            before.clone_from(&row.node);
        }
    }));
}

fn is(row: &Option<Row>, key: u64) -> bool {
    row.as_ref().is_some_and(|row| row.key == key)
}

fn draw_row(owner: &Owner, key: u64, wanted: &mut dyn Rows, position: usize) -> Option<Row> {
    // An owner of its own: the signals of a row live and end with it.
    let owner = owner.child();
    let node = owner.with(|| {
        untrack(|| {
            let fragment: Node = document()?.create_document_fragment().into();
            place(wanted.draw(position), &fragment, None);
            fragment.first_child()
        })
    })?;
    Some(Row { key, node, owner })
}

fn drop_row(row: &Row) {
    row.owner.cleanup();
    remove(&row.node);
}
