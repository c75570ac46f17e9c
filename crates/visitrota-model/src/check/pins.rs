//! Pins and what was published: that they can hold, alone and together.

use std::collections::HashMap;

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::{PairRule, Pin, Problem, Role};
use crate::time::Date;

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    for (n, pin) in problem.pins.iter().enumerate() {
        alone(problem, index, n, pin, found);
    }
    together(problem, index, found);
    published_once(problem, found);
}

fn alone(problem: &Problem, index: &Index<'_>, n: usize, pin: &Pin, found: &mut Findings) {
    let Some(request) = index.requests.get(pin.request.as_str()) else { return };
    let id = &pin.request;
    if let Some(slot) = pin.slot.as_ref().filter(|slot| index.slot(slot).is_some())
        && !request.options.iter().any(|option| option.slot == *slot)
    {
        let message = format!("The request {id} is pinned to the slot {slot}, which is not among its options.");
        let remedy = format!("Add {slot} to the options of {id}, or pin one of those.");
        let path = format!("pins[{n}].slot");
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(slot));
    }
    let driver = pin.driver.as_ref().and_then(|driver| index.volunteers.get(driver.as_str()));
    let Some(driver) = driver else { return };
    let path = format!("pins[{n}].driver");
    if !driver.roles.contains(&Role::Driver) {
        let message = format!("The request {id} is pinned to {}, who is not a driver.", driver.id);
        let remedy = "Pin a driver, or give them the role and a car.";
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(&driver.id));
        return;
    }
    let Some(family) = request.families.first() else { return };
    let (family, driver) = (family.as_str(), driver.id.as_str());
    let kept_apart = problem.pairs.iter().any(|pair| {
        let pair_of = (pair.a.as_str(), pair.b.as_str());
        pair.rule == PairRule::Never && (pair_of == (family, driver) || pair_of == (driver, family))
    });
    if kept_apart {
        let message = format!("The request {id} is pinned to {driver}, who is `never` with the family {family}.");
        let remedy = "Take away the pin, or the pair.";
        found.push(Finding::error(Code::ImpossiblePin, path, message, remedy).with_value(driver));
    }
}

/// What the pins of a request say so far, with the pin that says it.
#[derive(Default)]
struct Said<'a> {
    slot: Option<(usize, &'a str)>,
    driver: Option<(usize, &'a str)>,
}

fn together(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let mut said: HashMap<&str, Said<'_>> = HashMap::new();
    let mut dates: HashMap<(&str, Date), (usize, &str)> = HashMap::new();
    for (n, pin) in problem.pins.iter().enumerate() {
        let id = pin.request.as_str();
        let said = said.entry(id).or_default();
        let slot = pin.slot.as_ref().map(|slot| slot.as_str());
        let driver = pin.driver.as_ref().map(|driver| driver.as_str());
        for (field, earlier, now) in [("slot", &mut said.slot, slot), ("driver", &mut said.driver, driver)] {
            let Some(now) = now else { continue };
            let (first, before) = *earlier.get_or_insert((n, now));
            if before != now {
                let message =
                    format!("The request {id} is pinned to two {field}s: {before} in pins[{first}], {now} here.");
                let path = format!("pins[{n}].{field}");
                let finding = Finding::error(Code::ImpossiblePin, path, message, "Keep one of the two.");
                found.push(finding.with_value(now).mentioning(format!("pins[{first}]")));
            }
        }
        let (Some(request), Some(slot)) = (index.requests.get(id), pin.slot.as_ref().and_then(|slot| index.slot(slot)))
        else {
            continue;
        };
        let Some(family) = request.families.first() else { continue };
        let (family, date) = (family.as_str(), slot.start.date());
        let (first, other) = *dates.entry((family, date)).or_insert((n, id));
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

fn published_once(problem: &Problem, found: &mut Findings) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (n, published) in problem.published.iter().enumerate() {
        let id = published.request.as_str();
        let first = *seen.entry(id).or_insert(n);
        if first != n {
            let message = format!("The request {id} is published twice: here, and in published[{first}].");
            let path = format!("published[{n}].request");
            let remedy = "Keep what was announced last.";
            let finding = Finding::error(Code::FieldConflict, path, message, remedy).with_value(id);
            found.push(finding.mentioning(format!("published[{first}]")));
        }
    }
}
