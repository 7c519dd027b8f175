//! Axes, scales and paths for charts drawn as SVG, and every chart as a table.
//!
//! - [`Linear`]: an axis of values, with ticks at round numbers;
//! - [`Time`]: an axis of days, with ticks at months, quarters or years;
//! - [`line`], [`stairs`], [`band`]: the `d` of a path, with gaps; [`Slots`] and [`bar`]: bars;
//! - [`Table`]: what a chart shows as rows of text, and as a CSV file.
//!
//! Places are shares of an axis from 0 to 1; [`Frame`] turns them into coordinates, which SVG
//! counts from the top. Nothing here knows colours or letters.

mod draw;
mod linear;
mod table;
mod time;

pub use draw::{Frame, Slots, band, bar, coordinate, line, stairs};
pub use linear::{Linear, Magnitude};
pub use table::Table;
pub use time::{Tick, Time};
