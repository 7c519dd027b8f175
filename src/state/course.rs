//! What key figures are made of: the ledger as it was known on the as-of day, where every task
//! stood on which days, and what every agency has in hand.
//!
//! All of it is made when first asked for. The course of the tasks and the holdings are for pages
//! that come with the rest of the program (`tools/rest.txt`); only the ledger of a past day is
//! also the board's.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::holdings::Holding;
use tracker::kpi::{Tracks, Whose};
use tracker::ledger::Ledger;
use tracker::plan::Plan;

use super::{App, Unit};

/// The ledger as it counts on the as-of day. Reading it tracks what it depends on.
#[derive(Clone, Copy)]
pub struct Seen {
    ledger: RwSignal<Ledger>,
    past: Memo<Past>,
}

/// The ledger of a past day; none where everything counts that is known.
#[derive(Clone)]
struct Past {
    ledger: Option<Rc<Ledger>>,
    /// What it was made of: the two days, and how many events there were.
    of: Option<(NaiveDate, NaiveDate, usize)>,
}

impl PartialEq for Past {
    fn eq(&self, other: &Past) -> bool {
        self.of == other.of
    }
}

impl Seen {
    /// What `ledger` holds on the day `asof`, where the calendar says `today`.
    pub(super) fn new(
        ledger: RwSignal<Ledger>,
        asof: Memo<NaiveDate>,
        today: RwSignal<NaiveDate>,
    ) -> Seen {
        let past = Memo::new(move || {
            let (asof, today) = (asof.get(), today.get());
            // As of today every update would make this anew, for nothing.
            if asof >= today {
                return Past {
                    ledger: None,
                    of: None,
                };
            }
            ledger.with(|ledger| Past {
                ledger: Some(Rc::new(ledger.as_of(asof, today))),
                of: Some((asof, today, ledger.len())),
            })
        });
        Seen { ledger, past }
    }

    /// Reads the ledger.
    pub fn with<R>(self, read: impl FnOnce(&Ledger) -> R) -> R {
        self.either(|ledger, _| read(ledger))
    }

    /// Reads the ledger, which is or is not that of a past day. One of a past day is made anew
    /// for each update and cannot be followed.
    pub(super) fn either<R>(self, read: impl FnOnce(&Ledger, bool) -> R) -> R {
        match self.past.get().ledger {
            Some(past) => read(&past, true),
            None => self.ledger.with(|ledger| read(ledger, false)),
        }
    }
}

/// Where every task of the plan stood on which days. Reading it tracks every update.
#[derive(Clone, Copy)]
pub struct Course(Memo<Made>);

/// The tracks, and of what they are made.
#[derive(Clone)]
struct Made {
    tracks: Rc<RefCell<Tracks>>,
    today: NaiveDate,
    events: usize,
}

impl PartialEq for Made {
    fn eq(&self, other: &Made) -> bool {
        (self.today, self.events) == (other.today, other.events)
    }
}

impl Course {
    /// The tracks of `plan` by what `ledger` holds: mended after each update, made anew after
    /// midnight.
    pub(super) fn new(
        plan: &'static Plan,
        ledger: RwSignal<Ledger>,
        today: RwSignal<NaiveDate>,
    ) -> Course {
        let made = StoredValue::new(None);
        Course(Memo::new(move || {
            let today = today.get();
            ledger.with(|ledger| made.update_value(|made| follow(plan, ledger, today, made)))
        }))
    }

    /// Reads the tracks.
    pub fn with<R>(self, read: impl FnOnce(&Tracks) -> R) -> R {
        let tracks = self.0.get().tracks;
        let tracks = tracks.borrow();
        read(&tracks)
    }
}

#[inline(never)]
fn follow(plan: &Plan, ledger: &Ledger, today: NaiveDate, made: &mut Option<Made>) -> Made {
    let made = match made {
        Some(made) if made.today == today => {
            made.tracks.borrow_mut().follow(plan, ledger);
            made
        }
        made => made.insert(Made {
            tracks: Rc::new(RefCell::new(Tracks::new(plan, ledger, today))),
            today,
            events: 0,
        }),
    };
    made.events = ledger.len();
    made.clone()
}

/// What every agency has in hand on `day`.
#[inline(never)]
pub(super) fn holdings(plan: &Plan, day: NaiveDate) -> Rc<Vec<Holding>> {
    Rc::new(plan.holdings(day))
}

impl App {
    /// The ledger as it counts on the as-of day: what lists and figures are made of. What people
    /// edit is [`App::ledger`].
    pub fn seen(self) -> Seen {
        self.views.seen
    }

    /// Where every task stood on which days. Not before [`App::is_whole`].
    pub fn tracks(self) -> Course {
        self.views.course
    }

    /// What every agency has in hand on the as-of day. Tracks it. Not before [`App::is_whole`].
    pub fn holdings(self) -> Memo<Rc<Vec<Holding>>> {
        self.views.holdings
    }

    /// The tasks of the chosen unit, in any role, by their positions in the plan, ascending.
    /// Tracks unit and as-of day.
    pub fn tasks(self) -> Vec<usize> {
        let bound = self.views.bound.get();
        bound.iter().map(|(position, _)| *position).collect()
    }

    /// Whose reports say where these tasks stand. Tracks the unit.
    pub fn whose(self) -> Whose {
        match self.unit() {
            Some(Unit::Agency(agency)) => self
                .plan
                .agency_position(&agency.id)
                .map_or(Whose::Country, Whose::Agency),
            _ => Whose::Country,
        }
    }
}
