//! Solving a program: cut into parts that share nothing, each part to a proven optimum.
//!
//! A part is solved over drivers' weeks rather than trips. What one driver may do in a week is a small knapsack of its
//! own; a week as one column takes it in whole, and the relaxation over weeks stands much closer to the best rota than
//! the one over trips. In four steps:
//!
//! 1. *Relax*: columns are generated until none improves the relaxation. At any prices of the linking rows, what the
//!    rows are worth and each driver's best week add up to a bound (Lagrange's), so every round proves one.
//! 2. *Round*: the best choice among the weeks generated so far is a rota.
//! 3. *Fix*: by how much the bound would fall below that rota if a driver's week were made tells which weeks no better
//!    rota can hold. All the others are enumerated.
//! 4. *Finish*: a mixed-integer program over these weeks finds the best rota, and proves it.
//!
//! (G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960; R. Baldacci,
//! N. Christofides and A. Mingozzi, An exact algorithm for the vehicle routing problem based on the set partitioning
//! formulation with additional cuts, Mathematical Programming 115, 2008.)

use rayon::prelude::*;

use crate::mip::{self, Failure};
use crate::program::Program;

/// What came of a program.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Whether each choice is taken in the best rota found.
    pub(crate) chosen: Vec<bool>,
    /// Points that no choice exceeds.
    pub(crate) bound: i64,
}

/// Who makes each trip of a program, and how often at the most.
#[derive(Clone, Debug)]
pub(crate) struct Drivers {
    /// Each trip's driver, by any number.
    pub(crate) of_trip: Vec<usize>,
    /// For a driver's number, the most trips in a week.
    pub(crate) most: Vec<usize>,
}

/// What is left to spend.
pub(crate) type SecondsLeft<'a> = &'a (dyn Fn() -> f64 + Sync);

/// The best choice of a program's trips, proven if time allows.
///
/// # Errors
/// [`Failure::Infeasible`] if nothing satisfies the rows; [`Failure::OutOfTime`] if nothing was found that does.
pub(crate) fn solve(program: &Program, drivers: &Drivers, left: SecondsLeft<'_>) -> Result<Outcome, Failure> {
    let mut outcome = Outcome { chosen: vec![false; program.points.len()], bound: 0 };
    let parts = program.parts()?;
    let solved: Vec<_> = parts
        .par_iter()
        .map(|part| {
            let drivers = Drivers {
                of_trip: part.choices.iter().map(|&trip| drivers.of_trip[trip]).collect(),
                most: drivers.most.clone(),
            };
            solve_part(&part.program, &drivers, left)
        })
        .collect();
    for (part, solved) in parts.iter().zip(solved) {
        let Outcome { chosen, bound } = solved?;
        outcome.bound += bound;
        for (&choice, chosen) in part.choices.iter().zip(chosen) {
            outcome.chosen[choice] = chosen;
        }
    }
    Ok(outcome)
}

/// Takes the most valuable choices first, as far as the rows allow; none if that does not use up the rows that must be.
fn greedy(program: &Program) -> Option<Vec<bool>> {
    let mut order: Vec<usize> = (0..program.points.len()).filter(|&choice| program.points[choice] > 0).collect();
    order.sort_by_key(|&choice| (std::cmp::Reverse(program.points[choice]), choice));
    let uses = program.uses();
    let mut used = vec![0; program.rows.len()];
    let mut chosen = vec![false; program.points.len()];
    for choice in order {
        let fits = uses[choice].iter().all(|&(row, units)| used[row] + units <= program.rows[row].most);
        let added = |&(row, units): &(usize, i64)| {
            let row: (i64, &crate::program::Row) = (used[row], &program.rows[row]);
            row.1.cost(row.0 + units) - row.1.cost(row.0)
        };
        if fits && program.points[choice] > uses[choice].iter().map(added).sum() {
            chosen[choice] = true;
            uses[choice].iter().for_each(|&(row, units)| used[row] += units);
        }
    }
    program.allows(&chosen).then_some(chosen)
}

/// What every choice of positive points together earns: a bound without any work.
fn crude_bound(program: &Program) -> i64 {
    program.points.iter().filter(|points| **points > 0).sum()
}

/// Over trips as they are: a mixed-integer program, and that is all. `start` is a choice to improve on.
fn solve_by_trips(program: &Program, start: Option<Vec<bool>>, left: SecondsLeft<'_>) -> Result<Outcome, Failure> {
    let fallback = start.or_else(|| greedy(program));
    let solved = mip::solve(program, fallback.as_deref(), left())?;
    // A solver's answer is taken for no more than it is worth when added up anew.
    let found = [solved.chosen, fallback].into_iter().flatten().filter(|chosen| program.allows(chosen));
    let chosen = found.max_by_key(|chosen| program.value(chosen)).ok_or(Failure::OutOfTime)?;
    let bound = solved.bound.unwrap_or_else(|| crude_bound(program)).max(program.value(&chosen));
    Ok(Outcome { chosen, bound })
}

#[cfg(not(feature = "highs"))]
fn solve_part(program: &Program, _drivers: &Drivers, left: SecondsLeft<'_>) -> Result<Outcome, Failure> {
    solve_by_trips(program, None, left)
}

#[cfg(feature = "highs")]
fn solve_part(program: &Program, drivers: &Drivers, left: SecondsLeft<'_>) -> Result<Outcome, Failure> {
    weeks::solve(program, drivers, left)
}

#[cfg(feature = "highs")]
mod weeks {
    use std::collections::BTreeSet;

    use rayon::prelude::*;

    use super::{Drivers, Outcome, SecondsLeft, greedy, solve_by_trips};
    use crate::blocks::{Blocks, Prices, Week};
    use crate::mip::{self, Failure};
    use crate::program::{Program, Row};
    use crate::relaxation::Relaxation;

    /// The most weeks of one driver that a round of pricing adds.
    const A_ROUND: usize = 6;
    /// With no more trips than this, weeks take longer than they save.
    const FEW_TRIPS: usize = 2_000;

    pub(super) fn solve(program: &Program, drivers: &Drivers, left: SecondsLeft<'_>) -> Result<Outcome, Failure> {
        if program.points.len() <= FEW_TRIPS {
            return solve_by_trips(program, None, left);
        }
        let blocks = Blocks::new(program, &drivers.of_trip, |driver| drivers.most[driver]);
        let (weeks, bound) = relax(&blocks, left)?;
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
    fn relax(blocks: &Blocks<'_>, left: SecondsLeft<'_>) -> Result<(Vec<(usize, Week)>, Option<Bound>), Failure> {
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
        Ok((relaxation.weeks, best))
    }

    /// The best choice of these weeks, as a choice of trips; none if there was no time, or none keeps the rows.
    fn choose(
        blocks: &Blocks<'_>,
        weeks: &[(usize, Week)],
        left: SecondsLeft<'_>,
    ) -> Result<Option<Vec<bool>>, Failure> {
        let mut rows: Vec<Row> =
            blocks.program.rows.iter().map(|row| Row { terms: Vec::new(), ..row.clone() }).collect();
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
        let taken = match mip::solve(&program, greedy(&program).as_deref(), left()) {
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
}
