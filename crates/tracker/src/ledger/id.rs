//! An event's id and its moment.

use std::fmt;
use std::str::FromStr;

use crate::json::canon::write_hex;

/// SHA-256 of an event's canonical JSON without its id; 64 lower-case hex
/// digits as text.
///
/// Kept as big-endian words: ordered as their bytes and their digits are, and
/// told apart by the first of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId([u64; 4]);

impl EventId {
    /// The id with these bytes. It names an event only if an event hashes to it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
            *word = u64::from_be_bytes(*bytes);
        }
        EventId(words)
    }

    /// The 32 bytes of the digest.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (bytes, word) in bytes.as_chunks_mut().0.iter_mut().zip(self.0) {
            *bytes = word.to_be_bytes();
        }
        bytes
    }

    /// Appends its 64 digits.
    pub(crate) fn write(self, out: &mut String) {
        write_hex(out, &self.to_bytes());
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = String::with_capacity(64);
        self.write(&mut digits);
        f.write_str(&digits)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text was not 64 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventIdError;

impl fmt::Display for EventIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected 64 lower-case hex digits")
    }
}

impl std::error::Error for EventIdError {}

/// What a byte is worth as a hex digit; more than any digit where it is none.
const DIGIT_VALUES: [u8; 256] = {
    let mut values = [0xff; 256];
    let mut value = 0;
    while value < 16 {
        values[b"0123456789abcdef"[value] as usize] = value as u8;
        value += 1;
    }
    values
};

impl FromStr for EventId {
    type Err = EventIdError;

    /// Upper case is refused: one id has one spelling, so that a file that was
    /// read is written back byte for byte.
    fn from_str(text: &str) -> Result<Self, EventIdError> {
        let (parts, rest) = text.as_bytes().as_chunks::<16>();
        if parts.len() != 4 || !rest.is_empty() {
            return Err(EventIdError);
        }
        let mut words = [0; 4];
        // Of every digit; beyond four bits where one of them is none.
        let mut values = 0;
        for (word, part) in words.iter_mut().zip(parts) {
            for digit in part {
                let value = DIGIT_VALUES[usize::from(*digit)];
                values |= value;
                *word = *word << 4 | u64::from(value);
            }
        }
        if values > 0xf {
            return Err(EventIdError);
        }
        Ok(EventId(words))
    }
}

/// A moment on a hybrid clock: what the writer's clock said, and a counter that
/// keeps writes of one millisecond apart. Called `time` in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub ms: i64,
    /// Counter within the millisecond.
    pub c: u32,
}

impl Stamp {
    /// The next moment after this one.
    pub fn next(self) -> Self {
        match self.c.checked_add(1) {
            Some(c) => Stamp { ms: self.ms, c },
            None => Stamp {
                ms: self.ms.saturating_add(1),
                c: 0,
            },
        }
    }
}
