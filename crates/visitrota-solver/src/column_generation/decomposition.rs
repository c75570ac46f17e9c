//! What there is to choose from, and what it is worth: trips, weeks and bounds at given prices.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::column_generation::driver_week::{BestWeeks, DriverWeek, WeekSubproblem};
use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::mileage::{MileageFrontier, NEVER, StepFunction};
use crate::column_generation::neighbourhood::Opening;
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::{Pricing, PricingQuery, PricingResult};
use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::instance::Instance;
use crate::instance::index::{SlotIx, VolunteerIx};
use crate::trip::Trip;

/// A bound, and the prices that prove it.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) prices: Prices,
    /// Scaled like the prices.
    pub(crate) total: i64,
    drivers: Vec<DriverBound>,
}

/// What a driver can be worth at the prices of a bound at the most (scaled).
#[derive(Clone, Debug)]
struct DriverBound {
    /// The best week, staying at home included.
    best_week: i64,
    /// For each slot of the driver's agenda, a trip.
    trip_limits: Vec<i64>,
    /// The same for a trip not known, unless kilometres are limited and a known one covers it.
    unknown_trip_limits: Vec<i64>,
    /// What was left out of the trips not known.
    left_out: LeftOut,
}

impl DriverBound {
    /// Where kilometres are limited, what a trip to a slot must be worth, by its metres, for a rota with it to fall short
    /// of the bound by no more than `gap` (scaled): how far it goes tells how much others can be worth beside it.
    fn required_by_metres(
        &self,
        limited: &MileageFrontier,
        agenda: &ReachableSlots,
        slot: SlotIx,
        gap: i64,
    ) -> StepFunction {
        limited.required_beside_known(
            agenda,
            slot,
            self.best_week - gap,
            self.left_out.above_unworthy(),
            &self.unknown_trip_limits,
        )
    }
}

impl Bound {
    pub(crate) fn points(&self) -> i64 {
        self.total.div_euclid(Prices::SCALE)
    }

    /// The bound in points, as a measure.
    #[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
    pub(crate) fn value(&self) -> f64 {
        self.total as f64 / Prices::SCALE as f64
    }
}

/// What there is to choose from.
pub(crate) struct Decomposition<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) rows: LinkingRows,
    pub(crate) pool: TripPool,
    pricing: Pricing,
    /// For each volunteer, where they can drive to.
    reachable: Vec<ReachableSlots>,
    /// Groups unfolded and trips tried so far.
    pub(crate) work: u64,
}

impl<'a> Decomposition<'a> {
    pub(crate) fn new(instance: &'a Instance<'a>) -> Self {
        let rows = LinkingRows::new(instance);
        let pricing = Pricing::new(instance);
        let agendas = pricing.reachable_slots(instance, &rows);
        Self { instance, pool: TripPool::new(instance), pricing, rows, reachable: agendas, work: 0 }
    }

    /// The most requests that a trip can serve.
    pub(crate) fn largest(&self) -> usize {
        self.pricing.largest(self.instance)
    }

    /// The trips of the pool at each slot.
    pub(crate) fn trips_by_slot(&self) -> Vec<Vec<usize>> {
        let mut of_slot = vec![Vec::new(); self.instance.slots.len()];
        self.pool.trips.iter().enumerate().for_each(|(at, trip)| of_slot[trip.crew.slot.at()].push(at));
        of_slot
    }

    /// A driver, to look for weeks of.
    pub(crate) fn week_subproblem(&self, driver: VolunteerIx) -> WeekSubproblem<'_> {
        WeekSubproblem { instance: self.instance, pool: &self.pool, driver, reachable: &self.reachable[driver.at()] }
    }

    /// What a driver's best week over the known trips is worth at the most, staying at home included, and the week.
    pub(crate) fn best_week(&self, driver: VolunteerIx, values: &[i64]) -> (i64, Option<DriverWeek>) {
        self.week_subproblem(driver).best_week(values)
    }

    /// What each driver's best week over the known trips is worth at some prices.
    pub(crate) fn best_week_values(&self, prices: &Prices) -> Vec<i64> {
        let values = self.pool.reduced_costs(prices);
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        drivers.par_iter().map(|&driver| self.best_week(driver, &values).0).collect()
    }

    /// Each driver's weeks that are nearly as good as the best one, over the known trips at some values.
    pub(crate) fn good_weeks(&self, values: &[i64]) -> Vec<(VolunteerIx, Vec<DriverWeek>)> {
        /// The most weeks of one driver, and points by which they may be worse than the best.
        const WEEKS: usize = 60;
        const NEAR: i64 = 1_000 * Prices::SCALE;
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        let weeks = |&driver: &VolunteerIx| {
            let (best, _) = self.best_week(driver, values);
            let best = self.week_subproblem(driver).best_weeks(values, (best - NEAR).max(1), WEEKS);
            (driver, best.weeks.into_iter().map(|(_, week)| week).collect())
        };
        drivers.par_iter().map(weeks).collect()
    }

    /// Each driver's best weeks over the known trips, as far as they are worth more than the driver's target.
    pub(crate) fn better_weeks(&self, values: &[i64], targets: &[i64]) -> Vec<BestWeeks> {
        /// The most weeks of one driver.
        const WEEKS: usize = 6;
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        let weeks =
            |&driver: &VolunteerIx| self.week_subproblem(driver).best_weeks(values, targets[driver.at()] + 1, WEEKS);
        drivers.par_iter().map(weeks).collect()
    }

    /// What a driver's most valuable known trip to each slot of their agenda is worth; 0 if nothing.
    fn best_known_by_slot(&self, driver: VolunteerIx, values: &[i64]) -> Vec<i64> {
        self.week_subproblem(driver).best_by_slot(self.pool.of_driver(driver), values)
    }

    /// What a week is worth at some values of trips.
    pub(crate) fn week_value(&self, week: &DriverWeek, values: &[i64]) -> i64 {
        let net = |&trip: &usize| values[trip] - self.pool.points[trip] * Prices::SCALE;
        week.points * Prices::SCALE + week.trips.iter().map(net).sum::<i64>()
    }

    /// Looks for trips worth having at prices, and for each driver's best weeks with them.
    ///
    /// `targets` says for each driver what some week is worth that is known already. Trips are looked for with up to
    /// `most` requests; the bound holds for all trips if that leaves none out.
    pub(crate) fn price(
        &mut self,
        prices: &Prices,
        targets: &[i64],
        keep: usize,
        most: usize,
        reach: usize,
        seconds: &(dyn Fn() -> f64 + Sync),
    ) -> PricingRound {
        let values = self.pool.reduced_costs(prices);
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        let least: Vec<Vec<i64>> = drivers
            .par_iter()
            .map(|&driver| {
                let known = self.best_known_by_slot(driver, &values);
                let room = self.reachable[driver.at()].unknown_trip_limits(&known, targets[driver.at()]);
                room.into_iter().map(|room| room + 1).collect()
            })
            .collect();
        let limited = self.mileage_frontiers(&values);
        let far = |driver: VolunteerIx, slot| {
            limited[driver.at()].as_ref().map(|limited| limited.required_unless_covered(slot))
        };
        let needed = by_slot(&self.reachable, &least);
        let quest = PricingQuery {
            prices,
            required: &needed,
            required_by_metres: &far,
            keep,
            max_requests: most,
            max_drivers: reach,
            opening: None,
            max_attempts: u64::MAX,
            seconds_left: seconds,
        };
        let PricingResult { trips, left_out, left_out_of_all, complete: whole, truncated: more, work } =
            self.pricing.search(self.instance, &self.rows, quest);
        self.work += work;
        let fresh = trips.len();
        for trip in trips {
            self.pool.add(self.instance, &self.rows, trip);
        }
        let values = self.pool.reduced_costs(prices);
        let best: Vec<i64> = drivers
            .par_iter()
            .map(|&driver| self.week_subproblem(driver).best_weeks(&values, targets[driver.at()] + 1, 1).upper_bound)
            .collect();
        // What a driver's week is worth at the most if so much was left out.
        let most = |driver: VolunteerIx, left_out: LeftOut| {
            let at = driver.at();
            let unknown: Vec<i64> = least[at].iter().map(|&least| left_out.worth_at_most(least)).collect();
            let facts = &self.instance.volunteers[at];
            let limited = facts.max_metres.is_some() && facts.max_trips > 1;
            // Where kilometres are limited, a known trip may take the place of one not known, as far as they go, and is
            // worth less by no more than what was left out may exceed what was not worth having.
            let more = if limited { left_out.above_unworthy() } else { 0 };
            let known = self.best_known_by_slot(driver, &values).into_iter();
            let trips: Vec<i64> = known.zip(&unknown).map(|(known, &unknown)| known.max(unknown) + more).collect();
            // A trip worth nothing makes no week better.
            let beside =
                unknown.iter().zip(self.reachable[at].best_beside(&trips)).filter(|(unknown, _)| **unknown > 0);
            let with_unknown = beside.map(|(unknown, others)| unknown + others);
            let with_unknown = with_unknown.max().unwrap_or(0).max(best[at]).max(0);
            let week = if limited {
                let covered = self.week_subproblem(driver).upper_bound_ignoring_minutes(&values, best[at]);
                with_unknown.max(covered + i64::from(facts.max_trips) * more)
            } else {
                with_unknown
            };
            DriverBound { best_week: week, trip_limits: trips, unknown_trip_limits: unknown, left_out }
        };
        let bounded: Vec<DriverBound> = drivers.par_iter().map(|&driver| most(driver, left_out[driver.at()])).collect();
        let stock = prices.rows_value(&self.rows);
        let total = stock + bounded.iter().map(|most| most.best_week).sum::<i64>();
        let ceiling = if whole {
            total
        } else {
            let left_out = |driver: VolunteerIx| left_out_of_all[driver.at()].max(left_out[driver.at()]);
            let most = |&driver: &VolunteerIx| most(driver, left_out(driver)).best_week;
            stock + drivers.par_iter().map(most).sum::<i64>()
        };
        PricingRound {
            bound: Bound { prices: prices.clone(), total, drivers: bounded },
            upper_bound: ceiling.div_euclid(Prices::SCALE),
            new_trips: fresh,
            truncated: more,
            complete: whole,
        }
    }

    /// By how much a rota with each trip of the pool falls short of a bound at the least (scaled).
    pub(crate) fn bound_gaps(&self, bound: &Bound) -> Vec<i64> {
        let values = self.pool.reduced_costs(&bound.prices);
        let limited = self.mileage_frontiers(&values);
        let of_driver = |driver: VolunteerIx| {
            let (agenda, needed) = (&self.reachable[driver.at()], self.required_values(bound, driver));
            let (most, limited) = (&bound.drivers[driver.at()], limited[driver.at()].as_ref());
            let mut by_metres: BTreeMap<SlotIx, Option<StepFunction>> = BTreeMap::new();
            let loss = |&trip: &usize| {
                let Trip { crew, metres, .. } = &self.pool.trips[trip];
                let near = agenda.position(crew.slot).map_or(NEVER, |at| needed[at]);
                let far = || Some(most.required_by_metres(limited?, agenda, crew.slot, 0));
                let far = by_metres.entry(crew.slot).or_insert_with(far);
                let far = far.as_ref().and_then(|steps| steps.at(*metres));
                (trip, far.map_or(near, |far| far.max(near)) - values[trip])
            };
            self.pool.of_driver(driver).iter().map(loss).collect::<Vec<_>>()
        };
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        let by_driver: Vec<_> = drivers.par_iter().map(|&driver| of_driver(driver)).collect();
        let mut losses = vec![0; self.pool.trips.len()];
        by_driver.into_iter().flatten().for_each(|(trip, loss)| losses[trip] = loss);
        losses
    }

    /// For each slot of a driver's agenda, what a trip must be worth for a rota with it to reach a bound.
    fn required_values(&self, bound: &Bound, driver: VolunteerIx) -> Vec<i64> {
        let most = &bound.drivers[driver.at()];
        self.reachable[driver.at()]
            .best_beside(&most.trip_limits)
            .into_iter()
            .map(|others| most.best_week - others)
            .collect()
    }

    /// Looks for trips that may serve an opening well: with each of them a rota falls short of a bound by no more than
    /// `loss` (scaled).
    pub(crate) fn price_opening(
        &mut self,
        bound: &Bound,
        opening: &Opening,
        loss: i64,
        seconds: &(dyn Fn() -> f64 + Sync),
    ) {
        /// The most trips of one driver to one slot.
        const KEEP: usize = 8;
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        let needed = |&driver: &VolunteerIx| {
            self.required_values(bound, driver).into_iter().map(|needed| needed - loss).collect()
        };
        let least: Vec<Vec<i64>> = drivers.par_iter().map(needed).collect();
        let (prices, opening, all) = (&bound.prices, Some(opening), usize::MAX);
        let far = |_, _| None;
        let quest = PricingQuery {
            prices,
            required: &by_slot(&self.reachable, &least),
            required_by_metres: &far,
            keep: KEEP,
            max_requests: all,
            max_drivers: all,
            opening,
            max_attempts: u64::MAX,
            seconds_left: seconds,
        };
        let PricingResult { trips, work, .. } = self.pricing.search(self.instance, &self.rows, quest);
        self.work += work;
        for trip in trips {
            self.pool.add(self.instance, &self.rows, trip);
        }
    }

    /// For each volunteer, the known trips by metres if kilometres are limited.
    fn mileage_frontiers(&self, values: &[i64]) -> Vec<Option<MileageFrontier>> {
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        drivers.par_iter().map(|&driver| MileageFrontier::new(self.instance, &self.pool, driver, values)).collect()
    }

    /// The trips of every rota that scores more than `points`, as far as they are not more than can be dealt with; other
    /// bounds rule out more of them.
    ///
    /// With a trip made, the bound falls by the difference between the driver's best week and the best week with that
    /// trip. (R. Baldacci, N. Christofides and A. Mingozzi, An exact algorithm for the vehicle routing problem based on
    /// the set partitioning formulation with additional cuts, Mathematical Programming 115, 2008.)
    pub(crate) fn trips_within_gap(
        &mut self,
        bound: &Bound,
        others: &[Bound],
        points: i64,
        seconds: &(dyn Fn() -> f64 + Sync),
    ) -> Option<Vec<usize>> {
        /// Trips tried for one slot.
        const ATTEMPTS: u64 = 100_000;
        let gap = bound.total - (points + 1) * Prices::SCALE;
        let drivers: Vec<VolunteerIx> = self.instance.volunteer_ixs().collect();
        let least: Vec<Vec<i64>> = drivers
            .par_iter()
            .map(|&driver| self.required_values(bound, driver).into_iter().map(|needed| needed - gap).collect())
            .collect();
        let (most, all) = (usize::MAX, usize::MAX);
        let values = self.pool.reduced_costs(&bound.prices);
        let limited = self.mileage_frontiers(&values);
        let agendas = &self.reachable;
        let far = |driver: VolunteerIx, slot| {
            let limited = limited[driver.at()].as_ref()?;
            Some(bound.drivers[driver.at()].required_by_metres(limited, &agendas[driver.at()], slot, gap))
        };
        let prices = &bound.prices;
        let quest = PricingQuery {
            prices,
            required: &by_slot(&self.reachable, &least),
            required_by_metres: &far,
            keep: all,
            max_requests: most,
            max_drivers: all,
            opening: None,
            max_attempts: ATTEMPTS,
            seconds_left: seconds,
        };
        let PricingResult { trips, left_out, complete: whole, work, .. } =
            self.pricing.search(self.instance, &self.rows, quest);
        self.work += work;
        for trip in trips {
            self.pool.add(self.instance, &self.rows, trip);
        }
        if !whole || left_out.iter().any(|left_out| left_out.anything()) {
            return None;
        }
        let mut trips: Vec<Vec<usize>> = self.pool.by_driver.clone();
        for bound in std::iter::once(bound).chain(others) {
            if seconds() <= 0.0 {
                return None;
            }
            let gap = bound.total - (points + 1) * Prices::SCALE;
            let values = self.pool.reduced_costs(&bound.prices);
            trips.par_iter_mut().zip(&drivers).for_each(|(trips, &driver)| {
                *trips = self.week_subproblem(driver).trips_in_weeks(
                    trips,
                    &values,
                    bound.drivers[driver.at()].best_week - gap,
                );
            });
        }
        let mut trips: Vec<usize> = trips.into_iter().flatten().collect();
        trips.sort_unstable();
        Some(trips)
    }
}

/// What holds for each volunteer and slot, given by their agendas.
fn by_slot(agendas: &[ReachableSlots], of: &[Vec<i64>]) -> impl Fn(VolunteerIx, SlotIx) -> i64 + Sync {
    |driver, slot| agendas[driver.at()].position(slot).map_or(NEVER, |at| of[driver.at()][at])
}

/// What pricing comes to.
#[derive(Debug)]
pub(crate) struct PricingRound {
    /// It holds for the trips looked at.
    pub(crate) bound: Bound,
    /// Points that no rota exceeds, whatever was left out.
    pub(crate) upper_bound: i64,
    /// How many trips were not known before.
    pub(crate) new_trips: usize,
    /// Whether there may be more trips worth having if more are kept.
    pub(crate) truncated: bool,
    /// Whether nothing was left out, so that the bound holds for all trips.
    pub(crate) complete: bool,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::program::Program;
    use crate::program::components::{ProgramSolution, solve};
    use crate::samples::{buses, draws};
    use crate::trip::enumerate::enumerate;

    /// Without kilometres, the trips that go farthest would seem to lose less than nothing.
    #[test]
    fn a_trip_loses_no_more_than_its_best_week_does_and_nothing_at_least() {
        let file = include_bytes!("../../../../fixtures/south-wales/problem.json");
        let problem = visitrota_model::Problem::from_json(file).expect("a problem");
        let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
        let instance = Instance::new(&problem, &travel);
        let mut decomposition = Decomposition::new(&instance);
        let prices =
            Prices((0..decomposition.rows.rows.len()).map(|row| (row as i64 * 7919 % 2_000) * 1_024).collect());
        let (nothing, all) = (vec![0; instance.volunteers.len()], usize::MAX);
        let PricingRound { bound, .. } = decomposition.price(&prices, &nothing, all, all, all, &|| f64::INFINITY);
        let (values, losses) = (decomposition.pool.reduced_costs(&prices), decomposition.bound_gaps(&bound));
        let mut limited = 0;
        for driver in instance.volunteer_ixs() {
            let most = bound.drivers[driver.at()].best_week;
            let weeks = decomposition.week_subproblem(driver).best_weeks(&values, 1, usize::MAX).weeks;
            for (worth, week) in &weeks {
                assert!(week.trips.iter().all(|&trip| losses[trip] <= most - worth), "{driver:?} {week:?}");
            }
            let facts = &instance.volunteers[driver.at()];
            if facts.max_metres.is_some() && facts.max_trips > 1 && !weeks.is_empty() {
                limited += 1;
                assert!(decomposition.pool.of_driver(driver).iter().all(|&trip| losses[trip] >= 0), "{driver:?}");
            }
        }
        assert!(limited > 0);
    }

    /// Prices of the rows that link drivers.
    fn random_prices(rows: &LinkingRows, mut draw: impl FnMut() -> u64) -> Prices {
        Prices(rows.rows.iter().map(|stock| if stock.one_driver { 0 } else { draw() as i64 }).collect())
    }

    /// What the best rota is worth, by a program over all trips, which knows nothing of prices.
    fn best_points(instance: &Instance<'_>) -> i64 {
        let trips = enumerate(instance, usize::MAX, &|| false).expect("trips").trips;
        let program = Program::new(instance, &trips.iter().collect::<Vec<_>>());
        solve(&program, &|| f64::INFINITY).expect("a rota").bound
    }

    #[test]
    fn at_any_prices_and_whatever_is_left_out_the_bound_is_not_below_the_best_rota() {
        let (mut left_out, mut not_whole, mut tight) = (0, 0, 0);
        for seed in 0..150 {
            let mut below = draws(seed ^ 0xb05);
            let problem = buses(seed, 5 + below(4) as usize);
            let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let best = best_points(&instance);
            for _ in 0..6 {
                let mut decomposition = Decomposition::new(&instance);
                let dear = [0, 3, 3_000, 12_000][below(4) as usize] * Prices::SCALE as u64 + 1;
                let prices = random_prices(&decomposition.rows, || below(dear));
                // Round after round, so that some trips are known and others are not.
                for _ in 0..4 {
                    let targets = decomposition.best_week_values(&prices);
                    let (keep, reach) = (1 + below(2) as usize, [1, 2, usize::MAX][below(3) as usize]);
                    let most = [1, 2, usize::MAX][below(3) as usize];
                    let priced = decomposition.price(&prices, &targets, keep, most, reach, &|| f64::INFINITY);
                    assert!(priced.upper_bound >= best, "seed {seed}: {} of {best}", priced.upper_bound);
                    assert!(
                        !priced.complete || priced.bound.points() >= best,
                        "seed {seed}: {:?} {best}",
                        priced.bound
                    );
                    (left_out, not_whole) =
                        (left_out + u32::from(priced.truncated), not_whole + u32::from(!priced.complete));
                    tight += u32::from(priced.complete && priced.bound.points() == best);
                }
            }
        }
        assert!(left_out > 100 && not_whole > 100, "{left_out} {not_whole} {tight}");
    }

    /// Whatever a bound is worth, no trip of the best rota is among those it rules out for rotas of fewer points.
    #[test]
    fn no_trip_of_the_best_rota_is_ruled_out() {
        let mut ruled_out = 0;
        for seed in 0..100 {
            let mut below = draws(seed ^ 0xf1f);
            let problem = buses(seed, 4 + below(3) as usize);
            let travel = visitrota_travel::TravelTable::new(&problem).expect("travel");
            let instance = Instance::new(&problem, &travel);
            let trips = enumerate(&instance, usize::MAX, &|| false).expect("trips").trips;
            let program = Program::new(&instance, &trips.iter().collect::<Vec<_>>());
            let ProgramSolution { chosen, bound: best } = solve(&program, &|| f64::INFINITY).expect("a rota");
            let mut decomposition = Decomposition::new(&instance);
            let dear = [3, 3_000, 12_000][below(3) as usize] * Prices::SCALE as u64;
            let prices = random_prices(&decomposition.rows, || below(dear));
            let all = usize::MAX;
            let mut bounds = Vec::new();
            for _ in 0..3 {
                let targets = decomposition.best_week_values(&prices);
                bounds.push(decomposition.price(&prices, &targets, 1, all, all, &|| f64::INFINITY).bound);
            }
            let (bound, others) = bounds.split_last().expect("bounds");
            for points in [best - 1, best - 500] {
                let Some(survivors) = decomposition.trips_within_gap(bound, others, points, &|| f64::INFINITY) else {
                    continue;
                };
                let key = |trip: &Trip| (trip.crew, trip.requests.clone());
                let left: BTreeSet<_> = survivors.iter().map(|&trip| key(&decomposition.pool.trips[trip])).collect();
                let taken = trips.iter().zip(&chosen).filter(|(_, taken)| **taken);
                assert!(taken.clone().all(|(trip, _)| left.contains(&key(trip))), "seed {seed} above {points}");
                ruled_out += trips.len().saturating_sub(left.len());
            }
        }
        assert!(ruled_out > 100, "{ruled_out}");
    }
}
