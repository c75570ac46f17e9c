//! The subproblem of a driver's week: which trips one driver can make together, and which of these weeks are best.
//!
//! It is the subproblem of Dantzig and Wolfe's decomposition that makes the columns, here over the trips known. The best
//! weeks come from a depth-first branch and bound, as for a knapsack: trips in order of their reduced costs, and completion
//! bounds that cut branches off (E. Horowitz and S. Sahni, Computing partitions with applications to the knapsack problem,
//! Journal of the ACM 21, 1974).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{TripIx, VolunteerIx};
use crate::trip::Trip;

/// How many trips a search for a driver's best weeks may compare: enough that it nearly always ends by itself, few enough
/// that no driver holds up a round of pricing.
const BUDGET: usize = 1_000_000;
/// The same for a search for a week with a certain trip. It is made for every trip in question, and proving that there is
/// no such week is seldom worth more.
const BUDGET_A_TRIP: usize = 10_000;

/// One driver's week: the trips made, by position in the pool and in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DriverWeek {
    pub(crate) trips: Vec<TripIx>,
    /// The points of its trips, less the driver's own load where no linking row counts it.
    pub(crate) points: i64,
}

impl DriverWeek {
    /// The units that it uses of each row: its coefficients as a column of the master.
    pub(crate) fn coefficients(&self, pool: &TripPool) -> Vec<(u32, i64)> {
        let mut units_by_row: BTreeMap<u32, i64> = BTreeMap::new();
        for &trip in &self.trips {
            pool.coefficients[trip.at()]
                .iter()
                .for_each(|&(row, units)| *units_by_row.entry(row).or_default() += i64::from(units));
        }
        units_by_row.into_iter().collect()
    }
}

/// The best weeks of a driver.
#[derive(Clone, Debug, Default)]
pub(crate) struct BestWeeks {
    /// The value of each week, and the week; the best first.
    pub(crate) weeks: Vec<(i64, DriverWeek)>,
    /// No week is worth more than this.
    pub(crate) upper_bound: i64,
}

/// Which rules the trips of a week keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WeekRules {
    All,
    /// Only slots, numbers of trips and kilometres: neither overlaps nor the day's duty and driving.
    IgnoringMinutes,
}

/// The subproblem of one driver's week over the trips of the pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeekSubproblem<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    pub(crate) driver: VolunteerIx,
    pub(crate) reachable: &'a ReachableSlots,
}

impl WeekSubproblem<'_> {
    /// For each reachable slot, the greatest reduced cost of some trips to it; 0 if none is positive.
    pub(crate) fn best_by_slot(self, trips: &[TripIx], reduced_costs: &[i64]) -> Vec<i64> {
        let mut best = vec![0; self.reachable.len()];
        for &trip in trips.iter().filter(|&&trip| reduced_costs[trip.at()] > 0) {
            if let Some(at) = self.reachable.position(self.pool[trip].crew.slot) {
                best[at] = reduced_costs[trip.at()].max(best[at]);
            }
        }
        best
    }

    /// An upper bound on the value of every week, and the best week if it is worth anything.
    ///
    /// The best trips of the best dates are worth at least as much as any week. Where they can be made together, nothing
    /// need be searched. This is nearly always so, and the approach spends its time here.
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
    /// A week may serve a request twice, though no rota can then hold it. Leaving such weeks out takes long, and tightens
    /// the relaxation hardly at all.
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
        let mut search =
            WeekSearch { rules: WeekRules::IgnoringMinutes, ..self.search(reduced_costs, best_known + 1, 1) };
        search.extend(&trips, 0);
        search.found.first().map(|(value, _)| *value).max(search.left_out_bound).unwrap_or(best_known)
    }

    /// The week of these trips.
    fn week(self, mut trips: Vec<TripIx>) -> DriverWeek {
        trips.sort_unstable();
        let count = whole(trips.len());
        let points: i64 = trips.iter().map(|&trip| self.pool.points[trip.at()]).sum();
        DriverWeek { points: points - self.reachable.step_cost * (count * (count - 1) / 2), trips }
    }

    /// Those of some trips of the driver that a week of such trips, worth at least `required` (scaled), holds or may hold.
    pub(crate) fn trips_in_weeks(self, trips: &[TripIx], reduced_costs: &[i64], required: i64) -> Vec<TripIx> {
        let candidates = self.positive_by_reduced_cost(trips, reduced_costs);
        let mut search = self.search(reduced_costs, required, 1);
        let best_by_date = search.best_by_date(&candidates);
        let in_a_week = |&trip: &TripIx| {
            search.budget = BUDGET_A_TRIP;
            search.chosen = vec![trip];
            search.reaches_required(&candidates, &best_by_date, reduced_costs[trip.at()])
        };
        self.promising(trips, reduced_costs, required).into_iter().filter(in_a_week).collect()
    }

    /// Those of some trips that may be worth enough together with others of them, by the slots that these go to.
    fn promising(self, trips: &[TripIx], reduced_costs: &[i64], required: i64) -> Vec<TripIx> {
        let best_beside = self.reachable.best_beside(&self.best_by_slot(trips, reduced_costs));
        let beside = |trip: TripIx| self.reachable.position(self.pool[trip].crew.slot).map_or(0, |at| best_beside[at]);
        trips.iter().copied().filter(|&trip| reduced_costs[trip.at()] + beside(trip) >= required).collect()
    }

    /// Those of some trips that have a positive reduced cost, the most valuable first.
    fn positive_by_reduced_cost(self, trips: &[TripIx], reduced_costs: &[i64]) -> Vec<TripIx> {
        let mut trips: Vec<TripIx> = trips.iter().copied().filter(|&trip| reduced_costs[trip.at()] > 0).collect();
        trips.sort_unstable_by_key(|&trip| (Reverse(reduced_costs[trip.at()]), trip));
        trips
    }

    fn search<'s>(self, reduced_costs: &'s [i64], required: i64, keep: usize) -> WeekSearch<'s>
    where
        Self: 's,
    {
        WeekSearch {
            subproblem: self,
            reduced_costs,
            max_trips: self.instance.volunteers[self.driver.at()].max_trips as usize,
            required,
            keep,
            chosen: Vec::new(),
            found: Vec::new(),
            rules: WeekRules::All,
            budget: BUDGET,
            left_out_bound: None,
        }
    }

    /// Whether a trip can be made beside others of the same driver.
    fn compatible(self, trip: TripIx, chosen: &[TripIx], rules: WeekRules) -> bool {
        let Self { instance, pool, driver, .. } = self;
        let trip = &pool[trip];
        let facts = &instance.volunteers[driver.at()];
        let others = || chosen.iter().map(|&other| &pool[other]);
        let date = |trip: &Trip| instance.slots[trip.crew.slot.at()].date;
        let on_date = || others().filter(|other| date(other) == date(trip));
        let turnaround = i64::from(instance.policy.turnaround_min);
        let within = |cap: Option<u32>, minutes: fn(&Trip) -> i64| {
            cap.is_none_or(|cap| minutes(trip) + on_date().map(minutes).sum::<i64>() <= cap.into())
        };
        chosen.len() < facts.max_trips as usize
            && on_date().count() < facts.max_trips_per_day as usize
            && match rules {
                WeekRules::IgnoringMinutes => others().all(|other| trip.crew.slot != other.crew.slot),
                WeekRules::All => {
                    let follows = |a: &Trip, b: &Trip| a.busy.1 + turnaround <= b.busy.0;
                    others().all(|other| follows(trip, other) || follows(other, trip))
                        && within(facts.max_duty_min, Trip::duty)
                        && within(facts.max_driving_min, |trip| trip.drive)
                }
            }
            && facts.max_metres.is_none_or(|cap| trip.metres + others().map(|other| other.metres).sum::<u64>() <= cap)
    }
}

/// A depth-first branch and bound through one driver's weeks, in order of the trips' reduced costs.
///
/// Each trip chosen leaves those that can be made beside it. A branch is cut off where its completion bound, the most that
/// the trips left can add, does not reach the required value.
struct WeekSearch<'a> {
    subproblem: WeekSubproblem<'a>,
    reduced_costs: &'a [i64],
    max_trips: usize,
    /// The value that a week must have.
    required: i64,
    keep: usize,
    chosen: Vec<TripIx>,
    found: Vec<(i64, DriverWeek)>,
    rules: WeekRules,
    /// How many more trips may be compared.
    budget: usize,
    /// An upper bound on the weeks left out because the budget ran out; none if none was.
    left_out_bound: Option<i64>,
}

impl WeekSearch<'_> {
    /// Extends the chosen trips, worth `value` less their load, by those of `trips`, the most valuable first.
    fn extend(&mut self, trips: &[TripIx], value: i64) {
        let further = self.max_trips.saturating_sub(self.chosen.len()).min(self.count_within_metres(trips));
        if further == 0 {
            return;
        }
        let cost = self.cost_of_next();
        let best_by_date = if further > 1 { self.best_by_date(trips) } else { Vec::new() };
        let within_metres = if further > 1 { self.best_within_metres(trips) } else { None };
        for (nth, &trip) in trips.iter().enumerate() {
            let rest = &trips[nth + 1..];
            let others = self.completion_bound(trip, rest, further - 1, &best_by_date, within_metres.as_ref());
            let optimistic_value = value - cost + (self.reduced_costs[trip.at()] + others);
            if optimistic_value < self.required {
                // The trips still to come may be on other dates, but are worth no more than this one.
                let own = self.reduced_costs[trip.at()];
                if value - cost + own.max(own * whole(further)) < self.required {
                    return;
                }
                continue;
            }
            if self.budget == 0 {
                self.left_out_bound = self.left_out_bound.max(Some(optimistic_value));
                continue;
            }
            let value = value + self.reduced_costs[trip.at()] - cost;
            self.chosen.push(trip);
            self.record(value);
            if further > 1 {
                let compatible = self.compatible_rest(rest, value, further - 1);
                self.extend(&compatible, value);
            }
            self.chosen.pop();
        }
    }

    /// The most that `further` trips of `rest` can add to the chosen trips and one more: by dates, by reduced costs alone,
    /// and by kilometres.
    fn completion_bound(
        &self,
        trip: TripIx,
        rest: &[TripIx],
        further: usize,
        best_by_date: &[(usize, i64)],
        within_metres: Option<&BestWithinMetres>,
    ) -> i64 {
        let (reachable, with_trip) = (self.subproblem.reachable, self.chosen.len() + 1);
        let other_dates =
            best_by_date.iter().filter(|(date, _)| *date != self.subproblem.pool.exclusion_keys[trip.at()]);
        let by_dates = reachable.total_gain(other_dates.map(|(_, value)| *value).take(further), with_trip);
        let of_rest = rest.iter().map(|&trip| self.reduced_costs[trip.at()]).take(further);
        let bound = by_dates.min(reachable.total_gain(of_rest, with_trip));
        within_metres.map_or(bound, |within| bound.min(whole(further) * within.beside(self.metres(trip))))
    }

    /// Whether the chosen trips, worth `value` less their load, and some of `trips`, the most valuable first, make a week
    /// that is worth enough; also if the budget runs out first. `best_by_date` is that of all trips.
    fn reaches_required(&mut self, trips: &[TripIx], best_by_date: &[(usize, i64)], value: i64) -> bool {
        if value >= self.required {
            return true;
        }
        let further = self.max_trips.saturating_sub(self.chosen.len());
        if further == 0 {
            return false;
        }
        let taken: Vec<usize> =
            self.chosen.iter().map(|&trip| self.subproblem.pool.exclusion_keys[trip.at()]).collect();
        let free: Vec<(usize, i64)> =
            best_by_date.iter().copied().filter(|(date, _)| !taken.contains(date)).take(further).collect();
        let (reachable, with_next) = (self.subproblem.reachable, self.chosen.len() + 1);
        let others = |except: Option<usize>| {
            let others = free.iter().filter(|(date, _)| Some(*date) != except).map(|(_, value)| *value);
            reachable.total_gain(others.take(further - 1), with_next)
        };
        let (on_any_date, missing) = (others(None), self.required - value + self.cost_of_next());
        for (nth, &trip) in trips.iter().enumerate() {
            let reduced_cost = self.reduced_costs[trip.at()];
            if reduced_cost + on_any_date < missing {
                return false;
            }
            let date = self.subproblem.pool.exclusion_keys[trip.at()];
            if taken.contains(&date) || reduced_cost + others(Some(date)) < missing {
                continue;
            }
            if self.budget == 0 {
                return true;
            }
            self.budget -= 1;
            if self.subproblem.compatible(trip, &self.chosen, WeekRules::All) {
                let value = value + reduced_cost - self.cost_of_next();
                self.chosen.push(trip);
                let reached = self.reaches_required(&trips[nth + 1..], best_by_date, value);
                self.chosen.pop();
                if reached {
                    return true;
                }
            }
        }
        false
    }

    /// What one more trip costs the driver beyond the first step of load.
    fn cost_of_next(&self) -> i64 {
        self.subproblem.reachable.cost_of_next(self.chosen.len())
    }

    fn metres(&self, trip: TripIx) -> u64 {
        self.subproblem.pool[trip].metres
    }

    /// The best of some trips within the kilometres that the chosen ones leave, if kilometres are limited.
    fn best_within_metres(&self, trips: &[TripIx]) -> Option<BestWithinMetres> {
        let cap = self.subproblem.instance.volunteers[self.subproblem.driver.at()].max_metres?;
        let used: u64 = self.chosen.iter().map(|&trip| self.metres(trip)).sum();
        let mut best: Vec<(u64, i64)> =
            trips.iter().map(|&trip| (self.metres(trip), self.reduced_costs[trip.at()].max(0))).collect();
        best.sort_unstable();
        let mut best_so_far = 0;
        for (_, value) in &mut best {
            best_so_far = best_so_far.max(*value);
            *value = best_so_far;
        }
        Some(BestWithinMetres { left: cap.saturating_sub(used), best })
    }

    /// How many of some trips the driver's kilometres allow at most beside the chosen ones.
    fn count_within_metres(&self, trips: &[TripIx]) -> usize {
        let WeekSubproblem { instance, pool, driver, .. } = self.subproblem;
        let Some(cap) = instance.volunteers[driver.at()].max_metres else { return usize::MAX };
        let metres = |trips: &[TripIx]| trips.iter().map(|&trip| pool[trip].metres).collect::<Vec<_>>();
        let left = cap.saturating_sub(metres(&self.chosen).iter().sum());
        let shortest = metres(trips).into_iter().min().unwrap_or(0);
        usize::try_from(left.checked_div(shortest).unwrap_or(u64::MAX)).unwrap_or(usize::MAX)
    }

    /// The dates (or slots, see [`TripPool::exclusion_keys`]) of some trips, given the most valuable first, and the reduced
    /// cost of the best trip of each.
    fn best_by_date(&self, trips: &[TripIx]) -> Vec<(usize, i64)> {
        let mut best: Vec<(usize, i64)> = Vec::new();
        for &trip in trips {
            let date = self.subproblem.pool.exclusion_keys[trip.at()];
            if best.iter().all(|(other, _)| *other != date) {
                best.push((date, self.reduced_costs[trip.at()].max(0)));
            }
        }
        best
    }

    /// Those of some trips that can be made beside the chosen ones, worth `value`, as far as they are worth enough for a
    /// week of `further` further trips.
    fn compatible_rest(&mut self, trips: &[TripIx], value: i64, further: usize) -> Vec<TripIx> {
        let others = trips.iter().take(further - 1).map(|&trip| self.reduced_costs[trip.at()]);
        let others = self.subproblem.reachable.total_gain(others, self.chosen.len() + 1);
        let cost = self.cost_of_next();
        let reaches = |&trip: &TripIx| value + self.reduced_costs[trip.at()] - cost + others >= self.required;
        let enough = trips.partition_point(reaches);
        self.budget = self.budget.saturating_sub(enough);
        trips[..enough]
            .iter()
            .copied()
            .filter(|&trip| self.subproblem.compatible(trip, &self.chosen, self.rules))
            .collect()
    }

    /// Keeps the chosen trips as a week if they are among the best so far.
    fn record(&mut self, value: i64) {
        if value < self.required {
            return;
        }
        self.found.push((value, self.subproblem.week(self.chosen.clone())));
        if self.found.len() > self.keep {
            let worst = (0..self.found.len()).max_by_key(|&at| (Reverse(self.found[at].0), at)).unwrap_or(0);
            self.found.swap_remove(worst);
            // Of equally good weeks the first found are enough.
            self.required = self.found.iter().map(|(value, _)| *value).min().unwrap_or(self.required) + 1;
        }
    }
}

/// The most valuable trip within so many metres: a completion bound from the knapsack of kilometres.
struct BestWithinMetres {
    /// Metres that the chosen trips leave.
    left: u64,
    /// Metres, and the value of the best trip that takes no more; in order of metres.
    best: Vec<(u64, i64)>,
}

impl BestWithinMetres {
    /// The value of the best trip that can be made beside one of so many metres.
    fn beside(&self, metres: u64) -> i64 {
        let left = self.left.saturating_sub(metres);
        let fitting = self.best.partition_point(|(metres, _)| *metres <= left);
        fitting.checked_sub(1).map_or(0, |at| self.best[at].1)
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_generation::decomposition::Decomposition;
    use crate::column_generation::prices::Prices;
    use crate::column_generation::pricing::query::Scope;

    /// What the best week is worth that adds some of the trips from the nth on to those chosen, worth so much: by trying
    /// every week.
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
        let mut decomposition = Decomposition::new(&instance);
        let free = Prices(vec![0; decomposition.rows.rows.len()]);
        let nothing = vec![0; instance.volunteers.len()];
        decomposition.price(&free, &nothing, Scope::ALL, &|| f64::INFINITY);
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
