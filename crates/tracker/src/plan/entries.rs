//! Which fields the entries of a pack have, and how each is read.

use serde_json::Value;

use super::agency::{MemberCertainty, Renaming};
use super::load::{AGENCIES, BOTTLENECKS, DOCUMENTS, INDICATORS, MANIFEST, OBSERVATIONS, TASKS};
use super::measure::{Firmness, Measures, TargetKind, TargetTiming};
use super::read::{Members, Reader, has};
use super::{
    Agency, AgencyKind, Bottleneck, Certainty, Direction, Document, Indicator, Inheritance,
    LeadBasis, Manifest, Observation, Source, Succession, Target, Task, Topic, agency,
};
use crate::date::{Deadline, DeadlineKind};

/// The words for the variants of an enum, and what each stands for, in one order.
macro_rules! words {
    ($name:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl $name {
            const WORDS: &[&str] = &[$($word),+];
            const MEANINGS: &[$name] = &[$($name::$variant),+];

            /// Takes a field that is one of the words.
            fn take(r: &mut Reader, m: &mut Members, key: &'static str) -> $name {
                $name::MEANINGS[r.word(m, key, $name::WORDS)]
            }
        }
    };
}

words!(AgencyKind {
    "ministry" => Ministry,
    "ministerial" => Ministerial,
    "government_attached" => GovernmentAttached,
    "subordinate" => Subordinate,
    "enterprise" => Enterprise,
    "party" => Party,
    "judicial" => Judicial,
    "coordination" => Coordination,
    "other" => Other,
    "province" => Province,
    "collective" => Collective,
});

words!(Certainty {
    "verified" => Verified,
    "suggested" => Suggested,
});

words!(MemberCertainty {
    "all" => All,
    "concerned" => Concerned,
});

words!(LeadBasis {
    "named" => Named,
    "context" => Context,
    "addressees" => Addressees,
    "none" => None,
});

words!(Direction {
    "at_least" => AtLeast,
    "at_most" => AtMost,
    "exactly" => Exactly,
    "range" => Range,
});

words!(TargetKind {
    "target" => Target,
    "scope" => Scope,
    "implied_all" => ImpliedAll,
    "option" => Option,
});

words!(TargetTiming {
    "by" => By,
    "from" => From,
    "ongoing" => Ongoing,
    "none" => None,
});

words!(Firmness {
    "firm" => Firm,
    "best_effort" => BestEffort,
    "option" => Option,
});

words!(Measures {
    "same" => Same,
    "related" => Related,
    "none" => None,
});

words!(DeadlineKind {
    "by" => By,
    "from" => From,
    "ongoing" => Ongoing,
    "per_document" => PerDocument,
    "none" => None,
});

/// Reads `plan.json`.
pub(super) fn manifest(r: &mut Reader, part: Option<Value>) -> Option<Manifest> {
    r.begin_file(MANIFEST);
    let mut m = r.object_of("", part?)?;
    let manifest = Manifest {
        id: r.string(&mut m, "id"),
        version: r.string(&mut m, "version"),
        title: r.text(&mut m, "title"),
        topics: topics(r, &mut m),
    };
    Some(manifest)
}

fn topics(r: &mut Reader, m: &mut Members) -> Vec<Topic> {
    let mut topics = Vec::new();
    for mut m in r.enter_list(m, "topics") {
        topics.push(Topic {
            id: r.string(&mut m, "id"),
            name: r.text(&mut m, "name"),
        });
    }
    r.leave();
    topics
}

/// Reads `documents.json`.
pub(super) fn documents(r: &mut Reader, part: Option<Value>) -> Vec<Document> {
    let mut documents = Vec::new();
    for mut m in r.entries(DOCUMENTS, part) {
        documents.push(Document {
            id: r.begin(&mut m),
            number: r.string(&mut m, "number"),
            kind: r.string(&mut m, "kind"),
            date: r.period_if_any(&mut m, "date"),
            issuer: r.text_if_any(&mut m, "issuer"),
            gist: r.text(&mut m, "gist"),
            assigns: r.flag(&mut m, "assigns"),
            note: r.text_if_any(&mut m, "note"),
        });
    }
    documents
}

/// Reads `agencies.json`.
pub(super) fn agencies(r: &mut Reader, part: Option<Value>) -> Vec<Agency> {
    let mut agencies = Vec::new();
    for mut m in r.entries(AGENCIES, part) {
        agencies.push(Agency {
            id: r.begin(&mut m),
            name: r.text(&mut m, "name"),
            abbreviation: r.string(&mut m, "abbreviation"),
            kind: AgencyKind::take(r, &mut m, "kind"),
            aliases: r.strings_if_any(&mut m, "aliases"),
            valid_from: r.day_if_any(&mut m, "valid_from"),
            valid_to: r.day_if_any(&mut m, "valid_to"),
            parent: r.string_if_any(&mut m, "parent"),
            renamed: renamed(r, &mut m),
            successors: successors(r, &mut m),
            members: members(r, &mut m),
            note: r.text_if_any(&mut m, "note"),
        });
    }
    agencies
}

fn renamed(r: &mut Reader, m: &mut Members) -> Vec<Renaming> {
    let mut renamed = Vec::new();
    for mut m in r.enter_list_if_any(m, "renamed") {
        renamed.push(Renaming {
            from: r.day(&mut m, "from"),
            name: r.text(&mut m, "name"),
        });
    }
    r.leave();
    renamed
}

fn successors(r: &mut Reader, m: &mut Members) -> Vec<Succession> {
    let mut successors = Vec::new();
    for mut m in r.enter_list_if_any(m, "successors") {
        successors.push(Succession {
            agency: r.string(&mut m, "agency"),
            function: r.text(&mut m, "function"),
            from: r.day(&mut m, "from"),
            whole: has(&m, "whole") && r.flag(&mut m, "whole"),
        });
    }
    r.leave();
    successors
}

fn members(r: &mut Reader, m: &mut Members) -> Option<agency::Members> {
    if !has(m, "members") {
        return None;
    }
    let mut m = r.enter(m, "members");
    let mut kinds = Vec::new();
    for place in r.words(&mut m, "kinds", AgencyKind::WORDS) {
        kinds.push(AgencyKind::MEANINGS[place]);
    }
    let certainty = MemberCertainty::take(r, &mut m, "certainty");
    r.leave();
    Some(agency::Members { kinds, certainty })
}

/// Reads `tasks.json`.
pub(super) fn tasks(r: &mut Reader, part: Option<Value>) -> Vec<Task> {
    let mut tasks = Vec::new();
    for mut m in r.entries(TASKS, part) {
        tasks.push(Task {
            id: r.begin(&mut m),
            document: r.string(&mut m, "document"),
            group: r.string_if_any(&mut m, "group"),
            number: r.count(&mut m, "number"),
            title: r.text(&mut m, "title"),
            leads: r.strings(&mut m, "leads"),
            lead_basis: LeadBasis::take(r, &mut m, "lead_basis"),
            coordinators: r.strings(&mut m, "coordinators"),
            deadline: deadline(r, &mut m),
            deliverable: r.text_if_any(&mut m, "deliverable"),
            topic: r.string(&mut m, "topic"),
            indicators: r.strings_if_any(&mut m, "indicators"),
            bottlenecks: r.strings_if_any(&mut m, "bottlenecks"),
            inherited: inherited(r, &mut m),
            source: source(r, &mut m),
        });
    }
    tasks
}

fn deadline(r: &mut Reader, m: &mut Members) -> Deadline {
    let mut m = r.enter(m, "deadline");
    let deadline = Deadline {
        kind: DeadlineKind::take(r, &mut m, "kind"),
        period: r.period_if_any(&mut m, "period"),
    };
    r.leave();
    deadline
}

fn inherited(r: &mut Reader, m: &mut Members) -> Vec<Inheritance> {
    let mut inherited = Vec::new();
    for mut m in r.enter_list_if_any(m, "inherited") {
        inherited.push(Inheritance {
            from: r.string(&mut m, "from"),
            to: r.strings(&mut m, "to"),
            certainty: Certainty::take(r, &mut m, "certainty"),
            function: r.text(&mut m, "function"),
        });
    }
    r.leave();
    inherited
}

fn source(r: &mut Reader, m: &mut Members) -> Source {
    let mut m = r.enter(m, "source");
    let source = Source {
        section: r.text(&mut m, "section"),
        note: r.text_if_any(&mut m, "note"),
    };
    r.leave();
    source
}

/// Reads `indicators.json`.
pub(super) fn indicators(r: &mut Reader, part: Option<Value>) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for mut m in r.entries(INDICATORS, part) {
        indicators.push(Indicator {
            id: r.begin(&mut m),
            name: r.text(&mut m, "name"),
            measure: r.string(&mut m, "measure"),
            unit: r.text(&mut m, "unit"),
            direction: has(&m, "direction").then(|| Direction::take(r, &mut m, "direction")),
            target: target(r, &mut m),
            document: r.string_if_any(&mut m, "document"),
            tasks: r.strings_if_any(&mut m, "tasks"),
            note: r.text_if_any(&mut m, "note"),
        });
    }
    indicators
}

fn target(r: &mut Reader, m: &mut Members) -> Option<Target> {
    if !has(m, "target") {
        return None;
    }
    let mut m = r.enter(m, "target");
    let target = Target {
        value: r.number_if_any(&mut m, "value"),
        max: r.number_if_any(&mut m, "max"),
        kind: TargetKind::take(r, &mut m, "kind"),
        period: r.period_if_any(&mut m, "period"),
        period_kind: if has(&m, "period_kind") {
            TargetTiming::take(r, &mut m, "period_kind")
        } else {
            TargetTiming::None
        },
        firmness: has(&m, "firmness").then(|| Firmness::take(r, &mut m, "firmness")),
    };
    r.leave();
    Some(target)
}

/// Reads `observations.json`.
pub(super) fn observations(r: &mut Reader, part: Option<Value>) -> Vec<Observation> {
    let mut observations = Vec::new();
    for mut m in r.entries(OBSERVATIONS, part) {
        observations.push(Observation {
            id: r.begin(&mut m),
            indicator: r.string(&mut m, "indicator"),
            date: r.period(&mut m, "date"),
            value: r.number(&mut m, "value"),
            numerator: r.number_if_any(&mut m, "numerator"),
            denominator: r.number_if_any(&mut m, "denominator"),
            qualifier_text: r.text_if_any(&mut m, "qualifier_text"),
            derived: r.flag(&mut m, "derived"),
            source: r.string(&mut m, "source"),
            measures_target: Measures::take(r, &mut m, "measures_target"),
            related_to: r.string_if_any(&mut m, "related_to"),
            note: r.text_if_any(&mut m, "note"),
        });
    }
    observations
}

/// Reads `bottlenecks.json`.
pub(super) fn bottlenecks(r: &mut Reader, part: Option<Value>) -> Vec<Bottleneck> {
    let mut bottlenecks = Vec::new();
    for mut m in r.entries(BOTTLENECKS, part) {
        bottlenecks.push(Bottleneck {
            id: r.begin(&mut m),
            document: r.string(&mut m, "document"),
            number: r.count(&mut m, "number"),
            title: r.text(&mut m, "title"),
            tasks: r.strings(&mut m, "tasks"),
            related_tasks: r.strings_if_any(&mut m, "related_tasks"),
            note: r.text_if_any(&mut m, "note"),
        });
    }
    bottlenecks
}
