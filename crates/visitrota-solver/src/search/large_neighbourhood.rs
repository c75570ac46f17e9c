//! Large-neighbourhood search: a rota in hand is improved by destroying part of it and repairing it as well as can be.
//!
//! (P. Shaw, Using constraint programming and local search methods to solve vehicle routing problems, CP 1998; destroy
//! and repair operators: S. Ropke and D. Pisinger, An adaptive large neighborhood search heuristic for the pickup and
//! delivery problem with time windows, Transportation Science 40, 2006.) A repair is a small program over the trips of
//! the pool of the least bound gaps, solved by branch and cut (after S. N. Parragh and V. Schmid, Hybrid column
//! generation and large neighborhood search for the dial-a-ride problem, Computers & Operations Research 40, 2013).

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::TripIx;
use crate::program::Program;
use crate::program::branch_and_cut::{BranchLimits, BranchThreads, branch_and_bound};
use crate::program::reduced_program::cut_and_fix;
use crate::search::destroy::{Destroy, Neighbourhood};
use crate::search::random::Random;
use crate::search::rota_state::{ChosenTrips, RotaState};
use crate::trip::Trip;

/// The most trips that a repair chooses among, for each unit of effort: enough that it finds what is better, few enough
/// that mostly one linear program proves that there is nothing.
const MAX_CANDIDATES: usize = 500;

/// The most branches of a repair: one that takes more is better spent on another neighbourhood.
const MAX_NODES: u32 = 60;

/// About how many visits are destroyed at once, for each unit of effort. Neighbourhoods take turns at these sizes:
/// small ones are soon repaired, large ones find what small ones cannot.
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
        let served: usize = rota.trips.iter().map(|&trip| pool[trip].rides.len()).sum();
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
        let Self { instance, pool, bound_gaps, effort, .. } = self;
        if instance.stop.now() {
            return None;
        }
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
        // A pin is worth its bonus here, and need not be kept at once.
        let program = program.after_taking(linked.len()).without_pins();
        let as_before: Vec<bool> = (0..candidates.len()).map(|at| at < destroyed.len()).collect();
        let cutoff = program.value(&as_before);
        let stop = instance.stop;
        let reduced = cut_and_fix(&program, cutoff, stop).ok()?;
        let threads = BranchThreads::One;
        let limits = BranchLimits { cutoff, known_bound: i64::MAX, max_nodes: MAX_NODES, threads, stop };
        let taken = branch_and_bound(&reduced, limits, &|_| stop.now()).ok()?.chosen?;
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
            Neighbourhood::Rides(_) => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_generation::linking_rows::LinkingRows;
    use crate::instance::index::{SlotIx, VolunteerIx};
    use crate::samples::{buses, draws};
    use crate::trip::enumerate::enumerate;

    /// A neighbourhood of some slots, drivers or rides, drawn without regard to what is near.
    fn any_neighbourhood(instance: &Instance<'_>, mut below: impl FnMut(u64) -> u64) -> Neighbourhood {
        match below(3) {
            0 => Neighbourhood::Slots(instance.slot_ixs().filter(|_| below(2) == 0).collect::<BTreeSet<SlotIx>>()),
            1 => Neighbourhood::Drivers(
                instance.volunteer_ixs().filter(|_| below(2) == 0).collect::<BTreeSet<VolunteerIx>>(),
            ),
            _ => Neighbourhood::Rides(instance.ride_ixs().filter(|_| below(3) == 0).collect()),
        }
    }

    /// Whatever rota the search begins at, whatever the bound gaps and whatever it destroys: the rota is valid after
    /// each round, has the points that the program over all trips says, and no fewer than before.
    #[test]
    fn no_round_loses_a_point_or_breaks_a_rule() {
        let (mut improved, mut partly_destroyed) = (0, 0);
        for seed in 0..60 {
            let mut below = draws(seed ^ 0x1a5);
            let mut problem = buses(seed, 5 + below(4) as usize);
            for slot in &mut problem.slots {
                slot.tables = (below(2) == 0).then(|| 2 + below(4) as u32);
            }
            let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let all_trips = enumerate(&instance, usize::MAX).expect("trips").trips;
            let program = Program::new(&instance, &all_trips.iter().collect::<Vec<_>>());
            let (rows, mut pool) = (LinkingRows::new(&instance), TripPool::new(&instance));
            all_trips.into_iter().for_each(|trip| pool.add(&instance, &rows, trip));
            let mut trips_by_slot = vec![Vec::new(); instance.slots.len()];
            pool.trip_ixs().for_each(|trip| trips_by_slot[pool[trip].crew.slot.at()].push(trip));
            let bound_gaps: Vec<i64> = pool.trip_ixs().map(|_| below(1_000) as i64).collect();
            let mut order: Vec<(u64, TripIx)> = pool.trip_ixs().map(|trip| (below(1 << 20), trip)).collect();
            order.sort_unstable();
            order.truncate(below(1 + order.len() as u64) as usize);
            let mut rota = ChosenTrips::default();
            rota.fill(&instance, &pool, order.into_iter().map(|(_, trip)| trip));
            for round in 0..4 {
                let search = LargeNeighbourhood {
                    instance: &instance,
                    pool: &pool,
                    bound_gaps: &bound_gaps,
                    trips_by_slot: &trips_by_slot,
                    effort: 1 + below(3) as usize,
                };
                let mut neighbourhoods: Vec<_> = (0..4).map(|_| any_neighbourhood(&instance, &mut below)).collect();
                if round == 3 {
                    neighbourhoods.extend(search.neighbourhoods(&rota, below(1 << 20), 2));
                }
                partly_destroyed += neighbourhoods
                    .iter()
                    .map(|area| rota.trips.iter().filter(|&&trip| area.contains(&pool[trip])).count())
                    .filter(|destroyed| (1..rota.trips.len()).contains(destroyed))
                    .count();
                let points_before = rota.points;
                let has_improved = search.round(&mut rota, &neighbourhoods);
                let mut chosen = vec![false; pool.trips.len()];
                rota.trips.iter().for_each(|trip| chosen[trip.at()] = true);
                assert!(program.allows(&chosen), "seed {seed} round {round}: {rota:?} breaks a row");
                assert_eq!(program.value(&chosen), rota.points, "seed {seed} round {round}: {rota:?}");
                assert!(rota.points >= points_before, "seed {seed} round {round}: from {points_before} to {rota:?}");
                assert_eq!(has_improved, rota.points > points_before, "seed {seed} round {round}");
                improved += u32::from(has_improved);
            }
        }
        assert!(improved > 20 && partly_destroyed > 100, "{improved} improved, {partly_destroyed} partly destroyed");
    }
}
