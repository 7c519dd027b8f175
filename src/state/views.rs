//! What the plan makes of the other signals: the rows of the view, found, ordered and selected.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::arrange::{Grouping, Keys, Sorting};
use tracker::filter::{Query, corpus};
use tracker::holdings::Holding;
use tracker::ledger::Ledger;
use tracker::plan::Plan;
use tracker::text::{Lang, Needle};

use super::course::{Course, Seen, holdings};
use super::{Unit, rows, table, unit_of};
use crate::platform::rest::Extent;
use crate::platform::{Settings, page};
use crate::route::{Address, Opt, Page};

/// How long after a plan was opened its texts are made ready to be searched, in milliseconds: the
/// first view is drawn by then.
const IDLE_MS: i32 = 400;

/// What the plan makes of the other signals. Positions of tasks are those of the plan.
#[derive(Clone, Copy)]
pub(super) struct Views {
    pub(super) unit: Memo<Option<Unit>>,
    pub(super) bound: Memo<rows::Bound>,
    pub(super) seen: Seen,
    pub(super) course: Course,
    pub(super) holdings: Memo<Rc<Vec<Holding>>>,
    pub(super) rows: Memo<rows::Rows>,
    pub(super) visible: Memo<rows::Rows>,
    pub(super) needle: Memo<Needle>,
    pub(super) table: Memo<Arc<table::Table>>,
    pub(super) listed: Memo<rows::Rows>,
    pub(super) selected: RwSignal<Vec<usize>>,
    pub(super) anchor: StoredValue<Option<usize>>,
    pub(super) chosen: Memo<rows::Rows>,
    pub(super) active: RwSignal<Option<usize>>,
}

impl Views {
    pub(super) fn new(
        plan: &'static Plan,
        address: RwSignal<Address>,
        settings: RwSignal<Settings>,
        (lang, asof, today): (Memo<Lang>, Memo<NaiveDate>, RwSignal<NaiveDate>),
        (ledger, extent): (RwSignal<Ledger>, RwSignal<Extent>),
    ) -> Views {
        let unit = Memo::new(move || {
            let id = address
                .with(|a| a.view.unit.clone())
                .or_else(|| settings.with(|s| s.unit.clone()))?;
            unit_of(plan, &id)
        });
        let bound = Memo::new(move || rows::bound(plan, unit.get(), asof.get()));
        let seen = Seen::new(ledger, asof, today);
        let made = StoredValue::new(None);
        let rows = Memo::new(move || {
            let unit = unit.get().unwrap_or(Unit::Country);
            let (bound, asof) = (bound.get(), asof.get());
            seen.either(|l, is_past| {
                made.update_value(|made| {
                    let made = if is_past { &mut None } else { made };
                    rows::standings(plan, l, &bound, unit, asof, made)
                })
            })
        });
        let ordered = Memo::new(move || rows.with(rows::ordered));
        let q = Memo::new(move || address.with(|a| a.view.q.clone()));
        // What is searched: made once there is time, or else for the first word; and what is searched
        // before all texts are there.
        let (texts, early) = (Rc::new(OnceCell::new()), OnceCell::new());
        let whole = Memo::new(move || extent.get() == Extent::Whole);
        let soon = texts.clone();
        effect(move || {
            if whole.get() {
                let soon = soon.clone();
                page::after(IDLE_MS, move || {
                    soon.get_or_init(|| corpus(plan));
                });
            }
        });
        let visible = Memo::new(move || {
            let asof = asof.get();
            let texts = if whole.get() { &*texts } else { &early };
            q.with(|q| ordered.with(|rows| rows::visible(plan, rows, q, texts, asof)))
        });

        let needle = Memo::new(move || q.with(|q| Query::read(q, plan).needle().clone()));

        let option = move |opt| address.with(|a| a.view.option(opt).to_owned());
        let is_table = Memo::new(move || address.with(|a| a.behind() == Page::Tasks));
        let is_timeline = Memo::new(move || address.with(|a| a.behind() == Page::Timeline));
        let sorting = Memo::new(move || {
            if is_timeline.get() {
                Sorting::read("")
            } else {
                Sorting::read(&option(Opt::Sort))
            }
        });
        let grouping = Memo::new(move || {
            if is_timeline.get() {
                Some(Grouping::read(&option(Opt::Lanes)).unwrap_or(Grouping::Document))
            } else {
                Grouping::read(&option(Opt::Group))
            }
        });
        // Both come with the rest, like the pages that show it.
        let keys = Memo::new(move || match whole.get() {
            true => table::keys(plan, sorting.get(), lang.get(), asof.get()),
            false => Keys::default(),
        });
        let table = Memo::new(move || {
            if !whole.get() {
                return Arc::default();
            }
            let arrange = |rows: &rows::Rows| {
                keys.with(|keys| {
                    let words = (lang.get(), asof.get());
                    table::arranged(plan, rows, (sorting.get(), keys), grouping.get(), words)
                })
            };
            Arc::new(visible.with(arrange))
        });
        let listed = Memo::new(move || {
            if is_table.get() || is_timeline.get() {
                table.with(|t| t.rows.clone())
            } else {
                visible.get()
            }
        });
        let selected: RwSignal<Vec<usize>> = RwSignal::new(Vec::new());
        let chosen = Memo::new(move || {
            selected.with(|selected| {
                let is_selected =
                    |row: &&Arc<rows::Row>| selected.binary_search(&row.position).is_ok();
                listed.with(|rows| Arc::new(rows.iter().filter(is_selected).cloned().collect()))
            })
        });
        Views {
            unit,
            bound,
            seen,
            course: Course::new(plan, ledger, today),
            holdings: Memo::new(move || holdings(plan, asof.get())),
            rows,
            visible,
            needle,
            table,
            listed,
            selected,
            anchor: StoredValue::new(None),
            chosen,
            active: RwSignal::new(None),
        }
    }
}
