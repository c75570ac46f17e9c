//! The summary that a funder asks for: numbers alone, nobody's name.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Reason, Rule};

use super::cause::Cause;
use super::cells::title;
use crate::book::{Book, Host, Load, Tour};
use crate::mileage::Claim;
use crate::miles::Tenths;
use crate::table::{Cell, Table};

/// The summary: what is measured, and how much of it.
pub(super) fn table(book: &Book, claims: &[Claim]) -> Table {
    let mut table = Table::new("Summary", &["What", "How much"]);
    table.title = title(book, "Summary");
    let mut add = |what: &str, cell: Cell| table.rows.push(vec![Cell::text(what), cell]);
    let week = book.problem().week;
    add("Week from", Cell::Date(week.from));
    add("Week to", Cell::Date(week.to));

    let rides = || book.tours().iter().flat_map(|tour| &tour.rides);
    add("Visits asked for", Cell::count(book.met() + book.unmet().len()));
    add("Visits in the rota", Cell::count(book.met()));
    add("Visits not met", Cell::count(book.unmet().len()));
    let each = rides().map(|ride| Load::of(ride.family));
    let (children, adults) = each.fold((0, 0), |(children, adults), load| {
        (children + u64::from(load.children()), adults + u64::from(load.adults))
    });
    let families: BTreeMap<_, _> = rides().map(|ride| (&ride.family.id, ride.family)).collect();
    let different = families.values().map(|family| u64::from(Load::of(family).children())).sum();
    add("Families", Cell::count(families.len()));
    add("Children", Cell::Number(different));
    add("Children's visits", Cell::Number(children));
    add("Adults' visits", Cell::Number(adults));

    add("Trips", Cell::count(book.tours().len()));
    let volunteers: BTreeSet<_> = book.tours().iter().flat_map(Tour::volunteers).map(|who| &who.id).collect();
    add("Volunteers", Cell::count(volunteers.len()));
    let minutes = book.tours().iter().map(|tour| given(book, tour)).fold(0, u64::saturating_add);
    add("Volunteer hours", Cell::Hours(minutes));
    // The sum of the miles that are claimed, so that the two agree.
    let miles = claims.iter().map(|claim| claim.miles().0).fold(0, u64::saturating_add);
    add("Miles", Cell::Miles(Tenths(miles)));
    let pence = claims.iter().map(Claim::pence).fold(0, u64::saturating_add);
    add("Mileage claims (£)", Cell::Money(pence));

    for cause in Cause::ALL {
        let number = book.unmet().iter().filter(|(_, unmet)| Cause::of(unmet) == cause).count();
        add(&format!("Not met: {}", cause.told()), Cell::count(number));
    }
    for (rule, number) in rules(book) {
        add(&format!("Visits stopped by: {rule}"), Cell::count(number));
    }
    table
}

/// The minutes that volunteers give to a trip: the driver from home to home, the chaperone too.
fn given(book: &Book, tour: &Tour) -> u64 {
    let zone = book.problem().timezone;
    let between = |from, to| {
        let minutes = zone.instant(to).0.saturating_sub(zone.instant(from).0);
        u64::try_from(minutes).unwrap_or_default()
    };
    let along: Vec<_> = tour.calls.iter().filter(|call| matches!(call.host, Host::Chaperone(_))).collect();
    let along = along.first().zip(along.last()).map(|(first, last)| between(first.arrive, last.arrive));
    between(tour.leaves(), tour.back()).saturating_add(along.unwrap_or_default())
}

/// In the way of how many visits each rule stands.
fn rules(book: &Book) -> BTreeMap<Rule, usize> {
    let mut rules = BTreeMap::new();
    for (_, unmet) in book.unmet() {
        let of = |reason: &Reason| match reason {
            Reason::Blocked { rule, .. } => Some(*rule),
            Reason::CostsTooMuch | Reason::LostToCompetition { .. } => None,
        };
        for rule in unmet.reasons.iter().filter_map(of).collect::<BTreeSet<_>>() {
            *rules.entry(rule).or_default() += 1;
        }
    }
    rules
}
