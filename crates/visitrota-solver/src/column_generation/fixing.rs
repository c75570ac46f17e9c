//! Reduced-cost fixing and route enumeration: the trips that a better rota can be made of. Bound gaps rule out all
//! others.
//!
//! All trips within the gap between bound and incumbent are found, and one last program chooses among them (R.
//! Baldacci, N. Christofides and A. Mingozzi, An exact algorithm for the vehicle routing problem based on the set
//! partitioning formulation with additional cuts, Mathematical Programming 115, 2008).

use std::sync::Arc;

use rayon::prelude::*;

use crate::column_generation::decomposition::{AddedTrips, Bound, Decomposition, by_slot};
use crate::column_generation::neighbourhood::Opening;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::query::{PricingQuery, Scope};
use crate::instance::index::{TripIx, VolunteerIx};

impl Decomposition<'_> {
    /// The trips within the gap: all that a rota of more than `points` can be made of. Other bounds rule out more of
    /// them. None if they were not all found, by time or because they are too many.
    pub(crate) fn trips_within_gap(&mut self, bound: &Bound, others: &[Bound], points: i64) -> Option<Vec<TripIx>> {
        /// How many trips are tried at most for one slot: about as many as can be timed in some seconds.
        const ATTEMPTS: u64 = 100_000;
        let gap = |bound: &Bound| bound.total - (points + 1) * Prices::SCALE;
        let frontiers = self.mileage_frontiers(&self.pool.reduced_costs(&bound.prices));
        let reachable = Arc::clone(&self.reachable);
        let required_by_metres = |driver: VolunteerIx, slot| {
            let (frontier, reachable) = (frontiers[driver.at()].as_ref()?, &reachable[driver.at()]);
            Some(bound.drivers[driver.at()].required_by_metres(frontier, reachable, slot, gap(bound)))
        };
        let required = self.required_within(bound, gap(bound));
        let AddedTrips { left_out, complete, .. } = self.add_trips(PricingQuery {
            prices: &bound.prices,
            required: &by_slot(&reachable, &required),
            required_by_metres: &required_by_metres,
            scope: Scope::ALL,
            opening: None,
            max_attempts: ATTEMPTS,
        });
        if !complete || left_out.iter().any(|left_out| left_out.anything()) {
            return None;
        }
        let drivers = self.drivers();
        let mut trips: Vec<Vec<TripIx>> = self.pool.by_driver.clone();
        for bound in std::iter::once(bound).chain(others) {
            if self.instance.stop.now() {
                return None;
            }
            let reduced_costs = self.pool.reduced_costs(&bound.prices);
            trips.par_iter_mut().zip(&drivers).for_each(|(trips, &driver)| {
                let required = bound.drivers[driver.at()].best_week - gap(bound);
                *trips = self.week_subproblem(driver).trips_in_weeks(trips, &reduced_costs, required);
            });
        }
        let mut trips: Vec<TripIx> = trips.into_iter().flatten().collect();
        trips.sort_unstable();
        (!self.instance.stop.now()).then_some(trips)
    }

    /// Prices trips for an opening: those with which a rota may come within a gap (scaled) of a bound.
    pub(crate) fn price_opening(&mut self, bound: &Bound, opening: &Opening, gap: i64) {
        /// How many of the best trips of one driver to one slot are enough: several, as they compete for rides, but
        /// few, so that the program over the opening stays small.
        const KEEP: usize = 8;
        let (reachable, required) = (Arc::clone(&self.reachable), self.required_within(bound, gap));
        self.add_trips(PricingQuery {
            prices: &bound.prices,
            required: &by_slot(&reachable, &required),
            required_by_metres: &|_, _| None,
            scope: Scope::keeping(KEEP),
            opening: Some(opening),
            max_attempts: u64::MAX,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::instance::Instance;
    use crate::program::Program;
    use crate::program::components::{ProgramSolution, solve};
    use crate::samples::{draws, of_any_kind, random_prices};
    use crate::trip::Trip;
    use crate::trip::enumerate::enumerate;

    /// Whatever a bound is worth, no trip of the best rota is among those it rules out for rotas of fewer points.
    #[test]
    fn no_trip_of_the_best_rota_is_ruled_out() {
        let mut ruled_out = 0;
        for seed in 0..200 {
            let mut below = draws(seed ^ 0xf1f);
            let problem = of_any_kind(seed, 4 + below(3) as usize);
            let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let trips = enumerate(&instance, usize::MAX).expect("trips").trips;
            let program = Program::new(&instance, &trips.iter().collect::<Vec<_>>());
            let ProgramSolution { chosen, bound: best } = solve(&program, &[], &|| f64::INFINITY).expect("a rota");
            let mut decomposition = Decomposition::new(&instance).expect("time");
            let price_range = [3, 3_000, 12_000][below(3) as usize] * Prices::SCALE as u64;
            let prices = random_prices(&decomposition.rows, || below(price_range));
            let mut bounds = Vec::new();
            for _ in 0..3 {
                let targets = decomposition.best_week_values(&prices);
                bounds.push(decomposition.price(&prices, &targets, Scope::keeping(1)).expect("time").bound);
            }
            let (bound, others) = bounds.split_last().expect("bounds");
            for points in [best - 1, best - 500] {
                let Some(within_gap) = decomposition.trips_within_gap(bound, others, points) else {
                    continue;
                };
                let key = |trip: &Trip| (trip.crew, trip.rides.clone());
                let left: BTreeSet<_> = within_gap.iter().map(|&trip| key(&decomposition.pool[trip])).collect();
                let taken = trips.iter().zip(&chosen).filter(|(_, taken)| **taken);
                assert!(taken.clone().all(|(trip, _)| left.contains(&key(trip))), "seed {seed} above {points}");
                ruled_out += trips.len().saturating_sub(left.len());
            }
        }
        assert!(ruled_out > 100, "{ruled_out}");
    }
}
