//! Whether a rota goes with a problem: every id known, every stop there.

use visitrota_model::{
    Code, Family, Finding, Problem, Request, Rota, Slot, Stop, StopKind, Trip, Unmet, Volunteer, WallTime, Zone,
};

use super::index::Index;
use super::tour::{Call, Drive, Host, Ride, Tour};

type Joined<'a> = (Vec<Tour<'a>>, Vec<(&'a Request, &'a Unmet)>);

/// The trips with everybody in them and the unmet requests, or everything that does not fit.
pub(super) fn join<'a>(problem: &'a Problem, rota: &'a Rota, index: &Index<'a>) -> Result<Joined<'a>, Vec<Finding>> {
    let mut found = visitrota_model::check_rota(problem, rota);
    let mut tours = Vec::new();
    for (at, trip) in rota.trips.iter().enumerate() {
        let mut joiner = Joiner { zone: problem.timezone, index, path: format!("trips[{at}]"), found: &mut found };
        tours.extend(joiner.tour(at + 1, trip));
    }
    let requests = rota.unmet.iter().filter_map(|unmet| Some((*index.requests.get(&unmet.request)?, unmet))).collect();
    if found.is_empty() { Ok((tours, requests)) } else { Err(found) }
}

struct Joiner<'b, 'a> {
    zone: Zone,
    index: &'b Index<'a>,
    path: String,
    found: &'b mut Vec<Finding>,
}

impl<'a> Joiner<'_, 'a> {
    fn tour(&mut self, number: usize, trip: &'a Trip) -> Option<Tour<'a>> {
        let before = self.found.len();
        let chaperone = trip.chaperone.as_ref().and_then(|chaperone| self.index.volunteers.get(chaperone)).copied();
        let requests: Vec<_> = trip.requests.iter().enumerate().filter_map(|(at, id)| self.request(at, id)).collect();
        let driver: &Volunteer = self.index.volunteers.get(&trip.driver)?;
        let slot: &Slot = self.index.slots.get(&trip.slot)?;
        let prison = self.known("slot", "prison", slot.prison.as_str(), self.index.prisons.get(&slot.prison))?;
        let mut tour = Tour { number, trip, driver, chaperone, slot, prison, rides: Vec::new(), calls: Vec::new() };
        self.calls(&mut tour, &requests);
        self.rides(&mut tour, &requests);
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

    fn request(&mut self, at: usize, id: &'a visitrota_model::RequestId) -> Option<(&'a Request, &'a Family)> {
        let field = format!("requests[{at}]");
        let request = self.index.requests.get(id)?;
        let family = self.index.families.get(&request.family);
        Some((request, self.known(&field, "family", request.family.as_str(), family)?))
    }

    fn calls(&mut self, tour: &mut Tour<'a>, requests: &[(&'a Request, &'a Family)]) {
        let mut left: Option<WallTime> = None;
        let last = tour.trip.stops.len().saturating_sub(1);
        for (at, stop) in tour.trip.stops.iter().enumerate() {
            let path = format!("{}.stops[{at}]", self.path);
            let Some(host) = host(tour, requests, stop) else {
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
                let between = self.zone.instant(arrive).0.saturating_sub(self.zone.instant(from).0);
                let pause = u32::try_from(between.saturating_sub(minutes.into())).unwrap_or_default();
                Drive { from, to: arrive, minutes, pause, metres: stop.leg_metres.unwrap_or_default() }
            });
            if drive.is_some() && (stop.leg_min.is_none() || stop.leg_metres.is_none()) {
                self.odd(&path, "The stop does not give the time and distance of the drive to it.");
            }
            left = Some(depart);
            tour.calls.push(Call { kind: stop.kind, host, arrive, depart, drive });
        }
        let gates = tour.calls.iter().filter(|call| call.kind == StopKind::Gate).count();
        if tour.calls.is_empty() || gates != 1 {
            self.odd(&format!("{}.stops", self.path), "A trip must stop at the prison gate exactly once.");
        }
    }

    fn rides(&mut self, tour: &mut Tour<'a>, requests: &[(&'a Request, &'a Family)]) {
        for (request, family) in requests {
            let stop = |kind| {
                let here = |call: &&Call<'a>| {
                    call.kind == kind && matches!(call.host, Host::Family(_, at) if at.id == request.id)
                };
                tour.calls.iter().find(here)
            };
            match (stop(StopKind::Pickup), stop(StopKind::Dropoff)) {
                (Some(out), Some(back)) => {
                    let (pickup, away, home) = (out.arrive, out.depart, back.arrive);
                    tour.rides.push(Ride { request, family, pickup, away, home });
                }
                _ => {
                    let told = format!("The family {} is not both picked up and dropped off.", family.id);
                    self.odd(&format!("{}.stops", self.path), &told);
                }
            }
        }
        tour.rides.sort_by_key(|ride| ride.pickup);
    }

    fn odd(&mut self, path: &str, message: &str) {
        let remedy = "`visitrota verify` lists every rule that the rota breaks.";
        self.found.push(Finding::error(Code::FieldConflict, path, message, remedy));
    }
}

/// Whose place a stop is; nobody's if nobody of the trip lives there.
fn host<'a>(tour: &Tour<'a>, requests: &[(&'a Request, &'a Family)], stop: &Stop) -> Option<Host<'a>> {
    let at = |id: &str| stop.place.as_str() == id;
    match stop.kind {
        StopKind::Leave | StopKind::Home => at(tour.driver.id.as_str()).then_some(Host::Driver(tour.driver)),
        StopKind::Gate => at(tour.prison.id.as_str()).then_some(Host::Prison(tour.prison)),
        StopKind::Pickup | StopKind::Dropoff => {
            let family = requests.iter().find(|(_, family)| at(family.id.as_str()));
            let family = family.map(|(request, family)| Host::Family(family, request));
            let chaperone = tour.chaperone.filter(|chaperone| at(chaperone.id.as_str()));
            family.or(chaperone.map(Host::Chaperone))
        }
    }
}
