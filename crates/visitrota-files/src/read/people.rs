//! People: the members of families, and volunteers' cars.

use std::collections::HashMap;

use serde_json::{Value, json};
use visitrota_model::{Code, Finding};

use super::reader::{Reader, ids};
use super::table::Table;
use crate::book::At;
use crate::cell::Cell;
use crate::sheets::{FAMILIES, Kind, PEOPLE};
use crate::value::{self, Fault};

/// How old an adult is taken to be of whom only the number is given: of age everywhere.
const SOME_ADULT: u8 = 30;

impl Reader<'_> {
    /// A volunteer whose car, if there is one, has seats.
    pub(super) fn car(&mut self, n: usize, mut volunteer: Value) -> Value {
        let Some(car) = volunteer.get("car").and_then(Value::as_object) else { return volunteer };
        if car.contains_key("seats") {
            return volunteer;
        }
        if car.values().any(|value| value != 0) && !self.vague.contains(&("volunteers".to_owned(), n)) {
            let row = self.cells.get(&format!("volunteers[{n}]")).copied();
            let at = self.cells.get(&format!("volunteers[{n}].car.seats")).copied().or(row);
            if let Some(at) = at {
                let message = "The car has child seats or wheelchair spaces but no number of seats.";
                let remedy = "Give the number of seats without the driver's, or clear the others if there is no car.";
                self.report(at, Finding::error(Code::MissingField, "", message, remedy));
                self.vague.insert(("volunteers".to_owned(), n));
            }
        }
        if let Some(volunteer) = volunteer.as_object_mut() {
            volunteer.remove("car");
        }
        volunteer
    }

    /// Prisoners, each at the only prison where none is named.
    pub(super) fn prisoners(
        &mut self,
        table: &Table<'_>,
        mut prisoners: Vec<Value>,
        lists: &HashMap<&str, Vec<Value>>,
    ) -> Vec<Value> {
        let prisons = lists.get("prisons").map(Vec::as_slice).unwrap_or_default();
        for ((n, row), prisoner) in table.rows.iter().enumerate().zip(&mut prisoners) {
            if prisoner.get("prison").is_some() || self.vague.contains(&("prisoners".to_owned(), n)) {
                continue;
            }
            let prison = self.only_prison(table, row, prisons);
            if prison.is_none() {
                self.vague.insert(("prisoners".to_owned(), n));
            }
            prisoner["prison"] = prison.unwrap_or_default().into();
        }
        prisoners
    }

    /// Gives each family its members: from the sheet people, or from the numbers in its own row.
    pub(super) fn members(&mut self, lists: &mut HashMap<&str, Vec<Value>>) {
        let mut families = lists.remove("families").unwrap_or_default();
        let mut members: Vec<Vec<Value>> = vec![Vec::new(); families.len()];
        let places: HashMap<String, usize> = ids(&families).map(str::to_owned).zip(0..).collect();
        if let Some(table) = self.table(&PEOPLE) {
            for row in &table.rows {
                let at = table.at(row, "family");
                let id = match table.cell(row, "family").map(value::text) {
                    Some(Ok(id)) => id,
                    Some(Err(fault)) => {
                        self.fault(at, fault);
                        continue;
                    }
                    None => {
                        self.missing(at, "family", "the id of a family.");
                        continue;
                    }
                };
                let Some(&n) = places.get(&id) else {
                    self.report_unknown(at, "family", &id, ids(&families), &["families"]);
                    continue;
                };
                let Some(of_family) = members.get_mut(n) else { continue };
                let k = of_family.len();
                let path = format!("families[{n}].members");
                self.cells.entry(path.clone()).or_insert(table.row(row));
                let item = self.item(&table, row, &path, k);
                if self.vague.contains(&(path, k)) {
                    self.vague.insert(("families".to_owned(), n));
                }
                if let Some(of_family) = members.get_mut(n) {
                    of_family.push(item.into());
                }
            }
        }
        self.counted(&mut members);
        for (family, members) in families.iter_mut().zip(members) {
            family["members"] = members.into();
        }
        lists.insert("families", families);
    }

    /// Asks of a lone small number whether it is an age, or how many.
    fn age_or_number(&mut self, at: At, cell: &Cell) {
        const MOST: u8 = 4;
        let Some(number) = cell.shown().parse::<u8>().ok().filter(|number| *number <= MOST) else { return };
        let message = format!("Is {number} the age of one child, or how many children visit? It is taken for the age.");
        let years = match number {
            0 => "baby".to_owned(),
            1 => "1 year".to_owned(),
            _ => format!("{number} years"),
        };
        let remedy = format!(
            "If it is the age, write {years}, and this is not asked again. If it is how many, give the age of each: 6, \
             3. If there are none, leave the cell empty."
        );
        self.report(at, Finding::warning(Code::AgeOrNumber, "", message, remedy).with_value(number));
    }

    /// The members of families that give the number of their adults and the ages of their children.
    fn counted(&mut self, members: &mut [Vec<Value>]) {
        let columns = ["adults", "children's ages"];
        // The headings were looked at when the families were read.
        let Some(table) = self.table_again(&FAMILIES) else { return };
        for ((n, row), members) in table.rows.iter().enumerate().zip(members) {
            let given: Vec<_> = columns.iter().filter(|name| table.cell(row, name).is_some()).collect();
            let at_members = columns.iter().rev().find(|name| table.column(name).is_some());
            if let Some(name) = given.last().or(at_members.as_ref()) {
                self.cells.entry(format!("families[{n}].members")).or_insert(table.at(row, name));
            }
            if !members.is_empty() {
                if let Some(name) = given.first() {
                    let message = "The people who visit are given here and on the sheet people.";
                    let remedy = "Keep one of the two.";
                    self.fault(table.at(row, name), Fault::new(Code::FieldConflict, message, remedy));
                }
                continue;
            }
            for name in given {
                let Some(cell) = table.cell(row, name) else { continue };
                let kind =
                    FAMILIES.column(name).and_then(|column| FAMILIES.columns.get(column)).map(|column| column.kind);
                let at = table.at(row, name);
                if *name == "children's ages" && table.cell(row, "adults").is_some() {
                    self.age_or_number(at, cell);
                }
                match value::read_of(name, kind.unwrap_or(Kind::Ages), cell, self.near) {
                    Ok(Value::Array(ages)) => members.extend(ages.into_iter().map(|age| json!({ "age": age }))),
                    Ok(number) => {
                        let number = usize::try_from(number.as_u64().unwrap_or_default()).unwrap_or_default();
                        members.extend((0..number).map(|_| json!({ "age": SOME_ADULT })));
                    }
                    Err(fault) => {
                        self.vague.insert(("families".to_owned(), n));
                        self.fault(at, fault);
                    }
                }
            }
        }
    }
}
