//! "Đơn vị của tôi": choosing the unit by typing a part of its name.

use lean::prelude::*;
use tracker::plan::{Agency, AgencyKind, COUNTRY};
use tracker::sorting::positions;
use tracker::text::{Lang, SortKey, fold, sort_key};

use super::agency::search_text;
use super::combobox::{ComboOption, Combobox};
use crate::i18n::Tr;
use crate::state::{App, Command, use_app};

/// The combobox of units, for the bar and the first visit.
#[component]
pub fn UnitChoice(
    /// Prefix of the element ids.
    id: &'static str,
    /// Whether the label is only for screen readers.
    label_hidden: bool,
) -> impl IntoView {
    let app = use_app();
    let options = Memo::new(move || options(app));
    let value = Signal::derive(move || app.unit().map(|u| u.id().to_owned()));
    view! {
        <Combobox
            id=id
            label=Signal::derive(move || app.tr().unit_label().to_owned())
            label_hidden=label_hidden
            placeholder=Signal::derive(move || app.tr().unit_placeholder().to_owned())
            options
            value=value
            empty=Signal::derive(move || app.tr().unit_none_found().to_owned())
            count_text=Callback::new(move |n: usize| app.tr().unit_found(n))
            on_choose=Callback::new(move |id: String| app.dispatch(Command::ChooseUnit(id)))
        />
    }
}

/// The country, the agencies that exist on the as-of day by kind, then those that no longer do.
fn options(app: App) -> Vec<ComboOption> {
    let (tr, lang, asof) = (app.tr(), app.lang(), app.asof());
    let mut agencies: Vec<(u8, &Agency)> = Vec::new();
    for agency in app.plan.agencies() {
        if let Some(group) = group(agency, agency.exists_on(asof)) {
            agencies.push((group, agency));
        }
    }
    let names: Vec<SortKey> = agencies
        .iter()
        .map(|(_, agency)| sort_key(agency.name_on(asof).get(lang)))
        .collect();
    let order = positions(agencies.len(), &mut |a, b| {
        let groups = agencies[a].0.cmp(&agencies[b].0);
        groups.then_with(|| names[a].cmp(&names[b]))
    });
    // English names come with the rest of the program; the options are made anew then.
    let english = if app.is_whole() {
        Tr(Lang::En).unit_country()
    } else {
        ""
    };
    let country = ComboOption {
        value: COUNTRY.to_owned(),
        label: tr.unit_country().to_owned(),
        detail: String::new(),
        group: String::new(),
        search: fold(&format!("{} {english}", Tr(Lang::Vi).unit_country())),
    };
    std::iter::once(country)
        .chain(order.into_iter().map(|i| {
            let (group, agency) = agencies[i];
            let name = agency.name_on(asof);
            let detail = if agency.kind == AgencyKind::Province {
                String::new()
            } else {
                agency.abbreviation.clone()
            };
            ComboOption {
                value: agency.id.clone(),
                label: name.get(lang).to_owned(),
                detail,
                group: group_name(tr, group).to_owned(),
                search: search_text(agency, asof),
            }
        }))
        .collect()
}

/// The place of an agency's group in the list; `None` for collectives.
fn group(agency: &Agency, exists: bool) -> Option<u8> {
    match agency.kind {
        AgencyKind::Collective => None,
        _ if !exists => agency.valid_to.map(|_| 4),
        AgencyKind::Ministry | AgencyKind::Ministerial => Some(0),
        AgencyKind::Province => Some(1),
        AgencyKind::GovernmentAttached => Some(2),
        _ => Some(3),
    }
}

fn group_name(tr: Tr, group: u8) -> &'static str {
    match group {
        0 => tr.group_ministries(),
        1 => tr.group_provinces(),
        2 => tr.group_government(),
        3 => tr.group_other(),
        _ => tr.group_former(),
    }
}
