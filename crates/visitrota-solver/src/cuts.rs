//! Zero-half cuts: sums of rows, halved and rounded down.
//!
//! Found by elimination modulo 2 over the rows that the relaxation uses up: rows are added to each other so as to leave
//! few trips of large share with an odd coefficient; what then has an odd right-hand side and little slack is cut off.
//! (A. Caprara and M. Fischetti, {0, ½}-Chvátal–Gomory cuts, Mathematical Programming 74, 1996; the elimination follows
//! A. M. C. A. Koster, A. Zymolka and M. Kutschka, Algorithms to separate {0, ½}-Chvátal–Gomory cuts, Algorithmica 55,
//! 2009.)

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A sum of rows in the course of elimination.
#[derive(Clone, Debug)]
struct Sum {
    /// Which rows, by their positions among the rows used.
    of: Bits,
    /// The trips of odd coefficient.
    odd: Bits,
    slack: f64,
    /// Whether the right-hand side is odd.
    odd_side: bool,
}

impl Sum {
    /// By how much half of the sum, rounded down, cuts off these shares.
    fn violation(&self, shares: &[(&[(u32, u32)], f64)]) -> f64 {
        1.0 - self.slack - self.odd.ones().map(|trip| shares[trip].1).sum::<f64>()
    }
}

/// A set of small numbers.
#[derive(Clone, Debug)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(numbers: usize) -> Self {
        Self(vec![0; numbers.div_ceil(64)])
    }

    fn insert(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn contains(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    /// Keeps what either this or the other holds, but not both.
    fn toggle(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, other)| *mine ^= other);
    }

    fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            std::iter::successors(Some(word), |left| Some(left & left.wrapping_sub(1)))
                .take_while(|left| *left != 0)
                .map(move |left| at * 64 + left.trailing_zeros() as usize)
        })
    }
}

/// The rows to make cuts from, the most violated first; `sides` has the right-hand sides of the rows that may be used,
/// and `shares` the trips that the relaxation uses, with the rows that each uses and its share.
pub(crate) fn separate(
    sides: &dyn Fn(u32) -> Option<i64>,
    shares: &[(&[(u32, u32)], f64)],
    most: usize,
) -> Vec<Vec<u32>> {
    /// Less violation is not worth a cut.
    const LEAST: f64 = 0.02;
    let mut used: BTreeMap<u32, (f64, Vec<usize>)> = BTreeMap::new();
    for (trip, (uses, share)) in shares.iter().enumerate() {
        for &(row, units) in *uses {
            let (sum, odd) = used.entry(row).or_default();
            *sum += f64::from(units) * share;
            if units % 2 == 1 {
                odd.push(trip);
            }
        }
    }
    let rows: Vec<u32> = used.keys().copied().collect();
    let mut sums: Vec<Sum> = Vec::new();
    for (at, (row, (sum, of_odd))) in used.into_iter().enumerate() {
        let Some(side) = sides(row) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let slack = (side as f64 - sum).max(0.0);
        if slack < 1.0 - LEAST {
            let (mut of, mut odd) = (Bits::new(rows.len()), Bits::new(shares.len()));
            of.insert(at);
            of_odd.into_iter().for_each(|trip| odd.insert(trip));
            sums.push(Sum { of, odd, slack, odd_side: side % 2 == 1 });
        }
    }
    let mut columns: Vec<usize> = (0..shares.len()).collect();
    columns.sort_by(|&a, &b| shares[b].1.total_cmp(&shares[a].1).then(a.cmp(&b)));
    let mut found: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for column in columns {
        let holding = (0..sums.len()).filter(|&at| sums[at].odd.contains(column));
        let Some(pivot) = holding.min_by(|&a, &b| sums[a].slack.total_cmp(&sums[b].slack).then(a.cmp(&b))) else {
            continue;
        };
        let pivot = sums.swap_remove(pivot);
        sums.retain_mut(|sum| {
            if sum.odd.contains(column) {
                sum.of.toggle(&pivot.of);
                sum.odd.toggle(&pivot.odd);
                sum.slack += pivot.slack;
                sum.odd_side ^= pivot.odd_side;
                let violation = if sum.odd_side { sum.violation(shares) } else { 0.0 };
                if violation > LEAST {
                    found.insert(sum.of.ones().map(|at| rows[at]).collect(), violation);
                }
            }
            sum.slack < 1.0 - LEAST
        });
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
    use crate::rows::{Rows, Uses};

    /// Three requests of one visit each, and a trip of half a share for each two of them: at most one trip is made.
    #[test]
    fn an_odd_cycle_is_cut_off() {
        let mut rows = Rows::plain(3);
        let uses: Vec<Uses> = [[0, 1], [1, 2], [0, 2]].map(|rows| rows.map(|row| (row, 1)).into()).to_vec();
        let sides = |_: u32| Some(1);
        let shares: Vec<_> = uses.iter().map(|uses| (uses.as_ref(), 0.5)).collect();
        assert_eq!(separate(&sides, &shares, 10), [vec![0, 1, 2]]);
        let cut = rows.cut(&[0, 1, 2]);
        assert_eq!(rows.stocks[cut as usize].most, 1);
        assert!(uses.iter().all(|uses| rows.of_cuts(uses, cut) == [(cut, 1)]));
        let whole: Vec<_> = uses.iter().take(1).map(|uses| (uses.as_ref(), 1.0)).collect();
        assert_eq!(separate(&sides, &whole, 10), Vec::<Vec<u32>>::new());
    }
}
