//! Everything in a file but its events and digest: which plan it is about, whose it is, when it was
//! written.

use serde_json::{Map, Value};

use super::refusal::Reason;
use super::{ExchangeFile, KNOWN, Kind, PlanRef};
use crate::date::parse_iso;
use crate::json::canon;
use crate::json::{take, without};

pub(super) const OBJECT: &str = "an object";
const TEXT: &str = "a string";
const NON_EMPTY: &str = "a non-empty string";

/// A field refusal; the line is filled in by whoever has the text.
#[inline(never)]
pub(super) fn field(path: &str, expected: &'static str) -> Reason {
    Reason::Field {
        path: path.to_owned(),
        expected,
        line: Some(0),
    }
}

pub(super) fn check_plan(document: &Value, plan_id: &str) -> Result<(), Reason> {
    let plan = document.get("plan").filter(|plan| plan.is_object());
    let plan = plan.ok_or_else(|| field("plan", OBJECT))?;
    let found = plan.get("id").and_then(Value::as_str);
    match found.ok_or_else(|| field("plan.id", TEXT))? {
        found if found == plan_id => Ok(()),
        found => Err(Reason::OtherPlan {
            found: found.to_owned(),
        }),
    }
}

/// Checks how many events there are.
pub(super) fn check_count(stated: u64, found: usize) -> Result<(), Reason> {
    match u64::try_from(found) == Ok(stated) {
        true => Ok(()),
        false => Err(Reason::CountMismatch { stated, found }),
    }
}

/// The file without its events, these as they stand in it, and how many it says there are.
pub(super) fn read_head(mut document: Value) -> Result<(ExchangeFile, Vec<Value>, u64), Reason> {
    canon::normalise(&mut document, 0).map_err(|flaw| field(&flaw.path(), flaw.expected))?;
    let Value::Object(mut map) = document else {
        return Err(Reason::NotOurs);
    };
    let app = take_text(&mut map, "app")?;
    let plan = take_plan(&mut map)?;
    let kind = take_text(&mut map, "kind")?;
    let kind = Kind::parse(&kind).ok_or_else(|| field("kind", "full, delta or review"))?;
    let unit = match take(&mut map, "unit") {
        None | Some(Value::Null) => None,
        Some(Value::String(unit)) if !unit.is_empty() => Some(unit),
        Some(_) => return Err(field("unit", "null or a non-empty string")),
    };
    let replica = take_text(&mut map, "replica")?;
    if replica.is_empty() {
        return Err(field("replica", NON_EMPTY));
    }
    let exported_at = take_text(&mut map, "exportedAt")?;
    if !is_moment(&exported_at) {
        return Err(field("exportedAt", "a time as in RFC 3339"));
    }
    let stated = take(&mut map, "count").and_then(|count| count.as_u64());
    let stated = stated.ok_or_else(|| field("count", "an integer from 0"))?;
    let Some(Value::Array(list)) = take(&mut map, "events") else {
        return Err(field("events", "an array"));
    };
    let ext = match take(&mut map, "ext") {
        None => Map::new(),
        Some(Value::Object(ext)) => ext,
        Some(_) => return Err(field("ext", OBJECT)),
    };
    let file = ExchangeFile {
        app,
        plan,
        kind,
        unit,
        replica,
        exported_at,
        events: Vec::with_capacity(list.len()),
        ext,
        extra: without(map, &KNOWN),
    };
    Ok((file, list, stated))
}

#[inline(never)]
fn take_text(map: &mut Map<String, Value>, key: &str) -> Result<String, Reason> {
    match take(map, key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(field(key, TEXT)),
    }
}

fn take_plan(map: &mut Map<String, Value>) -> Result<PlanRef, Reason> {
    let Some(Value::Object(mut plan)) = take(map, "plan") else {
        return Err(field("plan", OBJECT));
    };
    let mut text = |key: &str| match take(&mut plan, key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(field(&format!("plan.{key}"), TEXT)),
    };
    Ok(PlanRef {
        id: text("id")?,
        version: text("version")?,
        extra: without(plan, &["id", "version"]),
    })
}

/// Whether a text is a time as in RFC 3339. Checked here because chrono's own
/// reader resolves every combination of fields there is, which is loaded with
/// the page.
fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_at_checked(10) else {
        return false;
    };
    let Some((clock, rest)) = time.split_at_checked(9) else {
        return false;
    };
    let zone = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
    };
    parse_iso(day).is_some()
        && matches!(clock.as_bytes()[0], b'T' | b't' | b' ')
        && are_within(&clock[1..], &[23, 59, 60])
        && match zone.as_bytes().first() {
            Some(b'Z' | b'z') => zone.len() == 1,
            Some(b'+' | b'-') => are_within(&zone[1..], &[23, 59]),
            _ => false,
        }
}

/// Whether a text is numbers of two digits with colons between, none above its limit.
fn are_within(text: &str, limits: &[u32]) -> bool {
    let mut parts = text.split(':');
    for limit in limits {
        let part = parts.next().unwrap_or_default();
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || part.parse::<u32>().is_ok_and(|number| number > *limit) {
            return false;
        }
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::is_moment;

    #[test]
    fn moments_are_what_rfc_3339_has() {
        for text in [
            "2026-11-21T09:30:00Z",
            "2026-11-21t09:30:00.123z",
            "2026-11-21 09:30:60.5+07:00",
            "2024-02-29T23:59:59-11:30",
            "2026-11-21T09:30:00+23:59",
            "2023-02-29T09:30:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T09:60:00Z",
            "2026-11-21T09:30:61Z",
            "2026-11-21T09:30:00",
            "2026-11-21T09:30:00.Z",
            "2026-11-21T09:30Z",
            "2026-11-21T09:30:00+07",
            "2026-11-21T09:30:00+0700",
            "2026-11-21T09:30:00+07:60",
            "2026-11-21T09:30:00+24:00",
            "2026-11-21T09:30:00+07:00:00",
            "2026-11-21T9:30:00Z",
            "2026-11-21T+9:30:00Z",
            "2026-11-21T09-30-00Z",
            "2026-11-21T09:30:00Zz",
            "26-11-21T09:30:00Z",
            "2026-11-21_09:30:00Z",
            "2026-11-21",
            "2026-11-2\u{e9}T09:30:00Z",
            "h\u{f4}m qua",
            "",
        ] {
            let expected = DateTime::parse_from_rfc3339(text).is_ok();
            assert_eq!(is_moment(text), expected, "{text}");
        }
    }
}
