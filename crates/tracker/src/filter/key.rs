//! The keys of filters, and what may stand behind each.

use crate::plan::{Agency, Plan};
use crate::text::fold;

/// The key of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// `lead:` / `chutri:` — who leads.
    Lead,
    /// `coord:` / `phoihop:` — who coordinates.
    Coordinator,
    /// `agency:` / `donvi:` — either role.
    Agency,
    /// `role:` / `vaitro:` — the chosen unit's role.
    Role,
    /// `basis:` / `cancu:` — why the task binds the chosen unit.
    Basis,
    /// `doc:` / `vanban:` — the document.
    Document,
    /// `group:` / `nhom:` — the group within the document's appendix.
    Group,
    /// `topic:` / `chude:` — the topic.
    Topic,
    /// `indicator:` / `chitieu:` — what measures the task.
    Indicator,
    /// `bottleneck:` / `diemnghen:` — what the task answers.
    Bottleneck,
    /// `deadline:` / `loaihan:` — the kind of time limit.
    Deadline,
    /// `due:` / `han:` — the due date.
    Due,
    /// `bucket:` / `trangthai:` — where the task stands.
    Bucket,
    /// `status:` / `thuchien:` — how far it was reported to be, whatever the day.
    Status,
    /// `completed:` / `hoanthanh:` — the day of completion.
    Completed,
    /// `updated:` / `capnhat:` — the day of the last update.
    Updated,
    /// `review:` / `duyet:` — how its report stands with its reviewers.
    Review,
    /// `assignee:` / `phutrach:` — who works on it.
    Assignee,
    /// `has:` / `co:` — what the task or its report has.
    Has,
    /// `no:` / `khong:` — what the task or its report lacks.
    No,
}

/// What the values of a key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Agencies and collectives.
    Agencies,
    /// Things of the plan, by id or name.
    Things,
    /// Words of a fixed list.
    Words,
    /// Days, periods and spans of these.
    Days,
    /// Any text.
    Text,
}

impl Key {
    /// Every key with its English and Vietnamese spelling.
    pub const ALL: [(Key, &'static str, &'static str); 20] = [
        (Key::Lead, "lead", "chutri"),
        (Key::Coordinator, "coord", "phoihop"),
        (Key::Agency, "agency", "donvi"),
        (Key::Role, "role", "vaitro"),
        (Key::Basis, "basis", "cancu"),
        (Key::Document, "doc", "vanban"),
        (Key::Group, "group", "nhom"),
        (Key::Topic, "topic", "chude"),
        (Key::Indicator, "indicator", "chitieu"),
        (Key::Bottleneck, "bottleneck", "diemnghen"),
        (Key::Deadline, "deadline", "loaihan"),
        (Key::Due, "due", "han"),
        (Key::Bucket, "bucket", "trangthai"),
        (Key::Status, "status", "thuchien"),
        (Key::Completed, "completed", "hoanthanh"),
        (Key::Updated, "updated", "capnhat"),
        (Key::Review, "review", "duyet"),
        (Key::Assignee, "assignee", "phutrach"),
        (Key::Has, "has", "co"),
        (Key::No, "no", "khong"),
    ];

    /// The key with this spelling, in either language, with or without diacritics.
    pub fn parse(name: &str) -> Option<Key> {
        let name = squash(name);
        Key::ALL
            .into_iter()
            .find(|(_, en, vi)| name == *en || name == *vi)
            .map(|(key, ..)| key)
    }

    /// The spelling that menus write.
    pub fn name(self) -> &'static str {
        Key::ALL
            .into_iter()
            .find(|(key, ..)| *key == self)
            .map_or("", |(_, en, _)| en)
    }

    /// What its values are.
    pub fn values(self) -> Values {
        match self {
            Key::Lead | Key::Coordinator | Key::Agency => Values::Agencies,
            Key::Document | Key::Group | Key::Topic | Key::Indicator | Key::Bottleneck => {
                Values::Things
            }
            Key::Due | Key::Completed | Key::Updated => Values::Days,
            Key::Assignee => Values::Text,
            _ => Values::Words,
        }
    }

    /// The words of its fixed list, as menus write them; none where it has no such list.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        words(self).map(|(word, _)| word)
    }

    /// The word of its fixed list that goes by `value`.
    pub fn word(self, value: &str) -> Option<&'static str> {
        let wanted = squash(value);
        words(self)
            .find(|(word, others)| {
                squash(word) == wanted || others.split(' ').any(|other| other == wanted)
            })
            .map(|(word, _)| word)
    }
}

/// The words of a key with their other spellings.
pub(super) fn words(key: Key) -> impl Iterator<Item = (&'static str, &'static str)> {
    let key = if key == Key::No { Key::Has } else { key };
    WORDS
        .iter()
        .filter(move |w| w.0 == key)
        .map(|(_, word, others)| (*word, *others))
}

/// Key, word, and its other spellings without marks and spaces.
const WORDS: &[(Key, &str, &str)] = &[
    (Key::Role, "lead", "chutri"),
    (Key::Role, "coord", "coordinator phoihop"),
    (Key::Basis, "named", "neuten dichdanh"),
    (Key::Basis, "collective", "theonhom nhom"),
    (Key::Basis, "inherited", "kethua"),
    (Key::Deadline, "by", "cothoihan"),
    (Key::Deadline, "from", "tumotthoidiem tuthoidiem"),
    (Key::Deadline, "ongoing", "thuchienthuongxuyen thuongxuyen"),
    (
        Key::Deadline,
        "per-document",
        "theotiendocuavanbankhac theovanban",
    ),
    (Key::Deadline, "none", "khongneuthoihan khongneu"),
    (Key::Bucket, "overdue", "quahan"),
    (Key::Bucket, "open", "chuaxong"),
    (Key::Bucket, "done", "completed hoanthanh"),
    (Key::Bucket, "not-started-overdue", "chuathuchienquahan"),
    (Key::Bucket, "in-progress-overdue", "dangthuchienquahan"),
    (Key::Bucket, "not-started", "chuathuchientronghan"),
    (Key::Bucket, "in-progress", "dangthuchientronghan"),
    (
        Key::Bucket,
        "ongoing",
        "thuongxuyenkhongthoihan thuongxuyen",
    ),
    (Key::Bucket, "on-time", "hoanthanhdunghan dunghan"),
    (Key::Bucket, "late", "hoanthanhquahan"),
    (Key::Bucket, "done-undated", "hoanthanhkhongthoihan"),
    (Key::Status, "not-started", "chuathuchien chua"),
    (Key::Status, "in-progress", "dangthuchien dang"),
    (Key::Status, "done", "completed hoanthanh xong"),
    (Key::Review, "returned", "bitralai tralai"),
    (Key::Review, "accepted", "chapnhan daduyet"),
    (Key::Review, "waiting", "choduyet cho"),
    (Key::Has, "lead", "chutri"),
    (Key::Has, "coord", "coordinator phoihop"),
    (Key::Has, "deadline", "due thoihan han"),
    (Key::Has, "deliverable", "sanpham"),
    (Key::Has, "indicator", "chitieu"),
    (Key::Has, "bottleneck", "diemnghen"),
    (Key::Has, "update", "capnhat"),
    (Key::Has, "progress", "tiendo"),
    (Key::Has, "forecast", "dukien"),
    (Key::Has, "extension", "giahan"),
    (Key::Has, "blocker", "vuongmac"),
    (Key::Has, "rating", "danhgia"),
    (Key::Has, "assignee", "phutrach nguoiphutrach"),
    (Key::Has, "note", "ghichu"),
    (Key::Has, "evidence", "minhchung"),
    (Key::Has, "review", "xemxet duyet"),
    (Key::Has, "difference", "khacnhau"),
    (Key::Has, "late-start", "chamkhoidong chambatdau"),
];

/// Letters and digits alone, folded: what "Chủ trì", `chu-tri` and `chutri` have in common.
pub(super) fn squash(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Something of the plan that a filter can name: its id and what else it goes by.
pub(super) type Named<'a> = (&'a str, Vec<&'a str>);

/// The things of the plan that values of `key` may name, in the order of the plan.
pub(super) fn things(plan: &Plan, key: Key) -> Vec<Named<'_>> {
    match key {
        Key::Document => {
            let documents = plan.documents().iter().filter(|d| d.assigns);
            let named = documents.map(|d| (d.id.as_str(), vec![d.number.as_str()]));
            named.collect()
        }
        Key::Topic => {
            let topics = plan.manifest().topics.iter();
            let named = topics.map(|t| (t.id.as_str(), t.name.all()));
            named.collect()
        }
        Key::Indicator => {
            let indicators = plan.indicators().iter();
            let named = indicators.map(|i| (i.id.as_str(), i.name.all()));
            named.collect()
        }
        Key::Bottleneck => {
            let bottlenecks = plan.bottlenecks().iter();
            let named = bottlenecks.map(|b| (b.id.as_str(), b.title.all()));
            named.collect()
        }
        Key::Group => {
            let mut groups: Vec<Named<'_>> = Vec::new();
            for group in plan.tasks().iter().filter_map(|t| t.group.as_deref()) {
                if !groups.iter().any(|g| g.0 == group) {
                    groups.push((group, Vec::new()));
                }
            }
            groups
        }
        Key::Lead | Key::Coordinator | Key::Agency => {
            let agencies = plan.agencies().iter();
            agencies.map(|a| (a.id.as_str(), names_of(a))).collect()
        }
        _ => Vec::new(),
    }
}

/// All that an agency is called, or was: the abbreviation first.
pub(super) fn names_of(agency: &Agency) -> Vec<&str> {
    let mut names = vec![agency.abbreviation.as_str()];
    names.extend(agency.name.all());
    for renamed in &agency.renamed {
        names.extend(renamed.name.all());
    }
    names.extend(agency.aliases.iter().map(String::as_str));
    names
}
