//! Recording a figure: what stands in the form, what is wrong with it, whether it is new.

use chrono::NaiveDate;
use serde_json::Value;

use super::show::is_percent;
use crate::date::parse_date;
use crate::ledger::{Field, FieldValue, Ledger, Observation};
use crate::plan::Indicator;
use crate::text::{Lang, is_web_address, nfc, parse_number};

/// One thing to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureInput {
    /// The day the figure holds for.
    Day,
    /// The figure in the indicator's unit; may be left to part and whole.
    Value,
    /// What was counted, where the figure is a ratio.
    Part,
    /// Out of how many.
    Whole,
    /// "Trên", "gần", "về cơ bản"; may be empty.
    Qualifier,
    /// A document, other words, or an address.
    Source,
}

/// The inputs in the order of the form.
pub const FIGURE_INPUTS: [FigureInput; 6] = [
    FigureInput::Day,
    FigureInput::Value,
    FigureInput::Part,
    FigureInput::Whole,
    FigureInput::Qualifier,
    FigureInput::Source,
];

/// Why an input cannot be saved as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFault {
    /// No day.
    DayMissing,
    /// Not a date.
    DayUnreadable,
    /// A day in the future.
    DayAhead,
    /// Neither a value nor part and whole.
    ValueMissing,
    /// Not a number.
    NumberUnreadable,
    /// A whole without its part.
    PartMissing,
    /// A part without its whole.
    WholeMissing,
    /// The whole is not above zero.
    WholeNotPositive,
    /// The value is not what part and whole make.
    ValueDiffers,
    /// No source.
    SourceMissing,
    /// A source that begins like an address and is none.
    LinkUnreadable,
}

/// How far a percentage may be from part ÷ whole: printed ones are rounded to whole percents at
/// worst.
const ROUNDED: f64 = 0.5;

/// What stands in the form, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureForm([String; FIGURE_INPUTS.len()]);

impl FigureForm {
    /// What stands in an input.
    pub fn get(&self, input: FigureInput) -> &str {
        &self.0[input as usize]
    }

    /// Puts a text into an input.
    pub fn set(&mut self, input: FigureInput, text: String) {
        self.0[input as usize] = text;
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|text| text.trim().is_empty())
    }

    /// The number that an input was understood as, to be shown beside it: what was typed as
    /// `1,234` may have been meant otherwise. See [`parse_number`]. A percent sign may stand after
    /// the value of an indicator that is measured in percent.
    pub fn number(&self, input: FigureInput, indicator: &Indicator, lang: Lang) -> Option<f64> {
        let text = self.trimmed(input);
        let percent = input == FigureInput::Value && is_percent(indicator);
        let text = text.strip_suffix('%').filter(|_| percent).unwrap_or(text);
        parse_number(text, lang)
    }

    /// The faults of what was typed, in the order of the form; empty when it can be saved. `today`
    /// is the last day a figure may hold for.
    pub fn faults(
        &self,
        indicator: &Indicator,
        today: NaiveDate,
        lang: Lang,
    ) -> Vec<(FigureInput, FigureFault)> {
        use FigureInput::{Day, Part, Source, Value, Whole};
        let mut faults = Vec::new();
        match parse_date(self.get(Day)) {
            _ if self.blank(Day) => faults.push((Day, FigureFault::DayMissing)),
            None => faults.push((Day, FigureFault::DayUnreadable)),
            Some(day) if day > today => faults.push((Day, FigureFault::DayAhead)),
            Some(_) => {}
        }
        let number = |input| self.number(input, indicator, lang);
        let ratio = !self.blank(Part) || !self.blank(Whole);
        if self.blank(Value) && !ratio {
            faults.push((Value, FigureFault::ValueMissing));
        }
        for input in [Value, Part, Whole] {
            let missing = match input {
                Part => FigureFault::PartMissing,
                _ => FigureFault::WholeMissing,
            };
            match number(input) {
                None if !self.blank(input) => {
                    faults.push((input, FigureFault::NumberUnreadable));
                }
                None if ratio && input != Value => faults.push((input, missing)),
                Some(whole) if input == Whole && whole <= 0.0 => {
                    faults.push((input, FigureFault::WholeNotPositive));
                }
                _ => {}
            }
        }
        let made = self.ratio(indicator, lang);
        if let (Some(value), Some(made), true) = (number(Value), made, faults.is_empty()) {
            let slack = if is_percent(indicator) { ROUNDED } else { 0.0 };
            if (value - made).abs() > slack {
                faults.push((Value, FigureFault::ValueDiffers));
            }
        }
        let source = self.trimmed(Source);
        if source.is_empty() {
            faults.push((Source, FigureFault::SourceMissing));
        } else if looks_like_address(source) && !is_web_address(source) {
            faults.push((Source, FigureFault::LinkUnreadable));
        }
        faults
    }

    /// The figure; `None` while the form has faults that leave it open.
    pub fn observation(&self, indicator: &Indicator, lang: Lang) -> Option<Observation> {
        let number = |input| self.number(input, indicator, lang);
        let made = self.ratio(indicator, lang);
        let value = match self.blank(FigureInput::Value) {
            true => made?,
            false => number(FigureInput::Value)?,
        };
        let words = |input| Some(nfc(self.trimmed(input))).filter(|text| !text.is_empty());
        Some(Observation {
            date: parse_date(self.get(FigureInput::Day))?,
            value,
            numerator: made.and_then(|_| number(FigureInput::Part)),
            denominator: made.and_then(|_| number(FigureInput::Whole)),
            qualifier: words(FigureInput::Qualifier),
            source: words(FigureInput::Source)?,
        })
    }

    /// The value to record for a unit; `None` while the form has faults, and when that very figure
    /// stands there already.
    pub fn change(
        &self,
        ledger: &Ledger,
        unit: &str,
        indicator: &Indicator,
        today: NaiveDate,
        lang: Lang,
    ) -> Option<Value> {
        if !self.faults(indicator, today, lang).is_empty() {
            return None;
        }
        let value = FieldValue::Observation(self.observation(indicator, lang)?);
        let cell = ledger.cell(unit, &indicator.id, Field::Observation.as_str());
        let mut known = cell.iter().flat_map(|cell| cell.element_values());
        let stands = known.any(|(_, stands)| stands == value);
        (!stands).then(|| value.to_json())
    }

    /// The value that part and whole make in the indicator's unit: their ratio where it is measured
    /// in percent, otherwise the part.
    fn ratio(&self, indicator: &Indicator, lang: Lang) -> Option<f64> {
        let part = self.number(FigureInput::Part, indicator, lang)?;
        let whole = self.number(FigureInput::Whole, indicator, lang)?;
        if whole <= 0.0 {
            return None;
        }
        let percent = is_percent(indicator);
        Some(if percent { part / whole * 100.0 } else { part }).filter(|made| made.is_finite())
    }

    fn trimmed(&self, input: FigureInput) -> &str {
        self.get(input).trim()
    }

    fn blank(&self, input: FigureInput) -> bool {
        self.trimmed(input).is_empty()
    }
}

/// Whether a source begins as an address does.
fn looks_like_address(text: &str) -> bool {
    let start = text.get(..4).unwrap_or_default();
    start.eq_ignore_ascii_case("http") && text.contains(':')
}
