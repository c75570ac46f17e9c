//! Pricing: the trips worth having at given prices, found without looking at all of them.
//!
//! What a group of requests earns at the prices does not depend on who drives it, so groups are searched once for all
//! drivers of a slot, and a branch of [`Groups`] is cut off as soon as nothing in it can pass the lowest threshold of
//! any driver. A group that passes is tried with each driver, and with each chaperone if it needs one, by bounds first
//! and at last by [`assemble`]; every trip tried is remembered and tried once only.

pub(crate) mod groups;
pub(crate) mod query;
pub(crate) mod slot;

mod greedy_groups;
mod group_search;

use rayon::prelude::*;

use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::pricing::query::{PricingQuery, PricingResult};
use crate::column_generation::pricing::slot::SlotSubproblem;
use crate::column_generation::reachable_slots::ReachableSlots;
use crate::instance::Instance;

/// What finds the trips of a problem.
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

    /// The most requests that a trip can serve.
    pub(crate) fn largest(&self, instance: &Instance<'_>) -> usize {
        self.subproblems.iter().map(|subproblem| subproblem.largest(instance)).max().unwrap_or(0)
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
        let mut found = PricingResult {
            left_out: nothing.clone(),
            left_out_of_all: nothing,
            complete: true,
            ..PricingResult::default()
        };
        for (mut part, subproblem) in searched.into_iter().zip(&self.subproblems) {
            found.trips.append(&mut part.trips);
            found.work += part.work;
            found.complete &= part.complete;
            found.truncated |= part.truncated;
            for (access, (here, of_all)) in
                subproblem.access.drivers.iter().zip(part.left_out.iter().zip(part.left_out_of_all))
            {
                let driver = access.driver.at();
                found.left_out[driver] = found.left_out[driver].max(*here);
                found.left_out_of_all[driver] = found.left_out_of_all[driver].max(of_all);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use visitrota_travel::TravelTable;

    use super::*;
    use crate::column_generation::prices::Prices;
    use crate::column_generation::pricing::query::Scope;
    use crate::instance::index::RequestIx;
    use crate::samples::{buses, draws, random_prices};
    use crate::trip::Crew;
    use crate::trip::enumerate::enumerate;

    /// Of all trips, one that was not found is worth no more than what is said to be left out, to the last part of a
    /// point.
    #[test]
    fn a_trip_that_is_not_found_is_worth_no_more_than_what_was_left_out() {
        let (mut at_limit, mut found_all) = (0, 0);
        for seed in 0..400 {
            let mut below = draws(seed ^ 0x9a1);
            let problem = buses(seed, 5 + below(4) as usize);
            let travel = TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let rows = LinkingRows::new(&instance);
            let all = enumerate(&instance, usize::MAX, &|| false).expect("trips").trips;
            let mut pricing = Pricing::new(&instance);
            let dear = [1, 500, 9_000][below(3) as usize];
            let prices = random_prices(&rows, || below(dear) * Prices::SCALE as u64);
            let required: Vec<i64> = instance.volunteer_ixs().map(|_| below(30_000) as i64 * Prices::SCALE).collect();
            let mut known: BTreeSet<(Crew, Box<[RequestIx]>)> = BTreeSet::new();
            // The first round is over few, small groups; what is known then is not looked for again.
            for (max_requests, max_drivers) in
                [(2, 1), (usize::MAX, 1), (usize::MAX, usize::MAX), (usize::MAX, usize::MAX)]
            {
                let query = PricingQuery {
                    prices: &prices,
                    required: &|driver, _| required[driver.at()],
                    required_by_metres: &|_, _| None,
                    scope: Scope { keep: 1, max_requests, max_drivers },
                    opening: None,
                    max_attempts: u64::MAX,
                    seconds_left: &|| f64::INFINITY,
                };
                let found = pricing.search(&instance, &rows, query);
                known.extend(found.trips.iter().map(|trip| (trip.crew, trip.requests.clone())));
                for trip in all.iter().filter(|trip| !known.contains(&(trip.crew, trip.requests.clone()))) {
                    let driver = trip.crew.driver.at();
                    let value = prices.reduced_cost(trip.net(&instance), &rows.coefficients(&instance, trip));
                    let limit = found.left_out_of_all[driver].worth_at_most(required[driver]);
                    assert!(value <= limit, "seed {seed}: {trip:?} is worth {value}, not {limit}");
                    at_limit += u32::from(value == limit);
                }
                found_all += u32::from(found.complete && !found.truncated);
            }
        }
        assert!(at_limit > 20 && found_all > 20, "{at_limit} {found_all}");
    }
}
