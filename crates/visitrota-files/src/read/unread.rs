//! What of a sheet would be lost in silence, or is read though nobody sees it: cells under no heading, and hidden rows
//! and columns.

use std::collections::BTreeMap;

use visitrota_model::{Code, Finding};

use super::reader::Reader;
use crate::book::{At, Form, Sheet, letters};
use crate::fault::Fault;

impl Reader<'_> {
    /// Tells what of a sheet is under no heading, and what is hidden.
    pub(super) fn unread(&mut self, place: usize) {
        let Some(sheet) = self.book.sheets.get(place) else { return };
        self.unheaded(place, sheet);
        self.hidden(place, sheet);
    }

    fn unheaded(&mut self, place: usize, sheet: &Sheet) {
        let Some((headings, rows)) = sheet.rows.split_first() else { return };
        let mut lost: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for row in rows {
            for (column, _) in row.cells.iter().filter(|(column, _)| headings.get(*column).is_none()) {
                lost.entry(*column).or_default().push(row.number);
            }
        }
        for (column, rows) in lost {
            let Some((first, others)) = rows.split_first() else { continue };
            let besides = match others {
                [] => String::new(),
                _ => format!(
                    " Nor do they for {} of this column.",
                    spans("row", "rows", others, |row| (u64::from(row) + 1).to_string())
                ),
            };
            let message = format!("The headings do not say what this cell holds.{besides}");
            let remedy = match self.book.form {
                Form::Folder => format!(
                    "Give column {} a heading (notes, to keep it for yourself), or delete it. A text with a comma in \
                     it stands in quotation marks.",
                    letters(column)
                ),
                Form::Workbook => format!(
                    "Give a heading in cell {}{} (notes, to keep it for yourself), or clear the cells.",
                    letters(column),
                    u64::from(headings.number) + 1
                ),
            };
            let at = At { sheet: place, row: Some(*first), column: Some(column) };
            self.fault(at, Fault::new(Code::MissingField, message, remedy));
        }
    }

    fn hidden(&mut self, place: usize, sheet: &Sheet) {
        let hidden = &sheet.hidden;
        let within = |spans: &[(u32, u32)], number: u32| spans.iter().any(|(from, to)| (*from..=*to).contains(&number));
        let below = || sheet.rows.iter().skip(1);
        let at = |row, column| At { sheet: place, row, column };
        let told = |what: &str, verb: &str| {
            let message = format!("{what} {verb} hidden, and {verb} read all the same.");
            let remedy = "Show everything (clear the filter, unhide) and look it over; delete what should not count.";
            Finding::warning(Code::HiddenCells, "", message, remedy)
        };
        if hidden.sheet && below().next().is_some() {
            self.report(at(None, None), told("This sheet", "is"));
        }
        let mut spans_left: Vec<u32> = Vec::new();
        let mut hidden_rows = hidden.rows.iter().peekable();
        for row in below() {
            while hidden_rows.next_if(|(_, to)| *to < row.number).is_some() {}
            if hidden_rows.peek().is_some_and(|(from, _)| *from <= row.number) {
                spans_left.push(row.number);
            }
        }
        if let Some(first) = spans_left.first() {
            let verb = if spans_left.len() == 1 { "is" } else { "are" };
            let rows = spans("Row", "Rows", &spans_left, |row| (u64::from(row) + 1).to_string());
            self.report(at(Some(*first), None), told(&rows, verb));
        }
        let headings = sheet.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
        let columns: Vec<u32> = headings
            .iter()
            .map(|(column, _)| *column)
            .filter(|column| within(&hidden.columns, *column) && below().any(|row| row.get(*column).is_some()))
            .collect();
        if let Some(first) = columns.first() {
            let verb = if columns.len() == 1 { "is" } else { "are" };
            self.report(at(None, Some(*first)), told(&spans("Column", "Columns", &columns, letters), verb));
        }
    }
}

/// `row 4`, `rows 4 to 6, 9 and 12`: numbers in order, those that follow each other as spans.
pub(crate) fn spans(one: &str, many: &str, numbers: &[u32], name: impl Fn(u32) -> String) -> String {
    const MOST: usize = 8;
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let more = spans.len().saturating_sub(MOST);
    let mut told: Vec<String> = spans
        .into_iter()
        .take(MOST)
        .map(|(from, to)| if from == to { name(from) } else { format!("{} to {}", name(from), name(to)) })
        .collect();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    let last = told.pop().unwrap_or_default();
    let listed = if told.is_empty() { last } else { format!("{} and {last}", told.join(", ")) };
    format!("{} {listed}", if numbers.len() == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_spans() {
        let of = |numbers: &[u32]| spans("row", "rows", numbers, |number| number.to_string());
        assert_eq!(of(&[4]), "row 4");
        assert_eq!(of(&[4, 5]), "rows 4 to 5");
        assert_eq!(of(&[1, 4, 5, 6, 9]), "rows 1, 4 to 6 and 9");
        assert!(of(&(0..40).map(|n| n * 2).collect::<Vec<_>>()).ends_with("and 32 more"));
    }
}
