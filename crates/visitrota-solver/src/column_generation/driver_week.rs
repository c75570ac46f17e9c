//! A driver's weeks: which trips one driver can make together, and which of these weeks are best.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{TripIx, VolunteerIx};
use crate::trip::Trip;

/// How many trips a search for a driver's best weeks may compare.
const BUDGET: usize = 1_000_000;
/// The same for a week with one trip: that there is none is seldom worth the search.
const BUDGET_A_TRIP: usize = 10_000;

/// One driver's week: the trips made, by position in the pool and in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DriverWeek {
    pub(crate) trips: Vec<TripIx>,
    /// What they earn, the driver's own load taken off where no other row counts it.
    pub(crate) points: i64,
}

impl DriverWeek {
    /// The units that it uses of each row.
    pub(crate) fn coefficients(&self, pool: &TripPool) -> Vec<(u32, i64)> {
        let mut used: BTreeMap<u32, i64> = BTreeMap::new();
        for &trip in &self.trips {
            pool.coefficients[trip.at()]
                .iter()
                .for_each(|&(row, units)| *used.entry(row).or_default() += i64::from(units));
        }
        used.into_iter().collect()
    }
}

/// The best weeks of a driver.
#[derive(Clone, Debug, Default)]
pub(crate) struct BestWeeks {
    /// What each is worth, and the week; the best first.
    pub(crate) weeks: Vec<(i64, DriverWeek)>,
    /// What no week exceeds.
    pub(crate) upper_bound: i64,
}

/// The driver of the weeks looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeekSubproblem<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) pool: &'a TripPool,
    pub(crate) driver: VolunteerIx,
    pub(crate) reachable: &'a ReachableSlots,
}

impl WeekSubproblem<'_> {
    /// What the most valuable of some trips to each slot of the agenda is worth; 0 if nothing.
    pub(crate) fn best_by_slot(self, trips: &[TripIx], values: &[i64]) -> Vec<i64> {
        let mut best = vec![0; self.reachable.len()];
        for &trip in trips.iter().filter(|&&trip| values[trip.at()] > 0) {
            if let Some(at) = self.reachable.position(self.pool[trip].crew.slot) {
                best[at] = values[trip.at()].max(best[at]);
            }
        }
        best
    }

    /// The best week if it is worth anything, and what no week exceeds.
    ///
    /// The best trips of the best dates are more than any week can be worth: where they can be made together, nothing
    /// need be searched. So it mostly is, and the approach spends its time here.
    pub(crate) fn best_week(self, values: &[i64]) -> (i64, Option<DriverWeek>) {
        let mut best: Vec<(usize, TripIx)> = Vec::new();
        for &trip in self.pool.of_driver(self.driver).iter().filter(|&&trip| values[trip.at()] > 0) {
            let date = self.pool.exclusion_keys[trip.at()];
            match best.iter_mut().find(|(other, _)| *other == date) {
                Some((_, best)) if values[best.at()] >= values[trip.at()] => {}
                Some((_, best)) => *best = trip,
                None => best.push((date, trip)),
            }
        }
        best.sort_unstable_by_key(|&(_, trip)| (Reverse(values[trip.at()]), trip));
        let mut chosen = Vec::new();
        let mut worth = 0;
        for &(_, trip) in best.iter().take(self.instance.volunteers[self.driver.at()].max_trips as usize) {
            let gain = values[trip.at()] - self.reachable.cost_of_next(chosen.len());
            if gain <= 0 {
                break;
            }
            if !self.compatible(trip, &chosen, false) {
                let BestWeeks { weeks, upper_bound: most } = self.best_weeks(values, 1, 1);
                return (most.max(0), weeks.into_iter().next().map(|(_, week)| week));
            }
            chosen.push(trip);
            worth += gain;
        }
        (worth, (!chosen.is_empty()).then(|| self.week(chosen)))
    }

    /// The `keep` best weeks worth at least `least` (scaled, at these values of trips), the best first, and what no week
    /// exceeds.
    ///
    /// A week may serve a request twice, though it is then in no rota: to leave such weeks out takes long, and tightens
    /// the relaxation hardly at all.
    pub(crate) fn best_weeks(self, values: &[i64], least: i64, keep: usize) -> BestWeeks {
        /// So few trips are sooner searched than told apart.
        const FEW: usize = 100;
        let trips = self.positive_by_value(self.pool.of_driver(self.driver), values);
        let trips = if trips.len() > FEW { self.promising(&trips, values, least) } else { trips };
        let mut search = self.search(values, least, keep);
        search.extend(&trips, 0);
        search.found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let most = search.found.first().map(|(worth, _)| *worth).max(search.left_out_bound);
        BestWeeks { upper_bound: most.unwrap_or(least - 1), weeks: search.found }
    }

    /// What no week exceeds even if minutes do not matter, only slots, numbers of trips and kilometres; `best` if that is
    /// no more.
    pub(crate) fn upper_bound_ignoring_minutes(self, values: &[i64], best: i64) -> i64 {
        let trips = self.positive_by_value(self.pool.of_driver(self.driver), values);
        let mut search = WeekSearch { ignore_minutes: true, ..self.search(values, best + 1, 1) };
        search.extend(&trips, 0);
        search.found.first().map(|(worth, _)| *worth).max(search.left_out_bound).unwrap_or(best)
    }

    /// A week of these trips.
    fn week(self, mut trips: Vec<TripIx>) -> DriverWeek {
        trips.sort_unstable();
        let made = whole(trips.len());
        let points: i64 = trips.iter().map(|&trip| self.pool.points[trip.at()]).sum();
        DriverWeek { points: points - self.reachable.step_cost * (made * (made - 1) / 2), trips }
    }

    /// Those of some trips of the driver that some week of such trips, worth at least `least` (scaled, at these values of
    /// trips), holds, or may hold.
    pub(crate) fn trips_in_weeks(self, trips: &[TripIx], values: &[i64], least: i64) -> Vec<TripIx> {
        let worthy = self.positive_by_value(trips, values);
        let mut search = self.search(values, least, 1);
        let dates = search.best_dates(&worthy);
        let holds = |&trip: &TripIx| {
            search.budget = BUDGET_A_TRIP;
            search.chosen = vec![trip];
            search.reaches(&worthy, &dates, values[trip.at()])
        };
        self.promising(trips, values, least).into_iter().filter(holds).collect()
    }

    /// Those of some trips that may be worth enough with others of them, by the slots that these go to.
    fn promising(self, trips: &[TripIx], values: &[i64], least: i64) -> Vec<TripIx> {
        let others = self.reachable.best_beside(&self.best_by_slot(trips, values));
        let beside = |trip: TripIx| self.reachable.position(self.pool[trip].crew.slot).map_or(0, |at| others[at]);
        trips.iter().copied().filter(|&trip| values[trip.at()] + beside(trip) >= least).collect()
    }

    /// Those of some trips that are worth anything, the most valuable first.
    fn positive_by_value(self, trips: &[TripIx], values: &[i64]) -> Vec<TripIx> {
        let mut trips: Vec<TripIx> = trips.iter().copied().filter(|&trip| values[trip.at()] > 0).collect();
        trips.sort_unstable_by_key(|&trip| (Reverse(values[trip.at()]), trip));
        trips
    }

    fn search<'s>(self, values: &'s [i64], least: i64, keep: usize) -> WeekSearch<'s>
    where
        Self: 's,
    {
        let most = self.instance.volunteers[self.driver.at()].max_trips as usize;
        let (chosen, found) = (Vec::new(), Vec::new());
        WeekSearch {
            subproblem: self,
            values,
            max_trips: most,
            least,
            keep,
            chosen,
            found,
            ignore_minutes: false,
            budget: BUDGET,
            left_out_bound: None,
        }
    }

    /// Whether a trip can be made beside others of the same driver.
    fn compatible(self, trip: TripIx, chosen: &[TripIx], loose: bool) -> bool {
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
            && if loose {
                others().all(|other| trip.crew.slot != other.crew.slot)
            } else {
                let apart = |a: &Trip, b: &Trip| a.busy.1 + turnaround <= b.busy.0;
                others().all(|other| apart(trip, other) || apart(other, trip))
                    && within(facts.max_duty_min, Trip::duty)
                    && within(facts.max_driving_min, |trip| trip.drive)
            }
            && facts.max_metres.is_none_or(|cap| trip.metres + others().map(|other| other.metres).sum::<u64>() <= cap)
    }
}

/// A depth-first search through one driver's weeks, in order of the trips' values. Each trip chosen leaves those that can
/// be made beside it; a branch is cut off where the best of these cannot make up for what is missing.
struct WeekSearch<'a> {
    subproblem: WeekSubproblem<'a>,
    values: &'a [i64],
    max_trips: usize,
    least: i64,
    keep: usize,
    chosen: Vec<TripIx>,
    found: Vec<(i64, DriverWeek)>,
    /// Whether minutes do not matter: neither overlaps nor the day's duty and driving.
    ignore_minutes: bool,
    /// How many more trips may be compared.
    budget: usize,
    /// What no week left out for want of budget exceeds.
    left_out_bound: Option<i64>,
}

impl WeekSearch<'_> {
    /// Extends the chosen trips, worth `worth` with their costs, by those of `trips`, the most valuable first.
    fn extend(&mut self, trips: &[TripIx], worth: i64) {
        let more = self.max_trips.saturating_sub(self.chosen.len()).min(self.within_metres(trips));
        if more == 0 {
            return;
        }
        let (agenda, made) = (self.subproblem.reachable, self.chosen.len());
        let cost = self.cost_of_next();
        let dates = if more > 1 { self.best_dates(trips) } else { Vec::new() };
        let metres = if more > 1 { self.best_within(trips) } else { None };
        for (nth, &trip) in trips.iter().enumerate() {
            let rest = &trips[nth + 1..];
            let of_dates = dates.iter().filter(|(date, _)| *date != self.subproblem.pool.exclusion_keys[trip.at()]);
            let of_dates = of_dates.map(|(_, value)| *value).take(more - 1);
            let of_rest = rest.iter().map(|&trip| self.values[trip.at()]).take(more - 1);
            let others = agenda.total_gain(of_dates, made + 1).min(agenda.total_gain(of_rest, made + 1));
            let others = match &metres {
                Some(metres) => others.min(whole(more - 1) * metres.beside(self.metres(trip))),
                None => others,
            };
            let hope = self.values[trip.at()] + others;
            if worth - cost + hope < self.least {
                // The trips still to come may be on other dates, but are worth no more than this one.
                if worth - cost + self.values[trip.at()].max(self.values[trip.at()] * whole(more)) < self.least {
                    return;
                }
                continue;
            }
            if self.budget == 0 {
                self.left_out_bound = self.left_out_bound.max(Some(worth - cost + hope));
                continue;
            }
            let worth = worth + self.values[trip.at()] - cost;
            self.chosen.push(trip);
            self.record(worth);
            if more > 1 {
                let left = self.compatible_rest(rest, worth, more - 1);
                self.extend(&left, worth);
            }
            self.chosen.pop();
        }
    }

    /// Whether the chosen trips, worth `worth` with their costs, and some of `trips`, the most valuable first, make a week
    /// that is worth enough; also where that takes too long to tell. `dates` are the best dates of all trips.
    fn reaches(&mut self, trips: &[TripIx], dates: &[(usize, i64)], worth: i64) -> bool {
        if worth >= self.least {
            return true;
        }
        let more = self.max_trips.saturating_sub(self.chosen.len());
        if more == 0 {
            return false;
        }
        let taken: Vec<usize> =
            self.chosen.iter().map(|&trip| self.subproblem.pool.exclusion_keys[trip.at()]).collect();
        let free: Vec<(usize, i64)> =
            dates.iter().copied().filter(|(date, _)| !taken.contains(date)).take(more).collect();
        let (agenda, made) = (self.subproblem.reachable, self.chosen.len());
        let others = |but: Option<usize>| {
            let others = free.iter().filter(|(date, _)| Some(*date) != but).map(|(_, value)| *value);
            agenda.total_gain(others.take(more - 1), made + 1)
        };
        let (of_any, missing) = (others(None), self.least - worth + self.cost_of_next());
        for (nth, &trip) in trips.iter().enumerate() {
            let value = self.values[trip.at()];
            if value + of_any < missing {
                return false;
            }
            let date = self.subproblem.pool.exclusion_keys[trip.at()];
            if taken.contains(&date) || value + others(Some(date)) < missing {
                continue;
            }
            if self.budget == 0 {
                return true;
            }
            self.budget -= 1;
            if self.subproblem.compatible(trip, &self.chosen, false) {
                let worth = worth + value - self.cost_of_next();
                self.chosen.push(trip);
                let reached = self.reaches(&trips[nth + 1..], dates, worth);
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

    /// What kilometres leave beside each trip and the chosen ones, if they are limited.
    fn best_within(&self, trips: &[TripIx]) -> Option<BestWithinMetres> {
        let cap = self.subproblem.instance.volunteers[self.subproblem.driver.at()].max_metres?;
        let used: u64 = self.chosen.iter().map(|&trip| self.metres(trip)).sum();
        let mut best: Vec<(u64, i64)> =
            trips.iter().map(|&trip| (self.metres(trip), self.values[trip.at()].max(0))).collect();
        best.sort_unstable();
        let mut most = 0;
        for (_, value) in &mut best {
            most = most.max(*value);
            *value = most;
        }
        Some(BestWithinMetres { left: cap.saturating_sub(used), best })
    }

    /// How many of some trips, at the most, the driver's kilometres allow beside the chosen ones.
    fn within_metres(&self, trips: &[TripIx]) -> usize {
        let WeekSubproblem { instance, pool, driver, .. } = self.subproblem;
        let Some(cap) = instance.volunteers[driver.at()].max_metres else { return usize::MAX };
        let metres = |trips: &[TripIx]| trips.iter().map(|&trip| pool[trip].metres).collect::<Vec<_>>();
        let left = cap.saturating_sub(metres(&self.chosen).iter().sum());
        let shortest = metres(trips).into_iter().min().unwrap_or(0);
        usize::try_from(left.checked_div(shortest).unwrap_or(u64::MAX)).unwrap_or(usize::MAX)
    }

    /// The dates of some trips, the most valuable first, with the value of the best trip of each.
    fn best_dates(&self, trips: &[TripIx]) -> Vec<(usize, i64)> {
        let mut best: Vec<(usize, i64)> = Vec::new();
        for &trip in trips {
            if best.iter().all(|(date, _)| *date != self.subproblem.pool.exclusion_keys[trip.at()]) {
                best.push((self.subproblem.pool.exclusion_keys[trip.at()], self.values[trip.at()].max(0)));
            }
        }
        best
    }

    /// Those of some trips that can be made beside the chosen ones, worth `worth`, as far as they are worth enough for
    /// a week of `more` more trips.
    fn compatible_rest(&mut self, trips: &[TripIx], worth: i64, more: usize) -> Vec<TripIx> {
        let others = trips.iter().take(more - 1).map(|&trip| self.values[trip.at()]);
        let others = self.subproblem.reachable.total_gain(others, self.chosen.len() + 1);
        let cost = self.cost_of_next();
        let enough = trips.partition_point(|&trip| worth + self.values[trip.at()] - cost + others >= self.least);
        self.budget = self.budget.saturating_sub(enough);
        trips[..enough]
            .iter()
            .copied()
            .filter(|&trip| self.subproblem.compatible(trip, &self.chosen, self.ignore_minutes))
            .collect()
    }

    fn record(&mut self, worth: i64) {
        if worth < self.least {
            return;
        }
        self.found.push((worth, self.subproblem.week(self.chosen.clone())));
        if self.found.len() > self.keep {
            let worst = (0..self.found.len()).max_by_key(|&at| (Reverse(self.found[at].0), at)).unwrap_or(0);
            self.found.swap_remove(worst);
            // Of equally good weeks the first found are enough.
            self.least = self.found.iter().map(|(worth, _)| *worth).min().unwrap_or(self.least) + 1;
        }
    }
}

/// The most valuable trip within so many metres.
struct BestWithinMetres {
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

    /// What the best week is worth that adds some of the trips from the nth on to those chosen, worth so much.
    fn most(driver: WeekSubproblem<'_>, values: &[i64], nth: usize, chosen: &mut Vec<TripIx>, worth: i64) -> i64 {
        let trips = driver.pool.of_driver(driver.driver);
        let mut best = worth;
        for (at, &trip) in trips.iter().enumerate().skip(nth) {
            if driver.compatible(trip, chosen, false) {
                let worth = worth + values[trip.at()] - driver.reachable.cost_of_next(chosen.len());
                chosen.push(trip);
                best = best.max(most(driver, values, at + 1, chosen, worth));
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
        for dear in 0..4 {
            let price = |row: usize| (row as i64 * 7919 % 2_000) * 1_024 * dear;
            let values =
                decomposition.pool.reduced_costs(&Prices((0..decomposition.rows.rows.len()).map(price).collect()));
            for driver in instance.volunteer_ixs().map(|driver| decomposition.week_subproblem(driver)) {
                let best = most(driver, &values, 0, &mut Vec::new(), 0);
                assert_eq!(driver.best_week(&values).0, best, "{driver:?}");
                assert_eq!(driver.best_weeks(&values, best + 1, 1).upper_bound, best, "{driver:?}");
                let weeks = driver.best_weeks(&values, best.max(1), 1).weeks;
                assert_eq!(weeks.first().map_or(0, |(worth, _)| *worth), best, "{driver:?}");
                let trips: Vec<TripIx> = weeks.iter().flat_map(|(_, week)| week.trips.clone()).collect();
                let driven = driver.pool.of_driver(driver.driver);
                let hopeful = driver.promising(driven, &values, best.max(1));
                let in_weeks = driver.trips_in_weeks(driven, &values, best.max(1));
                assert!(trips.iter().all(|trip| hopeful.contains(trip) && in_weeks.contains(trip)), "{driver:?}");
                fewer += driven.len() - hopeful.len();
                longest = weeks.iter().map(|(_, week)| week.trips.len()).fold(longest, usize::max);
            }
        }
        assert!(longest > 2 && fewer > 0);
    }
}
