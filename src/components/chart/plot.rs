//! Where each part of a chart is, in the coordinates of its drawing.

use chrono::{NaiveDate, TimeDelta};
use tracker::chart::{Frame, Linear, Magnitude, Time, coordinate, line, stairs};
use tracker::text::Lang;

use super::{Chart, Joint, Series};

/// How wide a letter is at most, in the drawing's units; its texts have 13 of them in height.
const LETTER: f64 = 7.0;

/// How far the marks keep from the ends of the horizontal axis.
const INSET: f64 = 14.0;

/// Narrower drawings have fewer lines across.
const NARROW: f64 = 500.0;

/// From one line of the legend to the next.
const LINE: f64 = 22.0;

/// Up to so many marks have their label beside them.
const LABELLED: usize = 8;

/// How far from the day in question an axis of a single day reaches.
const AROUND: TimeDelta = TimeDelta::days(30);

/// A text and where it stands.
pub struct Label {
    pub x: String,
    pub y: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    pub text: String,
}

/// A mark: which series and mark it is, and where.
pub struct Spot {
    pub name: String,
    pub look: usize,
    pub place: String,
}

/// A line: its path, and the class of how it looks.
pub struct Stroke {
    pub class: String,
    pub path: String,
}

/// An entry of the legend.
pub struct Entry {
    pub label: Label,
    /// The line before the name.
    pub stroke: Stroke,
    /// The mark on it, and where; none for lines without marks.
    pub spot: Option<(usize, String)>,
}

/// A chart with every place worked out.
pub struct Plot {
    pub view_box: String,
    pub grid: Stroke,
    pub axis: Stroke,
    pub ticks: Vec<Label>,
    pub unit: Label,
    pub strokes: Vec<Stroke>,
    pub names: Vec<Label>,
    pub spots: Vec<Spot>,
    pub labels: Vec<Label>,
    pub legend: Vec<Entry>,
}

fn label(x: f64, y: f64, anchor: &'static str, text: String) -> Label {
    Label {
        x: coordinate(x),
        y: coordinate(y),
        anchor,
        text,
    }
}

fn stroke(class: &str, points: &[(f64, f64)]) -> Stroke {
    let points: Vec<_> = points.iter().copied().map(Some).collect();
    Stroke {
        class: class.to_owned(),
        path: line(&points),
    }
}

/// Several strokes as one.
fn joined(class: &str, lines: Vec<[(f64, f64); 2]>) -> Stroke {
    let mut points = Vec::new();
    for [from, to] in lines {
        points.extend([Some(from), Some(to), None]);
    }
    Stroke {
        class: class.to_owned(),
        path: line(&points),
    }
}

/// Where a text stands that belongs to a place: over it, but never beyond these ends.
fn anchor((left, right): (f64, f64), x: f64, text: &str) -> &'static str {
    let half = text.chars().count() as f64 * LETTER / 2.0;
    if x - half < left {
        "start"
    } else if x + half > right {
        "end"
    } else {
        "middle"
    }
}

/// The class of a series' line or mark.
pub fn look(kind: &str, look: usize) -> String {
    [kind, " is-", &coordinate(look as f64)].concat()
}

impl Plot {
    /// Works a chart out for a drawing of this width.
    pub fn new(chart: &Chart, width: f64, lang: Lang) -> Plot {
        let narrow = width < NARROW;
        let height = if narrow { 300.0 } else { 330.0 };
        let values = Linear::nice(
            chart.extent(f64::min),
            chart.extent(f64::max),
            true,
            if narrow { 4 } else { 5 },
        );
        let magnitude = match chart.counts {
            true => values.magnitude(),
            false => Magnitude::One,
        };
        let numbers: Vec<(f64, String)> = values
            .ticks()
            .into_iter()
            .map(|tick| (values.at(tick), values.label(tick, magnitude, lang)))
            .collect();
        let widest = numbers.iter().map(|(_, text)| text.chars().count()).max();
        let frame = Frame {
            left: widest.unwrap_or(0) as f64 * LETTER + 14.0,
            top: 50.0,
            right: width - 12.0,
            bottom: height - 30.0,
        };
        let days = chart.days();
        let inner = Frame {
            left: frame.left + INSET,
            right: frame.right - INSET,
            ..frame
        };
        let place = |day: NaiveDate, value: f64| (inner.x(days.at(day)), inner.y(values.at(value)));

        let mut ticks = Vec::new();
        let mut grid = Vec::new();
        for (at, text) in numbers {
            let y = frame.y(at);
            grid.push([(frame.left, y), (frame.right, y)]);
            ticks.push(label(frame.left - 8.0, y + 4.5, "end", text));
        }
        let mut small = Vec::new();
        for tick in days.ticks(inner.right - inner.left, lang) {
            let x = inner.x(tick.at);
            small.push([(x, frame.bottom), (x, frame.bottom + 5.0)]);
            let anchor = anchor((0.0, width), x, &tick.label);
            ticks.push(label(x, frame.bottom + 20.0, anchor, tick.label));
        }
        small.push([(frame.left, frame.bottom), (frame.right, frame.bottom)]);

        let mut plot = Plot {
            view_box: String::new(),
            grid: joined("chart-grid", grid),
            axis: joined("chart-axis", small),
            ticks,
            unit: label(0.0, 16.0, "start", chart.unit_words(magnitude, lang)),
            strokes: Vec::new(),
            names: Vec::new(),
            spots: Vec::new(),
            labels: Vec::new(),
            legend: Vec::new(),
        };
        if let Some((day, name)) = &chart.asof {
            let x = inner.x(days.at(*day));
            let ends = [(x, frame.top - 8.0), (x, frame.bottom)];
            plot.strokes.push(stroke("chart-asof", &ends));
            let anchor = anchor((frame.left, frame.right), x, name);
            plot.names
                .push(label(x, frame.top - 14.0, anchor, name.clone()));
        }
        for way in &chart.ways {
            let ends = [way.from, way.to].map(|(day, value)| place(day, value));
            plot.strokes.push(stroke("chart-way", &ends));
        }
        // The name of a level stands where fewer marks are.
        let mut places = Vec::new();
        for series in &chart.series {
            for mark in &series.marks {
                places.push(place(mark.day, mark.value));
            }
        }
        let middle = (frame.left + frame.right) / 2.0;
        let right = places.iter().filter(|(x, _)| *x > middle).count();
        let end = match &chart.asof {
            Some((day, _)) if inner.x(days.at(*day)) > middle => inner.x(days.at(*day)),
            _ => frame.right,
        };
        for level in &chart.levels {
            let y = inner.y(values.at(level.value));
            let ends = [(frame.left, y), (frame.right, y)];
            plot.strokes.push(stroke("chart-level", &ends));
            let name = level.name.clone();
            plot.names.push(if right * 2 > places.len() {
                label(frame.left + 6.0, y - 7.0, "start", name)
            } else {
                label(end - 6.0, y - 7.0, "end", name)
            });
        }
        let labelled = places.len() <= LABELLED;
        for series in &chart.series {
            let points: Vec<_> = series.marks.iter().map(|m| place(m.day, m.value)).collect();
            plot.add(series, &points);
            for (mark, (x, y)) in series.marks.iter().zip(&points) {
                if labelled && !mark.label.is_empty() {
                    let anchor = anchor((frame.left, frame.right), *x, &mark.label);
                    plot.labels
                        .push(label(*x, y - 12.0, anchor, mark.label.clone()));
                }
            }
        }
        let below = plot.add_legend(chart, &frame, height);
        plot.view_box = ["0 0 ", &coordinate(width), " ", &coordinate(below)].concat();
        plot
    }

    fn add(&mut self, series: &Series, points: &[(f64, f64)]) {
        let path: Vec<_> = points.iter().copied().map(Some).collect();
        let path = match series.joint {
            Joint::Apart => String::new(),
            Joint::Straight => line(&path),
            Joint::Stairs => stairs(&path),
        };
        self.strokes.push(Stroke {
            class: look("chart-line", series.look),
            path,
        });
        for (mark, point) in series.marks.iter().zip(points) {
            self.spots.push(Spot {
                name: mark.name.clone(),
                look: series.look,
                place: translate(*point),
            });
        }
    }

    /// Adds the legend under the axis; returns where the drawing ends.
    fn add_legend(&mut self, chart: &Chart, frame: &Frame, height: f64) -> f64 {
        let mut x = frame.left;
        let mut y = height + LINE / 2.0;
        let mut entries: Vec<(String, &str, Option<usize>)> = Vec::new();
        for series in chart.series.iter().filter(|s| !s.marks.is_empty()) {
            let class = match series.joint {
                Joint::Apart => String::new(),
                _ => look("chart-line", series.look),
            };
            entries.push((class, &series.name, Some(series.look)));
        }
        for way in &chart.ways {
            entries.push(("chart-way".to_owned(), &way.name, None));
        }
        // A single series needs no key: the title says what it is.
        if entries.len() < 2 {
            return height;
        }
        for (class, name, spot) in entries {
            let length = 40.0 + name.chars().count() as f64 * LETTER;
            if x > frame.left && x + length > frame.right {
                (x, y) = (frame.left, y + LINE);
            }
            let ends = [(x, y), (x + 26.0, y)];
            self.legend.push(Entry {
                label: label(x + 34.0, y + 4.5, "start", name.to_owned()),
                stroke: stroke(&class, if class.is_empty() { &[] } else { &ends }),
                spot: spot.map(|look| (look, translate((x + 13.0, y)))),
            });
            x += length + 12.0;
        }
        y + LINE / 2.0
    }
}

fn translate((x, y): (f64, f64)) -> String {
    ["translate(", &coordinate(x), " ", &coordinate(y), ")"].concat()
}

impl Chart {
    /// The least or the greatest of all values.
    fn extent(&self, choose: fn(f64, f64) -> f64) -> f64 {
        let marks = self.series.iter().flat_map(|s| &s.marks).map(|m| m.value);
        let levels = self.levels.iter().map(|l| l.value);
        let ways = self.ways.iter().flat_map(|w| [w.from.1, w.to.1]);
        marks.chain(levels).chain(ways).fold(0.0, choose)
    }

    fn days(&self) -> Time {
        let marks = self.series.iter().flat_map(|s| &s.marks).map(|m| m.day);
        let ways = self.ways.iter().flat_map(|w| [w.from.0, w.to.0]);
        let asof = self.asof.iter().map(|(day, _)| *day);
        let time = Time::over(marks.chain(ways).chain(asof));
        let time = time.unwrap_or_else(|| Time::new(NaiveDate::default(), NaiveDate::default()));
        match time.from() == time.to() {
            true => Time::new(time.from() - AROUND, time.to() + AROUND),
            false => time,
        }
    }

    fn unit_words(&self, magnitude: Magnitude, lang: Lang) -> String {
        let word = magnitude.word(lang);
        let between = if word.is_empty() { "" } else { " " };
        [word, between, &self.unit].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Level, Mark, Way};
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    fn mark(on: NaiveDate, value: f64) -> Mark {
        Mark {
            day: on,
            value,
            name: String::new(),
            label: coordinate(value),
        }
    }

    /// Two values from 01/01 to 11/01, a target of 40, judged on the last day.
    fn chart() -> Chart {
        Chart {
            id: "c",
            title: String::new(),
            description: String::new(),
            unit: "tài khoản".to_owned(),
            counts: true,
            series: vec![Series {
                name: "Số liệu".to_owned(),
                look: 0,
                joint: Joint::Straight,
                marks: vec![mark(day(2023, 1, 1), 10.0), mark(day(2023, 1, 11), 50.0)],
            }],
            levels: vec![Level {
                name: "40".to_owned(),
                value: 40.0,
            }],
            ways: Vec::new(),
            asof: Some((day(2023, 1, 11), "hôm nay".to_owned())),
        }
    }

    #[test]
    fn values_stand_where_their_axes_say() {
        let plot = Plot::new(&chart(), 760.0, Lang::Vi);
        // Two digits leave 28 for the axis; marks keep 14 from its ends. The axis is from 0 at 300
        // to 50 at 50, so 10 is at 250.
        assert_eq!(plot.spots[0].place, "translate(42 250)");
        assert_eq!(plot.spots[1].place, "translate(734 50)");
        let paths: Vec<_> = plot.strokes.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(
            paths,
            ["M734 42L734 300", "M28 100L748 100", "M42 250L734 50"]
        );
        assert_eq!(plot.view_box, "0 0 760 330", "one series has no legend");
    }

    #[test]
    fn a_legend_takes_the_lines_it_needs() {
        let mut chart = chart();
        chart.ways.push(Way {
            name: "Đường thẳng đến mục tiêu".to_owned(),
            from: (day(2023, 1, 1), 0.0),
            to: (day(2023, 1, 6), 40.0),
        });
        let wide = Plot::new(&chart, 760.0, Lang::Vi);
        assert_eq!(
            (wide.legend.len(), wide.view_box.as_str()),
            (2, "0 0 760 352")
        );
        let narrow = Plot::new(&chart, 300.0, Lang::Vi);
        assert_eq!(narrow.view_box, "0 0 300 344", "each on a line of its own");
    }

    #[test]
    fn great_numbers_are_counted_in_words_at_the_axis() {
        let mut chart = chart();
        chart.series[0].marks[1].value = 69_000.0;
        let plot = Plot::new(&chart, 760.0, Lang::Vi);
        assert_eq!(plot.unit.text, "nghìn tài khoản");
        chart.counts = false;
        assert_eq!(Plot::new(&chart, 760.0, Lang::Vi).unit.text, "tài khoản");
    }

    #[test]
    fn a_chart_of_nothing_has_its_axes() {
        let empty = Chart {
            series: Vec::new(),
            levels: Vec::new(),
            asof: None,
            ..chart()
        };
        let plot = Plot::new(&empty, 360.0, Lang::Vi);
        assert!(plot.spots.is_empty() && !plot.ticks.is_empty());
    }
}
