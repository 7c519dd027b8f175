//! `view!`: from markup to HTML, path and what fills the places.
//!
//! The HTML holds `<!>`, an empty comment, wherever a child of its own belongs
//! among others. The path leads through the parsed HTML to every place that is
//! filled: `>` the first child, `+` the next sibling, `<` the parent. At a place
//! stands what is filled there: `.` all that the node holds, `,` a view instead
//! of the node, `#` a handle to it, and, each with a name up to the next blank,
//! `=` an attribute, `?` a class, `$` a style, `!` a property, `@` a listener.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use rstml::node::{Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::{Error, Expr, ExprLit, Lit, Result, Stmt};

/// Elements that HTML closes by itself.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that HTML knows only inside of `<svg>`.
const SVG: &[&str] = &[
    "circle", "defs", "desc", "ellipse", "g", "line", "path", "pattern", "polygon", "polyline",
    "rect", "text", "tspan", "use",
];

type Markup = Node<rstml::Infallible>;
type Element = NodeElement<rstml::Infallible>;

pub fn expand(input: TokenStream) -> Result<TokenStream> {
    let nodes = rstml::parse2(input)?;
    // A view of one expression or one component needs no template.
    match nodes.as_slice() {
        [] => return Ok(quote! { ::lean::View::Nothing }),
        [Node::Block(block)] => return Ok(drawn(block)),
        [Node::Element(element)] if is_component(element) => return component(element),
        _ => {}
    }
    let mut template = Template::default();
    let svg = matches!(nodes.first(), Some(Node::Element(e)) if SVG.contains(&e.name().to_string().as_str()));
    if svg {
        template.html.push_str("<svg part>");
    }
    template.children(&nodes)?;
    let Template {
        html, path, slots, ..
    } = template;
    // Nothing after the last place needs to be walked to.
    let path = path.trim_end_matches(['>', '+', '<']);
    if slots.is_empty() {
        return Ok(quote! { ::lean::still(#html) });
    }
    let template = filled();
    Ok(quote! {{
        let mut #template = ::lean::Template::new(#html, #path);
        #(#slots;)*
        #template.view()
    }})
}

#[derive(Default)]
struct Template {
    html: String,
    path: String,
    slots: Vec<TokenStream>,
}

impl Template {
    /// Writes siblings, and the path from their parent through them and back.
    fn children(&mut self, nodes: &[Markup]) -> Result<()> {
        let mut first = true;
        let mut after_text = false;
        for node in nodes {
            if let Node::Comment(_) = node {
                continue;
            }
            let is_text = matches!(node, Node::Text(_));
            // Texts that touch are one node to the parser.
            if !(is_text && after_text) {
                self.path.push(if first { '>' } else { '+' });
            }
            (first, after_text) = (false, is_text);
            match node {
                Node::Text(text) => escape(&mut self.html, &text.value_string()),
                Node::Block(block) => self.child(drawn(block)),
                Node::Element(element) if is_component(element) => {
                    let call = component(element)?;
                    self.child(call);
                }
                Node::Element(element) => self.element(element)?,
                other => {
                    return Err(Error::new_spanned(
                        other,
                        "expected an element, a quoted text or a block",
                    ));
                }
            }
        }
        if !first {
            self.path.push('<');
        }
        Ok(())
    }

    fn child(&mut self, view: TokenStream) {
        self.html.push_str("<!>");
        self.path.push(',');
        self.slots.push({
            let template = filled();
            quote! { #template.view_at(#view) }
        });
    }

    fn element(&mut self, element: &Element) -> Result<()> {
        let name = element.name().to_string();
        self.html.push('<');
        self.html.push_str(&name);
        for attribute in element.attributes() {
            self.attribute(attribute)?;
        }
        self.html.push('>');
        if VOID.contains(&name.as_str()) {
            return Ok(());
        }
        match element.children() {
            // An only child needs no comment to mark its place.
            [Node::Block(block)] => self.only(drawn(block)),
            [Node::Element(child)] if is_component(child) => {
                let call = component(child)?;
                self.only(call);
            }
            children => self.children(children)?,
        }
        self.html.push_str("</");
        self.html.push_str(&name);
        self.html.push('>');
        Ok(())
    }

    fn only(&mut self, view: TokenStream) {
        self.path.push('.');
        self.slots.push({
            let template = filled();
            quote! { #template.view_at(#view) }
        });
    }

    fn attribute(&mut self, attribute: &NodeAttribute) -> Result<()> {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "expected a named attribute"));
        };
        let name = attribute.key.to_string();
        let Some(value) = attribute.value() else {
            self.html.push(' ');
            self.html.push_str(&name);
            return Ok(());
        };
        let plain = !name.contains(':') && name != "node_ref";
        if let (true, Some(text)) = (plain, literal(value)) {
            self.html.push(' ');
            self.html.push_str(&name);
            self.html.push_str("=\"");
            escape(&mut self.html, &text);
            self.html.push('"');
            return Ok(());
        }
        let template = filled();
        let (mark, name, slot) = match name.split_once(':') {
            None if name == "node_ref" => ('#', "", quote! { #template.found(#value.into()) }),
            None => (
                '=',
                name.as_str(),
                quote! { ::lean::IntoValue::set(#value, &mut #template) },
            ),
            Some(("on", event)) => {
                let listener = format_ident!("{event}");
                (
                    '@',
                    event,
                    quote! { #template.listener(::lean::on::#listener(#value)) },
                )
            }
            Some((kind, name)) => {
                let mark = match kind {
                    "class" => '?',
                    "style" => '$',
                    "prop" => '!',
                    _ => {
                        return Err(Error::new_spanned(
                            &attribute.key,
                            "unknown kind of attribute",
                        ));
                    }
                };
                (
                    mark,
                    name,
                    quote! { ::lean::IntoValue::set(#value, &mut #template) },
                )
            }
        };
        self.path.push(mark);
        if mark != '#' {
            self.path.push_str(name);
            self.path.push(' ');
        }
        self.slots.push(slot);
        Ok(())
    }
}

/// The name of the template that is being filled, which no code in the markup can see.
fn filled() -> Ident {
    Ident::new("template", Span::mixed_site())
}

/// The view of what stands in braces, without the braces where they hold one expression.
fn drawn(block: &NodeBlock) -> TokenStream {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([Stmt::Expr(inside, None)]) => quote! { ::lean::IntoView::into_view(#inside) },
        _ => quote! { ::lean::IntoView::into_view(#block) },
    }
}

/// Whether a tag names a component: it starts with a capital.
fn is_component(element: &Element) -> bool {
    let NodeName::Path(name) = element.name() else {
        return false;
    };
    let last = name.path.segments.last().map(|s| s.ident.to_string());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// The call of a component, with its attributes as fields and what is inside as `children`.
fn component(element: &Element) -> Result<TokenStream> {
    let NodeName::Path(name) = element.name() else {
        return Err(Error::new_spanned(element.name(), "expected a path"));
    };
    let mut fields = Vec::new();
    for attribute in element.attributes() {
        match attribute {
            NodeAttribute::Attribute(attribute) => {
                let key = &attribute.key;
                fields.push(match attribute.value() {
                    Some(value) => quote! { #key: #value },
                    None => quote! { #key },
                });
            }
            other => return Err(Error::new_spanned(other, "expected a named attribute")),
        }
    }
    if !element.children().is_empty() {
        let children: TokenStream = element
            .children()
            .iter()
            .map(ToTokens::to_token_stream)
            .collect();
        let children = expand(children)?;
        fields.push(quote! { children: ::std::boxed::Box::new(move || #children) });
    }
    Ok(quote! {
        ::lean::called(|| ::lean::IntoView::into_view(#name { #(#fields),* }))
    })
}

/// The text of a literal that stands as an attribute's value.
fn literal(value: &Expr) -> Option<String> {
    let Expr::Lit(ExprLit { lit, .. }) = value else {
        return None;
    };
    match lit {
        Lit::Str(text) => Some(text.value()),
        Lit::Int(number) => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}

fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// HTML and path of a piece of markup.
    fn template(markup: &str) -> (String, String) {
        let nodes: TokenStream = markup.parse().unwrap();
        let mut template = Template::default();
        template.children(&rstml::parse2(nodes).unwrap()).unwrap();
        (template.html, template.path)
    }

    fn expanded(markup: &str) -> Result<String> {
        Ok(expand(markup.parse().unwrap())?.to_string())
    }

    #[test]
    fn html_is_what_never_changes_and_the_path_leads_to_the_rest() {
        for (markup, html, path) in [
            ("<p>\"a\"</p>", "<p>a</p>", ">><<"),
            ("<p>{a}</p>", "<p></p>", ">.<"),
            ("<p>\"a \" {b}</p>", "<p>a <!></p>", ">>+,<<"),
            ("<p>\"a\" \"b\" {c}</p>", "<p>ab<!></p>", ">>+,<<"),
            (
                "<p title=t class=\"x\">{a}</p>",
                "<p class=\"x\"></p>",
                ">=title .<",
            ),
            (
                "<ul><li>{a}</li><li>{b}</li></ul>",
                "<ul><li></li><li></li></ul>",
                ">>.+.<<",
            ),
            (
                "<input disabled /><b on:click=c></b>",
                "<input disabled><b></b>",
                ">+@click <",
            ),
            (
                "<p title=\"a<b\\\"&\">\"<&>\"</p>",
                "<p title=\"a&lt;b&quot;&amp;\">&lt;&amp;&gt;</p>",
                ">><<",
            ),
            ("<p><Some /></p>", "<p></p>", ">.<"),
            ("<p><Some />\"b\"</p>", "<p><!>b</p>", ">>,+<<"),
            (
                "<p class:a=b style:c=d prop:e=f node_ref=g></p>",
                "<p></p>",
                ">?a $c !e #<",
            ),
        ] {
            let (found_html, found_path) = template(markup);
            assert_eq!(
                (found_html.as_str(), found_path.as_str()),
                (html, path),
                "{markup}"
            );
        }
    }

    #[test]
    fn a_path_ends_at_its_last_place() {
        assert!(expanded("<p>{a}</p>").unwrap().contains("\">.\""));
        assert!(expanded("<p>\"a\"</p>").unwrap().contains("still"));
    }

    #[test]
    fn what_only_an_image_knows_is_wrapped_in_one() {
        assert!(
            expanded("<g><path d=d /></g>")
                .unwrap()
                .contains("<svg part><g>")
        );
        assert!(
            !expanded("<svg><path d=d /></svg>")
                .unwrap()
                .contains("<svg part>")
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for markup in [
            "<p>a</p>",
            "<p {attribute}></p>",
            "<p wrong:kind=a></p>",
            "<Some {a} />",
        ] {
            assert!(expanded(markup).is_err(), "{markup}");
        }
    }
}
