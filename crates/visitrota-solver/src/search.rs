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

use crate::index::{SlotIx, VolunteerIx};
use crate::instance::Instance;
use crate::mip::{self, Effort};
use crate::pool::Pool;
use crate::program::Program;
use crate::state::{Chosen, State};
use crate::trip::Trip;

/// The most trips among which a repair chooses.
const CANDIDATES: usize = 500;
/// The most branches of a repair.
const NODES: u32 = 60;
/// About how many trips are taken out at once.
const TAKEN_OUT: usize = 16;

/// What a search looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a Pool,
    /// What each trip of the pool earns at the best prices known.
    pub(crate) values: &'a [i64],
    /// The trips of the pool at each slot.
    pub(crate) of_slot: &'a [Vec<usize>],
    pub(crate) seconds: f64,
}

/// A better rota, found by taking trips out.
struct Repair {
    taken_out: BTreeSet<usize>,
    repaired: Chosen,
}

/// Where to take trips out: those at some slots, or of some drivers.
#[derive(Debug)]
enum Area {
    Slots(BTreeSet<SlotIx>),
    Drivers(BTreeSet<VolunteerIx>),
}

impl Search<'_> {
    /// One round: tries several areas at once, chosen by `seed`, and keeps every improvement that still fits.
    pub(crate) fn round(self, chosen: &mut Chosen, seed: u64, tries: u64) -> bool {
        let before = chosen.points;
        let repairs: Vec<Option<Repair>> = (0..tries)
            .into_par_iter()
            .map(|nth| {
                let mut random = Random(seed.wrapping_mul(1 << 20).wrapping_add(nth));
                let area = self.area(chosen, &mut random)?;
                let taken_out: BTreeSet<usize> =
                    chosen.trips.iter().copied().filter(|&trip| area.holds(&self.pool.trips[trip])).collect();
                let repaired = self.repair(chosen, &taken_out, |trip| area.holds(trip), CANDIDATES, NODES)?;
                (repaired.points > chosen.points).then_some(Repair { taken_out, repaired })
            })
            .collect();
        let mut repairs: Vec<Repair> = repairs.into_iter().flatten().collect();
        repairs.sort_by_key(|repair| Reverse(repair.repaired.points));
        for Repair { taken_out, repaired: Chosen { trips, .. } } in repairs {
            let fresh: Vec<usize> = trips.iter().copied().filter(|trip| !chosen.trips.contains(trip)).collect();
            let mut next = Chosen::default();
            let kept = chosen.trips.iter().copied().filter(|trip| !taken_out.contains(trip) || trips.contains(trip));
            next.fill(self.instance, self.pool, kept.collect::<Vec<_>>().into_iter().chain(fresh));
            if next.points > chosen.points {
                *chosen = next;
            }
        }
        chosen.points > before
    }

    /// The best rota that leaves what is not taken out as it is, among the most promising trips that `may` be made.
    pub(crate) fn repair(
        self,
        chosen: &Chosen,
        taken_out: &BTreeSet<usize>,
        may: impl Fn(&Trip) -> bool,
        candidates: usize,
        nodes: u32,
    ) -> Option<Chosen> {
        let Self { instance, pool, values, of_slot, seconds } = self;
        let kept: Vec<usize> = chosen.trips.iter().copied().filter(|trip| !taken_out.contains(trip)).collect();
        let state = State::of(instance, pool, kept.iter().copied());
        let mut open: Vec<usize> = of_slot
            .iter()
            .flatten()
            .copied()
            .filter(|&trip| may(&pool.trips[trip]) && !taken_out.contains(&trip))
            .filter(|&trip| state.gain(instance, pool, trip).is_some_and(|gain| gain > 0))
            .collect();
        open.sort_unstable_by_key(|&trip| (Reverse(values[trip]), trip));
        open.truncate(candidates);
        let open: Vec<usize> = taken_out.iter().copied().chain(open).collect();
        let beside = beside(pool, &state, &open);
        let trips: Vec<&Trip> = beside.iter().chain(&open).map(|&trip| &pool.trips[trip]).collect();
        let mut program = Program::new(instance, &trips);
        for (points, &trip) in program.points.iter_mut().zip(beside.iter().chain(&open)) {
            *points = pool.points[trip];
        }
        let mut program = program.beside(beside.len());
        // A pin is worth its bonus here, and need not be kept at once.
        program.rows.iter_mut().for_each(|row| row.exactly = false);
        let start: Vec<bool> = (0..open.len()).map(|at| at < taken_out.len()).collect();
        let effort = Effort { seconds, gap: 0.0, nodes: Some(nodes) };
        let solved = mip::solve(&program, Some(&start), effort).ok()?.chosen?;
        let mut next = Chosen::default();
        let made = open.iter().zip(&solved).filter(|(_, made)| **made).map(|(&trip, _)| trip);
        next.fill(instance, pool, kept.into_iter().chain(made));
        Some(next)
    }

    fn area(self, chosen: &Chosen, random: &mut Random) -> Option<Area> {
        let Self { instance, pool, .. } = self;
        if chosen.trips.is_empty() || random.below(3) > 0 {
            let busy: Vec<SlotIx> = instance.slot_ixs().filter(|slot| !self.of_slot[slot.at()].is_empty()).collect();
            let first = *busy.get(random.below(busy.len()))?;
            let taken = |slot: SlotIx| chosen.trips.iter().filter(|&&trip| pool.trips[trip].crew.slot == slot).count();
            let facts = &instance.slots[first.at()];
            let mut order: Vec<(u32, usize, SlotIx)> = busy
                .into_iter()
                .map(|slot| {
                    let other = &instance.slots[slot.at()];
                    let road = instance.travel.leg(facts.gate, other.gate).minutes;
                    let near = if other.prison == facts.prison { 0 } else { 60 + road };
                    let date = if other.date == facts.date { 0 } else { 60 };
                    (near + date + u32::try_from(random.below(120)).unwrap_or(0), slot.at(), slot)
                })
                .collect();
            order.sort_unstable();
            let mut slots = BTreeSet::from([first]);
            let mut count = taken(first);
            for (_, _, slot) in order {
                if count >= TAKEN_OUT {
                    break;
                }
                if slots.insert(slot) {
                    count += taken(slot);
                }
            }
            return Some(Area::Slots(slots));
        }
        let first = pool.trips[*chosen.trips.get(random.below(chosen.trips.len()))?].crew.driver;
        let home = instance.volunteers[first.at()].home;
        let mut order: Vec<(u32, VolunteerIx)> = instance
            .volunteer_ixs()
            .filter(|&driver| !pool.driven(driver).is_empty())
            .map(|driver| {
                let road = instance.travel.leg(home, instance.volunteers[driver.at()].home).minutes;
                (road + u32::try_from(random.below(40)).unwrap_or(0), driver)
            })
            .collect();
        order.sort_unstable();
        Some(Area::Drivers(order.into_iter().take(TAKEN_OUT).map(|(_, driver)| driver).collect()))
    }
}

impl Area {
    fn holds(&self, trip: &Trip) -> bool {
        match self {
            Self::Slots(slots) => slots.contains(&trip.crew.slot),
            Self::Drivers(drivers) => drivers.contains(&trip.crew.driver),
        }
    }
}

/// The trips of a state that share anything with open ones.
fn beside(pool: &Pool, state: &State, open: &[usize]) -> Vec<usize> {
    let mut beside = BTreeSet::new();
    for &trip in open {
        let trip = &pool.trips[trip];
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
