//! Solving a program over drivers' weeks rather than trips.
//!
//! What one driver may do in a week is a small knapsack of its own. A week as one column takes it in whole, and the
//! relaxation over weeks stands closer to the best rota than the one over trips. In four steps:
//!
//! 1. *Relax*: columns are generated until none improves the relaxation. At any prices of the linking rows, what the
//!    rows are worth and each driver's best week add up to a bound (Lagrange's), so every round proves one.
//! 2. *Round*: the best choice among the weeks generated is a rota.
//! 3. *Fix*: a trip is set aside if the bound, with that trip made, falls to the rota's points or below: no better rota
//!    holds it.
//! 4. *Finish*: a mixed-integer program over the trips that are left finds the best rota, and proves it.
//!
//! (G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960; R. Baldacci,
//! N. Christofides and A. Mingozzi, An exact algorithm for the vehicle routing problem based on the set partitioning
//! formulation with additional cuts, Mathematical Programming 115, 2008.)

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::blocks::{Blocks, Prices, Week};
use crate::mip::{self, Effort, Failure};
use crate::program::{Program, Row};
use crate::relaxation::Relaxation;
use crate::solve::{Drivers, Outcome, SecondsLeft, greedy, solve_by_trips};

/// The most weeks of one driver that a round of pricing adds.
const A_ROUND: usize = 6;
/// How near to the best choice of the weeks generated is near enough: the program over trips does the rest.
const NEAR: f64 = 5e-4;

/// The best choice of a program's trips over weeks, proven if time allows.
pub(crate) fn solve(program: &Program, drivers: &Drivers, left: SecondsLeft<'_>) -> Result<Outcome, Failure> {
    let blocks = Blocks::new(program, &drivers.of_trip, |driver| drivers.most[driver]);
    let Generated { weeks, bound } = relax(&blocks, left)?;
    let rounded = choose(&blocks, &weeks, left)?;
    let value = |chosen: &Option<Vec<bool>>| chosen.as_ref().map(|chosen| program.value(chosen));
    let best = [greedy(program), rounded].into_iter().max_by_key(value).flatten();
    let (Some(chosen), Some(bound)) = (best, bound) else {
        // No time for a bound, or pinned requests that neither greed nor rounding could serve.
        return solve_by_trips(program, None, left);
    };
    let score = program.value(&chosen);
    if bound.points() <= score {
        return Ok(Outcome { chosen, bound: score });
    }
    let survivors = program.part(&bound.surviving_trips(&blocks, score));
    let start: Vec<bool> = survivors.choices.iter().map(|&trip| chosen[trip]).collect();
    let finished = match solve_by_trips(&survivors.program, Some(start), left) {
        Ok(finished) => finished,
        // No better rota serves the pinned requests.
        Err(Failure::Infeasible) => return Ok(Outcome { chosen, bound: score }),
        Err(other) => return Err(other),
    };
    let mut best = Outcome { chosen, bound: finished.bound.max(score).min(bound.points()) };
    if survivors.program.value(&finished.chosen) > score {
        best.chosen = vec![false; program.points.len()];
        survivors.choices.iter().zip(finished.chosen).for_each(|(&trip, taken)| best.chosen[trip] = taken);
    }
    Ok(best)
}

/// What column generation leaves.
struct Generated {
    /// The weeks, each with its driver's position.
    weeks: Vec<(usize, Week)>,
    /// The best bound met on the way.
    bound: Option<Bound>,
}

/// A bound, and the prices that prove it.
struct Bound {
    prices: Prices,
    /// Scaled like the prices.
    total: i64,
    /// What each driver's best week is worth at the prices, staying at home included.
    each: Vec<i64>,
}

impl Bound {
    fn points(&self) -> i64 {
        self.total.div_euclid(Prices::SCALE)
    }

    /// Every trip that a rota of more than `score` points can hold.
    ///
    /// With a trip made, the bound falls by the difference between the driver's best week and the best week with
    /// that trip.
    fn surviving_trips(&self, blocks: &Blocks<'_>, score: i64) -> Vec<usize> {
        let gap = self.total - (score + 1) * Prices::SCALE;
        let values = self.prices.values(blocks);
        let mut trips: Vec<usize> = (blocks.drivers.par_iter().zip(&self.each))
            .flat_map_iter(|(block, best)| blocks.trips_in_weeks(block, &values, best - gap))
            .collect();
        trips.sort_unstable();
        trips
    }
}

/// Generates weeks until none improves the relaxation; returns them with the best bound met on the way.
fn relax(blocks: &Blocks<'_>, left: SecondsLeft<'_>) -> Result<Generated, Failure> {
    /// Reduced value, scaled, below which a week is not worth adding.
    const TRIFLE: f64 = 4.0;
    let mut relaxation = Relaxation::new(blocks);
    let mut known = BTreeSet::new();
    let mut best: Option<Bound> = None;
    while left() > 0.0 {
        let relaxed = relaxation.solve()?;
        let prices = Prices::near(blocks, &relaxed.duals);
        let values = prices.values(blocks);
        let priced: Vec<Vec<(i64, Week)>> =
            blocks.drivers.par_iter().map(|block| blocks.best_weeks(block, &values, 1, A_ROUND)).collect();
        let each: Vec<i64> = priced.iter().map(|weeks| weeks.first().map_or(0, |(worth, _)| *worth)).collect();
        let total = prices.stock(&blocks.program.rows) + each.iter().sum::<i64>();
        if best.as_ref().is_none_or(|best| total < best.total) {
            best = Some(Bound { prices, total, each });
        }
        let mut added = false;
        for (driver, weeks) in priced.into_iter().enumerate() {
            for (worth, week) in weeks {
                #[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
                let gain = worth as f64 - relaxed.drivers[driver] * Prices::SCALE as f64;
                if gain > TRIFLE && known.insert((driver, week.trips.clone())) {
                    relaxation.add(blocks, driver, week)?;
                    added = true;
                }
            }
        }
        if !added {
            break;
        }
    }
    Ok(Generated { weeks: relaxation.weeks, bound: best })
}

/// The best choice of these weeks, as a choice of trips; none if there was no time, or none keeps the rows.
fn choose(blocks: &Blocks<'_>, weeks: &[(usize, Week)], left: SecondsLeft<'_>) -> Result<Option<Vec<bool>>, Failure> {
    let mut rows: Vec<Row> = blocks.program.rows.iter().map(|row| Row { terms: Vec::new(), ..row.clone() }).collect();
    let mut own: Vec<Row> = blocks.drivers.iter().map(|_| Row::new(Vec::new(), 1)).collect();
    for (at, (driver, week)) in weeks.iter().enumerate() {
        for (row, units) in blocks.linking_uses(week) {
            rows[row].terms.push((at, units));
        }
        own[*driver].terms.push((at, 1));
    }
    rows.append(&mut own);
    rows.retain(Row::matters);
    let program = Program::over(weeks.iter().map(|(_, week)| week.points).collect(), rows);
    let taken = match mip::solve(&program, greedy(&program).as_deref(), Effort { seconds: left(), gap: NEAR }) {
        Ok(solved) => solved.chosen,
        Err(Failure::Infeasible) => None,
        Err(other) => return Err(other),
    };
    let mut chosen = vec![false; blocks.program.points.len()];
    for ((_, week), _) in weeks.iter().zip(taken.into_iter().flatten()).filter(|(_, taken)| *taken) {
        week.trips.iter().for_each(|&trip| chosen[trip] = true);
    }
    Ok(Some(chosen).filter(|chosen| blocks.program.allows(chosen)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::tests::same_as_brute_force;

    #[test]
    fn the_best_choice_is_found_and_proven() {
        same_as_brute_force(|program, drivers| solve(program, drivers, &|| f64::INFINITY));
    }
}
