//! From chosen trips to the rota document (§7) and its score (§6).

use visitrota_model::{Instant, Problem, Rota, RotaFormat, ScoreParts, Status, Stop, StopKind, Unmet};

use crate::instance::Instance;
use crate::trip::{Trip, call_times};

/// The rota document of these trips, in order of time.
pub(crate) fn rota(instance: &Instance<'_>, trips: &[&Trip], bound: i64, unmet: Vec<Unmet>) -> Rota {
    let mut trips = trips.to_vec();
    trips.sort_by_key(|trip| (trip.busy.0, trip.crew));
    let parts = parts(instance, &trips);
    let score = parts.total();
    Rota {
        format: RotaFormat::V1,
        problem: instance.problem.name.clone(),
        status: if bound <= score { Status::Optimal } else { Status::Feasible },
        score,
        bound: Some(bound),
        parts: Some(parts),
        trips: trips.iter().map(|trip| document(instance, trip)).collect(),
        unmet,
        kept_free: Vec::new(),
        made_by: None,
    }
}

/// What these trips score.
pub(crate) fn score(instance: &Instance<'_>, trips: &[Trip]) -> i64 {
    parts(instance, &trips.iter().collect::<Vec<_>>()).total()
}

/// One trip in the rota document.
pub(crate) fn document(instance: &Instance<'_>, trip: &Trip) -> visitrota_model::Trip {
    let Problem { volunteers, slots, requests, .. } = instance.problem;
    visitrota_model::Trip {
        driver: volunteers[trip.crew.driver.at()].id.clone(),
        chaperone: trip.crew.chaperone.map(|chaperone| volunteers[chaperone.at()].id.clone()),
        slot: slots[trip.crew.slot.at()].id.clone(),
        requests: trip.requests.iter().map(|request| requests[request.at()].id.clone()).collect(),
        drive_min: u32::try_from(trip.drive).unwrap_or(u32::MAX),
        metres: trip.metres,
        stops: stops(instance, trip),
    }
}

/// §7: the stops of a trip, with their times and legs.
fn stops(instance: &Instance<'_>, trip: &Trip) -> Vec<Stop> {
    let calls = call_times(instance, trip);
    let wall = |minute: i64| instance.problem.timezone.wall(Instant(minute));
    let gate = trip.out.len() + 1;
    let last = calls.len() - 1;
    calls
        .iter()
        .enumerate()
        .map(|(at, call)| {
            let leg = at.checked_sub(1).map(|before| instance.travel.leg(calls[before].place, call.place));
            Stop {
                kind: match at {
                    0 => StopKind::Leave,
                    at if at < gate => StopKind::Pickup,
                    at if at == gate => StopKind::Gate,
                    at if at < last => StopKind::Dropoff,
                    _ => StopKind::Home,
                },
                place: instance.place_id(call.place),
                arrive: (at > 0).then(|| wall(call.arrive)),
                depart: (at < last).then(|| wall(call.depart)),
                leg_min: leg.map(|leg| leg.minutes),
                leg_metres: leg.map(|leg| leg.metres),
            }
        })
        .collect()
}

/// §6: the score of these trips, by its parts.
fn parts(instance: &Instance<'_>, trips: &[&Trip]) -> ScoreParts {
    let weights = &instance.policy.weights;
    let mut parts = ScoreParts { drop_published: instance.promised_points(), ..ScoreParts::default() };
    let mut made = vec![0; instance.volunteers.len()];
    for trip in trips {
        parts.driving += i64::from(weights.drive_min) * trip.drive;
        for (volunteer, _) in trip.volunteers() {
            parts.load += instance.load_step(volunteer, made[volunteer.at()]);
            made[volunteer.at()] += 1;
        }
        let slot = &instance.problem.slots[trip.crew.slot.at()].id;
        let driver = &instance.problem.volunteers[trip.crew.driver.at()].id;
        for &request in &trip.requests {
            let document = &instance.problem.requests[request.at()];
            parts.visits += i64::from(weights.visit);
            parts.waiting +=
                i64::from(weights.per_week_waiting) * i64::from(document.weeks_waiting.min(weights.max_weeks));
            parts.extra += i64::from(document.extra_points);
            let rank = document.options.iter().find(|option| option.slot == *slot).map_or(0, |option| option.rank);
            parts.slot_rank += i64::from(weights.slot_rank) * i64::from(rank);
            let usual = &instance.family(request).usual;
            if !usual.is_empty() && !usual.iter().any(|&v| trip.volunteers().any(|(on_trip, _)| on_trip == v)) {
                parts.new_volunteer += i64::from(weights.new_volunteer);
            }
            for published in instance.problem.published.iter().filter(|p| p.request == document.id) {
                parts.change_slot += i64::from(weights.change_slot) * i64::from(published.slot != *slot);
                parts.change_driver += i64::from(weights.change_driver) * i64::from(published.driver != *driver);
                parts.drop_published -= i64::from(weights.drop_published);
            }
        }
    }
    parts
}
