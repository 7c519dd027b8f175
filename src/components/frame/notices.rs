//! Messages over the page, and what can be done about them.

use lean::prelude::*;
use tracker::ledger::Way;

use super::bar::step_id;
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{Command, Notice, Weight, use_app};

/// Messages: announced as they come, with what can be done about them.
#[component]
pub fn Notices() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="notices" role="log" aria-live="polite" aria-label=app.says(Tr::notices)>
            {each(move || app.notices().get(), |n| n.number, |notice| view! { <Message notice /> })}
        </div>
    }
}

/// One message, with what can be done about it.
#[component]
fn Message(
    /// What it says.
    notice: Notice,
) -> impl IntoView {
    let app = use_app();
    let Notice {
        number,
        weight,
        text,
        undo,
        export,
    } = notice;
    let alarm = weight == Weight::Alarm;
    let glyph = if alarm { Glyph::Fault } else { Glyph::Check };
    let undo = (!undo.is_empty()).then(|| {
        view! {
            <button
                type="button"
                class="link-button"
                on:click=move |_| {
                    app.dispatch(Command::Dismiss(number));
                    app.dispatch(Command::Undo(undo.clone()));
                    // The button goes with its message.
                    page::focus_soon(if untrack(|| app.open_task().is_some()) {
                        "history-title"
                    } else {
                        step_id(Way::Forth)
                    });
                }
            >
                {app.says(Tr::undo)}
            </button>
        }
    });
    let export = export.then(|| {
        view! {
            <button type="button" class="link-button" on:click=move |_| app.dispatch(Command::Export)>
                {app.says(Tr::export_button)}
            </button>
        }
    });
    view! {
        <div class="notice" class:is-alarm=alarm>
            <Icon glyph />
            <p>{text}</p>
            {export}
            {undo}
            <button
                type="button"
                class="icon-button"
                aria-label=app.says(Tr::notice_close)
                on:click=move |_| app.dispatch(Command::Dismiss(number))
            >
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
}
