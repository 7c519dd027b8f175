//! Closing a period: keeping the figures of a unit under a name, and comparing them with later ones.

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::closing::{Since, closings as kept, since};
use tracker::date::format_date;
use tracker::kpi::figures::figures;
use tracker::kpi::{Figure, Figures, ReportPeriod};
use tracker::ledger::{Closing, EventId};
use tracker::plan::COUNTRY;
use tracker::text::Lang;

use super::Word;
use crate::components::agency::unit_name;
use crate::components::field::{Field, Kind};
use crate::components::icon::{Glyph, Icon};
use crate::i18n::Tr;
use crate::pages::task::who;
use crate::platform::page;
use crate::state::rows::bound;
use crate::state::{App, Command};

/// The id of the heading over what was kept.
const TITLE: &str = "closing-title";
/// The id of the field for the name.
const NAME: &str = "closing-name";

fn figure_name(figure: Figure) -> Word {
    match figure {
        Figure::Assigned => Tr::closing_assigned,
        Figure::Completed => Tr::closing_completed,
        Figure::OnTime => Tr::closing_on_time,
        Figure::Late => Tr::closing_late,
        Figure::CompletedUndated => Tr::closing_completed_undated,
        Figure::NotCompleted => Tr::closing_not_completed,
        Figure::InTime => Tr::closing_in_time,
        Figure::Overdue => Tr::closing_overdue,
        Figure::Ongoing => Tr::closing_ongoing,
        Figure::FallenDue => Tr::closing_fallen_due,
    }
}

fn unit(app: App) -> &'static str {
    app.unit().map_or(COUNTRY, |unit| unit.id())
}

/// The figures of the view's unit on a day. Tracks the unit and every update.
fn figures_on(app: App, day: NaiveDate) -> Figures {
    let bound = bound(app.plan, app.unit(), day);
    let tasks: Vec<usize> = bound.iter().map(|(task, _)| *task).collect();
    let whose = app.whose();
    app.tracks()
        .with(|tracks| figures(tracks, whose, &tasks, day))
}

/// The button that opens the closings.
pub fn opener(app: App, open: RwSignal<bool>) -> View {
    view! {
        <button
            type="button"
            class="button"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-controls=move || open.get().then_some("closing")
            on:click=move |_| open.set(!open.get_untracked())
        >
            <Icon glyph=Glyph::Data />
            {app.says(Tr::closing_open)}
        </button>
    }
}

/// The form that closes a period on a day, and what the unit has closed.
pub fn closings(app: App, period: Memo<ReportPeriod>, day: Memo<NaiveDate>) -> View {
    // What was typed in place of the name of the period.
    let typed = RwSignal::new(None::<String>);
    let missing = RwSignal::new(false);
    let name = move || {
        typed
            .get()
            .unwrap_or_else(|| period.get().label(app.lang()))
    };
    let save = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let name = untrack(name).trim().to_owned();
        missing.set(name.is_empty());
        if name.is_empty() {
            page::focus(NAME);
            return;
        }
        let (period, asof) = untrack(|| (period.get(), day.get()));
        app.dispatch(Command::ClosePeriod {
            unit: untrack(|| unit(app)).to_owned(),
            name,
            period: period.to_string(),
            asof,
            figures: untrack(|| figures_on(app, asof)).named(),
        });
        // What is refused stays in the form.
        if !untrack(|| app.is_read_only()) {
            typed.set(None);
        }
    };
    let text = move || {
        let unit = unit_name(app, unit(app), app.lang());
        let period = period.get().label(app.lang());
        app.tr().closing_text(unit, period, format_date(day.get()))
    };
    let title = move || {
        let unit = unit_name(app, unit(app), app.lang());
        app.tr().closing_title(unit)
    };
    let all = Memo::new(move || {
        let unit = unit(app);
        app.ledger().with(|ledger| {
            let mut all = Vec::new();
            for (event, closing) in kept(ledger, unit) {
                let (author, when) = who(app, event);
                all.push(Entry {
                    id: event.id(),
                    at: event.time().ms,
                    closing,
                    who: format!("{when} · {author}"),
                    lang: app.lang(),
                });
            }
            // The latest first.
            let order =
                tracker::sorting::positions(all.len(), &mut |a, b| all[b].at.cmp(&all[a].at));
            order
                .into_iter()
                .map(|at| all[at].clone())
                .collect::<Vec<Entry>>()
        })
    });
    view! {
        <section id="closing" class="block closing" aria-label=app.says(Tr::closing_open)>
            <form class="closing-form" on:submit=save>
                <p>{text}</p>
                <Field
                    id=NAME
                    label=Tr::closing_name
                    kind=Kind::Text
                    value=Signal::derive(name)
                    put=Callback::new(move |text: String| {
                        missing.set(false);
                        typed.set(Some(text));
                    })
                    fault=Some(Signal::derive(move || {
                        if missing.get() { app.tr().closing_name_missing() } else { "" }
                    }))
                    beside=View::Nothing
                />
                <button type="submit" class="button is-primary">{app.says(Tr::closing_save)}</button>
            </form>
            <h2 id=TITLE tabindex="-1">{title}</h2>
            {when(
                move || all.with(Vec::is_empty),
                move || view! { <p class="muted">{app.says(Tr::closing_none)}</p> },
            )}
            <ul class="closing-list" aria-labelledby=TITLE hidden=move || all.with(Vec::is_empty)>
                {each(
                    move || all.get(),
                    |entry: &Entry| (entry.id, entry.lang, entry.who.clone()),
                    move |entry| view! { <One entry /> },
                )}
            </ul>
        </section>
    }
}

/// A closing, and who made it when.
#[derive(Clone, PartialEq)]
struct Entry {
    id: EventId,
    at: i64,
    closing: Closing,
    who: String,
    lang: Lang,
}

/// One closing.
#[component]
fn One(
    /// It.
    entry: Entry,
) -> impl IntoView {
    let app = crate::state::use_app();
    let Entry {
        id,
        closing,
        who,
        lang,
        ..
    } = entry;
    let tr = app.tr();
    let name = tr.named(&closing.name);
    let period = closing.period.parse::<ReportPeriod>();
    let period = period.map_or_else(|_| tr.named(&closing.period), |period| period.label(lang));
    let told = [Figure::Assigned, Figure::Completed, Figure::Overdue];
    let told = told.into_iter().filter_map(|figure| {
        let count = number(app, closing.figure(figure.name())?);
        Some(tr.closing_figure(figure_name(figure)(tr), count))
    });
    let told: Vec<String> = told.collect();
    let (compare, retract) = (tr.closing_compare_of(&name), tr.closing_retract_of(&name));
    let about = tr.closing_day(period, format_date(closing.asof));
    let open = RwSignal::new(false);
    let body = StoredValue::new(closing);
    let take_back = move |_| {
        app.dispatch(Command::Undo(vec![id]));
        page::focus_soon(TITLE);
    };
    view! {
        <li class="closing-one">
            <h3>{name}</h3>
            <p>{about}</p>
            <p>{told.join(" · ")}</p>
            <p class="muted">{who}</p>
            <div class="closing-acts">
                <button
                    type="button"
                    class="button is-small"
                    aria-label=compare
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.set(!open.get_untracked())
                >
                    {tr.closing_compare()}
                </button>
                <button type="button" class="button is-quiet is-small" aria-label=retract on:click=take_back>
                    <Icon glyph=Glyph::Undo />
                    {tr.closing_retract()}
                </button>
            </div>
            {when(
                move || open.get(),
                move || move || body.with_value(|closing| compared(app, id, closing)),
            )}
        </li>
    }
}

/// A figure as it was kept, which is a count unless another program wrote it.
fn number(app: App, figure: f64) -> String {
    tracker::text::format_decimal(figure, 1, app.lang())
}

/// The figures then and now, and what has been recorded since. Tracks the ledger.
fn compared(app: App, id: EventId, closing: &Closing) -> View {
    let tr = app.tr();
    let asof = app.asof();
    // The same day by what is known now, and the day that is being looked at.
    let mut columns = vec![(
        tr.closing_again(format_date(closing.asof)),
        figures_on(app, closing.asof),
    )];
    if asof != closing.asof {
        columns.push((tr.score_until(format_date(asof)), figures_on(app, asof)));
    }
    let heads = columns.iter().map(|(name, _)| {
        view! { <th role="columnheader" scope="col">{name.clone()}</th> }
    });
    let heads = heads.collect_view();
    let row = |figure: Figure| {
        let then = closing.figure(figure.name());
        let then = then.map_or_else(String::new, |then| number(app, then));
        let cells = columns.iter().map(|(_, figures)| {
            let count = tr.count(figures.get(figure));
            let class = (count != then).then_some("is-changed");
            view! { <td role="cell" class=class>{count}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr role="row">
                <th role="rowheader" scope="row">{figure_name(figure)(tr)}</th>
                <td role="cell">{then}</td>
                {cells}
            </tr>
        }
    };
    let sentences = app.ledger().with(|ledger| match ledger.get(&id) {
        Some(event) => sentences(app, &since(ledger, event, closing)),
        None => Vec::new(),
    });
    let sentences = sentences
        .into_iter()
        .map(|words| view! { <p>{words}</p> })
        .collect_view();
    view! {
        <div class="closing-compared">
            {sentences}
                <table role="table" class="agencies is-matrix closing-table" aria-label=tr.closing_figures()>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{tr.closing_figures()}</th>
                            <th role="columnheader" scope="col">{tr.closing_then()}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{Figure::ALL.into_iter().map(row).collect_view()}</tbody>
                </table>
        </div>
    }
}

/// How much has been recorded since, in words.
fn sentences(app: App, since: &Since<'_>) -> Vec<String> {
    let tr = app.tr();
    let counts = [
        (
            since.newer.len(),
            (|tr, n| tr.closing_since(n)) as fn(Tr, usize) -> String,
        ),
        (since.earlier, |tr, n| tr.closing_since_earlier(n)),
        (since.missing, |tr, n| tr.closing_since_missing(n)),
    ];
    let mut sentences: Vec<String> = Vec::new();
    for (count, words) in counts {
        if count > 0 {
            sentences.push(words(tr, count));
        }
    }
    if sentences.is_empty() {
        sentences.push(tr.closing_since_none().to_owned());
    }
    sentences
}
