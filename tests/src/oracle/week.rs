//! The best set of trips (§5 and §6 of the rules of a rota): every set is tried, but those that cannot beat the best.

use std::cmp::Reverse;

use super::facts::Facts;
use super::limits::{Pinned, fits};
use super::outing::Outing;
use super::points::{given, load, points};

/// The score of the best rota that keeps these pins; none if there is none.
pub(super) fn best(facts: &Facts<'_>, outings: &[Outing], pinned: &Pinned<'_>) -> Option<i64> {
    let mut worth: Vec<(i64, &Outing)> = outings
        .iter()
        .filter(|outing| pinned.kept_by(facts, outing))
        .map(|outing| (points(facts, outing), outing))
        .collect();
    worth.sort_by_key(|&(points, _)| Reverse(points));
    let mut by_first = vec![Vec::new(); facts.rides.len()];
    for &(points, outing) in &worth {
        by_first[outing.rides[0]].push((points, outing));
    }
    let locked: usize = facts.locked.iter().map(bits).sum();
    let mut search = Search {
        facts,
        at_most: at_most(facts, &worth),
        by_first,
        must: pinned.must_ride(facts),
        any: pinned.any,
        chosen: facts.locked.iter().collect(),
        best: None,
    };
    search.decide(((1 << facts.rides.len()) - 1) & !locked, given(facts));
    search.best
}

struct Search<'a> {
    facts: &'a Facts<'a>,
    /// For each set of rides, points that no set of trips with only those exceeds.
    at_most: Vec<i64>,
    /// For each ride, the trips of which it is the first, with their points, the best first.
    by_first: Vec<Vec<(i64, &'a Outing)>>,
    /// The rides that there must be.
    must: usize,
    /// Whether any rota will do.
    any: bool,
    /// The trips so far, with those that are locked.
    chosen: Vec<&'a Outing>,
    best: Option<i64>,
}

impl<'a> Search<'a> {
    /// Decides on the first of the undecided rides (a set of bits): in which trip it is, or in none. The other rides of
    /// that trip must be undecided too, so that every set of trips comes up once.
    fn decide(&mut self, undecided: usize, score: i64) {
        if self.cannot_win(undecided, score) {
            return;
        }
        if undecided == 0 {
            self.best = Some(score);
            return;
        }
        let ride = undecided.trailing_zeros() as usize;
        for at in 0..self.by_first[ride].len() {
            let (points, outing) = self.by_first[ride][at];
            let carried = bits(outing);
            if carried & undecided != carried {
                continue;
            }
            let score = score + points - load(self.facts, &self.chosen, outing);
            let undecided = undecided & !carried;
            if !self.cannot_win(undecided, score) && fits(self.facts, &self.chosen, outing) {
                self.chosen.push(outing);
                self.decide(undecided, score);
                self.chosen.pop();
            }
        }
        if let Some(left) = self.left_with(ride)
            && left & self.must == 0
        {
            self.decide(undecided & !left, score);
        }
    }

    /// §5.1 and §5.6: the rides that are left out together with one, if it can be left out. A request is served whole or
    /// not at all, but for one of which a locked trip carries a family.
    fn left_with(&self, ride: usize) -> Option<usize> {
        let request = self.facts.rides[ride].request;
        let serves = |outing: &Outing| outing.rides.iter().any(|&other| self.facts.rides[other].request == request);
        if self.facts.locked.iter().any(serves) {
            return Some(1 << ride);
        }
        let all = self.facts.rides_of(request).map(|ride| 1 << ride).sum();
        (!self.chosen.iter().any(|outing| serves(outing))).then_some(all)
    }

    /// Whether nothing that is decided from here on makes a rota better than the best.
    fn cannot_win(&self, undecided: usize, score: i64) -> bool {
        self.best.is_some_and(|best| self.any || score + self.at_most[undecided] <= best)
    }
}

/// The rides of a trip as a set of bits.
pub(super) fn bits(outing: &Outing) -> usize {
    outing.rides.iter().map(|ride| 1 << ride).sum()
}

/// For each set of rides, the most that disjoint trips earn from it, whoever drives them: nothing but the rides is
/// counted, and of the load no more than each volunteer's first step. That requests are served whole is left out too.
fn at_most(facts: &Facts<'_>, worth: &[(i64, &Outing)]) -> Vec<i64> {
    let sets = 1 << facts.rides.len();
    let mut single: Vec<Option<i64>> = vec![None; sets];
    for &(points, outing) in worth {
        let points = points - load(facts, &[], outing);
        let best = &mut single[bits(outing)];
        *best = Some(best.map_or(points, |best| best.max(points)));
    }
    let mut by_first: Vec<Vec<(usize, i64)>> = vec![Vec::new(); facts.rides.len()];
    for (set, points) in single.iter().enumerate().filter_map(|(set, points)| Some((set, (*points)?))) {
        by_first[set.trailing_zeros() as usize].push((set, points));
    }
    let mut most = vec![0; sets];
    for set in 1..sets {
        let first = set.trailing_zeros() as usize;
        let inside = by_first[first].iter().filter(|(trip, _)| trip & set == *trip);
        let with_first = inside.map(|(trip, points)| points + most[set & !trip]).max();
        let without = most[set & !(1 << first)];
        most[set] = with_first.map_or(without, |points| points.max(without));
    }
    most
}
