//! The rota as tables: trips, rides, unmet visits, mileage, claims and the summary; a workbook of them, and CSV.

mod cause;
mod cells;
mod claim;
mod summary;

use serde_json::{Map, Value};
use visitrota_model::{MeetingPlace, MeetingPoint, Unmet};

use crate::book::{Book, Load, Tour};
use crate::error::Error;
use crate::mileage::{self, Claim};
use crate::miles::Tenths;
use crate::name::FileNames;
use crate::out_file::OutFile;
use crate::table::{self, Cell, Table};
use crate::words;
use cause::Cause;
use cells::{people, person, title};

/// The workbook, each of its sheets as CSV, a claim for each driver, the rates, and what the next week's
/// claims begin with.
pub(crate) fn files(book: &Book) -> Result<Vec<OutFile>, Error> {
    let claims = mileage::claims(book)?;
    let tables = all(book, &claims);
    let mut names = FileNames::default();
    let bytes = table::workbook(&tables.each_ref(), book.made())?;
    let mut files = vec![OutFile { name: "rota.xlsx".to_owned(), bytes }];
    for table in tables.iter().chain([&claim::so_far(book, &claims), &claim::rates(book)]) {
        let stem = format!("tables/{}", table.name.to_lowercase().replace(' ', "-"));
        // Excel takes CSV for UTF-8 only where it begins so.
        let bytes = visitrota_csv::file(&table::csv(table));
        files.push(OutFile { name: names.give(&stem, &[], "csv"), bytes });
    }
    for (driver, claims) in claim::by_driver(&claims) {
        let bytes = table::workbook(&[&claim::claim(book, driver, &claims)], book.made())?;
        files.push(OutFile { name: names.give("claims/claim", &[driver.id.as_str()], "xlsx"), bytes });
    }
    Ok(files)
}

/// The rides of a rota as CSV, for programs: a row for each family of each visit that is met.
#[must_use]
pub fn csv(book: &Book) -> String {
    table::csv(&rides(book))
}

/// Every table of a rota as JSON, for programs.
///
/// # Errors
/// [`Error::Rates`] if there is no rate on the date of a trip.
pub fn json(book: &Book) -> Result<Value, Error> {
    let tables = all(book, &mileage::claims(book)?);
    let named = |table: &Table| (table.name.to_lowercase(), table::json(table));
    Ok(Value::Object(tables.iter().map(named).collect::<Map<_, _>>()))
}

fn all(book: &Book, claims: &[Claim]) -> [Table; 6] {
    [
        trips(book),
        rides(book),
        unmet(book),
        claim::mileage(book, claims),
        claim::claims(book, claims),
        summary::table(book, claims),
    ]
}

fn trips(book: &Book) -> Table {
    let mut table = Table::new(
        "Trips",
        &[
            "Trip",
            "Date",
            "Driver",
            "Driver name",
            "Chaperone",
            "Chaperone name",
            "Slot",
            "Prison",
            "Prison name",
            "Leaves",
            "At gate",
            "Visit from",
            "Visit to",
            "Home",
            "Families",
            "Children",
            "Adults",
            "Infant seats",
            "Harness seats",
            "Boosters",
            "Wheelchairs",
            "Driving (min)",
            "Breaks (min)",
            "Miles",
            "Metres",
            "Locked",
        ],
    );
    table.title = title(book, "Trips");
    table.rows.extend(book.tours().iter().map(|tour| {
        let Load { adults, wheelchairs, infant, harness, booster, .. } = tour.load();
        let mut row = head(book, tour);
        row.extend(destination(book, tour));
        row.extend([
            Cell::Time(tour.leaves()),
            gate(tour),
            Cell::Time(tour.slot.start),
            Cell::Time(tour.slot.end),
            Cell::Time(tour.back()),
            Cell::count(tour.rides.len()),
        ]);
        let load = [tour.load().children(), adults, infant, harness, booster, wheelchairs];
        row.extend(load.map(Cell::from));
        row.extend([tour.trip.drive_min, tour.pauses()].map(Cell::from));
        row.extend([Cell::Miles(Tenths::of_metres(tour.trip.metres)), Cell::Number(tour.trip.metres)]);
        row.push(if tour.locked { Cell::text("yes") } else { Cell::Empty });
        row
    }));
    table
}

fn rides(book: &Book) -> Table {
    let mut table = Table::new(
        "Rides",
        &[
            "Trip",
            "Date",
            "Driver",
            "Driver name",
            "Chaperone",
            "Chaperone name",
            "Request",
            "Family",
            "Family name",
            "Slot",
            "Prison",
            "Prison name",
            "Picked up",
            "Picked up at",
            "Picked up at name",
            "At gate",
            "Visit from",
            "Visit to",
            "Home",
            "Brought back to",
            "Brought back to name",
            "Children",
            "Adults",
            "Infant seats",
            "Harness seats",
            "Boosters",
            "Own seats",
            "Wheelchairs",
        ],
    );
    table.title = title(book, "Rides");
    for tour in book.tours() {
        table.rows.extend(tour.rides.iter().map(|ride| {
            let load = Load::of(ride.family);
            let mut row = head(book, tour);
            row.push(Cell::text(&ride.request.id));
            row.extend(person(book.who(ride.family.id.as_str())));
            row.extend(destination(book, tour));
            row.push(Cell::Time(ride.pickup));
            row.extend(met(book, ride.from));
            row.extend([gate(tour), Cell::Time(tour.slot.start), Cell::Time(tour.slot.end), Cell::Time(ride.home)]);
            row.extend(met(book, ride.to));
            let Load { adults, wheelchairs, infant, harness, booster, own, .. } = load;
            row.extend([load.children(), adults, infant, harness, booster, own, wheelchairs].map(Cell::from));
            row
        }));
    }
    table
}

fn unmet(book: &Book) -> Table {
    let headings = [
        "Request",
        "Family",
        "Family name",
        "Children",
        "Adults",
        "Weeks waiting",
        "Slots asked for",
        "Reason",
        "Details",
    ];
    let mut table = Table::new("Unmet", &headings);
    table.title = title(book, "Visits that cannot be met");
    table.rows.extend(book.unmet().iter().map(|(request, unmet)| {
        let families = || request.families.iter().filter_map(|family| book.family(family));
        let load = families().map(Load::of).fold(Load::default(), Load::and);
        let who: Vec<_> = request.families.iter().map(|family| book.who(family.as_str())).collect();
        let slots: Vec<_> = request.options.iter().map(|option| option.slot.as_str()).collect();
        let mut row = vec![Cell::text(&request.id)];
        row.extend(people(&who));
        row.extend([load.children(), load.adults, request.weeks_waiting].map(Cell::from));
        row.extend([
            Cell::text(slots.join(" ")),
            Cell::text(Cause::of(unmet).told()),
            Cell::text(details(book, unmet)),
        ]);
        row
    }));
    table
}

/// The trip, its date and who goes.
fn head(book: &Book, tour: &Tour) -> Vec<Cell> {
    let mut row = vec![Cell::count(tour.number), Cell::Date(tour.date())];
    row.extend(person(book.who(tour.driver.id.as_str())));
    row.extend(tour.chaperone.map_or([Cell::Empty, Cell::Empty], |who| person(book.who(who.id.as_str()))));
    row
}

/// Slot and prison.
fn destination(book: &Book, tour: &Tour) -> [Cell; 3] {
    let [id, name] = person(book.where_to(tour.prison));
    [Cell::text(&tour.slot.id), id, name]
}

/// Where a family is met: at home, or at a meeting point.
fn met<'a>(book: &Book<'a>, point: Option<&'a MeetingPoint>) -> [Cell; 2] {
    let home = [Cell::text(MeetingPlace::HOME), Cell::Empty];
    point.map_or(home, |point| person(book.who(point.id.as_str())))
}

fn gate(tour: &Tour) -> Cell {
    tour.gate().map_or(Cell::Empty, |gate| Cell::Time(gate.arrive))
}

/// Everything that stands in the way.
fn details(book: &Book, unmet: &Unmet) -> String {
    let words::Why { mut sentences, rules_head, rules } = words::why(&unmet.reasons, book.rota().status);
    if !rules.is_empty() {
        let rule = |(times, rule): &(Option<u32>, String)| match times {
            Some(times) => format!("{times} × {rule}"),
            None => rule.clone(),
        };
        let rules: Vec<_> = rules.iter().map(rule).collect();
        sentences.push(format!("{rules_head} {}.", rules.join("; ")));
    }
    sentences.join(" ")
}
