//! The linear relaxation of a [`Program`], kept live in HiGHS while columns are fixed and cuts are added.

use highs::{Col, HighsModelStatus, Model, RowProblem, Sense, SolvedModel};

use crate::cuts::cut::Cut;
use crate::cuts::separate;
use crate::failure::Failure;
use crate::instance::index::{ChoiceIx, ColumnIx};
use crate::lp::{by_simplex, failed, float};
use crate::program::bound_change::BoundChange;
use crate::program::scaled_points::ScaledPoints;
use crate::program::{Program, Row};

/// Prices beyond this would not be added up.
const DEAREST: i128 = 1 << 70;

/// A column: a choice of the program first of all, then whether rows are used, then steps of load.
#[derive(Clone, Copy, Debug)]
struct LpColumn {
    points: i64,
    /// What it may be, as things are.
    low: i64,
    high: i64,
    /// The most that it may be at all.
    max: i64,
}

impl LpColumn {
    fn new(points: i64, most: i64) -> Self {
        Self { points, low: 0, high: most, max: most }
    }
}

/// A row: what columns use of something is no more than `most`, or exactly that.
#[derive(Clone, Debug)]
struct LpRow {
    terms: Vec<(ColumnIx, i64)>,
    limit: i64,
    equality: bool,
    /// The price that the linear program begins at, in points: its duals are what prices differ from these by. It is
    /// whole so that nothing is earned but for whole points: HiGHS is at a loss with what rounding would leave.
    initial_price: i64,
}

/// A linear relaxation.
pub(crate) struct LpRelaxation {
    model: Option<Model>,
    handles: Vec<Col>,
    columns: Vec<LpColumn>,
    /// How many of the columns must be whole for a solution to be a choice.
    integer_columns: usize,
    /// How many columns there are with those that count, which come next.
    branching_columns: usize,
    rows: Vec<LpRow>,
    /// For each column, the rows that it uses.
    coefficients: Vec<Vec<(u32, i64)>>,
    /// The program's choices, and its rows; cuts come after these.
    choices: usize,
    original_rows: usize,
}

/// A solution of a relaxation, and what it proves.
#[derive(Debug)]
pub(crate) struct LpSolution {
    /// The share of each column.
    pub(crate) shares: Vec<f64>,
    /// Points that no choice exceeds.
    pub(crate) upper_bound: ScaledPoints,
    prices: Vec<i128>,
    /// What each column earns at the prices, scaled.
    reduced_costs: Vec<i128>,
}

impl LpRelaxation {
    pub(crate) fn new(program: &Program) -> Self {
        let mut columns: Vec<LpColumn> = program.points.iter().map(|&points| LpColumn::new(points, 1)).collect();
        let mut rows = Vec::with_capacity(program.rows.len());
        // Whether a family visits at all, or a driver drives, is whole however many trips share the decision.
        for row in &program.rows {
            let mut terms: Vec<(ColumnIx, i64)> = row.terms.iter().map(of_column).collect();
            let decides =
                !row.equality && row.step_cost == 0 && row.limit == 1 && row.terms.iter().all(|(_, units)| *units == 1);
            if decides {
                terms.push((ColumnIx::new(columns.len()), -1));
                columns.push(LpColumn::new(0, 1));
            }
            let most = if decides {
                0
            } else if row.step_cost > 0 {
                row.limit.min(1)
            } else {
                row.limit
            };
            rows.push(LpRow {
                terms,
                limit: most,
                equality: decides || row.equality,
                initial_price: row.initial_price,
            });
        }
        let whole = columns.len();
        // What one choice alone comes to is decided with it.
        for count in program.branching_sums.iter().filter(|count| count.len() > 1) {
            let most = count.iter().map(|(_, units)| units).sum();
            let terms = count.iter().map(of_column).chain([(ColumnIx::new(columns.len()), -1)]).collect();
            columns.push(LpColumn::new(0, most));
            rows.push(LpRow { terms, limit: 0, equality: true, initial_price: 0 });
        }
        let counted = columns.len();
        // The nth unit is dearer than the one before, so that the cheaper steps are climbed first, and wholly.
        for (row, limit) in program.rows.iter().zip(&mut rows).filter(|(row, _)| row.step_cost > 0) {
            for n in 1..row.limit {
                limit.terms.push((ColumnIx::new(columns.len()), -1));
                columns.push(LpColumn::new(-n * row.step_cost, 1));
            }
        }
        let mut uses = vec![Vec::new(); columns.len()];
        for (at, row) in (0..).zip(&rows) {
            row.terms.iter().for_each(|&(column, units)| uses[column.at()].push((at, units)));
        }
        let (choices, own) = (program.points.len(), rows.len());
        let mut relaxation = Self {
            model: None,
            handles: Vec::new(),
            columns,
            integer_columns: whole,
            branching_columns: counted,
            rows,
            coefficients: uses,
            choices,
            original_rows: own,
        };
        relaxation.build();
        relaxation
    }

    /// Builds the linear program of the columns and rows.
    fn build(&mut self) {
        // What columns earn beside the prices that rows begin at. With those prices for the units left over as well, every
        // solution is worth what it was, and the dual method begins at good prices, not at none. Turned into costs: HiGHS
        // heeds a bound only where it minimises.
        let mut earned: Vec<i64> = self.columns.iter().map(|column| column.points).collect();
        for row in &self.rows {
            row.terms.iter().for_each(|&(column, units)| earned[column.at()] -= row.initial_price * units);
        }
        let mut problem = RowProblem::new();
        let column = |(column, earned): (&LpColumn, i64)| {
            problem.add_column(-float(earned), float(column.low)..=float(column.high))
        };
        let handles: Vec<Col> = self.columns.iter().zip(earned).map(column).collect();
        for row in &self.rows {
            let mut factors: Vec<_> =
                row.terms.iter().map(|&(column, units)| (handles[column.at()], float(units))).collect();
            let most = float(row.limit);
            if row.equality {
                problem.add_row(most..=most, factors);
            } else if row.initial_price > 0 {
                factors.push((problem.add_column(-float(row.initial_price), 0.0..=most), -1.0));
                problem.add_row(0.0..=0.0, factors);
            } else {
                problem.add_row(..=most, factors);
            }
        }
        let mut model = problem.optimise(Sense::Minimise);
        by_simplex(&mut model);
        (self.model, self.handles) = (Some(model), handles);
    }

    /// The best shares, or, as soon as there are prices that prove that none is worth more than `beyond` points, these;
    /// nothing if no shares keep all rows.
    pub(crate) fn solve(&mut self, beyond: i64) -> Result<Option<LpSolution>, Failure> {
        // HiGHS loses its way at times where it goes on from an earlier solution, and finds it where it begins anew.
        self.solve_from_basis(beyond).or_else(|_| {
            self.build();
            self.solve_from_basis(beyond)
        })
    }

    /// The same, beginning at the last solution.
    fn solve_from_basis(&mut self, beyond: i64) -> Result<Option<LpSolution>, Failure> {
        /// Less than a whole point above what is asked for is not more than that; a part is left for arithmetic.
        const NOT_MORE: f64 = 0.9;
        let mut model = self.model.take().ok_or_else(|| failed("lost its model"))?;
        model.set_option("objective_bound", -(float(beyond) + NOT_MORE));
        let solved: SolvedModel = model.try_solve().map_err(|status| failed(&format!("{status:?}")))?;
        let (status, solution) = (solved.status(), solved.get_solution());
        self.model = Some(Model::from(solved));
        match status {
            HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty | HighsModelStatus::ObjectiveBound => {}
            HighsModelStatus::Infeasible => return Ok(None),
            other => return Err(failed(&format!("{other:?}"))),
        }
        let solved = self.solution_at(solution.columns()[..self.columns.len()].to_vec(), solution.dual_rows());
        if status == HighsModelStatus::ObjectiveBound && solved.upper_bound.exceeds(beyond) {
            // The prices say so, but not when they are rounded.
            return self.solve_from_basis(i64::MIN);
        }
        Ok(Some(solved))
    }

    /// What whole prices near these duals prove: at any prices, what the rows are worth and what each column earns beside
    /// them add up to a bound.
    fn solution_at(&self, shares: Vec<f64>, duals: &[f64]) -> LpSolution {
        let price = |(row, dual): (&LpRow, &f64)| {
            #[expect(clippy::cast_precision_loss, reason = "a power of two")]
            let scaled = ((float(row.initial_price) - dual) * ScaledPoints::PARTS as f64).round();
            #[expect(clippy::cast_possible_truncation, reason = "saturates, and any price is valid")]
            let price = if scaled.is_finite() { (scaled as i128).clamp(-DEAREST, DEAREST) } else { 0 };
            if row.equality { price } else { price.max(0) }
        };
        let prices: Vec<i128> = self.rows.iter().zip(duals).map(price).collect();
        let stock: i128 = self.rows.iter().zip(&prices).map(|(row, price)| price * i128::from(row.limit)).sum();
        let value = |(column, uses): (&LpColumn, &Vec<(u32, i64)>)| {
            let paid = uses.iter().map(|&(row, units)| prices[row as usize] * i128::from(units));
            i128::from(column.points) * ScaledPoints::PARTS - paid.sum::<i128>()
        };
        let values: Vec<i128> = self.columns.iter().zip(&self.coefficients).map(value).collect();
        let earned =
            |(column, value): (&LpColumn, &i128)| (value * i128::from(column.low)).max(value * i128::from(column.high));
        let earned: i128 = self.columns.iter().zip(&values).map(earned).sum();
        LpSolution { shares, upper_bound: ScaledPoints::from_parts(stock + earned), prices, reduced_costs: values }
    }

    /// Which columns a choice of more than so many points has no other way, beside those that are fixed.
    pub(crate) fn fixed_by_reduced_cost(
        &self,
        solved: &LpSolution,
        points: i64,
        fixed: &[BoundChange],
    ) -> Vec<BoundChange> {
        let spare = solved.upper_bound.parts_above(points);
        let mut free = vec![true; self.integer_columns];
        fixed.iter().filter(|way| way.column.at() < self.integer_columns).for_each(|way| free[way.column.at()] = false);
        let values = (0..self.integer_columns).map(|at| (ColumnIx::new(at), solved.reduced_costs[at]));
        let decided = values.filter(|&(column, value)| free[column.at()] && value.abs() > spare);
        decided.map(|(column, value)| BoundChange::fixing(column, value > 0)).collect()
    }

    /// Fixes the columns that a choice of more than so many points has no other way; returns whether there are any.
    pub(crate) fn fix_by_reduced_cost(&mut self, solved: &LpSolution, points: i64) -> bool {
        let fixed = |(at, column): (usize, &LpColumn)| {
            (column.low == column.high).then_some(BoundChange::fixing(ColumnIx::new(at), column.low > 0))
        };
        let fixed: Vec<_> = self.columns[..self.integer_columns].iter().enumerate().filter_map(fixed).collect();
        let decided = self.fixed_by_reduced_cost(solved, points, &fixed);
        decided.iter().for_each(|way| self.apply(way));
        !decided.is_empty()
    }

    /// What a column may be, as things are.
    pub(crate) fn bounds(&self, column: ColumnIx) -> (i64, i64) {
        let LpColumn { low, high, .. } = self.columns[column.at()];
        (low, high)
    }

    /// Has a column be within a range.
    pub(crate) fn set_bounds(&mut self, column: ColumnIx, (low, high): (i64, i64)) {
        let bounds = &mut self.columns[column.at()];
        if (bounds.low, bounds.high) != (low, high) {
            (bounds.low, bounds.high) = (low, high);
            if let Some(model) = &mut self.model {
                model.change_column_bounds(self.handles[column.at()], float(low)..=float(high));
            }
        }
    }

    /// Goes one way on from here.
    pub(crate) fn apply(&mut self, way: &BoundChange) {
        self.set_bounds(way.column, way.applied_to(self.bounds(way.column)));
    }

    /// Goes these ways, and no others.
    pub(crate) fn apply_only(&mut self, ways: &[BoundChange]) {
        let mut ranges: Vec<(i64, i64)> =
            self.columns[..self.branching_columns].iter().map(|column| (0, column.max)).collect();
        ways.iter().for_each(|way| ranges[way.column.at()] = way.applied_to(ranges[way.column.at()]));
        ranges.into_iter().enumerate().for_each(|(at, range)| self.set_bounds(ColumnIx::new(at), range));
    }

    /// The choices that a solution amounts to where all that must be whole is.
    pub(crate) fn chosen(&self, solved: &LpSolution) -> Vec<bool> {
        solved.shares[..self.choices].iter().map(|share| *share > 0.5).collect()
    }

    /// The columns that are not whole: decisions that many choices share, or the choices if all of these are whole.
    pub(crate) fn fractional(&self, solved: &LpSolution) -> Vec<ColumnIx> {
        let open = |column: &ColumnIx| {
            let share = solved.shares[column.at()];
            (share - share.round()).abs() >= 1e-6
        };
        let shared: Vec<ColumnIx> = (self.choices..self.branching_columns).map(ColumnIx::new).filter(open).collect();
        if shared.is_empty() { (0..self.choices).map(ColumnIx::new).filter(open).collect() } else { shared }
    }

    /// Cuts off what a solution has in parts; returns whether it did.
    pub(crate) fn separate_cuts(&mut self, solved: &LpSolution) -> Result<bool, Failure> {
        /// Rows of more units count metres or minutes, and are no use divided.
        const UNITS: i64 = 1_000;
        let uses: Vec<Vec<(u32, u32)>> = (self.coefficients[..self.choices].iter().zip(&solved.shares))
            .map(|(uses, share)| {
                let units = |&(row, units): &(u32, i64)| Some((row, u32::try_from(units).ok()?));
                if *share > 1e-6 { uses.iter().filter_map(units).collect() } else { Vec::new() }
            })
            .collect();
        let used: Vec<_> = (uses.iter().zip(&solved.shares))
            .filter(|(uses, _)| !uses.is_empty())
            .map(|(uses, share)| (uses.as_slice(), *share))
            .collect();
        let cuts = separate(&|row| Some(self.right_hand_side(row as usize)).filter(|side| *side <= UNITS), &used);
        for cut in &cuts {
            self.add_row(self.cut_row(cut))?;
        }
        Ok(!cuts.is_empty())
    }

    /// The most that the choices may use of a row: every other column gives as many units more as it may be.
    fn right_hand_side(&self, row: usize) -> i64 {
        let row = &self.rows[row];
        let others = row.terms.iter().map(|(column, _)| *column).filter(|column| column.at() >= self.choices);
        row.limit + others.map(|column| self.columns[column.at()].max).sum::<i64>()
    }

    fn add_row(&mut self, row: LpRow) -> Result<(), Failure> {
        let factors: Vec<_> =
            row.terms.iter().map(|&(column, units)| (self.handles[column.at()], float(units))).collect();
        let model = self.model.as_mut().ok_or_else(|| failed("lost its model"))?;
        model.try_add_row(..=float(row.limit), factors).map_err(|status| failed(&format!("{status:?}")))?;
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        row.terms.iter().for_each(|&(column, units)| self.coefficients[column.at()].push((at, units)));
        self.rows.push(row);
        Ok(())
    }

    fn cut_row(&self, Cut { of, divisor }: &Cut) -> LpRow {
        let divisor = i64::from(*divisor);
        let mut units = vec![0; self.choices];
        let mut most = 0;
        for &row in of {
            most += self.right_hand_side(row as usize);
            let terms = self.rows[row as usize].terms.iter().filter(|(column, _)| column.at() < self.choices);
            terms.for_each(|&(column, more)| units[column.at()] += more);
        }
        let terms = units.into_iter().enumerate().map(|(at, units)| (ColumnIx::new(at), units / divisor));
        LpRow {
            terms: terms.filter(|(_, units)| *units > 0).collect(),
            limit: most / divisor,
            equality: false,
            initial_price: 0,
        }
    }

    /// How many terms the cuts have.
    pub(crate) fn cut_terms(&self) -> usize {
        self.rows[self.original_rows..].iter().map(|row| row.terms.len()).sum()
    }

    /// Adds the cuts with a price to the program, and notes what prices a solution has for rows.
    pub(crate) fn export_cuts(&self, solved: &LpSolution, program: &mut Program) {
        let guess = |price: &i128| ScaledPoints::from_parts(*price).floor();
        let (own, cuts) = solved.prices.split_at(self.original_rows);
        program.rows.iter_mut().zip(own).for_each(|(row, price)| row.initial_price = guess(price));
        let cuts = self.rows[self.original_rows..].iter().zip(cuts).filter(|(_, price)| **price > 0);
        let cuts = cuts.map(|(row, price)| Row {
            initial_price: guess(price),
            ..Row::new(row.terms.iter().map(of_choice).collect(), row.limit)
        });
        program.rows.extend(cuts);
    }

    /// The choices that are not ruled out.
    pub(crate) fn remaining_choices(&self) -> Vec<ChoiceIx> {
        (0..self.choices).map(ChoiceIx::new).filter(|choice| self.columns[choice.at()].high > 0).collect()
    }
}

/// A term of a program's row, in the relaxation.
fn of_column(&(choice, units): &(ChoiceIx, i64)) -> (ColumnIx, i64) {
    (ColumnIx::new(choice.at()), units)
}

/// A term of a cut, which is over choices alone, in the program.
fn of_choice(&(column, units): &(ColumnIx, i64)) -> (ChoiceIx, i64) {
    (ChoiceIx::new(column.at()), units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::components::tests::{brute_force, random};

    #[test]
    fn whatever_is_asked_for_the_bound_holds_and_where_there_is_more_it_is_the_best() {
        let mut early = 0;
        for seed in 0..400 {
            let program = random(seed);
            let Some(best) = brute_force(&program) else { continue };
            let most =
                |beyond: i64| LpRelaxation::new(&program).solve(beyond).expect("HiGHS").expect("shares").upper_bound;
            let whole = most(i64::MIN);
            assert!(whole.floor() >= best, "seed {seed}");
            for beyond in [whole.floor() - 1, whole.floor(), best, best + 40, best + 400] {
                let found = most(beyond);
                if whole.exceeds(beyond) {
                    assert_eq!(found, whole, "seed {seed} beyond {beyond}");
                } else {
                    assert!(whole <= found && !found.exceeds(beyond), "seed {seed} beyond {beyond}: {found:?}");
                    early += u32::from(whole < found);
                }
            }
        }
        assert!(early > 0, "no relaxation ended early");
    }
}
