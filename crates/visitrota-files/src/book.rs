//! Sheets as they are read: cells with the places they stand at, and what people call these.

use visitrota_model::{ReadLimits, likely};

use crate::cell::{Cell, plain};
use crate::sheets::{self, Spec};

/// Where sheets came from; it decides what people call a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A folder of CSV files.
    Folder,
    /// One workbook.
    Workbook,
}

/// All sheets of one problem.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) form: Form,
    pub(crate) sheets: Vec<Sheet>,
    /// Within which it is read.
    pub(crate) limits: ReadLimits,
}

/// A sheet. Only rows and cells in which something stands are kept: a stray mark far out takes no room.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Its name in the workbook, or its file's name without what stands behind the dot.
    pub(crate) name: String,
    /// What stands behind the dot of its file's name.
    pub(crate) ending: &'static str,
    /// The sheet that its name ends in, `Week 12 families`, where it is a file's.
    pub(crate) meant: Option<&'static str>,
    /// Its rows from the top, the headings first.
    pub(crate) rows: Vec<Row>,
    /// Rows that are the template's examples.
    pub(crate) examples: Vec<Row>,
    /// What of it is hidden.
    pub(crate) hidden: Hidden,
}

/// What is hidden of a sheet, and read all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    /// Whether all of it is.
    pub(crate) sheet: bool,
    /// Rows, from and to, from 0.
    pub(crate) rows: Vec<(u32, u32)>,
    /// Columns, from and to, from 0.
    pub(crate) columns: Vec<(u32, u32)>,
}

/// A row in which something stands.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its number, from 0.
    pub(crate) number: u32,
    /// Its cells by column, from 0.
    pub(crate) cells: Vec<(u32, Cell)>,
}

/// A place in a book: a cell, a row or a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At {
    pub(crate) sheet: usize,
    pub(crate) row: Option<u32>,
    pub(crate) column: Option<u32>,
}

impl Row {
    pub(crate) fn get(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }
}

impl Sheet {
    /// Takes it for the sheet that its file's name ends in, where it is none by its whole name.
    pub(crate) fn called_after(&mut self) {
        let words: Vec<String> = self.name.split(|c: char| !c.is_alphanumeric()).map(plain).collect();
        let ends_in = |spec: &&&'static Spec| {
            let name = plain(spec.name);
            (0..words.len()).any(|from| words.get(from..).is_some_and(|last| last.concat() == name))
        };
        if self.spec().is_none() {
            // `more settings` ends in `settings` too.
            self.meant = sheets::ALL.iter().filter(ends_in).map(|spec| spec.name).max_by_key(|name| name.len());
        }
    }

    /// The text of a column's heading, if it has one that the sheet may have. Where the headings are missing, the first
    /// row is somebody's, and stands in no words about others.
    fn heading(&self, column: u32) -> Option<String> {
        let heading = self.rows.first()?.get(column).map(Cell::shown)?;
        let spec = self.spec().unwrap_or(&sheets::RIDES);
        let is_known =
            spec.headed(&heading).is_some() || likely(&heading, spec.columns.iter().map(|one| one.name)).is_some();
        is_known.then_some(heading)
    }

    pub(crate) fn is(&self, spec: &Spec) -> bool {
        let name = plain(&self.name);
        self.meant == Some(spec.name) || name == plain(spec.name) || spec.also.iter().any(|also| plain(also) == name)
    }

    pub(crate) fn spec(&self) -> Option<&'static Spec> {
        sheets::ALL.into_iter().find(|spec| self.is(spec))
    }
}

impl Book {
    /// What a cell holds.
    pub(crate) fn cell(&self, at: At) -> Option<&Cell> {
        let rows = &self.sheets.get(at.sheet)?.rows;
        let row = rows.binary_search_by_key(&at.row?, |row| row.number).ok().and_then(|n| rows.get(n))?;
        row.get(at.column?)
    }

    /// What people call a place.
    pub(crate) fn name(&self, at: At) -> String {
        let Some(sheet) = self.sheets.get(at.sheet) else { return String::new() };
        let mut name = match self.form {
            Form::Folder => format!("{}.{}", one_line(&sheet.name), sheet.ending),
            Form::Workbook => self.sheet_name(&sheet.name),
        };
        match (self.form, at.row, at.column) {
            (_, None, None) => {}
            (Form::Folder, row, column) => {
                if let Some(row) = row {
                    name.push_str(&format!(" row {}", row + 1));
                }
                match column.map(|column| (column, sheet.heading(column))) {
                    Some((_, Some(heading))) => name.push_str(&format!(", column \"{}\"", one_line(&heading))),
                    Some((column, None)) => name.push_str(&format!(", column {}", letters(column))),
                    None => {}
                }
            }
            (Form::Workbook, Some(row), Some(column)) => {
                name.push_str(&format!(", cell {}{}", letters(column), row + 1));
            }
            (Form::Workbook, Some(row), None) => name.push_str(&format!(", row {}", row + 1)),
            (Form::Workbook, None, Some(column)) => name.push_str(&format!(", column {}", letters(column))),
        }
        name
    }

    /// What people call a sheet, whether or not it is there.
    pub(crate) fn sheet_name(&self, name: &str) -> String {
        match self.form {
            Form::Folder => format!("{}.csv", one_line(name)),
            Form::Workbook => format!("sheet {}", one_line(name)),
        }
    }
}

/// A text from a file on one line, and of a length to be read.
fn one_line(text: &str) -> String {
    const MOST: usize = 60;
    text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A column's letters: A, B, …, Z, AA.
pub(crate) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        letters.push(char::from_u32(u32::from('A') + left % 26).unwrap_or('?'));
        match (left / 26).checked_sub(1) {
            Some(more) => left = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// Rows and columns that a sheet can have: Excel's and LibreOffice's.
pub(crate) const ROWS: u64 = 1_048_576;
pub(crate) const COLUMNS: u64 = 16_384;

/// The row and column of a cell's name, from 1; 0 where it does not say.
pub(crate) fn place(reference: &str) -> Option<(u64, u64)> {
    let digits = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let name = reference.strip_suffix(digits)?;
    let column = name.chars().try_fold(0_u64, |column, letter| {
        let letter = u64::from(letter.to_digit(36)?.checked_sub(9)?);
        column.checked_mul(26)?.checked_add(letter).filter(|column| *column <= COLUMNS)
    })?;
    let row = digits.chars().all(|c| c.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    (1..=ROWS).contains(&row).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702, 16383].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn places_of_a_sheet() {
        assert_eq!(["A1", "xfd1048576", "7"].map(place), [Some((1, 1)), Some((1_048_576, 16_384)), Some((7, 0))]);
        for odd in ["", "A", "A0", "XFE1", "A1048577", "ZZZZZZZZZZZZZZZ1", "A99999999999999999999", "é1", "A-1", "A1é"]
        {
            assert_eq!(place(odd), None, "{odd}");
        }
    }
}
