//! A database of the browser: opening it, reading, and writing with strict durability. What is kept
//! in which is the affair of [`mirror`](super::mirror) and [`shelf`](super::shelf).

use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::js::{after, always, call, event_of, failure, get, object, of_window, once, set};
use super::store::StoreError;

/// How long an answer to "open" is waited for, in milliseconds. Browsers have been seen never to
/// give one.
const OPEN_MS: i32 = 4_000;

/// What the values of a store are kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// Keys that are given.
    Given,
    /// Running numbers.
    Numbers,
}

/// A database, open.
pub(super) struct Database(JsValue);

impl Database {
    /// Opens a database of this version, and makes it with these stores where there is none.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] where there is no IndexedDB, [`StoreError::Newer`] where a newer
    /// version has been here, or what the browser said.
    pub async fn open(
        name: &str,
        version: u32,
        stores: &[(&'static str, Keys)],
    ) -> Result<Database, StoreError> {
        let factory = of_window(&["indexedDB"])?;
        let request = call(&factory, "open", &[name.into(), JsValue::from(version)])?;
        let (fresh, stores) = (request.clone(), stores.to_vec());
        let make = move |_| {
            let Ok(db) = get(&fresh, "result") else {
                return;
            };
            for (name, keys) in stores {
                let options = match keys {
                    Keys::Given => object(&[]),
                    Keys::Numbers => object(&[("autoIncrement", true.into())]),
                };
                // A failure here ends the opening with an error of its own.
                let _ = call(&db, "createObjectStore", &[name.into(), options]);
            }
        };
        set(&request, "onupgradeneeded", &once(make));
        answer(&request).await?;
        let db = get(&request, "result")?;
        // A newer version in another tab must not wait for this one.
        let open = db.clone();
        let close = always(move |_| {
            let _ = call(&open, "close", &[]);
        });
        set(&db, "onversionchange", &close);
        Ok(Database(db))
    }

    /// Takes a whole database away; one that is not there is no fault.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn remove(name: &str) -> Result<(), StoreError> {
        let factory = of_window(&["indexedDB"])?;
        answer(&call(&factory, "deleteDatabase", &[name.into()])?).await
    }

    /// A transaction. Writing ones are committed only once they are on the disk.
    fn transaction(&self, store: &str, mode: &str) -> Result<(JsValue, JsValue), StoreError> {
        let strict = object(&[("durability", "strict".into())]);
        let transaction = call(&self.0, "transaction", &[store.into(), mode.into(), strict])?;
        let store = call(&transaction, "objectStore", &[store.into()])?;
        Ok((transaction, store))
    }

    /// Reads: the results of these calls of a store.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn read(
        &self,
        store: &str,
        calls: &[(&str, Vec<JsValue>)],
    ) -> Result<Vec<JsValue>, StoreError> {
        let (transaction, store) = self.transaction(store, "readonly")?;
        let done = committed(&transaction);
        let mut requests = Vec::new();
        for (method, arguments) in calls {
            requests.push(call(&store, method, arguments)?);
        }
        wait(done).await?;
        requests.iter().map(|r| get(r, "result")).collect()
    }

    /// Writes: all of these calls of a store, or none.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn write(
        &self,
        store: &str,
        calls: &[(&str, Vec<JsValue>)],
    ) -> Result<Vec<JsValue>, StoreError> {
        let (transaction, store) = self.transaction(store, "readwrite")?;
        let done = committed(&transaction);
        let mut requests = Vec::new();
        for (method, arguments) in calls {
            match call(&store, method, arguments) {
                Ok(request) => requests.push(request),
                Err(error) => {
                    // Then nothing of it is to be kept; it may have ended already.
                    let _ = call(&transaction, "abort", &[]);
                    let _ = wait(done).await;
                    return Err(error);
                }
            }
        }
        wait(done).await?;
        requests.iter().map(|r| get(r, "result")).collect()
    }

    /// Lets go of it.
    pub fn close(self) {
        // It is let go of with the page anyway.
        let _ = call(&self.0, "close", &[]);
    }
}

/// Waits for what comes of a request about a whole database.
async fn answer(request: &JsValue) -> Result<(), StoreError> {
    let answer = event_of(request, "onsuccess", &["onerror"]);
    let first = Promise::race(&Array::of2(&answer, &after(OPEN_MS)));
    let event = JsFuture::from(first).await.map_err(|e| failure(&e))?;
    if event.is_undefined() {
        return Err(StoreError::Other("IndexedDB does not answer".to_owned()));
    }
    Ok(())
}

/// The keys from one to another, both of them too.
///
/// # Errors
/// What the browser said.
pub fn keys_between(first: &JsValue, last: &JsValue) -> Result<JsValue, StoreError> {
    call(
        &of_window(&["IDBKeyRange"])?,
        "bound",
        &[first.clone(), last.clone()],
    )
}

/// Comes to the end of a transaction. Asked for at once, before anything can have happened.
fn committed(transaction: &JsValue) -> Promise {
    event_of(transaction, "oncomplete", &["onerror", "onabort"])
}

async fn wait(done: Promise) -> Result<(), StoreError> {
    JsFuture::from(done)
        .await
        .map(|_| ())
        .map_err(|e| failure(&e))
}
