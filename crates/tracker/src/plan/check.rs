//! What a pack must be beside readable: ids that resolve, fit texts, fit periods.

use std::ops::Range;
use std::slice::from_ref;

use super::load::{
    AGENCIES, BOTTLENECKS, DOCUMENTS, INDICATORS, MANIFEST, OBSERVATIONS, PackError, PackProblem,
    TASKS,
};
use super::{Agency, Ids, Index, Plan, Task, Text};
use crate::date::DeadlineKind;
use crate::text::is_nfc;

/// The faults found in what was read.
#[derive(Default)]
pub(super) struct Faults {
    /// In the order of the checks.
    pub found: Vec<PackError>,
}

impl Faults {
    fn add(&mut self, file: &'static str, id: &str, field: &'static str, problem: PackProblem) {
        self.found.push(PackError {
            file,
            id: id.to_owned(),
            field,
            problem,
        });
    }

    /// Where each id is; an id that comes twice is a fault.
    pub fn index(&mut self, plan: &Plan) -> Index {
        let ids = |file, ids: Vec<&str>, faults: &mut Faults| {
            let (known, twice) = Ids::of(&ids);
            for id in twice {
                faults.add(file, id, "id", PackProblem::DuplicateId);
            }
            known
        };
        let index = Index {
            documents: ids(
                DOCUMENTS,
                plan.documents.iter().map(|d| &*d.id).collect(),
                self,
            ),
            agencies: ids(
                AGENCIES,
                plan.agencies.iter().map(|a| &*a.id).collect(),
                self,
            ),
            tasks: ids(TASKS, plan.tasks.iter().map(|t| &*t.id).collect(), self),
            indicators: ids(
                INDICATORS,
                plan.indicators.iter().map(|i| &*i.id).collect(),
                self,
            ),
            bottlenecks: ids(
                BOTTLENECKS,
                plan.bottlenecks.iter().map(|b| &*b.id).collect(),
                self,
            ),
        };
        ids(
            OBSERVATIONS,
            plan.observations.iter().map(|o| &*o.id).collect(),
            self,
        );
        ids(
            MANIFEST,
            plan.manifest.topics.iter().map(|t| &*t.id).collect(),
            self,
        );
        index
    }

    fn known(
        &mut self,
        file: &'static str,
        id: &str,
        field: &'static str,
        known: &Ids,
        named: &[String],
    ) {
        for name in named {
            if known.find(name).is_none() {
                let problem = PackProblem::UnknownId { id: name.clone() };
                self.add(file, id, field, problem);
            }
        }
    }

    fn text(&mut self, file: &'static str, id: &str, field: &'static str, text: Option<&Text>) {
        let good = |s: &str| !s.trim().is_empty() && is_nfc(s);
        if text.is_some_and(|text| !text.here().all(good)) {
            self.add(file, id, field, PackProblem::BadText);
        }
    }

    /// Checks what comes before the tasks: that every id resolves, every text is fit and every
    /// period fits its kind.
    pub fn before_tasks(&mut self, plan: &Plan) {
        let index = &plan.index;
        self.text(
            MANIFEST,
            &plan.manifest.id,
            "title",
            Some(&plan.manifest.title),
        );
        for t in &plan.manifest.topics {
            self.text(MANIFEST, &t.id, "topics", Some(&t.name));
        }
        for d in &plan.documents {
            self.text(DOCUMENTS, &d.id, "gist", Some(&d.gist));
            self.text(DOCUMENTS, &d.id, "issuer", d.issuer.as_ref());
            self.text(DOCUMENTS, &d.id, "note", d.note.as_ref());
        }
        for a in &plan.agencies {
            self.agency(a, index);
        }
    }

    /// Checks the tasks at these places, as far as there are any.
    pub fn tasks(&mut self, plan: &Plan, places: Range<usize>) {
        let tasks = plan.tasks.iter().skip(places.start).take(places.len());
        for t in tasks {
            self.task(t, plan);
        }
    }

    /// Checks what comes behind the tasks.
    pub fn after_tasks(&mut self, plan: &Plan) {
        let index = &plan.index;
        for i in &plan.indicators {
            self.text(INDICATORS, &i.id, "name", Some(&i.name));
            self.text(INDICATORS, &i.id, "unit", Some(&i.unit));
            self.text(INDICATORS, &i.id, "note", i.note.as_ref());
            self.known(
                INDICATORS,
                &i.id,
                "document",
                &index.documents,
                i.document.as_slice(),
            );
            self.known(INDICATORS, &i.id, "tasks", &index.tasks, &i.tasks);
            if let Some(target) = &i.target {
                use super::measure::TargetTiming::{By, From, None, Ongoing};
                let dated = matches!(target.period_kind, By | From);
                let undated = matches!(target.period_kind, Ongoing | None);
                if dated != target.period.is_some() || undated == target.period.is_some() {
                    self.add(INDICATORS, &i.id, "target", PackProblem::BadPeriod);
                }
            }
        }
        for o in &plan.observations {
            let known = &index.indicators;
            self.known(
                OBSERVATIONS,
                &o.id,
                "indicator",
                known,
                from_ref(&o.indicator),
            );
            self.known(
                OBSERVATIONS,
                &o.id,
                "related_to",
                known,
                o.related_to.as_slice(),
            );
            self.known(
                OBSERVATIONS,
                &o.id,
                "source",
                &index.documents,
                from_ref(&o.source),
            );
            self.text(
                OBSERVATIONS,
                &o.id,
                "qualifier_text",
                o.qualifier_text.as_ref(),
            );
            self.text(OBSERVATIONS, &o.id, "note", o.note.as_ref());
        }
        for b in &plan.bottlenecks {
            self.text(BOTTLENECKS, &b.id, "title", Some(&b.title));
            self.text(BOTTLENECKS, &b.id, "note", b.note.as_ref());
            self.known(
                BOTTLENECKS,
                &b.id,
                "document",
                &index.documents,
                from_ref(&b.document),
            );
            self.known(BOTTLENECKS, &b.id, "tasks", &index.tasks, &b.tasks);
            let related = &b.related_tasks;
            self.known(BOTTLENECKS, &b.id, "related_tasks", &index.tasks, related);
        }
    }

    fn agency(&mut self, a: &Agency, index: &Index) {
        self.text(AGENCIES, &a.id, "name", Some(&a.name));
        self.text(AGENCIES, &a.id, "note", a.note.as_ref());
        for r in &a.renamed {
            self.text(AGENCIES, &a.id, "renamed", Some(&r.name));
        }
        for s in &a.successors {
            self.text(AGENCIES, &a.id, "successors", Some(&s.function));
        }
        for s in &a.successors {
            let agency = from_ref(&s.agency);
            self.known(AGENCIES, &a.id, "successors", &index.agencies, agency);
        }
        self.known(
            AGENCIES,
            &a.id,
            "parent",
            &index.agencies,
            a.parent.as_slice(),
        );
        if a.is_collective() != a.members.is_some() {
            self.add(AGENCIES, &a.id, "members", PackProblem::BadMembers);
        }
        if a.valid_from
            .zip(a.valid_to)
            .is_some_and(|(from, to)| to < from)
        {
            self.add(AGENCIES, &a.id, "valid_to", PackProblem::BadPeriod);
        }
    }

    fn task(&mut self, t: &Task, plan: &Plan) {
        let index = &plan.index;
        self.text(TASKS, &t.id, "title", Some(&t.title));
        self.text(TASKS, &t.id, "deliverable", t.deliverable.as_ref());
        self.text(TASKS, &t.id, "source", Some(&t.source.section));
        self.text(TASKS, &t.id, "source", t.source.note.as_ref());
        self.known(
            TASKS,
            &t.id,
            "document",
            &index.documents,
            from_ref(&t.document),
        );
        self.known(TASKS, &t.id, "leads", &index.agencies, &t.leads);
        self.known(
            TASKS,
            &t.id,
            "coordinators",
            &index.agencies,
            &t.coordinators,
        );
        self.known(TASKS, &t.id, "indicators", &index.indicators, &t.indicators);
        self.known(
            TASKS,
            &t.id,
            "bottlenecks",
            &index.bottlenecks,
            &t.bottlenecks,
        );
        for i in &t.inherited {
            self.text(TASKS, &t.id, "inherited", Some(&i.function));
            let from = from_ref(&i.from);
            self.known(TASKS, &t.id, "inherited", &index.agencies, from);
            self.known(TASKS, &t.id, "inherited", &index.agencies, &i.to);
        }
        if plan.topic(&t.topic).is_none() {
            let id = t.topic.clone();
            self.add(TASKS, &t.id, "topic", PackProblem::UnknownId { id });
        }
        let dated = matches!(t.deadline.kind, DeadlineKind::By | DeadlineKind::From);
        if dated != t.deadline.period.is_some() {
            self.add(TASKS, &t.id, "deadline", PackProblem::BadPeriod);
        }
    }
}
