//! The linear relaxation of a [`Program`], kept live in HiGHS while bounds change and cuts are added.
//!
//! It is solved by the dual simplex method, from the last basis. At any prices of the rows,
//! what the rows are worth and what each column earns beside them add up to a bound (linear-programming duality), so
//! what a solution proves does not rest on the solver's arithmetic; see [`ScaledPoints`].

use std::ops::Range;

use highs::{Col, HighsModelStatus, Model, RowProblem, Sense, SolvedModel};

use crate::cuts::cut::Cut;
use crate::cuts::separate;
use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, ColumnIx};
use crate::lp::{by_simplex, failed, float};
use crate::program::bound_change::BoundChange;
use crate::program::scaled_points::ScaledPoints;
use crate::program::{Program, Row};

/// The highest price, in parts of a point: far above any that is worth having, and low enough that sums of prices times
/// units stay within `i128`.
const MAX_PRICE: i128 = 1 << 70;

/// Shares nearer to a whole number than this count as whole: ten times HiGHS's feasibility tolerance.
const INTEGRALITY_TOLERANCE: f64 = 1e-6;

/// A column of the relaxation, from 0 to `max`.
#[derive(Clone, Copy, Debug)]
struct LpColumn {
    points: i64,
    /// The bounds at present.
    low: i64,
    high: i64,
    /// The upper bound at the root.
    max: i64,
}

impl LpColumn {
    fn new(points: i64, max: i64) -> Self {
        Self { points, low: 0, high: max, max }
    }
}

/// A row of the relaxation: the terms sum to at most the limit, or exactly to it.
#[derive(Clone, Debug)]
struct LpRow {
    terms: Vec<(ColumnIx, i64)>,
    limit: i64,
    equality: bool,
    /// The price that the linear program begins at, in points: its duals are what prices differ from these by. It is
    /// whole so that nothing is earned but whole points: HiGHS is at a loss with what rounding would leave.
    initial_price: i64,
}

/// The columns and rows of a relaxation. The columns are, in this order: the program's choices; whether each row of one
/// unit is used; branching sums; steps of load.
struct LpFormulation {
    columns: Vec<LpColumn>,
    /// How many columns come before the branching sums: choices, and whether rows are used. All are 0 or 1.
    integer_columns: usize,
    /// How many columns may be branched on: those and the branching sums.
    branching_columns: usize,
    rows: Vec<LpRow>,
    /// For each column, the rows that it uses, and the units of each.
    coefficients: Vec<Vec<(u32, i64)>>,
    choices: usize,
    /// How many rows come before the cuts.
    original_rows: usize,
}

impl LpFormulation {
    fn new(program: &Program) -> Self {
        let mut columns: Vec<LpColumn> = program.points.iter().map(|&points| LpColumn::new(points, 1)).collect();
        let mut rows = Vec::with_capacity(program.rows.len());
        for row in &program.rows {
            let mut terms: Vec<(ColumnIx, i64)> = row.terms.iter().map(of_column).collect();
            // Whether a family visits at all, or a driver drives, is whole however many trips share the decision.
            let decides =
                !row.equality && row.step_cost == 0 && row.limit == 1 && row.terms.iter().all(|(_, units)| *units == 1);
            if decides {
                terms.push((ColumnIx::new(columns.len()), -1));
                columns.push(LpColumn::new(0, 1));
            }
            let limit = if decides {
                0
            } else if row.step_cost > 0 {
                row.limit.min(1)
            } else {
                row.limit
            };
            let equality = decides || row.equality;
            rows.push(LpRow { terms, limit, equality, initial_price: row.initial_price });
        }
        let integer_columns = columns.len();
        // A sum of one choice is decided with the choice.
        for sum in program.branching_sums.iter().filter(|sum| sum.len() > 1) {
            let max = sum.iter().map(|(_, units)| units).sum();
            let terms = sum.iter().map(of_column).chain([(ColumnIx::new(columns.len()), -1)]).collect();
            columns.push(LpColumn::new(0, max));
            rows.push(LpRow { terms, limit: 0, equality: true, initial_price: 0 });
        }
        let branching_columns = columns.len();
        // The nth unit is dearer than the one before, so that the cheaper steps are climbed first, and wholly.
        for (row, lp_row) in program.rows.iter().zip(&mut rows).filter(|(row, _)| row.step_cost > 0) {
            for n in 1..row.limit {
                lp_row.terms.push((ColumnIx::new(columns.len()), -1));
                columns.push(LpColumn::new(-n * row.step_cost, 1));
            }
        }
        let mut coefficients = vec![Vec::new(); columns.len()];
        for (at, row) in (0..).zip(&rows) {
            row.terms.iter().for_each(|&(column, units)| coefficients[column.at()].push((at, units)));
        }
        let original_rows = rows.len();
        Self {
            columns,
            integer_columns,
            branching_columns,
            rows,
            coefficients,
            choices: program.points.len(),
            original_rows,
        }
    }

    /// The most that the choices may use of a row: the limit, and what the other columns, whose coefficients are −1, can
    /// add to it.
    fn right_hand_side(&self, row: usize) -> i64 {
        let row = &self.rows[row];
        let others = row.terms.iter().map(|(column, _)| *column).filter(|column| column.at() >= self.choices);
        row.limit + others.map(|column| self.columns[column.at()].max).sum::<i64>()
    }

    /// The row of a cut, over the choices alone.
    fn cut_row(&self, Cut { of, divisor }: &Cut) -> LpRow {
        let divisor = i64::from(*divisor);
        let mut sums = vec![0; self.choices];
        let mut right_hand_side = 0;
        for &row in of {
            right_hand_side += self.right_hand_side(row as usize);
            let terms = self.rows[row as usize].terms.iter().filter(|(column, _)| column.at() < self.choices);
            terms.for_each(|&(column, units)| sums[column.at()] += units);
        }
        let terms = sums.into_iter().enumerate().map(|(at, sum)| (ColumnIx::new(at), sum / divisor));
        LpRow {
            terms: terms.filter(|(_, units)| *units > 0).collect(),
            limit: right_hand_side / divisor,
            equality: false,
            initial_price: 0,
        }
    }

    /// Adds the row of a cut.
    fn add_row(&mut self, row: LpRow) {
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        row.terms.iter().for_each(|&(column, units)| self.coefficients[column.at()].push((at, units)));
        self.rows.push(row);
    }

    /// How many terms the cuts have.
    fn cut_terms(&self) -> usize {
        self.rows[self.original_rows..].iter().map(|row| row.terms.len()).sum()
    }

    /// The solution at these shares, with the bound that prices near these duals prove.
    fn solution_at(&self, shares: Vec<f64>, duals: &[f64]) -> LpSolution {
        let price = |(row, dual): (&LpRow, &f64)| {
            #[expect(clippy::cast_precision_loss, reason = "a power of two")]
            let scaled = ((float(row.initial_price) - dual) * ScaledPoints::PARTS as f64).round();
            #[expect(clippy::cast_possible_truncation, reason = "saturates, and any price is valid")]
            let price = if scaled.is_finite() { (scaled as i128).clamp(-MAX_PRICE, MAX_PRICE) } else { 0 };
            if row.equality { price } else { price.max(0) }
        };
        let prices: Vec<i128> = self.rows.iter().zip(duals).map(price).collect();
        let rows_value: i128 = self.rows.iter().zip(&prices).map(|(row, price)| price * i128::from(row.limit)).sum();
        let reduced_cost = |(column, uses): (&LpColumn, &Vec<(u32, i64)>)| {
            let paid = uses.iter().map(|&(row, units)| prices[row as usize] * i128::from(units));
            i128::from(column.points) * ScaledPoints::PARTS - paid.sum::<i128>()
        };
        let reduced_costs: Vec<i128> = self.columns.iter().zip(&self.coefficients).map(reduced_cost).collect();
        let most_earned = |(column, reduced_cost): (&LpColumn, &i128)| {
            (reduced_cost * i128::from(column.low)).max(reduced_cost * i128::from(column.high))
        };
        let columns_value: i128 = self.columns.iter().zip(&reduced_costs).map(most_earned).sum();
        let upper_bound = ScaledPoints::from_parts(rows_value + columns_value);
        LpSolution { shares, upper_bound, prices, reduced_costs }
    }
}

/// A linear relaxation, as HiGHS holds it.
pub(crate) struct LpRelaxation {
    formulation: LpFormulation,
    model: Option<Model>,
    handles: Vec<Col>,
}

/// A solution of the relaxation, and the bound that its prices prove.
#[derive(Debug)]
pub(crate) struct LpSolution {
    /// The share of each column.
    pub(crate) shares: Vec<f64>,
    /// Points that no choice exceeds within the bounds of the columns.
    pub(crate) upper_bound: ScaledPoints,
    /// The price of each row, in parts of a point.
    prices: Vec<i128>,
    /// What each column earns at the prices, in parts of a point.
    reduced_costs: Vec<i128>,
}

impl LpRelaxation {
    pub(crate) fn new(program: &Program) -> Self {
        let mut relaxation = Self { formulation: LpFormulation::new(program), model: None, handles: Vec::new() };
        relaxation.build();
        relaxation
    }

    /// Builds HiGHS's model of the columns and rows.
    ///
    /// HiGHS takes no duals to begin at. So columns earn what they earn beside the initial prices, and each row sells the
    /// units left over at its price: every solution is worth what it was, and the dual simplex method begins at good
    /// prices. Points are turned into costs, since HiGHS heeds an objective bound only where it minimises.
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
    pub(crate) fn solve(&mut self, cutoff: i64) -> Result<Option<LpSolution>, Failure> {
        // HiGHS at times fails from an earlier basis, and succeeds on a model built anew.
        self.solve_from_basis(cutoff).or_else(|_| {
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
        let solved: SolvedModel = model.try_solve().map_err(|status| failed(&format!("{status:?}")))?;
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

    /// Reduced-cost fixing: the columns of which every choice above the cutoff has the same value, beside those that are
    /// fixed already.
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
        let coefficients: Vec<Vec<(u32, u32)>> =
            (self.formulation.coefficients[..self.formulation.choices].iter().zip(&solution.shares))
                .map(|(uses, share)| {
                    let positive = |&(row, units): &(u32, i64)| Some((row, u32::try_from(units).ok()?));
                    if *share > INTEGRALITY_TOLERANCE { uses.iter().filter_map(positive).collect() } else { Vec::new() }
                })
                .collect();
        let shares: Vec<_> = (coefficients.iter().zip(&solution.shares))
            .filter(|(uses, _)| !uses.is_empty())
            .map(|(uses, share)| (uses.as_slice(), *share))
            .collect();
        let right_hand_side =
            |row| Some(self.formulation.right_hand_side(row as usize)).filter(|side| *side <= MAX_RIGHT_HAND_SIDE);
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

/// A term of a row of the program, as one of the relaxation.
fn of_column(&(choice, units): &(ChoiceIx, i64)) -> (ColumnIx, i64) {
    (ColumnIx::new(choice.at()), units)
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
            let bound =
                |cutoff: i64| LpRelaxation::new(&program).solve(cutoff).expect("HiGHS").expect("shares").upper_bound;
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
            let mut relaxation = LpRelaxation::new(&program);
            let mut first_bound = None;
            for round in 0..6 {
                let solution = relaxation.solve(cutoff).expect("HiGHS").expect("shares");
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
