//! Icons: thin strokes on a 16-unit grid, drawn for this page.
//!
//! An icon never speaks alone: it is hidden from assistive technology and stands
//! beside a word, or its control has a name.

use lean::prelude::*;
use tracker::indicator::Verdict;
use tracker::status::Bucket;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A gauge: the overview.
    Overview,
    /// A board of columns.
    Board,
    /// Lines of a table.
    Table,
    /// Bars on a scale of time.
    Timeline,
    /// A building with columns.
    Agency,
    /// A line that climbs between two axes.
    Indicator,
    /// Three dots: more.
    More,
    /// Three arrows into a tray: bringing together.
    Gather,
    /// A stack of discs: data.
    Data,
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// An open circle: not started.
    Open,
    /// A half-filled circle: in progress.
    Half,
    /// A check mark: done.
    Check,
    /// A line: there is nothing to say.
    Dash,
    /// A dotted circle: nothing known.
    Unknown,
    /// A check mark and a clock: done late.
    CheckLate,
    /// A triangle: overdue.
    Overdue,
    /// A turning arrow: ongoing.
    Loop,
    /// A clock: due soon.
    Clock,
    /// A flag: blocked.
    Flag,
    /// A pencil: notes.
    Note,
    /// An arrow into a tray.
    Download,
    /// An arrow out of a tray.
    Upload,
    /// An arrow back.
    Undo,
    /// An arrow forth.
    Redo,
    /// An angle to the left: the one before.
    Previous,
    /// An angle to the right: the one after.
    Next,
    /// Two arrows apart: values that differ.
    Differ,
    /// A cross in a circle: something failed.
    Fault,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// A disc, half of it dark: as the system has it.
    System,
    /// A sun: light.
    Sun,
    /// A moon: dark.
    Moon,
    /// A keyboard.
    Keyboard,
    /// Two angles to the left: fold.
    Fold,
    /// Two angles to the right: unfold.
    Unfold,
    /// A printer.
    Print,
}

/// The glyph of a bucket.
pub fn of_bucket(bucket: Bucket) -> Glyph {
    match bucket {
        Bucket::NotStartedOverdue | Bucket::InProgressOverdue => Glyph::Overdue,
        Bucket::NotStartedInTime => Glyph::Open,
        Bucket::InProgressInTime => Glyph::Half,
        Bucket::Ongoing => Glyph::Loop,
        Bucket::CompletedOnTime | Bucket::CompletedNoDeadline => Glyph::Check,
        Bucket::CompletedLate => Glyph::CheckLate,
    }
}

/// The glyph of a verdict on an indicator.
pub fn of_verdict(verdict: Verdict) -> Glyph {
    match verdict {
        Verdict::Met => Glyph::Check,
        Verdict::MetLate => Glyph::CheckLate,
        Verdict::NotMet => Glyph::Overdue,
        Verdict::OnTheWay => Glyph::Half,
        Verdict::NoData => Glyph::Unknown,
        Verdict::NoTarget => Glyph::Dash,
    }
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Glyph::Overview => "M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.6-3.4M2.5 13.5h11",
            Glyph::Board => "M2.5 3h3v10h-3zM6.5 3h3v7h-3zM10.5 3h3v5h-3z",
            Glyph::Table => "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6 3v10",
            Glyph::Timeline => "M2.5 4h6M5 8h7M8 12h5.5M2.5 2v12",
            Glyph::Agency => "M2.5 6.5 8 2.5l5.5 4zM3.5 13.5h9M4.5 6.5v7M8 6.5v7M11.5 6.5v7",
            Glyph::Indicator => "M2.5 2.5v11h11M5 10.5l2.8-3.4 2.2 1.8 3.5-4.9",
            Glyph::More => "M3.5 8h.01M8 8h.01M12.5 8h.01",
            Glyph::Gather => "M3 2.5l3.6 5M13 2.5l-3.6 5M8 2.5v6.5M2.5 9.5v4h11v-4",
            Glyph::Data => {
                "M3 4c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.7-5 1.7S3 5 3 4zM3 4v8c0 1 2.2 1.7 5 1.7s5-.7 5-1.7V4M3 8c0 1 2.2 1.7 5 1.7s5-.7 5-1.7"
            }
            Glyph::Up => "M8 13V3.5M4 7.2l4-4 4 4",
            Glyph::Down => "M8 3v9.5M4 8.8l4 4 4-4",
            Glyph::Search => "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4 13.5 13.5",
            Glyph::Close => "M4 4l8 8M12 4l-8 8",
            Glyph::Open => "M8 2.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8z",
            Glyph::Half => {
                "M8 2.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8zM8 2.8v10.4M10 4v8M12 5.6v4.8"
            }
            Glyph::Dash => "M4 8h8",
            Glyph::Unknown => {
                "M8 2.8h.01M11.7 4.3h.01M13.2 8h.01M11.7 11.7h.01M8 13.2h.01M4.3 11.7h.01M2.8 8h.01M4.3 4.3h.01M6.6 6.4a1.5 1.5 0 1 1 2 1.6c-.4.2-.6.5-.6 1M8 10.9h.01"
            }
            Glyph::Check => "M3 8.5 6.5 12 13 4.5",
            Glyph::CheckLate => {
                "M2 8l3 3 5-6M11.5 8.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM11.5 10v1.6h1.2"
            }
            Glyph::Overdue => "M8 2.5 14 13.2H2zM8 6.4v3.2M8 11.2v.4",
            Glyph::Loop => {
                "M12.7 6.2A5 5 0 0 0 3.6 5.6M3.3 9.8a5 5 0 0 0 9.1.6M12.9 3.2v3.2H9.7M3.1 12.8V9.6h3.2"
            }
            Glyph::Clock => "M8 2.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8zM8 5v3.2l2.2 1.4",
            Glyph::Flag => "M4 14V2.5M4 3h8l-2 2.7L12 8.4H4",
            Glyph::Note => "M3 13l.8-3L10.6 3.2l2.2 2.2L6 12.2zM9 4.8 11.2 7",
            Glyph::Download => "M8 2.5v7M5 7l3 3 3-3M3 13h10",
            Glyph::Upload => "M8 10V3M5 5.5l3-3 3 3M3 13h10",
            Glyph::Undo => "M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6",
            Glyph::Redo => "M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H10",
            Glyph::Previous => "M10 3.5 5.5 8l4.5 4.5",
            Glyph::Next => "M6 3.5 10.5 8 6 12.5",
            Glyph::Differ => "M6.5 4 3 7.5 6.5 11M9.5 5l3.5 3.5L9.5 12",
            Glyph::System => {
                "M8 2.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8zM8 2.8v10.4M6.3 3.2v9.6M4.6 4.4v7.2"
            }
            Glyph::Sun => {
                "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.8v1M8 13.2v1M1.8 8h1M13.2 8h1M3.6 3.6l.7.7M11.7 11.7l.7.7M12.4 3.6l-.7.7M4.3 11.7l-.7.7"
            }
            Glyph::Moon => "M13 9.6A5.4 5.4 0 0 1 6.4 3 5.4 5.4 0 1 0 13 9.6z",
            Glyph::Keyboard => {
                "M2 4.5h12v7H2zM4.5 6.8h.01M7 6.8h.01M9.5 6.8h.01M11.7 6.8h.01M5 9.3h6"
            }
            Glyph::Fold => "M8 4 4 8l4 4M12.5 4l-4 4 4 4",
            Glyph::Unfold => "M8 4l4 4-4 4M3.5 4l4 4-4 4",
            Glyph::Print => "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
            Glyph::Fault => "M8 2.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8zM6 6l4 4M10 6l-4 4",
        }
    }
}

/// An icon, as tall as 16 px or its class says.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}

/// An [`Icon`] that comes to show other things, in its place.
#[component]
pub fn ChangingIcon(
    /// What it shows now.
    glyph: Signal<Glyph>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=move || glyph.get().path() />
        </svg>
    }
}
