//! What people take up in a car (§4.5).

use visitrota_model::{Car, Member, Restraint};

/// Seats, wheelchair spaces and restraints that people take up in a car.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    seats: u32,
    wheelchairs: u32,
    infant: u32,
    harness: u32,
    booster: u32,
}

impl Load {
    /// An adult on a seat.
    pub(crate) const ADULT: Self = Self { seats: 1, wheelchairs: 0, infant: 0, harness: 0, booster: 0 };

    pub(super) fn of(members: &[Member]) -> Self {
        let mut load = Self::default();
        for member in members {
            if member.wheelchair {
                load.wheelchairs += 1;
            } else {
                load.seats += 1;
            }
            if !member.own_restraint {
                match member.restraint() {
                    Restraint::Infant => load.infant += 1,
                    Restraint::Harness => load.harness += 1,
                    Restraint::Booster => load.booster += 1,
                    Restraint::None => {}
                }
            }
        }
        load
    }

    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            seats: self.seats + other.seats,
            wheelchairs: self.wheelchairs + other.wheelchairs,
            infant: self.infant + other.infant,
            harness: self.harness + other.harness,
            booster: self.booster + other.booster,
        }
    }

    pub(crate) fn fits_seats(self, car: Car) -> bool {
        self.seats <= car.seats
    }

    pub(crate) fn fits_wheelchairs(self, car: Car) -> bool {
        self.wheelchairs <= car.wheelchair
    }

    pub(crate) fn fits_restraints(self, car: Car) -> bool {
        self.infant <= car.infant && self.harness <= car.harness && self.booster <= car.booster
    }
}
