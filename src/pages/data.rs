//! What is stored here, and files in and out ([`export`]); which plan is open: [`plan`]; earlier
//! states: [`recovery`]; nothing any more: [`erase`].

mod erase;
mod export;
mod plan;
mod recovery;

use std::rc::Rc;

use lean::prelude::*;
use tracker::exchange::{self, ExchangeFile, Preview};

use crate::components::agency::unit_name;
use crate::components::field::{Field, Kind};
use crate::components::icon::{Glyph, Icon};
use crate::components::refusal::{chosen, ids, odd_words, refusal};
use crate::components::working::Working;
use crate::i18n::{Tr, moment, read_moment};
use crate::platform::StoreError;
use crate::platform::page;
use crate::state::safety::{Safety, fault_words, why_words};
use crate::state::transfer::Found;
use crate::state::{App, Command, Incoming, use_app};
use erase::Erase;
use export::Export;
use plan::OpenPlan;
use recovery::Recovery;

/// The data page.
#[component]
pub fn Data() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="data-page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">{app.says(Tr::data_title)}</h1>
                <p class="page-sum">{move || app.tr().data_sum(app.ledger().with(|l| l.len()))}</p>
            </header>
            <Aside />
            <StorageFault />
            <Working />
            <Export />
            <Import />
            <OpenPlan />
            <section class="block" aria-labelledby="author-title">
                <h2 id="author-title">{app.says(Tr::author_title)}</h2>
                <p>{app.says(Tr::author_text)}</p>
                <Field
                    id="author"
                    label=Tr::author_label
                    kind=Kind::Name
                    value=Signal::derive(move || app.settings().with(|s| s.author.clone()))
                    put=Callback::new(move |name: String| app.dispatch(Command::SignAs(name.trim().to_owned())))
                    fault=None
                    beside=View::Nothing
                />
            </section>
            <Recovery />
            <Erase />
        </div>
    }
}

fn exported(app: App) -> String {
    let tr = app.tr();
    match app.unexported().0 {
        0 if app.ledger().with(|l| l.is_empty()) => tr.export_empty().to_owned(),
        0 if !app.has_exported() => tr.export_never().to_owned(),
        0 => tr.export_nothing_new().to_owned(),
        n => tr.export_pending(n),
    }
}

/// Choosing files, what they would change, merging.
#[component]
fn Import() -> impl IntoView {
    let app = use_app();
    let choose = move |ev: web_sys::Event| {
        let files = chosen(&ev);
        if !files.is_empty() {
            app.dispatch(Command::ReadFiles(files));
        }
    };
    let incoming = app.incoming();
    let working = Memo::new(move || app.works().now().is_some());
    let any_good =
        move || incoming.with(|all| all.iter().any(|f| matches!(f.found, Found::Good(..))));
    view! {
        <section class="block" aria-labelledby="import-title">
            <h2 id="import-title">{app.says(Tr::import_title)}</h2>
            <p>{app.says(Tr::import_text)}</p>
            // The input lies over its label, since what browsers write on it is in their own language.
            <div class="file-button button">
                <Icon glyph=Glyph::Upload />
                <label for="import">{app.says(Tr::import_label)}</label>
                <input id="import" type="file" accept=".json,application/json" multiple on:change=choose />
            </div>
            <div role="status" class="previews">
                {move || {
                    let files = incoming.get();
                    let many = files.len();
                    (many > 0)
                        .then(|| {
                            view! {
                                <h3>{app.tr().preview_title(many)}</h3>
                                {files.into_iter().map(|f| view! { <FilePreview file=f /> }).collect_view()}
                            }
                        })
                }}
            </div>
            {when(any_good, move || view! {
                <div class="form-end">
                    <button
                        type="button"
                        class="button is-primary"
                        prop:disabled=move || working.get()
                        on:click=move |_| settle(app, Command::Merge)
                    >
                        {app.says(Tr::import_merge)}
                    </button>
                    <button
                        type="button"
                        class="button"
                        prop:disabled=move || working.get()
                        on:click=move |_| settle(app, Command::PutAway)
                    >
                        {app.says(Tr::import_put_away)}
                    </button>
                </div>
            })}
        </section>
    }
}

/// Does something after which its button is gone: the focus returns to the page's title.
fn settle(app: App, command: Command) {
    app.dispatch(command);
    page::focus_soon("page-title");
}

/// One chosen file: what it holds and would change, or why it is refused.
#[component]
fn FilePreview(
    /// The file.
    file: Rc<Incoming>,
) -> impl IntoView {
    let app = use_app();
    let name = app.tr().named(&file.name);
    let refused = !matches!(file.found, Found::Good(..));
    view! {
        <article class="preview" class:is-refused=refused aria-label=name.clone()>
            <h4>
                {refused.then(|| view! { <Icon glyph=Glyph::Fault /> })}
                {name}
            </h4>
            {move || match &file.found {
                Found::Good(content, preview, odd) => {
                    let origin = view! { <p class="muted">{origin(app, content)}</p> };
                    let mut lines = lines(app, preview);
                    lines.extend(odd_words(app, odd));
                    let views = app.new_views(content);
                    if views > 0 {
                        lines.push(app.tr().views_in_file(views));
                    }
                    view! { {origin}{lines.into_iter().map(|l| view! { <p>{l}</p> }).collect_view()} }
                }
                Found::Refused(reason) => refused_words(app, refusal(app, &file.name, reason)),
                Found::Unreadable(detail) => {
                    refused_words(app, app.tr().refused_browser(app.tr().named(&file.name), app.tr().named(detail)))
                }
            }}
        </article>
    }
}

/// Whose file it is, and when it was exported.
fn origin(app: App, content: &ExchangeFile) -> String {
    let lang = app.lang();
    let unit = match &content.unit {
        None => app.tr().preview_all_units().to_owned(),
        Some(unit) => unit_name(app, unit, lang),
    };
    let when = match read_moment(&content.exported_at) {
        None => app.tr().named(&content.exported_at),
        Some(ms) => moment(ms, app.offset_minutes(ms)),
    };
    match content.kind {
        exchange::Kind::Full => app.tr().preview_from(unit, when),
        exchange::Kind::Delta => app.tr().preview_from_delta(unit, when),
        exchange::Kind::Review => app.tr().preview_from_review(unit, when),
    }
}

/// Why a file was refused, and that it did no harm.
fn refused_words(app: App, why: String) -> View {
    view! {
        <p>{why}</p>
        <p>{app.tr().refused_nothing_changed()}</p>
    }
}

/// What a good file would change, in words.
fn lines(app: App, preview: &Preview) -> Vec<String> {
    let tr = app.tr();
    let mut lines = vec![tr.preview_counts(
        preview.total,
        tr.count(preview.new),
        tr.count(preview.already),
    )];
    if preview.new_figures > 0 {
        lines.push(tr.preview_figures(preview.new_figures, ids(tr, &preview.figures_of)));
    }
    let conflicts = preview
        .conflicts_after
        .saturating_sub(preview.conflicts_before);
    if conflicts > 0 {
        lines.push(tr.preview_conflicts(conflicts));
    }
    lines
}

/// Stored values that could not be read: set aside, for download.
#[component]
fn Aside() -> impl IntoView {
    let app = use_app();
    move || {
        let all = app.aside().get();
        (!all.is_empty()).then(|| {
            let tr = app.tr();
            let count = all.len();
            let items = all.into_iter().map(|aside| {
                let (download, forget) = (aside.key.clone(), aside.key.clone());
                let size = tr.count(aside.bytes.len());
                view! {
                    <li>
                        <span class="aside-name">{tr.aside_item(tr.named(&aside.original_key), size)}</span>
                        <button
                            type="button"
                            class="button is-small"
                            aria-label=tr.aside_download_named(tr.named(&aside.original_key))
                            on:click=move |_| app.dispatch(Command::DownloadAside(download.clone()))
                        >
                            {tr.aside_download()}
                        </button>
                        <button
                            type="button"
                            class="button is-small is-danger"
                            aria-label=tr.aside_forget_named(tr.named(&aside.original_key))
                            on:click=move |_| settle(app, Command::ForgetAside(forget.clone()))
                        >
                            {tr.aside_forget()}
                        </button>
                    </li>
                }
            });
            view! {
                <section class="block is-alarm" aria-labelledby="aside-title">
                    <h2 id="aside-title">{tr.aside_title(count)}</h2>
                    <p>{tr.aside_text()}</p>
                    <ul class="aside-list">{items.collect_view()}</ul>
                </section>
            }
        })
    }
}

/// Why this browser cannot store, and what to do.
#[component]
fn StorageFault() -> impl IntoView {
    let app = use_app();
    move || {
        app.storage_fault().get().map(|fault| {
            let tr = app.tr();
            let waiting = app.unsaved().with(Vec::len);
            // A newer version is a matter of both places, another fault one of the first alone.
            let second = waiting == 0 && fault != StoreError::Newer && app.safety(Safety::has_second);
            let (title, words) = match second {
                true => (tr.storage_half_title(), tr.storage_half(why_words(tr, &fault))),
                false => (tr.storage_title(), fault_words(tr, &fault)),
            };
            view! {
                <section class="block is-alarm" aria-labelledby="storage-title">
                    <h2 id="storage-title">{title}</h2>
                    <p>{words}</p>
                    {(!second).then(|| view! { <p>{tr.storage_waiting(waiting)}</p> })}
                    <button type="button" class="button" on:click=move |_| settle(app, Command::StoreAgain)>
                        {tr.storage_again()}
                    </button>
                </section>
            }
        })
    }
}
