//! Who belongs to a collective on a day, and who follows an agency that is gone.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use serde_json::json;
use tracker::binding::{Basis, Heir};
use tracker::plan::{Certainty, Plan};

const BEFORE: &str = "2023-06-30";
const TODAY: &str = "2026-11-21";

#[test]
fn all_ministries_sectors_and_localities_are_counted() {
    let count = |id: &str, on: &str| plan().members(agency(id), day(on)).len();
    assert_eq!(count("nhom-bo-nganh-dp", BEFORE), 93);
    assert_eq!(count("nhom-bo-nganh-dp", TODAY), 56);
    assert_eq!(count("nhom-ubnd-tinh", BEFORE), 63);
    assert_eq!(count("nhom-ubnd-tinh", TODAY), 34);
    assert_eq!(count("nhom-bo-nganh", BEFORE), 30);
    assert_eq!(count("nhom-bo-nganh", TODAY), 22);
    assert_eq!(count("nhom-co-quan-lien-quan", TODAY), 0);
    assert_eq!(count("bo-cong-an", TODAY), 0);
    for member in plan().members(agency("nhom-bo-nganh-dp"), day(TODAY)) {
        assert!(
            plan()
                .binding(task("CT05-A-01"), member, day(TODAY))
                .is_some(),
            "{}",
            member.id
        );
    }
}

#[test]
fn today_says_who_follows_an_agency() {
    let follow = |id: &str, on: &str| -> Vec<&str> {
        let found = plan().today(agency(id), day(on));
        found.iter().map(|a| a.id.as_str()).collect()
    };
    assert_eq!(follow("bo-tttt", "2025-02-28"), ["bo-tttt"]);
    assert_eq!(
        follow("bo-tttt", TODAY),
        ["bo-khcn", "bo-vhttdl", "bo-cong-an"]
    );
    assert_eq!(follow("ubnd-bac-kan", TODAY), ["ubnd-thai-nguyen-2025"]);
    assert_eq!(follow("bo-cong-an", TODAY), ["bo-cong-an"]);
    assert_eq!(follow("bo-nnmt", BEFORE), [""; 0]);
}

#[test]
fn a_chain_of_successors_is_followed_to_who_is_there() {
    let edited = Edited::new().entry("agencies.json", "bo-khcn", |a| {
        let function = json!({ "vi": "toàn bộ", "en": "all" });
        a["valid_to"] = json!("2025-12-31");
        a["successors"] = json!([
            { "agency": "bo-gddt", "function": function, "from": "2026-01-01", "whole": true },
        ]);
    });
    let plan = Plan::load(edited.pack()).unwrap();
    let heirs = |on: &str| -> Vec<String> {
        let heirs = plan.heirs(plan.task("CT05-B-22").unwrap(), "bo-tttt", day(on));
        heirs.into_iter().map(|h| h.agency).collect()
    };
    assert_eq!(heirs("2025-02-28"), [""; 0]);
    assert_eq!(heirs("2025-12-31"), ["bo-khcn"]);
    assert_eq!(heirs("2026-01-01"), ["bo-gddt"]);
    // The one in between is gone, but its page still shows what it had inherited.
    let between = plan.agency("bo-khcn").unwrap();
    let task = plan.task("CT05-B-22").unwrap();
    let binding = plan.binding(task, between, day(TODAY)).unwrap();
    let (from, certainty) = ("bo-tttt".to_owned(), Certainty::Verified);
    assert_eq!(binding.basis, Basis::Inherited { from, certainty });
}

#[test]
fn whoever_took_over_the_whole_leaves_nothing_to_suggest() {
    let edited = Edited::new().entry("agencies.json", "bo-khdt", |a| {
        let part = json!({
            "agency": "bo-noi-vu",
            "function": { "vi": "thống kê", "en": "statistics" },
            "from": "2025-03-01",
        });
        a["successors"].as_array_mut().unwrap().push(part);
    });
    let plan = Plan::load(edited.pack()).unwrap();
    // Nothing is said of this very task.
    let task = plan.task("CV452-04").unwrap();
    assert!(task.inherited.is_empty() && task.leads == ["bo-khdt"]);
    let heirs = plan.heirs(task, "bo-khdt", day(TODAY));
    let (agency, certainty) = ("bo-tai-chinh".to_owned(), Certainty::Verified);
    assert_eq!(heirs, [Heir { agency, certainty }]);
}

#[test]
fn a_member_that_is_named_as_well_is_one_party() {
    let edited = Edited::new().entry("tasks.json", "CT05-A-01", |t| {
        t["leads"] = json!(["nhom-bo-nganh-dp", "bo-cong-an"]);
    });
    let plan = Plan::load(edited.pack()).unwrap();
    let parties = plan.parties(plan.task("CT05-A-01").unwrap(), day(BEFORE));
    assert_eq!(parties.len(), 93);
    let own: Vec<_> = parties.iter().filter(|p| p.unit == "bo-cong-an").collect();
    assert_eq!(own.len(), 1);
    // Being named, it speaks for itself alone.
    assert_eq!(own[0].collective, None);
}

#[test]
fn successors_in_a_circle_come_to_an_end() {
    let give = |to: &str, from: &str| {
        let function = json!({ "vi": "toàn bộ", "en": "all" });
        json!([{ "agency": to, "function": function, "from": from, "whole": true }])
    };
    let edited = Edited::new()
        .entry("agencies.json", "bo-y-te", |a| {
            a["valid_to"] = json!("2024-12-31");
            a["successors"] = give("bo-gddt", "2025-01-01");
        })
        .entry("agencies.json", "bo-gddt", |a| {
            a["valid_to"] = json!("2024-06-30");
            a["successors"] = give("bo-y-te", "2025-02-01");
        });
    let plan = Plan::load(edited.pack()).unwrap();
    let task = plan.task("CT05-B-10").unwrap();
    assert_eq!(plan.heirs(task, "bo-y-te", day(TODAY)), []);
    assert!(
        plan.today(plan.agency("bo-gddt").unwrap(), day(TODAY))
            .is_empty()
    );
}
