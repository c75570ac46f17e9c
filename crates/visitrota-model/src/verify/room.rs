//! Whether the prison admits each visit, and the car holds them all (§4.4 and §4.5).

use std::collections::BTreeSet;

use super::clause::Clause;
use super::facts::{Facts, child_only, whole};
use super::party::Party;
use super::report::Report;
use crate::problem::{Member, Restraint};

pub(super) fn check(facts: &Facts, party: &Party, report: &mut Report) {
    visitors(facts, party, report);
    car(party, report);
}

/// §4.4: the prison's caps on each request, over all its families, whoever drives them.
fn visitors(facts: &Facts, party: &Party, report: &mut Report) {
    let Some(prison) = party.prison else { return };
    let mut told = BTreeSet::new();
    for request in party.requests.iter().filter(|request| told.insert(request.id.as_str())) {
        let families: Vec<_> =
            request.families.iter().filter_map(|id| facts.families.get(id.as_str()).copied()).collect();
        let who = match request.families.as_slice() {
            [only] => format!("family {only}"),
            _ => format!("request {}", request.id),
        };
        let escorts = families.iter().filter(|family| child_only(family)).count();
        let with = match escorts {
            0 => "",
            1 => ", the adult who goes in with them included",
            _ => ", the adults who go in with them included",
        };
        let members = || families.iter().flat_map(|family| &family.members);
        let visitors = members().count() + escorts;
        if whole(visitors) > whole(prison.max_visitors) {
            let (id, most) = (&prison.id, prison.max_visitors);
            let message = format!("{who} is {visitors} visitors{with}; {id} admits {most} at most");
            report.add(Clause::TooManyVisitors, message);
        }
        let adults = members().filter(|member| member.age >= prison.adult_age).count() + escorts;
        if whole(adults) > whole(prison.max_adults) {
            let (id, most) = (&prison.id, prison.max_adults);
            let message = format!("{who} is {adults} adults{with}; {id} admits {most} at most");
            report.add(Clause::TooManyAdults, message);
        }
    }
}

/// §4.5: seats, wheelchair spaces and restraints.
fn car(party: &Party, report: &mut Report) {
    let Some((driver, car)) = party.driver.and_then(|driver| Some((&driver.id, driver.car?))) else { return };
    let members = || party.families.iter().flat_map(|family| &family.members);
    let seated = members().filter(|member| !member.wheelchair).count() + usize::from(party.trip.chaperone.is_some());
    if whole(seated) > whole(car.seats) {
        let message = format!("{seated} people need a seat besides {driver}'s; the car has {}", car.seats);
        report.add(Clause::Seats, message);
    }
    let wheelchairs = members().filter(|member| member.wheelchair).count();
    if whole(wheelchairs) > whole(car.wheelchair) {
        let message = format!("{wheelchairs} ride in a wheelchair; {driver}'s car has spaces for {}", car.wheelchair);
        report.add(Clause::WheelchairSpaces, message);
    }
    let kinds = [
        (Restraint::Infant, "infant", car.infant),
        (Restraint::Harness, "harness", car.harness),
        (Restraint::Booster, "booster", car.booster),
    ];
    for (kind, name, carried) in kinds {
        let needed = members().filter(|member| !member.own_restraint && restraint(member) == kind).count();
        if whole(needed) > whole(carried) {
            let message = format!("{needed} need a child seat ({name}); {driver}'s car has {carried}");
            report.add(Clause::Restraints, message);
        }
    }
}

/// §1, `members[]`: the restraint a member needs, the one given or else the one for their age.
fn restraint(member: &Member) -> Restraint {
    match member.restraint {
        Some(given) => given,
        None if member.age < 2 => Restraint::Infant,
        None if member.age < 4 => Restraint::Harness,
        None if member.age < 12 => Restraint::Booster,
        None => Restraint::None,
    }
}
