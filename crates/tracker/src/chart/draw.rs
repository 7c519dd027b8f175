//! Places as coordinates, and coordinates as what SVG draws.

use super::linear::Linear;
use crate::text::plain;

/// The part of a picture that holds the marks, in its coordinates; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Where the first value of the horizontal axis is.
    pub left: f64,
    /// Where the greatest value of the vertical axis is.
    pub top: f64,
    /// Where the last value of the horizontal axis is.
    pub right: f64,
    /// Where the least value of the vertical axis is.
    pub bottom: f64,
}

impl Frame {
    /// The x of a place on the horizontal axis, from 0 to 1.
    pub fn x(&self, at: f64) -> f64 {
        self.left + (self.right - self.left) * at
    }

    /// The y of a place on the vertical axis, from 0 at the bottom to 1 at the top.
    pub fn y(&self, at: f64) -> f64 {
        self.bottom + (self.top - self.bottom) * at
    }
}

/// A coordinate as an attribute holds it, to a tenth: finer is not seen, and longer to read.
pub fn coordinate(value: f64) -> String {
    let tenths = (value * 10.0).round();
    if tenths.is_finite() && tenths != 0.0 {
        plain(tenths / 10.0)
    } else {
        "0".to_owned()
    }
}

/// Straight lines from point to point, interrupted where a point is missing. A point without
/// neighbours is a line of no length, which round ends make a dot.
pub fn line(points: &[Option<(f64, f64)>]) -> String {
    path(points, |out, _, to| command(out, 'L', &[to.0, to.1]))
}

/// Stairs: each value holds until the next point. With gaps and dots as in [`line`].
pub fn stairs(points: &[Option<(f64, f64)>]) -> String {
    path(points, |out, from, to| {
        command(out, 'H', &[to.0]);
        if from.1 != to.1 {
            command(out, 'V', &[to.1]);
        }
    })
}

/// The area between two lines over the same x, each point (x, y of one line, y of the other); one
/// closed area for every run of points.
pub fn band(points: &[Option<(f64, f64, f64)>]) -> String {
    let mut out = String::new();
    for run in points.split(Option::is_none) {
        let mut run = run.iter().flatten();
        let Some((x, first, second)) = run.next() else {
            continue;
        };
        let rest: Vec<_> = run.collect();
        command(&mut out, 'M', &[*x, *first]);
        for (x, y, _) in &rest {
            command(&mut out, 'L', &[*x, *y]);
        }
        for (x, _, y) in rest.iter().rev() {
            command(&mut out, 'L', &[*x, *y]);
        }
        command(&mut out, 'L', &[*x, *second]);
        out.push('Z');
    }
    out
}

fn path(
    points: &[Option<(f64, f64)>],
    mut join: impl FnMut(&mut String, (f64, f64), (f64, f64)),
) -> String {
    let mut out = String::new();
    for run in points.split(Option::is_none) {
        let mut last: Option<(f64, f64)> = None;
        for point in run.iter().flatten() {
            match last {
                None => command(&mut out, 'M', &[point.0, point.1]),
                Some(from) => join(&mut out, from, *point),
            }
            last = Some(*point);
        }
        if run.len() == 1 {
            out.push_str("h0");
        }
    }
    out
}

fn command(out: &mut String, letter: char, numbers: &[f64]) {
    out.push(letter);
    for (at, number) in numbers.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(&coordinate(*number));
    }
}

/// Places for bars beside each other on an axis: equally wide, with gaps between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slots {
    /// How many bars there are.
    pub count: usize,
    /// How much of each place is left free, from 0 to below 1; half of it on each side.
    pub gap: f64,
}

impl Slots {
    /// Where a bar begins and ends, from 0 to 1.
    pub fn at(&self, bar: usize) -> (f64, f64) {
        let width = 1.0 / self.count.max(1) as f64;
        let free = width * self.gap.clamp(0.0, 0.95) / 2.0;
        let from = width * bar as f64;
        (from + free, from + width - free)
    }
}

/// Where the bar of a value begins and ends on its axis, the lower end first: it stands on 0, or
/// on the end of the axis that is nearest to it.
pub fn bar(axis: &Linear, value: f64) -> (f64, f64) {
    let (base, end) = (axis.at(0.0), axis.at(value));
    (base.min(end), base.max(end))
}
