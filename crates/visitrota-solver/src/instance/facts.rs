//! What the solver knows of a problem: plain data.

use std::collections::{BTreeMap, BTreeSet};

use visitrota_model::{Car, Date, Policy, Problem};
use visitrota_travel::{PlaceIndex, TravelTable};

use super::checks::{CheckIx, Held};
use super::index::{DateIx, FamilyIx, Person, PrisonerIx, RequestIx, RideIx, SlotIx, VolunteerIx};
use super::load::Load;
use super::locked::Locked;
use super::slack::Slack;
use super::visit_rows::VisitRows;
use super::windows::Windows;
use crate::stop::Stop;

/// A week's problem, ready for solving.
#[derive(Debug)]
pub(crate) struct Instance<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) travel: &'a TravelTable,
    pub(crate) policy: &'a Policy,
    /// Whether planning must end.
    pub(crate) stop: Stop<'a>,
    pub(crate) slots: Vec<SlotFacts>,
    pub(crate) volunteers: Vec<VolunteerFacts>,
    pub(crate) families: Vec<FamilyFacts>,
    /// For each request of the problem, its rides: of each family, but for those of locked trips.
    pub(crate) requests: Vec<RequestFacts>,
    /// Each family of each request that trips may be added for.
    pub(crate) rides: Vec<RideFacts>,
    /// For each slot, the rides that ask for it.
    pub(crate) rides_by_slot: Vec<Vec<RideIx>>,
    /// How many more visits each prisoner may have; none where there is no limit (§5.5).
    pub(crate) visits_left: Vec<Option<u32>>,
    /// Pairs of families, or of prisoners, that never share a slot (§5.2), each once, the lesser first.
    pub(super) never_same_slot: BTreeSet<(Person, Person)>,
    /// The rules between visits, whoever drives (§5.1, §5.2, §5.5).
    pub(crate) visit_rows: VisitRows,
    /// What was announced of each family of each request (§6).
    pub(crate) announced: BTreeMap<(RequestIx, FamilyIx), Vec<Announced>>,
    /// The trips that stand as given (§5.6).
    pub(crate) locked: Locked,
    /// Pairs of people who are never in one trip (§4.1), each once, the lesser first.
    pub(super) never: BTreeSet<(Person, Person)>,
    /// For each prison, what an adult who goes in with a child-only family must hold (§4.3).
    pub(super) escort_requires: Vec<Vec<CheckIx>>,
    pub(super) driver_requires: Vec<CheckIx>,
    pub(super) chaperone_requires: Vec<CheckIx>,
    pub(super) child_only_requires: Vec<CheckIx>,
    pub(super) family_requires: Vec<CheckIx>,
    /// For each prison, what a family that visits must hold (§4.2).
    pub(super) visitor_requires: Vec<Vec<CheckIx>>,
    /// The dates on which slots start, in order.
    pub(super) dates: Vec<Date>,
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
    /// From when until when the visit itself lasts.
    pub(crate) visit: (i64, i64),
    pub(crate) date: DateIx,
    /// How many more visits there are tables for.
    pub(crate) tables: Option<u32>,
}

#[derive(Debug)]
pub(crate) struct VolunteerFacts {
    pub(crate) home: PlaceIndex,
    /// The car of a volunteer who drives.
    pub(crate) car: Option<Car>,
    /// Whether they may ride as a chaperone.
    pub(crate) chaperones: bool,
    /// How many trips may be added, in the week and on any date.
    pub(crate) max_trips: u32,
    pub(super) max_trips_per_day: u32,
    pub(super) max_duty_min: Option<u32>,
    pub(super) max_driving_min: Option<u32>,
    /// How many metres may be added.
    pub(crate) max_metres: Option<u64>,
    pub(crate) max_families: u32,
    /// Trips made in the weeks before, and locked ones.
    pub(crate) trips_made: u32,
    /// What locked trips take of each date on which they go (§5.6).
    pub(super) locked_days: BTreeMap<DateIx, LockedDay>,
    pub(super) windows: Windows,
    /// For each check that anything requires, how long they hold it.
    pub(super) held: Vec<Held>,
}

/// What locked trips take of a volunteer's date.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LockedDay {
    pub(crate) trips: u32,
    /// Minutes from home to home, and of driving, as driver.
    pub(crate) duty: i64,
    pub(crate) drive: i64,
    /// Metres, as driver.
    pub(crate) metres: u64,
}

#[derive(Debug)]
pub(crate) struct FamilyFacts {
    pub(crate) load: Load,
    pub(crate) child_only: bool,
    pub(crate) shares_car: bool,
    pub(crate) boarding: i64,
    pub(crate) max_ride: Option<i64>,
    /// The family's usual volunteers.
    pub(crate) usual: Vec<VolunteerIx>,
    pub(super) windows: Windows,
    pub(super) needs: Vec<CheckIx>,
    /// For each check that anything requires, how long it holds it.
    pub(super) held: Vec<Held>,
}

#[derive(Debug, Default)]
pub(crate) struct RequestFacts {
    /// All families that make the visit.
    pub(crate) families: Vec<FamilyIx>,
    /// Its rides that trips may be added for.
    pub(crate) rides: Vec<RideIx>,
    /// Who is visited, if that is told.
    pub(crate) prisoner: Option<PrisonerIx>,
    /// Whether a locked trip carries a family of it. It is served then, and no ride of it need be added.
    pub(crate) is_locked: bool,
}

/// One family of one request.
#[derive(Debug)]
pub(crate) struct RideFacts {
    pub(crate) request: RequestIx,
    pub(crate) family: FamilyIx,
    pub(crate) options: Vec<OptionFacts>,
    /// What it is pinned to, if it is pinned (§5.4).
    pub(crate) pin: Option<PinFacts>,
    /// What was announced of it (§6).
    pub(crate) announced: Vec<Announced>,
    /// Whether others make the visit with it: all of them ride to the same slot, or none does (§5.1).
    pub(crate) is_joint: bool,
    /// Where it is met unless an option says otherwise: outward, and on the return.
    pub(super) usual_places: [PlaceIndex; 2],
}

/// What was announced of a ride. A slot or volunteer that the problem does not have differs from all that it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announced {
    pub(crate) slot: SlotIx,
    pub(crate) driver: VolunteerIx,
    pub(crate) chaperone: Option<VolunteerIx>,
    /// When the car was to be at the family's stop: outward, and on the return.
    pub(crate) times: [Option<i64>; 2],
}

impl Announced {
    /// §6: whether a driver, or a chaperone where one was named, is another than announced.
    pub(crate) fn has_other_crew(&self, driver: VolunteerIx, chaperone: Option<VolunteerIx>) -> bool {
        self.driver != driver || self.chaperone.is_some_and(|named| chaperone != Some(named))
    }
}

#[derive(Debug)]
pub(crate) struct OptionFacts {
    pub(crate) slot: SlotIx,
    /// What riding to this slot earns, by whatever trip (§6): what the visit earns is shared out among its rides.
    pub(crate) points: i64,
    /// Where the family is met: outward, and on the return.
    pub(super) places: [PlaceIndex; 2],
    /// The slacks that the family's windows allow, none of which includes another.
    pub(crate) slacks: Vec<Slack>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PinFacts {
    pub(crate) slot: Option<SlotIx>,
    pub(crate) driver: Option<VolunteerIx>,
}
