//! The oracle: what is the best rota of a problem of few requests.

mod drivers;
mod facts;
mod journey;
mod limits;
mod locked;
mod outing;
mod points;
mod rides;
mod sets;
mod week;

use std::collections::BTreeSet;

use visitrota::{
    Problem,
    problem::{Pin, RequestId},
};

use self::facts::Facts;
use self::limits::Pinned;
use self::outing::Outing;

/// Knows every trip of a problem of few requests, and so the best of its rotas. It works in one of two ways:
///
/// - [`Oracle::new`] tries every order of stops and every set of trips: right because it is simple, for trips of four
///   families or so.
/// - [`Oracle::by_sets`] finds the orders by a dynamic programme over sets of stops, and the trips by a search in which
///   drivers take their turns: for trips of eight families and more, 14 requests or so, and a few drivers and slots. It
///   covers every rule that the other way covers. Where breaks fall due and rides are limited, or in the night in which
///   the clocks go back, more orders have to be told apart and it takes longer.
///
/// The problem must be one in which [`check`](visitrota::check) finds no error (but for pins that contradict each
/// other), in London, with travel of kind `matrix` and a whole margin.
///
/// One thing the rules of a rota leave to the document: in October an hour is shown twice, and the rota document means
/// its first showing. A trip with a stop in the second cannot be written down, and so is none.
#[derive(Debug)]
pub struct Oracle<'a> {
    facts: Facts<'a>,
    outings: Vec<Outing>,
    by_sets: bool,
}

impl<'a> Oracle<'a> {
    /// Finds every trip of a problem by trying every order of stops.
    #[must_use]
    pub fn new(problem: &'a Problem) -> Self {
        let facts = Facts::new(problem);
        let outings = outing::all(&facts);
        Self { facts, outings, by_sets: false }
    }

    /// Finds every trip of a problem whose groups may be large.
    #[must_use]
    pub fn by_sets(problem: &'a Problem) -> Self {
        let facts = Facts::new(problem);
        let outings = sets::all(&facts);
        Self { facts, outings, by_sets: true }
    }

    /// The score of the best rota; none where no rota is valid, since its pins cannot all hold.
    #[must_use]
    pub fn best(&self) -> Option<i64> {
        self.best_with_pins(|_| true)
    }

    /// Whether a rota is valid that keeps, of all pins, those of these requests.
    #[must_use]
    pub fn can_keep(&self, pinned: &BTreeSet<&RequestId>) -> bool {
        self.best_with_pins(|request| pinned.contains(request)).is_some()
    }

    fn best_with_pins(&self, pinned: impl Fn(&RequestId) -> bool) -> Option<i64> {
        let pins: Vec<&Pin> = self.facts.problem.pins.iter().filter(|pin| pinned(&pin.request)).collect();
        let served = pins.iter().map(|pin| &pin.request).collect();
        self.best_with(&Pinned { pins, served, any: false })
    }

    fn best_with(&self, pinned: &Pinned<'_>) -> Option<i64> {
        if self.by_sets {
            drivers::best(&self.facts, &self.outings, pinned)
        } else {
            week::best(&self.facts, &self.outings, pinned)
        }
    }

    /// Whether, in some slot, there is a trip for each family of a request that keeps the rules of a trip, whatever else
    /// is in the rota.
    #[must_use]
    pub fn some_trips_serve(&self, request: &RequestId) -> bool {
        let position = self.facts.request(request);
        (0..self.facts.problem.slots.len()).any(|slot| {
            let carried = |ride| self.outings.iter().any(|outing| outing.slot == slot && outing.rides.contains(&ride));
            self.facts.rides_of(position).all(carried)
        })
    }

    /// Whether some rota serves a request and is valid, but for pins of requests that it leaves.
    #[must_use]
    pub fn some_rota_serves(&self, request: &RequestId) -> bool {
        let pins = self.facts.problem.pins.iter().collect();
        self.best_with(&Pinned { pins, served: [request].into(), any: true }).is_some()
    }

    /// How many trips there are, those left out to which another of the same people is better in no way worse.
    #[must_use]
    pub fn trips(&self) -> usize {
        self.outings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CROWDED, TINY, for_each_seed};

    #[test]
    fn both_ways_agree() {
        let agree = |problem: &Problem| {
            let (tried, by_sets) = (Oracle::new(problem), Oracle::by_sets(problem));
            for request in &problem.requests {
                let id = &request.id;
                if tried.some_trips_serve(id) != by_sets.some_trips_serve(id)
                    || tried.some_rota_serves(id) != by_sets.some_rota_serves(id)
                {
                    return Err(format!("only one way serves {id}"));
                }
            }
            let (tried, by_sets) = (tried.best(), by_sets.best());
            if tried == by_sets { Ok(()) } else { Err(format!("tried {tried:?}, by sets {by_sets:?}")) }
        };
        for_each_seed(0..1500, &TINY, agree);
        for_each_seed(0..6, &CROWDED, agree);
    }
}
