//! Whom a trip carries, where to and who drives.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use super::clause::Clause;
use super::facts::Facts;
use super::report::Report;
use crate::id::{MeetingPointId, PlaceId};
use crate::problem::{Family, MeetingPlace, Prison, Request, Slot, Volunteer};
use crate::rota::{StopKind, Trip};
use crate::time::Date;

/// A family of a request, in a trip.
#[derive(Clone, Copy)]
pub(super) struct Ride<'a> {
    pub(super) request: &'a Request,
    pub(super) family: &'a Family,
}

/// Whom a trip carries, where to and who drives: what of it the problem knows.
pub(super) struct Party<'a> {
    pub(super) trip: &'a Trip,
    /// Whether it stands as given in the problem (§5.6).
    pub(super) locked: bool,
    pub(super) slot: Option<&'a Slot>,
    pub(super) prison: Option<&'a Prison>,
    pub(super) driver: Option<&'a Volunteer>,
    pub(super) chaperone: Option<&'a Volunteer>,
    /// As the trip lists them.
    pub(super) requests: Vec<&'a Request>,
    /// Of each request the families that ride.
    pub(super) rides: Vec<Ride<'a>>,
    /// The families that ride, each once.
    pub(super) families: Vec<&'a Family>,
    /// The ride of each; its first where it has two.
    by_family: BTreeMap<&'a str, Ride<'a>>,
}

impl<'a> Party<'a> {
    /// Looks up everyone whom the trip names; unknown ids break §4.1.
    pub(super) fn read(facts: &Facts<'a>, trip: &'a Trip, locked: bool, report: &mut Report) -> Self {
        let mut unknown = |what: &str, id: &str| {
            report.add(Clause::UnknownId, format!("the problem knows no {what} {id}"));
        };
        let driver = facts.volunteers.get(trip.driver.as_str()).copied();
        if driver.is_none() {
            unknown("volunteer", trip.driver.as_str());
        }
        let chaperone = trip.chaperone.as_ref().and_then(|id| {
            let chaperone = facts.volunteers.get(id.as_str()).copied();
            if chaperone.is_none() {
                unknown("volunteer", id.as_str());
            }
            chaperone
        });
        let slot = facts.slots.get(trip.slot.as_str()).copied();
        if slot.is_none() {
            unknown("slot", trip.slot.as_str());
        }
        let prison = slot.and_then(|slot| {
            let prison = facts.prisons.get(slot.prison.as_str()).copied();
            if prison.is_none() {
                unknown("prison", slot.prison.as_str());
            }
            prison
        });
        for point in trip.stops.iter().filter_map(|stop| stop.at.as_ref()) {
            if !facts.points.contains(point.as_str()) {
                unknown("meeting point", point.as_str());
            }
        }
        let mut party = Self {
            trip,
            locked,
            slot,
            prison,
            driver,
            chaperone,
            requests: Vec::new(),
            rides: Vec::new(),
            families: Vec::new(),
            by_family: BTreeMap::new(),
        };
        let pickups = trip.stops.iter().filter(|stop| stop.kind == StopKind::Pickup);
        let picked_up: BTreeSet<_> = pickups.map(|stop| stop.place.as_str()).collect();
        for id in &trip.requests {
            match facts.requests.get(id.as_str()) {
                None => unknown("request", id.as_str()),
                Some(request) => party.board(facts, request, &picked_up, &mut unknown),
            }
        }
        party
    }

    /// Adds the families of a request that ride: of one family's that one, of a joint one those whose stop is among
    /// the pick-ups (§7).
    fn board(
        &mut self,
        facts: &Facts<'a>,
        request: &'a Request,
        picked_up: &BTreeSet<&str>,
        unknown: &mut impl FnMut(&str, &str),
    ) {
        self.requests.push(request);
        for id in &request.families {
            let Some(&family) = facts.families.get(id.as_str()) else {
                unknown("family", id.as_str());
                continue;
            };
            if request.families.len() > 1 && !picked_up.contains(id.as_str()) {
                continue;
            }
            let ride = Ride { request, family };
            self.rides.push(ride);
            if let Entry::Vacant(first) = self.by_family.entry(id.as_str()) {
                first.insert(ride);
                self.families.push(family);
            }
        }
    }

    /// The date of the visit, which is that of the trip.
    pub(super) fn day(&self) -> Option<Date> {
        self.slot.map(|slot| slot.start.date())
    }

    /// §4.6 and §4.7: the meeting point where somebody's stop of a kind is to be; none at a home or the gate. Of the
    /// option, the request and the family, the first that names a place counts (§1).
    pub(super) fn meeting_point(&self, kind: StopKind, whose: &str) -> Option<&'a MeetingPointId> {
        let Ride { request, family } = *self.by_family.get(whose)?;
        let option = request.options.iter().find(|option| option.slot == self.trip.slot);
        let named = match kind {
            StopKind::Pickup => {
                [option.and_then(|option| option.pickup.as_ref()), request.pickup.as_ref(), family.pickup.as_ref()]
            }
            StopKind::Dropoff => {
                [option.and_then(|option| option.dropoff.as_ref()), request.dropoff.as_ref(), family.dropoff.as_ref()]
            }
            StopKind::Leave | StopKind::Gate | StopKind::Home => return None,
        };
        match named.into_iter().flatten().next() {
            Some(MeetingPlace::Point(point)) => Some(point),
            Some(MeetingPlace::Home) | None => None,
        }
    }

    /// Where somebody's stop is on the road, by the rules: at its meeting point, else at their home or gate.
    pub(super) fn spot(&self, kind: StopKind, whose: &str) -> PlaceId {
        PlaceId::from(self.meeting_point(kind, whose).map_or(whose, |point| point.as_str()))
    }
}
