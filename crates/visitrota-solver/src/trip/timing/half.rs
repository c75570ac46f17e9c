//! One half of a trip: outward, to the gate, or back, home from it.

use visitrota_model::Way;
use visitrota_travel::PlaceIndex;

/// No trip of more riders is looked for: sets of stops are the bits of one number. Enough: a coach seats fewer people.
pub(crate) const MAX_RIDERS: usize = 128;

/// A set of riders, as bits.
pub(crate) type RiderSet = u128;

/// Somebody who is picked up and dropped off, with their limits in one half.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rider {
    /// Where they are met.
    pub(crate) place: PlaceIndex,
    /// Minutes that the car stays there: `boarding_min` of a family, 0 of the chaperone (§4.6).
    pub(crate) boarding: i64,
    /// The limit on minutes between their getting in or out and the gate (§4.8).
    pub(crate) max_ride: i64,
    /// The limit on minutes between the car's arrival there and the gate (§4.9).
    pub(crate) slack: i64,
    /// Whether they are never in the car without the chaperone (§4.3).
    pub(crate) escorted: bool,
    /// The minutes between the car's arrival there and the gate for which an announced time is kept; none where no
    /// time was announced (§6).
    pub(crate) announced: Option<(i64, i64)>,
}

/// One half of a trip: everything about it that does not depend on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HalfTrip {
    /// The order of stops, as positions among the riders.
    pub(crate) order: Vec<u8>,
    /// Minutes of driving.
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// Minutes between the driver's home and the gate, with breaks and boarding.
    pub(crate) total: i64,
    /// Minutes between the car's arrival at the chaperone's home and the gate; 0 without a chaperone.
    pub(crate) chaperone_minutes: i64,
    /// The riders whose announced times are not kept.
    pub(crate) retimed: RiderSet,
}

/// One half to be put in order and timed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    pub(crate) way: Way,
    pub(crate) home: PlaceIndex,
    pub(crate) gate: PlaceIndex,
    /// The limit on minutes between the driver's home and the gate (§4.9).
    pub(crate) slack: i64,
    pub(crate) riders: &'a [Rider],
}

/// The criteria by which orders of one half are compared, besides minutes of driving, which always count.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Criteria {
    /// Metres count: fewer of them can make up for more minutes where the driver's kilometres are limited.
    pub(crate) metres: bool,
    /// The chaperone's time counts: they may go on a second trip.
    pub(crate) chaperone_time: bool,
    /// Announced times count: whose are kept.
    pub(crate) announced_times: bool,
    /// Every order counts and none dominates another: the times of some may be such as no rota can write (§7).
    pub(crate) every_order: bool,
}

impl Criteria {
    /// Whether the first half is at least as good as the second by every criterion.
    pub(super) fn dominates(&self, a: &HalfTrip, b: &HalfTrip) -> bool {
        !self.every_order
            && a.drive <= b.drive
            && (!self.metres || a.metres <= b.metres)
            && (!self.chaperone_time || a.chaperone_minutes <= b.chaperone_minutes)
            && (!self.announced_times || a.retimed & !b.retimed == 0)
    }

    /// Adds a half to those found unless one of them dominates it, and removes those that it dominates.
    pub(super) fn keep_undominated(&self, found: &mut Vec<HalfTrip>, half: HalfTrip) {
        if !found.iter().any(|other| self.dominates(other, &half)) {
            found.retain(|other| !self.dominates(&half, other));
            found.push(half);
        }
    }
}

impl Rider {
    /// Whether the car's arrival so many minutes from the gate is a change of what was announced.
    pub(super) fn is_retimed(&self, minutes: i64) -> bool {
        self.announced.is_some_and(|(least, most)| minutes < least || most < minutes)
    }
}

impl Task<'_> {
    /// Where the half starts, and where it ends.
    pub(super) fn ends(&self) -> (PlaceIndex, PlaceIndex) {
        match self.way {
            Way::Out => (self.home, self.gate),
            Way::Back => (self.gate, self.home),
        }
    }
}
