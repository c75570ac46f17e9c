//! From sheets to a problem: every sheet is read to its end, whatever is wrong in it, and each field of the problem
//! is remembered with the cell that it came from.

mod availability;
mod people;
mod places;
mod rides;
mod settings;
mod table;
mod timetable;
mod travel;

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value};
use visitrota_model::{Code, Date, Finding, Problem, Severity, Tally, likely};

use crate::book::{At, Book, Row};
use crate::sheets::{self, Kind, Spec};
use crate::value::{self, Fault, put, stand_in};
use table::Table;

pub(crate) use rides::rides;

/// A finding, and where it is, if it is at a place that exists.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) at: Option<At>,
}

/// Which cell each field of the problem came from, by its path.
#[derive(Debug, Default)]
pub(crate) struct Sources(HashMap<String, At>);

/// What was read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The problem, unless something in the sheets could not be read.
    pub(crate) problem: Option<Problem>,
    pub(crate) found: Vec<Found>,
    pub(crate) sources: Sources,
}

impl Sources {
    /// The cell of a field, or of the innermost thing around it that has a place.
    pub(crate) fn of(&self, path: &str) -> Option<At> {
        let mut path = path;
        loop {
            if let Some(at) = self.0.get(path) {
                return Some(*at);
            }
            path = path.rsplit_once(['.', '['])?.0;
        }
    }
}

/// Reads the sheets. With today's date, slots that cannot be booked any more are told as well.
pub(crate) fn read(book: &Book, today: Option<Date>) -> Reading {
    let mut reader = Reader::new(book);
    for (place, sheet) in book.sheets.iter().enumerate() {
        if sheet.spec().is_none() {
            reader.unknown_sheet(place);
        }
    }
    for spec in sheets::ALL {
        if let Some(at) = book.sheets.iter().position(|sheet| sheet.is(spec)) {
            reader.cells.insert(list_of(spec).to_owned(), At { sheet: at, row: None, column: None });
        }
    }
    let mut document = reader.settings();
    let places = reader.places();
    let mut prisons = reader.table(&sheets::PRISONS);
    let mut lists: HashMap<&'static str, Vec<Value>> = HashMap::new();
    for (spec, list) in ITEMS {
        let table = if *list == "prisons" { prisons.take() } else { reader.table(spec) };
        let items = table.as_ref().map(|table| reader.items(table, list)).unwrap_or_default();
        match (*list, &table) {
            ("prisons", Some(_)) => prisons = table,
            ("slots", Some(table)) => {
                let slots = reader.slots(table, items, &lists);
                lists.insert(list, slots);
                continue;
            }
            ("volunteers", Some(_)) => {
                let items = items.into_iter().enumerate().map(|(n, item)| reader.car(n, item)).collect();
                lists.insert(list, items);
                continue;
            }
            ("requests", Some(_)) => {
                let mut items = items;
                for item in items.iter_mut().filter(|item| item.get("options").is_none()) {
                    item["options"] = Value::Array(Vec::new());
                }
                lists.insert(list, items);
                continue;
            }
            _ => {}
        }
        lists.insert(list, items);
    }
    let timetable = reader.timetable(prisons.as_ref(), &mut lists);
    reader.members(&mut lists);
    reader.availability(&document, &mut lists);
    let needs_places = !matches!(document.pointer("/travel/kind"), Some(kind) if kind == "matrix");
    for list in ["prisons", "volunteers", "families"] {
        reader.look_up(list, lists.entry(list).or_default(), &places, needs_places);
    }
    reader.matrix(&mut document);
    if let Some(today) = today {
        reader.bookable(&timetable, &lists, today);
    }
    for (_, list) in ITEMS {
        document[*list] = lists.remove(list).unwrap_or_default().into();
    }
    reader.finish(document)
}

/// The sheets that are lists of the problem document, row by row, with the names of these lists.
const ITEMS: &[(&Spec, &str)] = &[
    (&sheets::PRISONS, "prisons"),
    (&sheets::SLOTS, "slots"),
    (&sheets::VOLUNTEERS, "volunteers"),
    (&sheets::FAMILIES, "families"),
    (&sheets::REQUESTS, "requests"),
    (&sheets::PAIRS, "pairs"),
    (&sheets::PINS, "pins"),
    (&sheets::PUBLISHED, "published"),
];

/// The field of the document that findings about a sheet as a whole speak of.
fn list_of(spec: &Spec) -> &'static str {
    ITEMS.iter().find(|(item, _)| item.name == spec.name).map_or("", |(_, list)| list)
}

struct Reader<'a> {
    book: &'a Book,
    found: Vec<Found>,
    cells: HashMap<String, At>,
    /// The elements of lists of which something could not be read.
    vague: HashSet<(String, usize)>,
    /// Whether so much is amiss that nothing can be said of the problem as a whole.
    broken: bool,
    /// The first date of the week: dates without a year are near it.
    near: Option<Date>,
    last_day: Option<Date>,
    /// How much there is of what is found, kept or not.
    tally: Tally,
    /// How many more ids are compared with all others to find the one meant.
    hints_left: u32,
}

impl<'a> Reader<'a> {
    fn new(book: &'a Book) -> Self {
        Self {
            book,
            found: Vec::new(),
            cells: HashMap::new(),
            vague: HashSet::new(),
            broken: false,
            near: None,
            last_day: None,
            tally: Tally::default(),
            hints_left: 200,
        }
    }
}

impl Reader<'_> {
    fn tell(&mut self, at: At, finding: Finding) {
        self.push(Found { finding, at: Some(at) });
    }

    fn push(&mut self, found: Found) {
        if self.tally.keeps(&found.finding) {
            self.found.push(found);
        }
    }

    /// Tells of a fault in a cell.
    fn fault(&mut self, at: At, fault: Fault) {
        let shown = at.row.zip(at.column).and_then(|(row, column)| {
            let rows = &self.book.sheets.get(at.sheet)?.rows;
            let row = rows.binary_search_by_key(&row, |row| row.number).ok().and_then(|n| rows.get(n))?;
            row.get(column).map(crate::cell::Cell::shown)
        });
        let finding = Finding::error(fault.code, "", fault.message, fault.remedy);
        let finding = match shown {
            Some(shown) => finding.with_value(shown),
            None => finding,
        };
        self.tell(at, finding);
    }

    /// Tells that a value must be there.
    fn missing(&mut self, at: At, column: &str, note: &str) {
        let message = format!("The {column} is missing.");
        self.tell(at, Finding::error(Code::MissingField, "", message, format!("Give it: {note}")));
    }

    /// That something is named which does not exist.
    fn unknown<'k>(&mut self, noun: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> Fault {
        // To compare it with all others takes long, and where hundreds are unknown the cause is another.
        let meant = self.hints_left.checked_sub(1).and_then(|left| {
            self.hints_left = left;
            likely(id, known)
        });
        let remedy = match meant {
            Some(meant) => format!("Did you mean {meant}?"),
            None => format!("Mend the id, or add the {noun} to its sheet."),
        };
        Fault::new(Code::UnknownId, format!("There is no {noun} of the id {id}."), remedy)
    }

    fn unknown_sheet(&mut self, place: usize) {
        let Some(sheet) = self.book.sheets.get(place) else { return };
        // Notes to oneself are no fault, nor is an empty sheet.
        if sheet.rows.is_empty()
            || ["notes", "note", "readme", "help"].contains(&crate::cell::plain(&sheet.name).as_str())
        {
            return;
        }
        let at = At { sheet: place, row: None, column: None };
        let absent = sheets::ALL.iter().filter(|spec| !self.book.sheets.iter().any(|sheet| sheet.is(spec)));
        let all = sheets::ALL.map(|spec| spec.name).join(", ");
        let finding = match likely(&sheet.name, absent.map(|spec| spec.name)) {
            Some(meant) => {
                self.broken = true;
                let message = format!("There is no sheet of the name {}.", sheet.name);
                Finding::error(Code::UnknownField, "", message, format!("Did you mean {meant}?"))
            }
            None => {
                let message = format!("The sheet {} is passed over: a problem has none of that name.", sheet.name);
                Finding::warning(
                    Code::UnknownField,
                    "",
                    message,
                    format!("Known are {all}; for yourself, call it notes."),
                )
            }
        };
        self.tell(at, finding);
    }

    /// The rows of a sheet as elements of a list.
    fn items(&mut self, table: &Table<'_>, list: &str) -> Vec<Value> {
        let rows = table.rows.iter().enumerate();
        rows.map(|(n, row)| Value::Object(self.item(table, row, list, n))).collect()
    }

    /// A row as an object; its cells are remembered by their paths.
    fn item(&mut self, table: &Table<'_>, row: &Row, list: &str, n: usize) -> Map<String, Value> {
        let path = format!("{list}[{n}]");
        let mut item = Map::new();
        self.cells.insert(path.clone(), table.row(row));
        for column in table.spec.columns.iter().filter(|column| !column.field.is_empty()) {
            let has_column = table.column(column.name).is_some();
            let at = table.at(row, column.name);
            if has_column {
                self.cells.insert(format!("{path}.{}", column.field), at);
            }
            if matches!(column.kind, Kind::Time | Kind::When) {
                continue;
            }
            let read = match table.cell(row, column.name) {
                Some(cell) => value::read(column.kind, cell, self.near).map_err(Some),
                None if column.needed => Err(None),
                None => continue,
            };
            match read {
                Ok(value) => put(&mut item, column.field, value),
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

    /// The problem that the document is, and everything found.
    fn finish(mut self, document: Value) -> Reading {
        let unread = self.found.iter().any(|found| found.finding.is_error());
        let sources = Sources(self.cells);
        let problem = Problem::deserialize(&document).map_err(|_| {
            // Held against the schema, it says what is wrong with it.
            let json = serde_json::to_vec(&document).unwrap_or_default();
            Problem::from_json(&json).err().unwrap_or_default()
        });
        drop(document);
        let problem = match problem {
            Ok(problem) => Some(problem),
            Err(findings) => {
                if !unread {
                    self.found.extend(findings.into_iter().map(|finding| located(finding, &sources)));
                }
                None
            }
        };
        if unread
            && !self.broken
            && let Some(problem) = &problem
        {
            // What is wrong besides, where nothing is left out that it could be about.
            let told: HashSet<_> =
                self.found.iter().filter_map(|found| found.at.map(|at| (at.sheet, at.row))).collect();
            let besides = visitrota_model::check(problem).into_iter().filter(|finding| {
                // That an id stands twice is so whatever else its row holds.
                let known = || element(&finding.path).is_none_or(|at| !self.vague.contains(&at));
                finding.severity == Severity::Error && (finding.code == Code::DuplicateId || known())
            });
            let besides: Vec<_> = besides.map(|finding| located(finding, &sources)).collect();
            let fresh =
                |found: &Found| found.at.is_none_or(|at| at.row.is_none() || !told.contains(&(at.sheet, at.row)));
            self.found
                .extend(besides.into_iter().filter(|found| found.finding.code != Code::NoCoordinates || fresh(found)));
        }
        self.found.extend(self.tally.others().map(|finding| Found { finding, at: None }));
        Reading { problem: problem.filter(|_| !unread), found: self.found, sources }
    }
}

/// A finding of the model with the cell that it is about.
pub(crate) fn located(finding: Finding, sources: &Sources) -> Found {
    let at = sources.of(&finding.path);
    Found { finding, at }
}

/// The list and the number of the element that a path leads into.
fn element(path: &str) -> Option<(String, usize)> {
    let (list, rest) = path.split_once('[')?;
    Some((list.to_owned(), rest.split_once(']')?.0.parse().ok()?))
}

/// The ids of a list's elements.
fn ids(items: &[Value]) -> impl Iterator<Item = &str> {
    items.iter().filter_map(|item| item.get("id").and_then(Value::as_str))
}
