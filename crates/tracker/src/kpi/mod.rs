//! Key figures: what official progress reports count, as of any day.
//!
//! Everything is a pure function of the plan, the ledger, whose tasks are looked at and the day.
//! Past days are replayed: what people recorded later is not known yet, but who was done by then
//! was done ([`Ledger::as_of`](crate::ledger::Ledger::as_of) has the rule).
//!
//! - [`period`]: month, quarter, half-year, year or a span of days, that a report is about;
//! - [`track`]: where each task stood on which days, found once and mended by each update;
//! - [`figures`]: the numbers of a set of tasks on a day, and the query that lists each;
//! - [`attention`]: the lists of what needs somebody, with their rules;
//! - [`burnup`]: what fell due and what was completed, month by month, and where that leads;
//! - [`roll`]: who has what in hand, day after day;
//! - [`scorecard`]: agencies, ranked;
//! - [`changes`](mod@changes): two days of it side by side, and why they differ;
//! - [`heat`]: agencies by months.

pub mod attention;
pub mod burnup;
pub mod changes;
pub mod figures;
pub mod heat;
pub mod period;
pub mod roll;
pub mod scorecard;
pub mod track;
mod voice;

pub use attention::Attention;
pub use figures::{By, Figure, Figures, Group};
pub use period::{Kind, ReportPeriod};
pub use roll::Roll;
pub use track::{Point, Tracks, Whose};
