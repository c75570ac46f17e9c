//! Trips that stand as they are: a row for each stop, and what is said of the trip as a whole on one of its rows.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use visitrota_model::{Code, Date};

use super::reader::Reader;
use super::slot_names::Slots;
use super::table::Table;
use super::timed::Moment;
use crate::book::{At, Row};
use crate::cell::Cell;
use crate::sheets::{Column, Kind, LOCKED};
use crate::value::{self, Fault, put};

/// What the fields of a stop begin with in the list of columns.
const STOP: &str = "stops.";

/// A trip while its rows are read.
struct Locked<'a> {
    /// Where it begins.
    row: At,
    fields: Map<String, Value>,
    stops: Vec<(&'a Row, Map<String, Value>)>,
}

impl<'a> Reader<'a> {
    /// The trips of the sheet, in order of their first rows.
    pub(super) fn locked(&mut self, starts: &HashMap<String, Date>) -> Vec<Value> {
        let Some(table) = self.table(&LOCKED) else { return Vec::new() };
        let mut trips: Vec<Locked<'a>> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for &row in &table.rows {
            let Some(number) = table.cell(row, "trip").map(Cell::shown) else {
                if table.column("trip").is_some() {
                    self.missing(table.at(row, "trip"), "trip", "the number of the trip that this row is about.");
                }
                continue;
            };
            let n = *numbers.entry(number.clone()).or_insert(trips.len());
            if n == trips.len() {
                self.cells.insert(format!("locked[{n}]"), table.row(row));
                trips.push(Locked { row: table.row(row), fields: Map::new(), stops: Vec::new() });
            }
            if let Some(trip) = trips.get_mut(n) {
                self.of_trip(&table, row, &number, n, trip);
                self.stop(&table, row, n, trip);
            }
        }
        let slots = Slots::of(starts.keys().map(String::as_str));
        for (n, trip) in trips.iter_mut().enumerate() {
            let Some(slot) = trip.fields.get("slot").and_then(Value::as_str) else { continue };
            let meant = slots.meant(slot).unwrap_or(slot).to_owned();
            if self.stand_ins.contains(&meant) {
                self.vague.insert(("locked".to_owned(), n));
            }
            trip.fields.insert("slot".to_owned(), meant.into());
        }
        let trips = trips.into_iter().enumerate();
        trips.map(|(n, trip)| self.locked_trip(&table, n, trip, starts)).collect()
    }

    /// The slots that the trips of the sheet name, before it is read.
    pub(super) fn locked_slots(&mut self) -> Vec<String> {
        // What is amiss with its headings is told when it is read.
        let Some(table) = self.table_again(&LOCKED) else { return Vec::new() };
        table.rows.iter().filter_map(|row| value::text(table.cell(row, "slot")?).ok()).collect()
    }

    /// What a row says of its trip as a whole.
    fn of_trip(&mut self, table: &Table<'_>, row: &Row, number: &str, n: usize, trip: &mut Locked<'_>) {
        let of_trip = |column: &&Column| !column.field.is_empty() && !column.field.starts_with(STOP);
        for column in LOCKED.columns.iter().filter(of_trip) {
            let Some(value) = self.locked_cell(table, row, column, n) else { continue };
            let at = table.at(row, column.name);
            match trip.fields.get(column.field) {
                None => {
                    self.cells.insert(format!("locked[{n}].{}", column.field), at);
                    trip.fields.insert(column.field.to_owned(), value);
                }
                Some(there) if *there == value => {}
                Some(_) => {
                    let message = format!("Trip {number} has another {} on an earlier row.", column.name);
                    let remedy = "Give it once, or give the trips different numbers.";
                    self.vague.insert(("locked".to_owned(), n));
                    self.fault(at, Fault::new(Code::FieldConflict, message, remedy));
                }
            }
        }
    }

    /// The stop of a row, if it has one.
    fn stop(&mut self, table: &Table<'_>, row: &'a Row, n: usize, trip: &mut Locked<'a>) {
        let columns = || LOCKED.columns.iter().filter_map(|column| Some((column, column.field.strip_prefix(STOP)?)));
        if !columns().any(|(column, _)| table.cell(row, column.name).is_some()) {
            return;
        }
        let path = format!("locked[{n}].stops[{}]", trip.stops.len());
        self.cells.entry(format!("locked[{n}].stops")).or_insert(table.row(row));
        self.cells.insert(path.clone(), table.row(row));
        let mut stop = Map::new();
        for (column, field) in columns() {
            let at = table.at(row, column.name);
            if at.column.is_some() {
                self.cells.insert(format!("{path}.{field}"), at);
            }
            if column.kind == Kind::Time {
                continue;
            }
            if let Some(value) = self.locked_cell(table, row, column, n) {
                put(&mut stop, field, value);
            }
        }
        for (name, field) in [("stop", "kind"), ("place", "place")] {
            if table.cell(row, name).is_none() {
                self.vague.insert(("locked".to_owned(), n));
                let note = LOCKED.columns.iter().find(|column| column.name == name).map_or("", |column| column.note);
                self.missing(table.at(row, name), name, note);
            }
            stop.entry(field).or_insert_with(|| value::stand_in_of(&LOCKED, name));
        }
        trip.stops.push((row, stop));
    }

    fn locked_cell(&mut self, table: &Table<'_>, row: &Row, column: &Column, n: usize) -> Option<Value> {
        match value::read(column.kind, table.cell(row, column.name)?, self.near) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.vague.insert(("locked".to_owned(), n));
                self.fault(table.at(row, column.name), fault);
                None
            }
        }
    }

    /// A trip as the document has it.
    fn locked_trip(&mut self, table: &Table<'_>, n: usize, trip: Locked<'_>, starts: &HashMap<String, Date>) -> Value {
        let Locked { row, mut fields, stops } = trip;
        let vague = self.vague.contains(&("locked".to_owned(), n));
        for (name, note) in [
            ("driver", "the id of who drives, on one row of the trip."),
            ("slot", "the id of the visiting slot, on one row of the trip."),
            ("requests", "the ids of the requests that it serves, on one row of the trip."),
        ] {
            if fields.contains_key(name) {
                continue;
            }
            if !vague {
                self.missing(At { column: table.column(name), ..row }, name, note);
            }
            self.vague.insert(("locked".to_owned(), n));
            fields.insert(name.to_owned(), value::stand_in_of(&LOCKED, name));
        }
        let slot = fields.get("slot").and_then(Value::as_str).unwrap_or_default();
        let date = starts.get(slot).copied();
        let mut is_undated = false;
        let mut made = Vec::new();
        for (row, mut stop) in stops {
            for name in ["arrive", "depart"] {
                match self.moment(table, row, name, date) {
                    Moment::At(time) => {
                        stop.insert(name.to_owned(), json!(time));
                    }
                    Moment::Nothing => {}
                    Moment::Unread => {
                        self.vague.insert(("locked".to_owned(), n));
                    }
                    Moment::Undated => is_undated = true,
                }
            }
            made.push(Value::Object(stop));
        }
        // Times without a date take that of the slot.
        if is_undated {
            if !vague {
                let mut known: Vec<_> = starts.keys().map(String::as_str).collect();
                known.sort_unstable();
                let fault = self.unknown("slot", slot, known);
                let row = At { column: table.column("slot"), ..row };
                let at = self.cells.get(&format!("locked[{n}].slot")).copied().unwrap_or(row);
                self.fault(at, fault);
            }
            self.vague.insert(("locked".to_owned(), n));
        }
        for (whole, leg) in [("drive_min", "leg_min"), ("metres", "leg_metres")] {
            let legs = made.iter().filter_map(|stop| stop.get(leg).and_then(Value::as_u64));
            let sum = legs.fold(0, u64::saturating_add);
            fields.entry(whole).or_insert_with(|| sum.into());
        }
        fields.insert("stops".to_owned(), made.into());
        fields.into()
    }
}
