//! Texts that many events have in common: who wrote, for which agency, about what.
//!
//! A file of a thousand events has five thousand of them and hardly two hundred different ones. Each
//! is kept once, so that an import neither asks for memory each time nor fills it.

use std::sync::Arc;

/// How many places there are; a power of two.
const PLACES: usize = 256;

/// The names that were met lately. Two that fall on one place turn each other out, which costs
/// memory and nothing else.
#[derive(Clone, Debug)]
pub struct Names(Vec<Option<Arc<str>>>);

impl Default for Names {
    fn default() -> Self {
        Names(vec![None; PLACES])
    }
}

impl Names {
    /// The text as one that is shared.
    pub fn share(&mut self, text: &str) -> Arc<str> {
        let place = &mut self.0[place(text)];
        match place {
            Some(known) if **known == *text => Arc::clone(known),
            _ => Arc::clone(place.insert(Arc::from(text))),
        }
    }
}

/// Names differ in their length and at their end, as `bo-cong-an` and `CT05-B-06` do.
fn place(text: &str) -> usize {
    let mix = |hash: usize, byte: &u8| hash.wrapping_mul(31).wrapping_add(usize::from(*byte));
    let end = text.as_bytes().iter().rev().take(8);
    end.fold(text.len(), mix) % PLACES
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Names;

    #[test]
    fn a_name_is_kept_once_and_is_always_the_one_asked_for() {
        let mut names = Names::default();
        let first = names.share("bo-cong-an");
        assert!(Arc::ptr_eq(&first, &names.share("bo-cong-an")));
        // More than there are places, twice, so that each is turned out by some other.
        for _ in 0..2 {
            for number in 0..2000 {
                let text = format!("CT{number:02}-B-{:02}", number % 100);
                assert_eq!(*names.share(&text), *text);
            }
            assert_eq!(*names.share(""), *"");
        }
        assert_eq!(*first, *"bo-cong-an");
    }
}
