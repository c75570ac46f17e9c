//! Dual prices of the linking rows, and the reduced costs of trips.
//!
//! In Dantzig and Wolfe's decomposition the dual prices of the rows that link the subproblems steer each of them (G. B.
//! Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960). The *reduced cost*
//! of a trip is its points less the prices of the units that it uses. The program maximises, so a reduced cost has the
//! sign of a maximisation everywhere in this crate: a positive one says that the trip can improve the relaxation.

use crate::column_generation::linking_rows::{Coefficients, LinkingRow, LinkingRows};

/// Dual prices of the linking rows, in 1/[`Prices::SCALE`] points; 0 for rows that only one driver uses.
///
/// Prices are whole numbers. A bound worked out with them is therefore exact, however the prices were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prices(pub(crate) Vec<i64>);

impl Prices {
    /// How many units of price make one point: enough that rounding costs a bound next to nothing, few enough that sums
    /// of prices stay far below 2^63.
    pub(crate) const SCALE: i64 = 1 << 10;

    /// The whole prices nearest to these duals, none negative but those of links.
    pub(crate) fn rounded(rows: &LinkingRows, duals: &[f64]) -> Self {
        let price = |(row, dual): (&LinkingRow, &f64)| {
            #[expect(clippy::cast_precision_loss, reason = "a small constant")]
            let scaled = (dual * Self::SCALE as f64).round();
            #[expect(clippy::cast_possible_truncation, reason = "saturates, and any price is valid")]
            let price = if row.one_driver || !scaled.is_finite() { 0 } else { scaled as i64 };
            if row.is_link { price } else { price.max(0) }
        };
        Self(rows.rows.iter().zip(duals).map(price).collect())
    }

    /// The reduced cost (scaled) of a trip with these points and coefficients.
    pub(crate) fn reduced_cost(&self, points: i64, coefficients: &Coefficients) -> i64 {
        let price_of_units = |&(row, units): &(u32, i32)| self.0[row as usize] * i64::from(units);
        points * Self::SCALE - coefficients.iter().map(price_of_units).sum::<i64>()
    }

    /// How many units of each row it is best to sell at these prices, as negative numbers: the constant part of a
    /// subgradient.
    pub(crate) fn units_sold(&self, rows: &LinkingRows) -> Vec<f64> {
        let sold = |(row, &price): (&LinkingRow, &i64)| {
            if row.step_cost == 0 {
                return row.limit;
            }
            let further = (1..row.limit).take_while(|n| price > n * row.step_cost * Self::SCALE);
            row.limit.min(1) + i64::try_from(further.count()).unwrap_or(0)
        };
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        rows.rows.iter().zip(&self.0).map(|row_and_price| -(sold(row_and_price) as f64)).collect()
    }

    /// What the rows themselves add to the Lagrangian bound (scaled): for each row the most that selling its units
    /// earns.
    pub(crate) fn rows_value(&self, rows: &LinkingRows) -> i64 {
        let value = |(row, &price): (&LinkingRow, &i64)| {
            if row.step_cost == 0 {
                return price * row.limit;
            }
            // The nth unit costs (n − 1) steps: the first is free, further ones are sold while they pay.
            let further = 1..row.limit;
            price * row.limit.min(1)
                + further.map(|n| price - n * row.step_cost * Self::SCALE).take_while(|gain| *gain > 0).sum::<i64>()
        };
        rows.rows.iter().zip(&self.0).map(value).sum()
    }
}
