//! The parts that pages are made of. They read the state and dispatch commands;
//! none of them knows a page.
//!
//! - [`card`], [`agency`], [`indicator`], [`marked`], [`icon`]: how these look, a match, a picture;
//! - [`said`]: what other people wrote, with nothing hidden, and links out of the page;
//! - [`list_head`]: title and filters of a list; [`filter_bar`]: filter menus and chips;
//! - [`search_box`]: searching, and what could be typed next; [`filter_words`]: filters in words;
//! - [`popup`]: a button and what it opens; [`saved_views`], its use for views;
//! - [`field`]: a labelled field of one line; [`people`]: whom it offers;
//! - [`combobox`]: choosing one of many by typing, and [`unit_choice`], its use for units;
//! - [`window`]: a long list of which only what is on the screen is drawn;
//! - [`refusal`]: choosing files, and why one is refused;
//! - [`chart`]: values over time as a picture, a table and files;
//! - [`safety`]: whether what was recorded is safe, and what to do about it;
//! - [`working`]: how far long work with files is;
//! - [`frame`]: the bar, the navigation, messages;
//! - [`shortcuts`]: what keys do, and the list of it.

pub mod agency;
pub mod card;
pub mod chart;
pub mod combobox;
pub mod field;
pub mod filter_bar;
pub mod filter_words;
pub mod frame;
pub mod icon;
pub mod indicator;
pub mod list_head;
pub mod marked;
pub mod people;
pub mod popup;
pub mod refusal;
pub mod safety;
pub mod said;
pub mod saved_views;
pub mod search_box;
pub mod shortcuts;
pub mod unit_choice;
pub mod window;
pub mod working;
