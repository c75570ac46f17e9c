//! The score of trips (§6), locked ones among them, by its parts.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, ScoreParts};

use crate::instance::Instance;
use crate::instance::index::{FamilyIx, RequestIx, RideIx, SlotIx, VolunteerIx};
use crate::instance::locked::{LockedTrip, TimedRide};
use crate::trip::{Trip, call_times};

/// A trip made, as far as it bears on points.
pub(crate) struct Made {
    driver: VolunteerIx,
    chaperone: Option<VolunteerIx>,
    slot: SlotIx,
    drive: i64,
    rides: Vec<TimedRide>,
}

impl Made {
    /// A trip that was added.
    pub(crate) fn added(instance: &Instance<'_>, trip: &Trip) -> Self {
        let calls = call_times(instance, trip);
        let gate = trip.out.len() + 1;
        let arrive = |order: &[u8], first: usize, nth: usize| {
            let stop = order.iter().position(|&rider| usize::from(rider) == nth);
            stop.and_then(|stop| calls.get(first + stop)).map_or(0, |call| call.arrive)
        };
        let ride = |(nth, ride): (usize, &RideIx)| {
            let facts = &instance.rides[ride.at()];
            let times = [arrive(&trip.out, 1, nth), arrive(&trip.back, gate + 1, nth)];
            TimedRide { request: facts.request, family: facts.family, times }
        };
        Self {
            driver: trip.crew.driver,
            chaperone: trip.crew.chaperone,
            slot: trip.crew.slot,
            drive: trip.drive,
            rides: trip.rides.iter().enumerate().map(ride).collect(),
        }
    }

    fn locked(trip: &LockedTrip) -> Self {
        let &LockedTrip { driver, chaperone, slot, drive, ref rides, .. } = trip;
        Self { driver, chaperone, slot, drive, rides: rides.clone() }
    }
}

/// What the locked trips score by themselves, and what is lost where nothing else is done.
pub(crate) fn base_points(instance: &Instance<'_>) -> i64 {
    parts(instance, &[]).total()
}

/// What these trips score.
pub(crate) fn score(instance: &Instance<'_>, trips: &[Trip]) -> i64 {
    parts(instance, &trips.iter().map(|trip| Made::added(instance, trip)).collect::<Vec<_>>()).total()
}

/// §6: the score of these trips and the locked ones, by its parts.
pub(crate) fn parts(instance: &Instance<'_>, added: &[Made]) -> ScoreParts {
    let Problem { requests, slots, volunteers, .. } = instance.problem;
    let weights = &instance.policy.weights;
    let mut parts = ScoreParts::default();
    let locked: Vec<Made> = instance.locked.trips.iter().map(Made::locked).collect();
    let mut made: Vec<i64> = vec![0; instance.volunteers.len()];
    let mut served: BTreeSet<RequestIx> = BTreeSet::new();
    let mut riding: BTreeMap<(RequestIx, FamilyIx), (&Made, TimedRide)> = BTreeMap::new();
    for trip in locked.iter().chain(added) {
        parts.driving += i64::from(weights.drive_min) * trip.drive;
        let crew = || std::iter::once(trip.driver).chain(trip.chaperone);
        for volunteer in crew() {
            let before = i64::from(volunteers[volunteer.at()].recent_trips) + made[volunteer.at()];
            parts.load += i64::from(weights.load) * before;
            made[volunteer.at()] += 1;
        }
        for &ride in &trip.rides {
            riding.insert((ride.request, ride.family), (trip, ride));
            let usual = &instance.families[ride.family.at()].usual;
            if !usual.is_empty() && !crew().any(|volunteer| usual.contains(&volunteer)) {
                parts.new_volunteer += i64::from(weights.new_volunteer);
            }
            if served.insert(ride.request) {
                let document = &requests[ride.request.at()];
                let rank = document.option(&slots[trip.slot.at()].id).map_or(0, |option| option.rank);
                parts.visits += i64::from(weights.visit);
                parts.waiting +=
                    i64::from(weights.per_week_waiting) * i64::from(document.weeks_waiting.min(weights.max_weeks));
                parts.extra += i64::from(document.extra_points);
                parts.slot_rank += i64::from(weights.slot_rank) * i64::from(rank);
            }
        }
    }
    for ((request, family), announced) in &instance.announced {
        for entry in announced {
            if !served.contains(request) {
                parts.drop_published += i64::from(weights.drop_published);
                continue;
            }
            let ride = riding.get(&(*request, *family));
            let other_slot = ride.is_none_or(|(trip, _)| trip.slot != entry.slot);
            let other_crew = ride.is_none_or(|(trip, _)| entry.has_other_crew(trip.driver, trip.chaperone));
            parts.change_slot += i64::from(weights.change_slot) * i64::from(other_slot);
            parts.change_driver += i64::from(weights.change_driver) * i64::from(other_crew);
            if let Some((_, ride)) = ride.filter(|_| !other_slot && !other_crew) {
                let tolerance = u64::from(instance.policy.time_tolerance_min);
                let mut times = entry.times.iter().zip(ride.times);
                let retimed = times.any(|(told, at)| told.is_some_and(|told| told.abs_diff(at) > tolerance));
                parts.change_time += i64::from(weights.change_time) * i64::from(retimed);
            }
        }
    }
    parts
}
