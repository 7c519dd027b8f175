//! Where the list of options opens: under the field, or above it where there
//! is more room, and never past the edges of what is visible.

use leptos::prelude::document;
use wasm_bindgen::JsValue;

use crate::platform::page::visual_viewport;

/// Least distance to the edges of the window, in CSS pixels.
const MARGIN: f64 = 8.0;
/// Between the field and the list.
const GAP: f64 = 4.0;
/// A field may be narrower than a readable list of names.
const MIN_WIDTH: f64 = 320.0;
const MAX_HEIGHT: f64 = 400.0;
/// Under this the other side of the field is tried.
const LOW: f64 = 240.0;
/// Three options; with less room than that the page scrolls instead.
const MIN_HEIGHT: f64 = 132.0;

/// The edges of a rectangle in CSS pixels, from the window's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edges {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Where the list opens, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Placement {
    /// From the field's left edge; negative where the list would leave the window on the right.
    pub left: f64,
    pub width: f64,
    pub max_height: f64,
    /// Above the field rather than under it.
    pub above: bool,
}

/// Where the list of a field opens, within what is visible of the page.
pub(super) fn place(field: Edges, visible: Edges) -> Placement {
    let room = visible.right - visible.left - 2.0 * MARGIN;
    let width = (field.right - field.left).max(MIN_WIDTH).min(room);
    let left = field
        .left
        .min(visible.right - MARGIN - width)
        .max(visible.left + MARGIN);
    let under = visible.bottom - field.bottom - GAP - MARGIN;
    let over = field.top - visible.top - GAP - MARGIN;
    let above = under < LOW && over > under;
    Placement {
        left: left - field.left,
        width,
        max_height: (if above { over } else { under }).clamp(MIN_HEIGHT, MAX_HEIGHT),
        above,
    }
}

/// Where the list of this field opens in the window as it is now.
///
/// `None` if the document has no root element.
pub(super) fn measure(field: &web_sys::Element) -> Option<Placement> {
    let root = document().document_element()?;
    let mut visible = Edges {
        left: 0.0,
        top: 0.0,
        // Without the scroll bars.
        right: f64::from(root.client_width()),
        bottom: f64::from(root.client_height()),
    };
    // A keyboard on the screen covers part of the page without making the window smaller.
    if let Some(viewport) = visual_viewport()
        && let Some(top) = number(&viewport, "offsetTop")
        && let Some(height) = number(&viewport, "height")
    {
        visible.top = top;
        visible.bottom = visible.bottom.min(top + height);
    }
    let rect = field.get_bounding_client_rect();
    let field = Edges {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    };
    Some(place(field, visible))
}

fn number(object: &JsValue, key: &str) -> Option<f64> {
    js_sys::Reflect::get(object, &key.into()).ok()?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(left: f64, top: f64, right: f64, bottom: f64) -> Edges {
        Edges {
            left,
            top,
            right,
            bottom,
        }
    }

    const PHONE: Edges = Edges {
        left: 0.0,
        top: 0.0,
        right: 390.0,
        bottom: 844.0,
    };

    #[test]
    fn opens_under_the_field_and_as_wide() {
        let placement = place(
            edges(100.0, 50.0, 500.0, 82.0),
            edges(0.0, 0.0, 1280.0, 720.0),
        );
        assert_eq!(
            placement,
            Placement {
                left: 0.0,
                width: 400.0,
                max_height: MAX_HEIGHT,
                above: false
            }
        );
    }

    #[test]
    fn a_narrow_field_at_either_edge_of_a_phone_keeps_its_list_on_the_screen() {
        for field in [
            edges(0.0, 8.0, 90.0, 52.0),
            edges(150.0, 8.0, 240.0, 52.0),
            edges(300.0, 8.0, 390.0, 52.0),
        ] {
            let placement = place(field, PHONE);
            let left = field.left + placement.left;
            assert_eq!(placement.width, MIN_WIDTH);
            assert!(
                left >= MARGIN && left + placement.width <= 390.0 - MARGIN,
                "{placement:?}"
            );
        }
        let tiny = edges(0.0, 0.0, 280.0, 600.0);
        assert_eq!(place(edges(20.0, 8.0, 90.0, 52.0), tiny).width, 264.0);
    }

    #[test]
    fn opens_above_only_where_there_is_more_room() {
        assert!(place(edges(8.0, 700.0, 382.0, 744.0), PHONE).above);
        let keyboard = Edges {
            bottom: 460.0,
            ..PHONE
        };
        let placement = place(edges(8.0, 300.0, 382.0, 344.0), keyboard);
        assert!(placement.above);
        assert_eq!(placement.max_height, 288.0);
        let low = edges(0.0, 0.0, 390.0, 200.0);
        let placement = place(edges(8.0, 60.0, 382.0, 104.0), low);
        assert!(!placement.above);
        assert_eq!(placement.max_height, MIN_HEIGHT);
    }
}
