//! Finding tasks by who leads and coordinates them, and agencies by what they are called.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/search.rs"]
mod search;

use common::*;
use search::{finds, search, search_in};
use tracker::binding::Role;
use tracker::filter::find_agencies;
use tracker::ledger::Ledger;
use tracker::status::Scope;
use tracker::text::fold;

const BEFORE: &str = "2023-06-30";
const TODAY: &str = "2026-11-21";

#[test]
fn leads_are_found_by_name_and_by_what_they_inherited() {
    let named = "B-01 B-02 B-03 B-04 B-05 B-06 B-07 B-08 B-09 B-46 BODY-03";
    finds("lead:BCA doc:CT05", BEFORE, &ct05(named));
    let inherited = format!("{named} B-26 B-42 B-44");
    finds("lead:BCA doc:CT05", TODAY, &ct05(&inherited));
    // What all ministries were told is found under their common name.
    let all = search("lead:\"các bộ, ngành, địa phương\" doc:CT05", TODAY);
    assert_eq!(all.len(), 18);
    finds(
        "lead:\"Bộ Khoa học và Công nghệ\" doc:CT05",
        TODAY,
        &ct05("B-22 B-23 B-24 B-25 B-27 B-28 B-29 B-30 B-31 B-32"),
    );
    assert_eq!(search("lead:BKHCN doc:CT05", BEFORE), [""; 0]);
    // The ministry of old is found by what it led, today as then.
    let old = "B-22 B-23 B-24 B-25 B-26 B-27 B-28 B-29 B-30 B-31 B-32";
    for on in [BEFORE, TODAY] {
        finds("lead:\"Bộ TT&TT\" doc:CT05", on, &ct05(old));
    }
}

#[test]
fn coordinators_are_found_even_where_they_lead_as_one_of_all() {
    let named = |id: &str| {
        let appendix = appendix().filter(|t| t.coordinators.iter().any(|c| c == id));
        ids(appendix)
    };
    let body = "doc:CT05 -BODY";
    finds(&format!("coord:BTTTT {body}"), TODAY, &named("bo-tttt"));
    finds(
        &format!("coord:BCA {body} due:2023"),
        BEFORE,
        &ids(appendix().filter(|t| {
            t.coordinators.iter().any(|c| c == "bo-cong-an") && t.deadline.due().is_some()
        })),
    );
    // name its predecessor, and all ministries as leads.
    let inherited = search(&format!("coord:BKHCN {body}"), TODAY);
    for id in named("bo-tttt") {
        assert!(inherited.contains(&id.as_str()), "{id}");
    }
    let agency = search(&format!("agency:BCA {body}"), BEFORE);
    assert_eq!(agency.len(), 37);
}

#[track_caller]
fn goes_by(text: &str, expected: &[&str]) {
    assert_eq!(find_agencies(plan(), text), expected, "{text}");
}

#[test]
fn agencies_go_by_names_of_any_time() {
    for text in [
        "bo-cong-an",
        "BCA",
        "bca",
        "Bộ Công an",
        "bo cong an",
        "MPS",
    ] {
        goes_by(text, &["bo-cong-an"]);
    }
    goes_by("Ministry of Public Security", &["bo-cong-an"]);
    for text in ["BTTTT", "Bộ TT&TT", "bộ thông tin và truyền thông", "MIC"] {
        goes_by(text, &["bo-tttt"]);
    }
    for text in [
        "Thừa Thiên Huế",
        "Huế",
        "hue",
        "Ủy ban nhân dân thành phố Huế",
    ] {
        goes_by(text, &["ubnd-hue"]);
    }
    goes_by("Hue City", &[]);
    goes_by("People's Committee of Hue City", &["ubnd-hue"]);
    // A bare name means the province before and after it grew.
    goes_by(
        "Thái Nguyên",
        &["ubnd-thai-nguyen", "ubnd-thai-nguyen-2025"],
    );
    goes_by("Bac Kan", &["ubnd-bac-kan"]);
    goes_by("Khánh Hoà", &["ubnd-khanh-hoa", "ubnd-khanh-hoa-2025"]);
    goes_by("", &[]);
    goes_by("Bộ", &[]);
}

#[test]
fn every_agency_goes_by_all_that_it_is_called() {
    for a in plan().agencies() {
        let later = a.renamed.iter().flat_map(|r| [r.name.vi(), r.name.en()]);
        let names = [&a.id, &a.abbreviation, a.name.vi(), a.name.en()].into_iter();
        for name in names
            .chain(later)
            .chain(a.aliases.iter().map(String::as_str))
        {
            let found = find_agencies(plan(), name);
            // A name may be another's abbreviation, which is then meant; nothing else hides it.
            let meant = |id: &String| fold(&agency(id).abbreviation) == fold(name);
            let hidden = !found.is_empty() && found.iter().all(meant);
            assert!(
                found.contains(&a.id) || hidden,
                "{}: {name} finds {found:?}",
                a.id
            );
        }
    }
}

#[test]
fn roles_are_those_of_the_chosen_unit() {
    let unit = Scope::Unit(agency("bo-cong-an"));
    for (text, role) in [("role:lead", Role::Lead), ("role:coord", Role::Coordinator)] {
        let mut found = search_in(&Ledger::default(), unit, text, BEFORE);
        found.sort_unstable();
        let expected = ids(plan().tasks().iter().filter(|t| {
            let binding = plan().binding(t, agency("bo-cong-an"), day(BEFORE));
            binding.is_some_and(|b| b.role == role)
        }));
        assert_eq!(found, expected, "{text}");
    }
    assert_eq!(search("role:lead", BEFORE), [""; 0]);
}
