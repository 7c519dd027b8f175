//! Numbers as people read them: `1.234.567,8` and `89,5%` in Vietnamese,
//! `1,234,567.8` and `89.5%` in English.

use super::{Lang, plain};

/// Shown where a number has no value: not a number, or infinite.
const NO_VALUE: &str = "—";

/// A double holds fifteen decimal digits faithfully; what comes after them in
/// the result of a calculation is noise.
const FAITHFUL_DIGITS: usize = 15;

impl Lang {
    fn thousands(self) -> char {
        match self {
            Lang::Vi => '.',
            Lang::En => ',',
        }
    }

    fn point(self) -> char {
        match self {
            Lang::Vi => ',',
            Lang::En => '.',
        }
    }
}

/// A whole number with its thousands separated.
pub fn format_integer(value: i64, lang: Lang) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let mut out = String::from(sign);
    push_grouped(&value.unsigned_abs().to_string(), lang, &mut out);
    out
}

/// A count with its thousands separated.
pub fn format_count(count: usize, lang: Lang) -> String {
    format_integer(i64::try_from(count).unwrap_or(i64::MAX), lang)
}

/// A number with at most `max_fraction_digits` after the point, halves
/// rounded away from zero, trailing zeros left out. A dash when `value` is not
/// finite.
pub fn format_decimal(value: f64, max_fraction_digits: u8, lang: Lang) -> String {
    format(value, 0, max_fraction_digits, false, lang).unwrap_or_else(|| NO_VALUE.to_owned())
}

/// A ratio (0.895) as a percentage (89,5%) with at most
/// `max_fraction_digits` after the point, rounded as in [`format_decimal`].
pub fn format_percent(ratio: f64, max_fraction_digits: u8, lang: Lang) -> String {
    percent(ratio, max_fraction_digits, false, lang)
}

/// A ratio as a percentage with exactly `fraction_digits` after the point:
/// 0.66 with one digit is 66,0%. For columns whose digits line up.
pub fn format_percent_fixed(ratio: f64, fraction_digits: u8, lang: Lang) -> String {
    percent(ratio, fraction_digits, true, lang)
}

fn percent(ratio: f64, digits: u8, fixed: bool, lang: Lang) -> String {
    match format(ratio, 2, digits, fixed, lang) {
        Some(number) => number + "%",
        None => NO_VALUE.to_owned(),
    }
}

/// `value` times ten to the `shift`, or `None` when it is not finite.
///
/// Works on decimal digits. Multiplying and rounding the double itself would
/// turn 1.005 into 1.00, because the nearest double lies just below.
fn format(value: f64, shift: usize, digits: u8, fixed: bool, lang: Lang) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    // The shortest decimal that reads back as this very double, without an
    // exponent.
    let written = plain(value.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut number = Decimal {
        digits: whole.bytes().chain(fraction.bytes()).collect(),
        point: whole.len(),
    };
    number.drop_noise();
    number.point += shift;
    let digits = usize::from(digits);
    number.round(digits);
    let Decimal {
        digits: ascii,
        point,
    } = number;
    let text: String = ascii.iter().map(|&b| char::from(b)).collect();
    let (whole, fraction) = text.split_at(point);
    let whole = whole.trim_start_matches('0');
    let fraction = if fixed {
        fraction
    } else {
        fraction.trim_end_matches('0')
    };

    let mut out = String::with_capacity(text.len() * 2 + 2);
    let zero = whole.is_empty() && fraction.bytes().all(|b| b == b'0');
    if value < 0.0 && !zero {
        out.push('-');
    }
    push_grouped(if whole.is_empty() { "0" } else { whole }, lang, &mut out);
    if !fraction.is_empty() {
        out.push(lang.point());
        out.push_str(fraction);
    }
    Some(out)
}

/// ASCII digits, the first `point` of them before the decimal point.
struct Decimal {
    digits: Vec<u8>,
    point: usize,
}

impl Decimal {
    /// Cuts the fraction where the double stops being faithful, so that a
    /// calculated 0.21499999999999997 counts as the 0.215 it stands for.
    fn drop_noise(&mut self) {
        let zeros = self.digits.iter().take_while(|&&d| d == b'0').count();
        let faithful = zeros + FAITHFUL_DIGITS;
        if self.digits.len() > faithful && faithful >= self.point {
            self.round(faithful - self.point);
        }
    }

    /// Rounds half away from zero to exactly `fraction` digits after the
    /// point, padding with zeros.
    fn round(&mut self, fraction: usize) {
        let keep = self.point + fraction;
        let up = self.digits.get(keep).is_some_and(|&d| d >= b'5');
        self.digits.resize(keep, b'0');
        if !up {
            return;
        }
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
        self.point += 1;
    }
}

fn push_grouped(digits: &str, lang: Lang, out: &mut String) {
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(lang.thousands());
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::Lang::{En, Vi};
    use super::*;

    #[track_caller]
    fn check(pairs: &[(String, &str)]) {
        for (got, want) in pairs {
            assert_eq!(got, want);
        }
    }

    #[test]
    fn integers_are_grouped() {
        check(&[
            (format_integer(0, Vi), "0"),
            (format_integer(999, Vi), "999"),
            (format_integer(1234, Vi), "1.234"),
            (format_integer(1_234_567, Vi), "1.234.567"),
            (format_integer(100_000, En), "100,000"),
            (format_integer(-1234, Vi), "-1.234"),
            (format_integer(-123, Vi), "-123"),
            (format_integer(i64::MIN, En), "-9,223,372,036,854,775,808"),
            (format_count(0, Vi), "0"),
            (format_count(999, En), "999"),
            (format_count(1_234_567, Vi), "1.234.567"),
            (format_count(1_234_567, En), "1,234,567"),
        ]);
    }

    #[test]
    fn decimals_drop_trailing_zeros() {
        check(&[
            (format_decimal(1_234_567.8, 1, Vi), "1.234.567,8"),
            (format_decimal(1_234_567.8, 1, En), "1,234,567.8"),
            (format_decimal(1_234_567.8, 0, Vi), "1.234.568"),
            (format_decimal(12.50, 2, Vi), "12,5"),
            (format_decimal(12.0, 2, Vi), "12"),
            (format_decimal(0.0, 2, Vi), "0"),
            (format_decimal(-0.5, 1, Vi), "-0,5"),
            (format_decimal(1e20, 1, En), "100,000,000,000,000,000,000"),
            (
                format_decimal(1_234_567_890_123_457.0, 0, En),
                "1,234,567,890,123,457",
            ),
        ]);
    }

    #[test]
    fn halves_round_away_from_zero() {
        check(&[
            (format_decimal(1.005, 2, En), "1.01"),
            (format_decimal(2.5, 0, En), "3"),
            (format_decimal(-2.5, 0, En), "-3"),
            (format_decimal(0.05, 1, En), "0.1"),
            (format_decimal(0.04, 1, En), "0"),
            (format_decimal(-0.04, 1, En), "0"),
            (format_decimal(999.95, 1, Vi), "1.000"),
            (format_decimal(9.995, 2, Vi), "10"),
            (format_decimal(1e-9, 3, Vi), "0"),
            (format_decimal(0.1 + 0.2, 5, Vi), "0,3"),
            (format_decimal(5e-324, 2, Vi), "0"),
        ]);
    }

    #[test]
    fn percentages_come_from_ratios() {
        check(&[
            (format_percent(0.895, 1, Vi), "89,5%"),
            (format_percent(0.895, 1, En), "89.5%"),
            (format_percent(0.895, 0, Vi), "90%"),
            (format_percent(57.0 / 200.0, 0, Vi), "29%"),
            (format_percent(1.0 - 0.785, 0, Vi), "22%"),
            (format_percent(0.0, 1, Vi), "0%"),
            (format_percent(1.0, 1, Vi), "100%"),
            (format_percent(12.5, 1, Vi), "1.250%"),
            (format_percent(2.0 / 3.0, 1, Vi), "66,7%"),
            (format_percent(0.9996, 1, Vi), "100%"),
            (format_percent(-0.0004, 1, Vi), "0%"),
            (format_percent(0.12345, 3, Vi), "12,345%"),
            (format_percent(0.07, 1, Vi), "7%"),
        ]);
    }

    #[test]
    fn fixed_percentages_keep_their_zeros() {
        check(&[
            (format_percent_fixed(0.66, 1, Vi), "66,0%"),
            (format_percent_fixed(0.66, 1, En), "66.0%"),
            (format_percent_fixed(1.0, 2, Vi), "100,00%"),
            (format_percent_fixed(0.0, 1, Vi), "0,0%"),
            (format_percent_fixed(0.9996, 1, Vi), "100,0%"),
            (format_percent_fixed(-0.0001, 1, Vi), "0,0%"),
            (format_percent_fixed(0.5, 0, Vi), "50%"),
        ]);
    }

    #[test]
    fn what_is_not_a_number_is_a_dash() {
        check(&[
            (format_decimal(f64::NAN, 1, Vi), "—"),
            (format_percent(f64::INFINITY, 1, Vi), "—"),
            (format_percent_fixed(f64::NEG_INFINITY, 1, En), "—"),
        ]);
    }
}
