//! A rota from outside, trip by trip, as the planner would make it.

use visitrota_model::Rota;

use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, FoundTrips, Trip, assemble};

/// The trips of a rota that are not locked, each in its best order of stops and at its best times. None for one that
/// names what the problem does not know, or that breaks a rule of a trip (§4). Requests that the problem does not have
/// any more are left out.
pub(crate) fn trips(instance: &Instance<'_>, rota: &Rota) -> Vec<Option<Trip>> {
    // Locked trips are none of the planner's choices.
    let free = rota.trips.iter().filter(|trip| !instance.problem.is_locked(trip));
    free.map(|trip| as_made(instance, trip)).collect()
}

fn as_made(instance: &Instance<'_>, trip: &visitrota_model::Trip) -> Option<Trip> {
    let problem = instance.problem;
    let volunteer = |id: &_| problem.volunteers.iter().position(|other| other.id == *id).map(VolunteerIx::new);
    let chaperone = match &trip.chaperone {
        Some(id) => Some(volunteer(id)?),
        None => None,
    };
    let slot = SlotIx::new(problem.slots.iter().position(|other| other.id == trip.slot)?);
    let crew = Crew { driver: volunteer(&trip.driver)?, chaperone, slot };
    let rides = rides_of(instance, trip);
    if rides.is_empty() {
        return None;
    }
    let FoundTrips { trips: ways, .. } = assemble(instance, crew, &rides);
    ways.into_iter().min_by_key(|trip| (-trip.points, trip.duty(), trip.metres))
}

/// The rides of a trip in a document, in order: of a joint request those whose stops the trip has.
fn rides_of(instance: &Instance<'_>, trip: &visitrota_model::Trip) -> Vec<RideIx> {
    let is_carried = |ride: &RideIx| {
        let (request, family) = instance.documents(*ride);
        request.families_in(trip).any(|carried| *carried == family.id)
    };
    instance.ride_ixs().filter(is_carried).collect()
}
