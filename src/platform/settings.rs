//! What this browser remembers beside the events.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracker::ledger::Stamp;
use tracker::text::Lang;

use super::aside::{self, Aside};
use super::store::{KeyValue, StoreError, set_checked};

/// Where the settings are.
pub const SETTINGS_KEY: &str = "tiendo06/settings";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What this browser remembers. Nothing in it is evidence: losing it costs a
/// few clicks and no record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Id of the user's agency; `None` before it is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The language; `None` before it is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Light or dark.
    pub theme: Theme,
    /// How the user signs what they record; may be empty.
    pub author: String,
    /// Names this browser profile in events; empty before the first start.
    pub device: String,
    /// The stamp of this browser's newest event at the last export of everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exported: Option<Stamp>,
    /// Members that this version does not know, kept as they are.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Settings {
    /// Reads the settings; the default when there are none.
    ///
    /// Bytes that cannot be read are set aside before the default is used, and
    /// handed back. When even that fails they stay where they are, and
    /// [`Settings::save`] will not overwrite them.
    pub fn load(store: &dyn KeyValue) -> (Settings, Option<Aside>) {
        let bytes = match store.get(SETTINGS_KEY) {
            Ok(Some(text)) => match serde_json::from_str(&text) {
                Ok(settings) => return (settings, None),
                Err(_) => text,
            },
            Err(StoreError::NotText(escaped)) => escaped,
            Ok(None) | Err(_) => return (Settings::default(), None),
        };
        let key = match aside::set_aside(store, SETTINGS_KEY) {
            Ok(key) => key,
            Err(_) => SETTINGS_KEY.to_owned(),
        };
        let aside = Aside {
            key,
            original_key: SETTINGS_KEY.to_owned(),
            bytes,
        };
        (Settings::default(), Some(aside))
    }

    /// Keeps the settings; `Ok` means that they were read back the same.
    ///
    /// # Errors
    /// Why they are not kept. When unreadable bytes are in their place and
    /// cannot be set aside, those stay.
    pub fn save(&self, store: &dyn KeyValue) -> Result<(), StoreError> {
        match store.get(SETTINGS_KEY) {
            Ok(Some(text)) if is_readable(&text) => {}
            Ok(None) => {}
            Ok(Some(_)) | Err(StoreError::NotText(_)) => {
                aside::set_aside(store, SETTINGS_KEY)?;
            }
            Err(error) => return Err(error),
        }
        let text =
            serde_json::to_string(self).map_err(|error| StoreError::Other(error.to_string()))?;
        set_checked(store, SETTINGS_KEY, &text)
    }
}

/// Whether a stored text is settings that this version reads.
pub(super) fn is_readable(text: &str) -> bool {
    serde_json::from_str::<Settings>(text).is_ok()
}
