//! Bound gaps: by how much, at least, every rota with a certain trip falls short of a bound.
//!
//! If a trip is made, the bound falls by the difference between the driver's best week and the best week with that
//! trip. A trip whose gap exceeds that of bound and incumbent is in no better rota; this generalises fixing by reduced
//! costs (R. Baldacci, N. Christofides and A. Mingozzi, An exact algorithm for the vehicle routing problem based on the
//! set partitioning formulation with additional cuts, Mathematical Programming 115, 2008.)

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::column_generation::decomposition::{Bound, Decomposition, DriverBound};
use crate::column_generation::mileage::{MileageFrontier, NEVER, StepFunction};
use crate::column_generation::reachable_slots::ReachableSlots;
use crate::instance::index::{SlotIx, TripIx, VolunteerIx};
use crate::trip::Trip;

impl DriverBound {
    /// Where kilometres are limited, the required reduced cost of a trip to a slot, by its metres, for a rota with it
    /// to fall short of the bound by no more than `gap` (scaled): how far it goes decides how much others can be worth
    /// beside it.
    pub(super) fn required_by_metres(
        &self,
        frontier: &MileageFrontier,
        reachable: &ReachableSlots,
        slot: SlotIx,
        gap: i64,
    ) -> StepFunction {
        let excess = self.left_out.max_excess();
        frontier.required_beside_known(reachable, slot, self.best_week - gap, excess, &self.unknown_trip_limits)
    }
}

impl Decomposition<'_> {
    /// The bound gap of each trip of the pool (scaled).
    pub(crate) fn bound_gaps(&self, bound: &Bound) -> Vec<i64> {
        let reduced_costs = self.pool.reduced_costs(&bound.prices);
        let frontiers = self.mileage_frontiers(&reduced_costs);
        let gaps_of = |driver: VolunteerIx| {
            let (reachable, required) = (&self.reachable[driver.at()], self.required_values(bound, driver));
            let (driver_bound, frontier) = (&bound.drivers[driver.at()], frontiers[driver.at()].as_ref());
            let mut steps_by_slot: BTreeMap<SlotIx, Option<StepFunction>> = BTreeMap::new();
            let gap = |&trip: &TripIx| {
                let Trip { crew, metres, .. } = &self.pool[trip];
                let required = reachable.position(crew.slot).map_or(NEVER, |at| required[at]);
                let steps = || Some(driver_bound.required_by_metres(frontier?, reachable, crew.slot, 0));
                let steps = steps_by_slot.entry(crew.slot).or_insert_with(steps);
                let by_metres = steps.as_ref().and_then(|steps| steps.at(*metres));
                (trip, by_metres.map_or(required, |by_metres| by_metres.max(required)) - reduced_costs[trip.at()])
            };
            self.pool.of_driver(driver).iter().map(gap).collect::<Vec<_>>()
        };
        let by_driver = self.instance.stop.each(&self.drivers(), |&driver| gaps_of(driver));
        let mut gaps = vec![0; self.pool.trips.len()];
        by_driver.into_iter().flatten().for_each(|(trip, gap)| gaps[trip.at()] = gap);
        gaps
    }

    /// For each slot that a driver reaches, the reduced cost that a trip must have for a rota with it to reach a bound.
    pub(super) fn required_values(&self, bound: &Bound, driver: VolunteerIx) -> Vec<i64> {
        let DriverBound { best_week, trip_limits, .. } = &bound.drivers[driver.at()];
        let beside = self.reachable[driver.at()].best_beside(trip_limits);
        beside.into_iter().map(|beside| best_week - beside).collect()
    }

    /// For each driver and slot in reach, the required reduced cost of a trip for a rota with it to come within a gap
    /// of a bound.
    pub(super) fn required_within(&self, bound: &Bound, gap: i64) -> Vec<Vec<i64>> {
        let required = |&driver: &VolunteerIx| {
            self.required_values(bound, driver).into_iter().map(|required| required - gap).collect()
        };
        self.drivers().par_iter().map(required).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_generation::decomposition::PricingRound;
    use crate::column_generation::prices::Prices;
    use crate::column_generation::pricing::query::Scope;
    use crate::instance::Instance;

    /// If kilometres did not count, the trips that go farthest would seem to have a negative gap.
    #[test]
    fn a_trips_gap_is_no_more_than_its_best_weeks_and_not_negative() {
        let file = include_bytes!("../../../../fixtures/south-wales/problem.json");
        let problem = visitrota_model::Problem::from_json(file).expect("a problem");
        let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let mut decomposition = Decomposition::new(&instance).expect("time");
        let prices =
            Prices((0..decomposition.rows.rows.len()).map(|row| (row as i64 * 7919 % 2_000) * 1_024).collect());
        let nothing = vec![0; instance.volunteers.len()];
        let PricingRound { bound, .. } = decomposition.price(&prices, &nothing, Scope::ALL).expect("time");
        let (reduced_costs, gaps) = (decomposition.pool.reduced_costs(&prices), decomposition.bound_gaps(&bound));
        let mut with_limited_metres = 0;
        for driver in instance.volunteer_ixs() {
            let upper_bound = bound.drivers[driver.at()].best_week;
            let weeks = decomposition.week_subproblem(driver).best_weeks(&reduced_costs, 1, usize::MAX).weeks;
            for (value, week) in &weeks {
                assert!(week.trips.iter().all(|&trip| gaps[trip.at()] <= upper_bound - value), "{driver:?} {week:?}");
            }
            let facts = &instance.volunteers[driver.at()];
            if facts.max_metres.is_some() && facts.max_trips > 1 && !weeks.is_empty() {
                with_limited_metres += 1;
                assert!(decomposition.pool.of_driver(driver).iter().all(|&trip| gaps[trip.at()] >= 0), "{driver:?}");
            }
        }
        assert!(with_limited_metres > 0);
    }
}
