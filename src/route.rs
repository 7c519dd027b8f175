//! Addresses: which page, and everything that makes its view.
//!
//! The page lives in the hash, so that the folder works on any static host:
//! `#/board?q=…&unit=bo-cong-an&asof=2023-07-01&lang=en`. An address read from a
//! link and written again is the same view; parameters that this version does
//! not know are dropped.

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tracker::text::{Lang, is_plain, visible};

/// A page of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// `#/` — the overview; also `#/overview`.
    #[default]
    Overview,
    /// `#/board`
    Board,
    /// `#/tasks` — the table.
    Tasks,
    /// `#/timeline`
    Timeline,
    /// `#/agencies`
    Agencies,
    /// `#/agencies/<id>` — one agency.
    Agency(String),
    /// `#/indicators`
    Indicators,
    /// `#/indicator/<id>` — one indicator.
    Indicator(String),
    /// `#/bottlenecks`
    Bottlenecks,
    /// `#/task/<id>` — the task beside the page that [`Opt::Beside`] names.
    Task(String),
    /// `#/consolidate` — the desk where files are brought together.
    Consolidate,
    /// `#/data`
    Data,
    /// Anything else, with the path that was asked for.
    Unknown(String),
}

/// How one page arranges what it shows. Each has a page of its own, so that an
/// arrangement survives a look at another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opt {
    /// What the board's columns are.
    Columns,
    /// What the board's rows are.
    Rows,
    /// How the table is sorted.
    Sort,
    /// What the table is grouped by.
    Group,
    /// Which columns the table has, in order.
    Fields,
    /// What the timeline is grouped by.
    Lanes,
    /// How far the timeline is zoomed in.
    Zoom,
    /// What the agencies are counted against.
    Matrix,
    /// The end of which period the overview compares with.
    Since,
    /// Which document the burn-up is of.
    Burnup,
    /// The day by which the burn-up is to reach its end.
    Finish,
    /// What the indicators are grouped by.
    Sets,
    /// Which indicators are listed: a verdict, a group, or both.
    Verdict,
    /// What the consolidation desk shows.
    Desk,
    /// The page that an open task stands beside; the board when absent.
    Beside,
}

impl Opt {
    /// Every option, in the order of addresses.
    pub const ALL: [Opt; 15] = [
        Opt::Columns,
        Opt::Rows,
        Opt::Sort,
        Opt::Group,
        Opt::Fields,
        Opt::Lanes,
        Opt::Zoom,
        Opt::Matrix,
        Opt::Since,
        Opt::Burnup,
        Opt::Finish,
        Opt::Sets,
        Opt::Verdict,
        Opt::Desk,
        Opt::Beside,
    ];

    /// The name of the parameter.
    pub fn key(self) -> &'static str {
        match self {
            Opt::Columns => "by",
            Opt::Rows => "rows",
            Opt::Sort => "sort",
            Opt::Group => "group",
            Opt::Fields => "cols",
            Opt::Lanes => "lanes",
            Opt::Zoom => "zoom",
            Opt::Matrix => "matrix",
            Opt::Since => "since",
            Opt::Burnup => "burnup",
            Opt::Finish => "finish",
            Opt::Sets => "sets",
            Opt::Verdict => "v",
            Opt::Desk => "desk",
            Opt::Beside => "in",
        }
    }
}

/// What the view of a page is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Search words and filters.
    pub q: String,
    /// Whose tasks: an agency's id or `toan-quoc`.
    pub unit: Option<String>,
    /// The day to judge by; today when absent.
    pub asof: Option<NaiveDate>,
    /// The language of the link.
    pub lang: Option<Lang>,
    /// How pages arrange what they show; in the order of [`Opt::ALL`], none empty.
    options: Vec<(Opt, String)>,
}

impl View {
    /// The option as it was written; empty where the page's own arrangement holds.
    pub fn option(&self, opt: Opt) -> &str {
        let found = self.options.iter().find(|o| o.0 == opt);
        found.map_or("", |o| &o.1)
    }

    /// Sets the option; an empty value takes it away.
    pub fn set_option(&mut self, opt: Opt, value: &str) {
        self.options.retain(|o| o.0 != opt);
        if !value.is_empty() {
            let rank = |o: Opt| Opt::ALL.iter().position(|a| *a == o);
            let at = self.options.iter().take_while(|o| rank(o.0) < rank(opt));
            let at = at.count();
            self.options.insert(at, (opt, value.to_owned()));
        }
    }
}

/// A page and its view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Which page.
    pub page: Page,
    /// Its view.
    pub view: View,
}

/// What stays readable in an address: letters, digits and the marks of queries.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':')
    .remove(b',')
    .remove(b'/');

/// The name of the overview where an open task says what it stands beside.
const OVERVIEW: &str = "overview";

impl Page {
    fn read(path: &str) -> Page {
        match path.trim_matches('/') {
            "" | OVERVIEW => Page::Overview,
            "board" => Page::Board,
            "tasks" => Page::Tasks,
            "timeline" => Page::Timeline,
            "agencies" => Page::Agencies,
            "indicators" => Page::Indicators,
            "bottlenecks" => Page::Bottlenecks,
            "consolidate" => Page::Consolidate,
            "data" => Page::Data,
            path => match path.split_once('/') {
                Some(("task", id)) => Page::Task(decode(id)),
                Some(("agencies", id)) => Page::Agency(decode(id)),
                Some(("indicator", id)) => Page::Indicator(decode(id)),
                _ => Page::Unknown(decode(path)),
            },
        }
    }

    fn path(&self) -> String {
        match self {
            Page::Overview => "/".to_owned(),
            Page::Board => "/board".to_owned(),
            Page::Tasks => "/tasks".to_owned(),
            Page::Timeline => "/timeline".to_owned(),
            Page::Agencies => "/agencies".to_owned(),
            Page::Agency(id) => format!("/agencies/{}", encode(id)),
            Page::Indicators => "/indicators".to_owned(),
            Page::Indicator(id) => format!("/indicator/{}", encode(id)),
            Page::Bottlenecks => "/bottlenecks".to_owned(),
            Page::Consolidate => "/consolidate".to_owned(),
            Page::Data => "/data".to_owned(),
            Page::Task(id) => format!("/task/{}", encode(id)),
            Page::Unknown(path) => format!("/{}", encode(path)),
        }
    }
}

impl Address {
    /// The address of a task, without a view of its own.
    pub fn of_task(id: String) -> Address {
        Address {
            page: Page::Task(id),
            view: View::default(),
        }
    }

    /// Reads what stands behind the `#` of a location, with or without it.
    pub fn read(hash: &str) -> Address {
        let hash = hash.trim_start_matches('#');
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut view = View::default();
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(&value.replace('+', " "));
            match key {
                // A query is shown in many places; what cannot be seen in it is there to deceive.
                "q" if !is_plain(&value) => view.q = visible(&value).into_owned(),
                "q" => view.q = value,
                "unit" if !value.is_empty() => view.unit = Some(value),
                "asof" => view.asof = tracker::date::parse_iso(&value),
                "lang" => view.lang = Lang::from_code(&value),
                key => {
                    if let Some(opt) = Opt::ALL.into_iter().find(|o| o.key() == key) {
                        view.set_option(opt, &value);
                    }
                }
            }
        }
        Address {
            page: Page::read(path),
            view,
        }
    }

    /// The address as a link: `#/board?q=…`.
    pub fn href(&self) -> String {
        let view = &self.view;
        let mut pairs: Vec<String> = Vec::new();
        if !view.q.is_empty() {
            pairs.push(format!("q={}", encode(&view.q)));
        }
        if let Some(unit) = &view.unit {
            pairs.push(format!("unit={}", encode(unit)));
        }
        if let Some(asof) = view.asof {
            pairs.push(format!("asof={asof}"));
        }
        if let Some(lang) = view.lang {
            pairs.push(format!("lang={}", lang.code()));
        }
        for (opt, value) in &view.options {
            pairs.push(format!("{}={}", opt.key(), encode(value)));
        }
        let query = if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        };
        format!("#{}{query}", self.page.path())
    }

    /// The same view on another page. A task opens beside the page it is opened from.
    pub fn on(&self, page: Page) -> Address {
        let mut view = self.view.clone();
        let beside = match (&page, &self.page) {
            (Page::Task(_), Page::Task(_)) => view.option(Opt::Beside).to_owned(),
            (Page::Task(_), Page::Board | Page::Unknown(_)) => String::new(),
            (Page::Task(_), Page::Overview) => OVERVIEW.to_owned(),
            (Page::Task(_), behind) => behind.path().trim_start_matches('/').to_owned(),
            _ => String::new(),
        };
        view.set_option(Opt::Beside, &beside);
        Address { page, view }
    }

    /// The page in the main part: an open task's is the one that it stands beside.
    pub fn behind(&self) -> Page {
        match &self.page {
            Page::Task(_) => match Page::read(self.view.option(Opt::Beside)) {
                Page::Overview if self.view.option(Opt::Beside) == OVERVIEW => Page::Overview,
                Page::Overview | Page::Task(_) | Page::Unknown(_) => Page::Board,
                page => page,
            },
            page => page.clone(),
        }
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(hash: &str) {
        assert_eq!(Address::read(hash).href(), hash);
    }

    #[test]
    fn an_address_survives_reading_and_writing() {
        same("#/");
        same("#/board");
        same("#/board?unit=bo-cong-an");
        same("#/board?q=dinh%20danh&unit=bo-cong-an&asof=2023-07-01&lang=en");
        same("#/task/CT05-B-06?unit=toan-quoc");
        same("#/task/a%20b");
        same("#/consolidate?desk=who,doc:CT05");
        same("#/data");
        same("#/tasks?sort=-due&group=topic&cols=id,title");
        same("#/agencies/bo-cong-an?matrix=topic");
        same("#/task/CT05-B-06?in=agencies/bo-cong-an");
        same("#/indicators?sets=topic&v=met,QD06");
        same("#/indicator/KPI-CT05-06?unit=toan-quoc");
        same("#/task/CT05-B-06?in=indicator/KPI-CT05-06");
        same("#/nowhere");
    }

    #[test]
    fn a_task_opens_beside_the_page_it_was_opened_from() {
        let task = || Page::Task("T-1".into());
        let table = Address::read("#/tasks?sort=due");
        let opened = table.on(task());
        assert_eq!(opened.href(), "#/task/T-1?sort=due&in=tasks");
        assert_eq!(opened.behind(), Page::Tasks);
        assert_eq!(opened.on(task()).behind(), Page::Tasks);
        assert_eq!(opened.on(opened.behind()), table);
        assert_eq!(Address::read("#/board").on(task()).href(), "#/task/T-1");
        let overview = Address::read("#/?since=year");
        let opened = overview.on(task());
        assert_eq!(opened.href(), "#/task/T-1?since=year&in=overview");
        assert_eq!(opened.on(opened.behind()), overview);
        assert_eq!(Address::read("#/task/T-1?in=task/x").behind(), Page::Board);
        assert_eq!(Address::read("#/task/T-1?in=x").behind(), Page::Board);
    }

    #[test]
    fn a_query_keeps_every_character() {
        let q = "định danh lead:\"Bộ, ngành\" -topic:du-lieu & 100% +1 #?";
        let mut address = Address::read("#/board");
        address.view.q = q.to_owned();
        assert_eq!(Address::read(&address.href()).view.q, q);
    }

    #[test]
    fn a_query_hides_nothing() {
        let address = Address::read("#/board?q=a%E2%80%AEb%00");
        assert_eq!(address.view.q, "a⟨U+202E⟩b⟨U+0000⟩");
        assert_eq!(Address::read(&address.href()), address);
    }

    #[test]
    fn what_is_not_an_address_opens_something() {
        assert_eq!(Address::read("").page, Page::Overview);
        assert_eq!(Address::read("#").page, Page::Overview);
        assert_eq!(Address::read("#/task/").page, Page::Unknown("task".into()));
        assert_eq!(Address::read("#/x?%").page, Page::Unknown("x".into()));
        assert_eq!(Address::read("#/board?asof=2023-02-30").view.asof, None);
        assert_eq!(Address::read("#/board?q=%FF").page, Page::Board);
    }
}
