//! An independent reading of the rules: is a rota valid, and what is its score?
//!
//! Everything here is read off the two documents: ids as they are written, wall clocks, ages, dates. Nothing is shared
//! with the planner, not even the small helpers of the vocabulary that say who is a child-only family or who holds what:
//! a mistake made there must not be made here too.

mod clause;
mod facts;
mod journey;
mod locked;
mod outing;
mod party;
mod people;
mod report;
mod road;
mod room;
mod score;
mod served;
mod stops;
mod times;
mod verdict;
mod volunteers;
mod week;

#[cfg(test)]
mod tests;

pub use clause::Clause;
pub use report::Breach;
pub use verdict::{Verdict, Verification};

use crate::leg::Legs;
use crate::problem::Problem;
use crate::rota::Rota;

use facts::Facts;
use journey::Journey;
use outing::Outing;
use party::Party;
use report::Report;
use road::Told;
use served::Served;

/// Reads the rules of a rota anew, sharing nothing with the planner, and holds a rota against them.
///
/// It goes on after a breach and lists them all. Neither document need be sound: what cannot be read, such as an id that
/// names nobody, is a breach, and the rules that hang on it are passed over.
///
/// The minutes and metres of each leg must be those of `legs`. A leg that `legs` does not know is taken from the rota, so
/// that a rota can be held against the rules without its travel source; the one thing that cannot be told then is how
/// long a family without a `max_ride_min` may ride, since that hangs on the direct leg. A locked trip is taken as it is
/// given.
///
/// Where an id stands twice in the problem, or a slot twice among a request's options, the first counts.
#[must_use]
pub fn verify(problem: &Problem, rota: &Rota, legs: &dyn Legs) -> Verdict {
    let facts = Facts::new(problem, legs);
    let mut report = Report::default();
    let locked = locked::find(&facts, rota, &mut report);
    let mut told = Told::new();
    let mut outings = Vec::with_capacity(rota.trips.len());
    for (index, trip) in rota.trips.iter().enumerate() {
        report.trip = Some(index);
        let party = Party::read(&facts, trip, locked.contains(&index), &mut report);
        outings.push(if party.locked {
            // §5.6: the rules of a trip do not apply to it.
            let journey = Journey::as_given(&facts, &party);
            Outing { party, journey }
        } else {
            people::check(&facts, &party, &mut report);
            room::check(&facts, &party, &mut report);
            let journey = Journey::read(&facts, &party, &mut told, &mut report);
            times::check(&facts, &party, &journey, &mut report);
            Outing { party, journey }
        });
    }
    report.trip = None;
    let served = Served::read(&facts, &outings, &mut report);
    volunteers::check(&facts, &outings, &mut report);
    week::check(&facts, &served, &mut report);
    let score = score::recompute(&facts, &outings, &served);
    score::check(rota, &score, &mut report);
    score::check_unmet(&facts, rota, &served, &mut report);
    Verdict::new(report.broken, score, served.requests.len())
}
