//! Narrowing a list of tasks by one line of text.
//!
//! The line holds words and filters, in the form people know from code hosting:
//! `định danh lead:BCA -topic:du-lieu bucket:overdue due:2023-03..2023-06`.
//! Every filter menu writes the same text, so the address of a page says all
//! that was chosen. Keys have English and Vietnamese spellings ([`Key`]).
//!
//! - [`key`]: the keys, and what may stand behind each;
//! - [`days`](mod@days): days and spans of days;
//! - [`token`]: cutting the line into words and filters, with their places;
//! - [`complete`](mod@complete): what could be typed next;
//! - [`edit`]: rewriting the line, for menus and chips;
//! - here: giving the filters meaning against a plan, and matching tasks.

pub mod complete;
pub mod days;
pub mod edit;
pub mod key;
pub mod token;

use std::ops::Range;

use chrono::NaiveDate;

use crate::binding::{Basis, Role};
use crate::kpi::attention::is_late_to_start;
use crate::ledger::Field;
use crate::plan::{Agency, Plan, Task};
use crate::review::State;
use crate::status::Standing;
use crate::text::{Corpus, Haystack, Needle, Search, fold};

pub use days::{Days, Span, days};
pub use key::{Key, Values};
pub use token::{Token, tokens};

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

#[derive(Clone, Debug)]
enum Condition {
    Agency(Vec<String>, Option<Role>),
    Things(Key, Vec<String>),
    Words(Key, Vec<&'static str>),
    Days(Key, Vec<Days>),
    Assignee(Vec<String>),
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
    /// Why the task binds that unit.
    pub basis: Option<&'a Basis>,
    /// The day of the last update, by the reader's calendar.
    pub updated: Option<NaiveDate>,
    /// Where it stands.
    pub standing: &'a Standing,
    /// Its searchable text, by [`haystack`].
    pub haystack: &'a Haystack,
}

/// The searchable texts of all tasks of a plan, in its order: what [`haystack`] has, prepared
/// for searching them all at every key that is pressed.
pub fn corpus(plan: &Plan) -> Corpus {
    let mut corpus = Corpus::default();
    // What tasks share, by its place in the plan.
    let agencies: Vec<u32> = plan
        .agencies()
        .iter()
        .map(|a| corpus.share(&[(5, a.name.vi()), (5, &a.abbreviation), (3, a.name.en())]))
        .collect();
    let documents: Vec<u32> = plan
        .documents()
        .iter()
        .map(|d| corpus.share(&[(4, &d.number)]))
        .collect();
    let topics: Vec<u32> = plan
        .manifest()
        .topics
        .iter()
        .map(|t| corpus.share(&[(3, t.name.vi()), (3, t.name.en())]))
        .collect();
    for task in plan.tasks() {
        let mut shared = Vec::new();
        for id in task.leads.iter().chain(&task.coordinators) {
            shared.extend(plan.agency_position(id).map(|at| agencies[at]));
        }
        shared.extend(
            plan.document_position(&task.document)
                .map(|at| documents[at]),
        );
        let topic = plan
            .manifest()
            .topics
            .iter()
            .position(|t| t.id == task.topic);
        shared.extend(topic.map(|at| topics[at]));
        let mut own: Vec<(u8, &str)> =
            vec![(9, &task.id), (8, task.title.vi()), (7, task.title.en())];
        if let Some(deliverable) = &task.deliverable {
            own.push((4, deliverable.vi()));
            own.push((4, deliverable.en()));
        }
        own.push((2, task.source.section.vi()));
        corpus.add(&own, &shared);
    }
    corpus.whole()
}

/// The searchable text of a task: id and titles first, then agencies, deliverable and notes.
pub fn haystack(plan: &Plan, task: &Task, notes: &[&str]) -> Haystack {
    let mut fields: Vec<(u8, &str)> = vec![
        (9, &task.id),
        (8, task.title.vi()),
        (7, task.title.en()),
        (2, task.source.section.vi()),
    ];
    for id in task.leads.iter().chain(&task.coordinators) {
        if let Some(agency) = plan.agency(id) {
            fields.push((5, agency.name.vi()));
            fields.push((5, &agency.abbreviation));
            fields.push((3, agency.name.en()));
        }
    }
    if let Some(deliverable) = &task.deliverable {
        fields.push((4, deliverable.vi()));
        fields.push((4, deliverable.en()));
    }
    if let Some(document) = plan.document(&task.document) {
        fields.push((4, &document.number));
    }
    if let Some(topic) = plan.topic(&task.topic) {
        fields.push((3, topic.name.vi()));
        fields.push((3, topic.name.en()));
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

    /// The words of the query, made ready for a corpus: those that must be found, and those
    /// that must not.
    pub fn search<'a>(&'a self, corpus: &'a Corpus) -> Words<'a> {
        Words {
            wanted: self.needle.search(corpus),
            excluded: self.excluded.iter().map(|n| n.search(corpus)).collect(),
        }
    }

    /// Whether the query asks for words, or for their absence.
    pub fn has_words(&self) -> bool {
        !self.needle.is_empty() || !self.excluded.is_empty()
    }

    /// Whether the filters of the query, without its words, hold for `candidate`.
    pub fn holds(&self, plan: &Plan, candidate: Candidate<'_>, asof: NaiveDate) -> bool {
        self.conditions
            .iter()
            .all(|(negated, condition)| condition.holds(plan, candidate, asof) != *negated)
    }

    /// How well `candidate` answers the query; `None` when it does not. Larger is better.
    pub fn score(&self, plan: &Plan, candidate: Candidate<'_>, asof: NaiveDate) -> Option<u32> {
        let holds = self.holds(plan, candidate, asof);
        let excluded = self
            .excluded
            .iter()
            .any(|needle| needle.score(candidate.haystack).is_some());
        (holds && !excluded)
            .then(|| self.needle.score(candidate.haystack))
            .flatten()
    }
}

/// The words of a query, ready for all tasks of a plan.
#[derive(Debug)]
pub struct Words<'a> {
    wanted: Search<'a>,
    excluded: Vec<Search<'a>>,
}

impl Words<'_> {
    /// How well the task at this position answers; `None` when it does not.
    pub fn score(&self, position: usize) -> Option<u32> {
        let excluded = self.excluded.iter().any(|s| s.score(position).is_some());
        (!excluded).then(|| self.wanted.score(position)).flatten()
    }
}

impl Condition {
    fn holds(&self, plan: &Plan, candidate: Candidate<'_>, asof: NaiveDate) -> bool {
        let (task, standing) = (candidate.task, candidate.standing);
        match self {
            Condition::Agency(ids, role) => {
                ids.iter().any(|id| answers(plan, task, id, *role, asof))
            }
            Condition::Things(key, ids) => {
                let mut of_task: Vec<&String> = Vec::new();
                match key {
                    Key::Document => of_task.push(&task.document),
                    Key::Topic => of_task.push(&task.topic),
                    Key::Indicator => of_task.extend(&task.indicators),
                    Key::Bottleneck => of_task.extend(&task.bottlenecks),
                    _ => of_task.extend(&task.group),
                }
                of_task.into_iter().any(|id| ids.contains(id))
            }
            Condition::Words(Key::No, words) => words
                .iter()
                .any(|w| !answers_word(Key::Has, w, candidate, asof)),
            Condition::Words(key, words) => {
                words.iter().any(|w| answers_word(*key, w, candidate, asof))
            }
            Condition::Days(key, spans) => match key {
                Key::Due => standing.due,
                Key::Completed => standing.completed_on.filter(|day| *day <= asof),
                _ => candidate.updated,
            }
            .is_some_and(|day| spans.iter().any(|s| s.contain(day))),
            Condition::Assignee(names) => {
                let mut assignees = standing.assignees.iter();
                assignees.any(|name| {
                    let name = fold(name);
                    names.iter().any(|wanted| name.contains(wanted.as_str()))
                })
            }
        }
    }
}

/// Whether the task is, or has, what the word of this key's list says.
fn answers_word(key: Key, word: &str, candidate: Candidate<'_>, asof: NaiveDate) -> bool {
    let (task, standing) = (candidate.task, candidate.standing);
    let recorded = |field| standing.recorded.has(field);
    match (key, word) {
        (Key::Role, "lead") => candidate.role == Some(Role::Lead),
        (Key::Role, _) => candidate.role == Some(Role::Coordinator),
        (Key::Basis, word) => candidate.basis.is_some_and(|basis| {
            word == match basis {
                Basis::Named => "named",
                Basis::Collective { .. } => "collective",
                Basis::Inherited { .. } => "inherited",
            }
        }),
        (Key::Deadline, word) => task.deadline.kind.key() == word,
        (Key::Bucket, "overdue") => standing.bucket.is_overdue(),
        (Key::Bucket, "done") => standing.bucket.is_completed(),
        (Key::Bucket, "open") => !standing.bucket.is_completed(),
        (Key::Bucket, word) => standing.bucket.key() == word,
        (Key::Status, "done") => standing.bucket.is_completed(),
        (Key::Status, "in-progress") => standing.started && !standing.bucket.is_completed(),
        (Key::Status, _) => !standing.started,
        (Key::Review, "returned") => standing.reviews.has(State::Returned),
        (Key::Review, "accepted") => standing.reviews.has(State::Accepted),
        (Key::Review, _) => standing.reviews.waits(),
        (_, "lead") => !task.leads.is_empty(),
        (_, "coord") => !task.coordinators.is_empty(),
        (_, "deadline") => standing.due.is_some(),
        (_, "deliverable") => task.deliverable.is_some(),
        (_, "indicator") => !task.indicators.is_empty(),
        (_, "bottleneck") => !task.bottlenecks.is_empty(),
        (_, "update") => standing.updated.is_some(),
        (_, "progress") => recorded(Field::Progress),
        (_, "forecast") => recorded(Field::Forecast),
        (_, "extension") => recorded(Field::Extension),
        (_, "blocker") => standing.blocked,
        (_, "rating") => recorded(Field::SelfRating) || recorded(Field::ReviewerRating),
        (_, "assignee") => recorded(Field::Assignee),
        (_, "note") => standing.notes > 0,
        (_, "evidence") => recorded(Field::Evidence),
        (_, "review") => recorded(Field::Review),
        (_, "late-start") => {
            let (bucket, started, due) = (standing.bucket, standing.started, standing.due);
            is_late_to_start(task.deadline, bucket, started, due, asof)
        }
        _ => standing.differs,
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
    // Each value by itself: the first that nothing goes by is the fault.
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
    Ok(match key.values() {
        Values::Agencies => {
            let role = match key {
                Key::Lead => Some(Role::Lead),
                Key::Coordinator => Some(Role::Coordinator),
                _ => None,
            };
            Condition::Agency(all(&|value| find(plan, key, value))?, role)
        }
        Values::Things => Condition::Things(key, all(&|value| find(plan, key, value))?),
        Values::Words => {
            let mut words = Vec::new();
            for value in values {
                words.push(key.word(value).ok_or_else(|| unknown(value))?);
            }
            Condition::Words(key, words)
        }
        Values::Days => {
            let mut spans = Vec::new();
            for value in values {
                spans.push(days(value).ok_or_else(|| ProblemKind::BadDate(value.clone()))?);
            }
            Condition::Days(key, spans)
        }
        Values::Text => Condition::Assignee(values.iter().map(|v| fold(v)).collect()),
    })
}

/// The ids of what goes by `value` behind `key`: agencies, documents, topics and the like.
pub fn find(plan: &Plan, key: Key, value: &str) -> Vec<String> {
    if key.values() == Values::Agencies {
        return find_agencies(plan, value);
    }
    let wanted = fold(value);
    let things = key::things(plan, key)
        .into_iter()
        .filter(|(id, names)| fold(id) == wanted || names.iter().any(|name| fold(name) == wanted));
    things.map(|(id, _)| id.to_owned()).collect()
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
        names.any(|n| is_wanted(n.vi()) || is_wanted(n.en()))
            || a.aliases.iter().any(|n| is_wanted(n))
    })
}
