//! Narrowing a list of tasks by one line of text.
//!
//! The line holds words and filters, in the form people know from code hosting:
//! `định danh lead:BCA -topic:du-lieu bucket:overdue due:2023-03..2023-06`.
//! Every filter menu writes the same text, so the address of a page says all
//! that was chosen. Keys have English and Vietnamese spellings ([`Key`]).
//!
//! - [`token`]: cutting the line into words and filters, with their places;
//! - [`edit`]: rewriting the line, for menus and chips;
//! - here: giving the filters meaning against a plan, and matching tasks.

pub mod edit;
pub mod token;

use std::ops::Range;

use chrono::NaiveDate;

use crate::binding::{Basis, Role};
use crate::date::{DeadlineKind, Period, parse_date};
use crate::plan::{Agency, Plan, Task};
use crate::status::{Bucket, Standing};
use crate::text::{Haystack, Needle, fold, lowercase};

pub use token::{Key, Token, tokens};

/// What is wrong with one filter of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place of the faulty word in the query, in bytes.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// The ways in which a filter can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// No filter has this key.
    UnknownKey(String),
    /// The key has no value behind its colon.
    MissingValue(Key),
    /// Nothing of the plan goes by this value.
    UnknownValue(Key, String),
    /// The value is not a day, a period or a range of these.
    BadDate(String),
}

/// A span of days; either end may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day, inclusive.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive.
    pub to: Option<NaiveDate>,
}

impl Days {
    fn contain(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day <= t)
    }
}

#[derive(Clone, Debug)]
enum Condition {
    Agency(Vec<String>, Option<Role>),
    Role(Vec<Role>),
    Document(Vec<String>),
    Topic(Vec<String>),
    Deadline(Vec<DeadlineKind>),
    Bucket(Vec<Bucket>),
    Due(Vec<Days>),
}

/// A query that has been read against a plan.
#[derive(Clone, Debug, Default)]
pub struct Query {
    conditions: Vec<(bool, Condition)>,
    needle: Needle,
    excluded: Vec<Needle>,
    problems: Vec<Problem>,
}

/// A task and what a query may ask of it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The task.
    pub task: &'a Task,
    /// The role in it of the unit whose list this is, if a unit was chosen.
    pub role: Option<Role>,
    /// Where it stands.
    pub standing: &'a Standing,
    /// Its searchable text, by [`haystack`].
    pub haystack: &'a Haystack,
}

/// The searchable text of a task: id and titles first, then agencies, deliverable and notes.
pub fn haystack(plan: &Plan, task: &Task, notes: &[&str]) -> Haystack {
    let mut fields: Vec<(u8, &str)> = vec![
        (9, &task.id),
        (8, &task.title.vi),
        (7, &task.title.en),
        (2, &task.source.section.vi),
    ];
    for id in task.leads.iter().chain(&task.coordinators) {
        if let Some(agency) = plan.agency(id) {
            fields.push((5, &agency.name.vi));
            fields.push((5, &agency.abbreviation));
            fields.push((3, &agency.name.en));
        }
    }
    if let Some(deliverable) = &task.deliverable {
        fields.push((4, &deliverable.vi));
        fields.push((4, &deliverable.en));
    }
    if let Some(document) = plan.document(&task.document) {
        fields.push((4, &document.number));
    }
    if let Some(topic) = plan.topic(&task.topic) {
        fields.push((3, &topic.name.vi));
        fields.push((3, &topic.name.en));
    }
    fields.extend(notes.iter().map(|n| (4, *n)));
    Haystack::new(&fields)
}

impl Query {
    /// Reads `text` against `plan`.
    ///
    /// A filter that cannot be read is left out of the query and listed in
    /// [`Query::problems`]; the rest still applies.
    pub fn read(text: &str, plan: &Plan) -> Query {
        let mut query = Query::default();
        let mut words = String::new();
        for token in tokens(text) {
            match &token.key {
                None if token.negated => {
                    let needle = Needle::new(&token.quoted());
                    // Everything matches a needle without words: "--" must not exclude it all.
                    if !needle.is_empty() {
                        query.excluded.push(needle);
                    }
                }
                None => {
                    words.push_str(&token.quoted());
                    words.push(' ');
                }
                Some(Err(unknown)) => query.problems.push(Problem {
                    span: token.span.clone(),
                    kind: ProblemKind::UnknownKey(unknown.clone()),
                }),
                Some(Ok(key)) => match condition(*key, &token.values, plan) {
                    Ok(condition) => query.conditions.push((token.negated, condition)),
                    Err(kind) => query.problems.push(Problem {
                        span: token.span.clone(),
                        kind,
                    }),
                },
            }
        }
        query.needle = Needle::new(&words);
        query
    }

    /// What could not be read, in the order of the text.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The plain words, for marking matches.
    pub fn needle(&self) -> &Needle {
        &self.needle
    }

    /// Whether the query asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.needle.is_empty() && self.excluded.is_empty()
    }

    /// How well `candidate` answers the query; `None` when it does not. Larger is better.
    pub fn score(&self, plan: &Plan, candidate: Candidate<'_>, asof: NaiveDate) -> Option<u32> {
        let holds = self
            .conditions
            .iter()
            .all(|(negated, condition)| condition.holds(plan, candidate, asof) != *negated);
        let excluded = self
            .excluded
            .iter()
            .any(|needle| needle.score(candidate.haystack).is_some());
        (holds && !excluded)
            .then(|| self.needle.score(candidate.haystack))
            .flatten()
    }
}

impl Condition {
    fn holds(&self, plan: &Plan, candidate: Candidate<'_>, asof: NaiveDate) -> bool {
        let task = candidate.task;
        match self {
            Condition::Agency(ids, role) => {
                ids.iter().any(|id| answers(plan, task, id, *role, asof))
            }
            Condition::Role(roles) => candidate.role.is_some_and(|r| roles.contains(&r)),
            Condition::Document(ids) => ids.contains(&task.document),
            Condition::Topic(ids) => ids.contains(&task.topic),
            Condition::Deadline(kinds) => kinds.contains(&task.deadline.kind),
            Condition::Bucket(buckets) => buckets.contains(&candidate.standing.bucket),
            Condition::Due(spans) => candidate
                .standing
                .due
                .is_some_and(|due| spans.iter().any(|s| s.contain(due))),
        }
    }
}

/// Whether the task names the agency, or one it inherited from, in the role.
///
/// Collectives count only when they themselves are asked for: otherwise every
/// ministry would "lead" what all ministries were told.
fn answers(plan: &Plan, task: &Task, id: &str, role: Option<Role>, asof: NaiveDate) -> bool {
    // Each role by itself: who leads as one of many may still have inherited a coordination.
    plan.agency(id).is_some_and(|agency| {
        [Role::Lead, Role::Coordinator]
            .into_iter()
            .filter(|r| role.is_none_or(|wanted| wanted == *r))
            .filter_map(|r| plan.basis(task, r, agency, asof))
            .any(|basis| !matches!(basis, Basis::Collective { .. }))
    })
}

fn condition(key: Key, values: &[String], plan: &Plan) -> Result<Condition, ProblemKind> {
    if values.is_empty() {
        return Err(ProblemKind::MissingValue(key));
    }
    let unknown = |v: &str| ProblemKind::UnknownValue(key, v.to_owned());
    let all = |find: &dyn Fn(&str) -> Vec<String>| -> Result<Vec<String>, ProblemKind> {
        let mut ids = Vec::new();
        for value in values {
            let found = find(value);
            if found.is_empty() {
                return Err(unknown(value));
            }
            ids.extend(found);
        }
        Ok(ids)
    };
    let agencies = || all(&|value| find_agencies(plan, value));
    Ok(match key {
        Key::Lead => Condition::Agency(agencies()?, Some(Role::Lead)),
        Key::Coordinator => Condition::Agency(agencies()?, Some(Role::Coordinator)),
        Key::Agency => Condition::Agency(agencies()?, None),
        Key::Document => Condition::Document(all(&|value| {
            let wanted = fold(value);
            plan.documents()
                .iter()
                .filter(|d| fold(&d.id) == wanted || fold(&d.number) == wanted)
                .map(|d| d.id.clone())
                .collect()
        })?),
        Key::Topic => Condition::Topic(all(&|value| {
            let wanted = fold(value);
            plan.manifest()
                .topics
                .iter()
                .filter(|t| {
                    [&t.id, &t.name.vi, &t.name.en]
                        .iter()
                        .any(|name| fold(name) == wanted)
                })
                .map(|t| t.id.clone())
                .collect()
        })?),
        Key::Role => Condition::Role(
            values
                .iter()
                .map(|v| match fold(v).as_str() {
                    "lead" | "chu-tri" | "chu tri" | "chutri" => Ok(Role::Lead),
                    "coord" | "coordinator" | "phoi-hop" | "phoi hop" | "phoihop" => {
                        Ok(Role::Coordinator)
                    }
                    _ => Err(unknown(v)),
                })
                .collect::<Result<_, _>>()?,
        ),
        Key::Deadline => Condition::Deadline(
            values
                .iter()
                .map(|v| {
                    DeadlineKind::ALL
                        .into_iter()
                        .find(|kind| kind.key() == lower(v))
                        .ok_or_else(|| unknown(v))
                })
                .collect::<Result<_, _>>()?,
        ),
        Key::Bucket => {
            let mut buckets = Vec::new();
            for v in values {
                let group = buckets_named(&lower(v));
                if group.is_empty() {
                    return Err(unknown(v));
                }
                buckets.extend(group);
            }
            Condition::Bucket(buckets)
        }
        Key::Due => Condition::Due(
            values
                .iter()
                .map(|v| days(v).ok_or_else(|| ProblemKind::BadDate(v.clone())))
                .collect::<Result<_, _>>()?,
        ),
    })
}

/// In lower case, without the standard library's tables for every script there is.
fn lower(text: &str) -> String {
    text.chars().map(lowercase).collect()
}

/// The buckets a name stands for: one of them, or a group such as `overdue`.
fn buckets_named(name: &str) -> Vec<Bucket> {
    Bucket::ALL
        .into_iter()
        .filter(|b| match name {
            "overdue" | "quahan" => b.is_overdue(),
            "done" | "completed" | "hoanthanh" => b.is_completed(),
            "open" | "chuaxong" => !b.is_completed(),
            key => b.key() == key,
        })
        .collect()
}

/// Agencies that go by `value`: an id, an abbreviation, a name of any time, or an alias.
pub fn find_agencies(plan: &Plan, value: &str) -> Vec<String> {
    let wanted = fold(value);
    let is_wanted = |name: &str| fold(name) == wanted;
    let matching = |by: &dyn Fn(&Agency) -> bool| -> Vec<String> {
        let found = plan.agencies().iter().filter(|a| by(a));
        found.map(|a| a.id.clone()).collect()
    };
    // An id or an abbreviation is meant as such; only then are looser names tried.
    let exact = matching(&|a| is_wanted(&a.id) || is_wanted(&a.abbreviation));
    if !exact.is_empty() {
        return exact;
    }
    matching(&|a| {
        let mut names = std::iter::once(&a.name).chain(a.renamed.iter().map(|r| &r.name));
        names.any(|n| is_wanted(&n.vi) || is_wanted(&n.en))
            || a.aliases.iter().any(|n| is_wanted(n))
    })
}

/// Reads `2023-03`, `2023-03..2023-06`, `..2023-06`, `<2023-07-01`, `<=`, `>`, `>=` or `31/03/2023`.
pub fn days(text: &str) -> Option<Days> {
    let period = |s: &str| -> Option<(NaiveDate, NaiveDate)> {
        match s.parse::<Period>() {
            Ok(p) => Some((p.first_day(), p.last_day())),
            Err(_) => parse_date(s).map(|d| (d, d)),
        }
    };
    if let Some((a, b)) = text.split_once("..") {
        let from = if a.is_empty() {
            None
        } else {
            Some(period(a)?.0)
        };
        let to = if b.is_empty() {
            None
        } else {
            Some(period(b)?.1)
        };
        return (from.is_some() || to.is_some()).then_some(Days { from, to });
    }
    let open = |from, to| Some(Days { from, to });
    if let Some(rest) = text.strip_prefix("<=") {
        open(None, Some(period(rest)?.1))
    } else if let Some(rest) = text.strip_prefix(">=") {
        open(Some(period(rest)?.0), None)
    } else if let Some(rest) = text.strip_prefix('<') {
        open(None, period(rest)?.0.pred_opt())
    } else if let Some(rest) = text.strip_prefix('>') {
        open(period(rest)?.1.succ_opt(), None)
    } else {
        let (from, to) = period(text)?;
        open(Some(from), Some(to))
    }
}
