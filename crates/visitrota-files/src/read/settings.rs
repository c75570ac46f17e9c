//! The settings: what goes for the whole week.

use serde_json::{Map, Value, json};
use visitrota_model::{Code, Date, Finding, ProblemFormat, likely};

use super::reader::Reader;
use super::table::Table;
use crate::amount::is_unlimited;
use crate::book::Row;
use crate::cell::{Cell, is_nothing, plain};
use crate::found::Found;
use crate::sheets::{ALL_SETTINGS, Kind, MORE_SETTINGS, SETTINGS, Setting};
use crate::value::{self, Fault, put};

/// A setting that is given, and the row that gives it.
struct Given<'t, 'a> {
    setting: &'static Setting,
    table: &'t Table<'a>,
    row: &'a Row,
}

/// The setting that goes by a name.
fn called(name: &str) -> Option<&'static Setting> {
    let is = |other: &&str| plain(other) == plain(name);
    let all = || ALL_SETTINGS.iter();
    let last = |setting: &Setting| setting.path.rsplit('.').next().unwrap_or_default();
    all()
        .find(|setting| is(&setting.name))
        .or_else(|| all().find(|setting| setting.also.iter().any(&is)))
        .or_else(|| all().find(|setting| is(&setting.path) || is(&last(setting))))
}

impl<'a> Reader<'a> {
    /// The document with all that the settings say.
    pub(super) fn settings(&mut self) -> Value {
        let mut document = Map::new();
        document.insert("format".to_owned(), json!(ProblemFormat::V1));
        let tables: Vec<Table<'a>> =
            [&SETTINGS, &MORE_SETTINGS].into_iter().filter_map(|spec| self.table(spec)).collect();
        let rows = tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, *row)));
        let mut given: Vec<Given<'_, 'a>> = Vec::new();
        for (table, row) in rows {
            let at = table.at(row, "setting");
            let Some(name) = table.cell(row, "setting") else {
                if table.cell(row, "value").is_some() {
                    let remedy = "Name the setting in the column setting, or clear the row.";
                    self.report(at, Finding::error(Code::MissingField, "", "This value has no setting.", remedy));
                }
                continue;
            };
            let name = name.shown();
            let Some(setting) = called(&name) else {
                let names = || ALL_SETTINGS.iter().map(|setting| setting.name);
                let remedy = match likely(&name, names()) {
                    Some(meant) => format!("Did you mean {meant}?"),
                    None => format!("Delete it. The settings are {}.", names().collect::<Vec<_>>().join(", ")),
                };
                let message = format!("There is no setting \"{name}\".");
                self.vague.insert(("settings".to_owned(), 0));
                self.report(at, Finding::error(Code::UnknownField, "", message, remedy).with_value(name));
                continue;
            };
            if let Some(other) = given.iter().find(|other| other.setting.name == setting.name) {
                let first = self.book.name(other.table.at(other.row, "setting"));
                let message = format!("The setting {} appears twice: it is in {first} too.", setting.name);
                self.report(at, Finding::error(Code::FieldConflict, "", message, "Delete one of the two."));
                continue;
            }
            given.push(Given { setting, table, row });
        }
        // The week first: other dates are understood by it.
        given.sort_by_key(|given| given.setting.path != "week.from");
        for Given { setting, table, row } in given {
            let at = table.at(row, "value");
            self.cells.insert(setting.path.to_owned(), at);
            let Some(cell) = table.cell(row, "value") else { continue };
            let is_number = matches!(setting.kind, Kind::Whole { .. } | Kind::Decimal);
            let is_empty = match cell {
                Cell::Text(text) => is_number && is_nothing(text),
                _ => false,
            };
            if is_empty || is_number && setting.default.is_empty() && is_unlimited(cell) {
                continue;
            }
            // Its path has the unit that its name leaves out: `11 h`.
            match value::read_of(setting.path, setting.kind, cell, self.near) {
                Ok(value) => {
                    if setting.path == "week.from" {
                        self.near = value.as_str().and_then(|date| date.parse().ok());
                    }
                    put(&mut document, setting.path, value);
                    self.doubt(at, setting.path, cell);
                }
                Err(fault) => match self.nearest_week(setting, cell) {
                    Some(from) => {
                        self.near = Some(from);
                        put(&mut document, setting.path, json!(from));
                        let message = format!("\"{}\" has no year.", cell.shown());
                        let remedy =
                            format!("Give it: {}, if that is meant. The other dates are read by it.", from.long());
                        self.fault(at, Fault { message, remedy, ..fault });
                    }
                    None => {
                        self.broken |= setting.kind == Kind::Date;
                        self.vague.insert(("settings".to_owned(), 0));
                        self.fault(at, fault);
                    }
                },
            }
        }
        // What a kind of travel lacks is told where the kind stands.
        if let Some(kind) = self.cells.get("travel.kind").copied() {
            self.cells.insert("travel".to_owned(), kind);
        }
        for list in ["week", "policy", "policy.weights", "travel"] {
            if let Some(table) = tables.first() {
                let at = crate::book::At { sheet: table.sheet, row: None, column: None };
                self.cells.entry(list.to_owned()).or_insert(at);
            }
        }
        self.week(&mut document, !tables.is_empty());
        if let Some(Value::Object(travel)) = document.get_mut("travel") {
            travel.entry("kind").or_insert_with(|| "estimate".into());
        }
        document.into()
    }

    /// The first date of the week where it lacks its year: the nearest to today.
    fn nearest_week(&self, setting: &Setting, cell: &Cell) -> Option<Date> {
        let today = self.today.filter(|_| setting.path == "week.from")?;
        value::date(cell, Some(today)).ok()
    }

    fn week(&mut self, document: &mut Map<String, Value>, has_sheet: bool) {
        let Some(from) = self.near else {
            self.broken = true;
            if !self.cells.get("week.from").is_some_and(|at| self.found.iter().any(|found| found.at == Some(*at))) {
                let message = if has_sheet {
                    "The setting `week from` is missing: the first date of the week.".to_owned()
                } else {
                    format!("The week is not known: there is no {}.", self.book.sheet_name(SETTINGS.name))
                };
                let remedy = "Add a row to the settings: week from in the column setting, and in the column value a \
                              date such as 30/11/2026.";
                let at = self.cells.get("week.from").or_else(|| self.cells.get("week")).copied();
                let path = if at.is_none() { self.book.sheet_name(SETTINGS.name) } else { String::new() };
                self.push(Found { finding: Finding::error(Code::MissingField, path, message, remedy), at });
            }
            document.insert("week".to_owned(), json!({ "from": "2026-01-01", "to": "2026-01-07" }));
            return;
        };
        let to = document.get("week").and_then(|week| week.get("to")).and_then(Value::as_str);
        let to: Option<Date> = to.and_then(|to| to.parse().ok());
        let to = to.unwrap_or_else(|| from.plus_days(6));
        self.last_day = Some(to);
        document.insert("week".to_owned(), json!({ "from": from, "to": to }));
    }
}
