//! From sheets to a problem: every sheet is read to its end, whatever is wrong in it, and each field of the problem
//! is remembered with the cell that it came from.

mod availability;
mod blocked;
mod contacts;
mod locked;
mod named;
mod night;
mod people;
mod places;
mod promised;
mod reader;
mod rides;
mod sessions;
mod settings;
mod slot_names;
mod spans;
mod table;
mod timed;
mod timetable;
mod travel;
mod unread;
mod unsure;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use serde_json::Value;
use visitrota_model::{Code, Contact, Date, Finding, Problem, Severity, likely};

use crate::book::{At, Book};
use crate::found::{Found, Sources, located};
use crate::said::said;
use crate::sheets::{self, Spec};
use crate::words;
use reader::Reader;
use table::Table;

pub(crate) use rides::{Rides, rides};
pub(crate) use unread::spans;

/// What was read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The problem, unless something in the sheets could not be read.
    pub(crate) problem: Option<Problem>,
    /// The problem as far as it could be read, and the elements of its lists that could not, if there are such.
    pub(crate) draft: Option<(Problem, Vec<(String, usize)>)>,
    pub(crate) found: Vec<Found>,
    pub(crate) sources: Sources,
    /// How people are reached, by id.
    pub(crate) contacts: BTreeMap<String, Contact>,
}

impl Reading {
    /// What was read of something that has no cells.
    pub(crate) fn without_cells(problem: Option<Problem>, found: Vec<Found>) -> Self {
        Self { problem, draft: None, found, sources: Sources::default(), contacts: BTreeMap::new() }
    }
}

/// Reads the sheets. With today's date, slots that cannot be booked any more are reported as well.
pub(crate) fn read(book: &Book, today: Option<Date>) -> Reading {
    let named = named::with_ids(book);
    let book = named.book.as_ref();
    let mut reader = Reader::new(book);
    reader.today = today;
    reader.knows(named.found, named.lists);
    for (place, sheet) in book.sheets.iter().enumerate() {
        match sheet.spec() {
            Some(_) => reader.unread(place),
            None => reader.unknown_sheet(place),
        }
    }
    for spec in sheets::ALL {
        if let Some(at) = book.sheets.iter().position(|sheet| sheet.is(spec)) {
            reader.cells.insert(list_of(spec).to_owned(), At { sheet: at, row: None, column: None });
        }
    }
    let mut document = reader.settings();
    let places = reader.places();
    let mut lists: HashMap<&'static str, Vec<Value>> = HashMap::new();
    let mut tables: HashMap<&'static str, Table<'_>> = HashMap::new();
    for (spec, list) in ITEMS {
        let Some(table) = reader.table(spec) else { continue };
        let items = reader.items(&table, list);
        let items = match *list {
            "prisoners" => reader.prisoners(&table, items, &lists),
            "slots" => reader.slots(&table, items, &lists),
            "volunteers" => items.into_iter().enumerate().map(|(n, item)| reader.car(n, item)).collect(),
            "families" => reader.consents(&table, items),
            "requests" => reader.requests(items),
            _ => items,
        };
        lists.insert(list, items);
        tables.insert(list, table);
    }
    let timetable = reader.timetable(tables.get("prisons"), &mut lists);
    let others = reader.locked_slots();
    reader.name_slots(&mut lists, others);
    let starts = timed::starts(lists.get("slots").map(Vec::as_slice).unwrap_or_default());
    if let (Some(table), Some(published)) = (tables.get("published"), lists.get_mut("published")) {
        reader.promised(table, published, &starts);
    }
    lists.insert("locked", reader.locked(&starts));
    reader.members(&mut lists);
    reader.availability(&document, &mut lists);
    let needs_places = !matches!(document.pointer("/travel/kind"), Some(kind) if kind == "matrix");
    for list in ["prisons", "meeting_points", "volunteers", "families"] {
        reader.look_up(list, lists.entry(list).or_default(), &places, needs_places);
    }
    reader.matrix(&mut document);
    if let Some(today) = today {
        reader.bookable(&timetable, &lists, today);
    }
    for list in ITEMS.iter().map(|(_, list)| *list).chain(["locked"]) {
        document[list] = lists.remove(list).unwrap_or_default().into();
    }
    let mut contacts = BTreeMap::new();
    for list in ["volunteers", "families", "prisons", "meeting_points"] {
        if let Some(table) = tables.get(list) {
            reader.contacts(table, &mut contacts);
        }
    }
    Reading { contacts, ..reader.finish(document) }
}

/// The sheets that are lists of the problem document, row by row, with the names of these lists.
pub(crate) const ITEMS: &[(&Spec, &str)] = &[
    (&sheets::PRISONS, "prisons"),
    (&sheets::MEETING_POINTS, "meeting_points"),
    (&sheets::PRISONERS, "prisoners"),
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
    let locked = (spec.name == sheets::LOCKED.name).then_some("locked");
    ITEMS.iter().find(|(item, _)| item.name == spec.name).map(|(_, list)| *list).or(locked).unwrap_or_default()
}

impl Reader<'_> {
    /// Requests with a list of options, though it be empty; whatever of theirs concerns their families stands in one
    /// cell.
    fn requests(&mut self, mut requests: Vec<Value>) -> Vec<Value> {
        for (n, request) in requests.iter_mut().enumerate() {
            if request.get("options").is_none() {
                request["options"] = Value::Array(Vec::new());
            }
            // Where one cell has one family, the document has `family`.
            if let Some([only]) = request.get("families").and_then(Value::as_array).map(Vec::as_slice) {
                let only = only.clone();
                request["family"] = only;
                request.as_object_mut().map(|request| request.remove("families"));
            }
            if let Some(at) = self.cells.get(&format!("requests[{n}].families")).copied() {
                self.cells.insert(format!("requests[{n}].family"), at);
            }
        }
        requests
    }

    fn unknown_sheet(&mut self, place: usize) {
        let Some(sheet) = self.book.sheets.get(place) else { return };
        // Notes to oneself are no fault, nor is an empty sheet; and what is ours for people or their programs is read by
        // nobody else.
        let name = crate::cell::plain(&sheet.name);
        if sheet.rows.is_empty() || sheets::UNREAD.iter().any(|unread| crate::cell::plain(unread) == name) {
            return;
        }
        let at = At { sheet: place, row: None, column: None };
        let absent = sheets::ALL.iter().filter(|spec| !self.book.sheets.iter().any(|sheet| sheet.is(spec)));
        let all = sheets::ALL.map(|spec| spec.name).join(", ");
        let finding = match likely(&sheet.name, absent.map(|spec| spec.name)) {
            Some(meant) => {
                self.broken = true;
                let message = format!("There is no sheet called {} in a problem.", sheet.name);
                Finding::error(Code::UnknownField, "", message, format!("Did you mean {meant}?"))
            }
            None => {
                let message = format!("The sheet {} is ignored: a problem has no sheet with that name.", sheet.name);
                Finding::warning(
                    Code::UnknownField,
                    "",
                    message,
                    format!("The sheets are {all}. To keep it for yourself, call it notes."),
                )
            }
        };
        self.report(at, finding);
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
            Ok(mut problem) => {
                // What stands in quotation marks is meant to the letter.
                let is_quoted = |path: &str| {
                    let cell = sources.0.get(path).and_then(|at| self.book.cell(*at));
                    cell.is_some_and(|cell| cell.shown().contains('"'))
                };
                words::agree(&mut problem, is_quoted);
                Some(problem)
            }
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
            let reported: HashSet<At> = self.found.iter().filter_map(|found| found.at).collect();
            let is_fresh = |at: Option<At>| at.is_none_or(|at| at.column.is_none() || !reported.contains(&at));
            // Where somebody lives is told of once.
            let is_placed = |element: &(String, usize)| {
                let (list, n) = element;
                let cells = ["postcode", "lat", "lon"].map(|field| sources.0.get(&format!("{list}[{n}].{field}")));
                cells.into_iter().flatten().any(|at| reported.contains(at))
            };
            let besides = visitrota_model::check(problem).into_iter().filter(|finding| {
                let element = element(&finding.path);
                let known = || element.as_ref().is_none_or(|at| !self.vague.contains(at));
                match finding.code {
                    // That an id stands twice is so whatever else its row holds.
                    Code::DuplicateId => true,
                    // So is that a cell names nobody, and that a place is nowhere.
                    Code::UnknownId => is_fresh(sources.of(&finding.path)),
                    Code::NoCoordinates => !element.as_ref().is_some_and(is_placed),
                    // That something is nowhere else may be so only because it could not be read there.
                    Code::Unused | Code::NobodyHolds | Code::FitsNoCar if finding.severity == Severity::Warning => {
                        false
                    }
                    Code::IdleVolunteer if finding.severity == Severity::Warning => {
                        known() && !self.vague.contains(&("availability".to_owned(), 0))
                    }
                    _ => known(),
                }
            });
            let besides = besides.map(|finding| {
                let Found { finding, at } = located(finding, &sources);
                Found { finding: said(finding, at, self.book, Some(problem)), at }
            });
            let besides: Vec<_> = besides.collect();
            self.found.extend(besides);
        }
        self.found.extend(self.tally.others().map(|finding| Found { finding, at: None }));
        let (problem, draft) = match problem {
            Some(problem) if unread => {
                let mut vague: Vec<_> = self.vague.into_iter().collect();
                vague.sort_unstable();
                (None, (!self.broken).then_some((problem, vague)))
            }
            problem => (problem, None),
        };
        Reading { problem, draft, found: self.found, sources, contacts: BTreeMap::new() }
    }
}

/// The list and the number of the element that a path leads into.
fn element(path: &str) -> Option<(String, usize)> {
    let (list, rest) = path.split_once('[')?;
    Some((list.to_owned(), rest.split_once(']')?.0.parse().ok()?))
}
