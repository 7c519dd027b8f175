//! What may stand between tags, and how the place of a closure follows it.

use std::borrow::Cow;

use leptos::prelude::{Owner, untrack};
use wasm_bindgen::JsCast;
use web_sys::{Node, Text};

use super::follow::follow;
use super::{complain, document, list};

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
    /// Drawn while a condition holds, and not anew before that changed.
    While(Box<dyn Fn() -> bool>, Box<dyn Draw>),
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
    View::While(Box::new(condition), Box::new(view))
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
        View::Live(mut view) => {
            if let Some(mut drawn) = Drawn::before(parent, before) {
                follow(Box::new(move || drawn.draw(|| view.draw())));
            }
        }
        View::While(condition, mut view) => {
            let Some(mut drawn) = Drawn::before(parent, before) else {
                return;
            };
            let mut held = false;
            follow(Box::new(move || {
                let holds = condition();
                if holds == held {
                    return;
                }
                held = holds;
                drawn.draw(|| {
                    if holds {
                        untrack(|| view.draw())
                    } else {
                        View::Nothing
                    }
                });
            }));
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

/// The place of what is drawn again and again. A text is written into `end` itself; anything
/// else stands between a mark of its own and `end`.
struct Drawn {
    start: Option<Text>,
    end: Text,
    shown: Cow<'static, str>,
    /// Of the signals and closures of what is drawn now.
    owner: Owner,
}

impl Drawn {
    /// An empty place in `parent`, before `before` or at the end.
    fn before(parent: &Node, before: Option<&Node>) -> Option<Drawn> {
        let end = text_node("")?;
        insert(&end, parent, before);
        Some(Drawn {
            start: None,
            end,
            shown: Cow::Borrowed(""),
            owner: Owner::new(),
        })
    }

    /// Puts what `view` gives in the place of what was there.
    fn draw(&mut self, view: impl FnOnce() -> View) {
        self.owner.cleanup();
        let next = self.owner.with(view);
        if let Some(start) = self.start.take() {
            clear(&start, &self.end);
        }
        let (text, rest) = match next {
            View::Text(text) => (text, View::Nothing),
            rest => (Cow::Borrowed(""), rest),
        };
        if text != self.shown {
            self.end.set_data(&text);
            self.shown = text;
        }
        if matches!(rest, View::Nothing) {
            return;
        }
        let (Some(parent), Some(mark)) = (self.end.parent_node(), text_node("")) else {
            return;
        };
        insert(&mark, &parent, Some(&self.end));
        self.owner.with(|| place(rest, &parent, Some(&self.end)));
        self.start = Some(mark);
    }
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
