//! What the solver knows of a problem: plain data.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Car, Date, PlaceId, Policy, Problem};
use visitrota_travel::{PlaceIndex, TravelTable};

use super::checks::{CheckIx, Held};
use super::index::{DateIx, FamilyIx, RequestIx, SlotIx, VolunteerIx};
use super::load::Load;
use super::slack::Slack;

/// A week's problem, ready for solving.
#[derive(Debug)]
pub(crate) struct Instance<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) travel: &'a TravelTable,
    pub(crate) policy: &'a Policy,
    pub(crate) slots: Vec<SlotFacts>,
    pub(crate) volunteers: Vec<VolunteerFacts>,
    pub(crate) families: Vec<FamilyFacts>,
    pub(crate) requests: Vec<RequestFacts>,
    /// For each slot, the requests that ask for it.
    pub(crate) requests_by_slot: Vec<Vec<RequestIx>>,
    /// Pairs of families that never visit in the same slot (§5.2), each once.
    pub(crate) never_same_slot: Vec<(FamilyIx, FamilyIx)>,
    /// Pairs of people who are never in one trip (§4.1), each once, the lesser first.
    pub(super) never: BTreeSet<(Person, Person)>,
    /// For each prison, what an adult who goes in with a child-only family must hold (§4.3).
    pub(super) escort_requires: Vec<Vec<CheckIx>>,
    pub(super) driver_requires: Vec<CheckIx>,
    pub(super) chaperone_requires: Vec<CheckIx>,
    pub(super) child_only_requires: Vec<CheckIx>,
    /// The dates on which slots start, in order.
    pub(super) dates: Vec<Date>,
    pub(super) places: BTreeMap<PlaceIndex, PlaceId>,
    /// Spans of instants, end excluded, that a rota document cannot write (§7; see
    /// [`Zone::second_showings`](visitrota_model::Zone::second_showings)).
    pub(super) unwritable: Vec<(i64, i64)>,
    /// Points that keep a pin; see [`Instance::pin_bonus`].
    #[cfg(feature = "highs")]
    pub(super) pin_bonus_points: i64,
}

#[derive(Debug)]
pub(crate) struct SlotFacts {
    /// The prison's position in the problem.
    pub(crate) prison: usize,
    pub(crate) gate: PlaceIndex,
    /// When everyone is at the gate (§4.6).
    pub(crate) gate_in: i64,
    /// When everyone leaves the gate (§4.7).
    pub(crate) gate_out: i64,
    pub(crate) date: DateIx,
    pub(crate) tables: Option<u32>,
}

#[derive(Debug)]
pub(crate) struct VolunteerFacts {
    pub(crate) home: PlaceIndex,
    /// The car of a volunteer who drives.
    pub(crate) car: Option<Car>,
    /// Whether they may ride as a chaperone.
    pub(crate) chaperones: bool,
    pub(crate) max_trips: u32,
    pub(crate) max_trips_per_day: u32,
    pub(crate) max_duty_min: Option<u32>,
    pub(crate) max_driving_min: Option<u32>,
    pub(crate) max_metres: Option<u64>,
    pub(crate) max_families: u32,
    pub(crate) recent_trips: u32,
    pub(super) windows: Vec<(i64, i64)>,
    /// For each check that anything requires, how long they hold it.
    pub(super) held: Vec<Held>,
}

#[derive(Debug)]
pub(crate) struct FamilyFacts {
    pub(crate) home: PlaceIndex,
    pub(crate) load: Load,
    pub(crate) child_only: bool,
    pub(crate) shares_car: bool,
    pub(crate) boarding: i64,
    pub(crate) max_ride: Option<i64>,
    /// The family's usual volunteers.
    pub(crate) usual: Vec<VolunteerIx>,
    pub(super) windows: Vec<(i64, i64)>,
    pub(super) needs: Vec<CheckIx>,
}

#[derive(Debug)]
pub(crate) struct RequestFacts {
    pub(crate) family: FamilyIx,
    pub(crate) options: Vec<OptionFacts>,
    /// What it is pinned to, if it is pinned (§5.4).
    pub(crate) pin: Option<PinFacts>,
    /// The drivers it was announced with; another one costs `change_driver` (§6).
    pub(crate) announced: Vec<VolunteerIx>,
}

#[derive(Debug)]
pub(crate) struct OptionFacts {
    pub(crate) slot: SlotIx,
    /// What serving the request in this slot earns, by whatever trip (§6).
    pub(crate) points: i64,
    /// The slacks that the family's windows allow, none of which includes another.
    pub(crate) slacks: Vec<Slack>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PinFacts {
    pub(crate) slot: Option<SlotIx>,
    pub(crate) driver: Option<VolunteerIx>,
}

/// Somebody of whom a pair can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Person {
    Volunteer(VolunteerIx),
    Family(FamilyIx),
}
