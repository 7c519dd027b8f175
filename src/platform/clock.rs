//! What time it is where the reader is.

use chrono::NaiveDate;
use js_sys::Date;
use wasm_bindgen::JsValue;

/// Milliseconds since 1970-01-01T00:00:00Z, by the machine's clock.
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// The calendar day in the reader's time zone. It changes at midnight there,
/// so ask again rather than keep it.
pub fn today() -> NaiveDate {
    let now = Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    // A `Date` of now is always a real day; its months count from 0.
    NaiveDate::from_ymd_opt(year, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// Minutes to add to UTC for the reader's own time at the moment `ms` (since
/// 1970): 420 in Vietnam.
pub fn offset_minutes(ms: i64) -> i32 {
    let moment = Date::new(&JsValue::from_f64(ms as f64));
    // JavaScript counts from local time to UTC.
    -(moment.get_timezone_offset() as i32)
}
