//! Numbers as people type them.

use super::Lang;
use double_text::nearest;

/// Reads a number as people type it in a language: `1.234,5` in Vietnamese, `1,234.5` in English.
///
/// What a point or a comma means follows from the number itself where it can only mean one thing,
/// and else from the language:
///
/// - both occur: the last is the decimal sign (`1.234,5` and `1,234.5` are one number in both
///   languages);
/// - one of them occurs more than once: it separates thousands (`48.000.000`);
/// - the language's decimal sign occurs once: it is that (`1,234` is 1.234 in Vietnamese and
///   a thousand more in English, so a form should show what it understood);
/// - the language's thousands sign occurs once: it separates thousands if three digits follow one
///   to three that do not begin with a nought (`1.234`), else it can only be a decimal sign
///   (`15.2`, `0.895`).
///
/// Thousands come in threes, or the text is no number. A sign may stand before it (`-`, `−` or
/// `+`), nothing else: a percent sign is the caller's.
pub fn parse_number(text: &str, lang: Lang) -> Option<f64> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '\u{2212}']);
    let digits = unsigned.or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let (group, point) = signs(digits, lang);
    let (whole, fraction) = match point.and_then(|point| digits.split_once(point)) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let lone_point = point.is_some() && fraction.is_empty();
    let all = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(|c| Some(c) == group);
    let first = groups.next().unwrap_or_default();
    let grouped = group.is_some_and(|group| whole.contains(group));
    let mut written = first.to_owned();
    for three in groups {
        if three.len() != 3 {
            return None;
        }
        written.push_str(three);
    }
    let fits = !first.is_empty() && (!grouped || first.len() <= 3);
    if !fits || lone_point || !all(&written) || !all(fraction) {
        return None;
    }
    let places = i32::try_from(written.len()).ok()?;
    written.push_str(fraction);
    let value = nearest(written.as_bytes(), places)?;
    Some(if unsigned.is_some() {
        0.0 - value
    } else {
        value
    })
}

/// Which sign separates thousands in a number, and which is its decimal sign.
fn signs(digits: &str, lang: Lang) -> (Option<char>, Option<char>) {
    let (group, point) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let count = |sign: char| digits.matches(sign).count();
    match (count(group), count(point)) {
        (0, 0) => (None, None),
        (0, 1) => (None, Some(point)),
        (0, _) => (Some(point), None),
        (1, 0) if is_decimal(digits, group) => (None, Some(group)),
        (_, 0) => (Some(group), None),
        _ if digits.rfind(point) > digits.rfind(group) => (Some(group), Some(point)),
        _ => (Some(point), Some(group)),
    }
}

/// Whether the one thousands sign of a number cannot separate thousands.
fn is_decimal(digits: &str, group: char) -> bool {
    digits.split_once(group).is_some_and(|(before, after)| {
        after.len() != 3 || before.len() > 3 || before.starts_with('0')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::format_decimal;

    #[test]
    fn numbers_are_read_as_they_are_typed() {
        for (text, vi, en) in [
            ("1.234,5", Some(1234.5), Some(1234.5)),
            ("1,234.5", Some(1234.5), Some(1234.5)),
            ("48.000.000", Some(48e6), Some(48e6)),
            ("48,000,000", Some(48e6), Some(48e6)),
            ("1.234.567,8", Some(1_234_567.8), Some(1_234_567.8)),
            // What one language alone can decide.
            ("1,234", Some(1.234), Some(1234.0)),
            ("1.234", Some(1234.0), Some(1.234)),
            ("89,5", Some(89.5), Some(89.5)),
            ("89.5", Some(89.5), Some(89.5)),
            ("0.895", Some(0.895), Some(0.895)),
            ("0,895", Some(0.895), Some(0.895)),
            ("1234.567", Some(1234.567), Some(1234.567)),
            ("48000000", Some(48e6), Some(48e6)),
            (" -7,25 ", Some(-7.25), Some(-7.25)),
            ("\u{2212}7", Some(-7.0), Some(-7.0)),
            ("+3", Some(3.0), Some(3.0)),
            ("0", Some(0.0), Some(0.0)),
            ("-0", Some(0.0), Some(0.0)),
            ("007", Some(7.0), Some(7.0)),
        ] {
            assert_eq!(parse_number(text, Lang::Vi), vi, "{text}");
            assert_eq!(parse_number(text, Lang::En), en, "{text}");
        }
        assert_eq!(
            parse_number("-0", Lang::Vi).map(f64::is_sign_negative),
            Some(false)
        );
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            " ",
            "-",
            "+",
            "--1",
            "1 234",
            "1.23.456",
            "1.2345.678",
            "1234.567.890",
            "1.,5",
            ",5",
            ".5",
            "5,",
            "5.",
            "1,2,3",
            "1.234,",
            "1.234,5,6",
            "1,5.234.567",
            "89,5%",
            "1e5",
            "NaN",
            "inf",
            "١٢",
            "mười",
            "1.234.56",
            ".123.456",
            "1,234,5",
        ] {
            for lang in [Lang::Vi, Lang::En] {
                assert_eq!(parse_number(text, lang), None, "{text}");
            }
        }
        let huge = "9".repeat(400);
        assert_eq!(parse_number(&huge, Lang::Vi), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(number in -1_000_000_000_000i64..1_000_000_000_000, places in 0i32..5) {
            let value = number as f64 / 10f64.powi(places);
            for lang in [Lang::Vi, Lang::En] {
                let text = format_decimal(value, 6, lang);
                prop_assert_eq!(parse_number(&text, lang), Some(value), "{}", text);
            }
        }

        #[test]
        fn no_text_breaks_it(text in "[0-9.,+ -]{0,12}") {
            for lang in [Lang::Vi, Lang::En] {
                if let Some(value) = parse_number(&text, lang) {
                    prop_assert!(value.is_finite());
                }
            }
        }
    }
}
