//! Zero-half cuts: sums of rows, halved and rounded down.
//!
//! Found by elimination modulo 2 over the rows that the relaxation uses up: rows are added to each other so as to leave
//! few trips of large share with an odd coefficient; what then has an odd right-hand side and little slack is cut off.
//! (A. Caprara and M. Fischetti, {0, ½}-Chvátal–Gomory cuts, Mathematical Programming 74, 1996; the elimination follows
//! A. M. C. A. Koster, A. Zymolka and M. Kutschka, Algorithms to separate {0, ½}-Chvátal–Gomory cuts, Algorithmica 55,
//! 2009.)

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::rows::{Rows, Uses};

/// A sum of rows in the course of elimination.
#[derive(Clone, Debug)]
struct Sum {
    of: BTreeSet<u32>,
    /// The trips of odd coefficient.
    odd: BTreeSet<usize>,
    slack: f64,
    /// Whether the right-hand side is odd.
    odd_side: bool,
}

/// The rows to make cuts from, the most violated first; `shares` has the trips that the relaxation uses, with the rows
/// that each uses and its share.
pub(crate) fn separate(rows: &Rows, shares: &[(&Uses, f64)], most: usize) -> Vec<Vec<u32>> {
    /// Less violation is not worth a cut.
    const LEAST: f64 = 0.02;
    let mut used: BTreeMap<u32, (f64, BTreeSet<usize>)> = BTreeMap::new();
    for (trip, (uses, share)) in shares.iter().enumerate() {
        for &(row, units) in uses.iter().filter(|(row, _)| rows.is_base(*row)) {
            let (sum, odd) = used.entry(row).or_default();
            *sum += f64::from(units) * share;
            if units % 2 == 1 {
                odd.insert(trip);
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let mut sums: Vec<Sum> = used
        .into_iter()
        .map(|(row, (sum, odd))| {
            let most = rows.stocks[row as usize].most;
            Sum { of: BTreeSet::from([row]), odd, slack: (most as f64 - sum).max(0.0), odd_side: most % 2 == 1 }
        })
        .filter(|sum| sum.slack < 1.0 - LEAST)
        .collect();
    let mut columns: Vec<usize> = (0..shares.len()).collect();
    columns.sort_by(|&a, &b| shares[b].1.total_cmp(&shares[a].1).then(a.cmp(&b)));
    let mut found: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for column in columns {
        for sum in &sums {
            let violation = 1.0 - sum.slack - sum.odd.iter().map(|&trip| shares[trip].1).sum::<f64>();
            if sum.odd_side && sum.of.len() > 1 && violation > LEAST {
                found.insert(sum.of.iter().copied().collect(), violation);
            }
        }
        let holding = (0..sums.len()).filter(|&at| sums[at].odd.contains(&column));
        let Some(pivot) = holding.min_by(|&a, &b| sums[a].slack.total_cmp(&sums[b].slack).then(a.cmp(&b))) else {
            continue;
        };
        let pivot = sums.swap_remove(pivot);
        for sum in sums.iter_mut().filter(|sum| sum.odd.contains(&column)) {
            sum.of = sum.of.symmetric_difference(&pivot.of).copied().collect();
            sum.odd = sum.odd.symmetric_difference(&pivot.odd).copied().collect();
            sum.slack += pivot.slack;
            sum.odd_side ^= pivot.odd_side;
        }
        sums.retain(|sum| sum.slack < 1.0 - LEAST);
    }
    let mut found: Vec<(Vec<u32>, f64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0))));
    // Cuts that share few rows say more than many alike.
    let mut chosen: Vec<Vec<u32>> = Vec::new();
    let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
    for (of, _) in found {
        if chosen.len() < most
            && of.iter().filter(|row| taken.get(row).is_some_and(|times| *times > 1)).count() * 2 <= of.len()
        {
            of.iter().for_each(|&row| *taken.entry(row).or_default() += 1);
            chosen.push(of);
        }
    }
    chosen.sort_by_key(|of| Reverse(of.len()));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three requests of one visit each, and a trip of half a share for each two of them: at most one trip is made.
    #[test]
    fn an_odd_cycle_is_cut_off() {
        let mut rows = Rows::plain(3);
        let uses: Vec<Uses> = [[0, 1], [1, 2], [0, 2]].map(|rows| rows.map(|row| (row, 1)).into()).to_vec();
        let shares: Vec<_> = uses.iter().map(|uses| (uses, 0.5)).collect();
        assert_eq!(separate(&rows, &shares, 10), [vec![0, 1, 2]]);
        let cut = rows.cut(&[0, 1, 2]);
        assert_eq!(rows.stocks[cut as usize].most, 1);
        assert!(uses.iter().all(|uses| Rows::units_of_cut(&BTreeSet::from([0, 1, 2]), uses) == 1));
        let whole: Vec<_> = uses.iter().take(1).map(|uses| (uses, 1.0)).collect();
        assert_eq!(separate(&rows, &whole, 10), Vec::<Vec<u32>>::new());
    }
}
