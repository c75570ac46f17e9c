//! One trip by itself: its best timetable, whether or not the planner chose it.

use visitrota_model::{Problem, RequestId, SlotId, Trip, VolunteerId};
use visitrota_travel::TravelTable;

use crate::document;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, FoundTrips, assemble, without_time_limits};

/// Trips of one problem, run one by one.
#[derive(Debug)]
pub struct Outings<'a> {
    instance: Instance<'a>,
}

impl<'a> Outings<'a> {
    /// Prepares a problem in which [`visitrota_model::check`] finds no error.
    #[must_use]
    pub fn new(problem: &'a Problem, travel: &'a TravelTable) -> Self {
        Self { instance: Instance::new(problem, travel) }
    }

    /// The best trip, with its stops and times, in which this driver, with this chaperone if any, takes these requests
    /// to this slot. None if no order of stops keeps the rules of a trip (§4).
    #[must_use]
    pub fn valid(
        &self,
        driver: &VolunteerId,
        chaperone: Option<&VolunteerId>,
        slot: &SlotId,
        requests: &[RequestId],
    ) -> Option<Trip> {
        let (crew, group) = self.positions(driver, chaperone, slot, requests)?;
        let FoundTrips { trips, .. } = assemble(&self.instance, crew, &group);
        let best = trips.iter().min_by_key(|trip| (-trip.points, trip.duty(), trip.metres))?;
        Some(document::document(&self.instance, best))
    }

    /// The trip with the least driving, whether or not it keeps the rules. None where something named is not in the
    /// problem. Of very many stops, the best order found within the work budget.
    #[must_use]
    pub fn quickest(
        &self,
        driver: &VolunteerId,
        chaperone: Option<&VolunteerId>,
        slot: &SlotId,
        requests: &[RequestId],
    ) -> Option<Trip> {
        let (crew, group) = self.positions(driver, chaperone, slot, requests)?;
        if group.is_empty() {
            return None;
        }
        let trips = without_time_limits(&self.instance, crew, &group);
        let best = trips.iter().min_by_key(|trip| (trip.drive, trip.metres))?;
        Some(document::document(&self.instance, best))
    }

    fn positions(
        &self,
        driver: &VolunteerId,
        chaperone: Option<&VolunteerId>,
        slot: &SlotId,
        requests: &[RequestId],
    ) -> Option<(Crew, Vec<RideIx>)> {
        let Problem { volunteers, slots, requests: all, .. } = self.instance.problem;
        let volunteer =
            |id: &VolunteerId| volunteers.iter().position(|volunteer| volunteer.id == *id).map(VolunteerIx::new);
        let slot = SlotIx::new(slots.iter().position(|other| other.id == *slot)?);
        let chaperone = match chaperone {
            Some(chaperone) => Some(volunteer(chaperone)?),
            None => None,
        };
        let crew = Crew { driver: volunteer(driver)?, chaperone, slot };
        let known = |request: &RequestId| all.iter().any(|other| other.id == *request);
        if !requests.iter().all(known) {
            return None;
        }
        let asked = |ride: &RideIx| requests.contains(&self.instance.documents(*ride).0.id);
        let group: Vec<RideIx> = self.instance.ride_ixs().filter(asked).collect();
        Some((crew, group))
    }
}
