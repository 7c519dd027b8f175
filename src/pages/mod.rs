//! The pages, each one address.
//!
//! - [`start`]: the first choice of a unit;
//! - [`overview`]: the figures of a report, and what needs somebody;
//! - [`board`]: tasks in columns; [`tasks`]: in a table; [`timeline`]: by month;
//! - [`agencies`]: who leads, coordinates and inherited what; [`scorecard`]: how they compare;
//! - [`indicators`]: what is measured, against what, and how far it is;
//! - [`bottlenecks`]: what is in the way, and the tasks that answer it;
//! - [`task`]: one task, beside any of these;
//! - [`desk`]: many units' files, seen before they are merged;
//! - [`data`]: export, import, what is stored here;
//! - [`missing`]: an address that leads nowhere.

pub mod agencies;
pub mod board;
pub mod bottlenecks;
pub mod data;
pub mod desk;
pub mod indicators;
pub mod later;
pub mod missing;
pub mod overview;
pub mod scorecard;
pub mod start;
pub mod task;
pub mod tasks;
pub mod timeline;
