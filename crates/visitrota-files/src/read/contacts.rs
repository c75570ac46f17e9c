//! How people are reached, and what they consent to: columns of the rows that list them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use visitrota_model::{Code, Contact, Finding, Language};

use super::reader::Reader;
use super::table::Table;
use crate::book::{At, Row};
use crate::cell::Cell;
use crate::sheets::Kind;
use crate::value::{self, Fault};

/// What a family that consents holds.
const CONSENT: &str = "consent";

impl Reader<'_> {
    /// Adds what the rows of a sheet say of how people are reached.
    pub(super) fn contacts(&mut self, table: &Table<'_>, contacts: &mut BTreeMap<String, Contact>) {
        for row in &table.rows {
            let text = |name: &str| table.cell(row, name).and_then(|cell| value::text(cell).ok());
            let Some(id) = text("id") else { continue };
            let name = text("name").unwrap_or_default();
            let phone = self.said(table, row, "phone", Contact::read_phone);
            let language = self.said(table, row, "language", |text| Language::read(text, &id));
            let notes = self.said(table, row, "notes", |text| Ok(text.to_owned()));
            if phone.is_some() || language.is_some() || notes.is_some() {
                let (phone, language) = (phone.unwrap_or_default(), language.unwrap_or_default());
                let contact = Contact { name, phone, language, notes: notes.unwrap_or_default() };
                contacts.entry(id).or_insert(contact);
            }
        }
    }

    /// What a cell says, if anything stands there that can be read.
    fn said<T>(
        &mut self,
        table: &Table<'_>,
        row: &Row,
        column: &str,
        read: impl Fn(&str) -> Result<T, Finding>,
    ) -> Option<T> {
        let cell = table.cell(row, column)?;
        let at = table.at(row, column);
        let text = match cell {
            // `447701000000`, which was 4.47701E+11 when it was read from a text.
            Cell::Number(number) if column == "phone" && *number >= 1e9 && number % 1e5 == 0.0 => format!("{number:e}"),
            cell => match value::text(cell) {
                Ok(text) => text,
                Err(fault) => {
                    self.fault(at, fault);
                    return None;
                }
            },
        };
        match read(&text) {
            Ok(read) => Some(read),
            Err(finding) => {
                self.report(at, finding);
                None
            }
        }
    }

    /// Families that hold what their consent says.
    pub(super) fn consents(&mut self, table: &Table<'_>, mut families: Vec<Value>) -> Vec<Value> {
        for ((n, row), family) in table.rows.iter().enumerate().zip(&mut families) {
            let Some(cell) = table.cell(row, CONSENT) else { continue };
            let at = table.at(row, CONSENT);
            match consent(cell, |cell| value::read_of(CONSENT, Kind::Holds, cell, self.near)) {
                Ok(consent) => self.consent(at, n, family, consent),
                Err(fault) => {
                    self.vague.insert(("families".to_owned(), n));
                    self.fault(at, fault);
                }
            }
        }
        families
    }

    fn consent(&mut self, at: At, n: usize, family: &mut Value, consent: Option<Value>) {
        let holds = family.get("holds").and_then(Value::as_array).into_iter().flatten();
        let is_consent = |hold: &&Value| {
            hold.get("what").and_then(Value::as_str).is_some_and(|what| what.eq_ignore_ascii_case(CONSENT))
        };
        let held: Vec<&Value> = holds.filter(is_consent).collect();
        let agrees = held.iter().all(|hold| consent.as_ref().is_some_and(|one| one.get("until") == hold.get("until")));
        if !agrees {
            let message = "This cell and what the family holds do not say the same of its consent.";
            let remedy = "Say it here alone: yes, no, or the date until which. Take consent out of the column holds.";
            self.vague.insert(("families".to_owned(), n));
            self.fault(at, Fault::new(Code::FieldConflict, message, remedy));
            return;
        }
        let Some(consent) = consent.filter(|_| held.is_empty()) else { return };
        let before = family.get("holds").and_then(Value::as_array).map_or(0, Vec::len);
        if before == 0 {
            self.cells.insert(format!("families[{n}].holds"), at);
        }
        self.cells.insert(format!("families[{n}].holds[{before}]"), at);
        match family.get_mut("holds").and_then(Value::as_array_mut) {
            Some(holds) => holds.push(consent),
            None => family["holds"] = json!([consent]),
        }
    }
}

/// What a family holds whose cell says yes, no, or until when: `31/3/2027`, `yes until 31/3/2027`.
fn consent(cell: &Cell, read: impl Fn(&Cell) -> Result<Value, Fault>) -> Result<Option<Value>, Fault> {
    let wanted = |shown: String| {
        let message = format!("\"{shown}\" does not say whether there is consent.");
        Fault::new(Code::WrongType, message, "Give yes, no, or the date until which: 31/3/2027.")
    };
    match value::read(Kind::YesNo, cell, None) {
        Ok(Value::Bool(true)) => return Ok(Some(json!({ "what": CONSENT }))),
        Ok(_) => return Ok(None),
        Err(fault) if matches!(cell, Cell::Error(_) | Cell::Uncalculated(_)) => return Err(fault),
        Err(_) => {}
    }
    let shown = match cell {
        Cell::Number(_) | Cell::Moment(_) => value::date(cell, None)?.to_string(),
        cell => cell.shown(),
    };
    let lower = shown.to_lowercase();
    let text = lower.strip_prefix("yes").unwrap_or(&lower).trim_matches([' ', ',', ':', '(', ')', '-']);
    let date = ["until", "till", "expires"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let held = read(&Cell::Text(format!("{CONSENT} until {}", date.trim_matches([' ', ':']))));
    // Where no date is in sight, none may have been meant.
    let held =
        held.map_err(|fault| if date.contains(|c: char| c.is_ascii_digit()) { fault } else { wanted(shown.clone()) })?;
    match held.as_array().map(Vec::as_slice) {
        Some([one]) if one.get("until").is_some() => Ok(Some(one.clone())),
        _ => Err(wanted(shown)),
    }
}
