//! The plan and the updates that the key figures are measured on, drawn by a fixed seed, and the steps
//! that are measured. The example of the same name runs them natively, `bench/merge` in WebAssembly.

#![allow(clippy::unwrap_used)]

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use tracker::binding::Role;
use tracker::kpi::burnup::burnup;
use tracker::kpi::changes::changes;
use tracker::kpi::figures::{figures, groups};
use tracker::kpi::heat::{heat_map, month_ends};
use tracker::kpi::scorecard::{Choice, Measure, lines, ranking};
use tracker::kpi::{By, Figure, Roll, Tracks, Whose};
use tracker::ledger::{Entry, Field, Ledger, Writer};
use tracker::plan::{Pack, Plan};

const AGENCIES: usize = 100;
const TASKS: usize = 10_000;
const UPDATES: usize = 100_000;

/// Numbers that look random and are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn both(text: &str) -> Value {
    json!({ "vi": text, "en": text })
}

fn agency(at: usize) -> String {
    format!("don-vi-{at}")
}

/// Half of the agencies are ministries, half provinces; of ten tasks one binds all provinces.
fn plan(numbers: &mut Numbers) -> Plan {
    let mut agencies: Vec<Value> = (0..AGENCIES)
        .map(|at| {
            let kind = if at % 2 == 0 { "ministry" } else { "province" };
            json!({
                "id": agency(at), "name": both(&format!("Đơn vị {at}")), "kind": kind,
                "abbreviation": format!("DV{at}"), "aliases": [], "successors": [],
            })
        })
        .collect();
    agencies.push(json!({
        "id": "nhom", "name": both("Các tỉnh"), "kind": "collective", "abbreviation": "Các tỉnh",
        "aliases": [], "successors": [],
        "members": { "kinds": ["province"], "certainty": "all" },
    }));
    let tasks: Vec<Value> = (0..TASKS)
        .map(|at| {
            let lead = if at % 10 == 0 {
                "nhom".to_owned()
            } else {
                agency(numbers.below(AGENCIES))
            };
            let month = format!("{}-{:02}", 2023 + numbers.below(4), 1 + numbers.below(12));
            let deadline = if at % 5 == 0 {
                json!({ "kind": "ongoing" })
            } else {
                json!({ "kind": "by", "period": month })
            };
            json!({
                "id": format!("NV-{at}"), "document": format!("VB{}", at % 5), "number": at + 1,
                "title": both(&format!("Nhiệm vụ {at}")), "leads": [lead], "lead_basis": "named",
                "coordinators": [agency(numbers.below(AGENCIES)), agency(numbers.below(AGENCIES))],
                "deadline": deadline, "topic": "chung", "indicators": [], "bottlenecks": [],
                "source": { "section": both("Phụ lục") },
            })
        })
        .collect();
    let documents: Vec<Value> = (0..5)
        .map(|at| {
            json!({
                "id": format!("VB{at}"), "number": format!("{at}/TTg"), "kind": "directive",
                "date": "2022-12-01", "gist": both("Văn bản"), "assigns": true,
            })
        })
        .collect();
    let manifest = json!({
        "id": "toc-do", "version": "1", "title": both("Đo tốc độ"),
        "topics": [{ "id": "chung", "name": both("Chung") }],
    });
    let texts = [
        Value::from(documents),
        Value::from(agencies),
        Value::from(tasks),
    ]
    .map(|v| v.to_string());
    let pack = Pack {
        manifest: &manifest.to_string(),
        documents: &texts[0],
        agencies: &texts[1],
        tasks: &texts[2],
        indicators: "[]",
        observations: "[]",
        bottlenecks: "[]",
    };
    Plan::load(pack).unwrap()
}

/// Writes the next update of a task.
fn update(
    plan: &Plan,
    ledger: &mut Ledger,
    writer: &mut Writer,
    numbers: &mut Numbers,
    on: NaiveDate,
) {
    let task = &plan.tasks()[numbers.below(TASKS)];
    let unit = match task.leads[0].as_str() {
        "nhom" => agency(1 + 2 * numbers.below(AGENCIES / 2)),
        lead => lead.to_owned(),
    };
    let (field, value) = match numbers.below(10) {
        0..=3 => (Field::Status, json!({ "state": "in_progress" })),
        4..=5 => (
            Field::Status,
            json!({ "state": "done", "date": on.to_string() }),
        ),
        6..=7 => (Field::Progress, json!(numbers.below(101))),
        8 => (Field::Note, json!({ "text": "Đang chờ ý kiến" })),
        _ => (
            Field::Extension,
            json!({ "due": (on + Days::new(90)).to_string(), "document": "1/TTg" }),
        ),
    };
    let entry = Entry {
        unit,
        subject: task.id.clone(),
        field,
        value,
        author: String::new(),
    };
    let now = on
        .and_hms_opt(3, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis();
    let event = writer.compose(now, ledger, entry).unwrap();
    ledger.insert(event);
}

/// What is measured: its name, and what does it. It returns a number so that nothing is left out as
/// unused.
pub type Step = (&'static str, fn(&mut World) -> usize);

/// What happens once, when the page opens.
pub const OPENING: [Step; 3] = [
    ("tracks of all tasks", |w| {
        w.tracks = Tracks::new(&w.plan, &w.ledger, w.asof);
        TASKS
    }),
    ("who has what in hand", |w| {
        w.roll = Roll::new(&w.plan, &[w.asof, w.before]);
        AGENCIES
    }),
    ("the ledger as of a past day", |w| {
        w.ledger.as_of(w.before, w.asof).len()
    }),
];

/// What happens after each update, as far as the page shows it.
pub const VIEWS: [Step; 7] = [
    ("follow", |w| {
        w.tracks.follow(&w.plan, &w.ledger);
        TASKS
    }),
    ("figures of two days", |w| {
        let of = |on| figures(&w.tracks, Whose::Country, &w.everything, on);
        [w.asof, w.before].map(|on| of(on).get(Figure::Completed))[0]
    }),
    ("figures by document and lead", |w| {
        let mut completed = 0;
        for by in [By::Document, By::Lead] {
            for group in groups(&w.plan, by, &w.everything, w.roll.on(w.asof)) {
                let found = figures(&w.tracks, Whose::Country, &group.tasks, w.asof);
                completed += found.get(Figure::Completed);
            }
        }
        completed
    }),
    ("burn-up of four years", |w| {
        let span = (day("2023-01-01"), w.asof);
        burnup(&w.tracks, Whose::Country, &w.everything, span, w.asof).len()
    }),
    ("scorecard, ranked", |w| {
        let lines = lines(&w.plan, &w.tracks, w.roll.on(w.asof), w.choice(), w.asof);
        ranking(&lines, Measure::CompletionRate).len()
    }),
    ("changes between two days", |w| {
        let days = (w.before, w.asof);
        changes(&w.plan, &w.tracks, &w.roll, w.choice(), days).len()
    }),
    ("heat map of 36 months", |w| {
        let months = month_ends(day("2023-12-01"), w.asof, w.asof);
        heat_map(&w.plan, &w.tracks, &w.roll, w.choice(), months)
            .rows
            .len()
    }),
];

/// The plan, its updates, and what follows from them.
pub struct World {
    plan: Plan,
    ledger: Ledger,
    writer: Writer,
    numbers: Numbers,
    tracks: Tracks,
    roll: Roll,
    everything: Vec<usize>,
    asof: NaiveDate,
    before: NaiveDate,
}

impl World {
    /// The plan with all its updates.
    pub fn new() -> World {
        let mut numbers = Numbers(6);
        let plan = plan(&mut numbers);
        let (mut ledger, mut writer) = (Ledger::default(), Writer::new("toc-do"));
        for at in 0..UPDATES {
            let on = day("2023-01-01") + Days::new((at * 1400 / UPDATES) as u64);
            update(&plan, &mut ledger, &mut writer, &mut numbers, on);
        }
        let (asof, before) = (day("2026-11-21"), day("2026-10-31"));
        World {
            tracks: Tracks::new(&plan, &Ledger::default(), asof),
            roll: Roll::new(&plan, &[asof, before]),
            plan,
            ledger,
            writer,
            numbers,
            everything: (0..TASKS).collect(),
            asof,
            before,
        }
    }

    /// One more update.
    pub fn update(&mut self) {
        let World {
            plan,
            ledger,
            writer,
            numbers,
            asof,
            ..
        } = self;
        update(plan, ledger, writer, numbers, *asof);
    }

    fn choice(&self) -> Choice<'_> {
        Choice {
            role: Some(Role::Lead),
            tasks: &self.everything,
        }
    }
}
