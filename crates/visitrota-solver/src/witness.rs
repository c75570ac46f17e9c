//! A rota known from outside, against which a run is held at every step: whatever says that no rota is better, or that
//! none is made of some trips, must allow it.
//!
//! Tests and the hunt for false proofs plan with one; nobody else does, and planning takes no notice of it but to stop.

use std::collections::BTreeSet;

use visitrota_model::Rota;

use crate::column_generation::linking_rows::LinkingRows;
use crate::column_generation::prices::Prices;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, FoundTrips, Trip, assemble};

/// A valid rota.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    /// Its points, with the bonus of the pins that it keeps.
    points: i64,
    /// One way of making each of its trips.
    trips: Vec<Trip>,
}

impl Witness {
    /// The rota of a document that is valid by the rules; none if it names what the problem does not know.
    pub(crate) fn new(instance: &Instance<'_>, rota: &Rota) -> Option<Self> {
        let problem = instance.problem;
        let volunteer = |id: &_| problem.volunteers.iter().position(|other| other.id == *id).map(VolunteerIx::new);
        let mut trips = Vec::with_capacity(rota.trips.len());
        for trip in &rota.trips {
            let chaperone = match &trip.chaperone {
                Some(id) => Some(volunteer(id)?),
                None => None,
            };
            let slot = SlotIx::new(problem.slots.iter().position(|other| other.id == trip.slot)?);
            let crew = Crew { driver: volunteer(&trip.driver)?, chaperone, slot };
            let request = |id: &_| problem.requests.iter().position(|other| other.id == *id).map(RequestIx::new);
            let mut group: Vec<RequestIx> = trip.requests.iter().map(request).collect::<Option<_>>()?;
            group.sort_unstable();
            let FoundTrips { trips: ways, .. } = assemble(instance, crew, &group);
            trips.push(ways.into_iter().next()?);
        }
        let served = trips.iter().flat_map(|trip| trip.requests.iter());
        let points = rota.score + served.map(|&request| instance.pin_bonus(request)).sum::<i64>();
        Some(Self { points, trips })
    }

    /// That a bound, scaled, allows the rota.
    pub(crate) fn below(&self, bound: i64, what: &str) -> Result<(), Failure> {
        self.within(bound.div_euclid(Prices::SCALE), what)
    }

    /// That no more than so many points allows the rota.
    pub(crate) fn within(&self, most: i64, what: &str) -> Result<(), Failure> {
        let holds = most >= self.points;
        holds.then_some(()).ok_or_else(|| broken(&format!("{what} of {most} is below a rota of {}", self.points)))
    }

    /// That the rota is made of some trips, if it has more than so many points; trips are the same that serve the same
    /// requests by the same people.
    pub(crate) fn made_of<'t>(
        &self,
        points: i64,
        trips: impl IntoIterator<Item = &'t Trip>,
        what: &str,
    ) -> Result<(), Failure> {
        if self.points <= points {
            return Ok(());
        }
        let left: BTreeSet<(Crew, &[RequestIx])> = trips.into_iter().map(|trip| (trip.crew, &*trip.requests)).collect();
        match self.trips.iter().find(|trip| !left.contains(&(trip.crew, &*trip.requests))) {
            None => Ok(()),
            Some(trip) => {
                let Self { points: own, .. } = self;
                let (crew, requests) = (trip.crew, &trip.requests);
                Err(broken(&format!("{what} above {points} lost {crew:?} {requests:?} of a rota of {own}")))
            }
        }
    }

    /// That the rota keeps every row.
    pub(crate) fn keeps(&self, instance: &Instance<'_>, rows: &LinkingRows) -> Result<(), Failure> {
        let mut used = vec![0; rows.rows.len()];
        for trip in &self.trips {
            rows.coefficients(instance, trip).iter().for_each(|&(row, units)| used[row as usize] += i64::from(units));
        }
        match used.iter().zip(&rows.rows).position(|(used, stock)| *used > stock.limit) {
            None => Ok(()),
            Some(row) => Err(broken(&format!("row {row} cuts off a valid rota"))),
        }
    }
}

fn broken(what: &str) -> Failure {
    Failure::Solver(format!("a proof does not hold: {what}"))
}
