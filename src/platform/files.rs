//! Files to and from the user's disk.

use std::fmt;

use js_sys::{Array, Uint8Array};
use tracker::exchange::MAX_BYTES;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, FileList, HtmlAnchorElement, Url};

use super::folder::{Dropped, folders};
use super::listener::Listener;
use super::page::document;
use super::thrown_text;

/// How long a download's object URL lives, in milliseconds. Some browsers fetch
/// it only after the user has chosen a folder.
const URL_LIFE_MS: i32 = 60_000;

/// The browser did not take a file to save, as it put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadError(pub String);

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the download did not start: {}", self.0)
    }
}

impl std::error::Error for DownloadError {}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Over the limit; it was not even begun.
    TooLarge {
        /// Its size.
        bytes: u64,
        /// What is read at most.
        limit: u64,
    },
    /// The browser could not read it: it is gone, is a folder, or was changed
    /// since it was chosen.
    Unreadable(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::TooLarge { bytes, limit } => {
                write!(f, "the file has {bytes} bytes, more than {limit}")
            }
            ReadError::Unreadable(reason) => write!(f, "the file could not be read: {reason}"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Gives the user a text to save as a file, in UTF-8.
///
/// `Ok` means that the browser took it. Whether it reached the disk is not for
/// a page to know.
///
/// # Errors
/// When the browser refuses.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), DownloadError> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&text.into());
    match Blob::new_with_str_sequence_and_options(&parts, &options) {
        Ok(blob) => hand_over(name, &blob),
        Err(thrown) => Err(DownloadError(thrown_text(&thrown))),
    }
}

/// Gives the user bytes to save as a file.
///
/// # Errors
/// When the browser refuses.
pub fn hand_over(name: &str, blob: &Blob) -> Result<(), DownloadError> {
    let failed = |thrown: JsValue| DownloadError(thrown_text(&thrown));
    let absent = || DownloadError("there is no document".to_owned());
    let window = web_sys::window().ok_or_else(absent)?;
    let document = window.document().ok_or_else(absent)?;
    let body = document.body().ok_or_else(absent)?;

    let anchor: HtmlAnchorElement = document
        .create_element("a")
        .map_err(failed)?
        .dyn_into()
        .map_err(|_| absent())?;
    let url = Url::create_object_url_with_blob(blob).map_err(failed)?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.set_hidden(true);
    // Firefox follows only links that are in the document.
    let added = body.append_child(&anchor);
    anchor.click();
    anchor.remove();
    let revoke = Closure::once_into_js(move || {
        // Cannot fail for a URL that was made here; a leak would end with the page.
        let _ = Url::revoke_object_url(&url);
    });
    window
        .set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), URL_LIFE_MS)
        .map_err(failed)?;
    added.map(|_| ()).map_err(failed)
}

/// What happens while files are dragged over the page.
pub enum Dragged {
    /// They are over it.
    Over,
    /// They have left it.
    Away,
    /// They were let go over it.
    Dropped(Vec<File>),
    /// The same, and there are folders among them.
    Folders(Dropped),
}

/// Calls back while files are dragged over the page and when they are dropped, as long as the
/// listeners are kept. What is dragged besides files is left alone.
pub fn on_drop(callback: impl Fn(Dragged) + Clone + 'static) -> [Listener; 3] {
    let files = |event: &Event| {
        let data = js_sys::Reflect::get(event, &"dataTransfer".into()).ok()?;
        let types = js_sys::Reflect::get(&data, &"types".into()).ok()?;
        let has = Array::from(&types).iter().any(|kind| kind == "Files");
        has.then_some(data)
    };
    let (over, away) = (callback.clone(), callback.clone());
    [
        Listener::new(document(), "dragover", move |event: Event| {
            if files(&event).is_some() {
                // Otherwise the browser opens what is dropped in place of the page.
                event.prevent_default();
                over(Dragged::Over);
            }
        }),
        Listener::new(document(), "dragleave", move |event: Event| {
            let to = js_sys::Reflect::get(&event, &"relatedTarget".into());
            if to.is_ok_and(|to| to.is_null()) {
                away(Dragged::Away);
            }
        }),
        Listener::new(document(), "drop", move |event: Event| {
            let Some(data) = files(&event) else {
                return;
            };
            event.prevent_default();
            if let Some(dropped) = folders(&data) {
                callback(Dragged::Folders(dropped));
                return;
            }
            let list = js_sys::Reflect::get(&data, &"files".into()).ok();
            let list: Option<FileList> = list.and_then(|list| list.dyn_into().ok());
            let all = list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect());
            callback(Dragged::Dropped(all.unwrap_or_default()));
        }),
    ]
}

/// Reads a file that the user chose or dropped. The size is looked at first: a
/// film dropped by mistake must not fill the memory.
///
/// # Errors
/// A file over [`MAX_BYTES`], or one the browser cannot read.
pub async fn read_file(file: File) -> Result<Vec<u8>, ReadError> {
    read_file_up_to(file, MAX_BYTES).await
}

/// The same with a limit of its own, in bytes.
///
/// # Errors
/// A file over the limit, or one the browser cannot read.
pub async fn read_file_up_to(file: File, limit: usize) -> Result<Vec<u8>, ReadError> {
    let (bytes, limit) = (file.size() as u64, limit as u64);
    if bytes > limit {
        return Err(ReadError::TooLarge { bytes, limit });
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|thrown| ReadError::Unreadable(thrown_text(&thrown)))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
