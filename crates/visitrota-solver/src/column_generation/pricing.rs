//! The pricing problem: the trips whose reduced cost is high enough at given prices, found without looking at all of
//! them.
//!
//! In vehicle routing it is an elementary shortest path problem with resource constraints, usually solved by labelling
//! (D. Feillet, P. Dejax, M. Gendreau and C. Gueguen, An exact algorithm for the elementary shortest path problem with
//! resource constraints, Networks 44, 2004). Here groups are small, and their timing decides little of what a trip
//! earns, so the search is over groups. What a group of rides earns at the prices does not depend on who drives:
//! groups are searched once for all drivers of a slot, and a branch of the tree of groups is cut off as soon as its
//! completion bound does not reach the least that any driver requires. A group that passes is tried with each driver,
//! and with each chaperone if it needs one: by bounds first, and at last by [`crate::trip::assemble`]. Every trip tried
//! is remembered and tried once.

pub(crate) mod groups;
pub(crate) mod query;
pub(crate) mod slot;

mod slot_values;

mod candidates;
mod greedy_groups;

mod group_search;

use rayon::prelude::*;

use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::pricing::query::{PricingQuery, PricingResult};
use crate::column_generation::pricing::slot::SlotSubproblem;
use crate::column_generation::reachable_slots::ReachableSlots;
use crate::instance::Instance;

/// The pricing problem of each slot, with what has been tried there.
#[derive(Debug)]
pub(crate) struct Pricing {
    subproblems: Vec<SlotSubproblem>,
}

impl Pricing {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self { subproblems: SlotSubproblem::all(instance) }
    }

    /// For each volunteer, the slots that they can drive to.
    pub(crate) fn reachable_slots(&self, instance: &Instance<'_>, rows: &LinkingRows) -> Vec<ReachableSlots> {
        let mut reachable: Vec<ReachableSlots> =
            instance.volunteer_ixs().map(|driver| ReachableSlots::new(instance, rows, driver)).collect();
        for subproblem in &self.subproblems {
            for access in &subproblem.access.drivers {
                reachable[access.driver.at()].add(instance, subproblem.groups.slot, access.away);
            }
        }
        reachable
    }

    /// How many rides a trip can serve at most.
    pub(crate) fn max_group_size(&self, instance: &Instance<'_>) -> usize {
        self.subproblems.iter().map(|subproblem| subproblem.max_group_size(instance)).max().unwrap_or(0)
    }

    /// Looks for trips not tried before that are worth having.
    pub(crate) fn search(
        &mut self,
        instance: &Instance<'_>,
        rows: &LinkingRows,
        query: PricingQuery<'_>,
    ) -> PricingResult {
        let searched: Vec<PricingResult> =
            self.subproblems.par_iter_mut().map(|subproblem| subproblem.search(instance, rows, query)).collect();
        let nothing = vec![LeftOut::NOTHING; instance.volunteers.len()];
        let mut result = PricingResult {
            left_out: nothing.clone(),
            left_out_of_all: nothing,
            complete: true,
            ..PricingResult::default()
        };
        for (mut part, subproblem) in searched.into_iter().zip(&self.subproblems) {
            result.trips.append(&mut part.trips);
            result.work += part.work;
            result.complete &= part.complete;
            result.truncated |= part.truncated;
            for (access, (here, of_all)) in
                subproblem.access.drivers.iter().zip(part.left_out.iter().zip(part.left_out_of_all))
            {
                let driver = access.driver.at();
                result.left_out[driver] = result.left_out[driver].max(*here);
                result.left_out_of_all[driver] = result.left_out_of_all[driver].max(of_all);
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use visitrota_travel::TravelTable;

    use super::*;
    use crate::column_generation::mileage::NEVER;
    use crate::column_generation::prices::Prices;
    use crate::column_generation::pricing::query::Scope;
    use crate::instance::index::RideIx;
    use crate::samples::{draws, of_any_kind, random_prices};
    use crate::trip::enumerate::enumerate;
    use crate::trip::{Crew, Trip};

    /// Who goes where with whom.
    type Served = (Crew, Box<[RideIx]>);

    fn served(trip: &Trip) -> Served {
        (trip.crew, trip.rides.clone())
    }

    /// Looks everywhere for what is asked for, without limits of time or effort.
    fn search(pricing: &mut Pricing, instance: &Instance<'_>, rows: &LinkingRows, of: &Asked<'_>) -> PricingResult {
        let query = PricingQuery {
            prices: of.prices,
            required: &|driver, _| of.required[driver.at()],
            required_by_metres: &|_, _| None,
            scope: of.scope,
            opening: None,
            max_attempts: u64::MAX,
        };
        pricing.search(instance, rows, query)
    }

    /// What pricing is asked for, with the reduced cost required of each driver's trips.
    struct Asked<'a> {
        prices: &'a Prices,
        required: &'a [i64],
        scope: Scope,
    }

    /// Where no reduced cost is too low, pricing finds every trip that enumeration finds, and of those worth having no
    /// other.
    #[test]
    fn pricing_for_everything_finds_what_enumeration_finds() {
        let (mut trips, mut chaperoned, mut shared) = (0, 0, 0);
        for seed in 0..200 {
            let mut below = draws(seed ^ 0xe4e);
            let problem = of_any_kind(seed, 3 + below(5) as usize);
            let travel = TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let rows = LinkingRows::new(&instance);
            let prices = random_prices(&rows, || below(9_000) * Prices::SCALE as u64);
            let required = vec![-NEVER; instance.volunteers.len()];
            let asked = Asked { prices: &prices, required: &required, scope: Scope::ALL };
            let result = search(&mut Pricing::new(&instance), &instance, &rows, &asked);
            assert!(result.complete && !result.truncated, "seed {seed}");
            let worth_having = |trip: &&Trip| trip.net(&instance) > 0;
            let found: BTreeSet<Served> = result.trips.iter().filter(worth_having).map(served).collect();
            let all = enumerate(&instance, usize::MAX).expect("trips").trips;
            let enumerated: BTreeSet<Served> = all.iter().map(served).collect();
            assert_eq!(found, enumerated, "seed {seed}");
            trips += enumerated.len();
            chaperoned += enumerated.iter().filter(|(crew, _)| crew.chaperone.is_some()).count();
            shared += enumerated.iter().filter(|(_, rides)| rides.len() > 2).count();
        }
        assert!(trips > 1_000 && chaperoned > 200 && shared > 200, "{trips} {chaperoned} {shared}");
    }

    /// Where a reduced cost is required, pricing finds each trip that has it.
    #[test]
    fn pricing_finds_every_trip_that_has_the_required_reduced_cost() {
        let (mut having, mut lacking, mut chaperoned) = (0, 0, 0);
        for seed in 0..300 {
            let mut below = draws(seed ^ 0x7e9);
            let problem = of_any_kind(seed, 3 + below(5) as usize);
            let travel = TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let rows = LinkingRows::new(&instance);
            let prices = random_prices(&rows, || below(9_000) * Prices::SCALE as u64);
            let required: Vec<i64> = instance.volunteer_ixs().map(|_| below(12_000) as i64 * Prices::SCALE).collect();
            let asked = Asked { prices: &prices, required: &required, scope: Scope::ALL };
            let result = search(&mut Pricing::new(&instance), &instance, &rows, &asked);
            let found: BTreeSet<Served> = result.trips.iter().map(served).collect();
            for trip in enumerate(&instance, usize::MAX).expect("trips").trips {
                let value = prices.reduced_cost(trip.net(&instance), &rows.coefficients(&instance, &trip));
                if value < required[trip.crew.driver.at()] {
                    lacking += 1;
                } else {
                    assert!(found.contains(&served(&trip)), "seed {seed}: {trip:?} is worth {value}");
                    having += 1;
                    chaperoned += u32::from(trip.crew.chaperone.is_some());
                }
            }
        }
        assert!(having > 500 && lacking > 500 && chaperoned > 50, "{having} {lacking} {chaperoned}");
    }

    /// Of all trips, one that was not found is worth no more than what is said to be left out, to the last part of a
    /// point.
    #[test]
    fn a_trip_that_is_not_found_is_worth_no_more_than_what_was_left_out() {
        let (mut at_limit, mut found_all) = (0, 0);
        for seed in 0..800 {
            let mut below = draws(seed ^ 0x9a1);
            let problem = of_any_kind(seed, 5 + below(4) as usize);
            let travel = TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let rows = LinkingRows::new(&instance);
            let all = enumerate(&instance, usize::MAX).expect("trips").trips;
            let mut pricing = Pricing::new(&instance);
            let price_range = [1, 500, 9_000][below(3) as usize];
            let prices = random_prices(&rows, || below(price_range) * Prices::SCALE as u64);
            let required: Vec<i64> = instance.volunteer_ixs().map(|_| below(30_000) as i64 * Prices::SCALE).collect();
            let mut known: BTreeSet<Served> = BTreeSet::new();
            // The first round is over few, small groups; what is known then is not looked for again.
            for (max_rides, max_drivers) in
                [(2, 1), (usize::MAX, 1), (usize::MAX, usize::MAX), (usize::MAX, usize::MAX)]
            {
                let scope = Scope { keep: 1, max_rides, max_drivers };
                let asked = Asked { prices: &prices, required: &required, scope };
                let result = search(&mut pricing, &instance, &rows, &asked);
                known.extend(result.trips.iter().map(served));
                for trip in all.iter().filter(|trip| !known.contains(&served(trip))) {
                    let driver = trip.crew.driver.at();
                    let value = prices.reduced_cost(trip.net(&instance), &rows.coefficients(&instance, trip));
                    let limit = result.left_out_of_all[driver].worth_at_most(required[driver]);
                    assert!(value <= limit, "seed {seed}: {trip:?} is worth {value}, not {limit}");
                    at_limit += u32::from(value == limit);
                }
                found_all += u32::from(result.complete && !result.truncated);
            }
        }
        assert!(at_limit > 20 && found_all > 20, "{at_limit} {found_all}");
    }
}
