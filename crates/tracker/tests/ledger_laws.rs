//! The laws of the ledger, on histories written by three browsers that see
//! each other's files now and then, with clocks that disagree, together with
//! events that only a newer version understands.
//!
//! The seed is fixed so that every run checks the same histories; set
//! `PROPTEST_RNG_SEED` or `PROPTEST_CASES` to look further. A history that
//! breaks a law is kept in `ledger_laws.proptest-regressions`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "ledger_laws/history.rs"]
mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{FileFailurePersistence, RngSeed, TestRunner};
use serde_json::Value;
use tracker::exchange::{ExchangeFile, read, write};
use tracker::ledger::{
    Cell, Event, EventId, Field, FieldValue, Ledger, Reading, UndoError, Writer, settle_back, undo,
};

use history::{FIELDS, START, SUBJECTS, UNITS, any_world, entry, file, values};

fn config() -> ProptestConfig {
    let mut config = ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/ledger_laws.proptest-regressions",
        ))),
        ..ProptestConfig::default()
    };
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(60_601);
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 64;
    }
    config
}

fn ledger_of<'a>(events: impl IntoIterator<Item = &'a Arc<Event>>) -> Ledger {
    events.into_iter().map(Arc::clone).collect()
}

/// The events whose place is set in the mask, repeated beyond 64.
fn masked(events: &[Arc<Event>], mask: u64) -> Ledger {
    ledger_of(
        events
            .iter()
            .zip((0..64).cycle())
            .filter(|(_, bit)| mask >> bit & 1 == 1)
            .map(|(event, _)| event),
    )
}

fn union(a: &Ledger, b: &Ledger) -> Ledger {
    let mut both = a.clone();
    both.union(b.events().cloned());
    both
}

/// Equal as sets, and equal in everything the page shows.
fn same(a: &Ledger, b: &Ledger) -> Result<(), TestCaseError> {
    prop_assert!(a == b, "different events");
    prop_assert_eq!(a.fold_bytes(), b.fold_bytes());
    Ok(())
}

fn export(ledger: &Ledger) -> ExchangeFile {
    file(ledger.events().cloned().collect())
}

/// A cell's events by the definition of a head, from the bare list.
fn heads_by_definition(events: &[Arc<Event>]) -> BTreeMap<(&str, &str, &str), BTreeSet<EventId>> {
    let mut cells: BTreeMap<_, BTreeSet<EventId>> = BTreeMap::new();
    for event in events {
        let key = |event: &'_ Arc<Event>| {
            (
                event.unit().to_owned(),
                event.subject().to_owned(),
                event.field().to_owned(),
            )
        };
        let named = events
            .iter()
            .any(|other| key(other) == key(event) && other.parents().contains(&event.id()));
        let cell = cells
            .entry((event.unit(), event.subject(), event.field()))
            .or_default();
        if !named {
            cell.insert(event.id());
        }
    }
    cells
}

/// Whether an element stands, by the definition of a retraction.
fn stands_by_definition(cell: &Cell, id: EventId) -> bool {
    !cell.events().any(|event| {
        matches!(event.reading(), Reading::Value(FieldValue::Retract(target)) if target == id)
            && stands_by_definition(cell, event.id())
    })
}

fn scalar_value(cell: Option<&Cell>) -> Value {
    cell.and_then(Cell::shown)
        .map(|event| event.value().clone())
        .unwrap_or_default()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn union_is_commutative(world in any_world(), a: u64, b: u64) {
        let (a, b) = (masked(&world.events, a), masked(&world.events, b));
        same(&union(&a, &b), &union(&b, &a))?;
    }

    #[test]
    fn union_is_associative(world in any_world(), a: u64, b: u64, c: u64) {
        let [a, b, c] = [a, b, c].map(|mask| masked(&world.events, mask));
        same(&union(&union(&a, &b), &c), &union(&a, &union(&b, &c)))?;
    }

    #[test]
    fn union_is_idempotent(world in any_world(), a: u64) {
        let a = masked(&world.events, a);
        let mut twice = a.clone();
        prop_assert_eq!(twice.union(a.events().cloned()), 0);
        same(&twice, &a)?;
    }

    #[test]
    fn order_duplication_and_partition_do_not_matter(
        world in any_world(),
        shuffle in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize), 1..120),
    ) {
        let whole = ledger_of(&world.events);
        // Some events first, in any order, some of them often, in four parts;
        // then the rest backwards.
        let mut parts = vec![Ledger::default(); 4];
        if !world.events.is_empty() {
            for (index, part) in &shuffle {
                parts[*part].insert(Arc::clone(index.get(&world.events)));
            }
        }
        parts[0].union(world.events.iter().rev().cloned());
        let merged = parts.iter().rev().fold(Ledger::default(), |all, part| union(&all, part));
        same(&merged, &whole)?;
    }

    #[test]
    fn no_event_is_lost(world in any_world(), a: u64) {
        let part = masked(&world.events, a);
        let rest = masked(&world.events, !a);
        let mut ledger = part.clone();
        ledger.union(read("a.json", write(&export(&rest)).as_bytes(), "de-an-06").unwrap().events);
        prop_assert_eq!(ledger.len(), ledger_of(&world.events).len());
        // A restart reads every event back from its own JSON text.
        let restarted: Ledger = ledger
            .events()
            .map(|event| {
                let text = event.to_json().to_string();
                Event::from_json(serde_json::from_str(&text).unwrap()).unwrap()
            })
            .collect();
        for event in &world.events {
            let kept = restarted.get(&event.id());
            prop_assert_eq!(kept.map(|kept| kept.to_json()), Some(event.to_json()));
        }
    }

    #[test]
    fn import_of_export_is_the_same_ledger(world in any_world()) {
        let ledger = ledger_of(&world.events);
        let file = export(&ledger);
        let text = write(&file);
        let back = read("a.json", text.as_bytes(), "de-an-06").unwrap();
        prop_assert_eq!(&back, &file);
        prop_assert_eq!(write(&back), text);
        let imported: Ledger = back.events.into_iter().collect();
        same(&imported, &ledger)?;
        for (event, original) in imported.events().zip(ledger.events()) {
            prop_assert_eq!(event.extra(), original.extra());
            prop_assert_eq!(event.time_extra(), original.time_extra());
        }
    }

    #[test]
    fn every_unsuperseded_value_is_among_the_heads(world in any_world()) {
        let ledger = ledger_of(&world.events);
        let expected = heads_by_definition(&world.events);
        prop_assert_eq!(ledger.cells().count(), expected.len());
        prop_assert_eq!(ledger.conflict_count(), ledger.conflicts().count());
        for ((unit, subject, field), ids) in expected {
            let cell = ledger.cell(unit, subject, field).unwrap();
            let heads: BTreeSet<EventId> = cell.heads().map(|head| head.id()).collect();
            prop_assert_eq!(&heads, &ids);
            for head in cell.heads() {
                prop_assert!(cell.head_values().contains(&head.value()));
            }
            let latest = cell.heads().max_by(|a, b| a.order(b)).map(|head| head.id());
            if cell.field().is_some_and(Field::is_set) {
                prop_assert!(cell.shown().is_none() && !cell.is_conflict());
            } else {
                prop_assert_eq!(cell.shown().map(|shown| shown.id()), latest);
                let values: BTreeSet<String> = cell
                    .heads()
                    .map(|head| serde_json_canonicalizer::to_string(head.value()).unwrap())
                    .collect();
                prop_assert_eq!(cell.head_values().len(), values.len());
                let known = cell.field().is_some();
                prop_assert_eq!(cell.is_conflict(), known && values.len() > 1);
            }
        }
    }

    #[test]
    fn a_set_shows_what_no_standing_retraction_names(world in any_world()) {
        let ledger = ledger_of(&world.events);
        for cell in ledger.cells().filter(|cell| cell.field().is_some_and(Field::is_set)) {
            let mut expected: Vec<&Arc<Event>> = cell
                .events()
                .filter(|event| match event.reading() {
                    Reading::Value(FieldValue::Retract(_)) => false,
                    Reading::Value(_) => stands_by_definition(cell, event.id()),
                    _ => false,
                })
                .collect();
            expected.sort_by(|a, b| a.order(b));
            prop_assert_eq!(cell.elements(), expected);
        }
    }

    #[test]
    fn a_write_that_names_all_heads_settles(world in any_world(), value in 0..4_usize) {
        let ledger = ledger_of(&world.events);
        let mut writer = Writer::new("người rà soát");
        for cell in ledger.cells() {
            let Some(field) = cell.field().filter(|field| !field.is_set()) else { continue };
            let value = values(field)[value % values(field).len()].clone();
            let entry = entry(cell.unit(), cell.subject(), field, value.clone());
            let event = Arc::new(writer.compose(START, &ledger, entry).unwrap());
            let mut after = ledger.clone();
            prop_assert!(after.insert(Arc::clone(&event)));
            let cell = after.cell(cell.unit(), cell.subject(), field.as_str()).unwrap();
            prop_assert!(!cell.is_conflict());
            prop_assert_eq!(cell.heads().map(|head| head.id()).collect::<Vec<_>>(), [event.id()]);
            prop_assert_eq!(cell.shown().map(|shown| shown.id()), Some(event.id()));
        }
    }

    #[test]
    fn undo_restores_what_was_shown(world in any_world(), pick: usize) {
        let start = ledger_of(&world.events);
        let mut writer = Writer::new("người dùng");
        for unit in UNITS {
            for field in FIELDS {
                let mut ledger = start.clone();
                let at = |ledger: &Ledger| {
                    let cell = ledger.cell(unit, SUBJECTS[0], field.as_str());
                    let elements = cell.map(|cell| {
                        cell.elements().iter().map(|event| event.id()).collect::<Vec<_>>()
                    });
                    (scalar_value(cell), elements.unwrap_or_default())
                };
                let before = at(&ledger);
                let value = values(field)[pick % values(field).len()].clone();
                let entry = entry(unit, SUBJECTS[0], field, value);
                let written = writer.compose(START, &ledger, entry).unwrap();
                let id = written.id();
                ledger.insert(written);
                let between = at(&ledger);
                let first = match undo(&ledger, &id) {
                    Ok(first) => first,
                    Err(UndoError::PreviousUnreadable { event }) => {
                        let event = ledger.get(&event).unwrap();
                        prop_assert!(matches!(event.reading(), Reading::Unreadable(_)));
                        continue;
                    }
                    Err(error) => return Err(TestCaseError::fail(error.to_string())),
                };
                let undone = writer.compose(START, &ledger, first.into_entry("")).unwrap();
                let undone_id = undone.id();
                ledger.insert(undone);
                prop_assert_eq!(at(&ledger), before);
                prop_assert_eq!(undo(&ledger, &id), Err(UndoError::Superseded));
                // And undoing the undo brings the write back.
                let second = undo(&ledger, &undone_id).unwrap();
                let redone = writer.compose(START, &ledger, second.into_entry("")).unwrap();
                ledger.insert(redone);
                prop_assert_eq!(at(&ledger), between);
            }
        }
    }

    /// Whatever came after, settling back shows what was shown, by new events alone.
    #[test]
    fn settling_back_shows_what_was_shown(world in any_world(), then: u64) {
        let then = masked(&world.events, then);
        let mut now = ledger_of(&world.events);
        let before = now.len();
        let mut writer = Writer::new("người dùng");
        let wanted = settle_back(&now, &then);
        let written: Vec<Event> = wanted
            .into_iter()
            .map(|undo| writer.compose(START, &now, undo.into_entry("")).unwrap())
            .collect();
        prop_assert_eq!(now.union(written.clone()), written.len());
        prop_assert_eq!(now.len(), before + written.len(), "nothing is taken away");
        for cell in now.cells() {
            let Some(field) = cell.field() else { continue };
            let was = then.cell(cell.unit(), cell.subject(), cell.field_name());
            let readable = |cell: &Cell| {
                cell.shown().is_none_or(|shown| FieldValue::read(field, shown.value()).is_ok())
            };
            if readable(cell) && was.is_none_or(readable) {
                prop_assert_eq!(scalar_value(Some(cell)), scalar_value(was));
            }
            let ids = |cell: &Cell| cell.elements().iter().map(|e| e.id()).collect::<Vec<_>>();
            prop_assert_eq!(ids(cell), was.map(ids).unwrap_or_default());
        }
        prop_assert_eq!(settle_back(&now, &then), [], "once is enough");
    }

    /// The comparison that the laws above rest on must notice one lost event.
    #[test]
    fn the_comparison_notices_one_lost_event(world in any_world(), lost: prop::sample::Index) {
        prop_assume!(!world.events.is_empty());
        let whole = ledger_of(&world.events);
        let lost = lost.get(&world.events).id();
        let rest = ledger_of(world.events.iter().filter(|event| event.id() != lost));
        prop_assert!(rest != whole);
        prop_assert_ne!(rest.fold_bytes(), whole.fold_bytes());
        prop_assert!(same(&rest, &whole).is_err());
    }
}

/// The laws say little about histories in which nothing happens: the generator
/// must bring about every situation that they are for.
#[test]
fn the_histories_are_worth_checking() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut runner = TestRunner::new(config());
    for _ in 0..200 {
        let world = any_world().new_tree(&mut runner).unwrap().current();
        let ledger = ledger_of(&world.events);
        let mut count = |what, times: usize| *seen.entry(what).or_default() += times;
        count("conflicts", ledger.conflicts().count());
        for cell in ledger.cells() {
            let superseded = cell.len() - cell.heads().count();
            count("superseded events", superseded);
            count("unreadable events", cell.unreadable().count());
            count("unknown fields", usize::from(cell.field().is_none()));
        }
        for event in ledger.events() {
            let missing = event.parents().iter().any(|id| !ledger.contains(id));
            count("missing parents", usize::from(missing));
            count("several parents", usize::from(event.parents().len() > 1));
            count("unknown members", event.extra().len());
            count("unknown time members", event.time_extra().len());
            if let Reading::Value(FieldValue::Retract(target)) = event.reading() {
                count("retractions", 1);
                let target = ledger.get(&target).map(|target| target.reading());
                let again = matches!(target, Some(Reading::Value(FieldValue::Retract(_))));
                count("retracted retractions", usize::from(again));
            }
        }
    }
    assert_eq!(seen.len(), 10);
    for (what, times) in seen {
        assert!(times >= 5, "{what}: only {times} in 200 histories");
    }
}
