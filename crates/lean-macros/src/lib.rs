//! `view!` and `#[component]`: Leptos's markup, compiled to little code.
//!
//! Leptos's own `view!` makes a Rust type of every piece of markup, and with it
//! functions of its own to build, change and drop it. Here the markup becomes
//! data: the HTML of everything that never changes, a path that says where the
//! rest belongs, and one boxed value for each such place. The crate `view`
//! puts them together at run time; see there for what may stand in a slot.
//!
//! - [`mod@markup`]: from markup to HTML, path and slots;
//! - [`mod@component`]: functions that become tags.

mod component;
mod markup;

use proc_macro::TokenStream;

/// Markup as a `view::View`.
///
/// Tags, attributes, quoted text and `{expressions}` as in Leptos. Beside plain
/// attributes there are `class:name`, `style:name`, `prop:name`, `on:event` and
/// `node_ref`. An attribute without quotes and a `{child}` may be a closure,
/// which follows the signals it reads. A tag that starts with a capital calls
/// a component with its attributes as fields.
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    markup::expand(input.into())
        .unwrap_or_else(|fault| fault.to_compile_error())
        .into()
}

/// Makes a tag of a function: a struct of its name whose fields are its
/// parameters, each documented by its own comment, and which draws itself as the
/// function says.
#[proc_macro_attribute]
pub fn component(_: TokenStream, item: TokenStream) -> TokenStream {
    component::expand(item.into())
        .unwrap_or_else(|fault| fault.to_compile_error())
        .into()
}
