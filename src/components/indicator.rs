//! How an indicator looks: its target, its verdict, its figures and where they are from, in words.

use chrono::NaiveDate;
use lean::prelude::*;
use tracker::date::{Deadline, DeadlineKind, format_date};
use tracker::indicator::{
    FigureFault, Judgement, Point, Verdict, amount, is_percent, share, worded,
};
use tracker::plan::measure::{Direction, TargetKind, TargetTiming};
use tracker::plan::{COUNTRY, Indicator};
use tracker::text::{Lang, format_decimal};

use super::agency::unit_name;
use super::icon::{Icon, of_verdict};
use super::said::outward;
use crate::i18n::{Tr, lower_first};
use crate::route::Address;
use crate::state::{App, Unit};

impl Tr {
    /// The name of a verdict, e.g. "Chưa đạt".
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Met => self.verdict_met(),
            Verdict::MetLate => self.verdict_late(),
            Verdict::NotMet => self.verdict_not_met(),
            Verdict::OnTheWay => self.verdict_on_the_way(),
            Verdict::NoData => self.verdict_no_data(),
            Verdict::NoTarget => self.verdict_no_target(),
        }
    }

    /// What is wrong with an input of a figure, and what to do about it.
    pub fn figure_fault(self, fault: FigureFault) -> &'static str {
        match fault {
            FigureFault::DayMissing => self.figure_day_missing(),
            FigureFault::DayUnreadable => self.fault_date_unreadable(),
            FigureFault::DayAhead => self.figure_day_ahead(),
            FigureFault::ValueMissing => self.figure_value_missing(),
            FigureFault::NumberUnreadable => self.figure_number_unreadable(),
            FigureFault::PartMissing => self.figure_part_missing(),
            FigureFault::WholeMissing => self.figure_whole_missing(),
            FigureFault::WholeNotPositive => self.figure_whole_not_positive(),
            FigureFault::ValueDiffers => self.figure_value_differs(),
            FigureFault::SourceMissing => self.figure_source_missing(),
            FigureFault::LinkUnreadable => self.figure_link_unreadable(),
        }
    }
}

/// The unit whose figures are shown.
pub fn unit(app: App) -> &'static str {
    app.unit().unwrap_or(Unit::Country).id()
}

/// What is asked for: "ít nhất 40 triệu tài khoản"; `None` without a target.
pub fn target(tr: Tr, indicator: &Indicator) -> Option<String> {
    target_with(tr, indicator, &|value| amount(value, indicator, tr.0))
}

/// The same without the unit, unless that is a percentage: "ít nhất 40".
pub fn bare_target(tr: Tr, indicator: &Indicator) -> Option<String> {
    match is_percent(indicator) {
        true => target(tr, indicator),
        false => target_with(tr, indicator, &|value| format_decimal(value, 6, tr.0)),
    }
}

fn target_with(tr: Tr, indicator: &Indicator, quantity: &dyn Fn(f64) -> String) -> Option<String> {
    let target = indicator.target.as_ref()?;
    Some(match (target.value, indicator.direction, target.max) {
        (None, ..) if target.kind == TargetKind::ImpliedAll && is_percent(indicator) => {
            quantity(100.0)
        }
        (None, ..) => tr.indicator_all().to_owned(),
        (Some(value), Some(Direction::AtLeast), _) => tr.target_at_least(quantity(value)),
        (Some(value), Some(Direction::AtMost), _) => tr.target_at_most(quantity(value)),
        (Some(value), _, Some(max)) => {
            tr.target_range(format_decimal(value, 2, tr.0), quantity(max))
        }
        (Some(value), ..) => quantity(value),
    })
}

/// By when or from when it is asked for: "Tháng 6/2023".
pub fn timing(tr: Tr, indicator: &Indicator) -> String {
    let Some(target) = &indicator.target else {
        return String::new();
    };
    let kind = match target.period_kind {
        TargetTiming::By => DeadlineKind::By,
        TargetTiming::From => DeadlineKind::From,
        TargetTiming::Ongoing => DeadlineKind::Ongoing,
        TargetTiming::None => DeadlineKind::None,
    };
    let period = target.period;
    tr.deadline(Deadline { kind, period })
}

/// Where a figure is from: the name of a document, or what somebody wrote.
pub fn source(app: App, text: &str) -> String {
    match app.plan.document(text) {
        Some(document) => document.number.clone(),
        None => app.tr().named(text),
    }
}

/// The same as a view: an address is a link.
pub fn source_link(app: App, text: &str) -> View {
    let words = source(app, text);
    outward(app, text, words)
}

/// A figure as its source puts it. What people typed is shown as it is, the invisible made visible.
pub fn figure(point: &Point<'_>, indicator: &Indicator, lang: Lang) -> String {
    Tr(lang).named(&worded(point, indicator, lang))
}

/// A verdict as icon and words.
pub fn badge(tr: Tr, verdict: Verdict) -> View {
    view! {
        <span class=["badge is-", verdict.key()].concat()>
            <Icon glyph=of_verdict(verdict) />
            {tr.verdict(verdict)}
        </span>
    }
}

/// Why the verdict is what it is, in a sentence or two.
pub fn sentence(
    tr: Tr,
    indicator: &Indicator,
    judgement: &Judgement<'_, '_>,
    asof: NaiveDate,
) -> String {
    let lang = tr.0;
    let asof = format_date(asof);
    let Some(point) = judgement.decided_by else {
        return match judgement.verdict {
            Verdict::NoTarget => tr.indicator_says_no_target().to_owned(),
            _ => tr.indicator_says_no_data(asof),
        };
    };
    let date = lower_first(&point.period.label(lang), lang);
    let seen = tr.indicator_seen(date, figure(point, indicator, lang));
    let seen = match judgement.attainment {
        Some(ratio) => tr.indicator_seen_share(seen, share(ratio, lang)),
        None => seen,
    };
    let due = judgement.due.map(format_date);
    let said = match (judgement.verdict, due) {
        (Verdict::MetLate, Some(due)) => tr.indicator_says_late(seen, due),
        (Verdict::NotMet, Some(due)) => tr.indicator_says_not_met(seen, due),
        (Verdict::NotMet, None) => tr.indicator_says_not_held(seen),
        (Verdict::OnTheWay, Some(due)) => tr.indicator_says_on_the_way(seen, due),
        (Verdict::OnTheWay, None) => tr.indicator_says_undated(seen),
        _ => tr.indicator_says_met(seen),
    };
    match (&point.qualifier, judgement.certain) {
        (Some(words), false) => {
            let doubt = tr.indicator_uncertain(tr.named(words.get(lang)));
            [&said, " ", &doubt].concat()
        }
        _ => said,
    }
}

/// Says that published figures are the country's, where a unit is chosen, and leads to them.
#[component]
pub fn CountryNote() -> impl IntoView {
    let app = crate::state::use_app();
    let country = move || {
        let mut address = Address {
            page: app.page(),
            view: app.view(),
        };
        address.view.unit = Some(COUNTRY.to_owned());
        address.href()
    };
    let text = move || {
        app.tr()
            .indicator_of_unit(unit_name(app, unit(app), app.lang()))
    };
    when(
        move || unit(app) != COUNTRY,
        move || {
            view! {
                <p class="hint">
                    {text}
                    " "
                    <a href=country>{app.says(Tr::indicator_of_country)}</a>
                </p>
            }
        },
    )
}
