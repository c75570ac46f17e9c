//! Trips: the rules that one keeps by itself, whatever the rest of the rota.
//!
//! [`assemble`] says whether a trip is valid and how it runs; everything else calls it. The smaller questions beside
//! it (may this volunteer drive to this slot at all?) are its parts, public so that a search can ask them early and an
//! explanation can say which rule it was.

pub(crate) mod timing;

mod calls;
mod compatibility;
mod riders;

mod assemble;

pub(crate) mod enumerate;

pub(crate) use self::assemble::{assemble, binding_time_rule, feasible, without_time_limits};
pub(crate) use self::calls::call_times;
pub(crate) use self::compatibility::{fits, may_chaperone, may_drive, may_ride, may_share, may_visit};
pub(crate) use self::riders::{rider, widest_slack};
use crate::instance::Instance;
use crate::instance::index::{RequestIx, SlotIx, VolunteerIx};

/// Who goes, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crew {
    pub(crate) driver: VolunteerIx,
    pub(crate) chaperone: Option<VolunteerIx>,
    pub(crate) slot: SlotIx,
}

/// A valid trip.
#[derive(Clone, Debug)]
pub(crate) struct Trip {
    pub(crate) crew: Crew,
    /// The requests served, in the problem's order.
    pub(crate) requests: Box<[RequestIx]>,
    /// The order of pick-ups, as positions in `requests`; the chaperone comes after the last of them.
    pub(crate) out: Box<[u8]>,
    /// The order of drop-offs, likewise.
    pub(crate) back: Box<[u8]>,
    /// Minutes of driving, out and back.
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// When the driver leaves home, and is home again.
    pub(crate) busy: (i64, i64),
    /// When the car comes to the chaperone's home, and comes there again.
    pub(crate) chaperone_busy: Option<(i64, i64)>,
    /// What the trip scores, without the volunteers' load.
    pub(crate) points: i64,
}

impl Trip {
    /// The volunteers on the trip, each with when they are busy; the driver first.
    pub(crate) fn volunteers(&self) -> impl Iterator<Item = (VolunteerIx, (i64, i64))> {
        let chaperone = self.crew.chaperone.zip(self.chaperone_busy);
        std::iter::once((self.crew.driver, self.busy)).chain(chaperone)
    }

    /// What the trip earns by itself: its points less the first step of its volunteers' load.
    pub(crate) fn net(&self, instance: &Instance<'_>) -> i64 {
        self.points - self.volunteers().map(|(volunteer, _)| instance.load_step(volunteer, 0)).sum::<i64>()
    }

    /// Minutes from home to home.
    pub(crate) fn duty(&self) -> i64 {
        self.busy.1 - self.busy.0
    }
}

/// The ways in which a crew serves a group of requests.
#[derive(Clone, Debug)]
pub(crate) struct FoundTrips {
    /// Those worth having. There is more than one only where minutes, metres and the chaperone's time pull apart and all
    /// of them matter.
    pub(crate) trips: Vec<Trip>,
    /// Whether there are no others: where a group has very many stops, it may take too long to tell.
    pub(crate) complete: bool,
}
