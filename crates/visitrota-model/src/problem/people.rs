//! Volunteers and families.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::defaults;
use super::meeting::MeetingPlace;
use crate::id::{FamilyId, VolunteerId};
use crate::limit;
use crate::time::{Date, WallTime};

/// A volunteer: driver, chaperone or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Volunteer {
    /// Their id.
    #[schemars(length(min = 1))]
    pub id: VolunteerId,
    /// Their name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north of their home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east of their home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// A postcode of Great Britain, in place of coordinates: the place is then taken to be in the middle of its sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// What they do.
    pub roles: Vec<Role>,
    /// Their car; a driver has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub car: Option<Car>,
    /// When they can be out; a whole trip lies inside one window.
    pub available: Vec<Window>,
    /// The most trips in the week.
    #[serde(default = "defaults::max_trips")]
    pub max_trips: u32,
    /// The most trips on one date.
    #[serde(default = "defaults::max_trips")]
    pub max_trips_per_day: u32,
    /// The most minutes from home to home on one date, as driver; absent = the policy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_duty_min: Option<u32>,
    /// The most minutes of driving on one date; absent = the policy's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_driving_min: Option<u32>,
    /// The most kilometres of driving in the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_km_week: Option<u32>,
    /// The most families in one trip of theirs.
    #[serde(default = "defaults::max_families")]
    pub max_families: u32,
    /// The checks, permissions and skills they hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
    /// Trips they made in the weeks before, for fairness.
    #[serde(default)]
    #[schemars(range(max = limit::COUNT))]
    pub recent_trips: u32,
}

/// What a volunteer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Drives a car of their own.
    Driver,
    /// Rides along with children who travel without an adult of their family.
    Chaperone,
}

/// A car, as it is fitted out for the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Car {
    /// Seats without the driver's.
    pub seats: u32,
    /// Infant seats carried.
    #[serde(default)]
    pub infant: u32,
    /// Harness seats carried.
    #[serde(default)]
    pub harness: u32,
    /// Booster seats carried.
    #[serde(default)]
    pub booster: u32,
    /// Spaces for a wheelchair with its user.
    #[serde(default)]
    pub wheelchair: u32,
}

/// A span of time, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Window {
    /// Its beginning.
    pub from: WallTime,
    /// Its end.
    pub to: WallTime,
}

/// A check, permission or skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Hold {
    /// Which.
    pub what: String,
    /// The last date on which it is valid; absent = always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A family that visits together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Family {
    /// Its id.
    #[schemars(length(min = 1))]
    pub id: FamilyId,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Degrees north of its home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LATITUDE, max = limit::LATITUDE))]
    pub lat: Option<f64>,
    /// Degrees east of its home, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -limit::LONGITUDE, max = limit::LONGITUDE))]
    pub lon: Option<f64>,
    /// A postcode of Great Britain, in place of coordinates: the place is then taken to be in the middle of its sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Everyone of it who visits.
    pub members: Vec<Member>,
    /// Whether it rides with other families.
    #[serde(default)]
    pub shares_car: bool,
    /// Minutes the car stays where it is met, to board or to alight.
    #[serde(default = "defaults::boarding_min")]
    #[schemars(range(max = limit::MINUTES))]
    pub boarding_min: u32,
    /// The most minutes of a ride, each way; absent = direct plus the policy's detour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = limit::MINUTES))]
    pub max_ride_min: Option<u32>,
    /// When it can be away from home; none given = always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub available: Vec<Window>,
    /// Where it is collected; absent = at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<MeetingPlace>,
    /// Where it is brought back to; absent = home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropoff: Option<MeetingPlace>,
    /// The consents and entries in lists that it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
    /// What a driver must hold to carry it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

/// A member of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Member {
    /// Age in years.
    #[schemars(range(max = limit::AGE))]
    pub age: u8,
    /// The restraint needed in a car; absent = it follows from age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restraint: Option<Restraint>,
    /// Whether they bring their own restraint.
    #[serde(default)]
    pub own_restraint: bool,
    /// Whether they ride in a wheelchair.
    #[serde(default)]
    pub wheelchair: bool,
}

/// What holds somebody in a car besides the belt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Restraint {
    /// An infant seat.
    Infant,
    /// A harness seat.
    Harness,
    /// A booster seat.
    Booster,
    /// The belt alone.
    None,
}

impl Volunteer {
    /// Whether they drive: they have the role and a car.
    #[must_use]
    pub fn drives(&self) -> Option<Car> {
        self.car.filter(|_| self.roles.contains(&Role::Driver))
    }

    /// Whether a check, permission or skill of theirs is valid on a date.
    #[must_use]
    pub fn holds_on(&self, what: &str, date: Date) -> bool {
        holds_on(&self.holds, what, date)
    }
}

impl Family {
    /// The age from which a member can answer for the family on the way.
    pub const GROWN_UP: u8 = 18;

    /// Whether a consent or an entry in a list of its is valid on a date.
    #[must_use]
    pub fn holds_on(&self, what: &str, date: Date) -> bool {
        holds_on(&self.holds, what, date)
    }

    /// Whether no member is of age, so that an adult of the scheme goes in with them.
    #[must_use]
    pub fn child_only(&self) -> bool {
        self.members.iter().all(|member| member.age < Self::GROWN_UP)
    }
}

fn holds_on(holds: &[Hold], what: &str, date: Date) -> bool {
    holds.iter().any(|hold| hold.what == what && hold.until.is_none_or(|until| date <= until))
}

impl Member {
    /// The restraint they need: as given, else by age (0–1 infant, 2–3 harness, 4–11 booster, from 12 none).
    #[must_use]
    pub fn restraint(&self) -> Restraint {
        self.restraint.unwrap_or(match self.age {
            0..=1 => Restraint::Infant,
            2..=3 => Restraint::Harness,
            4..=11 => Restraint::Booster,
            _ => Restraint::None,
        })
    }
}
