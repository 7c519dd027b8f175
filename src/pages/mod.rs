//! The pages, each one address.
//!
//! - [`start`]: the first choice of a unit;
//! - [`board`]: tasks in columns by bucket;
//! - [`task`]: one task, beside the board;
//! - [`data`]: export, import, what is stored here;
//! - [`missing`]: an address that leads nowhere.

pub mod board;
pub mod data;
pub mod missing;
pub mod start;
pub mod task;
