//! The linear relaxation of a [`Program`], kept live in HiGHS while bounds change and cuts are added.
//!
//! It is solved by the dual simplex method, from the last basis. At any prices of the rows, what the rows are worth and
//! the reduced costs of the columns add up to a bound (linear-programming duality), so what a solution proves does not
//! rest on the solver's arithmetic; see [`LpSolution`] and [`ScaledPoints`].

use std::ops::Range;

use highs::{Col, HighsModelStatus, Model, RowProblem, Sense};

use crate::cuts::separate;
use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, ColumnIx};
use crate::lp::{by_simplex, failed, float, solve_until};
use crate::program::bound_change::BoundChange;
use crate::program::lp_formulation::{LpColumn, LpFormulation, LpRow, LpSolution};
use crate::program::scaled_points::ScaledPoints;
use crate::program::{Program, Row};
use crate::stop::Stop;

/// Shares nearer to a whole number than this count as whole: ten times HiGHS's feasibility tolerance.
const INTEGRALITY_TOLERANCE: f64 = 1e-6;

/// A linear relaxation, as HiGHS holds it.
pub(crate) struct LpRelaxation<'a> {
    stop: Stop<'a>,
    formulation: LpFormulation,
    model: Option<Model>,
    handles: Vec<Col>,
}

impl<'a> LpRelaxation<'a> {
    /// The relaxation of a program, for planning that may have to end.
    pub(crate) fn new(program: &Program, stop: Stop<'a>) -> Self {
        let mut relaxation = Self { stop, formulation: LpFormulation::new(program), model: None, handles: Vec::new() };
        relaxation.build();
        relaxation
    }

    /// Builds HiGHS's model of the columns and rows.
    ///
    /// HiGHS takes no duals to begin at. So columns earn what they earn beside the initial prices, and each row sells
    /// the units left over at its price: every solution is worth what it was, and the dual simplex method begins at
    /// good prices. Points are turned into costs, since HiGHS stops at an objective bound only where it minimises.
    fn build(&mut self) {
        let mut earned: Vec<i64> = self.formulation.columns.iter().map(|column| column.points).collect();
        for row in &self.formulation.rows {
            row.terms.iter().for_each(|&(column, units)| earned[column.at()] -= row.initial_price * units);
        }
        let mut problem = RowProblem::new();
        let column = |(column, earned): (&LpColumn, i64)| {
            problem.add_column(-float(earned), float(column.low)..=float(column.high))
        };
        let handles: Vec<Col> = self.formulation.columns.iter().zip(earned).map(column).collect();
        for row in &self.formulation.rows {
            let mut factors: Vec<_> =
                row.terms.iter().map(|&(column, units)| (handles[column.at()], float(units))).collect();
            let limit = float(row.limit);
            if row.equality {
                problem.add_row(limit..=limit, factors);
            } else if row.initial_price > 0 {
                factors.push((problem.add_column(-float(row.initial_price), 0.0..=limit), -1.0));
                problem.add_row(0.0..=0.0, factors);
            } else {
                problem.add_row(..=limit, factors);
            }
        }
        let mut model = problem.optimise(Sense::Minimise);
        by_simplex(&mut model);
        (self.model, self.handles) = (Some(model), handles);
    }

    /// The best shares; or the first that come with prices which prove that no choice exceeds the cutoff. None if no
    /// shares keep all rows.
    ///
    /// # Errors
    /// [`Failure::OutOfTime`] if planning had to end before it was solved.
    pub(crate) fn solve(&mut self, cutoff: i64) -> Result<Option<LpSolution>, Failure> {
        self.solve_from_basis(cutoff).or_else(|_| {
            self.stop.check()?;
            // HiGHS at times fails from an earlier basis, and succeeds on a model built anew.
            self.build();
            self.solve_from_basis(cutoff)
        })
    }

    /// Solves, beginning at the last basis.
    fn solve_from_basis(&mut self, cutoff: i64) -> Result<Option<LpSolution>, Failure> {
        /// Scores are whole: a bound of less than one point above the cutoff rules out every score above it. A tenth of
        /// a point is left for the solver's arithmetic.
        const BELOW_A_POINT: f64 = 0.9;
        let mut model = self.model.take().ok_or_else(|| failed("lost its model"))?;
        model.set_option("objective_bound", -(float(cutoff) + BELOW_A_POINT));
        let solved = solve_until(model, self.stop)?;
        let (status, values) = (solved.status(), solved.get_solution());
        self.model = Some(Model::from(solved));
        match status {
            HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty | HighsModelStatus::ObjectiveBound => {}
            HighsModelStatus::Infeasible => return Ok(None),
            other => return Err(failed(&format!("{other:?}"))),
        }
        let solution = self
            .formulation
            .solution_at(values.columns()[..self.formulation.columns.len()].to_vec(), values.dual_rows());
        if status == HighsModelStatus::ObjectiveBound && solution.upper_bound.exceeds(cutoff) {
            // The duals prove the bound, but the rounded prices do not.
            return self.solve_from_basis(i64::MIN);
        }
        Ok(Some(solution))
    }

    /// Reduced-cost fixing: the columns of which every choice above the cutoff has the same value, beside those that
    /// are fixed already.
    pub(crate) fn fixed_by_reduced_cost(
        &self,
        solution: &LpSolution,
        cutoff: i64,
        fixed: &[BoundChange],
    ) -> Vec<BoundChange> {
        let gap = solution.upper_bound.parts_above(cutoff);
        let mut is_free = vec![true; self.formulation.integer_columns];
        for change in fixed.iter().filter(|change| change.column.at() < self.formulation.integer_columns) {
            is_free[change.column.at()] = false;
        }
        (0..self.formulation.integer_columns)
            .map(|at| (ColumnIx::new(at), solution.reduced_costs[at]))
            .filter(|&(column, reduced_cost)| is_free[column.at()] && reduced_cost.abs() > gap)
            .map(|(column, reduced_cost)| BoundChange::fixing(column, reduced_cost > 0))
            .collect()
    }

    /// Fixes columns by reduced costs; returns whether there were any to fix.
    pub(crate) fn fix_by_reduced_cost(&mut self, solution: &LpSolution, cutoff: i64) -> bool {
        let already_fixed = |(at, column): (usize, &LpColumn)| {
            (column.low == column.high).then_some(BoundChange::fixing(ColumnIx::new(at), column.low > 0))
        };
        let fixed: Vec<_> = self.formulation.columns[..self.formulation.integer_columns]
            .iter()
            .enumerate()
            .filter_map(already_fixed)
            .collect();
        let changes = self.fixed_by_reduced_cost(solution, cutoff, &fixed);
        changes.iter().for_each(|change| self.apply(change));
        !changes.is_empty()
    }

    /// The bounds of a column at present.
    pub(crate) fn bounds(&self, column: ColumnIx) -> (i64, i64) {
        let LpColumn { low, high, .. } = self.formulation.columns[column.at()];
        (low, high)
    }

    pub(crate) fn set_bounds(&mut self, column: ColumnIx, (low, high): (i64, i64)) {
        let bounds = &mut self.formulation.columns[column.at()];
        if (bounds.low, bounds.high) != (low, high) {
            (bounds.low, bounds.high) = (low, high);
            if let Some(model) = &mut self.model {
                model.change_column_bounds(self.handles[column.at()], float(low)..=float(high));
            }
        }
    }

    /// Applies one change to the bounds at present.
    pub(crate) fn apply(&mut self, change: &BoundChange) {
        self.set_bounds(change.column, change.applied_to(self.bounds(change.column)));
    }

    /// Applies these changes to the bounds at the root, and undoes all others.
    pub(crate) fn apply_only(&mut self, changes: &[BoundChange]) {
        let mut bounds: Vec<(i64, i64)> = self.formulation.columns[..self.formulation.branching_columns]
            .iter()
            .map(|column| (0, column.max))
            .collect();
        for change in changes {
            bounds[change.column.at()] = change.applied_to(bounds[change.column.at()]);
        }
        bounds.into_iter().enumerate().for_each(|(at, bounds)| self.set_bounds(ColumnIx::new(at), bounds));
    }

    /// The choices that a whole solution takes.
    pub(crate) fn chosen(&self, solution: &LpSolution) -> Vec<bool> {
        solution.shares[..self.formulation.choices].iter().map(|share| *share > 0.5).collect()
    }

    /// The fractional columns to branch on: decisions that many choices share; the choices, if all of these are whole.
    pub(crate) fn fractional(&self, solution: &LpSolution) -> Vec<ColumnIx> {
        let is_fractional = |column: &ColumnIx| {
            let share = solution.shares[column.at()];
            (share - share.round()).abs() >= INTEGRALITY_TOLERANCE
        };
        let fractional = |columns: Range<usize>| columns.map(ColumnIx::new).filter(is_fractional).collect::<Vec<_>>();
        let shared = fractional(self.formulation.choices..self.formulation.branching_columns);
        if shared.is_empty() { fractional(0..self.formulation.choices) } else { shared }
    }

    /// Adds cuts that a solution violates; returns whether there were any.
    pub(crate) fn separate_cuts(&mut self, solution: &LpSolution) -> Result<bool, Failure> {
        /// Rows of more units count metres or minutes: rounding takes next to nothing off them.
        const MAX_RIGHT_HAND_SIDE: i64 = 1_000;
        let coefficients: Vec<Vec<(u32, i32)>> =
            (self.formulation.coefficients[..self.formulation.choices].iter().zip(&solution.shares))
                .map(|(uses, share)| {
                    let positive = |&(row, units): &(u32, i64)| Some((row, i32::try_from(units).ok()?));
                    if *share > INTEGRALITY_TOLERANCE { uses.iter().filter_map(positive).collect() } else { Vec::new() }
                })
                .collect();
        let shares: Vec<_> = (coefficients.iter().zip(&solution.shares))
            .filter(|(uses, _)| !uses.is_empty())
            .map(|(uses, share)| (uses.as_slice(), *share))
            .collect();
        let right_hand_side =
            |row| self.formulation.right_hand_side(row as usize).filter(|side| *side <= MAX_RIGHT_HAND_SIDE);
        let cuts = separate(&right_hand_side, &shares);
        for cut in &cuts {
            self.add_row(self.formulation.cut_row(cut))?;
        }
        Ok(!cuts.is_empty())
    }

    fn add_row(&mut self, row: LpRow) -> Result<(), Failure> {
        let factors: Vec<_> =
            row.terms.iter().map(|&(column, units)| (self.handles[column.at()], float(units))).collect();
        let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
        model.try_add_row(..=float(row.limit), factors).map_err(|status| failed(&format!("{status:?}")))?;
        self.formulation.add_row(row);
        Ok(())
    }

    /// How many terms the cuts have.
    pub(crate) fn cut_terms(&self) -> usize {
        self.formulation.cut_terms()
    }

    /// Adds the cuts that have a price in a solution to the program, and sets the initial prices of all rows to the
    /// solution's.
    pub(crate) fn export_cuts(&self, solution: &LpSolution, program: &mut Program) {
        let initial_price = |price: &i128| ScaledPoints::from_parts(*price).floor();
        let (original, cuts) = solution.prices.split_at(self.formulation.original_rows);
        program.rows.iter_mut().zip(original).for_each(|(row, price)| row.initial_price = initial_price(price));
        let cuts =
            self.formulation.rows[self.formulation.original_rows..].iter().zip(cuts).filter(|(_, price)| **price > 0);
        let cuts = cuts.map(|(row, price)| Row {
            initial_price: initial_price(price),
            ..Row::new(row.terms.iter().map(of_choice).collect(), row.limit)
        });
        program.rows.extend(cuts);
    }

    /// The choices that are not fixed at 0.
    pub(crate) fn remaining_choices(&self) -> Vec<ChoiceIx> {
        (0..self.formulation.choices)
            .map(ChoiceIx::new)
            .filter(|choice| self.formulation.columns[choice.at()].high > 0)
            .collect()
    }
}

/// A term of a cut, which is over choices alone, as one of the program.
fn of_choice(&(column, units): &(ColumnIx, i64)) -> (ChoiceIx, i64) {
    (ChoiceIx::new(column.at()), units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::components::tests::{brute_force, random};

    /// The bound holds whatever the cutoff, and it is the relaxation's value where that exceeds the cutoff.
    #[test]
    fn the_bound_is_not_below_the_best_choice_at_any_cutoff() {
        let mut ended_early = 0;
        for seed in 0..400 {
            let program = random(seed);
            let Some(best) = brute_force(&program) else { continue };
            let bound = |cutoff: i64| {
                LpRelaxation::new(&program, Stop::NEVER).solve(cutoff).expect("HiGHS").expect("shares").upper_bound
            };
            let value = bound(i64::MIN);
            assert!(value.floor() >= best, "seed {seed}");
            for cutoff in [value.floor() - 1, value.floor(), best, best + 40, best + 400] {
                let found = bound(cutoff);
                if value.exceeds(cutoff) {
                    assert_eq!(found, value, "seed {seed} cutoff {cutoff}");
                } else {
                    assert!(value <= found && !found.exceeds(cutoff), "seed {seed} cutoff {cutoff}: {found:?}");
                    ended_early += u32::from(value < found);
                }
            }
        }
        assert!(ended_early > 0, "no relaxation ended early");
    }

    /// Rounds of cuts and of reduced-cost fixing leave the bound at or above the best choice, and the program with the
    /// cuts is worth what it was.
    #[test]
    fn with_cuts_and_fixed_columns_the_bound_is_not_below_the_best_choice() {
        let (mut cut, mut fixed, mut fell) = (0, 0, 0);
        for seed in 0..400 {
            let mut program = random(seed);
            let Some(best) = brute_force(&program) else { continue };
            // Near the best choice more columns are fixed, farther from it more cuts are added.
            let cutoff = best - if seed % 3 == 0 { 1 } else { 100 };
            let mut relaxation = LpRelaxation::new(&program, Stop::NEVER);
            let mut first_bound = None;
            for round in 0..6 {
                let solution = relaxation.solve(cutoff).expect("HiGHS");
                let solution =
                    solution.unwrap_or_else(|| panic!("seed {seed} round {round}: the cuts leave no solution"));
                let bound = solution.upper_bound;
                assert!(bound.floor() >= best, "seed {seed} round {round}: {bound:?} is below {best}");
                fell += u32::from(bound < *first_bound.get_or_insert(bound));
                fixed += u32::from(relaxation.fix_by_reduced_cost(&solution, cutoff));
                let added_cuts = relaxation.separate_cuts(&solution).expect("HiGHS");
                cut += u32::from(added_cuts);
                if !added_cuts || round == 5 {
                    relaxation.export_cuts(&solution, &mut program);
                    break;
                }
            }
            let remaining = relaxation.remaining_choices();
            assert_eq!(brute_force(&program), Some(best), "seed {seed}: a cut rules out the best choice");
            let restricted = brute_force(&program.restricted_to(&remaining));
            assert_eq!(restricted, Some(best), "seed {seed}: the best choice is fixed otherwise");
        }
        assert!(cut > 30 && fixed > 100 && fell > 30, "{cut} rounds cut, {fixed} fixed, the bound fell in {fell}");
    }
}
