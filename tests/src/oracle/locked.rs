//! Trips that stand as given (§5.6 of the rules of a rota).

use visitrota::rota::{StopKind, Trip};

use super::facts::Facts;
use super::outing::Outing;
use super::rides::Crew;

/// A locked trip, with what it uses.
pub(super) fn read(facts: &Facts<'_>, trip: &Trip) -> Outing {
    let problem = facts.problem;
    let volunteer = |id| problem.volunteers.iter().position(|volunteer| volunteer.id == id).expect("a volunteer");
    let crew = Crew {
        driver: volunteer(trip.driver.clone()),
        chaperone: trip.chaperone.clone().map(volunteer),
        slot: problem.slots.iter().position(|slot| slot.id == trip.slot).expect("a slot"),
    };
    let arrival = |kind: StopKind, place: &str| {
        let stop = trip.stops.iter().find(|stop| stop.kind == kind && stop.place.as_str() == place)?;
        Some(facts.clock.instant(stop.arrive.expect("a time of arrival")))
    };
    let times = |place: &str| arrival(StopKind::Pickup, place).zip(arrival(StopKind::Dropoff, place));
    let carried = |ride: &usize| {
        trip.requests.contains(&facts.request_of(*ride).id) && times(facts.family_of(*ride).id.as_str()).is_some()
    };
    let rides: Vec<usize> = (0..facts.rides.len()).filter(carried).collect();
    let late = |ride: usize| {
        let (out, back) = times(facts.family_of(ride).id.as_str()).expect("a family on board");
        facts
            .promises(ride, crew)
            .filter(|told| facts.is_off(told.pickup, out) || facts.is_off(told.home, back))
            .count()
    };
    let leaves = trip.stops.first().and_then(|stop| stop.depart).expect("a time of leaving");
    let home = trip.stops.last().and_then(|stop| stop.arrive).expect("a time of coming home");
    Outing {
        driver: crew.driver,
        chaperone: crew.chaperone,
        slot: crew.slot,
        late: rides.iter().map(|&ride| late(ride)).sum(),
        rides,
        drive: trip.drive_min.into(),
        metres: trip.metres.try_into().expect("metres of a trip"),
        busy: (facts.clock.instant(leaves), facts.clock.instant(home)),
        escort: trip.chaperone.as_ref().and_then(|id| times(id.as_str())),
        locked: true,
    }
}
