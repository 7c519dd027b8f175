//! Arranging a list of tasks: which columns, in which order, in which groups.
//!
//! What a list shows of a task depends on the language and on the day (an
//! agency's name does), so callers hand in [`Words`]. Everything here works on
//! positions in a list of [`Item`]s. What texts sort by takes long to compute; it
//! is computed once for a column ([`Keys`]) and outlives every change of the list,
//! so that a hundred thousand tasks are sorted in the blink of an eye.

use std::cmp::Ordering;

use chrono::Datelike;

use crate::plan::{Plan, Task};
use crate::sorting::positions;
use crate::status::{Bucket, Standing, Tally};
use crate::text::{Lang, SortKey, sort_key};

/// A task of the list and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Its position in the plan.
    pub position: usize,
    /// The task.
    pub task: &'a Task,
    /// Where it stands for the list's unit.
    pub standing: &'a Standing,
}

/// How a list names what it shows.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The language of titles and deliverables.
    pub lang: Lang,
    /// The name of an agency, by its id.
    pub agency: &'a dyn Fn(&str) -> String,
}

/// A column of a table of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The task's number, which is its id.
    Number,
    /// What is to be done.
    Title,
    /// Who is in charge.
    Leads,
    /// Who assists.
    Coordinators,
    /// By when.
    Due,
    /// What is to be handed in.
    Deliverable,
    /// The official bucket.
    Bucket,
    /// Percent of the work done.
    Progress,
    /// When something was last recorded.
    Updated,
}

impl Column {
    /// Every column: first those of the official appendix, in its order.
    pub const ALL: [Column; 9] = [
        Column::Number,
        Column::Title,
        Column::Leads,
        Column::Coordinators,
        Column::Due,
        Column::Deliverable,
        Column::Bucket,
        Column::Progress,
        Column::Updated,
    ];

    /// The stable key of the column in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Column::Number => "id",
            Column::Title => "title",
            Column::Leads => "lead",
            Column::Coordinators => "coord",
            Column::Due => "due",
            Column::Deliverable => "product",
            Column::Bucket => "status",
            Column::Progress => "progress",
            Column::Updated => "updated",
        }
    }

    fn read(key: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|c| c.key() == key)
    }

    /// What tasks sort by in this column, where that follows from where they stand.
    fn of_standing(self, standing: &Standing) -> Option<Key> {
        match self {
            Column::Due => standing
                .due
                .map(|day| Key::Number(day.num_days_from_ce().into())),
            Column::Bucket => Some(Key::Number(standing.bucket as i64)),
            Column::Progress => progress(standing).map(|percent| Key::Number(percent.into())),
            Column::Updated => standing.updated.map(|at| Key::Number(at.ms)),
            _ => None,
        }
    }
}

/// What the tasks of the plan sort by in a column of texts, each at its position; nothing for the
/// other columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(Vec<Option<Key>>);

impl Keys {
    /// Computes them.
    pub fn of(tasks: &[Task], column: Option<Column>, words: Words<'_>) -> Keys {
        let text = |text: &str| Some(Key::Text(sort_key(text)));
        let key: &dyn Fn(&Task) -> Option<Key> = match column {
            Some(Column::Number) => &|task| text(&task.id),
            Some(Column::Title) => &|task| text(task.title.get(words.lang)),
            Some(Column::Deliverable) => &|task| text(task.deliverable.as_ref()?.get(words.lang)),
            Some(Column::Leads) => return Keys::of_agencies(tasks, |t| &t.leads, words),
            Some(Column::Coordinators) => {
                return Keys::of_agencies(tasks, |t| &t.coordinators, words);
            }
            _ => return Keys::default(),
        };
        Keys(tasks.iter().map(key).collect())
    }

    /// Few agencies have many tasks: their names are compared once, then their ranks.
    fn of_agencies(tasks: &[Task], of: fn(&Task) -> &[String], words: Words<'_>) -> Keys {
        let mut ids: Vec<&str> = Vec::new();
        for id in tasks.iter().flat_map(of) {
            if let Err(at) = ids.binary_search(&id.as_str()) {
                ids.insert(at, id);
            }
        }
        let names: Vec<SortKey> = ids.iter().map(|id| sort_key(&(words.agency)(id))).collect();
        let mut ranks = vec![0; ids.len()];
        let order = positions(ids.len(), &mut |a, b| names[a].cmp(&names[b]));
        for (rank, at) in order.into_iter().enumerate() {
            ranks[at] = rank;
        }
        let rank = |id: &String| ids.binary_search(&id.as_str()).map(|at| ranks[at]).ok();
        let key = |task: &Task| {
            let ranks: Vec<usize> = of(task).iter().filter_map(rank).collect();
            (!ranks.is_empty()).then_some(Key::Ranks(ranks))
        };
        Keys(tasks.iter().map(key).collect())
    }
}

/// Progress in percent: as reported, or the share of agencies that have completed the task.
pub fn progress(standing: &Standing) -> Option<u8> {
    let share = standing.share.filter(|s| s.completed > 0);
    let percent = share.map(|s| s.completed * 100 / s.bound);
    standing
        .progress
        .or(percent.and_then(|p| u8::try_from(p).ok()))
}

/// What an item sorts by. (All items of a column have the same kind.)
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(SortKey),
    Ranks(Vec<usize>),
}

/// `None` comes last, whichever way the rest goes.
fn compare(a: Option<&Key>, b: Option<&Key>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// Reads the columns of an address, in their order: `id,title,due`. Every column when there is
/// none; the title is always among them, since it is what opens a task.
pub fn columns(text: &str) -> Vec<Column> {
    let mut columns = Vec::new();
    for column in text.split(',').filter_map(|key| Column::read(key.trim())) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        return Column::ALL.to_vec();
    }
    if !columns.contains(&Column::Title) {
        let after_number = usize::from(columns[0] == Column::Number);
        columns.insert(after_number, Column::Title);
    }
    columns
}

/// The columns as an address has them; empty for the table's own.
pub fn columns_text(columns: &[Column]) -> String {
    if columns == Column::ALL {
        return String::new();
    }
    let keys: Vec<&str> = columns.iter().map(|c| c.key()).collect();
    keys.join(",")
}

/// By which column a list is sorted, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// The column.
    pub column: Column,
    /// From the greatest to the least.
    pub descending: bool,
}

impl Sorting {
    /// Reads `due` or `-due`; `None` for the list's own order.
    pub fn read(text: &str) -> Option<Sorting> {
        let ascending = text.strip_prefix('-');
        Some(Sorting {
            column: Column::read(ascending.unwrap_or(text))?,
            descending: ascending.is_some(),
        })
    }

    /// As an address has it.
    pub fn text(self) -> String {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.column.key())
    }

    /// What pressing the head of `column` leads to: up, then down, then the list's own order.
    pub fn next(now: Option<Sorting>, column: Column) -> Option<Sorting> {
        match now.filter(|now| now.column == column) {
            None => Some(Sorting {
                column,
                descending: false,
            }),
            Some(now) if !now.descending => Some(Sorting {
                descending: true,
                ..now
            }),
            Some(_) => None,
        }
    }
}

/// The positions of `items` in the order of `sorting`, whose column `keys` were computed for. Items
/// that are equal in the column, and all without a sorting, keep the order that they came in.
pub fn sorted(items: &[Item<'_>], sorting: Option<Sorting>, keys: &Keys) -> Vec<usize> {
    let Some(Sorting { column, descending }) = sorting else {
        return (0..items.len()).collect();
    };
    let own: Vec<Option<Key>> = match keys.0.is_empty() {
        true => items
            .iter()
            .map(|i| column.of_standing(i.standing))
            .collect(),
        false => Vec::new(),
    };
    let key = |i: usize| match own.get(i) {
        Some(own) => own.as_ref(),
        None => keys.0.get(items[i].position).and_then(Option::as_ref),
    };
    positions(items.len(), &mut |a, b| compare(key(a), key(b), descending))
}

/// What the items of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The document that assigns the task.
    Document,
    /// Its topic.
    Topic,
    /// The first agency in charge.
    Lead,
    /// The official bucket.
    Bucket,
    /// The month it falls due in.
    Month,
}

impl Grouping {
    /// Every way to group.
    pub const ALL: [Grouping; 5] = [
        Grouping::Document,
        Grouping::Topic,
        Grouping::Lead,
        Grouping::Bucket,
        Grouping::Month,
    ];

    /// The stable key in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Grouping::Document => "document",
            Grouping::Topic => "topic",
            Grouping::Lead => "lead",
            Grouping::Bucket => "status",
            Grouping::Month => "month",
        }
    }

    /// Reads the key of an address; `None` for one list without groups.
    pub fn read(key: &str) -> Option<Grouping> {
        Grouping::ALL.into_iter().find(|g| g.key() == key)
    }

    /// The key of the item's group; empty where the item has nothing to group it by.
    fn of(self, item: Item<'_>) -> String {
        let Item { task, standing, .. } = item;
        match self {
            Grouping::Document => task.document.clone(),
            Grouping::Topic => task.topic.clone(),
            Grouping::Lead => task.leads.first().cloned().unwrap_or_default(),
            Grouping::Bucket => standing.bucket.key().to_owned(),
            Grouping::Month => standing.due.map_or(String::new(), |due| {
                format!("{:04}-{:02}", due.year(), due.month())
            }),
        }
    }

    /// What groups are sorted by: the order of the plan, the alphabet, the board or the calendar.
    fn rank(self, key: &str, plan: &Plan, words: Words<'_>) -> Option<Key> {
        let place = |place: Option<usize>| place.and_then(|p| i64::try_from(p).ok());
        let number = match self {
            _ if key.is_empty() => return None,
            Grouping::Document => place(plan.documents().iter().position(|d| d.id == key)),
            Grouping::Topic => place(plan.manifest().topics.iter().position(|t| t.id == key)),
            Grouping::Bucket => place(Bucket::ALL.iter().position(|b| b.key() == key)),
            Grouping::Lead => return Some(Key::Text(sort_key(&(words.agency)(key)))),
            Grouping::Month => return Some(Key::Text(sort_key(key))),
        };
        number.map(Key::Number)
    }
}

/// Items that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common: the id of a document, topic or agency, the key of a bucket, a
    /// month as `2023-06`; empty for what the others lack.
    pub key: String,
    /// Their positions, in the order that was handed in.
    pub members: Vec<usize>,
    /// How many of them are where.
    pub tally: Tally,
}

/// The items, taken in `order`, in groups; those without a key come last.
pub fn grouped(
    items: &[Item<'_>],
    order: &[usize],
    grouping: Grouping,
    plan: &Plan,
    words: Words<'_>,
) -> Vec<Group> {
    let mut keys: Vec<String> = Vec::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for &position in order {
        let key = grouping.of(items[position]);
        let at = keys.iter().position(|k| *k == key).unwrap_or_else(|| {
            keys.push(key);
            members.push(Vec::new());
            keys.len() - 1
        });
        members[at].push(position);
    }
    let ranks: Vec<Option<Key>> = keys
        .iter()
        .map(|key| grouping.rank(key, plan, words))
        .collect();
    let order = positions(keys.len(), &mut |a, b| {
        compare(ranks[a].as_ref(), ranks[b].as_ref(), false)
    });
    let group = |at: usize| {
        let members = std::mem::take(&mut members[at]);
        let buckets = members.iter().map(|&m| items[m].standing.bucket);
        Group {
            key: std::mem::take(&mut keys[at]),
            tally: buckets.collect(),
            members,
        }
    };
    order.into_iter().map(group).collect()
}
