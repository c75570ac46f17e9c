//! Moments of a visit: times of day, on the date of its slot unless they have a date of their own.

use std::collections::HashMap;

use serde_json::Value;
use visitrota_model::{Code, Date, WallTime};

use super::reader::Reader;
use super::table::Table;
use crate::book::Row;
use crate::value::{self, Fault};

/// The date on which each slot starts.
pub(super) fn starts(slots: &[Value]) -> HashMap<String, Date> {
    let mut starts = HashMap::new();
    for slot in slots {
        let text = |field: &str| slot.get(field).and_then(Value::as_str);
        if let (Some(id), Some(start)) = (text("id"), text("start").and_then(|start| start.parse::<WallTime>().ok())) {
            starts.entry(id.to_owned()).or_insert(start.date());
        }
    }
    starts
}

impl Reader<'_> {
    /// The moment in a cell, if one is there. Whether it is understood comes with it.
    pub(super) fn moment(
        &mut self,
        table: &Table<'_>,
        row: &Row,
        column: &str,
        date: Option<Date>,
    ) -> Result<Option<WallTime>, ()> {
        let Some(cell) = table.cell(row, column) else { return Ok(None) };
        let fault = match value::time(cell, self.near) {
            Ok((own, minute)) => match own.or(date) {
                Some(date) => return Ok(Some(date.at(minute))),
                None => {
                    let message = "The date of this time is not known: there is no such slot in the problem.";
                    let remedy = "Correct the slot, or give the date as well: 5/12/2026 08:10.";
                    Fault::new(Code::MissingField, message, remedy)
                }
            },
            Err(fault) => fault,
        };
        self.fault(table.at(row, column), fault);
        Err(())
    }
}
