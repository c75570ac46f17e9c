//! Who rides with whom, what they must hold, and who goes with children (§4.1 to §4.3).

use std::collections::BTreeSet;

use super::clause::Clause;
use super::facts::{Facts, Party, child_only, whole};
use super::report::Report;
use crate::problem::{ChildrenAlone, Role, Volunteer};
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
        if whole(trip.requests.len()) > whole(driver.max_families) {
            let (id, most, count) = (&driver.id, driver.max_families, trip.requests.len());
            let families = if most == 1 { "family" } else { "families" };
            let message = format!("{id} takes {most} {families} at most, and the trip has {count}");
            report.add(Clause::TooManyFamilies, message);
        }
    }
    let mut riding = BTreeSet::new();
    for request in &party.requests {
        let Some(family) = request.families.first() else { continue };
        if !riding.insert(family.as_str()) {
            report.add(Clause::FamilyTwice, format!("family {family} is in the trip twice"));
        }
        if !request.options.iter().any(|option| option.slot == trip.slot) {
            let message = format!("request {} of family {family} does not ask for slot {}", request.id, trip.slot);
            report.add(Clause::SlotNotAsked, message);
        }
    }
    riding.insert(trip.driver.as_str());
    riding.extend(trip.chaperone.as_ref().map(|id| id.as_str()));
    for (a, b) in &facts.never {
        if riding.contains(a) && riding.contains(b) {
            report.add(Clause::NeverTogether, format!("{a} and {b} are never in one trip"));
        }
    }
    if trip.requests.len() > 1 {
        for family in party.families.iter().filter(|family| !family.shares_car) {
            report.add(Clause::SharesNoCar, format!("family {} does not share a car", family.id));
        }
    }
}

/// §4.2: what driver and chaperone must hold on the day.
fn permissions(facts: &Facts, party: &Party, report: &mut Report) {
    let (policy, Some(day)) = (&facts.problem.policy, party.day()) else { return };
    if let Some(driver) = party.driver {
        for what in each_once(&policy.driver_requires) {
            lack(driver, what, day, Clause::DriverLacks, "to drive", report);
        }
        for family in &party.families {
            let purpose = format!("to drive family {}", family.id);
            for what in each_once(&family.needs) {
                lack(driver, what, day, Clause::DriverLacks, &purpose, report);
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
            lack(chaperone, what, day, Clause::ChaperoneLacks, "to be a chaperone", report);
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
    if alone.len() > adults {
        let message = format!(
            "each of {names} takes an adult of the scheme into the visit: {} are needed, and {adults} can go in",
            alone.len()
        );
        report.add(Clause::TooFewAdults, message);
    }
    let Some(day) = party.day().filter(|_| !alone.is_empty()) else { return };
    let escort_requires = party.prison.map_or(&[][..], |prison| &prison.escort_requires);
    for volunteer in party.driver.into_iter().chain(party.chaperone) {
        for what in each_once(policy.child_only_requires.iter().chain(escort_requires)) {
            lack(volunteer, what, day, Clause::EscortLacks, &format!("to go with {names}"), report);
        }
    }
}

/// What a list asks for; a list may say it twice.
fn each_once<'a>(list: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
    list.into_iter().map(String::as_str).collect()
}

/// Reports that a volunteer holds no such thing that is valid on the day.
fn lack(volunteer: &Volunteer, what: &str, day: Date, code: Clause, purpose: &str, report: &mut Report) {
    let held: Vec<_> = volunteer.holds.iter().filter(|hold| hold.what == what).map(|hold| hold.until).collect();
    let state = match held.iter().max() {
        _ if held.contains(&None) => return,
        Some(&Some(until)) if until >= day => return,
        Some(&Some(until)) => format!("holds it until {} only", until.long()),
        _ => "does not hold it".to_owned(),
    };
    report.add(code, format!("{} needs `{what}` {purpose} on {}, and {state}", volunteer.id, day.long()));
}
