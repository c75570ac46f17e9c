//! Large-neighbourhood search: a rota in hand is improved by destroying part of it and repairing it as well as can be.
//!
//! (P. Shaw, Using constraint programming and local search methods to solve vehicle routing problems, CP 1998; destroy and
//! repair operators: S. Ropke and D. Pisinger, An adaptive large neighborhood search heuristic for the pickup and delivery
//! problem with time windows, Transportation Science 40, 2006.) A repair is a small program over the trips of the pool of
//! the least bound gaps, solved by branch and cut (after S. N. Parragh and V. Schmid, Hybrid column generation and large
//! neighborhood search for the dial-a-ride problem, Computers & Operations Research 40, 2013).

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::column_generation::neighbourhood::Opening;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx, TripIx, VolunteerIx};
use crate::program::Program;
use crate::program::branch_and_cut::{BranchLimits, BranchThreads, branch_and_bound, cut_and_fix};
use crate::search::rota_state::{ChosenTrips, RotaState};
use crate::trip::Trip;

/// The most trips that a repair chooses among, for each unit of effort: enough that it finds what is better, few enough
/// that mostly one linear program proves that there is nothing.
const MAX_CANDIDATES: usize = 500;

/// The most branches of a repair: one that takes more is better spent on another neighbourhood.
const MAX_NODES: u32 = 60;

/// About how many visits are destroyed at once, for each unit of effort. Neighbourhoods take turns at these sizes: small
/// ones are soon repaired, large ones find what small ones cannot.
const DESTROYED_VISITS: [usize; 3] = [12, 24, 40];

/// What large-neighbourhood search looks at.
#[derive(Clone, Copy)]
pub(crate) struct LargeNeighbourhood<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    /// For each trip of the pool, what the best rota with it falls short of the bound by, at the least.
    pub(crate) bound_gaps: &'a [i64],
    /// The trips of the pool at each slot.
    pub(crate) trips_by_slot: &'a [Vec<TripIx>],
    /// How large neighbourhoods are, and among how many trips they are repaired: 1 or more.
    pub(crate) effort: usize,
    pub(crate) seconds_left: &'a (dyn Fn() -> f64 + Sync),
}

/// A better rota that repairs a destroyed part of one.
struct Improvement {
    destroyed: BTreeSet<TripIx>,
    repaired: ChosenTrips,
}

impl LargeNeighbourhood<'_> {
    /// Neighbourhoods of a rota, drawn by the seed.
    pub(crate) fn neighbourhoods(self, rota: &ChosenTrips, seed: u64, count: usize) -> Vec<Neighbourhood> {
        let Self { instance, pool, trips_by_slot, effort, .. } = self;
        let served: usize = rota.trips.iter().map(|&trip| pool[trip].requests.len()).sum();
        // A rota of which nearly all is destroyed is a new problem, not a neighbourhood.
        let max_visits = served * 4 / 5;
        let draw = |(nth, visits): (u64, usize)| {
            let visits = (visits * effort).min(max_visits).max(DESTROYED_VISITS[0]);
            let random = Random::new(seed.wrapping_mul(1 << 20).wrapping_add(nth));
            Destroy { instance, pool, trips_by_slot, rota, visits, random }.draw()
        };
        (0..).zip(DESTROYED_VISITS.into_iter().cycle()).take(count).filter_map(draw).collect()
    }

    /// One round: repairs the same rota in each neighbourhood at once, and keeps every improvement that still fits, the
    /// best first. Returns whether there was any.
    pub(crate) fn round(self, rota: &mut ChosenTrips, neighbourhoods: &[Neighbourhood]) -> bool {
        let points_before = rota.points;
        let improvements: Vec<Option<Improvement>> = neighbourhoods
            .par_iter()
            .map(|neighbourhood| {
                let in_neighbourhood = |&trip: &TripIx| neighbourhood.contains(&self.pool[trip]);
                let destroyed: BTreeSet<TripIx> = rota.trips.iter().copied().filter(in_neighbourhood).collect();
                let repaired = self.repair(rota, &destroyed, neighbourhood)?;
                (repaired.points > rota.points).then_some(Improvement { destroyed, repaired })
            })
            .collect();
        let mut improvements: Vec<Improvement> = improvements.into_iter().flatten().collect();
        improvements.sort_by_key(|improvement| Reverse(improvement.repaired.points));
        for Improvement { destroyed, repaired: ChosenTrips { trips: repaired, .. } } in improvements {
            let added = repaired.iter().filter(|trip| !rota.trips.contains(trip));
            let kept = rota.trips.iter().filter(|trip| !destroyed.contains(trip) || repaired.contains(trip));
            let mut next = ChosenTrips::default();
            next.fill(self.instance, self.pool, kept.chain(added).copied());
            if next.points > rota.points {
                *rota = next;
            }
        }
        rota.points > points_before
    }

    /// The best rota that keeps what is not destroyed, among the trips of the neighbourhood of the least bound gaps.
    fn repair(
        self,
        rota: &ChosenTrips,
        destroyed: &BTreeSet<TripIx>,
        neighbourhood: &Neighbourhood,
    ) -> Option<ChosenTrips> {
        let Self { instance, pool, bound_gaps, effort, seconds_left, .. } = self;
        let kept: Vec<TripIx> = rota.trips.iter().copied().filter(|trip| !destroyed.contains(trip)).collect();
        let state = RotaState::of(instance, pool, kept.iter().copied());
        let mut by_gap: Vec<TripIx> = self.pool_trips(neighbourhood);
        by_gap.sort_unstable_by_key(|&trip| (bound_gaps[trip.at()], trip));
        let fits = |&trip: &TripIx| state.gain(instance, pool, trip).is_some_and(|gain| gain > 0);
        let others = by_gap.into_iter().filter(|trip| !destroyed.contains(trip)).filter(fits);
        let candidates: Vec<TripIx> = destroyed.iter().copied().chain(others.take(MAX_CANDIDATES * effort)).collect();
        let linked = linked_trips(pool, &state, &candidates);
        let trips: Vec<&Trip> = linked.iter().chain(&candidates).map(|&trip| &pool[trip]).collect();
        let mut program = Program::new(instance, &trips);
        for (points, &trip) in program.points.iter_mut().zip(linked.iter().chain(&candidates)) {
            *points = pool.points[trip.at()];
        }
        let mut program = program.after_taking(linked.len());
        // A pin is worth its bonus here, and need not be kept at once.
        program.rows.iter_mut().for_each(|row| row.equality = false);
        let as_before: Vec<bool> = (0..candidates.len()).map(|at| at < destroyed.len()).collect();
        let cutoff = program.value(&as_before);
        let should_stop = || seconds_left() <= 0.0;
        let reduced = cut_and_fix(&program, cutoff, &should_stop).ok()?;
        let limits = BranchLimits { cutoff, known_bound: i64::MAX, max_nodes: MAX_NODES, threads: BranchThreads::One };
        let taken = branch_and_bound(&reduced, limits, &|_| should_stop()).ok()?.chosen?;
        let repaired = reduced.original_choices(&taken).map(|choice| candidates[choice.at()]);
        let mut next = ChosenTrips::default();
        next.fill(instance, pool, kept.into_iter().chain(repaired));
        Some(next)
    }

    /// The trips of the pool in a neighbourhood.
    fn pool_trips(self, neighbourhood: &Neighbourhood) -> Vec<TripIx> {
        match neighbourhood {
            Neighbourhood::Slots(slots) => {
                slots.iter().flat_map(|slot| &self.trips_by_slot[slot.at()]).copied().collect()
            }
            Neighbourhood::Drivers(drivers) => {
                drivers.iter().flat_map(|&driver| self.pool.of_driver(driver)).copied().collect()
            }
            Neighbourhood::Requests(_) => {
                self.pool.trip_ixs().filter(|&trip| neighbourhood.contains(&self.pool[trip])).collect()
            }
        }
    }
}

/// The trips of a state that share a slot or a volunteer with any candidate.
fn linked_trips(pool: &TripPool, state: &RotaState, candidates: &[TripIx]) -> Vec<TripIx> {
    let mut linked = BTreeSet::new();
    for &trip in candidates {
        let trip = &pool[trip];
        linked.extend(state.of_slot(trip.crew.slot));
        trip.volunteers().for_each(|(volunteer, _)| linked.extend(state.of_volunteer(volunteer)));
    }
    linked.into_iter().collect()
}

/// The part of a rota to destroy: its trips to some slots, by some drivers, or for some requests.
#[derive(Debug)]
pub(crate) enum Neighbourhood {
    Slots(BTreeSet<SlotIx>),
    Drivers(BTreeSet<VolunteerIx>),
    Requests(BTreeSet<RequestIx>),
}

impl Neighbourhood {
    /// Where trips may be added once the neighbourhood is destroyed; requests that other trips serve stay served.
    pub(crate) fn opening(&self, instance: &Instance<'_>, pool: &TripPool, rota: &ChosenTrips) -> Opening {
        let mut opening = Opening {
            slots: vec![true; instance.slots.len()],
            drivers: vec![true; instance.volunteers.len()],
            requests: vec![true; instance.requests.len()],
        };
        match self {
            Self::Slots(slots) => {
                instance.slot_ixs().for_each(|slot| opening.slots[slot.at()] = slots.contains(&slot));
            }
            Self::Drivers(drivers) => {
                instance.volunteer_ixs().for_each(|driver| opening.drivers[driver.at()] = drivers.contains(&driver));
            }
            // Whoever goes, and when.
            Self::Requests(_) => {}
        }
        for trip in rota.trips.iter().map(|&trip| &pool[trip]).filter(|trip| !self.contains(trip)) {
            trip.requests.iter().for_each(|request| opening.requests[request.at()] = false);
        }
        opening
    }

    pub(crate) fn contains(&self, trip: &Trip) -> bool {
        match self {
            Self::Slots(slots) => slots.contains(&trip.crew.slot),
            Self::Drivers(drivers) => drivers.contains(&trip.crew.driver),
            Self::Requests(requests) => trip.requests.iter().any(|request| requests.contains(request)),
        }
    }
}

/// The destroy operators: each draws a neighbourhood of trips that are related, in which about so many visits are made.
/// Related trips can take each other's place. (Shaw removal: Ropke and Pisinger 2006.)
pub(crate) struct Destroy<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    /// The trips of the pool at each slot.
    pub(crate) trips_by_slot: &'a [Vec<TripIx>],
    pub(crate) rota: &'a ChosenTrips,
    /// About how many visits to destroy.
    pub(crate) visits: usize,
    pub(crate) random: Random,
}

impl Destroy<'_> {
    /// A neighbourhood by one of the operators: every second time by slots, which are what most trips compete for.
    pub(crate) fn draw(mut self) -> Option<Neighbourhood> {
        match self.random.below(4) {
            0 => self.drivers_near(),
            1 => self.homes_near(),
            _ => self.slots_near(),
        }
    }

    /// Slots near one that is drawn: at its prison or prisons nearby, on its date or others.
    fn slots_near(mut self) -> Option<Neighbourhood> {
        /// Minutes that another prison, beside the road to it, and another date count as.
        const OTHER_PRISON: u32 = 60;
        const OTHER_DATE: u32 = 60;
        /// As much as both, so that any of these slots may come first.
        const BLUR: usize = 120;
        let instance = self.instance;
        let busy: Vec<SlotIx> = instance.slot_ixs().filter(|slot| !self.trips_by_slot[slot.at()].is_empty()).collect();
        let first = *busy.get(self.random.below(busy.len()))?;
        let first_facts = &instance.slots[first.at()];
        let distance = |slot: SlotIx| {
            let facts = &instance.slots[slot.at()];
            let by_prison = if facts.prison == first_facts.prison {
                0
            } else {
                OTHER_PRISON + instance.travel.leg(first_facts.gate, facts.gate).minutes
            };
            by_prison + if facts.date == first_facts.date { 0 } else { OTHER_DATE }
        };
        let others = busy.iter().copied().filter(|slot| *slot != first);
        let others = nearest_first(others, distance, BLUR, &mut self.random);
        let slots = std::iter::once(first).chain(others);
        Some(Neighbourhood::Slots(self.until_enough_visits(slots, |trip, slot| trip.crew.slot == slot)))
    }

    /// Drivers who live near one who has a trip.
    fn drivers_near(mut self) -> Option<Neighbourhood> {
        /// Minutes: which of the drivers nearby come first is left to chance.
        const BLUR: usize = 40;
        let Self { instance, pool, rota, .. } = self;
        let first = pool[*rota.trips.get(self.random.below(rota.trips.len()))?].crew.driver;
        let home = |driver: VolunteerIx| instance.volunteers[driver.at()].home;
        let drivers = instance.volunteer_ixs().filter(|&driver| !pool.of_driver(driver).is_empty());
        let distance = |driver| instance.travel.leg(home(first), home(driver)).minutes;
        let drivers = nearest_first(drivers, distance, BLUR, &mut self.random);
        Some(Neighbourhood::Drivers(self.until_enough_visits(drivers, |trip, driver| trip.crew.driver == driver)))
    }

    /// Requests of families who live near one that is drawn.
    fn homes_near(mut self) -> Option<Neighbourhood> {
        /// Minutes; less than for drivers, since there are more families nearby.
        const BLUR: usize = 20;
        let instance = self.instance;
        let first = instance.request_ixs().nth(self.random.below(instance.requests.len()))?;
        let home = |request: RequestIx| instance.families[instance.requests[request.at()].family.at()].home;
        let distance = |request| instance.travel.leg(home(first), home(request)).minutes;
        let requests = nearest_first(instance.request_ixs(), distance, BLUR, &mut self.random);
        Some(Neighbourhood::Requests(
            self.until_enough_visits(requests, |trip, request| trip.requests.contains(&request)),
        ))
    }

    /// The first of some slots, drivers or requests, until the trips made for them come to enough visits. One for which no
    /// trip is made counts as one visit.
    fn until_enough_visits<T: Copy + Ord>(
        &self,
        order: impl IntoIterator<Item = T>,
        is_made_for: impl Fn(&Trip, T) -> bool,
    ) -> BTreeSet<T> {
        let mut destroyed: BTreeSet<TripIx> = BTreeSet::new();
        let mut visits = 0;
        let first = order.into_iter().take_while(|&one| {
            let is_wanted = visits < self.visits;
            let mut made = self.rota.trips.iter().filter(|&&trip| is_made_for(&self.pool[trip], one)).peekable();
            visits += usize::from(made.peek().is_none());
            let added = made.filter(|&&trip| destroyed.insert(trip));
            visits += added.map(|&trip| self.pool[trip].requests.len()).sum::<usize>();
            is_wanted
        });
        first.collect()
    }
}

/// Slots, drivers or requests, the nearest first, but for chance of less than `blur` minutes.
fn nearest_first<T: Copy + Ord>(
    all: impl Iterator<Item = T>,
    minutes_away: impl Fn(T) -> u32,
    blur: usize,
    random: &mut Random,
) -> Vec<T> {
    let blurred = all.map(|one| (minutes_away(one) + u32::try_from(random.below(blur)).unwrap_or(0), one));
    let mut order: Vec<(u32, T)> = blurred.collect();
    order.sort_unstable();
    order.into_iter().map(|(_, one)| one).collect()
}

/// A pseudo-random generator: its numbers depend on the seed alone. (S. Vigna, SplitMix64, 2015.)
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below the bound; 0 if the bound is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % (bound.max(1) as u64)).unwrap_or(0)
    }
}
