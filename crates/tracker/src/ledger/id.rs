//! An event's id and its moment.

use std::fmt;
use std::str::FromStr;

/// SHA-256 of an event's canonical JSON without its id; 64 lower-case hex
/// digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId([u8; 32]);

impl EventId {
    /// The id with these bytes. It names an event only if an event hashes to it.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        EventId(bytes)
    }

    /// The 32 bytes of the digest.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
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

impl FromStr for EventId {
    type Err = EventIdError;

    /// Upper case is refused: one id has one spelling, so that a file that was
    /// read is written back byte for byte.
    fn from_str(text: &str) -> Result<Self, EventIdError> {
        fn digit(byte: u8) -> Result<u8, EventIdError> {
            match byte {
                b'0'..=b'9' => Ok(byte - b'0'),
                b'a'..=b'f' => Ok(byte - b'a' + 10),
                _ => Err(EventIdError),
            }
        }
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(EventIdError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(EventId(bytes))
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
