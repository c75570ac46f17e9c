//! A rota as people write it down: a row for each family's ride, without times.

use std::collections::{BTreeSet, HashMap};

use visitrota_model::{Code, FamilyId, Finding, Problem, Request, Stop, StopKind, Trip};

use super::named::rides_with_ids;
use super::reader::Reader;
use super::slot_names::Slots;
use super::table::Table;
use crate::book::{At, Book, Row};
use crate::directory::Listed;
use crate::found::Found;
use crate::sheets::RIDES;
use crate::value::{self, Fault};

/// The trips on the sheet of rides: rows of one driver to one slot are one trip, unless they are numbered apart.
pub(crate) fn rides(book: &Book, problem: &Problem) -> Result<Rides, Vec<Found>> {
    let named = rides_with_ids(book, problem);
    let book = named.book.as_ref();
    let mut reader = Reader::new(book);
    let Some(table) = reader.table(&RIDES) else {
        let message = "The sheet rides is missing or empty.";
        let finding = Finding::error(Code::MissingField, "", message, format!("Add it: {}", RIDES.note));
        let at = (!book.sheets.is_empty()).then_some(At { sheet: 0, row: None, column: None });
        return Err(vec![Found { finding, at }]);
    };
    reader.unread(table.sheet);
    let volunteers = Known::of("volunteer", problem.volunteers.iter().map(|volunteer| volunteer.id.as_str()));
    let slots = Known::of("slot", problem.slots.iter().map(|slot| slot.id.as_str()));
    let requests = Known::of("request", problem.requests.iter().map(|request| request.id.as_str()));
    let families = Known::of("family", problem.families.iter().map(|family| family.id.as_str()));
    let mut of_request: HashMap<&str, &Request> = HashMap::new();
    let mut of_family: HashMap<&str, Vec<&Request>> = HashMap::new();
    for request in &problem.requests {
        of_request.entry(request.id.as_str()).or_insert(request);
        for family in &request.families {
            of_family.entry(family.as_str()).or_default().push(request);
        }
    }
    for (column, of) in [("driver", "volunteers"), ("chaperone", "volunteers"), ("family", "families")] {
        if let Some(listed) = named.lists.get(of) {
            reader.names_agree(&table, column, listed);
        }
    }
    let riders = named.lists.get("families").cloned();
    reader.knows(named.found, named.lists);
    let mut trips: Vec<Tour<'_>> = Vec::new();
    let mut places: HashMap<(Option<String>, &str, &str), usize> = HashMap::new();
    for row in &table.rows {
        let driver = reader.must_name(&table, row, "driver", &volunteers);
        let slot = reader.must_name(&table, row, "slot", &slots);
        let chaperone = reader.named(&table, row, "chaperone", &volunteers);
        let request = reader.named(&table, row, "request", &requests);
        let family = reader.named(&table, row, "family", &families);
        let number = table.cell(row, "trip").map(crate::cell::Cell::shown);
        let (Some(driver), Some(slot)) = (driver, slot) else { continue };
        let request = match request.and_then(|request| of_request.get(request).copied()) {
            Some(request) => {
                reader.same_family(&table, row, request, family);
                if let Some(families) = riders.as_ref().filter(|_| family.is_none()) {
                    reader.name_of_request(&table, row, request, families);
                }
                Some(request)
            }
            None => reader.of_family(&table, row, &of_family, family, slot),
        };
        let Some(request) = request else { continue };
        let place = *places.entry((number, driver, slot)).or_insert(trips.len());
        if place == trips.len() {
            trips.push(Tour { driver, slot, chaperone, rides: Vec::new(), rows: Vec::new() });
        }
        let Some(trip) = trips.get_mut(place) else { continue };
        trip.rows.push(row.number);
        // Without a family, all of the request's ride.
        let riding = request.families.iter().filter(|id| family.is_none_or(|family| family == id.as_str()));
        trip.rides.extend(riding.map(|family| (request, family)));
        match (chaperone, trip.chaperone) {
            (Some(one), Some(other)) if one != other => {
                let message = format!("{driver} takes {other} along on another row of this trip, and {one} here.");
                let remedy = "Give one chaperone, or give the trips different numbers in a column trip.";
                reader.fault(table.at(row, "chaperone"), Fault::new(Code::FieldConflict, message, remedy));
            }
            (Some(one), None) => trip.chaperone = Some(one),
            _ => {}
        }
    }
    let others = reader.tally.others().map(|finding| Found { finding, at: None });
    reader.found.extend(others);
    if reader.found.iter().any(|found| found.finding.is_error()) {
        return Err(reader.found);
    }
    let rows = trips.iter_mut().map(|trip| std::mem::take(&mut trip.rows)).collect();
    let trips = trips.into_iter().map(Tour::trip).collect();
    Ok(Rides { sheet: table.sheet, rows, trips, found: reader.found })
}

/// The trips of a sheet.
pub(crate) struct Rides {
    /// The number of the sheet.
    pub(crate) sheet: usize,
    pub(crate) trips: Vec<Trip>,
    /// The rows of each trip, from 0.
    pub(crate) rows: Vec<Vec<u32>>,
    /// Warnings.
    pub(crate) found: Vec<Found>,
}

/// A trip, with whom it carries for which request.
struct Tour<'p> {
    driver: &'p str,
    slot: &'p str,
    chaperone: Option<&'p str>,
    rides: Vec<(&'p Request, &'p FamilyId)>,
    rows: Vec<u32>,
}

impl Tour<'_> {
    /// The trip as the document has it. Of a joint request the stops tell who rides: where some of its families are
    /// left for another car, the trip has the pick-ups of all whom it carries, without times.
    fn trip(self) -> Trip {
        let Self { driver, slot, chaperone, rides, rows: _ } = self;
        let mut requests = Vec::new();
        for (n, (request, family)) in rides.iter().enumerate() {
            let before = rides.get(..n).unwrap_or_default();
            // A family that stands there twice is for whoever holds the rules against the rota.
            let twice = before.contains(&(*request, *family));
            if twice || !before.iter().any(|(other, _)| other.id == request.id) {
                requests.push(request.id.clone());
            }
        }
        let carries =
            |request: &Request, family: &FamilyId| rides.iter().any(|(r, f)| r.id == request.id && **f == *family);
        let whole = |request: &Request| request.families.iter().all(|family| carries(request, family));
        let is_split = rides.iter().any(|(request, _)| !whole(request));
        let pickups = rides.iter().filter(|_| is_split).map(|(_, family)| Stop::new(StopKind::Pickup, family.place()));
        let mut trip = Trip::new(driver, slot, requests);
        trip.chaperone = chaperone.map(Into::into);
        trip.stops = pickups.collect();
        trip
    }
}

/// The ids that a column may hold.
struct Known<'p> {
    noun: &'static str,
    ids: BTreeSet<&'p str>,
    /// The same where they are those of slots.
    slots: Option<Slots>,
}

impl<'p> Known<'p> {
    fn of(noun: &'static str, ids: impl Iterator<Item = &'p str>) -> Self {
        let ids: BTreeSet<&str> = ids.collect();
        let slots = (noun == "slot").then(|| Slots::of(ids.iter().copied()));
        Self { noun, ids, slots }
    }

    /// The id that is meant: of slots, the only one that differs in capitals alone.
    fn meant(&self, text: &str) -> Option<&'p str> {
        let text = self.slots.as_ref().and_then(|slots| slots.meant(text)).unwrap_or(text);
        self.ids.get(text).copied()
    }
}

impl Reader<'_> {
    /// Finds names that are not those of the ids beside them: one of the two was typed over, and which is meant nobody
    /// knows. Where no name in the column is as the problem has it, names come from elsewhere, and only one that is
    /// somebody else's is told of.
    fn names_agree(&mut self, table: &Table<'_>, column: &'static str, listed: &Listed) {
        let name_column = format!("{column} name");
        let text = |row: &Row, column: &str| table.cell(row, column).and_then(|cell| value::text(cell).ok());
        let pairs = table.rows.iter().filter_map(|row| Some((*row, text(row, column)?, text(row, &name_column)?)));
        let pairs: Vec<(&Row, String, String)> = pairs.filter(|(_, id, _)| listed.has(id)).collect();
        let some_agree = pairs.iter().any(|(_, id, name)| listed.is_called(id, name));
        for (row, id, name) in &pairs {
            let others = listed.called(name);
            let own = listed.names_of(id).next();
            if others.contains(id.as_str()) || others.is_empty() && (own.is_none() || !some_agree) {
                continue;
            }
            let message = format!("The {column} of this row is {id}, and the name beside it is {name}.");
            let others: Vec<&str> = others.into_iter().collect();
            let remedy = match others.as_slice() {
                [other] => {
                    format!("If {name} is meant, give the id {other} in the column {column}. If not, correct the name.")
                }
                _ => format!("Correct the name, or the id in the column {column}."),
            };
            let finding = Finding::error(Code::FieldConflict, "", message, remedy).with_value(name);
            let finding = own.into_iter().fold(finding, |finding, own| finding.naming(id, own));
            self.report(table.at(row, &name_column), finding);
        }
    }

    /// Finds a family's name beside a request that is another family's.
    fn name_of_request(&mut self, table: &Table<'_>, row: &Row, request: &Request, families: &Listed) {
        let Some(Ok(name)) = table.cell(row, "family name").map(value::text) else { return };
        let others = families.called(&name);
        if others.is_empty() || request.families.iter().any(|family| others.contains(family.as_str())) {
            return;
        }
        let all: Vec<_> = request.families.iter().map(FamilyId::as_str).collect();
        let message =
            format!("Request {} belongs to {}, and the name beside it is {name}.", request.id, all.join(" and "));
        let remedy = "Correct the name, or the request.";
        let finding = Finding::error(Code::FieldConflict, "", message, remedy).with_value(&name);
        let called = all.iter().filter_map(|id| Some((*id, families.names_of(id).next()?)));
        let finding = called.fold(finding, |finding, (id, name)| finding.naming(id, name));
        self.report(table.at(row, "family name"), finding);
    }

    /// The id that a cell names, which must be there.
    fn must_name<'p>(&mut self, table: &Table<'_>, row: &Row, column: &str, known: &Known<'p>) -> Option<&'p str> {
        if table.cell(row, column).is_none() && table.column(column).is_some() {
            self.missing(table.at(row, column), column, &format!("the id of a {}.", known.noun));
        }
        self.named(table, row, column, known)
    }

    /// The id that a cell names, if it is not empty.
    fn named<'p>(&mut self, table: &Table<'_>, row: &Row, column: &str, known: &Known<'p>) -> Option<&'p str> {
        let at = table.at(row, column);
        match table.cell(row, column).map(value::text) {
            None => None,
            Some(Err(fault)) => {
                self.fault(at, fault);
                None
            }
            Some(Ok(text)) => {
                let id = known.meant(&text);
                if id.is_none() {
                    let mut fault = self.unknown(known.noun, &text, known.ids.iter().copied());
                    if !fault.remedy.starts_with("Did") {
                        fault.remedy = format!("Give the id of a {} in the problem.", known.noun);
                    }
                    self.fault(at, fault);
                }
                id
            }
        }
    }

    /// Finds a family that is not the one whose request the row gives.
    fn same_family(&mut self, table: &Table<'_>, row: &Row, request: &Request, family: Option<&str>) {
        if let Some(family) = family
            && !request.families.iter().any(|asking| asking.as_str() == family)
        {
            let all: Vec<_> = request.families.iter().map(FamilyId::as_str).collect();
            let message =
                format!("Request {} belongs to {}, but this row gives {family}.", request.id, all.join(" and "));
            let remedy = format!("Give {}, or a request of {family}, or leave one of the two empty.", all.join(" or "));
            self.fault(table.at(row, "family"), Fault::new(Code::FieldConflict, message, remedy));
        }
    }

    /// The request of a family that is taken to a slot: the one that asks for it, or the only one there is.
    fn of_family<'p>(
        &mut self,
        table: &Table<'_>,
        row: &Row,
        requests: &HashMap<&str, Vec<&'p Request>>,
        family: Option<&str>,
        slot: &str,
    ) -> Option<&'p Request> {
        let Some(family) = family else {
            let named = ["request", "family"].iter().any(|column| table.cell(row, column).is_some());
            if !named {
                self.missing(table.at(row, "request"), "request", "whom this row is about, or the family.");
            }
            return None;
        };
        let all = requests.get(family).map(Vec::as_slice).unwrap_or_default();
        let asks = |request: &&&'p Request| request.options.iter().any(|option| option.slot.as_str() == slot);
        let asking: Vec<&&'p Request> = all.iter().filter(asks).collect();
        match (asking.as_slice(), all) {
            ([request], _) => Some(request),
            ([], [request]) => Some(request),
            _ => {
                let message = match all.len() {
                    0 => format!("{family} has no request."),
                    many => format!("{family} has {many} requests, and which is meant this row does not say."),
                };
                let ids: Vec<&str> = all.iter().map(|request| request.id.as_str()).collect();
                let remedy = if ids.is_empty() {
                    "Delete the row, or add the request to the problem.".to_owned()
                } else {
                    format!("Give the request in a column request: {}.", ids.join(" or "))
                };
                self.fault(table.at(row, "family"), Fault::new(Code::FieldConflict, message, remedy));
                None
            }
        }
    }
}
