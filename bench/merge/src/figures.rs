//! The key figures after an update, step by step, at the size they are made for.

use std::cell::RefCell;

#[path = "../../../crates/tracker/examples/kpi_speed/world.rs"]
mod world;

use world::{OPENING, VIEWS, World};

thread_local! {
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

/// Makes the plan and its updates.
#[unsafe(no_mangle)]
pub extern "C" fn figures_new() {
    WORLD.replace(Some(World::new()));
}

/// Writes one more update.
#[unsafe(no_mangle)]
pub extern "C" fn figures_update() {
    WORLD.with_borrow_mut(|world| {
        if let Some(world) = world {
            world.update();
        }
    });
}

/// Takes a step: those of the opening first, then those of the views. What it found, or the most
/// there is where there is no such step.
#[unsafe(no_mangle)]
pub extern "C" fn figures_step(number: usize) -> usize {
    let mut steps = OPENING.iter().chain(&VIEWS);
    WORLD.with_borrow_mut(|world| match (steps.nth(number), world) {
        (Some((_, work)), Some(world)) => work(world),
        _ => usize::MAX,
    })
}
