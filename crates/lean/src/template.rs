//! From a template and what fills its places to nodes.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlTemplateElement, Node};

use super::child::{place, remove};
use super::follow::follow;
use super::on::{Listener, listen};
use super::reference::Found;
use super::value::Compute;
use super::{Value, View, complain, document};

/// What fills one place of a template. Where, and under which name, says the path.
enum Slot {
    View(View),
    Still(Value),
    Live(Box<dyn Compute>),
    Listener(Listener),
    Found(Found),
}

/// A template that is being filled. `view!` fills it by calls rather than by a list, since a
/// call takes fewer bytes than an entry: most of a page is places of templates.
pub struct Template {
    html: &'static str,
    path: &'static str,
    slots: Vec<Slot>,
}

/// Begins a template of what only SVG knows, so that the parser knows it too.
const PART_OF_SVG: &str = "<svg part>";

thread_local! {
    /// The templates that were parsed, by where in memory their HTML is.
    static PARSED: js_sys::Map = js_sys::Map::new();
}

/// A template without slots.
pub fn still(html: &'static str) -> View {
    copy(html).map_or(View::Nothing, |node| View::Node(only_child(node)))
}

impl Template {
    /// The template `html`, whose places `path` leads to.
    #[inline(never)]
    pub fn new(html: &'static str, path: &'static str) -> Template {
        Template {
            html,
            path,
            slots: Vec::new(),
        }
    }

    /// Fills the next place with a view.
    #[inline(never)]
    pub fn view_at(&mut self, view: View) {
        self.slots.push(Slot::View(view));
    }

    /// Fills the next place with a value that stays.
    #[inline(never)]
    pub fn still(&mut self, value: Value) {
        self.slots.push(Slot::Still(value));
    }

    /// Fills the next place with a value that follows signals.
    #[inline(never)]
    pub fn live(&mut self, value: Box<dyn Compute>) {
        self.slots.push(Slot::Live(value));
    }

    /// Listens at the next place.
    #[inline(never)]
    pub fn listener(&mut self, listener: Listener) {
        self.slots.push(Slot::Listener(listener));
    }

    /// Gives the element at the next place to a handle.
    #[inline(never)]
    pub fn found(&mut self, found: Found) {
        self.slots.push(Slot::Found(found));
    }

    /// A copy of the template, filled.
    #[inline(never)]
    pub fn view(self) -> View {
        let Some(root) = copy(self.html) else {
            return View::Nothing;
        };
        let places = walk(&root, self.path);
        if places.len() != self.slots.len() {
            // The browser understood the HTML otherwise than it was written, e.g. a list in a paragraph.
            complain(&JsValue::from_str(self.html));
        }
        // What an element holds comes first: the value of a `select` needs its options.
        let mut later = Vec::new();
        for (slot, found) in self.slots.into_iter().zip(places) {
            match slot {
                Slot::View(view) if found.kind == b',' => {
                    if let Some(parent) = found.node.parent_node() {
                        place(view, &parent, Some(&found.node));
                    }
                    remove(&found.node);
                }
                Slot::View(view) => place(view, &found.node, None),
                slot => later.push((slot, found)),
            }
        }
        for (slot, found) in later {
            fill(slot, found);
        }
        View::Node(only_child(root))
    }
}

/// The copy of a template as a fragment.
fn copy(html: &'static str) -> Option<Node> {
    let key = JsValue::from_f64(html.as_ptr() as usize as f64);
    let content = PARSED.with(|parsed| {
        let known = parsed.get(&key);
        if !known.is_undefined() {
            return Some(known.unchecked_into::<Node>());
        }
        let content = parse(html)?;
        parsed.set(&key, &content);
        Some(content)
    })?;
    match content.clone_node_with_deep(true) {
        Ok(copy) => Some(copy),
        Err(fault) => {
            complain(&fault);
            None
        }
    }
}

fn parse(html: &'static str) -> Option<Node> {
    let template = document()?.create_element("template").ok()?;
    let template: HtmlTemplateElement = template.unchecked_into();
    template.set_inner_html(html);
    let content: Node = template.content().into();
    // What only SVG knows was wrapped, for the parser to know it.
    if html.starts_with(PART_OF_SVG) {
        let wrapped = content.first_child()?;
        while let Some(child) = wrapped.first_child() {
            if let Err(fault) = content.append_child(&child) {
                complain(&fault);
                break;
            }
        }
        remove(&wrapped);
    }
    Some(content)
}

/// The node itself instead of a fragment that holds only it.
fn only_child(fragment: Node) -> Node {
    match fragment.first_child() {
        Some(child) if child.next_sibling().is_none() => child,
        _ => fragment,
    }
}

/// A place that a path leads to.
struct Place {
    node: Node,
    /// The mark that stands for it in the path.
    kind: u8,
    /// The name of the attribute or event, where it has one.
    name: &'static str,
}

/// The places of a path. See `crates/lean-macros/src/markup.rs` for its signs.
fn walk(root: &Node, path: &'static str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut at = root.clone();
    let mut rest = path;
    while let Some(&kind) = rest.as_bytes().first() {
        rest = rest.get(1..).unwrap_or_default();
        let next = match kind {
            b'>' => at.first_child(),
            b'+' => at.next_sibling(),
            b'<' => at.parent_node(),
            _ => {
                let mut name = "";
                if !matches!(kind, b'.' | b',' | b'#') {
                    (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                }
                let node = at.clone();
                places.push(Place { node, kind, name });
                continue;
            }
        };
        let Some(next) = next else { break };
        at = next;
    }
    places
}

fn fill(slot: Slot, place: Place) {
    let element: Element = place.node.unchecked_into();
    let name = place.name;
    let setter = match place.kind {
        b'=' => set_attribute,
        b'?' => set_class,
        b'$' => set_style,
        _ => set_property,
    };
    let write = move |element: &Element, value: &Value| {
        if let Err(fault) = setter(element, name, value) {
            complain(&fault);
        }
    };
    match slot {
        Slot::Still(value) => write(&element, &value),
        // Set again when it changes.
        Slot::Live(mut value) => {
            let mut last = None;
            follow(Box::new(move || {
                let next = Some(value.compute());
                if next != last {
                    if let Some(next) = &next {
                        write(&element, next);
                    }
                    last = next;
                }
            }));
        }
        Slot::Listener(listener) => listen(&element, name, listener),
        Slot::Found(found) => found(element),
        Slot::View(_) => {}
    }
}

fn set_attribute(element: &Element, name: &'static str, value: &Value) -> Result<(), JsValue> {
    match value {
        Value::Absent => element.remove_attribute(name),
        Value::Present => element.set_attribute(name, ""),
        Value::Text(text) => element.set_attribute(name, text),
    }
}

fn set_class(element: &Element, name: &'static str, value: &Value) -> Result<(), JsValue> {
    let classes = element.class_list();
    classes
        .toggle_with_force(name, *value != Value::Absent)
        .map(drop)
}

fn set_style(element: &Element, name: &'static str, value: &Value) -> Result<(), JsValue> {
    let style = element.unchecked_ref::<HtmlElement>().style();
    match value {
        Value::Text(text) => style.set_property(name, text),
        Value::Absent | Value::Present => style.remove_property(name).map(drop),
    }
}

fn set_property(element: &Element, name: &'static str, value: &Value) -> Result<(), JsValue> {
    let name = JsValue::from_str(name);
    let value = match value {
        Value::Absent => JsValue::FALSE,
        Value::Present => JsValue::TRUE,
        Value::Text(text) => JsValue::from_str(text),
    };
    // Writing a field's own text into it would move the caret.
    if Reflect::get(element, &name)? != value {
        Reflect::set(element, &name, &value)?;
    }
    Ok(())
}
