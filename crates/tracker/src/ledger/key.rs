//! The start of a name, to look for it among many without going to each.

use std::cmp::Ordering;

/// How many bytes of a name are kept.
const START: usize = 15;

/// The first bytes of a name and how long it is: ordered as names are, and the whole of most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key([u64; 2]);

impl Key {
    /// The start of this name.
    pub fn of(name: &str) -> Key {
        let mut bytes = [0; START + 1];
        for (byte, of_name) in bytes.iter_mut().zip(name.as_bytes().iter().take(START)) {
            *byte = *of_name;
        }
        // A shorter name comes before one that goes on with zeros. What is beyond the start does not
        // count here.
        bytes[START] = name.len().min(START + 1) as u8;
        let [first, second] = bytes.as_chunks().0 else {
            return Key([0; 2]);
        };
        Key([u64::from_be_bytes(*first), u64::from_be_bytes(*second)])
    }

    /// The order of two names by their starts, and by `rest` where those do not tell.
    pub fn order(self, other: Key, rest: impl FnOnce() -> Ordering) -> Ordering {
        let starts = self.cmp(&other);
        let whole = self.0[1] & 0xff <= START as u64;
        if starts.is_eq() && !whole {
            return rest();
        }
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn names_are_ordered_as_their_texts() {
        let mut names = vec![String::new()];
        for text in ["a", "b", "\0", "bo-cong-an", "tỉnh", "\u{10ffff}"] {
            for length in [1, 14, 15, 16, 17] {
                names.push(text.repeat(length).chars().take(length).collect());
            }
            names.push(format!("bo-khoa-hoc-va-cong-nghe{text}"));
            names.push(format!("bo-khoa-hoc-va{text}"));
        }
        for a in &names {
            for b in &names {
                let order = Key::of(a).order(Key::of(b), || a.cmp(b));
                assert_eq!(order, a.cmp(b), "{a:?} {b:?}");
            }
        }
    }
}
