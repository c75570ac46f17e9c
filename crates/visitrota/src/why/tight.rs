//! What of trips is used up.

use visitrota_model::{Problem, Rota, Tight, Trip, Volunteer};

use super::served::{rides_of, visits_in};

/// What of some trips is used up to the last, or nearly so; each thing once.
pub(super) fn tight(problem: &Problem, rota: &Rota, trips: &[usize]) -> Vec<Tight> {
    let mut all: Vec<Tight> = Vec::new();
    for tight in trips.iter().flat_map(|&trip| of_trip(problem, rota, &rota.trips[trip])) {
        if !all.contains(&tight) {
            all.push(tight);
        }
    }
    all
}

fn of_trip(problem: &Problem, rota: &Rota, trip: &Trip) -> Vec<Tight> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut tight = Vec::new();
    if let Some(slot) = problem.slots.iter().find(|slot| slot.id == trip.slot) {
        let taken = number(visits_in(rota, &slot.id));
        if let Some(tables) = slot.tables.filter(|tables| *tables <= taken) {
            tight.push(Tight::Tables { slot: slot.id.clone(), tables });
        }
    }
    let Some(driver) = problem.volunteers.iter().find(|volunteer| volunteer.id == trip.driver) else { return tight };
    let rides = rides_of(problem, trip);
    let families = problem.families.iter().filter(|family| rides.iter().any(|(_, riding)| **riding == family.id));
    let riding = families.flat_map(|family| &family.members).filter(|member| !member.wheelchair).count();
    if let Some(car) = driver.car.filter(|car| car.seats <= number(riding + usize::from(trip.chaperone.is_some()))) {
        tight.push(Tight::Seats { seats: car.seats });
    }
    if driver.max_families <= number(rides.len()) {
        tight.push(Tight::Families { families: driver.max_families });
    }
    let goes = |trip: &Trip, volunteer: &Volunteer| {
        trip.driver == volunteer.id || trip.chaperone.as_ref() == Some(&volunteer.id)
    };
    for volunteer in problem.volunteers.iter().filter(|volunteer| goes(trip, volunteer)) {
        let trips = rota.trips.iter().filter(|trip| goes(trip, volunteer)).count();
        if volunteer.max_trips <= number(trips) {
            tight.push(Tight::Trips { volunteer: volunteer.id.clone(), trips: volunteer.max_trips });
        }
    }
    tight.extend(of_time(problem, driver, trip));
    tight
}

/// What of a driver's time is used up.
fn of_time(problem: &Problem, driver: &Volunteer, trip: &Trip) -> Vec<Tight> {
    /// Minutes; what leaves more than that is not tight.
    const NEAR: i64 = 30;
    let zone = problem.timezone;
    let mut tight = Vec::new();
    let ends = (trip.stops.first().and_then(|stop| stop.depart)).zip(trip.stops.last().and_then(|stop| stop.arrive));
    let Some((from, to)) = ends.map(|(from, to)| (zone.instant(from).0, zone.instant(to).0)) else { return tight };
    if let Some(left) =
        problem.policy.max_duty_of(driver).map(|most| i64::from(most) - (to - from)).filter(|left| *left <= NEAR)
    {
        tight.push(Tight::Duty { left: u32::try_from(left).unwrap_or(0) });
    }
    let spare =
        driver.available.iter().map(|window| (from - zone.instant(window.from).0, zone.instant(window.to).0 - to));
    let spare = spare.filter(|(before, after)| *before >= 0 && *after >= 0).max_by_key(|(a, b)| *a.min(b));
    if let Some((before, after)) = spare.filter(|(before, after)| *before.min(after) <= NEAR) {
        let [before, after] = [before, after].map(|minutes| u32::try_from(minutes).unwrap_or(0));
        tight.push(Tight::Window { volunteer: driver.id.clone(), before, after });
    }
    tight
}
