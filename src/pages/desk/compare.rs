//! Two files side by side: what each has alone, and what they show differently. Nothing is merged.

use std::rc::Rc;

use lean::prelude::*;
use tracker::desk::differences;
use tracker::ledger::Ledger;

use super::changes::{All, list, places, shown};
use super::{Words, chosen, narrow, pick};
use crate::i18n::Tr;
use crate::state::desk::DeskFile;
use crate::state::use_app;

/// What two files have, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    first: usize,
    second: usize,
    both: usize,
}

/// Two of the files.
#[component]
pub fn Compare() -> impl IntoView {
    let app = use_app();
    let good = move || {
        let files = app.desk().files().get().into_iter();
        files
            .filter(|file| file.content().is_some())
            .collect::<Vec<Rc<DeskFile>>>()
    };
    let enough = Memo::new(move || good().len() > 1);
    let two = Memo::new(move || {
        let find = |key| {
            let number = chosen(app, key).parse::<usize>().ok()?;
            good().into_iter().position(|file| file.number == number)
        };
        let (a, b) = (find("a"), find("b"));
        // The first two, where nobody chose; never one file with itself.
        let first = a.unwrap_or(usize::from(b == Some(0)));
        let second = b.filter(|second| *second != first);
        (first, second.unwrap_or(usize::from(first == 0)))
    });
    let made = Memo::new(move || {
        let (a, b) = two.get();
        let files = good();
        match (files.get(a), files.get(b)) {
            (Some(a), Some(b)) => Made::of(a, b),
            _ => Made::default(),
        }
    });
    let all = Signal::derive(move || made.get().changes);
    let shown = shown(app, all);
    let names = move |at: usize| {
        good()
            .get(at)
            .map_or_else(String::new, |file| app.tr().named(&file.name))
    };
    let menu = move |skips: bool, here: fn((usize, usize)) -> usize| {
        move || {
            let (other, now) = (skips.then_some(two.get().0), here(two.get()));
            let files = good().into_iter().enumerate();
            let others = files.filter(|(at, _)| Some(*at) != other);
            // What holds without a choice stands first, since a menu without a choice shows that.
            let (mut first, mut rest): (Vec<Words>, Vec<Words>) = (Vec::new(), Vec::new());
            for (at, file) in others {
                let words = (file.number.to_string(), app.tr().named(&file.name));
                if at == now {
                    first.push(words)
                } else {
                    rest.push(words)
                }
            }
            first.extend(rest);
            first
        }
    };
    let sum = move || {
        if !enough.get() {
            return String::new();
        }
        let Counts {
            first,
            second,
            both,
        } = made.get().counts;
        let (a, b) = two.get();
        let tr = app.tr();
        let counts = tr.desk_compare_sum(
            names(a),
            tr.count(first),
            names(b),
            tr.count(second),
            tr.count(both),
        );
        let same = all.with(|all| all.is_empty());
        let shows = if same {
            tr.desk_compare_same().to_owned()
        } else {
            tr.desk_compare_differ(all.with(|all| all.len()))
        };
        counts + " " + &shows
    };
    view! {
        {when(
            move || !enough.get(),
            move || view! { <p class="empty">{app.says(Tr::desk_compare_empty)}</p> },
        )}
        {when(
            move || enough.get(),
            move || view! {
                <div class="filter-row">
                    {pick(app, Tr::desk_first, "a", menu(false, |two| two.0))}
                    {pick(app, Tr::desk_second, "b", menu(true, |two| two.1))}
                    {narrow(app, places(all))}
                </div>
            },
        )}
        <p class="page-sum" role="status">{sum}</p>
        {when(move || all.with(|all| !all.is_empty()), move || {
            list(app, all, shown, (Tr::desk_first, Tr::desk_second))
        })}
    }
}

/// Two files compared.
#[derive(Clone, Default)]
struct Made {
    counts: Counts,
    changes: All,
}

impl PartialEq for Made {
    fn eq(&self, other: &Made) -> bool {
        self.counts == other.counts && Rc::ptr_eq(&self.changes, &other.changes)
    }
}

impl Made {
    fn of(a: &DeskFile, b: &DeskFile) -> Made {
        let ledger = |file: &DeskFile| -> Ledger {
            let events = file.content().map(|content| content.events.iter().cloned());
            events.into_iter().flatten().collect()
        };
        let (a, b) = (ledger(a), ledger(b));
        let both = a.events().filter(|event| b.contains(&event.id())).count();
        let mut subjects: Vec<&str> = b.subjects().collect();
        for subject in a.subjects() {
            if let Err(at) = subjects.binary_search(&subject) {
                subjects.insert(at, subject);
            }
        }
        let mut changes = Vec::new();
        for subject in subjects {
            changes.extend(differences(&a, &b, subject));
        }
        Made {
            counts: Counts {
                first: a.len() - both,
                second: b.len() - both,
                both,
            },
            changes: Rc::new(changes),
        }
    }
}
