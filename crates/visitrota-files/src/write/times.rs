//! From a time to a cell.

use std::collections::HashMap;

use visitrota_model::{Date, Slot, WallTime};

use crate::cell::{Cell, DAY, Moment, clock};

pub(super) fn day(time: WallTime) -> Cell {
    Cell::Moment(Moment::Date(time.date()))
}

pub(super) fn hour(time: WallTime) -> Cell {
    Cell::Moment(Moment::Time(time.minute_of_day()))
}

/// A time that is read by the date of an earlier one.
pub(super) fn end(start: WallTime, end: WallTime) -> Cell {
    if end.date() == start.date() {
        hour(end)
    } else if end == start.date().at(DAY) {
        Cell::Text(clock(DAY))
    } else {
        Cell::Moment(Moment::Both(end.date(), end.minute_of_day()))
    }
}

/// The date on which each slot starts, by its id.
pub(super) fn starts(slots: &[Slot]) -> HashMap<&str, Date> {
    let mut starts = HashMap::new();
    for slot in slots {
        starts.entry(slot.id.as_str()).or_insert(slot.start.date());
    }
    starts
}

/// A time that is read by the date of its visit.
pub(super) fn moment(date: Option<Date>, time: WallTime) -> Cell {
    if date == Some(time.date()) { hour(time) } else { Cell::Moment(Moment::Both(time.date(), time.minute_of_day())) }
}
