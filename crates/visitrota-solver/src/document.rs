//! From chosen trips to the rota document (§7) and its score (§6).

use visitrota_model::{Instant, Problem, Rota, RotaFormat, Status, Stop, StopKind, Unmet, Way};

use crate::instance::Instance;
use crate::score::{Made, parts};
use crate::trip::{Trip, call_times};

/// The rota document of these trips and the locked ones, in order of time.
pub(crate) fn rota(instance: &Instance<'_>, trips: &[&Trip], bound: i64, unmet: Vec<Unmet>) -> Rota {
    let mut trips = trips.to_vec();
    trips.sort_by_key(|trip| (trip.busy.0, trip.crew));
    let parts = parts(instance, &trips.iter().map(|trip| Made::added(instance, trip)).collect::<Vec<_>>());
    let score = parts.total();
    let added = trips.iter().map(|trip| (trip.busy.0, document(instance, trip)));
    let locked = instance.locked.trips.iter().map(|trip| (trip.busy.0, instance.problem.locked[trip.position].clone()));
    let mut documents: Vec<(i64, visitrota_model::Trip)> = locked.chain(added).collect();
    documents.sort_by_key(|(leaves, _)| *leaves);
    Rota {
        format: RotaFormat::V1,
        problem: instance.problem.name.clone(),
        status: if bound <= score { Status::Optimal } else { Status::Feasible },
        score,
        bound: Some(bound),
        parts: Some(parts),
        trips: documents.into_iter().map(|(_, trip)| trip).collect(),
        unmet,
        kept_free: Vec::new(),
        odd: Vec::new(),
        made_by: None,
        ended_by: None,
    }
}

/// One trip in the rota document.
pub(crate) fn document(instance: &Instance<'_>, trip: &Trip) -> visitrota_model::Trip {
    let Problem { volunteers, slots, requests, .. } = instance.problem;
    // Rides are in the order of requests: those of one follow each other.
    let mut served: Vec<_> = trip.rides.iter().map(|ride| instance.rides[ride.at()].request).collect();
    served.dedup();
    visitrota_model::Trip {
        driver: volunteers[trip.crew.driver.at()].id.clone(),
        chaperone: trip.crew.chaperone.map(|chaperone| volunteers[chaperone.at()].id.clone()),
        slot: slots[trip.crew.slot.at()].id.clone(),
        requests: served.into_iter().map(|request| requests[request.at()].id.clone()).collect(),
        drive_min: u32::try_from(trip.drive).unwrap_or(u32::MAX),
        metres: trip.metres,
        stops: stops(instance, trip),
    }
}

/// §7: the stops of a trip, with their times and legs.
fn stops(instance: &Instance<'_>, trip: &Trip) -> Vec<Stop> {
    let Problem { volunteers, prisons, slots, timezone, .. } = instance.problem;
    let calls = call_times(instance, trip);
    let wall = |minute: i64| timezone.wall(Instant(minute));
    let gate = trip.out.len() + 1;
    let last = calls.len() - 1;
    let driver = &volunteers[trip.crew.driver.at()].id;
    let slot = &slots[trip.crew.slot.at()];
    // Whose stop it is, and the meeting point where it is, if it is at one.
    let rider = |position: u8, way: Way| match trip.rides.get(usize::from(position)) {
        Some(&ride) => {
            let (request, family) = instance.documents(ride);
            (family.id.place(), request.meeting_place(request.option(&slot.id), family, way).point().cloned())
        }
        None => (trip.crew.chaperone.map_or(driver, |chaperone| &volunteers[chaperone.at()].id).place(), None),
    };
    let prison = prisons.get(instance.slots[trip.crew.slot.at()].prison);
    let stop_of = |at: usize| match at {
        0 => (StopKind::Leave, (driver.place(), None)),
        at if at < gate => (StopKind::Pickup, rider(trip.out[at - 1], Way::Out)),
        at if at == gate => (StopKind::Gate, (prison.map(|prison| prison.id.place()).unwrap_or_default(), None)),
        at if at < last => (StopKind::Dropoff, rider(trip.back[at - gate - 1], Way::Back)),
        _ => (StopKind::Home, (driver.place(), None)),
    };
    calls
        .iter()
        .enumerate()
        .map(|(at, call)| {
            let leg = at.checked_sub(1).map(|before| instance.travel.leg(calls[before].place, call.place));
            let (kind, (place, met_at)) = stop_of(at);
            Stop {
                kind,
                place,
                at: met_at,
                arrive: (at > 0).then(|| wall(call.arrive)),
                depart: (at < last).then(|| wall(call.depart)),
                leg_min: leg.map(|leg| leg.minutes),
                leg_metres: leg.map(|leg| leg.metres),
            }
        })
        .collect()
}
