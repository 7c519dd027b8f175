//! Long work in slices: the page is drawn and answers in between.

use super::{clock, pause};

/// How long a slice of work may take, in milliseconds. What is done at once, between two looks at
/// the clock, comes on top.
const SLICE_MS: i64 = 16;

/// Work that makes way for the page now and then.
pub struct Slices {
    began: i64,
}

impl Slices {
    /// Work begins now.
    pub fn begin() -> Slices {
        Slices {
            began: clock::now_ms(),
        }
    }

    /// Lets the page go first if the slice has lasted long enough. To be called after every few
    /// milliseconds of work.
    pub async fn make_way(&mut self) {
        // A clock that was set back begins a new slice.
        if !(0..SLICE_MS).contains(&(clock::now_ms() - self.began)) {
            pause().await;
            self.began = clock::now_ms();
        }
    }
}
