//! Vietnamese alphabetical order.

use std::cmp::Ordering;

use super::letters::{
    ACUTE, BREVE, CIRCUMFLEX, Cell, DOT, GRAVE, HOOK, HORN, Hyphens, Marks, STROKE, TILDE, cells,
};

/// What a text sorts by. Keys compare byte by byte, so a list that is sorted
/// often can keep them. Equal keys mean that the texts differ at most in
/// normal form, tone style, kinds of spaces, dashes and quotes, look-alikes of
/// đ, or in which marks foreign to Vietnamese a letter has.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SortKey(Box<[u8]>);

// The key is three levels in a row, each ended by `END`, which is below
// everything else. Within a level no weight is the beginning of another, and
// so comparing bytes compares weights. A level decides only when all levels
// before it are equal, and then it lines up letter by letter.
const END: u8 = 0;
const SPACE: u8 = 1;
const PUNCTUATION: u8 = 2;
const NUMBER: u8 = 3;
const LETTER: u8 = 4;
const FOREIGN_LETTER: u8 = 0xFF;

/// The punctuation of ASCII in the order that the Unicode collation gives it;
/// any other follows by code point.
const PUNCTUATION_ORDER: &str = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// The sort key of a text: spaces before punctuation before numbers before
/// letters; numbers by value; then the letters of the alphabet (a ă â b c d đ
/// e ê …, with f j w z at their Latin places); among texts with the same
/// letters, the tones from left to right (ngang huyền hỏi ngã sắc nặng); and
/// last small before capital letters, and fewer leading zeros before more.
pub fn sort_key(s: &str) -> SortKey {
    let cells = cells(s, Hyphens::AsWritten);
    let mut key = Vec::with_capacity(cells.len() * 3 + 8);
    let mut tones = Vec::with_capacity(cells.len() + 1);
    let mut cases = Vec::with_capacity(cells.len() + 1);
    let mut rest = cells.as_slice();
    while let Some((cell, after)) = rest.split_first() {
        let digits = rest.iter().take_while(|c| c.ch.is_ascii_digit()).count();
        if digits > 0 {
            push_number(&rest[..digits], &mut key, &mut cases);
            rest = &rest[digits..];
            continue;
        }
        rest = after;
        if cell.ch == ' ' {
            key.push(SPACE);
        } else if !cell.ch.is_alphanumeric() {
            key.push(PUNCTUATION);
            match PUNCTUATION_ORDER.find(cell.ch) {
                Some(place) => key.push(place as u8),
                None => push_code_point(0xFF, cell.ch, &mut key),
            }
        } else {
            let (quality, marks) = match letter(cell) {
                Some((rank, quality)) => {
                    key.push(LETTER + rank);
                    (quality, cell.marks)
                }
                None => {
                    push_code_point(FOREIGN_LETTER, cell.ch, &mut key);
                    (0, cell.marks)
                }
            };
            push_tone(marks & !quality, &mut tones);
            cases.push(1 + u8::from(cell.upper));
        }
    }
    key.push(END);
    key.append(&mut tones);
    key.push(END);
    key.append(&mut cases);
    SortKey(key.into_boxed_slice())
}

/// The order of two texts, by their [`sort_key`]s. For a list longer than a
/// few dozen, make the keys once and sort by them.
pub fn compare(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b))
}

/// The place of a letter in the alphabet, and the mark that makes it a letter
/// of its own.
fn letter(cell: &Cell) -> Option<(u8, Marks)> {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz";
    /// Places of the plain letters, with gaps for ă â đ ê ô ơ ư.
    const RANKS: [u8; 26] = [
        0, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 28, 29, 30,
        31, 32,
    ];
    let rank = *RANKS.get(PLAIN.find(cell.ch)?)?;
    let own: &[Marks] = match cell.ch {
        'a' => &[BREVE, CIRCUMFLEX],
        'd' => &[STROKE],
        'e' => &[CIRCUMFLEX],
        'o' => &[CIRCUMFLEX, HORN],
        'u' => &[HORN],
        _ => &[],
    };
    let found = (1..).zip(own).find(|(_, mark)| cell.marks & **mark != 0);
    Some(found.map_or((rank, 0), |(step, mark)| (rank + step, *mark)))
}

fn push_tone(marks: Marks, tones: &mut Vec<u8>) {
    const ORDER: [Marks; 6] = [0, GRAVE, HOOK, TILDE, ACUTE, DOT];
    match (1..).zip(ORDER).find(|(_, tone)| *tone == marks) {
        Some((weight, _)) => tones.push(weight),
        None => {
            tones.push(0xFF);
            tones.extend(marks.to_be_bytes());
        }
    }
}

/// A number of any length: the count of its digits without leading zeros,
/// then the digits, so that more digits always mean more.
fn push_number(run: &[Cell], key: &mut Vec<u8>, cases: &mut Vec<u8>) {
    let zeros = run.iter().take_while(|c| c.ch == '0').count();
    let digits = run.get(zeros..).unwrap_or_default();
    key.push(NUMBER);
    push_count(digits.len(), key);
    key.extend(digits.iter().map(|c| c.ch as u8));
    push_count(zeros, cases);
}

fn push_count(mut count: usize, key: &mut Vec<u8>) {
    while count >= 254 {
        key.push(0xFF);
        count -= 254;
    }
    key.push(count as u8 + 1);
}

fn push_code_point(class: u8, c: char, key: &mut Vec<u8>) {
    key.push(class);
    key.extend_from_slice(&(c as u32).to_be_bytes()[1..]);
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// Checks that words separated by bars are in strictly ascending order,
    /// each against all after it, composed and decomposed.
    #[track_caller]
    fn ascending(list: &str) {
        let words: Vec<&str> = list.split('|').collect();
        for (i, a) in words.iter().enumerate() {
            for b in &words[i + 1..] {
                let decomposed: String = a.nfd().collect();
                assert_eq!(compare(a, b), Ordering::Less, "{a} < {b}");
                assert_eq!(compare(b, a), Ordering::Greater, "{b} > {a}");
                assert_eq!(compare(&decomposed, b), Ordering::Less, "{a} < {b}");
            }
        }
    }

    #[track_caller]
    fn equal(a: &str, b: &str) {
        assert_eq!(compare(a, b), Ordering::Equal, "{a} = {b}");
        assert_eq!(sort_key(a), sort_key(b), "{a} = {b}");
    }

    #[test]
    fn alphabet() {
        let letters = "a|ă|â|b|c|d|đ|e|ê|f|g|h|i|j|k|l|m|n|o|ô|ơ|p|q|r|s|t|u|ư|v|w|x|y|z";
        ascending(letters);
        // Neighbours differ at the first level, whatever comes after them.
        let letters: Vec<&str> = letters.split('|').collect();
        for pair in letters.windows(2) {
            ascending(&format!("{}z|{}a", pair[0], pair[1]));
        }
    }

    #[test]
    fn marked_letters_are_letters_of_their_own() {
        ascending("an|ang|ăn|ăng|ân|âng");
        ascending("da|dy|đa");
        ascending("Cà Mau|Cao Bằng|Cần Thơ");
        ascending("Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng");
        ascending("Đà Nẵng|Đắk Lắk|Điện Biên|Đồng Nai|Đồng Tháp");
    }

    #[test]
    fn tones_come_second() {
        ascending("ma|mà|mả|mã|má|mạ");
        ascending("ngừ|ngử|ngữ|ngứ|ngự");
        ascending("hoa|hòa|hỏa|hóa|họa");
        ascending("ma|mà|mạ|mai|mài");
        ascending("ma mạ|mà ma|mà mà");
        ascending("cô Ba|cồ Ba|cô Bạn");
    }

    #[test]
    fn case_comes_third() {
        ascending("an|An|AN|àn|Àn|án");
        ascending("vneid|vneID|VneID|VNeID");
    }

    #[test]
    fn words_come_before_longer_words() {
        ascending("|a|a b|aa|ab");
        ascending("Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng");
        ascending("Bộ Y tế|Bộ Y tế, Bộ Công an|Bộ Y tếa");
    }

    #[test]
    fn numbers_go_by_value() {
        ascending("2|10|a");
        ascending("CT05-B-2|CT05-B-10|CT05-B-46|CT05-BODY-02");
        ascending("5|05|005|6");
        ascending("05 mà|5 má");
        ascending("0|1|99999999999999999999|100000000000000000000");
        let long = "9".repeat(600);
        assert_eq!(compare(&long, &format!("1{long}")), Ordering::Less);
        assert_eq!(compare(&long, &"9".repeat(255)), Ordering::Greater);
    }

    #[test]
    fn classes_of_characters() {
        ascending("x a|x-a|x,a|x(a|x/a|x§a|x1a|xa|xzz|xβ|xд");
        ascending("kinh tế|kinh tế - xã hội|kinh tế số");
    }

    #[test]
    fn foreign_marks_come_after_tones() {
        ascending("c|ç|d");
        ascending("a|ạ|ä|b");
    }

    #[test]
    fn spelling_habits_do_not_count() {
        equal("Hoà Bình", "Hòa Bình");
        equal("Uỷ ban", "Ủy ban");
        equal("Thanh Hoá", "Thanh Hóa");
        equal("Ðồng Nai", "Đồng Nai");
        equal("Đồng\u{A0}Nai ", "Đồng  Nai");
        equal("a – b", "a - b");
        equal("Vie\u{323}\u{302}t", "Việt");
        equal("Vie\u{302}\u{323}t", "Việt");
        assert_ne!(compare("quý", "qúy"), Ordering::Equal);
        assert_ne!(compare("kỹ", "kĩ"), Ordering::Equal);
    }
}
