//! A labelled field of one line, with what is wrong with it below.

use lean::prelude::*;

use super::people::People;
use crate::i18n::Tr;
use crate::state::use_app;

/// The id of the list of people.
const PEOPLE: &str = "field-people";

/// What is typed.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A person's name, which counts once it is finished.
    Name,
    /// Who works on a task; those that are known are offered.
    Person,
    /// A date, as people write it.
    Date,
    /// A whole number from 0 to 100.
    Percent,
}

/// A field; what is wrong with it is announced, and marks it as long as it says anything.
#[component]
pub fn Field(
    /// The id of its element.
    id: &'static str,
    /// Its label.
    label: fn(Tr) -> &'static str,
    /// What is typed.
    kind: Kind,
    /// What stands in it.
    value: Signal<String>,
    /// Takes what was typed.
    put: Callback<String>,
    /// What is wrong with it, in words: none when all is well. Nothing where nothing can be.
    fault: Option<Signal<&'static str>>,
    /// What stands beside it.
    beside: View,
) -> impl IntoView {
    let app = use_app();
    let people = (kind == Kind::Person).then_some(PEOPLE);
    let percent = kind == Kind::Percent;
    let fault_id = fault.map(|_| format!("{id}-fault"));
    let described = fault_id.clone();
    let wrong = move || fault.and_then(|fault| (!fault.get().is_empty()).then_some("true"));
    let input = view! {
        <input
            id=id
            type=if percent { "number" } else { "text" }
            inputmode=(kind == Kind::Date).then_some("numeric")
            min=percent.then_some("0")
            max=percent.then_some("100")
            step=percent.then_some("1")
            maxlength=(kind == Kind::Name).then_some("120")
            autocomplete=if kind == Kind::Name { "name" } else { "off" }
            list=people
            placeholder=move || (kind == Kind::Date).then(|| app.tr().form_date_format())
            prop:value=move || value.get()
            aria-invalid=wrong
            aria-describedby=described
            on:input=move |ev| if kind != Kind::Name { put.run(event_target_value(&ev)) }
            on:change=move |ev| if kind == Kind::Name { put.run(event_target_value(&ev)) }
        />
    };
    let input = match beside {
        View::Nothing => input,
        beside => view! { <div class="input-with-button">{input}{beside}</div> },
    };
    view! {
        <div class="field">
            <label for=id>{app.says(label)}</label>
            {input}
            {people.map(|id| view! { <People id /> })}
            {fault.map(|fault| view! { <p id=fault_id class="fault" role="alert">{move || fault.get()}</p> })}
        </div>
    }
}
