//! Every trip worth having, enumerated.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use rayon::prelude::*;
use visitrota_travel::PlaceIndex;

use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};
use crate::instance::{Instance, Slack};
use crate::trip::timing::{Direction, Task, may_be_in_time};
use crate::trip::{self, Crew, FoundTrips, Trip, assemble};

/// Says whether to stop; told of trips as they are found.
struct SearchLimits<'a> {
    stop: &'a (dyn Fn() -> bool + Sync),
    found: AtomicUsize,
    max_trips: usize,
    /// Work left; there is no end to it unless it is given.
    work_left: AtomicU64,
    /// Whether some ways of making a trip may have been left out.
    incomplete: AtomicBool,
}

impl<'a> SearchLimits<'a> {
    fn new(asked: &'a (dyn Fn() -> bool + Sync), most: usize) -> Self {
        Self {
            stop: asked,
            found: AtomicUsize::new(0),
            max_trips: most,
            work_left: AtomicU64::new(u64::MAX),
            incomplete: AtomicBool::new(false),
        }
    }

    fn too_many_trips(&self) -> bool {
        self.found.load(Ordering::Relaxed) > self.max_trips
    }

    fn must_stop(&self) -> bool {
        (self.stop)() || self.too_many_trips()
    }

    /// Whether there is work left for a group of so many, which it then takes: the more stops, the more orders.
    fn take_work_for(&self, group: usize) -> bool {
        let work = 1_u64 << (2 * group).min(6);
        let left = self.work_left.load(Ordering::Relaxed);
        if left != u64::MAX {
            self.work_left.store(left.saturating_sub(work), Ordering::Relaxed);
        }
        self.incomplete.fetch_or(left < work, Ordering::Relaxed);
        left >= work
    }
}

/// What the enumeration looks up for each slot.
struct SlotCandidates {
    slot: SlotIx,
    requests: Vec<RequestIx>,
    /// Whether two of `requests` may ride together, by their positions.
    may_share: Vec<Vec<bool>>,
    chaperones: Vec<VolunteerIx>,
}

/// Every trip that can be in a best rota, in a fixed order, on all threads of the current pool.
///
/// A trip is left out only where a rota without it is valid and scores no less: where it costs its volunteers at least
/// the points it brings, and serves no pinned request. `stop` is asked now and then; once it says so, the trips found
/// so far are returned. `None` if there are more than `most`.
pub(crate) fn enumerate(instance: &Instance<'_>, most: usize, stop: &(dyn Fn() -> bool + Sync)) -> Option<FoundTrips> {
    if more_combinations_than(instance, most) {
        return None;
    }
    let limits = SearchLimits::new(stop, most);
    let slots: Vec<_> = instance.slot_ixs().collect();
    let groups: Vec<_> = slots.par_iter().map(|&slot| SlotCandidates::new(instance, slot)).collect();
    let drivers: Vec<_> = instance.volunteer_ixs().collect();
    let trips = drivers
        .par_iter()
        .flat_map_iter(|&driver| {
            let mut trips = Vec::new();
            for group in &groups {
                group.trips_of(instance, driver, &limits, &mut trips);
            }
            trips
        })
        .collect();
    let complete = !limits.incomplete.load(Ordering::Relaxed) && !stop();
    (!limits.too_many_trips()).then_some(FoundTrips { trips, complete })
}

/// Whether requests, slots and drivers that might go together by themselves are more than so many.
fn more_combinations_than(instance: &Instance<'_>, most: usize) -> bool {
    let options = instance
        .request_ixs()
        .flat_map(|request| instance.requests[request.at()].options.iter().map(move |option| (request, option.slot)));
    let might = options.flat_map(|(request, slot)| {
        instance.volunteer_ixs().filter(move |&driver| may_take_in_some_trip(instance, driver, slot, request))
    });
    most < usize::MAX && might.take(most + 1).count() > most
}

/// Whether any trip could serve a request, alone or with others, worth having or not; `None` where that takes too long to
/// tell, or `stop` says so.
pub(crate) fn some_trip_serves(
    instance: &Instance<'_>,
    request: RequestIx,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<bool> {
    /// Work that is worth the answer; see [`SearchLimits::take_work_for`].
    const WORK: u64 = 3_000_000;
    // One trip is enough.
    let limits = SearchLimits { work_left: AtomicU64::new(WORK), ..SearchLimits::new(stop, 0) };
    let could = instance.requests[request.at()].options.iter().any(|option| {
        let slot = option.slot;
        let mut group: Option<SlotCandidates> = None;
        instance.volunteer_ixs().any(|driver| {
            if !may_take_in_some_trip(instance, driver, slot, request) {
                return false;
            }
            let group = group.get_or_insert_with(|| SlotCandidates::new(instance, slot));
            let Some(at) = group.requests.iter().position(|&other| other == request) else { return false };
            let mut trips = Vec::new();
            if let Some(mut enumeration) = group.enumeration(instance, driver, &limits, &mut trips) {
                enumeration.keep_all = true;
                // The request first, then whoever may share with it, before or after it in order.
                let others = group.requests_of(instance, driver);
                enumeration.add_request(
                    at,
                    &others.into_iter().filter(|&other| group.may_share[at][other]).collect::<Vec<_>>(),
                );
            }
            !trips.is_empty()
        })
    });
    let told = could || !(limits.incomplete.load(Ordering::Relaxed) || stop());
    told.then_some(could)
}

/// Whether a driver might take a request to a slot in some trip; if not, they take it in none.
pub(crate) fn may_take_in_some_trip(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    request: RequestIx,
) -> bool {
    trip::may_drive(instance, driver, slot).is_ok()
        && trip::may_visit(instance, request, slot).is_ok()
        && trip::may_ride(instance, driver, slot, request).is_ok()
        && within_reach(instance, driver, slot, &[request])
        && driver_may_be_in_time(instance, driver, slot, &instance.slack(driver, slot), &[request])
}

/// Whether a driver's limits of minutes and metres might allow a trip by way of each of a group: whoever else rides, it is
/// no shorter.
fn within_reach(instance: &Instance<'_>, driver: VolunteerIx, slot: SlotIx, group: &[RequestIx]) -> bool {
    let facts = &instance.volunteers[driver.at()];
    let slot = &instance.slots[slot.at()];
    let farthest = |least: &dyn Fn(PlaceIndex, PlaceIndex) -> u64, from, to| {
        let by_way = |&request: &RequestIx| {
            let home = instance.family(request).home;
            least(from, home) + least(home, to)
        };
        group.iter().map(by_way).max().unwrap_or(0)
    };
    let both_ways = |least: &dyn Fn(PlaceIndex, PlaceIndex) -> u64| {
        farthest(least, facts.home, slot.gate) + farthest(least, slot.gate, facts.home)
    };
    let minutes = || both_ways(&|from, to| instance.travel.at_least(from, to).into());
    facts.max_driving_min.is_none_or(|most| minutes() <= most.into())
        && facts.max_duty_min.is_none_or(|most| minutes() + slot.gate_out.abs_diff(slot.gate_in) <= most.into())
        && facts
            .max_metres
            .is_none_or(|most| both_ways(&|from, to| instance.travel.metres_at_least(from, to).into()) <= most)
}

/// Whether a driver with these choices of slack might be in time with a group, by the test of [`may_be_in_time`].
fn driver_may_be_in_time(
    instance: &Instance<'_>,
    driver: VolunteerIx,
    slot: SlotIx,
    slacks: &[Slack],
    group: &[RequestIx],
) -> bool {
    let home = instance.volunteers[driver.at()].home;
    let gate = instance.slots[slot.at()].gate;
    slacks.iter().any(|&slack| {
        [Direction::Out, Direction::Back].into_iter().all(|direction| {
            let rider =
                |&request| trip::rider(instance, direction, slot, request, trip::widest_slack(instance, request, slot));
            let riders: Vec<_> = group.iter().map(rider).collect();
            let slack = if direction == Direction::Out { slack.before } else { slack.after };
            may_be_in_time(instance, &Task { direction, home, gate, slack, riders: &riders })
        })
    })
}

impl SlotCandidates {
    fn new(instance: &Instance<'_>, slot: SlotIx) -> Self {
        let requests: Vec<_> = instance.asking[slot.at()]
            .iter()
            .copied()
            .filter(|&request| trip::may_visit(instance, request, slot).is_ok())
            .collect();
        let share = requests
            .iter()
            .map(|&a| requests.iter().map(|&b| trip::may_share(instance, slot, a, b)).collect())
            .collect();
        let chaperones = instance.volunteer_ixs().filter(|&c| trip::may_chaperone(instance, c, slot).is_ok()).collect();
        Self { slot, requests, may_share: share, chaperones }
    }

    fn trips_of(&self, instance: &Instance<'_>, driver: VolunteerIx, limits: &SearchLimits<'_>, trips: &mut Vec<Trip>) {
        if let Some(mut enumeration) = self.enumeration(instance, driver, limits, trips) {
            enumeration.extend_group(&self.requests_of(instance, driver));
        }
    }

    /// The requests, by position, that may ride with a driver who may drive here.
    fn requests_of(&self, instance: &Instance<'_>, driver: VolunteerIx) -> Vec<usize> {
        let may = |at: &usize| trip::may_ride(instance, driver, self.slot, self.requests[*at]).is_ok();
        (0..self.requests.len()).filter(may).collect()
    }

    /// An empty group to grow for a driver, who must be one who may drive here.
    fn enumeration<'a>(
        &'a self,
        instance: &'a Instance<'a>,
        driver: VolunteerIx,
        limits: &'a SearchLimits<'a>,
        trips: &'a mut Vec<Trip>,
    ) -> Option<GroupEnumeration<'a>> {
        trip::may_drive(instance, driver, self.slot).ok()?;
        let slacks = instance.slack(driver, self.slot);
        Some(GroupEnumeration {
            candidates: self,
            instance,
            driver,
            slacks,
            limits,
            keep_all: false,
            group: Vec::new(),
            trips,
        })
    }
}

/// Groups for one driver and slot, grown a request at a time.
struct GroupEnumeration<'a> {
    candidates: &'a SlotCandidates,
    instance: &'a Instance<'a>,
    driver: VolunteerIx,
    slacks: Vec<Slack>,
    limits: &'a SearchLimits<'a>,
    /// Whether trips not worth having are kept too.
    keep_all: bool,
    /// The group so far.
    group: Vec<RequestIx>,
    trips: &'a mut Vec<Trip>,
}

impl GroupEnumeration<'_> {
    /// Adds each of the requests that still may join, then those after it.
    fn extend_group(&mut self, able: &[usize]) {
        for (nth, &at) in able.iter().enumerate() {
            let share = &self.candidates.may_share[at];
            let rest: Vec<_> = able[nth + 1..].iter().copied().filter(|&other| share[other]).collect();
            self.add_request(at, &rest);
        }
    }

    /// Adds one request, then those of `rest`.
    fn add_request(&mut self, at: usize, rest: &[usize]) {
        self.group.push(self.candidates.requests[at]);
        let Self { instance, driver, .. } = *self;
        // A trip of more families than there are tables keeps every rule of a trip, and is in no rota.
        let tables = instance.slots[self.candidates.slot.at()].tables.map_or(usize::MAX, |tables| tables as usize);
        if !self.limits.must_stop()
            && self.limits.take_work_for(self.group.len())
            && self.group.len() <= tables
            && trip::fits(instance, driver, &self.group).is_ok()
            && within_reach(instance, driver, self.candidates.slot, &self.group)
            && driver_may_be_in_time(instance, driver, self.candidates.slot, &self.slacks, &self.group)
        {
            self.assemble_trips();
            self.extend_group(rest);
        }
        self.group.pop();
    }

    /// The trips of the group as it stands, with each chaperone who may ride.
    fn assemble_trips(&mut self) {
        let instance = self.instance;
        let escorted =
            instance.chaperone_rides() && self.group.iter().any(|&request| instance.family(request).child_only);
        let chaperones: Vec<_> =
            if escorted { self.candidates.chaperones.iter().copied().map(Some).collect() } else { vec![None] };
        let mut requests = self.group.clone();
        requests.sort_unstable();
        for chaperone in chaperones {
            if self.limits.must_stop() {
                return;
            }
            let crew = Crew { driver: self.driver, chaperone, slot: self.candidates.slot };
            let FoundTrips { trips, complete } = assemble(instance, crew, &requests);
            self.limits.incomplete.fetch_or(!complete, Ordering::Relaxed);
            let known = self.trips.len();
            self.trips.extend(trips.into_iter().filter(|trip| self.keep_all || worth_having(instance, trip)));
            self.limits.found.fetch_add(self.trips.len() - known, Ordering::Relaxed);
        }
    }
}

fn worth_having(instance: &Instance<'_>, trip: &Trip) -> bool {
    let pinned = trip.requests.iter().any(|request| instance.requests[request.at()].pin.is_some());
    let least_load: i64 = trip.volunteers().map(|(volunteer, _)| instance.load_step(volunteer, 0)).sum();
    pinned || trip.points > least_load
}
