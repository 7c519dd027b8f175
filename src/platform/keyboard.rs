//! Keys that reach the page, and the focus among links.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node};

use super::listener::Listener;
use super::page::{document, focus_walks, on_frame};

/// Where keys write text or choose by letters. A box to tick does neither.
const FIELDS: &str =
    "input:not([type=checkbox]),select,textarea,[contenteditable],[role=listbox],[role=menu]";

/// Where keys write text, which they also take back.
const TEXTS: &str =
    "input:not([type=radio],[type=checkbox],[type=file]),textarea,[contenteditable]";

/// A row of a list, whatever it is made of.
const ROWS: &str = "tr,[role=row],li,article";

/// What takes all keys for itself while it is open.
const MODAL: &str = "dialog[open],[aria-modal=true]";

/// A key that went down, with all that decides whether it is a shortcut.
#[derive(Clone, Debug, Default)]
pub struct Press {
    /// The key by its meaning: `j`, `?`, `Escape`.
    pub key: String,
    /// With Ctrl, or with Command on a Mac.
    pub control: bool,
    /// It is Command.
    pub command: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift.
    pub shift: bool,
    /// An input method is putting a letter together.
    pub composing: bool,
    /// Somebody has done something with it already.
    pub taken: bool,
    /// The focus is where keys write or choose.
    pub in_field: bool,
    /// The focus is where keys write text.
    pub in_text: bool,
    /// A dialog is open.
    pub in_dialog: bool,
    /// When, in milliseconds.
    pub at: f64,
}

/// What Telex and the like report for a key that they keep to themselves.
const KEPT_BY_INPUT_METHOD: u32 = 229;

/// Calls back at every key that nothing in the page stopped; `true` means that the browser should
/// not do anything more with it.
pub fn on_key_down(mut callback: impl FnMut(Press) -> bool + 'static) -> Listener {
    Listener::new(document(), "keydown", move |event| {
        // Browsers that fill in forms send such events without a key.
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let target: Option<Element> = event.target().and_then(|t| t.dyn_into().ok());
        let within =
            |places| (target.as_ref()).is_some_and(|t| matches!(t.closest(places), Ok(Some(_))));
        let press = Press {
            key: key.key(),
            control: key.ctrl_key() || key.meta_key(),
            command: key.meta_key(),
            alt: key.alt_key(),
            shift: key.shift_key(),
            composing: key.is_composing() || key.key_code() == KEPT_BY_INPUT_METHOD,
            taken: event.default_prevented(),
            in_field: within(FIELDS),
            in_text: within(TEXTS),
            in_dialog: find(MODAL).is_some(),
            at: event.time_stamp(),
        };
        if callback(press) {
            event.prevent_default();
        }
    })
}

fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

fn active() -> Option<Element> {
    document()?.active_element()
}

/// The link that has the focus, or that the row has in which the focus is; of those that
/// `selector` finds.
fn link_at_hand(selector: &str) -> Option<Element> {
    let active = active()?;
    let link = active.closest(selector).ok()?;
    link.or_else(|| row_at_hand()?.query_selector(selector).ok()?)
}

fn row_at_hand() -> Option<Element> {
    active()?.closest(ROWS).ok()?
}

/// The address of the link at hand: the one that has the focus, or that of the row in which the
/// focus is; of those that `selector` finds.
pub fn address_at_hand(selector: &str) -> Option<String> {
    link_at_hand(selector)?.get_attribute("href")
}

/// Presses the box to tick of the row in which the focus is; false where there is none.
pub fn tick_at_hand() -> bool {
    let tick = row_at_hand().and_then(|row| row.query_selector("input[type=checkbox]").ok()?);
    match tick.and_then(|tick| tick.dyn_into::<HtmlElement>().ok()) {
        Some(tick) => {
            tick.click();
            true
        }
        None => false,
    }
}

/// Moves the focus among the links that `selector` finds, in the order of the page: to the next,
/// or back to the one before. Several links in a row to one place count once. Starts from the link
/// at hand, else from the one that `or_from` finds, else from where the focus is.
pub fn focus_neighbour(selector: &str, forward: bool, or_from: &str) {
    let Some(found) = document().and_then(|d| d.query_selector_all(selector).ok()) else {
        return;
    };
    let nodes = (0..found.length()).filter_map(|i| found.get(i));
    let mut links: Vec<Element> = Vec::new();
    for link in nodes.filter_map(|node| node.dyn_into::<Element>().ok()) {
        let to = |link: &Element| link.get_attribute("href");
        let again = links.last().is_some_and(|last| to(last) == to(&link));
        // What has no boxes is in a part that is not shown.
        if !again && link.get_client_rects().length() > 0 {
            links.push(link);
        }
    }
    let lies = |link: &Element, from: &Element, how: u16| {
        link.compare_document_position(from) & how != 0 && !link.is_same_node(Some(from))
    };
    let follows = |from: &Element| {
        let mut after = links.iter();
        after.find(|link| lies(link, from, Node::DOCUMENT_POSITION_PRECEDING))
    };
    let precedes = |from: &Element| {
        let mut before = links.iter().rev();
        before.find(|link| lies(link, from, Node::DOCUMENT_POSITION_FOLLOWING))
    };
    let at_hand = link_at_hand(selector);
    let in_list = at_hand.is_some();
    let from = at_hand.or_else(|| find(or_from)).or_else(active);
    let next = match from.as_ref() {
        Some(from) if forward => follows(from),
        Some(from) => precedes(from),
        None => None,
    };
    // Where the focus is not in the list, there is nothing to go back to: it enters the list.
    let enter = || links.first().filter(|_| !in_list);
    if let Some(link) = next.or_else(enter) {
        focus_walks();
        focus(link);
    }
}

fn focus(element: &Element) {
    // Links in drawings are no HTML elements, but take the focus in the same way.
    let element: &HtmlElement = element.unchecked_ref();
    // Not every element can; then the focus stays where it is.
    let _ = element.focus();
}

/// Moves the focus to the first element that `selector` finds once what is being drawn just now
/// is there and has taken the focus for itself: after the next two frames.
pub fn focus_first_soon(selector: &'static str) {
    on_frame(move || {
        on_frame(move || {
            if let Some(element) = find(selector) {
                focus(&element);
            }
        });
    });
}
