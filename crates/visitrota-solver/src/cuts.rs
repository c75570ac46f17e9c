//! Chvátal–Gomory cuts: sums of rows, divided and rounded down. (V. Chvátal, Edmonds polytopes and a hierarchy of
//! combinatorial problems, Discrete Mathematics 4, 1973.)
//!
//! A cut made from rows of the problem has rank one; branch and cut also makes cuts from earlier cuts. [`zero_half`]
//! separates cuts of divisor 2 over any number of rows, [`rank_one`] those of a list of multipliers over a few rows of
//! one unit. Of all violated cuts the most violated are chosen that share few rows.

pub(crate) mod cut;
pub(crate) mod rank_one;
mod zero_half;

use std::collections::BTreeMap;

use crate::cuts::cut::{Cut, Shares};

/// Cuts that shares of trips violate. `right_hand_side` gives the right-hand sides of the rows that cuts may be made
/// from.
pub(crate) fn separate(right_hand_side: &dyn Fn(u32) -> Option<i64>, shares: Shares<'_>) -> Vec<Cut> {
    /// The most cuts of one round: enough to move the bound, few enough that the linear program stays small.
    const MAX_CUTS: usize = 100;
    /// In how many of them a row may be before it is used enough: cuts that share few rows say more than many alike.
    const MAX_CUTS_OF_ROW: usize = 4;
    let violations: BTreeMap<Cut, f64> = zero_half::separate(right_hand_side, shares)
        .into_iter()
        .chain(rank_one::separate(right_hand_side, shares))
        .collect();
    let mut violated: Vec<(Cut, f64)> = violations.into_iter().collect();
    violated.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| (a.0.rows.len(), &a.0).cmp(&(b.0.rows.len(), &b.0))));
    let mut chosen: Vec<Cut> = Vec::new();
    let mut cuts_of_row: BTreeMap<u32, usize> = BTreeMap::new();
    for (cut, _) in violated {
        let mut rows = cut.rows.clone();
        rows.dedup();
        let is_used_enough = |row: &&u32| cuts_of_row.get(row).is_some_and(|cuts| *cuts >= MAX_CUTS_OF_ROW);
        if chosen.len() < MAX_CUTS && rows.iter().filter(is_used_enough).count() * 2 <= rows.len() {
            rows.iter().for_each(|&row| *cuts_of_row.entry(row).or_default() += 1);
            chosen.push(cut);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_generation::linking_rows::{Coefficients, LinkingRows};

    /// Three rides of one visit each, and a trip of half a share for each two of them: at most one trip is made.
    #[test]
    fn an_odd_cycle_is_cut_off() {
        let mut rows = LinkingRows::plain(3);
        let uses: Vec<Coefficients> = [[0, 1], [1, 2], [0, 2]].map(|rows| rows.map(|row| (row, 1)).into()).to_vec();
        let right_hand_side = |_: u32| Some(1);
        let shares: Vec<_> = uses.iter().map(|uses| (uses.as_ref(), 0.5)).collect();
        let cuts = separate(&right_hand_side, &shares);
        assert_eq!(cuts, [Cut { rows: vec![0, 1, 2], divisor: 2 }]);
        let cut = rows.add_cut(&cuts[0]);
        assert_eq!(rows.rows[cut as usize].limit, 1);
        assert!(uses.iter().all(|uses| rows.cut_coefficients(uses, cut) == [(cut, 1)]));
        let whole: Vec<_> = uses.iter().take(1).map(|uses| (uses.as_ref(), 1.0)).collect();
        assert_eq!(separate(&right_hand_side, &whole), []);
    }
}
