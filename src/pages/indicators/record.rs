//! Recording a figure of an indicator, for the unit or the country. What is typed, its faults and
//! whether it is new are `tracker::indicator::FigureForm`'s.

use lean::prelude::*;
use tracker::date::parse_date;
use tracker::indicator::{
    FIGURE_INPUTS, FigureFault, FigureForm, FigureInput, amount, is_percent, share,
};
use tracker::plan::Indicator;
use tracker::text::format_decimal;

use crate::components::agency::unit_name;
use crate::components::indicator::unit;
use crate::i18n::Tr;
use crate::platform::page;
use crate::state::{App, Command, use_app};

/// What the parts of the form share.
#[derive(Clone, Copy)]
struct Sheet {
    app: App,
    indicator: &'static Indicator,
    form: RwSignal<FigureForm>,
    faults: Memo<Vec<(FigureInput, FigureFault)>>,
}

/// The id of an input's element.
fn id(input: FigureInput) -> &'static str {
    match input {
        FigureInput::Day => "figure-day",
        FigureInput::Value => "figure-value",
        FigureInput::Part => "figure-part",
        FigureInput::Whole => "figure-whole",
        FigureInput::Qualifier => "figure-qualifier",
        FigureInput::Source => "figure-source",
    }
}

/// The form.
#[component]
pub fn Record(
    /// The indicator.
    indicator: &'static Indicator,
) -> impl IntoView {
    let app = use_app();
    let form = RwSignal::new(FigureForm::default());
    let tried = RwSignal::new(false);
    let faults = Memo::new(move || match tried.get() {
        true => form.with(|form| form.faults(indicator, app.today(), app.lang())),
        false => Vec::new(),
    });
    let sheet = Sheet {
        app,
        indicator,
        form,
        faults,
    };
    let save = move || {
        let (today, lang) = untrack(|| (app.today(), app.lang()));
        let found = form.with_untracked(|form| form.faults(indicator, today, lang));
        if let Some((first, _)) = found.first() {
            tried.set(true);
            page::focus_soon(id(*first));
            return;
        }
        let unit = untrack(|| unit(app));
        let value = app.ledger().with_untracked(|ledger| {
            form.with_untracked(|form| form.change(ledger, unit, indicator, today, lang))
        });
        tried.set(false);
        // What is refused stays in the form.
        if !untrack(|| app.is_read_only()) {
            form.set(FigureForm::default());
        }
        app.dispatch(match value {
            Some(value) => Command::Observe {
                unit: unit.to_owned(),
                indicator: indicator.id.clone(),
                value,
            },
            None => Command::NothingNew,
        });
        page::focus_soon("figures-title");
    };
    let whom = move || {
        let unit = unit_name(app, unit(app), app.lang());
        app.tr().form_for(unit)
    };
    // Day and value, part and whole, qualifier and source.
    let row = |pair: &[FigureInput]| {
        let fields = pair.iter().map(|input| field(sheet, *input)).collect_view();
        view! { <div class="field-row">{fields}</div> }
    };
    view! {
        <section class="block" aria-labelledby="figure-title">
            <h2 id="figure-title">{app.says(Tr::figure_title)}</h2>
            <form
                class="record ind-record"
                novalidate
                on:submit=move |ev| {
                    ev.prevent_default();
                    save();
                }
            >
                <p class="fact-note">{whom}</p>
                {FIGURE_INPUTS.chunks(2).map(row).collect_view()}
                <div class="form-end">
                    <button type="submit" class="button is-primary">{app.says(Tr::figure_save)}</button>
                </div>
            </form>
        </section>
    }
}

fn field(sheet: Sheet, input: FigureInput) -> View {
    let Sheet {
        app,
        indicator,
        form,
        faults,
    } = sheet;
    let name: fn(Tr) -> &'static str = match input {
        FigureInput::Day => Tr::figure_day,
        FigureInput::Value => Tr::figure_value,
        FigureInput::Part => Tr::figure_part,
        FigureInput::Whole => Tr::figure_whole,
        FigureInput::Qualifier => Tr::figure_qualifier,
        FigureInput::Source => Tr::figure_source,
    };
    let label = move || match input {
        FigureInput::Value => app.tr().figure_value_in(indicator.unit.get(app.lang())),
        _ => name(app.tr()).to_owned(),
    };
    let hint = move || match input {
        FigureInput::Value => app.tr().figure_value_hint(),
        FigureInput::Qualifier => app.tr().figure_qualifier_hint(),
        FigureInput::Source => app.tr().figure_source_hint(),
        _ => "",
    };
    let fault = move || {
        let of_input = |faults: &Vec<(FigureInput, FigureFault)>| {
            faults.iter().find(|fault| fault.0 == input).map(|f| f.1)
        };
        faults.with(of_input)
    };
    let [hint_id, read_id, fault_id] =
        ["-hint", "-read", "-fault"].map(|end| id(input).to_owned() + end);
    let described = [hint_id.as_str(), &read_id, &fault_id].join(" ");
    let date = input == FigureInput::Day;
    let numeric = match input {
        FigureInput::Day => Some("numeric"),
        FigureInput::Value | FigureInput::Part | FigureInput::Whole => Some("decimal"),
        _ => None,
    };
    let typed = move |ev: web_sys::Event| {
        let text = event_target_value(&ev);
        form.update(|form| form.set(input, text));
    };
    view! {
        <div class="field">
            <label for=id(input)>{label}</label>
            <input
                id=id(input)
                type="text"
                inputmode=numeric
                autocomplete="off"
                placeholder=move || if date { app.tr().form_date_format() } else { "" }
                prop:value=move || form.with(|form| form.get(input).to_owned())
                aria-invalid=move || fault().map(|_| "true")
                aria-describedby=described
                on:input=typed
            />
            <p id=hint_id class="fact-note" hidden=move || hint().is_empty()>{hint}</p>
            <p id=read_id class="fact-note" aria-live="polite">{move || understood(sheet, input)}</p>
            <p id=fault_id class="fault" role="alert">
                {move || fault().map_or("", |fault| app.tr().figure_fault(fault))}
            </p>
        </div>
    }
}

/// What an input was understood as, where that is not plain from what was typed.
fn understood(sheet: Sheet, input: FigureInput) -> String {
    let Sheet {
        app,
        indicator,
        form,
        ..
    } = sheet;
    let (tr, lang) = (app.tr(), app.lang());
    form.with(|form| {
        let number = |input| form.number(input, indicator, lang);
        let words = match input {
            FigureInput::Day => parse_date(form.get(input)).map(tracker::date::format_date),
            FigureInput::Value => number(input).map(|value| amount(value, indicator, lang)),
            FigureInput::Part => number(input).map(|part| format_decimal(part, 6, lang)),
            FigureInput::Whole => number(input).map(|whole| {
                let text = format_decimal(whole, 6, lang);
                match number(FigureInput::Part) {
                    Some(part) if whole > 0.0 => {
                        let ratio = share(part / whole, lang);
                        let kind = if is_percent(indicator) {
                            tr.figure_makes(&ratio)
                        } else {
                            tr.figure_is(&ratio)
                        };
                        [&text, " ", &kind].concat()
                    }
                    _ => text,
                }
            }),
            FigureInput::Qualifier | FigureInput::Source => None,
        };
        words.map_or_else(String::new, |words| tr.figure_understood(words))
    })
}
