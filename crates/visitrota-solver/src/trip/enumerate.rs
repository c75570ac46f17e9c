//! The enumeration of every trip worth having: for each slot and driver, depth first through the set-enumeration tree
//! of groups (R. Rymon, Search through systematic set enumeration, KR 1992), pruned by the monotone tests of
//! [`reach`](super::reach).

use rayon::prelude::*;

use super::reach::{driver_may_be_in_time, may_take_in_some_trip, within_reach};
use super::search_limits::SearchLimits;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack};
use crate::trip::{self, Crew, FoundTrips, Trip, assemble};

/// Every trip that can be in a best rota, in a fixed order, on all threads of the current pool.
///
/// A trip is left out only where a rota without it is valid and scores no less: where it costs its volunteers at least
/// the points it brings, and carries nobody who must ride, or on whom others' rides hang. Once planning must end, the trips
/// found so far are returned. `None` if there are more than `max_trips`.
pub(crate) fn enumerate(instance: &Instance<'_>, max_trips: usize) -> Option<FoundTrips> {
    if more_combinations_than(instance, max_trips) {
        return None;
    }
    let limits = SearchLimits::new(instance.stop, max_trips);
    let slots: Vec<_> = instance.slot_ixs().collect();
    let candidates: Vec<_> =
        slots.par_iter().filter(|_| !limits.must_stop()).map(|&slot| SlotCandidates::new(instance, slot)).collect();
    let drivers: Vec<_> = instance.volunteer_ixs().collect();
    let trips = drivers
        .par_iter()
        .flat_map_iter(|&driver| {
            let mut trips = Vec::new();
            for of_slot in &candidates {
                of_slot.trips_of(instance, driver, &limits, &mut trips);
            }
            trips
        })
        .collect();
    let complete = !limits.incomplete() && !instance.stop.now();
    (!limits.too_many_trips()).then_some(FoundTrips { trips, complete })
}

/// Whether there are more than so many combinations of a ride, a slot and a driver that may be trips.
fn more_combinations_than(instance: &Instance<'_>, limit: usize) -> bool {
    let options = instance
        .ride_ixs()
        .flat_map(|ride| instance.rides[ride.at()].options.iter().map(move |option| (ride, option.slot)));
    let combinations = options.flat_map(|(ride, slot)| {
        instance.volunteer_ixs().filter(move |&driver| may_take_in_some_trip(instance, driver, slot, ride))
    });
    limit < usize::MAX && combinations.take(limit + 1).count() > limit
}

/// The work that an answer is worth, as [`SearchLimits::take_work_for`] counts it: some 47,000 groups of three rides or
/// more.
const WORK_OF_AN_ANSWER: u64 = 3_000_000;

/// Whether any trip could carry a ride to one of these slots, alone or with others, worth having or not. `None` where
/// that takes too long to decide, or where planning must end.
pub(crate) fn some_trip_serves(instance: &Instance<'_>, ride: RideIx, slots: &[SlotIx]) -> Option<bool> {
    // One trip is enough: the search stops as soon as there is more than none.
    let limits = SearchLimits::new(instance.stop, 0).with_work(WORK_OF_AN_ANSWER);
    let served = slots.iter().any(|&slot| {
        let mut candidates: Option<SlotCandidates> = None;
        instance.volunteer_ixs().any(|driver| {
            if instance.stop.now() || !may_take_in_some_trip(instance, driver, slot, ride) {
                return false;
            }
            let candidates = candidates.get_or_insert_with(|| SlotCandidates::new(instance, slot));
            let Some(at) = candidates.rides.iter().position(|&other| other == ride) else { return false };
            let mut trips = Vec::new();
            if let Some(mut enumeration) = candidates.enumeration(instance, driver, &limits, &mut trips) {
                enumeration.keep_all = true;
                // The ride first, then whoever may share with it, before or after it in order.
                let mut others = candidates.rides_of(instance, driver);
                let may_join = |other: usize| {
                    candidates.may_share[at][other] && may_meet(instance, slot, ride, candidates.rides[other])
                };
                others.retain(|&other| may_join(other));
                enumeration.add_ride(at, &others);
            }
            !trips.is_empty()
        })
    });
    let decided = served || !(limits.incomplete() || instance.stop.now());
    decided.then_some(served)
}

/// Every crew that could take some of these rides to a slot, whoever else rides, with those of the rides that it takes.
/// `None` where that takes too long to find out, or where planning must end.
pub(crate) fn crews_in_company(
    instance: &Instance<'_>,
    rides: &[RideIx],
    slot: SlotIx,
) -> Option<Vec<(Crew, Vec<RideIx>)>> {
    let limits = SearchLimits::new(instance.stop, usize::MAX).with_work(WORK_OF_AN_ANSWER);
    let candidates = SlotCandidates::new(instance, slot);
    let position = |ride: &RideIx| candidates.rides.iter().position(|other| other == ride);
    let wanted: Vec<usize> = rides.iter().filter_map(position).collect();
    let mut found = Vec::new();
    for driver in instance.volunteer_ixs().filter(|_| !limits.must_stop()) {
        let mut trips = Vec::new();
        if let Some(mut enumeration) = candidates.enumeration(instance, driver, &limits, &mut trips) {
            enumeration.keep_all = true;
            let mut joining = candidates.rides_of(instance, driver);
            // Each group with its first ride that is wanted, and none of those before.
            for &at in &wanted {
                if joining.contains(&at) {
                    joining.retain(|&other| other != at);
                    let may_join = |&other: &usize| {
                        candidates.may_share[at][other]
                            && may_meet(instance, slot, candidates.rides[at], candidates.rides[other])
                    };
                    enumeration.add_ride(at, &joining.iter().copied().filter(may_join).collect::<Vec<_>>());
                }
            }
        }
        for Trip { crew, rides: riding, .. } in trips {
            let riding: Vec<RideIx> = rides.iter().copied().filter(|ride| riding.contains(ride)).collect();
            if !found.contains(&(crew, riding.clone())) {
                found.push((crew, riding));
            }
        }
    }
    (!limits.incomplete() && !instance.stop.now()).then_some(found)
}

/// Whether the visits of two rides may both take place in a slot: of families who visit together, all ride there.
fn may_meet(instance: &Instance<'_>, slot: SlotIx, a: RideIx, b: RideIx) -> bool {
    let riding = |ride: RideIx| {
        let facts = &instance.rides[ride.at()];
        if facts.is_joint { instance.requests[facts.request.at()].rides.clone() } else { vec![ride] }
    };
    let (with_a, with_b) = (riding(a), riding(b));
    let apart = |a: RideIx, b: RideIx| instance.visit_rows.exclude_each_other(a, b, slot);
    with_a == with_b || !with_a.iter().any(|&a| with_b.iter().any(|&b| apart(a, b)))
}

/// What the enumeration looks up once for each slot.
struct SlotCandidates {
    slot: SlotIx,
    rides: Vec<RideIx>,
    /// Whether two of `rides` may ride together, by their positions.
    may_share: Vec<Vec<bool>>,
    chaperones: Vec<VolunteerIx>,
}

impl SlotCandidates {
    fn new(instance: &Instance<'_>, slot: SlotIx) -> Self {
        let rides: Vec<_> = instance.rides_by_slot[slot.at()]
            .iter()
            .copied()
            .filter(|&ride| trip::may_visit(instance, ride, slot).is_ok())
            .collect();
        let may_share =
            rides.iter().map(|&a| rides.iter().map(|&b| trip::may_share(instance, slot, a, b)).collect()).collect();
        let chaperones = instance.volunteer_ixs().filter(|&c| trip::may_chaperone(instance, c, slot).is_ok()).collect();
        Self { slot, rides, may_share, chaperones }
    }

    fn trips_of(&self, instance: &Instance<'_>, driver: VolunteerIx, limits: &SearchLimits<'_>, trips: &mut Vec<Trip>) {
        if let Some(mut enumeration) = self.enumeration(instance, driver, limits, trips) {
            enumeration.extend_group(&self.rides_of(instance, driver));
        }
    }

    /// The rides, by position, that may ride with a driver who may drive here.
    fn rides_of(&self, instance: &Instance<'_>, driver: VolunteerIx) -> Vec<usize> {
        let may = |at: &usize| trip::may_ride(instance, driver, self.slot, self.rides[*at]).is_ok();
        (0..self.rides.len()).filter(may).collect()
    }

    /// The enumeration for one driver, at the empty group; none if they may not drive here.
    fn enumeration<'a>(
        &'a self,
        instance: &'a Instance<'a>,
        driver: VolunteerIx,
        limits: &'a SearchLimits<'a>,
        trips: &'a mut Vec<Trip>,
    ) -> Option<GroupEnumeration<'a>> {
        trip::may_drive(instance, driver, self.slot).ok()?;
        let slacks = instance.slacks(driver, self.slot);
        let group = Vec::new();
        Some(GroupEnumeration { candidates: self, instance, driver, slacks, limits, keep_all: false, group, trips })
    }
}

/// The groups of one driver and slot, extended by one ride at a time, depth first.
struct GroupEnumeration<'a> {
    candidates: &'a SlotCandidates,
    instance: &'a Instance<'a>,
    driver: VolunteerIx,
    slacks: Vec<Slack>,
    limits: &'a SearchLimits<'a>,
    /// Whether to keep trips that are not worth having too.
    keep_all: bool,
    /// The group so far.
    group: Vec<RideIx>,
    trips: &'a mut Vec<Trip>,
}

impl GroupEnumeration<'_> {
    /// Adds each of the rides that may still join, and then those after it.
    fn extend_group(&mut self, joining: &[usize]) {
        for (nth, &at) in joining.iter().enumerate() {
            let may_share = &self.candidates.may_share[at];
            let rest: Vec<_> = joining[nth + 1..].iter().copied().filter(|&other| may_share[other]).collect();
            self.add_ride(at, &rest);
        }
    }

    /// Adds one ride, and then those of `rest`.
    fn add_ride(&mut self, at: usize, rest: &[usize]) {
        self.group.push(self.candidates.rides[at]);
        let Self { instance, driver, .. } = *self;
        let slot = self.candidates.slot;
        // §5.2: a trip of more visits than there are tables keeps every rule of a trip, but is in no rota.
        let tables = instance.slots[slot.at()].tables.map_or(usize::MAX, |tables| tables as usize);
        if !self.limits.must_stop()
            && self.limits.take_work_for(self.group.len())
            && self.group.iter().map(|&ride| instance.visit_rows.tables(ride, slot)).sum::<usize>() <= tables
            && trip::fits(instance, driver, &self.group).is_ok()
            && within_reach(instance, driver, slot, &self.group)
            && driver_may_be_in_time(instance, driver, slot, &self.slacks, &self.group)
        {
            self.assemble_trips();
            self.extend_group(rest);
        }
        self.group.pop();
    }

    /// Assembles the trips of the group as it stands, with each chaperone who may ride.
    fn assemble_trips(&mut self) {
        let instance = self.instance;
        let needs_chaperone = instance.needs_chaperone(&self.group);
        let chaperones: Vec<_> =
            if needs_chaperone { self.candidates.chaperones.iter().copied().map(Some).collect() } else { vec![None] };
        let mut rides = self.group.clone();
        rides.sort_unstable();
        for chaperone in chaperones {
            if self.limits.must_stop() {
                return;
            }
            let crew = Crew { driver: self.driver, chaperone, slot: self.candidates.slot };
            let FoundTrips { trips, complete } = assemble(instance, crew, &rides);
            if !complete {
                self.limits.set_incomplete();
            }
            let known = self.trips.len();
            self.trips.extend(trips.into_iter().filter(|trip| self.keep_all || worth_having(instance, trip)));
            self.limits.add_found(self.trips.len() - known);
        }
    }
}

fn worth_having(instance: &Instance<'_>, trip: &Trip) -> bool {
    let needed = |ride: &RideIx| instance.rides[ride.at()].pin.is_some() || instance.rides[ride.at()].is_joint;
    let least_load: i64 = trip.volunteers().map(|(volunteer, _)| instance.load_step(volunteer, 0)).sum();
    trip.points > least_load || trip.rides.iter().any(needed)
}
