//! Everything that touches the browser: storage, clock, randomness, address,
//! files. The only home of IO; nothing here knows the plan or draws anything.
//!
//! Where to start:
//! - [`Platform`]: the services that the rest of the page is handed, so that a
//!   test can hand in others;
//! - [`Journal`]: the events on disk, one key an event; [`mirror`]: the same in a second place;
//! - [`schema`]: in which form, and that an older page keeps off a newer one; [`quota`]: how much room
//!   there is; [`tabs`]: other tabs;
//! - [`Settings`]: what this browser remembers beside them; [`shelf`]: the plan that was opened;
//! - [`address`]: what the address says, and the steps of the history;
//! - [`page`] and [`files`]: title, focus; downloads and uploads; [`folder`]: whole folders;
//! - [`picture`]: a drawing of the page as a file that stands alone;
//! - [`keyboard`]: keys that reach the page, and the focus among links;
//! - [`slice`]: long work that makes way for the page;
//! - [`rest`]: whether the whole program is there yet.
//!
//! Nothing here panics on what a browser can cause. A missing window makes a
//! listener that never hears anything and a store that is
//! [`Blocked`](StoreError::Blocked).

pub mod address;
mod aside;
pub mod clock;
mod database;
pub mod files;
pub mod folder;
mod journal;
mod js;
pub mod keyboard;
mod listener;
pub mod lock;
mod memory;
pub mod mirror;
pub mod page;
pub mod picture;
pub mod quota;
pub mod random;
pub mod rest;
pub mod schema;
mod settings;
pub mod shelf;
mod sight;
pub mod slice;
mod store;
pub mod tabs;

use std::cell::Cell;
use std::rc::Rc;

use chrono::NaiveDate;
use wasm_bindgen::{JsCast, JsValue};

pub use aside::Aside;
pub use journal::{EVENT_PREFIX, Journal, KeyError, Loaded, QUOTA_UNITS, Usage};
pub use js::pause;
pub use listener::Listener;
pub use memory::MemoryStore;
pub use settings::{SETTINGS_KEY, Settings, Theme};
pub use sight::Sight;
pub use store::{BrowserStore, KeyValue, StoreError, set_checked};

/// The services of the browser, in a bundle that is cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// Where events and settings are kept.
    pub store: Rc<dyn KeyValue>,
    /// Why the browser's own storage is not in use, when it is not: `store`
    /// then forgets everything with the page, and the user has to be told.
    pub store_error: Option<StoreError>,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub now: Rc<dyn Fn() -> i64>,
    /// The calendar day where the reader is.
    pub today: Rc<dyn Fn() -> NaiveDate>,
    /// Sixteen bytes that no one else has drawn.
    pub random: Rc<dyn Fn() -> [u8; 16]>,
}

impl Platform {
    /// The real browser. Where its storage cannot be used the page keeps
    /// working in memory, and `store_error` says why.
    pub fn browser() -> Self {
        let (store, store_error): (Rc<dyn KeyValue>, _) = match BrowserStore::open() {
            Ok(store) => (Rc::new(store), None),
            Err(error) => (Rc::new(MemoryStore::new()), Some(error)),
        };
        Platform {
            store,
            store_error,
            now: Rc::new(clock::now_ms),
            today: Rc::new(clock::today),
            random: Rc::new(random::bytes),
        }
    }

    /// Services for a test: the given store, a clock that stands still, and
    /// "random" bytes that count up from one.
    pub fn testing(store: Rc<dyn KeyValue>, now_ms: i64, today: NaiveDate) -> Self {
        let drawn = Cell::new(0_u128);
        Platform {
            store,
            store_error: None,
            now: Rc::new(move || now_ms),
            today: Rc::new(move || today),
            random: Rc::new(move || {
                drawn.set(drawn.get().wrapping_add(1));
                drawn.get().to_be_bytes()
            }),
        }
    }

    /// Opens the browser's storage again where it could not be used before, and says whether
    /// what is written now will be there at the next visit.
    pub fn try_again(&mut self) -> bool {
        if !self.store.persistent()
            && self.store_error.is_some()
            && let Ok(store) = BrowserStore::open()
        {
            self.store = Rc::new(store);
            self.store_error = None;
        }
        self.store.persistent()
    }

    /// The events in this platform's store.
    pub fn journal(&self) -> Journal {
        Journal::new(Rc::clone(&self.store))
    }
}

/// The name of what JavaScript threw, such as `QuotaExceededError`; empty when
/// it has none. Read as a property, for an exception from another frame is not
/// an instance of this one's classes.
fn thrown_name(thrown: &JsValue) -> String {
    property(thrown, "name").unwrap_or_default()
}

/// What JavaScript threw, in one line for the person who has to look into it.
fn thrown_text(thrown: &JsValue) -> String {
    let message = property(thrown, "message").or_else(|| thrown.as_string());
    match (thrown_name(thrown), message) {
        (name, Some(message)) if name.is_empty() => message,
        (name, Some(message)) if !message.is_empty() => format!("{name}: {message}"),
        (name, _) if !name.is_empty() => name,
        _ => "the browser gave no reason".to_owned(),
    }
}

fn property(thrown: &JsValue, name: &str) -> Option<String> {
    let object: &js_sys::Object = thrown.dyn_ref()?;
    js_sys::Reflect::get(object, &name.into()).ok()?.as_string()
}
