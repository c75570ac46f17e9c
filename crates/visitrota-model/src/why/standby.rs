//! Who could stand in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::absent::{NamesById, is_default, or_default};
use crate::id::{SlotId, VolunteerId};

/// Who could stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Standby {
    /// How many times the rota breaks a rule. No stand-in breaks one that was kept.
    #[serde(default, deserialize_with = "or_default")]
    pub broken: usize,
    /// For each trip of the rota, in its order.
    pub trips: Vec<TripStandby>,
    /// How many trips would fall through if their driver fell ill.
    #[serde(default, deserialize_with = "or_default")]
    pub fragile: usize,
    /// The names of those whom its ids are, where they are shown.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "NamesById::is_empty")]
    pub names: NamesById,
}

impl Standby {
    /// Who could take these trips of a rota that breaks rules so many times.
    #[must_use]
    pub fn new(broken: usize, trips: Vec<TripStandby>) -> Self {
        let fragile = trips.iter().filter(|trip| trip.is_fragile()).count();
        Self { broken, trips, fragile, names: NamesById::new() }
    }
}

/// Who could take a trip in its driver's place, everything else left as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct TripStandby {
    /// The trip, counted from 0 in the rota's order.
    pub trip: usize,
    /// Its driver.
    pub driver: VolunteerId,
    /// Its slot.
    pub slot: SlotId,
    /// Whether it is locked: it stands as it is, and nobody is asked to stand in.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub locked: bool,
    /// Whether a pin has it that this driver takes it: whoever stands in, the pin must go.
    #[serde(default, deserialize_with = "or_default")]
    pub pinned: bool,
    /// Who, in order of cost.
    #[serde(default, deserialize_with = "or_default")]
    pub stand_ins: Vec<StandIn>,
}

impl TripStandby {
    /// That nobody could take this trip, which is neither locked nor pinned.
    #[must_use]
    pub fn new(trip: usize, driver: VolunteerId, slot: SlotId) -> Self {
        Self { trip, driver, slot, locked: false, pinned: false, stand_ins: Vec::new() }
    }

    /// Whether the trip would fall through if its driver fell ill, as far as that can be helped: a locked trip stands as
    /// it is.
    #[must_use]
    pub fn is_fragile(&self) -> bool {
        !self.locked && self.stand_ins.is_empty()
    }
}

/// Somebody who could take a trip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct StandIn {
    /// Who.
    pub volunteer: VolunteerId,
    /// Points that the rota loses with them in the driver's place.
    pub points_lost: i64,
}

impl StandIn {
    /// That this volunteer could take a trip, and the rota would lose so many points.
    #[must_use]
    pub fn new(volunteer: VolunteerId, points_lost: i64) -> Self {
        Self { volunteer, points_lost }
    }
}
