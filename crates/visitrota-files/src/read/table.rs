//! A sheet under its headings: which column is which, and its rows as elements of a list.

use serde_json::{Map, Value};
use visitrota_model::{Code, Finding, likely};

use super::reader::Reader;
use crate::amount::{is_unlimited, pair};
use crate::book::{At, Row};
use crate::cell::{Cell, plain};
use crate::sheets::{Kind, Spec, is_of_a_report};
use crate::value::{self, Fault, put, stand_in};

/// A sheet whose headings are understood.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) spec: &'static Spec,
    pub(super) sheet: usize,
    /// The number of each of the spec's columns, where the sheet has it.
    columns: Vec<Option<u32>>,
    /// The rows in which one of these columns holds something.
    pub(super) rows: Vec<&'a Row>,
}

impl Table<'_> {
    pub(super) fn column(&self, name: &str) -> Option<u32> {
        self.columns.get(self.spec.column(name)?).copied().flatten()
    }

    pub(super) fn cell<'r>(&self, row: &'r Row, name: &str) -> Option<&'r Cell> {
        let column = self.spec.columns.get(self.spec.column(name)?)?;
        let is_empty = |cell: &&Cell| matches!(cell, Cell::Text(text) if column.is_empty(self.spec, text));
        row.get(self.column(name)?).filter(|cell| !is_empty(cell))
    }

    /// Whether the sheet must have a column.
    pub(super) fn must_have(&self, name: &str) -> bool {
        self.spec.columns.iter().any(|column| column.name == name && column.needed)
    }

    /// Where a latitude and a longitude were pasted into one cell: that of the column's name. An inner none where the
    /// other cell holds a number besides.
    pub(super) fn pasted(&self, row: &Row, name: &str) -> Option<Option<f64>> {
        let is_lat = match name {
            "lat" => true,
            "lon" => false,
            _ => return None,
        };
        let in_lat = self.cell(row, "lat").and_then(pair);
        let (lat, lon) = in_lat.or_else(|| self.cell(row, "lon").and_then(pair))?;
        let other = self.cell(row, if in_lat.is_some() { "lon" } else { "lat" });
        let degrees = if is_lat { lat } else { lon };
        Some(other.is_none().then_some(degrees))
    }

    /// The place of a cell, or of its row where the sheet lacks the column.
    pub(super) fn at(&self, row: &Row, name: &str) -> At {
        At { sheet: self.sheet, row: Some(row.number), column: self.column(name) }
    }

    pub(super) fn row(&self, row: &Row) -> At {
        At { sheet: self.sheet, row: Some(row.number), column: None }
    }
}

impl<'a> Reader<'a> {
    /// A sheet with its headings read, if it is there and not empty.
    pub(super) fn table(&mut self, spec: &'static Spec) -> Option<Table<'a>> {
        let mut found = self.book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.is(spec));
        let (sheet, there) = found.next()?;
        for (again, _) in found {
            let at = At { sheet: again, row: None, column: None };
            let message = format!("The sheet {} is there twice: the other is {}.", spec.name, there.name);
            self.report(at, Finding::error(Code::FieldConflict, "", message, "Merge the two, or rename one."));
        }
        let (headings, rows) = there.rows.split_first()?;
        let mut columns: Vec<Option<u32>> = vec![None; spec.columns.len()];
        let mut strange = Vec::new();
        for (number, cell) in &headings.cells {
            match spec.headed(&cell.shown()).and_then(|known| columns.get_mut(known)) {
                None => strange.push((*number, cell)),
                Some(free @ None) => *free = Some(*number),
                Some(Some(_)) => {
                    let at = At { sheet, row: Some(headings.number), column: Some(*number) };
                    let message = format!("The column {} is there twice.", cell.shown());
                    self.report(at, Finding::error(Code::FieldConflict, "", message, "Delete one of the two."));
                }
            }
        }
        for (number, cell) in strange {
            let at = At { sheet, row: Some(headings.number), column: Some(number) };
            self.strange_heading(at, cell, spec, &mut columns);
        }
        let lacking: Vec<_> = spec
            .columns
            .iter()
            .zip(&columns)
            .filter(|(column, at)| column.needed && at.is_none())
            .map(|(c, _)| c)
            .collect();
        for column in lacking {
            self.broken = true;
            let at = At { sheet, row: Some(headings.number), column: None };
            let message = format!("The column {} is missing. This row must hold the headings.", column.name);
            self.report(at, Finding::error(Code::MissingField, "", message, format!("Add it: {}", column.note)));
        }
        let says = |row: &&Row| columns.iter().flatten().any(|column| row.get(*column).is_some());
        let rows = rows.iter().filter(says).collect();
        Some(Table { spec, sheet, columns, rows })
    }

    /// The same, where what is amiss with its headings is told elsewhere.
    pub(super) fn table_again(&mut self, spec: &'static Spec) -> Option<Table<'a>> {
        let (before, tally) = (self.found.len(), self.tally);
        let table = self.table(spec);
        self.found.truncate(before);
        self.tally = tally;
        table
    }

    /// A heading that is none of a sheet's: read as the one that was likely meant, else passed over.
    fn strange_heading(&mut self, at: At, cell: &Cell, spec: &Spec, columns: &mut [Option<u32>]) {
        let heading = cell.shown();
        if is_of_a_report(spec, &heading)
            || ["notes", "note", "comment", "comments", "remark", "remarks"].contains(&plain(&heading).as_str())
        {
            return;
        }
        let free = spec.columns.iter().zip(columns.iter()).filter(|(_, number)| number.is_none());
        let names = free.map(|(column, _)| column.name);
        match likely(&heading, names) {
            Some(meant) => {
                if let Some(number) = spec.column(meant).and_then(|place| columns.get_mut(place)) {
                    *number = at.column;
                }
                let message = format!("The sheet {} has no column \"{heading}\".", spec.name);
                let finding = Finding::error(Code::UnknownField, "", message, format!("Did you mean {meant}?"));
                self.report(at, finding.with_value(heading));
            }
            None => {
                let all: Vec<_> = spec.columns.iter().map(|column| column.name).collect();
                let message = format!("The column \"{heading}\" is ignored: the sheet {} does not use it.", spec.name);
                let remedy = format!("The columns are {}. To keep it for yourself, call it notes.", all.join(", "));
                self.report(at, Finding::warning(Code::UnknownField, "", message, remedy).with_value(heading));
            }
        }
    }

    /// That degrees stand in a pair, and once more beside it.
    pub(super) fn twice(&mut self, at: At) {
        let message = "One cell holds both lat and lon, and the other is not empty.";
        self.fault(
            at,
            Fault::new(Code::FieldConflict, message, "Give lat in one, such as 51.634, and lon in the other."),
        );
    }

    /// The rows of a sheet as elements of a list.
    pub(super) fn items(&mut self, table: &Table<'_>, list: &str) -> Vec<Value> {
        let rows = table.rows.iter().enumerate();
        rows.map(|(n, row)| Value::Object(self.item(table, row, list, n))).collect()
    }

    /// A row as an object; its cells are remembered by their paths.
    pub(super) fn item(&mut self, table: &Table<'_>, row: &Row, list: &str, n: usize) -> Map<String, Value> {
        let path = format!("{list}[{n}]");
        let mut item = Map::new();
        self.cells.insert(path.clone(), table.row(row));
        if self.misnamed.contains(&(table.sheet, row.number)) {
            self.vague.insert((list.to_owned(), n));
        }
        for column in table.spec.columns.iter().filter(|column| !column.field.is_empty()) {
            let has_column = table.column(column.name).is_some();
            let at = table.at(row, column.name);
            if has_column {
                self.cells.insert(format!("{path}.{}", column.field), at);
            }
            if matches!(column.kind, Kind::Time | Kind::When) {
                continue;
            }
            if let Some(pair) = table.pasted(row, column.name) {
                match pair {
                    Some(degrees) => put(&mut item, column.field, degrees.into()),
                    None => {
                        self.vague.insert((list.to_owned(), n));
                        self.twice(at);
                    }
                }
                continue;
            }
            let read = match table.cell(row, column.name) {
                // Where nothing means no limit.
                Some(cell)
                    if matches!(column.kind, Kind::Whole { .. })
                        && column.default.is_empty()
                        && !column.needed
                        && is_unlimited(cell) =>
                {
                    continue;
                }
                Some(cell) => value::read_of(column.name, column.kind, cell, self.near).map_err(Some),
                None if column.needed => Err(None),
                None => continue,
            };
            match read {
                Ok(value) => {
                    if let Some(cell) = table.cell(row, column.name) {
                        self.doubt(at, column.field, cell);
                    }
                    put(&mut item, column.field, value);
                }
                Err(fault) => {
                    self.vague.insert((list.to_owned(), n));
                    match fault {
                        Some(fault) => self.fault(at, fault),
                        None if has_column => self.missing(at, column.name, column.note),
                        None => {}
                    }
                    if column.needed {
                        put(&mut item, column.field, stand_in(column.kind));
                    }
                }
            }
        }
        item
    }
}
