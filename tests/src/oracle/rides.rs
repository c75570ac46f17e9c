//! Rides: each family of each request, where it is met, and what it was told.

use visitrota::{
    Problem,
    problem::{Family, MeetingPlace, PlaceId, Published, Request},
};

use super::facts::Facts;
use crate::clock::Clock;

/// A family of a request.
#[derive(Debug)]
pub(super) struct Ride<'a> {
    pub(super) request: usize,
    pub(super) family: usize,
    /// Whether it is the first of its request's rides.
    pub(super) first: bool,
    /// For each slot that its request asks for, where in the travel matrix the family is met, out and back.
    met: Vec<Option<(usize, usize)>>,
    /// What was published of it.
    pub(super) told: Vec<Told<'a>>,
}

/// What a family was told, with the times as instants.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) entry: &'a Published,
    pub(super) pickup: Option<i64>,
    pub(super) home: Option<i64>,
}

/// Who goes where: what a family is told of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crew {
    pub(super) driver: usize,
    pub(super) chaperone: Option<usize>,
    pub(super) slot: usize,
}

/// Every ride of a problem.
pub(super) fn all<'a>(problem: &'a Problem, clock: Clock, at: impl Fn(PlaceId) -> usize) -> Vec<Ride<'a>> {
    let mut rides = Vec::new();
    for (position, request) in problem.requests.iter().enumerate() {
        for (n, id) in request.families.iter().enumerate() {
            let family = problem.families.iter().position(|family| family.id == *id).expect("a family");
            let met = |slot: &visitrota::problem::Slot| {
                let option = request.options.iter().find(|option| option.slot == slot.id)?;
                let household = &problem.families[family];
                let pickup = [&option.pickup, &request.pickup, &household.pickup];
                let dropoff = [&option.dropoff, &request.dropoff, &household.dropoff];
                Some((at(first_given(pickup, household)), at(first_given(dropoff, household))))
            };
            let of_it = |entry: &&Published| {
                entry.request == request.id && entry.family.as_ref().map_or(request.families.len() == 1, |of| of == id)
            };
            let told = problem.published.iter().filter(of_it).map(|entry| Told {
                entry,
                pickup: entry.pickup.map(|time| clock.instant(time)),
                home: entry.home.map(|time| clock.instant(time)),
            });
            rides.push(Ride {
                request: position,
                family,
                first: n == 0,
                met: problem.slots.iter().map(met).collect(),
                told: told.collect(),
            });
        }
    }
    rides
}

/// The first place that is given; at home if none is.
fn first_given(given: [&Option<MeetingPlace>; 3], family: &Family) -> PlaceId {
    match given.into_iter().flatten().next() {
        Some(MeetingPlace::Point(point)) => point.place(),
        Some(MeetingPlace::Home) | None => family.id.place(),
    }
}

impl<'a> Facts<'a> {
    pub(super) fn request_of(&self, ride: usize) -> &'a Request {
        &self.problem.requests[self.rides[ride].request]
    }

    pub(super) fn family_of(&self, ride: usize) -> &'a Family {
        &self.problem.families[self.rides[ride].family]
    }

    /// Whether a ride's request asks for a slot.
    pub(super) fn asks(&self, ride: usize, slot: usize) -> bool {
        self.rides[ride].met[slot].is_some()
    }

    /// Where in the travel matrix a ride begins and where it ends, for a slot that its request asks for.
    pub(super) fn met(&self, ride: usize, slot: usize) -> (usize, usize) {
        self.rides[ride].met[slot].expect("a slot that the request asks for")
    }

    /// The rides of a request.
    pub(super) fn rides_of(&self, request: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.rides.len()).filter(move |&ride| self.rides[ride].request == request)
    }

    /// Whether an entry names another slot than a trip has, and whether another driver or chaperone.
    pub(super) fn differs(&self, told: &Told<'_>, crew: Crew) -> (bool, bool) {
        let volunteer = |at: usize| &self.problem.volunteers[at].id;
        let driver = told.entry.driver != *volunteer(crew.driver);
        let chaperone = told.entry.chaperone.as_ref().is_some_and(|named| crew.chaperone.map(volunteer) != Some(named));
        (told.entry.slot != self.problem.slots[crew.slot].id, driver || chaperone)
    }

    /// What a ride's family was told that a trip keeps, but for times.
    pub(super) fn promises(&self, ride: usize, crew: Crew) -> impl Iterator<Item = &Told<'a>> {
        self.rides[ride].told.iter().filter(move |told| self.differs(told, crew) == (false, false))
    }

    /// Whether a time is further from the one that was told, if any was, than it may be.
    pub(super) fn is_off(&self, told: Option<i64>, time: i64) -> bool {
        told.is_some_and(|told| (told - time).abs() > i64::from(self.problem.policy.time_tolerance_min))
    }
}
