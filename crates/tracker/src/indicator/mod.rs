//! The figures of an indicator, and how they stand against its target.
//!
//! - [`series`](fn@series): published and recorded figures of an indicator in one dated row;
//! - [`judge`]: whether the target is met as of a day, and how much of it;
//! - [`Path`]: the straight way to the target, and where a figure stands against it;
//! - [`comparable`], [`related`]: which indicators may share an axis (few), and which may at
//!   most stand beside each other;
//! - [`by_document`], [`by_topic`]: all indicators in groups, with tallies that add up;
//! - [`FigureForm`]: what stands in the form that records a figure;
//! - [`share`], [`amount`]: figures as people read them.
//!
//! A figure that does not measure the target is shown and never compared with it.

mod form;
mod groups;
mod path;
mod relation;
mod series;
mod show;
mod verdict;

pub use form::{FIGURE_INPUTS, FigureFault, FigureForm, FigureInput};
pub use groups::{Group, Tally, by_document, by_topic, topic_of};
pub use path::Path;
pub use relation::{Tie, comparable, near, related};
pub use series::{Leaning, Origin, Point, latest, published, series};
pub use show::{amount, figure, is_percent, share, worded};
pub use verdict::{Judgement, Verdict, attainment, due, goal, judge, meets};
