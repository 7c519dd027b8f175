//! What is known of how safe everything is: the types alone, which the first part of the program
//! holds. What is done with them is in [`safety`](super::safety).

use std::rc::Rc;

use js_sys::Promise;
use tracker::ledger::{EventId, ForkWatch, Stamp};

use crate::platform::StoreError;
use crate::platform::mirror::{Mirror, Snapshot};
use crate::platform::tabs::Tabs;

/// The second place for what is recorded.
#[derive(Clone)]
pub enum Second {
    /// It is being opened.
    Opening,
    /// It is there.
    Ready(Rc<Mirror>),
    /// It cannot be used, and why.
    Absent(StoreError),
}

/// What the browser says of its storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Health {
    /// UTF-16 units used in the first place, of [`QUOTA_UNITS`](crate::platform::QUOTA_UNITS).
    pub units: usize,
    /// Bytes used and bytes there may be in the second; `None` where the browser does not say.
    pub estimate: Option<(f64, f64)>,
    /// Whether the browser promised to keep it all; `None` where it knows no such promise.
    pub persisted: Option<bool>,
    /// Whether the user asked for that promise since the page was opened.
    pub asked: bool,
}

/// What views may know of all this; one signal.
pub struct Safety {
    /// The second place.
    pub second: Second,
    /// Why the second place did not take what was written last.
    pub second_fault: Option<StoreError>,
    /// Whether what the second place has is still being read.
    pub reading: bool,
    /// How many acts are being stored just now.
    pub saving: usize,
    /// What the browser says.
    pub health: Health,
    /// The snapshots, oldest first.
    pub ring: Vec<Snapshot>,
    /// How many running numbers stand for several events: a browser profile was copied.
    pub forks: usize,
}

impl Safety {
    /// Whether the second place is there and took what was written last.
    pub fn has_second(&self) -> bool {
        matches!(self.second, Second::Ready(_)) && self.second_fault.is_none()
    }

    pub(super) fn new() -> Self {
        Safety {
            second: Second::Opening,
            second_fault: None,
            reading: true,
            saving: 0,
            health: Health::default(),
            ring: Vec::new(),
            forks: 0,
        }
    }
}

/// What only this room knows.
#[derive(Default)]
pub struct Hidden {
    /// Comes to its end when it is known whether there is a second place.
    pub(super) opened: Option<Promise>,
    /// Events that only the second place has, though the first is theirs too.
    pub(super) behind: Vec<EventId>,
    /// How many events, in the first place not yet, are on their way to the second.
    pub(super) on_the_way: usize,
    /// Whether everything is being erased, here or in another tab.
    pub(super) erasing: bool,
    /// How long the ledger was when a file of all of it was handed out last.
    pub(super) exported: Option<usize>,
    /// Files that were put on the desk and are not read yet.
    pub(super) queue: Vec<web_sys::File>,
    /// The line to the other tabs.
    pub(super) tabs: Option<Tabs>,
    /// What no exported file holds.
    pub(super) unexported: Unexported,
    /// The running numbers that stand for several events.
    pub(super) forks: ForkWatch,
}

/// What no exported file holds, as far as the ledger was looked through.
#[derive(Default)]
pub(super) struct Unexported {
    /// What the replicas of this browser begin with.
    pub(super) device: String,
    /// The latest update in the last file.
    pub(super) since: Option<Stamp>,
    /// How many events of the ledger were looked at.
    pub(super) events: usize,
    /// How many of them no file holds.
    pub(super) count: usize,
    /// When the first of these was recorded, in ms since 1970.
    pub(super) first: Option<i64>,
}
