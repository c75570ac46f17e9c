//! Who rides with whom, what they must hold, and who goes with children (§4.1 to §4.3).

use std::collections::BTreeSet;

use super::clause::Clause;
use super::facts::{Facts, child_only, whole};
use super::party::{Party, Ride};
use super::report::Report;
use crate::problem::{ChildrenAlone, Hold, Role};
use crate::time::Date;

pub(super) fn check(facts: &Facts, party: &Party, report: &mut Report) {
    who(facts, party, report);
    permissions(facts, party, report);
    children_alone(facts, party, report);
}

/// §4.1: who drives, who rides, and who never rides with whom.
fn who(facts: &Facts, party: &Party, report: &mut Report) {
    let trip = party.trip;
    if trip.requests.is_empty() {
        report.add(Clause::CarriesNobody, "the trip serves no request");
    }
    if let Some(driver) = party.driver {
        if !driver.roles.contains(&Role::Driver) {
            report.add(Clause::NotADriver, format!("{} does not drive", driver.id));
        }
        if driver.car.is_none() {
            report.add(Clause::NotADriver, format!("{} has no car", driver.id));
        }
        if whole(party.rides.len()) > whole(driver.max_families) {
            let (id, most, count) = (&driver.id, driver.max_families, party.rides.len());
            let families = if most == 1 { "family" } else { "families" };
            let message = format!("{id} takes {most} {families} at most, and the trip has {count}");
            report.add(Clause::TooManyFamilies, message);
        }
    }
    let carried: BTreeSet<_> = party.rides.iter().map(|ride| ride.request.id.as_str()).collect();
    for request in &party.requests {
        let (id, families) = (&request.id, named(request.families.iter().map(|id| id.as_str())));
        if !request.options.iter().any(|option| option.slot == trip.slot) {
            let message = format!("request {id} of {families} does not ask for slot {}", trip.slot);
            report.add(Clause::SlotNotAsked, message);
        }
        if !carried.contains(id.as_str()) {
            report.add(Clause::CarriesNobody, format!("the trip carries nobody of request {id} of {families}"));
        }
    }
    let mut riding = BTreeSet::new();
    for Ride { family, .. } in &party.rides {
        if !riding.insert(family.id.as_str()) {
            report.add(Clause::FamilyTwice, format!("family {} is in the trip twice", family.id));
        }
    }
    riding.insert(trip.driver.as_str());
    riding.extend(trip.chaperone.as_ref().map(|id| id.as_str()));
    for (a, b) in &facts.never {
        if riding.contains(a) && riding.contains(b) {
            report.add(Clause::NeverTogether, format!("{a} and {b} are never in one trip"));
        }
    }
    if carried.len() > 1 {
        for family in party.families.iter().filter(|family| !family.shares_car) {
            report.add(Clause::SharesNoCar, format!("family {} does not share a car", family.id));
        }
    }
}

/// §4.2: what driver, chaperone and families must hold on the day.
fn permissions(facts: &Facts, party: &Party, report: &mut Report) {
    let (policy, Some(day)) = (&facts.problem.policy, party.day()) else { return };
    if let Some(driver) = party.driver {
        for what in each_once(&policy.driver_requires) {
            lack(driver.id.as_str(), &driver.holds, what, day, Clause::DriverLacks, "to drive", report);
        }
        for family in &party.families {
            let purpose = format!("to drive family {}", family.id);
            for what in each_once(&family.needs) {
                lack(driver.id.as_str(), &driver.holds, what, day, Clause::DriverLacks, &purpose, report);
            }
        }
    }
    if party.trip.chaperone.as_ref() == Some(&party.trip.driver) {
        let message = format!("{} drives, and cannot be the chaperone too", party.trip.driver);
        report.add(Clause::NotAChaperone, message);
    }
    if let Some(chaperone) = party.chaperone {
        if !chaperone.roles.contains(&Role::Chaperone) {
            report.add(Clause::NotAChaperone, format!("{} is no chaperone", chaperone.id));
        }
        for what in each_once(&policy.chaperone_requires) {
            lack(
                chaperone.id.as_str(),
                &chaperone.holds,
                what,
                day,
                Clause::ChaperoneLacks,
                "to be a chaperone",
                report,
            );
        }
    }
    let visitor_requires = party.prison.map_or(&[][..], |prison| &prison.visitor_requires);
    for family in &party.families {
        let who = format!("family {}", family.id);
        for what in each_once(policy.family_requires.iter().chain(visitor_requires)) {
            lack(&who, &family.holds, what, day, Clause::FamilyLacks, "to visit", report);
        }
    }
}

/// §4.3: whether child-only families are carried, who goes with them, and what those must hold.
fn children_alone(facts: &Facts, party: &Party, report: &mut Report) {
    let policy = &facts.problem.policy;
    let alone: Vec<_> = party.families.iter().filter(|family| child_only(family)).map(|f| f.id.as_str()).collect();
    let names = alone.join(", ");
    let chaperone = party.trip.chaperone.as_ref();
    if policy.children_alone == ChildrenAlone::Never && !alone.is_empty() {
        report.add(Clause::ChildrenAlone, format!("no adult of {names} rides, and children alone are not carried"));
    }
    let called_for = policy.children_alone == ChildrenAlone::Chaperone && !alone.is_empty();
    match chaperone {
        None if called_for => {
            report.add(Clause::NoChaperone, format!("no adult of {names} rides, and no chaperone either"));
        }
        Some(id) if !called_for => {
            report.add(Clause::NeedlessChaperone, format!("{id} rides as chaperone, and the trip calls for none"));
        }
        _ => {}
    }
    let adults = if chaperone.is_some() { 2 } else { 1 };
    let visits = party.rides.iter().filter(|ride| child_only(ride.family)).map(|ride| ride.request.id.as_str());
    let visits: BTreeSet<_> = visits.collect();
    if visits.len() > adults {
        let message = format!(
            "{names} take an adult of the scheme into each visit: {} are needed, and {adults} can go in",
            visits.len()
        );
        report.add(Clause::TooFewAdults, message);
    }
    let Some(day) = party.day().filter(|_| !alone.is_empty()) else { return };
    let escort_requires = party.prison.map_or(&[][..], |prison| &prison.escort_requires);
    let purpose = format!("to go with {names}");
    for volunteer in party.driver.into_iter().chain(party.chaperone) {
        for what in each_once(policy.child_only_requires.iter().chain(escort_requires)) {
            lack(volunteer.id.as_str(), &volunteer.holds, what, day, Clause::EscortLacks, &purpose, report);
        }
    }
}

/// What a list asks for; a list may say it twice.
fn each_once<'a>(list: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
    list.into_iter().map(String::as_str).collect()
}

/// `family F1`, `families F1, F2`.
fn named<'a>(families: impl Iterator<Item = &'a str>) -> String {
    let families: Vec<_> = families.collect();
    format!("{} {}", if families.len() == 1 { "family" } else { "families" }, families.join(", "))
}

/// Reports that somebody holds no such thing that is valid on the day.
fn lack(who: &str, holds: &[Hold], what: &str, day: Date, code: Clause, purpose: &str, report: &mut Report) {
    let held: Vec<_> = holds.iter().filter(|hold| hold.what == what).map(|hold| hold.until).collect();
    let state = match held.iter().max() {
        _ if held.contains(&None) => return,
        Some(&Some(until)) if until >= day => return,
        Some(&Some(until)) => format!("holds it until {} only", until.long()),
        _ => "does not hold it".to_owned(),
    };
    report.add(code, format!("{who} needs `{what}` {purpose} on {}, and {state}", day.long()));
}
