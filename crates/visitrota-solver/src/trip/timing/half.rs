//! One half of a trip: outward, to the gate, or back, home from it.

use visitrota_travel::PlaceIndex;

/// The most riders of one trip: a trip of more is in no rota of ours.
pub(crate) const MAX_RIDERS: usize = 128;

/// Which half of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the driver's home to the gate.
    Out,
    /// From the gate to the driver's home.
    Back,
}

/// Somebody picked up and dropped off, and the limits of one half.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rider {
    pub(crate) home: PlaceIndex,
    /// Minutes that the car stays at their home.
    pub(crate) boarding: i64,
    /// The most minutes between their getting in or out and the gate.
    pub(crate) max_ride: i64,
    /// The most minutes between the car's arrival at their home and the gate.
    pub(crate) slack: i64,
}

/// One half of a trip: everything about it that does not depend on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Half {
    /// The order of stops, as positions among the riders.
    pub(crate) order: Vec<u8>,
    /// Minutes of driving.
    pub(crate) drive: i64,
    pub(crate) metres: u64,
    /// Minutes between the driver's home and the gate, breaks and boarding included.
    pub(crate) total: i64,
    /// Minutes between the car's arrival at the chaperone's home and the gate; 0 without a chaperone.
    pub(crate) chaperone_minutes: i64,
}

/// One half to be timed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    pub(crate) direction: Direction,
    pub(crate) home: PlaceIndex,
    pub(crate) gate: PlaceIndex,
    /// The most minutes between the driver's home and the gate.
    pub(crate) slack: i64,
    pub(crate) riders: &'a [Rider],
}

/// What else counts in the choice of an order, besides minutes of driving.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Criteria {
    /// Fewer metres can make up for more minutes: the driver's kilometres are limited.
    pub(crate) metres: bool,
    /// Less of the chaperone's time can: they may go on a second trip.
    pub(crate) chaperone_time: bool,
    /// Every order counts: not all of them can be written down.
    pub(crate) every_order: bool,
}

impl Criteria {
    /// Whether the first half is at least as good as the second in everything that matters.
    pub(super) fn dominates(&self, a: &Half, b: &Half) -> bool {
        !self.every_order
            && a.drive <= b.drive
            && (!self.metres || a.metres <= b.metres)
            && (!self.chaperone_time || a.chaperone_minutes <= b.chaperone_minutes)
    }

    /// Adds a half to those found, unless one of them is as good; those to which it is go.
    pub(super) fn keep_undominated(&self, found: &mut Vec<Half>, half: Half) {
        if !found.iter().any(|other| self.dominates(other, &half)) {
            found.retain(|other| !self.dominates(&half, other));
            found.push(half);
        }
    }
}

impl Task<'_> {
    /// Where the half starts and ends.
    pub(super) fn ends(&self) -> (PlaceIndex, PlaceIndex) {
        match self.direction {
            Direction::Out => (self.home, self.gate),
            Direction::Back => (self.gate, self.home),
        }
    }
}
