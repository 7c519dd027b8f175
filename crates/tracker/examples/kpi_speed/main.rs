//! Times and memory of the key figures at the size they are made for, as a table: 100 agencies,
//! 10.000 tasks, 100.000 updates. `./dev bench` runs it, built as small as the page.

#![allow(clippy::print_stdout)]

mod world;

use std::time::Instant;

use world::{OPENING, Step, VIEWS, World};

/// Does it, and says how long it took, in milliseconds.
fn timed((what, work): Step, world: &mut World) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work(world));
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    println!("| {what} | {ms:.1} |");
    ms
}

/// The most memory that this process held so far, in MB, where the system tells.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn main() {
    let mut world = World::new();
    println!("| once, when the page opens | ms |\n|---|---|");
    for step in OPENING {
        timed(step, &mut world);
    }
    for step in VIEWS {
        timed(step, &mut world);
    }
    world.update();
    println!("\n| after one update | ms |\n|---|---|");
    let all: f64 = VIEWS.map(|step| timed(step, &mut world)).iter().sum();
    println!("| all of it, of which the heat map is a view of its own | {all:.1} |");
    if let Some(memory) = peak_memory() {
        println!("\nAt most {memory:.0} MB in all.");
    }
}
