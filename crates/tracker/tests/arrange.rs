//! Arranging the real plan: columns, sorting, groups and their subtotals.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use std::collections::BTreeSet;

use book::Book;
use common::{day, plan};
use proptest::prelude::*;
use serde_json::json;
use tracker::arrange::{
    Column, Group, Grouping, Item, Keys, Sorting, Words, columns, columns_text, grouped, progress,
    sorted,
};
use tracker::ledger::{Field, Ledger};
use tracker::status::{Scope, Standing, Tally};
use tracker::text::{Lang, compare};

const ASOF: &str = "2023-07-01";

fn name(id: &str) -> String {
    plan().agency(id).unwrap().name.vi().to_owned()
}

const WORDS: Words<'static> = Words {
    lang: Lang::Vi,
    agency: &name,
};

fn standings(ledger: &Ledger) -> Vec<Standing> {
    let of = |task| plan().standing(ledger, task, Scope::Country, day(ASOF));
    plan().tasks().iter().map(of).collect()
}

fn items(standings: &[Standing]) -> Vec<Item<'_>> {
    let tasks = plan().tasks().iter().zip(standings).enumerate();
    let item = |(position, (task, standing))| Item {
        position,
        task,
        standing,
    };
    tasks.map(item).collect()
}

fn in_order(items: &[Item<'_>], sorting: Option<Sorting>) -> Vec<usize> {
    let keys = Keys::of(plan().tasks(), sorting.map(|s| s.column), WORDS);
    sorted(items, sorting, &keys)
}

fn by(text: &str) -> Option<Sorting> {
    let sorting = Sorting::read(text).unwrap();
    assert_eq!(sorting.text(), text);
    Some(sorting)
}

#[test]
fn columns_are_read_as_an_address_has_them() {
    use Column::{Due, Leads, Number, Title};
    assert_eq!(columns(""), Column::ALL);
    assert_eq!(columns("id,title,due"), [Number, Title, Due]);
    assert_eq!(columns("due, title,lead"), [Due, Title, Leads]);
    assert_eq!(columns("due,title,due,x,,title"), [Due, Title]);
    assert_eq!(columns("x"), Column::ALL);
    assert_eq!(columns("id,due"), [Number, Title, Due], "the title stays");
    assert_eq!(columns("due"), [Title, Due]);
    assert_eq!(columns_text(&Column::ALL), "");
    assert_eq!(columns_text(&[Due, Title]), "due,title");
}

#[test]
fn every_key_of_an_address_is_read_again() {
    for column in Column::ALL {
        for sign in ["", "-"] {
            by(&format!("{sign}{}", column.key()));
        }
        let only = columns_text(&[Column::Title, column]);
        assert!(columns(&only).contains(&column), "{only}");
    }
    for grouping in Grouping::ALL {
        assert_eq!(Grouping::read(grouping.key()), Some(grouping));
    }
    assert_eq!(Sorting::read(""), None);
    assert_eq!(Sorting::read("-"), None);
    assert_eq!(Sorting::read("--due"), None);
    assert_eq!(Grouping::read(""), None);
    assert_eq!(Grouping::read("Topic"), None);
}

#[test]
fn a_head_goes_up_then_down_then_out_of_use() {
    let mut now = None;
    let mut seen = Vec::new();
    for _ in 0..4 {
        now = Sorting::next(now, Column::Due);
        seen.push(now.map(Sorting::text).unwrap_or_default());
    }
    assert_eq!(seen, ["due", "-due", "", "due"]);
    let other = Sorting::next(by("-due"), Column::Title);
    assert_eq!(other, by("title"));
}

#[test]
fn texts_follow_the_alphabet_and_numbers_their_value() {
    let standings = standings(&Ledger::default());
    let items = items(&standings);
    let order = in_order(&items, by("title"));
    let titles: Vec<&str> = order.iter().map(|&i| items[i].task.title.vi()).collect();
    for pair in titles.windows(2) {
        assert!(compare(pair[0], pair[1]).is_le(), "{pair:?}");
    }
    let places = |letter: char| {
        let place = titles.iter().position(|t| t.starts_with(letter));
        place.unwrap_or_else(|| unreachable!("no title starts with {letter}"))
    };
    assert!(places('C') < places('Đ') && places('Đ') < places('H'));

    let ids = in_order(&items, by("id"));
    let ids: Vec<&str> = ids.iter().map(|&i| &*items[i].task.id).collect();
    let place = |id| ids.iter().position(|i| *i == id).unwrap();
    assert!(place("CT05-B-09") < place("CT05-B-10"));
    assert!(place("CT05-B-46") < place("CT07-01"));
}

#[test]
fn agencies_sort_by_their_names_one_after_the_other() {
    let standings = standings(&Ledger::default());
    let mut items = items(&standings);
    items.retain(|i| i.position % 3 != 0);
    let order = in_order(&items, by("coord"));
    let names = |i: &usize| -> Vec<String> {
        let ids = items[*i].task.coordinators.iter();
        ids.map(|id| name(id)).collect()
    };
    let some = order.iter().take_while(|i| !names(i).is_empty()).count();
    assert!(some > 10 && some < order.len());
    assert!(order[some..].iter().all(|i| names(i).is_empty()));
    for pair in order[..some].windows(2) {
        let (a, b) = (names(&pair[0]), names(&pair[1]));
        let differ = a.iter().zip(&b).map(|(a, b)| compare(a, b));
        let first = differ.into_iter().find(|o| o.is_ne());
        assert!(
            first.map_or(a.len() <= b.len(), |o| o.is_lt()),
            "{a:?} {b:?}"
        );
    }
}

#[test]
fn what_is_undefined_comes_last_both_ways_and_equals_keep_their_order() {
    // Tasks that one agency alone answers for, in the order of the plan.
    let parties = |task| plan().parties(task, day(ASOF));
    let single = plan().tasks().iter().filter(|t| parties(t).len() == 1);
    let three: Vec<&str> = single.take(3).map(|t| &*t.id).collect();
    let [a, b, c] = three[..] else { unreachable!() };
    let mut book = Book::new();
    for (id, percent) in [(c, 20), (a, 90), (b, 20)] {
        let unit = &parties(plan().task(id).unwrap())[0].unit;
        book.write(unit, id, Field::Progress, json!(percent));
    }
    let standings = standings(&book.ledger);
    let items = items(&standings);
    for (text, first) in [("progress", [b, c, a]), ("-progress", [a, b, c])] {
        let order = in_order(&items, by(text));
        let ids: Vec<&str> = order.iter().map(|&i| &*items[i].task.id).collect();
        assert_eq!(ids[..3], first, "{text}");
        assert!(order[3..].is_sorted(), "{text}: the rest keeps its order");
    }
    let due = |text| {
        let order = in_order(&items, by(text));
        let due = order.into_iter().map(|i| items[i].standing.due);
        due.collect::<Vec<_>>()
    };
    for text in ["due", "-due"] {
        let due = due(text);
        let dated = due.iter().take_while(|d| d.is_some()).count();
        assert!(dated > 0 && dated < due.len());
        assert!(due[dated..].iter().all(Option::is_none), "{text}");
    }
    assert!(due("due")[0] < due("-due")[0]);
}

#[test]
fn a_task_of_many_has_the_share_of_the_completed_as_its_progress() {
    let of_many = |t: &&&tracker::plan::Task| plan().parties(t, day(ASOF)).len() > 50;
    let task = plan().tasks().iter().find(|t| of_many(&t)).unwrap();
    let members = plan().parties(task, day(ASOF));
    let mut book = Book::new();
    let of = |book: &Book| {
        let standing = plan().standing(&book.ledger, task, Scope::Country, day(ASOF));
        progress(&standing).map(usize::from)
    };
    assert_eq!(of(&book), None);
    let mut completed = 0;
    for member in &members {
        book.status(&member.unit, &task.id, "2023-03-01");
        completed += 1;
        assert_eq!(of(&book), Some(completed * 100 / members.len()));
    }
    assert_eq!(of(&book), Some(100));
}

#[track_caller]
fn groups(items: &[Item<'_>], grouping: Grouping) -> Vec<Group> {
    let order = in_order(items, by("-id"));
    grouped(items, &order, grouping, plan(), WORDS)
}

#[test]
fn groups_come_in_a_sensible_order() {
    let standings = standings(&Ledger::default());
    let items = items(&standings);
    let keys = |grouping| {
        let groups = groups(&items, grouping);
        groups.into_iter().map(|g| g.key).collect::<Vec<_>>()
    };
    let documents = plan().documents().iter().map(|d| d.id.clone());
    let documents: Vec<String> = documents
        .filter(|id| items.iter().any(|i| i.task.document == *id))
        .collect();
    assert_eq!(keys(Grouping::Document), documents);
    let topics = plan().manifest().topics.iter().map(|t| t.id.clone());
    assert_eq!(keys(Grouping::Topic), topics.collect::<Vec<_>>());
    let leads = keys(Grouping::Lead);
    let named: Vec<String> = leads.iter().filter(|l| !l.is_empty()).cloned().collect();
    assert!(named.len() > 10);
    for pair in named.windows(2) {
        assert!(
            compare(&name(&pair[0]), &name(&pair[1])).is_lt(),
            "{pair:?}"
        );
    }
    let months = keys(Grouping::Month);
    let (last, dated) = months.split_last().unwrap();
    assert_eq!(last, "", "what has no due date comes last");
    assert!(dated.is_sorted() && dated.len() > 10);
    assert_eq!(
        keys(Grouping::Bucket),
        ["not-started-overdue", "not-started", "ongoing"]
    );
}

#[test]
fn groups_keep_every_item_once_in_order_and_count_it() {
    let mut book = Book::new();
    book.status("bo-cong-an", "CT05-B-06", "2023-06-01");
    book.status("bo-cong-an", "CT05-B-27", "in_progress");
    let standings = standings(&book.ledger);
    let items = items(&standings);
    for grouping in Grouping::ALL {
        let groups = groups(&items, grouping);
        let mut members: Vec<usize> = groups.iter().flat_map(|g| g.members.clone()).collect();
        for group in &groups {
            let ids = group.members.iter().map(|&m| items[m].task);
            assert!(ids.rev().is_sorted_by(|a, b| compare(&a.id, &b.id).is_le()));
            let of = |&m: &usize| items[m].standing.bucket;
            let tally: Tally = group.members.iter().map(of).collect();
            assert_eq!(group.tally, tally);
            assert_eq!(group.tally.total(), group.members.len());
        }
        members.sort_unstable();
        assert_eq!(members, (0..items.len()).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(common::config(256))]

    /// Any text of an address gives columns without repetition, the title among them, and what is
    /// written of them is read the same.
    #[test]
    fn columns_survive_an_address(text in "((id|title|lead|coord|due|product|status|progress|updated|x),){0,12}") {
        let read = columns(&text);
        let distinct: BTreeSet<&str> = read.iter().map(|c| c.key()).collect();
        prop_assert_eq!(distinct.len(), read.len());
        prop_assert!(read.contains(&Column::Title));
        prop_assert_eq!(columns(&columns_text(&read)), read);
    }
}
