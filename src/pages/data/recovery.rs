//! The last states of the ledger before something that cannot simply be taken back, and the way back
//! to them.

use lean::prelude::*;

use crate::i18n::{Tr, moment};
use crate::platform::mirror::Snapshot;
use crate::platform::page;
use crate::state::safety::Why;
use crate::state::{App, Command, use_app};

/// The snapshots, newest first.
#[component]
pub fn Recovery() -> impl IntoView {
    let app = use_app();
    let ring = move || {
        let mut ring = app.safety(|safety| safety.ring.clone());
        ring.reverse();
        ring
    };
    let none = Memo::new(move || app.safety(|safety| safety.ring.is_empty()));
    // The number of the one that is asked about.
    let asked = RwSignal::new(None::<u32>);
    view! {
        <section class="block" aria-labelledby="recovery-title">
            <h2 id="recovery-title" tabindex="-1">{app.says(Tr::recovery_title)}</h2>
            <p>{app.says(Tr::recovery_text)}</p>
            {when(move || none.get(), move || view! { <p class="muted">{app.says(Tr::recovery_none)}</p> })}
            <ul class="ring-list" hidden=move || none.get()>
                {each(
                    ring,
                    move |snapshot| (snapshot.number, app.lang()),
                    move |snapshot| item(app, snapshot, asked),
                )}
            </ul>
        </section>
    }
}

fn item(app: App, snapshot: Snapshot, asked: RwSignal<Option<u32>>) -> View {
    let (tr, number) = (app.tr(), snapshot.number);
    let when_taken = moment(snapshot.at, app.offset_minutes(snapshot.at));
    let why = Why::parse(&snapshot.why).map_or(snapshot.why.as_str(), |why| why.words(tr));
    let question = tr.recovery_ask(&when_taken);
    view! {
        <li class="ring-item">
            <span class="ring-name">{tr.recovery_item(&when_taken, why, snapshot.count)}</span>
            <button
                type="button"
                class="button is-small"
                aria-label=tr.recovery_download_named(&when_taken)
                on:click=move |_| app.dispatch(Command::DownloadSnapshot(number))
            >
                {tr.recovery_download()}
            </button>
            <button
                type="button"
                class="button is-small"
                aria-label=tr.recovery_restore_named(&when_taken)
                aria-expanded=move || (asked.get() == Some(number)).to_string()
                on:click=move |_| {
                    asked.set(Some(number));
                    page::focus_soon("recovery-yes");
                }
            >
                {tr.recovery_restore()}
            </button>
            {when(
                move || asked.get() == Some(number),
                move || question_view(app, question.clone(), number, asked),
            )}
        </li>
    }
    .into_view()
}

fn question_view(app: App, question: String, number: u32, asked: RwSignal<Option<u32>>) -> View {
    let close = move || {
        asked.set(None);
        page::focus_soon("recovery-title");
    };
    view! {
        <div class="sure">
            <p>{question}</p>
            <div class="sure-end">
                <button
                    id="recovery-yes"
                    type="button"
                    class="button is-primary"
                    on:click=move |_| {
                        app.dispatch(Command::Restore(number));
                        close();
                    }
                >
                    {app.says(Tr::recovery_yes)}
                </button>
                <button type="button" class="button" on:click=move |_| close()>
                    {app.says(Tr::recovery_no)}
                </button>
            </div>
        </div>
    }
    .into_view()
}
