//! Addresses: which page, and everything that makes its view.
//!
//! The page lives in the hash, so that the folder works on any static host:
//! `#/board?q=…&unit=bo-cong-an&asof=2023-07-01&lang=en`. An address read from a
//! link and written again is the same view; parameters that this version does
//! not know are dropped.

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tracker::text::Lang;

/// A page of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// `#/` — leads to the board until the overview exists.
    #[default]
    Overview,
    /// `#/board`
    Board,
    /// `#/task/<id>` — the task beside the board.
    Task(String),
    /// `#/data`
    Data,
    /// Anything else, with the path that was asked for.
    Unknown(String),
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

impl Page {
    fn read(path: &str) -> Page {
        match path.trim_matches('/') {
            "" => Page::Overview,
            "board" => Page::Board,
            "data" => Page::Data,
            path => match path.strip_prefix("task/") {
                Some(id) if !id.is_empty() => Page::Task(decode(id)),
                _ => Page::Unknown(decode(path)),
            },
        }
    }

    fn path(&self) -> String {
        match self {
            Page::Overview => "/".to_owned(),
            Page::Board => "/board".to_owned(),
            Page::Data => "/data".to_owned(),
            Page::Task(id) => format!("/task/{}", encode(id)),
            Page::Unknown(path) => format!("/{}", encode(path)),
        }
    }
}

impl Address {
    /// Reads what stands behind the `#` of a location, with or without it.
    pub fn read(hash: &str) -> Address {
        let hash = hash.trim_start_matches('#');
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut view = View::default();
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(&value.replace('+', " "));
            match key {
                "q" => view.q = value,
                "unit" if !value.is_empty() => view.unit = Some(value),
                "asof" => view.asof = tracker::date::parse_iso(&value),
                "lang" => view.lang = Lang::from_code(&value),
                _ => {}
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
        let query = if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        };
        format!("#{}{query}", self.page.path())
    }

    /// The same view on another page.
    pub fn on(&self, page: Page) -> Address {
        Address {
            page,
            view: self.view.clone(),
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
        same("#/data");
        same("#/tasks");
    }

    #[test]
    fn a_query_keeps_every_character() {
        let q = "định danh lead:\"Bộ, ngành\" -topic:du-lieu & 100% +1 #?";
        let mut address = Address::read("#/board");
        address.view.q = q.to_owned();
        assert_eq!(Address::read(&address.href()).view.q, q);
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
