//! Bindings: which agency a task binds on a day, in which role, and why.
//!
//! Documents name ministries that no longer exist and "all ministries, sectors
//! and localities"; an officer asks what binds *their* agency *today*. Three
//! answers, strongest first ([`Basis`]): the task names the agency; it names an
//! agency whose work this one inherited; it names a collective that this one
//! belongs to.
//!
//! A collective whose members the document does not list ("các cơ quan liên
//! quan") obliges whoever is concerned when it leads, so its possible members
//! see the task with that doubt; as a coordinator it names nobody and binds
//! nobody.

use chrono::{Days, NaiveDate};

use crate::plan::agency::MemberCertainty;
use crate::plan::{Agency, Certainty, Plan, Task};

/// The role an agency has in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Đơn vị chủ trì.
    Lead,
    /// Đơn vị phối hợp.
    Coordinator,
}

/// Why a task binds an agency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The document names it.
    Named,
    /// The document names a predecessor.
    Inherited {
        /// The agency the document names.
        from: String,
        /// Whether the succession in this task is a fact or a suggestion.
        certainty: Certainty,
    },
    /// The document names a collective that it belongs to.
    Collective {
        /// The collective's id.
        id: String,
        /// Whether every member is bound, or only those concerned.
        everyone: bool,
    },
}

impl Basis {
    /// Whether the agency is bound for certain, and not only if it happens to be concerned.
    pub fn is_certain(&self) -> bool {
        !matches!(
            self,
            Basis::Collective {
                everyone: false,
                ..
            }
        )
    }
}

/// A task's hold on an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The agency that is bound.
    pub agency: String,
    /// In which role.
    pub role: Role,
    /// On what basis.
    pub basis: Basis,
}

/// An agency that answers for what another one was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heir {
    /// The successor, existing on the day asked for.
    pub agency: String,
    /// Whether that is a fact or a suggestion.
    pub certainty: Certainty,
}

impl Plan {
    /// How `task` binds `agency` on `day`; the strongest binding where there are several.
    ///
    /// Leading is stronger than coordinating, unless the agency leads only if it
    /// happens to be concerned: then what is certain is told.
    ///
    /// An agency that no longer exists on `day` is asked on the last day it did,
    /// so that its page shows what it owed. One that does not exist yet is not bound.
    pub fn binding(&self, task: &Task, agency: &Agency, day: NaiveDate) -> Option<Binding> {
        let in_role = |role| {
            self.basis(task, role, agency, day).map(|basis| Binding {
                agency: agency.id.clone(),
                role,
                basis,
            })
        };
        match in_role(Role::Lead) {
            Some(lead) if lead.basis.is_certain() => Some(lead),
            doubtful => in_role(Role::Coordinator).or(doubtful),
        }
    }

    /// Every agency that `task` binds on `day`, leads first.
    pub fn bindings(&self, task: &Task, day: NaiveDate) -> Vec<Binding> {
        let mut bindings: Vec<Binding> = Vec::new();
        for agency in self.agencies().iter().filter(|a| a.exists_on(day)) {
            if let Some(binding) = self.binding(task, agency, day) {
                let place = |b: &Binding| (b.role, &b.basis) <= (binding.role, &binding.basis);
                bindings.insert(bindings.partition_point(place), binding);
            }
        }
        bindings
    }

    /// On what basis `task` binds `agency` in `role` on `day`; the strongest where
    /// there are several. Days outside the agency's life count as in [`Plan::binding`].
    pub fn basis(&self, task: &Task, role: Role, agency: &Agency, day: NaiveDate) -> Option<Basis> {
        if agency.valid_from.is_some_and(|from| day < from) {
            return None;
        }
        let day = last_day_of(agency, day);
        let named = match role {
            Role::Lead => &task.leads,
            Role::Coordinator => &task.coordinators,
        };
        if named.contains(&agency.id) {
            return Some(Basis::Named);
        }
        let inherited = named
            .iter()
            .flat_map(|from| {
                self.heirs(task, from, day)
                    .into_iter()
                    .filter(|heir| heir.agency == agency.id)
                    .map(move |heir| (heir.certainty, from))
            })
            .min()
            .map(|(certainty, from)| Basis::Inherited {
                from: from.clone(),
                certainty,
            });
        inherited.or_else(|| {
            // "All ministries" are those there were when the document spoke, or came later.
            if self.ended_before(agency, task) {
                return None;
            }
            named
                .iter()
                .filter_map(|id| self.agency(id))
                .filter_map(|c| c.members.as_ref().map(|m| (c, m)))
                .filter(|(_, m)| m.kinds.contains(&agency.kind))
                .map(|(c, m)| (c, m.certainty == MemberCertainty::All))
                .filter(|(_, everyone)| *everyone || role == Role::Lead)
                .max_by_key(|(_, everyone)| *everyone)
                .map(|(c, everyone)| Basis::Collective {
                    id: c.id.clone(),
                    everyone,
                })
        })
    }

    /// Whether `agency` was gone before the document of `task` was issued.
    fn ended_before(&self, agency: &Agency, task: &Task) -> bool {
        self.document(&task.document)
            .and_then(|document| document.date)
            .zip(agency.valid_to)
            .is_some_and(|(issued, to)| to < issued.first_day())
    }

    /// Who answers on `day` for what `task` gave to the agency `from`, besides `from` itself.
    ///
    /// What the plan says of this very task counts first; else the successors of
    /// the whole agency, for certain; else those who took over single functions,
    /// as suggestions. Empty while `from` exists and gave nothing of this task away.
    pub fn heirs(&self, task: &Task, from: &str, day: NaiveDate) -> Vec<Heir> {
        let Some(agency) = self.agency(from) else {
            return Vec::new();
        };
        let mut heirs = Vec::new();
        let mut stated = false;
        for inheritance in task.inherited.iter().filter(|i| i.from == from) {
            stated = true;
            for to in &inheritance.to {
                if let Some(from) = transfer_day(agency, to)
                    && from <= day
                {
                    self.follow(to, from, inheritance.certainty, day, &mut heirs);
                }
            }
        }
        if !stated && !agency.exists_on(day) {
            let whole = agency.successors.iter().any(|s| s.whole);
            for s in agency.successors.iter().filter(|s| s.from <= day) {
                let certainty = if whole {
                    Certainty::Verified
                } else {
                    Certainty::Suggested
                };
                if s.whole || !whole {
                    self.follow(&s.agency, s.from, certainty, day, &mut heirs);
                }
            }
        }
        heirs
    }

    /// Adds the agency `id`, which took over on `since`, as an heir; where it too is
    /// gone by `day`, those who followed it.
    fn follow(
        &self,
        id: &str,
        since: NaiveDate,
        certainty: Certainty,
        day: NaiveDate,
        heirs: &mut Vec<Heir>,
    ) {
        let Some(agency) = self.agency(id) else {
            return;
        };
        if agency.exists_on(day) {
            if !heirs.iter().any(|h| h.agency == id) {
                heirs.push(Heir {
                    agency: id.to_owned(),
                    certainty,
                });
            }
            return;
        }
        // Each step is later than the one before, so even a pack whose agencies
        // succeed each other in a circle is followed to an end.
        for s in agency
            .successors
            .iter()
            .filter(|s| since < s.from && s.from <= day)
        {
            if agency.valid_to.is_some_and(|to| to < s.from) {
                self.follow(&s.agency, s.from, certainty, day, heirs);
            }
        }
    }

    /// The agencies that a collective binds on `day`; empty for one that only binds those concerned.
    pub fn members(&self, collective: &Agency, day: NaiveDate) -> Vec<&Agency> {
        match &collective.members {
            Some(m) if m.certainty == MemberCertainty::All => self
                .agencies()
                .iter()
                .filter(|a| m.kinds.contains(&a.kind) && a.exists_on(day))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whoever answers today for an agency that a document names: itself while it
    /// exists, else its successors (any function), without regard to a task.
    pub fn today<'a>(&'a self, agency: &'a Agency, day: NaiveDate) -> Vec<&'a Agency> {
        if agency.exists_on(day) {
            return vec![agency];
        }
        let mut heirs = Vec::new();
        for s in agency.successors.iter().filter(|s| s.from <= day) {
            self.follow(&s.agency, s.from, Certainty::Verified, day, &mut heirs);
        }
        heirs
            .iter()
            .filter_map(|h| self.agency(&h.agency))
            .collect()
    }
}

/// `day`, or the last day the agency existed when that is earlier.
fn last_day_of(agency: &Agency, day: NaiveDate) -> NaiveDate {
    agency.valid_to.map_or(day, |to| to.min(day))
}

/// The first day on which `to` answers for what `from` gave it; `None` where the plan
/// knows of no such day, because `from` neither ended nor gave anything to `to`.
fn transfer_day(from: &Agency, to: &str) -> Option<NaiveDate> {
    from.successors
        .iter()
        .filter(|s| s.agency == to)
        .map(|s| s.from)
        .min()
        .or_else(|| from.valid_to.and_then(|d| d.checked_add_days(Days::new(1))))
}
