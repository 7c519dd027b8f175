//! What the page does with a file that somebody sends, step by step: read and check it, unite it with
//! what is known, fold that to what is shown. bench/merge.mjs calls these from JavaScript; bench/figures.mjs
//! those of [`figures`].
//!
//! Bytes go in through a buffer of this module, as the bytes of a chosen file do in the page; what
//! comes out are numbers.

#![warn(missing_docs)]

pub mod figures;

use std::cell::RefCell;
use std::sync::Arc;

use tracker::exchange::Reader;
use tracker::ledger::{Event, Ledger};

/// The plan that the files are about.
const PLAN: &str = "da06";

/// What a step returns for a file that is refused.
const REFUSED: u32 = u32::MAX;

#[derive(Default)]
struct Desk {
    bytes: Vec<u8>,
    events: Vec<Arc<Event>>,
    ledger: Ledger,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(REFUSED)
}

/// Makes room for a file of so many bytes and says where they go.
#[unsafe(no_mangle)]
pub extern "C" fn room(len: usize) -> *mut u8 {
    DESK.with_borrow_mut(|desk| {
        desk.bytes = vec![0; len];
        desk.bytes.as_mut_ptr()
    })
}

/// Reads the file with every check that there is: its form, its digest, the id of every event; how
/// many events it has.
#[unsafe(no_mangle)]
pub extern "C" fn read() -> u32 {
    DESK.with_borrow_mut(|desk| {
        let bytes = std::mem::take(&mut desk.bytes);
        let mut reader = Reader::new("", bytes, PLAN);
        let read = loop {
            if let Some(read) = reader.step(usize::MAX) {
                break read;
            }
        };
        match read {
            Ok(file) => {
                desk.events = file.events;
                count(desk.events.len())
            }
            Err(_) => REFUSED,
        }
    })
}

/// Unites what was read with what is known; how many events are new.
#[unsafe(no_mangle)]
pub extern "C" fn unite() -> u32 {
    DESK.with_borrow_mut(|desk| {
        let events = std::mem::take(&mut desk.events);
        count(desk.ledger.union(events))
    })
}

/// Looks at every cell as the page does: what is shown, whether the heads disagree, what a set holds;
/// how many values there are.
#[unsafe(no_mangle)]
pub extern "C" fn fold() -> u32 {
    DESK.with_borrow(|desk| {
        let mut values = 0;
        for cell in desk.ledger.cells() {
            values += usize::from(cell.shown_value().is_some());
            values += usize::from(cell.is_conflict());
            values += cell.elements().len();
        }
        count(values)
    })
}
