//! A chart as small as a word: how values went, and where their target is.

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::chart::{Frame, Linear, Time, coordinate, line};

/// Its size, in pixels.
const SIZE: (f64, f64) = (120.0, 36.0);

/// What a small chart shows, worked out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spark {
    /// What is to be seen in it, in words.
    pub name: String,
    line: String,
    dots: Vec<(String, String)>,
    level: Option<String>,
}

impl Spark {
    /// The small chart of values, oldest first, and a target; `None` where there is nothing to
    /// compare: fewer than two values, and no target beside one.
    pub fn new(name: String, values: &[(NaiveDate, f64)], level: Option<f64>) -> Option<Spark> {
        if values.is_empty() || values.len() + usize::from(level.is_some()) < 2 {
            return None;
        }
        let days = Time::over(values.iter().map(|value| value.0))?;
        let all = values.iter().map(|value| value.1).chain(level);
        let axis = Linear::nice(0.0, all.fold(0.0, f64::max), true, 2);
        let frame = Frame {
            left: 5.0,
            top: 5.0,
            right: SIZE.0 - 5.0,
            bottom: SIZE.1 - 4.0,
        };
        let place = |(day, value): &(NaiveDate, f64)| {
            // A single value stands in the middle.
            let at = if values.len() == 1 {
                0.5
            } else {
                days.at(*day)
            };
            (frame.x(at), frame.y(axis.at(*value)))
        };
        let places: Vec<_> = values.iter().map(place).collect();
        let path: Vec<_> = places.iter().copied().map(Some).collect();
        let dots = places.iter().map(|(x, y)| (coordinate(*x), coordinate(*y)));
        Some(Spark {
            name,
            line: line(&path),
            dots: dots.collect(),
            level: level.map(|level| coordinate(frame.y(axis.at(level)))),
        })
    }

    /// Draws it.
    pub fn view(self) -> View {
        let dot = |(cx, cy)| view! { <circle cx=cx cy=cy r="2.5" /> };
        let level = self.level.map(|y| {
            let end = y.clone();
            view! { <line class="chart-level" x1="0" x2="120" y1=y y2=end /> }
        });
        view! {
            <svg class="spark" viewBox="0 0 120 36" role="img" aria-label=self.name>
                {level}
                <path class="chart-line is-0" d=self.line />
                {self.dots.into_iter().map(dot).collect_view()}
            </svg>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, 1, day).unwrap_or_default()
    }

    #[test]
    fn what_cannot_be_compared_is_not_drawn() {
        let draw = |values: &[(NaiveDate, f64)], level| Spark::new(String::new(), values, level);
        assert_eq!(draw(&[], Some(40.0)), None);
        assert_eq!(draw(&[(day(1), 5.0)], None), None);
        assert!(draw(&[(day(1), 5.0)], Some(40.0)).is_some());
        assert!(draw(&[(day(1), 5.0), (day(2), 6.0)], None).is_some());
    }

    #[test]
    fn values_and_target_share_an_axis_from_zero() {
        let spark = Spark::new(String::new(), &[(day(1), 0.0), (day(3), 20.0)], Some(10.0));
        let spark = spark.as_ref();
        assert_eq!(spark.map(|s| s.line.as_str()), Some("M5 32L115 5"));
        assert_eq!(spark.and_then(|s| s.level.as_deref()), Some("18.5"));
    }
}
