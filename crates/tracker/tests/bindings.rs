//! Which task binds whom, on which day, and why: the real plan, asked by day.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;

use common::*;
use tracker::binding::{Basis, Binding, Role};
use tracker::plan::Certainty;

const BEFORE: &str = "2023-06-30";
const TODAY: &str = "2026-11-21";

#[track_caller]
fn binding(task_id: &str, agency_id: &str, on: &str) -> Option<(Role, Basis)> {
    let found = plan().binding(task(task_id), agency(agency_id), day(on));
    found.map(
        |Binding {
             agency,
             role,
             basis,
         }| {
            assert_eq!(agency, agency_id);
            (role, basis)
        },
    )
}

fn inherited(from: &str, certainty: Certainty) -> Basis {
    Basis::Inherited {
        from: from.to_owned(),
        certainty,
    }
}

fn collective(id: &str, everyone: bool) -> Basis {
    Basis::Collective {
        id: id.to_owned(),
        everyone,
    }
}

/// Tasks of the appendix that bind `agency_id` with a role and a basis that are wanted.
fn appendix_where(agency_id: &str, on: &str, wanted: impl Fn(Role, &Basis) -> bool) -> Vec<String> {
    ids(appendix().filter(|t| {
        let found = plan().binding(t, agency(agency_id), day(on));
        found.is_some_and(|b| wanted(b.role, &b.basis))
    }))
}

fn is_inherited(basis: &Basis) -> bool {
    matches!(basis, Basis::Inherited { .. })
}

#[test]
fn the_ministry_of_public_security_leads_what_names_it() {
    for on in [BEFORE, TODAY] {
        let named = appendix_where("bo-cong-an", on, |r, b| {
            r == Role::Lead && *b == Basis::Named
        });
        let expected = ct05("B-01 B-02 B-03 B-04 B-05 B-06 B-07 B-08 B-09 B-46");
        assert_eq!(named, expected, "{on}");
    }
}

#[test]
fn it_leads_what_all_ministries_lead() {
    for on in [BEFORE, TODAY] {
        let found = appendix_where("bo-cong-an", on, |r, b| {
            r == Role::Lead && *b == collective("nhom-bo-nganh-dp", true)
        });
        let expected = "A-01 A-02 A-03 A-04 A-06 A-07 A-08 A-09 A-10 A-11 A-12 A-13 A-14 A-15 A-16 \
                        A-17 A-18";
        assert_eq!(found, ct05(expected), "{on}");
    }
}

#[test]
fn it_inherits_two_tasks_with_the_reform_and_one_a_year_later() {
    for (on, expected) in [
        (BEFORE, ""),
        ("2025-02-28", ""),
        ("2025-03-01", "B-26 B-42"),
        ("2026-02-28", "B-26 B-42"),
        ("2026-03-01", "B-26 B-42 B-44"),
        (TODAY, "B-26 B-42 B-44"),
    ] {
        let leads = appendix_where("bo-cong-an", on, |r, b| r == Role::Lead && is_inherited(b));
        assert_eq!(leads, ct05(expected), "{on}");
    }
    let suggested = inherited("bo-tttt", Certainty::Suggested);
    assert_eq!(
        binding("CT05-B-26", "bo-cong-an", "2025-03-01"),
        Some((Role::Lead, suggested))
    );
    let verified = inherited("bo-gtvt", Certainty::Verified);
    assert_eq!(
        binding("CT05-B-42", "bo-cong-an", "2025-03-01"),
        Some((Role::Lead, verified))
    );
    // Before, it coordinates the one and has no part in the other.
    let before = "2025-02-28";
    assert_eq!(
        binding("CT05-B-26", "bo-cong-an", before),
        Some((Role::Coordinator, Basis::Named))
    );
    assert_eq!(binding("CT05-B-42", "bo-cong-an", before), None);
}

#[test]
fn the_ministry_of_science_inherits_digital_government() {
    let expected = ct05("B-22 B-23 B-24 B-25 B-27 B-28 B-29 B-30 B-31 B-32");
    for (on, expected) in [
        (BEFORE, &[][..]),
        ("2025-02-28", &[][..]),
        ("2025-03-01", &expected[..]),
        (TODAY, &expected[..]),
    ] {
        let leads = appendix_where("bo-khcn", on, |r, b| r == Role::Lead && is_inherited(b));
        assert_eq!(leads, expected, "{on}");
    }
    let basis = |id: &str| binding(id, "bo-khcn", "2025-03-01").unwrap().1;
    assert_eq!(
        basis("CT05-B-22"),
        inherited("bo-tttt", Certainty::Verified)
    );
    assert_eq!(
        basis("CT05-B-23"),
        inherited("bo-tttt", Certainty::Suggested)
    );
}

#[test]
fn a_function_given_away_takes_no_other_task_along() {
    // Of the four that took over parts, only the one that the task names leads it.
    for id in ["bo-vhttdl", "bo-cong-an"] {
        assert_ne!(
            binding("CT05-B-22", id, TODAY).map(|b| b.0),
            Some(Role::Lead),
            "{id}"
        );
    }
    // No task says who follows the coordinators: all who took over parts may be meant.
    let suggested = inherited("bo-ldtbxh", Certainty::Suggested);
    for id in ["bo-noi-vu", "bo-y-te", "bo-nnmt", "bo-cong-an"] {
        let found = binding("CT05-B-41", id, TODAY).unwrap();
        let named = id == "bo-cong-an";
        let expected = if named {
            Basis::Named
        } else {
            suggested.clone()
        };
        assert_eq!(found, (Role::Coordinator, expected), "{id}");
    }
}

#[test]
fn the_ministry_of_finance_inherits_all_of_planning_for_certain() {
    let names_planning = |list: &[String]| list.iter().any(|id| id == "bo-khdt");
    let mut seen = Vec::new();
    for t in plan().tasks() {
        if !names_planning(&t.leads) && !names_planning(&t.coordinators) {
            continue;
        }
        seen.push(t.id.as_str());
        for on in ["2025-03-01", TODAY] {
            let (role, basis) = binding(&t.id, "bo-tai-chinh", on).unwrap();
            if names_planning(&t.leads) {
                assert_eq!(role, Role::Lead, "{}", t.id);
            }
            let verified = inherited("bo-khdt", Certainty::Verified);
            assert!(
                basis == Basis::Named || basis == verified,
                "{}: {basis:?}",
                t.id
            );
        }
        let before = binding(&t.id, "bo-tai-chinh", "2025-02-28");
        assert!(
            !before.is_some_and(|(_, basis)| is_inherited(&basis)),
            "{}",
            t.id
        );
    }
    assert_eq!(seen.len(), 10, "{seen:?}");
    let leads = appendix_where("bo-tai-chinh", TODAY, |r, b| {
        r == Role::Lead && is_inherited(b)
    });
    assert_eq!(leads, ct05("B-35 B-36 B-37"));
}

#[test]
fn eight_provinces_hand_their_task_on() {
    let heirs = [
        ("ubnd-bac-kan", "ubnd-thai-nguyen-2025"),
        ("ubnd-binh-phuoc", "ubnd-dong-nai-2025"),
        ("ubnd-dak-nong", "ubnd-lam-dong-2025"),
        ("ubnd-gia-lai", "ubnd-gia-lai-2025"),
        ("ubnd-khanh-hoa", "ubnd-khanh-hoa-2025"),
        ("ubnd-phu-yen", "ubnd-dak-lak-2025"),
        ("ubnd-thanh-hoa", "ubnd-thanh-hoa"),
        ("ubnd-vinh-long", "ubnd-vinh-long-2025"),
    ];
    for (named, heir) in heirs {
        let lead = |id, on| binding("CT05-C-05", id, on);
        assert_eq!(lead(named, "2025-06-30"), Some((Role::Lead, Basis::Named)));
        if heir == named {
            assert_eq!(lead(heir, "2025-07-01"), Some((Role::Lead, Basis::Named)));
        } else {
            assert_eq!(lead(heir, "2025-06-30"), None, "{heir}");
            let basis = inherited(named, Certainty::Verified);
            assert_eq!(lead(heir, "2025-07-01"), Some((Role::Lead, basis)));
        }
    }
    for on in ["2025-06-30", "2025-07-01"] {
        let bindings = plan().bindings(task("CT05-C-05"), day(on));
        let leads: Vec<&str> = bindings
            .iter()
            .filter(|b| b.role == Role::Lead)
            .map(|b| b.agency.as_str())
            .collect();
        assert_eq!(leads.len(), 8, "{on}: {leads:?}");
    }
    assert_eq!(binding("CT05-C-05", "ubnd-ha-noi", TODAY), None);
    assert_eq!(binding("CT05-C-05", "ubnd-ninh-thuan", TODAY), None);
}

#[test]
fn whoever_is_concerned_may_lead_but_nobody_must_coordinate() {
    let doubtful = |id: &str| collective(id, false);
    let assigned = doubtful("nhom-bo-nganh-duoc-giao");
    assert_eq!(
        binding("CT05-A-05", "bo-y-te", BEFORE),
        Some((Role::Lead, assigned))
    );
    assert_eq!(binding("CT05-A-05", "ubnd-ha-noi", BEFORE), None);
    // B-33 is coordinated by "the ministries concerned", which names nobody.
    assert_eq!(task("CT05-B-33").coordinators, ["nhom-bo-nganh-lien-quan"]);
    let bound = plan().bindings(task("CT05-B-33"), day(BEFORE));
    let bound: Vec<&str> = bound.iter().map(|b| b.agency.as_str()).collect();
    assert_eq!(bound, ["bo-tu-phap", "nhom-bo-nganh-lien-quan"]);
    for t in plan().tasks() {
        for on in [BEFORE, TODAY] {
            for b in plan().bindings(t, day(on)) {
                let vague = !b.basis.is_certain();
                assert!(!vague || b.role == Role::Lead, "{}: {b:?}", t.id);
            }
        }
    }
}

#[test]
fn a_collective_that_is_all_of_them_binds_as_coordinator_too() {
    let everyone = collective("nhom-bo-nganh-dp", true);
    assert_eq!(
        binding("CT05-B-21", "bo-y-te", BEFORE),
        Some((Role::Coordinator, everyone.clone()))
    );
    assert_eq!(
        binding("CT05-B-21", "ubnd-hue", TODAY),
        Some((Role::Coordinator, everyone))
    );
    assert_eq!(binding("CT05-B-21", "evn", BEFORE), None);
}

#[test]
fn a_dissolved_agency_still_shows_what_it_owed() {
    let led = appendix_where("bo-tttt", TODAY, |r, b| {
        r == Role::Lead && *b == Basis::Named
    });
    let expected = "B-22 B-23 B-24 B-25 B-26 B-27 B-28 B-29 B-30 B-31 B-32";
    assert_eq!(led, ct05(expected));
    assert_eq!(
        led,
        appendix_where("bo-tttt", BEFORE, |r, b| {
            r == Role::Lead && *b == Basis::Named
        })
    );
    let everyone = collective("nhom-bo-nganh-dp", true);
    assert_eq!(
        binding("CT05-A-01", "bo-tttt", TODAY),
        Some((Role::Lead, everyone.clone()))
    );
    assert_eq!(
        binding("CT05-A-01", "ubnd-bac-kan", TODAY),
        Some((Role::Lead, everyone))
    );
    // Asked after its end, it has not inherited what moved at its end.
    assert_eq!(
        binding("CT05-B-35", "bo-tttt", TODAY).unwrap().0,
        Role::Coordinator
    );
    // But a list of those bound today leaves it out.
    let bound = plan().bindings(task("CT05-B-22"), day(TODAY));
    assert!(bound.iter().all(|b| b.agency != "bo-tttt"));
}

#[test]
fn a_dissolved_agency_is_not_told_what_was_said_later() {
    let issued = plan().document("CT07").unwrap().date.unwrap().first_day();
    assert_eq!(issued, day("2025-03-14"));
    for id in ["bo-tttt", "bo-khdt", "ubdt"] {
        assert!(agency(id).valid_to.unwrap() < issued);
        for t in plan().tasks().iter().filter(|t| t.document == "CT07") {
            assert_eq!(
                plan().binding(t, agency(id), day(TODAY)),
                None,
                "{id}: {}",
                t.id
            );
        }
    }
    // A province merged after the directive was told.
    let everyone = collective("nhom-bo-nganh-dp", true);
    assert_eq!(
        binding("CT07-01", "ubnd-bac-kan", TODAY),
        Some((Role::Lead, everyone))
    );
}

#[test]
fn an_agency_that_does_not_exist_yet_is_not_bound() {
    for (id, from) in [
        ("bo-nnmt", "2025-03-01"),
        ("ubnd-thai-nguyen-2025", "2025-07-01"),
    ] {
        let before = day(from).pred_opt().unwrap();
        for t in plan().tasks() {
            assert_eq!(
                plan().binding(t, agency(id), before),
                None,
                "{id}: {}",
                t.id
            );
        }
        assert!(binding("CT05-A-01", id, from).is_some());
    }
}

#[test]
fn the_strongest_basis_is_told() {
    // Named before inherited: B-38 names finance, and planning beside it.
    assert_eq!(
        binding("CT05-B-38", "bo-tai-chinh", TODAY),
        Some((Role::Lead, Basis::Named))
    );
    assert_eq!(
        binding("KL0723-31", "bo-tai-chinh", TODAY),
        Some((Role::Lead, Basis::Named))
    );
    // Verified before suggested: B-05 names two ministries that agriculture follows.
    let verified = inherited("bo-tnmt", Certainty::Verified);
    assert_eq!(
        binding("CT05-B-05", "bo-nnmt", TODAY),
        Some((Role::Coordinator, verified))
    );
    // Leading as one of all before coordinating by name.
    let everyone = collective("nhom-bo-nganh-dp", true);
    assert_eq!(
        binding("CT05-A-03", "bo-cong-an", BEFORE),
        Some((Role::Lead, everyone))
    );
    // What is certain before what may be: A-05 and B-43 name these as coordinators.
    let named = Some((Role::Coordinator, Basis::Named));
    assert_eq!(binding("CT05-A-05", "bo-cong-an", BEFORE), named);
    assert_eq!(binding("CT05-B-43", "bo-tttt", BEFORE), named);
    // Each role may also be asked for by itself.
    let press = collective("nhom-bao-chi", false);
    let lead = plan().basis(
        task("CT05-B-43"),
        Role::Lead,
        agency("bo-tttt"),
        day(BEFORE),
    );
    assert_eq!(lead, Some(press));
}

#[test]
fn bindings_come_strongest_first() {
    for t in plan().tasks() {
        for on in [BEFORE, TODAY] {
            let bindings = plan().bindings(t, day(on));
            let keys: Vec<_> = bindings.iter().map(|b| (b.role, b.basis.clone())).collect();
            assert!(keys.is_sorted(), "{}", t.id);
            let distinct: HashSet<&str> = bindings.iter().map(|b| b.agency.as_str()).collect();
            assert_eq!(distinct.len(), bindings.len(), "{}", t.id);
        }
    }
}
