//! Made-up histories: three browsers that write, undo and send each other
//! files, with clocks that disagree, and events of a newer version.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tracker::exchange::{ExchangeFile, PlanRef};
use tracker::ledger::{
    Draft, Entry, Event, EventError, EventId, Field, Ledger, Stamp, Writer, undo,
};

const REPLICAS: usize = 3;
pub const UNITS: [&str; 2] = ["bo-tu-phap", "ubnd-ha-giang"];
pub const SUBJECTS: [&str; 2] = ["CT05-B-27", "CV452-09"];
pub const START: i64 = 1_700_000_000_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A file of these events.
pub fn file(events: Vec<Arc<Event>>) -> ExchangeFile {
    ExchangeFile {
        app: "tiendo06 0.1.0".to_owned(),
        plan: PlanRef {
            id: "de-an-06".to_owned(),
            version: "1".to_owned(),
            extra: Map::new(),
        },
        replica: "máy-0".to_owned(),
        exported_at: "2023-11-14T22:13:20Z".to_owned(),
        events,
        ..ExchangeFile::default()
    }
}

/// One step of a history. Numbers are reduced to what there is to pick from.
#[derive(Clone, Debug)]
enum Op {
    Write {
        replica: usize,
        unit: usize,
        subject: usize,
        field: usize,
        value: usize,
    },
    Undo {
        replica: usize,
        event: usize,
    },
    Sync {
        from: usize,
        to: usize,
        keep: u64,
    },
    /// An event of a newer version: any field, value, members and parents.
    Strange {
        replica: usize,
        cell: usize,
        field: usize,
        value: Value,
        extra: Option<(String, Value)>,
        time_extra: Option<Value>,
        parent: usize,
    },
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<f64>().prop_map(|double| json!(if double.is_finite() { double } else { 0.5 })),
        "\\PC{0,6}".prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\/\u{7f}\u{e000}\u{1d11e}ạđỷ]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,4}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_op() -> impl Strategy<Value = Op> {
    let replica = 0..REPLICAS;
    prop_oneof![
        8 => (replica.clone(), 0..2_usize, 0..2_usize, any::<usize>(), any::<usize>()).prop_map(
            |(replica, unit, subject, field, value)| {
                Op::Write { replica, unit, subject, field, value }
            }
        ),
        2 => (replica.clone(), any::<usize>())
            .prop_map(|(replica, event)| Op::Undo { replica, event }),
        5 => (replica.clone(), replica.clone(), prop_oneof![Just(u64::MAX), any::<u64>()])
            .prop_map(|(from, to, keep)| Op::Sync { from, to, keep }),
        1 => (
            replica,
            0..4_usize,
            0..4_usize,
            any_json(),
            prop::option::of(("x_[a-zđ]{1,3}", any_json())),
            prop::option::of(any_json()),
            any::<usize>(),
        )
            .prop_map(|(replica, cell, field, value, extra, time_extra, parent)| {
                Op::Strange { replica, cell, field, value, extra, time_extra, parent }
            }),
    ]
}

/// What a history left behind: every event ever written.
#[derive(Debug)]
pub struct World {
    /// In the order they were written.
    pub events: Vec<Arc<Event>>,
}

pub fn any_world() -> impl Strategy<Value = World> {
    prop::collection::vec(any_op(), 1..60).prop_map(|ops| play(&ops))
}

/// The values a person may enter.
pub fn values(field: Field) -> Vec<Value> {
    match field {
        Field::Status => vec![
            json!({"state": "in_progress"}),
            json!({"state": "done", "date": "2023-03-31"}),
            json!({"state": "not_started", "newer": [1.0, 1.5]}),
            Value::Null,
        ],
        Field::Progress => vec![json!(0), json!(40), json!(40.0), json!(100), Value::Null],
        Field::Blocker => vec![json!({"text": "thiếu dữ liệu", "bottleneck": "BN-03"})],
        Field::Note => vec![json!({"text": "đã họp"}), json!({"text": "đã họp lại"})],
        Field::Evidence => vec![
            json!({"text": "Công văn 12"}),
            json!({"link": "https://a.vn/b"}),
        ],
        Field::Closing => vec![json!({
            "name": "Chốt quý II", "period": "2025-Q2", "asof": "2025-06-30",
            "figures": {"assigned": 72, "rate": 0.5}, "events": 3, "digest": "0f".repeat(32),
        })],
        _ => vec![
            json!({"date": "2023-06-30", "value": 0.1, "source": "báo cáo"}),
            json!({"date": "2023-06-30", "value": 75, "numerator": 9, "denominator": 12,
                "source": "báo cáo"}),
        ],
    }
}

/// Two scalars come often, so that browsers meet in the same cell.
pub const FIELDS: [Field; 9] = [
    Field::Status,
    Field::Progress,
    Field::Status,
    Field::Progress,
    Field::Blocker,
    Field::Note,
    Field::Evidence,
    Field::Observation,
    Field::Closing,
];

pub fn entry(unit: &str, subject: &str, field: Field, value: Value) -> Entry {
    Entry {
        unit: unit.to_owned(),
        subject: subject.to_owned(),
        field,
        value,
        author: "Nguyễn Thị Hoa".to_owned(),
    }
}

fn play(ops: &[Op]) -> World {
    let mut ledgers = vec![Ledger::default(); REPLICAS];
    let mut writers: Vec<Writer> = (0..REPLICAS)
        .map(|replica| Writer::new(format!("máy-{replica}")))
        .collect();
    let mut events: Vec<Arc<Event>> = Vec::new();
    for (step, op) in (0_i64..).zip(ops) {
        // The second browser's clock stands still, the third's is ten years ahead.
        let clocks = [START + step * 1000, START, START + 3650 * DAY + step * 10];
        let made = match op {
            Op::Write {
                replica,
                unit,
                subject,
                field,
                value,
            } => {
                let field = FIELDS[field % FIELDS.len()];
                let values = values(field);
                let value = values[value % values.len()].clone();
                let entry = entry(UNITS[*unit], SUBJECTS[*subject], field, value);
                let made = writers[*replica].compose(clocks[*replica], &ledgers[*replica], entry);
                Some((*replica, made.unwrap()))
            }
            Op::Undo { replica, event } => {
                let ledger = &ledgers[*replica];
                let known: Vec<EventId> = ledger.events().map(|event| event.id()).collect();
                known
                    .get(event % known.len().max(1))
                    .and_then(|id| undo(ledger, id).ok())
                    .map(|undo| {
                        let entry = undo.into_entry("");
                        let made = writers[*replica].compose(clocks[*replica], ledger, entry);
                        (*replica, made.unwrap())
                    })
            }
            Op::Sync { from, to, keep } => {
                let sent: Vec<Arc<Event>> = ledgers[*from]
                    .events()
                    .zip((0..64).cycle())
                    .filter(|(_, bit)| keep >> bit & 1 == 1)
                    .map(|(event, _)| Arc::clone(event))
                    .collect();
                ledgers[*to].union(sent);
                None
            }
            Op::Strange { replica, .. } => Some((*replica, strange(op, &events, step))),
        };
        if let Some((replica, event)) = made {
            let event = Arc::new(event);
            ledgers[replica].insert(Arc::clone(&event));
            events.push(event);
        }
    }
    World { events }
}

/// An event no writer of this version makes, in the cells the others use.
fn strange(op: &Op, events: &[Arc<Event>], step: i64) -> Event {
    let Op::Strange {
        replica,
        cell,
        field,
        value,
        extra,
        time_extra,
        parent,
    } = op
    else {
        unreachable!()
    };
    let parents = match events.get(parent % (events.len() + 2)) {
        Some(event) => vec![event.id()],
        // One that never arrives, or none.
        None if parent % 2 == 0 => vec![EventId::from_bytes([7; 32])],
        None => Vec::new(),
    };
    let sealed = Event::seal(Draft {
        replica: format!("máy-{replica}"),
        seq: 1_000 + step.unsigned_abs(),
        time: Stamp {
            ms: START + step,
            c: 3,
        },
        unit: UNITS[cell & 1].to_owned(),
        subject: SUBJECTS[cell >> 1].to_owned(),
        field: ["status", "note", "progress", "mood"][*field].to_owned(),
        value: value.clone(),
        parents,
        author: String::new(),
        extra: extra.clone().into_iter().collect(),
    })
    .unwrap();
    let Some(time_extra) = time_extra else {
        return sealed;
    };
    // Unknown members of `time` come from files only; the error names the id
    // that the content has then.
    let mut json = sealed.to_json();
    json["time"]["zone"] = time_extra.clone();
    match Event::from_json(json.clone()) {
        Err(EventError::WrongId { computed, .. }) => {
            json["id"] = computed.to_string().into();
        }
        other => panic!("a changed event kept its id: {other:?}"),
    }
    Event::from_json(json).unwrap()
}
