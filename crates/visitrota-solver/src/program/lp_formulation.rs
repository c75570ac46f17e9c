//! The linear relaxation of a [`Program`] as columns and rows, and the safe dual bound that prices of its rows prove.

use crate::cuts::cut::Cut;
use crate::instance::index::{ChoiceIx, ColumnIx};
use crate::lp::float;
use crate::program::Program;
use crate::program::scaled_points::ScaledPoints;

/// The highest price, in parts of a point: far above any that is worth having, and low enough that sums of prices times
/// units stay within `i128`.
const MAX_PRICE: i128 = 1 << 70;

/// A column of the relaxation, from 0 to `max`.
#[derive(Clone, Copy, Debug)]
pub(super) struct LpColumn {
    pub(super) points: i64,
    /// The bounds at present.
    pub(super) low: i64,
    pub(super) high: i64,
    /// The upper bound at the root.
    pub(super) max: i64,
}

impl LpColumn {
    fn new(points: i64, max: i64) -> Self {
        Self { points, low: 0, high: max, max }
    }
}

/// A row of the relaxation: the terms sum to at most the limit, or exactly to it.
#[derive(Clone, Debug)]
pub(super) struct LpRow {
    pub(super) terms: Vec<(ColumnIx, i64)>,
    pub(super) limit: i64,
    pub(super) equality: bool,
    /// Whether no choice gives units back, so that cuts may be made from the row.
    pub(super) is_packing: bool,
    /// The price that the linear program begins at, in points; its duals are the differences of prices from these. It
    /// is a whole number, so that every objective coefficient is one too: HiGHS solves others less reliably.
    pub(super) initial_price: i64,
}

/// The columns and rows of a relaxation. The columns are, in this order: the program's choices; whether each row of one
/// unit is used; branching sums; steps of load.
pub(super) struct LpFormulation {
    pub(super) columns: Vec<LpColumn>,
    /// How many columns come before the branching sums: choices, and whether rows are used. All are 0 or 1.
    pub(super) integer_columns: usize,
    /// How many columns may be branched on: those and the branching sums.
    pub(super) branching_columns: usize,
    pub(super) rows: Vec<LpRow>,
    /// For each column, the rows that it uses, and the units of each.
    pub(super) coefficients: Vec<Vec<(u32, i64)>>,
    pub(super) choices: usize,
    /// How many rows come before the cuts.
    pub(super) original_rows: usize,
}

impl LpFormulation {
    pub(super) fn new(program: &Program) -> Self {
        let mut columns: Vec<LpColumn> = program.points.iter().map(|&points| LpColumn::new(points, 1)).collect();
        let mut rows = Vec::with_capacity(program.rows.len());
        for row in &program.rows {
            let mut terms: Vec<(ColumnIx, i64)> = row.terms.iter().map(of_column).collect();
            // Whether a family visits at all, or a driver drives, is whole however many trips share the decision.
            let decides = !row.is_equality()
                && row.step_cost == 0
                && row.limit == 1
                && row.terms.iter().all(|(_, units)| *units == 1);
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
            let equality = decides || row.is_equality();
            let is_packing = row.terms.iter().all(|(_, units)| *units >= 0);
            rows.push(LpRow { terms, limit, equality, is_packing, initial_price: row.initial_price });
        }
        let integer_columns = columns.len();
        // A sum of one choice is decided with the choice.
        for sum in program.branching_sums.iter().filter(|sum| sum.len() > 1) {
            let max = sum.iter().map(|(_, units)| units).sum();
            let terms = sum.iter().map(of_column).chain([(ColumnIx::new(columns.len()), -1)]).collect();
            columns.push(LpColumn::new(0, max));
            rows.push(LpRow { terms, limit: 0, equality: true, is_packing: true, initial_price: 0 });
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

    /// The most that the choices may use of a row: the limit, and what the other columns, whose coefficients are −1,
    /// can add to it. None of a row from which no cut can be made.
    pub(super) fn right_hand_side(&self, row: usize) -> Option<i64> {
        let row = Some(&self.rows[row]).filter(|row| row.is_packing)?;
        let others = row.terms.iter().map(|(column, _)| *column).filter(|column| column.at() >= self.choices);
        Some(row.limit + others.map(|column| self.columns[column.at()].max).sum::<i64>())
    }

    /// The row of a cut, over the choices alone.
    pub(super) fn cut_row(&self, Cut { rows: of, divisor }: &Cut) -> LpRow {
        let divisor = i64::from(*divisor);
        let mut sums = vec![0; self.choices];
        let mut right_hand_side = 0;
        for &row in of {
            right_hand_side += self.right_hand_side(row as usize).unwrap_or(0);
            let terms = self.rows[row as usize].terms.iter().filter(|(column, _)| column.at() < self.choices);
            terms.for_each(|&(column, units)| sums[column.at()] += units);
        }
        let terms = sums.into_iter().enumerate().map(|(at, sum)| (ColumnIx::new(at), sum / divisor));
        LpRow {
            terms: terms.filter(|(_, units)| *units > 0).collect(),
            limit: right_hand_side / divisor,
            equality: false,
            is_packing: true,
            initial_price: 0,
        }
    }

    /// Adds the row of a cut.
    pub(super) fn add_row(&mut self, row: LpRow) {
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        row.terms.iter().for_each(|&(column, units)| self.coefficients[column.at()].push((at, units)));
        self.rows.push(row);
    }

    /// How many terms the cuts have.
    pub(super) fn cut_terms(&self) -> usize {
        self.rows[self.original_rows..].iter().map(|row| row.terms.len()).sum()
    }

    /// The solution at these shares, with the bound that prices near these duals prove.
    pub(super) fn solution_at(&self, shares: Vec<f64>, duals: &[f64]) -> LpSolution {
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

/// A solution of the relaxation, and the bound that its prices prove.
#[derive(Debug)]
pub(crate) struct LpSolution {
    /// The share of each column.
    pub(crate) shares: Vec<f64>,
    /// Points that no choice exceeds within the bounds of the columns.
    pub(crate) upper_bound: ScaledPoints,
    /// The price of each row, in parts of a point.
    pub(super) prices: Vec<i128>,
    /// What each column earns at the prices, in parts of a point.
    pub(super) reduced_costs: Vec<i128>,
}

/// A term of a row of the program, as one of the relaxation.
fn of_column(&(choice, units): &(ChoiceIx, i64)) -> (ColumnIx, i64) {
    (ColumnIx::new(choice.at()), units)
}
