//! What this browser remembers beside the events.

use serde_json::{Map, Value};
use tracker::json;
use tracker::ledger::Stamp;
use tracker::text::Lang;
use tracker::views::{self, SavedView};

use super::aside::{self, Aside};
use super::store::{KeyValue, StoreError, set_checked};

/// Where the settings are.
pub const SETTINGS_KEY: &str = "tiendo06/settings";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The one that a switch leads to from here.
    pub const fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Dark,
            Theme::Dark => Theme::Light,
            Theme::Light => Theme::System,
        }
    }

    /// The name in storage.
    const fn key(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn from_key(key: &str) -> Option<Theme> {
        [Theme::System, Theme::Light, Theme::Dark]
            .into_iter()
            .find(|theme| theme.key() == key)
    }
}

/// What this browser remembers. Nothing in it is evidence: losing it costs a
/// few clicks and no record.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Id of the user's agency; `None` before it is chosen.
    pub unit: Option<String>,
    /// The language; `None` before it is chosen.
    pub lang: Option<Lang>,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the navigation shows icons alone; `None` to leave it to the room there is.
    pub rail_folded: Option<bool>,
    /// Whether single keys are shortcuts. Who dictates, or whose hands tremble, turns them off.
    pub single_keys: bool,
    /// How the user signs what they record; may be empty.
    pub author: String,
    /// Names this browser profile in events; empty before the first start.
    pub device: String,
    /// The stamp of this browser's newest event at the last export of everything.
    pub exported: Option<Stamp>,
    /// What that export held ([`tracker::exchange::Sent`], which comes with the rest of the
    /// program); null before the first.
    pub sent: Value,
    /// Saved views, in the order of their names.
    pub views: Vec<SavedView>,
    /// Members that this version does not know, kept as they are.
    pub extra: Map<String, Value>,
}

/// The members that have a meaning here.
const KNOWN: [&str; 10] = [
    "unit",
    "lang",
    "theme",
    "railFolded",
    "singleKeys",
    "author",
    "device",
    "exported",
    "sent",
    views::MEMBER,
];

impl Default for Settings {
    fn default() -> Self {
        Settings {
            unit: None,
            lang: None,
            theme: Theme::System,
            rail_folded: None,
            single_keys: true,
            author: String::new(),
            device: String::new(),
            exported: None,
            sent: Value::Null,
            views: Vec::new(),
            extra: Map::new(),
        }
    }
}

impl Settings {
    /// Reads the settings; the default when there are none.
    ///
    /// Bytes that cannot be read are set aside before the default is used, and
    /// handed back. When even that fails they stay where they are, and
    /// [`Settings::save`] will not overwrite them.
    pub fn load(store: &dyn KeyValue) -> (Settings, Option<Aside>) {
        let bytes = match store.get(SETTINGS_KEY) {
            Ok(Some(text)) => match Settings::parse(&text) {
                Some(settings) => return (settings, None),
                None => text,
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
            Ok(Some(text)) if Settings::parse(&text).is_some() => {}
            Ok(None) => {}
            Ok(Some(_)) | Err(StoreError::NotText(_)) => {
                aside::set_aside(store, SETTINGS_KEY)?;
            }
            Err(error) => return Err(error),
        }
        set_checked(store, SETTINGS_KEY, &self.to_text())
    }

    /// The settings that a stored text is; `None` when it is none, or when a
    /// member that this version knows is not of its shape.
    pub(crate) fn parse(text: &str) -> Option<Settings> {
        let Ok(Value::Object(mut map)) = json::parse(text) else {
            return None;
        };
        let unit = take_text(&mut map, "unit")?;
        let lang = match take_text(&mut map, "lang")? {
            Some(code) => Some(Lang::from_code(&code)?),
            None => None,
        };
        // The others have no null: their default is to be absent.
        let theme = match json::take(&mut map, "theme") {
            Some(theme) => Theme::from_key(theme.as_str()?)?,
            None => Theme::default(),
        };
        let mut choice = |key: &str| match json::take(&mut map, key) {
            Some(Value::Bool(choice)) => Some(Some(choice)),
            Some(_) => None,
            None => Some(None),
        };
        let rail_folded = choice("railFolded")?;
        let single_keys = choice("singleKeys")?.unwrap_or(true);
        let mut name = |key: &str| match json::take(&mut map, key) {
            Some(Value::String(text)) => Some(text),
            Some(_) => None,
            None => Some(String::new()),
        };
        let author = name("author")?;
        let device = name("device")?;
        let exported = match json::take(&mut map, "exported") {
            None | Some(Value::Null) => None,
            Some(stamp) => Some(read_stamp(&stamp)?),
        };
        let sent = json::take(&mut map, "sent").unwrap_or_default();
        let views = match json::take(&mut map, views::MEMBER) {
            None | Some(Value::Null) => Vec::new(),
            Some(views) => views::read(views)?,
        };
        Some(Settings {
            unit,
            lang,
            theme,
            rail_folded,
            single_keys,
            author,
            device,
            exported,
            sent,
            views,
            extra: json::without(map, &KNOWN),
        })
    }

    fn to_text(&self) -> String {
        let mut map = self.extra.clone();
        let mut put = |key: &str, value: Value| {
            json::set(&mut map, key, value);
        };
        if let Some(unit) = &self.unit {
            put("unit", Value::from(unit.as_str()));
        }
        if let Some(lang) = self.lang {
            put("lang", Value::from(lang.code()));
        }
        put("theme", Value::from(self.theme.key()));
        if let Some(folded) = self.rail_folded {
            put("railFolded", Value::Bool(folded));
        }
        if !self.single_keys {
            put("singleKeys", Value::Bool(false));
        }
        put("author", Value::from(self.author.as_str()));
        put("device", Value::from(self.device.as_str()));
        if !self.views.is_empty() {
            put(views::MEMBER, views::write(&self.views));
        }
        if let Some(stamp) = self.exported {
            let mut exported = Map::new();
            json::set(&mut exported, "ms", Value::from(stamp.ms));
            json::set(&mut exported, "c", Value::from(stamp.c));
            put("exported", Value::Object(exported));
        }
        if !self.sent.is_null() {
            put("sent", self.sent.clone());
        }
        json::write(&Value::Object(map))
    }
}

/// Takes a text that may be absent or null; `None` when it is something else.
fn take_text(map: &mut Map<String, Value>, key: &str) -> Option<Option<String>> {
    match json::take(map, key) {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

fn read_stamp(stamp: &Value) -> Option<Stamp> {
    Some(Stamp {
        ms: stamp.get("ms")?.as_i64()?,
        c: u32::try_from(stamp.get("c")?.as_u64()?).ok()?,
    })
}
