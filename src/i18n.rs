//! The words of the page, in Vietnamese and English.
//!
//! `build.rs` turns `locales/vi.json` and `locales/en.json` into the methods of
//! [`Tr`]: a key that one language lacks does not compile. All texts of a
//! language are one string, which compresses better than hundreds of them; a
//! method knows the number of its line. What the domain names (buckets, roles,
//! fields) gets its word here, in one place.

#![allow(
    missing_docs,
    reason = "the generated methods carry the Vietnamese text as their documentation"
)]

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike};
use tracker::binding::Role;
use tracker::date::{Deadline, DeadlineKind, Period, format_date};
use tracker::filter::Span;
use tracker::ledger::{Field, Status, Way};
use tracker::record::Fault;
use tracker::status::Bucket;
use tracker::text::{Argument, Lang, Words, cut, fill, format_count, lowercase, visible};

/// How many characters of a name stand on the page before it is cut.
const NAME: usize = 160;

/// The catalogue in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tr(pub Lang);

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The lines between the marks that `build.rs` puts around what comes with the rest.
#[inline(never)]
pub fn unmarked(marked: &'static str) -> &'static str {
    let inner = marked.split_once('\n').map_or("", |(_, rest)| rest);
    inner.rsplit_once('\n').map_or("", |(lines, _)| lines)
}

impl Tr {
    /// The text with this number in the order of the catalogue.
    fn text(self, number: usize) -> &'static str {
        static VI_TEXTS: OnceLock<Vec<&str>> = OnceLock::new();
        static LATER_TEXTS: OnceLock<Vec<&str>> = OnceLock::new();
        static EN_TEXTS: OnceLock<Vec<&str>> = OnceLock::new();
        let (texts, joined, number) = match (self.0, number.checked_sub(FIRST)) {
            (Lang::Vi, None) => (&VI_TEXTS, VI, number),
            // Nobody asks before the rest of the program is there: see `App::has_words`, and
            // `tools/embed/catalogue.rs` for what comes late in Vietnamese.
            (Lang::Vi, Some(number)) => (&LATER_TEXTS, unmarked(VI_LATER), number),
            (Lang::En, _) => (&EN_TEXTS, unmarked(EN), number),
        };
        if joined.is_empty() {
            // Asked for too early; not to be remembered.
            return "";
        }
        let texts = texts.get_or_init(|| joined.split('\n').collect());
        texts.get(number).copied().unwrap_or_default()
    }

    /// The text with this number and its arguments in place.
    fn fill(self, number: usize, arguments: &[Argument<'_>]) -> String {
        fill(self.text(number), arguments, self.0)
    }

    /// A count with the thousands separator of the language.
    pub fn count(self, n: usize) -> String {
        format_count(n, self.0)
    }

    /// A name, an id or the like that somebody else wrote, with nothing in it hidden, cut where it is
    /// absurdly long.
    pub fn named(self, text: &str) -> String {
        let shown = visible(text);
        match cut(&shown, NAME) {
            Some((at, left)) => self.cut(&shown[..at], self.count(left)),
            None => shown.into_owned(),
        }
    }

    /// The name of a bucket, e.g. "Chưa thực hiện, quá hạn".
    pub fn bucket(self, bucket: Bucket) -> &'static str {
        match bucket {
            Bucket::NotStartedOverdue => self.bucket_not_started_overdue(),
            Bucket::InProgressOverdue => self.bucket_in_progress_overdue(),
            Bucket::NotStartedInTime => self.bucket_not_started(),
            Bucket::InProgressInTime => self.bucket_in_progress(),
            Bucket::Ongoing => self.bucket_ongoing(),
            Bucket::CompletedOnTime => self.bucket_on_time(),
            Bucket::CompletedLate => self.bucket_late(),
            Bucket::CompletedNoDeadline => self.bucket_done_undated(),
        }
    }

    /// The name of a role.
    pub fn role(self, role: Role) -> &'static str {
        match role {
            Role::Lead => self.role_lead(),
            Role::Coordinator => self.role_coordinator(),
        }
    }

    /// The name of a kind of time limit.
    pub fn deadline_kind(self, kind: DeadlineKind) -> &'static str {
        match kind {
            DeadlineKind::By => self.deadline_by(),
            DeadlineKind::From => self.deadline_from(),
            DeadlineKind::Ongoing => self.deadline_ongoing(),
            DeadlineKind::PerDocument => self.deadline_per_document(),
            DeadlineKind::None => self.deadline_none(),
        }
    }

    /// A deadline as its document puts it, e.g. "Tháng 3/2023" or "Từ tháng 02/2023".
    pub fn deadline(self, deadline: Deadline) -> String {
        let period = deadline.period.map(|p| p.label(self.0)).unwrap_or_default();
        match deadline.kind {
            DeadlineKind::By => period,
            DeadlineKind::From => self.deadline_from_period(lower_first(&period, self.0)),
            kind => self.deadline_kind(kind).to_owned(),
        }
    }

    /// A span of days in words, e.g. "từ tháng 3/2023".
    pub fn span(self, span: Span) -> String {
        let words = |period: Period| lower_first(&period.label(self.0), self.0);
        match span {
            Span::In(p) => words(p),
            Span::Before(p) => self.span_before(words(p)),
            Span::To(p) => self.span_to(words(p)),
            Span::After(p) => self.span_after(words(p)),
            Span::From(p) => self.span_from(words(p)),
            Span::Between(a, b) => self.span_between(words(a), words(b)),
        }
    }

    /// The name of a recorded field.
    pub fn field(self, field: Field) -> &'static str {
        match field {
            Field::Status => self.field_status(),
            Field::Progress => self.field_progress(),
            Field::Forecast => self.field_forecast(),
            Field::Extension => self.field_extension(),
            Field::Blocker => self.field_blocker(),
            Field::SelfRating => self.field_self_rating(),
            Field::ReviewerRating => self.field_reviewer_rating(),
            Field::Assignee => self.field_assignee(),
            Field::Note => self.field_note(),
            Field::Evidence => self.field_evidence(),
            Field::Review => self.field_review(),
            Field::Observation => self.field_observation(),
            Field::Closing => self.field_closing(),
        }
    }

    /// A status in words, with its date where it has one.
    pub fn status(self, status: Status) -> String {
        match status {
            Status::NotStarted => self.status_not_started().to_owned(),
            Status::InProgress => self.status_in_progress().to_owned(),
            Status::Done { date } => self.status_done_on(format_date(date)),
        }
    }

    /// What is wrong with an input, and what to do about it.
    pub fn fault(self, fault: Fault) -> &'static str {
        match fault {
            Fault::DateMissing => self.fault_date_missing(),
            Fault::DateUnreadable => self.fault_date_unreadable(),
            Fault::DateAhead => self.fault_date_ahead(),
            Fault::ProgressUnreadable => self.fault_progress(),
            Fault::ExtensionDateMissing => self.fault_extension_date(),
            Fault::ExtensionNotLater => self.fault_extension_later(),
            Fault::GrantMissing => self.fault_grant(),
            Fault::ReasonMissing => self.fault_reason(),
        }
    }

    /// The name of a step: "Hoàn tác: Tiến độ của CT05-B-06".
    pub fn step(self, way: Way, what: Option<String>) -> String {
        match (way, what) {
            (way, None) => self.step_none(way).to_owned(),
            (Way::Back, Some(what)) => self.step_back(what),
            (Way::Forth, Some(what)) => self.step_forth(what),
        }
    }

    /// What is said where there is no step that way.
    pub fn step_none(self, way: Way) -> &'static str {
        match way {
            Way::Back => self.step_back_none(),
            Way::Forth => self.step_forth_none(),
        }
    }

    /// How far `due` is from `asof`: "quá hạn 3 ngày", "còn 5 ngày", "đến hạn hôm nay".
    pub fn distance(self, due: NaiveDate, asof: NaiveDate) -> String {
        let days = (due - asof).num_days();
        let n = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
        match days {
            0 => self.distance_today().to_owned(),
            1.. => self.distance_left(n),
            _ => self.distance_overdue(n),
        }
    }
}

/// "Tháng 3/2023" inside a sentence: the first letter falls to lower case in Vietnamese.
pub fn lower_first(text: &str, lang: Lang) -> String {
    let mut chars = text.chars();
    match (lang, chars.next()) {
        (Lang::Vi, Some(first)) => std::iter::once(lowercase(first)).chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The day of a moment in ms since 1970, `offset_minutes` east of UTC.
pub fn day_of(ms: i64, offset_minutes: i32) -> NaiveDate {
    DateTime::from_timestamp_millis(ms)
        .and_then(|t| t.checked_add_signed(TimeDelta::minutes(i64::from(offset_minutes))))
        .map(|t| t.naive_utc().date())
        .unwrap_or_default()
}

/// A moment as the page shows it: `21/11/2026 14:30`, in the reader's own time zone.
///
/// `ms` counts from 1970 in UTC; `offset_minutes` is what to add for the reader.
pub fn moment(ms: i64, offset_minutes: i32) -> String {
    DateTime::from_timestamp_millis(ms)
        .and_then(|t| t.checked_add_signed(TimeDelta::minutes(i64::from(offset_minutes))))
        .map(|t| {
            let t = t.naive_utc();
            format!(
                "{} {:02}:{:02}",
                format_date(t.date()),
                t.hour(),
                t.minute()
            )
        })
        .unwrap_or_default()
}

/// Reads an RFC 3339 moment in UTC as this page writes it, in milliseconds since 1970.
pub fn read_moment(text: &str) -> Option<i64> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = time.split([':', '.']).map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten();
    let day = tracker::date::parse_iso(day)?;
    let moment = day.and_hms_opt(next()?, next()?, next()?)?;
    Some(moment.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIETNAMESE: Tr = Tr(Lang::Vi);
    const ENGLISH: Tr = Tr(Lang::En);

    #[test]
    fn a_key_has_its_text_in_each_language() {
        assert_eq!(VIETNAMESE.undo(), "Hoàn tác");
        assert_eq!(ENGLISH.undo(), "Undo");
        let count = |lines: &str| lines.split('\n').count();
        assert_eq!(count(VI), FIRST);
        assert_eq!(FIRST + count(unmarked(VI_LATER)), count(unmarked(EN)));
        assert_eq!(VIETNAMESE.views_open(), "Khung nhìn", "it comes later");
    }

    #[test]
    fn arguments_stand_where_the_language_puts_them() {
        assert_eq!(ENGLISH.unit_found(1), "1 choice");
        assert_eq!(ENGLISH.unit_found(1234), "1,234 choices");
        assert_eq!(
            ENGLISH.refused_count("a.json", 3_u64, "2".to_owned()),
            "a.json says it holds 3 updates (field count) but holds 2. Ask the sender for it again."
        );
        assert_eq!(
            VIETNAMESE.history_changed("Ghi chú", "{1}", "độ"),
            "Ghi chú: {1} → độ"
        );
    }

    #[test]
    fn a_distance_counts_days() {
        let day = |d| NaiveDate::from_ymd_opt(2023, 7, d).unwrap_or_default();
        assert_eq!(ENGLISH.distance(day(2), day(1)), "1 day left");
        assert_eq!(ENGLISH.distance(day(1), day(3)), "2 days overdue");
        assert_eq!(ENGLISH.distance(day(1), day(1)), "due today");
    }
}
