//! Folders that are dropped on the page, with all that is in them.
//!
//! A drop tells of its folders only while it is being heard; what is in them is read afterwards.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::js::{call, get};

/// What was dropped, as the browser's file system entries.
pub struct Dropped(Vec<JsValue>);

/// The entries of a drop of which at least one is a folder; `None` where there is none, or where
/// the browser tells of no folders. To be asked for before the drop is over.
pub fn folders(transfer: &JsValue) -> Option<Dropped> {
    let items = Array::from(&get(transfer, "items").ok()?);
    let entry = |item: JsValue| {
        let entry = call(&item, "webkitGetAsEntry", &[]).ok()?;
        entry.is_object().then_some(entry)
    };
    let entries: Vec<JsValue> = items.iter().filter_map(entry).collect();
    entries.iter().any(is_folder).then_some(Dropped(entries))
}

fn is_folder(entry: &JsValue) -> bool {
    get(entry, "isDirectory").is_ok_and(|is| is.is_truthy())
}

/// The files in what was dropped, folders in folders too, by their names. What cannot be read is
/// left out: how many that were comes second.
pub async fn files_in(dropped: Dropped) -> (Vec<File>, usize) {
    let (mut files, mut lost) = (Vec::new(), 0);
    let mut open = dropped.0;
    while let Some(entry) = open.pop() {
        if is_folder(&entry) {
            match children(&entry).await {
                Some(children) => open.extend(children),
                None => lost += 1,
            }
            continue;
        }
        let file = answer(&entry, "file").await;
        match file.and_then(|file| file.dyn_into().ok()) {
            Some(file) => files.push(file),
            None => lost += 1,
        }
    }
    files.sort_by_cached_key(File::name);
    (files, lost)
}

/// What is in a folder. A reader gives it in portions, and an empty one at the end.
async fn children(folder: &JsValue) -> Option<Vec<JsValue>> {
    let reader = call(folder, "createReader", &[]).ok()?;
    let mut all = Vec::new();
    loop {
        let portion = Array::from(&answer(&reader, "readEntries").await?);
        if portion.length() == 0 {
            return Some(all);
        }
        all.extend(portion.iter());
    }
}

/// What a method of the file system answers, which takes a callback for it and one for a failure.
async fn answer(target: &JsValue, method: &str) -> Option<JsValue> {
    let asked = Promise::new(&mut |resolve, reject| {
        let refuse = reject.clone();
        let arguments = [resolve.into(), reject.into()];
        if call(target, method, &arguments).is_err() {
            // The promise is what tells of it.
            let _ = refuse.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    JsFuture::from(asked).await.ok()
}
