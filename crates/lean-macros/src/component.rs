//! `#[component]`: from a function to a struct of its parameters that is a view.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, FnArg, ItemFn, Pat, Result};

pub fn expand(item: TokenStream) -> Result<TokenStream> {
    let ItemFn {
        attrs,
        vis,
        sig,
        block,
        ..
    } = syn::parse2(item)?;
    let (name, output) = (&sig.ident, &sig.output);
    let mut fields = Vec::new();
    let mut patterns = Vec::new();
    for input in &sig.inputs {
        let FnArg::Typed(input) = input else {
            return Err(Error::new_spanned(input, "a component has no receiver"));
        };
        let Pat::Ident(pattern) = &*input.pat else {
            return Err(Error::new_spanned(&input.pat, "expected a name"));
        };
        let (docs, field, kind) = (&input.attrs, &pattern.ident, &input.ty);
        fields.push(quote! { #(#docs)* #vis #field: #kind });
        patterns.push(pattern);
    }
    Ok(quote! {
        #(#attrs)*
        #vis struct #name { #(#fields),* }

        impl ::lean::IntoView for #name {
            fn into_view(self) -> ::lean::View {
                fn draw(#name { #(#patterns),* }: #name) #output #block
                ::lean::IntoView::into_view(draw(self))
            }
        }
    })
}
