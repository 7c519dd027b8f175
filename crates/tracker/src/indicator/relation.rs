//! Which indicators may share an axis, and which may at most stand beside each other.

use crate::plan::measure::Measures;
use crate::plan::{Indicator, Plan};

use super::groups::topic_of;
use super::series::{Point, published};

/// Whether figures of the two are figures of one quantity, so that they may stand on one axis, in
/// one sum or one difference: they have the plan's slug of the quantity ([`Indicator::measure`])
/// and the unit in common. Nothing else makes them comparable, however alike they sound: accounts
/// issued, accounts that show a health record and users of one app are three quantities.
pub fn comparable(a: &Indicator, b: &Indicator) -> bool {
    a.id == b.id || (a.measure == b.measure && a.unit == b.unit)
}

/// How one indicator has to do with another, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// The same quantity; see [`comparable`].
    Measure,
    /// An observation of one is said to be near to the target of the other.
    Near,
    /// They measure one task.
    Task,
    /// Their tasks are of one topic.
    Topic,
}

/// The indicators that have to do with this one, each by its closest tie; by tie, then in the order
/// of the plan. Only those tied by [`Tie::Measure`] may share an axis with it.
pub fn related<'a>(plan: &'a Plan, indicator: &Indicator) -> Vec<(&'a Indicator, Tie)> {
    let topic = topic_of(plan, indicator);
    let names = |from: &str, to: &str| {
        let mut seen = plan.observations().iter().filter(|o| o.indicator == from);
        seen.any(|o| o.related_to.as_deref() == Some(to))
    };
    let tie = |other: &Indicator| {
        if comparable(indicator, other) {
            Some(Tie::Measure)
        } else if names(&indicator.id, &other.id) || names(&other.id, &indicator.id) {
            Some(Tie::Near)
        } else if other
            .tasks
            .iter()
            .any(|task| indicator.tasks.contains(task))
        {
            Some(Tie::Task)
        } else if topic.is_some() && topic == topic_of(plan, other) {
            Some(Tie::Topic)
        } else {
            None
        }
    };
    let others = plan.indicators().iter().filter(|i| i.id != indicator.id);
    let tied: Vec<_> = others.filter_map(|i| Some((i, tie(i)?))).collect();
    let mut found = Vec::new();
    for closest in [Tie::Measure, Tie::Near, Tie::Task, Tie::Topic] {
        found.extend(tied.iter().copied().filter(|(_, tie)| *tie == closest));
    }
    found
}

/// Published figures of other indicators that are near to this one's target without measuring it,
/// oldest first, each with the indicator it belongs to. To be shown beside the target and never
/// compared with it: 35 of 53 services online says nothing of how many were restructured.
pub fn near<'a>(plan: &'a Plan, indicator: &Indicator) -> Vec<(&'a Indicator, Point<'a>)> {
    let mut found = Vec::new();
    for other in plan.indicators().iter().filter(|i| i.id != indicator.id) {
        for seen in plan.observations_of(&other.id) {
            let names = seen.related_to.as_deref() == Some(indicator.id.as_str());
            if names && seen.measures_target == Measures::Related {
                found.push((other, published(seen)));
            }
        }
    }
    found
}
