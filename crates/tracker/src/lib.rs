//! The domain of Tiến độ 06, a tracker for the tasks and targets of Vietnam's
//! Đề án 06.
//!
//! Everything here is a pure function of its arguments: no browser, no clock,
//! no randomness, no IO. Callers hand in the day, the time and the bytes.
//!
//! Where to start:
//! - [`plan`]: the bundled tasks, agencies and targets, and what makes a plan pack valid;
//! - [`binding`]: which agency a task binds on a day, in which role, on what basis;
//! - [`status`]: the official buckets and the completion rate as of a day;
//! - [`ledger`]: what people recorded, and how many hands' records become one;
//! - [`json`]: reading and writing JSON text, for everything here and above;
//! - [`sorting`]: the one sort, for the same;
//! - [`exchange`]: the JSON file that carries a ledger from one browser to another;
//! - [`board`]: tasks in columns and rows, and which column a task may be moved to;
//! - [`text`] and [`filter`]: Vietnamese search, order, and narrowing a list.

pub mod binding;
pub mod board;
pub mod date;
pub mod exchange;
pub mod filter;
pub mod json;
pub mod ledger;
pub mod plan;
pub mod sorting;
pub mod status;
pub mod text;
