//! Rotas made in code: each struct by what it must have. All else is what the document says where it says nothing.

use super::{KeptFree, MadeBy, Reason, Rota, RotaFormat, Status, Stop, StopKind, Trip, Unmet};
use crate::id::{PlaceId, RequestId, SlotId, VolunteerId};
use crate::time::Date;

impl Rota {
    /// A rota of these trips, of which nothing else is said.
    #[must_use]
    pub fn new(trips: Vec<Trip>) -> Self {
        Self {
            format: RotaFormat::V1,
            problem: String::new(),
            status: Status::Feasible,
            score: 0,
            bound: None,
            parts: None,
            trips,
            unmet: Vec::new(),
            kept_free: Vec::new(),
            odd: Vec::new(),
            made_by: None,
            ended_by: None,
        }
    }
}

impl Trip {
    /// A trip whose stops and times are still to be filled in.
    #[must_use]
    pub fn new(driver: impl Into<VolunteerId>, slot: impl Into<SlotId>, requests: impl Into<Vec<RequestId>>) -> Self {
        Self {
            driver: driver.into(),
            chaperone: None,
            slot: slot.into(),
            requests: requests.into(),
            drive_min: 0,
            metres: 0,
            stops: Vec::new(),
        }
    }
}

impl Stop {
    /// A stop at somebody's home or at a prison's gate, without times.
    #[must_use]
    pub fn new(kind: StopKind, place: impl Into<PlaceId>) -> Self {
        Self { kind, place: place.into(), at: None, arrive: None, depart: None, leg_min: None, leg_metres: None }
    }
}

impl KeptFree {
    /// Somebody kept free on a date, who could take these trips of it, counted from 0 in the rota's order.
    #[must_use]
    pub fn new(date: Date, volunteer: impl Into<VolunteerId>, trips: impl Into<Vec<usize>>) -> Self {
        Self { date, volunteer: volunteer.into(), trips: trips.into() }
    }
}

impl Unmet {
    /// A request that no trip serves, and why.
    #[must_use]
    pub fn new(request: impl Into<RequestId>, reasons: impl Into<Vec<Reason>>) -> Self {
        Self { request: request.into(), reasons: reasons.into() }
    }
}

impl MadeBy {
    /// A program with its version, and the seed that it was given.
    #[must_use]
    pub fn new(program: impl Into<String>, seed: u64) -> Self {
        Self { program: program.into(), seed }
    }
}
