//! The state of a combobox and what keys, pointer and focus do to it.

use std::ops::Deref;

use lean::prelude::*;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::ComboOption;
use super::matching::{Group, matching, named};
use super::placement::{Placement, measure};

/// How far PageUp and PageDown go.
const PAGE: isize = 10;

/// The state of one combobox, and everything that changes it. One pointer, since every closure
/// of its view holds a copy; the hundred bytes behind it stay when the combobox goes.
#[derive(Clone, Copy)]
pub(super) struct Model(&'static State);

impl Deref for Model {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// The signals behind a [`Model`].
pub(super) struct State {
    id: &'static str,
    options: Memo<Vec<ComboOption>>,
    pub value: Signal<Option<String>>,
    on_choose: Callback<String>,
    /// What has been typed since the list opened, which narrows it; `None` shows every option.
    pub typed: RwSignal<Option<String>>,
    pub open: RwSignal<bool>,
    /// The value of the option that Enter would take.
    pub active: RwSignal<Option<String>>,
    pub placement: RwSignal<Placement>,
    pub shown: Memo<Vec<Group>>,
    pub root: Ref<HtmlElement>,
    pub field: Ref<HtmlElement>,
    pub input: Ref<HtmlInputElement>,
    pub list: Ref<HtmlElement>,
    /// The window lost focus while the field had it, so the next focus is no one's doing.
    away: StoredValue<bool>,
    /// The mouse button went down on a field that was not focused yet.
    pressed: StoredValue<bool>,
}

impl Model {
    pub fn new(
        id: &'static str,
        options: Memo<Vec<ComboOption>>,
        value: Signal<Option<String>>,
        on_choose: Callback<String>,
    ) -> Self {
        let typed = RwSignal::new(None::<String>);
        let shown = Memo::new(move || {
            options.with(|options| {
                typed.with(|typed| matching(options, typed.as_deref().unwrap_or("")))
            })
        });
        Model(Box::leak(Box::new(State {
            id,
            options,
            value,
            on_choose,
            typed,
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            placement: RwSignal::new(Placement::default()),
            shown,
            root: Ref::new(),
            field: Ref::new(),
            input: Ref::new(),
            list: Ref::new(),
            away: StoredValue::new(false),
            pressed: StoredValue::new(false),
        })))
    }

    /// An element id that is the field's alone. Ids hold no spaces, values and headings may.
    pub fn element_id(self, kind: &str, name: &str) -> String {
        let mut id = format!("{}-{kind}-", self.id);
        for c in name.chars() {
            if c.is_alphanumeric() || c == '-' {
                id.push(c);
            } else {
                id.push_str(&format!("_{:x}_", u32::from(c)));
            }
        }
        id
    }

    /// How many options the list shows. Tracks.
    pub fn count(self) -> usize {
        self.shown
            .with(|groups| groups.iter().map(|group| group.options.len()).sum())
    }

    /// Whether there is a list to move in. Tracks.
    pub fn listed(self) -> bool {
        self.open.get() && self.count() > 0
    }

    /// The name of the chosen option; empty if there is none. Tracks.
    pub fn chosen_label(self) -> String {
        self.value.with(|value| {
            self.options.with(|options| {
                let chosen = options
                    .iter()
                    .find(|option| Some(&option.value) == value.as_ref());
                chosen
                    .map(|option| option.label.clone())
                    .unwrap_or_default()
            })
        })
    }

    /// Whether the page has dropped the combobox. Its elements may still get events then: a field
    /// that is taken away loses the focus, and a frame may have been asked for.
    pub fn is_gone(self) -> bool {
        self.open.is_disposed()
    }

    fn input_is_focused(self) -> bool {
        let focused = document().active_element();
        self.input
            .get_untracked()
            .is_some_and(|input| focused.as_ref() == Some(input.as_ref()))
    }

    /// Selects the field's text, so that what is typed next replaces it.
    fn select_text(self) {
        if self.input_is_focused()
            && let Some(input) = self.input.get_untracked()
        {
            input.select();
        }
    }

    fn show_chosen(self) {
        if let Some(input) = self.input.get_untracked() {
            input.set_value(&untrack(move || self.chosen_label()));
        }
        self.select_text();
    }

    /// Finds the list's place anew.
    pub fn measure(self) {
        if let Some(placement) = self.field.get_untracked().and_then(|field| measure(&field)) {
            self.placement.set(placement);
        }
    }

    /// Opens the list with the chosen option active.
    fn open(self) {
        if !self.open.get_untracked() {
            self.measure();
            self.active.set(self.value.get_untracked());
            self.open.set(true);
        }
    }

    /// Closes the list and puts the chosen name back into the field.
    fn close(self) {
        if self.open.get_untracked() {
            self.typed.set(None);
            self.active.set(None);
            self.open.set(false);
            self.show_chosen();
        }
    }

    pub fn choose(self, value: String) {
        if self
            .value
            .with_untracked(|chosen| chosen.as_ref() != Some(&value))
        {
            self.on_choose.run(value);
        }
        // The choice may have led to another page.
        if !self.is_gone() {
            self.close();
        }
    }

    /// Leaves the field: a name typed in full is a choice, anything else is not.
    fn leave(self) {
        let named = self.typed.with_untracked(|typed| {
            self.options.with_untracked(|options| {
                named(options, typed.as_deref()?).map(|option| option.value.clone())
            })
        });
        match named {
            Some(value) => self.choose(value),
            None => self.close(),
        }
    }

    pub fn on_input(self, text: String) {
        self.open();
        let blank = text.trim().is_empty();
        self.typed.set(Some(text));
        // The first match is what Enter would take; with nothing typed there is no best match.
        let first = self.shown.with_untracked(|groups| {
            groups
                .first()
                .and_then(|group| group.options.first())
                .map(|o| o.value.clone())
        });
        self.active.set(if blank {
            self.value.get_untracked()
        } else {
            first
        });
    }

    /// Moves to the option that `to` finds by the position of the active one, if any, and the
    /// number of options shown. Stays where there is none at the position found.
    fn go(self, to: impl FnOnce(Option<usize>, usize) -> usize) {
        let active = self.active.get_untracked();
        let next = self.shown.with_untracked(|groups| {
            let values: Vec<&String> = groups
                .iter()
                .flat_map(|group| &group.options)
                .map(|o| &o.value)
                .collect();
            let at = values
                .iter()
                .position(|value| Some(*value) == active.as_ref());
            values
                .get(to(at, values.len()))
                .map(|value| (*value).clone())
        });
        if next.is_some() {
            self.active.set(next);
        }
    }

    pub fn on_keydown(self, event: KeyboardEvent) {
        // 229 is what browsers report for a key that the input method took, even where they no
        // longer say that it composes.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let key = event.key();
        let open = self.open.get_untracked();
        if event.ctrl_key() || event.meta_key() || event.shift_key() && key != "Tab" {
            return;
        }
        if event.alt_key() {
            match key.as_str() {
                "ArrowDown" => self.open(),
                "ArrowUp" => self.close(),
                _ => return,
            }
            event.prevent_default();
            return;
        }
        match key.as_str() {
            "ArrowDown" | "ArrowUp" if !open => {
                self.open();
                // On the chosen option if there is one.
                let last = key == "ArrowUp";
                self.go(|at, n| at.unwrap_or(if last { n.saturating_sub(1) } else { 0 }));
            }
            "ArrowDown" => self.go(|at, n| at.map_or(0, |at| if at + 1 < n { at + 1 } else { 0 })),
            "ArrowUp" => self.go(|at, n| match at {
                Some(at) if at > 0 => at - 1,
                _ => n.saturating_sub(1),
            }),
            "Home" if open => self.go(|_, _| 0),
            "End" if open => self.go(|_, n| n.saturating_sub(1)),
            "PageDown" if open => self.go(|at, n| by_page(at, n, PAGE)),
            "PageUp" if open => self.go(|at, n| by_page(at, n, -PAGE)),
            "Enter" if open => match untrack(move || self.enter()) {
                Some(value) => self.choose(value),
                None if self.typed.with_untracked(Option::is_none) => self.close(),
                // Nothing matches what is typed, and the list says so: stay there.
                None => {}
            },
            "Escape" if open => {
                self.close();
                // A sheet or panel around the field stays open.
                event.stop_propagation();
            }
            "Tab" => return self.leave(),
            _ => return,
        }
        event.prevent_default();
    }

    /// What Enter would take: the active option, if it is still among those shown. Tracks.
    pub fn enter(self) -> Option<String> {
        let active = self.active.get()?;
        let shown = self.shown.with(|groups| {
            groups
                .iter()
                .flat_map(|g| &g.options)
                .any(|o| o.value == active)
        });
        shown.then_some(active)
    }

    pub fn on_focus(self) {
        if self.away.get_value() {
            self.away.set_value(false);
        } else {
            self.open();
            self.select_text();
        }
    }

    pub fn on_focusout(self, event: &FocusEvent) {
        if self.is_gone() {
            return;
        }
        if self.input_is_focused() {
            // The window lost the focus, not the field: what is typed waits for the return.
            self.away.set_value(true);
            return;
        }
        let inside = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if !self
            .root
            .get_untracked()
            .is_some_and(|root| root.contains(inside.as_ref()))
        {
            self.leave();
        }
    }

    pub fn on_mousedown(self) {
        self.pressed.set_value(!self.input_is_focused());
    }

    /// The end of a press that brought the focus. It has put a caret where it landed, after the
    /// focus had selected the text; in a field that was open already, that caret is wanted.
    pub fn on_click(self) {
        if self.pressed.get_value() || !self.open.get_untracked() {
            self.pressed.set_value(false);
            self.open();
            self.select_text();
        }
    }

    pub fn toggle(self) {
        if self.open.get_untracked() {
            self.close();
        } else if let Some(input) = self.input.get_untracked() {
            // A field that cannot take the focus still opens, so the failure has no consequence.
            let _ = input.focus();
            self.open();
            self.select_text();
        }
    }
}

/// A page further, without going round: `pages` options from `at`, or from the end one starts at.
fn by_page(at: Option<usize>, n: usize, pages: isize) -> usize {
    let last = n.saturating_sub(1);
    match at {
        Some(at) => at.saturating_add_signed(pages).min(last),
        None if pages < 0 => last,
        None => 0,
    }
}
