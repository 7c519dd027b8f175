//! The page around the app: its head, its focus, and what other tabs do.

use std::borrow::Cow;
use std::cell::Cell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, HtmlDialogElement, HtmlElement, HtmlInputElement, MediaQueryList, Node,
    StorageEvent, Window,
};

use super::listener::Listener;
use super::settings::Theme;

/// The media query of a screen on which panels become sheets.
///
/// In the reader's own letters, like the breakpoints of the style sheets: who needs letters twice
/// as large gets the layout that half the room is enough for.
pub const NARROW: &str = "(width < 64em)";

/// The media query of a screen on which the names in the navigation take room from the list.
pub const MEDIUM: &str = "(width < 80em)";

/// What another tab did to the storage that this page shares with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageChange {
    /// The key; `None` when everything was cleared.
    pub key: Option<String>,
    /// What is under the key now; `None` when it was removed.
    pub new_value: Option<String>,
}

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}

/// Elements of SVG count too: what is asked of them here they have under the same names.
fn element(id: &str) -> Option<HtmlElement> {
    Some(document()?.get_element_by_id(id)?.unchecked_into())
}

/// Calls back when another tab changed the shared storage. A tab does not hear
/// its own changes.
pub fn on_storage_change(mut callback: impl FnMut(StorageChange) + 'static) -> Listener {
    Listener::new(window(), "storage", move |event| {
        let Ok(event) = event.dyn_into::<StorageEvent>() else {
            return;
        };
        // The same event tells of the session's storage, which holds nothing of ours.
        let session = window().and_then(|window| window.session_storage().ok().flatten());
        if session.is_some() && event.storage_area() == session {
            return;
        }
        callback(StorageChange {
            key: event.key(),
            new_value: event.new_value(),
        });
    })
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets the language of the page, as a BCP 47 code.
pub fn set_lang(code: &str) {
    set_root("lang", Some(code));
}

/// Sets `data-theme` of `<html>` to `light` or `dark`; absent, the style
/// follows the system.
pub fn set_theme(theme: Theme) {
    let name = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    set_root("data-theme", name);
}

fn set_root(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    // Either fails only for a malformed name, and the names are ours.
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Takes away what was shown while the app was loading.
pub fn remove_boot() {
    if let Some(boot) = element("boot") {
        boot.remove();
    }
}

/// Moves the focus to an element; false when it did not go there, because the
/// element is missing or takes none.
pub fn focus(id: &str) -> bool {
    let Some(element) = element(id) else {
        return false;
    };
    element.focus().is_ok() && is_focused(id)
}

/// Whether the element with this id has the focus.
pub fn is_focused(id: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.id() == id)
}

/// Moves the focus to a text field and selects what is in it; false when it did not go there.
pub fn select(id: &str) -> bool {
    let field = element(id).and_then(|e| e.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.select();
    }
    focus(id)
}

/// Scrolls to the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

fn media(query: &str) -> Option<MediaQueryList> {
    window()?.match_media(query).ok()?
}

/// Whether a media query, such as [`NARROW`], holds now.
pub fn matches(query: &str) -> bool {
    media(query).is_some_and(|list| list.matches())
}

/// Calls back when a media query begins or ceases to hold.
pub fn on_media_change(query: &str, mut callback: impl FnMut(bool) + 'static) -> Listener {
    let list = media(query);
    let now = list.clone();
    Listener::new(list, "change", move |_| {
        callback(now.as_ref().is_some_and(MediaQueryList::matches));
    })
}

/// The part of the page that is on the screen, where the browser knows: it shrinks when a
/// keyboard on the screen covers the rest.
pub fn visual_viewport() -> Option<JsValue> {
    js_sys::Reflect::get(window()?.as_ref(), &"visualViewport".into())
        .ok()
        .filter(JsValue::is_object)
}

/// Calls back when the window or the part of the page that is on the screen changes its size.
pub fn on_resize(callback: impl Fn() + Clone + 'static) -> (Listener, Listener) {
    let again = callback.clone();
    (
        Listener::new(window(), "resize", move |_| callback()),
        Listener::new(visual_viewport(), "resize", move |_| again()),
    )
}

/// Calls back when the page was scrolled, or resized.
pub fn on_scroll_or_resize(callback: impl Fn() + Clone + 'static) -> [Listener; 2] {
    let again = callback.clone();
    [
        Listener::new(window(), "scroll", move |_| callback()),
        Listener::new(window(), "resize", move |_| again()),
    ]
}

/// How much of the page fits on the screen from top to bottom.
pub fn height() -> f64 {
    root().map_or(0.0, |root| f64::from(root.client_height()))
}

thread_local! {
    /// How often a key has led the focus to another task.
    static WALKED: Cell<u32> = const { Cell::new(0) };
}

/// A key leads the focus to another task: what was to have it in the next frame comes too late, or
/// a quick hand would find itself somewhere else again.
pub fn focus_walks() {
    WALKED.set(WALKED.get() + 1);
}

/// Moves the focus to an element that is being drawn just now: after the next frame.
pub fn focus_soon(id: impl Into<Cow<'static, str>>) {
    focus_in_next_frame(id.into());
}

fn focus_in_next_frame(id: Cow<'static, str>) {
    let asked = WALKED.get();
    on_frame(move || {
        if WALKED.get() == asked {
            focus(&id);
        }
    });
}

/// Moves the focus to the first element that `selector` finds after the next frame, or else to
/// the one with the id `otherwise`.
pub fn focus_first_soon(selector: String, otherwise: &'static str) {
    on_frame(move || {
        let found = document().and_then(|document| document.query_selector(&selector).ok()?);
        let found: Option<HtmlElement> = found.and_then(|found| found.dyn_into().ok());
        if found.is_none_or(|found| found.focus().is_err()) {
            focus(otherwise);
        }
    });
}

/// Calls back once, before the next frame is drawn.
pub fn on_frame(callback: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(callback);
    if let Some(window) = window() {
        // A page that is not drawn has no frames.
        let _ = window.request_animation_frame(closure.unchecked_ref());
    }
}

/// Calls back once, after `ms` milliseconds.
pub fn after(ms: i32, callback: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(callback);
    if let Some(window) = window() {
        let function = closure.unchecked_ref();
        // Without a timer the callback is never called, which is all that can be done.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, ms);
    }
}

/// The width and the height of the window, in CSS pixels.
pub fn window_size() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64());
    let size = window().map(|w| (number(w.inner_width()), number(w.inner_height())));
    let (width, height) = size.unwrap_or_default();
    (width.unwrap_or_default(), height.unwrap_or_default())
}

/// Scrolls the page down by so many pixels, or up.
pub fn scroll_by(y: f64) {
    if let Some(window) = window() {
        window.scroll_by_with_x_and_y(0.0, y);
    }
}

/// The innermost element at a point of the window.
pub fn element_at(x: f64, y: f64) -> Option<Element> {
    document()?.element_from_point(x as f32, y as f32)
}

/// Catches a focus that is lost because what had it is gone: moves it to the first link of the main
/// part that leads to `hash`, with whatever parameters; to the element `otherwise` when there is
/// none. After the next frame; a focus that is somewhere stays there.
pub fn catch_focus_soon(hash: String, otherwise: &'static str) {
    on_frame(move || {
        let Some(document) = document() else { return };
        let body = document.body();
        if document
            .active_element()
            .is_some_and(|at| body.is_none_or(|body| !at.is_same_node(Some(&body))))
        {
            return;
        }
        let links = format!("main a[href=\"{hash}\"],main a[href^=\"{hash}?\"]");
        let link = document.query_selector(&links).ok().flatten();
        let link = link.and_then(|link| link.dyn_into::<HtmlElement>().ok());
        if link.is_none_or(|link| link.focus().is_err()) {
            focus(otherwise);
        }
    });
}

/// Calls back every `ms` milliseconds as long as the page lives.
pub fn every(ms: i32, callback: impl FnMut() + 'static) {
    let closure = Closure::wrap(Box::new(callback) as Box<dyn FnMut()>);
    if let Some(window) = window() {
        let function = closure.as_ref().unchecked_ref();
        // Without a timer the callback is never called, which is all that can be done.
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(function, ms);
    }
    closure.forget();
}

/// Calls back with `true` before the page is printed and with `false` after.
pub fn on_printing(callback: impl Fn(bool) + Clone + 'static) -> [Listener; 3] {
    let (before, after) = (callback.clone(), callback.clone());
    [
        Listener::new(window(), "beforeprint", move |_| before(true)),
        Listener::new(window(), "afterprint", move |_| after(false)),
        // A page that is looked at as if printed has neither event.
        on_media_change("print", callback),
    ]
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        // Refused only to a page that is being left.
        let _ = window.location().reload();
    }
}

/// Opens the browser's dialog for printing.
pub fn print() {
    if let Some(window) = window() {
        // Refused only where there is nothing to print to.
        let _ = window.print();
    }
}

/// Opens a `<dialog>` over everything else; closing it gives the focus back.
pub fn open_dialog(id: &str) {
    let dialog = element(id).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        // Refused only to a dialog that is open already, or not in the page.
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>`.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = element(id).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

/// Lets no text be selected that begins in a place of which `holds` says so. (Of a style that forbids
/// it, a browser would work out the style of everything in the page anew.)
pub fn no_selection(holds: impl Fn(&Node) -> bool + 'static) -> Listener {
    Listener::new(document(), "selectstart", move |event| {
        let place = event.target().and_then(|target| target.dyn_into().ok());
        if place.is_some_and(|place| holds(&place)) {
            event.prevent_default();
        }
    })
}

/// Asks before the page is left, as long as `unsafe_to_leave` says so.
pub fn on_leaving(mut unsafe_to_leave: impl FnMut() -> bool + 'static) -> Listener {
    Listener::new(window(), "beforeunload", move |event| {
        if unsafe_to_leave() {
            event.prevent_default();
        }
    })
}
