//! A witness: a valid rota from outside against which each step of a run is held. A bound below it, a cut that it
//! breaks, or a trip of it that is ruled out shows that a proof is false.
//!
//! Debugging by a known solution, as solvers of mixed-integer programs do it. Only tests and the hunt for false proofs
//! plan with one, and it changes nothing about planning but to stop it.

use std::collections::BTreeSet;

use visitrota_model::Rota;

use crate::column_generation::linking_rows::{LinkingRow, LinkingRows};
use crate::column_generation::prices::Prices;
use crate::failure::Failure;
use crate::given_rota;
use crate::instance::Instance;
use crate::instance::index::RideIx;
use crate::score::base_points;
use crate::trip::{Crew, Trip};

/// A valid rota.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    /// Its points, with the bonus of the pins that it keeps.
    points: i64,
    /// Its trips, each in one of the orders of stops in which it is valid.
    trips: Vec<Trip>,
}

impl Witness {
    /// From a document of a valid rota; none if it names what the problem does not know.
    pub(crate) fn new(instance: &Instance<'_>, rota: &Rota) -> Option<Self> {
        let trips = given_rota::trips(instance, rota).into_iter().collect::<Option<Vec<Trip>>>()?;
        let served = trips.iter().flat_map(|trip| trip.rides.iter());
        let bonus: i64 = served.map(|&ride| instance.pin_bonus(ride)).sum();
        let points = rota.score - base_points(instance) + bonus;
        Some(Self { points, trips })
    }

    /// Fails if a bound, in 1/[`Prices::SCALE`] points, is below the rota.
    pub(crate) fn check_scaled_bound(&self, bound: i64, what: &str) -> Result<(), Failure> {
        self.check_bound(bound.div_euclid(Prices::SCALE), what)
    }

    /// Fails if a bound, in points, is below the rota.
    pub(crate) fn check_bound(&self, bound: i64, what: &str) -> Result<(), Failure> {
        let holds = bound >= self.points;
        holds.then_some(()).ok_or_else(|| false_proof(&format!("{what} of {bound} is below a rota of {}", self.points)))
    }

    /// Fails if the rota is above a cutoff and not made of the trips that rotas above it are said to be made of. Trips
    /// are the same that serve the same requests by the same people.
    pub(crate) fn check_trips<'t>(
        &self,
        cutoff: i64,
        trips: impl IntoIterator<Item = &'t Trip>,
        what: &str,
    ) -> Result<(), Failure> {
        if self.points <= cutoff {
            return Ok(());
        }
        let allowed: BTreeSet<(Crew, &[RideIx])> = trips.into_iter().map(|trip| (trip.crew, &*trip.rides)).collect();
        match self.trips.iter().find(|trip| !allowed.contains(&(trip.crew, &*trip.rides))) {
            None => Ok(()),
            Some(Trip { crew, rides, .. }) => {
                let points = self.points;
                Err(false_proof(&format!("{what} above {cutoff} lost {crew:?} {rides:?} of a rota of {points}")))
            }
        }
    }

    /// Fails if the rota breaks a row.
    pub(crate) fn check_rows(&self, instance: &Instance<'_>, rows: &LinkingRows) -> Result<(), Failure> {
        let mut used = vec![0; rows.rows.len()];
        for trip in &self.trips {
            rows.coefficients(instance, trip).iter().for_each(|&(row, units)| used[row as usize] += i64::from(units));
        }
        let is_broken = |(used, row): (&i64, &LinkingRow)| *used > row.limit || (row.is_link && *used != row.limit);
        match used.iter().zip(&rows.rows).position(is_broken) {
            None => Ok(()),
            Some(row) => Err(false_proof(&format!("row {row} cuts off a valid rota"))),
        }
    }
}

/// A proof that the rota shows to be false.
fn false_proof(what: &str) -> Failure {
    Failure::Solver(format!("a proof does not hold: {what}"))
}
