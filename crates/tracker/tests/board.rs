//! The board: which task stands in which column and row, and where it may be moved to.

#![allow(clippy::unwrap_used)]

#[path = "common/book.rs"]
mod book;
mod common;

use book::Book;
use common::*;
use tracker::board::{By, Grid, OTHER, Refusal, first_of_month, grid, reach};
use tracker::plan::Task;
use tracker::status::{Bucket, Stage, Standing};
use tracker::text::Lang;

fn standings(book: &Book, asof: &str) -> Vec<(&'static Task, Standing)> {
    let of = |task: &'static Task| (task, book.country(&task.id, asof));
    plan().tasks().iter().map(of).collect()
}

fn arranged(columns: By, rows: Option<By>, lang: Lang) -> (Vec<(&'static Task, Standing)>, Grid) {
    let tasks = standings(&Book::new(), "2023-07-01");
    let pairs: Vec<(&Task, &Standing)> = tasks.iter().map(|(t, s)| (*t, s)).collect();
    let grid = grid(plan(), columns, rows, lang, &pairs);
    (tasks, grid)
}

#[test]
fn every_task_stands_in_each_of_its_columns_and_no_other() {
    for columns in By::ALL {
        for rows in [None].into_iter().chain(By::ALL.map(Some)) {
            let (tasks, grid) = arranged(columns, rows, Lang::Vi);
            let mut seen = 0;
            for lane in &grid.lanes {
                let mut in_lane: Vec<usize> = Vec::new();
                for (number, cell) in grid.columns.iter().zip(&lane.cells) {
                    assert!(cell.is_sorted(), "the order of the list stays");
                    for &at in cell {
                        let (task, standing) = &tasks[at];
                        assert!(columns.of(plan(), task, standing).contains(number));
                        if let Some(rows) = rows {
                            assert!(rows.of(plan(), task, standing).contains(&lane.number));
                        }
                        in_lane.push(at);
                    }
                    seen += cell.len();
                }
                in_lane.sort_unstable();
                in_lane.dedup();
                assert_eq!(lane.count, in_lane.len(), "each task counts once in a row");
                assert!(lane.count > 0, "a row that holds nothing is not shown");
            }
            let places = |(task, standing): &(&Task, Standing)| {
                let rows = rows.map_or(1, |rows| rows.of(plan(), task, standing).len());
                columns.of(plan(), task, standing).len() * rows
            };
            assert_eq!(seen, tasks.iter().map(places).sum::<usize>());
            assert_eq!(
                grid.repeated,
                tasks.iter().filter(|task| places(task) > 1).count()
            );
        }
    }
}

#[test]
fn columns_of_a_status_are_there_even_when_empty() {
    let (_, buckets) = arranged(By::Bucket, None, Lang::Vi);
    assert_eq!(buckets.columns, (0..8).collect::<Vec<_>>());
    assert_eq!(buckets.lanes.len(), 1);
    assert_eq!(buckets.repeated, 0);
    let (tasks, stages) = arranged(By::Status, None, Lang::Vi);
    assert_eq!(stages.columns, [0, 1, 2]);
    let counts: Vec<usize> = stages.lanes[0].cells.iter().map(Vec::len).collect();
    assert_eq!(counts, [tasks.len(), 0, 0], "nobody reported anything");
    let (_, rows) = arranged(By::Topic, Some(By::Status), Lang::Vi);
    assert_eq!(rows.lanes.len(), 1, "rows only where there is something");
}

#[test]
fn agencies_stand_by_the_alphabet_and_those_without_come_last() {
    let (tasks, vi) = arranged(By::Lead, None, Lang::Vi);
    let name = |number: &usize| plan().agencies()[*number].name.vi();
    let named: Vec<&str> = vi
        .columns
        .iter()
        .filter(|n| **n != OTHER)
        .map(name)
        .collect();
    assert!(named.is_sorted_by(|a, b| tracker::text::compare(a, b).is_lt()));
    assert!(named.len() > 10);
    let without = tasks.iter().filter(|(t, _)| t.leads.is_empty()).count();
    assert_eq!(without > 0, vi.columns.last() == Some(&OTHER));
    let (_, en) = arranged(By::Lead, None, Lang::En);
    assert_ne!(vi.columns, en.columns);

    let (tasks, months) = arranged(By::Month, None, Lang::Vi);
    assert!(months.columns.is_sorted());
    assert_eq!(months.columns.last(), Some(&OTHER));
    let undated = tasks.iter().filter(|(_, s)| s.due.is_none()).count();
    assert_eq!(months.lanes[0].cells.last().unwrap().len(), undated);
    let first = first_of_month(months.columns[0]).unwrap();
    let earliest = tasks.iter().filter_map(|(_, s)| s.due).min().unwrap();
    assert_eq!(first.to_string()[..7], earliest.to_string()[..7]);
}

#[test]
fn a_task_of_several_leads_stands_under_each() {
    let several = plan().tasks().iter().find(|t| t.leads.len() > 1).unwrap();
    let standing = Book::new().country(&several.id, "2023-07-01");
    let under = By::Lead.of(plan(), several, &standing);
    assert_eq!(under.len(), several.leads.len());
}

#[test]
fn keys_are_read_as_written() {
    for by in By::ALL {
        assert_eq!(By::from_key(by.key()), Some(by));
    }
    assert_eq!(By::from_key(""), None);
    assert_eq!(By::from_key("weather"), None);
}

/// CT05-B-06 is due on 2023-06-30; CT05-B-11 has no due date.
const DATED: &str = "CT05-B-06";
const UNDATED: &str = "CT05-B-11";

#[track_caller]
fn moves(task: &str, asof: &str, bucket: Bucket, expected: Result<Stage, Refusal>) {
    let standing = Book::new().country(task, asof);
    assert_eq!(
        reach(By::Bucket, bucket as usize, &standing, day(asof)),
        expected
    );
}

#[test]
fn dates_decide_which_side_of_the_due_date_a_task_stands_on() {
    let due = || task(DATED).deadline.due().unwrap();
    let (before, after) = ("2023-05-01", "2024-07-01");
    let of_date = || Err(Refusal::OfDate(due()));
    moves(
        DATED,
        before,
        Bucket::InProgressInTime,
        Ok(Stage::InProgress),
    );
    moves(DATED, before, Bucket::InProgressOverdue, of_date());
    moves(DATED, before, Bucket::NotStartedOverdue, of_date());
    moves(
        DATED,
        before,
        Bucket::NotStartedInTime,
        Ok(Stage::NotStarted),
    );
    moves(DATED, before, Bucket::CompletedOnTime, Ok(Stage::Done));
    moves(DATED, before, Bucket::CompletedLate, of_date());
    moves(
        DATED,
        after,
        Bucket::InProgressOverdue,
        Ok(Stage::InProgress),
    );
    moves(DATED, after, Bucket::InProgressInTime, of_date());
    moves(DATED, after, Bucket::CompletedOnTime, Ok(Stage::Done));
    moves(DATED, after, Bucket::CompletedLate, Ok(Stage::Done));
    moves(DATED, after, Bucket::Ongoing, Err(Refusal::Dated(due())));
    moves(
        DATED,
        after,
        Bucket::CompletedNoDeadline,
        Err(Refusal::Dated(due())),
    );
}

#[test]
fn a_task_without_a_due_date_is_ongoing_or_done() {
    let asof = "2024-07-01";
    moves(UNDATED, asof, Bucket::CompletedNoDeadline, Ok(Stage::Done));
    for bucket in [
        Bucket::NotStartedInTime,
        Bucket::InProgressOverdue,
        Bucket::CompletedOnTime,
        Bucket::CompletedLate,
    ] {
        moves(UNDATED, asof, bucket, Err(Refusal::Undated));
    }
    moves(UNDATED, asof, Bucket::Ongoing, Ok(Stage::NotStarted));
    let mut book = Book::new();
    for lead in &task(UNDATED).leads {
        book.status(lead, UNDATED, "2024-01-01");
    }
    let done = book.country(UNDATED, asof);
    assert_eq!(done.stage, Stage::Done);
    assert_eq!(
        reach(By::Bucket, Bucket::Ongoing as usize, &done, day(asof)),
        Ok(Stage::InProgress)
    );
}

#[test]
fn only_columns_of_a_status_take_a_task() {
    let standing = Book::new().country(DATED, "2023-05-01");
    for (number, stage) in Stage::ALL.into_iter().enumerate() {
        assert_eq!(
            reach(By::Status, number, &standing, day("2023-05-01")),
            Ok(stage)
        );
    }
    for by in By::ALL.into_iter().filter(|by| !by.is_status()) {
        assert_eq!(
            reach(by, 0, &standing, day("2023-05-01")),
            Err(Refusal::OfPlan)
        );
    }
    assert_eq!(
        reach(By::Status, OTHER, &standing, day("2023-05-01")),
        Err(Refusal::OfPlan)
    );
}

#[test]
fn what_the_move_records_brings_the_task_to_that_column() {
    for asof in ["2023-05-01", "2024-07-01"] {
        for (task, standing) in standings(&Book::new(), asof) {
            // A collective's statement is not each member's.
            let [lead] = task.leads.as_slice() else {
                continue;
            };
            for bucket in Bucket::ALL {
                let Ok(stage) = reach(By::Bucket, bucket as usize, &standing, day(asof)) else {
                    continue;
                };
                let mut book = Book::new();
                let status = match (stage, standing.due) {
                    (Stage::NotStarted, _) => "not_started".to_owned(),
                    (Stage::InProgress, _) => "in_progress".to_owned(),
                    (Stage::Done, Some(due)) if bucket == Bucket::CompletedOnTime => {
                        due.min(day(asof)).to_string()
                    }
                    (Stage::Done, _) => asof.to_owned(),
                };
                book.status(lead, &task.id, &status);
                let reached = book.country(&task.id, asof);
                // Several heirs each hold a part, so one word does not settle the task.
                if plan().parties(task, day(asof))[0].heirs.is_empty() {
                    assert_eq!(reached.bucket, bucket, "{} {asof}", task.id);
                }
            }
        }
    }
}
