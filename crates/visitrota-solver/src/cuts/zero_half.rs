//! Zero-half cuts: halves of sums of rows, rounded down.
//!
//! Separation is by elimination modulo 2 over the rows that the relaxation uses up. Rows are added to each other so
//! that few trips of large share keep an odd coefficient. A sum with an odd right-hand side and little slack is then
//! violated. (A. Caprara and M. Fischetti, {0, ½}-Chvátal–Gomory cuts, Mathematical Programming 74, 1996; the
//! elimination follows A. M. C. A. Koster, A. Zymolka and M. Kutschka, Algorithms to separate {0, ½}-Chvátal–Gomory
//! cuts, Algorithmica 55, 2009.)

use std::collections::BTreeMap;

use crate::bits::Bits;
use crate::cuts::cut::{Cut, MIN_VIOLATION, Shares};

/// A sum of rows in the course of elimination.
#[derive(Clone, Debug)]
struct RowSum {
    /// The rows added, modulo 2; by their positions among the rows used.
    rows: Bits,
    /// The trips of odd coefficient.
    odd_trips: Bits,
    slack: f64,
    odd_right_hand_side: bool,
}

impl RowSum {
    /// By how much the shares violate half of the sum, rounded down.
    fn violation(&self, shares: Shares<'_>) -> f64 {
        (1.0 - self.slack - self.odd_trips.iter().map(|trip| shares[trip].1).sum::<f64>()) / 2.0
    }
}

/// Zero-half cuts that shares violate, and their violations.
pub(super) fn separate(right_hand_side: &dyn Fn(u32) -> Option<i64>, shares: Shares<'_>) -> Vec<(Cut, f64)> {
    /// No sum of more slack is violated by as much as is worth a cut.
    const MAX_SLACK: f64 = 1.0 - 2.0 * MIN_VIOLATION;
    let mut used_rows: BTreeMap<u32, (f64, Vec<usize>)> = BTreeMap::new();
    for (trip, (uses, share)) in shares.iter().enumerate() {
        for &(row, units) in *uses {
            let (units_used, odd_trips) = used_rows.entry(row).or_default();
            *units_used += f64::from(units) * share;
            if units.rem_euclid(2) == 1 {
                odd_trips.push(trip);
            }
        }
    }
    let row_ids: Vec<u32> = used_rows.keys().copied().collect();
    let mut sums: Vec<RowSum> = Vec::new();
    for (position, (row, (units_used, odd))) in used_rows.into_iter().enumerate() {
        let Some(side) = right_hand_side(row) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let slack = (side as f64 - units_used).max(0.0);
        if slack < MAX_SLACK {
            let (mut rows, mut odd_trips) = (Bits::none(row_ids.len()), Bits::none(shares.len()));
            rows.set(position);
            odd.into_iter().for_each(|trip| odd_trips.set(trip));
            sums.push(RowSum { rows, odd_trips, slack, odd_right_hand_side: side % 2 == 1 });
        }
    }
    let mut by_share: Vec<usize> = (0..shares.len()).collect();
    by_share.sort_by(|&a, &b| shares[b].1.total_cmp(&shares[a].1).then(a.cmp(&b)));
    let mut violated: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for trip in by_share {
        let odd_sums = (0..sums.len()).filter(|&at| sums[at].odd_trips.has(trip));
        let Some(pivot) = odd_sums.min_by(|&a, &b| sums[a].slack.total_cmp(&sums[b].slack).then(a.cmp(&b))) else {
            continue;
        };
        let pivot = sums.swap_remove(pivot);
        sums.retain_mut(|sum| {
            if sum.odd_trips.has(trip) {
                sum.rows.toggle(&pivot.rows);
                sum.odd_trips.toggle(&pivot.odd_trips);
                sum.slack += pivot.slack;
                sum.odd_right_hand_side ^= pivot.odd_right_hand_side;
                let violation = if sum.odd_right_hand_side { sum.violation(shares) } else { 0.0 };
                if violation > MIN_VIOLATION {
                    violated.insert(sum.rows.iter().map(|position| row_ids[position]).collect(), violation);
                }
            }
            sum.slack < MAX_SLACK
        });
    }
    violated.into_iter().map(|(of, violation)| (Cut { rows: of, divisor: 2 }, violation)).collect()
}
