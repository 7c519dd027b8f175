//! The plan that was opened in place of the bundled one, kept for the next visit: its file, as the
//! browser handed it over, in a database of its own, since plans and records come and go apart.
//!
//! That there is one, and what its file is called, stands in `localStorage`, which can be asked
//! before the first view is drawn. So does how often it was begun to be opened and did not come to an
//! end: a plan that is too much for a browser must not keep anybody from their records.

use wasm_bindgen::JsCast;
use web_sys::File;

use super::database::{Database, Keys};
use super::store::{KeyValue, StoreError};

/// Under which key the name of the file stands.
const NAME_KEY: &str = "tiendo06/plan";
/// How often its opening was begun since one came to its end: as many letters.
const TRIALS_KEY: &str = "tiendo06/plan-trials";
/// Several tabs may begin at once, when a browser brings back those of last time.
const MOST_TRIALS: usize = 5;

const DATABASE: &str = "tiendo06-plan";
const VERSION: u32 = 1;
const STORE: &str = "plan";
/// The one key of the store.
const KEY: &str = "file";

/// Whether a plan is kept, without its name.
pub fn is_kept(store: &dyn KeyValue) -> bool {
    store.has(NAME_KEY).unwrap_or(false)
}

/// What the file of the plan that is kept is called; `None` where none is.
pub fn name(store: &dyn KeyValue) -> Option<String> {
    store.get(NAME_KEY).ok().flatten()
}

/// Begins to open the plan that is kept; whether it may be, after so many times that did not come to
/// an end.
///
/// # Errors
/// What the store said; whether it may be opened is then not known.
pub fn begin_trial(store: &dyn KeyValue) -> Result<bool, StoreError> {
    let mut trials = store.get(TRIALS_KEY)?.unwrap_or_default();
    trials.push('x');
    store.set(TRIALS_KEY, &trials)?;
    Ok(trials.len() <= MOST_TRIALS)
}

/// The opening came to its end, well or not.
pub fn end_trial(store: &dyn KeyValue) {
    // Where it stays, the plan is opened a few times more, and then when somebody asks for it.
    let _ = store.remove(TRIALS_KEY);
}

/// Keeps a plan in place of the one before.
///
/// # Errors
/// Why it is not kept.
pub async fn keep(store: &dyn KeyValue, file: &File) -> Result<(), StoreError> {
    let db = open().await?;
    let put = [("put", vec![file.into(), KEY.into()])];
    let written = db.write(STORE, &put).await;
    db.close();
    written?;
    store.set(NAME_KEY, &file.name())
}

/// The file of the plan that is kept; `None` where it is gone.
///
/// # Errors
/// What the browser said.
pub async fn file() -> Result<Option<File>, StoreError> {
    let db = open().await?;
    let found = db.read(STORE, &[("get", vec![KEY.into()])]).await;
    db.close();
    Ok(found?.pop().and_then(|file| file.dyn_into().ok()))
}

/// Lets go of the plan that is kept.
///
/// # Errors
/// What the browser or the store said; it is then opened again at the next visit.
pub async fn forget(store: &dyn KeyValue) -> Result<(), StoreError> {
    store.remove(NAME_KEY)?;
    store.remove(TRIALS_KEY)?;
    Database::remove(DATABASE).await
}

async fn open() -> Result<Database, StoreError> {
    Database::open(DATABASE, VERSION, &[(STORE, Keys::Given)]).await
}
