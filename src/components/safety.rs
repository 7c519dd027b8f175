//! The safety meter: whether what was recorded is safe, always in view, and what to do about it.
//!
//! Drawn once the whole program is there.

use lean::prelude::*;
use tracker::date::format_date;
use tracker::text::{format_decimal, format_percent};

use super::icon::{Glyph, Icon};
use super::popup::Under;
use crate::i18n::{Tr, day_of};
use crate::platform::QUOTA_UNITS;
use crate::route::Page;
use crate::state::safety::{Safety, Second, why_words};
use crate::state::{App, Command};

/// The share of the room from which on it is nearly full.
const LOW: f64 = 0.8;

/// How safe what was recorded is, the worst first.
#[derive(Clone, Copy, PartialEq)]
enum Safe {
    /// So many updates are in the open page alone.
    Unsaved(usize),
    /// A newer version of the page stores here.
    ReadOnly,
    /// Neither place takes anything.
    Fault,
    /// The place that is read first takes no more.
    SecondOnly(usize),
    /// Stored values could not be read.
    Aside,
    /// The browser profile was copied.
    Forked,
    /// Being written.
    Saving,
    /// What is kept is being read: more may come.
    Reading,
    /// There is no second place.
    FirstOnly(usize),
    /// So many updates are in no file yet.
    Pending(usize),
    Saved,
}

impl Safe {
    fn now(app: App) -> Safe {
        let unsaved = app.unsaved().with(Vec::len);
        let fault = app.storage_fault().with(Option::is_some);
        let aside = app.aside().with(|all| !all.is_empty());
        let (pending, _) = app.unexported();
        let read_only = app.is_read_only();
        app.safety(|safety| {
            let second = safety.has_second();
            let opening = matches!(safety.second, Second::Opening);
            match () {
                () if unsaved > 0 => Safe::Unsaved(unsaved),
                () if read_only => Safe::ReadOnly,
                () if fault && second => Safe::SecondOnly(pending),
                () if fault && !opening => Safe::Fault,
                () if aside => Safe::Aside,
                () if safety.forks > 0 => Safe::Forked,
                () if safety.saving > 0 => Safe::Saving,
                () if safety.reading => Safe::Reading,
                () if !second && !opening => Safe::FirstOnly(pending),
                () if pending > 0 => Safe::Pending(pending),
                () => Safe::Saved,
            }
        })
    }

    fn class(self) -> &'static str {
        match self {
            Safe::Unsaved(_) | Safe::ReadOnly | Safe::Fault | Safe::Aside | Safe::SecondOnly(_) => {
                "safety is-alarm"
            }
            Safe::FirstOnly(_) | Safe::Pending(_) | Safe::Forked => "safety is-pending",
            Safe::Saving | Safe::Reading | Safe::Saved => "safety is-safe",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Safe::Unsaved(_) | Safe::ReadOnly | Safe::Fault | Safe::Aside | Safe::SecondOnly(_) => {
                Glyph::Fault
            }
            Safe::Forked | Safe::FirstOnly(_) => Glyph::Overdue,
            Safe::Pending(_) => Glyph::Upload,
            Safe::Saving | Safe::Reading => Glyph::Clock,
            Safe::Saved => Glyph::Check,
        }
    }

    fn words(self, tr: Tr) -> String {
        match self {
            Safe::Unsaved(n) => tr.safety_unsaved(n),
            Safe::ReadOnly => tr.safety_read_only().to_owned(),
            Safe::Fault => tr.safety_fault().to_owned(),
            Safe::Aside => tr.safety_aside().to_owned(),
            Safe::Forked => tr.safety_forked().to_owned(),
            Safe::Saving => tr.safety_saving().to_owned(),
            Safe::Reading => tr.safety_reading().to_owned(),
            Safe::SecondOnly(0) | Safe::FirstOnly(0) => tr.safety_half().to_owned(),
            Safe::SecondOnly(n) | Safe::FirstOnly(n) => tr.safety_half_pending(n),
            Safe::Pending(n) => tr.safety_pending(n),
            Safe::Saved => tr.safety_saved().to_owned(),
        }
    }

    fn count(self) -> usize {
        match self {
            Safe::Unsaved(n) | Safe::Pending(n) | Safe::FirstOnly(n) | Safe::SecondOnly(n) => n,
            _ => 0,
        }
    }
}

/// Whether what was recorded is safe; opens what is known of it, and what to do. The door to this
/// room, for the bar.
#[inline(never)]
pub fn meter(app: App) -> View {
    let safe = Memo::new(move || Safe::now(app));
    let words = move || safe.get().words(app.tr());
    let short = move || match safe.get().count() {
        0 => String::new(),
        n => app.tr().count(n),
    };
    let face = view! {
        {move || {
            let glyph = safe.get().glyph();
            view! { <Icon glyph /> }
        }}
        <span class="safety-words">{words}</span>
        <span class="safety-short" aria-hidden="true">{short}</span>
    };
    view! {
        <Under
            id="safety"
            class=Signal::derive(move || safe.get().class())
            face=face.into_view()
            content=content
        />
    }
    .into_view()
}

/// What to do about something: what the button says, and the command.
type Action = Option<(&'static str, fn() -> Command)>;

/// A line of what is known: what it says, whether it is in danger, and what to do about it.
struct Line {
    glyph: Glyph,
    text: String,
    action: Action,
}

fn content(app: App, open: RwSignal<bool>) -> View {
    app.dispatch(Command::LookAtStorage);
    view! {
        <h2 class="safety-title">{app.says(Tr::safety_title)}</h2>
        <ul class="safety-list" aria-live="polite">
            {each(
                move || lines(app),
                // A line that says the same stays what it was, and its button keeps the focus.
                |line| line.text.clone(),
                move |line| line_view(app, line),
            )}
        </ul>
        <a
            class="safety-link"
            href=move || app.href(Page::Data)
            on:click=move |_| open.set(false)
        >
            {app.says(Tr::safety_data_link)}
        </a>
    }
    .into_view()
}

fn line_view(app: App, line: Line) -> View {
    let Line {
        glyph,
        text,
        action,
    } = line;
    let button = action.map(|(words, command)| {
        view! {
            <button type="button" class="button is-small" on:click=move |_| app.dispatch(command())>
                {words}
            </button>
        }
    });
    view! {
        <li class="safety-line">
            <Icon glyph />
            <span>{text}</span>
            {button}
        </li>
    }
    .into_view()
}

/// Everything that is known, the worst first. Tracks it.
fn lines(app: App) -> Vec<Line> {
    let tr = app.tr();
    let mut lines = Vec::new();
    let mut line = |glyph, text, action| {
        lines.push(Line {
            glyph,
            text,
            action,
        });
    };
    let again = Some((
        tr.storage_again(),
        (|| Command::StoreAgain) as fn() -> Command,
    ));
    let export = Some((tr.export_button(), (|| Command::Export) as fn() -> Command));
    if app.is_read_only() {
        line(Glyph::Fault, tr.storage_newer().to_owned(), export);
    }
    let unsaved = app.unsaved().with(Vec::len);
    if unsaved > 0 {
        line(Glyph::Fault, tr.safety_unsaved_text(unsaved), export);
    }
    places(app, &mut |glyph, text, bad| {
        line(glyph, text, again.filter(|_| bad))
    });
    let aside = app.aside().with(Vec::len);
    if aside > 0 {
        line(Glyph::Fault, tr.safety_aside_text(aside), None);
    }
    let forks = app.safety(|safety| safety.forks);
    if forks > 0 {
        line(Glyph::Overdue, tr.safety_forks(forks), None);
    }
    match app.unexported() {
        (n @ 1.., Some(ms)) => {
            let day = format_date(day_of(ms, app.offset_minutes(ms)));
            line(Glyph::Upload, tr.safety_since(n, day), export);
        }
        _ if app.ledger().with(|ledger| ledger.is_empty()) => {
            line(Glyph::Check, tr.safety_none_yet().to_owned(), None);
        }
        _ => line(Glyph::Check, tr.safety_all_exported().to_owned(), None),
    }
    promise(app, &mut line);
    lines
}

/// Where everything is kept, and how much room there is; whether it is in danger.
fn places(app: App, line: &mut dyn FnMut(Glyph, String, bool)) {
    let (tr, lang) = (app.tr(), app.lang());
    let first = app.storage_fault().get();
    let (second, health) = app.safety(|safety| (state_of(safety, tr), safety.health));
    match (first, second) {
        (_, None) => line(Glyph::Clock, tr.safety_opening().to_owned(), false),
        (None, Some(Ok(()))) => line(Glyph::Check, tr.safety_both().to_owned(), false),
        (None, Some(Err(why))) => line(Glyph::Overdue, tr.safety_first_only(why), true),
        (Some(fault), Some(Ok(()))) => {
            line(
                Glyph::Fault,
                tr.safety_second_only(why_words(tr, &fault)),
                true,
            );
        }
        (Some(fault), Some(Err(_))) => {
            line(Glyph::Fault, tr.safety_neither(why_words(tr, &fault)), true);
        }
    }
    let amount = |bytes: f64| {
        let megabytes = bytes / (1024.0 * 1024.0);
        let (number, unit) = if megabytes < 1024.0 {
            (megabytes, "MB")
        } else {
            (megabytes / 1024.0, "GB")
        };
        format_decimal(number, 1, lang) + " " + unit
    };
    let mut low = false;
    let mut room = |words: &dyn Fn(String, String, String) -> String, used: f64, quota: f64| {
        let share = used / quota;
        low |= share >= LOW;
        let glyph = if share >= LOW {
            Glyph::Overdue
        } else {
            Glyph::Data
        };
        let text = words(amount(used), amount(quota), format_percent(share, 1, lang));
        line(glyph, text, false);
    };
    if health.units > 0 {
        let words = |used, quota, share| tr.safety_space_first(used, quota, share);
        room(&words, health.units as f64, QUOTA_UNITS as f64);
    }
    if let Some((used, quota)) = health.estimate.filter(|(_, quota)| *quota > 0.0) {
        let words = |used, quota, share| tr.safety_space_second(used, quota, share);
        room(&words, used, quota);
    }
    if low {
        line(Glyph::Overdue, tr.safety_space_low().to_owned(), true);
    }
}

/// Whether the second place is in use, or why not; `None` until that is known.
fn state_of(safety: &Safety, tr: Tr) -> Option<Result<(), String>> {
    let fault = match (&safety.second, &safety.second_fault) {
        (Second::Opening, _) => return None,
        (Second::Absent(fault), _) | (Second::Ready(_), Some(fault)) => fault,
        (Second::Ready(_), None) => return Some(Ok(())),
    };
    Some(Err(why_words(tr, fault)))
}

/// Whether the browser promised to keep everything.
fn promise(app: App, line: &mut dyn FnMut(Glyph, String, Action)) {
    let tr = app.tr();
    let health = app.safety(|safety| safety.health);
    let ask = Some((
        tr.safety_ask(),
        (|| Command::AskToPersist) as fn() -> Command,
    ));
    match health.persisted {
        Some(true) => line(Glyph::Check, tr.safety_persisted().to_owned(), None),
        Some(false) => {
            line(Glyph::Overdue, tr.safety_not_persisted().to_owned(), ask);
            if health.asked {
                line(Glyph::Overdue, tr.safety_not_granted().to_owned(), None);
            }
        }
        None => line(Glyph::Dash, tr.safety_no_promise().to_owned(), None),
    }
}
