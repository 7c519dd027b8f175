//! Keyed lists: a row stays, with its focus and its signals, as long as its key does. In a
//! [`recycled`] list the element of a row that goes is given to one that comes.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::child::{insert, place, remove};
use super::follow::follow;
use super::signal::RwSignal;
use super::{IntoView, View, document};

/// The rows that a list should have.
pub trait Rows {
    /// Looks again which rows there are: the key of each, in their order. Tracks.
    fn keys(&mut self) -> Vec<u64>;

    /// Draws the one at `position`; asked for at most once after each look.
    fn draw(&mut self, position: usize) -> View;

    /// The row of `key` stays, at `position` now.
    fn stays(&mut self, _key: u64, _position: usize) {}

    /// One of the rows whose keys are there no more, which shows what is at `position` from now on.
    /// Those whose places are in `between` stand where it should.
    fn take(&mut self, _: &mut Vec<Row>, _position: usize, _between: Range<usize>) -> Option<Row> {
        None
    }

    /// The row of `key` goes.
    fn goes(&mut self, _key: u64) {}
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
            keys.push(hashed((self.key)(&item)));
            self.found.push(Some(item));
        }
        keys
    }

    fn draw(&mut self, position: usize) -> View {
        let item = self.found.get_mut(position).and_then(Option::take);
        item.map_or(View::Nothing, |item| (self.row)(item).into_view())
    }
}

fn hashed(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
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

struct Recycled<T: 'static, I, K, A, R> {
    items: I,
    key: K,
    alike: A,
    row: R,
    found: Vec<(u64, T)>,
    /// What the rows show that are drawn, by their keys.
    shown: BTreeMap<u64, RwSignal<T>>,
}

impl<T, I, K, A, H, R, V> Rows for Recycled<T, I, K, A, R>
where
    T: Clone + PartialEq,
    I: FnMut() -> Vec<T>,
    K: Fn(&T) -> H,
    H: Hash,
    A: Fn(&T, &T) -> bool,
    R: Fn(RwSignal<T>) -> V,
    V: IntoView,
{
    fn keys(&mut self) -> Vec<u64> {
        let items = (self.items)().into_iter();
        self.found = items
            .map(|item| (hashed((self.key)(&item)), item))
            .collect();
        self.found.iter().map(|found| found.0).collect()
    }

    fn draw(&mut self, position: usize) -> View {
        let Some((key, item)) = self.found.get(position) else {
            return View::Nothing;
        };
        let shown = RwSignal::new(item.clone());
        self.shown.insert(*key, shown);
        (self.row)(shown).into_view()
    }

    fn stays(&mut self, key: u64, position: usize) {
        if let (Some(shown), Some((_, item))) = (self.shown.get(&key), self.found.get(position))
            && shown.with_untracked(|now| now != item)
        {
            shown.set(item.clone());
        }
    }

    fn take(
        &mut self,
        spare: &mut Vec<Row>,
        position: usize,
        between: Range<usize>,
    ) -> Option<Row> {
        let (key, item) = self.found.get(position)?;
        let stands = |row: &Row| between.contains(&row.place);
        let mut fit = None;
        for (at, row) in spare.iter().enumerate() {
            if fit.is_some() && !stands(row) {
                continue;
            }
            let shown = self.shown.get(&row.key)?;
            if shown.with_untracked(|now| (self.alike)(now, item)) && !is_focused(&row.node) {
                fit = Some(at);
                if stands(row) {
                    break;
                }
            }
        }
        let mut row = spare.remove(fit?);
        if !stands(&row) {
            // Otherwise those beside it would be moved, one of which may have the focus and lose it.
            remove(&row.node);
            row.place = between.start.saturating_sub(1);
        }
        let shown = self.shown.remove(&row.key)?;
        shown.set(item.clone());
        self.shown.insert(*key, shown);
        row.key = *key;
        Some(row)
    }

    fn goes(&mut self, key: u64) {
        self.shown.remove(&key);
    }
}

/// Whether the focus is in an element.
fn is_focused(node: &Node) -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|focused| node.contains(Some(&focused)))
}

/// As [`each`], for lines of which some go and some come at once, such as those of a long list on
/// the screen: the element of a line that goes shows one that comes and is alike, which takes a
/// fraction of the time of drawing it. One in which the focus is goes with its line.
pub fn recycled<T, H, V>(
    items: impl FnMut() -> Vec<T> + 'static,
    key: impl Fn(&T) -> H + 'static,
    alike: impl Fn(&T, &T) -> bool + 'static,
    row: impl Fn(RwSignal<T>) -> V + 'static,
) -> View
where
    T: Clone + PartialEq + 'static,
    H: Hash + 'static,
    V: IntoView + 'static,
{
    View::List(Box::new(Recycled {
        items,
        key,
        alike,
        row,
        found: Vec::new(),
        shown: BTreeMap::new(),
    }))
}

/// A row that is drawn.
pub struct Row {
    key: u64,
    /// Where it was among the rows before.
    place: usize,
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
        let before = rows.drain(..).enumerate();
        let mut old: Vec<Option<Row>> = before
            .map(|(place, row)| Some(Row { place, ..row }))
            .collect();
        // Rows mostly stay in their order: each search starts where the last one ended.
        let mut from = 0;
        let mut kept = Vec::with_capacity(keys.len());
        for key in &keys {
            let count = old.len();
            let found = (from..count)
                .chain(0..from.min(count))
                .find(|&i| old.get(i).is_some_and(|row| is(row, *key)));
            kept.push(found.and_then(|i| {
                from = i + 1;
                old.get_mut(i).and_then(Option::take)
            }));
        }
        let mut spare: Vec<Row> = old.into_iter().flatten().collect();
        // The places after the last one that is taken, up to that of the next row that stays.
        let mut from = 0;
        for (position, key) in keys.into_iter().enumerate() {
            let row = kept.get_mut(position).and_then(Option::take);
            if row.is_some() {
                wanted.stays(key, position);
            }
            let row = row.or_else(|| {
                if spare.is_empty() {
                    return None;
                }
                let next = kept.iter().skip(position).flatten().next();
                let end = next.map_or(usize::MAX, |row| row.place);
                wanted.take(&mut spare, position, from..end)
            });
            if let Some(row) = &row {
                from = from.max(row.place + 1);
            }
            rows.extend(row.or_else(|| draw_row(&owner, key, &mut *wanted, position)));
        }
        for row in spare {
            wanted.goes(row.key);
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
    Some(Row {
        key,
        place: 0,
        node,
        owner,
    })
}

fn drop_row(row: &Row) {
    row.owner.cleanup();
    remove(&row.node);
}
