//! Tables as the sheets of a workbook, to be filtered on screen and printed on A4.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use visitrota_model::{Instant, Zone};

use super::{Cell, Table};
use crate::error::Error;

/// A workbook with a sheet for each table, made at an instant.
pub(crate) fn workbook(tables: &[&Table], made: Option<Instant>) -> Result<Vec<u8>, Error> {
    written(tables, made).map_err(|error| Error::Workbook(error.to_string()))
}

fn written(tables: &[&Table], made: Option<Instant>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Left to itself it would ask the clock.
    let made = ExcelDateTime::parse_from_str(&Zone::UTC.wall(made.unwrap_or(Instant(0))).to_string())?;
    workbook.set_properties(&DocProperties::new().set_author("visitrota").set_creation_datetime(&made));
    for table in tables {
        sheet(workbook.add_worksheet(), table)?;
    }
    workbook.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let head = bold.clone().set_text_wrap().set_align(FormatAlign::Bottom).set_border_bottom(FormatBorder::Thin);
    let widths: Vec<_> = (0..table.headings.len()).map(|column| width(table, column)).collect();
    sheet.set_name(table.name)?;
    for ((at, heading), width) in (0..).zip(&table.headings).zip(&widths) {
        let mut column = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
        // Numbers stand to the right, and so do their headings.
        let format = match column.clone().any(|cell| cell.number().is_some()) {
            true => head.clone().set_align(FormatAlign::Right),
            false => head.clone().set_align(FormatAlign::Left).set_indent(1),
        };
        sheet.write_string_with_format(0, at, *heading, &format)?;
        sheet.set_column_width(at, *width as f64)?;
        // Names that nobody knows, or that are not shown.
        if !table.rows.is_empty() && column.all(|cell| *cell == Cell::Empty) {
            sheet.set_column_hidden(at)?;
        }
    }
    let most = table.headings.iter().zip(&widths).map(|(heading, width)| lines(heading, *width)).max();
    sheet.set_row_height(0, height(most))?;
    let rows = table.rows.iter().map(|row| (row, Format::new()));
    let rows = rows.chain(table.total.iter().map(|row| (row, bold.clone().set_border_top(FormatBorder::Thin))));
    for (at, (row, format)) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            write(sheet, (at, column), cell, format.clone().set_align(FormatAlign::Top))?;
        }
        // Only some spreadsheets find a row's height by themselves.
        let texts = row.iter().zip(&widths).filter(|(cell, _)| matches!(cell, Cell::Text(_)));
        sheet.set_row_height(at, height(texts.map(|(cell, width)| lines(&cell.plain(), *width)).max()))?;
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    // A4, the whole width on a page.
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.8, 0.7, 0.4, 0.4);
    // A header holds 255 characters, and `&` is a command in it.
    let title: String = table.title.chars().take(100).collect::<String>().replace('&', "&&");
    sheet.set_header(format!("&L{title}")).set_footer("&RPage &P of &N");
    Ok(())
}

/// Texts are written as texts, whatever they begin with: none can become a formula.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, format: Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &format)?,
        Cell::Text(text) => {
            // What a cell can hold; only a document that is no scheme's has more.
            const MOST: usize = 32_767;
            let text: String = text.chars().take(MOST).collect();
            sheet.write_string_with_format(
                row,
                column,
                text,
                &format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            )?
        }
        Cell::Date(date) => {
            let date = ExcelDateTime::parse_from_str(&date.to_string())?;
            sheet.write_datetime_with_format(
                row,
                column,
                &date,
                &format.set_num_format("ddd d mmm yyyy").set_align(FormatAlign::Left).set_indent(1),
            )?
        }
        Cell::Time(time) => {
            let time = ExcelDateTime::parse_from_str(&time.to_string())?;
            sheet.write_datetime_with_format(row, column, &time, &format.set_num_format("hh:mm"))?
        }
        cell => {
            let (number, decimals) = cell.number().unwrap_or_default();
            let shown = match cell {
                Cell::Miles(_) | Cell::Hours(_) => "#,##0.0",
                Cell::Rate(_) => "0.##",
                Cell::Money(_) => "[$£-809]#,##0.00",
                _ => "#,##0",
            };
            let number = number as f64 / f64::from(10_u32.pow(decimals));
            sheet.write_number_with_format(row, column, number, &format.set_num_format(shown))?
        }
    };
    Ok(())
}

/// A column's width in characters: what is in it, within what can be read and printed. Headings wrap between words.
fn width(table: &Table, column: usize) -> usize {
    const WIDEST: usize = 50;
    let widest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    let cell = |cell: &Cell| match cell {
        Cell::Date(_) => 15,
        Cell::Time(_) => 5,
        // With a sign and a comma.
        Cell::Money(_) => cell.plain().len() + 2,
        cell => widest(&cell.plain()),
    };
    let words = table.headings[column].split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
    let cells = table.rows.iter().chain(&table.total).filter_map(|row| row.get(column)).map(cell);
    // Bold takes more, and so do the space before a text and the filter's button.
    cells.max().unwrap_or_default().max(words + 1).clamp(5, WIDEST) + 2
}

/// How many lines a text takes in a column, its words unbroken.
fn lines(text: &str, width: usize) -> usize {
    let width = width.saturating_sub(2).max(1);
    let mut lines = 0;
    for line in text.lines() {
        lines += 1;
        let mut used = 0;
        for word in line.split(' ').map(|word| word.chars().count()) {
            if used > 0 && used + 1 + word > width {
                lines += 1;
                used = word;
            } else {
                used += usize::from(used > 0) + word;
            }
            lines += used.saturating_sub(1) / width;
            used -= used.saturating_sub(1) / width * width;
        }
    }
    lines.max(1)
}

/// The height of so many lines in points, within what a row may have.
fn height(lines: Option<usize>) -> f64 {
    const LINE: f64 = 15.0;
    lines.unwrap_or(1).clamp(1, 27) as f64 * LINE
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::super::tests::{SLY, table};
    use super::*;

    fn opened(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn a_workbook_opens_with_every_cell_what_it_is() {
        let mut workbook = opened(workbook(&[&table()], None).unwrap());
        assert!(workbook.worksheet_formula("Things").unwrap().used_cells().next().is_none(), "no formula");
        let range = workbook.worksheet_range("Things").unwrap();
        for (row, text) in (1..).zip(SLY) {
            assert_eq!(range.get_value((row, 0)), Some(&Data::String(text.to_owned())));
        }
        assert_eq!(range.get_value((7, 0)), Some(&Data::Float(12.05)));
        assert_eq!(range.get_value((7, 1)), Some(&Data::Float(52.5)));
        let Some(Data::DateTime(time)) = range.get_value((7, 2)) else { panic!("no time") };
        assert_eq!(time.to_ymd_hms_milli(), (2026, 3, 29, 7, 5, 0, 0));
    }

    #[test]
    fn any_text_and_no_rows_make_a_workbook_all_the_same() {
        let mut table = Table::new("Odd", &["Text"]);
        table.title = "&".repeat(1_000);
        opened(workbook(&[&table], Some(Instant(i64::MAX))).unwrap());
        table.rows =
            ["\u{0}\u{1b}\u{fffe}", "_x0041_", " ", &"é".repeat(40_000)].map(|text| vec![Cell::text(text)]).to_vec();
        opened(workbook(&[&table], Some(Instant(29_000_000))).unwrap());
    }

    #[test]
    fn rows_are_as_high_as_their_texts() {
        assert_eq!(["", "one", "one two", "one\ntwo", "longerword"].map(|text| lines(text, 7)), [1, 1, 2, 2, 2]);
        assert_eq!(lines(&"word ".repeat(100_000), 7), 100_000);
        assert_eq!(height(Some(100_000)), 405.0);
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        assert_eq!(workbook(&[&table()], None).unwrap(), workbook(&[&table()], None).unwrap());
    }
}
