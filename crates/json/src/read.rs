//! From text to a value.
//!
//! Written by hand because a reader of `serde` brings along everything that a
//! reader may meet: every type of number and all the messages about them.

use double_text::nearest;
use serde_json::{Map, Number, Value};

use crate::scan::{plain_length, white_length};
use crate::{Flaw, SyntaxError, insert};

/// How deep arrays and objects may nest.
const MAX_DEPTH: usize = 127;

/// Parses JSON text, refusing an object that has a key twice.
///
/// # Errors
/// The first flaw of the text.
pub fn parse(text: &str) -> Result<Value, SyntaxError> {
    let mut reader = Reader::new(text);
    if let Some(value) = reader.document() {
        return Ok(value);
    }
    let (line, column) = reader.place();
    Err(SyntaxError {
        flaw: reader.flaw.unwrap_or(Flaw::NotJson),
        line,
        column,
    })
}

/// Parses one text in parts: the items of the arrays that are members of its object, a few at a
/// time, so that whoever shows a page can look after it in between.
#[derive(Default)]
pub struct Parts {
    at: usize,
    /// 0 before the object is open, 1 between its members, 2 between the items of an array.
    depth: usize,
    map: Map<String, Value>,
    /// The member whose items are being read.
    key: String,
    items: Vec<Value>,
}

impl Parts {
    /// How much of the text was read, in bytes.
    pub fn read(&self) -> usize {
        self.at
    }

    /// Goes on in `text`, which has to be the same each time, for at most so many items; the whole
    /// at its end.
    ///
    /// # Errors
    /// What [`parse`] says of the text.
    pub fn step(&mut self, text: &str, items: usize) -> Option<Result<Value, SyntaxError>> {
        let mut reader = Reader {
            text,
            at: self.at,
            depth: self.depth,
            flaw: None,
        };
        let done = self.go_on(&mut reader, items);
        self.at = reader.at;
        match done {
            Some(value) => value.map(Ok),
            None => {
                let (line, column) = reader.place();
                let flaw = reader.flaw.unwrap_or(Flaw::NotJson);
                Some(Err(SyntaxError { flaw, line, column }))
            }
        }
    }

    /// `None` at a flaw, `Some(None)` where there is more to read.
    fn go_on(&mut self, reader: &mut Reader<'_>, items: usize) -> Option<Option<Value>> {
        if self.depth == 0 {
            if reader.peek_dark() != Some(b'{') {
                return Some(Some(reader.document()?));
            }
            reader.at += 1;
            self.depth = 1;
        }
        let mut left = items;
        loop {
            reader.depth = self.depth;
            if self.depth == 2 {
                while reader.another(b']', self.items.is_empty())? {
                    self.items.push(reader.value()?);
                    left = left.saturating_sub(1);
                    if left == 0 {
                        return Some(None);
                    }
                }
                let items = Value::Array(std::mem::take(&mut self.items));
                let key = std::mem::take(&mut self.key);
                insert(&mut self.map, key, items);
                self.depth = 1;
                continue;
            }
            if !reader.another(b'}', self.map.is_empty())? {
                if reader.peek_dark().is_some() {
                    reader.wrong();
                    return None;
                }
                return Some(Some(Value::Object(std::mem::take(&mut self.map))));
            }
            let key = reader.new_key(&self.map)?;
            if reader.peek_dark() == Some(b'[') {
                reader.at += 1;
                self.key = key;
                self.depth = 2;
            } else {
                let value = reader.value()?;
                insert(&mut self.map, key, value);
            }
        }
    }
}

/// Walks over a text. Whoever meets a flaw notes it, leaves the reader behind
/// it and returns `None`.
pub struct Reader<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    depth: usize,
    flaw: Option<Flaw>,
}

impl<'a> Reader<'a> {
    /// At the start of a text.
    pub fn new(text: &'a str) -> Self {
        Reader {
            text,
            at: 0,
            depth: 0,
            flaw: None,
        }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.text.len() - self.at
    }

    /// Where it is, to come back to.
    pub fn mark(&self) -> usize {
        self.at
    }

    /// Back to a mark, as if nothing had been read since.
    pub fn back_to(&mut self, mark: usize) {
        self.at = mark;
        self.depth = 0;
        self.flaw = None;
    }

    /// The bytes up to the end of a string or an escape in it; passes them.
    fn unescaped(&mut self) -> &'a str {
        let start = self.at;
        self.at += plain_length(&self.text.as_bytes()[start..]);
        &self.text[start..self.at]
    }

    /// A string as it stands in the text, which one with escapes does not.
    pub fn plain(&mut self) -> Option<&'a str> {
        self.peek_dark();
        self.eat(b'"')?;
        let plain = self.unescaped();
        self.eat(b'"')?;
        Some(plain)
    }

    /// The key of the next member, with the colon behind it.
    pub fn key(&mut self) -> Option<&'a str> {
        let key = self.plain()?;
        self.peek_dark();
        self.eat(b':')?;
        Some(key)
    }

    /// Passes an opening bracket.
    pub fn open(&mut self, bracket: u8) -> Option<()> {
        self.peek_dark();
        self.eat(bracket)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    pub fn peek_dark(&mut self) -> Option<u8> {
        let next = self.peek()?;
        if next > b' ' {
            return Some(next);
        }
        // A third of a file that people can read is white space.
        self.at += white_length(&self.text.as_bytes()[self.at..]);
        self.peek()
    }

    /// What comes next is a flaw: something wrong, or the end.
    #[inline(never)]
    fn wrong(&mut self) {
        self.flaw = Some(if self.at < self.text.len() {
            self.at += 1;
            Flaw::NotJson
        } else {
            Flaw::Truncated
        });
    }

    /// What came before is a flaw.
    fn wrong_before(&mut self) {
        self.flaw = Some(Flaw::NotJson);
    }

    /// The line and column up to which was read.
    fn place(&self) -> (usize, usize) {
        let (mut line, mut column) = (1, 0);
        for byte in self.text.bytes().take(self.at) {
            if byte == b'\n' {
                line += 1;
                column = 0;
            } else if byte & 0xc0 != 0x80 {
                // The first byte of a character.
                column += 1;
            }
        }
        (line, column)
    }

    fn document(&mut self) -> Option<Value> {
        let value = self.value()?;
        if self.peek_dark().is_some() {
            self.wrong();
            return None;
        }
        Some(value)
    }

    /// The next value, whatever it is.
    pub fn value(&mut self) -> Option<Value> {
        match self.peek_dark() {
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'"') => self.string().map(Value::String),
            Some(open @ (b'[' | b'{')) if self.depth < MAX_DEPTH => {
                self.at += 1;
                self.depth += 1;
                let value = if open == b'[' {
                    self.array()
                } else {
                    self.object()
                };
                self.depth -= 1;
                value
            }
            _ => {
                self.wrong();
                None
            }
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        for byte in word.bytes() {
            self.eat(byte)?;
        }
        Some(value)
    }

    /// Passes this very byte.
    fn eat(&mut self, byte: u8) -> Option<()> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Some(());
        }
        self.wrong();
        None
    }

    /// Passes a comma before another item, or the end of the items; `Some(true)`
    /// when there is another item.
    pub fn another(&mut self, close: u8, first: bool) -> Option<bool> {
        if self.peek_dark() == Some(close) {
            self.at += 1;
            return Some(false);
        }
        if !first {
            self.eat(b',')?;
            // That it is no closing bracket is for the item to say.
            self.peek_dark();
        }
        Some(true)
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        while self.another(b']', items.is_empty())? {
            items.push(self.value()?);
        }
        Some(Value::Array(items))
    }

    fn object(&mut self) -> Option<Value> {
        let mut map = Map::new();
        while self.another(b'}', map.is_empty())? {
            let key = self.new_key(&map)?;
            let value = self.value()?;
            insert(&mut map, key, value);
        }
        Some(Value::Object(map))
    }

    /// A key that the object does not have yet, and its colon.
    fn new_key(&mut self, map: &Map<String, Value>) -> Option<String> {
        let key = self.string()?;
        if map.contains_key(&key) {
            self.flaw = Some(Flaw::DuplicateKey(key));
            return None;
        }
        self.peek_dark();
        self.eat(b':')?;
        Some(key)
    }

    fn string(&mut self) -> Option<String> {
        self.eat(b'"')?;
        let mut string = self.unescaped().to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Some(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escaped()?);
                    string.push_str(self.unescaped());
                }
                _ => {
                    self.wrong();
                    return None;
                }
            }
        }
    }

    /// The character that an escape stands for, from behind the backslash.
    fn escaped(&mut self) -> Option<char> {
        let character = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            _ => {
                self.wrong();
                return None;
            }
        };
        self.at += 1;
        Some(character)
    }

    /// The character of a `\u`, which is two of them beyond the basic plane.
    fn code_point(&mut self) -> Option<char> {
        let mut code = self.hex()?;
        if let 0xd800..=0xdbff = code {
            self.eat(b'\\')?;
            self.eat(b'u')?;
            // Anything but the second half of a pair is no character then.
            code = match self.hex()? {
                low @ 0xdc00..=0xdfff => 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00),
                _ => code,
            };
        }
        let character = char::from_u32(code);
        if character.is_none() {
            self.wrong_before();
        }
        character
    }

    /// Four hex digits. A text that ends before the fourth is cut short,
    /// whatever the others are.
    fn hex(&mut self) -> Option<u32> {
        let Some(digits) = self.text.as_bytes().get(self.at..self.at + 4) else {
            self.at = self.text.len();
            self.wrong();
            return None;
        };
        self.at += 4;
        let mut code = 0;
        for &digit in digits {
            let Some(digit) = char::from(digit).to_digit(16) else {
                self.wrong_before();
                return None;
            };
            code = code << 4 | digit;
        }
        Some(code)
    }

    fn number(&mut self) -> Option<Value> {
        if let Some(integer) = self.small_integer() {
            return Some(integer);
        }
        let negative = self.peek() == Some(b'-');
        if negative {
            self.at += 1;
        }
        let mut digits = Vec::new();
        if self.peek() == Some(b'0') {
            // Nothing but a point or an exponent may follow.
            self.at += 1;
            if let Some(b'0'..=b'9') = self.peek() {
                self.wrong();
                return None;
            }
        } else {
            self.digits(&mut digits)?;
        }
        // As far as a file of any size goes.
        let mut point = i32::try_from(digits.len()).unwrap_or(i32::MAX);
        let mut whole = true;
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits(&mut digits)?;
            whole = false;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            point = point.saturating_add(self.exponent()?);
            whole = false;
        }
        let integer = if whole {
            integer(&digits, negative)
        } else {
            None
        };
        if integer.is_some() {
            return integer;
        }
        let number = nearest(&digits, point)
            .and_then(|double| Number::from_f64(if negative { -double } else { double }));
        if number.is_none() {
            self.wrong_before();
        }
        number.map(Value::Number)
    }

    /// Takes an integer from 0 of at most 18 digits, which most numbers are; nothing of another number.
    fn small_integer(&mut self) -> Option<Value> {
        let mut integer = 0_u64;
        let mut length = 0;
        for byte in &self.text.as_bytes()[self.at..] {
            match byte {
                b'0'..=b'9' if length < 18 => integer = integer * 10 + u64::from(byte - b'0'),
                b'0'..=b'9' | b'.' | b'e' | b'E' => return None,
                _ => break,
            }
            length += 1;
        }
        // No number starts with a zero but zero itself.
        if length == 0 || (length > 1 && self.peek() == Some(b'0')) {
            return None;
        }
        self.at += length;
        Some(Value::from(integer))
    }

    /// Takes one or more digits.
    fn digits(&mut self, digits: &mut Vec<u8>) -> Option<()> {
        let start = self.at;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            digits.push(digit);
            self.at += 1;
        }
        if self.at == start {
            self.wrong();
            return None;
        }
        Some(())
    }

    /// The number behind an `e`.
    fn exponent(&mut self) -> Option<i32> {
        let sign = self.peek();
        if let Some(b'+' | b'-') = sign {
            self.at += 1;
        }
        let mut digits = Vec::new();
        self.digits(&mut digits)?;
        let mut exponent = 0_i32;
        for digit in digits {
            // No double needs one that is even near the limit.
            exponent = exponent
                .saturating_mul(10)
                .saturating_add(i32::from(digit - b'0'));
        }
        Some(if sign == Some(b'-') {
            -exponent
        } else {
            exponent
        })
    }
}

/// The digits as an integer, if one of 64 bits holds it and its sign.
fn integer(digits: &[u8], negative: bool) -> Option<Value> {
    let mut integer = 0_u64;
    for &digit in digits {
        integer = integer
            .checked_mul(10)?
            .checked_add(u64::from(digit - b'0'))?;
    }
    if !negative {
        return Some(Value::from(integer));
    }
    // There is no negative zero among the integers.
    let integer = 0_i64.checked_sub_unsigned(integer)?;
    (integer != 0).then(|| Value::from(integer))
}

#[cfg(test)]
mod tests;
