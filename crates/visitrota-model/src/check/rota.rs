//! Whether a rota is one of a problem: each id that it names is known there.

use super::index::Index;
use super::space::Space;
use crate::finding::{Code, Finding};
use crate::problem::Problem;
use crate::rota::Rota;

/// Every id in a rota that the problem does not know, with the one that was likely meant. Stops are not looked at:
/// whether a trip is driven as it may be is for [`verify`](crate::verify()) to tell.
#[must_use]
pub fn check_rota(problem: &Problem, rota: &Rota) -> Vec<Finding> {
    let index = Index::new(problem);
    let volunteers = Space::volunteers(problem, &index);
    let slots = Space::slots(problem, &index);
    let requests = Space::requests(problem, &index);
    let mut found = Vec::new();
    for (n, trip) in rota.trips.iter().enumerate() {
        let who = format!("Trip {}", n + 1);
        let goes = [("driver", Some(&trip.driver)), ("chaperone", trip.chaperone.as_ref())];
        for (field, id) in goes.into_iter().filter_map(|(field, id)| id.map(|id| (field, id.as_str()))) {
            if !index.volunteers.contains_key(id) {
                found.push(volunteers.unknown(format!("trips[{n}].{field}"), &who, id));
            }
        }
        if index.slot(&trip.slot).is_none() {
            found.push(slots.unknown(format!("trips[{n}].slot"), &who, trip.slot.as_str()));
        }
        for (k, id) in trip.requests.iter().enumerate() {
            if !index.requests.contains_key(id.as_str()) {
                found.push(requests.unknown(format!("trips[{n}].requests[{k}]"), &who, id.as_str()));
            }
        }
    }
    for (n, unmet) in rota.unmet.iter().enumerate() {
        if !index.requests.contains_key(unmet.request.as_str()) {
            let path = format!("unmet[{n}].request");
            found.push(requests.unknown(path, "What is not met", unmet.request.as_str()));
        }
    }
    for (n, kept) in rota.kept_free.iter().enumerate() {
        if !index.volunteers.contains_key(kept.volunteer.as_str()) {
            let path = format!("kept_free[{n}].volunteer");
            found.push(volunteers.unknown(path, "Whom the rota keeps free", kept.volunteer.as_str()));
        }
    }
    if !found.is_empty() && !rota.problem.is_empty() && rota.problem != problem.name {
        let message = format!("The rota is of `{}`, and the problem is `{}`.", rota.problem, problem.name);
        let remedy = "Give the problem that this rota was planned from.";
        found.insert(0, Finding::error(Code::FieldConflict, "problem", message, remedy));
    }
    found
}
