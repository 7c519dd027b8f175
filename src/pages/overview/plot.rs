//! The burn-up as a chart: two lines that only rise, and where the present rate leads.

use chrono::NaiveDate;
use tracker::chart::Table;
use tracker::date::format_date;
use tracker::kpi::burnup::{Month, Outlook};

use super::Word;
use crate::components::chart::{Chart, Joint, Mark, Series, Way};
use crate::i18n::Tr;
use crate::state::App;

/// The chart of the months in which something changed; `forecast` says where they lead.
pub(super) fn chart(app: App, months: &[Month], ahead: &Outlook, forecast: String) -> Chart {
    let (tr, asof) = (app.tr(), app.asof());
    let series = |look: usize, name: Word, count: &dyn Fn(&Month) -> Option<usize>| {
        let mark = |month: &Month| {
            let n = count(month)?;
            // What is not over yet is known up to the as-of day.
            let end = month.period.last_day();
            let day = match look {
                1 => end.min(asof),
                _ => end,
            };
            let label = month.period.label(app.lang());
            Some(Mark {
                day,
                value: n as f64,
                name: tr.overview_figure_of(label, name(tr), tr.count(n)),
                label: tr.count(n),
            })
        };
        Series {
            name: name(tr).to_owned(),
            look,
            joint: Joint::Stairs,
            marks: months.iter().filter_map(mark).collect(),
        }
    };
    let done = series(1, Tr::overview_done_by, &|month| month.completed);
    let last = months.last().map(|month| month.period.last_day());
    let way = way(tr, &done, ahead, last);
    Chart {
        id: "ov-chart",
        title: tr.overview_months().to_owned(),
        description: forecast,
        unit: tr.overview_number().to_owned(),
        counts: true,
        series: vec![
            series(0, Tr::overview_due_by, &|month| Some(month.due)),
            done,
        ],
        levels: Vec::new(),
        ways: way.into_iter().collect(),
        asof: Some((asof, tr.indicator_asof(format_date(asof)))),
    }
}

/// The way to the forecast, where that is not so far away that it would flatten the rest.
fn way(tr: Tr, done: &Series, ahead: &Outlook, last: Option<NaiveDate>) -> Option<Way> {
    let from = done.marks.last()?;
    let (first, finish) = (done.marks.first()?.day, ahead.finish?);
    let near = (finish - first).num_days() <= 2 * (last? - first).num_days();
    (ahead.remaining > 0 && near).then(|| Way {
        name: tr.overview_way().to_owned(),
        from: (from.day, from.value),
        to: (finish, from.value + ahead.remaining as f64),
    })
}

/// The same as the CSV file has it.
pub(super) fn table(app: App, months: &[Month]) -> Table {
    let tr = app.tr();
    let row = |month: &Month| {
        vec![
            month.period.to_string(),
            month.due.to_string(),
            month.completed.map(|n| n.to_string()).unwrap_or_default(),
        ]
    };
    Table {
        header: vec![
            tr.overview_month().to_owned(),
            tr.overview_due_by().to_owned(),
            tr.overview_done_by().to_owned(),
        ],
        rows: months.iter().map(row).collect(),
    }
}
