//! Rank-one cuts: sums of a few rows, each times a multiplier of its own, rounded down.
//!
//! Of five rows of one unit each, no two trips can both use three: a cut with thirds says so. Trips of many rides
//! meet in many rows, and what the relaxation takes of them in thirds or quarters no half cuts off.
//!
//! Separation is by local search: rows are given to the multipliers one by one, and exchanged while that helps. (D.
//! Pecin, A. Pessoa, M. Poggi, E. Uchoa and H. Santos, Limited memory rank-1 cuts for vehicle routing problems,
//! Operations Research Letters 45, 2017, have the multipliers for up to five rows. The memory of the cuts is not
//! limited here: a trip's rides are all known when it is priced.)

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::cuts::cut::{Cut, MIN_VIOLATION, Shares};

/// Numerators of the multipliers, one for each row, and their divisor.
type Multipliers = (&'static [u32], u32);

/// The multipliers tried: for up to five rows those of Pecin et al., and for seven and eight rows equal ones, since
/// trips of minibuses serve up to six rides. On a problem of minibuses they took nearly as much again off the bound
/// as halves do; in regions they gain next to nothing, and cost as little. Halves are among them: elimination finds
/// long sums, and misses short ones.
const MULTIPLIERS: [Multipliers; 12] = [
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

/// Cuts made from a few of the rows of one unit that shares violate, and their violations.
pub(crate) fn separate(right_hand_side: &dyn Fn(u32) -> Option<i64>, shares: Shares<'_>) -> Vec<(Cut, f64)> {
    /// Trips of a larger share are whole: they take no part in a violation.
    const MAX_FRACTIONAL_SHARE: f64 = 1.0 - 1e-6;
    let mut users_by_row: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (trip, (uses, _)) in shares.iter().enumerate().filter(|(_, (_, share))| *share < MAX_FRACTIONAL_SHARE) {
        uses.iter().for_each(|&(row, _)| users_by_row.entry(row).or_default().push(trip));
    }
    users_by_row.retain(|&row, _| right_hand_side(row) == Some(1));
    let (row_ids, users): (Vec<u32>, Vec<Vec<usize>>) = users_by_row.into_iter().unzip();
    let mut rows_of_trip: Vec<Vec<usize>> = vec![Vec::new(); shares.len()];
    for (row, users) in users.iter().enumerate() {
        users.iter().for_each(|&trip| rows_of_trip[trip].push(row));
    }
    let neighbours_of = |row: usize| -> Vec<usize> {
        let sharing_a_trip = users[row].iter().flat_map(|&trip| &rows_of_trip[trip]).copied();
        sharing_a_trip.filter(|&other| other != row).collect::<BTreeSet<usize>>().into_iter().collect()
    };
    let neighbours: Vec<Vec<usize>> = (0..row_ids.len()).map(neighbours_of).collect();
    let starts: Vec<(Multipliers, usize)> = MULTIPLIERS
        .iter()
        .flat_map(|&multipliers| (0..row_ids.len()).map(move |first_row| (multipliers, first_row)))
        .collect();
    let local_search = |&((numerators, divisor), first_row): &(Multipliers, usize)| {
        let used = vec![0; shares.len()];
        let sum = WeightedSum { users: &users, shares, divisor, rows: vec![first_row], used };
        let (rows, violation) = sum.local_search(numerators, &neighbours[first_row])?;
        let repeated = |(row, &numerator): (usize, &u32)| std::iter::repeat_n(row_ids[row], numerator as usize);
        let mut of: Vec<u32> = rows.into_iter().zip(numerators).flat_map(repeated).collect();
        of.sort_unstable();
        (violation > MIN_VIOLATION).then_some((Cut { rows: of, divisor }, violation))
    };
    // The same cut may be found from several rows.
    let violated: BTreeMap<Cut, f64> = starts.par_iter().filter_map(local_search).collect();
    violated.into_iter().collect()
}

/// A sum of rows, each times a numerator, in the course of local search.
struct WeightedSum<'a> {
    /// The trips that use each row.
    users: &'a [Vec<usize>],
    shares: Shares<'a>,
    divisor: u32,
    rows: Vec<usize>,
    /// What each trip uses of the sum.
    used: Vec<u32>,
}

impl WeightedSum<'_> {
    /// Grows the sum from its first row by neighbours of it, one for each numerator, and exchanges them while that
    /// helps. Returns the rows and the violation of the cut made from them; none where there are too few rows.
    fn local_search(mut self, numerators: &[u32], neighbours: &[usize]) -> Option<(Vec<usize>, f64)> {
        /// The most rounds of exchanges: enough to undo poor first choices, few enough that every row may be a start.
        const MAX_ROUNDS: u32 = 3;
        self.add(self.rows[0], numerators[0]);
        for &numerator in &numerators[1..] {
            let row = self.best_row(neighbours, numerator, None)?;
            self.add(row, numerator);
            self.rows.push(row);
        }
        for _ in 0..MAX_ROUNDS {
            let before = self.rows.clone();
            for (at, &numerator) in numerators.iter().enumerate().skip(1) {
                let present = self.rows[at];
                self.users[present].iter().for_each(|&trip| self.used[trip] -= numerator);
                self.rows[at] = self.best_row(neighbours, numerator, Some(present))?;
                self.add(self.rows[at], numerator);
            }
            if self.rows == before {
                break;
            }
        }
        let rounded = |(used, (_, share)): (&u32, &(_, f64))| f64::from(used / self.divisor) * share;
        let right_hand_side = numerators.iter().sum::<u32>() / self.divisor;
        let violation = self.used.iter().zip(self.shares).map(rounded).sum::<f64>() - f64::from(right_hand_side);
        Some((self.rows, violation))
    }

    fn add(&mut self, row: usize, numerator: u32) {
        self.users[row].iter().for_each(|&trip| self.used[trip] += numerator);
    }

    /// The row of the greatest gain, among neighbours that are not in the sum, and the one at present, which goes
    /// before others of the same gain.
    fn best_row(&self, neighbours: &[usize], numerator: u32, present: Option<usize>) -> Option<usize> {
        let mut best = present.map(|row| (row, self.gain(row, numerator)));
        for &row in neighbours.iter().filter(|row| !self.rows.contains(row)) {
            let gain = self.gain(row, numerator);
            if best.is_none_or(|(_, best_gain)| gain > best_gain + 1e-9) {
                best = Some((row, gain));
            }
        }
        best.map(|(row, _)| row)
    }

    /// What a row, times a numerator, adds to the left-hand side of the cut; what is rounded off counts a little, and
    /// the more the nearer it is to a whole.
    fn gain(&self, row: usize, numerator: u32) -> f64 {
        /// What is rounded off counts so little that it only decides between rows that add the same.
        const ROUNDED_OFF_WEIGHT: f64 = 1e-3;
        let gain = |&trip: &usize| {
            let (before, after) = (self.used[trip], self.used[trip] + numerator);
            let rounded_off = f64::from(after * after - before * before);
            let added = f64::from(after / self.divisor - before / self.divisor);
            self.shares[trip].1 * (added + ROUNDED_OFF_WEIGHT * rounded_off)
        };
        self.users[row].iter().map(gain).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two trips of three of five rides each have one in common, so one trip is made at the most. A sixth of each of
    /// the ten is as good as one and two thirds; thirds say that it is one, and no other cut takes off as much.
    #[test]
    fn what_thirds_cut_off_best_is_cut_off() {
        let mut trips: Vec<Vec<(u32, i32)>> = Vec::new();
        for a in 0..5 {
            for b in a + 1..5 {
                trips.extend((b + 1..5).map(|c| [a, b, c].map(|row| (row, 1)).to_vec()));
            }
        }
        let shares: Vec<_> = trips.iter().map(|uses| (uses.as_slice(), 1.0 / 6.0)).collect();
        let violated = separate(&|_| Some(1), &shares);
        let thirds = violated.iter().find(|(cut, _)| *cut == Cut { rows: vec![0, 1, 2, 3, 4], divisor: 3 });
        let greatest = thirds.expect("a cut").1;
        assert!((greatest - 2.0 / 3.0).abs() < 1e-9, "{violated:?}");
        assert!(
            violated.iter().all(|(cut, violation)| cut.divisor == 3 && cut.rows.len() == 5 || *violation < greatest)
        );
        // Rows of more units are left alone.
        assert_eq!(separate(&|_| Some(2), &shares), []);
    }
}
