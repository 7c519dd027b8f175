//! Taking letters and their marks apart, and putting them together again.
//!
//! Vietnamese is written on Latin letters, so this covers Latin and no more:
//! the letters that Unicode derives from a to z in Latin-1, Latin Extended-A,
//! -B and Additional, and the combining diacritical marks U+0300 to U+036F.
//! For text of these, [`nfc`] is exactly Unicode's normal form C; tables for
//! all scripts would weigh several times the rest of this crate.

use crate::sorting::positions;

/// The composed form (NFC) of a text, which is what the tracker stores.
///
/// For Vietnamese and any other text of letters derived from a to z, with any
/// marks from U+0300 to U+036F in any order. Other characters stay as they
/// are: æ, other scripts and symbols neither compose nor come apart.
pub fn nfc(s: &str) -> String {
    if !s.contains(may_change) {
        return s.to_owned();
    }
    let mut composer = Composer {
        out: String::with_capacity(s.len()),
        starter: None,
        marks: Vec::new(),
    };
    for c in s.chars() {
        decompose(c, |part| composer.push(part));
    }
    composer.settle();
    composer.out
}

/// Whether a text is already in composed form, as [`nfc`] makes it.
pub fn is_nfc(s: &str) -> bool {
    !s.contains(may_change) || nfc(s) == s
}

/// The small form of a capital letter of the Latin, Greek or Cyrillic
/// alphabet; any other character as it is. İ loses its dot: a small letter
/// that keeps it would take two characters.
pub fn lowercase(c: char) -> char {
    let code = u32::from(c);
    let step = match code {
        // Ð and Þ too, but not the sign for multiplication.
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => 32,
        0x130 => return 'i',
        0x178 => return 'ÿ',
        0x189 => return 'ɖ',
        0x1E9E => return 'ß',
        // Capital and small letters take turns.
        0x139..=0x148 | 0x179..=0x17E | 0x1AF..=0x1B0 | 0x1CD..=0x1DC => code % 2,
        0x100..=0x137
        | 0x14A..=0x177
        | 0x1A0..=0x1A5
        | 0x1DE..=0x1EF
        | 0x1F4..=0x1F5
        | 0x1F8..=0x21F
        | 0x222..=0x233
        | 0x1E00..=0x1E95
        | 0x1EA0..=0x1EFF => 1 - code % 2,
        // Greek, with a hole where a capital final sigma would be; Cyrillic.
        0x391..=0x3A1 | 0x3A3..=0x3A9 | 0x410..=0x42F => 32,
        0x400..=0x40F => 80,
        _ => 0,
    };
    char::from_u32(code + step).unwrap_or(c)
}

/// Whether a character is a combining mark: the diacritical marks of every
/// alphabet, and the selectors of emoji style. Signs that only one other
/// script uses count as its letters.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// Hands a letter and then its marks, in canonical order, to `emit`; any other
/// character as it is.
pub(super) fn decompose(c: char, mut emit: impl FnMut(char)) {
    // What Unicode has twice: marks for Vietnamese tones that were encoded
    // apart, Kelvin and Ångström.
    let c = match c {
        '\u{340}' => '\u{300}',
        '\u{341}' => '\u{301}',
        '\u{343}' => '\u{313}',
        '\u{344}' => {
            emit('\u{308}');
            '\u{301}'
        }
        '\u{212A}' => 'K',
        '\u{212B}' => 'Å',
        _ => c,
    };
    let Some(parts) = parts(c) else {
        emit(c);
        return;
    };
    let small = lowercase(c) == c;
    let letter = char::from(parts[0]);
    emit(if small {
        letter
    } else {
        letter.to_ascii_uppercase()
    });
    for sign in parts[1..].iter().filter(|sign| **sign != b' ') {
        if let Some((_, mark)) = MARKS.iter().find(|(own, _)| own == sign) {
            emit(*mark);
        }
    }
}

/// The one letter for a letter and a mark on it, if there is one.
fn compose(letter: char, mark: char) -> Option<char> {
    let (sign, _) = MARKS.iter().find(|(_, own)| *own == mark)?;
    let wanted = match parts(letter) {
        Some([base, first, b' ']) => [*base, *first, *sign],
        Some(_) => return None,
        None if letter.is_ascii_alphabetic() => [letter.to_ascii_lowercase() as u8, *sign, b' '],
        None => return None,
    };
    if letter == 'I' && mark == '\u{307}' {
        return Some('İ');
    }
    let small = ROWS.iter().find_map(|(first, step, entries)| {
        let at = entries.as_chunks().0.iter().position(|own| *own == wanted);
        char::from_u32(u32::from(*first) + u32::from(*step) * u32::try_from(at?).ok()?)
    })?;
    if lowercase(letter) == letter {
        return Some(small);
    }
    // Not every letter has a capital one, such as ẖ.
    let capital = match small {
        'ÿ' => 'Ÿ',
        'à'..='þ' => char::from_u32(u32::from(small) - 32)?,
        _ => char::from_u32(u32::from(small) - 1)?,
    };
    (lowercase(capital) == small).then_some(capital)
}

/// The letter from a to z and the signs of the marks that a letter is made of.
fn parts(c: char) -> Option<&'static [u8; 3]> {
    if c.is_ascii() {
        return None;
    }
    if c == 'İ' {
        return Some(b"i! ");
    }
    let code = u32::from(lowercase(c));
    ROWS.iter().find_map(|(first, step, entries)| {
        let (from, step) = (u32::from(*first), u32::from(*step));
        let at = code.checked_sub(from).filter(|way| way % step == 0)? / step;
        let entry = entries.as_chunks().0.get(usize::try_from(at).ok()?)?;
        (entry[0] != b' ').then_some(entry)
    })
}

/// The signs for marks in [`ROWS`]. Those of Vietnamese are as in VIQR, the
/// way to type it in ASCII.
const MARKS: [(u8, char); 25] = [
    (b'`', '\u{300}'),
    (b'?', '\u{309}'),
    (b'~', '\u{303}'),
    (b'\'', '\u{301}'),
    (b'.', '\u{323}'),
    (b'(', '\u{306}'),
    (b'^', '\u{302}'),
    (b'+', '\u{31B}'),
    (b':', '\u{308}'),
    (b'*', '\u{30A}'),
    (b'-', '\u{304}'),
    (b'<', '\u{30C}'),
    (b',', '\u{327}'),
    (b';', '\u{328}'),
    (b'=', '\u{30B}'),
    (b'!', '\u{307}'),
    (b'_', '\u{331}'),
    (b'@', '\u{325}'),
    (b'v', '\u{32D}'),
    (b'%', '\u{330}'),
    (b'u', '\u{32E}'),
    (b'&', '\u{324}'),
    (b'#', '\u{326}'),
    (b'|', '\u{30F}'),
    (b')', '\u{311}'),
];

/// Small letters made of others: the first code point of a row, the way from
/// one to the next, and three bytes for each, a letter and the signs of up to
/// two marks in canonical order. Blanks stand for letters not made of others.
const ROWS: [(u16, u8, &[u8]); 17] = [
    (
        0xE0,
        1,
        b"a` a' a^ a~ a: a*    c, e` e' e^ e: i` i' i^ i:    n~ o` o' o^ o~ o:       \
          u` u' u^ u: y'    y: ",
    ),
    (
        0x1EA1,
        2,
        b"a. a? a^'a^`a^?a^~a.^a('a(`a(?a(~a.(e. e? e~ e^'e^`e^?e^~e.^i? i. o. o? o^'\
          o^`o^?o^~o.^o+'o+`o+?o+~o+.u. u? u+'u+`u+?u+~u+.y` y. y? y~ ",
    ),
    (
        0x101,
        2,
        b"a- a( a; c' c^ c! c< d<    e- e( e! e; e< g^ g( g! g, h^    i~ i- i( \
          i;       j^ k, ",
    ),
    (0x13A, 2, b"l' l, l<       n' n, n< "),
    (
        0x14D,
        2,
        b"o- o( o=    r' r, r< s' s^ s, s< t, t<    u~ u- u( u* u= u; w^ y^ ",
    ),
    (0x17A, 2, b"z' z! z< "),
    (0x1A1, 2, b"o+ "),
    (0x1B0, 2, b"u+ "),
    (0x1CE, 2, b"a< i< o< u< u:-u:'u:<u:`"),
    (0x1DF, 2, b"a:-a!-      g< k< o; o;-"),
    (0x1F0, 1, b"j< "),
    (0x1F5, 1, b"g' "),
    (0x1F9, 2, b"n` a*'"),
    (
        0x201,
        2,
        b"a| a) e| e) i| i) o| o) r| r) u| u) s# t#    h< ",
    ),
    (0x227, 2, b"a! e, o:-o~-o! o!-y- "),
    (
        0x1E01,
        2,
        b"a@ b! b. b_ c,'d! d. d_ d, dv e-`e-'ev e% e,(f! g- h! h. h: h, hu i% i:'k' \
          k. k_ l. l.-l_ lv m' m! m. n! n. n_ nv o~'o~:o-`o-'p' p! r! r. r.-r_ s! s. \
          s'!s<!s.!t! t. t_ tv u& u% uv u~'u-:v~ v. w` w' w: w! w. x! x: y! z^ z. z_ ",
    ),
    (0x1E96, 1, b"h_ t: w* y* "),
];

/// Puts letters and marks together as they come.
struct Composer {
    out: String,
    /// What the marks that follow go on.
    starter: Option<char>,
    /// Marks with their combining classes, in the order in which they came.
    marks: Vec<(u8, char)>,
}

impl Composer {
    fn push(&mut self, part: char) {
        match class(part) {
            0 => {
                self.settle();
                self.starter = Some(part);
            }
            class => self.marks.push((class, part)),
        }
    }

    /// Writes the letter and its marks, composed.
    fn settle(&mut self) {
        let marks = std::mem::take(&mut self.marks);
        let order = positions(marks.len(), &mut |a, b| marks[a].0.cmp(&marks[b].0));
        // The class of the last mark that found no letter: it shields the
        // letter from others of its class.
        let mut last = 0;
        let mut others = String::new();
        for at in order {
            let (class, mark) = marks[at];
            let composed = self.starter.filter(|_| class > last);
            match composed.and_then(|letter| compose(letter, mark)) {
                Some(letter) => self.starter = Some(letter),
                None => {
                    last = class;
                    others.push(mark);
                }
            }
        }
        self.out.extend(self.starter.take());
        self.out.push_str(&others);
    }
}

/// Whether composing a text with this character in it may change it.
fn may_change(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{212A}' | '\u{212B}')
}

/// The canonical combining class of a mark from U+0300 to U+036F: marks of one
/// class meet on the letter, so their order tells; marks of different classes
/// do not. 0 for everything else.
fn class(c: char) -> u8 {
    match u32::from(c) {
        // A joiner of graphemes, not a mark to the eye.
        0x34F => 0,
        // Through the letter.
        0x334..=0x338 => 1,
        // On its foot: cedilla, ogonek and hooks.
        0x321 | 0x322 | 0x327 | 0x328 => 202,
        // The horn of ơ and ư.
        0x31B => 216,
        // Below, as the dot of the tone nặng.
        0x316..=0x319 | 0x31C..=0x333 | 0x339..=0x33C | 0x347..=0x349 => 220,
        0x34D | 0x34E | 0x353..=0x356 | 0x359 | 0x35A => 220,
        // Above right.
        0x315 | 0x31A | 0x358 => 232,
        // Over or under two letters.
        0x35C | 0x35F | 0x362 => 233,
        0x35D | 0x35E | 0x360 | 0x361 => 234,
        // The iota under a Greek letter.
        0x345 => 240,
        // Above.
        0x300..=0x36F => 230,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
