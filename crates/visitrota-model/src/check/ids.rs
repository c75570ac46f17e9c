//! Ids: each stands once, and names something.

use std::collections::HashMap;

use super::index::Index;
use crate::finding::{Code, Finding};
use crate::findings::Findings;
use crate::problem::Problem;

pub(super) fn check(problem: &Problem, index: &Index<'_>, found: &mut Findings) {
    let prisons = problem.prisons.iter().map(|prison| prison.id.as_str());
    let volunteers = problem.volunteers.iter().map(|volunteer| volunteer.id.as_str());
    let families = problem.families.iter().map(|family| family.id.as_str());
    let places = [("prison", "prisons"), ("volunteer", "volunteers"), ("family", "families")];
    let [p, v, f] = places;
    let named = |(noun, field): (&'static str, &'static str)| move |(n, id)| (noun, format!("{field}[{n}].id"), id);
    let places = prisons.enumerate().map(named(p));
    unique(places.chain(volunteers.enumerate().map(named(v))).chain(families.enumerate().map(named(f))), found);
    unique(problem.slots.iter().map(|slot| slot.id.as_str()).enumerate().map(named(("slot", "slots"))), found);
    let requests = problem.requests.iter().map(|request| request.id.as_str());
    unique(requests.enumerate().map(named(("request", "requests"))), found);
    references(problem, index, found);
}

/// Finds empty ids, and ids that stand twice in one space of ids.
fn unique<'a>(ids: impl Iterator<Item = (&'static str, String, &'a str)>, found: &mut Findings) {
    let mut seen: HashMap<&str, (&str, String)> = HashMap::new();
    for (noun, path, id) in ids {
        if id.trim().is_empty() {
            let message = format!("A {noun} has an empty id.");
            found.push(Finding::error(Code::EmptyId, path, message, "Give it an id of its own."));
            continue;
        }
        if let Some((other, first)) = seen.get(id) {
            let message = if *other == noun {
                format!("Two {noun} entries have the id {id}: this one, and {first}.")
            } else {
                format!("This {noun} and a {other} ({first}) have the same id, {id}.")
            };
            let remedy = "Give one of them another id, there and wherever it is named; or take one away.";
            let finding = Finding::error(Code::DuplicateId, path, message, remedy).with_value(id);
            found.push(finding.mentioning(first.as_str()));
        } else {
            seen.insert(id, (noun, path));
        }
    }
}

/// A space of ids in which something is looked up.
pub(super) struct Space<'a, 'i> {
    noun: &'static str,
    field: &'static str,
    ids: Vec<&'a str>,
    index: &'i Index<'a>,
}

impl<'a, 'i> Space<'a, 'i> {
    pub(super) fn volunteers(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        let ids = problem.volunteers.iter().map(|volunteer| volunteer.id.as_str()).collect();
        Self { noun: "volunteer", field: "volunteers", ids, index }
    }

    pub(super) fn slots(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        Self { noun: "slot", field: "slots", ids: problem.slots.iter().map(|slot| slot.id.as_str()).collect(), index }
    }

    pub(super) fn requests(problem: &'a Problem, index: &'i Index<'a>) -> Self {
        let ids = problem.requests.iter().map(|request| request.id.as_str()).collect();
        Self { noun: "request", field: "requests", ids, index }
    }

    pub(super) fn unknown(&self, path: String, who: &str, id: &str) -> Finding {
        let Self { noun, field, ids, index } = self;
        let other = [
            ("prison", index.prisons.contains_key(id)),
            ("volunteer", index.volunteers.contains_key(id)),
            ("family", index.families.contains_key(id)),
            ("slot", index.slots.contains_key(id)),
            ("request", index.requests.contains_key(id)),
        ];
        let message = match other.iter().find(|(_, is)| *is) {
            Some((other, _)) => format!("{who} names {id} as a {noun}, but {id} is a {other}."),
            None => format!("{who} names the {noun} {id}, and there is none of that id."),
        };
        let remedy = match index.meant(id, ids.iter().copied()) {
            Some(meant) => format!("Did you mean {meant}?"),
            None => format!("Mend the id, or add the {noun} to `{field}`."),
        };
        Finding::error(Code::UnknownId, path, message, remedy).with_value(id)
    }
}

fn references<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let space = |noun, field, ids| Space { noun, field, ids, index };
    let of_families: Vec<_> = problem.families.iter().map(|family| family.id.as_str()).collect();
    let volunteers = Space::volunteers(problem, index);
    let slots = Space::slots(problem, index);
    let requests = Space::requests(problem, index);
    let of_people = [of_families.as_slice(), &volunteers.ids].concat();
    let prisons = space("prison", "prisons", problem.prisons.iter().map(|prison| prison.id.as_str()).collect());
    let people = space("family or volunteer", "families` or `volunteers", of_people);
    let families = space("family", "families", of_families);

    for (n, slot) in problem.slots.iter().enumerate() {
        if !index.prisons.contains_key(slot.prison.as_str()) {
            let who = format!("The slot {}", slot.id);
            found.push(prisons.unknown(format!("slots[{n}].prison"), &who, slot.prison.as_str()));
        }
    }
    for (n, request) in problem.requests.iter().enumerate() {
        let who = format!("The request {}", request.id);
        for family in request.families.iter().filter(|id| !index.families.contains_key(id.as_str())) {
            found.push(families.unknown(format!("requests[{n}].family"), &who, family.as_str()));
        }
        for (k, option) in request.options.iter().enumerate() {
            if index.slot(&option.slot).is_none() {
                found.push(slots.unknown(format!("requests[{n}].options[{k}].slot"), &who, option.slot.as_str()));
            }
        }
    }
    for (n, pair) in problem.pairs.iter().enumerate() {
        for (field, id) in [("a", pair.a.as_str()), ("b", pair.b.as_str())] {
            // A prison in a pair is known, and odd: see `pairs`.
            let known = index.families.contains_key(id) || index.volunteers.contains_key(id);
            if !known && !index.prisons.contains_key(id) {
                found.push(people.unknown(format!("pairs[{n}].{field}"), &format!("Pair {}", n + 1), id));
            }
        }
    }
    for (n, pin) in problem.pins.iter().enumerate() {
        let who = format!("The pin of {}", pin.request);
        if !index.requests.contains_key(pin.request.as_str()) {
            found.push(requests.unknown(format!("pins[{n}].request"), &who, pin.request.as_str()));
        }
        if let Some(slot) = pin.slot.as_ref().filter(|slot| index.slot(slot).is_none()) {
            found.push(slots.unknown(format!("pins[{n}].slot"), &who, slot.as_str()));
        }
        if let Some(driver) = pin.driver.as_ref().filter(|driver| !index.volunteers.contains_key(driver.as_str())) {
            found.push(volunteers.unknown(format!("pins[{n}].driver"), &who, driver.as_str()));
        }
    }
    for (n, published) in problem.published.iter().enumerate() {
        // What was announced may be gone since: the visit then counts as changed, and can be planned.
        let who = format!("What was published for {}", published.request);
        let mut gone = |finding: Finding, consequence: &str| {
            let message = format!("{} {consequence}", finding.message);
            found.push(Finding { severity: crate::finding::Severity::Warning, message, ..finding });
        };
        if !index.requests.contains_key(published.request.as_str()) {
            let finding = requests.unknown(format!("published[{n}].request"), &who, published.request.as_str());
            gone(finding, "It is passed over.");
        }
        if index.slot(&published.slot).is_none() {
            let finding = slots.unknown(format!("published[{n}].slot"), &who, published.slot.as_str());
            gone(finding, "Any slot counts as a change.");
        }
        if !index.volunteers.contains_key(published.driver.as_str()) {
            let finding = volunteers.unknown(format!("published[{n}].driver"), &who, published.driver.as_str());
            gone(finding, "Any driver counts as a change.");
        }
    }
}
