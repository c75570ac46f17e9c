//! CSV files: sheets as text, in whatever encoding and with whatever separator a spreadsheet program saved them.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::book::{Row, Sheet};
use crate::cell::Cell;

/// A CSV file as a sheet; and the row in which a quotation mark opens that is never closed.
pub(crate) fn read(name: &str, bytes: &[u8]) -> (Sheet, Option<u32>) {
    let mut text = decoded(bytes).replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (separator, text) = separator(&text);
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
        let cells = (0..).zip(record.iter()).filter_map(|(column, field)| Some((column, Cell::text(field)?)));
        let cells: Vec<_> = cells.collect();
        if !cells.is_empty() {
            rows.push(Row { number, cells });
        }
        next = number.saturating_add(1);
    }
    let open = last_has_lines && text.matches('"').count() % 2 == 1;
    (Sheet { name: name.to_owned(), rows }, open.then_some(next.saturating_sub(1)))
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

/// Rows as the bytes of a CSV file.
pub(crate) fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(u32, u32, String)> {
        let (sheet, _) = read("x", bytes);
        let of_row = |row: Row| row.cells.into_iter().map(move |(column, cell)| (row.number, column, cell.shown()));
        sheet.rows.into_iter().flat_map(of_row).collect()
    }

    #[test]
    fn rows_are_counted_as_people_see_them() {
        let text = "\n\na,b\n\n\"one\ntwo\",2\n,\n\n3\n";
        let expected = [(2, 0, "a"), (2, 1, "b"), (4, 0, "one\ntwo"), (4, 1, "2"), (7, 0, "3")];
        let expected = expected.map(|(row, column, text)| (row, column, text.to_owned()));
        assert_eq!(cells(text.as_bytes()), expected);
        assert_eq!(cells(text.trim_end().replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(cells(format!("\u{feff}{text}").replace('\n', "\r").as_bytes()), expected);
    }

    #[test]
    fn separators_and_encodings() {
        let expected = [(0, 0, "a".to_owned()), (0, 1, "é b".to_owned())];
        for text in ["a;é b", "a\té b", "sep=;\na;é b", "a,\"é b\"", " a ;\u{a0}é b\u{a0}"] {
            assert_eq!(cells(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(cells(b"a;\xe9 b"), expected, "Windows-1252");
        let utf16: Vec<u8> = "\u{feff}a\té b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&utf16), expected);
        assert_eq!(cells(b""), []);
    }

    #[test]
    fn a_mark_that_is_never_closed() {
        assert_eq!(read("x", b"a,b\n1,\"2\n3,4\n").1, Some(1));
        assert_eq!(read("x", b"a,b\n1,5\" nails\n3,4\n").1, None);
    }
}
