//! A drawing of the page as a picture that stands alone: SVG with its colours written out, and PNG.
//!
//! The page's own drawings have their colours from the style sheet, by names that nothing outside of
//! the page knows. What the browser made of them is copied into the elements.

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, CssStyleDeclaration, Document, Element, HtmlCanvasElement,
    HtmlImageElement, XmlSerializer,
};

use super::page::{document, window};

const SVG: &str = "http://www.w3.org/2000/svg";

/// How many dots of a PNG are one unit of the drawing: enough for print at its usual size.
const DOTS: f64 = 3.0;

/// The colours that are copied.
const COLOURS: [&str; 2] = ["fill", "stroke"];

/// What else of the looks is copied, and what it is when nobody says anything.
const LOOKS: [(&str, &str); 5] = [
    ("stroke-width", "1px"),
    ("stroke-dasharray", "none"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "miter"),
    ("paint-order", "normal"),
];

/// What is copied of texts.
const LETTERS: [(&str, &str); 3] = [
    ("font-size", ""),
    ("font-weight", "400"),
    ("font-family", ""),
];

/// Elements that are not drawn.
const UNSEEN: [&str; 3] = ["title", "desc", "g"];

/// What means something only on the page.
const OF_THE_PAGE: [&str; 7] = [
    "class",
    "id",
    "role",
    "tabindex",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
];

/// A drawing as an SVG file.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The text of the file.
    pub svg: String,
    /// Its width in units of the drawing.
    width: f64,
    /// Its height.
    height: f64,
}

/// The `svg` element with this id, as it looks now; `None` where there is none.
pub fn picture(id: &str) -> Option<Picture> {
    let document = document()?;
    let shown = document.get_element_by_id(id)?;
    let copy: Element = shown.clone_node_with_deep(true).ok()?.unchecked_into();
    let area = shown.get_attribute("viewBox")?;
    let mut sizes = area.split(' ').skip(2).map(|n| n.parse::<f64>().ok());
    let (width, height) = (sizes.next()??, sizes.next()??);
    let context = context(&document, 1.0, 1.0)?;
    let all = (
        shown.query_selector_all("*").ok()?,
        copy.query_selector_all("*").ok()?,
    );
    let ground = style(&shown)?.get_property_value("background-color").ok()?;
    for at in 0..all.0.length() {
        let (from, to) = (all.0.item(at)?, all.1.item(at)?);
        write_out(&context, from.unchecked_ref(), to.unchecked_ref());
    }
    bare(&copy);
    copy.set_attribute("width", &plain(width)).ok()?;
    copy.set_attribute("height", &plain(height)).ok()?;
    let paper = document.create_element_ns(Some(SVG), "rect").ok()?;
    paper.set_attribute("width", "100%").ok()?;
    paper.set_attribute("height", "100%").ok()?;
    paper
        .set_attribute("fill", &colour(&context, &ground))
        .ok()?;
    copy.insert_before(&paper, copy.first_child().as_ref())
        .ok()?;
    let svg = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    Some(Picture { svg, width, height })
}

/// A picture as PNG.
///
/// # Errors
/// What the browser throws where it cannot draw it.
pub async fn png(picture: &Picture) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    let text: String = js_sys::encode_uri_component(&picture.svg).into();
    image.set_src(&["data:image/svg+xml;charset=utf-8,", &text].concat());
    JsFuture::from(image.decode()).await?;
    let (width, height) = (picture.width * DOTS, picture.height * DOTS);
    let drawn = document().and_then(|document| context(&document, width, height));
    let context = drawn.ok_or(JsValue::NULL)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let canvas = context.canvas().ok_or(JsValue::NULL)?;
    let done = Promise::new(&mut |resolve: Function, reject: Function| {
        let hand_over = Closure::once_into_js(move |blob: JsValue| {
            // Neither throws.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        if let Err(fault) = canvas.to_blob(hand_over.unchecked_ref()) {
            let _ = reject.call1(&JsValue::NULL, &fault);
        }
    });
    JsFuture::from(done).await?.dyn_into()
}

fn context(document: &Document, width: f64, height: f64) -> Option<CanvasRenderingContext2d> {
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn style(element: &Element) -> Option<CssStyleDeclaration> {
    window()?.get_computed_style(element).ok()?
}

/// Copies the looks of an element into the attributes of its copy.
fn write_out(context: &CanvasRenderingContext2d, from: &Element, to: &Element) {
    bare(to);
    let tag = from.tag_name();
    if UNSEEN.contains(&tag.as_str()) {
        return;
    }
    let Some(style) = style(from) else { return };
    let value = |name| style.get_property_value(name).unwrap_or_default();
    let set = |name, value: &str| {
        // Refused only for names that are none.
        let _ = to.set_attribute(name, value);
    };
    for name in COLOURS {
        set(name, &colour(context, &value(name)));
    }
    let letters: &[_] = if tag == "text" { &LETTERS } else { &[] };
    for (name, usual) in LOOKS.iter().chain(letters) {
        let value = value(name);
        if !value.is_empty() && value != *usual {
            set(name, &value);
        }
    }
}

fn bare(element: &Element) {
    for name in OF_THE_PAGE {
        let _ = element.remove_attribute(name);
    }
}

/// A colour as every program knows it: `#rrggbb`, or `none` for one that is not seen.
fn colour(context: &CanvasRenderingContext2d, value: &str) -> String {
    if value.is_empty() || value == "none" {
        return "none".to_owned();
    }
    context.clear_rect(0.0, 0.0, 1.0, 1.0);
    context.set_fill_style_str(value);
    context.fill_rect(0.0, 0.0, 1.0, 1.0);
    let dot = context.get_image_data(0.0, 0.0, 1.0, 1.0);
    let dot = dot.map(|dot| dot.data().0).unwrap_or_default();
    let [red, green, blue, alpha] = dot.as_slice() else {
        return "none".to_owned();
    };
    if *alpha == 0 {
        return "none".to_owned();
    }
    let mut text = String::from("#");
    for part in [red, green, blue] {
        for digit in [part >> 4, part & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

fn plain(value: f64) -> String {
    tracker::chart::coordinate(value)
}
