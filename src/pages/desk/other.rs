//! Another value in place of those that differ, typed as in the form of a task.

use lean::prelude::*;
use tracker::desk::settle::{Choice, Pick, inputs, typed};
use tracker::ledger::Field;
use tracker::record::{Edits, Fault, Input};

use super::Word;
use crate::i18n::Tr;
use crate::state::desk::Move;
use crate::state::{App, Command, use_app};

/// What an input is called.
fn label(field: Field, input: Input) -> Word {
    match input {
        Input::DoneOn => Tr::form_date,
        Input::Progress => Tr::form_progress,
        Input::Forecast => Tr::field_forecast,
        Input::ExtendedTo => Tr::detail_extended_to,
        Input::Grant => Tr::detail_grant,
        Input::Obstacle => Tr::detail_obstacle,
        Input::Assignee => Tr::field_assignee,
        Input::Reason if field == Field::Review => Tr::desk_remark,
        Input::Reason => Tr::detail_reason,
        Input::Rating if field == Field::Review => Tr::field_review,
        Input::Rating => Tr::field_self_rating,
        _ => Tr::field_status,
    }
}

/// What an input offers, where it is no text.
fn choices(field: Field, input: Input) -> &'static [(&'static str, Word)] {
    match input {
        Input::Status => &[
            ("", Tr::desk_choose_value),
            ("not_started", Tr::status_not_started),
            ("in_progress", Tr::status_in_progress),
            ("done", Tr::status_done),
        ],
        Input::Rating if field == Field::Review => &[
            ("", Tr::desk_choose_value),
            ("accepted", Tr::desk_accepted),
            ("returned", Tr::desk_returned),
        ],
        Input::Rating => &[
            ("", Tr::desk_choose_value),
            ("green", Tr::rating_green),
            ("amber", Tr::rating_amber),
            ("red", Tr::rating_red),
        ],
        _ => &[],
    }
}

/// The inputs of a value; what is typed is chosen as soon as it is one of the field.
#[component]
pub fn Other(
    /// For which value.
    pick: Pick,
) -> impl IntoView {
    let app = use_app();
    let (field, left) = (pick.field, pick.clone());
    let edits = RwSignal::new(Edits::default());
    let fault: RwSignal<Option<(Input, Fault)>> = RwSignal::new(None);
    let put = move |input: Input, text: String| {
        edits.update(|edits| edits.set(input, text));
        let typed = edits.with_untracked(|edits| typed(field, edits, untrack(|| app.today())));
        let (found, wish) = match typed {
            Ok(Some(value)) => {
                let choice = Choice::Other(value);
                let pick = Pick {
                    choice,
                    ..pick.clone()
                };
                (None, Move::Pick(vec![pick]))
            }
            Ok(None) => (None, Move::Unpick(vec![pick.clone()])),
            Err(fault) => (Some(fault), Move::Mistype(pick.clone())),
        };
        fault.set(found);
        app.dispatch(Command::AtDesk(wish));
    };
    let put = Callback::new(move |(input, text)| put(input, text));
    // With the inputs goes what is in them, also where the menus leave this value out.
    on_cleanup(move || {
        if app
            .desk()
            .mistyped()
            .with_untracked(|all| all.contains(&left))
        {
            app.dispatch(Command::AtDesk(Move::Unpick(vec![left.clone()])));
        }
    });
    let parts = inputs(field).iter();
    let parts = parts.map(|input| part(app, field, *input, fault, put));
    view! {
        <div class="desk-other">
            {parts.collect_view()}
            <p class="fault" role="alert">{move || fault.get().map_or("", |fault| app.tr().fault(fault.1))}</p>
        </div>
    }
}

fn part(
    app: App,
    field: Field,
    input: Input,
    fault: RwSignal<Option<(Input, Fault)>>,
    put: Callback<(Input, String), ()>,
) -> View {
    let wrong = move || {
        fault.with(|fault| {
            fault
                .is_some_and(|fault| fault.0 == input)
                .then_some("true")
        })
    };
    let options = choices(field, input);
    let control = if options.is_empty() {
        let date = matches!(input, Input::DoneOn | Input::Forecast | Input::ExtendedTo);
        view! {
            <input
                type="text"
                autocomplete="off"
                inputmode=(date || input == Input::Progress).then_some("numeric")
                placeholder=move || if date { app.tr().form_date_format() } else { "" }
                aria-invalid=wrong
                on:input=move |ev| put.run((input, event_target_value(&ev)))
            />
        }
    } else {
        let option = |(value, words): &(&'static str, Word)| {
            view! { <option value=*value>{app.says(*words)}</option> }
        };
        view! {
            <select on:change=move |ev| put.run((input, event_target_value(&ev)))>
                {options.iter().map(option).collect_view()}
            </select>
        }
    };
    view! {
        <label class="field">
            <span>{app.says(label(field, input))}</span>
            {control}
        </label>
    }
    .into_view()
}
