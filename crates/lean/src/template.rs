//! From a template and its slots to nodes.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlTemplateElement, Node};

use super::child::{place, remove};
use super::on::{Listener, listen};
use super::reference::Found;
use super::{Attribute, Value, View, complain, document, follow};

/// What fills one place of a template.
pub enum Slot {
    /// A view in the place of an empty comment.
    Child(View),
    /// A view that is all that an element holds.
    Only(View),
    /// An attribute.
    Attribute(&'static str, Attribute),
    /// A class that is on or off.
    Class(&'static str, Attribute),
    /// A property of the element's style.
    Style(&'static str, Attribute),
    /// A property of the element itself, such as the `value` of a field.
    Property(&'static str, Attribute),
    /// A listener.
    Listener(&'static str, Listener),
    /// A handle that wants the element.
    Ref(Found),
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

/// A copy of the template `html` with `slots` at the places that `path` leads to.
pub fn template(html: &'static str, path: &'static str, slots: Vec<Slot>) -> View {
    let Some(root) = copy(html) else {
        return View::Nothing;
    };
    let places = walk(&root, path);
    if places.len() != slots.len() {
        // The browser understood the HTML otherwise than it was written, e.g. a list in a paragraph.
        complain(&JsValue::from_str(html));
    }
    // What an element holds comes first: the value of a `select` needs its options.
    let mut later = Vec::with_capacity(slots.len());
    for (slot, node) in slots.into_iter().zip(places) {
        match slot {
            Slot::Child(view) => {
                if let Some(parent) = node.parent_node() {
                    place(view, &parent, Some(&node));
                }
                remove(&node);
            }
            Slot::Only(view) => place(view, &node, None),
            slot => later.push((slot, node)),
        }
    }
    for (slot, node) in later {
        fill(slot, node.unchecked_into());
    }
    View::Node(only_child(root))
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

/// The nodes that a path marks with `.`.
fn walk(root: &Node, path: &str) -> Vec<Node> {
    let mut places = Vec::new();
    let mut at = root.clone();
    for step in path.bytes() {
        let next = match step {
            b'>' => at.first_child(),
            b'+' => at.next_sibling(),
            b'<' => at.parent_node(),
            _ => {
                places.push(at.clone());
                continue;
            }
        };
        let Some(next) = next else { break };
        at = next;
    }
    places
}

fn fill(slot: Slot, element: Element) {
    match slot {
        Slot::Attribute(name, value) => set(value, element, name, set_attribute),
        Slot::Class(name, value) => set(value, element, name, set_class),
        Slot::Style(name, value) => set(value, element, name, set_style),
        Slot::Property(name, value) => set(value, element, name, set_property),
        Slot::Listener(event, listener) => listen(&element, event, listener),
        Slot::Ref(found) => found(element),
        Slot::Child(_) | Slot::Only(_) => {}
    }
}

type Setter = fn(&Element, &'static str, &Value) -> Result<(), JsValue>;

/// Sets a value, and sets it again when it changes.
fn set(value: Attribute, element: Element, name: &'static str, setter: Setter) {
    let write = move |value: &Value| {
        if let Err(fault) = setter(&element, name, value) {
            complain(&fault);
        }
    };
    match value {
        Attribute::Still(value) => write(&value),
        Attribute::Live(mut value) => {
            let mut last = None;
            follow(Box::new(move || {
                let next = Some(value.compute());
                if next != last {
                    if let Some(next) = &next {
                        write(next);
                    }
                    last = next;
                }
            }));
        }
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
