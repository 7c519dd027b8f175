//! Reading a pack that somebody opens, in steps, so that whoever shows a page can look after it in
//! between: such a plan may have a hundred thousand tasks.
//!
//! It is one JSON text with the files by their names without `.json`, as they are. A bundle of
//! columns, such as the page embeds, is read as well.

use serde_json::Value;

use super::Plan;
use super::bundle::{BUNDLE, load_columns, parts_of};
use super::check::Faults;
use super::load::{Loading, PackError, TASKS};
use super::read::Reader;
use crate::json::Parts;
use crate::text::{is_plain, visible};

/// How many entries a step reads or checks.
const STEP: usize = 200;

/// How far it is when the text is read and when the entries are, in percent, as seen with plans of
/// 10,000 and more tasks.
const TEXT: usize = 35;
const ENTRIES: usize = 80;

/// What comes of a pack: the plan, or every fault found, each naming file, id and field; never an
/// empty list.
type Outcome = Result<Plan, Vec<PackError>>;

/// A pack that is being read.
pub struct Opening(Stage);

enum Stage {
    /// The text becomes values.
    Text(Parts),
    /// The tasks become entries: those that are left, last first, and how many there were.
    Tasks(Box<Loading>, Vec<Value>, usize),
    /// The tasks are checked, from this place on.
    Checks(Box<Loading>, Faults, usize),
    /// It has come to its end.
    Over,
}

impl Default for Opening {
    /// At the beginning of a text.
    fn default() -> Opening {
        Opening(Stage::Text(Parts::default()))
    }
}

impl Opening {
    /// How far it is in `text`, in percent.
    pub fn percent(&self, text: &str) -> usize {
        let part = |done: usize, all: usize, from: usize, to: usize| {
            from + (to - from) * done.min(all) / all.max(1)
        };
        match &self.0 {
            Stage::Text(parts) => part(parts.read(), text.len(), 0, TEXT),
            Stage::Tasks(_, left, all) => part(all - left.len(), *all, TEXT, ENTRIES),
            Stage::Checks(loading, _, at) => part(*at, loading.plan.tasks().len(), ENTRIES, 100),
            Stage::Over => 100,
        }
    }

    /// Goes on in `text`, which has to be the same each time, for a few milliseconds; what came of
    /// it at its end, once.
    ///
    /// # Errors
    ///
    /// Every fault found, each naming file, id and field; never an empty list.
    pub fn step(&mut self, text: &str) -> Option<Outcome> {
        match std::mem::replace(&mut self.0, Stage::Over) {
            Stage::Text(parts) => self.read(parts, text),
            Stage::Tasks(loading, left, all) => self.enter(loading, left, all),
            Stage::Checks(loading, checks, at) => self.check(loading, checks, at),
            Stage::Over => None,
        }
    }

    fn read(&mut self, mut parts: Parts, text: &str) -> Option<Outcome> {
        let Some(read) = parts.step(text, STEP) else {
            self.0 = Stage::Text(parts);
            return None;
        };
        let mut reader = Reader::default();
        reader.begin_file(BUNDLE);
        let mut bundle = match read {
            Ok(value) => reader.object_of("", value).unwrap_or_default(),
            Err(error) => {
                reader.fault(error.to_string());
                return Some(Err(reader.faults));
            }
        };
        if !bundle.get("tasks").is_some_and(Value::is_array) {
            return Some(load_columns(reader, bundle).checked().end());
        }
        let parts = parts_of(&mut bundle).map(|part| Some(part.unwrap_or_default()));
        let mut loading = Box::new(Loading::new(reader, parts));
        let mut tasks = match loading.take(TASKS) {
            Some(Value::Array(tasks)) => tasks,
            _ => Vec::new(),
        };
        tasks.reverse();
        loading.each_part(show_all);
        loading.before_tasks();
        let all = tasks.len();
        self.0 = Stage::Tasks(loading, tasks, all);
        None
    }

    fn enter(
        &mut self,
        mut loading: Box<Loading>,
        mut left: Vec<Value>,
        all: usize,
    ) -> Option<Outcome> {
        let mut some = left.split_off(left.len().saturating_sub(STEP));
        some.reverse();
        some.iter_mut().for_each(show_all);
        loading.tasks(Some(Value::Array(some)));
        if !left.is_empty() {
            self.0 = Stage::Tasks(loading, left, all);
            return None;
        }
        loading.after_tasks();
        loading.index();
        if !loading.is_readable() {
            return Some(loading.end());
        }
        let mut checks = Faults::default();
        checks.before_tasks(&loading.plan);
        self.0 = Stage::Checks(loading, checks, 0);
        None
    }

    fn check(
        &mut self,
        mut loading: Box<Loading>,
        mut checks: Faults,
        at: usize,
    ) -> Option<Outcome> {
        let next = at + STEP;
        checks.tasks(&loading.plan, at..next);
        if next < loading.plan.tasks().len() {
            self.0 = Stage::Checks(loading, checks, next);
            return None;
        }
        checks.after_tasks(&loading.plan);
        loading.found(checks);
        Some(loading.end())
    }
}

/// Writes every text of an opened plan so that nothing in it is hidden, ids and what names them alike:
/// a plan of somebody else is on every page.
fn show_all(value: &mut Value) {
    match value {
        Value::String(text) if !is_plain(text) => *text = visible(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(show_all),
        Value::Object(map) => map.iter_mut().for_each(|(_, value)| show_all(value)),
        _ => {}
    }
}
