//! The search for a driver's best weeks: a depth-first branch and bound, as for a knapsack.
//!
//! Trips are taken in order of their reduced costs, and completion bounds cut branches off (E. Horowitz and S. Sahni,
//! Computing partitions with applications to the knapsack problem, Journal of the ACM 21, 1974).

use std::cmp::Reverse;

use crate::column_generation::driver_week::{DriverWeek, WeekRules, WeekSubproblem, whole};
use crate::instance::index::TripIx;

/// How many trips a search for a driver's best weeks may compare: enough that it nearly always ends by itself, few
/// enough that no driver holds up a round of pricing.
const BUDGET: usize = 1_000_000;

impl WeekSubproblem<'_> {
    /// A search for the `keep` best weeks worth at least `required`.
    pub(super) fn search<'s>(self, reduced_costs: &'s [i64], required: i64, keep: usize) -> WeekSearch<'s>
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
}

/// A depth-first branch and bound through one driver's weeks, in order of the trips' reduced costs.
///
/// Each trip chosen leaves those that can be made beside it. A branch is cut off where its completion bound, the most
/// that the trips left can add, does not reach the required value.
pub(super) struct WeekSearch<'a> {
    subproblem: WeekSubproblem<'a>,
    reduced_costs: &'a [i64],
    max_trips: usize,
    /// The value that a week must have.
    pub(super) required: i64,
    keep: usize,
    pub(super) chosen: Vec<TripIx>,
    pub(super) found: Vec<(i64, DriverWeek)>,
    pub(super) rules: WeekRules,
    /// How many more trips may be compared.
    pub(super) budget: usize,
    /// An upper bound on the weeks left out because the budget ran out; none if none was.
    pub(super) left_out_bound: Option<i64>,
}

impl WeekSearch<'_> {
    /// Extends the chosen trips, worth `value` less their load, by those of `trips`, the most valuable first.
    pub(super) fn extend(&mut self, trips: &[TripIx], value: i64) {
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

    /// The most that `further` trips of `rest` can add to the chosen trips and one more: by dates, by reduced costs
    /// alone, and by kilometres.
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

    /// Whether the chosen trips, worth `value` less their load, and some of `trips`, the most valuable first, make a
    /// week that is worth enough; also if the budget runs out first. `best_by_date` is that of all trips.
    pub(super) fn may_reach_required(&mut self, trips: &[TripIx], best_by_date: &[(usize, i64)], value: i64) -> bool {
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
                let reached = self.may_reach_required(&trips[nth + 1..], best_by_date, value);
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

    /// The dates (or slots, see [`TripPool::exclusion_keys`]) of some trips, given the most valuable first, and the
    /// reduced cost of the best trip of each.
    pub(super) fn best_by_date(&self, trips: &[TripIx]) -> Vec<(usize, i64)> {
        let mut best: Vec<(usize, i64)> = Vec::new();
        for &trip in trips {
            let date = self.subproblem.pool.exclusion_keys[trip.at()];
            if best.iter().all(|(other, _)| *other != date) {
                best.push((date, self.reduced_costs[trip.at()].max(0)));
            }
        }
        best
    }

    /// Those of some trips that can be made beside the chosen ones, worth `value`, as far as they are worth enough for
    /// a week of `further` further trips.
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
