//! A text field that narrows a list of options and takes one of them: the
//! editable combobox with a list popup of WAI-ARIA 1.2.
//!
//! Focus stays in the field, and `aria-activedescendant` says which option the
//! arrow keys are on. What is typed only ever narrows the list: the choice
//! changes by Enter, by a click, or by leaving the field with an option's name
//! in it; any other way out puts the chosen name back.
//!
//! While an input method composes, keys belong to it and do nothing here. The
//! list is still narrowed meanwhile, since on many phones every word is
//! composed until the next space. For the same reason the field's text is
//! never bound to a signal: writing to it would break the composition.

mod matching;
mod model;
mod outside;
mod placement;

use lean::prelude::*;

use model::Model;
use web_sys::MouseEvent;

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ComboOption {
    /// What is reported when it is chosen; of several with one value only the first is shown.
    pub value: String,
    /// Its name, as the field shows it once chosen.
    pub label: String,
    /// Shown muted after the name, such as an abbreviation; may be empty.
    pub detail: String,
    /// The heading it stands under; empty for none. Need not be contiguous in the list.
    pub group: String,
    /// [`tracker::text::fold`] of the name and of whatever else should find it.
    pub search: String,
}

/// Keeps the focus in the field when something else of the combobox is pressed.
fn keep_focus(event: MouseEvent) {
    event.prevent_default();
}

/// A labelled text field that narrows a list of options as one types, and takes one of them.
#[component]
pub fn Combobox(
    /// Prefix of the element ids; unique on the page. The field itself is `{id}-input`.
    id: &'static str,
    /// What is chosen here, such as "Đơn vị của tôi".
    label: Signal<String>,
    /// Whether the label is for screen readers only.
    label_hidden: bool,
    /// Shown in the empty field.
    placeholder: Signal<String>,
    /// Everything that can be chosen, in the order in which it is shown.
    options: Memo<Vec<ComboOption>>,
    /// The value of the chosen option.
    value: Signal<Option<String>>,
    /// Said when no option matches what is typed.
    empty: Signal<String>,
    /// Says to screen readers how many options match, such as "12 đơn vị".
    count_text: Callback<usize, String>,
    /// Called with the value of the option that was chosen instead of the present one.
    on_choose: Callback<String>,
) -> impl IntoView {
    let model = Model::new(id, options, value, on_choose);
    model.watch();
    let input_id = format!("{id}-input");
    let label_id = format!("{id}-label");
    let list_id = format!("{id}-list");
    let none = move || model.open.get() && model.count() == 0;
    let pixels = |length: f64| tracker::text::plain(length) + "px";

    view! {
        <div class="combobox" node_ref=model.root on:focusout=move |event| model.on_focusout(&event)>
            <label
                id=label_id.clone()
                for=input_id.clone()
                class="combobox-label"
                class:combobox-unseen=label_hidden
            >
                {move || label.get()}
            </label>
            <div class="combobox-field" node_ref=model.field>
                <input
                    id=input_id
                    class="combobox-input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=list_id.clone()
                    aria-expanded=move || model.listed().to_string()
                    aria-activedescendant=move || {
                        let active = if model.listed() { model.enter() } else { None };
                        active.map(|value| model.element_id("option", &value))
                    }
                    placeholder=move || placeholder.get()
                    node_ref=model.input
                    on:input=move |event| model.on_input(event_target_value(&event))
                    on:keydown=move |event| model.on_keydown(event)
                    on:focus=move |_| model.on_focus()
                    on:mousedown=move |_| model.on_mousedown()
                    on:click=move |_| model.on_click()
                />
                // For the mouse alone: keys and screen readers open the list from the field.
                <button
                    class="combobox-toggle"
                    type="button"
                    tabindex="-1"
                    aria-hidden="true"
                    on:mousedown=keep_focus
                    on:click=move |_| model.toggle()
                >
                    <svg viewBox="0 0 16 16" width="16" height="16">
                        <path d="M4 6l4 4 4-4" />
                    </svg>
                </button>
                <div
                    class="combobox-popup"
                    class:combobox-popup-above=move || model.placement.get().above
                    hidden=move || !model.open.get()
                    style:left=move || pixels(model.placement.get().left)
                    style:width=move || pixels(model.placement.get().width)
                    on:mousedown=keep_focus
                >
                    <div
                        id=list_id
                        class="combobox-list"
                        role="listbox"
                        // Some browsers would stop at it for being scrollable.
                        tabindex="-1"
                        aria-labelledby=label_id
                        hidden=none
                        style:max-height=move || pixels(model.placement.get().max_height)
                        node_ref=model.list
                    >
                        {when(move || model.open.get(), move || view! { <Groups model /> })}
                    </div>
                    // Said by the status below.
                    <p class="combobox-empty" aria-hidden="true" hidden=move || !none()>
                        {move || empty.get()}
                    </p>
                </div>
            </div>
            <div class="combobox-unseen" role="status" aria-live="polite">
                {move || match (model.open.get(), model.count()) {
                    (false, _) => String::new(),
                    (true, 0) => empty.get(),
                    (true, n) => count_text.run(n),
                }}
            </div>
        </div>
    }
}

/// The options that match, group by group.
#[component]
fn Groups(
    /// The combobox they belong to.
    model: Model,
) -> impl IntoView {
    let names = move || {
        model
            .shown
            .with(|groups| groups.iter().map(|g| g.name.clone()).collect::<Vec<_>>())
    };
    each(
        names,
        String::clone,
        move |name| view! { <OptionGroup model name /> },
    )
}

/// The options that match in one group, under its heading.
#[component]
fn OptionGroup(
    /// The combobox it belongs to.
    model: Model,
    /// The heading; empty for none.
    name: String,
) -> impl IntoView {
    let id = (!name.is_empty()).then(|| model.element_id("group", &name));
    let role = if id.is_some() {
        "group"
    } else {
        "presentation"
    };
    let heading = id.clone().map(|id| {
        let name = name.clone();
        view! { <div id=id class="combobox-heading" role="presentation">{name}</div> }
    });
    let options = move || {
        model.shown.with(|groups| {
            let group = groups.iter().find(|group| group.name == name);
            group.map(|group| group.options.clone()).unwrap_or_default()
        })
    };
    // The whole option is the key, so that a row is drawn anew when its text changes with the
    // language.
    view! {
        <div class="combobox-group" role=role aria-labelledby=id>
            {heading}
            {each(options, ComboOption::clone, move |option| view! { <Choice model option /> })}
        </div>
    }
}

/// One option of the list.
#[component]
fn Choice(
    /// The combobox it belongs to.
    model: Model,
    /// What it shows and stands for.
    option: ComboOption,
) -> impl IntoView {
    let ComboOption {
        value,
        label,
        detail,
        ..
    } = option;
    let id = model.element_id("option", &value);
    let is = move |signal: Option<&String>, value: &String| signal == Some(value);
    let (chosen, active) = (value.clone(), value.clone());
    view! {
        <div
            id=id
            class="combobox-option"
            role="option"
            aria-selected=move || model.value.with(|v| is(v.as_ref(), &chosen)).to_string()
            class:combobox-option-active=move || model.active.with(|v| is(v.as_ref(), &active))
            on:click=move |_| model.choose(value.clone())
        >
            <svg class="combobox-check" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path d="M3 8.5l3.5 3.5 6.5-8" />
            </svg>
            <span class="combobox-name">{label}</span>
            // The space is for screen readers, which read both as one name.
            {(!detail.is_empty())
                .then(|| view! { " " <span class="combobox-detail">{detail}</span> })}
        </div>
    }
}
