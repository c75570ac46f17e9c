//! One half of a trip: outward, to the gate, or back, home from it.

use visitrota_travel::PlaceIndex;

use crate::instance::Slack;

/// No trip of more riders is looked for: sets of stops are the bits of one number. Enough: a coach seats fewer people.
pub(crate) const MAX_RIDERS: usize = 128;

/// Which half of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the driver's home to the gate.
    Out,
    /// From the gate to the driver's home.
    Back,
}

/// Somebody who is picked up and dropped off, with their limits in one half.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rider {
    pub(crate) home: PlaceIndex,
    /// Minutes that the car stays at their home: `boarding_min` of a family, 0 of the chaperone (§4.6).
    pub(crate) boarding: i64,
    /// The limit on minutes between their getting in or out and the gate (§4.8).
    pub(crate) max_ride: i64,
    /// The limit on minutes between the car's arrival at their home and the gate (§4.9).
    pub(crate) slack: i64,
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
}

/// One half to be put in order and timed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    pub(crate) direction: Direction,
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
    }

    /// Adds a half to those found unless one of them dominates it, and removes those that it dominates.
    pub(super) fn keep_undominated(&self, found: &mut Vec<HalfTrip>, half: HalfTrip) {
        if !found.iter().any(|other| self.dominates(other, &half)) {
            found.retain(|other| !self.dominates(&half, other));
            found.push(half);
        }
    }
}

impl Direction {
    /// What somebody's slack allows in this direction.
    pub(crate) fn of(self, slack: Slack) -> i64 {
        match self {
            Self::Out => slack.before,
            Self::Back => slack.after,
        }
    }
}

impl Task<'_> {
    /// Where the half starts, and where it ends.
    pub(super) fn ends(&self) -> (PlaceIndex, PlaceIndex) {
        match self.direction {
            Direction::Out => (self.home, self.gate),
            Direction::Back => (self.gate, self.home),
        }
    }
}
