//! The one sort of the whole page.
//!
//! Each type of item that the standard library sorts is a sort of its own to
//! load. Here positions are sorted, whatever they are positions of, and the
//! caller takes its items in that order.

use std::cmp::Ordering;

/// The positions of `len` items in ascending order of the items; those that
/// `compare` calls equal keep their order.
#[inline(never)]
pub fn positions(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..len).collect();
    // Built for size, as the page is, this is a merge sort, and the unstable one a heap sort, which
    // compares twice as often, here and there in memory.
    positions.sort_by(|&a, &b| compare(a, b));
    positions
}

#[cfg(test)]
mod tests {
    use super::positions;

    #[test]
    fn equal_items_keep_their_order() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let order = positions(items.len(), &mut |a, b| items[a].0.cmp(&items[b].0));
        assert_eq!(order, [3, 1, 4, 0, 2]);
        assert!(positions(0, &mut |_, _| unreachable!()).is_empty());
    }
}
