//! Laws of bindings: whatever task, agency and day are asked for, the answer is true of the plan.

#![allow(clippy::unwrap_used)]

mod common;

use chrono::{Days, NaiveDate};
use common::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tracker::binding::{Basis, Binding, Role};
use tracker::plan::{Agency, Task};

/// Days around which agencies begin and end.
const TURNS: &[&str] = &[
    "2025-02-28",
    "2025-03-01",
    "2025-06-30",
    "2025-07-01",
    "2026-11-21",
];

fn any_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        (0u64..2200).prop_map(|n| day("2022-01-01") + Days::new(n)),
        select(TURNS).prop_map(day),
    ]
}

/// What `binding` answers must be true of the plan.
fn check(task: &Task, agency: &Agency, on: NaiveDate) -> Result<(), TestCaseError> {
    let Some(binding) = plan().binding(task, agency, on) else {
        return Ok(());
    };
    prop_assert_eq!(&binding.agency, &agency.id);
    let gone = agency.valid_to.is_some_and(|to| to < on);
    prop_assert!(agency.exists_on(on) || gone, "{} on {on}", agency.id);
    let asked = if gone { agency.valid_to.unwrap() } else { on };
    let named = match binding.role {
        Role::Lead => &task.leads,
        Role::Coordinator => &task.coordinators,
    };
    match &binding.basis {
        Basis::Named => prop_assert!(named.contains(&agency.id)),
        Basis::Inherited { from, certainty } => {
            prop_assert!(!named.contains(&agency.id));
            prop_assert!(named.contains(from) && *from != agency.id);
            let giver = plan().agency(from).unwrap();
            prop_assert!(
                giver
                    .successors
                    .iter()
                    .any(|s| s.agency == agency.id && s.from <= asked)
            );
            let heirs = plan().heirs(task, from, asked);
            let sure = heirs
                .iter()
                .any(|h| h.agency == agency.id && h.certainty == *certainty);
            prop_assert!(sure, "{heirs:?}");
        }
        Basis::Collective { id, everyone } => {
            prop_assert!(named.contains(id) && !named.contains(&agency.id));
            let collective = plan().agency(id).unwrap();
            let members = plan().members(collective, asked);
            prop_assert_eq!(members.iter().any(|m| m.id == agency.id), *everyone);
        }
    }
    // Nothing weaker than what a role by itself would say.
    let role = plan().basis(task, binding.role, agency, on);
    prop_assert_eq!(role.as_ref(), Some(&binding.basis));
    Ok(())
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn whoever_is_bound_exists_or_existed(
        t in any::<Index>(),
        a in any::<Index>(),
        on in any_day(),
    ) {
        check(t.get(plan().tasks()), a.get(plan().agencies()), on)?;
    }

    #[test]
    fn the_list_of_those_bound_is_what_each_would_say(t in any::<Index>(), on in any_day()) {
        let t = t.get(plan().tasks());
        let listed = plan().bindings(t, on);
        let asked = plan().agencies().iter().filter(|a| a.exists_on(on));
        let asked: Vec<Binding> = asked.filter_map(|a| plan().binding(t, a, on)).collect();
        prop_assert_eq!(listed.len(), asked.len());
        prop_assert!(asked.iter().all(|b| listed.contains(b)));
    }

    #[test]
    fn somebody_answers_for_every_agency_at_all_times(a in any::<Index>(), on in any_day()) {
        let a = a.get(plan().agencies());
        let heirs = plan().today(a, on);
        prop_assert!(heirs.iter().all(|h| h.exists_on(on)));
        let begun = a.valid_from.is_none_or(|from| from <= on);
        prop_assert_eq!(!heirs.is_empty(), begun, "{} on {}", &a.id, on);
    }
}
