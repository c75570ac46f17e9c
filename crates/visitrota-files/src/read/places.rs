//! Places: where the postcodes are, as the sheet of that name has it. It comes before the table in the program.

use std::collections::HashMap;

use serde_json::{Value, json};
use visitrota_model::{Code, likely};
use visitrota_postcodes::{Unknown, locate, nearest};

use super::reader::Reader;
use crate::cell::plain;
use crate::sheets::{Kind, PLACES};
use crate::value::{self, Fault};

/// Coordinates by postcode.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By the postcode without case and blanks: the postcode as given, and where it is.
    by_postcode: HashMap<String, (String, f64, f64)>,
}

impl Reader<'_> {
    pub(super) fn places(&mut self) -> Places {
        let mut places = Places::default();
        let Some(table) = self.table(&PLACES) else { return places };
        for row in &table.rows {
            let mut numbers = Vec::new();
            for name in ["lat", "lon"] {
                let at = table.at(row, name);
                let most = if name == "lat" { 90.0 } else { 180.0 };
                let read = match table.pasted(row, name) {
                    Some(Some(degrees)) => Some(Ok(json!(degrees))),
                    Some(None) => {
                        self.twice(at);
                        continue;
                    }
                    None => table.cell(row, name).map(|cell| value::read(Kind::Decimal, cell, None)),
                };
                match read {
                    None if table.column(name).is_some() => self.missing(at, name, "degrees such as 51.634."),
                    None => {}
                    Some(Err(fault)) => self.fault(at, fault),
                    Some(Ok(number)) => {
                        let number = number.as_f64().unwrap_or_default();
                        if number.abs() > most {
                            let message = format!("{number} is out of range: degrees run from -{most} to {most}.");
                            self.fault(at, Fault::new(Code::OutOfRange, message, "Give degrees such as 51.634."));
                        } else {
                            numbers.push(number);
                        }
                    }
                }
            }
            let at = table.at(row, "postcode");
            let postcode = match table.cell(row, "postcode").map(value::text) {
                Some(Ok(postcode)) => postcode,
                Some(Err(fault)) => {
                    self.fault(at, fault);
                    continue;
                }
                None => {
                    self.missing(at, "postcode", "such as GL12 8DB.");
                    continue;
                }
            };
            if let [lat, lon] = *numbers {
                let before = places.by_postcode.insert(plain(&postcode), (postcode.clone(), lat, lon));
                if before.is_some_and(|(_, la, lo)| (la, lo) != (lat, lon)) {
                    let message = format!("The postcode {postcode} appears twice with different coordinates.");
                    self.fault(at, Fault::new(Code::DuplicateId, message, "Delete one of the two rows."));
                }
            }
        }
        places
    }

    /// Gives the elements of a list that have a postcode and no coordinates those of the sheet; a postcode that is neither
    /// there nor in the table is an error, where coordinates are needed.
    pub(super) fn look_up(&mut self, list: &str, items: &mut [Value], places: &Places, needed: bool) {
        for (n, item) in items.iter_mut().enumerate() {
            let has = |field: &str| item.get(field).is_some();
            let Some(postcode) = item.get("postcode").and_then(Value::as_str).map(str::to_owned) else { continue };
            if has("lat") || has("lon") {
                continue;
            }
            if let Some((_, lat, lon)) = places.by_postcode.get(&plain(&postcode)) {
                item["lat"] = json!(lat);
                item["lon"] = json!(lon);
                continue;
            }
            if !needed {
                continue;
            }
            // What the table has, the model finds there: coordinates are not made up here, or a saved problem would have
            // others than it was read with.
            let Err(unknown) = locate(&postcode) else { continue };
            let sheet = self.book.sheet_name(PLACES.name);
            let message = format!("The location of postcode {postcode} is not known: it {unknown}.");
            let mut known: Vec<_> = places.by_postcode.values().map(|(postcode, ..)| postcode.as_str()).collect();
            known.sort_unstable();
            let of_sheet = likely(&postcode, known).map(str::to_owned);
            let near = match of_sheet {
                Some(meant) => vec![meant],
                None if unknown == Unknown::Nowhere && self.hint() => nearest(&postcode),
                None => Vec::new(),
            };
            let near = if near.is_empty() {
                "Add".to_owned()
            } else {
                format!("Did you mean {}? If not, add", near.join(" or "))
            };
            let remedy = format!("{near} a row with it and its lat and lon to {sheet}, or give lat and lon here.");
            self.vague.insert((list.to_owned(), n));
            if let Some(at) = self.cells.get(&format!("{list}[{n}].postcode")).copied() {
                self.fault(at, Fault::new(Code::NoCoordinates, message, remedy));
            }
        }
    }
}
