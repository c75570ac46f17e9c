//! The timetable of a trip whose stops are in order (§4.6 and §4.7).

use visitrota_model::Way;
use visitrota_travel::PlaceIndex;

use super::Trip;
use crate::instance::Instance;

/// The car's call at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) place: PlaceIndex,
    pub(crate) arrive: i64,
    pub(crate) depart: i64,
}

/// Where the car calls and when, from the driver's home and back to it. The gate stands once.
///
/// Each half runs forward from its start: arrival is the driving so far, the breaks that fall due in it, and the
/// boarding at earlier stops (§4.6). That the outward half reaches the gate on time is how [`Trip::busy`] was worked
/// out.
pub(crate) fn call_times(instance: &Instance<'_>, trip: &Trip) -> Vec<Call> {
    let slot = &instance.slots[trip.crew.slot.at()];
    let home = instance.volunteers[trip.crew.driver.at()].home;
    let stop = |way| {
        move |position: &u8| match trip.rides.get(usize::from(*position)) {
            Some(&ride) => (instance.place(ride, trip.crew.slot, way), instance.family(ride).boarding),
            None => (trip.crew.chaperone.map_or(home, |c| instance.volunteers[c.at()].home), 0),
        }
    };
    let mut calls = vec![Call { place: home, arrive: trip.busy.0, depart: trip.busy.0 }];
    let mut go = |start: i64, from: PlaceIndex, stops: &mut dyn Iterator<Item = (PlaceIndex, i64)>| {
        let (mut at, mut drive, mut boarded) = (from, 0, 0);
        for (place, boarding) in stops {
            drive += i64::from(instance.travel.leg(at, place).minutes);
            let arrive = start + drive + instance.breaks(drive) + boarded;
            boarded += boarding;
            calls.push(Call { place, arrive, depart: arrive + boarding });
            at = place;
        }
    };
    let visit = slot.gate_out - slot.gate_in;
    go(trip.busy.0, home, &mut trip.out.iter().map(stop(Way::Out)).chain([(slot.gate, visit)]));
    go(slot.gate_out, slot.gate, &mut trip.back.iter().map(stop(Way::Back)).chain([(home, 0)]));
    calls
}
