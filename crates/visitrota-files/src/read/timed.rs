//! Moments of a visit: times of day, on the date of its slot unless they have a date of their own.

use std::collections::HashMap;

use serde_json::Value;
use visitrota_model::{Date, WallTime};

use super::reader::Reader;
use super::table::Table;
use crate::book::Row;
use crate::value;

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

/// What a cell says of a moment.
pub(super) enum Moment {
    /// The moment.
    At(WallTime),
    /// A time of day, and the date is not known.
    Undated,
    /// Nothing that is understood.
    Unread,
    /// Nothing stands there.
    Nothing,
}

impl Reader<'_> {
    /// The moment in a cell: on this date, unless it has a date of its own.
    pub(super) fn moment(&mut self, table: &Table<'_>, row: &Row, column: &str, date: Option<Date>) -> Moment {
        match table.cell(row, column).map(|cell| value::time(cell, self.near)) {
            None => Moment::Nothing,
            Some(Ok((own, minute))) => own.or(date).map_or(Moment::Undated, |date| Moment::At(date.at(minute))),
            Some(Err(fault)) => {
                self.fault(table.at(row, column), fault);
                Moment::Unread
            }
        }
    }
}
