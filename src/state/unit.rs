//! Whose tasks the view shows.

use tracker::plan::{Agency, COUNTRY, Plan};
use tracker::status::Scope;

/// Whose tasks the view shows.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// Toàn quốc.
    Country,
    /// One agency.
    Agency(&'static Agency),
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Unit {
    /// The id in addresses and settings.
    pub fn id(self) -> &'static str {
        match self {
            Unit::Country => COUNTRY,
            Unit::Agency(agency) => &agency.id,
        }
    }

    /// The scope that standings are judged in.
    pub fn scope(self) -> Scope<'static> {
        match self {
            Unit::Country => Scope::Country,
            Unit::Agency(agency) => Scope::Unit(agency),
        }
    }
}

/// The unit with this id: the country or an agency that can report.
pub(super) fn unit_of(plan: &'static Plan, id: &str) -> Option<Unit> {
    if id == COUNTRY {
        return Some(Unit::Country);
    }
    plan.agency(id)
        .filter(|a| !a.is_collective())
        .map(Unit::Agency)
}
