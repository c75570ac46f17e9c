//! The oracle: what is the best rota of a small problem, by trying everything.

mod facts;
mod journey;
mod outing;
mod week;

use std::collections::BTreeSet;

use visitrota::{Problem, RequestId};

use self::facts::Facts;
use self::outing::Outing;

/// Knows every trip of a small problem, and so the best of its rotas.
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
}

impl<'a> Oracle<'a> {
    /// Finds every trip of a problem.
    #[must_use]
    pub fn new(problem: &'a Problem) -> Self {
        let facts = Facts::new(problem);
        let outings = outing::all(&facts);
        Self { facts, outings }
    }

    /// The score of the best rota; none where no rota is valid, since its pins cannot all hold.
    #[must_use]
    pub fn best(&self) -> Option<i64> {
        week::best(&self.facts, &self.outings, |_| true)
    }

    /// Whether a rota is valid that keeps, of all pins, those of these requests.
    #[must_use]
    pub fn can_keep(&self, pinned: &BTreeSet<&RequestId>) -> bool {
        week::best(&self.facts, &self.outings, |request| pinned.contains(request)).is_some()
    }

    /// Whether any trip keeps the rules of a trip and carries a request.
    #[must_use]
    pub fn some_trip_serves(&self, request: &RequestId) -> bool {
        self.outings.iter().any(|outing| self.facts.carries(outing, request))
    }

    /// Whether a rota of a single trip that carries a request is valid, but for pins of requests that it leaves.
    #[must_use]
    pub fn a_trip_alone_serves(&self, request: &RequestId) -> bool {
        let serves = |outing: &&Outing| self.facts.carries(outing, request);
        self.outings.iter().filter(serves).any(|outing| week::valid_alone(&self.facts, outing))
    }

    /// How many trips there are, those left out to which another of the same people is better in no way worse.
    #[must_use]
    pub fn trips(&self) -> usize {
        self.outings.len()
    }
}
