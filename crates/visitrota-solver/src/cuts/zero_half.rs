//! Halves of sums of rows, rounded down.
//!
//! They are found by elimination modulo 2 over the rows that the relaxation uses up: rows are added to each other so as
//! to leave few trips of large share with an odd coefficient; what then has an odd right-hand side and little slack is
//! cut off. (A. Caprara and M. Fischetti, {0, ½}-Chvátal–Gomory cuts, Mathematical Programming 74, 1996; the elimination
//! follows A. M. C. A. Koster, A. Zymolka and M. Kutschka, Algorithms to separate {0, ½}-Chvátal–Gomory cuts,
//! Algorithmica 55, 2009.)

use std::collections::BTreeMap;

use crate::bits::Bits;
use crate::cuts::cut::{Cut, LEAST, Shares};

/// A sum of rows in the course of elimination.
#[derive(Clone, Debug)]
struct RowSum {
    /// Which rows, by their positions among the rows used.
    of: Bits,
    /// The trips of odd coefficient.
    odd: Bits,
    slack: f64,
    /// Whether the right-hand side is odd.
    odd_side: bool,
}

impl RowSum {
    /// By how much half of the sum, rounded down, cuts off these shares.
    fn violation(&self, shares: Shares<'_>) -> f64 {
        (1.0 - self.slack - self.odd.iter().map(|trip| shares[trip].1).sum::<f64>()) / 2.0
    }
}

/// Cuts that are halves of sums, and by how much each is violated.
pub(super) fn separate(sides: &dyn Fn(u32) -> Option<i64>, shares: Shares<'_>) -> Vec<(Cut, f64)> {
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
    let mut sums: Vec<RowSum> = Vec::new();
    for (at, (row, (sum, of_odd))) in used.into_iter().enumerate() {
        let Some(side) = sides(row) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let slack = (side as f64 - sum).max(0.0);
        if slack < 1.0 - 2.0 * LEAST {
            let (mut of, mut odd) = (Bits::none(rows.len()), Bits::none(shares.len()));
            of.set(at);
            of_odd.into_iter().for_each(|trip| odd.set(trip));
            sums.push(RowSum { of, odd, slack, odd_side: side % 2 == 1 });
        }
    }
    let mut columns: Vec<usize> = (0..shares.len()).collect();
    columns.sort_by(|&a, &b| shares[b].1.total_cmp(&shares[a].1).then(a.cmp(&b)));
    let mut found: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for column in columns {
        let holding = (0..sums.len()).filter(|&at| sums[at].odd.has(column));
        let Some(pivot) = holding.min_by(|&a, &b| sums[a].slack.total_cmp(&sums[b].slack).then(a.cmp(&b))) else {
            continue;
        };
        let pivot = sums.swap_remove(pivot);
        sums.retain_mut(|sum| {
            if sum.odd.has(column) {
                sum.of.toggle(&pivot.of);
                sum.odd.toggle(&pivot.odd);
                sum.slack += pivot.slack;
                sum.odd_side ^= pivot.odd_side;
                let violation = if sum.odd_side { sum.violation(shares) } else { 0.0 };
                if violation > LEAST {
                    found.insert(sum.of.iter().map(|at| rows[at]).collect(), violation);
                }
            }
            sum.slack < 1.0 - 2.0 * LEAST
        });
    }
    found.into_iter().map(|(of, violation)| (Cut { of, divisor: 2 }, violation)).collect()
}
