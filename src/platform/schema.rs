//! Which form what is stored has, so that an older page never writes over what a newer one wrote.

use super::aside;
use super::store::{KeyValue, StoreError};

/// Where the number is.
pub const SCHEMA_KEY: &str = "tiendo06/schema";

/// The form that this version writes and the highest that it reads.
pub const STORED_SCHEMA: u32 = 1;

/// Whether a newer version stored something here. Asked before each write: the newer version may
/// run in another tab since a moment ago.
pub fn is_newer(stored: Option<&str>) -> bool {
    stored
        .and_then(|text| text.parse::<u32>().ok())
        .is_some_and(|number| number > STORED_SCHEMA)
}

/// Writes the number down where there is none; what stands there and is none is set aside.
///
/// # Errors
/// [`StoreError::Newer`], or what the store said.
pub fn stamp(store: &dyn KeyValue) -> Result<(), StoreError> {
    match store.get(SCHEMA_KEY) {
        Ok(Some(text)) if is_newer(Some(&text)) => return Err(StoreError::Newer),
        Ok(Some(text)) if text.parse::<u32>().is_ok() => return Ok(()),
        Ok(None) => {}
        Ok(Some(_)) | Err(StoreError::NotText(_)) => {
            aside::set_aside(store, SCHEMA_KEY)?;
        }
        Err(error) => return Err(error),
    }
    let mut number = String::new();
    number.extend(char::from_digit(STORED_SCHEMA, 10));
    store.set(SCHEMA_KEY, &number)
}
