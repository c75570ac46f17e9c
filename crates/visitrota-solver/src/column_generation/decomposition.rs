//! Dantzig and Wolfe's decomposition: at given prices, the trips worth having, the drivers' best weeks, and the
//! Lagrangian bound.
//!
//! With the linking rows relaxed at prices π ≥ 0, the program falls apart into one subproblem a driver. What the rows
//! are worth at the prices and each driver's best week add up to a bound (A. M. Geoffrion, Lagrangean relaxation for
//! integer programming, Mathematical Programming Study 2, 1974). Pricing finds the trips that could make a best week
//! better.
//!
//! The bound holds while pricing is heuristic too: each driver's best week is bounded over the known trips by search,
//! and over the unknown ones by the required reduced costs that they did not reach and by what was left out.

use std::sync::Arc;

use rayon::prelude::*;

use crate::column_generation::best_weeks::BestWeeks;
use crate::column_generation::driver_week::{DriverWeek, WeekSubproblem};
use crate::column_generation::left_out::LeftOut;
use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::mileage::{MileageFrontier, NEVER};
use crate::column_generation::prices::Prices;
use crate::column_generation::pricing::Pricing;
use crate::column_generation::pricing::query::{PricingQuery, PricingResult, Scope};
use crate::column_generation::reachable_slots::ReachableSlots;
use crate::column_generation::trip_pool::TripPool;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::index::{SlotIx, TripIx, VolunteerIx};

/// A Lagrangian bound, and the prices that prove it.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) prices: Prices,
    /// Scaled like the prices.
    pub(crate) total: i64,
    /// For each volunteer.
    pub(super) drivers: Vec<DriverBound>,
}

/// Upper bounds on what a driver is worth at the prices of a bound (scaled).
#[derive(Clone, Debug)]
pub(super) struct DriverBound {
    /// On the best week, staying at home included.
    pub(super) best_week: i64,
    /// For each slot that the driver reaches, on a trip.
    pub(super) trip_limits: Vec<i64>,
    /// For each slot, on an unknown trip, unless kilometres are limited and a known trip dominates it.
    pub(super) unknown_trip_limits: Vec<i64>,
    /// What pricing left out of the unknown trips.
    pub(super) left_out: LeftOut,
}

impl Bound {
    /// The points that no rota exceeds.
    pub(crate) fn points(&self) -> i64 {
        self.total.div_euclid(Prices::SCALE)
    }

    /// The bound in points and parts of points, as a measure of progress.
    #[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
    pub(crate) fn value(&self) -> f64 {
        self.total as f64 / Prices::SCALE as f64
    }
}

/// The program over drivers' weeks: the linking rows, the pool of known trips, and what prices further ones.
pub(crate) struct Decomposition<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) rows: LinkingRows,
    pub(crate) pool: TripPool,
    pricing: Pricing,
    /// For each volunteer, the slots that they can drive to.
    pub(super) reachable: Arc<[ReachableSlots]>,
    /// Groups expanded and trips tried so far.
    pub(crate) work: u64,
}

impl<'a> Decomposition<'a> {
    /// Prepares pricing.
    ///
    /// # Errors
    /// [`Failure::OutOfTime`] if planning had to end before that was done.
    pub(crate) fn new(instance: &'a Instance<'a>) -> Result<Self, Failure> {
        let rows = LinkingRows::new(instance);
        let pricing = Pricing::new(instance);
        instance.stop.check()?;
        let reachable = pricing.reachable_slots(instance, &rows).into();
        instance.stop.check()?;
        Ok(Self { instance, pool: TripPool::new(instance), pricing, rows, reachable, work: 0 })
    }

    /// The most rides that a trip can serve.
    pub(crate) fn max_group_size(&self) -> usize {
        self.pricing.max_group_size(self.instance)
    }

    pub(super) fn drivers(&self) -> Vec<VolunteerIx> {
        self.instance.volunteer_ixs().collect()
    }

    /// The trips of the pool at each slot.
    pub(crate) fn trips_by_slot(&self) -> Vec<Vec<TripIx>> {
        let mut trips_by_slot = vec![Vec::new(); self.instance.slots.len()];
        self.pool.trip_ixs().for_each(|trip| trips_by_slot[self.pool[trip].crew.slot.at()].push(trip));
        trips_by_slot
    }

    /// The subproblem of a driver's week.
    pub(crate) fn week_subproblem(&self, driver: VolunteerIx) -> WeekSubproblem<'_> {
        WeekSubproblem { instance: self.instance, pool: &self.pool, driver, reachable: &self.reachable[driver.at()] }
    }

    /// An upper bound on a driver's weeks over the known trips, staying at home included, and the best week.
    pub(crate) fn best_week(&self, driver: VolunteerIx, reduced_costs: &[i64]) -> (i64, Option<DriverWeek>) {
        self.week_subproblem(driver).best_week(reduced_costs)
    }

    /// For each driver, what the best week over the known trips is worth at some prices.
    pub(crate) fn best_week_values(&self, prices: &Prices) -> Vec<i64> {
        let reduced_costs = self.pool.reduced_costs(prices);
        self.instance.stop.each(&self.drivers(), |&driver| self.best_week(driver, &reduced_costs).0)
    }

    /// Each driver's weeks that are nearly as good as the best one, over the known trips.
    pub(crate) fn good_weeks(&self, reduced_costs: &[i64]) -> Vec<(VolunteerIx, Vec<DriverWeek>)> {
        /// How many weeks of one driver the master begins with: enough that it needs few rounds, few enough that its
        /// first linear program stays small.
        const WEEKS: usize = 60;
        /// By how much they may be worse than the best (scaled): about a tenth of what a visit is worth.
        const NEAR: i64 = 1_000 * Prices::SCALE;
        let good_weeks = |&driver: &VolunteerIx| {
            let (best_value, _) = self.best_week(driver, reduced_costs);
            let best = self.week_subproblem(driver).best_weeks(reduced_costs, (best_value - NEAR).max(1), WEEKS);
            best.weeks.into_iter().map(|(_, week)| week).collect()
        };
        let drivers = self.drivers();
        let weeks = self.instance.stop.each(&drivers, good_weeks);
        drivers.into_iter().zip(weeks).collect()
    }

    /// Each driver's best weeks over the known trips, as far as they are worth more than the driver's target: columns
    /// of positive reduced cost for the restricted master.
    pub(crate) fn better_weeks(&self, reduced_costs: &[i64], targets: &[i64]) -> Vec<BestWeeks> {
        /// How many columns of one driver are added in a round: several, so that there are fewer rounds, but not so
        /// many that most of them never enter a basis.
        const WEEKS: usize = 6;
        let better_weeks = |&driver: &VolunteerIx| {
            self.week_subproblem(driver).best_weeks(reduced_costs, targets[driver.at()] + 1, WEEKS)
        };
        self.instance.stop.each(&self.drivers(), better_weeks)
    }

    /// For each reachable slot of a driver, the greatest reduced cost of a known trip; 0 if none is positive.
    fn best_known_by_slot(&self, driver: VolunteerIx, reduced_costs: &[i64]) -> Vec<i64> {
        self.week_subproblem(driver).best_by_slot(self.pool.of_driver(driver), reduced_costs)
    }

    /// What a week is worth at some reduced costs of trips.
    pub(crate) fn week_value(&self, week: &DriverWeek, reduced_costs: &[i64]) -> i64 {
        let less_price = |&trip: &TripIx| reduced_costs[trip.at()] - self.pool.points[trip.at()] * Prices::SCALE;
        week.points * Prices::SCALE + week.trips.iter().map(less_price).sum::<i64>()
    }

    /// For each volunteer, the frontier of known trips by metres, if kilometres are limited.
    pub(super) fn mileage_frontiers(&self, reduced_costs: &[i64]) -> Vec<Option<MileageFrontier>> {
        let frontier = |&driver: &VolunteerIx| MileageFrontier::new(self.instance, &self.pool, driver, reduced_costs);
        self.instance.stop.each(&self.drivers(), frontier)
    }

    /// Solves the pricing problem, and adds the trips that it finds to the pool.
    pub(super) fn add_trips(&mut self, query: PricingQuery<'_>) -> AddedTrips {
        let PricingResult { trips, left_out, left_out_of_all, complete, truncated, work } =
            self.pricing.search(self.instance, &self.rows, query);
        self.work += work;
        let new_trips = trips.len();
        for trip in trips {
            self.pool.add(self.instance, &self.rows, trip);
        }
        AddedTrips { new_trips, left_out, left_out_of_all, complete, truncated }
    }

    /// One round of pricing: looks for trips worth having at prices, and bounds each driver's best week with them.
    ///
    /// `targets` has for each driver the value of a week that is known already. A trip is worth having if a week with
    /// it may be worth more.
    ///
    /// # Errors
    /// [`Failure::OutOfTime`] if planning had to end before the round did.
    pub(crate) fn price(&mut self, prices: &Prices, targets: &[i64], scope: Scope) -> Result<PricingRound, Failure> {
        let (drivers, stop) = (self.drivers(), self.instance.stop);
        stop.check()?;
        let reduced_costs = self.pool.reduced_costs(prices);
        let required: Vec<Vec<i64>> = drivers
            .par_iter()
            .map(|&driver| {
                let known = self.best_known_by_slot(driver, &reduced_costs);
                let limits = self.reachable[driver.at()].unknown_trip_limits(&known, targets[driver.at()]);
                limits.into_iter().map(|limit| limit + 1).collect()
            })
            .collect();
        let frontiers = self.mileage_frontiers(&reduced_costs);
        let required_by_metres = |driver: VolunteerIx, slot| {
            frontiers[driver.at()].as_ref().map(|frontier| frontier.required_unless_covered(slot))
        };
        let reachable = Arc::clone(&self.reachable);
        let added = self.add_trips(PricingQuery {
            prices,
            required: &by_slot(&reachable, &required),
            required_by_metres: &required_by_metres,
            scope,
            opening: None,
            max_attempts: u64::MAX,
        });
        let AddedTrips { new_trips, left_out, left_out_of_all, complete, truncated } = added;
        stop.check()?;
        let reduced_costs = self.pool.reduced_costs(prices);
        let best_known = stop.each(&drivers, |&driver| {
            self.week_subproblem(driver).best_weeks(&reduced_costs, targets[driver.at()] + 1, 1).upper_bound
        });
        stop.check()?;
        let driver_bound = |driver: VolunteerIx, left_out: LeftOut| {
            let unknown = required[driver.at()].iter().map(|&required| left_out.worth_at_most(required)).collect();
            self.driver_bound(driver, &reduced_costs, best_known[driver.at()], unknown, left_out)
        };
        let bounds: Vec<DriverBound> =
            drivers.par_iter().map(|&driver| driver_bound(driver, left_out[driver.at()])).collect();
        stop.check()?;
        let rows_value = prices.rows_value(&self.rows);
        let total = rows_value + bounds.iter().map(|bound| bound.best_week).sum::<i64>();
        let total_over_all_trips = if complete {
            total
        } else {
            let left_out = |driver: VolunteerIx| left_out_of_all[driver.at()].max(left_out[driver.at()]);
            let best_week = |&driver: &VolunteerIx| driver_bound(driver, left_out(driver)).best_week;
            rows_value + drivers.par_iter().map(best_week).sum::<i64>()
        };
        stop.check()?;
        Ok(PricingRound {
            bound: Bound { prices: prices.clone(), total, drivers: bounds },
            upper_bound: total_over_all_trips.div_euclid(Prices::SCALE),
            new_trips,
            truncated,
            complete,
        })
    }

    /// The bounds on a driver where unknown trips are worth no more than `unknown_trip_limits`, and no week of known
    /// trips is worth more than `best_known`.
    fn driver_bound(
        &self,
        driver: VolunteerIx,
        reduced_costs: &[i64],
        best_known: i64,
        unknown_trip_limits: Vec<i64>,
        left_out: LeftOut,
    ) -> DriverBound {
        let facts = &self.instance.volunteers[driver.at()];
        let mileage_matters = facts.max_metres.is_some() && facts.max_trips > 1;
        // Where kilometres are limited, a known trip may take the place of an unknown one that it dominates. It is then
        // worth less by no more than a trip that was left out may exceed one that was just not worth having.
        let covered_excess = if mileage_matters { left_out.max_excess() } else { 0 };
        let known = self.best_known_by_slot(driver, reduced_costs).into_iter();
        let trip_limits: Vec<i64> =
            known.zip(&unknown_trip_limits).map(|(known, &unknown)| known.max(unknown) + covered_excess).collect();
        // A trip worth nothing makes no week better.
        let beside = self.reachable[driver.at()].best_beside(&trip_limits);
        let with_unknown = unknown_trip_limits.iter().zip(beside).filter(|(unknown, _)| **unknown > 0);
        let with_unknown = with_unknown.map(|(unknown, beside)| unknown + beside).max();
        let with_unknown = with_unknown.unwrap_or(0).max(best_known).max(0);
        let best_week = if mileage_matters {
            let of_covered = self.week_subproblem(driver).upper_bound_ignoring_minutes(reduced_costs, best_known);
            with_unknown.max(of_covered + i64::from(facts.max_trips) * covered_excess)
        } else {
            with_unknown
        };
        DriverBound { best_week, trip_limits, unknown_trip_limits, left_out }
    }
}

/// The required reduced cost by volunteer and slot, given for each volunteer by the slots in reach.
pub(super) fn by_slot(
    reachable: &[ReachableSlots],
    required: &[Vec<i64>],
) -> impl Fn(VolunteerIx, SlotIx) -> i64 + Sync {
    |driver, slot| reachable[driver.at()].position(slot).map_or(NEVER, |at| required[driver.at()][at])
}

/// The result of the pricing problem, the trips being in the pool: see [`PricingResult`].
pub(super) struct AddedTrips {
    pub(super) new_trips: usize,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) left_out_of_all: Vec<LeftOut>,
    pub(super) complete: bool,
    pub(super) truncated: bool,
}

/// The result of a round of pricing.
#[derive(Debug)]
pub(crate) struct PricingRound {
    /// A bound on rotas of the trips looked at.
    pub(crate) bound: Bound,
    /// Points that no rota exceeds, whatever was left out.
    pub(crate) upper_bound: i64,
    /// How many trips were found that were not known before.
    pub(crate) new_trips: usize,
    /// Whether there may be more trips worth having if more are kept.
    pub(crate) truncated: bool,
    /// Whether nothing was left out, so that the bound holds for all trips.
    pub(crate) complete: bool,
}
