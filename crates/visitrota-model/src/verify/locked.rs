//! Locked trips: that they stand in the rota as given (§5.6).

use std::collections::{BTreeMap, BTreeSet};

use super::clause::Clause;
use super::facts::Facts;
use super::report::Report;
use crate::rota::{Rota, Trip};

/// Which trips of the rota are the locked ones, each once. A locked trip that is not there is a breach.
pub(super) fn find(facts: &Facts, rota: &Rota, report: &mut Report) -> BTreeSet<usize> {
    let mut trips: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (n, trip) in rota.trips.iter().enumerate().rev() {
        trips.entry(by(trip)).or_default().push(n);
    }
    let mut found = BTreeSet::new();
    for locked in &facts.problem.locked {
        let alike = trips.entry(by(locked)).or_default();
        match alike.iter().rposition(|n| rota.trips.get(*n).is_some_and(|trip| as_given(trip, locked))) {
            Some(at) => drop(found.insert(alike.remove(at))),
            None => {
                let (driver, slot) = (&locked.driver, &locked.slot);
                let message = format!("the trip of {driver} to slot {slot} is locked, and is not in the rota as given");
                report.add(Clause::LockedTrip, message);
            }
        }
    }
    found
}

fn by(trip: &Trip) -> (&str, &str) {
    (trip.driver.as_str(), trip.slot.as_str())
}

/// Whether a trip says what a locked one says; the order of its requests means nothing.
fn as_given(trip: &Trip, locked: &Trip) -> bool {
    let requests = |trip: &Trip| {
        let mut requests = trip.requests.clone();
        requests.sort_unstable();
        requests
    };
    let rest = |trip: &Trip| Trip { requests: Vec::new(), ..trip.clone() };
    requests(trip) == requests(locked) && rest(trip) == rest(locked)
}
