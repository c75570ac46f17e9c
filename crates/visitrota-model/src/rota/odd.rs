//! What may be odd about a trip that keeps every rule given.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::FamilyId;
use crate::time::WallTime;

/// A trip that keeps the rules, and that people would hardly want: maybe a rule was never given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct OddTrip {
    /// Which trip, counted from 0 in the rota's order.
    pub trip: usize,
    /// What is odd about it.
    pub what: Oddity,
    /// When that is, where it is a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<WallTime>,
    /// How many minutes, where it takes long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Whose children are called on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The setting of the policy that would rule it out.
    pub setting: OddSetting,
}

/// What may be odd about a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// The driver leaves home before 06:30.
    LeavesEarly,
    /// The driver is home after 21:00.
    EndsLate,
    /// It lasts more than 10 hours from home to home.
    LastsLong,
    /// It is more than 5 hours of driving.
    DrivesLong,
    /// A child is called on before 07:00.
    CallsEarly,
}

/// The settings that rule odd trips out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OddSetting {
    /// The hours in which volunteers are called on.
    VolunteerHours,
    /// The hours in which families are called on.
    FamilyHours,
    /// The most minutes from home to home on one date.
    MaxDutyMin,
    /// The most minutes of driving on one date.
    MaxDrivingMin,
}

impl Oddity {
    /// The minute of the day before which nobody leaves home, …
    pub const EARLIEST: u32 = 6 * 60 + 30;
    /// … after which nobody comes home, …
    pub const LATEST: u32 = 21 * 60;
    /// … and before which no child is called on.
    pub const EARLIEST_CHILD: u32 = 7 * 60;
    /// The most minutes from home to home …
    pub const LONGEST: u32 = 10 * 60;
    /// … and of driving.
    pub const LONGEST_DRIVE: u32 = 5 * 60;

    /// The setting that rules it out.
    #[must_use]
    pub fn setting(self) -> OddSetting {
        match self {
            Self::LeavesEarly | Self::EndsLate => OddSetting::VolunteerHours,
            Self::LastsLong => OddSetting::MaxDutyMin,
            Self::DrivesLong => OddSetting::MaxDrivingMin,
            Self::CallsEarly => OddSetting::FamilyHours,
        }
    }
}

impl OddSetting {
    /// Its name in the policy; in sheets it has spaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::VolunteerHours => "volunteer_hours",
            Self::FamilyHours => "family_hours",
            Self::MaxDutyMin => "max_duty_min",
            Self::MaxDrivingMin => "max_driving_min",
        }
    }
}
