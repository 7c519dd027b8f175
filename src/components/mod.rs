//! The parts that pages are made of. They read the state and dispatch commands;
//! none of them knows a page.
//!
//! - [`card`], [`agency`], [`marked`], [`icon`]: how a task, an agency, a match look;
//! - [`list_head`]: title and filters of a list; [`filter_bar`]: search, filter menus, chips;
//! - [`combobox`]: choosing one of many by typing, and [`unit_choice`], its use for units;
//! - [`frame`]: the bar, the navigation, messages;
//! - [`shortcuts`]: what keys do, and the list of it.

pub mod agency;
pub mod card;
pub mod combobox;
pub mod filter_bar;
pub mod frame;
pub mod icon;
pub mod list_head;
pub mod marked;
pub mod shortcuts;
pub mod unit_choice;
