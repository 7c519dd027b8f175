//! What is odd about the events of a good file: they are taken in and kept all the same, but whoever
//! merges them should know.

use std::sync::Arc;

use crate::ledger::{Event, FOLLOW_MS, Reading};

/// What is odd about events. Nothing of it is a reason to refuse them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Events about a subject that the plan does not have.
    pub of_unknown_subjects: usize,
    /// Those subjects, ascending.
    pub unknown_subjects: Vec<String>,
    /// Events of a unit that the plan does not have.
    pub of_unknown_units: usize,
    /// Those units, ascending.
    pub unknown_units: Vec<String>,
    /// Events with a field or members that this version does not know.
    pub unknown_fields: usize,
    /// Events of a known field with a value that this version cannot read.
    pub unreadable_values: usize,
    /// Events stamped more than 24 hours after the moment they are looked at: whoever wrote them had a
    /// clock that was ahead.
    pub ahead: usize,
}

impl Oddities {
    /// Adds what is odd about these events at the moment `now`, in ms since 1970.
    pub fn look(
        &mut self,
        events: &[Arc<Event>],
        knows_subject: impl Fn(&str) -> bool,
        knows_unit: impl Fn(&str) -> bool,
        now: i64,
    ) {
        for event in events {
            if !knows_subject(event.subject()) {
                self.of_unknown_subjects += 1;
                note(&mut self.unknown_subjects, event.subject());
            }
            if !knows_unit(event.unit()) {
                self.of_unknown_units += 1;
                note(&mut self.unknown_units, event.unit());
            }
            let reading = event.reading();
            let extra = !event.extra().is_empty() || !event.time_extra().is_empty();
            self.unknown_fields += usize::from(extra || reading == Reading::UnknownField);
            self.unreadable_values += usize::from(matches!(reading, Reading::Unreadable(_)));
            self.ahead += usize::from(event.time().ms > now.saturating_add(FOLLOW_MS));
        }
    }
}

/// Adds a name to names in ascending order, unless it is there.
pub(super) fn note(names: &mut Vec<String>, name: &str) {
    if let Err(at) = names.binary_search_by(|known| known.as_str().cmp(name)) {
        names.insert(at, name.to_owned());
    }
}
