//! Whether a rota goes with a problem: every id known, every stop there.

use visitrota_model::{
    Code, Family, Finding, MeetingPoint, Problem, Request, Rota, Slot, Stop, StopKind, Trip, Unmet, Volunteer, WallTime,
};

use super::index::Index;
use super::tour::{Call, Drive, Host, Ride, Tour};

type Joined<'a> = (Vec<Tour<'a>>, Vec<(&'a Request, &'a Unmet)>);

/// The trips with everybody in them and the unmet requests, or everything that does not fit.
pub(super) fn join<'a>(problem: &'a Problem, rota: &'a Rota, index: &Index<'a>) -> Result<Joined<'a>, Vec<Finding>> {
    let mut found = visitrota_model::check_rota(problem, rota);
    let mut tours = Vec::new();
    for (at, trip) in rota.trips.iter().enumerate() {
        let mut joiner = Joiner { problem, index, path: format!("trips[{at}]"), found: &mut found };
        tours.extend(joiner.tour(at + 1, trip));
    }
    let requests = rota.unmet.iter().filter_map(|unmet| Some((*index.requests.get(&unmet.request)?, unmet))).collect();
    if found.is_empty() { Ok((tours, requests)) } else { Err(found) }
}

/// A family that may ride, for a request.
type Rider<'a> = (&'a Request, &'a Family);

struct Joiner<'b, 'a> {
    problem: &'a Problem,
    index: &'b Index<'a>,
    path: String,
    found: &'b mut Vec<Finding>,
}

impl<'a> Joiner<'_, 'a> {
    fn tour(&mut self, number: usize, trip: &'a Trip) -> Option<Tour<'a>> {
        let before = self.found.len();
        let chaperone = trip.chaperone.as_ref().and_then(|chaperone| self.index.volunteers.get(chaperone)).copied();
        let requests: Vec<_> = trip.requests.iter().enumerate().map(|(at, id)| self.riders(at, id)).collect();
        let driver: &Volunteer = self.index.volunteers.get(&trip.driver)?;
        let slot: &Slot = self.index.slots.get(&trip.slot)?;
        let prison = self.known("slot", "prison", slot.prison.as_str(), self.index.prisons.get(&slot.prison))?;
        let locked = self.problem.is_locked(trip);
        let (rides, calls) = (Vec::new(), Vec::new());
        let mut tour = Tour { number, trip, driver, chaperone, slot, prison, rides, calls, locked };
        self.calls(&mut tour, &requests.concat());
        for riders in &requests {
            self.rides(&mut tour, riders);
        }
        tour.rides.sort_by_key(|ride| ride.pickup);
        (self.found.len() == before).then_some(tour)
    }

    /// What the problem itself names.
    fn known<T: Copy>(&mut self, field: &str, what: &str, id: &str, found: Option<&T>) -> Option<T> {
        if found.is_none() {
            let message = format!("There is no {what} `{id}` in the problem.");
            let finding = Finding::error(
                Code::UnknownId,
                format!("{}.{field}", self.path),
                message,
                "Correct the problem: `visitrota check` lists what is wrong with it.",
            );
            self.found.push(finding.with_value(id));
        }
        found.copied()
    }

    /// A request with each of its families: of a joint one, others may ride elsewhere.
    fn riders(&mut self, at: usize, id: &'a visitrota_model::RequestId) -> Vec<Rider<'a>> {
        let field = format!("requests[{at}]");
        let Some(request) = self.index.requests.get(id).copied() else { return Vec::new() };
        let mut riders = Vec::new();
        for id in &request.families {
            let family = self.known(&field, "family", id.as_str(), self.index.families.get(id));
            riders.extend(family.map(|family| (request, family)));
        }
        riders
    }

    fn calls(&mut self, tour: &mut Tour<'a>, riders: &[Rider<'a>]) {
        let zone = self.problem.timezone;
        let mut left: Option<WallTime> = None;
        let last = tour.trip.stops.len().saturating_sub(1);
        for (at, stop) in tour.trip.stops.iter().enumerate() {
            let path = format!("{}.stops[{at}]", self.path);
            let Some(host) = host(tour, riders, stop) else {
                self.odd(&path, &format!("Nobody on the trip gets in or out at `{}`.", stop.place));
                continue;
            };
            if (at == 0) != (stop.kind == StopKind::Leave) || (at == last) != (stop.kind == StopKind::Home) {
                self.odd(&path, "A trip must begin and end at the driver's home.");
            }
            let (Some(arrive), Some(depart)) = (stop.arrive.or(stop.depart), stop.depart.or(stop.arrive)) else {
                self.odd(&path, "The stop has no time.");
                continue;
            };
            let drive = left.map(|from| {
                let minutes = stop.leg_min.unwrap_or_default();
                let between = zone.instant(arrive).0.saturating_sub(zone.instant(from).0);
                let pause = u32::try_from(between.saturating_sub(minutes.into())).unwrap_or_default();
                Drive { from, to: arrive, minutes, pause, metres: stop.leg_metres.unwrap_or_default() }
            });
            if drive.is_some() && (stop.leg_min.is_none() || stop.leg_metres.is_none()) {
                self.odd(&path, "The stop does not give the time and distance of the drive to it.");
            }
            left = Some(depart);
            let point = self.point(&path, stop);
            tour.calls.push(Call { kind: stop.kind, host, point, arrive, depart, drive });
        }
        let gates = tour.calls.iter().filter(|call| call.kind == StopKind::Gate).count();
        if tour.calls.is_empty() || gates != 1 {
            self.odd(&format!("{}.stops", self.path), "A trip must stop at the prison gate exactly once.");
        }
    }

    /// The meeting point that a stop is at.
    fn point(&mut self, path: &str, stop: &'a Stop) -> Option<&'a MeetingPoint> {
        let id = stop.at.as_ref()?;
        let point = self.index.points.get(id).copied();
        if point.is_none() {
            let message = format!("There is no meeting point `{id}` in the problem.");
            let remedy = "Give the problem that this rota was planned from.";
            self.found.push(Finding::error(Code::UnknownId, format!("{path}.at"), message, remedy).with_value(id));
        }
        point
    }

    /// The rides of one request: those of its families that have stops.
    fn rides(&mut self, tour: &mut Tour<'a>, riders: &[Rider<'a>]) {
        let path = format!("{}.stops", self.path);
        let mut carried = false;
        for (request, family) in riders {
            let stop = |kind| {
                let here = |call: &&Call<'a>| {
                    let theirs = |of: &Family, at: &Request| at.id == request.id && of.id == family.id;
                    call.kind == kind && matches!(call.host, Host::Family(of, at) if theirs(of, at))
                };
                tour.calls.iter().find(here)
            };
            match (stop(StopKind::Pickup), stop(StopKind::Dropoff)) {
                (Some(out), Some(back)) => {
                    let (pickup, away, home) = (out.arrive, out.depart, back.arrive);
                    let (from, to) = (out.point, back.point);
                    tour.rides.push(Ride { request, family, pickup, away, home, from, to });
                    carried = true;
                }
                // It comes by another car, or stays behind.
                (None, None) if request.is_joint() => {}
                _ => {
                    self.odd(&path, &format!("The family {} is not both picked up and dropped off.", family.id));
                    carried = true;
                }
            }
        }
        if let (false, Some((request, _))) = (carried, riders.first()) {
            self.odd(&path, &format!("No family of request {} is picked up and dropped off.", request.id));
        }
    }

    fn odd(&mut self, path: &str, message: &str) {
        let remedy = "`visitrota verify` lists every rule that the rota breaks.";
        self.found.push(Finding::error(Code::FieldConflict, path, message, remedy));
    }
}

/// Whose stop it is; nobody's if it is of nobody on the trip.
fn host<'a>(tour: &Tour<'a>, riders: &[Rider<'a>], stop: &Stop) -> Option<Host<'a>> {
    let at = |id: &str| stop.place.as_str() == id;
    match stop.kind {
        StopKind::Leave | StopKind::Home => at(tour.driver.id.as_str()).then_some(Host::Driver(tour.driver)),
        StopKind::Gate => at(tour.prison.id.as_str()).then_some(Host::Prison(tour.prison)),
        StopKind::Pickup | StopKind::Dropoff => {
            let family = riders.iter().find(|(_, family)| at(family.id.as_str()));
            let family = family.map(|(request, family)| Host::Family(family, request));
            let chaperone = tour.chaperone.filter(|chaperone| at(chaperone.id.as_str()));
            family.or(chaperone.map(Host::Chaperone))
        }
    }
}
