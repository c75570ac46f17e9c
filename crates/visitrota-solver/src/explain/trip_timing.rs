//! One trip by itself: its best timetable, whether or not the planner chose it.

use visitrota_model::{FamilyId, Problem, RequestId, SlotId, Trip, VolunteerId};
use visitrota_travel::TravelTable;

use crate::document;
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};
use crate::trip::{Crew, FoundTrips, assemble, without_time_limits};

/// A family of a request, in a trip.
pub type Ride<'a> = (&'a RequestId, &'a FamilyId);

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

    /// The best trip, with its stops and times, in which this driver, with this chaperone if any, takes these families to
    /// this slot. None if no order of stops keeps the rules of a trip (§4).
    #[must_use]
    pub fn valid(
        &self,
        driver: &VolunteerId,
        chaperone: Option<&VolunteerId>,
        slot: &SlotId,
        rides: &[Ride<'_>],
    ) -> Option<Trip> {
        let (crew, group) = self.positions(driver, chaperone, slot, rides)?;
        let FoundTrips { trips, .. } = assemble(&self.instance, crew, &group);
        let best = trips.iter().min_by_key(|trip| (-trip.points, trip.duty(), trip.metres))?;
        Some(document::document(&self.instance, best))
    }

    /// The trip with the least driving, whether or not it keeps the rules. None where something named is not in the
    /// problem, or a family rides in a locked trip. Of very many stops, the best order found within the work budget.
    #[must_use]
    pub fn quickest(
        &self,
        driver: &VolunteerId,
        chaperone: Option<&VolunteerId>,
        slot: &SlotId,
        rides: &[Ride<'_>],
    ) -> Option<Trip> {
        let (crew, group) = self.positions(driver, chaperone, slot, rides)?;
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
        rides: &[Ride<'_>],
    ) -> Option<(Crew, Vec<RideIx>)> {
        let Problem { volunteers, slots, .. } = self.instance.problem;
        let volunteer =
            |id: &VolunteerId| volunteers.iter().position(|volunteer| volunteer.id == *id).map(VolunteerIx::new);
        let slot = SlotIx::new(slots.iter().position(|other| other.id == *slot)?);
        let chaperone = match chaperone {
            Some(chaperone) => Some(volunteer(chaperone)?),
            None => None,
        };
        let crew = Crew { driver: volunteer(driver)?, chaperone, slot };
        let is_of = |ride: RideIx, (request, family): &Ride<'_>| {
            let (of_request, of_family) = self.instance.documents(ride);
            of_request.id == **request && of_family.id == **family
        };
        let known = |asked: &Ride<'_>| self.instance.ride_ixs().any(|ride| is_of(ride, asked));
        if !rides.iter().all(known) {
            return None;
        }
        let group = self.instance.ride_ixs().filter(|&ride| rides.iter().any(|asked| is_of(ride, asked)));
        Some((crew, group.collect()))
    }
}
