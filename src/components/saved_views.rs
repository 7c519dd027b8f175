//! Saved views: what is shown now, kept under a name, and the way back to it.

use lean::prelude::*;
use tracker::views::{SavedView, tidy};

use super::icon::{Glyph, Icon};
use super::popup::Popup;
use crate::i18n::Tr;
use crate::platform::page;
use crate::route::Address;
use crate::state::{App, Command};

/// The button that opens the saved views.
#[component]
pub fn SavedViews() -> impl IntoView {
    view! { <Popup id="views" title=Tr::views_open glyph=Glyph::Board content=content /> }
}

fn content(app: App, open: RwSignal<bool>) -> View {
    // The name of the view that gets another name; none while the form saves what is shown.
    let renamed = RwSignal::new(None::<String>);
    let typed = RwSignal::new(String::new());
    let taken = RwSignal::new(false);
    let saved = move || app.settings().with(|s| s.views.clone());
    let back = move || {
        renamed.set(None);
        typed.set(String::new());
        taken.set(false);
        page::focus_soon("view-name");
    };
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let name = tidy(&typed.get_untracked());
        let from = renamed.get_untracked();
        let other = |view: &SavedView| view.name == name && from.as_ref() != Some(&name);
        if name.is_empty() || from.is_some() && untrack(saved).iter().any(other) {
            taken.set(true);
            page::focus("view-name");
            return;
        }
        match from {
            Some(from) => app.dispatch(Command::RenameView { from, to: name }),
            None => app.dispatch(Command::SaveView(name)),
        }
        back();
    };
    let row = move |view: SavedView| {
        let (tr, name) = (app.tr(), app.tr().named(&view.name));
        let (to_rename, to_delete) = (view.name.clone(), view.name.clone());
        let here = view.address.clone();
        // Whatever a file calls an address leads to a page of this one, and nowhere else.
        let href = Address::read(&view.address).href();
        let rename = move |()| {
            renamed.set(Some(to_rename.clone()));
            typed.set(to_rename.clone());
            taken.set(false);
            page::focus_soon("view-name");
        };
        let delete = move |()| {
            app.dispatch(Command::DeleteView(to_delete.clone()));
            back();
        };
        view! {
            <li class="view-row">
                <a
                    class="popup-item"
                    href=href
                    aria-current=move || (app.view_address() == here).then_some("true")
                    on:click=move |_| {
                        open.set(false);
                        page::focus("views");
                    }
                >
                    {name.clone()}
                </a>
                {tool(Glyph::Note, tr.views_rename(), tr.views_rename_named(&name), Callback::new(rename))}
                {tool(Glyph::Close, tr.views_delete(), tr.views_delete_named(&name), Callback::new(delete))}
            </li>
        }
    };
    let none = move || app.settings().with(|s| s.views.is_empty());
    let label = move || match renamed.get() {
        None => app.tr().views_name().to_owned(),
        Some(name) => app.tr().views_new_name(app.tr().named(&name)),
    };
    let action = move || match renamed.with(Option::is_some) {
        true => app.tr().views_rename(),
        false => app.tr().views_save(),
    };
    // The language and the whole view are the key, so that a row's words change with them.
    let key = move |view: &SavedView| (view.name.clone(), view.address.clone());
    view! {
        <p class="muted" hidden=move || !none()>{app.says(Tr::views_none)}</p>
        <ul class="popup-list" aria-label=app.says(Tr::views_title) hidden=none>
            {each(saved, key, row)}
        </ul>
        <form class="view-form" on:submit=submit>
            <label for="view-name">{label}</label>
            <input
                id="view-name"
                type="text"
                autocomplete="off"
                maxlength="80"
                aria-invalid=move || taken.get().then_some("true")
                aria-describedby="view-fault"
                prop:value=move || typed.get()
                on:input=move |ev| typed.set(event_target_value(&ev))
            />
            <p id="view-fault" class="fault" role="alert">
                {move || if taken.get() { app.tr().views_taken() } else { "" }}
            </p>
            <div class="view-form-end">
                <button type="submit" class="button is-primary is-small">{action}</button>
                {when(
                    move || renamed.with(Option::is_some),
                    move || view! {
                        <button type="button" class="button is-small" on:click=move |_| back()>
                            {app.says(Tr::views_cancel)}
                        </button>
                    },
                )}
            </div>
        </form>
    }
}

/// A button beside a view: what it does, and to which view.
fn tool(glyph: Glyph, title: &'static str, label: String, press: Callback<()>) -> View {
    view! {
        <button
            type="button"
            class="button is-quiet is-small"
            aria-label=label
            title=title
            on:click=move |_| press.run(())
        >
            <Icon glyph />
        </button>
    }
}
