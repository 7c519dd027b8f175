//! All indicators in groups, with tallies that add up.

use super::verdict::Verdict;
use crate::plan::{Indicator, Plan};

/// How many indicators have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; Verdict::ALL.len()]);

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        self.0[verdict as usize] += 1;
    }

    /// How many have this verdict.
    pub fn of(&self, verdict: Verdict) -> usize {
        self.0[verdict as usize]
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// How many have a target.
    pub fn targets(&self) -> usize {
        self.total() - self.of(Verdict::NoTarget)
    }

    /// How many met their target, in time or later.
    pub fn met(&self) -> usize {
        self.of(Verdict::Met) + self.of(Verdict::MetLate)
    }
}

/// Some indicators under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The id of the document or topic; `None` for indicators that have none.
    pub key: Option<&'a str>,
    /// Positions in [`Plan::indicators`], ascending; not empty.
    pub indicators: Vec<usize>,
    /// Their verdicts.
    pub tally: Tally,
}

/// The indicators by the document that sets them, in the order of [`Plan::documents`]; those that
/// no document sets come last. `verdicts` has one verdict for each indicator of the plan.
pub fn by_document<'a>(plan: &'a Plan, verdicts: &[Verdict]) -> Vec<Group<'a>> {
    let keys = plan.documents().iter().map(|d| d.id.as_str());
    group(plan, verdicts, keys.collect(), |indicator| {
        indicator.document.as_deref()
    })
}

/// The indicators by topic, in the order of the plan's topics; those of no topic come last.
/// `verdicts` has one verdict for each indicator of the plan.
pub fn by_topic<'a>(plan: &'a Plan, verdicts: &[Verdict]) -> Vec<Group<'a>> {
    let keys = plan.manifest().topics.iter().map(|t| t.id.as_str());
    group(plan, verdicts, keys.collect(), |indicator| {
        topic_of(plan, indicator)
    })
}

/// The topic of an indicator: that of most of its tasks, and of topics with as many tasks the one
/// that the plan names first, so that each indicator is in one group and groups add up. `None`
/// where it measures no task, as figures that are only observed do.
pub fn topic_of<'a>(plan: &'a Plan, indicator: &Indicator) -> Option<&'a str> {
    let mut best: Option<(&str, usize)> = None;
    for topic in &plan.manifest().topics {
        let tasks = indicator.tasks.iter().filter_map(|id| plan.task(id));
        let count = tasks.filter(|task| task.topic == topic.id).count();
        if count > best.map_or(0, |(_, most)| most) {
            best = Some((&topic.id, count));
        }
    }
    best.map(|(topic, _)| topic)
}

fn group<'a>(
    plan: &'a Plan,
    verdicts: &[Verdict],
    keys: Vec<&'a str>,
    key_of: impl Fn(&'a Indicator) -> Option<&'a str>,
) -> Vec<Group<'a>> {
    let keys = keys.into_iter().map(Some).chain([None]);
    let mut groups: Vec<Group<'a>> = keys
        .map(|key| Group {
            key,
            indicators: Vec::new(),
            tally: Tally::default(),
        })
        .collect();
    for (at, (indicator, verdict)) in plan.indicators().iter().zip(verdicts).enumerate() {
        let key = key_of(indicator);
        if let Some(group) = groups.iter_mut().find(|group| group.key == key) {
            group.indicators.push(at);
            group.tally.add(*verdict);
        }
    }
    groups.retain(|group| !group.indicators.is_empty());
    groups
}
