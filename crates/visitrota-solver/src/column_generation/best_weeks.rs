//! A driver's best weeks over the known trips, an upper bound on all weeks, and the trips that good weeks hold.

use std::cmp::Reverse;

use crate::column_generation::driver_week::{DriverWeek, WeekRules, WeekSubproblem};
use crate::instance::index::TripIx;

/// How many trips a search for a week with a certain trip may compare: few, since it is made for every trip in
/// question, and proving that there is no such week is seldom worth more.
const BUDGET_A_TRIP: usize = 10_000;

/// The best weeks of a driver.
#[derive(Clone, Debug, Default)]
pub(crate) struct BestWeeks {
    /// The value of each week, and the week; the best first.
    pub(crate) weeks: Vec<(i64, DriverWeek)>,
    /// No week is worth more than this.
    pub(crate) upper_bound: i64,
}

impl WeekSubproblem<'_> {
    /// An upper bound on the value of every week, and the best week if it is worth anything.
    ///
    /// The best trips of the best dates are worth at least as much as any week. Where they can be made together,
    /// nothing need be searched. This is nearly always so, and the approach spends its time here.
    pub(crate) fn best_week(self, reduced_costs: &[i64]) -> (i64, Option<DriverWeek>) {
        let mut best_by_date: Vec<(usize, TripIx)> = Vec::new();
        for &trip in self.pool.of_driver(self.driver).iter().filter(|&&trip| reduced_costs[trip.at()] > 0) {
            let date = self.pool.exclusion_keys[trip.at()];
            match best_by_date.iter_mut().find(|(other, _)| *other == date) {
                Some((_, best)) if reduced_costs[best.at()] >= reduced_costs[trip.at()] => {}
                Some((_, best)) => *best = trip,
                None => best_by_date.push((date, trip)),
            }
        }
        best_by_date.sort_unstable_by_key(|&(_, trip)| (Reverse(reduced_costs[trip.at()]), trip));
        let mut chosen = Vec::new();
        let mut value = 0;
        for &(_, trip) in best_by_date.iter().take(self.instance.volunteers[self.driver.at()].max_trips as usize) {
            let gain = reduced_costs[trip.at()] - self.reachable.cost_of_next(chosen.len());
            if gain <= 0 {
                break;
            }
            if !self.compatible(trip, &chosen, WeekRules::All) {
                let BestWeeks { weeks, upper_bound } = self.best_weeks(reduced_costs, 1, 1);
                return (upper_bound.max(0), weeks.into_iter().next().map(|(_, week)| week));
            }
            chosen.push(trip);
            value += gain;
        }
        (value, (!chosen.is_empty()).then(|| self.week(chosen)))
    }

    /// The `keep` best weeks worth at least `required` (scaled), the best first, and an upper bound on every week.
    ///
    /// A week may serve a ride twice, though no rota can then hold it. Leaving such weeks out takes long, and
    /// tightens the relaxation hardly at all.
    pub(crate) fn best_weeks(self, reduced_costs: &[i64], required: i64, keep: usize) -> BestWeeks {
        /// So few trips are searched sooner than the promising ones are told from the others.
        const FEW: usize = 100;
        let trips = self.positive_by_reduced_cost(self.pool.of_driver(self.driver), reduced_costs);
        let trips = if trips.len() > FEW { self.promising(&trips, reduced_costs, required) } else { trips };
        let mut search = self.search(reduced_costs, required, keep);
        search.extend(&trips, 0);
        search.found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let upper_bound = search.found.first().map(|(value, _)| *value).max(search.left_out_bound);
        BestWeeks { upper_bound: upper_bound.unwrap_or(required - 1), weeks: search.found }
    }

    /// An upper bound on every week even if minutes are ignored, so that only slots, numbers of trips and kilometres
    /// matter; `best_known` if that is no less.
    pub(crate) fn upper_bound_ignoring_minutes(self, reduced_costs: &[i64], best_known: i64) -> i64 {
        let trips = self.positive_by_reduced_cost(self.pool.of_driver(self.driver), reduced_costs);
        let mut search = self.search(reduced_costs, best_known + 1, 1);
        search.rules = WeekRules::IgnoringMinutes;
        search.extend(&trips, 0);
        search.found.first().map(|(value, _)| *value).max(search.left_out_bound).unwrap_or(best_known)
    }

    /// Those of some trips of the driver that a week of such trips, worth at least `required` (scaled), holds or may
    /// hold.
    pub(crate) fn trips_in_weeks(self, trips: &[TripIx], reduced_costs: &[i64], required: i64) -> Vec<TripIx> {
        let candidates = self.positive_by_reduced_cost(trips, reduced_costs);
        let mut search = self.search(reduced_costs, required, 1);
        let best_by_date = search.best_by_date(&candidates);
        let in_a_week = |&trip: &TripIx| {
            if self.instance.stop.now() {
                return true;
            }
            search.budget = BUDGET_A_TRIP;
            search.chosen = vec![trip];
            search.may_reach_required(&candidates, &best_by_date, reduced_costs[trip.at()])
        };
        self.promising(trips, reduced_costs, required).into_iter().filter(in_a_week).collect()
    }

    /// Those of some trips that may be worth enough together with others of them, by the slots that these go to.
    fn promising(self, trips: &[TripIx], reduced_costs: &[i64], required: i64) -> Vec<TripIx> {
        let best_beside = self.reachable.best_beside(&self.best_by_slot(trips, reduced_costs));
        let beside = |trip: TripIx| self.reachable.position(self.pool[trip].crew.slot).map_or(0, |at| best_beside[at]);
        trips.iter().copied().filter(|&trip| reduced_costs[trip.at()] + beside(trip) >= required).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_generation::decomposition::Decomposition;
    use crate::column_generation::prices::Prices;
    use crate::column_generation::pricing::query::Scope;
    use crate::instance::Instance;

    /// What the best week is worth that adds some of the trips from the nth on to those chosen, worth so much: by
    /// trying every week.
    fn best_value(
        subproblem: WeekSubproblem<'_>,
        reduced_costs: &[i64],
        nth: usize,
        chosen: &mut Vec<TripIx>,
        value: i64,
    ) -> i64 {
        let trips = subproblem.pool.of_driver(subproblem.driver);
        let mut best = value;
        for (at, &trip) in trips.iter().enumerate().skip(nth) {
            if subproblem.compatible(trip, chosen, WeekRules::All) {
                let value = value + reduced_costs[trip.at()] - subproblem.reachable.cost_of_next(chosen.len());
                chosen.push(trip);
                best = best.max(best_value(subproblem, reduced_costs, at + 1, chosen, value));
                chosen.pop();
            }
        }
        best
    }

    #[test]
    fn the_best_week_is_found_and_none_that_is_better() {
        let file = include_bytes!("../../../../fixtures/south-wales/problem.json");
        let problem = visitrota_model::Problem::from_json(file).expect("a problem");
        let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let mut decomposition = Decomposition::new(&instance).expect("time");
        let free = Prices(vec![0; decomposition.rows.rows.len()]);
        let nothing = vec![0; instance.volunteers.len()];
        decomposition.price(&free, &nothing, Scope::ALL).expect("time");
        let (mut longest, mut fewer) = (0, 0);
        for factor in 0..4 {
            let price = |row: usize| (row as i64 * 7919 % 2_000) * 1_024 * factor;
            let prices = Prices((0..decomposition.rows.rows.len()).map(price).collect());
            let reduced_costs = decomposition.pool.reduced_costs(&prices);
            for subproblem in instance.volunteer_ixs().map(|driver| decomposition.week_subproblem(driver)) {
                let driver = subproblem.driver;
                let best = best_value(subproblem, &reduced_costs, 0, &mut Vec::new(), 0);
                assert_eq!(subproblem.best_week(&reduced_costs).0, best, "{driver:?}");
                assert_eq!(subproblem.best_weeks(&reduced_costs, best + 1, 1).upper_bound, best, "{driver:?}");
                let weeks = subproblem.best_weeks(&reduced_costs, best.max(1), 1).weeks;
                assert_eq!(weeks.first().map_or(0, |(value, _)| *value), best, "{driver:?}");
                let trips: Vec<TripIx> = weeks.iter().flat_map(|(_, week)| week.trips.clone()).collect();
                let driven = subproblem.pool.of_driver(driver);
                let promising = subproblem.promising(driven, &reduced_costs, best.max(1));
                let in_weeks = subproblem.trips_in_weeks(driven, &reduced_costs, best.max(1));
                assert!(trips.iter().all(|trip| promising.contains(trip) && in_weeks.contains(trip)), "{driver:?}");
                fewer += driven.len() - promising.len();
                longest = weeks.iter().map(|(_, week)| week.trips.len()).fold(longest, usize::max);
            }
        }
        assert!(longest > 2 && fewer > 0);
    }
}
