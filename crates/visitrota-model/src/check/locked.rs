//! Locked trips: that each names what there is, is whole enough to stand as given, and goes with the others and the pins.
//!
//! The rules of a trip do not apply to them. What the plan relies on is here: who is out from when to when, who visits
//! in which slot, and when each family is fetched and brought back.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::space::Space;
use super::stops;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::id::FamilyId;
use crate::problem::Problem;
use crate::rota::Trip;

pub(super) fn check<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    references(problem, index, found);
    for (n, trip) in problem.locked.iter().enumerate() {
        alone(index, n, trip, found);
        stops::check(problem, index, n, trip, found);
    }
    together(problem, index, found);
    pins(problem, index, found);
}

fn error(path: String, message: String, remedy: &str) -> Finding {
    Finding::error(Code::LockedTrip, path, message, remedy)
}

fn references<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let (volunteers, slots) = (Space::volunteers(problem, index), Space::slots(problem, index));
    let (requests, points) = (Space::requests(problem, index), Space::points(problem, index));
    for (n, trip) in problem.locked.iter().enumerate() {
        let who = format!("The locked trip of {}", trip.driver);
        let crew = [("driver", Some(&trip.driver)), ("chaperone", trip.chaperone.as_ref())];
        for (field, id) in crew.into_iter().filter_map(|(field, id)| Some((field, id?.as_str()))) {
            if !index.volunteers.contains_key(id) {
                found.push(volunteers.unknown(format!("locked[{n}].{field}"), &who, id));
            }
        }
        if index.slot(&trip.slot).is_none() {
            found.push(slots.unknown(format!("locked[{n}].slot"), &who, trip.slot.as_str()));
        }
        for (k, id) in trip.requests.iter().enumerate() {
            if !index.requests.contains_key(id.as_str()) {
                found.push(requests.unknown(format!("locked[{n}].requests[{k}]"), &who, id.as_str()));
            }
        }
        for (k, stop) in trip.stops.iter().enumerate() {
            if let Some(point) = stop.at.as_ref().filter(|point| !index.points.contains_key(point.as_str())) {
                found.push(points.unknown(format!("locked[{n}].stops[{k}].at"), &who, point.as_str()));
            }
        }
    }
}

/// That a trip carries somebody of each of its requests, each once.
fn alone(index: &Index<'_>, n: usize, trip: &Trip, found: &mut Findings) {
    let driver = &trip.driver;
    if trip.requests.is_empty() {
        let message = format!("The locked trip of {driver} serves no request.");
        found.push(error(format!("locked[{n}].requests"), message, "Name its requests, or take the trip away."));
    }
    if trip.chaperone.as_ref() == Some(driver) {
        let message = format!("In a locked trip, {driver} is driver and chaperone both.");
        found.push(error(format!("locked[{n}].chaperone"), message, "Name another chaperone, or none."));
    }
    let (mut requests, mut families) = (BTreeSet::new(), BTreeSet::new());
    for (k, id) in trip.requests.iter().enumerate() {
        let path = format!("locked[{n}].requests[{k}]");
        if !requests.insert(id) {
            let message = format!("The locked trip of {driver} names the request {id} twice.");
            found.push(error(path, message, "Name it once.").with_value(id));
            continue;
        }
        let Some(request) = index.requests.get(id.as_str()) else { continue };
        if request.families_in(trip).next().is_none() {
            let message = format!("The locked trip of {driver} carries nobody of the request {id}.");
            let remedy = "Add the pick-ups of its families that ride, or take the request out of the trip.";
            found.push(error(path, message, remedy).with_value(id));
            continue;
        }
        for family in request.families_in(trip).filter(|family| !families.insert(*family)) {
            let message = format!("The locked trip of {driver} carries the family {family} for two requests.");
            let remedy = "A family has one visit in a trip: take one of the two requests out of it.";
            found.push(error(path.clone(), message, remedy).with_value(id));
        }
    }
}

/// That no two locked trips are the same, take a request to two slots or carry a ride twice.
fn together(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut slots: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    let mut rides: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    'trips: for (n, trip) in problem.locked.iter().enumerate() {
        for (k, id) in trip.requests.iter().enumerate() {
            let path = format!("locked[{n}].requests[{k}]");
            let (first, slot) = *slots.entry(id.as_str()).or_insert((n, trip.slot.as_str()));
            if slot != trip.slot.as_str() {
                let message = format!(
                    "The request {id} is locked into two slots: {slot} in locked[{first}], {} here.",
                    trip.slot
                );
                let finding = error(path, message, "Take it out of one of the two trips.").with_value(id);
                found.push(finding.mentioning(format!("locked[{first}]")));
                continue;
            }
            let Some(request) = index.requests.get(id.as_str()) else { continue };
            for family in request.families_in(trip) {
                let first = *rides.entry((id.as_str(), family.as_str())).or_insert(n);
                if problem.locked.get(first).is_some_and(|other| first != n && other == trip) {
                    let (driver, slot) = (&trip.driver, &trip.slot);
                    let message =
                        format!("The locked trip of {driver} to {slot} stands twice: here, and in locked[{first}].");
                    let finding = error(format!("locked[{n}]"), message, "Take one of the two away.");
                    found.push(finding.mentioning(format!("locked[{first}]")));
                    continue 'trips;
                }
                if first != n {
                    let message = format!(
                        "The family {family} is locked into two trips for the request {id}: here, and in locked[{first}]."
                    );
                    let finding = error(path.clone(), message, "Take it out of one of the two.").with_value(id);
                    found.push(finding.mentioning(format!("locked[{first}]")));
                }
            }
        }
    }
}

/// That no pin gives a locked request another slot, or a locked ride another driver.
fn pins(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    for (n, pin) in problem.pins.iter().enumerate() {
        let id = &pin.request;
        let (Some(request), Some(trips)) = (index.requests.get(id.as_str()), index.locked.get(id.as_str())) else {
            continue;
        };
        if let Some(slot) = &pin.slot
            && let Some(trip) = trips.iter().find(|trip| trip.slot != *slot)
        {
            let message =
                format!("The request {id} is pinned to the slot {slot}, and a locked trip takes it to {}.", trip.slot);
            let finding = error(format!("pins[{n}].slot"), message, "Take away the pin, or the locked trip.");
            found.push(finding.with_value(slot));
        }
        let Some(driver) = &pin.driver else { continue };
        let spoken_of = |family: &&FamilyId| pin.family.as_ref().is_none_or(|only| only == *family);
        let other = trips.iter().filter(|trip| trip.driver != *driver);
        let other =
            other.flat_map(|trip| request.families_in(trip).filter(spoken_of).map(|family| (&trip.driver, family)));
        if let Some((locked, family)) = other.into_iter().next() {
            let message = format!(
                "The request {id} is pinned to {driver}, and a locked trip has its family {family} ride with {locked}."
            );
            let finding = error(format!("pins[{n}].driver"), message, "Take away the pin, or the locked trip.");
            found.push(finding.with_value(driver));
        }
    }
}
