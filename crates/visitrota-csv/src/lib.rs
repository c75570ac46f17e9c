//! CSV files as spreadsheet programs save and open them: in whatever encoding and with whatever separator, rows counted
//! as people see them.
//!
//! ```
//! let text = visitrota_csv::read(b"\nid;name\nV1;Si\xe2n\n");
//! assert_eq!(text.rows[1].fields, ["V1", "Siân"]);
//! assert_eq!(text.rows[1].number, 2, "from 0, with the empty row");
//! ```

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// What a CSV file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its rows from the top, without lines on which nothing stands.
    pub rows: Vec<Row>,
    /// The row in which a quotation mark opens that is never closed.
    pub open_quote: Option<u32>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet counts, from 0: empty lines are rows, and lines within quotes are none.
    pub number: u32,
    /// Its fields, as they stand.
    pub fields: Vec<String>,
}

/// How much is read of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// So many fields, empty ones among them. Marks that part fields are counted, those within quotes too.
    pub fields: u64,
    /// So many letters in one field.
    pub letters: u64,
}

/// What of a CSV file is more than is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// It has too many fields.
    Fields,
    /// A field has too many letters.
    Letters {
        /// The row, as a spreadsheet counts, from 0.
        row: u32,
        /// The column, from 0.
        column: u32,
    },
}

/// Reads a CSV file, however large it is. Every file is one, if a strange one.
#[must_use]
pub fn read(bytes: &[u8]) -> Text {
    read_within(bytes, Most { fields: u64::MAX, letters: u64::MAX }).unwrap_or_default()
}

/// Reads a CSV file that may be from anybody: nothing is made of it before it is known to have no more fields than are
/// read.
///
/// # Errors
/// What of it is too much.
pub fn read_within(bytes: &[u8], most: Most) -> Result<Text, TooMuch> {
    let mut text = decoded(bytes).replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (separator, text) = separator(&text);
    let fields = text.bytes().filter(|byte| *byte == separator || *byte == b'\n').count();
    if fields as u64 > most.fields {
        return Err(TooMuch::Fields);
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut rows, mut next, mut record) = (Vec::new(), 0, csv::StringRecord::new());
    let mut last_has_lines = false;
    loop {
        let begin = reader.position().line();
        // A text in memory that is UTF-8 cannot fail to be read.
        if !reader.read_record(&mut record).unwrap_or(false) {
            break;
        }
        let lines = reader.position().line().saturating_sub(begin);
        let inside: u64 = record.iter().map(|field| field.matches('\n').count() as u64).sum();
        last_has_lines = inside > 0;
        // Empty lines are passed over, and are rows to whoever looks at them.
        let empty = lines.saturating_sub(inside + 1);
        let number = u32::try_from(u64::from(next) + empty).unwrap_or(u32::MAX);
        // A letter is a byte at least.
        let long = |field: &str| field.len() as u64 > most.letters && field.chars().count() as u64 > most.letters;
        if let Some((column, _)) = (0..).zip(&record).find(|(_, field)| long(field)) {
            return Err(TooMuch::Letters { row: number, column });
        }
        rows.push(Row { number, fields: record.iter().map(str::to_owned).collect() });
        next = number.saturating_add(1);
    }
    let open = last_has_lines && text.matches('"').count() % 2 == 1;
    Ok(Text { rows, open_quote: open.then_some(next.saturating_sub(1)) })
}

/// The bytes as text: as their byte-order mark says; else UTF-8 where they are, and Windows-1252 where not.
fn decoded(bytes: &[u8]) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    encoding.decode(bytes).0.into_owned()
}

/// What parts the fields: what the first line says (`sep=;`), or what stands in it most.
fn separator(text: &str) -> (u8, &str) {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if let Some(&[separator]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (separator, text.get(first.len()..).unwrap_or_default());
    }
    let headings = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| {
        let mut quoted = false;
        headings
            .bytes()
            .filter(|&b| {
                quoted ^= b == b'"';
                b == mark && !quoted
            })
            .count()
    };
    let best = [b'\t', b';', b','].into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',');
    (best, text)
}

/// Rows as a CSV file, of whatever lengths.
#[must_use]
pub fn written<R: IntoIterator<Item = String>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        let written = writer.write_record(row.into_iter().map(String::into_bytes));
        debug_assert!(written.is_ok(), "nothing fails that writes to memory");
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A CSV text as a file: with the mark by which Excel knows that it is UTF-8.
#[must_use]
pub fn file(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        read(bytes).rows.into_iter().map(|row| (row.number, row.fields)).collect()
    }

    fn row(number: u32, fields: &[&str]) -> (u32, Vec<String>) {
        (number, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn rows_are_counted_as_people_see_them() {
        let text = "\n\na,b\n\n\"one\ntwo\",2\n,\n\n3\n";
        let expected = [row(2, &["a", "b"]), row(4, &["one\ntwo", "2"]), row(5, &["", ""]), row(7, &["3"])];
        assert_eq!(fields(text.as_bytes()), expected);
        assert_eq!(fields(text.trim_end().replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(fields(format!("\u{feff}{text}").replace('\n', "\r").as_bytes()), expected);
    }

    #[test]
    fn separators_and_encodings() {
        let expected = [row(0, &["a", "é b"])];
        for text in ["a;é b", "a\té b", "sep=;\na;é b", "a,\"é b\""] {
            assert_eq!(fields(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(fields(b"a;\xe9 b"), expected, "Windows-1252");
        let utf16: Vec<u8> = "\u{feff}a\té b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(fields(&utf16), expected);
        assert_eq!(fields(b""), []);
    }

    #[test]
    fn a_mark_that_is_never_closed() {
        assert_eq!(read(b"a,b\n1,\"2\n3,4\n").open_quote, Some(1));
        assert_eq!(read(b"a,b\n1,5\" nails\n3,4\n").open_quote, None);
    }

    #[test]
    fn no_more_is_read_than_may_be() {
        let most = Most { fields: 6, letters: 3 };
        assert!(read_within("aéb,c\nd,\"e,\"\n".as_bytes(), most).is_ok());
        for many in ["a,b,c\nd,,,\n", ",,,,,,,,", "\n\n\n\n\n\n\n", "sep=;\n;;;;;;"] {
            assert_eq!(read_within(many.as_bytes(), most), Err(TooMuch::Fields), "{many:?}");
        }
        assert_eq!(read_within(b"a\n\nb,abcd", most), Err(TooMuch::Letters { row: 2, column: 1 }));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let rows = [["é,", "\"x\"\n"], ["=1", ""], ["", ""]].map(|row| row.map(str::to_owned).to_vec());
        let text = written(rows.clone());
        assert_eq!(read(&file(&text)).rows.into_iter().map(|row| row.fields).collect::<Vec<_>>(), rows);
    }
}
