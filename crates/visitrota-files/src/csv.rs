//! CSV files as sheets.

use crate::book::{Row, Sheet};
use crate::cell::Cell;

/// A CSV file as a sheet; and the row in which a quotation mark opens that is never closed.
pub(crate) fn read(name: &str, bytes: &[u8]) -> (Sheet, Option<u32>) {
    let text = visitrota_csv::read(bytes);
    let rows = text.rows.into_iter().filter_map(|row| {
        let cells = (0..).zip(&row.fields).filter_map(|(column, field)| Some((column, Cell::text(field)?)));
        let cells: Vec<_> = cells.collect();
        (!cells.is_empty()).then_some(Row { number: row.number, cells })
    });
    (Sheet { name: name.to_owned(), rows: rows.collect() }, text.open_quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_there_is_kept() {
        let (sheet, open_quote) = read("x", "a; \u{a0}b\u{a0}\n;\n\n;3\n".as_bytes());
        let of_row = |row: Row| row.cells.into_iter().map(move |(column, cell)| (row.number, column, cell.shown()));
        let cells: Vec<_> = sheet.rows.into_iter().flat_map(of_row).collect();
        assert_eq!(
            cells,
            [(0, 0, "a"), (0, 1, "b"), (3, 1, "3")].map(|(row, column, text)| (row, column, text.into()))
        );
        assert_eq!(open_quote, None);
    }
}
