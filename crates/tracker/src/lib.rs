//! The domain of Tiến độ 06, a tracker for the tasks and targets of Vietnam's
//! Đề án 06.
//!
//! Everything here is a pure function of its arguments: no browser, no clock,
//! no randomness, no IO. Callers hand in the day, the time and the bytes.
//!
//! Where to start:
//! - [`plan`]: the bundled tasks, agencies and targets, and what makes a plan pack valid;
//! - [`binding`]: which agency a task binds on a day, in which role, on what basis;
//! - [`holdings`]: what every agency has in hand, counted; [`history`]: how agencies came and went;
//! - [`status`]: the official buckets and the completion rate as of a day;
//! - [`indicator`]: the figures of an indicator, and how they stand against its target;
//! - [`ledger`]: what people recorded, and how many hands' records become one;
//! - [`closing`]: named snapshots of a period's figures, and what has come in since;
//! - [`record`]: what a form holds, its faults, and what of it is new;
//! - [`review`]: how a report stands with its reviewers, and what they write;
//! - [`json`]: reading and writing JSON text, for everything here and above;
//! - [`sorting`]: the one sort, for the same;
//! - [`arrange`]: columns, order and groups of a list of tasks;
//! - [`exchange`]: the JSON file that carries a ledger from one browser to another;
//! - [`desk`]: many files beside each other before they are merged: coverage, changes, differences;
//! - [`text`] and [`filter`]: Vietnamese search, order, and narrowing a list;
//! - [`views`]: saved views, and how those of several people come together;
//! - [`timeline`]: where days and tasks lie on a scale of time;
//! - [`chart`]: axes, paths and tables of charts;
//! - [`board`]: tasks in columns and rows, and which column a task may be moved to;
//! - [`bottleneck`]: what agencies report being blocked by;
//! - [`kpi`]: key figures of a period, burn-up, scorecard of agencies.

pub use json_text as json;
pub use json_text::sorting;

pub mod arrange;
pub mod binding;
pub mod board;
pub mod bottleneck;
pub mod chart;
pub mod closing;
pub mod date;
pub mod desk;
pub mod exchange;
pub mod filter;
pub mod history;
pub mod holdings;
pub mod indicator;
pub mod kpi;
pub mod ledger;
pub mod plan;
pub mod record;
pub mod review;
pub mod status;
pub mod text;
pub mod timeline;
pub mod views;
