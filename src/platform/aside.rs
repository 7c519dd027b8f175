//! Stored bytes that cannot be read: kept, out of the way, until the user has
//! taken them and says that they may go.

use super::journal::KeyError;
use super::store::{KeyValue, StoreError};

const PREFIX: &str = "tiendo06/aside/";

/// Bytes that this version could not read, offered to the user for download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where the bytes are now: under `tiendo06/aside/`, or still under the
    /// original key when there was no room to copy them.
    pub key: String,
    /// Where they were found.
    pub original_key: String,
    /// The bytes as they were found. Half a surrogate pair, which no text can
    /// hold, is spelled `\ud800` here; the store keeps the value exactly.
    pub bytes: String,
}

/// Moves what is under `key` aside: copies it, compares the copy, and only then
/// removes the original. Bytes that are aside already are not kept twice.
/// Returns where they are now.
pub(super) fn set_aside(store: &dyn KeyValue, key: &str) -> Result<String, StoreError> {
    let copy = place(store, key)?;
    if !store.has(&copy)? {
        store.copy(key, &copy)?;
    }
    if !store.same(key, &copy)? {
        // Half a copy is no use to anyone; the whole is still under `key`.
        store.remove(&copy)?;
        return Err(StoreError::NotKept);
    }
    store.remove(key)?;
    Ok(copy)
}

/// The first place that is free or has these very bytes.
fn place(store: &dyn KeyValue, key: &str) -> Result<String, StoreError> {
    let first = format!("{PREFIX}{key}");
    let mut place = first.clone();
    let mut count = 1_u32;
    while store.has(&place)? && !store.same(key, &place)? {
        count += 1;
        place = format!("{first}~{count}");
    }
    Ok(place)
}

/// Everything that is aside, from this start and earlier ones. What cannot be
/// listed or read goes to `errors`.
pub(super) fn list(store: &dyn KeyValue, errors: &mut Vec<KeyError>) -> Vec<Aside> {
    let keys = store.keys(PREFIX).unwrap_or_else(|error| {
        errors.push(KeyError::new(PREFIX, error));
        Vec::new()
    });
    keys.iter()
        .filter_map(|key| {
            bytes(store, key)
                .unwrap_or_else(|error| {
                    errors.push(KeyError::new(key, error));
                    None
                })
                .map(|bytes| Aside {
                    original_key: original(key).to_owned(),
                    key: key.clone(),
                    bytes,
                })
        })
        .collect()
}

/// What is under `key`, where it is: for bytes that could not be moved.
pub(super) fn in_place(store: &dyn KeyValue, key: &str) -> Result<Option<Aside>, StoreError> {
    Ok(bytes(store, key)?.map(|bytes| Aside {
        key: key.to_owned(),
        original_key: key.to_owned(),
        bytes,
    }))
}

/// Whether a key is one of those set aside.
pub(super) fn is_aside(key: &str) -> bool {
    key.starts_with(PREFIX)
}

fn bytes(store: &dyn KeyValue, key: &str) -> Result<Option<String>, StoreError> {
    match store.get(key) {
        Err(StoreError::NotText(escaped)) => Ok(Some(escaped)),
        result => result,
    }
}

fn original(key: &str) -> &str {
    let rest = key.strip_prefix(PREFIX).unwrap_or(key);
    match rest.rsplit_once('~') {
        Some((original, count)) if count.parse::<u32>().is_ok() => original,
        _ => rest,
    }
}
