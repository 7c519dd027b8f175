//! Figures as people read them.

use super::series::Point;
use crate::plan::Indicator;
use crate::text::{Lang, format_decimal, format_percent_fixed};

/// How many digits after the point a figure keeps at most. Sources print one or two; what somebody
/// records is kept as it was typed.
const PRINTED: u8 = 6;

/// Whether the indicator's values are percentages, plain ("%") or of something ("% GDP").
pub fn is_percent(indicator: &Indicator) -> bool {
    indicator.unit.vi().starts_with('%')
}

/// A share, such as an attainment or part by whole, as a percentage.
///
/// A whole percentage is printed whole (9/12 is 75%, 48 of 40 is 120%). Everything else has one
/// digit, also when that is a nought: 35/53 is 66,0%, which says that it was rounded. What is not
/// quite everything is never rounded to 100,0%, but is 99,9%.
pub fn share(ratio: f64, lang: Lang) -> String {
    let percent = ratio * 100.0;
    let whole = (percent - percent.round()).abs() < 1e-9 * percent.abs().max(1.0);
    let shown = if !whole && ratio < 1.0 && ratio > 0.999 {
        0.999
    } else {
        ratio
    };
    format_percent_fixed(shown, u8::from(!whole), lang)
}

/// A value with its unit: "48 triệu tài khoản", "89,5%", "15,2% GDP". A printed value keeps the
/// digits it was printed with.
pub fn amount(value: f64, indicator: &Indicator, lang: Lang) -> String {
    let mut text = format_decimal(value, PRINTED, lang);
    let unit = indicator.unit.get(lang);
    if !unit.starts_with('%') {
        text.push(' ');
    }
    text + unit
}

/// A figure with its ratio: "2.164/2.418 (89,5%)" where part and whole are given, else its
/// [`amount`]. Its qualifier is left out; see [`worded`].
pub fn figure(point: &Point<'_>, indicator: &Indicator, lang: Lang) -> String {
    let (Some(part), Some(whole)) = (point.numerator, point.denominator) else {
        return amount(point.value, indicator, lang);
    };
    let ratio = [part, whole].map(|number| format_decimal(number, PRINTED, lang));
    let [part_text, whole_text] = &ratio;
    [
        part_text,
        "/",
        whole_text,
        " (",
        &share(part / whole, lang),
        ")",
    ]
    .concat()
}

/// A figure as its source puts it, with the qualifier before it: "trên 48 triệu tài khoản".
pub fn worded(point: &Point<'_>, indicator: &Indicator, lang: Lang) -> String {
    let figure = figure(point, indicator, lang);
    match &point.qualifier {
        Some(words) => [words.get(lang), " ", &figure].concat(),
        None => figure,
    }
}
