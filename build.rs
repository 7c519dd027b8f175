//! Makes what the page embeds: the typed catalogue of its words and the plan pack.

use std::env;
use std::path::Path;

#[path = "tools/embed/catalogue.rs"]
mod catalogue;
#[path = "tools/embed/pack.rs"]
mod pack;

type Failure = Box<dyn std::error::Error>;

/// Lines that the first view does not need, between the marks by which `tools/split-wasm.mjs`
/// knows them.
fn marked(text: &str) -> String {
    format!("{{{{rest}}}}\n{text}\n{{{{/rest}}}}")
}

fn main() -> Result<(), Failure> {
    for input in ["tools/embed", "locales", "data"] {
        println!("cargo::rerun-if-changed={input}");
    }
    // For tools/reach.mjs the linker is to say at which address it put each constant, and to number
    // functions by what is seldom a number of anything else.
    println!("cargo::rerun-if-env-changed=LINK_MAP");
    if let Ok(map) = env::var("LINK_MAP") {
        println!("cargo::rustc-link-arg-bins=-Map={map}");
        println!("cargo::rustc-link-arg-bins=--table-base=5000");
    }
    let out = env::var("OUT_DIR")?;
    catalogue::build(Path::new(&out), marked)?;
    pack::build(Path::new(&out), marked)
}
