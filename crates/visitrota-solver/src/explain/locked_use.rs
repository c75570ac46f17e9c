//! What locked trips take of what people and slots have (§5.6).

use std::collections::BTreeSet;

use crate::instance::Instance;
use crate::instance::index::{PrisonerIx, RequestIx, SlotIx, VolunteerIx};
use crate::instance::locked::LockedTrip;

/// What locked trips take of a volunteer's limits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LockedUse {
    /// Trips in the week, and on the date.
    pub(super) trips: u32,
    pub(super) trips_on_date: u32,
    /// Minutes from home to home and of driving on the date, and metres in the week, as driver.
    pub(super) duty: i64,
    pub(super) drive: i64,
    pub(super) metres: u64,
}

impl LockedUse {
    /// What locked trips take of a volunteer's week, and of the date of a slot.
    pub(super) fn of(instance: &Instance<'_>, volunteer: VolunteerIx, slot: SlotIx) -> Self {
        let date = instance.slots[slot.at()].date;
        let mut used = Self::default();
        for trip in instance.locked.trips.iter().filter(|trip| is_busy(trip, volunteer).is_some()) {
            let on_date = instance.slots[trip.slot.at()].date == date;
            let drives = trip.driver == volunteer;
            used.trips += 1;
            used.trips_on_date += u32::from(on_date);
            used.metres += if drives { trip.metres } else { 0 };
            if drives && on_date {
                used.duty += trip.busy.1 - trip.busy.0;
                used.drive += trip.drive;
            }
        }
        used
    }
}

/// Whether a volunteer is out on a locked trip, turnaround included, at some time of a span (§5.3).
pub(super) fn is_out(instance: &Instance<'_>, volunteer: VolunteerIx, (from, to): (i64, i64)) -> bool {
    let turnaround = i64::from(instance.policy.turnaround_min);
    let busy = instance.locked.trips.iter().filter_map(|trip| is_busy(trip, volunteer));
    busy.into_iter().any(|(leaves, returns)| leaves - turnaround < to && from < returns + turnaround)
}

/// How many visits locked trips have in a slot.
pub(super) fn visits_in(instance: &Instance<'_>, slot: SlotIx) -> u32 {
    visits(instance, |_, other| other == slot)
}

/// How many visits of a prisoner locked trips have.
pub(super) fn visits_of(instance: &Instance<'_>, prisoner: PrisonerIx) -> u32 {
    visits(instance, |request, _| instance.requests[request.at()].prisoner == Some(prisoner))
}

fn visits(instance: &Instance<'_>, counts: impl Fn(RequestIx, SlotIx) -> bool) -> u32 {
    let trips = instance.locked.trips.iter();
    let rides = trips.flat_map(|trip| trip.rides.iter().map(move |ride| (ride.request, trip.slot)));
    let visits: BTreeSet<RequestIx> =
        rides.filter(|&(request, slot)| counts(request, slot)).map(|(request, _)| request).collect();
    u32::try_from(visits.len()).unwrap_or(u32::MAX)
}

/// When a volunteer is out on a locked trip, if they are.
fn is_busy(trip: &LockedTrip, volunteer: VolunteerIx) -> Option<(i64, i64)> {
    if trip.driver == volunteer {
        Some(trip.busy)
    } else {
        trip.chaperone_busy.filter(|_| trip.chaperone == Some(volunteer))
    }
}
