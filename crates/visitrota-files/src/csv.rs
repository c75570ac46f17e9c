//! CSV files as sheets.

use visitrota_csv::{Most, TooMuch};
use visitrota_model::{Measure, TooLarge};

use crate::book::{Hidden, Row, Sheet, letters};
use crate::cell::Cell;
use crate::folder::TSV;
use crate::room::Room;

/// A CSV file as a sheet; and the row in which a quotation mark opens that is never closed.
pub(crate) fn read(name: &str, bytes: &[u8], room: &mut Room) -> Result<(Sheet, Option<u32>), TooLarge> {
    let limits = room.limits;
    let (name, ending) = name.strip_suffix(TSV).map_or((name, "csv"), |name| (name, "tsv"));
    let most = Most { fields: room.cells_left(), letters: limits.most(Measure::CellText) };
    let file = format!("{name}.{ending}");
    let text = visitrota_csv::read_within(bytes, most).map_err(|too_much| {
        let (measure, at) = match too_much {
            TooMuch::Fields => (Measure::Cells, file.clone()),
            TooMuch::Letters { row, column } => {
                (Measure::CellText, format!("{file} row {}, column {}", u64::from(row) + 1, letters(column)))
            }
        };
        limits.too_large(measure).at(at)
    })?;
    room.cells(text.rows.iter().map(|row| row.fields.len() as u64).sum()).map_err(|large| large.at(file))?;
    let rows = text.rows.into_iter().filter_map(|row| {
        let cells = (0..).zip(&row.fields).filter_map(|(column, field)| Some((column, Cell::text(field)?)));
        let cells: Vec<_> = cells.collect();
        (!cells.is_empty()).then_some(Row { number: row.number, cells })
    });
    let (meant, hidden, examples) = (None, Hidden::default(), Vec::new());
    Ok((Sheet { name: name.to_owned(), ending, meant, rows: rows.collect(), examples, hidden }, text.open_quote))
}

#[cfg(test)]
mod tests {
    use super::*;
    use visitrota_model::ReadLimits;

    #[test]
    fn only_what_stands_there_is_kept() {
        let (sheet, open_quote) =
            read("x", "a; \u{a0}b\u{a0}\n;\n\n;3\n".as_bytes(), &mut Room::new(ReadLimits::default())).expect("small");
        let of_row = |row: Row| row.cells.into_iter().map(move |(column, cell)| (row.number, column, cell.shown()));
        let cells: Vec<_> = sheet.rows.into_iter().flat_map(of_row).collect();
        assert_eq!(
            cells,
            [(0, 0, "a"), (0, 1, "b"), (3, 1, "3")].map(|(row, column, text)| (row, column, text.into()))
        );
        assert_eq!(open_quote, None);
    }
}
