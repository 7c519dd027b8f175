//! Times and memory of the key figures at the size they are made for, as a table: 100 agencies,
//! 10.000 tasks, 100.000 updates. `./dev bench` runs it, natively and built as small as the page.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

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

/// Does it, and says how long it took.
fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    println!("| {what} | {ms:.1} |");
    done
}

/// The most memory that this process held so far, in MB, where the system tells.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn main() {
    let mut numbers = Numbers(6);
    let plan = plan(&mut numbers);
    let (mut ledger, mut writer) = (Ledger::default(), Writer::new("toc-do"));
    for at in 0..UPDATES {
        let on = day("2023-01-01") + Days::new((at * 1400 / UPDATES) as u64);
        update(&plan, &mut ledger, &mut writer, &mut numbers, on);
    }
    let (today, asof, before) = (day("2026-11-21"), day("2026-11-21"), day("2026-10-31"));
    let everything: Vec<usize> = (0..TASKS).collect();
    let choice = Choice {
        role: Some(Role::Lead),
        tasks: &everything,
    };
    let months = month_ends(day("2023-12-01"), asof, asof);

    println!("| once, when the page opens | ms |\n|---|---|");
    let mut tracks = timed("tracks of all tasks", || Tracks::new(&plan, &ledger, today));
    let roll = timed("who has what in hand", || Roll::new(&plan, &[asof, before]));
    timed("the ledger as of a past day", || {
        ledger.as_of(before, today)
    });

    let mut all = |ledger: &Ledger| {
        timed("follow", || tracks.follow(&plan, ledger));
        let found = timed("figures of two days", || {
            [asof, before].map(|on| figures(&tracks, Whose::Country, &everything, on))
        });
        timed("figures by document and lead", || {
            for by in [By::Document, By::Lead] {
                for group in groups(&plan, by, &everything, roll.on(asof)) {
                    figures(&tracks, Whose::Country, &group.tasks, asof);
                }
            }
        });
        timed("burn-up of four years", || {
            burnup(
                &tracks,
                Whose::Country,
                &everything,
                (day("2023-01-01"), asof),
                asof,
            )
        });
        timed("scorecard, ranked", || {
            let lines = lines(&plan, &tracks, roll.on(asof), choice, asof);
            ranking(&lines, Measure::CompletionRate)
        });
        timed("changes between two days", || {
            changes(&plan, &tracks, &roll, choice, (before, asof))
        });
        timed("heat map of 36 months", || {
            heat_map(&plan, &tracks, &roll, choice, months.clone())
        });
        found[0].get(Figure::Completed)
    };
    all(&ledger);
    println!("\n| after one update | ms |\n|---|---|");
    update(&plan, &mut ledger, &mut writer, &mut numbers, asof);
    timed(
        "all of it, of which the heat map is a view of its own",
        || all(&ledger),
    );
    if let Some(memory) = peak_memory() {
        println!("\nAt most {memory:.0} MB in all.");
    }
}
