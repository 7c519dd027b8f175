//! The shortest decimal digits that stand for a double.
//!
//! The standard library finds them too, but its ways of printing doubles come
//! together, several quick ones for every precision, and all of them would be
//! loaded with the page. This is the plain way, with integers of any length
//! (Steele and White, 1990); where two texts are as short and as near, it takes
//! the even one, as ECMAScript does.

use std::cmp::Ordering;

use super::big::Big;

/// The digits of a finite double without its sign, and how many of them stand
/// before the point: 0.05 is ("5", -1), 1200 is ("12", 4), 0 is ("", 0).
pub fn shortest(double: f64) -> (String, i32) {
    const MANTISSA_BITS: u32 = 52;
    let bits = double.abs().to_bits();
    let mut mantissa = bits & ((1 << MANTISSA_BITS) - 1);
    let mut exponent = (bits >> MANTISSA_BITS) as i32;
    let mut digits = String::new();
    if bits == 0 {
        return (digits, 0);
    }
    // Just above a power of two the next lower double is half as far.
    let narrow = mantissa == 0 && exponent > 1;
    if exponent == 0 {
        exponent = 1;
    } else {
        mantissa |= 1 << MANTISSA_BITS;
    }
    exponent -= 1075;
    // A text half-way to the next double still reads as the even one of the two.
    let even = mantissa.is_multiple_of(2);

    // The double is value / unit; texts less than below under it or less than
    // above over it read as the same double.
    let (up, down) = (exponent.max(0) as u32, (-exponent).max(0) as u32);
    let extra = u32::from(narrow);
    let mut value = Big::new(mantissa, up + 1 + extra);
    let mut unit = Big::new(1, down + 1 + extra);
    let mut above = Big::new(1, up + extra);
    let mut below = Big::new(1, up);

    let reaches = |value: &Big, above: &Big, unit: &Big| match value.plus(above).compare(unit) {
        Ordering::Less => false,
        Ordering::Equal => even,
        Ordering::Greater => true,
    };
    let mut point = 0;
    while reaches(&value, &above, &unit) {
        unit.times_ten();
        point += 1;
    }
    // Before each digit everything but the unit is ten times as much; zeros that
    // come before the first digit are the point's.
    loop {
        value.times_ten();
        above.times_ten();
        below.times_ten();
        if digits.is_empty() && !reaches(&value, &above, &unit) {
            point -= 1;
            continue;
        }
        let mut digit = b'0';
        while value.compare(&unit) != Ordering::Less {
            value.minus(&unit);
            digit += 1;
        }
        let low = match value.compare(&below) {
            Ordering::Less => true,
            Ordering::Equal => even,
            Ordering::Greater => false,
        };
        let high = reaches(&value, &above, &unit);
        if low || high {
            let half = value.plus(&value).compare(&unit);
            let odd = digit % 2 == 1;
            let up = high && (!low || half.is_gt() || (half.is_eq() && odd));
            digits.push(char::from(digit + u8::from(up)));
            return (digits, point);
        }
        digits.push(char::from(digit));
    }
}

/// A finite double in its shortest digits, never with an exponent: -0.05, 1200.
pub fn plain(double: f64) -> String {
    let (digits, point) = shortest(double);
    let mut out = String::new();
    if double < 0.0 {
        out.push('-');
    }
    let before = usize::try_from(point).unwrap_or(0);
    if before == 0 {
        out.push('0');
    }
    let whole = before.min(digits.len());
    out.push_str(&digits[..whole]);
    push_zeros(&mut out, before - whole);
    if whole < digits.len() {
        out.push('.');
        push_zeros(&mut out, usize::try_from(-point).unwrap_or(0));
        out.push_str(&digits[whole..]);
    }
    out
}

/// A finite double as ECMAScript's `Number::toString` prints it: the shortest digits that read back as
/// this very double, set out by the rules that RFC 8785, 3.2.2.3 points to.
pub fn ecmascript(double: f64) -> String {
    let (digits, point) = shortest(double);
    match point {
        // Negative zero as well.
        _ if digits.is_empty() => "0".to_owned(),
        -5..=21 => plain(double),
        _ => {
            let minus = if double < 0.0 { "-" } else { "" };
            let (first, others) = digits.split_at(1);
            let dot = if others.is_empty() { "" } else { "." };
            let sign = if point > 0 { "+" } else { "-" };
            let exponent = (point - 1).unsigned_abs().to_string();
            [minus, first, dot, others, "e", sign, &exponent].concat()
        }
    }
}

fn push_zeros(out: &mut String, count: usize) {
    for _ in 0..count {
        out.push('0');
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(double: f64) {
        let text = plain(double);
        assert_eq!(text.parse::<f64>().unwrap(), double, "{text}");
        // The standard library finds digits as few, and other ones only in ties.
        assert_eq!(text.len(), double.to_string().len(), "{text} for {double}");
    }

    #[test]
    fn digits_and_point_are_apart() {
        let digits = |double: f64| {
            let (digits, point) = shortest(double);
            format!("{digits} {point}")
        };
        assert_eq!(digits(0.05), "5 -1");
        assert_eq!(digits(1200.0), "12 4");
        assert_eq!(digits(0.0), " 0");
        assert_eq!(digits(-12.5), "125 2");
        assert_eq!(digits(0.5), "5 0");
    }

    #[test]
    fn plain_numbers_have_no_exponent() {
        for (double, text) in [
            (0.0, "0"),
            (-0.05, "-0.05"),
            (1200.0, "1200"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e23, "100000000000000000000000"),
            (5e-7, "0.0000005"),
            (123.25, "123.25"),
        ] {
            assert_eq!(plain(double), text);
        }
    }

    #[test]
    fn the_ends_of_the_doubles_read_back() {
        for double in [
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::from_bits(1),
            f64::from_bits(f64::MIN_POSITIVE.to_bits() - 1),
            9_007_199_254_740_993.0,
        ] {
            check(double);
        }
        for power in 1..2047 {
            let double = f64::from_bits(power << 52);
            check(double);
            check(f64::from_bits(double.to_bits() + 1));
            check(f64::from_bits(double.to_bits() - 1));
        }
    }

    proptest! {
        #[test]
        fn every_double_reads_back(bits in any::<u64>()) {
            let double = f64::from_bits(bits);
            if double.is_finite() {
                check(double);
            }
        }
    }
}
