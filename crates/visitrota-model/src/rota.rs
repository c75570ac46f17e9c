//! The rota document: who drives whom, when, and what could not be met.

mod made;
mod odd;

use std::fmt;
use std::ops::Sub;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{MeetingPointId, PlaceId, RequestId, SlotId, VolunteerId};
use crate::limit;
use crate::time::{Date, WallTime};

pub use odd::{OddSetting, OddTrip, Oddity};

/// Version 1 of the rota document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum RotaFormat {
    /// `visitrota-rota/1`
    #[default]
    #[serde(rename = "visitrota-rota/1")]
    V1,
}

/// A week's rota: a set of trips, the requests that stay unmet, and how good it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Rota {
    /// Always `visitrota-rota/1`.
    pub format: RotaFormat,
    /// The problem's name.
    #[serde(default)]
    pub problem: String,
    /// Whether the rota is proven best.
    #[serde(default)]
    pub status: Status,
    /// Its points.
    #[serde(default)]
    pub score: i64,
    /// Points that no valid rota exceeds, proven; absent = nothing is proven.
    #[serde(default)]
    pub bound: Option<i64>,
    /// What the score is made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<ScoreParts>,
    /// The trips, in order of time.
    pub trips: Vec<Trip>,
    /// The requests that no trip serves, in the problem's order.
    #[serde(default)]
    pub unmet: Vec<Unmet>,
    /// Volunteers who are kept free, where that was asked for, in order of their dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_free: Vec<KeptFree>,
    /// Trips that keep every rule given, and that people would hardly want, in the order of the trips.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd: Vec<OddTrip>,
    /// What made the rota: program, version and options that bear on the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_by: Option<MadeBy>,
    /// Why planning ended; absent in a rota that was not planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<EndedBy>,
}

/// Why planning ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The rota is proven best.
    Proof,
    /// The score is proven to be within the gap that was asked for.
    Gap,
    /// The time limit.
    Time,
    /// The work limit that was given, or the planner's own: looking on had long come to nothing.
    Work,
    /// Planning was cancelled.
    Cancel,
}

/// How much is known of a rota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No valid rota scores more: proven.
    Optimal,
    /// Valid; a better one may exist, up to the bound.
    #[default]
    Feasible,
}

/// One volunteer driver's journey out and back: home, pick-ups, prison, the visit, drop-offs, home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Trip {
    /// Who drives.
    pub driver: VolunteerId,
    /// The second adult who rides, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chaperone: Option<VolunteerId>,
    /// The visiting slot.
    pub slot: SlotId,
    /// The requests of which it carries a family. Of a joint request the stops tell which.
    pub requests: Vec<RequestId>,
    /// Minutes of driving, out and back; breaks and boarding are not driving.
    #[serde(default)]
    #[schemars(range(max = limit::LEG_MINUTES))]
    pub drive_min: u32,
    /// Metres driven, out and back.
    #[serde(default)]
    #[schemars(range(max = limit::LEG_METRES))]
    pub metres: u64,
    /// The stops in order of time; none in a rota made by hand whose times are to be filled in.
    #[serde(default)]
    pub stops: Vec<Stop>,
}

/// Somebody kept free on a date, who could stand in for a driver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct KeptFree {
    /// The date.
    pub date: Date,
    /// Who has no trip then.
    pub volunteer: VolunteerId,
    /// The trips of that date that they could take in its driver's place, counted from 0 in the rota's order.
    pub trips: Vec<usize>,
}

/// A stop of a trip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Stop {
    /// What happens there.
    pub kind: StopKind,
    /// Whose stop it is.
    pub place: PlaceId,
    /// The meeting point where it is; absent = at the home or the gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<MeetingPointId>,
    /// When the car gets there; absent where it sets out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrive: Option<WallTime>,
    /// When the car leaves; absent where the trip ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depart: Option<WallTime>,
    /// Minutes of the leg that led there; absent where the car sets out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::LEG_MINUTES))]
    pub leg_min: Option<u32>,
    /// Metres of the leg that led there; absent where the car sets out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::LEG_METRES))]
    pub leg_metres: Option<u32>,
}

/// What happens at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    /// The driver leaves home.
    Leave,
    /// A family or the chaperone gets in.
    Pickup,
    /// The prison: from arrival at the gate to leaving it.
    Gate,
    /// A family or the chaperone gets out.
    Dropoff,
    /// The driver is home again.
    Home,
}

/// A request that no trip serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Unmet {
    /// The request.
    pub request: RequestId,
    /// Why; nothing where planning ended before that was known.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// Why a request stays unmet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// No trip could serve it, whatever the rest of the rota: this rule stands in the way.
    Blocked {
        /// The rule.
        rule: Rule,
        /// How many pairs of a slot asked for and a driver it stops; 0 = all at once.
        times: u32,
    },
    /// Trips could serve it, and each by itself costs at least the points that it brings.
    CostsTooMuch,
    /// Trips could serve it, and each would cost the rota more than it brings, or that is not settled.
    LostToCompetition {
        /// In how many trips it could ride.
        trips: u64,
    },
}

/// The rules that a trip keeps. Each is a paragraph of the rules of a rota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The request asks for no slot of the week.
    NoSlot,
    /// The volunteer does not drive, or has no car.
    NotADriver,
    /// A pin gives the request another slot or driver.
    Pinned,
    /// The two are never in one trip.
    NeverTogether,
    /// A family does not share a car.
    SharesNoCar,
    /// More families than the driver takes.
    TooManyFamilies,
    /// The driver lacks a check, permission or skill that is valid on the day.
    DriverLacks,
    /// The family lacks a consent or an entry in a list that is needed on the day.
    FamilyLacks,
    /// No chaperone may go: none of them holds what is needed on the day, or is suited.
    NoChaperone,
    /// Child-only families are not carried.
    ChildrenAlone,
    /// More child-only families than adults to go in with them.
    TooFewAdults,
    /// The family is more visitors, or more adults, than the prison admits at a visit.
    VisitorsCap,
    /// Too few seats in the car.
    Seats,
    /// Too few wheelchair spaces in the car.
    WheelchairSpaces,
    /// Too few restraints of a kind in the car.
    Restraints,
    /// The family would ride for too long.
    RideTime,
    /// The driver is not available for the whole of the trip.
    DriverAway,
    /// The chaperone is not available for the whole of the ride.
    ChaperoneAway,
    /// The family is not available for the whole of the outing.
    FamilyAway,
    /// The trip would begin or end outside the hours in which volunteers are called on.
    VolunteerHours,
    /// The family would be fetched or brought back outside the hours in which families are called on.
    FamilyHours,
    /// The prisoner has no visit left in the week.
    PrisonerVisits,
    /// A trip that stands as given leaves no room: a family visits on that date already, a volunteer is out, the
    /// prisoner has a visit then, or somebody to be kept apart is in the slot.
    Locked,
    /// The trip alone exceeds what the driver may do: duty or driving in a day, kilometres or trips in a week.
    DriverLimits,
    /// The slot has no table.
    Tables,
    /// The car would call somewhere in the second showing of an hour that the clocks show twice: no rota can write it.
    RepeatedHour,
}

impl fmt::Display for Rule {
    /// The rule as it stands in somebody's way, in words that go on a list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NoSlot => "it asks for no slot of the week",
            Self::NotADriver => "nobody drives and has a car",
            Self::Pinned => "a pin gives it another slot or driver",
            Self::NeverTogether => "the family is never to ride with somebody on the trip",
            Self::SharesNoCar => "a family does not share a car",
            Self::TooManyFamilies => "more families than the driver takes",
            Self::DriverLacks => "the driver lacks a check, permission or skill on the day",
            Self::FamilyLacks => "the family lacks a consent or an entry that is needed on the day",
            Self::NoChaperone => "no chaperone may go who holds what is needed on the day",
            Self::ChildrenAlone => "children are not carried without an adult of their family",
            Self::TooFewAdults => "too few adults to go in with the children",
            Self::VisitorsCap => "more visitors, or more adults, than the prison admits at a visit",
            Self::Seats => "too few seats in the car",
            Self::WheelchairSpaces => "too few wheelchair spaces in the car",
            Self::Restraints => "too few child seats of the right kind in the car",
            Self::RideTime => "the family would ride for too long",
            Self::DriverAway => "the driver is not available for the whole of the trip",
            Self::ChaperoneAway => "no chaperone is available for the whole of the ride",
            Self::FamilyAway => "the family is not available for the whole of the outing",
            Self::VolunteerHours => "a volunteer would be out before or after the scheme's hours",
            Self::FamilyHours => "the family would be called on before or after the scheme's hours",
            Self::PrisonerVisits => "the prisoner has no visit left in the week",
            Self::Locked => "a trip that stands already leaves no room for it",
            Self::DriverLimits => "the trip is more than the driver may do in a day or in the week",
            Self::Tables => "the slot has no table",
            Self::RepeatedHour => "the car would call somewhere in the hour that the clocks show twice",
        })
    }
}

/// What a score is made of: points given, then points taken off (held as positive numbers).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ScoreParts {
    /// For visits.
    pub visits: i64,
    /// For weeks of waiting that end.
    pub waiting: i64,
    /// Extra points of the requests served.
    pub extra: i64,
    /// Off for slots that are not the family's first choice.
    pub slot_rank: i64,
    /// Off for families that ride with none of their usual volunteers.
    pub new_volunteer: i64,
    /// Off for driving.
    pub driving: i64,
    /// Off for volunteers' load.
    pub load: i64,
    /// Off for changes of slot against what was published.
    pub change_slot: i64,
    /// Off for changes of driver against what was published.
    pub change_driver: i64,
    /// Off for published rides whose times moved.
    #[serde(default)]
    pub change_time: i64,
    /// Off for published visits that are not met.
    #[serde(default)]
    pub drop_published: i64,
}

impl ScoreParts {
    /// The score.
    #[must_use]
    pub fn total(&self) -> i64 {
        let given = [self.visits, self.waiting, self.extra];
        let taken = [
            self.slot_rank,
            self.new_volunteer,
            self.driving,
            self.load,
            self.change_slot,
            self.change_driver,
            self.change_time,
            self.drop_published,
        ];
        let given = given.into_iter().fold(0, i64::saturating_add);
        taken.into_iter().fold(given, i64::saturating_sub)
    }
}

impl Sub for ScoreParts {
    type Output = Self;

    /// What of this score is beyond another, part by part.
    fn sub(self, other: Self) -> Self {
        let beyond = |part: fn(&Self) -> i64| part(&self).saturating_sub(part(&other));
        Self {
            visits: beyond(|parts| parts.visits),
            waiting: beyond(|parts| parts.waiting),
            extra: beyond(|parts| parts.extra),
            slot_rank: beyond(|parts| parts.slot_rank),
            new_volunteer: beyond(|parts| parts.new_volunteer),
            driving: beyond(|parts| parts.driving),
            load: beyond(|parts| parts.load),
            change_slot: beyond(|parts| parts.change_slot),
            change_driver: beyond(|parts| parts.change_driver),
            change_time: beyond(|parts| parts.change_time),
            drop_published: beyond(|parts| parts.drop_published),
        }
    }
}

/// What made a rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct MadeBy {
    /// The program and its version.
    pub program: String,
    /// The seed it was given.
    pub seed: u64,
}
