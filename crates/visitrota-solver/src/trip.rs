//! Trips: the rules that a trip keeps by itself, whatever the rest of the rota (§4 of `docs/rules.md`).
//!
//! [`assemble()`] decides whether a trip is valid and when it stops where; every other part of the solver calls it. The
//! smaller questions (may this volunteer drive to this slot at all?) are its parts. They can be called by themselves,
//! so that a search can ask them early and an explanation can name the rule.
//!
//! | § | rule | file |
//! |---|---|---|
//! | 4.1 | who | `compatibility` |
//! | 4.2 | permissions | `compatibility` |
//! | 4.3 | child-only families | `compatibility`, `timing` (a chaperone throughout) |
//! | 4.4 | visitors' caps | `compatibility` |
//! | 4.5 | car | `compatibility` |
//! | 4.6, 4.7 | outward and return | `timing`, `calls` |
//! | 4.8 | ride time | `riders` (the limit), `timing` (the ride) |
//! | 4.9, 4.10 | windows and hours | `assemble` |

pub(crate) mod timing;

mod calls;
mod compatibility;
mod riders;

mod assemble;

pub(crate) mod enumerate;
pub(crate) mod reach;
mod search_limits;

pub(crate) use self::assemble::{assemble, binding_time_rule, feasible, without_time_limits};
pub(crate) use self::calls::call_times;
pub(crate) use self::compatibility::{fits, may_chaperone, may_drive, may_ride, may_share, may_visit};
pub(crate) use self::riders::{rider, widest_slack};
use crate::instance::Instance;
use crate::instance::index::{RideIx, SlotIx, VolunteerIx};

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
    /// The rides served, in the problem's order.
    pub(crate) rides: Box<[RideIx]>,
    /// The order of pick-ups, as positions in `rides`. The chaperone's position is the one after the last ride.
    pub(crate) out: Box<[u8]>,
    /// The order of drop-offs, likewise.
    pub(crate) back: Box<[u8]>,
    /// Minutes of driving, out and back.
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// When the driver leaves home, and when they are home again.
    pub(crate) busy: (i64, i64),
    /// When the car reaches the chaperone's home outward, and when it reaches it on the return.
    pub(crate) chaperone_busy: Option<(i64, i64)>,
    /// What the trip scores (§6), without the volunteers' load.
    pub(crate) points: i64,
}

impl Trip {
    /// The volunteers on the trip, the driver first, each with the time for which they are busy (§5.3).
    pub(crate) fn volunteers(&self) -> impl Iterator<Item = (VolunteerIx, (i64, i64))> {
        let chaperone = self.crew.chaperone.zip(self.chaperone_busy);
        std::iter::once((self.crew.driver, self.busy)).chain(chaperone)
    }

    /// What the trip earns by itself: its points, less the first step of its volunteers' load.
    pub(crate) fn net(&self, instance: &Instance<'_>) -> i64 {
        self.points - self.volunteers().map(|(volunteer, _)| instance.load_step(volunteer, 0)).sum::<i64>()
    }

    /// Minutes from home to home.
    pub(crate) fn duty(&self) -> i64 {
        self.busy.1 - self.busy.0
    }
}

/// Trips found by a search.
#[derive(Clone, Debug)]
pub(crate) struct FoundTrips {
    /// Those worth having. One crew and group have several only where driving minutes, metres and the chaperone's time
    /// conflict, and all of them count.
    pub(crate) trips: Vec<Trip>,
    /// Whether there are no others. A group of very many stops may exhaust its work budget first.
    pub(crate) complete: bool,
}
