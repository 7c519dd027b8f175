//! What is asked on the way to another column: where to, by a menu; and when a task was
//! completed. Both are small dialogs beside the card.

use lean::prelude::*;
use tracker::date::{format_date, parse_date};
use tracker::record::{Choice, Draft, Input};
use tracker::status::Stage;
use tracker::text::plain;
use web_sys::{Event, HtmlDialogElement, KeyboardEvent};

use super::columns::{label, look};
use super::mover::{Asked, Mover, Question, target};
use crate::components::agency::unit_name;
use crate::components::field::{Field, Kind};
use crate::components::icon::Icon;
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::use_app;
use wasm_bindgen::JsCast;

/// Least distance to the edges of the window, in CSS pixels.
const MARGIN: f64 = 8.0;

/// The open question, if there is one.
#[component]
pub fn Ask() -> impl IntoView {
    let mover = Mover::here();
    move || {
        let Asked { task, question, at } = mover.asked.get()?;
        Some(match question {
            Question::Where => view! { <Where task at /> }.into_view(),
            Question::When(unit) => view! { <When task at unit /> }.into_view(),
        })
    }
}

/// A dialog beside a card, on narrow screens at the bottom. Escape closes it, as does a press
/// outside.
#[component]
fn Dialog(
    /// The task, by its position in the plan.
    task: usize,
    /// Where it would best stand.
    at: (f64, f64),
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let mover = Mover::here();
    let dialog: Ref<HtmlDialogElement> = Ref::new();
    let place = RwSignal::new(at);
    effect(move || {
        if let Some(dialog) = dialog.get() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
            // How much room it takes shows only now.
            let (width, height) = page::window_size();
            let left = width - MARGIN - f64::from(dialog.offset_width());
            let top = height - MARGIN - f64::from(dialog.offset_height());
            place.set((at.0.min(left).max(MARGIN), at.1.min(top).max(MARGIN)));
        }
    });
    let cancel = move |ev: Event| {
        ev.prevent_default();
        mover.close(task);
    };
    view! {
        <dialog
            class="ask"
            aria-labelledby="ask-title"
            node_ref=dialog
            style:left=move || plain(place.get().0) + "px"
            style:top=move || plain(place.get().1) + "px"
            on:cancel=cancel
            on:pointerdown=move |ev| {
                // What lies around it belongs to the dialog, too, but is none of its parts.
                if target(ev.target()).is_some_and(|at| at.has_attribute("open")) {
                    mover.close(task);
                }
            }
        >
            {children()}
        </dialog>
    }
}

/// Where to: every column, those that refuse with the reason.
#[component]
fn Where(
    /// The task, by its position in the plan.
    task: usize,
    /// Where it is asked.
    at: (f64, f64),
) -> impl IntoView {
    let app = use_app();
    let mover = Mover::here();
    let (by, columns) = mover.targets();
    let choice = move |column: usize| {
        let effect = mover.effect(task, by, column);
        let name = label(app, by, column);
        let (stage, why) = match effect {
            Ok(Some(stage)) => (Some(stage), None),
            Ok(None) => (None, Some(app.tr().move_here().to_owned())),
            Err(why) => (None, Some(why)),
        };
        let why = why.map(|why| view! { <span class="ask-why">{why}</span> });
        let icon = look(by, column).map(|(glyph, key)| {
            view! { <span class=format!("ask-icon is-{key}")><Icon glyph /></span> }
        });
        let choose = move |_| {
            if let Some(stage) = stage {
                mover.send(task, stage, at);
            }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="ask-target"
                    aria-disabled=stage.is_none().then_some("true")
                    on:click=choose
                >
                    {icon}
                    <span>{name}" "{why}</span>
                </button>
            </li>
        }
    };
    let id = &app.plan.tasks()[task].id;
    view! {
        <Dialog task at>
            <h2 id="ask-title">{app.tr().move_title(id)}</h2>
            <ul class="ask-targets" on:keydown=move |ev| walk(&ev)>
                {columns.iter().map(|column| choice(*column)).collect_view()}
            </ul>
            <button type="button" class="button" on:click=move |_| mover.close(task)>{app.says(Tr::move_cancel)}</button>
        </Dialog>
    }
}

/// Goes through the targets with the arrow keys.
fn walk(ev: &KeyboardEvent) {
    let item = target(ev.target()).and_then(|at| at.closest("li").ok()?);
    let next = item.and_then(|item| match ev.key().as_str() {
        "ArrowDown" => item.next_element_sibling(),
        "ArrowUp" => item.previous_element_sibling(),
        _ => None,
    });
    let button = next.and_then(|item| item.first_element_child());
    if let Some(button) = button.and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok()) {
        ev.prevent_default();
        // A button that is drawn takes the focus.
        let _ = button.focus();
    }
}

/// When the task was completed.
#[component]
fn When(
    /// The task, by its position in the plan.
    task: usize,
    /// Where it is asked.
    at: (f64, f64),
    /// For whom it is recorded.
    unit: String,
) -> impl IntoView {
    let app = use_app();
    let mover = Mover::here();
    let first = app.today().min(app.asof());
    let typed = RwSignal::new(format_date(first));
    let wrong = RwSignal::new(false);
    let of = &app.plan.tasks()[task];
    // The day that decides is that of an extension, where one was granted.
    let due = mover.row(task).and_then(|row| row.standing.due).map(|due| {
        let words = app.tr().move_due(format_date(due));
        view! { <p class="fact-note">{words}</p> }
    });
    let words = app.tr().form_for(unit_name(app, &unit, app.lang()));
    let draft = move || {
        let mut draft = Draft::default();
        draft.set(Input::Status, Choice::Done.as_str().to_owned());
        draft.set(Input::DoneOn, typed.get());
        draft
    };
    let fault = move || {
        let faults = draft().faults(app.today(), None);
        let first = faults.first().filter(|_| wrong.get());
        first.map_or("", |fault| app.tr().fault(fault.1))
    };
    let save = move || {
        if parse_date(&typed.get_untracked()).is_none_or(|day| day > untrack(|| app.today())) {
            wrong.set(true);
            page::focus_soon("ask-date");
            return;
        }
        untrack(|| mover.write(task, &unit, Stage::Done, typed.get_untracked()));
    };
    view! {
        <Dialog task at>
            <form
                class="record"
                novalidate
                on:submit=move |ev| {
                    ev.prevent_default();
                    save();
                }
            >
                <h2 id="ask-title">{app.tr().move_done(&of.id)}</h2>
                <p class="fact-note">{words}</p>
                <Field
                    id="ask-date"
                    label=Tr::form_date
                    kind=Kind::Date
                    value=typed.into()
                    put=Callback::new(move |text| {
                        wrong.set(false);
                        typed.set(text);
                    })
                    fault=Some(Signal::derive(fault))
                    beside=View::Nothing
                />
                {due}
                <div class="form-end">
                    <button type="submit" class="button is-primary">{app.says(Tr::move_save)}</button>
                    <button type="button" class="button" on:click=move |_| mover.close(task)>{app.says(Tr::move_cancel)}</button>
                </div>
            </form>
        </Dialog>
    }
}
