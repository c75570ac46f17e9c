//! Mileage: the lines of every claim, what each volunteer may claim, and a claim to hand in.

use std::collections::BTreeMap;

use visitrota_model::{Volunteer, VolunteerId};

use super::cells::{person, title};
use crate::book::Book;
use crate::mileage::{self, Claim, Line};
use crate::table::{Cell, Table};

const LINE: [&str; 14] = [
    "Trip",
    "Date",
    "Tax year",
    "Miles",
    "Miles at first rate",
    "First rate (p)",
    "Miles at later rate",
    "Later rate (p)",
    "Passengers",
    "Passenger miles",
    "Passenger rate (p)",
    "Amount (£)",
    "Miles in tax year",
    "Purpose",
];

/// Where the amount stands in a line.
const AMOUNT: usize = 11;

/// Every line of every claim.
pub(super) fn mileage(book: &Book, claims: &[Claim]) -> Table {
    let mut headings = vec!["Driver", "Driver name"];
    headings.extend(LINE);
    let mut table = Table::new("Mileage", &headings);
    table.title = title(book, "Mileage");
    for claim in claims {
        table.rows.extend(claim.lines.iter().map(|line| {
            let mut row = person(book.who(claim.driver.id.as_str())).to_vec();
            row.extend(cells(line));
            row
        }));
    }
    table
}

/// What each volunteer may claim.
pub(super) fn claims(book: &Book, claims: &[Claim]) -> Table {
    let headings =
        ["Driver", "Driver name", "Tax year", "Trips", "Miles", "Passenger miles", "Amount (£)", "Miles in tax year"];
    let mut table = Table::new("Claims", &headings);
    table.title = title(book, "Mileage claims");
    table.rows.extend(claims.iter().map(|claim| {
        let mut row = person(book.who(claim.driver.id.as_str())).to_vec();
        row.extend([
            Cell::text(claim.tax_year),
            Cell::count(claim.lines.len()),
            Cell::Miles(claim.miles()),
            Cell::Miles(claim.passenger_miles()),
            Cell::Money(claim.pence()),
            Cell::Miles(claim.total()),
        ]);
        row
    }));
    table
}

/// The claims of each driver, in order of their ids.
pub(super) fn by_driver<'c, 'b, 'a>(
    claims: &'c [Claim<'b, 'a>],
) -> impl Iterator<Item = (&'a Volunteer, Vec<&'c Claim<'b, 'a>>)> {
    let mut of: BTreeMap<&VolunteerId, (&'a Volunteer, Vec<&'c Claim<'b, 'a>>)> = BTreeMap::new();
    for claim in claims {
        of.entry(&claim.driver.id).or_insert((claim.driver, Vec::new())).1.push(claim);
    }
    of.into_values()
}

/// A driver's claim, to be printed and handed in. It says nothing of anybody else.
pub(super) fn claim<'a>(book: &Book<'a>, driver: &'a Volunteer, claims: &[&Claim]) -> Table {
    let mut table = Table::new("Claim", &LINE);
    table.title = title(book, &format!("Mileage claim of {}", book.who(driver.id.as_str())));
    table.rows.extend(claims.iter().flat_map(|claim| &claim.lines).map(|line| cells(line).to_vec()));
    let pence = claims.iter().map(|claim| claim.pence()).fold(0, u64::saturating_add);
    let mut total = [const { Cell::Empty }; LINE.len()];
    total[0] = Cell::text("Total");
    total[AMOUNT] = Cell::Money(pence);
    table.total = Some(total.to_vec());
    table
}

/// What everybody has claimed after this week: the next one's file of miles.
pub(super) fn so_far(book: &Book, claims: &[Claim]) -> Table {
    let mut table = Table::new("Miles so far", &["Id", "Miles"]);
    let miles = mileage::so_far(book, claims);
    table.rows.extend(miles.into_iter().map(|(id, miles)| vec![Cell::text(id), Cell::Miles(miles)]));
    table
}

/// The rates, to be looked up or edited: `Rates` reads them again.
pub(super) fn rates(book: &Book) -> Table {
    let headings = ["From", "First miles", "First rate", "Later rate", "Passenger rate"];
    let mut table = Table::new("Rates", &headings);
    table.rows.extend(book.rates().iter().map(|rate| {
        let mut row = vec![Cell::Date(rate.from), Cell::from(rate.first_miles)];
        row.extend([rate.first, rate.later, rate.passenger].map(Cell::Rate));
        row
    }));
    table
}

fn cells(line: &Line) -> [Cell; LINE.len()] {
    [
        Cell::count(line.tour.number),
        Cell::Date(line.tour.date()),
        Cell::text(line.tax_year),
        Cell::Miles(line.miles()),
        Cell::Miles(line.first),
        Cell::Rate(line.rate.first),
        Cell::Miles(line.later),
        Cell::Rate(line.rate.later),
        Cell::from(line.passengers),
        Cell::Miles(line.passenger_miles),
        Cell::Rate(line.rate.passenger),
        Cell::Money(line.pence),
        Cell::Miles(line.total),
        Cell::text("Volunteer driving"),
    ]
}
