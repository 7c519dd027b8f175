//! Putting files on the desk, how far reading is, and merging.

use lean::prelude::*;
use leptos::task::spawn_local;

use crate::components::icon::{Glyph, Icon};
use crate::components::refusal::chosen;
use crate::components::working::Working;
use crate::i18n::Tr;
use crate::platform::files::{Dragged, on_drop};
use crate::platform::folder::files_in;
use crate::platform::page;
use crate::state::desk::Move;
use crate::state::{App, Command, use_app};

/// Whether any file lies on the desk. Tracks it.
pub fn any_on_desk(app: App) -> bool {
    app.desk().files().with(|files| !files.is_empty())
}

/// Whether a name is that of a file that could be one of ours.
fn is_json(name: &str) -> bool {
    let end = name.len().saturating_sub(5);
    name.get(end..)
        .is_some_and(|end| end.eq_ignore_ascii_case(".json"))
}

/// Puts files on the desk. Of a folder only those that could be ours; `lost` are those of it that
/// could not be read.
fn add(app: App, mut files: Vec<web_sys::File>, folder: bool, lost: usize) {
    let all = files.len() + lost;
    if folder {
        files.retain(|file| is_json(&file.name()));
    }
    if all > 0 {
        let left_out = all - files.len();
        app.dispatch(Command::AtDesk(Move::Add { files, left_out }));
    }
}

/// The bar above all views of the desk.
#[component]
pub fn Bar() -> impl IntoView {
    let app = use_app();
    let desk = app.desk();
    let over = RwSignal::new(false);
    // Listens as long as the page of the desk is open.
    StoredValue::new(on_drop(move |dragged| {
        over.set(matches!(dragged, Dragged::Over));
        match dragged {
            Dragged::Over | Dragged::Away => {}
            Dragged::Dropped(files) => add(app, files, false, 0),
            Dragged::Folders(dropped) => spawn_local(async move {
                let (files, lost) = files_in(dropped).await;
                add(app, files, true, lost);
            }),
        }
    }));
    let working = Memo::new(move || app.works().now().is_some());
    let ready = Memo::new(move || {
        !working.get()
            && desk.mistyped().with(Vec::is_empty)
            && (desk.gathered().with(Option::is_some) || picked(app) > 0)
    });
    let any = Memo::new(move || any_on_desk(app) || picked(app) > 0);
    let merge = move |_| {
        app.dispatch(Command::AtDesk(Move::Merge));
        page::focus_soon("page-title");
    };
    let clear = move |_| {
        app.dispatch(Command::AtDesk(Move::Clear));
        page::focus_soon("page-title");
    };
    view! {
        <section class="desk-bar" class:is-over=move || over.get() aria-label=app.says(Tr::desk_bar)>
            <div class="desk-acts">
                // The inputs lie over their labels, since what browsers write on them is in their own
                // language.
                <div class="file-button button">
                    <Icon glyph=Glyph::Upload />
                    <label for="desk-files">{app.says(Tr::desk_choose)}</label>
                    <input
                        id="desk-files"
                        type="file"
                        accept=".json,application/json"
                        multiple
                        on:change=move |ev| add(app, chosen(&ev), false, 0)
                    />
                </div>
                <div class="file-button button">
                    <Icon glyph=Glyph::Gather />
                    <label for="desk-folder">{app.says(Tr::desk_choose_folder)}</label>
                    <input
                        id="desk-folder"
                        type="file"
                        webkitdirectory
                        multiple
                        on:change=move |ev| add(app, chosen(&ev), true, 0)
                    />
                </div>
                <p class="desk-drop muted">{app.says(Tr::desk_drop)}</p>
                {when(move || any.get(), move || view! {
                    <div class="desk-ends">
                        <button type="button" class="button" on:click=clear>{app.says(Tr::desk_clear)}</button>
                        <button
                            type="button"
                            class="button is-primary"
                            prop:disabled=move || !ready.get()
                            on:click=merge
                        >
                            {move || if any_on_desk(app) { app.tr().import_merge().to_owned() } else { app.tr().desk_write(picked(app)) }}
                        </button>
                    </div>
                })}
            </div>
            <Working />
            <p class="desk-sum" role="status">{move || sum(app)}</p>
        </section>
    }
}

/// How many of the choices are for values that differ. Tracks both.
pub fn picked(app: App) -> usize {
    let picks = app.desk().picks().get();
    if picks.is_empty() {
        return 0;
    }
    app.with_gathered(|ledger| {
        let counts = picks.iter().filter(|pick| {
            let cell = ledger.cell(&pick.unit, &pick.subject, pick.field.as_str());
            cell.is_some_and(|cell| pick.value(cell).is_some())
        });
        counts.count()
    })
}

/// What lies on the desk, in one line; nothing while that is being worked on.
fn sum(app: App) -> String {
    let (tr, desk) = (app.tr(), app.desk());
    if app.works().now().is_some() {
        return String::new();
    }
    let mut said = Vec::new();
    let left_out = desk.left_out().get();
    if left_out > 0 {
        said.push(tr.desk_left_out(left_out));
    }
    let files = desk.files().get();
    if !files.is_empty() {
        let good = files.iter().filter(|file| file.content().is_some()).count();
        let gathered = desk.gathered().get();
        let fresh = gathered.as_ref().map_or(0, |g| g.stage.fresh.len());
        said.push(tr.desk_sum(files.len(), tr.count(good), tr.count(fresh)));
        if files.len() > good {
            said.push(tr.desk_sum_refused(files.len() - good));
        }
    }
    let (differ, picked) = (
        app.with_gathered(|ledger| ledger.conflict_count()),
        picked(app),
    );
    if differ > 0 {
        said.push(tr.desk_sum_differ(differ, tr.count(picked)));
    }
    let mistyped = desk.mistyped().with(Vec::len);
    if mistyped > 0 {
        said.push(tr.desk_sum_mistyped(mistyped));
    }
    if !files.is_empty() {
        said.push(tr.desk_nothing_yet().to_owned());
    }
    said.join(" ")
}
