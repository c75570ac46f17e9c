//! Prices of the rows that link drivers, and what trips and rows are worth at them.

use crate::column_generation::linking_rows::{Coefficients, LinkingRow, LinkingRows};

/// Prices of the rows that link drivers, in 1/[`Prices::SCALE`] points; 0 for the others.
///
/// Prices are whole numbers, so that a bound worked out with them is exact, however the prices were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prices(pub(crate) Vec<i64>);

impl Prices {
    /// Prices are counted in this part of a point.
    pub(crate) const SCALE: i64 = 1 << 10;

    /// Whole prices near these, none negative.
    pub(crate) fn rounded(rows: &LinkingRows, duals: &[f64]) -> Self {
        let price = |(stock, dual): (&LinkingRow, &f64)| {
            #[expect(clippy::cast_precision_loss, reason = "a small constant")]
            let scaled = (dual * Self::SCALE as f64).round();
            #[expect(clippy::cast_possible_truncation, reason = "saturates, and any price is valid")]
            let price = if stock.one_driver || !scaled.is_finite() { 0 } else { scaled as i64 };
            price.max(0)
        };
        Self(rows.rows.iter().zip(duals).map(price).collect())
    }

    /// What a trip earns at these prices, scaled.
    pub(crate) fn reduced_cost(&self, points: i64, uses: &Coefficients) -> i64 {
        points * Self::SCALE - uses.iter().map(|&(row, units)| self.0[row as usize] * i64::from(units)).sum::<i64>()
    }

    /// Units of each row, as negative numbers, that it is best to sell at these prices.
    pub(crate) fn units_sold(&self, rows: &LinkingRows) -> Vec<f64> {
        let sold = |(stock, &price): (&LinkingRow, &i64)| {
            if stock.step_cost == 0 {
                return stock.limit;
            }
            let further = (1..stock.limit).take_while(|n| price > n * stock.step_cost * Self::SCALE);
            stock.limit.min(1) + i64::try_from(further.count()).unwrap_or(0)
        };
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        rows.rows.iter().zip(&self.0).map(|row| -(sold(row) as f64)).collect()
    }

    /// What the rows themselves are worth at these prices, scaled: for each the most that selling its units earns.
    pub(crate) fn rows_value(&self, rows: &LinkingRows) -> i64 {
        let worth = |(stock, &price): (&LinkingRow, &i64)| {
            if stock.step_cost == 0 {
                return price * stock.limit;
            }
            // The nth unit costs (n − 1) steps: the first is free, further ones are sold while they pay.
            let further = 1..stock.limit;
            price * stock.limit.min(1)
                + further.map(|n| price - n * stock.step_cost * Self::SCALE).take_while(|gain| *gain > 0).sum::<i64>()
        };
        rows.rows.iter().zip(&self.0).map(worth).sum()
    }
}
