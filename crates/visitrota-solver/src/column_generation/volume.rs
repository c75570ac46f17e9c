//! The relaxation over weeks by the volume algorithm: where a linear program would be too large to solve again and again.
//!
//! At prices of the linking rows each driver makes the best week by itself. Rows then used beyond their stock get dearer,
//! others cheaper, in the direction of an average over the weeks made so far; the average also tells what share of each
//! trip the relaxation makes. (F. Barahona and R. Anbil, The volume algorithm: producing primal solutions with a
//! subgradient method, Mathematical Programming 87, 2000.)

use rayon::prelude::*;

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::driver_week::DriverWeek;
use crate::column_generation::prices::Prices;
use crate::instance::index::{TripIx, VolunteerIx};

/// The state of the algorithm.
#[derive(Clone, Debug)]
pub(crate) struct Volume {
    /// The best prices so far, in points.
    best_prices: Vec<f64>,
    /// The bound at the centre over the trips known, in points.
    bound: f64,
    /// By how much the average uses each row beyond what is sold of it.
    average_violation: Vec<f64>,
    /// The share of each trip in the average.
    shares: Vec<f64>,
    /// The length of a step, as a part of the one that would close the gap.
    step_factor: f64,
    /// The most that the newest weeks count in the average.
    max_weight: f64,
    idle_steps: u32,
    /// The bound before the newest trips became known: about what it may come down to with them.
    earlier_bound: f64,
}

/// What the drivers do at some prices.
struct LagrangianSolution {
    bound: f64,
    violation: Vec<f64>,
    trips: Vec<TripIx>,
}

impl Volume {
    pub(crate) fn new(decomposition: &Decomposition<'_>, prices: &Prices) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "prices stay far below 2^53")]
        let centre: Vec<f64> = prices.0.iter().map(|&price| price as f64 / Prices::SCALE as f64).collect();
        let made = solve_lagrangian(decomposition, prices);
        let mut shares = vec![0.0; decomposition.pool.trips.len()];
        made.trips.iter().for_each(|&trip| shares[trip.at()] = 1.0);
        Self {
            best_prices: centre,
            bound: made.bound,
            average_violation: made.violation,
            shares,
            step_factor: 0.5,
            max_weight: 0.1,
            idle_steps: 0,
            earlier_bound: 0.0,
        }
    }

    /// The best prices so far.
    pub(crate) fn prices(&self, decomposition: &Decomposition<'_>) -> Prices {
        Prices::rounded(&decomposition.rows, &self.best_prices)
    }

    /// The bound at the best prices over the trips known, in points.
    pub(crate) fn bound(&self) -> f64 {
        self.bound
    }

    /// The share of each trip in the average.
    pub(crate) fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Begins again at the centre after more trips have become known.
    pub(crate) fn restart(&mut self, decomposition: &Decomposition<'_>) {
        self.shares.resize(decomposition.pool.trips.len(), 0.0);
        let made = solve_lagrangian(decomposition, &self.prices(decomposition));
        self.earlier_bound = self.bound;
        self.bound = made.bound;
        self.average(&made, 0.3);
        self.step_factor = 0.5;
        self.max_weight = 0.1;
        self.idle_steps = 0;
    }

    /// Takes steps towards better prices, until `most` steps or the last of them bring the bound down by less than
    /// `enough` points, or until it is to `stop`; returns how many there were. `score` is one that some rota has.
    pub(crate) fn take_steps(
        &mut self,
        decomposition: &Decomposition<'_>,
        score: f64,
        most: u32,
        enough: f64,
        stop: &dyn Fn() -> bool,
    ) -> u32 {
        /// Steps in vain after which they get shorter.
        const PATIENCE: u32 = 4;
        /// So many steps are judged together.
        const LOOK: u32 = 20;
        let mut before = self.bound;
        for step in 1..=most {
            let blocked = |(&price, &excess): (&f64, &f64)| price <= 0.0 && excess < 0.0;
            let pairs = self.best_prices.iter().zip(&self.average_violation);
            let norm: f64 = pairs.filter(|pair| !blocked(*pair)).map(|(_, excess)| excess * excess).sum();
            let target = self.earlier_bound.max(score).max(0.7 * self.bound).min(0.999_9 * self.bound);
            if norm < 1e-9 || stop() {
                return step;
            }
            let length = self.step_factor * (self.bound - target) / norm;
            let prices = self
                .best_prices
                .iter()
                .zip(&self.average_violation)
                .map(|(price, excess)| (price + length * excess).max(0.0));
            let prices: Vec<f64> = prices.collect();
            let made = solve_lagrangian(decomposition, &Prices::rounded(&decomposition.rows, &prices));
            let along: f64 =
                made.violation.iter().zip(&self.average_violation).map(|(new, average)| new * average).sum();
            let better = made.bound < self.bound;
            let weight = self.best_weight(&made);
            self.average(&made, weight);
            if better {
                self.idle_steps = 0;
                self.bound = made.bound;
                self.best_prices = prices;
                if along >= 0.0 {
                    self.step_factor = (1.2 * self.step_factor).min(2.0);
                }
            } else {
                self.idle_steps += 1;
                if self.idle_steps >= PATIENCE {
                    self.idle_steps = 0;
                    self.step_factor = (0.7 * self.step_factor).max(1e-7);
                    self.max_weight = (0.9 * self.max_weight).max(0.002);
                }
            }
            if step % LOOK == 0 {
                if self.step_factor < 0.1 && before - self.bound < enough {
                    return step;
                }
                before = self.bound;
            }
        }
        most
    }

    /// The weight of the newest weeks that leaves the average with the least excess.
    fn best_weight(&self, made: &LagrangianSolution) -> f64 {
        let (mut up, mut down) = (0.0, 0.0);
        for ((new, average), price) in made.violation.iter().zip(&self.average_violation).zip(&self.best_prices) {
            if *price <= 0.0 && *average < 0.0 && *new < 0.0 {
                continue;
            }
            up += average * (average - new);
            down += (average - new) * (average - new);
        }
        let weight = if down > 0.0 { up / down } else { self.max_weight };
        weight.clamp(self.max_weight / 10.0, self.max_weight)
    }

    fn average(&mut self, made: &LagrangianSolution, weight: f64) {
        self.average_violation
            .iter_mut()
            .zip(&made.violation)
            .for_each(|(average, new)| *average += weight * (new - *average));
        self.shares.par_iter_mut().for_each(|share| *share *= 1.0 - weight);
        made.trips.iter().for_each(|&trip| self.shares[trip.at()] += weight);
    }
}

/// What the drivers do at some prices.
fn solve_lagrangian(decomposition: &Decomposition<'_>, prices: &Prices) -> LagrangianSolution {
    let values = decomposition.pool.reduced_costs(prices);
    let drivers: Vec<VolunteerIx> = decomposition.instance.volunteer_ixs().collect();
    let best: Vec<(i64, Option<DriverWeek>)> =
        drivers.par_iter().map(|&driver| decomposition.best_week(driver, &values)).collect();
    let mut excess: Vec<f64> = prices.units_sold(&decomposition.rows);
    let mut trips = Vec::with_capacity(drivers.len());
    let mut total = prices.rows_value(&decomposition.rows);
    for (worth, week) in best {
        total += worth;
        for trip in week.into_iter().flat_map(|week| week.trips) {
            for &(row, units) in &decomposition.pool.coefficients[trip.at()] {
                excess[row as usize] += f64::from(units);
            }
            trips.push(trip);
        }
    }
    for (excess, stock) in excess.iter_mut().zip(&decomposition.rows.rows) {
        if stock.one_driver {
            *excess = 0.0;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
    let total = total as f64 / Prices::SCALE as f64;
    LagrangianSolution { bound: total, violation: excess, trips }
}
