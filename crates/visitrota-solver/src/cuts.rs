//! Cuts: sums of rows, divided and rounded down. (V. Chvátal, Edmonds polytopes and a hierarchy of combinatorial problems,
//! Discrete Mathematics 4, 1973.)
//!
//! Those with halves come from [`zero_half`], those with other multipliers from [`rank_one`]; the most violated are chosen
//! so that they share few rows.

pub(crate) mod cut;
pub(crate) mod rank_one;
mod zero_half;

use std::collections::BTreeMap;

use crate::cuts::cut::{Cut, Shares};

/// Cuts that shares of trips violate; `sides` has the right-hand sides of the rows that they may be made from.
pub(crate) fn separate(sides: &dyn Fn(u32) -> Option<i64>, shares: Shares<'_>) -> Vec<Cut> {
    /// The most cuts, and of how many each row may be part before it is used enough: cuts that share few rows say more
    /// than many alike.
    const MOST: usize = 100;
    const OFTEN: usize = 4;
    let found: BTreeMap<Cut, f64> =
        zero_half::separate(sides, shares).into_iter().chain(rank_one::separate(sides, shares)).collect();
    let mut found: Vec<(Cut, f64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| (a.0.of.len(), &a.0).cmp(&(b.0.of.len(), &b.0))));
    let mut chosen: Vec<Cut> = Vec::new();
    let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
    for (cut, _) in found {
        let mut rows = cut.of.clone();
        rows.dedup();
        let enough = |row: &&u32| taken.get(row).is_some_and(|times| *times >= OFTEN);
        if chosen.len() < MOST && rows.iter().filter(enough).count() * 2 <= rows.len() {
            rows.iter().for_each(|&row| *taken.entry(row).or_default() += 1);
            chosen.push(cut);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_generation::linking_rows::{Coefficients, LinkingRows};

    /// Three requests of one visit each, and a trip of half a share for each two of them: at most one trip is made.
    #[test]
    fn an_odd_cycle_is_cut_off() {
        let mut rows = LinkingRows::plain(3);
        let uses: Vec<Coefficients> = [[0, 1], [1, 2], [0, 2]].map(|rows| rows.map(|row| (row, 1)).into()).to_vec();
        let sides = |_: u32| Some(1);
        let shares: Vec<_> = uses.iter().map(|uses| (uses.as_ref(), 0.5)).collect();
        let halves = separate(&sides, &shares);
        assert_eq!(halves, [Cut { of: vec![0, 1, 2], divisor: 2 }]);
        let cut = rows.add_cut(&halves[0]);
        assert_eq!(rows.rows[cut as usize].limit, 1);
        assert!(uses.iter().all(|uses| rows.cut_coefficients(uses, cut) == [(cut, 1)]));
        let whole: Vec<_> = uses.iter().take(1).map(|uses| (uses.as_ref(), 1.0)).collect();
        assert_eq!(separate(&sides, &whole), []);
    }
}
