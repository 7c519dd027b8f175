//! What may stand between tags, and how the place of a closure follows it.

use std::borrow::Cow;

use leptos::prelude::untrack;
use wasm_bindgen::JsCast;
use web_sys::{Node, Text};

use super::signal::Memo;
use super::{complain, document, follow, list};

/// A piece of the page, drawn or still to be drawn.
pub enum View {
    /// Nothing to see.
    Nothing,
    /// A text, never read as HTML.
    Text(Cow<'static, str>),
    /// Nodes that are drawn already: an element, or a fragment of several.
    Node(Node),
    /// One after the other.
    Many(Vec<View>),
    /// Drawn anew whenever a signal changes that the closure reads.
    Live(Box<dyn Draw>),
    /// A keyed list.
    List(Box<dyn list::Rows>),
}

/// What draws itself again and again. (A trait of our own, since a pointer to a closure also
/// carries code for calling it once and by reference.)
pub trait Draw {
    /// The view now.
    fn draw(&mut self) -> View;
}

impl<F, V> Draw for F
where
    F: FnMut() -> V,
    V: IntoView,
{
    fn draw(&mut self) -> View {
        self().into_view()
    }
}

/// What may stand between tags.
pub trait IntoView {
    /// As the page takes it.
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::Nothing
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::Text(Cow::Borrowed(self))
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::Text(Cow::Owned(self))
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::Nothing, IntoView::into_view)
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<F, V> IntoView for F
where
    F: FnMut() -> V + 'static,
    V: IntoView,
{
    fn into_view(self) -> View {
        View::Live(Box::new(self))
    }
}

/// The views of an iterator, one after the other.
pub trait CollectView {
    /// As one view.
    fn collect_view(self) -> View;
}

impl<I, V> CollectView for I
where
    I: IntoIterator<Item = V>,
    V: IntoView,
{
    fn collect_view(self) -> View {
        View::Many(self.into_iter().map(IntoView::into_view).collect())
    }
}

/// `view` as long as `condition` holds. Drawn anew only when that changes, so that a
/// button in it keeps the focus while what it depends on goes on.
pub fn when<V: IntoView>(
    condition: impl Fn() -> bool + 'static,
    view: impl FnMut() -> V + 'static,
) -> View {
    drawn_while(Memo::new(condition), Box::new(view))
}

fn drawn_while(holds: Memo<bool>, mut view: Box<dyn Draw>) -> View {
    View::Live(Box::new(move || {
        if holds.get() {
            untrack(|| view.draw())
        } else {
            View::Nothing
        }
    }))
}

/// Calls a component: what it reads while it sets itself up is not followed from outside.
pub fn called(call: impl FnOnce() -> View) -> View {
    untrack(call)
}

/// Draws `view` in `parent`, before `before` or at the end.
pub(crate) fn place(view: View, parent: &Node, before: Option<&Node>) {
    match view {
        View::Nothing => {}
        View::Text(text) => {
            if let Some(text) = text_node(&text) {
                insert(&text, parent, before);
            }
        }
        View::Node(node) => insert(&node, parent, before),
        View::Many(views) => {
            for view in views {
                place(view, parent, before);
            }
        }
        View::Live(view) => {
            if let Some(end) = text_node("") {
                insert(&end, parent, before);
                keep_drawn(view, end);
            }
        }
        View::List(items) => {
            if let Some(end) = text_node("") {
                insert(&end, parent, before);
                list::keep_drawn(items, end.unchecked_into());
            }
        }
    }
}

pub(crate) fn insert(node: &Node, parent: &Node, before: Option<&Node>) {
    if let Err(fault) = parent.insert_before(node, before) {
        complain(&fault);
    }
}

fn text_node(text: &str) -> Option<Text> {
    Some(document()?.create_text_node(text))
}

/// Draws what `view` gives before `end`, and draws it anew when a signal changes. A text is
/// written into `end` itself; anything else stands between a mark of its own and `end`.
fn keep_drawn(mut view: Box<dyn Draw>, end: Text) {
    let mut start: Option<Text> = None;
    let mut shown: Cow<'static, str> = Cow::Borrowed("");
    follow(Box::new(move || {
        let next = view.draw();
        if let Some(start) = start.take() {
            clear(&start, &end);
        }
        let (text, rest) = match next {
            View::Text(text) => (text, View::Nothing),
            rest => (Cow::Borrowed(""), rest),
        };
        if text != shown {
            end.set_data(&text);
            shown = text;
        }
        if matches!(rest, View::Nothing) {
            return;
        }
        let (Some(parent), Some(mark)) = (end.parent_node(), text_node("")) else {
            return;
        };
        insert(&mark, &parent, Some(&end));
        place(rest, &parent, Some(&end));
        start = Some(mark);
    }));
}

/// Takes away `start` and everything from there up to `end`.
fn clear(start: &Text, end: &Text) {
    while let Some(node) = start.next_sibling() {
        if node.is_same_node(Some(end)) {
            break;
        }
        remove(&node);
    }
    remove(start);
}

pub(crate) fn remove(node: &Node) {
    if let Some(parent) = node.parent_node()
        && let Err(fault) = parent.remove_child(node)
    {
        complain(&fault);
    }
}
