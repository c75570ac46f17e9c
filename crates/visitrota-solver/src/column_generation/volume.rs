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
use crate::instance::index::VolunteerIx;

/// The state of the algorithm.
#[derive(Clone, Debug)]
pub(crate) struct Volume {
    /// The best prices so far, in points.
    centre: Vec<f64>,
    /// The bound at the centre over the trips known, in points.
    total: f64,
    /// By how much the average uses each row beyond what is sold of it.
    excess: Vec<f64>,
    /// The share of each trip in the average.
    shares: Vec<f64>,
    /// The length of a step, as a part of the one that would close the gap.
    stride: f64,
    /// The most that the newest weeks count in the average.
    weight: f64,
    in_vain: u32,
    /// The bound before the newest trips became known: about what it may come down to with them.
    floor: f64,
}

/// What the drivers do at some prices.
struct Made {
    total: f64,
    excess: Vec<f64>,
    trips: Vec<usize>,
}

impl Volume {
    pub(crate) fn new(decomposition: &Decomposition<'_>, prices: &Prices) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "prices stay far below 2^53")]
        let centre: Vec<f64> = prices.0.iter().map(|&price| price as f64 / Prices::SCALE as f64).collect();
        let made = made(decomposition, prices);
        let mut shares = vec![0.0; decomposition.pool.trips.len()];
        made.trips.iter().for_each(|&trip| shares[trip] = 1.0);
        Self {
            centre,
            total: made.total,
            excess: made.excess,
            shares,
            stride: 0.5,
            weight: 0.1,
            in_vain: 0,
            floor: 0.0,
        }
    }

    /// The best prices so far.
    pub(crate) fn prices(&self, decomposition: &Decomposition<'_>) -> Prices {
        Prices::rounded(&decomposition.rows, &self.centre)
    }

    /// The bound at the best prices over the trips known, in points.
    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// The share of each trip in the average.
    pub(crate) fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Begins again at the centre after more trips have become known.
    pub(crate) fn renew(&mut self, decomposition: &Decomposition<'_>) {
        self.shares.resize(decomposition.pool.trips.len(), 0.0);
        let made = made(decomposition, &self.prices(decomposition));
        self.floor = self.total;
        self.total = made.total;
        self.average(&made, 0.3);
        self.stride = 0.5;
        self.weight = 0.1;
        self.in_vain = 0;
    }

    /// Takes steps towards better prices, until `most` steps or the last of them bring the bound down by less than
    /// `enough` points, or until it is to `stop`; returns how many there were. `score` is one that some rota has.
    pub(crate) fn step(
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
        let mut before = self.total;
        for step in 1..=most {
            let blocked = |(&price, &excess): (&f64, &f64)| price <= 0.0 && excess < 0.0;
            let pairs = self.centre.iter().zip(&self.excess);
            let norm: f64 = pairs.filter(|pair| !blocked(*pair)).map(|(_, excess)| excess * excess).sum();
            let target = self.floor.max(score).max(0.7 * self.total).min(0.999_9 * self.total);
            if norm < 1e-9 || stop() {
                return step;
            }
            let length = self.stride * (self.total - target) / norm;
            let prices = self.centre.iter().zip(&self.excess).map(|(price, excess)| (price + length * excess).max(0.0));
            let prices: Vec<f64> = prices.collect();
            let made = made(decomposition, &Prices::rounded(&decomposition.rows, &prices));
            let along: f64 = made.excess.iter().zip(&self.excess).map(|(new, average)| new * average).sum();
            let better = made.total < self.total;
            let weight = self.best_weight(&made);
            self.average(&made, weight);
            if better {
                self.in_vain = 0;
                self.total = made.total;
                self.centre = prices;
                if along >= 0.0 {
                    self.stride = (1.2 * self.stride).min(2.0);
                }
            } else {
                self.in_vain += 1;
                if self.in_vain >= PATIENCE {
                    self.in_vain = 0;
                    self.stride = (0.7 * self.stride).max(1e-7);
                    self.weight = (0.9 * self.weight).max(0.002);
                }
            }
            if step % LOOK == 0 {
                if self.stride < 0.1 && before - self.total < enough {
                    return step;
                }
                before = self.total;
            }
        }
        most
    }

    /// The weight of the newest weeks that leaves the average with the least excess.
    fn best_weight(&self, made: &Made) -> f64 {
        let (mut up, mut down) = (0.0, 0.0);
        for ((new, average), price) in made.excess.iter().zip(&self.excess).zip(&self.centre) {
            if *price <= 0.0 && *average < 0.0 && *new < 0.0 {
                continue;
            }
            up += average * (average - new);
            down += (average - new) * (average - new);
        }
        let weight = if down > 0.0 { up / down } else { self.weight };
        weight.clamp(self.weight / 10.0, self.weight)
    }

    fn average(&mut self, made: &Made, weight: f64) {
        self.excess.iter_mut().zip(&made.excess).for_each(|(average, new)| *average += weight * (new - *average));
        self.shares.par_iter_mut().for_each(|share| *share *= 1.0 - weight);
        made.trips.iter().for_each(|&trip| self.shares[trip] += weight);
    }
}

/// What the drivers do at some prices.
fn made(decomposition: &Decomposition<'_>, prices: &Prices) -> Made {
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
            for &(row, units) in &decomposition.pool.coefficients[trip] {
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
    Made { total, excess, trips }
}
