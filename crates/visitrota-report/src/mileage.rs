//! Mileage claims: what a volunteer may claim for the miles of a rota, as the table of rates has it.
//!
//! Whole numbers throughout, and each is rounded once, to the nearest, halves up: a trip's metres to tenths of a mile
//! (1 mile = 1,609.344 m); a line's amount, all its parts together, to a penny. What can be read on a claim can be
//! added up by hand: miles are those printed, and a total is the sum of the lines above it.
//!
//! The rate is that of the date of the visit. The first rate holds for the first miles of a tax year (6 April to 5
//! April), those before the rota included; a line that crosses the limit is split. A passenger's miles are those with
//! them aboard, the chaperone's too.

use std::collections::BTreeMap;
use std::fmt;

use visitrota_model::{Code, Date, Finding, StopKind, Volunteer, VolunteerId};

use crate::book::{Book, Host, Load, Tour};
use crate::error::Error;
use crate::miles::Tenths;
use crate::rates::Rate;

/// A tax year, by the year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaxYear(u32);

impl TaxYear {
    /// That of a date: it begins on 6 April.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let year = date.year();
        let begun = Date::new(year, 4, 6).is_some_and(|first| date >= first);
        Self(if begun { year } else { year.saturating_sub(1) })
    }
}

impl fmt::Display for TaxYear {
    /// `2026-27`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{:02}", self.0, (self.0 + 1) % 100))
    }
}

/// A trip on its driver's claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'b, 'a> {
    pub(crate) tour: &'b Tour<'a>,
    pub(crate) tax_year: TaxYear,
    pub(crate) rate: Rate,
    /// Miles at the first rate.
    pub(crate) first: Tenths,
    /// Miles at the later rate.
    pub(crate) later: Tenths,
    pub(crate) passengers: u32,
    pub(crate) passenger_miles: Tenths,
    /// What may be claimed, in pence.
    pub(crate) pence: u64,
    /// The driver's miles in the tax year, these included.
    pub(crate) total: Tenths,
}

impl Line<'_, '_> {
    pub(crate) fn miles(&self) -> Tenths {
        self.first.and(self.later)
    }
}

/// What a volunteer may claim for the trips of a tax year.
#[derive(Clone, Debug)]
pub(crate) struct Claim<'b, 'a> {
    pub(crate) driver: &'a Volunteer,
    pub(crate) tax_year: TaxYear,
    /// In order of time.
    pub(crate) lines: Vec<Line<'b, 'a>>,
}

impl Claim<'_, '_> {
    pub(crate) fn miles(&self) -> Tenths {
        self.lines.iter().map(Line::miles).fold(Tenths(0), Tenths::and)
    }

    pub(crate) fn passenger_miles(&self) -> Tenths {
        self.lines.iter().map(|line| line.passenger_miles).fold(Tenths(0), Tenths::and)
    }

    pub(crate) fn pence(&self) -> u64 {
        self.lines.iter().map(|line| line.pence).fold(0, u64::saturating_add)
    }

    /// The driver's miles in the tax year, these included.
    pub(crate) fn total(&self) -> Tenths {
        self.lines.last().map(|line| line.total).unwrap_or_default()
    }
}

/// The claims of a rota, by driver and tax year.
pub(crate) fn claims<'b, 'a>(book: &'b Book<'a>) -> Result<Vec<Claim<'b, 'a>>, Error> {
    let begins = TaxYear::of(book.problem().week.from);
    let mut tours: Vec<_> = book.tours().iter().collect();
    tours.sort_by_key(|tour| (tour.leaves(), tour.number));
    let mut claims: BTreeMap<(&VolunteerId, TaxYear), Claim> = BTreeMap::new();
    let mut missing: Option<Date> = None;
    for tour in tours {
        let Some(rate) = book.rates().on(tour.date()) else {
            missing = Some(missing.map_or(tour.date(), |date| date.min(tour.date())));
            continue;
        };
        let (driver, tax_year) = (tour.driver, TaxYear::of(tour.date()));
        let before = if tax_year == begins { book.miles_so_far().of(&driver.id) } else { Tenths(0) };
        let claim = Claim { driver, tax_year, lines: Vec::new() };
        let claim = claims.entry((&driver.id, tax_year)).or_insert(claim);
        let before = claim.lines.last().map_or(before, |line| line.total);
        claim.lines.push(line(tour, tax_year, rate, before));
    }
    let Some(date) = missing else { return Ok(claims.into_values().collect()) };
    let message = format!("There is no rate for {date}: the table starts later.");
    Err(Error::Rates(vec![Finding::error(Code::MissingField, "", message, "Add a row for that date.")]))
}

fn line<'b, 'a>(tour: &'b Tour<'a>, tax_year: TaxYear, rate: Rate, before: Tenths) -> Line<'b, 'a> {
    let miles = Tenths::of_metres(tour.trip.metres);
    let left = Tenths(u64::from(rate.first_miles) * 10).less(before);
    let first = miles.min(left);
    let later = miles.less(first);
    let (passengers, metres) = aboard(tour);
    let passenger_miles = Tenths::of_metres(metres);
    let parts = [(first, rate.first), (later, rate.later), (passenger_miles, rate.passenger)];
    // Tenths of miles times hundredths of pence: thousandths of a penny, exactly.
    let exact = parts.into_iter().map(|(miles, pence)| u128::from(miles.0) * u128::from(pence.0)).sum::<u128>();
    let pence = u64::try_from((exact + 500) / 1_000).unwrap_or(u64::MAX);
    Line { tour, tax_year, rate, first, later, passengers, passenger_miles, pence, total: before.and(miles) }
}

/// How many ride, and how far, all their metres together.
fn aboard(tour: &Tour) -> (u32, u64) {
    let (mut most, mut now, mut metres) = (0, 0_u32, 0_u64);
    for call in &tour.calls {
        let driven = call.drive.map(|drive| u64::from(drive.metres)).unwrap_or_default();
        metres = metres.saturating_add(driven.saturating_mul(now.into()));
        let people = match call.host {
            Host::Family(family, _) => Load::of(family).people,
            Host::Chaperone(_) => 1,
            Host::Driver(_) | Host::Prison(_) => 0,
        };
        now = match call.kind {
            StopKind::Pickup => now.saturating_add(people),
            StopKind::Dropoff => now.saturating_sub(people),
            StopKind::Leave | StopKind::Gate | StopKind::Home => now,
        };
        most = most.max(now);
    }
    (most, metres)
}

/// Everybody's miles after the rota, in the tax year in which the week ends, by id: what the next week begins with.
pub(crate) fn so_far(book: &Book, claims: &[Claim]) -> BTreeMap<String, Tenths> {
    let week = book.problem().week;
    let (begins, ends) = (TaxYear::of(week.from), TaxYear::of(week.to));
    let mut miles = BTreeMap::new();
    if begins == ends {
        miles.extend(book.miles_so_far().all().map(|(id, miles)| (id.to_owned(), miles)));
    }
    let new = claims.iter().filter(|claim| claim.tax_year == ends);
    miles.extend(new.map(|claim| (claim.driver.id.to_string(), claim.total())));
    miles
}

#[cfg(test)]
mod tests;
