//! What the form is made of: the sheet that its parts share, and one part for each kind of input.

use lean::prelude::*;
use tracker::plan::Task;
use tracker::record::{Choice, Draft, Edits, Fault, Input};

use crate::components::people::People;
use crate::i18n::Tr;
use crate::state::{App, Command};

/// A text of the catalogue.
pub type Word = fn(Tr) -> &'static str;

/// What the parts of the form share.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The page's state.
    pub app: App,
    /// The task.
    pub task: &'static Task,
    /// For whom it is recorded.
    pub unit: RwSignal<String>,
    /// What was touched.
    pub edits: RwSignal<Edits>,
    /// What stands in the form.
    pub draft: Memo<Draft>,
    /// What is wrong with it, as far as it is to be said.
    pub faults: Memo<Vec<(Input, Fault)>>,
}

impl Sheet {
    /// Keeps what was touched, also for when the form is opened again.
    pub fn keep(self, edits: Edits) {
        self.edits.set(edits.clone());
        self.app.dispatch(Command::KeepEdits {
            unit: self.unit.get_untracked(),
            task: self.task.id.clone(),
            edits: Box::new(edits),
        });
    }

    /// Something was typed or chosen.
    pub fn put(self, input: Input, text: &str) {
        let mut edits = self.edits.get_untracked();
        edits.set(input, text.to_owned());
        // Completing implies all of it; it stays editable.
        if input == Input::Status
            && text == Choice::Done.as_str()
            && !self.draft.with_untracked(Draft::is_done)
        {
            edits.set(Input::Progress, "100".to_owned());
        }
        self.keep(edits);
    }

    /// What stands in an input. Tracks it.
    pub fn text(self, input: Input) -> String {
        self.draft.with(|draft| draft.get(input).to_owned())
    }

    /// What is wrong with an input. Tracks it.
    fn fault(self, input: Input) -> Option<Fault> {
        self.faults.with(|faults| {
            let of_input = faults.iter().find(|fault| fault.0 == input);
            of_input.map(|fault| fault.1)
        })
    }
}

/// The id of an input's element.
pub fn id(input: Input) -> &'static str {
    match input {
        Input::Status => "form-status",
        Input::DoneOn => "form-date",
        Input::Progress => "form-progress",
        Input::Note => "form-note",
        Input::Forecast => "form-forecast",
        Input::ExtendedTo => "form-extended-to",
        Input::Grant => "form-grant",
        Input::Bottleneck => "form-bottleneck",
        Input::Obstacle => "form-obstacle",
        Input::Rating => "form-rating",
        Input::Reason => "form-reason",
        Input::Assignee => "form-assignee",
        Input::Evidence => "form-evidence",
    }
}

/// The id of the list of people.
const PEOPLE: &str = "form-people";

/// How an input is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Line,
    /// Who works on it; those that are known are offered.
    Person,
    /// A date.
    Date,
    /// A short number.
    Number,
    /// Several lines of text.
    Lines,
}

/// A labelled field with its fault below.
#[component]
pub fn Field(
    /// The form.
    sheet: Sheet,
    /// Which input.
    input: Input,
    /// Its label.
    label: Word,
    /// How it is typed.
    kind: Kind,
    /// What stands beside the field.
    beside: View,
) -> impl IntoView {
    let app = sheet.app;
    let fault_id = format!("{}-fault", id(input));
    let described = match input {
        Input::Evidence | Input::ExtendedTo => format!("{}-hint {fault_id}", id(input)),
        _ => fault_id.clone(),
    };
    let value = move || sheet.text(input);
    let wrong = move || sheet.fault(input).map(|_| "true");
    let off = move || input == Input::DoneOn && !sheet.draft.with(Draft::is_done);
    let typed = move |ev: web_sys::Event| sheet.put(input, &event_target_value(&ev));
    let people = (kind == Kind::Person).then_some(PEOPLE);
    let field = if kind == Kind::Lines {
        view! {
            <textarea
                id=id(input)
                rows="3"
                prop:value=value
                aria-invalid=wrong
                aria-describedby=described
                on:input=typed
            ></textarea>
        }
    } else {
        let numeric = matches!(kind, Kind::Date | Kind::Number);
        view! {
            <input
                id=id(input)
                type="text"
                inputmode=numeric.then_some("numeric")
                autocomplete="off"
                list=people
                placeholder=move || if kind == Kind::Date { app.tr().form_date_format() } else { "" }
                prop:value=value
                prop:disabled=off
                aria-invalid=wrong
                aria-describedby=described
                on:input=typed
            />
        }
    };
    view! {
        <div class="field" class:is-narrow=kind == Kind::Number>
            <label for=id(input)>{app.says(label)}</label>
            <div class="input-with-button">{field}{beside}</div>
            {people.map(|id| view! { <People id /> })}
            <p id=fault_id class="fault" role="alert">{move || sheet.fault(input).map_or("", |fault| app.tr().fault(fault))}</p>
        </div>
    }
}

/// A choice among a few, side by side.
#[component]
pub fn Segments(
    /// The form.
    sheet: Sheet,
    /// Which input.
    input: Input,
    /// Its label.
    label: Word,
    /// What the choices write, and their names. An input that holds none of them holds the first.
    choices: &'static [(&'static str, Word)],
) -> impl IntoView {
    let app = sheet.app;
    let chosen = Memo::new(move || {
        let text = sheet.text(input);
        let known = choices.iter().position(|choice| choice.0 == text);
        known.unwrap_or_default()
    });
    let segment = move |(at, (text, name)): (usize, &'static (&'static str, Word))| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=id(input)
                    prop:checked=move || chosen.get() == at
                    on:change=move |_| sheet.put(input, text)
                />
                <span>{app.says(*name)}</span>
            </label>
        }
    };
    view! {
        <fieldset role="radiogroup" aria-labelledby=id(input)>
            <legend id=id(input)>{app.says(label)}</legend>
            <div class="segments">{choices.iter().enumerate().map(segment).collect_view()}</div>
        </fieldset>
    }
}
