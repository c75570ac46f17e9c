//! The best set of many trips (§5 and §6 of the rules of a rota), by drivers and slots in turn.
//!
//! At each turn a driver makes one trip to a slot, or none: no driver can be at the gate twice at once. What the turns
//! to come can earn at most from the rides that are left is worked out before, by a dynamic programme over sets of
//! rides that leaves tables, chaperones' time and dates out of account. Where these do not matter it is the best
//! itself, and the search goes straight there.

use std::cmp::Reverse;

use super::facts::Facts;
use super::limits::{Pinned, fits};
use super::outing::Outing;
use super::points::{given, load, points};
use super::week::bits;

/// The score of the best rota that keeps these pins; none if there is none.
pub(super) fn best(facts: &Facts<'_>, outings: &[Outing], pinned: &Pinned<'_>) -> Option<i64> {
    let problem = facts.problem;
    let mut turns = Vec::new();
    for driver in 0..problem.volunteers.len() {
        for slot in 0..problem.slots.len() {
            let theirs = |outing: &&Outing| outing.driver == driver && outing.slot == slot;
            let possible = outings.iter().filter(theirs).filter(|outing| pinned.kept_by(facts, outing));
            let mut trips: Vec<Trip<'_>> =
                possible.map(|outing| Trip { set: bits(outing), points: points(facts, outing), outing }).collect();
            trips.sort_by_key(|trip| Reverse(trip.points));
            turns.push(Turn { driver, first: slot == 0, trips, at_most: Vec::new() });
        }
    }
    let all = (1 << facts.rides.len()) - 1;
    bound(facts, &mut turns, all);
    let locked: usize = facts.locked.iter().map(bits).sum();
    let is_whole = |request: &usize| facts.rides_of(*request).any(|ride| locked >> ride & 1 == 1);
    let of = |request: usize| facts.rides_of(request).map(|ride| 1 << ride).sum();
    let mut search = Search {
        facts,
        must: pinned.must_ride(facts),
        any: pinned.any,
        together: (0..problem.requests.len()).filter(|request| !is_whole(request)).map(of).collect(),
        turns: &turns,
        chosen: facts.locked.iter().collect(),
        best: None,
    };
    search.decide(0, 0, all & !locked, given(facts));
    search.best
}

/// A driver's trips to a slot.
struct Turn<'a> {
    driver: usize,
    /// Whether it is the driver's first turn.
    first: bool,
    /// The best first.
    trips: Vec<Trip<'a>>,
    /// For each number of trips that the driver has made by then, and each set of rides, the most points that this
    /// turn and those that follow earn from the set.
    at_most: Vec<Vec<i64>>,
}

struct Trip<'a> {
    set: usize,
    points: i64,
    outing: &'a Outing,
}

/// Works out what the turns can earn at most, the last turn first.
fn bound(facts: &Facts<'_>, turns: &mut [Turn<'_>], all: usize) {
    let nothing = vec![0; all + 1];
    for at in (0..turns.len()).rev() {
        let (before, after) = turns.split_at_mut(at + 1);
        let turn = &mut before[at];
        // The best trip of each set, the driver's load apart: what it is besides is the chaperone's.
        let mut single: Vec<Option<i64>> = vec![None; all + 1];
        for trip in &turn.trips {
            let own = i64::from(facts.problem.policy.weights.load)
                * i64::from(facts.problem.volunteers[turn.driver].recent_trips);
            let points = trip.points - load(facts, &[], trip.outing) + own;
            let best = &mut single[trip.set];
            *best = Some(best.map_or(points, |best| best.max(points)));
        }
        let single: Vec<(usize, i64)> =
            single.iter().enumerate().filter_map(|(set, points)| points.map(|points| (set, points))).collect();
        let most_trips = facts.problem.volunteers[turn.driver].max_trips as usize;
        let made_at_most = if turn.first { 0 } else { most_trips.min(facts.problem.slots.len()) };
        let next = after.first();
        let after = |made: usize| {
            let Some(next) = next else { return &nothing };
            &next.at_most[if next.first { 0 } else { made.min(next.at_most.len() - 1) }]
        };
        turn.at_most = (0..=made_at_most)
            .map(|made| {
                let mut most = after(made).clone();
                if made >= most_trips {
                    return most;
                }
                let step = step(facts, turn.driver, made);
                let then = after(made + 1);
                for &(set, points) in &single {
                    let earned = points - step;
                    let others = all & !set;
                    let mut rest = others;
                    // Every subset of the other requests, from the whole downwards.
                    loop {
                        let best = &mut most[set | rest];
                        *best = (*best).max(earned + then[rest]);
                        if rest == 0 {
                            break;
                        }
                        rest = (rest - 1) & others;
                    }
                }
                most
            })
            .collect();
    }
}

/// What a driver's next trip adds to the load, if all trips so far were as driver.
fn step(facts: &Facts<'_>, driver: usize, made: usize) -> i64 {
    let recent = i64::from(facts.problem.volunteers[driver].recent_trips);
    i64::from(facts.problem.policy.weights.load) * (recent + made as i64)
}

struct Search<'a> {
    facts: &'a Facts<'a>,
    /// The rides that there must be.
    must: usize,
    /// Whether any rota will do.
    any: bool,
    /// The rides of each request that is served whole or not at all.
    together: Vec<usize>,
    turns: &'a [Turn<'a>],
    /// The trips so far, with those that are locked.
    chosen: Vec<&'a Outing>,
    best: Option<i64>,
}

impl Search<'_> {
    /// Decides on a turn: which trip is made, or none. So many trips the driver has made before, and these rides are
    /// left.
    fn decide(&mut self, at: usize, made: usize, left: usize, score: i64) {
        let turns = self.turns;
        let asked = self.asked(left);
        let Some(turn) = turns.get(at) else {
            if asked == 0 && self.best.is_none_or(|best| best < score) {
                self.best = Some(score);
            }
            return;
        };
        let made = if turn.first { 0 } else { made };
        if self.cannot_win(at, made, left, score) || self.cannot_carry(at, asked) {
            return;
        }
        for trip in turn.trips.iter().filter(|trip| trip.set & left == trip.set) {
            let score = score + trip.points - load(self.facts, &self.chosen, trip.outing);
            let left = left & !trip.set;
            if !self.cannot_win(at + 1, made + 1, left, score) && fits(self.facts, &self.chosen, trip.outing) {
                self.chosen.push(trip.outing);
                self.decide(at + 1, made + 1, left, score);
                self.chosen.pop();
            }
        }
        self.decide(at + 1, made, left, score);
    }

    /// Of the rides that are left, those that there must be: by a pin, or since others of their request are chosen.
    fn asked(&self, left: usize) -> usize {
        let begun = self.together.iter().filter(|&&rides| rides & left != rides);
        left & begun.fold(self.must, |asked, rides| asked | rides)
    }

    /// Whether nothing that is decided from here on makes a rota better than the best.
    fn cannot_win(&self, at: usize, made: usize, left: usize, score: i64) -> bool {
        let to_come = self.turns.get(at).map_or(0, |turn| {
            let made = if turn.first { 0 } else { made.min(turn.at_most.len() - 1) };
            turn.at_most[made][left]
        });
        self.best.is_some_and(|best| self.any || score + to_come <= best)
    }

    /// Whether one of these rides is in no trip to come.
    fn cannot_carry(&self, at: usize, asked: usize) -> bool {
        asked != 0 && {
            let to_come = self.turns[at..].iter().flat_map(|turn| &turn.trips).fold(0, |sets, trip| sets | trip.set);
            asked & !to_come != 0
        }
    }
}
