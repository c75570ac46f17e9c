//! What would have to change for a trip to be in time (§4.8, §4.9, §5.3).

use visitrota_model::{Change, Instant, Limit, PlaceId, Problem, WallTime, Way, Window, effort};

use crate::instance::index::RideIx;
use crate::instance::{Instance, Slack};
use crate::trip::{Trip, call_times, rider};

/// What would have to change for a trip that serves one request to be in time. None if no rota can write its times
/// (§7).
pub(super) fn time_changes(instance: &Instance<'_>, ride: RideIx, trip: &Trip) -> Option<Vec<Change>> {
    let problem = instance.problem;
    let family = &problem.families[instance.rides[ride.at()].family.at()];
    let driver = &problem.volunteers[trip.crew.driver.at()];
    let slot = &instance.slots[trip.crew.slot.at()];
    let calls = call_times(instance, trip);
    if calls.iter().any(|call| !instance.can_write(call.arrive) || !instance.can_write(call.depart)) {
        return None;
    }
    let [out, back] = [Way::Out, Way::Back].map(|way| instance.place(ride, trip.crew.slot, way));
    let gate = calls.iter().position(|call| call.arrive == slot.gate_in && call.depart == slot.gate_out)?;
    // No other family rides: its stop in either half is the one that is not the chaperone's.
    let stop = |order: &[u8]| order.iter().position(|&rider| rider == 0);
    let picked_up = calls.get(1 + stop(&trip.out)?).filter(|call| call.place == out)?;
    let dropped_off = calls.get(gate + 1 + stop(&trip.back)?).filter(|call| call.place == back)?;
    let mut changes = Vec::new();

    // §4.9
    changes.extend(availability_change(problem, driver.id.place(), &driver.available, trip.busy));
    if let Some((chaperone, busy)) = trip.crew.chaperone.zip(trip.chaperone_busy) {
        let chaperone = &problem.volunteers[chaperone.at()];
        changes.extend(availability_change(problem, chaperone.id.place(), &chaperone.available, busy));
    }
    if !family.available.is_empty() {
        changes.extend(availability_change(
            problem,
            family.id.place(),
            &family.available,
            (picked_up.arrive, dropped_off.arrive),
        ));
    }

    // §4.8
    let rides = [slot.gate_in - picked_up.depart, dropped_off.arrive - slot.gate_out];
    let limits = [Way::Out, Way::Back].map(|way| rider(instance, way, trip.crew.slot, ride, Slack::ANY).max_ride);
    if rides[0] > limits[0] || rides[1] > limits[1] {
        let to = u32::try_from(rides[0].max(rides[1])).ok()?;
        let was = u32::try_from(if rides[0] > limits[0] { limits[0] } else { limits[1] }).ok()?;
        changes.push(Change::Ride { family: family.id.clone(), was, to });
    }

    // §5.3
    let kilometres = i64::try_from(trip.metres.div_ceil(1000)).ok()?;
    let limits = [
        (Limit::Duty, problem.policy.max_duty_of(driver), trip.duty()),
        (Limit::Driving, problem.policy.max_driving_of(driver), trip.drive),
        (Limit::Kilometres, driver.max_km_week, kilometres),
    ];
    for (limit, was, to) in limits {
        let (Some(was), to) = (was, u32::try_from(to).ok()?) else { continue };
        if to > was {
            changes.push(Change::Stretch { volunteer: driver.id.clone(), limit, was, to });
        }
    }
    Some(changes)
}

/// What would have to change for somebody to be available for a span of instants: a window made wider, or a new one,
/// whichever takes less.
fn availability_change(
    problem: &Problem,
    person: PlaceId,
    windows: &[Window],
    (from, to): (i64, i64),
) -> Option<Change> {
    let zone = problem.timezone;
    let wall = |instant: i64| zone.wall(Instant(instant));
    let (first, last): (WallTime, WallTime) = (wall(from), wall(to));
    let wider = |was: Window| {
        let begins = zone.instant(was.from).0;
        let ends = zone.instant(was.to).0;
        let window =
            Window { from: if from < begins { first } else { was.from }, to: if ends < to { last } else { was.to } };
        Change::Widen { person: person.clone(), was, window }
    };
    let includes = |window: &Window| zone.instant(window.from).0 <= from && to <= zone.instant(window.to).0;
    if windows.iter().any(includes) {
        return None;
    }
    let new = Change::Free { person: person.clone(), window: Window { from: first, to: last } };
    windows
        .iter()
        .map(|&window| wider(window))
        .chain([new])
        .min_by_key(|change| effort(std::slice::from_ref(change), zone))
}
