//! Locked trips (§5.6): they stand as given, and use what they use. Trips added have what they leave.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Problem, StopKind, Trip};

use super::index::{FamilyIx, RequestIx, SlotIx, VolunteerIx};
use super::positions::Positions;

/// The locked trips of a problem.
#[derive(Debug, Default)]
pub(crate) struct Locked {
    pub(crate) trips: Vec<LockedTrip>,
}

/// A locked trip as the solver reads it.
#[derive(Debug)]
pub(crate) struct LockedTrip {
    /// Its position among the problem's locked trips.
    pub(crate) position: usize,
    pub(crate) driver: VolunteerIx,
    pub(crate) chaperone: Option<VolunteerIx>,
    pub(crate) slot: SlotIx,
    pub(crate) rides: Vec<TimedRide>,
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// When the driver leaves home, and when they are home again.
    pub(crate) busy: (i64, i64),
    /// When the car reaches the chaperone's home outward, and when on the return.
    pub(crate) chaperone_busy: Option<(i64, i64)>,
}

/// A family's ride on a trip whose times are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimedRide {
    pub(crate) request: RequestIx,
    pub(crate) family: FamilyIx,
    /// When the car reaches the family's stop: outward, and on the return.
    pub(crate) times: [i64; 2],
}

impl Locked {
    /// Reads the locked trips. What names nothing is left out.
    pub(super) fn new(problem: &Problem, positions: &Positions<'_>) -> Self {
        let trips = problem.locked.iter().enumerate();
        Self { trips: trips.filter_map(|(position, trip)| locked_trip(problem, positions, position, trip)).collect() }
    }

    /// The rides on locked trips.
    pub(super) fn rides(&self) -> BTreeSet<(RequestIx, FamilyIx)> {
        let rides = self.trips.iter().flat_map(|trip| &trip.rides);
        rides.map(|ride| (ride.request, ride.family)).collect()
    }

    /// The slot of each request of which a locked trip carries a family.
    pub(crate) fn slots(&self) -> BTreeMap<RequestIx, SlotIx> {
        let rides = self.trips.iter().flat_map(|trip| trip.rides.iter().map(move |ride| (ride.request, trip.slot)));
        rides.collect()
    }
}

impl LockedTrip {
    /// The volunteers on the trip, each with the time for which they are busy and whether they drive.
    pub(super) fn volunteers(&self) -> impl Iterator<Item = (VolunteerIx, (i64, i64), bool)> {
        let chaperone = self.chaperone.zip(self.chaperone_busy).map(|(volunteer, busy)| (volunteer, busy, false));
        std::iter::once((self.driver, self.busy, true)).chain(chaperone)
    }
}

fn locked_trip(problem: &Problem, positions: &Positions<'_>, position: usize, trip: &Trip) -> Option<LockedTrip> {
    let instant = |stop: &visitrota_model::Stop| Some(problem.timezone.instant(stop.arrive.or(stop.depart)?).0);
    let gate = trip.stops.iter().position(|stop| stop.kind == StopKind::Gate)?;
    let (out, back) = trip.stops.split_at(gate);
    // The car may call at one home twice in a trip made by hand: the outing is from the first call to the last.
    let times = |place: &str| {
        let first = out.iter().find(|stop| stop.place.as_str() == place)?;
        let last = back.iter().rev().find(|stop| stop.place.as_str() == place)?;
        Some([instant(first)?, instant(last)?])
    };
    let mut rides = Vec::new();
    for id in &trip.requests {
        let request = positions.request(id.as_str())?;
        for family in &problem.requests[request.at()].families {
            if let (Some(family), Some(times)) = (positions.family(family.as_str()), times(family.as_str())) {
                rides.push(TimedRide { request, family, times });
            }
        }
    }
    let chaperone = match &trip.chaperone {
        Some(id) => Some(positions.volunteer(id.as_str())?),
        None => None,
    };
    let chaperone_busy = trip.chaperone.as_ref().and_then(|id| times(id.as_str())).map(|[from, to]| (from, to));
    Some(LockedTrip {
        position,
        driver: positions.volunteer(trip.driver.as_str())?,
        chaperone,
        slot: positions.slot(trip.slot.as_str())?,
        rides,
        drive: trip.drive_min.into(),
        metres: trip.metres,
        busy: (instant(trip.stops.first()?)?, instant(trip.stops.last()?)?),
        chaperone_busy,
    })
}
