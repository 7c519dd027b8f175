//! Keys and texts, kept across visits.
//!
//! The handle comes from `gloo-storage`, the reading and writing goes below it:
//! there `LocalStorage::raw` panics where storage is blocked (so no banner, no
//! fallback), `get` hands out either a parsed value or an error and never the
//! bytes that could not be parsed (which are to be set aside, not lost), and an
//! exception of another frame meets an `unreachable!`.

use std::fmt;
use std::mem::take;

use gloo_storage::{LocalStorage, Storage as _};
use js_sys::{Function, JsString, Reflect};
use tracker::sorting::positions;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use super::schema::{SCHEMA_KEY, is_newer};
use super::{thrown_name, thrown_text};

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser gives this page no storage: forbidden by the user, by a
    /// policy, or by a sandboxed frame.
    Blocked,
    /// There is no room left. What was there before is still there.
    Full,
    /// A newer version of the page stores here in a form that this one may not touch.
    Newer,
    /// Reading back gave something else than what was written.
    NotKept,
    /// The value is no text: it has half a surrogate pair, which no `String`
    /// can hold. Carries the value with those halves written as `\ud800`.
    NotText(String),
    /// Anything else, as the browser put it.
    Other(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Blocked => f.write_str("the browser's storage is blocked"),
            StoreError::Full => f.write_str("the browser's storage is full"),
            StoreError::Newer => f.write_str("a newer version of the page stores here"),
            StoreError::NotKept => {
                f.write_str("the browser's storage did not keep what was written")
            }
            StoreError::NotText(_) => f.write_str("the stored value is not well-formed text"),
            StoreError::Other(reason) => write!(f, "the browser's storage failed: {reason}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// Texts under keys. Every call may fail, and says so.
pub trait KeyValue {
    /// The keys that begin with `prefix`, in ascending order.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError>;

    /// The text under a key; `None` when there is none.
    ///
    /// # Errors
    /// When the store cannot be read, or [`StoreError::NotText`].
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Puts a text under a key, in place of the one that was there. Callers
    /// want [`set_checked`].
    ///
    /// # Errors
    /// When the store refuses; the old text is then still there.
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;

    /// Takes a key away; nothing happens when it is not there.
    ///
    /// # Errors
    /// When the store refuses.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// Puts what is under `from` under `to` as well, exactly, even where it is
    /// not text. Nothing happens when there is nothing under `from`.
    ///
    /// # Errors
    /// When the store cannot be read or refuses to write.
    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError>;

    /// Whether both keys have exactly the same under them, or both nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn same(&self, a: &str, b: &str) -> Result<bool, StoreError>;

    /// Whether there is anything under a key, be it text or not.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn has(&self, key: &str) -> Result<bool, StoreError>;

    /// UTF-16 code units of all keys and values, those of other pages of this
    /// origin included: what the browser's quota counts.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn units(&self) -> Result<usize, StoreError>;

    /// Whether what is written will be there at the next visit.
    fn persistent(&self) -> bool;
}

/// Writes, reads back and compares: only after this may the page say "saved".
///
/// # Errors
/// What the store said, or [`StoreError::NotKept`].
pub fn set_checked(store: &dyn KeyValue, key: &str, value: &str) -> Result<(), StoreError> {
    store.set(key, value)?;
    match store.get(key) {
        Ok(Some(kept)) if kept == value => Ok(()),
        Ok(_) | Err(StoreError::NotText(_)) => Err(StoreError::NotKept),
        Err(error) => Err(error),
    }
}

/// The browser's `localStorage`.
pub struct BrowserStore {
    storage: Storage,
}

impl BrowserStore {
    /// Opens the store and tries it out by writing, reading and removing a key.
    ///
    /// A full store that has something in it is opened all the same: its events
    /// are to be read, and each write will say that there is no room.
    ///
    /// # Errors
    /// [`StoreError::Blocked`], or what the trial met.
    pub fn open() -> Result<Self, StoreError> {
        // `raw` panics where there is no storage, so that is found out first.
        web_sys::window()
            .ok_or(StoreError::Blocked)?
            .local_storage()
            .map_err(|thrown| read_thrown(&thrown))?
            .ok_or(StoreError::Blocked)?;
        let storage = LocalStorage::raw();
        let store = BrowserStore { storage };
        // A key of its own, for two tabs may be opened at the same moment.
        let chance = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let key = format!("tiendo06/probe/{chance}");
        match set_checked(&store, &key, "\u{1ec7}") {
            Ok(()) => store.remove(&key)?,
            Err(StoreError::Full) if store.length()? > 0 => {}
            // It is read all the same.
            Err(StoreError::Newer) => {}
            Err(error) => return Err(error),
        }
        Ok(store)
    }

    fn length(&self) -> Result<u32, StoreError> {
        self.storage.length().map_err(|thrown| read_thrown(&thrown))
    }

    fn key(&self, index: u32) -> Result<Option<String>, StoreError> {
        self.storage
            .key(index)
            .map_err(|thrown| read_thrown(&thrown))
    }

    /// The value as JavaScript has it: `web-sys` would replace what is not text.
    fn raw(&self, key: &str) -> Result<Option<JsString>, StoreError> {
        let value = self.call("getItem", &[&key.into()])?;
        Ok(value.dyn_into().ok())
    }

    /// Whether this version may write here. A newer one may have come in another tab.
    fn guard(&self) -> Result<(), StoreError> {
        let stored = self.storage.get_item(SCHEMA_KEY);
        match is_newer(stored.ok().flatten().as_deref()) {
            true => Err(StoreError::Newer),
            false => Ok(()),
        }
    }

    fn call(&self, method: &str, arguments: &[&JsValue]) -> Result<JsValue, StoreError> {
        let failed = |thrown: JsValue| read_thrown(&thrown);
        let function: Function = Reflect::get(&self.storage, &method.into())
            .and_then(JsCast::dyn_into)
            .map_err(failed)?;
        let list = arguments.iter().copied().collect();
        function.apply(&self.storage, &list).map_err(failed)
    }
}

impl KeyValue for BrowserStore {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut keys = Vec::new();
        for index in 0..self.length()? {
            // Fewer than announced when another tab removes some meanwhile.
            let Some(key) = self.key(index)? else { break };
            if key.starts_with(prefix) {
                keys.push(key);
            }
        }
        let order = positions(keys.len(), &mut |a, b| keys[a].cmp(&keys[b]));
        Ok(order.into_iter().map(|at| take(&mut keys[at])).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let text = self
            .storage
            .get_item(key)
            .map_err(|thrown| read_thrown(&thrown))?;
        match text {
            // Either this character itself, or what stands in for half a pair.
            Some(text) if text.contains(char::REPLACEMENT_CHARACTER) => match self.raw(key)? {
                Some(raw) if !raw.is_valid_utf16() => Err(StoreError::NotText(escaped(&raw))),
                _ => Ok(Some(text)),
            },
            text => Ok(text),
        }
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.guard()?;
        self.storage
            .set_item(key, value)
            .map_err(|thrown| read_thrown(&thrown))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.guard()?;
        self.storage
            .remove_item(key)
            .map_err(|thrown| read_thrown(&thrown))
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        self.guard()?;
        if let Some(raw) = self.raw(from)? {
            self.call("setItem", &[&to.into(), &raw])?;
        }
        Ok(())
    }

    fn same(&self, a: &str, b: &str) -> Result<bool, StoreError> {
        let (a, b) = (self.raw(a)?, self.raw(b)?);
        Ok(a.map(JsValue::from) == b.map(JsValue::from))
    }

    fn has(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.raw(key)?.is_some())
    }

    fn units(&self) -> Result<usize, StoreError> {
        let mut units = 0;
        for index in 0..self.length()? {
            let Some(key) = self.key(index)? else { break };
            // The value's length is asked for without moving the value here.
            let value = self.raw(&key)?.map_or(0, |raw| raw.length() as usize);
            units += key.encode_utf16().count() + value;
        }
        Ok(units)
    }

    fn persistent(&self) -> bool {
        true
    }
}

/// `NS_ERROR_…` are the names Firefox has used for a full quota and a full disk.
pub(super) fn read_thrown(thrown: &JsValue) -> StoreError {
    match thrown_name(thrown).as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" | "NS_ERROR_FILE_NO_DEVICE_SPACE" => {
            StoreError::Full
        }
        "SecurityError" => StoreError::Blocked,
        // Of a database that a newer version made.
        "VersionError" => StoreError::Newer,
        _ => StoreError::Other(thrown_text(thrown)),
    }
}

/// A value that is not text, with the halves of pairs spelled out.
pub(super) fn escaped(raw: &JsString) -> String {
    let mut text = String::new();
    for character in char::decode_utf16(raw.iter()) {
        match character {
            Ok(character) => text.push(character),
            Err(half) => text.push_str(&format!("\\u{:04x}", half.unpaired_surrogate())),
        }
    }
    text
}
