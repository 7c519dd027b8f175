//! Finding tasks of the real plan by words: diacritics, phrases, ranking, what words exclude.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/search.rs"]
mod search;

use common::*;
use search::{haystacks, search, search_in};
use tracker::filter::{Candidate, Query, haystack};
use tracker::ledger::Ledger;
use tracker::status::Scope;

const TODAY: &str = "2026-11-21";

#[test]
fn an_empty_line_finds_all() {
    for text in ["", "   ", "\"\"", "-", "--", "-,", "- –"] {
        assert_eq!(search(text, TODAY).len(), 146, "{text}");
    }
    assert!(Query::read(" ", plan()).is_empty());
    assert!(!Query::read("-x", plan()).is_empty());
}

#[test]
fn words_are_found_without_diacritics() {
    let titled = |needle: &'static str| {
        let tasks = plan().tasks().iter();
        ids(tasks.filter(move |t| t.title.vi().to_lowercase().contains(needle)))
    };
    for (typed, printed) in [
        ("dinh danh", "định danh"),
        ("Định danh", "định danh"),
        ("can cuoc", "căn cước"),
        ("\"chu ky so\"", "chữ ký số"),
    ] {
        let found = search(typed, TODAY);
        let expected = titled(printed);
        assert!(!expected.is_empty());
        for id in &expected {
            assert!(found.contains(&id.as_str()), "{typed} misses {id}");
        }
    }
}

#[test]
fn what_is_spelled_as_typed_ranks_first() {
    let one = task("CT05-B-22");
    let scored = |note: &str, text: &str| {
        let haystack = haystack(plan(), one, &[note]);
        let standing = plan().standing(&Ledger::default(), one, Scope::Country, day(TODAY));
        let candidate = Candidate {
            task: one,
            role: None,
            basis: None,
            updated: None,
            standing: &standing,
            haystack: &haystack,
        };
        Query::read(text, plan()).score(plan(), candidate, day(TODAY))
    };
    assert_eq!(scored("", "định danh"), None);
    let exact = scored("hệ thống định danh", "định danh").unwrap();
    let folded = scored("hệ thống dinh danh", "định danh").unwrap();
    let other = scored("hệ thống đính danh", "định danh").unwrap();
    assert!(exact > folded && exact > other, "{exact} {folded} {other}");
    // Typed without diacritics, both are found.
    assert!(scored("hệ thống định danh", "dinh danh").is_some());
    assert!(scored("hệ thống dinh danh", "dinh danh").is_some());
}

#[test]
fn a_title_ranks_before_what_is_said_elsewhere() {
    let ranked = search_in(&Ledger::default(), Scope::Country, "\"định danh\"", TODAY);
    let in_title = |id: &&str| {
        let title = &task(id).title;
        format!("{} {}", title.vi(), title.en())
            .to_lowercase()
            .contains("định danh")
    };
    let last = ranked.iter().rposition(&in_title).unwrap();
    let first = ranked.iter().position(|id| !in_title(id)).unwrap();
    assert!(last < first, "{ranked:?}");
    let by_id = search_in(&Ledger::default(), Scope::Country, "CT05-B-27", TODAY);
    assert_eq!(by_id[0], "CT05-B-27");
}

#[test]
fn all_words_must_match_and_a_phrase_in_one_piece() {
    let both = search("dữ liệu đất đai", TODAY);
    let (one, other) = (search("dữ liệu", TODAY), search("đất đai", TODAY));
    let expected: Vec<&str> = one
        .iter()
        .copied()
        .filter(|id| other.contains(id))
        .collect();
    assert_eq!(both, expected);
    assert!(!both.is_empty() && both.len() < one.len());
    assert_eq!(search("đai đất liệu dữ", TODAY), both);
    let phrase = search("\"dữ liệu đất đai\"", TODAY);
    assert!(!phrase.is_empty() && phrase.iter().all(|id| both.contains(id)));
    assert_eq!(search("\"đai đất\"", TODAY), [""; 0]);
    // Typographic quotes, and one that is still open.
    assert_eq!(search("“dữ liệu đất đai”", TODAY), phrase);
    assert_eq!(search("«dữ liệu đất đai»", TODAY), phrase);
    assert_eq!(search("\"dữ liệu đất đai", TODAY), phrase);
}

#[test]
fn a_minus_excludes() {
    let all = search("dữ liệu", TODAY);
    let land = search("dữ liệu \"đất đai\"", TODAY);
    let rest = search("dữ liệu -\"đất đai\"", TODAY);
    assert!(!land.is_empty() && !rest.is_empty());
    let mut together = [land, rest.clone()].concat();
    together.sort_unstable();
    assert_eq!(together, all);
    // Whichever quotes hold the phrase together, and wherever it stands.
    for text in [
        "-\"đất đai\" dữ liệu",
        "-“đất đai” dữ liệu",
        "-«đất đai» dữ liệu",
    ] {
        assert_eq!(search(text, TODAY), rest, "{text}");
    }
    let topic = search("topic:du-lieu", TODAY).len();
    assert_eq!(search("-topic:du-lieu", TODAY).len(), 146 - topic);
    assert_eq!(search("topic:du-lieu -topic:du-lieu", TODAY), [""; 0]);
    // A hyphen inside of a word excludes nothing.
    assert_eq!(
        search("05/CT-TTg", TODAY).len(),
        search("doc:CT05", TODAY).len()
    );
}

#[test]
fn a_comma_means_or_and_two_filters_mean_and() {
    let one = search("topic:an-toan", TODAY);
    let other = search("topic:ha-tang", TODAY);
    let mut either = [one, other].concat();
    either.sort_unstable();
    assert_eq!(search("topic:an-toan,ha-tang", TODAY), either);
    assert_eq!(search("topic:an-toan topic:ha-tang", TODAY), [""; 0]);
    assert_eq!(
        search("topic:an-toan,,an-toan,", TODAY),
        search("topic:an-toan", TODAY)
    );
}

#[test]
fn all_tasks_at_once_are_found_as_each_by_itself() {
    let corpus = tracker::filter::corpus(plan());
    for text in [
        "dinh danh",
        "định danh",
        "\"dinh danh\"",
        "bca",
        "05/CT-TTg -vneid",
        "ky",
        "CT05-B-2",
        "d",
        "zzz",
        "phu luc",
        "-\"co so du lieu\" so",
        "report",
        "du-lieu",
    ] {
        let query = Query::read(text, plan());
        let needle_only = |at: usize| {
            let task = &plan().tasks()[at];
            let standing =
                plan().standing(&Ledger::default(), task, Scope::Country, day("2026-11-21"));
            let candidate = Candidate {
                task,
                role: None,
                basis: None,
                updated: None,
                standing: &standing,
                haystack: &haystacks()[at],
            };
            query.score(plan(), candidate, day("2026-11-21"))
        };
        let words = query.search(&corpus);
        for at in 0..plan().tasks().len() {
            assert_eq!(words.score(at), needle_only(at), "{text}, {at}");
        }
    }
}
