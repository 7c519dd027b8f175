//! The table of tasks: its order and its groups, and which of its tasks are selected.
//!
//! What is selected is kept by the task's position in the plan, so that it outlives another order
//! or filter; only what the list still shows counts (see [`super::App::chosen`]).

use std::sync::Arc;

use chrono::NaiveDate;
use tracker::arrange::{Group, Grouping, Item, Keys, Sorting, Words, grouped, sorted};
use tracker::plan::{AgencyKind, Plan};
use tracker::text::Lang;

use super::App;
use super::rows::Rows;
use crate::i18n::Tr;

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// The head of a group, by its place among [`Table::groups`].
    Group(usize),
    /// A task, by its place among [`Table::rows`].
    Task(usize),
}

/// The tasks of the view, in order and in groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The tasks, in the order in which they are shown.
    pub rows: Rows,
    /// The groups, whose members are places among the rows; none where it is one list.
    pub groups: Vec<Group>,
    /// What is shown, line by line.
    pub lines: Vec<Line>,
}

impl Table {
    /// The line of a task, by its position in the plan.
    pub fn line_of(&self, position: usize) -> Option<usize> {
        let place = self.rows.iter().position(|r| r.position == position)?;
        if self.groups.is_empty() {
            return Some(place);
        }
        self.lines.iter().position(|l| *l == Line::Task(place))
    }
}

/// What the texts of the column sort by that the table is sorted by.
#[inline(never)]
pub fn keys(plan: &Plan, sorting: Option<Sorting>, lang: Lang, asof: NaiveDate) -> Keys {
    let agency = &|id: &str| short_name(plan, id, lang, asof);
    let column = sorting.map(|s| s.column);
    Keys::of(plan.tasks(), column, Words { lang, agency })
}

/// The tasks `visible`, in order and in groups.
#[inline(never)]
pub fn arranged(
    plan: &'static Plan,
    visible: &Rows,
    (sorting, keys): (Option<Sorting>, &Keys),
    grouping: Option<Grouping>,
    (lang, asof): (Lang, NaiveDate),
) -> Table {
    let items: Vec<Item<'_>> = visible
        .iter()
        .map(|row| Item {
            position: row.position,
            task: row.task(plan),
            standing: &row.standing,
        })
        .collect();
    let order = sorted(&items, sorting, keys);
    let agency = &|id: &str| name(plan, id, lang, asof);
    let mut groups = grouping.map_or(Vec::new(), |grouping| {
        grouped(&items, &order, grouping, plan, Words { lang, agency })
    });
    let mut table = Table::default();
    let mut rows = Vec::with_capacity(items.len());
    let mut take = |members: &mut [usize], lines: &mut Vec<Line>| {
        for member in members {
            lines.push(Line::Task(rows.len()));
            rows.push(visible[*member].clone());
            *member = rows.len() - 1;
        }
    };
    if groups.is_empty() {
        let mut order = order;
        take(&mut order, &mut table.lines);
    }
    for (number, group) in groups.iter_mut().enumerate() {
        table.lines.push(Line::Group(number));
        take(&mut group.members, &mut table.lines);
    }
    table.rows = Arc::new(rows);
    table.groups = groups;
    table
}

/// The name of an agency on a day.
fn name(plan: &Plan, id: &str, lang: Lang, asof: NaiveDate) -> String {
    plan.agency(id)
        .map_or(id, |a| a.name_on(asof).get(lang))
        .to_owned()
}

/// The short form of an agency: its abbreviation, which ministries go by in both languages;
/// provinces and collectives have an English name instead.
pub fn short_name(plan: &Plan, id: &str, lang: Lang, asof: NaiveDate) -> String {
    match plan.agency(id) {
        Some(agency) => match (lang, agency.kind) {
            (Lang::En, AgencyKind::Province | AgencyKind::Collective) => name(plan, id, lang, asof),
            _ => agency.abbreviation.clone(),
        },
        None => Tr(lang).named(id),
    }
}

/// What to select.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Take one task in or out, by its position in the plan.
    Toggle(usize),
    /// Take in everything from the task that was last taken in or out up to this one.
    UpTo(usize),
    /// Every task of the list.
    All,
    /// None.
    None,
}

impl App {
    pub(super) fn select(self, selection: Selection) {
        let listed: Vec<usize> = self
            .listed()
            .with_untracked(|rows| rows.iter().map(|r| r.position).collect());
        let anchor = self.views.anchor.get_value();
        self.views
            .selected
            .update(|selected| *selected = changed(selected, selection, anchor, &listed));
        match selection {
            Selection::Toggle(position) => self.views.anchor.set_value(Some(position)),
            // Further ranges start from the same task, as in any list.
            Selection::UpTo(position) => self.views.anchor.set_value(anchor.or(Some(position))),
            Selection::All => {}
            Selection::None => self.views.anchor.set_value(None),
        }
    }
}

/// What is selected after `selection`, in ascending order.
fn changed(
    selected: &[usize],
    selection: Selection,
    anchor: Option<usize>,
    listed: &[usize],
) -> Vec<usize> {
    let mut next = selected.to_vec();
    match selection {
        Selection::Toggle(position) => match next.binary_search(&position) {
            Ok(at) => {
                next.remove(at);
            }
            Err(at) => next.insert(at, position),
        },
        Selection::UpTo(position) => {
            let place = |p: usize| listed.iter().position(|l| *l == p);
            if let Some(to) = place(position) {
                let from = anchor.and_then(place).unwrap_or(to);
                next.extend(&listed[from.min(to)..=from.max(to)]);
            }
        }
        Selection::All => next.extend(listed),
        Selection::None => next.clear(),
    }
    next.sort_unstable();
    next.dedup();
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selecting_takes_in_and_out() {
        let listed = [5, 2, 9, 4];
        let after =
            |selected: &[usize], selection, anchor| changed(selected, selection, anchor, &listed);
        assert_eq!(after(&[2], Selection::Toggle(9), None), [2, 9]);
        assert_eq!(after(&[2, 9], Selection::Toggle(9), None), [2]);
        assert_eq!(after(&[7], Selection::All, None), [2, 4, 5, 7, 9]);
        assert!(after(&[7, 8], Selection::None, Some(7)).is_empty());
    }

    #[test]
    fn a_range_follows_the_order_of_the_list() {
        let listed = [5, 2, 9, 4];
        let up_to = |to, anchor| changed(&[5], Selection::UpTo(to), anchor, &listed);
        assert_eq!(up_to(9, Some(2)), [2, 5, 9]);
        assert_eq!(up_to(2, Some(4)), [2, 4, 5, 9], "backwards, too");
        assert_eq!(up_to(4, None), [4, 5], "without a start, only that one");
        assert_eq!(up_to(4, Some(7)), [4, 5], "a start that is filtered away");
        assert_eq!(up_to(7, Some(2)), [5], "what is not listed is not taken");
    }
}
