//! The problem document: one week of one transport scheme.
//!
//! The types mirror the document field by field, with its defaults. What a single type cannot say (an id that names
//! nobody, a window that ends before it begins) is found by [`check`](crate::check()).

mod defaults;
mod made;
mod meeting;
mod people;
mod policy;
mod position;
mod rides;
mod travel;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::meeting::MeetingPlace;
pub use self::people::{Car, Family, Hold, Member, Restraint, Role, Volunteer, Window};
pub use self::policy::{ChildrenAlone, Hours, Policy, Weights};
pub use self::position::Position;
pub use self::rides::{Pair, PairRule, Pin, Published, Request, SlotOption, Way};
pub use self::travel::{Travel, TravelSource};
use crate::id::{MeetingPointId, PrisonId, PrisonerId, SlotId};
use crate::limit;
use crate::rota::Trip;
use crate::time::{Date, WallTime, Zone};

/// Version 1 of the problem document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ProblemFormat {
    /// `visitrota/1`
    #[default]
    #[serde(rename = "visitrota/1")]
    V1,
}

/// One week of one transport scheme: volunteers, families, prisons, visiting slots and requests.
///
/// Durations are whole minutes, distances whole metres, scores whole points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Problem {
    /// Always `visitrota/1`.
    pub format: ProblemFormat,
    /// Free text; a rota names the problem by it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The dates of the week; every slot starts on one of them.
    pub week: Week,
    /// The zone of every wall-clock time in the document.
    #[serde(default)]
    pub timezone: Zone,
    /// The scheme's rules and weights.
    #[serde(default)]
    pub policy: Policy,
    /// Where times and distances come from.
    #[serde(default)]
    pub travel: Travel,
    /// The prisons visited.
    #[serde(default)]
    pub prisons: Vec<Prison>,
    /// Where families are met that is nobody's home: a school, a station.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meeting_points: Vec<MeetingPoint>,
    /// Who is visited, as far as it bears on the rota.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prisoners: Vec<Prisoner>,
    /// The visiting slots of the week.
    #[serde(default)]
    pub slots: Vec<Slot>,
    /// Drivers and chaperones.
    #[serde(default)]
    pub volunteers: Vec<Volunteer>,
    /// The families to be carried.
    #[serde(default)]
    pub families: Vec<Family>,
    /// The visits asked for.
    #[serde(default)]
    pub requests: Vec<Request>,
    /// Who belongs together, and who is kept apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Pair>,
    /// What the rota must do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// What was already announced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Published>,
    /// Trips that stand as given: done, under way, or not to be touched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<Trip>,
}

/// The first and the last date of the week, both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Week {
    /// The first date.
    pub from: Date,
    /// The last date.
    pub to: Date,
}

/// A prison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Prison {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: PrisonId,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north of the gate, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east of the gate, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// A postcode of Great Britain, in place of coordinates: the place is then taken to be in the middle of its sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Minutes before a slot's start at which visitors arrive at the gate.
    #[serde(default = "defaults::check_in_min")]
    #[schemars(range(max = limit::MINUTES))]
    pub check_in_min: u32,
    /// Minutes after a slot's end at which visitors leave the gate.
    #[serde(default = "defaults::check_out_min")]
    #[schemars(range(max = limit::MINUTES))]
    pub check_out_min: u32,
    /// The age from which a visitor counts as an adult here.
    #[serde(default = "defaults::adult_age")]
    #[schemars(range(max = limit::AGE))]
    pub adult_age: u8,
    /// The most visitors at a family's visit.
    #[serde(default = "defaults::max_visitors")]
    pub max_visitors: u32,
    /// The most adults among them.
    #[serde(default = "defaults::max_adults")]
    pub max_adults: u32,
    /// What an adult who goes in with a child-only family holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escort_requires: Vec<String>,
    /// What every family that visits here holds on the day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visitor_requires: Vec<String>,
}

/// A place where families are met that is nobody's home: a school, a station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MeetingPoint {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: MeetingPointId,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// A postcode of Great Britain, in place of coordinates: the place is then taken to be in the middle of its sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
}

/// Somebody who is visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Prisoner {
    /// Their id.
    #[schemars(length(min = 1))]
    pub id: PrisonerId,
    /// Their name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where they are.
    pub prison: PrisonId,
    /// How many visits they have left in this week; absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<u32>,
}

/// A visiting slot at a prison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Slot {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: SlotId,
    /// Where.
    pub prison: PrisonId,
    /// When the visit starts.
    pub start: WallTime,
    /// When the visit ends.
    pub end: WallTime,
    /// Families at once; absent = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables: Option<u32>,
}

impl Problem {
    /// The ids and names of places and people, which share one space of ids: prisons, meeting points, prisoners,
    /// volunteers and families.
    pub fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        let Self { prisons, meeting_points, prisoners, volunteers, families, .. } = self;
        (prisons.iter().map(|prison| (prison.id.as_str(), prison.name.as_str())))
            .chain(meeting_points.iter().map(|point| (point.id.as_str(), point.name.as_str())))
            .chain(prisoners.iter().map(|prisoner| (prisoner.id.as_str(), prisoner.name.as_str())))
            .chain(volunteers.iter().map(|volunteer| (volunteer.id.as_str(), volunteer.name.as_str())))
            .chain(families.iter().map(|family| (family.id.as_str(), family.name.as_str())))
    }

    /// Whether a trip is one of the locked ones; the order of its requests means nothing.
    #[must_use]
    pub fn is_locked(&self, trip: &Trip) -> bool {
        let requests = |trip: &Trip| {
            let mut requests = trip.requests.clone();
            requests.sort_unstable();
            requests
        };
        let Trip { driver, chaperone, slot, requests: _, drive_min, metres, stops } = trip;
        let is_same = |locked: &&Trip| {
            (&locked.driver, &locked.chaperone, &locked.slot) == (driver, chaperone, slot)
                && (locked.drive_min, locked.metres, &locked.stops) == (*drive_min, *metres, stops)
        };
        self.locked.iter().filter(is_same).any(|locked| requests(locked) == requests(trip))
    }
}

impl Week {
    /// Whether a date is one of the week's.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}
