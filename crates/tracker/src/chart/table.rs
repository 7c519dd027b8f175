//! What a chart shows, as rows of text and as a CSV file.

/// A table of texts, as they stand on the page: numbers and dates in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

/// Between two cells. Excel takes the list separator of the system, which is the semicolon where
/// the comma is the decimal sign, as in Vietnam; other programs guess it from the first line.
const SEPARATOR: char = ';';

impl Table {
    /// The table as a CSV file: UTF-8 with a byte order mark, by which Excel knows the encoding;
    /// semicolons between cells; every line, the header too, ended by CR LF. Cells with a
    /// separator, a comma, a quotation mark or a line break, and those that begin or end with a
    /// space, stand in quotation marks, and marks inside are doubled.
    ///
    /// A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and what
    /// people recorded must not be run. Such cells, also behind white space and with full-width
    /// signs, get an apostrophe in front, which spreadsheets know as "text follows". Numbers with
    /// a sign stay numbers.
    pub fn csv(&self) -> String {
        let mut out = String::from('\u{FEFF}');
        for row in std::iter::once(&self.header).chain(&self.rows) {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    out.push(SEPARATOR);
                }
                write_cell(&mut out, cell);
            }
            out.push_str("\r\n");
        }
        out
    }
}

fn write_cell(out: &mut String, cell: &str) {
    let mark = if is_formula(cell) { "'" } else { "" };
    let special = |c: char| matches!(c, SEPARATOR | ',' | '"' | '\r' | '\n' | '\t');
    let spaced = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
    if !spaced && !cell.contains(special) {
        out.push_str(mark);
        out.push_str(cell);
        return;
    }
    out.push('"');
    out.push_str(mark);
    for c in cell.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

/// Whether a spreadsheet may take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    let passed = |c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}';
    let text = cell.trim_start_matches(passed);
    match text.chars().next() {
        Some('=' | '@' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}') => true,
        Some('+' | '-') => !is_number(&text[1..]),
        _ => false,
    }
}

/// Whether a text is nothing but a number, as it stands after its sign.
fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix('%').unwrap_or(text);
    let only = digits
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'.' | b','));
    only && digits.starts_with(|c: char| c.is_ascii_digit())
}
