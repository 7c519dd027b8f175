//! The second place for what people recorded: IndexedDB, written with strict durability.
//!
//! `localStorage` is read at once and lost by a browser that is killed within seconds; this is the
//! other way round. Events are under their ids, as the same text as in the
//! [`Journal`](super::Journal). Values that cannot be read are set aside here as there. The version
//! of the database is the [schema](super::schema) of what is stored.
//!
//! The recovery ring is here too: the last three states of the ledger before something
//! that cannot simply be taken back, each as the text of a file.

use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Array, JsString};
use tracker::ledger::Event;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::aside::Aside;
use super::database::{Database, Keys, keys_between};
use super::js::{call_async, of_window, pause};
use super::schema::STORED_SCHEMA;
use super::slice::Slices;
use super::store::{StoreError, escaped, read_thrown};

const NAME: &str = "tiendo06";
/// Id of an event → its text.
const EVENTS: &str = "events";
/// Running number → [the key it was found under, the value as it was].
const ASIDE: &str = "aside";
/// Running number → [moment in ms, why, how many events, the text of a file].
const RING: &str = "ring";

/// How many snapshots are kept.
pub const RING_LENGTH: usize = 3;

/// How many events one transaction writes at most.
const BATCH: usize = 500;

/// How many events are put into words in between two looks at the clock.
const PART: usize = 50;

/// What the keys of values set aside here begin with, for the page.
const ASIDE_PREFIX: &str = "idb:";

/// The database, open.
pub struct Mirror {
    db: Database,
}

/// Everything under events: keys and values as the browser has them, by ascending key.
pub struct Entries {
    keys: Array,
    values: Array,
}

impl Entries {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.length() as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The key and the text at a place; `None` for what is no text.
    pub fn at(&self, place: usize) -> (String, Option<String>) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let text: Option<JsString> = self.values.get(place).dyn_into().ok();
        let text = text.filter(JsString::is_valid_utf16).map(String::from);
        (self.keys.get(place).as_string().unwrap_or_default(), text)
    }
}

/// A state of the ledger that can be returned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its running number.
    pub number: u32,
    /// When it was taken, in ms since 1970.
    pub at: i64,
    /// Before what, as a word of the program.
    pub why: String,
    /// How many events it has.
    pub count: usize,
}

impl Mirror {
    /// Opens the database, which makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] where there is no IndexedDB, [`StoreError::Newer`] where a newer
    /// version has been here, or what the browser said.
    pub async fn open() -> Result<Mirror, StoreError> {
        let stores = [
            (EVENTS, Keys::Given),
            (ASIDE, Keys::Numbers),
            (RING, Keys::Numbers),
        ];
        let db = Database::open(NAME, STORED_SCHEMA, &stores).await?;
        Ok(Mirror { db })
    }

    /// Everything under events.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn entries(&self) -> Result<Entries, StoreError> {
        self.listed(&[]).await
    }

    /// What `getAll` of events comes to with these arguments, and under which keys.
    async fn listed(&self, which: &[JsValue]) -> Result<Entries, StoreError> {
        let calls = [("getAllKeys", which.to_vec()), ("getAll", which.to_vec())];
        let found = self.db.read(EVENTS, &calls).await?;
        let list = |at: usize| -> Array {
            found
                .get(at)
                .and_then(|l| l.clone().dyn_into().ok())
                .unwrap_or_default()
        };
        Ok(Entries {
            keys: list(0),
            values: list(1),
        })
    }

    /// Whether these texts, each with its id and in the order of ids, are kept.
    async fn keeps(&self, puts: &[(&str, Vec<JsValue>)]) -> Result<bool, StoreError> {
        if let (Some((_, first)), Some((_, last)), true) =
            (puts.first(), puts.last(), puts.len() > PART)
        {
            // All between the first and the last in one answer, which is there sooner than one for each,
            // unless most of it is something else.
            let between = keys_between(&first[1], &last[1])?;
            let most = JsValue::from((2 * puts.len()) as f64);
            let found = self.listed(&[between, most]).await?;
            let mut rest = 0..found.keys.length();
            let kept = puts.iter().all(|(_, put)| {
                rest.find(|at| found.keys.get(*at) == put[1])
                    .is_some_and(|at| found.values.get(at) == put[0])
            });
            if kept {
                return Ok(true);
            }
        }
        let gets: Vec<_> = puts
            .iter()
            .map(|(_, put)| ("get", vec![put[1].clone()]))
            .collect();
        let kept = self.db.read(EVENTS, &gets).await?;
        Ok(puts
            .iter()
            .zip(&kept)
            .all(|((_, put), kept)| put[0] == *kept))
    }

    /// Keeps events. `Ok` means that they are on the disk and were read back the same; `told` hears
    /// after every batch how many are.
    ///
    /// # Errors
    /// Why they, or some of them, are not kept.
    pub async fn keep(
        &self,
        events: &[Arc<Event>],
        told: &dyn Fn(usize),
    ) -> Result<(), StoreError> {
        if events.len() > PART {
            // After whatever brought so many.
            pause().await;
        }
        let mut slices = Slices::begin();
        // Neighbours are kept, and read back, sooner than what lies far apart.
        let events = by_id(events, &mut slices).await;
        for (number, batch) in events.chunks(BATCH).enumerate() {
            let mut puts = Vec::new();
            for (at, event) in batch.iter().enumerate() {
                if at % PART == PART - 1 {
                    slices.make_way().await;
                }
                let (id, text) = (
                    JsValue::from(event.id().to_string()),
                    JsValue::from(event.to_text()),
                );
                puts.push(("put", vec![text, id]));
            }
            self.db.write(EVENTS, &puts).await?;
            if !self.keeps(&puts).await? {
                return Err(StoreError::NotKept);
            }
            told(number * BATCH + batch.len());
        }
        Ok(())
    }

    /// Moves a value that is no event out of the way, exactly as it is. Another tab may have done
    /// so already.
    ///
    /// # Errors
    /// What the browser said; the value is then where it was.
    pub async fn set_aside(
        self: Rc<Self>,
        entries: &Entries,
        place: usize,
    ) -> Result<(), StoreError> {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let key = entries.keys.get(place);
        locked(async move {
            let found = self
                .db
                .read(
                    EVENTS,
                    &[("getKey", vec![key.clone()]), ("get", vec![key.clone()])],
                )
                .await?;
            if let [there, value] = found.as_slice()
                && !there.is_undefined()
            {
                let moved = Array::of2(&key, value);
                self.db.write(ASIDE, &[("add", vec![moved.into()])]).await?;
                self.db.write(EVENTS, &[("delete", vec![key])]).await?;
            }
            Ok(())
        })
        .await
    }

    /// Everything that is aside here.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn aside(&self) -> Result<Vec<Aside>, StoreError> {
        let found = self.numbered(ASIDE).await?;
        let aside = |(number, value): (u32, Array)| Aside {
            key: [ASIDE_PREFIX, &number.to_string()].concat(),
            original_key: [ASIDE_PREFIX, &shown(&value.get(0))].concat(),
            bytes: shown(&value.get(1)),
        };
        Ok(found.into_iter().map(aside).collect())
    }

    /// The running number of a value set aside here, from its key.
    pub fn aside_number(key: &str) -> Option<u32> {
        key.strip_prefix(ASIDE_PREFIX)?.parse().ok()
    }

    /// Drops a value that was set aside. Only for a user who asked for it.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn forget_aside(&self, number: u32) -> Result<(), StoreError> {
        self.db
            .write(ASIDE, &[("delete", vec![number.into()])])
            .await?;
        Ok(())
    }

    /// The arrays of a store under running numbers, ascending.
    async fn numbered(&self, store: &str) -> Result<Vec<(u32, Array)>, StoreError> {
        let found = self
            .db
            .read(store, &[("getAllKeys", Vec::new()), ("getAll", Vec::new())])
            .await?;
        let [keys, values] = found.as_slice() else {
            return Ok(Vec::new());
        };
        let mut list = Vec::new();
        for (key, value) in Array::from(keys).iter().zip(Array::from(values).iter()) {
            let number = key.as_f64().unwrap_or_default() as u32;
            list.push((number, value.dyn_into().unwrap_or_default()));
        }
        Ok(list)
    }

    /// The snapshots, oldest first.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn snapshots(&self) -> Result<Vec<Snapshot>, StoreError> {
        let found = self.numbered(RING).await?;
        let snapshot = |(number, value): (u32, Array)| Snapshot {
            number,
            at: value.get(0).as_f64().unwrap_or_default() as i64,
            why: value.get(1).as_string().unwrap_or_default(),
            count: value.get(2).as_f64().unwrap_or_default() as usize,
        };
        Ok(found.into_iter().map(snapshot).collect())
    }

    /// The text of a snapshot; `None` when it is not there any more.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn snapshot_text(&self, number: u32) -> Result<Option<String>, StoreError> {
        let found = self.db.read(RING, &[("get", vec![number.into()])]).await?;
        let array: Option<Array> = found.into_iter().next().and_then(|v| v.dyn_into().ok());
        Ok(array.and_then(|value| value.get(3).as_string()))
    }

    /// Keeps a snapshot, reads it back, and lets go of those before the last three. One tab at a
    /// time, where the browser has locks.
    ///
    /// # Errors
    /// Why it is not kept; the others are then as they were.
    pub async fn keep_snapshot(
        self: Rc<Self>,
        at: i64,
        why: &'static str,
        count: usize,
        text: String,
    ) -> Result<(), StoreError> {
        locked(async move {
            let text = JsValue::from(text);
            let value = Array::of4(
                &(at as f64).into(),
                &why.into(),
                &(count as f64).into(),
                &text,
            );
            let added = self.db.write(RING, &[("add", vec![value.into()])]).await?;
            let number = added.into_iter().next().unwrap_or_default();
            let kept = self.db.read(RING, &[("get", vec![number])]).await?;
            let kept: Option<Array> = kept.into_iter().next().and_then(|v| v.dyn_into().ok());
            if kept.is_none_or(|kept| kept.get(3) != text) {
                return Err(StoreError::NotKept);
            }
            let keys = self.db.read(RING, &[("getAllKeys", Vec::new())]).await?;
            let keys = keys.first().map(Array::from).unwrap_or_default();
            let old = (keys.length() as usize).saturating_sub(RING_LENGTH);
            let drop = |key: JsValue| ("delete", vec![key]);
            let drops: Vec<_> = keys.iter().take(old).map(drop).collect();
            if !drops.is_empty() {
                self.db.write(RING, &drops).await?;
            }
            Ok(())
        })
        .await
    }

    /// Empties the database; the snapshots only when asked to.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn erase(self: Rc<Self>, ring_too: bool) -> Result<(), StoreError> {
        locked(async move {
            let stores = [EVENTS, ASIDE, RING];
            for store in &stores[..if ring_too { 3 } else { 2 }] {
                self.db.write(store, &[("clear", Vec::new())]).await?;
            }
            Ok(())
        })
        .await
    }
}

/// Events in the order of their ids; of many a part at a time.
async fn by_id<'a>(events: &'a [Arc<Event>], slices: &mut Slices) -> Vec<&'a Arc<Event>> {
    // Ids are digests: their first byte spreads them evenly.
    let mut parts = vec![Vec::new(); if events.len() > BATCH { 256 } else { 1 }];
    let count = parts.len();
    for some in events.chunks(BATCH) {
        for event in some {
            parts[usize::from(event.id().to_bytes()[0]) % count].push(event);
        }
        slices.make_way().await;
    }
    let mut sorted = Vec::with_capacity(events.len());
    for mut part in parts {
        part.sort_unstable_by_key(|event| event.id());
        sorted.append(&mut part);
        slices.make_way().await;
    }
    sorted
}

/// A value for people: text as it is, halves of pairs spelled out, anything else as JSON.
fn shown(value: &JsValue) -> String {
    match value.dyn_ref::<JsString>() {
        Some(text) => escaped(text),
        None => js_sys::JSON::stringify(value)
            .map(String::from)
            .unwrap_or_default(),
    }
}

/// Does something while no other tab does it, where the browser has locks.
async fn locked(
    task: impl Future<Output = Result<(), StoreError>> + 'static,
) -> Result<(), StoreError> {
    let outcome = Rc::new(std::cell::RefCell::new(Ok(())));
    let told = Rc::clone(&outcome);
    let task = async move {
        let result = task.await;
        *told.borrow_mut() = result;
        Ok(JsValue::UNDEFINED)
    };
    match of_window(&["navigator", "locks"]) {
        Ok(locks) => {
            let granted = wasm_bindgen::closure::Closure::once_into_js(move |_: JsValue| {
                JsValue::from(future_to_promise(task))
            });
            call_async(&locks, "request", &["tiendo06/ring".into(), granted]).await?;
        }
        Err(_) => {
            JsFuture::from(future_to_promise(task))
                .await
                .map_err(|thrown| read_thrown(&thrown))?;
        }
    }
    outcome.replace(Ok(()))
}
