//! Doubles as decimal digits, and back.
//!
//! The standard library knows both ways too, with tables for being quick that would be loaded with the
//! page. Numbers with a point are few, so this is built for size, unlike the JSON text around it.
//!
//! Where to start: [`nearest`] from digits to a double, [`shortest`] back; [`plain`] and [`ecmascript`]
//! write one out.

mod big;
mod nearest;
mod shortest;

pub use nearest::nearest;
pub use shortest::{ecmascript, plain, shortest};
