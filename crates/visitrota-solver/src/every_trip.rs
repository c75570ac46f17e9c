//! Every trip of a problem and the program over them, as plain data, so that other solvers can be measured on it.
//!
//! Neither the planner nor the library uses it. It is behind the feature `every-trip`, which the benchmarks turn on.

use std::collections::BTreeSet;

use visitrota_model::{Problem, RequestId, Rota, SlotId, Status, Unmet, VolunteerId};
use visitrota_travel::TravelTable;

use crate::document;
use crate::instance::Instance;
use crate::instance::index::RequestIx;
use crate::program::{Program, Row};
use crate::stop::Stop;
use crate::trip::Trip;
use crate::trip::enumerate::enumerate;

/// Every trip that can be in a best rota of a problem.
#[doc(hidden)]
#[derive(Debug)]
pub struct EveryTrip<'a> {
    instance: Instance<'a>,
    trips: Vec<Trip>,
}

/// A trip, by the problem's ids.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TripIds {
    pub driver: VolunteerId,
    pub chaperone: Option<VolunteerId>,
    pub slot: SlotId,
    pub requests: Vec<RequestId>,
}

/// The program: take or leave each trip so as to earn the most, within the rows.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TripProgram {
    /// What each trip earns by itself.
    pub points: Vec<i64>,
    pub rows: Vec<TripRow>,
}

/// What the trips taken use of something.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TripRow {
    /// Trips by position, and the units that each uses.
    pub terms: Vec<(usize, i64)>,
    /// A limit on the units used.
    pub limit: i64,
    /// Whether exactly so many units must be used.
    pub equality: bool,
    /// The nth unit used costs n − 1 times these points.
    pub step_cost: i64,
}

/// Every trip that can be in a best rota of a problem in which [`visitrota_model::check`] finds no error. `stop` is
/// asked now and then; `None` once it says so.
#[doc(hidden)]
#[must_use]
pub fn every_trip<'a>(
    problem: &'a Problem,
    travel: &'a TravelTable,
    stop: &'a (dyn Fn() -> bool + Sync),
) -> Option<EveryTrip<'a>> {
    let instance = Instance::within(problem, travel, Stop::when(stop));
    let trips = enumerate(&instance, usize::MAX)?.trips;
    (!stop()).then_some(EveryTrip { instance, trips })
}

impl EveryTrip<'_> {
    /// How many trips there are.
    #[must_use]
    pub fn trip_count(&self) -> usize {
        self.trips.len()
    }

    /// The trips, in the order of the program's positions.
    pub fn trips(&self) -> impl Iterator<Item = TripIds> {
        self.trips.iter().map(|trip| {
            let visitrota_model::Trip { driver, chaperone, slot, requests, .. } =
                document::document(&self.instance, trip);
            TripIds { driver, chaperone, slot, requests }
        })
    }

    /// The program over the trips.
    #[must_use]
    pub fn program(&self) -> TripProgram {
        let Program { points, rows, .. } = Program::new(&self.instance, &self.trips.iter().collect::<Vec<_>>());
        let plain = |row: Row| TripRow {
            terms: row.terms.iter().map(|(choice, units)| (choice.at(), *units)).collect(),
            limit: row.limit,
            equality: row.is_equality(),
            step_cost: row.step_cost,
        };
        TripProgram { points, rows: rows.into_iter().map(plain).collect() }
    }

    /// The rota of the trips at these positions, for the verifier to judge. Positions that are none are left out.
    #[must_use]
    pub fn rota(&self, chosen: &[usize]) -> Rota {
        let chosen: Vec<&Trip> = chosen.iter().filter_map(|&at| self.trips.get(at)).collect();
        let rides = chosen.iter().flat_map(|trip| trip.rides.iter());
        let served: BTreeSet<_> = rides.map(|ride| self.instance.rides[ride.at()].request).collect();
        let is_unmet =
            |request: &RequestIx| !served.contains(request) && !self.instance.requests[request.at()].is_locked;
        let unmet = self
            .instance
            .request_ixs()
            .filter(is_unmet)
            .map(|request| Unmet::new(self.instance.problem.requests[request.at()].id.clone(), Vec::new()));
        let unmet = unmet.collect();
        let mut rota = document::rota(&self.instance, &chosen, i64::MAX, unmet);
        // Only the solver that chose the trips knows what is proven of the rota.
        rota.bound = None;
        rota.status = Status::Feasible;
        rota
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choosing_the_best_trips_of_the_tiny_fixture_is_the_best_rota() {
        let file = include_bytes!("../../../fixtures/tiny/problem.json");
        let problem = Problem::from_json(file).expect("a problem");
        let travel = TravelTable::new(&problem).expect("travel");
        let every = every_trip(&problem, &travel, &|| false).expect("every trip");
        let trips: Vec<_> = every.trips().collect();
        let program = every.program();
        assert_eq!((trips.len(), program.points.len()), (every.trip_count(), every.trip_count()));
        let at = |driver: &str, requests: &[&str]| {
            let ids = |trip: &TripIds| trip.requests.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
            trips.iter().position(|trip| trip.driver.as_str() == driver && ids(trip) == requests).expect("a trip")
        };
        let rota = every.rota(&[at("V1", &["R1", "R3"]), at("V2", &["R2"])]);
        assert_eq!(rota.score, 33_300);
        assert_eq!(visitrota_model::verify(&problem, &rota, &travel).broken, []);
        assert!(every_trip(&problem, &travel, &|| true).is_none());
    }

    #[test]
    fn no_trip_takes_more_families_than_there_are_tables() {
        let file = include_bytes!("../../../fixtures/tiny/problem.json");
        let mut problem = Problem::from_json(file).expect("a problem");
        let largest_group = |problem: &Problem| {
            let travel = TravelTable::new(problem).expect("travel");
            let every = every_trip(problem, &travel, &|| false).expect("every trip");
            every.trips().map(|trip| trip.requests.len()).max()
        };
        assert_eq!(largest_group(&problem), Some(2));
        problem.slots.iter_mut().for_each(|slot| slot.tables = Some(1));
        assert_eq!(largest_group(&problem), Some(1));
    }
}
