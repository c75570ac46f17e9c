//! Improving a rota in hand: large-neighbourhood search.
//!
//! Some trips are taken out of the rota, and the best that fits in their place is found among the most promising trips
//! of the pool by a small mixed-integer program. (P. Shaw, Using constraint programming and local search methods to
//! solve vehicle routing problems, CP 1998; the repair by a restricted program over generated columns follows
//! S. N. Parragh and V. Schmid, Hybrid column generation and large neighborhood search for the dial-a-ride problem,
//! Computers & Operations Research 40, 2013.)

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

/// The most trips among which a repair chooses, for each unit of effort.
const CANDIDATES: usize = 500;
/// The most branches of a repair.
const NODES: u32 = 60;
/// About how many visits are taken out at once, for each unit of effort, but not nearly all: few are soon done, many find
/// what few cannot.
const TAKEN_OUT: [usize; 3] = [12, 24, 40];

/// What a search looks at.
#[derive(Clone, Copy)]
pub(crate) struct LargeNeighbourhood<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    /// What a rota with each trip of the pool falls short of the bound, at the best prices known.
    pub(crate) bound_gaps: &'a [i64],
    /// The trips of the pool at each slot.
    pub(crate) trips_by_slot: &'a [Vec<TripIx>],
    /// How large areas are, and among how many trips they are filled anew: 1 or more.
    pub(crate) effort: usize,
    /// Seconds left.
    pub(crate) seconds_left: &'a (dyn Fn() -> f64 + Sync),
}

/// A better rota, found by taking trips out.
struct Repair {
    taken_out: BTreeSet<TripIx>,
    repaired: ChosenTrips,
}

/// Where to take trips out: those at some slots, of some drivers, or for some requests.
#[derive(Debug)]
pub(crate) enum Neighbourhood {
    Slots(BTreeSet<SlotIx>),
    Drivers(BTreeSet<VolunteerIx>),
    Requests(BTreeSet<RequestIx>),
}

impl LargeNeighbourhood<'_> {
    /// Areas of a rota, as `seed` decides.
    pub(crate) fn neighbourhoods(self, chosen: &ChosenTrips, seed: u64, count: usize) -> Vec<Neighbourhood> {
        let random = |nth: u64| Random(seed.wrapping_mul(1 << 20).wrapping_add(nth));
        let size = (0..).zip(TAKEN_OUT.into_iter().cycle());
        let served: usize = chosen.trips.iter().map(|&trip| self.pool[trip].requests.len()).sum();
        let most = served * 4 / 5;
        let area = |(nth, visits): (u64, usize)| {
            let visits = (visits * self.effort).min(most).max(TAKEN_OUT[0]);
            self.area(chosen, visits, &mut random(nth))
        };
        size.take(count).filter_map(area).collect()
    }

    /// One round: tries several areas at once, and keeps every improvement that still fits.
    pub(crate) fn round(self, chosen: &mut ChosenTrips, areas: &[Neighbourhood]) -> bool {
        let before = chosen.points;
        let repairs: Vec<Option<Repair>> = areas
            .par_iter()
            .map(|area| {
                let taken_out: BTreeSet<TripIx> =
                    chosen.trips.iter().copied().filter(|&trip| area.holds(&self.pool[trip])).collect();
                let repaired = self.repair(chosen, &taken_out, area)?;
                (repaired.points > chosen.points).then_some(Repair { taken_out, repaired })
            })
            .collect();
        let mut repairs: Vec<Repair> = repairs.into_iter().flatten().collect();
        repairs.sort_by_key(|repair| Reverse(repair.repaired.points));
        for Repair { taken_out, repaired: ChosenTrips { trips, .. } } in repairs {
            let fresh: Vec<TripIx> = trips.iter().copied().filter(|trip| !chosen.trips.contains(trip)).collect();
            let mut next = ChosenTrips::default();
            let kept = chosen.trips.iter().copied().filter(|trip| !taken_out.contains(trip) || trips.contains(trip));
            next.fill(self.instance, self.pool, kept.collect::<Vec<_>>().into_iter().chain(fresh));
            if next.points > chosen.points {
                *chosen = next;
            }
        }
        chosen.points > before
    }

    /// The trips of the pool that an area holds.
    fn of_area(self, area: &Neighbourhood) -> Vec<TripIx> {
        match area {
            Neighbourhood::Slots(slots) => {
                slots.iter().flat_map(|slot| &self.trips_by_slot[slot.at()]).copied().collect()
            }
            Neighbourhood::Drivers(drivers) => {
                drivers.iter().flat_map(|&driver| self.pool.of_driver(driver)).copied().collect()
            }
            Neighbourhood::Requests(_) => self.pool.trip_ixs().filter(|&trip| area.holds(&self.pool[trip])).collect(),
        }
    }

    /// The best rota that leaves what is not taken out as it is, among the most promising trips of an area.
    fn repair(self, chosen: &ChosenTrips, taken_out: &BTreeSet<TripIx>, area: &Neighbourhood) -> Option<ChosenTrips> {
        let Self { instance, pool, bound_gaps: losses, effort, seconds_left: seconds, .. } = self;
        let kept: Vec<TripIx> = chosen.trips.iter().copied().filter(|trip| !taken_out.contains(trip)).collect();
        let state = RotaState::of(instance, pool, kept.iter().copied());
        let mut open: Vec<TripIx> = self.of_area(area);
        open.sort_unstable_by_key(|&trip| (losses[trip.at()], trip));
        let fits = |&trip: &TripIx| state.gain(instance, pool, trip).is_some_and(|gain| gain > 0);
        let open = open.into_iter().filter(|trip| !taken_out.contains(trip)).filter(fits).take(CANDIDATES * effort);
        let open: Vec<TripIx> = taken_out.iter().copied().chain(open.collect::<Vec<_>>()).collect();
        let beside = beside(pool, &state, &open);
        let trips: Vec<&Trip> = beside.iter().chain(&open).map(|&trip| &pool[trip]).collect();
        let mut program = Program::new(instance, &trips);
        for (points, &trip) in program.points.iter_mut().zip(beside.iter().chain(&open)) {
            *points = pool.points[trip.at()];
        }
        let mut program = program.after_taking(beside.len());
        // A pin is worth its bonus here, and need not be kept at once.
        program.rows.iter_mut().for_each(|row| row.equality = false);
        let start: Vec<bool> = (0..open.len()).map(|at| at < taken_out.len()).collect();
        let (before, stopped) = (program.value(&start), || seconds() <= 0.0);
        let reduced = cut_and_fix(&program, before, &stopped).ok()?;
        let limits =
            BranchLimits { cutoff: before, known_bound: i64::MAX, max_nodes: NODES, threads: BranchThreads::One };
        let taken = branch_and_bound(&reduced, limits, &|_| stopped()).ok()?.chosen?;
        let made = reduced.original_choices(&taken).map(|choice| open[choice.at()]);
        let mut next = ChosenTrips::default();
        next.fill(instance, pool, kept.into_iter().chain(made));
        Some(next)
    }

    /// An area in which about so many visits are made.
    fn area(self, chosen: &ChosenTrips, visits: usize, random: &mut Random) -> Option<Neighbourhood> {
        match random.below(4) {
            0 => self.drivers_near(chosen, visits, random),
            1 => self.homes_near(chosen, visits, random),
            _ => self.slots_near(chosen, visits, random),
        }
    }

    /// Slots near one of them: at its prison, or on its date.
    fn slots_near(self, chosen: &ChosenTrips, visits: usize, random: &mut Random) -> Option<Neighbourhood> {
        let Self { instance, .. } = self;
        let busy: Vec<SlotIx> = instance.slot_ixs().filter(|slot| !self.trips_by_slot[slot.at()].is_empty()).collect();
        let first = *busy.get(random.below(busy.len()))?;
        let facts = &instance.slots[first.at()];
        let away = |slot: SlotIx| {
            let other = &instance.slots[slot.at()];
            let near =
                if other.prison == facts.prison { 0 } else { 60 + instance.travel.leg(facts.gate, other.gate).minutes };
            near + if other.date == facts.date { 0 } else { 60 }
        };
        let slots = nearest(busy.iter().copied().filter(|slot| *slot != first), away, 120, random);
        let slots = std::iter::once(first).chain(slots);
        Some(Neighbourhood::Slots(self.enough(chosen, visits, slots, |trip, slot| trip.crew.slot == slot)))
    }

    /// Drivers who live near one who has a trip.
    fn drivers_near(self, chosen: &ChosenTrips, visits: usize, random: &mut Random) -> Option<Neighbourhood> {
        let Self { instance, pool, .. } = self;
        let first = pool[*chosen.trips.get(random.below(chosen.trips.len()))?].crew.driver;
        let home = |driver: VolunteerIx| instance.volunteers[driver.at()].home;
        let drivers = instance.volunteer_ixs().filter(|&driver| !pool.of_driver(driver).is_empty());
        let away = |driver| instance.travel.leg(home(first), home(driver)).minutes;
        let drivers = nearest(drivers, away, 40, random);
        Some(Neighbourhood::Drivers(self.enough(chosen, visits, drivers, |trip, driver| trip.crew.driver == driver)))
    }

    /// Requests of families who live near one of them.
    fn homes_near(self, chosen: &ChosenTrips, visits: usize, random: &mut Random) -> Option<Neighbourhood> {
        let instance = self.instance;
        let first = instance.request_ixs().nth(random.below(instance.requests.len()))?;
        let home = |request: RequestIx| instance.families[instance.requests[request.at()].family.at()].home;
        let away = |request| instance.travel.leg(home(first), home(request)).minutes;
        let requests = nearest(instance.request_ixs(), away, 20, random);
        Some(Neighbourhood::Requests(
            self.enough(chosen, visits, requests, |trip, request| trip.requests.contains(&request)),
        ))
    }

    /// The first of some, until the trips made for them come to so many visits; one for which none is made counts as one.
    fn enough<T: Copy + Ord>(
        self,
        chosen: &ChosenTrips,
        visits: usize,
        order: impl IntoIterator<Item = T>,
        made_for: impl Fn(&Trip, T) -> bool,
    ) -> BTreeSet<T> {
        let mut held: BTreeSet<TripIx> = BTreeSet::new();
        let mut count = 0;
        let first = order.into_iter().take_while(|&one| {
            let more = count < visits;
            let mut made = chosen.trips.iter().filter(|&&trip| made_for(&self.pool[trip], one)).peekable();
            count += usize::from(made.peek().is_none());
            count += made.filter(|&&trip| held.insert(trip)).map(|&trip| self.pool[trip].requests.len()).sum::<usize>();
            more
        });
        first.collect()
    }
}

/// Some of something, the nearest first, but for chance of less than `blur` minutes.
fn nearest<T: Copy + Ord>(
    of: impl Iterator<Item = T>,
    minutes_away: impl Fn(T) -> u32,
    blur: usize,
    random: &mut Random,
) -> Vec<T> {
    let blurred = of.map(|one| (minutes_away(one) + u32::try_from(random.below(blur)).unwrap_or(0), one));
    let mut order: Vec<(u32, T)> = blurred.collect();
    order.sort_unstable();
    order.into_iter().map(|(_, one)| one).collect()
}

impl Neighbourhood {
    /// What trips taken out leave to be served again, or served at last.
    pub(crate) fn opening(&self, instance: &Instance<'_>, pool: &TripPool, chosen: &ChosenTrips) -> Opening {
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
        for trip in chosen.trips.iter().map(|&trip| &pool[trip]).filter(|trip| !self.holds(trip)) {
            trip.requests.iter().for_each(|request| opening.requests[request.at()] = false);
        }
        opening
    }

    fn holds(&self, trip: &Trip) -> bool {
        match self {
            Self::Slots(slots) => slots.contains(&trip.crew.slot),
            Self::Drivers(drivers) => drivers.contains(&trip.crew.driver),
            Self::Requests(requests) => trip.requests.iter().any(|request| requests.contains(request)),
        }
    }
}

/// The trips of a state that share anything with open ones.
fn beside(pool: &TripPool, state: &RotaState, open: &[TripIx]) -> Vec<TripIx> {
    let mut beside = BTreeSet::new();
    for &trip in open {
        let trip = &pool[trip];
        beside.extend(state.of_slot(trip.crew.slot));
        trip.volunteers().for_each(|(volunteer, _)| beside.extend(state.of_volunteer(volunteer)));
    }
    beside.into_iter().collect()
}

/// Numbers that depend on a seed alone. (S. Vigna, SplitMix64, 2015.)
#[derive(Clone, Copy, Debug)]
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % (bound.max(1) as u64)).unwrap_or(0)
    }
}
