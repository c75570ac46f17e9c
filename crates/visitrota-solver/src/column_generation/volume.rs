//! The volume algorithm: a subgradient method that approximates the linear relaxation over weeks, prices and solution
//! both, where a linear program would be too large to solve again and again.
//!
//! At prices of the linking rows each driver makes the best week: a solution of the Lagrangian relaxation. How far it
//! violates the rows is a subgradient. Rows used beyond their limit get dearer and others cheaper, in the direction of
//! a moving average of these violations. The same average over the weeks approximates a solution of the relaxation: it
//! has the share of each trip. (F. Barahona and R. Anbil, The volume algorithm: producing primal solutions with a
//! subgradient method, Mathematical Programming 87, 2000. The prices that gave the best bound so far stabilise the
//! method: every step starts from them.)

use rayon::prelude::*;

use crate::column_generation::decomposition::Decomposition;
use crate::column_generation::driver_week::DriverWeek;
use crate::column_generation::prices::Prices;
use crate::instance::index::{TripIx, VolunteerIx};

/// How a step is chosen. The method is the paper's; the numbers balance how soon the bound comes down against how near
/// it comes to the relaxation's value in the end.
mod steering {
    /// The first step, as a part of the one that would close the gap to the target if the bound were linear. Long steps
    /// come soon from prices that are far from good ones, but overshoot near them.
    pub(super) const FIRST_STEP: f64 = 0.5;
    /// A step may be no longer than this part: from twice the distance on, a subgradient step need not come nearer to
    /// the best prices (B. T. Polyak, Minimization of unsmooth functionals, USSR Computational Mathematics 9, 1969).
    pub(super) const LONGEST_STEP: f64 = 2.0;
    /// Nor shorter than this one, so that it can grow again.
    pub(super) const SHORTEST_STEP: f64 = 1e-7;
    /// Steps get longer after one that improves the bound and does not overshoot.
    pub(super) const LENGTHEN: f64 = 1.2;
    /// Steps get shorter after [`PATIENCE`] steps in vain.
    pub(super) const SHORTEN: f64 = 0.7;
    /// Steps in vain after which they get shorter: more than one, as the average needs some to turn; few, as each costs
    /// as much as a good one.
    pub(super) const PATIENCE: u32 = 4;
    /// The greatest weight of the newest weeks in the average, at first: small enough that the average is over many.
    pub(super) const FIRST_MAX_WEIGHT: f64 = 0.1;
    /// It shrinks with the steps: near the end the average is over more weeks and nearer to a solution.
    pub(super) const SHRINK_WEIGHT: f64 = 0.9;
    /// But it stays at least this, so that the average still moves.
    pub(super) const SMALLEST_MAX_WEIGHT: f64 = 0.002;
    /// The weight of the first weeks after a restart: the average then knows nothing of the new trips.
    pub(super) const RESTART_WEIGHT: f64 = 0.3;
    /// The target is at least this part of the bound, since the incumbent may be poor at first.
    pub(super) const LOWEST_TARGET: f64 = 0.7;
    /// And at most this part, so that there is a step at all.
    pub(super) const HIGHEST_TARGET: f64 = 0.999_9;
    /// A direction shorter than this (squared) is none: the average keeps the rows.
    pub(super) const NO_DIRECTION: f64 = 1e-9;
    /// Progress is judged over so many steps together, since single steps improve by chance.
    pub(super) const STEPS_JUDGED: u32 = 20;
    /// Little progress only counts once steps are shorter than this: long ones may overshoot.
    pub(super) const SHORT_STEP: f64 = 0.1;
}

/// The state of the algorithm.
#[derive(Clone, Debug)]
pub(crate) struct Volume {
    /// The prices of the best bound so far (the stability centre), in points.
    best_prices: Vec<f64>,
    /// The Lagrangian bound at these prices over the trips known, in points.
    bound: f64,
    /// Whether each row is a link, whose price may be negative.
    is_link: Vec<bool>,
    /// By how much the average solution uses each row beyond what is sold of it: the direction of the next step.
    average_violation: Vec<f64>,
    /// The share of each trip in the average solution.
    shares: Vec<f64>,
    /// The length of a step, as a part of the one that would close the gap to the target.
    step_factor: f64,
    /// The greatest weight of the newest solution in the average.
    max_weight: f64,
    /// Steps since the bound last improved, or since steps were last shortened.
    idle_steps: u32,
    /// The bound before the newest trips became known: about what it may come down to with them.
    earlier_bound: f64,
}

/// When to stop taking steps.
#[derive(Clone, Copy)]
pub(crate) struct StepLimits {
    /// How many steps to take at most.
    pub(crate) max_steps: u32,
    /// Steps end once the last of them brought the bound down by less than so many points.
    pub(crate) min_progress: f64,
}

/// A solution of the Lagrangian relaxation: what the drivers do at some prices.
struct LagrangianSolution {
    /// Its value, which is a bound, in points.
    bound: f64,
    /// By how much it uses each row beyond what is sold of it: a subgradient, but for the sign.
    violation: Vec<f64>,
    /// The trips of all drivers' best weeks.
    trips: Vec<TripIx>,
}

impl Volume {
    /// The algorithm at the first step, from these prices.
    pub(crate) fn new(decomposition: &Decomposition<'_>, prices: &Prices) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "prices stay far below 2^53")]
        let best_prices: Vec<f64> = prices.0.iter().map(|&price| price as f64 / Prices::SCALE as f64).collect();
        let solution = solve_lagrangian(decomposition, prices);
        let mut shares = vec![0.0; decomposition.pool.trips.len()];
        solution.trips.iter().for_each(|&trip| shares[trip.at()] = 1.0);
        Self {
            best_prices,
            is_link: decomposition.rows.rows.iter().map(|row| row.is_link).collect(),
            bound: solution.bound,
            average_violation: solution.violation,
            shares,
            step_factor: steering::FIRST_STEP,
            max_weight: steering::FIRST_MAX_WEIGHT,
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

    /// The share of each trip in the average solution.
    pub(crate) fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Begins again at the best prices after more trips have become known.
    pub(crate) fn restart(&mut self, decomposition: &Decomposition<'_>) {
        self.shares.resize(decomposition.pool.trips.len(), 0.0);
        let solution = solve_lagrangian(decomposition, &self.prices(decomposition));
        self.earlier_bound = self.bound;
        self.bound = solution.bound;
        self.update_average(&solution, steering::RESTART_WEIGHT);
        self.step_factor = steering::FIRST_STEP;
        self.max_weight = steering::FIRST_MAX_WEIGHT;
        self.idle_steps = 0;
    }

    /// Takes steps towards better prices within limits; returns how many there were. `incumbent` is the score of some
    /// rota, in points.
    pub(crate) fn take_steps(&mut self, decomposition: &Decomposition<'_>, incumbent: f64, limits: StepLimits) -> u32 {
        let StepLimits { max_steps, min_progress } = limits;
        let mut judged_bound = self.bound;
        for step in 1..=max_steps {
            let norm = self.direction_norm();
            let target = self
                .earlier_bound
                .max(incumbent)
                .max(steering::LOWEST_TARGET * self.bound)
                .min(steering::HIGHEST_TARGET * self.bound);
            if norm < steering::NO_DIRECTION || decomposition.instance.stop.now() {
                return step;
            }
            let prices = self.prices_after(self.step_factor * (self.bound - target) / norm);
            let solution = solve_lagrangian(decomposition, &Prices::rounded(&decomposition.rows, &prices));
            self.update(&solution, prices);
            if step % steering::STEPS_JUDGED == 0 {
                if self.step_factor < steering::SHORT_STEP && judged_bound - self.bound < min_progress {
                    return step;
                }
                judged_bound = self.bound;
            }
        }
        max_steps
    }

    /// The squared length of the direction, rows that cannot get cheaper left out.
    fn direction_norm(&self) -> f64 {
        let blocked = |(&price, &violation): (&f64, &f64)| price <= 0.0 && violation < 0.0;
        let rows = self.best_prices.iter().zip(&self.average_violation).zip(&self.is_link);
        rows.filter(|(pair, is_link)| **is_link || !blocked(*pair))
            .map(|((_, violation), _)| violation * violation)
            .sum()
    }

    /// The prices a step of some length from the best ones.
    fn prices_after(&self, length: f64) -> Vec<f64> {
        let rows = self.best_prices.iter().zip(&self.average_violation).zip(&self.is_link);
        let lowest = |is_link: bool| if is_link { f64::NEG_INFINITY } else { 0.0 };
        rows.map(|((price, violation), &is_link)| (price + length * violation).max(lowest(is_link))).collect()
    }

    /// Averages a solution in, moves to its prices if they are better, and adjusts the length of steps.
    fn update(&mut self, solution: &LagrangianSolution, prices: Vec<f64>) {
        // Negative if the step went too far in its direction.
        let along_direction: f64 =
            solution.violation.iter().zip(&self.average_violation).map(|(new, average)| new * average).sum();
        let better = solution.bound < self.bound;
        let weight = self.best_weight(solution);
        self.update_average(solution, weight);
        if better {
            self.idle_steps = 0;
            self.bound = solution.bound;
            self.best_prices = prices;
            if along_direction >= 0.0 {
                self.step_factor = (steering::LENGTHEN * self.step_factor).min(steering::LONGEST_STEP);
            }
        } else {
            self.idle_steps += 1;
            if self.idle_steps >= steering::PATIENCE {
                self.idle_steps = 0;
                self.step_factor = (steering::SHORTEN * self.step_factor).max(steering::SHORTEST_STEP);
                self.max_weight = (steering::SHRINK_WEIGHT * self.max_weight).max(steering::SMALLEST_MAX_WEIGHT);
            }
        }
    }

    /// The weight of the newest solution that leaves the average with the least violation, between a tenth of the
    /// greatest weight (as Barahona and Anbil have it) and that weight.
    fn best_weight(&self, solution: &LagrangianSolution) -> f64 {
        let (mut numerator, mut denominator) = (0.0, 0.0);
        let rows = solution.violation.iter().zip(&self.average_violation).zip(&self.best_prices).zip(&self.is_link);
        for (((new, average), price), is_link) in rows {
            if !is_link && *price <= 0.0 && *average < 0.0 && *new < 0.0 {
                continue;
            }
            numerator += average * (average - new);
            denominator += (average - new) * (average - new);
        }
        let weight = if denominator > 0.0 { numerator / denominator } else { self.max_weight };
        weight.clamp(self.max_weight / 10.0, self.max_weight)
    }

    /// Gives a solution this weight in the average, and those before it the rest.
    fn update_average(&mut self, solution: &LagrangianSolution, weight: f64) {
        self.average_violation
            .iter_mut()
            .zip(&solution.violation)
            .for_each(|(average, new)| *average += weight * (new - *average));
        self.shares.par_iter_mut().for_each(|share| *share *= 1.0 - weight);
        solution.trips.iter().for_each(|&trip| self.shares[trip.at()] += weight);
    }
}

/// Solves the Lagrangian relaxation over the trips known.
fn solve_lagrangian(decomposition: &Decomposition<'_>, prices: &Prices) -> LagrangianSolution {
    let reduced_costs = decomposition.pool.reduced_costs(prices);
    let drivers: Vec<VolunteerIx> = decomposition.instance.volunteer_ixs().collect();
    let best_weeks: Vec<(i64, Option<DriverWeek>)> =
        decomposition.instance.stop.each(&drivers, |&driver| decomposition.best_week(driver, &reduced_costs));
    let mut violation: Vec<f64> = prices.units_sold(&decomposition.rows);
    let mut trips = Vec::with_capacity(drivers.len());
    let mut total = prices.rows_value(&decomposition.rows);
    for (value, week) in best_weeks {
        total += value;
        for trip in week.into_iter().flat_map(|week| week.trips) {
            for &(row, units) in &decomposition.pool.coefficients[trip.at()] {
                violation[row as usize] += f64::from(units);
            }
            trips.push(trip);
        }
    }
    for (violation, row) in violation.iter_mut().zip(&decomposition.rows.rows) {
        if row.one_driver {
            *violation = 0.0;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "points stay far below 2^53")]
    let bound = total as f64 / Prices::SCALE as f64;
    LagrangianSolution { bound, violation, trips }
}
