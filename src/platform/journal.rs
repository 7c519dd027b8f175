//! The events on disk: one key an event, so that two tabs writing at once never
//! overwrite each other.
//!
//! An event is immutable and its key is the digest of its content, so a key is
//! written once and never changed. What is under such a key and is not that
//! event is damage: it is set aside, never overwritten and never dropped.

use std::fmt;
use std::rc::Rc;

use tracker::ledger::{Event, EventId};

use super::aside::{self, Aside};
use super::settings::{SETTINGS_KEY, Settings};
use super::store::{KeyValue, StoreError, set_checked};

/// Events are under this and their id.
pub const EVENT_PREFIX: &str = "tiendo06/e/";

/// How much the browsers let one origin keep in `localStorage`, in UTF-16 code
/// units of keys and values (5 MiB; measured in Chromium).
pub const QUOTA_UNITS: usize = 5_242_880;

/// The events in a store.
#[derive(Clone)]
pub struct Journal {
    store: Rc<dyn KeyValue>,
}

/// What a start found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The intact events, by ascending id.
    pub events: Vec<Event>,
    /// Everything that is set aside, from this start and earlier ones, settings
    /// included; and bytes that could not be moved, where they are.
    pub aside: Vec<Aside>,
    /// What went wrong with the store itself. Nothing was lost by it, but there
    /// may be events that are not listed here.
    pub errors: Vec<KeyError>,
}

/// A failure of the store, and the key (or prefix of keys) it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    /// The key or prefix.
    pub key: String,
    /// What failed.
    pub error: StoreError,
}

impl KeyError {
    pub(super) fn new(key: &str, error: StoreError) -> Self {
        KeyError {
            key: key.to_owned(),
            error,
        }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.error)
    }
}

impl std::error::Error for KeyError {}

/// How full the store is, in UTF-16 code units of keys and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What is taken, by other pages of this origin too.
    pub used: usize,
    /// What there is in all: [`QUOTA_UNITS`].
    pub quota: usize,
}

impl Journal {
    /// The journal in a store.
    pub fn new(store: Rc<dyn KeyValue>) -> Self {
        Journal { store }
    }

    /// Reads all events, and sets aside what is not one.
    ///
    /// Bytes that cannot be moved (a full store, most likely) stay where they
    /// are, are listed all the same, and the failure is among the errors.
    pub fn load(&self) -> Loaded {
        let store = &*self.store;
        let mut loaded = Loaded::default();
        let keys = store.keys(EVENT_PREFIX).unwrap_or_else(|error| {
            loaded.errors.push(KeyError::new(EVENT_PREFIX, error));
            Vec::new()
        });
        let mut stuck = Vec::new();
        for key in keys {
            match store.get(&key) {
                Ok(None) => continue,
                Ok(Some(text)) => {
                    if let Some(event) = read(&key, &text) {
                        loaded.events.push(event);
                        continue;
                    }
                }
                Err(StoreError::NotText(_)) => {}
                Err(error) => {
                    loaded.errors.push(KeyError::new(&key, error));
                    continue;
                }
            }
            if let Err(error) = aside::set_aside(store, &key) {
                // What this version cannot read may be what a newer one wrote.
                if error == StoreError::Newer {
                    continue;
                }
                loaded.errors.push(KeyError::new(&key, error));
                stuck.push(key);
            }
        }
        loaded.aside = aside::list(store, &mut loaded.errors);
        for key in stuck {
            match aside::in_place(store, &key) {
                Ok(found) => loaded.aside.extend(found),
                Err(error) => loaded.errors.push(KeyError::new(&key, error)),
            }
        }
        loaded
    }

    /// Keeps an event. `Ok` means that it was read back and is the same; whether
    /// it outlives the page is for [`KeyValue::persistent`] to say.
    ///
    /// # Errors
    /// Why it is not kept. When damaged bytes are in its place and cannot be set
    /// aside, they stay and the event is not written.
    pub fn save(&self, event: &Event) -> Result<(), StoreError> {
        let store = &*self.store;
        let key = format!("{EVENT_PREFIX}{}", event.id());
        match store.get(&key) {
            Ok(None) => {}
            Ok(Some(text)) if read(&key, &text).is_some() => return Ok(()),
            Ok(Some(_)) | Err(StoreError::NotText(_)) => {
                aside::set_aside(store, &key)?;
            }
            Err(error) => return Err(error),
        }
        set_checked(store, &key, &event.to_text())
    }

    /// Drops bytes that were set aside. Only for a user who asked for it.
    ///
    /// # Errors
    /// When the store refuses, or when there is nothing under the key that could
    /// not be read: an intact event is never dropped.
    pub fn forget_aside(&self, key: &str) -> Result<(), StoreError> {
        let store = &*self.store;
        if !aside::is_aside(key) {
            let readable = match store.get(key) {
                Ok(Some(text)) if key == SETTINGS_KEY => Settings::parse(&text).is_some(),
                Ok(Some(text)) if key.starts_with(EVENT_PREFIX) => read(key, &text).is_some(),
                Err(StoreError::NotText(_)) => false,
                Err(error) => return Err(error),
                Ok(_) => true,
            };
            if readable {
                return Err(StoreError::Other(format!("{key} is not set aside")));
            }
        }
        store.remove(key)
    }

    /// The event that another tab has just stored; `None` when the change is
    /// something else. Damage is left for the next start to set aside.
    pub fn parse_changed(key: &str, new_value: Option<&str>) -> Option<Event> {
        read(key, new_value?)
    }

    /// The event a key belongs to; `None` for other keys.
    pub fn event_id(key: &str) -> Option<EventId> {
        key.strip_prefix(EVENT_PREFIX)?.parse().ok()
    }

    /// How full the store is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn usage(&self) -> Result<Usage, StoreError> {
        Ok(Usage {
            used: self.store.units()?,
            quota: QUOTA_UNITS,
        })
    }
}

/// The event a stored text is, if it is intact and under its own key.
fn read(key: &str, text: &str) -> Option<Event> {
    let id = Journal::event_id(key)?;
    let json = tracker::json::parse(text).ok()?;
    Event::from_json(json).ok().filter(|event| event.id() == id)
}
