//! Pins: that they can hold, alone and together.

use std::collections::HashMap;

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::id::FamilyId;
use crate::problem::{PairRule, Pin, Problem, Request, Role};
use crate::time::Date;

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    for (n, pin) in problem.pins.iter().enumerate() {
        if let Some(request) = index.requests.get(pin.request.as_str()) {
            alone(problem, index, n, pin, request, found);
        }
    }
    together(problem, index, found);
}

/// The families whose driver a pin names.
fn speaks_of<'a>(pin: &'a Pin, request: &'a Request) -> &'a [FamilyId] {
    pin.family.as_ref().map_or(request.families.as_slice(), std::slice::from_ref)
}

fn alone(problem: &Problem, index: &Index<'_>, n: usize, pin: &Pin, request: &Request, found: &mut Findings) {
    let id = &pin.request;
    if let Some(slot) = pin.slot.as_ref().filter(|slot| index.slot(slot).is_some())
        && request.option(slot).is_none()
        && !index.is_locked(request)
    {
        let message = format!("The request {id} is pinned to the slot {slot}, which is not among its options.");
        let remedy = format!("Add {slot} to the options of {id}, or pin one of those.");
        let path = format!("pins[{n}].slot");
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(slot));
    }
    of_a_family(index, n, pin, request, found);
    let driver = pin.driver.as_ref().and_then(|driver| index.volunteers.get(driver.as_str()));
    let Some(driver) = driver else { return };
    // Who rides in a locked trip is told of there.
    let trips = index.locked.get(id.as_str()).into_iter().flatten();
    let settled: Vec<_> = trips.flat_map(|trip| request.families_in(trip)).collect();
    let families: Vec<_> = speaks_of(pin, request).iter().filter(|family| !settled.contains(family)).collect();
    if families.is_empty() {
        return;
    }
    let path = format!("pins[{n}].driver");
    if !driver.roles.contains(&Role::Driver) {
        let message = format!("The request {id} is pinned to {}, who is not a driver.", driver.id);
        let remedy = "Pin a driver, or give them the role and a car.";
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(&driver.id));
        return;
    }
    one_car(problem, n, request, &families, found);
    let driver = driver.id.as_str();
    let kept_apart = |family: &&&FamilyId| {
        problem.pairs.iter().any(|pair| {
            let pair_of = (pair.a.as_str(), pair.b.as_str());
            let family = family.as_str();
            pair.rule == PairRule::Never && (pair_of == (family, driver) || pair_of == (driver, family))
        })
    };
    for family in families.iter().filter(kept_apart) {
        let message = format!("The request {id} is pinned to {driver}, who is `never` with the family {family}.");
        let remedy = "Take away the pin, or the pair.";
        let path = path.as_str();
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(driver));
    }
}

/// Whether a pin gives one driver to households that never ride together: nobody makes two trips to a slot.
fn one_car(problem: &Problem, n: usize, request: &Request, families: &[&FamilyId], found: &mut Findings) {
    let of_them = |id: &str| families.iter().any(|family| family.as_str() == id);
    let mut never = problem.pairs.iter().filter(|pair| pair.rule == PairRule::Never && pair.a != pair.b);
    if families.len() > 1
        && let Some(pair) = never.find(|pair| of_them(pair.a.as_str()) && of_them(pair.b.as_str()))
    {
        let message = format!(
            "The request {} is pinned to one driver, and its families {} and {} are `never` in one trip.",
            request.id, pair.a, pair.b
        );
        let path = format!("pins[{n}].driver");
        let remedy = "Pin one `family` to the driver, or take away the pin or the pair.";
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy));
    }
}

/// Whether the family that a pin names is one of its request's, and says something.
fn of_a_family(index: &Index<'_>, n: usize, pin: &Pin, request: &Request, found: &mut Findings) {
    let Some(family) = &pin.family else { return };
    let (id, path) = (&pin.request, format!("pins[{n}].family"));
    if !request.families.contains(family) {
        // That there is no such family at all is told elsewhere.
        if index.families.contains_key(family.as_str()) {
            let message = format!("The pin of {id} names the family {family}, which is none of that request's.");
            let remedy = "Name one of its families, or none: then the driver is every family's.";
            found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(family));
        }
    } else if pin.driver.is_none() {
        let message =
            format!("The pin of {id} names the family {family} and no driver, so that the family says nothing.");
        let remedy = "Name the family's driver as well, or leave the family out.";
        found.push(Finding::warning(Code::FieldConflict, path, message, remedy).with_value(family));
    }
}

fn together(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut slots: HashMap<&str, (usize, &str)> = HashMap::new();
    let mut drivers: HashMap<(&str, &str), (usize, &str)> = HashMap::new();
    let mut dates: HashMap<(&str, Date), (usize, &str)> = HashMap::new();
    for (n, pin) in problem.pins.iter().enumerate() {
        let id = pin.request.as_str();
        let mut two = |earlier: (usize, &str), now: &str, field: &str| {
            let (first, before) = earlier;
            if before != now {
                let message =
                    format!("The request {id} is pinned to two {field}s: {before} in pins[{first}], {now} here.");
                let path = format!("pins[{n}].{field}");
                let finding = Finding::error(Code::ImpossiblePin, path, message, "Keep one of the two.");
                found.push(finding.with_value(now).mentioning(format!("pins[{first}]")));
            }
            before != now
        };
        if let Some(slot) = &pin.slot {
            two(*slots.entry(id).or_insert((n, slot.as_str())), slot.as_str(), "slot");
        }
        let Some(request) = index.requests.get(id) else { continue };
        if let Some(driver) = &pin.driver {
            let driver = driver.as_str();
            let mut spoken_of = speaks_of(pin, request).iter();
            // One finding for each pin is enough.
            spoken_of.any(|family| two(*drivers.entry((id, family.as_str())).or_insert((n, driver)), driver, "driver"));
        }
        // Of a locked request some families may stay behind.
        let Some(slot) = pin.slot.as_ref().and_then(|slot| index.slot(slot)).filter(|_| !index.is_locked(request))
        else {
            continue;
        };
        let date = slot.start.date();
        for family in &request.families {
            let (first, other) = *dates.entry((family.as_str(), date)).or_insert((n, id));
            if other != id {
                let message = format!(
                    "The requests {other} (pins[{first}]) and {id} of the family {family} are both pinned to {date}; \
                     a family visits once a day."
                );
                let path = format!("pins[{n}].slot");
                let remedy = "Pin one of them to another date.";
                let finding = Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(&slot.id);
                found.push(finding.mentioning(format!("pins[{first}]")));
            }
        }
    }
}
