//! Rank-one cuts: sums of a few rows, each times a multiplier of its own, rounded down.
//!
//! A row allows one unit of something; that three of five such rows are used by one trip rules out two trips that each
//! use three. Trips of many requests meet in many rows, and what the relaxation has of them in thirds or quarters is not
//! cut off by halves.
//!
//! Found by local search: rows are put to the multipliers one by one, and exchanged while that helps. (D. Pecin,
//! A. Pessoa, M. Poggi, E. Uchoa and H. Santos, Limited memory rank-1 cuts for vehicle routing problems, Operations
//! Research Letters 45, 2017, have the multipliers for up to five rows.)

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::cuts::cut::{Cut, LEAST, Shares};

/// Multipliers: numerators, one for each row, and the divisor.
type Form = (&'static [u32], u32);

/// Halves are among them: elimination finds long sums, and misses short ones.
const FORMS: [Form; 12] = [
    (&[1, 1, 1], 2),
    (&[2, 1, 1, 1], 3),
    (&[1, 1, 1, 1, 1], 2),
    (&[1, 1, 1, 1, 1], 3),
    (&[2, 2, 1, 1, 1], 3),
    (&[2, 2, 1, 1, 1], 4),
    (&[3, 1, 1, 1, 1], 4),
    (&[3, 3, 2, 2, 1], 4),
    (&[3, 2, 2, 1, 1], 5),
    (&[1, 1, 1, 1, 1, 1, 1], 2),
    (&[1, 1, 1, 1, 1, 1, 1], 4),
    (&[1, 1, 1, 1, 1, 1, 1, 1], 3),
];

/// Cuts made from a few of the rows that allow one unit, and by how much each is violated.
pub(crate) fn separate(sides: &dyn Fn(u32) -> Option<i64>, shares: Shares<'_>) -> Vec<(Cut, f64)> {
    let mut users: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (trip, (uses, _)) in shares.iter().enumerate().filter(|(_, (_, share))| *share < 1.0 - 1e-6) {
        uses.iter().for_each(|&(row, _)| users.entry(row).or_default().push(trip));
    }
    users.retain(|&row, _| sides(row) == Some(1));
    let (rows, users): (Vec<u32>, Vec<Vec<usize>>) = users.into_iter().unzip();
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); shares.len()];
    for (row, users) in users.iter().enumerate() {
        users.iter().for_each(|&trip| rows_of[trip].push(row));
    }
    let near = |row: usize| -> BTreeSet<usize> {
        users[row].iter().flat_map(|&trip| &rows_of[trip]).copied().filter(|&other| other != row).collect()
    };
    let near: Vec<Vec<usize>> = (0..rows.len()).map(|row| near(row).into_iter().collect()).collect();
    let starts: Vec<(Form, usize)> =
        FORMS.iter().flat_map(|&form| (0..rows.len()).map(move |row| (form, row))).collect();
    let grown = |&((weights, divisor), first): &(Form, usize)| {
        let sum = WeightedSum { users: &users, shares, divisor, of: vec![first], used: vec![0; shares.len()] };
        let (of, violation) = sum.grown(weights, &near[first])?;
        let times = |(row, &weight): (usize, &u32)| std::iter::repeat_n(rows[row], weight as usize);
        let mut of: Vec<u32> = of.into_iter().zip(weights).flat_map(times).collect();
        of.sort_unstable();
        (violation > LEAST).then_some((Cut { of, divisor }, violation))
    };
    // The same cut may be come to from several rows.
    let found: BTreeMap<Cut, f64> = starts.par_iter().filter_map(grown).collect();
    found.into_iter().collect()
}

/// A sum of rows.
struct WeightedSum<'a> {
    /// The trips that use each row.
    users: &'a [Vec<usize>],
    shares: Shares<'a>,
    divisor: u32,
    of: Vec<usize>,
    /// What each trip uses of the sum.
    used: Vec<u32>,
}

impl WeightedSum<'_> {
    /// The rows, put to these weights, of a sum of its first row and others near it, and by how much the cut made from it
    /// is violated; nothing where there are too few.
    fn grown(mut self, weights: &[u32], near: &[usize]) -> Option<(Vec<usize>, f64)> {
        /// Rounds of exchanges at the most.
        const ROUNDS: u32 = 3;
        self.add(self.of[0], weights[0]);
        for &weight in &weights[1..] {
            let row = self.best(near, weight, None)?;
            self.add(row, weight);
            self.of.push(row);
        }
        for _ in 0..ROUNDS {
            let before = self.of.clone();
            for (at, &weight) in weights.iter().enumerate().skip(1) {
                let old = self.of[at];
                self.users[old].iter().for_each(|&trip| self.used[trip] -= weight);
                self.of[at] = self.best(near, weight, Some(old))?;
                self.add(self.of[at], weight);
            }
            if self.of == before {
                break;
            }
        }
        let parts = |(used, (_, share)): (&u32, &(_, f64))| f64::from(used / self.divisor) * share;
        let side = weights.iter().sum::<u32>() / self.divisor;
        let violation = self.used.iter().zip(self.shares).map(parts).sum::<f64>() - f64::from(side);
        Some((self.of, violation))
    }

    fn add(&mut self, row: usize, weight: u32) {
        self.users[row].iter().for_each(|&trip| self.used[trip] += weight);
    }

    /// The row of which so much adds most to the sum, among those near that are not part of it, and one more.
    fn best(&self, near: &[usize], weight: u32, more: Option<usize>) -> Option<usize> {
        let mut best = more.map(|row| (row, self.gain(row, weight)));
        for &row in near.iter().filter(|row| !self.of.contains(row)) {
            let gain = self.gain(row, weight);
            if best.is_none_or(|(_, most)| gain > most + 1e-9) {
                best = Some((row, gain));
            }
        }
        best.map(|(row, _)| row)
    }

    /// What so much of a row adds to the sum, divided and rounded down; what is rounded off counts a little, and the more
    /// the nearer it is to a whole.
    fn gain(&self, row: usize, weight: u32) -> f64 {
        const HOPE: f64 = 1e-3;
        let gain = |&trip: &usize| {
            let (before, after) = (self.used[trip], self.used[trip] + weight);
            let hope = f64::from(after * after - before * before);
            self.shares[trip].1 * (f64::from(after / self.divisor - before / self.divisor) + HOPE * hope)
        };
        self.users[row].iter().map(gain).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two trips of three of five requests each have one in common, so one trip is made at the most. A sixth of each of the
    /// ten is as good as one and two thirds; thirds say that it is one, and no other cut takes off as much.
    #[test]
    fn what_thirds_cut_off_best_is_cut_off() {
        let mut trips: Vec<Vec<(u32, u32)>> = Vec::new();
        for a in 0..5 {
            for b in a + 1..5 {
                trips.extend((b + 1..5).map(|c| [a, b, c].map(|row| (row, 1)).to_vec()));
            }
        }
        let shares: Vec<_> = trips.iter().map(|uses| (uses.as_slice(), 1.0 / 6.0)).collect();
        let found = separate(&|_| Some(1), &shares);
        let thirds = found.iter().find(|(cut, _)| *cut == Cut { of: vec![0, 1, 2, 3, 4], divisor: 3 });
        let most = thirds.expect("a cut").1;
        assert!((most - 2.0 / 3.0).abs() < 1e-9, "{found:?}");
        assert!(found.iter().all(|(cut, violation)| cut.divisor == 3 && cut.of.len() == 5 || *violation < most));
        // Rows of more units are left alone.
        assert_eq!(separate(&|_| Some(2), &shares), []);
    }
}
