//! Files in and out: export, and reading what was chosen for import. Merging: [`merge`](super::merge).

use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Timelike};
use leptos::task::spawn_local;
use serde_json::Map;
use tracker::exchange::{
    self, ExchangeFile, MAX_BYTES, Oddities, PlanRef, Preview, Reader, Reason, Refusal, Selection,
    Sent, Writing, select,
};
use tracker::json;
use tracker::ledger::Event;
use tracker::views::{self, SavedView};

use super::desk::PART;
use super::work::Doing;
use super::{App, Unit, Weight};
use crate::platform::files::{self, ReadError};
use crate::platform::slice::Slices;

/// A file that was chosen for import.
#[derive(Debug)]
pub struct Incoming {
    /// Its name.
    pub name: String,
    /// What was found in it.
    pub found: Found,
}

/// What was found in a chosen file.
#[derive(Debug)]
pub enum Found {
    /// A good file, what merging it would do, and what is odd about it.
    Good(Box<ExchangeFile>, Box<Preview>, Oddities),
    /// A file that is refused whole.
    Refused(Reason),
    /// The browser did not hand over the bytes; its own words.
    Unreadable(String),
}

/// A part of the ledger, for a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the last export did not hold.
    New,
    /// What is recorded for these units.
    Units(Vec<String>),
    /// The reviews of the reports of this unit.
    Reviews(String),
}

impl App {
    /// Hands the ledger, or a part of it, to the user as a file.
    pub(super) fn export(self, part: Option<Part>) {
        let sent = self.settings.with_untracked(|s| Sent::read(&s.sent));
        let sent = sent.unwrap_or_default();
        let selection = match &part {
            None => Selection::All,
            Some(Part::New) => Selection::Since(&sent),
            Some(Part::Units(units)) => Selection::Units(units),
            Some(Part::Reviews(unit)) => Selection::Reviews(unit),
        };
        // Whether the file, with those before it, holds all there is.
        let whole = matches!(part, None | Some(Part::New));
        let now = self.platform.with_value(|p| (p.now)());
        let unit = match &part {
            None | Some(Part::New) => self.reporting_unit(),
            Some(Part::Units(units)) => match units.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            },
            Some(Part::Reviews(unit)) => Some(unit.clone()),
        };
        let file = self.file_of(selection, unit, whole, now);
        let stamp = rfc3339(now).replace([':', '-'], "");
        let stamp = stamp
            .split('.')
            .next()
            .unwrap_or_default()
            .trim_end_matches('Z');
        let asof = self.asof.get_untracked();
        let name = exchange::file_name(file.unit.as_deref(), asof, stamp);
        let sent = self.ledger.with_untracked(|ledger| Sent::of(ledger, now));
        spawn_local(async move {
            let own = self.own_replicas();
            let own = file.events.iter().filter(|e| e.replica().starts_with(&own));
            let (count, latest) = (file.events.len(), own.map(|e| e.time()).max());
            let texts = in_parts(file).await;
            let names = exchange::part_names(&name, texts.len());
            for (name, text) in names.iter().zip(&texts) {
                if !self.download(name, "application/json", text) {
                    return;
                }
            }
            if whole {
                self.change_settings(|s| {
                    s.exported = latest.or(s.exported);
                    s.sent = sent.to_json();
                });
            }
            if part.is_none() {
                self.hidden
                    .update_value(|hidden| hidden.exported = Some(count));
            }
            let (tr, files) = (self.tr_now(), names.len());
            let text = match names.first() {
                Some(first) if files > 1 => tr.export_done_in_parts(count, tr.count(files), first),
                _ => tr.outcome_exported(count, &name),
            };
            self.say(Weight::Done, text, Vec::new());
        });
    }

    /// The agency that a file of this page is from; `None` for the whole country.
    fn reporting_unit(self) -> Option<String> {
        match self.views.unit.get_untracked() {
            Some(Unit::Agency(agency)) => Some(agency.id.clone()),
            Some(Unit::Country) => None,
            None => self.settings.with_untracked(|s| s.unit.clone()),
        }
    }

    /// A file of the whole ledger, as of the moment `now` in ms since 1970.
    pub(super) fn whole_file(self, now: i64) -> ExchangeFile {
        self.file_of(Selection::All, self.reporting_unit(), true, now)
    }

    /// A file of a part of the ledger; with the saved views where `with_views` says so.
    fn file_of(
        self,
        selection: Selection<'_>,
        unit: Option<String>,
        with_views: bool,
        now: i64,
    ) -> ExchangeFile {
        ExchangeFile {
            app: concat!("tiendo06 ", env!("CARGO_PKG_VERSION")).to_owned(),
            plan: PlanRef {
                id: self.plan.manifest().id.clone(),
                version: self.plan.manifest().version.clone(),
                extra: Map::new(),
            },
            kind: selection.kind(),
            unit,
            replica: self.settings.with_untracked(|s| s.device.clone()),
            exported_at: rfc3339(now),
            events: self
                .ledger
                .with_untracked(|ledger| select(ledger, selection)),
            ext: self.settings.with_untracked(|s| {
                let mut ext = Map::new();
                if with_views && !s.views.is_empty() {
                    json::set(&mut ext, views::MEMBER, views::write(&s.views));
                }
                ext
            }),
            extra: Map::new(),
        }
    }

    /// Reads what was chosen for import, unless something else goes on.
    pub(super) fn read_files(self, chosen: Vec<web_sys::File>) {
        let (works, total) = (self.works, chosen.len());
        if self.busy() {
            return;
        }
        let job = works.begin(Doing::Reading, total);
        spawn_local(async move {
            let mut slices = Slices::begin();
            let mut incoming = Vec::new();
            for file in chosen {
                let name = file.name();
                let found = match files::read_file(file).await {
                    Ok(bytes) => self.look_into(&name, bytes, &mut slices).await,
                    Err(ReadError::TooLarge { bytes, limit }) => {
                        let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
                        Found::Refused(Reason::TooLarge {
                            bytes: size(bytes),
                            limit: size(limit),
                        })
                    }
                    Err(ReadError::Unreadable(detail)) => Found::Unreadable(detail),
                };
                if !works.counts(job) {
                    return;
                }
                incoming.push(Rc::new(Incoming { name, found }));
                works.did(incoming.len(), total);
            }
            self.incoming.set(incoming);
            self.end_work();
        });
    }

    async fn look_into(self, name: &str, bytes: Vec<u8>, slices: &mut Slices) -> Found {
        let mut reader = Reader::new(name, bytes, &self.plan.manifest().id);
        let read = loop {
            slices.make_way().await;
            if let Some(read) = reader.step(PART) {
                break read;
            }
        };
        match read {
            Ok(file) => {
                let odd = self.odd_in(&file.events, slices).await;
                let preview = self
                    .ledger
                    .with_untracked(|ledger| exchange::preview(&file, ledger));
                Found::Good(Box::new(file), Box::new(preview), odd)
            }
            Err(Refusal { reason, .. }) => Found::Refused(reason),
        }
    }

    /// What is odd about the events of a file, looked for in slices.
    pub(super) async fn odd_in(self, events: &[Arc<Event>], slices: &mut Slices) -> Oddities {
        let (plan, now) = (self.plan, self.platform.with_value(|p| (p.now)()));
        let mut odd = Oddities::default();
        for part in events.chunks(PART) {
            odd.look(
                part,
                |id| plan.knows_subject(id),
                |id| plan.knows_unit(id),
                now,
            );
            slices.make_way().await;
        }
        odd
    }

    /// How many saved views a file has that are not here yet. Tracks the settings.
    pub fn new_views(self, file: &ExchangeFile) -> usize {
        let mut views = self.settings.with(|s| s.views.clone());
        views::merge(&mut views, &views_in(file))
    }
}

/// The text of a file, or of several that hold the same together, where one would be too large to be
/// read again.
async fn in_parts(file: ExchangeFile) -> Vec<String> {
    let (mut texts, mut left) = (Vec::new(), vec![file]);
    while let Some(part) = left.pop() {
        let text = in_slices(&part).await;
        if text.len() <= MAX_BYTES || part.events.len() < 2 {
            texts.push(text);
        } else {
            let [first, second] = part.halves();
            left.extend([second, first]);
        }
    }
    texts
}

/// The text of a file, written in slices.
pub(super) async fn in_slices(file: &ExchangeFile) -> String {
    let (mut writing, mut slices) = (Writing::new(file), Slices::begin());
    loop {
        if let Some(text) = writing.step(PART) {
            return text;
        }
        slices.make_way().await;
    }
}

/// The saved views that a file carries; none when what stands in their place is something else.
pub(super) fn views_in(file: &ExchangeFile) -> Vec<SavedView> {
    let views = file.ext.get(views::MEMBER).cloned();
    views.and_then(views::read).unwrap_or_default()
}

/// A moment as RFC 3339 in UTC, to the second.
fn rfc3339(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms)
        .map(|t| {
            let t = t.naive_utc();
            let (year, month, day) = (t.year(), t.month(), t.day());
            let (hour, minute, second) = (t.hour(), t.minute(), t.second());
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_to_the_second() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_790_000_000_999, "2026-09-21T14:13:20Z"),
            (1_767_225_599_000, "2025-12-31T23:59:59Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(rfc3339(ms), text);
            let second = ms.div_euclid(1000) * 1000;
            assert_eq!(crate::i18n::read_moment(text), Some(second));
        }
    }
}
