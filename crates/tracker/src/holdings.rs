//! Holdings: what every agency has in hand on a day, counted.
//!
//! One [`Holding`] is one task in the list of one agency or collective, in the role and on the
//! basis that [`Plan::binding`] gives: the strongest, so that nothing is counted twice. They are
//! found once for a day ([`Plan::holdings`]), judged once for a ledger ([`Plan::buckets`]), and
//! then counted along an [`Axis`] ([`table`]). Every count comes with the query that lists
//! exactly these tasks ([`query`]).

use chrono::NaiveDate;

use crate::binding::{Basis, Role};
use crate::ledger::Ledger;
use crate::plan::{Agency, AgencyKind, COUNTRY, Plan, Task};
use crate::sorting::positions;
use crate::status::{Bucket, Scope};
use crate::text::{Lang, sort_key};

/// Why a task is in an agency's hands, without the names of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The document names the agency.
    Named,
    /// The document names a collective that it belongs to.
    Collective,
    /// The document names a predecessor.
    Inherited,
}

impl Ground {
    /// The ground of a binding.
    pub fn of(basis: &Basis) -> Ground {
        match basis {
            Basis::Named => Ground::Named,
            Basis::Collective { .. } => Ground::Collective,
            Basis::Inherited { .. } => Ground::Inherited,
        }
    }
}

/// One task in the hands of one agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The agency's position in [`Plan::agencies`].
    pub agency: usize,
    /// The task's position in [`Plan::tasks`].
    pub task: usize,
    /// In which role.
    pub role: Role,
    /// Why.
    pub ground: Ground,
}

impl Plan {
    /// What every agency and collective has in hand on `day`; those that are gone, what they had
    /// on their last day. By agency, then by task.
    pub fn holdings(&self, day: NaiveDate) -> Vec<Holding> {
        let reached: Vec<Vec<bool>> = self.tasks().iter().map(|t| self.reached(t)).collect();
        let mut holdings = Vec::new();
        for (position, agency) in self.agencies().iter().enumerate() {
            for (task, entry) in self.tasks().iter().enumerate() {
                if !reached[task][position] {
                    continue;
                }
                if let Some(binding) = self.binding(entry, agency, day) {
                    holdings.push(Holding {
                        agency: position,
                        task,
                        role: binding.role,
                        ground: Ground::of(&binding.basis),
                    });
                }
            }
        }
        holdings
    }

    /// For each agency, whether `task` can bind it on any day: two in three it never can, and
    /// asking takes long.
    fn reached(&self, task: &Task) -> Vec<bool> {
        let mut reached = vec![false; self.agencies().len()];
        let mut followed = reached.clone();
        let heirs = task.inherited.iter().flat_map(|i| &i.to);
        let named = task.leads.iter().chain(&task.coordinators);
        let mut ids: Vec<&String> = named.chain(heirs).collect();
        while let Some(id) = ids.pop() {
            let Some(at) = self.agency_position(id) else {
                continue;
            };
            reached[at] = true;
            if std::mem::replace(&mut followed[at], true) {
                continue;
            }
            let agency = &self.agencies()[at];
            ids.extend(agency.successors.iter().map(|s| &s.agency));
            if let Some(members) = &agency.members {
                for (other, reached) in self.agencies().iter().zip(&mut reached) {
                    *reached |= members.kinds.contains(&other.kind);
                }
            }
        }
        reached
    }

    /// Where each of `holdings` stands on `day`, by what `ledger` holds: for an agency by its own
    /// report, for a collective by those of all whom the task waits for.
    pub fn buckets(&self, ledger: &Ledger, holdings: &[Holding], day: NaiveDate) -> Vec<Bucket> {
        let bucket = |holding: &Holding| {
            let task = &self.tasks()[holding.task];
            let scope = scope_of(&self.agencies()[holding.agency]);
            self.standing(ledger, task, scope, day).bucket
        };
        holdings.iter().map(bucket).collect()
    }
}

/// Whose reports say where the tasks of `agency` stand: its own; for a collective, everybody's.
pub fn scope_of(agency: &Agency) -> Scope<'_> {
    if agency.is_collective() {
        Scope::Country
    } else {
        Scope::Unit(agency)
    }
}

/// What the tasks of each agency are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// By role and ground: named as lead, named as coordinator, by collective, inherited.
    Ground,
    /// By topic.
    Topic,
    /// By the document that assigns them.
    Document,
    /// By where they stand.
    Bucket,
}

/// One count in the line of an agency: which tasks it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Only those in this role.
    pub role: Option<Role>,
    /// The filter that only these tasks pass; empty for all.
    pub filter: String,
}

impl Axis {
    /// Every axis, in the order of menus.
    pub const ALL: [Axis; 4] = [Axis::Ground, Axis::Topic, Axis::Document, Axis::Bucket];

    /// The stable key of the axis in addresses; empty for the first.
    pub fn key(self) -> &'static str {
        match self {
            Axis::Ground => "",
            Axis::Topic => "topic",
            Axis::Document => "doc",
            Axis::Bucket => "bucket",
        }
    }

    /// The columns along the axis, in order; of what agencies lead only where `leads` says so.
    pub fn columns(self, plan: &Plan, leads: bool) -> Vec<Column> {
        let role = leads.then_some(Role::Lead);
        let column = |value: &str| Column {
            role,
            filter: format!("{}:{value}", self.key()),
        };
        match self {
            Axis::Ground => {
                let grounds = [
                    (Some(Role::Lead), "basis:named"),
                    (Some(Role::Coordinator), "basis:named"),
                    (role, "basis:collective"),
                    (role, "basis:inherited"),
                ];
                let column = |(role, filter): (_, &str)| Column {
                    role,
                    filter: filter.to_owned(),
                };
                grounds.into_iter().map(column).collect()
            }
            Axis::Topic => {
                let topics = plan.manifest().topics.iter();
                topics.map(|topic| column(&topic.id)).collect()
            }
            Axis::Document => {
                let documents = plan.documents().iter().filter(|d| d.assigns);
                documents.map(|document| column(&document.id)).collect()
            }
            Axis::Bucket => Bucket::ALL.iter().map(|b| column(b.key())).collect(),
        }
    }

    /// The column that counts a holding.
    fn place(self, plan: &Plan, holding: Holding, bucket: Bucket) -> Option<usize> {
        let task = &plan.tasks()[holding.task];
        match self {
            Axis::Ground => Some(match (holding.ground, holding.role) {
                (Ground::Named, Role::Lead) => 0,
                (Ground::Named, Role::Coordinator) => 1,
                (Ground::Collective, _) => 2,
                (Ground::Inherited, _) => 3,
            }),
            Axis::Topic => {
                let mut topics = plan.manifest().topics.iter();
                topics.position(|topic| topic.id == task.topic)
            }
            Axis::Document => {
                let mut documents = plan.documents().iter().filter(|d| d.assigns);
                documents.position(|document| document.id == task.document)
            }
            Axis::Bucket => Bucket::ALL.iter().position(|b| *b == bucket),
        }
    }
}

/// The tasks of one agency, counted along an axis.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The agency's position in [`Plan::agencies`].
    pub agency: usize,
    /// How many tasks each column counts.
    pub cells: Vec<usize>,
    /// How many it has in hand: the sum of the cells.
    pub total: usize,
    /// How many of them are overdue.
    pub overdue: usize,
    /// Whether a document names it or a predecessor, and not only a collective.
    pub named: bool,
}

/// A line for each agency of the plan, in its order: how many tasks it has in hand, along `axis`;
/// only what it leads where `leads` says so. `buckets` are those of `holdings`.
pub fn table(
    plan: &Plan,
    axis: Axis,
    leads: bool,
    holdings: &[Holding],
    buckets: &[Bucket],
) -> Vec<Line> {
    let width = axis.columns(plan, leads).len();
    let empty = |agency| Line {
        agency,
        cells: vec![0; width],
        total: 0,
        overdue: 0,
        named: false,
    };
    let mut lines: Vec<Line> = (0..plan.agencies().len()).map(empty).collect();
    for (holding, bucket) in holdings.iter().zip(buckets) {
        let Some(line) = lines.get_mut(holding.agency) else {
            continue;
        };
        line.named |= holding.ground != Ground::Collective;
        if leads && holding.role != Role::Lead {
            continue;
        }
        let place = axis.place(plan, *holding, *bucket);
        if let Some(cell) = place.and_then(|at| line.cells.get_mut(at)) {
            *cell += 1;
        }
        line.total += 1;
        line.overdue += usize::from(bucket.is_overdue());
    }
    lines
}

/// The unit and the query that list exactly the tasks that `column` counts in the line of `agency`.
///
/// A collective has no list of its own: its tasks are those of the country that name it.
pub fn query<'a>(agency: &'a Agency, column: &Column) -> (&'a str, String) {
    let mut parts: Vec<String> = Vec::new();
    let filter = column.filter.as_str();
    let role = column.role.map(|role| match role {
        Role::Lead => "lead",
        Role::Coordinator => "coord",
    });
    let unit = if agency.is_collective() {
        parts.push(format!("{}:{}", role.unwrap_or("agency"), agency.id));
        COUNTRY
    } else {
        parts.extend(role.map(|role| format!("role:{role}")));
        &agency.id
    };
    // Whatever names a collective names it.
    let needless = agency.is_collective() && filter.starts_with("basis:");
    if !needless && !filter.is_empty() {
        parts.push(filter.to_owned());
    }
    (unit, parts.join(" "))
}

/// The groups that lists of agencies have, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Ministries and what ranks with them.
    Ministries,
    /// Bodies attached to the Government.
    Government,
    /// People's Committees of provinces.
    Provinces,
    /// Whatever else exists.
    Others,
    /// Rules that bind many.
    Collectives,
    /// What exists no more.
    Former,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Group; 6] = [
        Group::Ministries,
        Group::Government,
        Group::Provinces,
        Group::Others,
        Group::Collectives,
        Group::Former,
    ];

    /// The group of `agency` on `day`; `None` before it began.
    pub fn of(agency: &Agency, day: NaiveDate) -> Option<Group> {
        match agency.kind {
            _ if agency.valid_from.is_some_and(|from| day < from) => None,
            _ if !agency.exists_on(day) => Some(Group::Former),
            AgencyKind::Ministry | AgencyKind::Ministerial => Some(Group::Ministries),
            AgencyKind::GovernmentAttached => Some(Group::Government),
            AgencyKind::Province => Some(Group::Provinces),
            AgencyKind::Collective => Some(Group::Collectives),
            _ => Some(Group::Others),
        }
    }
}

/// Agencies by position in the plan, in the order of their names on `day` in `lang`.
pub fn by_name(plan: &Plan, mut agencies: Vec<usize>, day: NaiveDate, lang: Lang) -> Vec<usize> {
    let keys: Vec<_> = agencies
        .iter()
        .map(|at| sort_key(plan.agencies()[*at].name_on(day).get(lang)))
        .collect();
    let order = positions(agencies.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    agencies = order.into_iter().map(|at| agencies[at]).collect();
    agencies
}
