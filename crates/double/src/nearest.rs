//! The double nearest to a decimal number, the way back from
//! [`shortest`](super::shortest).
//!
//! The standard library finds it too, with large tables for being quick, which
//! would be loaded with the page. This is the plain way, a long division; as
//! everywhere, what is half-way between two doubles becomes the even one.

use std::cmp::Ordering;

use super::big::Big;

/// No more digits than this can matter: what is half-way between two doubles
/// has at most 767 of them.
const DIGITS: usize = 800;

/// The finite double nearest to 0.digits times ten to the `point`, with digits
/// as ASCII; `None` when that is beyond all of them.
pub fn nearest(digits: &[u8], point: i32) -> Option<f64> {
    let mut value = Big::new(0, 0);
    let mut read = 0;
    let mut rest = false;
    let mut point = point;
    for &digit in digits {
        if digit == b'0' && read == 0 {
            point = point.saturating_sub(1);
        } else if read < DIGITS {
            value.times_plus(10, u32::from(digit - b'0'));
            read += 1;
        } else {
            rest |= digit != b'0';
        }
    }
    if rest {
        // Digits further on only say that it is a little more than this.
        value.times_plus(10, 1);
        read += 1;
    }
    match point {
        _ if read == 0 => return Some(0.0),
        ..-330 => return Some(0.0),
        310.. => return None,
        _ => {}
    }
    let mut unit = Big::new(1, 0);
    let exponent = point - read as i32;
    for _ in 0..exponent {
        value.times_ten();
    }
    for _ in exponent..0 {
        unit.times_ten();
    }
    Some(f64::from_bits(quotient(value, unit))).filter(|double| double.is_finite())
}

/// The bits of the double nearest to `value` / `unit`, neither of them zero.
fn quotient(mut value: Big, mut unit: Big) -> u64 {
    const MANTISSA_BITS: i32 = 52;
    const LEAST_EXPONENT: i32 = -1022;
    const GREATEST_EXPONENT: i32 = 1023;
    // The power of two that the quotient is at least, and less than twice.
    let mut power = value.bits() - unit.bits();
    double_one(&mut value, &mut unit, power);
    if value.compare(&unit) == Ordering::Less {
        value.double(1);
        power -= 1;
    }
    if power > GREATEST_EXPONENT {
        return f64::INFINITY.to_bits();
    }
    // The smallest doubles have fewer binary digits.
    let digits = MANTISSA_BITS + 1 - (LEAST_EXPONENT - power).max(0);
    if digits < 0 {
        return 0;
    }
    let mut mantissa = 0_u64;
    for _ in 0..digits {
        mantissa *= 2;
        if value.compare(&unit) != Ordering::Less {
            value.minus(&unit);
            mantissa += 1;
        }
        value.double(1);
    }
    let up = match value.compare(&unit) {
        Ordering::Less => false,
        Ordering::Equal => mantissa % 2 == 1,
        Ordering::Greater => true,
    };
    // Rounding up past the last digit carries into the exponent, which is right.
    let exponent = (power - LEAST_EXPONENT).max(0) as u64;
    (exponent << MANTISSA_BITS) + mantissa + u64::from(up)
}

/// Doubles `unit` or, where that is negative, `value`, `times` times.
fn double_one(value: &mut Big, unit: &mut Big, times: i32) {
    if times >= 0 {
        unit.double(times.unsigned_abs());
    } else {
        value.double(times.unsigned_abs());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::shortest;

    #[track_caller]
    fn check(digits: &str, point: i32) {
        let expected: f64 = format!("0.{digits}e{point}").parse().unwrap();
        let found = nearest(digits.as_bytes(), point).unwrap_or(f64::INFINITY);
        assert_eq!(found.to_bits(), expected.to_bits(), "0.{digits}e{point}");
    }

    #[test]
    fn the_ends_of_the_doubles_are_found() {
        for (digits, point) in [
            ("", 0),
            ("0000", 5),
            ("1", 1),
            ("125", 2),
            ("05", 0),
            ("17976931348623157", 309),
            // Half-way to what would come after the greatest, and just under.
            (
                "17976931348623158079372897140530341507993413271003782693617377898044\
              4968292764750946649017977587207096330286416692887910946555547851940402\
              6306574886715058206819089020007083836762738548458177115317644757302700\
              6985557136695962284291481986083493647529271907416844436551070434271155\
              9699508093042880177904174497792",
                309,
            ),
            (
                "17976931348623158079372897140530341507993413271003782693617377898044\
              4968292764750946649017977587207096330286416692887910946555547851940402\
              6306574886715058206819089020007083836762738548458177115317644757302700\
              6985557136695962284291481986083493647529271907416844436551070434271155\
              9699508093042880177904174497791",
                309,
            ),
            ("18", 309),
            ("4", 309),
            ("999", 309),
            ("5", -323),
            ("24703282292062327208", -323),
            ("24703282292062327209", -323),
            ("22250738585072011", -307),
            ("22250738585072014", -307),
            ("1", 400),
            ("1", -400),
            ("1", i32::MAX),
            ("1", i32::MIN),
        ] {
            check(digits, point);
        }
        let far = format!("{}1", "0".repeat(900));
        check(&far, 900);
    }

    #[test]
    fn half_way_goes_to_the_even_one() {
        for odd in [0, 1, 2, 3] {
            // 2^53 is where the doubles are two apart.
            let digits = (9_007_199_254_740_993_u64 + 2 * odd).to_string();
            check(&digits, 16);
            let zeros = "0".repeat(DIGITS);
            check(&format!("{digits}{zeros}"), 16);
            check(&format!("{digits}{zeros}1"), 16);
        }
    }

    proptest! {
        #[test]
        fn every_double_is_found_again(bits in any::<u64>()) {
            let double = f64::from_bits(bits).abs();
            if double.is_finite() {
                let (digits, point) = shortest(double);
                prop_assert_eq!(nearest(digits.as_bytes(), point), Some(double));
            }
        }

        #[test]
        fn agrees_with_the_standard_library(digits in "[0-9]{0,40}", point in -345..320_i32) {
            check(&digits, point);
        }

        #[test]
        fn what_is_near_half_way_agrees(mantissa in 1_u64 << 53..1 << 54, end in "(|0{0,30}1|9{1,30})") {
            check(&format!("{mantissa}{end}"), 16);
            check(&format!("{mantissa}5{end}"), 16);
        }
    }
}
