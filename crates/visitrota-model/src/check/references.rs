//! References: each id names something of the kind meant.

use super::index::{Index, family_path};
use super::space::Space;
use crate::finding::{Finding, Severity};
use crate::findings::Findings;
use crate::problem::{MeetingPlace, Problem};

pub(super) fn check<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    prisons(problem, index, found);
    requests(problem, index, found);
    meeting_places(problem, index, found);
    pairs(problem, index, found);
    pins(problem, index, found);
    published(problem, index, found);
}

fn prisons<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let ids = problem.prisons.iter().map(|prison| prison.id.as_str()).collect();
    let prisons = Space::new(index, "prison", "prisons", ids);
    for (n, prisoner) in problem.prisoners.iter().enumerate() {
        if !index.prisons.contains_key(prisoner.prison.as_str()) {
            let who = format!("The prisoner {}", prisoner.id);
            found.push(prisons.unknown(format!("prisoners[{n}].prison"), &who, prisoner.prison.as_str()));
        }
    }
    for (n, slot) in problem.slots.iter().enumerate() {
        if !index.prisons.contains_key(slot.prison.as_str()) {
            let who = format!("The slot {}", slot.id);
            found.push(prisons.unknown(format!("slots[{n}].prison"), &who, slot.prison.as_str()));
        }
    }
}

fn requests<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let (families, slots) = (Space::families(problem, index), Space::slots(problem, index));
    let ids = problem.prisoners.iter().map(|prisoner| prisoner.id.as_str()).collect();
    let prisoners = Space::new(index, "prisoner", "prisoners", ids);
    for (n, request) in problem.requests.iter().enumerate() {
        let who = format!("The request {}", request.id);
        for (k, family) in request.families.iter().enumerate() {
            if !index.families.contains_key(family.as_str()) {
                found.push(families.unknown(family_path(n, request, k), &who, family.as_str()));
            }
        }
        if let Some(prisoner) = request.prisoner.as_ref().filter(|id| !index.prisoners.contains_key(id.as_str())) {
            found.push(prisoners.unknown(format!("requests[{n}].prisoner"), &who, prisoner.as_str()));
        }
        for (k, option) in request.options.iter().enumerate() {
            if index.slot(&option.slot).is_none() {
                found.push(slots.unknown(format!("requests[{n}].options[{k}].slot"), &who, option.slot.as_str()));
            }
        }
    }
}

fn meeting_places<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let points = Space::points(problem, index);
    let mut met = |path: &str, who: &str, pickup: &Option<MeetingPlace>, dropoff: &Option<MeetingPlace>| {
        for (field, place) in [("pickup", pickup), ("dropoff", dropoff)] {
            let point = place.as_ref().and_then(MeetingPlace::point);
            if let Some(point) = point.filter(|point| !index.points.contains_key(point.as_str())) {
                found.push(points.unknown(format!("{path}.{field}"), who, point.as_str()));
            }
        }
    };
    for (n, family) in problem.families.iter().enumerate() {
        met(&format!("families[{n}]"), &format!("The family {}", family.id), &family.pickup, &family.dropoff);
    }
    for (n, request) in problem.requests.iter().enumerate() {
        let (path, who) = (format!("requests[{n}]"), format!("The request {}", request.id));
        met(&path, &who, &request.pickup, &request.dropoff);
        for (k, option) in request.options.iter().enumerate() {
            met(&format!("{path}.options[{k}]"), &who, &option.pickup, &option.dropoff);
        }
    }
}

fn pairs<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let families = problem.families.iter().map(|family| family.id.as_str());
    let volunteers = problem.volunteers.iter().map(|volunteer| volunteer.id.as_str());
    let prisoners = problem.prisoners.iter().map(|prisoner| prisoner.id.as_str());
    let people = families.chain(volunteers).chain(prisoners).collect();
    let people = Space::new(index, "family, volunteer or prisoner", "families`, `volunteers` or `prisoners", people);
    for (n, pair) in problem.pairs.iter().enumerate() {
        for (field, id) in [("a", pair.a.as_str()), ("b", pair.b.as_str())] {
            // A prison or a meeting point in a pair is known, and odd: see `pairs`.
            if !index.is_place_or_prisoner(id) {
                found.push(people.unknown(format!("pairs[{n}].{field}"), &format!("Pair {}", n + 1), id));
            }
        }
    }
}

fn pins<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let (volunteers, families) = (Space::volunteers(problem, index), Space::families(problem, index));
    let (slots, requests) = (Space::slots(problem, index), Space::requests(problem, index));
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
        if let Some(family) = pin.family.as_ref().filter(|family| !index.families.contains_key(family.as_str())) {
            found.push(families.unknown(format!("pins[{n}].family"), &who, family.as_str()));
        }
    }
}

/// What was announced may be gone since: the visit then counts as changed, and can be planned.
fn published<'a>(problem: &'a Problem, index: &Index<'a>, found: &mut Findings) {
    let (volunteers, families) = (Space::volunteers(problem, index), Space::families(problem, index));
    let (slots, requests) = (Space::slots(problem, index), Space::requests(problem, index));
    for (n, published) in problem.published.iter().enumerate() {
        let who = format!("What was published for {}", published.request);
        let mut gone = |finding: Finding, consequence: &str| {
            let message = format!("{} {consequence}", finding.message);
            found.push(Finding { severity: Severity::Warning, message, ..finding });
        };
        if !index.requests.contains_key(published.request.as_str()) {
            let finding = requests.unknown(format!("published[{n}].request"), &who, published.request.as_str());
            gone(finding, "It is passed over.");
        }
        if let Some(family) = published.family.as_ref().filter(|id| !index.families.contains_key(id.as_str())) {
            let finding = families.unknown(format!("published[{n}].family"), &who, family.as_str());
            gone(finding, "It is passed over.");
        }
        if index.slot(&published.slot).is_none() {
            let finding = slots.unknown(format!("published[{n}].slot"), &who, published.slot.as_str());
            gone(finding, "Any slot counts as a change.");
        }
        let crew = [("driver", Some(&published.driver)), ("chaperone", published.chaperone.as_ref())];
        for (field, id) in crew.into_iter().filter_map(|(field, id)| Some((field, id?))) {
            if !index.volunteers.contains_key(id.as_str()) {
                let finding = volunteers.unknown(format!("published[{n}].{field}"), &who, id.as_str());
                gone(finding, &format!("Any {field} counts as a change."));
            }
        }
    }
}
