//! The travel matrix, a row for each leg.

use std::collections::HashMap;

use serde_json::{Value, json};
use visitrota_model::{Code, Finding};

use super::reader::Reader;
use crate::found::Found;
use crate::sheets::{Kind, TRAVEL};
use crate::value::{self, Fault};

/// More places than any table that people keep; a matrix of so many fills a workbook.
const MOST: usize = 2_000;

impl Reader<'_> {
    /// Puts the matrix into the document, where travel is of that kind.
    pub(super) fn matrix(&mut self, document: &mut Value) {
        let wanted = document.pointer("/travel/kind").is_some_and(|kind| kind == "matrix");
        let table = self.table(&TRAVEL);
        let legs = match &table {
            Some(table) if !wanted => {
                if !table.rows.is_empty() {
                    let at = crate::book::At { sheet: table.sheet, row: None, column: None };
                    let message = "The sheet travel is ignored: the setting travel is not matrix.";
                    let remedy = "Set travel to matrix in the settings, or clear the sheet.";
                    self.report(at, Finding::warning(Code::FieldConflict, "", message, remedy));
                }
                return;
            }
            None if !wanted => return,
            None => {
                let message = "The setting travel is matrix, but there are no legs.";
                let remedy = format!("Give {}: from, to, minutes, metres.", self.book.sheet_name(TRAVEL.name));
                let at = self.cells.get("travel.kind").copied();
                self.push(Found { finding: Finding::error(Code::BadMatrix, "", message, remedy), at });
                return;
            }
            Some(table) => table,
        };
        let mut names: Vec<String> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut found: HashMap<(usize, usize), (u64, u64)> = HashMap::new();
        let before = self.found.len();
        for row in &legs.rows {
            let mut ends = Vec::new();
            for name in ["from", "to"] {
                let at = legs.at(row, name);
                match legs.cell(row, name).map(value::text) {
                    None if legs.column(name).is_some() => self.missing(at, name, "the id of a place."),
                    None => {}
                    Some(Err(fault)) => self.fault(at, fault),
                    Some(Ok(id)) => {
                        let number = *numbers.entry(id.clone()).or_insert_with(|| {
                            names.push(id);
                            names.len() - 1
                        });
                        self.cells.entry(format!("travel.places[{number}]")).or_insert(at);
                        ends.push(number);
                    }
                }
            }
            let mut values = Vec::new();
            for (name, most) in [("minutes", 1_000_000), ("metres", 1_000_000_000)] {
                let at = legs.at(row, name);
                match legs.cell(row, name).map(|cell| value::read(Kind::Whole { least: 0, most }, cell, None)) {
                    None if legs.column(name).is_some() => self.missing(at, name, "a whole number."),
                    None => {}
                    Some(Err(fault)) => self.fault(at, fault),
                    Some(Ok(number)) => values.push(number.as_u64().unwrap_or_default()),
                }
            }
            let (&[from, to], &[minutes, metres]) = (ends.as_slice(), values.as_slice()) else { continue };
            if found.insert((from, to), (minutes, metres)).is_some() {
                let message = "The leg between these two places appears twice.";
                self.fault(legs.at(row, "to"), Fault::new(Code::BadMatrix, message, "Delete one of the two rows."));
            }
        }
        let at = crate::book::At { sheet: legs.sheet, row: None, column: None };
        self.cells.insert("travel.places".to_owned(), at);
        if names.len() > MOST {
            let message = format!("The matrix has {} places; a sheet can hold at most {MOST}.", names.len());
            self.report(at, Finding::error(Code::OutOfRange, "", message, "Give a larger matrix as JSON."));
            return;
        }
        let size = names.len();
        let leg = |from: usize, to: usize| found.get(&(from, to)).copied().or((from == to).then_some((0, 0)));
        let lacking = (0..size).flat_map(|from| (0..size).map(move |to| (from, to)));
        let lacking: Vec<_> = lacking.filter(|&(from, to)| leg(from, to).is_none()).collect();
        if self.found.len() == before && !lacking.is_empty() {
            let some = lacking
                .iter()
                .take(5)
                .filter_map(|&(from, to)| Some(format!("{} to {}", names.get(from)?, names.get(to)?)));
            let more = lacking.len().saturating_sub(5);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("The matrix lacks legs: {}{more}.", some.collect::<Vec<_>>().join(", "));
            let remedy = "Add a row for each: every place needs a leg to every other, both ways.";
            self.report(at, Finding::error(Code::BadMatrix, "", message, remedy));
        }
        self.broken |= self.found.len() > before;
        let table = |pick: fn((u64, u64)) -> u64| {
            let row = |from| (0..size).map(|to| pick(leg(from, to).unwrap_or_default())).collect::<Vec<_>>();
            (0..size).map(row).collect::<Vec<_>>()
        };
        let (minutes, metres) = (table(|leg| leg.0), table(|leg| leg.1));
        document["travel"]["places"] = json!(names);
        document["travel"]["minutes"] = json!(minutes);
        document["travel"]["metres"] = json!(metres);
    }
}
