//! What every agency has in hand, counted on the real plan; and how agencies came and went.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;
#[path = "common/search.rs"]
mod search;

use book::Book;
use common::*;
use proptest::prelude::*;
use tracker::binding::{Basis, Role};
use tracker::history::{Change, Turn};
use tracker::holdings::{
    Axis, Column, Ground, Group, Holding, Line, by_name, query, scope_of, table,
};
use tracker::ledger::Ledger;
use tracker::plan::{Agency, AgencyKind, COUNTRY, Plan, Task};
use tracker::status::{Bucket, Scope};
use tracker::text::Lang;

const BEFORE: &str = "2023-07-01";
const TODAY: &str = "2026-11-21";

/// The lines of all agencies along an axis, by what `ledger` holds.
fn lines(plan: &Plan, ledger: &Ledger, axis: Axis, leads: bool, on: &str) -> Vec<Line> {
    let holdings = plan.holdings(day(on));
    let buckets = plan.buckets(ledger, &holdings, day(on));
    table(plan, axis, leads, &holdings, &buckets)
}

/// The line of one agency of the real plan with nothing recorded.
#[track_caller]
fn line(id: &str, axis: Axis, on: &str) -> Line {
    let at = plan().agencies().iter().position(|a| a.id == id).unwrap();
    lines(plan(), &Ledger::default(), axis, false, on).swap_remove(at)
}

#[test]
fn the_appendix_names_84_leads_and_102_coordinators() {
    // On a day when nobody who is named was gone, every name is one holding.
    let holdings = plan().holdings(day(BEFORE));
    let count = |wanted: &dyn Fn(&Holding, &Task, &str) -> bool| {
        let counted = holdings.iter().filter(|h| {
            let task = &plan().tasks()[h.task];
            let appendix = task.document == "CT05" && task.group.is_some();
            appendix && wanted(h, task, &plan().agencies()[h.agency].id)
        });
        counted.count()
    };
    let leads = count(&|h, _, _| h.ground == Ground::Named && h.role == Role::Lead);
    assert_eq!(leads, 84);
    // Who is told to assist what everybody leads is counted as one of those who lead.
    let named = |task: &Task, id: &str| task.coordinators.iter().any(|c| c == id);
    let assist = count(&|h, _, _| h.ground == Ground::Named && h.role == Role::Coordinator);
    let lead = count(&|h, t, id| named(t, id) && h.role == Role::Lead);
    assert_eq!((assist, lead), (84, 18));
    assert_eq!(count(&|_, t, id| named(t, id)), 102);
}

#[test]
fn every_agency_that_is_named_holds_what_names_it_forever() {
    for on in [BEFORE, "2025-03-01", "2025-07-01", TODAY] {
        let lines = lines(plan(), &Ledger::default(), Axis::Ground, false, on);
        for (agency, line) in plan().agencies().iter().zip(lines) {
            let begun = agency.valid_from.is_none_or(|from| from <= day(on));
            let leads = plan()
                .tasks()
                .iter()
                .filter(|t| t.leads.contains(&agency.id));
            let leads = if begun { leads.count() } else { 0 };
            assert_eq!(line.cells[0], leads, "{} on {on}", agency.id);
        }
    }
}

#[test]
fn functions_move_with_the_day() {
    let inherited = |id, on| line(id, Axis::Ground, on).cells[3];
    assert_eq!(inherited("bo-khcn", "2025-02-28"), 0);
    assert!(inherited("bo-khcn", "2025-03-01") > 10);
    // The ministry that is gone keeps what it was given, and nothing more is given to it.
    let before = line("bo-tttt", Axis::Ground, "2025-02-28");
    assert_eq!(line("bo-tttt", Axis::Ground, TODAY).cells, before.cells);
    // A province that is new inherits, and is told what all provinces are.
    assert_eq!(
        line("ubnd-vinh-long-2025", Axis::Ground, "2025-06-30").total,
        0
    );
    let merged = line("ubnd-vinh-long-2025", Axis::Ground, "2025-07-01");
    assert!(merged.cells[2] > 0 && merged.cells[3] > 0, "{merged:?}");
    assert!(merged.named, "its predecessor is named");
    assert!(!line("ubnd-ha-tinh", Axis::Ground, TODAY).named);
}

#[test]
fn agencies_are_grouped_by_kind_on_the_day() {
    let count = |group, on| {
        let all = plan().agencies().iter();
        all.filter(|a| Group::of(a, day(on)) == Some(group)).count()
    };
    assert_eq!(count(Group::Provinces, "2025-06-30"), 63);
    assert_eq!(count(Group::Provinces, "2025-07-01"), 34);
    assert_eq!(count(Group::Ministries, "2025-02-28"), 18 + 4);
    assert_eq!(count(Group::Ministries, "2025-03-01"), 14 + 3);
    assert_eq!(count(Group::Former, "2025-02-28"), 0);
    assert_eq!(count(Group::Collectives, TODAY), 17);
    let of = |id, on| Group::of(agency(id), day(on));
    assert_eq!(of("bo-tttt", "2025-02-28"), Some(Group::Ministries));
    assert_eq!(of("bo-tttt", "2025-03-01"), Some(Group::Former));
    assert_eq!(of("bo-nnmt", "2025-02-28"), None);
}

#[test]
fn names_go_by_the_vietnamese_alphabet() {
    let at = |id: &str| plan().agencies().iter().position(|a| a.id == id).unwrap();
    let given = vec![
        at("bo-y-te"),
        at("ubnd-dien-bien"),
        at("bo-cong-an"),
        at("ubnd-cao-bang"),
    ];
    let order = by_name(plan(), given, day(TODAY), Lang::Vi);
    let names: Vec<_> = order
        .iter()
        .map(|at| plan().agencies()[*at].id.as_str())
        .collect();
    assert_eq!(
        names,
        ["bo-cong-an", "bo-y-te", "ubnd-cao-bang", "ubnd-dien-bien"]
    );
}

/// Every count is that of the tasks that its query lists.
#[test]
fn every_number_leads_to_as_many_tasks() {
    let mut book = Book::new();
    book.status("bo-cong-an", "CT05-B-06", "2023-05-01");
    book.status("bo-tttt", "CT05-B-29", "in_progress");
    book.status("bo-khcn", "CT05-B-22", "2025-05-01");
    book.status("nhom-bo-nganh-dp", "CT05-A-01", "2023-03-01");
    // Of each group some, of each column all: the whole would take minutes.
    let asked = [
        "bo-cong-an",
        "bo-khcn",
        "bo-tttt",
        "vpcp",
        "bhxhvn",
        "cuc-thue",
        "ubnd-ha-noi",
        "ubnd-vinh-long",
        "ubnd-vinh-long-2025",
        "nhom-bo-nganh-dp",
        "nhom-ubnd-tinh",
    ];
    for (axis, leads) in [
        (Axis::Ground, false),
        (Axis::Topic, false),
        (Axis::Topic, true),
        (Axis::Document, true),
        (Axis::Bucket, false),
    ] {
        let lines = lines(plan(), &book.ledger, axis, leads, TODAY);
        let columns = axis.columns(plan(), leads);
        for (agency, line) in plan().agencies().iter().zip(lines) {
            if !asked.contains(&agency.id.as_str()) {
                continue;
            }
            let follow = |column: &Column| {
                let (unit, q) = query(agency, column);
                let scope = match plan().agency(unit) {
                    Some(unit) => Scope::Unit(unit),
                    None => Scope::Country,
                };
                assert_eq!(unit == COUNTRY, agency.is_collective());
                let found = search::search_in(&book.ledger, scope, &q, TODAY);
                let bound = |id: &&&str| plan().binding(task(id), agency, day(TODAY)).is_some();
                (found.iter().filter(bound).count(), q)
            };
            for (cell, column) in line.cells.iter().zip(&columns) {
                if axis == Axis::Ground && agency.is_collective() && *cell == 0 {
                    continue;
                }
                let (found, q) = follow(column);
                assert_eq!(*cell, found, "{} {q:?} {axis:?}", agency.id);
            }
            let all = Column {
                role: leads.then_some(Role::Lead),
                filter: String::new(),
            };
            assert_eq!(line.total, follow(&all).0, "{}", agency.id);
            let overdue = Column {
                filter: "bucket:overdue".to_owned(),
                ..all
            };
            assert_eq!(line.overdue, follow(&overdue).0, "{}", agency.id);
        }
    }
}

#[test]
fn a_collective_is_late_as_long_as_one_of_its_members_is() {
    let at = plan()
        .agencies()
        .iter()
        .position(|a| a.id == "nhom-bo-nganh-dp")
        .unwrap();
    let late = |ledger: &Ledger| lines(plan(), ledger, Axis::Ground, false, BEFORE)[at].overdue;
    let mut book = Book::new();
    let before = late(&book.ledger);
    book.status("nhom-bo-nganh-dp", "CT05-A-01", "2023-03-01");
    assert_eq!(
        late(&book.ledger),
        before - 1,
        "a word for all stands for all"
    );
    book.status("bo-y-te", "CT05-A-01", "in_progress");
    assert_eq!(
        late(&book.ledger),
        before,
        "until one of them says otherwise"
    );
}

#[test]
fn who_is_late_is_named_by_who_answers() {
    let mut book = Book::new();
    let late = |book: &Book, id: &str, on: &str| -> Vec<(String, Vec<String>)> {
        let parties = plan().late(&book.ledger, task(id), day(on));
        parties.into_iter().map(|p| (p.unit, p.heirs)).collect()
    };
    assert_eq!(late(&book, "CT05-B-22", "2023-01-01"), []);
    assert_eq!(
        late(&book, "CT05-B-22", TODAY),
        [("bo-tttt".to_owned(), vec!["bo-khcn".to_owned()])]
    );
    book.status("bo-khcn", "CT05-B-22", "2026-01-01");
    assert_eq!(
        late(&book, "CT05-B-22", TODAY),
        [],
        "done late is not late any more"
    );
    assert_eq!(late(&book, "CT05-A-01", BEFORE).len(), 93);
    book.status("bo-y-te", "CT05-A-01", "2023-03-01");
    assert_eq!(late(&book, "CT05-A-01", BEFORE).len(), 92);
    // Without a due date nobody is late.
    let undated = plan()
        .tasks()
        .iter()
        .find(|t| t.deadline.due().is_none())
        .unwrap();
    assert_eq!(late(&book, &undated.id, TODAY), []);
}

/// What happened to an agency, in short.
fn history(id: &str) -> Vec<String> {
    let names = |all: &[&Agency]| {
        let ids: Vec<_> = all.iter().map(|a| a.id.as_str()).collect();
        ids.join("+")
    };
    let turns = plan().history(agency(id));
    let words = turns.into_iter().map(|turn| {
        let what = match turn.change {
            Change::Formed(from) => format!("formed of {}", names(&from)),
            Change::Merged(with, to) => format!("with {} into {}", names(&with), to.id),
            Change::Gave(to, _) => format!("gave {}", to.id),
            Change::Received(from, _) => format!("received {}", from.id),
            Change::Renamed(name) => format!("named {}", name.vi()),
        };
        format!("{} {what}", turn.on)
    });
    words.collect()
}

#[test]
fn a_history_is_told_from_either_side() {
    assert_eq!(
        history("bo-tttt"),
        [
            "2025-03-01 gave bo-khcn",
            "2025-03-01 gave bo-khcn",
            "2025-03-01 gave bo-vhttdl",
            "2025-03-01 gave bo-cong-an",
        ]
    );
    assert_eq!(
        history("bo-nnmt"),
        [
            "2025-03-01 formed of bo-tnmt+bo-nnptnt",
            "2025-03-01 received bo-ldtbxh",
        ]
    );
    assert_eq!(
        history("bo-tnmt"),
        ["2025-03-01 with bo-nnptnt into bo-nnmt"]
    );
    assert_eq!(history("tong-cuc-thue"), ["2025-03-01 with  into cuc-thue"]);
    // An agency that was there before was not formed by what it took over.
    assert_eq!(history("bo-khdt"), ["2025-03-01 gave bo-tai-chinh"]);
    assert!(history("bo-tai-chinh").contains(&"2025-03-01 received bo-khdt".to_owned()));
    assert_eq!(
        history("ubnd-bac-ninh-2025"),
        [
            "2025-07-01 formed of ubnd-bac-giang+ubnd-bac-ninh",
            "2026-09-20 named Ủy ban nhân dân thành phố Bắc Ninh",
        ]
    );
    assert_eq!(history("ubnd-ha-noi"), [""; 0]);
}

#[test]
fn every_province_that_ended_was_merged_on_the_same_day() {
    let provinces = || {
        plan()
            .agencies()
            .iter()
            .filter(|a| a.kind == AgencyKind::Province)
    };
    let mut merged = 0;
    for province in provinces().filter(|p| p.valid_to.is_some()) {
        let turns = plan().history(province);
        let into =
            |turn: &Turn<'_>| matches!(&turn.change, Change::Merged(with, _) if !with.is_empty());
        let last = turns.last().unwrap();
        assert!(
            into(last) && last.on == day("2025-07-01"),
            "{}",
            province.id
        );
        merged += 1;
    }
    assert_eq!(merged, 52);
    let formed: usize = provinces()
        .flat_map(|p| plan().history(p))
        .map(|turn| match turn.change {
            Change::Formed(from) => from.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(formed, merged, "each founder is a founder once");
}

proptest! {
    #![proptest_config(config(6))]

    /// Whatever the day: a line is the sum of its cells along every axis, the same along each,
    /// and every binding is counted once, on its own ground.
    #[test]
    fn sums_agree(n in 0u64..2200, leads in any::<bool>()) {
        let on = day("2022-01-01") + chrono::Days::new(n);
        let holdings = plan().holdings(on);
        let buckets = plan().buckets(&Ledger::default(), &holdings, on);
        let mut totals: Option<Vec<usize>> = None;
        for axis in Axis::ALL {
            let lines = table(plan(), axis, leads, &holdings, &buckets);
            for line in &lines {
                prop_assert_eq!(line.cells.iter().sum::<usize>(), line.total, "{:?}", axis);
                prop_assert!(line.overdue <= line.total);
            }
            let found: Vec<usize> = lines.iter().map(|line| line.total).collect();
            prop_assert_eq!(totals.get_or_insert_with(|| found.clone()), &found);
        }
        let mut at = holdings.iter();
        for (position, agency) in plan().agencies().iter().enumerate() {
            for (number, task) in plan().tasks().iter().enumerate() {
                let Some(binding) = plan().binding(task, agency, on) else { continue };
                let held = at.next().unwrap();
                prop_assert_eq!((held.agency, held.task, held.role), (position, number, binding.role));
                let ground = match binding.basis {
                    Basis::Named => Ground::Named,
                    Basis::Inherited { .. } => Ground::Inherited,
                    Basis::Collective { .. } => Ground::Collective,
                };
                prop_assert_eq!(held.ground, ground);
            }
        }
        prop_assert_eq!(at.next(), None);
        // Judged as in the agency's own list.
        for (held, bucket) in holdings.iter().zip(&buckets).step_by(97) {
            let agency = &plan().agencies()[held.agency];
            let standing = plan().standing(&Ledger::default(), &plan().tasks()[held.task], scope_of(agency), on);
            prop_assert_eq!(standing.bucket, *bucket);
            prop_assert_eq!(matches!(scope_of(agency), Scope::Country), agency.is_collective());
        }
        prop_assert_eq!(Bucket::ALL.len(), Axis::Bucket.columns(plan(), leads).len());
    }
}
