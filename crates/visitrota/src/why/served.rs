//! Which trips of a rota serve which requests, and whom each carries.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, Request, RequestId, Rota, SlotId, Trip};
use visitrota_solver::Ride;

/// The trips of each request that a rota serves: one, or several where families who visit together ride in several.
pub(super) fn trips_of(rota: &Rota) -> BTreeMap<&RequestId, Vec<usize>> {
    let mut trips: BTreeMap<&RequestId, Vec<usize>> = BTreeMap::new();
    for (at, trip) in rota.trips.iter().enumerate() {
        for request in trip.requests.iter().collect::<BTreeSet<_>>() {
            trips.entry(request).or_default().push(at);
        }
    }
    trips
}

/// How many visits a rota has in a slot: families who visit together sit at one table.
pub(super) fn visits_in(rota: &Rota, slot: &SlotId) -> usize {
    let there = rota.trips.iter().filter(|trip| trip.slot == *slot);
    there.flat_map(|trip| &trip.requests).collect::<BTreeSet<_>>().len()
}

/// Whom a trip carries: of a request whose families visit together, those whose stops the trip has. What the problem
/// does not know is passed over.
pub(super) fn rides_of<'a>(problem: &'a Problem, trip: &'a Trip) -> Vec<Ride<'a>> {
    let requests = trip.requests.iter().filter_map(|id| request_of(problem, id));
    requests.flat_map(|request| request.families_in(trip).map(|family| (&request.id, family))).collect()
}

/// A request by its id.
pub(super) fn request_of<'a>(problem: &'a Problem, id: &RequestId) -> Option<&'a Request> {
    problem.requests.iter().find(|request| request.id == *id)
}

/// Whether a locked trip names a request.
pub(super) fn is_served_by_locked(problem: &Problem, request: &RequestId) -> bool {
    problem.locked.iter().any(|trip| trip.requests.contains(request))
}
