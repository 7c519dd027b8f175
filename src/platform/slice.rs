//! Long work in slices: the page is drawn and answers in between.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::clock;

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

/// Waits for a timer, so that whatever waits for the page comes first. Without one, work goes on.
async fn pause() {
    let mut set = false;
    let waited = Promise::new(&mut |resolve, _| {
        let timer = web_sys::window().map(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0)
        });
        set = timer.is_some_and(|timer| timer.is_ok());
    });
    if set {
        // The promise is never rejected.
        let _ = JsFuture::from(waited).await;
    }
}
