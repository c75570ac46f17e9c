//! Rides of a rota: which households each trip carries, and what they are told.

use visitrota::{
    Problem,
    problem::{FamilyId, Published, Request, WallTime},
    rota::{StopKind, Trip},
};

/// The rides of a trip.
pub(crate) fn rides<'a>(problem: &'a Problem, trip: &'a Trip) -> impl Iterator<Item = (&'a Request, &'a FamilyId)> {
    let carried = problem.requests.iter().filter(|request| trip.requests.contains(&request.id));
    carried.flat_map(|request| request.families_in(trip).map(move |family| (request, family)))
}

/// What the families of a trip are told: an entry for each ride, with the times of the trip.
pub(crate) fn told<'a>(problem: &'a Problem, trip: &'a Trip) -> impl Iterator<Item = Published> + 'a {
    rides(problem, trip).map(|(request, family)| {
        let mut published = Published::new(request.id.clone(), trip.slot.clone(), trip.driver.clone());
        published.chaperone = trip.chaperone.clone();
        published.family = request.is_joint().then(|| family.clone());
        published.pickup = arrival(trip, StopKind::Pickup, family);
        published.home = arrival(trip, StopKind::Dropoff, family);
        published
    })
}

fn arrival(trip: &Trip, kind: StopKind, family: &FamilyId) -> Option<WallTime> {
    trip.stops.iter().find(|stop| stop.kind == kind && stop.place.as_str() == family.as_str())?.arrive
}
