//! Passing bytes of JSON text eight at a time.
//!
//! A file of many updates is texts and white space for the most part. A loop over single bytes is what
//! the compiler makes of the plain way, and takes several times as long.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many bytes from the start stand for themselves in a string: up to a quotation mark, a
/// backslash, a control character or the end.
#[inline(never)]
pub(crate) fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // The highest bit of each byte that is none of them is clear, up to the first that is one.
        let ends = less(word, 0x20) | zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5c));
        if ends != 0 {
            return length + (ends.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    let ends = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    length + rest.iter().position(ends).unwrap_or(rest.len())
}

/// How many bytes from the start are white space.
#[inline(never)]
pub(crate) fn white_length(bytes: &[u8]) -> usize {
    let dark = |byte: &u8| !matches!(*byte, b' ' | b'\n' | b'\t' | b'\r');
    // A line break, then an indentation, which most often is spaces.
    let mut length = usize::from(bytes.first() == Some(&b'\n'));
    let (words, _) = bytes[length..].as_chunks::<8>();
    let spaces = |word: &&[u8; 8]| u64::from_ne_bytes(**word) == ONES * 0x20;
    length += 8 * words.iter().take_while(spaces).count();
    let rest = &bytes[length..];
    length + rest.iter().position(dark).unwrap_or(rest.len())
}

/// Marks the first byte that is less than `limit`, at most 0x80, and perhaps some behind it.
fn less(word: u64, limit: u64) -> u64 {
    word.wrapping_sub(ONES * limit) & !word & HIGH
}

/// Marks the first byte that is zero, and perhaps some behind it.
fn zero(word: u64) -> u64 {
    less(word, 1)
}

#[cfg(test)]
mod tests {
    use super::{plain_length, white_length};

    /// Every byte at every place, before and behind the end of a word, beside those that borrow.
    #[test]
    fn each_byte_ends_a_text_where_it_should() {
        for filler in [b'a', 0x21, 0x20, 0x23, 0x5b, 0x5d, 0x7f, 0x80, 0xff] {
            for end in 0..=u8::MAX {
                for length in [1, 7, 8, 9, 16, 19] {
                    for at in 0..length {
                        let mut bytes = vec![filler; length];
                        bytes[at] = end;
                        let ends = end < 0x20 || end == b'"' || end == b'\\';
                        let expected = if ends { at } else { length };
                        assert_eq!(plain_length(&bytes), expected, "{bytes:?}");
                    }
                }
            }
        }
        assert_eq!(plain_length(b""), 0);
    }

    #[test]
    fn white_space_is_passed_in_any_mixture() {
        for (text, expected) in [
            ("", 0),
            ("a", 0),
            ("\n", 1),
            ("\n        {", 9),
            ("\n       {", 8),
            ("\n\n         \t\r {", 14),
            ("        ", 8),
            ("        \u{b}", 8),
            ("\r\n  \"", 4),
            ("       \u{a0}", 7),
        ] {
            assert_eq!(white_length(text.as_bytes()), expected, "{text:?}");
        }
    }
}
