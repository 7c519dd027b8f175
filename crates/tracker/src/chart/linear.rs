//! An axis of values.

use crate::text::{Lang, format_decimal};

/// Values beyond this are drawn at its end.
const LIMIT: f64 = 1e15;

/// What the numbers of an axis are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Magnitude {
    /// As they are.
    One,
    /// Thousands: from 10.000 on.
    Thousand,
    /// Millions.
    Million,
    /// Thousands of millions.
    Billion,
}

impl Magnitude {
    /// The one that suits numbers up to `most`.
    fn of(most: f64) -> Magnitude {
        match most {
            1e9.. => Magnitude::Billion,
            1e6.. => Magnitude::Million,
            1e4.. => Magnitude::Thousand,
            _ => Magnitude::One,
        }
    }

    /// How many it is.
    pub const fn value(self) -> f64 {
        match self {
            Magnitude::One => 1.0,
            Magnitude::Thousand => 1e3,
            Magnitude::Million => 1e6,
            Magnitude::Billion => 1e9,
        }
    }

    /// Its word, to stand before the unit at the axis: "triệu"; empty for numbers as they are.
    pub const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Magnitude::One, _) => "",
            (Magnitude::Thousand, Lang::Vi) => "nghìn",
            (Magnitude::Million, Lang::Vi) => "triệu",
            (Magnitude::Billion, Lang::Vi) => "tỷ",
            (Magnitude::Thousand, Lang::En) => "thousand",
            (Magnitude::Million, Lang::En) => "million",
            (Magnitude::Billion, Lang::En) => "billion",
        }
    }
}

/// An axis of values between two ticks, with ticks at equal steps of 1, 2 or 5 times a power of
/// ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    /// The first and the last tick, counted in steps from zero.
    first: i64,
    last: i64,
    /// A step is `lead` (1, 2 or 5) times ten to the `power`.
    lead: u8,
    power: i32,
}

impl Linear {
    /// The axis for values from `low` to `high`, with 0 on it if `zero`, and about `count` steps:
    /// at most two more, since both ends are ticks. Values may come in any order; those that are no
    /// numbers count as 0, those beyond 10^15 as that. An axis has a length even if all values are
    /// one.
    pub fn nice(low: f64, high: f64, zero: bool, count: usize) -> Linear {
        let known = |value: f64| {
            let value = if value.is_finite() { value } else { 0.0 };
            value.clamp(-LIMIT, LIMIT)
        };
        let (mut low, mut high) = (known(low).min(known(high)), known(low).max(known(high)));
        if zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        // Less than this is the noise of doubles.
        let least = (low.abs().max(high.abs()) * 1e-9).max(1e-9);
        if high - low < least {
            let around = if high == 0.0 { 1.0 } else { high.abs() / 2.0 };
            (low, high) = match zero {
                true => (0.0, 1.0),
                false => (low - around, high + around),
            };
        }
        let wanted = (high - low) / count.clamp(1, 1000) as f64;
        let mut axis = Linear {
            first: 0,
            last: 0,
            lead: 1,
            power: 0,
        };
        while axis.step() < wanted {
            axis.power += 1;
        }
        while axis.step() >= wanted {
            axis.power -= 1;
        }
        // Now one step is too small and ten of them are not.
        for lead in [1, 2, 5] {
            axis.lead = lead;
            if axis.step() >= wanted {
                break;
            }
        }
        if axis.step() < wanted {
            (axis.lead, axis.power) = (1, axis.power + 1);
        }
        axis.first = (low / axis.step()).floor() as i64;
        axis.last = (high / axis.step()).ceil() as i64;
        // Division may have rounded past a value.
        while axis.value(axis.first) > low {
            axis.first -= 1;
        }
        while axis.value(axis.last) < high {
            axis.last += 1;
        }
        axis
    }

    /// The value of a number of steps, without the noise that adding steps up would gather.
    fn value(&self, steps: i64) -> f64 {
        let count = steps as f64 * f64::from(self.lead);
        if self.power < 0 {
            count / power_of_ten(self.power.unsigned_abs())
        } else {
            count * power_of_ten(self.power.unsigned_abs())
        }
    }

    fn step(&self) -> f64 {
        self.value(1)
    }

    /// The value at the start of the axis.
    pub fn low(&self) -> f64 {
        self.value(self.first)
    }

    /// The value at its end; above the start.
    pub fn high(&self) -> f64 {
        self.value(self.last)
    }

    /// The ticks, ascending: both ends and every step between.
    pub fn ticks(&self) -> Vec<f64> {
        (self.first..=self.last).map(|n| self.value(n)).collect()
    }

    /// Where a value is, from 0 to 1; what is not on the axis is at its end.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value - self.low()) / (self.high() - self.low());
        if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        }
    }

    /// What the numbers at the axis are best counted in, chosen once for all of them. Not for a
    /// unit that counts in thousands or millions itself, such as "triệu tài khoản".
    pub fn magnitude(&self) -> Magnitude {
        Magnitude::of(self.low().abs().max(self.high().abs()))
    }

    /// The number at a tick, in a magnitude: "2,5" for 2.500.000 in millions.
    pub fn label(&self, tick: f64, magnitude: Magnitude, lang: Lang) -> String {
        format_decimal(tick / magnitude.value(), 9, lang)
    }
}

/// Exact up to the 22nd.
fn power_of_ten(power: u32) -> f64 {
    let mut value = 1.0;
    for _ in 0..power {
        value *= 10.0;
    }
    value
}
