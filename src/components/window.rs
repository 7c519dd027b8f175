//! A long list of which only the lines on the screen are drawn.
//!
//! Every line is as high as the style's `--row` and stands at its place in a frame that is as high
//! as all of them; so whatever scrolls, the frame's own box or the whole page, what is on the
//! screen follows from where the frame is now. The page that uses it draws
//! [`Window::drawn`] by a keyed `each`: scrolling draws only lines that were not there before.

use lean::prelude::*;
use web_sys::HtmlElement;

use crate::platform::page;
use crate::state::{App, use_app};

/// Lines drawn beyond each edge of the screen, so that scrolling by a little shows no gap.
const MARGIN: usize = 4;

/// Lines drawn next to one that is kept: keys can be faster than the browser tells of a scroll,
/// and lead from line to line. The next may be the head of a group.
const NEXT: usize = 2;

/// Lines drawn before anything was measured.
const FIRST: usize = 24;

/// The part of a list that is drawn.
#[derive(Clone, Copy)]
pub struct Window {
    /// The element that holds the lines.
    pub frame: Ref<HtmlElement>,
    app: App,
    count: Memo<usize>,
    span: RwSignal<(usize, usize)>,
}

impl Window {
    /// A window on a list of `count` lines. Watches the page until the current owner ends.
    pub fn new(count: Memo<usize>) -> Window {
        let window = Window {
            frame: Ref::new(),
            app: use_app(),
            count,
            span: RwSignal::new((0, FIRST)),
        };
        // Kept, and with that listening, as long as the list is there.
        StoredValue::new(page::on_scroll_or_resize(move || window.look()));
        effect(move || {
            // Fewer lines, or the first ones, may end a scroll that nobody hears of.
            count.get();
            // With the next frame, when all that follows from the change is drawn: measuring in
            // between would make the browser lay out the page twice.
            page::on_frame(move || window.look());
        });
        window
    }

    /// Looks again which lines are on the screen.
    pub fn look(self) {
        if self.span.is_disposed() {
            return;
        }
        let Some(frame) = self.frame.get_untracked() else {
            return;
        };
        let row = frame
            .first_element_child()
            .map_or(0.0, |line| line.get_bounding_client_rect().height());
        let top = frame.get_bounding_client_rect().top();
        let span = span(top, row, page::height());
        if self.span.get_untracked() != span {
            self.span.set(span);
        }
    }

    /// The lines to draw, in ascending order: those about the screen, and those of `kept`, which
    /// stay wherever the list is scrolled, such as the one that has the focus, with [`NEXT`] lines
    /// before and after each. On paper all. Tracks.
    pub fn drawn(self, kept: &[usize]) -> Vec<usize> {
        let ((first, end), count) = (self.span.get(), self.count.get());
        if self.app.printing() {
            return (0..count).collect();
        }
        let mut drawn: Vec<usize> = (first.min(count)..end.min(count)).collect();
        for &line in kept {
            drawn.extend(line.saturating_sub(NEXT)..count.min(line + NEXT + 1));
        }
        drawn.sort_unstable();
        drawn.dedup();
        drawn
    }

    /// How high the frame is, as its style wants it. Tracks.
    pub fn height(self) -> String {
        place(self.count.get())
    }
}

/// Where a line stands in the frame, as its style wants it.
pub fn place(line: usize) -> String {
    format!("calc(var(--row) * {line})")
}

/// The lines from the first to before the last that are about the screen, where the frame begins
/// at `top` and each line is `row` high, on a screen that is `height` high. Within the list they are
/// always as many, so that scrolling only gives the elements of some lines to others.
fn span(top: f64, row: f64, height: f64) -> (usize, usize) {
    if row < 1.0 {
        return (0, FIRST);
    }
    let first = (-top / row).floor();
    // One more, since mostly a part of the first and of the last is seen.
    let end = first + (height / row).ceil() + 1.0;
    // A cast of what lies above the list is 0.
    let (first, end) = (first as usize, end as usize);
    (first.saturating_sub(MARGIN), end.saturating_add(MARGIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_on_the_screen_and_a_few_beyond_are_drawn() {
        // The frame begins below the head of the page.
        assert_eq!(span(200.0, 50.0, 900.0), (0, 15 + MARGIN));
        // Scrolled by twenty lines and a half.
        assert_eq!(span(-1025.0, 50.0, 900.0), (20 - MARGIN, 39 + MARGIN));
        // The list ends above the screen, or begins below it: nothing but the margin.
        assert_eq!(span(1900.0, 50.0, 900.0), (0, MARGIN));
    }

    #[test]
    fn wherever_it_is_scrolled_as_many_lines_are_drawn() {
        for top in 0..400 {
            let (first, end) = span(-1000.0 - f64::from(top), 37.5, 890.0);
            let seen = (1000.0 + f64::from(top), 1890.0 + f64::from(top));
            assert_eq!(end - first, 25 + 2 * MARGIN);
            assert!(((first + MARGIN) as f64) * 37.5 <= seen.0);
            assert!(((end - MARGIN) as f64) * 37.5 >= seen.1);
        }
    }

    #[test]
    fn before_it_is_measured_some_lines_are_drawn() {
        assert_eq!(span(0.0, 0.0, 900.0), (0, FIRST));
    }
}
