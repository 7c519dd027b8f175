//! Makes what the page embeds: the typed catalogue of its words and the plan pack.

use std::env;
use std::path::Path;

#[path = "tools/embed/catalogue.rs"]
mod catalogue;
#[path = "tools/embed/pack.rs"]
mod pack;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    for input in ["tools/embed", "locales", "data"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = env::var("OUT_DIR")?;
    catalogue::build(Path::new(&out))?;
    pack::build(Path::new(&out))
}
