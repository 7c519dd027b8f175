//! Starts the page.

fn main() {
    tiendo06::start();
}
